//! Which rules run: `--only` and `--skip`, by id or glob.

use std::fmt;

use globset::{Glob, GlobMatcher};

use super::Rules;
use crate::finding::AllowanceCode;
use crate::plan::FaultCode;
use crate::plan::vocabulary::near;

/// Which rules were chosen to run. Everything, unless told otherwise.
#[derive(Clone, Debug, Default)]
pub struct Selected {
    only: Vec<GlobMatcher>,
    skip: Vec<GlobMatcher>,
}

/// A pattern that chooses no rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRule {
    /// The pattern as given.
    pub pattern: String,
    /// The rule that may have been meant.
    pub meant: Option<String>,
    /// What is wrong with the pattern itself.
    pub fault: Option<String>,
}

impl fmt::Display for UnknownRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.fault, &self.meant) {
            (Some(fault), _) => write!(f, "`{}` is no pattern for rules: {fault}", self.pattern),
            (None, Some(meant)) => write!(f, "unknown rule `{}`: did you mean `{meant}`?", self.pattern),
            (None, None) => write!(f, "unknown rule `{}`: no rule's id matches it", self.pattern),
        }
    }
}

impl std::error::Error for UnknownRule {}

impl Selected {
    /// Whether a rule, or a finding of the loader, of this id is wanted.
    #[must_use]
    pub fn takes(&self, id: &str) -> bool {
        let wanted = self.only.is_empty() || self.only.iter().any(|pattern| pattern.is_match(id));
        wanted && !self.skip.iter().any(|pattern| pattern.is_match(id))
    }
}

impl Selected {
    /// Whether this id was left out by name.
    pub(crate) fn leaves_out(&self, id: &str) -> bool {
        self.skip.iter().any(|pattern| pattern.is_match(id))
    }
}

impl Rules {
    /// Chooses which rules run: those that match a pattern of `only` (all, when it is empty) and none of `skip`.
    ///
    /// A pattern is an id, `totals/outputs`, a glob, `shares/*`, or a folder, `shares`.
    ///
    /// # Errors
    /// When a pattern matches no rule.
    ///
    /// ```
    /// use crossfoot::Rules;
    /// let rules = Rules::standard().choose(&["totals/*"], &["totals/tables"]).unwrap();
    /// assert!(rules.iter().all(|rule| rule.id().starts_with("totals/")));
    /// assert!(Rules::standard().choose(&["totals/output"], &[]).is_err());
    /// ```
    pub fn choose<S: AsRef<str>>(mut self, only: &[S], skip: &[S]) -> Result<Self, UnknownRule> {
        let only = only.iter().map(|pattern| self.pattern(pattern.as_ref())).collect::<Result<_, _>>()?;
        let skip = skip.iter().map(|pattern| self.pattern(pattern.as_ref())).collect::<Result<_, _>>()?;
        self.selected = Selected { only, skip };
        Ok(self)
    }

    /// The rules that match one of some patterns, as [`Rules::choose`] reads them.
    ///
    /// # Errors
    /// When a pattern matches no rule.
    ///
    /// ```
    /// use crossfoot::Rules;
    /// let some = Rules::standard().matching(&["risks/*"]).unwrap();
    /// assert!(some.takes("risks/unknown-mitigation") && !some.takes("totals/outputs"));
    /// assert!(!Rules::standard().matching::<&str>(&[]).unwrap().takes("totals/outputs"));
    /// ```
    pub fn matching<S: AsRef<str>>(&self, patterns: &[S]) -> Result<Selected, UnknownRule> {
        let only: Vec<GlobMatcher> = patterns.iter().map(|p| self.pattern(p.as_ref())).collect::<Result<_, _>>()?;
        let none = only.is_empty().then(|| Glob::new("**").map(|all| all.compile_matcher()).ok()).flatten();
        Ok(Selected { only, skip: none.into_iter().collect() })
    }

    /// What a pattern takes: an id, a glob or a folder.
    pub(super) fn pattern(&self, pattern: &str) -> Result<GlobMatcher, UnknownRule> {
        let unknown = |meant, fault| UnknownRule { pattern: pattern.to_owned(), meant, fault };
        let trimmed = pattern.trim_end_matches('/');
        let ids: Vec<&str> = self.known_ids().collect();
        let folder = ids.iter().any(|id| id.strip_prefix(trimmed).is_some_and(|rest| rest.starts_with('/')));
        let glob = if folder && !trimmed.contains('*') { format!("{trimmed}/**") } else { trimmed.to_owned() };
        let glob = Glob::new(&glob).map_err(|error| unknown(None, Some(error.kind().to_string())))?;
        let matcher = glob.compile_matcher();
        if ids.iter().any(|id| matcher.is_match(id)) {
            return Ok(matcher);
        }
        let meant = near(pattern, ids.iter().copied()).map(ToOwned::to_owned);
        let meant =
            meant.or_else(|| ids.iter().find(|id| id.rsplit('/').next() == Some(pattern)).map(ToString::to_string));
        Err(unknown(meant, None))
    }

    /// Every id that can be chosen: of rules, of rules that do not compile, and of what is found without a rule.
    pub(super) fn known_ids(&self) -> impl Iterator<Item = &str> {
        let failed = self.failures.iter().filter_map(|failure| failure.rule.as_deref());
        let faults = FaultCode::ALL.iter().map(|code| code.id());
        let allowances = AllowanceCode::ALL.iter().map(|code| code.id());
        self.rules.iter().map(|rule| rule.id.as_ref()).chain(failed).chain(faults).chain(allowances)
    }
}
