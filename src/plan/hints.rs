//! What to do about a text that is no TOML, for the slips that people make who write figures.
//!
//! The parser says what it expected; a drafter wrote a decimal comma. Words only: nothing here decides what is a fault.

use super::fault::{Fault, FaultCode};
use crate::source::Span;

/// The fault with a hint, where the line shows which slip it was.
pub(super) fn hinted(text: &str, fault: Fault) -> Fault {
    if fault.help.is_some() {
        return fault;
    }
    match hint(line_at(text, fault.span.start as usize)) {
        Some(hint) => fault.help(hint),
        None => fault,
    }
}

fn line_at(text: &str, offset: usize) -> &str {
    let offset = offset.min(text.len());
    let (before, after) = text.split_at_checked(offset).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = after.find('\n').map_or(text.len(), |at| offset + at);
    text.get(start..end).unwrap_or_default()
}

fn hint(line: &str) -> Option<&'static str> {
    let value = line.split_once('=').map_or(line, |(_, value)| value).trim();
    if value.contains(['\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}', '\u{2019}', '\u{ab}', '\u{bb}'])
        && !value.contains('"')
    {
        return Some("texts stand between straight quotation marks: \"...\"");
    }
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (first, rest) = (value.split([',', ' ', '\u{a0}', '\u{202f}', '\'', '.']).next()?, value);
    if !digits(first.trim_start_matches(['-', '+'])) {
        return None;
    }
    let next = rest.get(first.len()..).and_then(|rest| rest.chars().next())?;
    let after = rest.get(first.len() + next.len_utf8()..).unwrap_or_default();
    let follows = after.starts_with(|c: char| c.is_ascii_digit());
    match next {
        ',' if follows => Some("a decimal point is written as a point: 32.8"),
        ' ' | '\u{a0}' | '\u{202f}' | '\'' if follows => Some("thousands are grouped with underscores: 50_000"),
        _ => None,
    }
}

/// A bracket that is never closed makes all that follows unreadable: that is one fault, at the bracket.
pub(super) fn only_unclosed(text: &str, bracket: Span, faults: &mut Vec<Fault>) {
    faults.retain(|fault| fault.span.start < bracket.start);
    let open = text.get(bracket.range()).unwrap_or_default();
    let close = if open == "{" { "}" } else { "]" };
    let fault = Fault::new(FaultCode::Syntax, bracket, format!("this `{open}` is never closed"));
    faults.push(fault.help(format!("write `{close}` where it ends; what follows was not read")));
}
