//! The report for a terminal: each finding with its lines, its working, its cause; then one summary.
//!
//! Snippets are drawn by `miette`; this module chooses what is drawn and writes the working beneath it. It words nothing
//! that a finding does not say.

mod aside;
mod clip;
mod columns;
mod difference;
mod evaluation;
mod harmless;
mod page;
mod snippet;
mod style;
mod working;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use crate::figure::Decimal;
use crate::finding::{Addend, Failure, FailureKind, Finding, Label, Report, RuleSummary, Severity, Working};
use crate::source::SourceText;
use crate::words::{Hole, Lang, Words};
use columns::in_line;
pub use columns::{Cell, columns};
pub use difference::{Since, brief, difference, nothing_checked, obstacles_once, status};
pub use evaluation::{Detail, evaluation};
pub(crate) use harmless::is_harmful;
pub use harmless::{Harmless, Written, harmless};
pub use page::page;
use snippet::Snippet;
pub(crate) use style::Style;
pub(crate) use working::plain_working;

/// How a terminal report looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextOptions {
    /// Whether to colour it.
    pub color: bool,
    /// Whether to draw with characters beyond ASCII.
    pub unicode: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Whether findings that do not count are shown as well.
    pub suppressed: bool,
    /// The language that it is in.
    pub lang: Lang,
}

impl Default for TextOptions {
    /// No colour, Unicode, 100 columns, without what does not count, in English.
    fn default() -> Self {
        Self { color: false, unicode: true, width: 100, suppressed: false, lang: Lang::ENGLISH }
    }
}

/// Writes a report for a terminal.
///
/// # Errors
/// When `out` refuses a write.
///
/// ```
/// use crossfoot::report::{TextOptions, text};
/// use crossfoot::{Auditor, Plan, Rules};
///
/// let rules = Rules::standard();
/// let plan = Plan::parse("plan.toml", "[[splits]]\nid = 's'\nparts = [{ share = 84 }, { share = 19 }]\n");
/// let mut out = Vec::new();
/// text(&Auditor::new(&rules).audit(&plan), &TextOptions::default(), &mut out)?;
/// assert!(String::from_utf8_lossy(&out).contains("1 error"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn text(report: &Report, options: &TextOptions, out: &mut impl Write) -> io::Result<()> {
    problems(report, options, out)?;
    write_summary(report, &Style::new(*options), out)
}

/// Writes the findings of a report and what stood in the way, without its summary.
///
/// # Errors
/// When `out` refuses a write.
pub fn problems(report: &Report, options: &TextOptions, out: &mut impl Write) -> io::Result<()> {
    let style = Style::new(*options);
    for finding in &report.findings {
        write_finding(report, finding, &style, out)?;
    }
    if options.suppressed {
        aside::write_suppressed(report, &style, out)?;
    }
    aside::write_gone(report, &style, out)?;
    for failure in &report.errors {
        write_failure(report, failure, &style, out)?;
    }
    Ok(())
}

/// Writes what stood in the way outside of an audit, such as rules that do not compile, with the lines it points to.
pub(crate) fn failures(
    failures: &[Failure],
    sources: &BTreeMap<Arc<str>, Arc<SourceText>>,
    style: &Style,
    out: &mut impl Write,
) -> io::Result<()> {
    let report = Report::new(Vec::new(), Vec::new(), failures.to_vec(), Vec::new(), sources.clone());
    report.errors.iter().try_for_each(|failure| write_failure(&report, failure, style, out))
}

fn write_finding(report: &Report, finding: &Finding, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let words = style.words();
    let plain = words.text(severity_key(finding.severity));
    let word = style.severity(finding.severity, &plain);
    let message = words.worded(&finding.message, finding.said.as_ref());
    style.write_headline(out, (&plain, &word), &format!("[{}]", finding.rule), &message)?;
    let text = primary_text(finding, words);
    let mut snippet = Snippet::new(report, &finding.file, finding.span, finding.severity, text);
    for label in &finding.labels {
        let file = label.file.as_ref().unwrap_or(&finding.file);
        snippet.label(file, label.span, label_text(finding, label, words));
    }
    snippet.write(style, out)?;
    if !finding.name.is_empty() {
        style.write_path(out, &words.text("at"), &finding.name)?;
    }
    if let Some(working) = &finding.working {
        working::write(working, style, out)?;
    }
    if let Some(help) = &finding.help {
        style.write_wrapped(out, &words.text("help"), &words.worded(help, finding.help_said.as_ref()))?;
    }
    for fix in &finding.fixes {
        let title = words.worded(&fix.title, fix.said.as_ref());
        if fix.safe {
            style.write_wrapped(out, &words.text("fix"), &words.with("fix-applied-by", &[("title", title.into())]))?;
        } else {
            style.write_wrapped(out, &words.text("fix-unsafe"), &title)?;
        }
    }
    writeln!(out)
}

/// What the finding's own place is labelled with: its part in the working, or nothing where the message says it all.
fn primary_text(finding: &Finding, words: &Words) -> String {
    let Some(working) = &finding.working else { return String::new() };
    let here = |addend: &&Addend| addend.file.is_none() && addend.path == finding.path;
    if let Some(addend) = working.stated_addends.iter().find(here) {
        return words.with("stated-addend", &[("value", Hole::figure(addend.value))]);
    }
    match working.addends.iter().find(here) {
        Some(_) if working.addends.len() == 1 => words.text("computed"),
        Some(addend) => format!("+ {}", words.number(addend.value)),
        None => words.text("stated"),
    }
}

/// What a label says. Of an addend the working knows it.
fn label_text(finding: &Finding, label: &Label, words: &Words) -> String {
    if words.lang() == Lang::ENGLISH {
        return label.message.clone();
    }
    let here = |addend: &&Addend| addend.file == label.file && addend.path == label.path;
    let addends = |of: fn(&Working) -> &Vec<Addend>| finding.working.iter().flat_map(of).find(here);
    let (stated, addend) = match addends(|working| &working.stated_addends) {
        // It stands first among the labels, as it does in English.
        Some(addend) if label.said.is_none() => (true, Some(addend)),
        _ => (false, addends(|working| &working.addends)),
    };
    let Some(addend) = addend.filter(|_| label.said.is_none()) else {
        return words.worded(&label.message, label.said.as_ref());
    };
    let value = words.number(addend.value);
    let text = match addend.factor {
        // What is added has no factor here, and neither has what entered otherwise than by addition.
        None if label.message.contains("+ ") => format!("+ {value}"),
        None => value,
        Some(factor) if factor == Decimal::NEGATIVE_ONE => format!("- {value}"),
        Some(factor) => format!("{} x {value}", words.number(factor)),
    };
    if stated { format!("{} {text}", words.text("stated")) } else { text }
}

fn severity_key(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "severity-error",
        Severity::Warning => "severity-warning",
        Severity::Info => "severity-info",
    }
}

fn write_failure(report: &Report, failure: &Failure, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let words = style.words();
    let plain = words.text("severity-error");
    let word = style.severity(Severity::Error, &plain);
    let subject = match (&failure.rule, failure.kind) {
        (Some(rule), FailureKind::RuleCompile) => words.with("rule-does-not-compile", &[("rule", (&**rule).into())]),
        (Some(rule), _) => words.with("rule-failed", &[("rule", (&**rule).into())]),
        (None, _) => failure.file.to_string(),
    };
    style.write_headline(out, (&plain, &word), &format!("[{subject}]"), &failure.message)?;
    if let Some(span) = failure.span {
        Snippet::new(report, &failure.file, span, Severity::Error, words.text("here")).write(style, out)?;
    } else if failure.rule.is_some() {
        writeln!(out, "  {} {}", style.dim(&words.text("in-file")), harmless(&failure.file))?;
    }
    for frame in &failure.stack {
        let file = frame.file.as_ref().unwrap_or(&failure.file);
        let place = format!("{file}:{}:{}", frame.line, frame.column);
        writeln!(out, "  {} {}", style.dim(&words.text("called")), harmless(&format!("{}, {place}", frame.function)))?;
    }
    if let Some(at) = &failure.looking_at {
        style.write_path(out, &words.text("looking-at"), at)?;
    }
    if let Some(help) = &failure.help {
        style.write_wrapped(out, &words.text("help"), help)?;
    }
    writeln!(out)
}

fn write_summary(report: &Report, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let words = style.words();
    let summary = &report.summary;
    if report.plans.is_empty() && !report.errors.is_empty() {
        return writeln!(out, "{}", style.severity(Severity::Error, &words.text("no-plan-audited")));
    }
    let counted = |key: &str, n: usize| words.with(key, &[("count", n.into())]);
    let figures: usize = report.plans.iter().map(|plan| plan.figures).sum();
    let covered: usize = report.plans.iter().map(|plan| plan.covered).sum();
    let verdict = [(Severity::Error, summary.error, "errors"), (Severity::Warning, summary.warning, "warnings")];
    let mut parts: Vec<String> = verdict
        .into_iter()
        .map(|(severity, n, key)| {
            let text = counted(key, n);
            if n > 0 { style.severity(severity, &text) } else { text }
        })
        .collect();
    if summary.info > 0 {
        parts.push(counted("notes", summary.info));
    }
    let verdict = [
        ("findings", parts.join(", ").into()),
        ("plans", counted("plans", report.plans.len()).into()),
        ("rules", counted("rules", report.rules.len()).into()),
    ];
    writeln!(out, "{}", words.with("verdict", &verdict))?;
    if summary.suppressed > 0 {
        aside::write_count(report, style, out)?;
    }
    let checks = summary.checks;
    let counts = [
        ("count", (checks.passed + checks.failed + checks.not_applicable).into()),
        ("passed", checks.passed.into()),
        ("rounding", checks.within_rounding.into()),
        ("failed", checks.failed.into()),
        ("inapplicable", checks.not_applicable.into()),
    ];
    style.write_hanging(out, 0, &words.with("checks", &counts))?;
    let open = figures - covered;
    let counts = [("count", figures.into()), ("covered", covered.into()), ("open", open.into())];
    let mut looked = words.with("figures", &counts);
    if open > 0 {
        let first: Vec<&str> =
            report.plans.iter().flat_map(|plan| &plan.uncovered).take(3).map(|figure| figure.path.as_str()).collect();
        let more = open.saturating_sub(first.len());
        let more = if more > 0 { format!(" {}", counted("and-more", more)) } else { String::new() };
        looked.push_str(&format!(" ({}{more})", in_line(&first.join(", "))));
    }
    style.write_hanging(out, 0, &looked)?;
    let idle: Vec<&str> = report.rules.iter().filter(|rule| checked_nothing(rule)).map(|rule| &*rule.rule).collect();
    if !idle.is_empty() {
        style.write_wrapped(out, &counted("checked-nothing", idle.len()), &idle.join(", "))?;
    }
    if !report.errors.is_empty() {
        let text = counted("stood-in-the-way", report.errors.len());
        writeln!(out, "{}", style.severity(Severity::Error, &text))?;
    }
    Ok(())
}

/// Whether a rule that is not a standard one ended without a check of any outcome: it may ask for what no plan has.
fn checked_nothing(rule: &RuleSummary) -> bool {
    let checks = rule.checks;
    rule.origin != "standard" && !rule.stopped && checks.passed + checks.failed + checks.not_applicable == 0
}

fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

fn counted_u64(n: u64, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
