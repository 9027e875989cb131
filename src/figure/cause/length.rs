//! A figure has a digit too many or too few.
//!
//! Why it exists: a key pressed twice, or not at all, in the middle of a number. At its end that is a power of ten, which
//! another family finds. It must not know the other families.

use super::Cause;
use super::case::Case;
use super::choose::Candidate;
use super::digits::Digits;

/// Of shorter figures some digit explains nearly anything.
const FEWEST_DIGITS: u32 = 4;

pub(super) fn find(case: &Case<'_>) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for (target, part) in case.targets() {
        let written = part.stated.value;
        let digits = Digits::of(written);
        if digits.len() < FEWEST_DIGITS {
            continue;
        }
        let mut meant: Vec<_> = (0..digits.len()).flat_map(|place| digits.longer_or_shorter(place)).collect();
        // Of two equal digits side by side it does not matter which one is too many.
        meant.sort_unstable();
        meant.dedup();
        for meant in meant {
            if let Some(fit) = case.rewritten(target, part, meant) {
                found.push(Candidate { cause: Cause::Length { target, written, meant }, fit });
            }
        }
    }
    found
}
