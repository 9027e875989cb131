//! Words that the printers for people say beside what findings say themselves: verdicts, counts, headings, what is left out.
//!
//! In one place, so that no two forms say it differently. It must not know any form.

use crate::finding::{Addend, Failure, FailureKind, Finding, Report, Severity, Suppressed, Working, grouped};

/// A count with its word.
pub(crate) fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// So many findings of a severity.
pub(crate) fn findings_of(severity: Severity, n: usize) -> String {
    match severity {
        Severity::Error => counted(n, "error", "errors"),
        Severity::Warning => counted(n, "warning", "warnings"),
        Severity::Info => counted(n, "note", "notes"),
    }
}

/// The gravest first.
pub(crate) const GRAVEST_FIRST: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];

/// How many findings of each severity there are, and in how many plans.
pub(crate) fn counts(report: &Report) -> String {
    let summary = &report.summary;
    let mut parts = vec![findings_of(Severity::Error, summary.error), findings_of(Severity::Warning, summary.warning)];
    if summary.info > 0 {
        parts.push(findings_of(Severity::Info, summary.info));
    }
    let plans = counted(report.plans.len(), "plan", "plans");
    format!("{} in {plans}, by {}", parts.join(", "), counted(report.rules.len(), "rule", "rules"))
}

/// What came of it, in a sentence.
pub(crate) fn verdict(report: &Report) -> String {
    if !report.errors.is_empty() {
        let things = counted(report.errors.len(), "thing", "things");
        return format!("This audit is not complete: {things} stood in the way.");
    }
    let summary = &report.summary;
    match (report.plans.len(), summary.error, summary.warning + summary.info) {
        (0, 0, 0) => "No plan was audited.".to_owned(),
        (_, 0, 0) => "Nothing was found.".to_owned(),
        (_, 0, _) => "No mistake was found; there is something to look at.".to_owned(),
        (_, 1, _) => "One mistake was found.".to_owned(),
        (_, n, _) => format!("{n} mistakes were found."),
    }
}

/// How many figures there are, and how many of them a rule looked at.
pub(crate) fn coverage(report: &Report) -> String {
    let figures: usize = report.plans.iter().map(|plan| plan.figures).sum();
    let covered: usize = report.plans.iter().map(|plan| plan.covered).sum();
    let open = figures.saturating_sub(covered);
    format!("{}: {covered} looked at by a rule, {open} not", counted(figures, "figure", "figures"))
}

/// Where something is: `plan.toml:12:5`.
pub(crate) fn place(finding: &Finding) -> String {
    format!("{}:{}:{}", finding.file, finding.span.start.line, finding.span.start.column)
}

/// What a failure is about.
pub(crate) fn subject(failure: &Failure) -> String {
    match (&failure.rule, failure.kind) {
        (Some(rule), FailureKind::RuleCompile) => format!("rule {rule} does not compile"),
        (Some(rule), _) => format!("rule {rule} failed"),
        (None, _) => failure.file.to_string(),
    }
}

/// A unit behind a figure, with its space.
pub(crate) fn unit(working: &Working) -> String {
    match working.unit.as_str() {
        "" => String::new(),
        "percent" => " %".to_owned(),
        unit => format!(" {unit}"),
    }
}

/// What an addend counts, as its working says it: `+ 82`, `- 5`, `0.5 x 30`.
pub(crate) fn addend(addend: &Addend, is_sum: bool) -> String {
    let value = grouped(addend.value);
    match addend.factor {
        Some(factor) if factor == crate::figure::Decimal::NEGATIVE_ONE => format!("- {value}"),
        Some(factor) => format!("{} x {value}", grouped(factor)),
        None if is_sum && addend.value >= crate::figure::Decimal::ZERO => format!("+ {value}"),
        None => value,
    }
}

/// Why a finding does not count.
pub(crate) fn reason(suppressed: &Suppressed) -> String {
    match (&suppressed.reason, &suppressed.until) {
        (None, _) => "the baseline holds it".to_owned(),
        (Some(reason), None) => reason.clone(),
        (Some(reason), Some(until)) => format!("{reason} (until {until})"),
    }
}

/// A text of at most so many characters, which says how many it has lost.
pub(crate) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}… ({} more characters)", &text[..at], grouped(text[at..].chars().count().into())),
    }
}

/// A text on one line.
pub(crate) fn in_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
