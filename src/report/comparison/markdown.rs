//! A comparison as Markdown, for the description of a change or a document.

use std::io::{self, Write};

use super::view::{Part, Section, view};
use crate::finding::{Comparison, Wording};
use crate::report::harmless;

/// Rows of one kind at most; the rest is counted.
const MOST: usize = 200;

pub(super) fn write(comparison: &Comparison, out: &mut impl Write) -> io::Result<()> {
    let wording = Wording::default();
    let view = view(comparison, wording, MOST);
    writeln!(out, "# {} {} {}\n", plain(&comparison.old), wording.arrow, plain(&comparison.new))?;
    for line in &view.summary {
        writeln!(out, "{}  ", plain(line))?;
    }
    view.parts.iter().try_for_each(|part| write_part(part, out))
}

fn write_part(part: &Part, out: &mut impl Write) -> io::Result<()> {
    if let Some(title) = &part.title {
        writeln!(out, "\n## {}", plain(title))?;
    }
    if !part.money.is_empty() {
        writeln!(out)?;
    }
    for (sentence, _) in &part.money {
        writeln!(out, "- {}", plain(sentence))?;
    }
    if part.money_left_out > 0 {
        writeln!(out, "- and {} more", part.money_left_out)?;
    }
    part.sections.iter().try_for_each(|section| write_section(section, out))
}

fn write_section(section: &Section, out: &mut impl Write) -> io::Result<()> {
    if section.is_aside {
        // What most do not want to read stands folded away where the reader can fold.
        writeln!(out, "\n<details><summary>{} ({})</summary>", section.title, section.rows.len() + section.left_out)?;
    } else {
        writeln!(out, "\n### {}", section.title)?;
    }
    let heads: Vec<&str> = section.columns.iter().map(|(head, _)| *head).collect();
    let lines: Vec<&str> =
        section.columns.iter().map(|(_, is_figure)| if *is_figure { "--:" } else { "---" }).collect();
    writeln!(out, "\n| {} |\n| {} |", heads.join(" | "), lines.join(" | "))?;
    for row in &section.rows {
        let cells: Vec<String> = row.iter().map(|cell| plain(cell)).collect();
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    if section.left_out > 0 {
        writeln!(out, "\nand {} more", section.left_out)?;
    }
    if section.is_aside { writeln!(out, "\n</details>") } else { Ok(()) }
}

/// A text in which nothing is taken for Markdown, HTML, a row's end or somebody's name.
fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in harmless(text).chars() {
        match c {
            '&' => shown.push_str("&amp;"),
            '<' => shown.push_str("&lt;"),
            '>' => shown.push_str("&gt;"),
            '@' => shown.push_str("&#64;"),
            '\n' | '\t' => shown.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' => {
                shown.push('\\');
                shown.push(c);
            }
            c => shown.push(c),
        }
    }
    shown
}
