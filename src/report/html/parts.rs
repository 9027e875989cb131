//! Small parts that the page is made of: texts that are cut, names of anchors, figures, badges.
//!
//! Everything here takes finished values; it knows no part of the page.

use std::borrow::Cow;

use maud::{Markup, html};

use super::wording::Words;
use crate::figure::Decimal;
use crate::finding::Severity;

/// Characters of one text that are shown.
pub(super) const LONG: usize = 600;

/// The same where a text is a heading or stands in a cell.
pub(super) const SHORT: usize = 160;

/// A text as it is shown: of a very long one the beginning, and how much is left out.
pub(super) fn cut<'t>(text: &'t str, most: usize, w: &Words<'_>) -> Cow<'t, str> {
    match text.char_indices().nth(most) {
        None => Cow::Borrowed(text),
        Some((at, _)) => {
            let left = text[at..].chars().count();
            Cow::Owned(format!("{}\u{2026} {}", &text[..at], w.counted("characters-left", left)))
        }
    }
}

/// The name of an anchor: whatever an id holds, a link can lead there.
pub(super) fn anchor(kind: &str, id: &str) -> String {
    let mut name = format!("{kind}-");
    for c in id.chars().take(SHORT) {
        match c {
            c if c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '/') => name.push(c),
            c => name.push_str(&format!("_{:x}", u32::from(c))),
        }
    }
    name
}

/// The word for a severity, in its colour.
pub(super) fn badge(severity: Severity, w: &Words<'_>) -> Markup {
    html! { span.badge.(class(severity)) { (w.say(word(severity))) } }
}

/// The class that stands for a severity, in style sheet and script.
pub(super) fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A figure in a cell, with what a script sorts it by.
pub(super) fn cell(value: Option<Decimal>, w: &Words<'_>) -> Markup {
    match value {
        Some(value) => html! { td.num data-v=(value) { (w.number(value)) } },
        None => html! { td.num data-v="" { "\u{2013}" } },
    }
}

/// A share as people read it: so many digits after the point as say something.
pub(super) fn share(value: Decimal, w: &Words<'_>) -> String {
    let shown = value.round_dp(4).normalize();
    // What would be cut to nothing is shown whole.
    w.number(if shown.is_zero() && !value.is_zero() { value.round_sf(2).unwrap_or(value).normalize() } else { shown })
}

/// A unit behind a figure.
pub(super) fn unit(unit: &str) -> String {
    match unit {
        "" => String::new(),
        "percent" => "\u{a0}%".to_owned(),
        unit => format!("\u{a0}{}", super::chart::fit(unit, 12)),
    }
}

/// How many more there are, where some are left out.
pub(super) fn more(left_out: usize, w: &Words<'_>) -> Markup {
    html! { @if left_out > 0 { p.more { (w.counted("and-more", left_out)) } } }
}

/// The number of a decimal for drawing, where the last digits make no difference.
pub(super) fn float(value: Decimal) -> f64 {
    value.to_string().parse().unwrap_or_default()
}
