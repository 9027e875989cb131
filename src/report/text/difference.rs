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
use crate::finding::{Changed, Departed, Difference, FailureKind, Finding, Report, Severity, Why, signed};

/// Lines of one kind at most, such as those for what is fixed; the rest is counted.
const MOST: usize = 20;

/// How a check compares with the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Since {
    /// Findings that were not there before.
    pub new: usize,
    /// Findings that are mended.
    pub fixed: usize,
    /// Findings that have gone, though nothing was mended.
    pub gone: usize,
    /// Findings that remain.
    pub remaining: usize,
}

impl From<&Difference> for Since {
    fn from(difference: &Difference) -> Self {
        Self {
            new: difference.new.len(),
            fixed: difference.fixed.len(),
            gone: difference.gone.len(),
            remaining: difference.remaining.len(),
        }
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
    let faults = report.findings.iter().filter(|finding| report.is_fault(finding));
    let shown = difference.new.iter().filter(|finding| !report.is_fault(finding)).chain(faults).cloned().collect();
    let (errors, sources) = (report.errors.clone(), report.sources.clone());
    // In the order of the difference, which is not always that of a report.
    let shown = Report { findings: shown, ..Report::new(Vec::new(), Vec::new(), errors, Vec::new(), sources) };
    obstacles_once(&shown, options, out)?;
    let several = several_files(report);
    let gone = |why: Why| difference.gone.iter().filter(move |departed| departed.why == why);
    let departed = |departed: &Departed| row(departed.why.words(), &departed.finding, several, "");
    let mut kinds: Vec<(&str, Vec<Vec<Cell>>)> = vec![
        ("fixed", difference.fixed.iter().map(|finding| row("fixed", finding, several, "")).collect()),
        (Why::NotChecked.words(), gone(Why::NotChecked).map(departed).collect()),
        (Why::Suppressed.words(), gone(Why::Suppressed).map(departed).collect()),
    ];
    let changed = |changed: &Changed| row("changed", &changed.after, several, &other_working(changed));
    kinds.push(("changed", difference.changed.iter().map(changed).collect()));
    kinds.push((
        "renamed",
        difference
            .renamed
            .iter()
            .map(|r| {
                vec![
                    Cell::strong("renamed"),
                    Cell::plain(format!("{} {} {}", r.from, if options.unicode { "\u{2192}" } else { "->" }, r.to)),
                ]
            })
            .collect(),
    ));
    kinds.push((
        "gone",
        difference
            .gone_plans
            .iter()
            .map(|name| {
                let n = gone(Why::PlanGone).filter(|departed| departed.finding.file == *name).count();
                vec![Cell::strong("gone"), Cell::plain(format!("{name} ({})", counted(n, "finding", "findings")))]
            })
            .collect(),
    ));
    let mended = |file: &std::sync::Arc<str>| vec![Cell::strong("mended"), Cell::plain(file.to_string())];
    kinds.push(("mended", difference.mended.iter().map(mended).collect()));
    let (mut rows, mut files) = (Vec::new(), Vec::new());
    for (word, mut of_kind) in kinds {
        let more = of_kind.len().saturating_sub(MOST);
        of_kind.truncate(MOST);
        if more > 0 {
            of_kind.push(vec![Cell::strong(word), Cell::plain(format!("and {more} more"))]);
        }
        // Rows about files have no rule to stand beside.
        let into = if of_kind.first().is_some_and(|row| row.len() == 3) { &mut rows } else { &mut files };
        into.extend(of_kind);
    }
    columns(&rows, options, out)?;
    columns(&files, options, out)
}

/// Writes findings and what stood in the way as [`problems`] does; of a plan that is no TOML the fault alone, and not in a
/// second message that it has one.
///
/// # Errors
/// When `out` refuses a write.
pub fn obstacles_once(report: &Report, options: &TextOptions, out: &mut impl Write) -> io::Result<()> {
    let is_said = |file: &str| report.findings.iter().any(|finding| &*finding.file == file);
    let errors = report.errors.iter().filter(|f| f.kind != FailureKind::Plan || !is_said(&f.file));
    problems(&Report { errors: errors.cloned().collect(), ..report.clone() }, options, out)
}

/// Writes a line for each finding under a word for all of them, such as `stale`, and a blank line. Of more than `most` the rest
/// is counted, with what shows them.
///
/// # Errors
/// When `out` refuses a write.
///
/// ```
/// use crossfoot::report::{TextOptions, brief};
/// use crossfoot::{Auditor, Plan, Rules};
///
/// let text = "[[splits]]\nid = 's'\nparts = [{ share = 84 }, { share = 19 }]\n";
/// let report = Auditor::new(&Rules::standard()).audit(&Plan::parse("plan.toml", text));
/// let mut out = Vec::new();
/// brief("stale", &report, Some((0, "--full")), &TextOptions::default(), &mut out)?;
/// assert_eq!(String::from_utf8_lossy(&out), "stale  and 1 more; --full shows all\n\n");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn brief(
    word: &str,
    report: &Report,
    most: Option<(usize, &str)>,
    options: &TextOptions,
    out: &mut impl Write,
) -> io::Result<()> {
    if report.findings.is_empty() {
        return Ok(());
    }
    let several = several_files(report);
    let (most, hint) = most.unwrap_or((usize::MAX, ""));
    let rows: Vec<_> = report.findings.iter().take(most).map(|finding| row(word, finding, several, "")).collect();
    columns(&rows, options, out)?;
    let more = report.findings.len().saturating_sub(most);
    if more > 0 {
        writeln!(out, "{}  and {more} more; {hint} shows all", Style::new(*options).strong(word))?;
    }
    writeln!(out)
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
    let broken = report.errors.iter().filter(|failure| failure.kind == FailureKind::Plan).count();
    let obstacles = report.errors.len() - broken;
    if obstacles > 0 {
        parts.push(in_the_way(obstacles));
    }
    let is_checked = report.plans.len() > broken;
    match broken {
        0 => {}
        1 if !is_checked => parts.push(("not TOML".to_owned(), Some(Severity::Error))),
        n => parts.push((format!("{} not TOML", counted(n, "plan is", "plans are")), Some(Severity::Error))),
    }
    // Where no plan is there to be checked, no errors would say that all is well.
    if is_checked || report.errors.is_empty() {
        parts.extend(standing(report));
    }
    if stale > 0 {
        parts.push((format!("{stale} stale"), Some(Severity::Warning)));
    }
    if let Some(Since { new, fixed, gone, remaining }) = since.filter(|_| is_checked || broken == 0) {
        let remain = if remaining == 1 { "remains" } else { "remain" };
        let gone = if gone > 0 { format!("{gone} gone, ") } else { String::new() };
        parts.push((format!("{new} new, {fixed} fixed, {gone}{remaining} {remain}"), None));
    }
    let figures: usize = report.plans.iter().map(|plan| plan.figures).sum();
    let covered: usize = report.plans.iter().map(|plan| plan.covered).sum();
    parts.push((
        match is_checked {
            true => format!("{covered} of {} covered", counted(figures, "figure", "figures")),
            false => "figures not checked".to_owned(),
        },
        None,
    ));
    parts.push((milliseconds(took), None));
    parts.push((clock.to_owned(), None));
    write_parts(&parts, &style, out)
}

/// Writes, in place of how things stand, that nothing is checked as long as so many things stand in the way of every rule.
///
/// # Errors
/// When `out` refuses a write.
///
/// ```
/// let (mut out, options) = (Vec::new(), crossfoot::report::TextOptions::default());
/// crossfoot::report::nothing_checked(1, "14:02:11", &options, &mut out)?;
/// let line = "1 thing stands in the way \u{b7} nothing is checked until it is mended \u{b7} 14:02:11\n";
/// assert_eq!(String::from_utf8_lossy(&out), line);
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn nothing_checked(obstacles: usize, clock: &str, options: &TextOptions, out: &mut impl Write) -> io::Result<()> {
    let they_are = if obstacles == 1 { "it is" } else { "they are" };
    let parts = [
        in_the_way(obstacles),
        (format!("nothing is checked until {they_are} mended"), None),
        (clock.to_owned(), None),
    ];
    write_parts(&parts, &Style::new(*options), out)
}

fn in_the_way(obstacles: usize) -> (String, Option<Severity>) {
    let n = counted(obstacles, "thing stands", "things stand");
    (format!("{n} in the way"), Some(Severity::Error))
}

/// The counts by severity, the gravest first.
fn standing(report: &Report) -> Vec<(String, Option<Severity>)> {
    let summary = &report.summary;
    let mut counts = vec![
        (summary.error, counted(summary.error, "error", "errors"), Severity::Error),
        (summary.warning, counted(summary.warning, "warning", "warnings"), Severity::Warning),
    ];
    if summary.info > 0 {
        counts.push((summary.info, counted(summary.info, "note", "notes"), Severity::Info));
    }
    counts.into_iter().map(|(n, text, grave)| (text, (n > 0).then_some(grave))).collect()
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
