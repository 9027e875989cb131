//! Rows of a list in aligned columns, the last of them wrapped to the terminal's width.

use std::io::{self, Write};

use textwrap::core::display_width;

use super::TextOptions;
use super::harmless::harmless;
use super::style::Style;
use crate::finding::Severity;

/// The least width of the last column; where less is left, it stands in lines of its own.
const LEAST: usize = 20;

/// One cell of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    text: String,
    tone: Tone,
    right: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tone {
    Plain,
    Strong,
    Dim,
    Severity(Severity),
    /// Styled already; nothing is changed.
    Ready,
}

impl Cell {
    /// A text as it is, in one line.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: in_line(&text.into()), tone: Tone::Plain, right: false }
    }

    /// What the row is about.
    #[must_use]
    pub fn strong(text: impl Into<String>) -> Self {
        Self { tone: Tone::Strong, ..Self::plain(text) }
    }

    /// What matters less.
    #[must_use]
    pub fn dim(text: impl Into<String>) -> Self {
        Self { tone: Tone::Dim, ..Self::plain(text) }
    }

    /// The word for a severity.
    #[must_use]
    pub fn severity(severity: Severity) -> Self {
        Self { tone: Tone::Severity(severity), ..Self::plain(severity.word()) }
    }

    /// A figure, aligned at its last digit.
    #[must_use]
    pub fn figure(text: impl Into<String>) -> Self {
        Self { right: true, ..Self::plain(text) }
    }

    pub(super) fn ready(text: String) -> Self {
        Self { text, tone: Tone::Ready, right: false }
    }

    fn styled(&self, text: &str, style: &Style) -> String {
        match self.tone {
            Tone::Ready => text.to_owned(),
            Tone::Plain => text.to_owned(),
            Tone::Strong => style.strong(text),
            Tone::Dim => style.dim(text),
            Tone::Severity(severity) => style.severity(severity, text),
        }
    }
}

/// Writes a list for a terminal: rows of cells, in aligned columns.
///
/// # Errors
/// When `out` refuses a write.
///
/// ```
/// use crossfoot::report::{Cell, TextOptions, columns};
///
/// let rows = [
///     vec![Cell::strong("a"), Cell::plain("one")],
///     vec![Cell::strong("long"), Cell::plain("two")],
/// ];
/// let mut out = Vec::new();
/// columns(&rows, &TextOptions::default(), &mut out)?;
/// assert_eq!(String::from_utf8_lossy(&out), "a     one\nlong  two\n");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn columns(rows: &[Vec<Cell>], options: &TextOptions, out: &mut impl Write) -> io::Result<()> {
    for line in lines(rows, &Style::new(*options), options.width) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// The lines of a list within a width.
pub(super) fn lines(rows: &[Vec<Cell>], style: &Style, width: usize) -> Vec<String> {
    let most = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width_of = |column: usize| {
        let cells = rows.iter().filter(|row| row.len() > column + 1).filter_map(|row| row.get(column));
        cells.map(|cell| display_width(&cell.text)).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..most).map(width_of).collect();
    // What cannot be broken, such as a long path, may need more room than there is beside the other cells.
    let longest = |row: &Vec<Cell>| row.last()?.text.split(' ').map(display_width).max();
    let least = rows.iter().filter_map(longest).max().unwrap_or_default().max(LEAST);
    rows.iter().flat_map(|row| row_lines(row, &widths, style, (width, least))).collect()
}

/// The lines of a row; where the last column has less than the least width, what does not fit stands in lines of its own.
fn row_lines(row: &[Cell], widths: &[usize], style: &Style, (width, least): (usize, usize)) -> Vec<String> {
    let Some((last, before)) = row.split_last() else { return vec![String::new()] };
    let mut line = String::new();
    for (cell, column) in before.iter().zip(widths) {
        let pad = " ".repeat(column.saturating_sub(display_width(&cell.text)));
        let text = cell.styled(&cell.text, style);
        line.push_str(&if cell.right { format!("{pad}{text}  ") } else { format!("{text}{pad}  ") });
    }
    let indent = display_width(&line);
    let own_lines = indent + least > width && display_width(&last.text) + indent > width && indent > 4;
    let (indent, mut lines) = if own_lines { (4, vec![line.trim_end().to_owned()]) } else { (indent, Vec::new()) };
    let wrapped = wrap(&last.text, width.saturating_sub(indent).max(LEAST - 4));
    for (at, part) in wrapped.iter().enumerate() {
        let lead = if at == 0 && !own_lines { line.clone() } else { " ".repeat(indent) };
        lines.push(format!("{lead}{}", last.styled(part, style)).trim_end().to_owned());
    }
    lines
}

/// A text without anything that could steer a terminal, and without the breaks and tabs that a line of a list cannot have.
pub(super) fn in_line(text: &str) -> String {
    harmless(text).replace(['\t', '\n'], " ")
}

/// A paragraph in lines of a width; only spaces are places to break at, and not those between the digits of one figure.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    // A text that has the sign by itself is broken wherever it has a space.
    let glue = if text.contains(GLUE) { ' ' } else { GLUE };
    let glued = glued(text, glue);
    let options = textwrap::Options::new(width.max(1))
        .break_words(false)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::wrap(&glued, options).into_iter().map(|line| line.replace(glue, " ")).collect()
}

/// What stands for a space within a figure while a paragraph is broken: of the width of one, and hardly in a text by itself.
const GLUE: char = '\u{fffd}';

/// A text whose figures, such as `9 742 870`, are one word each.
fn glued(text: &str, glue: char) -> String {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let is_group = |at: usize| (at..at + 3).all(is_digit) && !is_digit(at + 3);
    let is_within = |at: usize| at > 0 && is_digit(at - 1) && is_group(at + 1);
    text.char_indices().map(|(at, c)| if c == ' ' && is_within(at) { glue } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_not_broken() {
        let text = "a digit is mistyped: 9 742 870 for -12 345.5 of 2 plans in 2020";
        assert_eq!(wrap(text, 24), ["a digit is mistyped:", "9 742 870 for -12 345.5", "of 2 plans in 2020"]);
        assert_eq!(wrap("one of 2 plans \u{fffd} 1 000", 14), ["one of 2 plans", "\u{fffd} 1 000"]);
        assert_eq!(wrap("1 0000 22 333", 6), ["1 0000", "22 333"]);
    }

    #[test]
    fn a_path_that_fits_no_column_stands_in_lines_of_its_own() {
        let row = |text: &str| vec![Cell::strong("fixed"), Cell::dim("shares/money"), Cell::plain(text)];
        let rows = [
            row("objectives[A].outputs[A-1].share: too small"),
            row("splits[s]: it is far too small for that"),
            row("splits[s]: too small"),
        ];
        let lines = lines(&rows, &Style::new(TextOptions::default()), 44);
        assert_eq!(
            lines,
            [
                "fixed  shares/money",
                "    objectives[A].outputs[A-1].share: too",
                "    small",
                "fixed  shares/money",
                "    splits[s]: it is far too small for that",
                "fixed  shares/money  splits[s]: too small",
            ]
        );
    }
}
