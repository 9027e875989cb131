//! The working under a finding: stated, computed, difference, what rounding permits, the likely cause.

use std::io::{self, Write};

use super::TextOptions;
use super::style::Style;
use crate::finding::{Addend, Working};
use crate::words::{Hole, Words};

/// The working as plain lines, for whoever shows it beside the text of a plan.
pub(crate) fn plain_working(working: &Working, width: usize) -> String {
    let options = TextOptions { color: false, unicode: true, width, ..TextOptions::default() };
    let mut out = Vec::new();
    // Nothing is refused by a list of bytes.
    let _ = write(working, &Style::new(options), &mut out);
    let text = String::from_utf8_lossy(&out);
    let lines: Vec<&str> = text.lines().map(|line| line.strip_prefix("  ").unwrap_or(line)).collect();
    lines.join("\n")
}

/// Writes the working, figures aligned at their last digit.
pub(super) fn write(working: &Working, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let words = style.words();
    let permitted = [("figure", Hole::figure(working.tolerance.normalize()))];
    let rows = [
        ("stated", unit(words, words.number(working.stated), working), origin(words, &working.stated_addends, 0)),
        (
            "computed",
            unit(words, words.number(working.computed), working),
            origin(words, &working.addends, working.addends_left_out),
        ),
        (
            "difference",
            unit(words, words.signed(working.difference), working),
            words.with("rounding-permits", &permitted),
        ),
    ]
    .map(|(key, figure, remark)| (words.text(key), figure, remark));
    let width = rows.iter().map(|(_, figure, _)| figure.chars().count()).max().unwrap_or_default();
    let widest = rows.iter().map(|(name, ..)| name.chars().count()).max().unwrap_or_default();
    for (name, figure, remark) in rows {
        let line = format!("  {} {figure:>width$}", style.dim(&format!("{name:<widest$}")));
        if remark.is_empty() {
            writeln!(out, "{line}")?;
        } else {
            writeln!(out, "{line}   {}", style.dim(&remark))?;
        }
    }
    if let Some(cause) = &working.cause {
        style.write_wrapped(out, &words.text("likely-cause"), &words.worded(cause, working.cause_said.as_ref()))?;
    }
    for (at, cause) in working.other_causes.iter().enumerate() {
        let cause = words.worded(cause, working.other_causes_said.get(at));
        style.write_wrapped(out, &words.text("or-cause"), &cause)?;
    }
    Ok(())
}

/// How many figures a side was made of, where that is more than itself.
fn origin(words: &Words, addends: &[Addend], left_out: usize) -> String {
    match addends.len() + left_out {
        0 | 1 => String::new(),
        n => words.with("from-figures", &[("count", n.into())]),
    }
}

/// A written figure with the unit of a working.
fn unit(words: &Words, figure: String, working: &Working) -> String {
    match working.unit.as_str() {
        "" => figure,
        "percent" => words.with("percent", &[("number", figure.into())]),
        unit => words.with("amount", &[("number", figure.into()), ("currency", unit.into())]),
    }
}
