//! Texts of plans inside Markdown: what would be markup, a link, a mention or a reference is the text that it is.
//!
//! It must not know what the page says.

use super::super::{cut, in_line};

/// The longest text of one piece, in characters.
const LONGEST: usize = 1_000;

/// A text on one line that no reader of Markdown takes for anything else.
pub(super) fn text(text: &str) -> String {
    let text = in_line(&cut(text, LONGEST));
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' => out.extend(['\\', c]),
            // An address becomes a link by itself.
            ':' if next == '/' => out.push_str("\\:"),
            '.' if before.eq_ignore_ascii_case(&'w') && next.is_alphanumeric() => out.push_str("\\."),
            // A name behind it is told that it was mentioned; a number is a reference.
            '@' | '#' if next.is_alphanumeric() => {
                out.push(c);
                out.push_str("<!-- -->");
            }
            // At its beginning a text may be a heading, a list or a line.
            '#' | '+' | '-' | '=' if out.is_empty() => out.extend(['\\', c]),
            '.' | ')' if !out.is_empty() && out.chars().all(|c| c.is_ascii_digit()) => out.extend(['\\', c]),
            c => out.push(c),
        }
        before = c;
    }
    out
}

/// The longest name of a file, a rule or a place, in characters.
const LONGEST_NAME: usize = 120;

/// A name as code.
pub(super) fn code(name: &str) -> String {
    let name = in_line(&cut(name, LONGEST_NAME));
    if name.is_empty() {
        return String::new();
    }
    let longest = name.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let space = if name.starts_with('`') || name.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{name}{space}{fence}")
}

/// A name as code in a table. There a bar ends the cell even in code, unless it is escaped; where backslashes stand beside, readers
/// differ on what is escaped, and another character stands for it.
pub(super) fn cell(name: &str) -> String {
    let bar = if name.contains('\\') { "¦" } else { "\\|" };
    code(name).replace('|', bar)
}
