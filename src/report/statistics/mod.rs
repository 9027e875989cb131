//! Statistics of plans, written down: for a terminal with small bars, and for programs.
//!
//! Nothing is added up here; what is drawn was counted before.

mod bar;
mod money;
mod risks;
mod words;

use std::io::{self, Write};

use super::{Cell, Style, TextOptions, columns};
use crate::finding::{PlanStatistics, Statistics};

/// Writes statistics for a terminal.
///
/// # Errors
/// When `out` refuses a write.
///
/// ```
/// use crossfoot::finding::Statistics;
/// use crossfoot::report::{TextOptions, statistics_text};
/// use crossfoot::{Plan, audit};
///
/// let text = "[[objectives]]\nid = 'A'\ntitle = 'Water'\ntotal = { 2026 = 31_000 }\n";
/// let statistics = Statistics::of(&[audit::overview(&Plan::parse("plan.toml", text))], Vec::new());
/// let mut out = Vec::new();
/// statistics_text(&statistics, &TextOptions::default(), &mut out)?;
/// assert!(String::from_utf8_lossy(&out).contains("A    Water  31 000  31 000  100.0 %"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn statistics_text(statistics: &Statistics, options: &TextOptions, out: &mut impl Write) -> io::Result<()> {
    for (at, plan) in statistics.plans.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        write_plan(plan, options, out)?;
    }
    Ok(())
}

fn write_plan(plan: &PlanStatistics, options: &TextOptions, out: &mut impl Write) -> io::Result<()> {
    let style = Style::new(*options);
    columns(&[vec![Cell::strong(words::headline(plan))]], options, out)?;
    money::write(plan, &style, options, out)?;
    money::write_outputs(plan, &style, options, out)?;
    money::write_concentration(plan, &style, out)?;
    risks::write(plan, &style, options, out)
}

/// Writes statistics as JSON, indented, with a final line end.
///
/// # Errors
/// When `out` refuses a write.
///
/// ```
/// use crossfoot::finding::Statistics;
/// use crossfoot::report::statistics_json;
///
/// let mut out = Vec::new();
/// statistics_json(&Statistics::of(&[], Vec::new()), &mut out)?;
/// assert!(out.starts_with(b"{\n  \"schema\": 1,"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn statistics_json(statistics: &Statistics, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, statistics)?;
    out.write_all(b"\n")
}
