//! Cases that lost their rule: it was renamed or removed, and they were left behind.
//!
//! Nothing runs them, so that somebody has to say it. A folder of other TOML files, such as plans, is none of its business.

use std::fmt;
use std::sync::Arc;

use super::Case;
use crate::rules::{Rules, discover};

/// A folder of cases whose rule is not there.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct LostCases {
    /// The id that the rule would have.
    #[serde(skip)]
    pub id: Arc<str>,
    /// The folder.
    pub folder: Arc<str>,
    /// The file that the rule would be.
    pub rule: Arc<str>,
    /// How many cases it holds.
    pub cases: usize,
}

impl fmt::Display for LostCases {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cases = if self.cases == 1 { "case" } else { "cases" };
        write!(f, "{}/ holds {} {cases} and there is no rule {}", self.folder, self.cases, self.rule)
    }
}

impl Rules {
    /// The folders of cases, among those that rules were added from, whose rule is not there. They are told from other TOML
    /// files by their marks and counts, and are read for that each time.
    ///
    /// ```
    /// let folder = tempfile::tempdir()?;
    /// crossfoot::files::create(&folder.path().join("house/new.rhai"), b"fn check(plan) { }")?;
    /// crossfoot::files::create(&folder.path().join("house/old/fail.toml"), b"a = 1  #~ error")?;
    /// let rules = crossfoot::Rules::empty().with_dir(folder.path())?;
    /// let lost = rules.lost_cases();
    /// assert_eq!((lost[0].id.as_ref(), lost[0].cases), ("house/old", 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn lost_cases(&self) -> Vec<LostCases> {
        let mut lost = Vec::new();
        for (id, folder) in &self.ruleless {
            let files = discover::toml_files(folder).unwrap_or_default();
            let texts = files.iter().filter(|path| !path.is_symlink()).filter_map(|path| discover::read(path).ok());
            if texts.into_iter().any(|source| Case::read(source.name(), source.text()).speaks()) {
                lost.push(LostCases {
                    id: Arc::clone(id),
                    folder: discover::name_of(folder),
                    rule: discover::name_of(&discover::rule_of(folder)),
                    cases: files.len(),
                });
            }
        }
        lost.sort_by(|a, b| (&a.id, &a.folder).cmp(&(&b.id, &b.folder)));
        lost
    }
}
