//! Coverage as people and programs read it: parts of the plan, the figures nobody looked at, and who looked at a figure.
//!
//! It shows what `coverage` found and counts nothing.

use std::io::{self, Write};

use super::coverage::{Coverage, FigureLooks, Look, LookSide, Looks};
use crate::finding::Tool;
use crate::report::harmless;

/// Writes the coverage of a plan for a terminal.
///
/// # Errors
/// When `out` refuses a write.
pub fn coverage_text(coverage: &Coverage, out: &mut impl Write) -> io::Result<()> {
    let file = harmless(&coverage.file);
    let width = coverage.tables.iter().map(|table| table.table.chars().count()).max().unwrap_or(0).max(5);
    for figure in &coverage.uncovered {
        let start = figure.span.start;
        let (name, value) = (harmless(&figure.name), harmless(&figure.value));
        writeln!(out, "{file}:{}:{}: {name} = {value}", start.line, start.column)?;
    }
    if !coverage.uncovered.is_empty() {
        writeln!(out)?;
    }
    writeln!(out, "{:<width$}  looked at  figures", "part")?;
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

/// Writes who looked at some figures of a plan as JSON, indented, with a final line end:
/// `{ "schema": 1, "tool", "file", "figures": [...], "errors": [...] }`.
///
/// # Errors
/// When `out` refuses a write.
pub fn looks_json(looks: &Looks, out: &mut impl Write) -> io::Result<()> {
    let Looks { file, figures, errors } = looks;
    let value = serde_json::json!({
        "schema": 1, "tool": Tool::THIS, "file": file, "figures": figures, "errors": errors,
    });
    json(&value, out)
}

fn json(value: &serde_json::Value, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    out.write_all(b"\n")
}

/// Comparisons of one place of a rule that are written out; the rest is counted.
const MOST_LOOKS: usize = 3;

/// Writes who looked at some figures of a plan, for a terminal.
///
/// # Errors
/// When `out` refuses a write.
pub fn looks_text(looks: &Looks, out: &mut impl Write) -> io::Result<()> {
    for (at, figure) in looks.figures.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        let start = figure.span.start;
        let (name, value) = (harmless(&figure.name), harmless(&figure.value));
        writeln!(out, "{}:{}:{}: {name} = {value}", harmless(&looks.file), start.line, start.column)?;
        if figure.looks.is_empty() {
            writeln!(out, "  no rule looked at it")?;
        }
        write_looks(figure, out)?;
        if !figure.only_read_by.is_empty() {
            let rules: Vec<&str> = figure.only_read_by.iter().map(AsRef::as_ref).collect();
            writeln!(out, "  read, and held against nothing: {}", rules.join(", "))?;
        }
    }
    Ok(())
}

/// The comparisons, those of one place of a rule together.
fn write_looks(figure: &FigureLooks, out: &mut impl Write) -> io::Result<()> {
    let place = |look: &Look| (look.rule.clone(), look.line, look.verb.clone(), look.rule_file.clone());
    let mut places = Vec::new();
    for look in &figure.looks {
        if !places.contains(&place(look)) {
            places.push(place(look));
        }
    }
    for here in places {
        let looks: Vec<&Look> = figure.looks.iter().filter(|look| place(look) == here).collect();
        // A rule's own file is known by its id; that of shared code is not.
        let own = here.3.trim_end_matches(".rhai").ends_with(here.0.as_ref());
        let file = if own { String::new() } else { format!(" of {}", harmless(&here.3)) };
        let line = here.1.map(|line| format!(", line {line}{file}")).unwrap_or_default();
        writeln!(out, "  {}{line}: {}", here.0, here.2)?;
        for look in looks.iter().take(MOST_LOOKS) {
            write_look(look, out)?;
        }
        if looks.len() > MOST_LOOKS {
            writeln!(out, "    and {} more comparisons there", looks.len() - MOST_LOOKS)?;
        }
    }
    Ok(())
}

fn write_look(look: &Look, out: &mut impl Write) -> io::Result<()> {
    let outcome = look.outcome.replace('-', " ");
    write!(out, "    {} against {}: {outcome}", side(&look.own, true), side(&look.other, false))?;
    if let (Some(difference), Some(tolerance)) = (&look.difference, &look.tolerance) {
        if !matches!(look.outcome, "equal") && difference != "0" {
            write!(out, ", difference {difference}")?;
        }
        if !matches!(look.outcome, "true" | "false") {
            write!(out, ", rounding permits {tolerance}")?;
        }
    }
    writeln!(out)
}

/// A side with the figures it was made of. The figure that is asked about is not named again.
fn side(side: &LookSide, own: bool) -> String {
    let value = harmless(&side.value);
    match (side.figures, side.places.first()) {
        (1, Some(_)) if own => value,
        (1, Some(place)) => format!("{value} ({})", harmless(place)),
        (n, Some(_)) if own => format!("{value} from {n} figures, this one among them,"),
        (n, Some(place)) => format!("{value} from {n} figures ({} and {} more)", harmless(place), n - 1),
        _ => value,
    }
}
