//! Decimal arithmetic that says which way it rounded.
//!
//! Why it exists: `rust_decimal` rounds to the nearest of its 96-bit values and does not tell. The ends of an interval
//! must be exact where a `Decimal` can hold them, and otherwise go *outward*, so that no comparison ever disagrees over
//! a digit that was merely cut. It must not know intervals, figures or how they are written.

use super::wide::Wide;
use rust_decimal::Decimal;
use std::fmt;

/// Why an operation has no result: its answer is "not applicable", never a default.
///
/// ```
/// use crossfoot::figure::{Decimal, Inapplicable, Interval};
/// let one = Interval::exact(Decimal::ONE);
/// let zero = Interval::exact(Decimal::ZERO);
/// assert_eq!(one.div(&zero), Err(Inapplicable::DividesByZero));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Inapplicable {
    /// The result lies beyond what a [`Decimal`] can hold (about 7.9 times 10^28).
    Overflow,
    /// The divisor is zero, or its interval contains or touches zero.
    DividesByZero,
}

impl fmt::Display for Inapplicable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Overflow => "the result is too large to be held exactly",
            Self::DividesByZero => "the divisor may be zero",
        })
    }
}

impl std::error::Error for Inapplicable {}

/// Where a result goes that no `Decimal` can hold exactly.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Toward {
    /// The greatest decimal below: for a lower end.
    Down,
    /// The least decimal above: for an upper end.
    Up,
    /// The nearest decimal, a half away from zero: for a value that is shown.
    Nearest,
}

/// The outcome of every operation here.
pub(super) type Exact<T = Decimal> = Result<T, Inapplicable>;

/// The most decimal places a `Decimal` holds.
pub(super) const MAX_SCALE: u32 = Decimal::MAX_SCALE;
/// The greatest mantissa a `Decimal` holds.
const MAX_MANTISSA: u128 = (1 << 96) - 1;

const POWERS: [u128; 39] = {
    let mut powers = [1; 39];
    let mut n = 1;
    while n < 39 {
        powers[n] = powers[n - 1] * 10;
        n += 1;
    }
    powers
};

/// Ten to the `n`, `None` above 10^38.
pub(super) fn power(n: u32) -> Option<u128> {
    POWERS.get(n as usize).copied()
}

/// Ten to the `n` as a signed factor, `None` above 10^38.
pub(super) fn factor(n: u32) -> Option<i128> {
    power(n).and_then(|power| i128::try_from(power).ok())
}

/// `a + b`.
pub(super) fn add(a: Decimal, b: Decimal, toward: Toward) -> Exact {
    let scale = a.scale().max(b.scale());
    let narrow = || raised(a, scale)?.checked_add(raised(b, scale)?);
    match narrow() {
        Some(sum) => fit(sum, scale, toward),
        None => add_wide(a, b, scale, toward),
    }
}

/// `a - b`.
pub(super) fn sub(a: Decimal, b: Decimal, toward: Toward) -> Exact {
    add(a, neg(b), toward)
}

/// `-a`, never a negative zero.
pub(super) fn neg(a: Decimal) -> Decimal {
    if a.is_zero() { a.abs() } else { -a }
}

/// `a * b`.
pub(super) fn mul(a: Decimal, b: Decimal, toward: Toward) -> Exact {
    let scale = a.scale() + b.scale();
    if let Some(product) = a.mantissa().checked_mul(b.mantissa()) {
        return fit(product, scale, toward);
    }
    let negative = a.is_sign_negative() != b.is_sign_negative();
    let product = Wide::product(a.mantissa().unsigned_abs(), b.mantissa().unsigned_abs());
    fit_wide(negative, product, scale, toward)
}

/// `a / b`, by long division; `DividesByZero` where `b` is zero.
pub(super) fn div(a: Decimal, b: Decimal, toward: Toward) -> Exact {
    if b.is_zero() {
        return Err(Inapplicable::DividesByZero);
    }
    let divisor = b.mantissa().unsigned_abs();
    let negative = a.is_sign_negative() != b.is_sign_negative();
    let mut quotient = Quotient::new(a, b, divisor);
    quotient.lengthen(divisor);
    let away = match toward {
        Toward::Nearest => quotient.remainder * 2 >= divisor,
        _ => quotient.remainder != 0 && is_away(negative, toward),
    };
    let (magnitude, scale) = quotient.settle()?;
    build(negative, magnitude, scale, away)
}

/// Whether `value` is a whole number of `unit`s; never so for a unit of zero.
pub(super) fn is_multiple(value: Decimal, unit: Decimal) -> bool {
    let (number, step) = (value.mantissa().unsigned_abs(), unit.mantissa().unsigned_abs());
    if step == 0 || number == 0 {
        return step != 0;
    }
    if let Some(finer) = value.scale().checked_sub(unit.scale()) {
        // A step too large for a u128 is larger than any mantissa.
        let raised = power(finer).and_then(|power| step.checked_mul(power));
        return raised.is_some_and(|raised| number.is_multiple_of(raised));
    }
    // Digit by digit, so that the dividend never outgrows a u128: a remainder is below 2^96.
    let places = unit.scale() - value.scale();
    (0..places).fold(number % step, |rest, _| rest * 10 % step) == 0
}

/// `mantissa / 10^scale` as a decimal.
pub(super) fn fit(mantissa: i128, scale: u32, toward: Toward) -> Exact {
    let magnitude = mantissa.unsigned_abs();
    if magnitude <= MAX_MANTISSA && scale <= MAX_SCALE {
        return make(mantissa < 0, magnitude, scale);
    }
    fit_wide(mantissa < 0, Wide::new(magnitude), scale, toward)
}

/// The mantissa of `value` at a scale no smaller than its own.
pub(super) fn raised(value: Decimal, scale: u32) -> Option<i128> {
    match scale.checked_sub(value.scale())? {
        0 => Some(value.mantissa()),
        places => value.mantissa().checked_mul(factor(places)?),
    }
}

fn add_wide(a: Decimal, b: Decimal, scale: u32, toward: Toward) -> Exact {
    let wide = |d: Decimal| {
        let raise = power(scale - d.scale()).ok_or(Inapplicable::Overflow)?;
        Ok(Wide::product(d.mantissa().unsigned_abs(), raise))
    };
    let (x, y) = (wide(a)?, wide(b)?);
    let (a_negative, b_negative) = (a.is_sign_negative(), b.is_sign_negative());
    if a_negative == b_negative {
        let sum = x.plus(y).ok_or(Inapplicable::Overflow)?;
        return fit_wide(a_negative, sum, scale, toward);
    }
    match x.minus(y) {
        Some(rest) => fit_wide(a_negative, rest, scale, toward),
        None => fit_wide(b_negative, y.minus(x).ok_or(Inapplicable::Overflow)?, scale, toward),
    }
}

/// Drops digits until a `Decimal` can hold the rest, then rounds what was dropped.
fn fit_wide(negative: bool, mut magnitude: Wide, mut scale: u32, toward: Toward) -> Exact {
    let (mut last, mut inexact) = (0, false);
    let narrow = loop {
        match magnitude.narrow() {
            Some(narrow) if narrow <= MAX_MANTISSA && scale <= MAX_SCALE => break narrow,
            _ => {}
        }
        scale = scale.checked_sub(1).ok_or(Inapplicable::Overflow)?;
        (magnitude, last) = magnitude.tenth();
        inexact |= last != 0;
    };
    let away = match toward {
        Toward::Nearest => last >= 5,
        _ => inexact && is_away(negative, toward),
    };
    build(negative, narrow, scale, away)
}

/// Whether going `toward` means going away from zero.
fn is_away(negative: bool, toward: Toward) -> bool {
    match toward {
        Toward::Down => negative,
        Toward::Up => !negative,
        Toward::Nearest => false,
    }
}

fn build(negative: bool, magnitude: u128, scale: u32, away: bool) -> Exact {
    if !away {
        return make(negative, magnitude, scale);
    }
    if magnitude < MAX_MANTISSA {
        return make(negative, magnitude + 1, scale);
    }
    // One more no longer fits: give up a digit, still away from zero.
    let scale = scale.checked_sub(1).ok_or(Inapplicable::Overflow)?;
    make(negative, magnitude / 10 + 1, scale)
}

#[allow(clippy::cast_possible_truncation)] // three 32-bit limbs of a 96-bit number
fn make(negative: bool, magnitude: u128, scale: u32) -> Exact {
    if magnitude > MAX_MANTISSA || scale > MAX_SCALE {
        return Err(Inapplicable::Overflow);
    }
    let limbs = [magnitude as u32, (magnitude >> 32) as u32, (magnitude >> 64) as u32];
    Ok(Decimal::from_parts(limbs[0], limbs[1], limbs[2], negative && magnitude != 0, scale))
}

/// A long division under way: `magnitude / 10^scale`, and what is still to be divided.
struct Quotient {
    magnitude: u128,
    remainder: u128,
    /// Negative while the divisor has more places than the dividend.
    scale: i64,
}

impl Quotient {
    fn new(a: Decimal, b: Decimal, divisor: u128) -> Self {
        let dividend = a.mantissa().unsigned_abs();
        let scale = i64::from(a.scale()) - i64::from(b.scale());
        Self { magnitude: dividend / divisor, remainder: dividend % divisor, scale }
    }

    /// Adds digits until nothing remains or a `Decimal` is full.
    fn lengthen(&mut self, divisor: u128) {
        // Few places first: most quotients that end, end early. Then in leaps, as far as a remainder below 2^96 can be
        // raised within a u128, and the last places one at a time.
        if self.remainder != 0 {
            self.step(divisor, 4);
        }
        for digits in [9, 3, 1] {
            while self.remainder != 0 && self.step(divisor, digits) {}
        }
        self.strip();
    }

    /// Adds so many digits, or says that they do not fit.
    fn step(&mut self, divisor: u128, digits: u8) -> bool {
        let grown = || {
            let power = power(u32::from(digits))?;
            let dividend = self.remainder.checked_mul(power)?;
            let magnitude = self.magnitude.checked_mul(power)?.checked_add(dividend / divisor)?;
            Some((magnitude, dividend % divisor, self.scale + i64::from(digits)))
        };
        match grown() {
            Some((magnitude, remainder, scale)) if magnitude <= MAX_MANTISSA && scale <= i64::from(MAX_SCALE) => {
                *self = Self { magnitude, remainder, scale };
                true
            }
            _ => false,
        }
    }

    /// Takes off the zeros that dividing in leaps leaves at the end of a quotient that came out even.
    fn strip(&mut self) {
        while self.remainder == 0 && self.scale > 0 && self.magnitude != 0 && self.magnitude.is_multiple_of(10) {
            self.magnitude /= 10;
            self.scale -= 1;
        }
    }

    /// The quotient at a scale a `Decimal` has.
    fn settle(self) -> Exact<(u128, u32)> {
        let Ok(scale) = u32::try_from(self.scale) else {
            // Places are still missing; with a remainder left the quotient is too large for any decimal.
            let missing = u32::try_from(self.scale.unsigned_abs()).map_err(|_| Inapplicable::Overflow)?;
            let magnitude = power(missing).and_then(|power| self.magnitude.checked_mul(power));
            let fits = magnitude.filter(|&magnitude| self.remainder == 0 && magnitude <= MAX_MANTISSA);
            return fits.map(|magnitude| (magnitude, 0)).ok_or(Inapplicable::Overflow);
        };
        Ok((self.magnitude, scale))
    }
}
