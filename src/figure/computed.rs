//! A figure that was worked out: a value, and the interval in which the true value lies.
//!
//! Why it exists: whatever is calculated from stated figures carries both through every step, so that the two never
//! part company. It must not know where its operands stand in the plan.

use super::exact::{self, Inapplicable, Toward};
use super::interval::Interval;
use super::rounding::Stated;
use rust_decimal::Decimal;

/// A worked-out figure. Every operation works on value and interval alike.
///
/// The value is exact where a [`Decimal`] can hold it and the nearest decimal where not.
///
/// ```
/// use crossfoot::figure::{Computed, Decimal, Rounding, Written};
/// let third = Written::parse("33").unwrap().stated(&Rounding::default()).unwrap();
/// let all = Computed::from(third).scale(3.into())?;
/// assert_eq!(all.value, Decimal::from(99));
/// assert_eq!(all.interval.to_string(), "[97.5, 100.5]");
/// # Ok::<(), crossfoot::figure::Inapplicable>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct Computed {
    /// What the values as written come to.
    pub value: Decimal,
    /// Between which values the true result lies.
    pub interval: Interval,
}

impl Computed {
    /// A constant: a number written in a rule, or a count.
    #[must_use]
    pub const fn exact(value: Decimal) -> Self {
        Self { value, interval: Interval::exact(value) }
    }

    /// The sum of the two.
    ///
    /// # Errors
    /// [`Inapplicable::Overflow`], as in every operation here.
    pub fn add(&self, other: &Self) -> Result<Self, Inapplicable> {
        let value = exact::add(self.value, other.value, Toward::Nearest)?;
        Ok(Self { value, interval: self.interval.add(&other.interval)? })
    }

    /// The difference of the two.
    ///
    /// # Errors
    /// On overflow.
    pub fn sub(&self, other: &Self) -> Result<Self, Inapplicable> {
        self.add(&other.neg())
    }

    /// The figure with its sign turned.
    #[must_use]
    pub fn neg(&self) -> Self {
        Self { value: exact::neg(self.value), interval: self.interval.neg() }
    }

    /// The figure times an exact constant.
    ///
    /// # Errors
    /// On overflow.
    pub fn scale(&self, factor: Decimal) -> Result<Self, Inapplicable> {
        let value = exact::mul(self.value, factor, Toward::Nearest)?;
        Ok(Self { value, interval: self.interval.scale(factor)? })
    }

    /// The product of two independent figures.
    ///
    /// # Errors
    /// On overflow.
    pub fn mul(&self, other: &Self) -> Result<Self, Inapplicable> {
        let value = exact::mul(self.value, other.value, Toward::Nearest)?;
        Ok(Self { value, interval: self.interval.mul(&other.interval)? })
    }

    /// The quotient of two independent figures; a part of its own whole is [`Computed::share`].
    ///
    /// # Errors
    /// On overflow, and [`Inapplicable::DividesByZero`] where the divisor's
    /// interval contains zero or ends there.
    pub fn div(&self, other: &Self) -> Result<Self, Inapplicable> {
        let interval = self.interval.div(&other.interval)?;
        Ok(Self { value: exact::div(self.value, other.value, Toward::Nearest)?, interval })
    }

    /// The share of this part in the whole that it makes together with `rest`.
    ///
    /// # Errors
    /// As [`Interval::share`].
    ///
    /// ```
    /// use crossfoot::figure::{Computed, Decimal};
    /// let share = Computed::exact(1.into()).share(&Computed::exact(3.into()))?;
    /// assert_eq!(share, Computed::exact(Decimal::new(25, 2)));
    /// # Ok::<(), crossfoot::figure::Inapplicable>(())
    /// ```
    pub fn share(&self, rest: &Self) -> Result<Self, Inapplicable> {
        let interval = self.interval.share(&rest.interval)?;
        let whole = exact::add(self.value, rest.value, Toward::Nearest)?;
        Ok(Self { value: exact::div(self.value, whole, Toward::Nearest)?, interval })
    }
}

impl From<Stated> for Computed {
    fn from(stated: Stated) -> Self {
        Self { value: stated.value, interval: stated.interval }
    }
}

impl From<&Stated> for Computed {
    fn from(stated: &Stated) -> Self {
        Self { value: stated.value, interval: stated.interval }
    }
}

impl From<&Self> for Computed {
    fn from(computed: &Self) -> Self {
        *computed
    }
}
