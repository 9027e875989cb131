//! Which of the explanations found are worth saying.
//!
//! Why it exists: the order of the families and the silence between them are one decision, made in one place; its
//! reasons are in the module's documentation. It must not know how any family finds its candidates.

use super::case::{Case, Fit};
use super::{Cause, Target};
use super::{copied, factor, mistyped, omission, sign, taken, transposed};

/// As many causes as a reader is told at once.
const MOST: usize = 3;

/// A cause that passed the test.
pub(super) struct Candidate {
    pub(super) cause: Cause,
    pub(super) fit: Fit,
}

/// The families that speak before the weakest one, strongest first.
const FAMILIES: [fn(&Case<'_>) -> Vec<Candidate>; 6] =
    [transposed::find, omission::find, sign::find, factor::find, copied::find, taken::find];

/// The causes to name, best first.
pub(super) fn causes(case: &Case<'_>) -> Vec<Cause> {
    let found = FAMILIES.map(|find| find(case));
    // First the explanations that hit, from any family; then those within rounding.
    for near in [false, true] {
        let mut crowded = false;
        for family in &found {
            match best(family, near) {
                Best::None => {}
                Best::TooMany => crowded = true,
                Best::Some(causes) => return causes,
            }
        }
        if crowded {
            return Vec::new();
        }
        if let Some(only) = mistyped::find(case, near) {
            return vec![only];
        }
    }
    Vec::new()
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
        | Cause::SignTurned { target }
        | Cause::Factor { target, .. }
        | Cause::TakenFrom { target, .. } => *target == Target::Stated,
        Cause::CopiedFrom { .. } => true,
        Cause::LeftOut { .. } | Cause::Omitted { .. } | Cause::CountedTwice { .. } => false,
    }
}
