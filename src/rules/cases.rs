//! The cases that prove a rule: small plans in which the expected findings are marked at their lines.
//!
//! ```toml
//! # checks: 1 passed, 1 failed, 0 not applicable
//! total = { 2026 = 31 }   #~ error: stated 31
//! ```
//!
//! A mark stands at the end of the line where the finding begins (`#~`), or on a line of its own below it (`#~^`, one
//! caret for each line up), names the severity and, after a colon, a part of the message. A case without marks must give
//! no finding.

use crate::finding::{Finding, Severity};
use crate::plan::Plan;

use super::run::Settings;
use super::{Rule, Rules};
use crate::script::on_large_stack;

/// A small plan with what a rule must find in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    name: String,
    text: String,
    marks: Vec<Mark>,
    counts: Option<CheckCounts>,
    faults: Vec<String>,
}

/// An expected finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The line it begins at, from 1.
    pub line: u32,
    /// Its severity.
    pub severity: Severity,
    /// A part of its message; may be empty.
    pub message: String,
}

/// How the checks of a case must end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckCounts {
    /// In order.
    pub passed: u64,
    /// Not in order.
    pub failed: u64,
    /// Nothing to compare.
    pub not_applicable: u64,
}

/// How a case ended.
#[derive(Clone, Debug, Default)]
pub struct CaseResult {
    /// Marks that no finding answers.
    pub missing: Vec<Mark>,
    /// Findings that nobody marked.
    pub noisy: Vec<Finding>,
    /// Expected and found counts, where they differ.
    pub counts: Option<(CheckCounts, CheckCounts)>,
    /// What is wrong with the case or the rule itself.
    pub faults: Vec<String>,
}

impl CaseResult {
    /// Whether everything was as expected.
    #[must_use]
    pub fn is_as_expected(&self) -> bool {
        self.missing.is_empty() && self.noisy.is_empty() && self.counts.is_none() && self.faults.is_empty()
    }
}

impl Case {
    /// Reads a case.
    #[must_use]
    pub fn read(name: &str, text: &str) -> Self {
        let mut case =
            Self { name: name.to_owned(), text: text.to_owned(), marks: Vec::new(), counts: None, faults: Vec::new() };
        for (line, content) in (1_u32..).zip(text.lines()) {
            if let Some(counts) = content.strip_prefix("# checks:") {
                match read_counts(counts) {
                    Some(counts) => case.counts = Some(counts),
                    None => case
                        .faults
                        .push(format!("line {line}: expected `# checks: 1 passed, 0 failed, 0 not applicable`")),
                }
            } else if let Some((_, mark)) = content.split_once("#~") {
                match read_mark(line, mark) {
                    Some(mark) => case.marks.push(mark),
                    None => case.faults.push(format!("line {line}: expected `#~ error: part of the message`")),
                }
            }
        }
        case
    }

    /// The file's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether findings are expected.
    #[must_use]
    pub fn expects_findings(&self) -> bool {
        !self.marks.is_empty()
    }

    /// How the checks must end, if the case says so.
    #[must_use]
    pub fn counts(&self) -> Option<CheckCounts> {
        self.counts
    }

    /// Runs one rule over the case and holds what it finds against the marks.
    #[must_use]
    pub fn run(&self, rules: &Rules, rule: &Rule) -> CaseResult {
        let plan = Plan::parse(&self.name, &self.text);
        let mut result = CaseResult { faults: self.faults.clone(), ..CaseResult::default() };
        result.faults.extend(plan.faults().iter().map(|fault| format!("the case's plan: {}", fault.message)));
        let settings = Settings { today: "2026-06-30".parse().ok(), ..Settings::default() };
        let run = match on_large_stack(|| rules.run_rule(rule, &plan, settings)) {
            Ok(run) => run,
            Err(error) => {
                result.faults.push(error.to_string());
                return result;
            }
        };
        result.faults.extend(run.failure.iter().map(|failure| failure.message.clone()));
        let mut findings: Vec<Option<&Finding>> = run.findings.iter().map(Some).collect();
        for mark in &self.marks {
            let answers = |finding: &&Finding| {
                finding.span.start.line == mark.line
                    && finding.severity == mark.severity
                    && finding.message.contains(&mark.message)
            };
            match findings.iter_mut().find(|finding| finding.as_ref().is_some_and(answers)) {
                Some(found) => *found = None,
                None => result.missing.push(mark.clone()),
            }
        }
        result.noisy = findings.into_iter().flatten().cloned().collect();
        let checks = run.checks;
        let found = CheckCounts { passed: checks.passed, failed: checks.failed, not_applicable: checks.not_applicable };
        result.counts = self.counts.filter(|expected| *expected != found).map(|expected| (expected, found));
        result
    }
}

fn read_mark(line: u32, text: &str) -> Option<Mark> {
    let rest = text.trim_start_matches('^');
    let up = u32::try_from(text.len() - rest.len()).ok()?;
    let (severity, message) = rest.split_once(':').unwrap_or((rest, ""));
    Some(Mark {
        line: line.checked_sub(up)?,
        severity: severity.trim().parse().ok()?,
        message: message.trim().to_owned(),
    })
}

fn read_counts(text: &str) -> Option<CheckCounts> {
    let mut counts = CheckCounts { passed: 0, failed: 0, not_applicable: 0 };
    for part in text.split(',') {
        let (number, word) = part.trim().split_once(' ')?;
        let number = number.parse().ok()?;
        match word.trim() {
            "passed" => counts.passed = number,
            "failed" => counts.failed = number,
            "not applicable" => counts.not_applicable = number,
            _ => return None,
        }
    }
    Some(counts)
}
