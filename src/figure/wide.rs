//! A whole number of 256 bits, for the few sums and products that a `u128` cannot hold.
//!
//! Why it exists: a `Decimal` silently rounds what it cannot hold, and one rounding inwards would report a
//! disagreement that is none. The exact result of any one addition or product of two decimals fits 256 bits, so it is
//! made here in full before it is cut. It must not know decimals, signs, scales or rounding: see `exact`.

/// An unsigned whole number below 2^256, least significant limb first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Wide([u64; 4]);

/// The upper and the lower half of a `u128`.
#[allow(clippy::cast_possible_truncation)] // cutting is the point: each half is taken on its own
const fn halves(number: u128) -> (u64, u64) {
    ((number >> 64) as u64, number as u64)
}

impl Wide {
    /// The number itself, made wide.
    pub(super) const fn new(number: u128) -> Self {
        let (high, low) = halves(number);
        Self([low, high, 0, 0])
    }

    /// `a * b`; any two `u128` fit.
    pub(super) fn product(a: u128, b: u128) -> Self {
        let (a1, a0) = halves(a);
        let (b1, b0) = halves(b);
        let wide = |x: u64, y: u64| u128::from(x) * u128::from(y);
        let mut limbs = [0; 4];
        // Schoolbook: each cross product is added at its own place, and carries are walked upwards.
        for (place, part) in [(0, wide(a0, b0)), (1, wide(a1, b0)), (1, wide(a0, b1)), (2, wide(a1, b1))] {
            add_at(&mut limbs, place, part);
        }
        Self(limbs)
    }

    /// `self + other`, `None` above 2^256.
    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let mut limbs = [0; 4];
        let mut carry = false;
        for (limb, (a, b)) in limbs.iter_mut().zip(self.0.into_iter().zip(other.0)) {
            let (sum, over) = a.overflowing_add(b);
            let (sum, over_again) = sum.overflowing_add(u64::from(carry));
            *limb = sum;
            carry = over || over_again;
        }
        (!carry).then_some(Self(limbs))
    }

    /// `self - other`, `None` below zero.
    pub(super) fn minus(self, other: Self) -> Option<Self> {
        let mut limbs = [0; 4];
        let mut borrow = false;
        for (limb, (a, b)) in limbs.iter_mut().zip(self.0.into_iter().zip(other.0)) {
            let (rest, under) = a.overflowing_sub(b);
            let (rest, under_again) = rest.overflowing_sub(u64::from(borrow));
            *limb = rest;
            borrow = under || under_again;
        }
        (!borrow).then_some(Self(limbs))
    }

    /// A tenth of the number, cut to a whole number, and the digit that fell off.
    #[allow(clippy::cast_possible_truncation)] // a remainder below 10 keeps the quotient below 2^64
    pub(super) fn tenth(self) -> (Self, u8) {
        let mut limbs = self.0;
        let mut remainder = 0;
        for limb in limbs.iter_mut().rev() {
            let part = (u128::from(remainder) << 64) | u128::from(*limb);
            *limb = (part / 10) as u64;
            remainder = (part % 10) as u8;
        }
        (Self(limbs), remainder)
    }

    /// The number as a `u128`, where it fits.
    pub(super) fn narrow(self) -> Option<u128> {
        let [low, high, 0, 0] = self.0 else { return None };
        Some((u128::from(high) << 64) | u128::from(low))
    }
}

fn add_at(limbs: &mut [u64; 4], place: usize, part: u128) {
    let (high, low) = halves(part);
    let mut carry = 0;
    let parts = [low, high].into_iter().chain(std::iter::repeat(0));
    for (limb, part) in limbs.iter_mut().skip(place).zip(parts) {
        let sum = u128::from(*limb) + u128::from(part) + u128::from(carry);
        (carry, *limb) = halves(sum);
    }
}
