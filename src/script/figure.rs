//! A figure as rules compute with it: value and interval, unit, provenance.
//!
//! The arithmetic is that of `crate::figure`; this file adds only units, and that figures of different units never meet.

use super::problem::Problem;
use super::run::Run;
use crate::figure::{Bound, Cell, Computed, Decimal, Interval, TraceId, Traces};

/// The unit of a figure within one run; numbers of named units are given by the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum FigureUnit {
    #[default]
    None,
    Percent,
    Named(u16),
}

/// A figure as rules compute with it.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    pub(crate) computed: Computed,
    pub(crate) unit: FigureUnit,
    pub(crate) trace: TraceId,
    /// The place that lacks a figure which a sum of all would have.
    pub(crate) gap: Option<Cell>,
}

impl Figure {
    /// A constant of a rule: exact, of no unit, from nowhere.
    pub(crate) fn constant(value: Decimal) -> Self {
        Self { computed: Computed::exact(value), unit: FigureUnit::None, trace: TraceId::CONSTANT, gap: None }
    }

    pub(crate) fn value(&self) -> Decimal {
        self.computed.value
    }

    pub(crate) fn is_constant(&self) -> bool {
        self.trace == TraceId::CONSTANT
    }

    pub(crate) fn is_exact(&self) -> bool {
        self.computed.interval == Interval::exact(self.computed.value)
    }

    pub(crate) fn add(&self, run: &Run, other: &Self) -> Result<Self, Problem> {
        let unit = common_unit(run, self, other, "added")?;
        let computed = self.computed.add(&other.computed)?;
        Ok(Self { computed, unit, trace: run.traces(|t| t.add(self.trace, other.trace)), gap: self.gap.or(other.gap) })
    }

    pub(crate) fn subtract(&self, run: &Run, other: &Self) -> Result<Self, Problem> {
        let unit = common_unit(run, self, other, "subtracted")?;
        let computed = self.computed.sub(&other.computed)?;
        Ok(Self {
            computed,
            unit,
            trace: run.traces(|t| t.subtract(self.trace, other.trace)),
            gap: self.gap.or(other.gap),
        })
    }

    pub(crate) fn negate(&self, run: &Run) -> Self {
        let trace = run.traces(|t| t.scale(self.trace, Decimal::NEGATIVE_ONE));
        Self { computed: self.computed.neg(), unit: self.unit, trace, gap: self.gap }
    }

    pub(crate) fn multiply(&self, run: &Run, other: &Self) -> Result<Self, Problem> {
        let unit = product_unit(run, self.unit, other.unit)?;
        let (computed, trace) = if other.is_constant() && other.is_exact() {
            let by = other.value();
            (self.computed.scale(by)?, run.traces(|t| t.scale(self.trace, by)))
        } else if self.is_constant() && self.is_exact() {
            let by = self.value();
            (other.computed.scale(by)?, run.traces(|t| t.scale(other.trace, by)))
        } else {
            (self.computed.mul(&other.computed)?, self.trace_with(run, other, |t| t.product(self.trace, other.trace)))
        };
        Ok(Self { computed, unit, trace, gap: self.gap.or(other.gap) })
    }

    pub(crate) fn divide(&self, run: &Run, other: &Self) -> Result<Self, Problem> {
        let unit = match (self.unit, other.unit) {
            (unit, FigureUnit::None) => unit,
            (a, b) if a == b => FigureUnit::None,
            (a, b) => {
                let (a, b) = (run.unit_words(a), run.unit_words(b));
                return Err(Problem::new(format!("{a} is divided by {b}: the quotient has no unit that is declared")));
            }
        };
        Ok(Self {
            computed: self.computed.div(&other.computed)?,
            unit,
            trace: self.trace_with(run, other, |t| t.quotient(self.trace, other.trace)),
            gap: self.gap.or(other.gap),
        })
    }

    /// What percent of the whole the part is. Where every cell of the part is an addend of the whole, the interval is that
    /// of a share whose whole contains it; else part and whole are independent.
    pub(crate) fn percent_of(&self, run: &Run, whole: &Self) -> Result<Self, Problem> {
        common_unit(run, self, whole, "compared as part and whole")?;
        let contained = run.contains(whole.trace, self.trace);
        let share = contained.then(|| rest(&whole.computed, &self.computed)).flatten();
        let quotient = match share.map(|rest| self.computed.share(&rest)) {
            Some(Ok(share)) => share,
            _ => self.computed.div(&whole.computed)?,
        };
        let trace = self.trace_with(run, whole, |t| {
            let quotient = t.quotient(self.trace, whole.trace);
            t.scale(quotient, Decimal::ONE_HUNDRED)
        });
        Ok(Self {
            computed: quotient.scale(Decimal::ONE_HUNDRED)?,
            unit: FigureUnit::Percent,
            trace,
            gap: self.gap.or(whole.gap),
        })
    }

    /// A share, in percent, of an amount.
    pub(crate) fn share_of(&self, run: &Run, amount: &Self) -> Result<Self, Problem> {
        if !matches!(self.unit, FigureUnit::Percent | FigureUnit::None) {
            let unit = run.unit_words(self.unit);
            return Err(Problem::new(format!("the share is {unit}: expected a percent")));
        }
        let percent = Decimal::new(1, 2);
        let computed = self.computed.mul(&amount.computed)?.scale(percent)?;
        let trace = self.trace_with(run, amount, |t| {
            let product = t.product(self.trace, amount.trace);
            t.scale(product, percent)
        });
        Ok(Self { computed, unit: amount.unit, trace, gap: self.gap.or(amount.gap) })
    }

    fn trace_with(&self, run: &Run, other: &Self, made: impl FnOnce(&mut Traces) -> TraceId) -> TraceId {
        if self.is_constant() && other.is_constant() { TraceId::CONSTANT } else { run.traces(made) }
    }
}

/// The whole without one of its addends: each end less the end that the addend gave to the sum. Where both are open, whether
/// the rest is open cannot be told any more; closed is the wider answer, and so the one that never disagrees falsely.
fn rest(whole: &Computed, part: &Computed) -> Option<Computed> {
    // Through intervals of one point, because their difference is rounded outward where it cannot be held.
    let between = |whole: Bound, part: Bound| Interval::exact(whole.value).sub(&Interval::exact(part.value)).ok();
    let closed = |whole: Bound, part: Bound| whole.closed || !part.closed;
    let (whole_ends, part_ends) = (whole.interval, part.interval);
    let lower = between(whole_ends.lower(), part_ends.lower())?.lower().value;
    let upper = between(whole_ends.upper(), part_ends.upper())?.upper().value;
    let interval = Interval::new(
        Bound { value: lower, closed: closed(whole_ends.lower(), part_ends.lower()) },
        Bound { value: upper, closed: closed(whole_ends.upper(), part_ends.upper()) },
    )?;
    Some(Computed { value: whole.sub(part).ok()?.value, interval })
}

fn product_unit(run: &Run, a: FigureUnit, b: FigureUnit) -> Result<FigureUnit, Problem> {
    match (a, b) {
        (unit, FigureUnit::None) | (FigureUnit::None, unit) => Ok(unit),
        (FigureUnit::Percent, FigureUnit::Named(_)) | (FigureUnit::Named(_), FigureUnit::Percent) => Err(Problem::new(
            format!("{} is multiplied by {}: write `share_of(share, amount)`", run.unit_words(a), run.unit_words(b)),
        )),
        _ => {
            let (a, b) = (run.unit_words(a), run.unit_words(b));
            Err(Problem::new(format!("{a} is multiplied by {b}: the product has no unit that is declared")))
        }
    }
}

/// The unit of two figures that meet: an error when both are declared and differ.
pub(crate) fn common_unit(run: &Run, a: &Figure, b: &Figure, done: &str) -> Result<FigureUnit, Problem> {
    match (a.unit, b.unit) {
        (unit, FigureUnit::None) | (FigureUnit::None, unit) => Ok(unit),
        (a, b) if a == b => Ok(a),
        (a, b) => {
            let (a, b) = (run.unit_words(a), run.unit_words(b));
            Err(Problem::new(format!("{a} and {b} cannot be {done}")))
        }
    }
}
