//! Two neighbouring digits changed places.
//!
//! Why it exists: the commonest slip of the copying hand, known to every bookkeeper by a difference divisible by nine.
//! It must not know the other families.

use super::Cause;
use super::case::Case;
use super::choose::Candidate;
use super::digits::Digits;

pub(super) fn find(case: &Case<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (target, part) in case.targets() {
        let written = part.stated.value;
        let digits = Digits::of(written);
        for meant in (0..digits.len()).filter_map(|place| digits.swapped(place)) {
            if let Some(fit) = case.rewritten(target, part, meant) {
                found.push(Candidate { cause: Cause::Transposed { target, written, meant }, fit });
            }
        }
    }
    found
}
