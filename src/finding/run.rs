//! A run that can be rendered later, without the plans and without the rules.
//!
//! What an audit says, what the plans say of themselves, the pages of the rules, and of the texts those lines that places point
//! into. It carries the version of the contract, and one that is newer is refused and not guessed at.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::report::CONTRACT;
use super::{Finding, Overview, Report};
use crate::source::{Place, SourceText};

/// A run: the report, and what is to be shown beside it.
///
/// ```
/// use crossfoot::finding::Run;
/// use crossfoot::{Auditor, Plan, Rules};
///
/// let rules = Rules::standard();
/// let plan = Plan::parse("plan.toml", "[[splits]]\nid = 's'\nparts = [{ share = 84 }, { share = 19 }]\n");
/// let run = Auditor::new(&rules).run_of(std::slice::from_ref(&plan));
/// let saved = run.to_json();
/// let read = Run::read(&saved)?;
/// assert_eq!(read.to_json(), saved);
/// assert_eq!(read.report.sources["plan.toml"].line(3), plan.source().line(3));
/// assert!(Run::read("{\"schema\": 99}").unwrap_err().to_string().contains("newer"));
/// # Ok::<(), crossfoot::finding::RunError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Run {
    /// What the audit says. Of a run that was read, its sources hold the lines that places point into, and nothing else.
    pub report: Report,
    /// What each plan says of itself, in the order of the plans.
    pub overviews: Vec<Overview>,
    /// The pages of the rules, by id.
    pub pages: BTreeMap<Arc<str>, Page>,
}

/// The page of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Its first line.
    pub title: String,
    /// The whole page, as Markdown.
    pub text: String,
}

/// Why a saved run cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RunError {
    /// The text is no JSON, or no run.
    Unreadable(String),
    /// It is a report alone, as `crossfoot check --format json` prints it, without what a rendered report shows beside it.
    OnlyAReport,
    /// It was written in a newer version of the contract.
    Newer {
        /// The version of the contract that it has.
        schema: u64,
        /// The program that wrote it.
        tool: String,
    },
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(why) => write!(f, "this is no saved run: {why}"),
            Self::OnlyAReport => f.write_str("this is a report and no saved run: it has no lines of the plans"),
            Self::Newer { schema, tool } => write!(
                f,
                "this run was saved by {tool} in version {schema} of the contract, which is newer than {CONTRACT}, the newest that this program reads"
            ),
        }
    }
}

impl std::error::Error for RunError {}

/// A run as it is saved.
#[derive(Serialize)]
struct Saved<'r> {
    #[serde(flatten)]
    report: &'r Report,
    overviews: &'r [Overview],
    pages: &'r BTreeMap<Arc<str>, Page>,
    texts: BTreeMap<Arc<str>, Text>,
}

#[derive(Deserialize)]
struct Read {
    #[serde(flatten)]
    report: Report,
    overviews: Vec<Overview>,
    pages: BTreeMap<Arc<str>, Page>,
    texts: BTreeMap<Arc<str>, Text>,
}

/// The head of a run, which every version has.
#[derive(Deserialize)]
struct Head {
    schema: u64,
    tool: Option<super::Tool>,
    texts: Option<serde::de::IgnoredAny>,
}

/// The lines of a text that something points into.
#[derive(Serialize, Deserialize)]
struct Text {
    /// The length of the whole text, in bytes.
    length: u32,
    lines: Vec<Line>,
}

#[derive(Serialize, Deserialize)]
struct Line {
    /// From 1.
    line: u32,
    /// Where it begins, in bytes.
    offset: u32,
    /// The line without its line feed.
    text: String,
}

impl Run {
    /// A report with nothing beside it.
    #[must_use]
    pub fn of(report: Report) -> Self {
        Self { report, overviews: Vec::new(), pages: BTreeMap::new() }
    }

    /// The run as JSON, to be read by [`Run::read`].
    #[must_use]
    pub fn to_json(&self) -> String {
        let saved =
            Saved { report: &self.report, overviews: &self.overviews, pages: &self.pages, texts: texts(&self.report) };
        // Nothing in it can fail to be written: keys are texts, and numbers are finite.
        let mut json = serde_json::to_string_pretty(&saved).unwrap_or_default();
        json.push('\n');
        json
    }

    /// Reads a saved run.
    ///
    /// # Errors
    /// When the text is no saved run, or one of a newer version of the contract.
    pub fn read(json: &str) -> Result<Self, RunError> {
        let head: Head = serde_json::from_str(json).map_err(|error| RunError::Unreadable(error.to_string()))?;
        if head.schema > u64::from(CONTRACT) {
            let tool = head
                .tool
                .map_or_else(|| "another program".to_owned(), |tool| format!("{} {}", tool.name, tool.version));
            return Err(RunError::Newer { schema: head.schema, tool });
        }
        if head.texts.is_none() {
            return Err(RunError::OnlyAReport);
        }
        let read: Read = serde_json::from_str(json).map_err(|error| RunError::Unreadable(error.to_string()))?;
        let mut report = read.report;
        for (name, text) in read.texts {
            if text.length > LONGEST {
                return Err(RunError::Unreadable(format!("{name} would have {} bytes", text.length)));
            }
            let text =
                text.rebuilt().ok_or_else(|| RunError::Unreadable(format!("the lines of {name} are out of order")))?;
            report.sources.insert(Arc::clone(&name), Arc::new(SourceText::new(name, text)));
        }
        Ok(Self { report, overviews: read.overviews, pages: read.pages })
    }
}

/// Longest text that is made again, in bytes: its blanks take room as well.
const LONGEST: u32 = 1 << 28;

/// Lines of one place that are kept, besides its last.
const MOST_LINES: u32 = 50;

/// Lines that are so near to each other are kept with what stands between them.
const NEAR: u32 = 4;

/// The lines that a report points into, by file.
fn texts(report: &Report) -> BTreeMap<Arc<str>, Text> {
    let mut wanted: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
    let mut want = |file: &str, place: Place| {
        if let Some((name, _)) = report.sources.get_key_value(file) {
            let last = place.end.line.min(place.start.line.saturating_add(MOST_LINES));
            wanted.entry(name).or_default().extend((place.start.line..=last).chain([place.end.line]));
        }
    };
    for finding in report.findings.iter().chain(report.suppressed.iter().map(|suppressed| &suppressed.finding)) {
        places(finding).for_each(|(file, place)| want(file, place));
    }
    for suppressed in &report.suppressed {
        if let (Some(file), Some(place)) = (&suppressed.file, suppressed.span) {
            want(file, place);
        }
    }
    for failure in &report.errors {
        failure.span.into_iter().for_each(|place| want(&failure.file, place));
    }
    for plan in &report.plans {
        plan.uncovered.iter().for_each(|figure| want(&plan.file, figure.span));
    }
    // What stands between two lines that are shown may be shown with them.
    for lines in wanted.values_mut() {
        let near: Vec<u32> = lines
            .iter()
            .zip(lines.iter().skip(1))
            .filter(|(a, b)| *b - *a <= NEAR)
            .flat_map(|(a, b)| (*a..*b).skip(1))
            .collect();
        lines.extend(near);
    }
    let text = |(file, source): (&Arc<str>, &Arc<SourceText>)| {
        let lines = wanted.get(&**file).into_iter().flatten().map(|line| Line {
            line: *line,
            offset: source.offset(*line, 1),
            text: rest_of_line(source, source.offset(*line, 1)).to_owned(),
        });
        let length = u32::try_from(source.text().len()).unwrap_or(u32::MAX);
        (Arc::clone(file), Text { length, lines: lines.collect() })
    };
    report.sources.iter().map(text).collect()
}

fn rest_of_line(source: &SourceText, offset: u32) -> &str {
    let rest = source.text().get(offset as usize..).unwrap_or_default();
    rest.split('\n').next().unwrap_or_default()
}

/// Every place that a finding points to, with its file.
fn places(finding: &Finding) -> impl Iterator<Item = (&str, Place)> {
    let own: &str = &finding.file;
    let labels = finding.labels.iter().map(move |label| (label.file.as_deref().unwrap_or(own), label.span));
    let edits = finding.fixes.iter().flat_map(|fix| &fix.edits).map(move |edit| (own, edit.span));
    std::iter::once((own, finding.span)).chain(labels).chain(edits)
}

impl Text {
    /// A text in which these lines stand where they stood; all else is blank. `None` where they do not fit one another.
    fn rebuilt(&self) -> Option<String> {
        let mut text = String::new();
        let mut line = 1;
        for next in &self.lines {
            let gap = (next.offset as usize).checked_sub(text.len())?;
            let breaks = next.line.checked_sub(line)? as usize;
            fill(&mut text, gap, breaks)?;
            text.push_str(&next.text);
            line = next.line;
        }
        let rest = (self.length as usize).checked_sub(text.len())?;
        if rest > 0 && !text.is_empty() {
            text.push('\n');
            fill(&mut text, rest - 1, 0)?;
        } else {
            fill(&mut text, rest, 0)?;
        }
        Some(text)
    }
}

/// A mark at the start of a file that says how its bytes are to be read; it is no character of the first line.
const MARK: &str = "\u{feff}";

/// Adds so many bytes that nobody looks at, with so many line ends among them.
fn fill(text: &mut String, gap: usize, breaks: usize) -> Option<()> {
    let blanks = gap.checked_sub(breaks)?;
    if text.is_empty() && gap == MARK.len() && breaks == 0 {
        text.push_str(MARK);
        return Some(());
    }
    // The line before ends at once where there is another to hold the blanks.
    let before = breaks.saturating_sub(1).min(1);
    text.extend(std::iter::repeat_n('\n', before));
    text.extend(std::iter::repeat_n(' ', blanks));
    text.extend(std::iter::repeat_n('\n', breaks - before));
    Some(())
}
