//! A number as it stands in the plan: its value, and the place of its last digit.
//!
//! Why it exists: how precisely a figure was stated is in its digits, and reading `62.550` through a binary float loses
//! both the digits and the value. It must not know TOML beyond the number token, nor rounding modes, nor intervals.

use super::exact;
use rust_decimal::Decimal;
use std::fmt;

/// How many significant digits a figure may have; any such number fits a [`Decimal`] at any of its scales.
const DIGITS: usize = 28;
/// The furthest place, left or right of the point, at which a digit may stand.
const PLACES: u8 = 28;

/// A number as written: its exact value and one in its last written digit. Small, `Copy`.
///
/// ```
/// use crossfoot::figure::Written;
/// let share = Written::parse("62.550")?;
/// assert_eq!(share.value().to_string(), "62.550");
/// assert_eq!(share.unit().to_string(), "0.001");
/// assert!(!share.integer());
/// assert_eq!(Written::parse("1.50e3")?.unit().to_string(), "10");
/// # Ok::<(), crossfoot::figure::NumberFault>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Written {
    value: Decimal,
    /// The last written digit stands for ten to this power, -28 to 28.
    place: i8,
    integer: bool,
}

/// Why a token is no figure: a finding, never a default.
///
/// ```
/// use crossfoot::figure::{NumberFault, Written};
/// assert_eq!(Written::parse("nan"), Err(NumberFault::NotFinite));
/// assert_eq!(Written::parse("1e40"), Err(NumberFault::OutOfRange));
/// assert_eq!(Written::parse("12,5"), Err(NumberFault::NotANumber));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum NumberFault {
    /// More than 28 significant digits were written (leading zeros are not significant, trailing zeros are).
    TooManyDigits {
        /// How many significant digits were written.
        digits: usize,
    },
    /// `inf` or `nan`, with or without a sign.
    NotFinite,
    /// A value above 10^28, or a last digit beyond 10^28 or 10^-28.
    OutOfRange,
    /// Not a number token of TOML 1.1.
    NotANumber,
}

impl fmt::Display for NumberFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyDigits { digits } => write!(f, "{digits} significant digits; at most {DIGITS} can be kept"),
            Self::NotFinite => f.write_str("not a finite number"),
            Self::OutOfRange => f.write_str("beyond what can be held exactly (1e-28 to 1e28)"),
            Self::NotANumber => f.write_str("not a number"),
        }
    }
}

impl std::error::Error for NumberFault {}

impl Written {
    /// Reads a TOML 1.1 integer or float token (decimal, `0x`, `0o`, `0b`, fraction, exponent, `inf`, `nan`).
    ///
    /// The unit of a hexadecimal, octal or binary integer is 1.
    ///
    /// # Errors
    /// [`NumberFault`] where the token is no number, or one that cannot be kept exactly.
    ///
    /// ```
    /// use crossfoot::figure::{Decimal, Written};
    /// assert_eq!(Written::parse("9_742_870")?.value(), Decimal::from(9_742_870));
    /// assert_eq!(Written::parse("0xff")?.value(), Decimal::from(255));
    /// # Ok::<(), crossfoot::figure::NumberFault>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, NumberFault> {
        match short(text.as_bytes()) {
            Some(written) => Ok(written),
            None => any(text.as_bytes()),
        }
    }

    /// Says whether [`Written::parse`] will succeed, without building the number where it is short and plain.
    ///
    /// # Errors
    /// The same as `parse`.
    ///
    /// ```
    /// use crossfoot::figure::{NumberFault, Written};
    /// assert_eq!(Written::check("37.2"), Ok(()));
    /// assert_eq!(Written::check("inf"), Err(NumberFault::NotFinite));
    /// ```
    pub fn check(text: &str) -> Result<(), NumberFault> {
        let (_, digits) = signed(text.as_bytes());
        let plain = digits.len() <= DIGITS && digits.iter().all(u8::is_ascii_digit);
        if plain && matches!(digits, [b'1'..=b'9', ..] | [b'0']) {
            return Ok(());
        }
        Self::parse(text).map(drop)
    }

    /// The value, exactly; its scale is the number of decimal places written.
    #[must_use]
    pub const fn value(&self) -> Decimal {
        self.value
    }

    /// One in the last written digit: always a power of ten, above zero.
    #[must_use]
    pub const fn unit(&self) -> Decimal {
        let place = self.place.unsigned_abs() as u32;
        if self.place < 0 {
            return Decimal::from_parts(1, 0, 0, false, place);
        }
        TENS[place as usize]
    }

    /// Whether it was written as an integer (`1e3` was not).
    #[must_use]
    pub const fn integer(&self) -> bool {
        self.integer
    }

    /// The power of ten that the last written digit stands for.
    pub(super) const fn place(&self) -> i8 {
        self.place
    }
}

/// No value and no unit is above this, so that value and unit together never overflow a `Decimal`.
pub(super) const LIMIT: Decimal = TENS[28];

/// Ten to the 0 up to ten to the 28.
#[allow(clippy::cast_possible_truncation)] // 10^28 < 2^96: three limbs
const TENS: [Decimal; 29] = {
    let mut tens = [Decimal::ONE; 29];
    let (mut n, mut power) = (1, 10_u128);
    while n < 29 {
        tens[n] = Decimal::from_parts(power as u32, (power >> 32) as u32, (power >> 64) as u32, false, 0);
        (n, power) = (n + 1, power * 10);
    }
    tens
};

/// The path nearly every cell takes: at most 19 characters, digits with underscores and perhaps a point.
///
/// `None` says only that the careful reading must decide.
#[allow(clippy::cast_possible_truncation)] // limbs of a u64
fn short(text: &[u8]) -> Option<Written> {
    let (negative, digits) = signed(text);
    // 19 digits stay below 2^64, so the multiplication below cannot overflow.
    if digits.len() > 19 || matches!(digits, [b'0', b'0'..=b'9' | b'_', ..]) {
        return None;
    }
    let (mut mantissa, mut places, mut fraction, mut after_digit) = (0_u64, 0_u8, false, false);
    for byte in digits {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa * 10 + u64::from(byte - b'0');
                places += u8::from(fraction);
                after_digit = true;
            }
            b'_' if after_digit => after_digit = false,
            b'.' if after_digit && !fraction => (fraction, after_digit) = (true, false),
            _ => return None,
        }
    }
    // An underscore before the point was caught there; what follows a point or an underscore must be a digit.
    if !after_digit {
        return None;
    }
    let limbs = (mantissa as u32, (mantissa >> 32) as u32);
    let value = Decimal::from_parts(limbs.0, limbs.1, 0, negative && mantissa != 0, u32::from(places));
    Some(Written { value, place: 0_i8.checked_sub_unsigned(places)?, integer: !fraction })
}

/// Any number token, read by the grammar.
fn any(text: &[u8]) -> Result<Written, NumberFault> {
    let (negative, unsigned) = signed(text);
    match (unsigned, text) {
        (b"inf" | b"nan", _) => Err(NumberFault::NotFinite),
        (_, [b'0', b'x', digits @ ..]) => radix(digits, 16),
        (_, [b'0', b'o', digits @ ..]) => radix(digits, 8),
        (_, [b'0', b'b', digits @ ..]) => radix(digits, 2),
        _ => decimal(negative, unsigned),
    }
}

fn signed(text: &[u8]) -> (bool, &[u8]) {
    match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    }
}

fn radix(digits: &[u8], radix: u32) -> Result<Written, NumberFault> {
    let mut value = Some(0_u128);
    for byte in run(digits)? {
        let digit = char::from(byte).to_digit(radix).ok_or(NumberFault::NotANumber)?;
        let raised = value.and_then(|value| value.checked_mul(u128::from(radix)));
        value = raised.and_then(|raised| raised.checked_add(u128::from(digit)));
    }
    let kept = value.filter(|&value| value.checked_ilog10().unwrap_or(0) < 28).ok_or(NumberFault::OutOfRange)?;
    build(false, kept, 0, true)
}

fn decimal(negative: bool, unsigned: &[u8]) -> Result<Written, NumberFault> {
    let (number, exponent) = split(unsigned, |byte| matches!(byte, b'e' | b'E'));
    let (whole, fraction) = split(number, |byte| byte == b'.');
    if matches!(whole, [b'0', _, ..]) {
        return Err(NumberFault::NotANumber);
    }
    let exponent_value = exponent.map_or(Ok(0), power)?;
    let (mut mantissa, mut digits, mut places) = (0_u128, 0_usize, 0_i64);
    let mut take = |byte: u8| -> Result<(), NumberFault> {
        let digit = char::from(byte).to_digit(10).ok_or(NumberFault::NotANumber)?;
        if digits > 0 || digit > 0 {
            digits += 1;
        }
        if digits <= DIGITS {
            mantissa = mantissa * 10 + u128::from(digit);
        }
        Ok(())
    };
    for byte in run(whole)? {
        take(byte)?;
    }
    for byte in fraction.map(run).transpose()?.into_iter().flatten() {
        take(byte)?;
        places += 1;
    }
    if digits > DIGITS {
        return Err(NumberFault::TooManyDigits { digits });
    }
    build(negative, mantissa, exponent_value - places, fraction.is_none() && exponent.is_none())
}

/// The value of an exponent, cut where it is out of range anyway.
fn power(text: &[u8]) -> Result<i64, NumberFault> {
    let (negative, digits) = signed(text);
    let mut value = 0_i64;
    for byte in run(digits)? {
        let digit = char::from(byte).to_digit(10).ok_or(NumberFault::NotANumber)?;
        value = (value * 10 + i64::from(digit)).min(i64::from(u32::MAX));
    }
    Ok(if negative { -value } else { value })
}

/// What stands before the first byte that `is` accepts, and after it.
fn split(text: &[u8], is: impl Fn(u8) -> bool) -> (&[u8], Option<&[u8]>) {
    let mut parts = text.splitn(2, |&byte| is(byte));
    (parts.next().unwrap_or_default(), parts.next())
}

/// The bytes of a run of digits without its underscores, each of which must stand between two others.
fn run(text: &[u8]) -> Result<impl Iterator<Item = u8>, NumberFault> {
    let lone = text.windows(2).any(|pair| pair == b"__");
    if text.is_empty() || text.first() == Some(&b'_') || text.last() == Some(&b'_') || lone {
        return Err(NumberFault::NotANumber);
    }
    Ok(text.iter().copied().filter(|&byte| byte != b'_'))
}

/// `mantissa * 10^place`, at most 28 digits in the mantissa.
fn build(negative: bool, mantissa: u128, place: i64, integer: bool) -> Result<Written, NumberFault> {
    let kept = i8::try_from(place).ok().filter(|place| place.unsigned_abs() <= PLACES);
    let kept = kept.ok_or(NumberFault::OutOfRange)?;
    let raise = exact::power(u32::try_from(kept).unwrap_or(0)).ok_or(NumberFault::OutOfRange)?;
    let value = mantissa.checked_mul(raise).ok_or(NumberFault::OutOfRange)?;
    let value = i128::try_from(value).map_err(|_| NumberFault::OutOfRange)?;
    let scale = u32::try_from(-kept).unwrap_or(0);
    let value = Decimal::try_from_i128_with_scale(if negative { -value } else { value }, scale);
    let value = value.ok().filter(|value| value.abs() <= LIMIT).ok_or(NumberFault::OutOfRange)?;
    Ok(Written { value, place: kept, integer })
}

#[cfg(test)]
mod tests {
    use super::{any, short};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_short_path_reads_what_the_careful_one_reads(text in "[-+]?[0-9]{1,4}[0-9_.]{0,8}[0-9]{0,8}") {
            let quick = short(text.as_bytes());
            prop_assert!(quick.is_none_or(|quick| any(text.as_bytes()) == Ok(quick)));
        }
    }
}
