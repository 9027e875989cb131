//! The sum of many figures, in one pass and without loss.
//!
//! Why it exists: sums over all cells of a plan are the hot path. Values and ends are kept as whole numbers at one
//! common scale as long as they fit an `i128`; after that, as decimals that round outward. It must not know what is
//! summed, nor what the sum is held against.

use super::computed::Computed;
use super::exact::{self, Exact, Inapplicable, Toward};
use super::interval::{Bound, Interval};
use super::rounding::{ExcessDigits, Mode, Rounding, Stated};
use super::written::Written;

/// A running sum. Of no figures at all it is exactly zero.
///
/// ```
/// use crossfoot::figure::{Decimal, Rounding, Sum, Written};
/// let mut sum = Sum::new();
/// for share in ["33", "33", "33"] {
///     sum.push_written(Written::parse(share).unwrap(), &Rounding::default()).unwrap();
/// }
/// let computed = sum.finish().unwrap();
/// assert_eq!(computed.value, Decimal::from(99));
/// assert_eq!(computed.interval.to_string(), "[97.5, 100.5]");
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Sum(State);

#[derive(Clone, Copy, Debug)]
enum State {
    Whole(Whole),
    Decimal(Computed),
    Failed(Inapplicable),
}

impl Default for State {
    fn default() -> Self {
        Self::Whole(Whole { scale: 0, places: 0, value: 0, lower: 0, upper: 0, closed: (true, true) })
    }
}

/// A figure as whole numbers: each stands for itself divided by 10^`scale`.
#[derive(Clone, Copy, Debug)]
struct Whole {
    scale: u32,
    /// The most decimal places among the values, so that the sum is shown with no more.
    places: u32,
    value: i128,
    lower: i128,
    upper: i128,
    /// Whether the lower and the upper end belong to the interval.
    closed: (bool, bool),
}

impl Sum {
    /// The sum of nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a stated figure.
    pub fn push(&mut self, stated: &Stated) {
        self.push_computed(&stated.into());
    }

    /// Adds a figure that was itself worked out.
    pub fn push_computed(&mut self, addend: &Computed) {
        self.take(Whole::of(addend), || Ok(*addend));
    }

    /// Adds a figure as written; the quickest way for many cells under one rounding.
    ///
    /// # Errors
    /// [`ExcessDigits`] where the figure is no multiple of the declared unit; it is then not added.
    pub fn push_written(&mut self, written: Written, rounding: &Rounding) -> Result<(), ExcessDigits> {
        if rounding.unit().is_some() {
            self.push(&written.stated(rounding)?);
            return Ok(());
        }
        self.take(Whole::of_written(written, rounding.mode()), || {
            written.stated(rounding).map(Computed::from).map_err(|_| Inapplicable::Overflow)
        });
        Ok(())
    }

    /// The sum: the same as adding the figures one by one with [`Computed::add`], and closer where that would round.
    ///
    /// # Errors
    /// [`Inapplicable::Overflow`] where the sum grew too large on the way.
    pub fn finish(&self) -> Result<Computed, Inapplicable> {
        match self.0 {
            State::Whole(whole) => whole.computed(),
            State::Decimal(computed) => Ok(computed),
            State::Failed(why) => Err(why),
        }
    }

    fn take(&mut self, whole: Option<Whole>, addend: impl FnOnce() -> Exact<Computed>) {
        if let (State::Whole(sum), Some(whole)) = (&self.0, whole)
            && let Some(sum) = sum.plus(&whole)
        {
            self.0 = State::Whole(sum);
            return;
        }
        let sum = self.finish().and_then(|sum| sum.add(&addend()?));
        self.0 = sum.map_or_else(State::Failed, State::Decimal);
    }
}

impl Whole {
    fn of(computed: &Computed) -> Option<Self> {
        let (lower, upper) = (computed.interval.lower(), computed.interval.upper());
        let places = computed.value.scale();
        let scale = places.max(lower.value.scale()).max(upper.value.scale());
        Some(Self {
            scale,
            places,
            value: exact::raised(computed.value, scale)?,
            lower: exact::raised(lower.value, scale)?,
            upper: exact::raised(upper.value, scale)?,
            closed: (lower.closed, upper.closed),
        })
    }

    /// The same as `of(written.stated(mode))`, without the decimals on the way: one place more than was written holds
    /// the half of a unit.
    fn of_written(written: Written, mode: Mode) -> Option<Self> {
        let places = written.value().scale();
        let scale = places.checked_add(1)?;
        let value = written.value().mantissa().checked_mul(10)?;
        let unit = exact::factor(u32::try_from(written.place()).unwrap_or(0))?.checked_mul(10)?;
        let (below, above, closed) = match mode {
            Mode::Exact => (0, 0, (true, true)),
            Mode::Nearest => (unit / 2, unit / 2, (true, true)),
            Mode::Truncate if value > 0 => (0, unit, (true, false)),
            Mode::Truncate if value < 0 => (unit, 0, (false, true)),
            Mode::Truncate => (unit, unit, (false, false)),
        };
        let (lower, upper) = (value.checked_sub(below)?, value.checked_add(above)?);
        Some(Self { scale, places, value, lower, upper, closed })
    }

    fn plus(&self, other: &Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let (a, b) = (self.at(scale)?, other.at(scale)?);
        Some(Self {
            scale,
            places: a.places.max(b.places),
            value: a.value.checked_add(b.value)?,
            lower: a.lower.checked_add(b.lower)?,
            upper: a.upper.checked_add(b.upper)?,
            closed: (a.closed.0 && b.closed.0, a.closed.1 && b.closed.1),
        })
    }

    fn at(&self, scale: u32) -> Option<Self> {
        if scale == self.scale {
            return Some(*self);
        }
        let factor = exact::factor(scale.checked_sub(self.scale)?)?;
        let times = |number: i128| number.checked_mul(factor);
        let (value, lower, upper) = (times(self.value)?, times(self.lower)?, times(self.upper)?);
        Some(Self { scale, value, lower, upper, ..*self })
    }

    fn computed(&self) -> Exact<Computed> {
        // The value has `places` places; the digits below them are zeros.
        let spare = exact::factor(self.scale.saturating_sub(self.places)).ok_or(Inapplicable::Overflow)?;
        let value = exact::fit(self.value / spare, self.places.min(self.scale), Toward::Nearest)?;
        let end = |number, closed, toward| Ok(Bound { value: exact::fit(number, self.scale, toward)?, closed });
        let lower = end(self.lower, self.closed.0, Toward::Down)?;
        let upper = end(self.upper, self.closed.1, Toward::Up)?;
        let interval = Interval::new(lower, upper).ok_or(Inapplicable::Overflow)?;
        Ok(Computed { value, interval })
    }
}
