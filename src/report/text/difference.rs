//! What is different since the last check, for a terminal: what is new in full, a line for what has gone and for what says
//! something else, and one line that says how things stand.
//!
//! It words nothing that a finding does not say, and decides nothing: the difference is a finished value.

use std::io::{self, Write};
use std::time::Duration;

use textwrap::core::display_width;

use super::columns::{Cell, columns};
use super::style::Style;
use super::{TextOptions, counted, problems};
use crate::finding::{Changed, Difference, FailureKind, Finding, Report, Severity, signed};

/// Lines for stale findings at most; the rest is counted.
const MOST_STALE: usize = 5;

/// How a check compares with the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Since {
    /// Findings that were not there before.
    pub new: usize,
    /// Findings that have gone.
    pub fixed: usize,
    /// Findings that remain.
    pub remaining: usize,
}

impl From<&Difference> for Since {
    fn from(difference: &Difference) -> Self {
        Self { new: difference.new.len(), fixed: difference.fixed.len(), remaining: difference.remaining.len() }
    }
}

/// Writes the difference that a check made: new findings in full, a line for each that has gone and for each that says
/// something else, and what stands in the way.
///
/// # Errors
/// When `out` refuses a write.
///
/// ```
/// use crossfoot::finding::Difference;
/// use crossfoot::report::{TextOptions, difference};
/// use crossfoot::{Auditor, Plan, Rules};
///
/// let rules = Rules::standard();
/// let audit = |share| {
///     let text = format!("[[splits]]\nid = 's'\nparts = [{{ share = {share} }}, {{ share = 19 }}]\n");
///     Auditor::new(&rules).audit(&Plan::parse("plan.toml", &text))
/// };
/// let (before, after) = (audit(84), audit(81));
/// let mut out = Vec::new();
/// difference(&Difference::between(&before, &after), &after, &TextOptions::default(), &mut out)?;
/// assert!(String::from_utf8_lossy(&out).starts_with("fixed  shares/whole"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn difference(
    difference: &Difference,
    report: &Report,
    options: &TextOptions,
    out: &mut impl Write,
) -> io::Result<()> {
    // Why a plan cannot be read is said for as long as that is so.
    let is_broken = |finding: &Finding| {
        report.errors.iter().any(|failure| failure.kind == FailureKind::Plan && failure.file == finding.file)
    };
    let faults = report.findings.iter().filter(|finding| is_broken(finding));
    let shown = difference.new.iter().filter(|finding| !is_broken(finding)).chain(faults).cloned().collect();
    problems(&Report::new(Vec::new(), shown, report.errors.clone(), Vec::new(), report.sources.clone()), options, out)?;
    let several = several_files(report);
    let fixed = difference.fixed.iter().map(|finding| row("fixed", finding, several, ""));
    let changed =
        difference.changed.iter().map(|changed| row("changed", &changed.after, several, &other_working(changed)));
    columns(&fixed.chain(changed).collect::<Vec<_>>(), options, out)
}

/// Writes a line for each finding of the last good version of a plan that cannot be read now.
///
/// # Errors
/// When `out` refuses a write.
pub fn stale(stale: &Report, options: &TextOptions, out: &mut impl Write) -> io::Result<()> {
    let several = several_files(stale);
    let rows: Vec<_> =
        stale.findings.iter().take(MOST_STALE).map(|finding| row("stale", finding, several, "")).collect();
    columns(&rows, options, out)?;
    let more = stale.findings.len().saturating_sub(MOST_STALE);
    if more > 0 {
        writeln!(out, "{}  and {more} more", Style::new(*options).strong("stale"))?;
    }
    if stale.findings.is_empty() { Ok(()) } else { writeln!(out) }
}

/// Writes how things stand, in one line where the terminal is wide enough: findings by severity, what is different since the
/// last check, the figures that a rule looked at, how long the check took, the time of day. Of the first check there is no
/// difference to tell.
///
/// # Errors
/// When `out` refuses a write.
pub fn status(
    report: &Report,
    stale: usize,
    since: Option<Since>,
    (took, clock): (Duration, &str),
    options: &TextOptions,
    out: &mut impl Write,
) -> io::Result<()> {
    let style = Style::new(*options);
    let mut parts = Vec::new();
    if !report.errors.is_empty() {
        let n = counted(report.errors.len(), "thing stands", "things stand");
        parts.push((format!("{n} in the way"), Some(Severity::Error)));
    }
    parts.extend(standing(report, stale));
    if let Some(Since { new, fixed, remaining }) = since {
        let remain = if remaining == 1 { "remains" } else { "remain" };
        parts.push((format!("{new} new, {fixed} fixed, {remaining} {remain}"), None));
    }
    let figures: usize = report.plans.iter().map(|plan| plan.figures).sum();
    let covered: usize = report.plans.iter().map(|plan| plan.covered).sum();
    parts.push((format!("{covered} of {} covered", counted(figures, "figure", "figures")), None));
    parts.push((milliseconds(took), None));
    parts.push((clock.to_owned(), None));
    write_parts(&parts, &style, out)
}

/// The counts by severity, the gravest first.
fn standing(report: &Report, stale: usize) -> Vec<(String, Option<Severity>)> {
    let summary = &report.summary;
    let mut counts = vec![
        (summary.error, counted(summary.error, "error", "errors"), Severity::Error),
        (summary.warning, counted(summary.warning, "warning", "warnings"), Severity::Warning),
    ];
    if summary.info > 0 {
        counts.push((summary.info, counted(summary.info, "note", "notes"), Severity::Info));
    }
    let mut parts: Vec<_> = counts.into_iter().map(|(n, text, grave)| (text, (n > 0).then_some(grave))).collect();
    if stale > 0 {
        parts.push((format!("{stale} stale"), Some(Severity::Warning)));
    }
    parts
}

fn milliseconds(took: Duration) -> String {
    let ms = took.as_secs_f64() * 1_000.0;
    if ms < 10.0 { format!("{ms:.1} ms") } else { format!("{ms:.0} ms") }
}

/// Writes parts after one another, on as many lines as the width needs.
fn write_parts(parts: &[(String, Option<Severity>)], style: &Style, out: &mut impl Write) -> io::Result<()> {
    let between = if style.options.unicode { " \u{b7} " } else { " | " };
    let mut column = 0;
    for (text, severity) in parts {
        let width = display_width(text);
        if column > 0 && column + 3 + width > style.options.width.max(20) {
            write!(out, "\n  ")?;
            column = 2;
        } else if column > 0 {
            write!(out, "{}", style.dim(between))?;
            column += 3;
        }
        column += width;
        match severity {
            Some(severity) => write!(out, "{}", style.severity(*severity, text))?,
            None => write!(out, "{text}")?,
        }
    }
    writeln!(out)
}

fn several_files(report: &Report) -> bool {
    report.plans.len() > 1 || report.findings.iter().any(|finding| finding.file != report.findings[0].file)
}

/// A finding in one line.
fn row(word: &str, finding: &Finding, with_file: bool, more: &str) -> Vec<Cell> {
    let file = if with_file || finding.name.is_empty() { format!("{}: ", finding.file) } else { String::new() };
    let place = if finding.name.is_empty() { String::new() } else { format!("{}: ", finding.name) };
    vec![
        Cell::strong(word),
        Cell::dim(finding.rule.as_ref()),
        Cell::plain(format!("{file}{place}{}{more}", finding.message)),
    ]
}

/// How the working of a finding that remains has changed.
fn other_working(changed: &Changed) -> String {
    match (&changed.before.working, &changed.after.working) {
        (Some(before), Some(after)) if before.difference != after.difference => {
            format!(" (difference {}, was {})", signed(after.difference), signed(before.difference))
        }
        _ => String::new(),
    }
}
