//! The stated figure is, digit for digit, the figure beside it.
//!
//! Why it exists: a total that was carried over from the year before, or from the row above, and never changed. What should
//! stand there is the computed figure, so the whole difference is explained. It must not know what makes figures
//! neighbours: the caller says which are.

use super::case::{Case, Fit};
use super::choose::Candidate;
use super::{Cause, OtherKind, Target};
use rust_decimal::Decimal;

/// Figures shorter than this are alike too often by chance.
const FEWEST_DIGITS: usize = 4;

pub(super) fn find(case: &Case<'_>) -> Vec<Candidate> {
    let stated = case.question.stated.stated.value;
    if stated.mantissa().unsigned_abs().to_string().len() < FEWEST_DIGITS {
        return Vec::new();
    }
    let is_neighbour = |kind| matches!(kind, OtherKind::NeighbourOf(Target::Stated, _));
    let nearby = case.question.others.iter().enumerate();
    nearby
        .filter(|(_, nearby)| is_neighbour(nearby.kind) && nearby.stated.value == stated)
        .map(|(other, _)| Candidate {
            cause: Cause::CopiedFrom { other },
            fit: Fit { near: false, residual: Decimal::ZERO },
        })
        .collect()
}
