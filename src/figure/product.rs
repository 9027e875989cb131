//! Products, quotients and shares of intervals.
//!
//! Why it exists: these three take their ends from the corners of a box, where openness needs more care than in a sum.
//! It must not know figures, nor where the two intervals came from: whether a part belongs to its whole is the
//! caller's to see.

use super::exact::{self, Exact, Inapplicable, Toward};
use super::interval::{Bound, Interval};
use rust_decimal::Decimal;

impl Interval {
    /// Every product of a value here and an independent value there.
    ///
    /// # Errors
    /// [`Inapplicable::Overflow`].
    ///
    /// ```
    /// use crossfoot::figure::{Decimal, Interval, Mode};
    /// let staff = Interval::exact(4.into());
    /// let cost = Interval::stated(25.into(), Decimal::ONE, Mode::Nearest)?;
    /// assert_eq!(staff.mul(&cost)?.to_string(), "[98, 102]");
    /// # Ok::<(), crossfoot::figure::Inapplicable>(())
    /// ```
    pub fn mul(&self, other: &Self) -> Result<Self, Inapplicable> {
        if is_positive(self) && is_positive(other) {
            return rising([(self.lower(), other.lower()), (self.upper(), other.upper())], exact::mul);
        }
        hull(self, other, exact::mul)
    }

    /// Every quotient of a value here by an independent value there.
    ///
    /// # Errors
    /// [`Inapplicable::DividesByZero`] where the divisor contains zero or ends there: with an open end at zero the
    /// quotient has no end at all. [`Inapplicable::Overflow`].
    ///
    /// ```
    /// use crossfoot::figure::{Decimal, Interval, Mode};
    /// let cost = Interval::stated(100.into(), Decimal::ONE, Mode::Exact)?;
    /// let days = Interval::stated(5.into(), Decimal::TWO, Mode::Nearest)?;
    /// assert_eq!(cost.div(&days)?.lower().value.round_dp(2).to_string(), "16.67");
    /// # Ok::<(), crossfoot::figure::Inapplicable>(())
    /// ```
    pub fn div(&self, other: &Self) -> Result<Self, Inapplicable> {
        if other.touches_zero() {
            return Err(Inapplicable::DividesByZero);
        }
        if is_positive(self) && is_positive(other) {
            return rising([(self.lower(), other.upper()), (self.upper(), other.lower())], exact::div);
        }
        hull(self, other, exact::div)
    }

    /// The share `part / (part + rest)` of a whole that contains the part.
    ///
    /// The part occurs twice, so treating it and the whole as independent would widen the interval and hide mistakes.
    /// The share moves in one direction with the part and in one direction with the rest wherever the whole is not
    /// zero, so its ends lie at corners of the box. Where neither is negative these are
    /// `part.lower / (part.lower + rest.upper)` and `part.upper / (part.upper + rest.lower)`; where one has another
    /// sign, or spans zero (a part stated as 0), all four corners are weighed. The only condition is on the whole.
    ///
    /// # Errors
    /// [`Inapplicable::DividesByZero`] where `part + rest` contains zero or ends there. [`Inapplicable::Overflow`].
    ///
    /// ```
    /// use crossfoot::figure::{Decimal, Interval, Mode};
    /// let part = Interval::stated(1.into(), Decimal::ONE, Mode::Nearest)?;
    /// let rest = Interval::stated(1.into(), Decimal::ONE, Mode::Nearest)?;
    /// assert_eq!(part.share(&rest)?.to_string(), "[0.25, 0.75]");
    /// # Ok::<(), crossfoot::figure::Inapplicable>(())
    /// ```
    pub fn share(&self, rest: &Self) -> Result<Self, Inapplicable> {
        if self.add(rest)?.touches_zero() {
            return Err(Inapplicable::DividesByZero);
        }
        if is_positive(self) && is_positive(rest) {
            return rising([(self.lower(), rest.upper()), (self.upper(), rest.lower())], share_of);
        }
        hull(self, rest, share_of)
    }

    /// Whether zero lies inside or at an end, open or closed.
    fn touches_zero(&self) -> bool {
        self.lower().value <= Decimal::ZERO && self.upper().value >= Decimal::ZERO
    }
}

/// `part / (part + rest)` for two values, on the asked side of the true share even where the whole is itself cut.
fn share_of(part: Decimal, rest: Decimal, toward: Toward) -> Exact {
    let least = exact::add(part, rest, Toward::Down)?;
    let greatest = exact::add(part, rest, Toward::Up)?;
    let share = exact::div(part, least, toward)?;
    if least == greatest {
        return Ok(share);
    }
    let other = exact::div(part, greatest, toward)?;
    Ok(if toward == Toward::Down { share.min(other) } else { share.max(other) })
}

fn is_positive(interval: &Interval) -> bool {
    interval.lower().value >= Decimal::ZERO
}

/// Where the corners of the least and the greatest value are known beforehand: nearly every figure of a plan.
fn rising([low, high]: [(Bound, Bound); 2], f: impl Fn(Decimal, Decimal, Toward) -> Exact) -> Exact<Interval> {
    let lower = corner(low.0, low.1, Toward::Down, &f)?;
    let upper = corner(high.0, high.1, Toward::Up, &f)?;
    Interval::new(lower, upper).ok_or(Inapplicable::Overflow)
}

/// The least and the greatest of the four corners.
fn hull(a: &Interval, b: &Interval, f: impl Fn(Decimal, Decimal, Toward) -> Exact) -> Exact<Interval> {
    let corners = [(a.lower(), b.lower()), (a.lower(), b.upper()), (a.upper(), b.lower()), (a.upper(), b.upper())];
    let extreme = |toward| {
        let mut best: Option<Bound> = None;
        for (x, y) in corners {
            let next = corner(x, y, toward, &f)?;
            best = Some(best.map_or(next, |best| outermost(best, next, toward)));
        }
        best.ok_or(Inapplicable::Overflow)
    };
    Interval::new(extreme(Toward::Down)?, extreme(Toward::Up)?).ok_or(Inapplicable::Overflow)
}

/// The value at one corner. It is attained where both ends are, and also where one end is an attained zero: a zero
/// part makes the product, quotient or share the same whatever the other value.
fn corner(x: Bound, y: Bound, toward: Toward, f: &impl Fn(Decimal, Decimal, Toward) -> Exact) -> Exact<Bound> {
    let zero = |end: Bound| end.closed && end.value.is_zero();
    let closed = (x.closed && y.closed) || zero(x) || zero(y);
    Ok(Bound { value: f(x.value, y.value, toward)?, closed })
}

/// Of two lower ends the lesser, of two upper ends the greater; on a tie, closed if either is.
fn outermost(a: Bound, b: Bound, toward: Toward) -> Bound {
    if a.value == b.value {
        return Bound { value: a.value, closed: a.closed || b.closed };
    }
    if (a.value < b.value) == (toward == Toward::Down) { a } else { b }
}
