//! The risks of a plan: how many of each likelihood and impact, and what is done against them.

use std::io::{self, Write};

use super::bar::bar;
use super::words;
use crate::figure::Decimal;
use crate::finding::{PlanStatistics, RiskStatistics, shortened};
use crate::report::{Cell, Style, TextOptions, columns};

/// Risks that are listed.
const MOST: usize = 30;

/// Columns of a bar.
const BAR: usize = 20;

/// Characters of a word of a scale.
const WORD: usize = 30;

pub(super) fn write(
    plan: &PlanStatistics,
    style: &Style,
    options: &TextOptions,
    out: &mut impl Write,
) -> io::Result<()> {
    let risks = &plan.risks;
    if risks.count > 0 {
        writeln!(out)?;
        columns(&[vec![Cell::strong(words::risks(risks))]], options, out)?;
        write_map(risks, options, out)?;
        if risks.unrated > 0 {
            writeln!(out, "  {}", words::unrated(risks.unrated))?;
        }
    }
    if risks.mitigations > 0 {
        writeln!(out, "\n{}", style.strong(&words::mitigations(risks)))?;
        write_statuses(risks, options, out)?;
    }
    if risks.count > 0 {
        writeln!(out, "\n{}", style.strong(&words::without_mitigation(risks)))?;
        let row = |risk| {
            let [rated, called] = words::risk(risk);
            vec![Cell::plain(""), Cell::dim(rated), Cell::plain(called)]
        };
        let rows: Vec<Vec<Cell>> = risks.without_mitigation.iter().take(MOST).map(row).collect();
        columns(&rows, options, out)?;
        let more = risks.without_mitigation.len().saturating_sub(MOST);
        if more > 0 {
            writeln!(out, "  {}", words::risks_left_out(more))?;
        }
    }
    Ok(())
}

/// The greatest likelihood above, the greatest impact to the right, as risk maps are drawn.
fn write_map(risks: &RiskStatistics, options: &TextOptions, out: &mut impl Write) -> io::Result<()> {
    let word = |word: &String| shortened(word, WORD);
    let heads = risks.impact.iter().map(|impact| Cell::figure(word(impact)));
    let last = || Cell::plain("");
    let mut rows: Vec<Vec<Cell>> =
        vec![[Cell::plain(""), Cell::plain("")].into_iter().chain(heads).chain([last()]).collect()];
    for (likelihood, cells) in risks.likelihood.iter().zip(&risks.cells).rev() {
        let none = if options.unicode { "\u{b7}" } else { "." };
        let counts = cells.iter().map(|n| Cell::figure(if *n == 0 { none.to_owned() } else { n.to_string() }));
        rows.push([Cell::plain(""), Cell::plain(word(likelihood))].into_iter().chain(counts).chain([last()]).collect());
    }
    if risks.cells.is_empty() || risks.impact.is_empty() {
        return Ok(());
    }
    columns(&rows, options, out)
}

fn write_statuses(risks: &RiskStatistics, options: &TextOptions, out: &mut impl Write) -> io::Result<()> {
    let whole = Decimal::from(risks.by_status.iter().map(|status| status.count).max().unwrap_or_default());
    let row = |status: &crate::finding::StatusCount| {
        let called = if status.status.is_empty() { words::NO_STATUS } else { status.status.as_str() };
        vec![
            Cell::plain(""),
            Cell::plain(shortened(called, WORD)),
            Cell::figure(status.count.to_string()),
            Cell::plain(bar(status.count.into(), whole, BAR, options.unicode)),
        ]
    };
    let rows: Vec<Vec<Cell>> = risks.by_status.iter().map(row).collect();
    columns(&rows, options, out)
}
