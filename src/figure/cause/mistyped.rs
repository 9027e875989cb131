//! One digit is another than it should be.
//!
//! Why it exists: a wrong key is an ordinary slip, but the weakest explanation: nearly every small difference has one.
//! So it is named only where there is no second way in the same figure; of a stated figure also where a few addends are one
//! digit away as well, which are then named beside it. It must not know the other families.

use super::case::Case;
use super::choose::{Candidate, MOST};
use super::digits::Digits;
use super::{Cause, Part, Target};
use crate::figure::exact::{self, Toward};
use rust_decimal::Decimal;

/// The mistyped digits that explain the disagreement this closely, those of the stated figure first.
pub(super) fn find(case: &Case<'_>, near: bool) -> Vec<Cause> {
    let all = case.targets().flat_map(|(target, part)| slips(case, target, part));
    all.filter(|candidate| candidate.fit.near == near).map(|candidate| candidate.cause).collect()
}

/// Of those, what is worth saying: the one of the stated figure, with the few that are as likely; else the one of an addend.
pub(super) fn worth_saying(mut found: Vec<Cause>) -> Vec<Cause> {
    let of_stated = |cause: &Cause| matches!(cause, Cause::Mistyped { target: Target::Stated, .. });
    let stated = found.iter().filter(|cause| of_stated(cause)).count();
    match (stated, found.len()) {
        (_, 1) => found,
        (1, n) => {
            // It takes part in one possibility and the addends in many: of too many, it alone is worth a look.
            found.truncate(if n > MOST { 1 } else { n });
            found
        }
        _ => Vec::new(),
    }
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
