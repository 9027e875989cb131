//! The report as JSON lines: one object a line, for programs that read as it comes.
//!
//! First the findings, then those that do not count, what has gone and what stood in the way; the last line is the summary, so
//! that who has read it knows that nothing is missing.

use std::io::{self, Write};

use serde::Serialize;

use crate::finding::{Failure, Finding, Gone, PlanSummary, Report, RuleSummary, Run, Summary, Suppressed, Tool};

/// One line. The fields are those of the report's own contract.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum Line<'r> {
    Finding(&'r Finding),
    Suppressed(&'r Suppressed),
    Gone(&'r Gone),
    Failure(&'r Failure),
    Summary(Last<'r>),
}

#[derive(Serialize)]
struct Last<'r> {
    schema: u32,
    tool: &'r Tool,
    plans: &'r [PlanSummary],
    rules: &'r [RuleSummary],
    summary: &'r Summary,
}

/// Writes a run as JSON lines.
///
/// # Errors
/// When `out` refuses a write.
///
/// ```
/// use crossfoot::{Auditor, Plan, Rules, report};
///
/// let run = Auditor::new(&Rules::standard()).run_of(&[Plan::parse("plan.toml", "")]);
/// let mut out = Vec::new();
/// report::jsonl(&run, &mut out)?;
/// let text = String::from_utf8_lossy(&out);
/// assert!(text.lines().last().is_some_and(|line| line.starts_with("{\"type\":\"summary\"")));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn jsonl(run: &Run, out: &mut impl Write) -> io::Result<()> {
    let Report { schema, tool, plans, findings, suppressed, gone, errors, rules, summary, .. } = &run.report;
    let last = Last { schema: *schema, tool, plans, rules, summary };
    let lines = findings.iter().map(Line::Finding);
    let lines = lines.chain(suppressed.iter().map(Line::Suppressed)).chain(gone.iter().map(Line::Gone));
    let lines = lines.chain(errors.iter().map(Line::Failure)).chain(std::iter::once(Line::Summary(last)));
    for line in lines {
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
