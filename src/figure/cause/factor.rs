//! A figure is a power of ten too large or too small.
//!
//! Why it exists: a digit dropped or doubled, a point misplaced, a figure in thousands among figures in units, a share
//! as a fraction among percents. It must not know the other families.

use super::case::Case;
use super::choose::Candidate;
use super::{Cause, Target};
use rust_decimal::Decimal;

/// A slipped digit or two, percents, thousands and millions, both ways.
const FACTORS: [Decimal; 8] = [
    Decimal::TEN,
    Decimal::ONE_HUNDRED,
    Decimal::ONE_THOUSAND,
    Decimal::from_parts(1_000_000, 0, 0, false, 0),
    Decimal::from_parts(1, 0, 0, false, 1),
    Decimal::from_parts(1, 0, 0, false, 2),
    Decimal::from_parts(1, 0, 0, false, 3),
    Decimal::from_parts(1, 0, 0, false, 6),
];

pub(super) fn find(case: &Case<'_>) -> Vec<Candidate> {
    if case.is_rough(Target::Stated) {
        return Vec::new();
    }
    let targets = case.targets().map(|(target, _)| target).filter(|&target| !case.is_rough(target));
    let slips = |target| FACTORS.into_iter().filter_map(move |factor| slipped(case, target, factor));
    targets.flat_map(slips).collect()
}

fn slipped(case: &Case<'_>, target: Target, factor: Decimal) -> Option<Candidate> {
    // The interval grows and shrinks with the value: whoever wrote thousands knew no hundreds.
    let contribution = case.contribution(target)?.scale(factor).ok()?;
    let fit = case.replaced(target, &contribution)?;
    Some(Candidate { cause: Cause::Factor { target, factor }, fit })
}
