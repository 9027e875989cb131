//! What one part of a figure would have to change by for the figure to come out otherwise.
//!
//! Why it exists: two figures that one and the same change of one part would set right are two witnesses against that part.
//! It solves for one cell at a time and judges nothing; it must not know what is stated, nor where.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::trace::{Cell, Shape, TraceId, Traces};

/// By how much a part would have to change: from the least to the most, without an end where everything beyond would do.
///
/// ```
/// use crossfoot::figure::{Change, Decimal};
///
/// let change = |least: i64, most: i64| Change { least: Some(least.into()), most: Some(most.into()) };
/// assert!(change(-12, -8).meets(&change(-9, -3)));
/// assert!(!change(-12, -8).meets(&change(8, 12)));
/// assert!(change(-12, -8).meets(&Change { least: None, most: Some((-11).into()) }));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The least, where there is one.
    pub least: Option<Decimal>,
    /// The most, where there is one.
    pub most: Option<Decimal>,
}

impl Change {
    /// Whether one change is in both.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        let below = |least: Option<Decimal>, most: Option<Decimal>| match (least, most) {
            (Some(least), Some(most)) => least <= most,
            _ => true,
        };
        below(self.least, other.most) && below(other.least, self.most)
    }

    /// Only those changes for which `slope * change >= bound`; `None` where there is none.
    fn at_least(mut self, slope: Decimal, bound: Decimal) -> Option<Self> {
        if slope.is_zero() {
            return (bound <= Decimal::ZERO).then_some(self);
        }
        let end = bound.checked_div(slope)?;
        if slope > Decimal::ZERO {
            self.least = Some(self.least.map_or(end, |least| least.max(end)));
        } else {
            self.most = Some(self.most.map_or(end, |most| most.min(end)));
        }
        match (self.least, self.most) {
            (Some(least), Some(most)) if least > most => None,
            _ => Some(self),
        }
    }
}

/// A sum: what it comes to, and what each of its cells is multiplied by.
struct Linear {
    value: Decimal,
    factors: HashMap<Cell, Decimal>,
}

impl Linear {
    fn of(traces: &Traces, id: TraceId, value_of: &impl Fn(Cell) -> Decimal) -> Option<Self> {
        let mut sum = Self { value: Decimal::ZERO, factors: HashMap::new() };
        for traced in traces.cells(id) {
            let factor = traced.factor?;
            sum.value = sum.value.checked_add(value_of(traced.cell).checked_mul(factor)?)?;
            let all = sum.factors.entry(traced.cell).or_default();
            *all = all.checked_add(factor)?;
        }
        Some(sum)
    }

    fn factor(&self, cell: Cell) -> Decimal {
        self.factors.get(&cell).copied().unwrap_or_default()
    }
}

/// How a figure comes about.
enum Made {
    Sum(Linear),
    Product(Decimal, Linear, Linear),
    Quotient(Decimal, Linear, Linear),
}

impl Made {
    fn of(traces: &Traces, id: TraceId, value_of: &impl Fn(Cell) -> Decimal) -> Option<Self> {
        let linear = |id| Linear::of(traces, id, value_of);
        Some(match traces.shape(id) {
            None => Self::Sum(linear(id)?),
            Some((by, Shape::Product(a, b))) => Self::Product(by, linear(a)?, linear(b)?),
            Some((by, Shape::Quotient(a, b))) => Self::Quotient(by, linear(a)?, linear(b)?),
        })
    }

    fn value(&self) -> Option<Decimal> {
        match self {
            Self::Sum(sum) => Some(sum.value),
            Self::Product(by, a, b) => by.checked_mul(a.value)?.checked_mul(b.value),
            Self::Quotient(by, a, b) => by.checked_mul(a.value)?.checked_div(b.value),
        }
    }

    /// The changes of a cell with which the figure lies between two.
    fn change(&self, cell: Cell, low: Decimal, high: Decimal) -> Option<Change> {
        let between = |slope: Decimal, now: Decimal| {
            let change = Change::default().at_least(slope, low.checked_sub(now)?)?;
            change.at_least(-slope, now.checked_sub(high)?)
        };
        match self {
            Self::Sum(sum) => between(sum.factor(cell), sum.value),
            Self::Product(by, a, b) => {
                let (of_a, of_b) = (a.factor(cell), b.factor(cell));
                // A cell that is multiplied by itself has two answers, and no verb computes so.
                if !of_a.is_zero() && !of_b.is_zero() {
                    return None;
                }
                let slope = of_a.checked_mul(b.value)?.checked_add(of_b.checked_mul(a.value)?)?.checked_mul(*by)?;
                between(slope, self.value()?)
            }
            Self::Quotient(by, a, b) => {
                let sign = if b.value < Decimal::ZERO { Decimal::NEGATIVE_ONE } else { Decimal::ONE };
                let (part, of_part) = (a.value.checked_mul(*by)? * sign, a.factor(cell).checked_mul(*by)? * sign);
                let (whole, of_whole) = (b.value * sign, b.factor(cell) * sign);
                // `part >= low * whole` and `part <= high * whole`, where the whole stays on its side of zero.
                let beyond = |end: Decimal| {
                    let slope = of_part.checked_sub(end.checked_mul(of_whole)?)?;
                    Some((slope, end.checked_mul(whole)?.checked_sub(part)?))
                };
                let ((rises, from), (falls, to)) = (beyond(low)?, beyond(high)?);
                Change::default().at_least(rises, from)?.at_least(-falls, -to)?.at_least(of_whole, -whole)
            }
        }
    }
}

impl Traces {
    /// By how much each cell that a figure was made of would have to change, alone, for the figure to lie between two. A cell
    /// that no change of which would do is left out; so are all where it is not known how the figure comes about.
    ///
    /// ```
    /// use crossfoot::figure::{Cell, Decimal, Traces};
    ///
    /// // 30 of 30 + 50 is 37.5 percent. It would be 23 to 24 percent if the first were some 15 less, or the second some 45 more.
    /// let (first, second) = (Cell { plan: 0, node: 1 }, Cell { plan: 0, node: 2 });
    /// let mut traces = Traces::default();
    /// let part = traces.cell(first);
    /// let rest = traces.cell(second);
    /// let whole = traces.add(part, rest);
    /// let quotient = traces.quotient(part, whole);
    /// let share = traces.scale(quotient, Decimal::ONE_HUNDRED);
    /// let value_of = |cell| if cell == first { 30.into() } else { 50.into() };
    /// let changes = traces.changes(share, value_of, Decimal::new(375, 1), 23.into(), 24.into());
    /// let whole = |cell| {
    ///     let change = &changes[&cell];
    ///     (change.least.unwrap().round().to_string(), change.most.unwrap().round().to_string())
    /// };
    /// assert_eq!(whole(first), ("-15".to_owned(), "-14".to_owned()));
    /// assert_eq!(whole(second), ("45".to_owned(), "50".to_owned()));
    /// ```
    #[must_use]
    pub fn changes(
        &self,
        id: TraceId,
        value_of: impl Fn(Cell) -> Decimal,
        computed: Decimal,
        low: Decimal,
        high: Decimal,
    ) -> HashMap<Cell, Change> {
        let Some(made) = Made::of(self, id, &value_of) else { return HashMap::new() };
        // Constants leave no trace: where it comes to something else, one was in it, and nothing can be solved.
        if made.value().is_none_or(|value| !is_same(value, computed)) {
            return HashMap::new();
        }
        let cells = self.cells(id).into_iter().map(|traced| traced.cell);
        cells.filter_map(|cell| Some((cell, made.change(cell, low, high)?))).collect()
    }
}

/// Whether two values are one but for the last digits of a quotient.
fn is_same(a: Decimal, b: Decimal) -> bool {
    let most = Decimal::new(1, 12).checked_mul(b.abs().max(Decimal::ONE));
    a.checked_sub(b).zip(most).is_some_and(|(off, most)| off.abs() <= most)
}
