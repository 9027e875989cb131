//! How figures are worded in an editor, where there is little room.
//!
//! Numbers are worded as findings word them; this file only makes them short. It computes nothing but shares for show.

use crate::figure::{Comparison, Computed, Decimal, Grade, RoundingStrategy};
use crate::finding::{grouped, signed};
use crate::plan::NodeRef;
use crate::script::shown;

/// A figure as people read it; one that was computed with no more places than needed.
pub(super) fn figure(value: Decimal, places: u32) -> String {
    grouped(shown(value, places))
}

/// What parts make, beside the total that states it, where there is room.
pub(super) fn long(parts: &str, computed: &Computed, held: &Comparison, places: u32) -> String {
    let made = figure(computed.value, places);
    let difference = signed(shown(held.difference, 0));
    match held.grade {
        Grade::Equal => format!("= {made}"),
        Grade::WithinRounding => format!("{parts} make {made}, difference {difference} within rounding"),
        Grade::Disagree => {
            let permitted = figure(held.tolerance, 0);
            format!("{parts} make {made}, difference {difference}: rounding permits {permitted}")
        }
    }
}

/// The same where other figures stand on the line.
pub(super) fn short(computed: &Computed, held: &Comparison, places: u32) -> String {
    match held.grade {
        Grade::Equal => "✓".to_owned(),
        Grade::WithinRounding => format!("≈ {}", figure(computed.value, places)),
        Grade::Disagree => format!("≠ {}", figure(computed.value, places)),
    }
}

/// A part of a whole in percent with one decimal, such as `53.7 %`. `None` where the whole is nothing.
pub(super) fn share(part: Decimal, whole: Decimal) -> Option<String> {
    let percent = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
    let mut percent = percent.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
    percent.rescale(1);
    Some(format!("{} %", grouped(percent)))
}

/// Characters of a title that are shown.
const MOST_TITLE: usize = 80;

/// What people call an item: `I.1 Collaboration`; without id and title, its path.
pub(super) fn label(item: NodeRef<'_>) -> String {
    let part = |key: &str| {
        let value = item.get(key).filter(|value| value.is_value())?;
        Some(one_line(&value.display())).filter(|text| !text.is_empty())
    };
    match (part("id"), part("title")) {
        (Some(id), Some(title)) => format!("{id} {title}"),
        (Some(name), None) | (None, Some(name)) => name,
        (None, None) => item.path(),
    }
}

/// A text on one line, cut where it is long.
pub(super) fn one_line(text: &str) -> String {
    let mut words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((at, _)) = words.char_indices().nth(MOST_TITLE) {
        words.truncate(at);
        words.push('…');
    }
    words
}

/// A count with its noun: `1 output`, `5 outputs`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
