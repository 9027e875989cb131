//! The findings as commands of a GitHub workflow, which shows them at their lines in a pull request.
//!
//! GitHub shows ten annotations of each kind in a step and drops the rest without a word: the gravest come first, and what is not
//! annotated is counted in a line of the log.

use std::io::{self, Write};

use super::plain_working;
use super::{GRAVEST_FIRST, counts, coverage, cut, findings_of, subject};
use crate::finding::{Failure, Finding, Run, Severity};
use crate::source::Place;

/// Annotations of one kind that GitHub shows of a step.
const SHOWN: usize = 10;

/// The longest message of an annotation, in characters.
const LONGEST: usize = 4_000;

/// Writes the findings of a run as workflow commands. Findings that do not count are left out.
///
/// # Errors
/// When `out` refuses a write.
///
/// ```
/// use crossfoot::{Auditor, Plan, Rules, report};
///
/// let plan = Plan::parse("plan.toml", "[[splits]]\nid = 's'\nparts = [{ share = 84 }, { share = 19 }]\n");
/// let mut out = Vec::new();
/// report::github(&Auditor::new(&Rules::standard()).run_of(&[plan]), &mut out)?;
/// assert!(String::from_utf8_lossy(&out).contains("::error file=plan.toml,line="));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn github(run: &Run, out: &mut impl Write) -> io::Result<()> {
    let report = &run.report;
    for failure in report.errors.iter().take(SHOWN) {
        write_failure(failure, out)?;
    }
    let mut left_out = Vec::new();
    let further = report.errors.len().saturating_sub(SHOWN);
    if further > 0 {
        left_out.push(format!("{further} more things that stood in the way"));
    }
    for severity in GRAVEST_FIRST {
        let taken = if severity == Severity::Error { report.errors.len().min(SHOWN) } else { 0 };
        let mut findings = report.findings.iter().filter(|finding| finding.severity == severity);
        for finding in findings.by_ref().take(SHOWN - taken) {
            write_finding(finding, out)?;
        }
        let more = findings.count();
        if more > 0 {
            left_out.push(findings_of(severity, more));
        }
    }
    writeln!(out, "crossfoot: {}; {}", counts(report), coverage(report))?;
    if !left_out.is_empty() {
        let left_out = left_out.join(", ");
        writeln!(out, "crossfoot: not annotated, because GitHub shows {SHOWN} of a kind in a step: {left_out}")?;
    }
    Ok(())
}

fn write_finding(finding: &Finding, out: &mut impl Write) -> io::Result<()> {
    let kind = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let mut message = cut(&finding.message, LONGEST);
    if let Some(working) = &finding.working {
        message.push('\n');
        message.push_str(&cut(&plain_working(working, 100), LONGEST));
    }
    if let Some(help) = &finding.help {
        message.push_str(&format!("\nhelp: {}", cut(help, LONGEST)));
    }
    write_command(kind, &finding.file, Some(finding.span), &finding.rule, &message, out)
}

fn write_failure(failure: &Failure, out: &mut impl Write) -> io::Result<()> {
    let mut message = cut(&failure.message, LONGEST);
    if let Some(help) = &failure.help {
        message.push_str(&format!("\nhelp: {}", cut(help, LONGEST)));
    }
    write_command("error", &failure.file, failure.span, &subject(failure), &message, out)
}

fn write_command(
    kind: &str,
    file: &str,
    span: Option<Place>,
    title: &str,
    message: &str,
    out: &mut impl Write,
) -> io::Result<()> {
    write!(out, "::{kind} file={}", property(file.strip_prefix("./").unwrap_or(file)))?;
    if let Some(Place { start, end }) = span {
        write!(out, ",line={},endLine={}", start.line, end.line)?;
        // Columns of an annotation over several lines are refused.
        if start.line == end.line {
            write!(out, ",col={},endColumn={}", start.column, end.column)?;
        }
    }
    writeln!(out, ",title={}::{}", property(&cut(title, 200)), data(message))
}

/// The message of a command: what would end it is written as its number.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value of a command: also what would end the value.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
