//! A figure was left out, or counted twice.
//!
//! Why it exists: then the difference is itself a figure that stands in the plan. Three slips are one family, since
//! each is one more or one less of what is there. It must not know the other families.

use super::case::Case;
use super::choose::Candidate;
use super::{Cause, OtherKind};
use crate::figure::computed::Computed;
use rust_decimal::Decimal;

pub(super) fn find(case: &Case<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (addend, contribution) in case.contributions().iter().enumerate() {
        if contribution.value.is_zero() {
            continue;
        }
        if let Some(fit) = case.lacking(addend) {
            found.push(Candidate { cause: Cause::Omitted { addend }, fit });
        }
        if let Some(fit) = case.with(contribution) {
            found.push(Candidate { cause: Cause::CountedTwice { addend }, fit });
        }
    }
    let factor = common_factor(case);
    for (other, nearby) in case.question.others.iter().enumerate() {
        if nearby.kind != OtherKind::LeftOut || nearby.stated.value.is_zero() {
            continue;
        }
        let contribution = Computed::from(nearby.stated).scale(factor);
        if let Some(fit) = contribution.ok().and_then(|contribution| case.with(&contribution)) {
            found.push(Candidate { cause: Cause::LeftOut { other }, fit });
        }
    }
    found
}

/// With what factor one more addend would enter.
fn common_factor(case: &Case<'_>) -> Decimal {
    let mut factors = case.question.addends.iter().map(|part| part.factor);
    let first = factors.next().unwrap_or(Decimal::ONE);
    if factors.all(|factor| factor == first) { first } else { Decimal::ONE }
}
