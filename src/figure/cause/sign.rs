//! A figure has the wrong sign.
//!
//! Why it exists: an income entered as a cost is off by twice its amount, which no reader sees in the difference. It
//! must not know the other families.

use super::Cause;
use super::case::Case;
use super::choose::Candidate;

pub(super) fn find(case: &Case<'_>) -> Vec<Candidate> {
    let turned = |(target, _)| {
        let contribution = case.contribution(target).filter(|contribution| !contribution.value.is_zero())?;
        let fit = case.replaced(target, &contribution.neg())?;
        Some(Candidate { cause: Cause::SignTurned { target }, fit })
    };
    case.targets().filter_map(turned).collect()
}
