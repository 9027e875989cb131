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

use crate::finding::{Addend, Failure, FailureKind, Finding, Report, RuleSummary, Severity, grouped};
use crate::source::SourceText;
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
}

impl Default for TextOptions {
    /// No colour, Unicode, 100 columns, without what does not count.
    fn default() -> Self {
        Self { color: false, unicode: true, width: 100, suppressed: false }
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
    let word = style.severity(finding.severity, finding.severity.word());
    style.write_headline(out, (finding.severity.word(), &word), &format!("[{}]", finding.rule), &finding.message)?;
    let mut snippet = Snippet::new(report, &finding.file, finding.span, finding.severity, primary_text(finding));
    for label in &finding.labels {
        snippet.label(label.file.as_ref().unwrap_or(&finding.file), label.span, &label.message);
    }
    snippet.write(style, out)?;
    if !finding.name.is_empty() {
        style.write_path(out, "at", &finding.name)?;
    }
    if let Some(working) = &finding.working {
        working::write(working, style, out)?;
    }
    if let Some(help) = &finding.help {
        style.write_wrapped(out, "help", help)?;
    }
    for fix in &finding.fixes {
        if fix.safe {
            style.write_wrapped(out, "fix", &format!("{} (crossfoot fix)", fix.title))?;
        } else {
            style.write_wrapped(out, "fix, unsafe", &fix.title)?;
        }
    }
    writeln!(out)
}

/// What the finding's own place is labelled with: its part in the working, or nothing where the message says it all.
fn primary_text(finding: &Finding) -> String {
    let Some(working) = &finding.working else { return String::new() };
    let here = |addend: &&Addend| addend.file.is_none() && addend.path == finding.path;
    if let Some(addend) = working.stated_addends.iter().find(here) {
        return format!("stated + {}", grouped(addend.value));
    }
    match working.addends.iter().find(here) {
        Some(_) if working.addends.len() == 1 => "computed".to_owned(),
        Some(addend) => format!("+ {}", grouped(addend.value)),
        None => "stated".to_owned(),
    }
}

fn write_failure(report: &Report, failure: &Failure, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let word = style.severity(Severity::Error, "error");
    let subject = match (&failure.rule, failure.kind) {
        (Some(rule), FailureKind::RuleCompile) => format!("[rule {rule} does not compile]"),
        (Some(rule), _) => format!("[rule {rule} failed]"),
        (None, _) => format!("[{}]", failure.file),
    };
    style.write_headline(out, ("error", &word), &subject, &failure.message)?;
    if let Some(span) = failure.span {
        Snippet::new(report, &failure.file, span, Severity::Error, "here".to_owned()).write(style, out)?;
    } else if failure.rule.is_some() {
        writeln!(out, "  {} {}", style.dim("in"), harmless(&failure.file))?;
    }
    for frame in &failure.stack {
        let file = frame.file.as_ref().unwrap_or(&failure.file);
        let place = format!("{file}:{}:{}", frame.line, frame.column);
        writeln!(out, "  {} {}", style.dim("called"), harmless(&format!("{}, {place}", frame.function)))?;
    }
    if let Some(at) = &failure.looking_at {
        style.write_path(out, "looking at", at)?;
    }
    if let Some(help) = &failure.help {
        style.write_wrapped(out, "help", help)?;
    }
    writeln!(out)
}

fn write_summary(report: &Report, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let summary = &report.summary;
    if report.plans.is_empty() && !report.errors.is_empty() {
        return writeln!(out, "{}", style.severity(Severity::Error, "no plan was audited"));
    }
    let figures: usize = report.plans.iter().map(|plan| plan.figures).sum();
    let covered: usize = report.plans.iter().map(|plan| plan.covered).sum();
    let verdict = [
        (Severity::Error, summary.error, "error", "errors"),
        (Severity::Warning, summary.warning, "warning", "warnings"),
    ];
    let mut parts: Vec<String> = verdict
        .into_iter()
        .map(|(severity, n, one, many)| {
            let text = counted(n, one, many);
            if n > 0 { style.severity(severity, &text) } else { text }
        })
        .collect();
    if summary.info > 0 {
        parts.push(counted(summary.info, "note", "notes"));
    }
    let rules = counted(report.rules.len(), "rule", "rules");
    writeln!(out, "{} in {}, by {rules}", parts.join(", "), counted(report.plans.len(), "plan", "plans"))?;
    if summary.suppressed > 0 {
        aside::write_count(report, style, out)?;
    }
    let checks = summary.checks;
    let counts = format!(
        "{}: {} passed ({} of them within rounding), {} failed, {} not applicable",
        counted_u64(checks.passed + checks.failed + checks.not_applicable, "check", "checks"),
        checks.passed,
        checks.within_rounding,
        checks.failed,
        checks.not_applicable
    );
    style.write_hanging(out, 0, &counts)?;
    let open = figures - covered;
    let mut looked = format!("{}: {covered} looked at by a rule, {open} not", counted(figures, "figure", "figures"));
    if open > 0 {
        let first: Vec<&str> =
            report.plans.iter().flat_map(|plan| &plan.uncovered).take(3).map(|figure| figure.path.as_str()).collect();
        let more = open.saturating_sub(first.len());
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        looked.push_str(&format!(" ({}{more})", in_line(&first.join(", "))));
    }
    style.write_hanging(out, 0, &looked)?;
    let idle: Vec<&str> = report.rules.iter().filter(|rule| checked_nothing(rule)).map(|rule| &*rule.rule).collect();
    if !idle.is_empty() {
        let n = counted(idle.len(), "rule of your own", "rules of your own");
        style.write_wrapped(out, &format!("{n} checked nothing"), &idle.join(", "))?;
    }
    if !report.errors.is_empty() {
        let n = counted(report.errors.len(), "thing", "things");
        writeln!(
            out,
            "{}",
            style.severity(Severity::Error, &format!("{n} stood in the way: this audit is not complete"))
        )?;
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
