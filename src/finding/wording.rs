//! Words for figures and causes, in one place.
//!
//! Printers never word anything themselves, so no two of them can say it differently.

use crate::figure::{Cause, Decimal, Target};

/// A figure as people read it: digits in groups of three, `9 742 870` or `-1 234.50`.
///
/// ```
/// use crossfoot::finding::grouped;
/// assert_eq!(grouped("-1234567.50".parse().unwrap()), "-1 234 567.50");
/// ```
#[must_use]
pub fn grouped(value: Decimal) -> String {
    crate::words::grouped(&value.to_string())
}

/// A number without a unit as people read it: one that may be a year or a count is not cut into groups.
///
/// ```
/// use crossfoot::finding::number;
/// assert_eq!(number("2026".parse().unwrap()), "2026");
/// assert_eq!(number("20260".parse().unwrap()), "20 260");
/// ```
#[must_use]
pub fn number(value: Decimal) -> String {
    if value.abs() < Decimal::new(10_000, 0) { value.to_string() } else { grouped(value) }
}

/// A difference as people read it: always with its sign.
#[must_use]
pub fn signed(value: Decimal) -> String {
    if value > Decimal::ZERO { format!("+{}", grouped(value)) } else { grouped(value) }
}

/// A likely cause as a sentence.
///
/// `target` names a compared figure, `other` a figure nearby; both give its name and value.
#[must_use]
pub fn cause_text(
    cause: &Cause,
    target: impl Fn(Target) -> (String, Decimal),
    other: impl Fn(usize) -> (String, Decimal),
) -> String {
    match *cause {
        Cause::Transposed { target: at, written, meant } => {
            format!("two digits are transposed in {}: {} for {}", target(at).0, grouped(written), grouped(meant))
        }
        Cause::Mistyped { target: at, written, meant } => {
            format!("a digit is mistyped in {}: {} for {}", target(at).0, grouped(written), grouped(meant))
        }
        Cause::Length { target: at, written, meant } => {
            let which = if written.abs() > meant.abs() { "many" } else { "few" };
            format!("a digit too {which} in {}: {} for {}", target(at).0, grouped(written), grouped(meant))
        }
        Cause::Omitted { addend } => {
            let (name, value) = target(Target::Addend(addend));
            format!("the stated figure leaves out {name} ({})", grouped(value))
        }
        Cause::CountedTwice { addend } => {
            let (name, value) = target(Target::Addend(addend));
            format!("the stated figure counts {name} ({}) twice", grouped(value))
        }
        Cause::LeftOut { other: at } => {
            let (name, value) = other(at);
            format!("{name} ({}) is left out of the addends", grouped(value))
        }
        Cause::SignTurned { target: at } => {
            let (name, value) = target(at);
            format!("the sign of {name} ({}) is turned", grouped(value))
        }
        Cause::Factor { target: at, factor } => {
            let (name, value) = target(at);
            let (word, by) = if factor > Decimal::ONE {
                ("small", Some(factor))
            } else {
                ("large", Decimal::ONE.checked_div(factor))
            };
            format!(
                "{name} ({}) is too {word} by a factor of {}",
                grouped(value),
                grouped(by.unwrap_or(factor).normalize())
            )
        }
        Cause::CopiedFrom { other: from } => {
            let (neighbour, value) = other(from);
            format!(
                "{} is carried over from {neighbour}, which states {} too",
                target(Target::Stated).0,
                grouped(value)
            )
        }
        Cause::TakenFrom { target: at, other: from } => {
            let ((name, _), (neighbour, value)) = (target(at), other(from));
            format!("{name} should be {}, which stands at {neighbour}", grouped(value))
        }
    }
}
