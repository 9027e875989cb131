//! Words for figures and causes, in one place.
//!
//! Printers never word anything themselves, so no two of them can say it differently.

use crate::figure::{Cause, Decimal, Target};
use crate::words::{Argument, Said};

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
pub fn cause_said(
    cause: &Cause,
    target: impl Fn(Target) -> (Argument, Decimal),
    other: impl Fn(usize) -> (Argument, Decimal),
) -> Said {
    let of = |template: &'static str, (name, value): (Argument, Decimal)| {
        Said::of(template).with("place", name).figure("value", value)
    };
    let slip = |template: &'static str, at: Target, written: Decimal, meant: Decimal| {
        Said::of(template).with("place", target(at).0).figure("written", written).figure("meant", meant)
    };
    match *cause {
        Cause::Transposed { target: at, written, meant } => {
            slip("two digits are transposed in {place}: {written} for {meant}", at, written, meant)
        }
        Cause::Mistyped { target: at, written, meant } => {
            slip("a digit is mistyped in {place}: {written} for {meant}", at, written, meant)
        }
        Cause::Length { target: at, written, meant } if written.abs() > meant.abs() => {
            slip("a digit too many in {place}: {written} for {meant}", at, written, meant)
        }
        Cause::Length { target: at, written, meant } => {
            slip("a digit too few in {place}: {written} for {meant}", at, written, meant)
        }
        Cause::Omitted { addend } => {
            of("the stated figure leaves out {place} ({value})", target(Target::Addend(addend)))
        }
        Cause::CountedTwice { addend } => {
            of("the stated figure counts {place} ({value}) twice", target(Target::Addend(addend)))
        }
        Cause::LeftOut { other: at } => of("{place} ({value}) is left out of the addends", other(at)),
        Cause::SignTurned { target: at } => of("the sign of {place} ({value}) is turned", target(at)),
        Cause::Factor { target: at, factor } => {
            let (template, by) = if factor > Decimal::ONE {
                ("{place} ({value}) is too small by a factor of {factor}", Some(factor))
            } else {
                ("{place} ({value}) is too large by a factor of {factor}", Decimal::ONE.checked_div(factor))
            };
            of(template, target(at)).figure("factor", by.unwrap_or(factor).normalize())
        }
        Cause::CopiedFrom { other: from } => {
            let (neighbour, value) = other(from);
            of("{place} is carried over from {neighbour}, which states {value} too", (target(Target::Stated).0, value))
                .with("neighbour", neighbour)
        }
        Cause::TakenFrom { target: at, other: from } => {
            let ((name, _), (neighbour, value)) = (target(at), other(from));
            of("{place} should be {value}, which stands at {neighbour}", (name, value)).with("neighbour", neighbour)
        }
    }
}
