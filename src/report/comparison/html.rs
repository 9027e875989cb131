//! A comparison as one page for a browser: no network, no script, light and dark, fit to print.

use std::io::{self, Write};

use super::view::{Part, Section, view};
use crate::finding::{Comparison, Wording};
use crate::report::harmless;

/// Rows of one kind at most; the rest is counted.
const MOST: usize = 1_000;

/// How the page looks. Colours reach the contrast that the guidelines for accessibility ask for, on either ground.
const STYLE: &str = "
:root { color-scheme: light dark; --ground: #fff; --ink: #1c2024; --soft: #59626c; --line: #d8dde3; --band: #f3f5f7; --more: #0b6b39; --less: #a4262c; }
@media (prefers-color-scheme: dark) { :root { --ground: #15181b; --ink: #e7eaed; --soft: #a3adb8; --line: #343b42; --band: #1d2226; --more: #6fd79b; --less: #ff9b9b; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 68rem; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; overflow-wrap: anywhere; }
h3 { font-size: 1rem; margin: 1.75rem 0 .5rem; }
.summary { color: var(--soft); margin: 0; }
.money { list-style: none; padding: 0; margin: 1rem 0; font-variant-numeric: tabular-nums; }
.money li { padding: .3rem .75rem; border-left: .25rem solid var(--line); margin: .25rem 0; }
.money .more { border-color: var(--more); }
.money .less { border-color: var(--less); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .925rem; }
th { text-align: left; font-weight: 600; color: var(--soft); border-bottom: 2px solid var(--line); }
th, td { padding: .3rem .6rem; vertical-align: top; }
td { border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
tbody tr:nth-child(even) { background: var(--band); }
.figure { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
summary { cursor: pointer; font-weight: 600; margin: 1.75rem 0 .5rem; }
footer { margin-top: 3rem; color: var(--soft); font-size: .85rem; }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } tr, li { break-inside: avoid; } h2, h3 { break-after: avoid; } thead { display: table-header-group; } }
";

pub(super) fn write(comparison: &Comparison, out: &mut impl Write) -> io::Result<()> {
    let wording = Wording::default();
    let view = view(comparison, wording, MOST);
    let title = format!("{} {} {}", comparison.old, wording.arrow, comparison.new);
    let title = plain(&title);
    writeln!(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
    // Nothing is loaded and nothing runs, whatever a plan may say.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
    writeln!(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">")?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>")?;
    for line in &view.summary {
        writeln!(out, "<p class=\"summary\">{}</p>", plain(line))?;
    }
    view.parts.iter().try_for_each(|part| write_part(part, out))?;
    let tool = format!("{} {}", comparison.tool.name, comparison.tool.version);
    writeln!(out, "</main>\n<footer>{}</footer>\n</body>\n</html>", plain(&tool))
}

fn write_part(part: &Part, out: &mut impl Write) -> io::Result<()> {
    if let Some(title) = &part.title {
        writeln!(out, "<h2>{}</h2>", plain(title))?;
    }
    if !part.money.is_empty() {
        writeln!(out, "<ul class=\"money\">")?;
        for (sentence, sign) in &part.money {
            let class = ["less", "even", "more"][usize::try_from(sign + 1).unwrap_or(1).min(2)];
            writeln!(out, "<li class=\"{class}\">{}</li>", plain(sentence))?;
        }
        writeln!(out, "</ul>")?;
        write_left_out(part.money_left_out, out)?;
    }
    part.sections.iter().try_for_each(|section| write_section(section, out))
}

fn write_section(section: &Section, out: &mut impl Write) -> io::Result<()> {
    if section.is_aside {
        let n = section.rows.len() + section.left_out;
        writeln!(out, "<details><summary>{} ({n})</summary>", section.title)?;
    } else {
        writeln!(out, "<h3>{}</h3>", section.title)?;
    }
    writeln!(out, "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">\n<table>", section.title)?;
    write!(out, "<thead><tr>")?;
    for (head, is_figure) in section.columns {
        let head = if head.is_empty() { "<span aria-hidden=\"true\"></span>" } else { head };
        write!(out, "<th scope=\"col\"{}>{head}</th>", class(*is_figure))?;
    }
    writeln!(out, "</tr></thead>\n<tbody>")?;
    for row in &section.rows {
        write!(out, "<tr>")?;
        for (cell, (_, is_figure)) in row.iter().zip(section.columns) {
            write!(out, "<td{}>{}</td>", class(*is_figure), plain(cell))?;
        }
        writeln!(out, "</tr>")?;
    }
    writeln!(out, "</tbody>\n</table>\n</div>")?;
    write_left_out(section.left_out, out)?;
    if section.is_aside { writeln!(out, "</details>") } else { Ok(()) }
}

fn class(is_figure: bool) -> &'static str {
    if is_figure { " class=\"figure\"" } else { "" }
}

fn write_left_out(left_out: usize, out: &mut impl Write) -> io::Result<()> {
    if left_out > 0 {
        writeln!(out, "<p class=\"summary\">and {left_out} more, which are left out here</p>")
    } else {
        Ok(())
    }
}

/// A text in which nothing is taken for HTML, and nothing turns the direction of writing.
fn plain(text: &str) -> String {
    let harmless = harmless(text);
    harmless
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
