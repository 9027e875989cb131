//! A neighbouring figure was read in place of the right one.
//!
//! Why it exists: in a table of years the eye slips by a column. It must not know what makes figures neighbours: the
//! caller says which are.

use super::case::Case;
use super::choose::Candidate;
use super::{Cause, OtherKind, Part, Target};

pub(super) fn find(case: &Case<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (other, nearby) in case.question.others.iter().enumerate() {
        let OtherKind::NeighbourOf(target, _) = nearby.kind else { continue };
        let Some(part) = part(case, target) else { continue };
        let swapped = Part { stated: nearby.stated, ..*part };
        let contribution = swapped.contribution().ok();
        if let Some(fit) = contribution.and_then(|contribution| case.replaced(target, &contribution)) {
            found.push(Candidate { cause: Cause::TakenFrom { target, other }, fit });
        }
    }
    found
}

fn part<'a>(case: &'a Case<'_>, target: Target) -> Option<&'a Part> {
    match target {
        Target::Stated => Some(&case.question.stated),
        Target::Addend(index) => case.question.addends.get(index),
    }
}
