//! A report format of your own: a finished report in, bytes out.
//!
//! Prints one line for each rule with the number of its findings, as a table in Markdown.
#![expect(clippy::disallowed_methods, reason = "an example is a program: it reads its arguments and writes its output")]

use std::collections::BTreeMap;
use std::io::{self, Write};

use crossfoot::{Auditor, Plan, Report, Rules};

/// The reporter: everything it needs is in the report.
fn by_rule(report: &Report, out: &mut impl Write) -> io::Result<()> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &report.findings {
        *counts.entry(&finding.rule).or_default() += 1;
    }
    writeln!(out, "| rule | findings |\n|---|---|")?;
    for (rule, count) in counts {
        writeln!(out, "| {rule} | {count} |")?;
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "plans/teaching/mistakes.toml".to_owned());
    let rules = Rules::standard();
    let report = Auditor::new(&rules).audit(&Plan::load(path)?);
    by_rule(&report, &mut io::stdout().lock())?;
    Ok(())
}
