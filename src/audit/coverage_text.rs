//! Coverage as people and programs read it: parts of the plan, and the figures nobody looked at.
//!
//! It shows what `coverage` found and counts nothing.

use std::io::{self, Write};

use super::coverage::Coverage;
use crate::finding::Tool;
use crate::report::{Style, TextOptions, harmless};

/// Writes the coverage of a plan for a terminal.
///
/// # Errors
/// When `out` refuses a write.
pub fn coverage_text(coverage: &Coverage, options: &TextOptions, out: &mut impl Write) -> io::Result<()> {
    let style = Style::new(*options);
    let file = harmless(&coverage.file);
    let width = coverage.tables.iter().map(|table| table.table.chars().count()).max().unwrap_or(0).max(5);
    for figure in &coverage.uncovered {
        let start = figure.span.start;
        let place = style.dim(&format!("{file}:{}:{}:", start.line, start.column));
        writeln!(out, "{place} {} = {}", style.strong(&figure.name), harmless(&figure.value))?;
    }
    if !coverage.uncovered.is_empty() {
        writeln!(out)?;
    }
    writeln!(out, "{}", style.strong(&format!("{:<width$}  looked at  figures", "part")))?;
    for table in &coverage.tables {
        writeln!(out, "{:<width$}  {:>9}  {:>7}", harmless(&table.table), table.covered, table.figures)?;
    }
    writeln!(out, "{:<width$}  {:>9}  {:>7}", "all", coverage.covered, coverage.figures)?;
    let open = coverage.figures - coverage.covered;
    writeln!(out)?;
    writeln!(out, "{file}: {} of {} figures looked at by a rule, {open} not", coverage.covered, coverage.figures)
}

/// Writes the coverage of some plans as JSON, indented, with a final line end: `{ "schema": 1, "tool", "plans": [...] }`.
///
/// # Errors
/// When `out` refuses a write.
pub fn coverage_json(plans: &[Coverage], out: &mut impl Write) -> io::Result<()> {
    json(&serde_json::json!({ "schema": 1, "tool": Tool::THIS, "plans": plans }), out)
}

pub(super) fn json(value: &serde_json::Value, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    out.write_all(b"\n")
}
