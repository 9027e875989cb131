//! Who looked at a figure, as people and programs read it.
//!
//! The plainest comparison comes first: where one figure is held against another, nobody needs to read of sums of twelve.

use std::io::{self, Write};

use super::coverage_text::json;
use super::looks::{FigureLooks, Look, LookSide, Looks};
use crate::finding::{Severity, Tool};
use crate::report::{Style, TextOptions, harmless};

/// Writes who looked at some figures as JSON, indented, with a final line end: `{ "schema": 1, "tool", "plans": [...] }`.
///
/// # Errors
/// When `out` refuses a write.
pub fn looks_json(plans: &[Looks], out: &mut impl Write) -> io::Result<()> {
    json(&serde_json::json!({ "schema": 1, "tool": Tool::THIS, "plans": plans }), out)
}

/// Comparisons of one place of a rule that are written out; the rest is counted.
const MOST_LOOKS: usize = 3;

/// Writes who looked at some figures, for a terminal.
///
/// # Errors
/// When `out` refuses a write.
pub fn looks_text(plans: &[Looks], options: &TextOptions, out: &mut impl Write) -> io::Result<()> {
    let style = Style::new(*options);
    for (at, plan) in plans.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        for (at, figure) in plan.figures.iter().enumerate() {
            if at > 0 {
                writeln!(out)?;
            }
            write_figure(&plan.file, figure, &style, out)?;
        }
        if let Some(why) = &plan.not_run {
            writeln!(out)?;
            style.write_hanging(out, 0, &format!("{}: {}", harmless(&plan.file), harmless(why)))?;
        }
    }
    Ok(())
}

fn write_figure(file: &str, figure: &FigureLooks, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let start = figure.span.start;
    let place = style.dim(&format!("{}:{}:{}:", harmless(file), start.line, start.column));
    writeln!(out, "{place} {} = {}", style.strong(&figure.name), harmless(&figure.value))?;
    if figure.looks.is_empty() {
        writeln!(out, "  no rule looked at it")?;
    }
    write_looks(figure, style, out)?;
    if !figure.only_read_by.is_empty() {
        let rules: Vec<&str> = figure.only_read_by.iter().map(AsRef::as_ref).collect();
        style.write_hanging(out, 2, &format!("read, and held against nothing: {}", rules.join(", ")))?;
    }
    Ok(())
}

/// The comparisons, those of one place of a rule together, by how many figures they are made of.
fn write_looks(figure: &FigureLooks, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let place = |look: &Look| (look.rule.clone(), look.line, look.verb.clone(), look.rule_file.clone());
    let mut all: Vec<&Look> = figure.looks.iter().collect();
    all.sort_by_key(|look| look.own.figures + look.other.figures);
    let mut places = Vec::new();
    for look in &all {
        if !places.contains(&place(look)) {
            places.push(place(look));
        }
    }
    for here in places {
        let looks: Vec<&Look> = all.iter().copied().filter(|look| place(look) == here).collect();
        // A rule's own file is known by its id; that of shared code is not.
        let own = here.3.trim_end_matches(".rhai").ends_with(here.0.as_ref());
        let file = if own { String::new() } else { format!(" of {}", harmless(&here.3)) };
        let line = here.1.map(|line| format!(", line {line}{file}")).unwrap_or_default();
        writeln!(out, "  {}{line}: {}", here.0, here.2)?;
        for look in looks.iter().take(MOST_LOOKS) {
            style.write_hanging(out, 4, &words(look, style))?;
        }
        match looks.len().saturating_sub(MOST_LOOKS) {
            0 => {}
            1 => writeln!(out, "    and 1 more comparison there")?,
            more => writeln!(out, "    and {more} more comparisons there")?,
        }
    }
    Ok(())
}

fn words(look: &Look, style: &Style) -> String {
    let outcome = look.outcome.replace('-', " ");
    let outcome = match look.outcome {
        "disagree" | "failed" => style.severity(Severity::Error, &outcome),
        _ => outcome,
    };
    let mut words = format!("{} against {}: {outcome}", side(&look.own, true), side(&look.other, false));
    if let (Some(difference), Some(tolerance)) = (&look.difference, &look.tolerance) {
        if !matches!(look.outcome, "equal") && difference != "0" {
            words += &format!(", difference {difference}");
        }
        if !matches!(look.outcome, "true" | "false") {
            words += &format!(", rounding permits {tolerance}");
        }
    }
    words
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
