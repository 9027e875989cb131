//! The digits of a figure as they were written, and the figures one slip away.
//!
//! Why it exists: slips happen to digits, not to values. It must not know what a slip would explain.

use crate::figure::exact;
use rust_decimal::Decimal;

/// The written digits of a figure, the last one at place 0.
pub(super) struct Digits {
    negative: bool,
    mantissa: i128,
    scale: u32,
    at: [u8; 30],
    len: u32,
}

impl Digits {
    pub(super) fn of(value: Decimal) -> Self {
        let mantissa = value.mantissa().unsigned_abs();
        let (mut at, mut len, mut rest) = ([0; 30], 0, mantissa);
        // A zero before the point was written too: 0.05 has three digits.
        while (rest != 0 || len <= value.scale()) && (len as usize) < at.len() {
            if let Some(digit) = at.get_mut(len as usize) {
                *digit = u8::try_from(rest % 10).unwrap_or(0);
            }
            (rest, len) = (rest / 10, len + 1);
        }
        let negative = value.is_sign_negative();
        Self { negative, mantissa: i128::try_from(mantissa).unwrap_or(0), scale: value.scale(), at, len }
    }

    /// How many digits were written.
    pub(super) const fn len(&self) -> u32 {
        self.len
    }

    /// The figure with the digits at `place` and to its left swapped; `None` where that changes nothing or moves a
    /// zero to or from the front, which is no transposition but a power of ten.
    pub(super) fn swapped(&self, place: u32) -> Option<Decimal> {
        let (right, left) = (self.digit(place)?, self.digit(place + 1)?);
        let front = place + 2 == self.len;
        if right == left || (front && (left == 0 || right == 0)) {
            return None;
        }
        // 10a + b becomes 10b + a: nine times the difference of the digits.
        self.moved((right - left).checked_mul(9)?, place)
    }

    /// The figures that differ from this one only in the digit at `place`, which a leading zero cannot be.
    pub(super) fn retyped(&self, place: u32) -> impl Iterator<Item = Decimal> + '_ {
        let front = place + 1 == self.len && self.len > self.scale + 1;
        let now = self.digit(place);
        let digits = (i128::from(front)..10).filter_map(move |digit| Some(digit - now?));
        digits.filter(|&change| change != 0).filter_map(move |change| self.moved(change, place))
    }

    /// The figures that lack the digit at `place`, or have one more to its left. What only moves the point is none: that is a
    /// power of ten.
    pub(super) fn longer_or_shorter(&self, place: u32) -> Vec<Decimal> {
        let Some(unit) = exact::factor(place) else { return Vec::new() };
        let signed = |mantissa: i128| {
            let mantissa = if self.negative { -mantissa } else { mantissa };
            Decimal::try_from_i128_with_scale(mantissa, self.scale).ok()
        };
        let (Some(left), right) = (unit.checked_mul(10).map(|ten| self.mantissa / ten), self.mantissa % unit) else {
            return Vec::new();
        };
        let shorter = left.checked_mul(unit).and_then(|left| left.checked_add(right));
        let with = |digit: i128| {
            let left = self.mantissa / unit;
            let (at, ten) = (digit.checked_mul(unit)?, unit.checked_mul(10)?);
            left.checked_mul(ten)?.checked_add(at)?.checked_add(right)
        };
        let all = (0..10).map(with).chain([shorter]);
        all.flatten().filter(|mantissa| *mantissa > 0 && !self.is_power_of(*mantissa)).filter_map(signed).collect()
    }

    fn is_power_of(&self, other: i128) -> bool {
        self.mantissa.checked_mul(10) == Some(other) || other.checked_mul(10) == Some(self.mantissa)
    }

    fn digit(&self, place: u32) -> Option<i128> {
        let written = self.at.get(..self.len as usize)?;
        written.get(place as usize).copied().map(i128::from)
    }

    fn moved(&self, change: i128, place: u32) -> Option<Decimal> {
        let mantissa = self.mantissa.checked_add(change.checked_mul(exact::factor(place)?)?)?;
        let signed = if self.negative { -mantissa } else { mantissa };
        Decimal::try_from_i128_with_scale(signed, self.scale).ok()
    }
}
