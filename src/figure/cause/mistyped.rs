//! One digit is another than it should be.
//!
//! Why it exists: a wrong key is an ordinary slip, but the weakest explanation: nearly every small difference has one.
//! So it is named only where there is no second way. It must not know the other families.

use super::case::Case;
use super::choose::Candidate;
use super::digits::Digits;
use super::{Cause, Part, Target};
use crate::figure::exact::{self, Toward};
use rust_decimal::Decimal;

/// The one mistyped digit that explains the disagreement this closely: of the stated figure, or else of an addend.
pub(super) fn find(case: &Case<'_>, near: bool) -> Option<Cause> {
    let as_close = |candidate: &Candidate| candidate.fit.near == near;
    let mut targets = case.targets();
    let (target, part) = targets.next()?;
    let mut stated = slips(case, target, part).filter(as_close).peekable();
    if stated.peek().is_some() {
        // Where the stated figure has explanations, however many, no addend is suspected.
        return sole(stated);
    }
    sole(targets.flat_map(|(target, part)| slips(case, target, part)).filter(as_close))
}

fn sole(mut candidates: impl Iterator<Item = Candidate>) -> Option<Cause> {
    let first = candidates.next()?;
    candidates.next().is_none().then_some(first.cause)
}

fn slips<'a>(case: &'a Case<'_>, target: Target, part: &'a Part) -> impl Iterator<Item = Candidate> + 'a {
    let written = part.stated.value;
    let digits = Digits::of(written);
    let places = (0..digits.len()).filter(move |&place| may_matter(case, part, place));
    let meant: Vec<_> = places.flat_map(|place| digits.retyped(place).collect::<Vec<_>>()).collect();
    meant.into_iter().filter_map(move |meant| {
        let fit = case.rewritten(target, part, meant)?;
        Some(Candidate { cause: Cause::Mistyped { target, written, meant }, fit })
    })
}

/// Whether a digit at this place, which moves the figure by one to nine of its units, can close the gap.
fn may_matter(case: &Case<'_>, part: &Part, place: u32) -> bool {
    let least = || {
        let unit = exact::fit(exact::factor(place)?, part.stated.value.scale(), Toward::Nearest).ok()?;
        exact::mul(unit, part.factor.abs(), Toward::Nearest).ok()
    };
    let most = |least| exact::mul(least, Decimal::from(9), Toward::Up).ok();
    least().is_some_and(|least| least <= case.reach() && most(least).is_some_and(|most| most >= case.gap()))
}
