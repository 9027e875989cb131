//! The findings for GitLab's code quality report: a list of issues, each at its file and line.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::{cut, subject};
use crate::finding::{Failure, Finding, Run, Severity};

/// The longest description of an issue, in characters: it is shown on one line of a merge request.
const LONGEST: usize = 1_000;

#[derive(Serialize)]
struct Issue<'r> {
    description: String,
    check_name: &'r str,
    /// Of two issues with the same, GitLab shows one.
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// Writes the findings of a run as a code quality report of GitLab. Findings that do not count are left out; what stood in the
/// way is an issue that blocks.
///
/// # Errors
/// When `out` refuses a write.
///
/// ```
/// use crossfoot::{Auditor, Plan, Rules, report};
///
/// let mut out = Vec::new();
/// report::gitlab(&Auditor::new(&Rules::standard()).run_of(&[Plan::parse("plan.toml", "")]), &mut out)?;
/// assert!(out.starts_with(b"["));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn gitlab(run: &Run, out: &mut impl Write) -> io::Result<()> {
    let mut seen = BTreeMap::new();
    let failures = run.report.errors.iter().map(failed);
    let issues = failures.chain(run.report.findings.iter().map(issue)).map(|mut issue| {
        let times = seen.entry(issue.fingerprint.clone()).and_modify(|times| *times += 1).or_insert(1);
        if *times > 1 {
            issue.fingerprint = format!("{}-{times}", issue.fingerprint);
        }
        issue
    });
    serde_json::to_writer_pretty(&mut *out, &issues.collect::<Vec<_>>())?;
    out.write_all(b"\n")
}

fn issue(finding: &Finding) -> Issue<'_> {
    let severity = match finding.severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Info => "info",
    };
    Issue {
        description: cut(&finding.message, LONGEST),
        check_name: &finding.rule,
        fingerprint: finding.fingerprint.to_string(),
        severity,
        location: location(&finding.file, finding.span.start.line, finding.span.end.line),
    }
}

fn failed(failure: &Failure) -> Issue<'_> {
    let span = failure.span.unwrap_or_default();
    let rule = failure.rule.as_deref().unwrap_or_default();
    let parts = [rule, &failure.file, &failure.message];
    Issue {
        description: cut(&format!("{}: {}", subject(failure), failure.message), LONGEST),
        check_name: failure.rule.as_deref().unwrap_or("crossfoot"),
        fingerprint: crate::finding::Fingerprint::of(&parts).to_string(),
        severity: "blocker",
        location: location(&failure.file, span.start.line, span.end.line),
    }
}

/// A place, its path as the repository names it.
fn location(file: &str, begin: u32, end: u32) -> Location {
    let path = file.strip_prefix("./").unwrap_or(file).to_owned();
    let begin = begin.max(1);
    Location { path, lines: Lines { begin, end: end.max(begin) } }
}
