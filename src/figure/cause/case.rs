//! The disagreement under investigation, and the one test that every proposed cause must pass.
//!
//! Why it exists: so that no family of slips has a yardstick of its own. It must not know what kinds of slip there are,
//! only what it means that a figure were another.

use super::{Part, Question, Target};
use crate::figure::computed::Computed;
use crate::figure::exact::{self, Exact, Inapplicable, Toward};
use crate::figure::grade::{Grade, compare};
use crate::figure::interval::{Bound, Interval};
use crate::figure::sum::Sum;
use rust_decimal::Decimal;

/// Above so many addends none of them is suspected: any difference is then explained by one of them.
const MOST_ADDENDS: usize = 10_000;
/// A replacement that does not hit must move a figure by so many times the permitted rounding.
const CLEAR: Decimal = Decimal::TEN;

/// How well a proposal explains the disagreement.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Fit {
    /// False where the stated figure is a correct rounding of the computed value: false sorts first.
    pub(super) near: bool,
    /// What still lies between the two values.
    pub(super) residual: Decimal,
}

/// A stated and a computed figure that disagree.
pub(super) struct Case<'a> {
    pub(super) question: &'a Question<'a>,
    stated: Computed,
    computed: Computed,
    /// How far the two intervals lie apart.
    gap: Decimal,
    /// By how much the computed figure must move for the two to meet.
    need: Interval,
    /// Both widths: a first, generous measure of what rounding permits.
    widths: Decimal,
    /// What each addend contributes; empty where the addends do not make the computed figure, or are too many.
    contributions: Vec<Computed>,
    /// How many of the addends have an open lower, and an open upper end.
    open: (usize, usize),
}

impl<'a> Case<'a> {
    /// The case, where the figures disagree and the numbers are not too large to reason about.
    pub(super) fn open(question: &'a Question<'a>) -> Option<Self> {
        let (stated, computed) = (question.stated.contribution().ok()?, question.computed);
        let comparison = compare(stated, computed).ok()?;
        if comparison.grade != Grade::Disagree {
            return None;
        }
        let contributions = contributions(question).unwrap_or_default();
        let open = |end: fn(&Interval) -> Bound| contributions.iter().filter(|c| !end(&c.interval).closed).count();
        Some(Self {
            question,
            stated,
            computed,
            gap: comparison.gap,
            need: stated.interval.sub(&computed.interval).ok()?,
            widths: exact::mul(comparison.tolerance, Decimal::TWO, Toward::Up).ok()?,
            open: (open(Interval::lower), open(Interval::upper)),
            contributions,
        })
    }

    /// Every figure that may be suspected, the stated one first.
    pub(super) fn targets(&self) -> impl Iterator<Item = (Target, &Part)> {
        let addends = self.question.addends.get(..self.contributions.len()).unwrap_or_default();
        let addends = addends.iter().enumerate().map(|(index, part)| (Target::Addend(index), part));
        std::iter::once((Target::Stated, &self.question.stated)).chain(addends)
    }

    /// What each addend contributes; empty where addends are not to be suspected.
    pub(super) fn contributions(&self) -> &[Computed] {
        &self.contributions
    }

    /// How far the two intervals lie apart: no smaller change can explain anything.
    pub(super) const fn gap(&self) -> Decimal {
        self.gap
    }

    /// The change of the computed figure beyond which the two would have passed each other.
    pub(super) fn reach(&self) -> Decimal {
        self.need.lower().value.abs().max(self.need.upper().value.abs())
    }

    /// The fit, were the figure's value `meant`, rounded as it is now.
    pub(super) fn rewritten(&self, target: Target, part: &Part, meant: Decimal) -> Option<Fit> {
        let change = exact::sub(meant, part.stated.value, Toward::Nearest).ok()?;
        let change = exact::mul(change, part.factor, Toward::Nearest).ok()?;
        let helps = match target {
            Target::Stated => self.need.contains(exact::neg(change)),
            Target::Addend(_) => self.need.contains(change),
        };
        // A figure with digits below its unit is none that anyone meant.
        if !helps || !exact::is_multiple(meant, part.stated.unit) {
            return None;
        }
        let shifted = self.contribution(target)?.add(&Computed::exact(change)).ok()?;
        self.replaced(target, &shifted)
    }

    /// The fit, were the figure's contribution another.
    pub(super) fn replaced(&self, target: Target, contribution: &Computed) -> Option<Fit> {
        let before = self.contribution(target)?;
        let change = exact::sub(contribution.value, before.value, Toward::Nearest).ok()?;
        match target {
            Target::Stated => self.fit(contribution, &self.computed, change),
            Target::Addend(index) => {
                if !self.may_help(change, contribution) {
                    return None;
                }
                let computed = self.without(index)?.add(contribution).ok()?;
                self.fit(&self.stated, &computed, change)
            }
        }
    }

    /// The fit, were there one more addend.
    pub(super) fn with(&self, addend: &Computed) -> Option<Fit> {
        if !self.may_help(addend.value, addend) {
            return None;
        }
        self.fit(&self.stated, &self.computed.add(addend).ok()?, addend.value)
    }

    /// The fit, were the addend not there.
    pub(super) fn lacking(&self, index: usize) -> Option<Fit> {
        let addend = self.contributions.get(index)?;
        let change = exact::neg(addend.value);
        if !self.may_help(change, addend) {
            return None;
        }
        self.fit(&self.stated, &self.without(index)?, change)
    }

    /// What the figure contributes now.
    pub(super) fn contribution(&self, target: Target) -> Option<&Computed> {
        match target {
            Target::Stated => Some(&self.stated),
            Target::Addend(index) => self.contributions.get(index),
        }
    }

    /// Whether a figure has but one digit that counts, so that powers of ten of it meet nearly anything.
    pub(super) fn is_rough(&self, target: Target) -> bool {
        let rough = |figure: &Computed| {
            let clear = exact::mul(figure.interval.width()?, CLEAR, Toward::Up)?;
            Ok::<_, Inapplicable>(figure.value.is_zero() || figure.value.abs() < clear)
        };
        self.contribution(target).is_none_or(|figure| rough(figure).unwrap_or(true))
    }

    /// A quick look before the full test: whether the change goes about as far as it must. `addend` brings its own
    /// width with it.
    fn may_help(&self, change: Decimal, addend: &Computed) -> bool {
        let left = || {
            let difference = exact::sub(self.stated.value, self.computed.value, Toward::Nearest)?;
            let left = exact::sub(difference, change, Toward::Nearest)?.abs();
            let room = exact::add(self.widths, addend.interval.width()?, Toward::Up)?;
            Ok::<_, Inapplicable>(left <= room)
        };
        left().unwrap_or(false)
    }

    /// The sum of all other addends.
    fn without(&self, index: usize) -> Option<Computed> {
        let (all, gone) = (&self.computed, self.contributions.get(index)?);
        let end = |all: Bound, gone: Bound, open: usize, toward| -> Exact<Bound> {
            // The addend's own open end no longer counts.
            let others_open = open.saturating_sub(usize::from(!gone.closed));
            Ok(Bound { value: exact::sub(all.value, gone.value, toward)?, closed: others_open == 0 })
        };
        let lower = end(all.interval.lower(), gone.interval.lower(), self.open.0, Toward::Down).ok()?;
        let upper = end(all.interval.upper(), gone.interval.upper(), self.open.1, Toward::Up).ok()?;
        let value = exact::sub(all.value, gone.value, Toward::Nearest).ok()?;
        Some(Computed { value, interval: Interval::new(lower, upper)? })
    }

    fn fit(&self, stated: &Computed, computed: &Computed, change: Decimal) -> Option<Fit> {
        let comparison = compare(stated, computed).ok()?;
        if comparison.grade == Grade::Disagree {
            return None;
        }
        let clear = change.abs() >= exact::mul(comparison.tolerance, CLEAR, Toward::Up).ok()?;
        // A figure times ten is ten times as rough, so its value may move by a little less than the gap. Where it is
        // so rough that it would meet nearly anything, the change is not clear.
        let near = !stated.interval.contains(computed.value);
        let hit = !near && change.abs() >= self.gap;
        (clear || hit).then_some(Fit { near, residual: comparison.difference.abs() })
    }
}

/// What each addend contributes, where they make the computed figure and are not too many.
fn contributions(question: &Question<'_>) -> Option<Vec<Computed>> {
    if question.addends.len() > MOST_ADDENDS {
        return None;
    }
    let contributions: Vec<_> = question.addends.iter().map(|part| part.contribution().ok()).collect::<Option<_>>()?;
    let mut sum = Sum::new();
    for contribution in &contributions {
        sum.push_computed(contribution);
    }
    (sum.finish() == Ok(question.computed)).then_some(contributions)
}
