//! The findings as CSV: one row each, for programs and for whoever sorts and filters.
//!
//! A text of a plan is a text in every spreadsheet that opens the file: what would be taken for a formula has an apostrophe before
//! it, and every cell stands between quotation marks, so that no other separator cuts it.

use std::io::{self, Write};

use csv::{QuoteStyle, Terminator, WriterBuilder};

use super::{in_line, subject};
use crate::finding::{Failure, Finding, Run, Suppressed, SuppressedBy};

const HEADER: [&str; 21] = [
    "file",
    "line",
    "column",
    "end_line",
    "end_column",
    "severity",
    "rule",
    "message",
    "path",
    "name",
    "stated",
    "computed",
    "difference",
    "rounding_permits",
    "unit",
    "likely_cause",
    "help",
    "fingerprint",
    "suppressed_by",
    "reason",
    "until",
];

/// Writes the findings of a run as CSV, with a header. Findings that do not count have what suppresses them in a column; what
/// stood in the way is a row of the severity `failure`.
///
/// # Errors
/// When `out` refuses a write.
///
/// ```
/// use crossfoot::{Auditor, Plan, Rules, report};
///
/// let plan = Plan::parse("plan.toml", "[[splits]]\nid = 's'\nparts = [{ share = 84 }, { share = 19 }]\n");
/// let mut out = Vec::new();
/// report::csv(&Auditor::new(&Rules::standard()).run_of(&[plan]), &mut out)?;
/// let text = String::from_utf8_lossy(&out);
/// assert!(text.starts_with("\"file\",\"line\"") && text.contains("\"error\",\"shares/whole\""));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn csv(run: &Run, out: &mut impl Write) -> io::Result<()> {
    let mut builder = WriterBuilder::new();
    builder.quote_style(QuoteStyle::Always).terminator(Terminator::Any(b'\n'));
    let mut rows = builder.from_writer(out);
    rows.write_record(HEADER)?;
    for finding in &run.report.findings {
        rows.write_record(row(finding, None))?;
    }
    for suppressed in &run.report.suppressed {
        rows.write_record(row(&suppressed.finding, Some(suppressed)))?;
    }
    for failure in &run.report.errors {
        rows.write_record(failed(failure))?;
    }
    rows.flush()
}

fn row(finding: &Finding, suppressed: Option<&Suppressed>) -> [String; HEADER.len()] {
    let working = finding.working.as_ref();
    let figure = |value: Option<crate::figure::Decimal>| value.map(|value| value.to_string()).unwrap_or_default();
    let by = suppressed.map_or("", |suppressed| match suppressed.by {
        SuppressedBy::Inline => "inline",
        SuppressedBy::Config => "config",
        SuppressedBy::Baseline => "baseline",
    });
    [
        text(&finding.file),
        finding.span.start.line.to_string(),
        finding.span.start.column.to_string(),
        finding.span.end.line.to_string(),
        finding.span.end.column.to_string(),
        finding.severity.word().to_owned(),
        text(&finding.rule),
        text(&finding.message),
        text(&finding.path),
        text(&finding.name),
        figure(working.map(|working| working.stated)),
        figure(working.map(|working| working.computed)),
        figure(working.map(|working| working.difference)),
        figure(working.map(|working| working.tolerance)),
        text(working.map_or("", |working| &working.unit)),
        text(working.and_then(|working| working.cause.as_deref()).unwrap_or_default()),
        text(finding.help.as_deref().unwrap_or_default()),
        finding.fingerprint.to_string(),
        by.to_owned(),
        suppressed.map(|suppressed| text(suppressed.reason.as_deref().unwrap_or_default())).unwrap_or_default(),
        text(suppressed.and_then(|suppressed| suppressed.until.as_deref()).unwrap_or_default()),
    ]
}

fn failed(failure: &Failure) -> [String; HEADER.len()] {
    let mut row: [String; HEADER.len()] = std::array::from_fn(|_| String::new());
    row[0] = text(&failure.file);
    if let Some(span) = failure.span {
        let numbers = [span.start.line, span.start.column, span.end.line, span.end.column];
        row[1..5].clone_from_slice(&numbers.map(|number| number.to_string()));
    }
    row[5] = "failure".to_owned();
    row[6] = text(failure.rule.as_deref().unwrap_or_default());
    row[7] = text(&format!("{}: {}", subject(failure), failure.message));
    row[16] = text(failure.help.as_deref().unwrap_or_default());
    row
}

/// A text as a cell that no spreadsheet computes.
fn text(text: &str) -> String {
    let text = in_line(text);
    // The wide forms are taken for the narrow ones where Chinese or Japanese is set.
    match text.trim_start_matches(|c: char| c.is_whitespace() || c.is_control()).chars().next() {
        Some('=' | '+' | '-' | '@' | '|' | '%' | '\'' | '＝' | '＋' | '－' | '＠') => format!("'{text}"),
        _ => text,
    }
}
