//! What to do about a text that is no TOML, for the slips that people make who write figures.
//!
//! The parser says what it expected; a drafter wrote a decimal comma. Words only: nothing here decides what is a fault.

use super::fault::{Fault, FaultCode};
use super::vocabulary::{Key, ROOT, Shape};
use crate::source::Span;
use crate::words::Said;

/// The fault with a hint, where the text shows which slip it was.
pub(super) fn hinted(text: &str, fault: Fault) -> Fault {
    let hint = match fault.code {
        FaultCode::DuplicateKey => second_header(text, fault.span),
        // Within braces the parser takes what follows a decimal comma for the next key.
        _ if fault.help.is_some() => half_a_number(text, fault.span).and_then(number),
        _ => number(number_at(text, fault.span)).or_else(|| quotes(line_at(text, fault.span.start as usize))),
    };
    match hint {
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

fn quotes(line: &str) -> Option<String> {
    let value = line.split_once('=').map_or(line, |(_, value)| value).trim();
    let curly = ['\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}', '\u{2019}', '\u{ab}', '\u{bb}'];
    (value.contains(curly) && !value.contains('"'))
        .then(|| "texts stand between straight quotation marks: \"...\"".to_owned())
}

/// What may stand between the digits of a number, other than its point.
fn sets_apart(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '\u{2019}')
}

/// The whole of a number that was not taken as one: the parser points to it, or to the comma in it.
fn number_at(text: &str, span: Span) -> &str {
    let part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '_' | '-' | '+');
    let found = text.get(span.range()).unwrap_or_default();
    let (before, after) = text.split_at_checked(span.start as usize).unwrap_or_default();
    let starts_here = found.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '+');
    let at_comma = after.starts_with(',') && before.ends_with(|c: char| c.is_ascii_digit());
    if !(starts_here || at_comma) {
        return "";
    }
    let start = if starts_here { before.len() } else { before.trim_end_matches(|c| part(c) || sets_apart(c)).len() };
    let least = if starts_here { found.len() } else { 0 };
    let rest = after.get(least..).unwrap_or_default();
    let rest = rest.trim_start_matches(part);
    let rest = rest.trim_start_matches(' ').strip_prefix('%').unwrap_or(rest);
    text.get(start..text.len() - rest.len()).unwrap_or_default().trim().trim_end_matches(',')
}

/// A number with a decimal comma that stands before a place where a value is missing.
fn half_a_number(text: &str, span: Span) -> Option<&str> {
    let before = text.get(..span.start as usize)?.trim_end();
    let (rest, fraction) = before.rsplit_once(',')?;
    let whole = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    // Four digits may be a year, whose figure is missing.
    let is_number = digits(fraction) && fraction.len() != 4 && digits(&rest[whole.len()..]);
    is_number.then(|| &before[whole.len()..])
}

/// How a number is written that has a percent sign, a decimal comma or its thousands set apart.
fn number(written: &str) -> Option<String> {
    let percent = written.strip_suffix('%').map(str::trim_end);
    let digits = percent.unwrap_or(written);
    let (sign, digits) = digits.strip_prefix(['-', '+']).map_or(("", digits), |rest| (&digits[..1], rest));
    let point = |c: char| matches!(c, ',' | '.');
    let known = |c: char| c.is_ascii_digit() || sets_apart(c) || point(c) || c == '_';
    if !digits.starts_with(|c: char| c.is_ascii_digit()) || !digits.chars().all(known) {
        return None;
    }
    // Where both stand in a number, the last one is its point; one that stands several times sets thousands apart.
    let last = digits.rfind(point).filter(|at| digits.matches(&digits[*at..=*at]).count() == 1);
    let (whole, fraction) = last.map_or((digits, ""), |at| (&digits[..at], &digits[at + 1..]));
    let only_digits = |part: &str| part.chars().filter(char::is_ascii_digit).collect::<String>();
    let plain = |whole: &str, fraction: &str| {
        let point = if fraction.is_empty() { "" } else { "." };
        format!("{sign}{}{point}{}", only_digits(whole), only_digits(fraction))
    };
    let value = plain(whole, fraction);
    let grouped = grouped(&value);
    if percent.is_some() {
        return Some(format!("write {value}: a share is in percent"));
    }
    if whole.contains(sets_apart) || whole.contains(point) {
        return Some(format!("write {value} or {grouped}: thousands are grouped with underscores"));
    }
    if !digits.contains(',') {
        return None;
    }
    let hint = format!("a decimal point is written as a point: {value}");
    let thousands = (fraction.len() == 3).then(|| plain(digits, ""));
    Some(thousands.map_or(hint.clone(), |number| format!("{hint}; if these are thousands, write {number}")))
}

/// The digits before the point in groups of three.
fn grouped(number: &str) -> String {
    let (whole, rest) = number.split_at(number.find('.').unwrap_or(number.len()));
    let digits = whole.chars().filter(char::is_ascii_digit).count();
    let mut out = String::new();
    let mut left = digits;
    for c in whole.chars() {
        if c.is_ascii_digit() {
            if left < digits && left.is_multiple_of(3) {
                out.push('_');
            }
            left -= 1;
        }
        out.push(c);
    }
    out + rest
}

/// A table that is opened a second time, where it is one of several.
fn second_header(text: &str, key: Span) -> Option<String> {
    let line = line_at(text, key.start as usize).trim();
    let header = line.strip_prefix('[')?.split(']').next()?.trim();
    let closes = text.get(key.end as usize..)?.trim_start_matches([' ', '\t', '"']).starts_with(']');
    if header.starts_with('[') || !closes {
        return None;
    }
    let one_of_several = match shape(header) {
        Some(Shape::Tables(_)) | None => true,
        Some(_) => false,
    };
    one_of_several.then(|| format!("write `[[{header}]]` for each, where there are several; else keep one of the two"))
}

/// What stands at a path of the standard vocabulary.
fn shape(path: &str) -> Option<Shape> {
    let mut keys: &[Key] = ROOT;
    let mut shape = None;
    for name in path.split('.').map(|name| name.trim().trim_matches('"')) {
        shape = Some(keys.iter().find(|key| key.name == name)?.shape);
        keys = match shape {
            Some(Shape::Table(keys) | Shape::Tables(keys)) => keys,
            _ => &[],
        };
    }
    shape
}

/// A bracket that is never closed makes all that follows unreadable: that is one fault, at the bracket.
pub(super) fn only_unclosed(text: &str, bracket: Span, faults: &mut Vec<Fault>) {
    faults.retain(|fault| fault.span.start < bracket.start);
    let open = text.get(bracket.range()).unwrap_or_default();
    let close = if open == "{" { "}" } else { "]" };
    let fault =
        Fault::new(FaultCode::Syntax, bracket, Said::of("this `{bracket}` is never closed").text("bracket", open));
    faults.push(
        fault.help(Said::of("write `{bracket}` where it ends; what follows was not read").text("bracket", close)),
    );
}
