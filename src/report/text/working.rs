//! The working under a finding: stated, computed, difference, what rounding permits, the likely cause.

use std::io::{self, Write};

use super::TextOptions;
use super::style::Style;
use crate::finding::{Addend, Working, grouped, signed};

/// The working as plain lines, for whoever shows it beside the text of a plan.
pub(crate) fn plain_working(working: &Working, width: usize) -> String {
    let options = TextOptions { color: false, unicode: true, width, suppressed: false };
    let mut out = Vec::new();
    // Nothing is refused by a list of bytes.
    let _ = write(working, &Style::new(options), &mut out);
    let text = String::from_utf8_lossy(&out);
    let lines: Vec<&str> = text.lines().map(|line| line.strip_prefix("  ").unwrap_or(line)).collect();
    lines.join("\n")
}

/// Writes the working, figures aligned at their last digit.
pub(super) fn write(working: &Working, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let unit = match working.unit.as_str() {
        "" => String::new(),
        "percent" => " %".to_owned(),
        unit => format!(" {unit}"),
    };
    let rows = [
        ("stated", grouped(working.stated), origin(&working.stated_addends, 0)),
        ("computed", grouped(working.computed), origin(&working.addends, working.addends_left_out)),
        (
            "difference",
            signed(working.difference),
            format!("rounding permits {}", grouped(working.tolerance.normalize())),
        ),
    ];
    let width = rows.iter().map(|(_, figure, _)| figure.chars().count()).max().unwrap_or_default();
    for (name, figure, remark) in rows {
        let line = format!("  {} {figure:>width$}{unit}", style.dim(&format!("{name:<10}")));
        if remark.is_empty() {
            writeln!(out, "{line}")?;
        } else {
            writeln!(out, "{line}   {}", style.dim(&remark))?;
        }
    }
    if let Some(cause) = &working.cause {
        style.write_wrapped(out, "likely cause", cause)?;
    }
    for cause in &working.other_causes {
        style.write_wrapped(out, "or", cause)?;
    }
    Ok(())
}

/// How many figures a side was made of, where that is more than itself.
fn origin(addends: &[Addend], left_out: usize) -> String {
    match addends.len() + left_out {
        0 | 1 => String::new(),
        n => format!("from {n} figures"),
    }
}
