//! What is different since the last check, for a terminal: what is new in full, a line for what has gone and for what says
//! something else, and one line that says how things stand.
//!
//! It words nothing that a finding does not say, and decides nothing: the difference is a finished value.

use std::io::{self, Write};
use std::time::Duration;

use textwrap::core::display_width;

use super::columns::{Cell, columns};
use super::style::Style;
use super::{TextOptions, problems};
use crate::finding::{Changed, Departed, Difference, FailureKind, Finding, Report, Severity, Why};
use crate::words::Words;

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
    let words = Words::of(options.lang);
    let several = several_files(report);
    let row = |word: &str, finding: &Finding, more: &str| row(word, finding, several, more, words);
    let gone = |why: Why| difference.gone.iter().filter(move |departed| departed.why == why);
    let departed = |departed: &Departed| row(&words.text(why_key(departed.why)), &departed.finding, "");
    let fixed = words.text("fixed");
    let mut kinds: Vec<(&str, Vec<Vec<Cell>>)> = vec![
        ("fixed", difference.fixed.iter().map(|finding| row(&fixed, finding, "")).collect()),
        (why_key(Why::NotChecked), gone(Why::NotChecked).map(departed).collect()),
        (why_key(Why::Suppressed), gone(Why::Suppressed).map(departed).collect()),
    ];
    let changed = |changed: &Changed| row(&words.text("changed"), &changed.after, &other_working(changed, words));
    kinds.push(("changed", difference.changed.iter().map(changed).collect()));
    kinds.push((
        "renamed",
        difference
            .renamed
            .iter()
            .map(|r| {
                vec![
                    Cell::strong(words.text("renamed")),
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
                let holes = [("plan", (&**name).into()), ("count", n.into())];
                vec![Cell::strong(words.text("gone")), Cell::plain(words.with("gone-plan", &holes))]
            })
            .collect(),
    ));
    let mended = |file: &std::sync::Arc<str>| vec![Cell::strong(words.text("mended")), Cell::plain(file.to_string())];
    kinds.push(("mended", difference.mended.iter().map(mended).collect()));
    let (mut rows, mut files) = (Vec::new(), Vec::new());
    for (word, mut of_kind) in kinds {
        let more = of_kind.len().saturating_sub(MOST);
        of_kind.truncate(MOST);
        if more > 0 {
            of_kind.push(vec![
                Cell::strong(words.text(word)),
                Cell::plain(words.with("more-of-them", &[("count", more.into())])),
            ]);
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
    let words = Words::of(options.lang);
    let word = &words.known(word, &[]).unwrap_or_else(|| word.to_owned());
    let (most, hint) = most.unwrap_or((usize::MAX, ""));
    let rows: Vec<_> =
        report.findings.iter().take(most).map(|finding| row(word, finding, several, "", words)).collect();
    columns(&rows, options, out)?;
    let more = report.findings.len().saturating_sub(most);
    if more > 0 {
        let text = words.with("shows-all", &[("count", more.into()), ("hint", hint.into())]);
        writeln!(out, "{}  {text}", Style::new(*options).strong(word))?;
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
    let words = style.words();
    let counted = |key: &str, n: usize| words.with(key, &[("count", n.into())]);
    let mut parts = Vec::new();
    let broken = report.errors.iter().filter(|failure| failure.kind == FailureKind::Plan).count();
    let obstacles = report.errors.len() - broken;
    if obstacles > 0 {
        parts.push(in_the_way(obstacles, words));
    }
    let is_checked = report.plans.len() > broken;
    match broken {
        0 => {}
        1 if !is_checked => parts.push((words.text("not-toml"), Some(Severity::Error))),
        n => parts.push((counted("plans-not-toml", n), Some(Severity::Error))),
    }
    // Where no plan is there to be checked, no errors would say that all is well.
    if is_checked || report.errors.is_empty() {
        parts.extend(standing(report, words));
    }
    if stale > 0 {
        parts.push((counted("count-stale", stale), Some(Severity::Warning)));
    }
    if let Some(Since { new, fixed, gone, remaining }) = since.filter(|_| is_checked || broken == 0) {
        let counts = [("count-new", new), ("count-fixed", fixed), ("count-gone", gone), ("count-remaining", remaining)];
        let said = counts.into_iter().filter(|(key, n)| *key != "count-gone" || *n > 0);
        parts.push((said.map(|(key, n)| counted(key, n)).collect::<Vec<_>>().join(", "), None));
    }
    let figures: usize = report.plans.iter().map(|plan| plan.figures).sum();
    let covered: usize = report.plans.iter().map(|plan| plan.covered).sum();
    parts.push((
        match is_checked {
            true => words.with("covered", &[("covered", covered.into()), ("count", figures.into())]),
            false => words.text("figures-not-checked"),
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
    let words = Words::of(options.lang);
    let parts = [
        in_the_way(obstacles, words),
        (words.with("nothing-is-checked", &[("count", obstacles.into())]), None),
        (clock.to_owned(), None),
    ];
    write_parts(&parts, &Style::new(*options), out)
}

fn in_the_way(obstacles: usize, words: &Words) -> (String, Option<Severity>) {
    (words.with("things-in-the-way", &[("count", obstacles.into())]), Some(Severity::Error))
}

/// Under which key there are words for why a finding has gone.
fn why_key(why: Why) -> &'static str {
    match why {
        Why::PlanGone => "plan-gone",
        Why::NotChecked => "no-longer-checked",
        Why::Suppressed => "does-not-count",
    }
}

/// The counts by severity, the gravest first.
fn standing(report: &Report, words: &Words) -> Vec<(String, Option<Severity>)> {
    let summary = &report.summary;
    let counted = |key: &str, n: usize| words.with(key, &[("count", n.into())]);
    let mut counts = vec![
        (summary.error, counted("errors", summary.error), Severity::Error),
        (summary.warning, counted("warnings", summary.warning), Severity::Warning),
    ];
    if summary.info > 0 {
        counts.push((summary.info, counted("notes", summary.info), Severity::Info));
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
fn row(word: &str, finding: &Finding, with_file: bool, more: &str, words: &Words) -> Vec<Cell> {
    let file = if with_file || finding.name.is_empty() { format!("{}: ", finding.file) } else { String::new() };
    let place = if finding.name.is_empty() { String::new() } else { format!("{}: ", finding.name) };
    let message = words.worded(&finding.message, finding.said.as_ref());
    vec![Cell::strong(word), Cell::dim(finding.rule.as_ref()), Cell::plain(format!("{file}{place}{message}{more}"))]
}

/// How the working of a finding that remains has changed.
fn other_working(changed: &Changed, words: &Words) -> String {
    match (&changed.before.working, &changed.after.working) {
        (Some(before), Some(after)) if before.difference != after.difference => {
            let (after, before) = (words.signed(after.difference), words.signed(before.difference));
            format!(" {}", words.with("difference-was", &[("after", after.into()), ("before", before.into())]))
        }
        _ => String::new(),
    }
}
