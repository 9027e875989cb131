//! A baseline: the findings of one day, by fingerprint, so that later audits report only what is new.
//!
//! It knows findings and its own file; what is done with what it holds is the audit's business.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::files;
use crate::finding::{Finding, Gone, Report, Tool};

/// The version of the file's form that this program reads and writes.
const VERSION: u64 = 1;

/// The largest baseline that is read, in bytes: more than a million findings.
const MOST_BYTES: u64 = 1 << 30;

/// What to do about a baseline that cannot be used.
const ANEW: &str = "write it anew with `crossfoot baseline write`";

/// A baseline cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaselineError {
    /// The file, as it was named.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Whether a new baseline may take its place: there is none, or it is one of another form. What is no baseline at all is
    /// somebody's file.
    pub replaceable: bool,
}

impl std::fmt::Display for BaselineError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

impl std::error::Error for BaselineError {}

/// The findings of one day.
///
/// ```
/// use crossfoot::baseline::Baseline;
/// use crossfoot::{Auditor, Plan, Rules};
///
/// let rules = Rules::standard();
/// let plan = Plan::parse("plan.toml", "[[splits]]\nid = 's'\nparts = [{ share = 84 }, { share = 19 }]\n");
/// let report = Auditor::new(&rules).audit(&plan);
/// let baseline = Baseline::of(&report, "");
/// assert_eq!(baseline.len(), 1);
///
/// let later = Auditor::new(&rules).baseline(&baseline).audit(&plan);
/// assert!(later.findings.is_empty());
/// assert_eq!(later.suppressed.len(), 1);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Baseline {
    folder: PathBuf,
    entries: Vec<Entry>,
}

/// The file, as JSON.
#[derive(Serialize, Deserialize)]
struct Document {
    baseline: u64,
    tool: DocumentTool,
    findings: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct DocumentTool {
    name: String,
    version: String,
}

/// One finding of a baseline. Message and path are for people who read the file; rule and fingerprint are what counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    file: String,
    rule: String,
    path: String,
    message: String,
    fingerprint: String,
}

impl Baseline {
    /// The findings of a report, and those that an earlier baseline holds. Files are named relative to `folder`, where
    /// the baseline will stand.
    #[must_use]
    pub fn of(report: &Report, folder: impl AsRef<Path>) -> Self {
        let folder = folder.as_ref().to_owned();
        let held = report.suppressed.iter().filter(|s| s.by == crate::finding::SuppressedBy::Baseline);
        let findings = report.findings.iter().chain(held.map(|suppressed| &suppressed.finding));
        let mut names = Names::new(&folder);
        let mut entries: Vec<Entry> = findings
            .map(|finding| Entry {
                file: names.of(&finding.file),
                rule: finding.rule.to_string(),
                path: finding.name.clone(),
                message: finding.message.clone(),
                fingerprint: finding.fingerprint.to_string(),
            })
            .collect();
        entries.sort();
        Self { folder, entries }
    }

    /// This baseline after an audit that used it: what was found is in it and what has gone is not; what the audit did not
    /// look at, such as other plans, stays as long as its file is there.
    #[must_use]
    pub fn renewed(&self, report: &Report) -> Self {
        let mut renewed = Self::of(report, &self.folder);
        let mut names = Names::new(&self.folder);
        let gone: Vec<(String, String)> =
            report.gone.iter().map(|gone| (names.of(&gone.file), gone.fingerprint.clone())).collect();
        let mut seen: HashMap<(String, String), usize> = HashMap::new();
        let found = renewed.entries.iter().map(|entry| (entry.file.clone(), entry.fingerprint.clone()));
        for key in found.chain(gone) {
            *seen.entry(key).or_default() += 1;
        }
        for entry in &self.entries {
            let open = seen.get_mut(&(entry.file.clone(), entry.fingerprint.clone()));
            match open.filter(|open| **open > 0) {
                Some(open) => *open -= 1,
                None if self.folder.join(&entry.file).exists() => renewed.entries.push(entry.clone()),
                None => {}
            }
        }
        renewed.entries.sort();
        renewed
    }

    /// An empty baseline that will stand in a folder.
    #[must_use]
    pub fn empty(folder: impl AsRef<Path>) -> Self {
        Self { folder: folder.as_ref().to_owned(), entries: Vec::new() }
    }

    /// Reads a baseline.
    ///
    /// # Errors
    /// When the file cannot be read, is no baseline, or is of a form that this version does not know.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, BaselineError> {
        let path = path.as_ref();
        let name = files::shown(path);
        let error = |message: String, replaceable: bool| BaselineError {
            path: name.clone(),
            message,
            help: replaceable.then(|| ANEW.to_owned()),
            replaceable,
        };
        let bytes = files::read(path, MOST_BYTES).map_err(|fault| {
            let missing = fault.kind() == std::io::ErrorKind::NotFound;
            error(format!("the baseline cannot be read: {fault}"), missing)
        })?;
        let text =
            String::from_utf8(bytes).map_err(|_| error("this is no baseline: it is not UTF-8".to_owned(), false))?;
        let value: serde_json::Value = serde_json::from_str(&text)
            .map_err(|fault| error(format!("this is no baseline: it is no JSON: {fault}"), false))?;
        match value.get("baseline").and_then(serde_json::Value::as_u64) {
            Some(VERSION) => {}
            Some(other) => {
                let message =
                    format!("this baseline has form {other}, and this version of crossfoot reads form {VERSION}");
                return Err(error(message, true));
            }
            None => return Err(error("this is no baseline: `baseline` is missing".to_owned(), false)),
        }
        let document: Document = serde_json::from_value(value)
            .map_err(|fault| error(format!("this baseline cannot be read: {fault}"), true))?;
        let folder = path.parent().map(Path::to_owned).unwrap_or_default();
        Ok(Self { folder, entries: document.findings })
    }

    /// The file's bytes: JSON, one finding after another by file, so that a change reads well in a diff.
    #[must_use]
    pub fn to_json(&self) -> String {
        let document = Document {
            baseline: VERSION,
            tool: DocumentTool { name: Tool::THIS.name.to_string(), version: Tool::THIS.version.to_string() },
            findings: self.entries.clone(),
        };
        let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Writes the baseline to a file, beside an old one and then over it.
    ///
    /// # Errors
    /// When the file cannot be written; an old one is then as it was.
    pub fn write(&self, path: impl AsRef<Path>) -> std::io::Result<()> {
        files::write(path.as_ref(), self.to_json().as_bytes())
    }

    /// How many findings it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Tells the findings that it holds from the new ones, and says which of its own are no longer found in the files that were
    /// audited by rules that `ran`.
    pub(crate) fn split(
        &self,
        findings: Vec<Finding>,
        files: &[Arc<str>],
        ran: impl Fn(&str, &str) -> bool,
    ) -> (Vec<Finding>, Vec<Finding>, Vec<Gone>) {
        let mut open: HashMap<(String, String), Vec<&Entry>> = HashMap::new();
        for entry in &self.entries {
            open.entry((entry.file.clone(), entry.fingerprint.clone())).or_default().push(entry);
        }
        let (mut new, mut held) = (Vec::new(), Vec::new());
        let mut names = Names::new(&self.folder);
        for finding in findings {
            let known = open.get_mut(&(names.of(&finding.file), finding.fingerprint.to_string()));
            match known.and_then(Vec::pop) {
                Some(_) => held.push(finding),
                None => new.push(finding),
            }
        }
        let names: HashMap<String, &Arc<str>> = files.iter().map(|file| (names.of(file), file)).collect();
        let left = open.into_values().flatten();
        let gone = left.filter_map(|entry| {
            let file = names.get(&entry.file)?;
            ran(file, &entry.rule).then(|| Gone {
                file: Arc::clone(file),
                rule: Arc::from(entry.rule.as_str()),
                path: entry.path.clone(),
                message: entry.message.clone(),
                fingerprint: entry.fingerprint.clone(),
            })
        });
        let gone = gone.collect();
        (new, held, gone)
    }
}

/// The names of files as a baseline in a folder writes them; the file system is asked once for each.
struct Names<'f> {
    folder: &'f Path,
    known: HashMap<String, String>,
}

impl<'f> Names<'f> {
    fn new(folder: &'f Path) -> Self {
        Self { folder, known: HashMap::new() }
    }

    fn of(&mut self, file: &str) -> String {
        if let Some(name) = self.known.get(file) {
            return name.clone();
        }
        let name = files::relative(self.folder, file);
        self.known.insert(file.to_owned(), name.clone());
        name
    }
}
