//! A comparison for a terminal.

use std::io::{self, Write};

use super::view::{Part, Section, view};
use crate::finding::{Comparison, Wording};
use crate::report::{Cell, Style, TextOptions, columns, harmless};

/// Rows of one kind at most; the rest is counted.
const MOST: usize = 200;

/// The characters that a text takes, where it stands in a column.
fn width(text: &str) -> usize {
    harmless(text).chars().count()
}

pub(super) fn write(comparison: &Comparison, options: &TextOptions, out: &mut impl Write) -> io::Result<()> {
    let style = Style::new(*options);
    let wording = if options.unicode { Wording::default() } else { Wording::ASCII };
    let view = view(comparison, wording, MOST);
    style.write_hanging(out, 0, &harmless(&format!("{} {} {}", comparison.old, wording.arrow, comparison.new)))?;
    for line in &view.summary {
        style.write_hanging(out, 0, line)?;
    }
    view.parts.iter().try_for_each(|part| write_part(part, &style, options, out))
}

fn write_part(part: &Part, style: &Style, options: &TextOptions, out: &mut impl Write) -> io::Result<()> {
    if let Some(title) = &part.title {
        let lines: Vec<Vec<Cell>> = vec![vec![Cell::strong(title.as_str())]];
        writeln!(out)?;
        columns(&lines, options, out)?;
    }
    for (sentence, _) in &part.money {
        columns(&[vec![Cell::plain(""), Cell::plain(sentence.as_str())]], options, out)?;
    }
    write_left_out(part.money_left_out, out)?;
    for section in part.sections.iter().filter(|section| !section.is_aside) {
        writeln!(out, "\n{}", style.strong(section.title))?;
        write_section(section, options, out)?;
        write_left_out(section.left_out, out)?;
    }
    Ok(())
}

fn write_left_out(left_out: usize, out: &mut impl Write) -> io::Result<()> {
    if left_out > 0 {
        writeln!(out, "  and {left_out} more; --format json has all")?;
    }
    Ok(())
}

/// Writes the rows of a section in columns; where figures have no room beside their names, they stand beneath them.
fn write_section(section: &Section, options: &TextOptions, out: &mut impl Write) -> io::Result<()> {
    let has_figures = section.columns.iter().any(|(_, is_figure)| *is_figure);
    let widest = |column: usize| section.rows.iter().map(|row| width(&row[column])).max().unwrap_or_default() + 2;
    let all: usize = (0..section.columns.len()).map(widest).sum();
    let is_narrow = has_figures && all > options.width.max(40);
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for row in &section.rows {
        let (first, rest) = row.split_at(1);
        let figures = |at: usize, text: &String| match section.columns[at + 1] {
            (head, true) if !head.is_empty() => Cell::figure(text.as_str()),
            _ => Cell::plain(text.as_str()),
        };
        let cells = rest.iter().enumerate().map(|(at, text)| figures(at, text));
        if is_narrow {
            columns(&[vec![Cell::plain(String::new()), Cell::plain(first[0].as_str())]], options, out)?;
            let lead = vec![Cell::plain("  ")];
            columns(&[lead.into_iter().chain(cells).collect()], options, out)?;
        } else {
            let first = if has_figures { Cell::plain(first[0].as_str()) } else { Cell::strong(first[0].as_str()) };
            rows.push([Cell::plain(String::new()), first].into_iter().chain(cells).collect());
        }
    }
    columns(&rows, options, out)
}
