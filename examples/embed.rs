//! A program that audits a plan and acts on the verdict.
//!
//! `cargo run --example embed -- plans/teaching/mistakes.toml`
#![expect(clippy::disallowed_methods, reason = "an example is a program: it reads its arguments and writes its output")]

use std::io::Write as _;
use std::process::ExitCode;

use crossfoot::finding::FailOn;
use crossfoot::{Auditor, Plan, Rules};

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "plans/teaching/mistakes.toml".to_owned());

    // Any thread will do: rules run on threads of their own, with the stack and the limits that they need.
    let rules = Rules::standard().choose(&["totals/*", "shares/*"], &[])?;
    let plan = Plan::load(&path)?;
    let report = Auditor::new(&rules).audit(&plan);

    let mut out = std::io::stdout().lock();
    for finding in &report.findings {
        let place = finding.span.start;
        writeln!(out, "{}:{}:{}: {}: {}", finding.file, place.line, place.column, finding.rule, finding.message)?;
        if let Some(cause) = finding.working.as_ref().and_then(|working| working.cause.as_ref()) {
            writeln!(out, "    {cause}")?;
        }
    }
    let verdict = report.verdict(FailOn::Error);
    writeln!(out, "{verdict:?}")?;
    Ok(ExitCode::from(u8::try_from(verdict.code())?))
}
