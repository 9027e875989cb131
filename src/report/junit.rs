//! The report as JUnit XML, which build servers read: a suite for each plan, in it a case for each rule.
//!
//! A case fails where its rule found an error, which is what fails a check unless it was told otherwise; warnings and notes stand in
//! the case's output. No times: the same run gives the same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use quick_junit::{NonSuccessKind, Report as Suites, TestCase, TestCaseStatus, TestSuite};

use super::{counted, cut, place, reason, subject};
use super::{harmless, plain_working};
use crate::finding::{Failure, Finding, Report, Run, Severity, Suppressed};

/// Findings of one rule in one plan that are told in full; the others are counted.
const TOLD: usize = 1_000;

/// The longest text that is told of a finding, in characters.
const LONGEST: usize = 4_000;

/// Writes a run as JUnit XML. What stood in the way is an error, in a suite of its own.
///
/// # Errors
/// When `out` refuses a write.
///
/// ```
/// use crossfoot::{Auditor, Plan, Rules, report};
///
/// let mut out = Vec::new();
/// report::junit(&Auditor::new(&Rules::standard()).run_of(&[Plan::parse("plan.toml", "")]), &mut out)?;
/// assert!(String::from_utf8_lossy(&out).contains("<testsuite name=\"plan.toml\""));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn junit(run: &Run, out: &mut impl Write) -> io::Result<()> {
    let report = &run.report;
    let mut suites = Suites::new("crossfoot check");
    let mut found: BTreeMap<&str, Found> = report.plans.iter().map(|plan| (&*plan.file, Found::default())).collect();
    for finding in &report.findings {
        found.entry(&finding.file).or_default().of(&finding.rule).0.push(finding);
    }
    for suppressed in &report.suppressed {
        found.entry(&suppressed.finding.file).or_default().of(&suppressed.finding.rule).1.push(suppressed);
    }
    suites.add_test_suites(found.iter().map(|(file, found)| suite(report, file, found)));
    if !report.errors.is_empty() {
        let mut broken = TestSuite::new("what stood in the way");
        broken.add_test_cases(report.errors.iter().map(failed));
        suites.add_test_suite(broken);
    }
    let text = suites.to_string().map_err(io::Error::other)?;
    out.write_all(text.as_bytes())
}

/// What was found in one plan, by rule.
#[derive(Default)]
struct Found<'r>(BTreeMap<&'r str, OfRule<'r>>);

/// The findings of a rule that count, and those that do not.
type OfRule<'r> = (Vec<&'r Finding>, Vec<&'r Suppressed>);

impl<'r> Found<'r> {
    fn of(&mut self, rule: &'r str) -> &mut OfRule<'r> {
        self.0.entry(rule).or_default()
    }
}

fn suite(report: &Report, file: &str, found: &Found<'_>) -> TestSuite {
    let mut suite = TestSuite::new(harmless(file));
    let ran = report.rules.iter().map(|rule| &*rule.rule);
    let rules: BTreeSet<&str> = ran.chain(found.0.keys().copied()).collect();
    let none = OfRule::default();
    suite.add_test_cases(rules.into_iter().map(|rule| case(report, file, rule, found.0.get(rule).unwrap_or(&none))));
    suite
}

fn case(report: &Report, file: &str, rule: &str, (findings, suppressed): &OfRule<'_>) -> TestCase {
    let (errors, others): (Vec<&Finding>, Vec<&Finding>) =
        findings.iter().partition(|finding| finding.severity == Severity::Error);
    let mut test = TestCase::new(harmless(rule), status(report, rule, &errors, &others));
    test.set_classname(harmless(file));
    let mut output = told(&others);
    for suppressed in suppressed.iter().take(TOLD) {
        let Suppressed { finding, .. } = suppressed;
        let because = reason(suppressed);
        output.push_str(&format!("suppressed: {}: {}\n  because {because}\n", place(finding), finding.message));
    }
    if !output.is_empty() {
        test.set_system_out(harmless(&output));
    }
    test
}

fn status(report: &Report, rule: &str, errors: &[&Finding], others: &[&Finding]) -> TestCaseStatus {
    let Some(first) = errors.first() else {
        let summary = report.rules.iter().find(|summary| &*summary.rule == rule);
        let is_idle = summary.is_some_and(|summary| summary.checks.passed + summary.checks.failed == 0);
        if !is_idle || !others.is_empty() {
            return TestCaseStatus::success();
        }
        let mut skipped = TestCaseStatus::skipped();
        let stopped = summary.is_some_and(|summary| summary.stopped);
        skipped.set_message(if stopped { "the rule did not come to its end" } else { "there was nothing to compare" });
        return skipped;
    };
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    let more = match errors.len() - 1 {
        0 => String::new(),
        more => format!(" (and {})", counted(more, "more error", "more errors")),
    };
    status.set_type(first.severity.word());
    status.set_message(harmless(&format!("{}{more}", cut(&first.message, LONGEST))));
    status.set_description(harmless(&told(errors)));
    status
}

/// Findings in words, one below the other.
fn told(findings: &[&Finding]) -> String {
    let mut text = String::new();
    for finding in findings.iter().take(TOLD) {
        let message = cut(&finding.message, LONGEST);
        text.push_str(&format!("{} at {}: {message}\n", finding.severity, place(finding)));
        if let Some(working) = &finding.working {
            let working = cut(&plain_working(working, 100), LONGEST);
            working.lines().for_each(|line| text.push_str(&format!("  {line}\n")));
        }
        if let Some(help) = &finding.help {
            text.push_str(&format!("  help: {}\n", cut(help, LONGEST)));
        }
    }
    if findings.len() > TOLD {
        text.push_str(&format!("{} more are not told here\n", findings.len() - TOLD));
    }
    text
}

fn failed(failure: &Failure) -> TestCase {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    let kind = serde_json::to_value(failure.kind).ok();
    status.set_type(kind.as_ref().and_then(serde_json::Value::as_str).unwrap_or("failure"));
    status.set_message(harmless(&cut(&failure.message, LONGEST)));
    let place = failure.span.map(|span| format!(":{}:{}", span.start.line, span.start.column)).unwrap_or_default();
    let help = failure.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    status.set_description(harmless(&format!("{}{place}: {}{help}", failure.file, failure.message)));
    let mut test = TestCase::new(harmless(&subject(failure)), status);
    test.set_classname("crossfoot");
    test
}
