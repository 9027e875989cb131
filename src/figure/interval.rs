//! Intervals of decimals with open and closed ends, and the arithmetic that keeps the true value inside.
//!
//! Why it exists: to compare rounded figures is to ask whether intervals meet. The idea is XBRL's *Calculations 1.1*
//! (2023); the openness of ends is taken further here: it is joined with *and*, and swaps under a negative factor.
//! Ends are exact where a `Decimal` holds them and go outward where not. It must not know figures, plans or verdicts.

use super::exact::{self, Exact, Inapplicable, Toward};
use super::rounding::Mode;
use rust_decimal::Decimal;
use std::fmt;

/// One end of an interval: a value, and whether the value itself belongs to the interval.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct Bound {
    /// Where the interval ends.
    pub value: Decimal,
    /// Whether it contains that value.
    pub closed: bool,
}

impl Bound {
    /// An end that belongs to the interval.
    #[must_use]
    pub const fn closed(value: Decimal) -> Self {
        Self { value, closed: true }
    }

    /// An end that does not.
    #[must_use]
    pub const fn open(value: Decimal) -> Self {
        Self { value, closed: false }
    }

    fn plus(self, other: Self, toward: Toward) -> Exact<Self> {
        let value = exact::add(self.value, other.value, toward)?;
        Ok(Self { value, closed: self.closed && other.closed })
    }

    fn neg(self) -> Self {
        Self { value: exact::neg(self.value), ..self }
    }
}

/// The values between two ends: never empty, so the lower end is not above the upper.
///
/// ```
/// use crossfoot::figure::{Bound, Decimal, Interval};
/// let interval = Interval::new(Bound::closed(Decimal::ONE), Bound::open(Decimal::TEN)).unwrap();
/// assert_eq!(interval.to_string(), "[1, 10)");
/// assert_eq!(interval.neg().to_string(), "(-10, -1]");
/// assert!(Interval::new(Bound::closed(Decimal::ONE), Bound::open(Decimal::ONE)).is_none());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct Interval {
    lower: Bound,
    upper: Bound,
}

impl Interval {
    /// The interval between two ends, `None` where nothing lies between them.
    #[must_use]
    pub fn new(lower: Bound, upper: Bound) -> Option<Self> {
        let point = lower.value == upper.value && lower.closed && upper.closed;
        (point || lower.value < upper.value).then_some(Self { lower, upper })
    }

    /// The interval that holds one value: an exact figure, or a constant written in a rule.
    #[must_use]
    pub const fn exact(value: Decimal) -> Self {
        Self { lower: Bound::closed(value), upper: Bound::closed(value) }
    }

    /// The true values that `value` may stand for, rounded to `unit` in that mode.
    ///
    /// A unit of zero or less stands for no rounding.
    ///
    /// # Errors
    /// [`Inapplicable::Overflow`] where an end lies beyond what a `Decimal` holds.
    ///
    /// ```
    /// use crossfoot::figure::{Decimal, Interval, Mode};
    /// let truncated = |value: i64| Interval::stated(value.into(), Decimal::ONE, Mode::Truncate).unwrap().to_string();
    /// assert_eq!(truncated(9), "[9, 10)");
    /// assert_eq!(truncated(-9), "(-10, -9]");
    /// assert_eq!(truncated(0), "(-1, 1)");
    /// ```
    pub fn stated(value: Decimal, unit: Decimal, mode: Mode) -> Result<Self, Inapplicable> {
        if mode == Mode::Exact || unit <= Decimal::ZERO {
            return Ok(Self::exact(value));
        }
        let half = Decimal::new(5, 1);
        let reach = match mode {
            Mode::Nearest => exact::mul(unit, half, Toward::Up)?,
            _ => unit,
        };
        let below = || exact::sub(value, reach, Toward::Down);
        let above = || exact::add(value, reach, Toward::Up);
        Ok(match mode {
            Mode::Truncate if value.is_zero() => Self { lower: Bound::open(below()?), upper: Bound::open(above()?) },
            Mode::Truncate if value > Decimal::ZERO => {
                Self { lower: Bound::closed(value), upper: Bound::open(above()?) }
            }
            Mode::Truncate => Self { lower: Bound::open(below()?), upper: Bound::closed(value) },
            _ => Self { lower: Bound::closed(below()?), upper: Bound::closed(above()?) },
        })
    }

    /// The lower end.
    #[must_use]
    pub const fn lower(&self) -> Bound {
        self.lower
    }

    /// The upper end.
    #[must_use]
    pub const fn upper(&self) -> Bound {
        self.upper
    }

    /// Every sum of a value here and a value there. An end is closed only if it is closed in both.
    ///
    /// # Errors
    /// [`Inapplicable::Overflow`].
    pub fn add(&self, other: &Self) -> Result<Self, Inapplicable> {
        let lower = self.lower.plus(other.lower, Toward::Down)?;
        let upper = self.upper.plus(other.upper, Toward::Up)?;
        Ok(Self { lower, upper })
    }

    /// Every difference of a value here and a value there.
    ///
    /// # Errors
    /// [`Inapplicable::Overflow`].
    pub fn sub(&self, other: &Self) -> Result<Self, Inapplicable> {
        self.add(&other.neg())
    }

    /// The values with their signs turned: the ends swap, and their openness with them.
    #[must_use]
    pub fn neg(&self) -> Self {
        Self { lower: self.upper.neg(), upper: self.lower.neg() }
    }

    /// The values times a constant. A negative one swaps the ends and their openness; zero gives exactly zero.
    ///
    /// # Errors
    /// [`Inapplicable::Overflow`].
    ///
    /// ```
    /// use crossfoot::figure::{Bound, Decimal, Interval};
    /// let hundreds = Interval::new(Bound::closed(100.into()), Bound::open(101.into())).unwrap();
    /// assert_eq!(hundreds.scale((-2).into()).unwrap().to_string(), "(-202, -200]");
    /// ```
    pub fn scale(&self, factor: Decimal) -> Result<Self, Inapplicable> {
        if factor.is_zero() {
            return Ok(Self::exact(Decimal::ZERO));
        }
        let (low, high) = if factor > Decimal::ZERO { (self.lower, self.upper) } else { (self.upper, self.lower) };
        let times = |end: Bound, toward| Ok(Bound { value: exact::mul(end.value, factor, toward)?, ..end });
        Ok(Self { lower: times(low, Toward::Down)?, upper: times(high, Toward::Up)? })
    }

    /// The values that lie in both, `None` where the two do not meet. On a tie of two ends, open if either is.
    ///
    /// ```
    /// use crossfoot::figure::{Bound, Interval};
    /// let nine = Interval::new(Bound::closed(9.into()), Bound::open(10.into())).unwrap();
    /// assert_eq!(nine.meet(&Interval::exact(10.into())), None);
    /// ```
    #[must_use]
    pub fn meet(&self, other: &Self) -> Option<Self> {
        let (lower, upper) = self.overlap(other);
        Self::new(lower, upper)
    }

    /// How far the intervals lie apart: `None` where they meet, 0 where they touch only at an open end.
    ///
    /// # Errors
    /// [`Inapplicable::Overflow`].
    ///
    /// ```
    /// use crossfoot::figure::{Decimal, Interval, Mode};
    /// let stated = Interval::stated(68.into(), Decimal::ONE, Mode::Nearest)?;
    /// let sum = Interval::stated(33.into(), Decimal::ONE, Mode::Nearest)?.scale(Decimal::TWO)?;
    /// assert_eq!(stated.gap(&sum)?, Some(Decimal::new(5, 1)));
    /// # Ok::<(), crossfoot::figure::Inapplicable>(())
    /// ```
    pub fn gap(&self, other: &Self) -> Result<Option<Decimal>, Inapplicable> {
        let (lower, upper) = self.overlap(other);
        if Self::new(lower, upper).is_some() {
            return Ok(None);
        }
        exact::sub(lower.value, upper.value, Toward::Down).map(Some)
    }

    /// Whether `value` lies inside.
    #[must_use]
    pub fn contains(&self, value: Decimal) -> bool {
        let above = self.lower.value < value || (self.lower.closed && self.lower.value == value);
        let below = value < self.upper.value || (self.upper.closed && self.upper.value == value);
        above && below
    }

    /// The distance between the ends.
    ///
    /// # Errors
    /// [`Inapplicable::Overflow`].
    pub fn width(&self) -> Result<Decimal, Inapplicable> {
        exact::sub(self.upper.value, self.lower.value, Toward::Up)
    }

    /// The greater of the lower ends and the lesser of the upper ends.
    fn overlap(&self, other: &Self) -> (Bound, Bound) {
        (innermost(self.lower, other.lower, true), innermost(self.upper, other.upper, false))
    }
}

/// Of two lower ends the greater, of two upper ends the lesser; on a tie, open if either is.
fn innermost(a: Bound, b: Bound, lower: bool) -> Bound {
    if a.value == b.value {
        return Bound { value: a.value, closed: a.closed && b.closed };
    }
    if (a.value > b.value) == lower { a } else { b }
}

impl fmt::Display for Interval {
    /// `[97.5, 100.5)`: a square bracket where the end belongs to the interval.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let open = if self.lower.closed { '[' } else { '(' };
        let close = if self.upper.closed { ']' } else { ')' };
        write!(f, "{open}{}, {}{close}", self.lower.value.normalize(), self.upper.value.normalize())
    }
}

/// A text that is no interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoInterval;

impl fmt::Display for NoInterval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is no interval: expected two ends such as `[97.5, 100.5)`")
    }
}

impl std::error::Error for NoInterval {}

impl std::str::FromStr for Interval {
    type Err = NoInterval;

    /// Reads what [`Display`](fmt::Display) writes.
    ///
    /// ```
    /// use crossfoot::figure::Interval;
    /// let interval: Interval = "[97.5, 100.5)".parse()?;
    /// assert_eq!(interval.to_string(), "[97.5, 100.5)");
    /// assert!("[2, 1]".parse::<Interval>().is_err());
    /// # Ok::<(), crossfoot::figure::NoInterval>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, NoInterval> {
        let open = text.strip_prefix('[').map(|rest| (true, rest)).or(text.strip_prefix('(').map(|rest| (false, rest)));
        let (lower_closed, rest) = open.ok_or(NoInterval)?;
        let close =
            rest.strip_suffix(']').map(|rest| (true, rest)).or(rest.strip_suffix(')').map(|rest| (false, rest)));
        let (upper_closed, ends) = close.ok_or(NoInterval)?;
        let (lower, upper) = ends.split_once(", ").ok_or(NoInterval)?;
        let bound = |text: &str, closed| Some(Bound { value: text.parse().ok()?, closed });
        let ends = bound(lower, lower_closed).zip(bound(upper, upper_closed));
        ends.and_then(|(lower, upper)| Self::new(lower, upper)).ok_or(NoInterval)
    }
}
