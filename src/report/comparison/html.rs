//! A comparison as one page for a browser: no network, no script, light and dark, fit to print.

use std::io::{self, Write};

use maud::{DOCTYPE, Markup, PreEscaped, html};

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
th { text-align: left; font-weight: 600; color: var(--soft); }
thead th, thead td { border-bottom: 2px solid var(--line); }
th, td { padding: .3rem .6rem; vertical-align: top; }
td { border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
tbody tr:nth-child(even) { background: var(--band); }
.figure { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
summary { cursor: pointer; font-weight: 600; margin: 1.75rem 0 .5rem; }
footer { margin-top: 3rem; color: var(--soft); font-size: .85rem; }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } tr, li { break-inside: avoid; } h2, h3 { break-after: avoid; } thead { display: table-header-group; } }
";

pub(super) fn write(comparison: &Comparison, out: &mut impl Write) -> io::Result<()> {
    let wording = Wording::default();
    let view = view(comparison, wording, MOST);
    let title = harmless(&format!("{} {} {}", comparison.old, wording.arrow, comparison.new));
    // Nothing is loaded and nothing runs, whatever a plan may say.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 { (title) }
                    @for line in &view.summary { p.summary { (shown(line)) } }
                    @for part in &view.parts { (of_part(part)) }
                }
                footer { (comparison.tool.name) " " (comparison.tool.version) }
            }
        }
    };
    out.write_all(page.into_string().as_bytes())?;
    out.write_all(b"\n")
}

fn of_part(part: &Part) -> Markup {
    html! {
        @if let Some(title) = &part.title { h2 { (harmless(title)) } }
        @if !part.money.is_empty() {
            ul.money {
                @for (sentence, sign) in &part.money { li class=(direction(*sign)) { (shown(sentence)) } }
            }
            (left_out(part.money_left_out))
        }
        @for section in &part.sections {
            @if section.is_aside {
                details {
                    summary { (section.title) " (" (section.rows.len() + section.left_out) ")" }
                    (of_section(section))
                }
            } @else {
                h3 { (section.title) }
                (of_section(section))
            }
        }
    }
}

fn direction(sign: i8) -> &'static str {
    match sign {
        1 => "more",
        -1 => "less",
        _ => "even",
    }
}

fn of_section(section: &Section) -> Markup {
    let class = |is_figure: bool| is_figure.then_some("figure");
    html! {
        // What is wider than the window is reached by the keyboard too.
        div.wide tabindex="0" role="region" aria-label=(section.title) {
            table {
                thead { tr {
                    @for (head, is_figure) in section.columns {
                        @if head.is_empty() { td class=[class(*is_figure)] {} }
                        @else { th scope="col" class=[class(*is_figure)] { (head) } }
                    }
                } }
                tbody {
                    @for row in &section.rows { tr {
                        @for (cell, (_, is_figure)) in row.iter().zip(section.columns) {
                            td class=[class(*is_figure)] { (shown(cell)) }
                        }
                    } }
                }
            }
        }
        (left_out(section.left_out))
    }
}

fn left_out(n: usize) -> Markup {
    html! { @if n > 0 { p.summary { "and " (n) " more, which are left out here" } } }
}

/// A text without what could turn the direction of writing, its figures kept in one line.
fn shown(text: &str) -> String {
    let text = harmless(text);
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let is_group = |at: usize| (at..at + 3).all(is_digit) && !is_digit(at + 3);
    let is_within = |at: usize| at > 0 && is_digit(at - 1) && (is_group(at + 1) || bytes.get(at + 1) == Some(&b'%'));
    text.char_indices().map(|(at, c)| if c == ' ' && is_within(at) { '\u{a0}' } else { c }).collect()
}
