//! How numbers are written: places, groups of digits, signs.

use super::NodeRef;
use crate::figure::Decimal;
use crate::plan::NodeId;

/// Nodes that are looked at for the style of a figure that is too short to show one.
const MOST_LOOKED_AT: usize = 400;

/// Digits before the point from which on a figure shows whether its author makes groups.
const TELLING: usize = 5;

/// Whether a number is written in digits alone, with neither a base nor an exponent.
pub(crate) fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'_' | b'.' | b'-' | b'+')) && !text.is_empty()
}

/// A number as TOML wants it: no zero before other digits, a digit before and after the point.
pub(crate) fn tidy(text: &str) -> String {
    let (sign, whole, fraction) = parts(text);
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// Digits in the groups that another number's text has, if it has any.
pub(crate) fn in_style_of(text: &str, digits: &str) -> String {
    let (_, like_whole, like_fraction) = parts(text);
    let (sign, whole, fraction) = parts(digits);
    let whole = match Groups::of(like_whole) {
        Some(groups) => groups.apply(whole),
        None if text.contains('_') => Groups::THREES.apply(whole),
        None => whole.to_owned(),
    };
    let fraction = match like_fraction.split_once('_') {
        Some((first, _)) => chunks(fraction, first.len()),
        None => fraction.to_owned(),
    };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// A value as the figure of a node would be written.
pub(super) fn figure_like(node: NodeRef<'_>, value: Decimal) -> Option<String> {
    let text = node.text();
    if !is_plain(text) {
        return None;
    }
    let (sign, whole, fraction) = parts(text);
    let digits = with_places(value, fraction.bytes().filter(u8::is_ascii_digit).count())?;
    let written = if text.contains('_') || whole.len() >= TELLING {
        in_style_of(text, &digits)
    } else {
        in_style_of(example(node).unwrap_or(text), &digits)
    };
    Some(if sign == "+" && !written.starts_with('-') { format!("+{written}") } else { written })
}

/// A value as a new figure beside others would be written.
pub(super) fn figure_beside(siblings: &[NodeRef<'_>], table: NodeRef<'_>, value: Decimal) -> Option<String> {
    let mut numbers = siblings.iter().filter(|node| node.kind().is_number() && is_plain(node.text()));
    let places = numbers.clone().map(|node| parts(node.text()).2.bytes().filter(u8::is_ascii_digit).count()).max();
    let digits = with_places(value, places.unwrap_or(0))?;
    let telling = |node: &&NodeRef<'_>| shows_groups(node.text());
    let style = numbers.find(telling).map(|node| node.text()).or_else(|| example(table));
    Some(in_style_of(style.unwrap_or_default(), &digits))
}

/// The digits of a value, with so many places or, where it has more, with all of them.
fn with_places(value: Decimal, places: usize) -> Option<String> {
    let mut value = value.normalize();
    let places = u32::try_from(places).ok()?;
    if value.scale() < places {
        value.rescale(places);
    }
    // What a decimal cannot hold with so many places is left alone.
    (value.scale() >= places).then(|| value.to_string())
}

/// Whether a number is long enough to show whether its author makes groups.
fn shows_groups(text: &str) -> bool {
    is_plain(text) && (text.contains('_') || parts(text).1.len() >= TELLING)
}

/// A figure nearby that shows how its author groups digits: the nearest one, going outward.
fn example(node: NodeRef<'_>) -> Option<&str> {
    let plan = node.plan();
    let own = node.id().index();
    let near = (1..MOST_LOOKED_AT).flat_map(|by| [own.checked_sub(by), own.checked_add(by)]).flatten();
    let near = near.filter(|at| *at > 0 && *at < plan.len()).map(|at| plan.node(NodeId::from_index(at)));
    near.filter(|node| node.kind().is_number()).map(|node| node.text()).find(|text| shows_groups(text))
}

/// The sign, the digits before the point and those after it.
fn parts(text: &str) -> (&str, &str, &str) {
    let (sign, digits) = match text.strip_prefix(['-', '+']) {
        Some(rest) => (&text[..1], rest),
        None => ("", text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    (sign, whole, fraction)
}

/// Groups of digits before the point: how long the last is, and how long those before it are.
#[derive(Clone, Copy)]
struct Groups {
    last: usize,
    others: usize,
}

impl Groups {
    const THREES: Self = Self { last: 3, others: 3 };

    fn of(whole: &str) -> Option<Self> {
        let sizes: Vec<usize> = whole.split('_').map(str::len).collect();
        match sizes.as_slice() {
            [] | [_] => None,
            [_, last] => Some(Self { last: *last, others: *last }),
            [.., others, last] => Some(Self { last: *last, others: *others }),
        }
        .filter(|groups| groups.last > 0 && groups.others > 0)
    }

    fn apply(self, whole: &str) -> String {
        let starts = |from_end: usize| {
            from_end == self.last || (from_end > self.last && (from_end - self.last).is_multiple_of(self.others))
        };
        let mut out = String::with_capacity(whole.len() + whole.len() / 2);
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && starts(whole.len() - at) {
                out.push('_');
            }
            out.push(digit);
        }
        out
    }
}

/// Digits after the point, in groups from the left.
fn chunks(digits: &str, size: usize) -> String {
    let mut out = String::with_capacity(digits.len() * 2);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && size > 0 && at.is_multiple_of(size) {
            out.push('_');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_written_as_a_person_would() {
        assert_eq!(tidy("0234"), "234");
        assert_eq!(tidy(".5"), "0.5");
        assert_eq!(tidy("-3."), "-3");
        assert_eq!(in_style_of("1_000", "1234567.25"), "1_234_567.25");
        assert_eq!(in_style_of("1_000", "-123"), "-123");
        assert_eq!(in_style_of("1000", "1234567"), "1234567");
        assert_eq!(in_style_of("1_00_000", "12345678"), "1_23_45_678");
        assert_eq!(in_style_of("0.123_456", "1.2345678"), "1.234_567_8");
    }
}
