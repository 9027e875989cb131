//! Which of the explanations found are worth saying.
//!
//! Why it exists: the order of the families and the silence between them are one decision, made in one place; its
//! reasons are in the module's documentation. It must not know how any family finds its candidates.

use super::case::{Case, Fit};
use super::{Cause, Likely, Target};
use super::{copied, factor, length, mistyped, omission, sign, taken, transposed};

/// As many causes as a reader is told at once.
pub(super) const MOST: usize = 3;

/// A cause that passed the test.
pub(super) struct Candidate {
    pub(super) cause: Cause,
    pub(super) fit: Fit,
}

/// The families that speak before the weakest one, strongest first.
const FAMILIES: [fn(&Case<'_>) -> Vec<Candidate>; 7] =
    [transposed::find, omission::find, sign::find, factor::find, length::find, copied::find, taken::find];

/// The causes to name, best first, and whether a part is as likely wrong as what is named.
pub(super) fn causes(case: &Case<'_>) -> Likely {
    let found = FAMILIES.map(|find| find(case));
    // First the explanations that hit, from any family; then those within rounding.
    for near in [false, true] {
        let mut crowded = false;
        let mut in_part = false;
        for family in &found {
            let as_close = || family.iter().filter(|candidate| candidate.fit.near == near);
            in_part |= as_close().any(|candidate| is_in_part(&candidate.cause));
            match best(family, near) {
                Best::None => {}
                Best::TooMany => crowded = true,
                Best::Some(causes) => {
                    // A neighbour's figure would agree too often for it to count, unless it is the best that is known.
                    let in_part = in_part || causes.first().is_some_and(is_taken_in_part);
                    return Likely { causes, in_part };
                }
            }
        }
        if crowded {
            return Likely { causes: Vec::new(), in_part };
        }
        let slips = mistyped::find(case, near);
        if !slips.is_empty() {
            let in_part = slips.iter().any(is_in_part);
            return Likely { causes: mistyped::worth_saying(slips), in_part };
        }
    }
    Likely::default()
}

enum Best {
    None,
    Some(Vec<Cause>),
    TooMany,
}

/// The best of one family at one closeness: the stated figure before any addend, then what leaves least over. Where
/// too many explain, the stated figure may still stand out from the addends.
fn best(family: &[Candidate], near: bool) -> Best {
    let mut kept: Vec<_> = family.iter().filter(|candidate| candidate.fit.near == near).collect();
    if kept.len() > MOST {
        kept.retain(|candidate| is_stated(&candidate.cause));
        if kept.is_empty() || kept.len() > MOST {
            return Best::TooMany;
        }
    }
    if kept.is_empty() {
        return Best::None;
    }
    kept.sort_by_key(|candidate| (!is_stated(&candidate.cause), candidate.fit));
    Best::Some(kept.into_iter().map(|candidate| candidate.cause).collect())
}

fn is_stated(cause: &Cause) -> bool {
    match cause {
        Cause::Transposed { target, .. }
        | Cause::Mistyped { target, .. }
        | Cause::Length { target, .. }
        | Cause::SignTurned { target }
        | Cause::Factor { target, .. }
        | Cause::TakenFrom { target, .. } => *target == Target::Stated,
        Cause::CopiedFrom { .. } => true,
        Cause::LeftOut { .. } | Cause::Omitted { .. } | Cause::CountedTwice { .. } => false,
    }
}

/// Whether the slip would be one in an addend. A figure that was left out is no slip of the others.
fn is_in_part(cause: &Cause) -> bool {
    match cause {
        Cause::LeftOut { .. } | Cause::Omitted { .. } | Cause::CountedTwice { .. } | Cause::TakenFrom { .. } => false,
        _ => !is_stated(cause),
    }
}

fn is_taken_in_part(cause: &Cause) -> bool {
    matches!(cause, Cause::TakenFrom { target: Target::Addend(_), .. })
}
