//! How a figure was rounded before it was written, and so between which values the true figure lies.
//!
//! Why it exists: the interval is the whole of what a written figure says, and a plan, a table or a key may declare
//! another mode or unit than the digits show. It must not know where a declaration was found, nor what is compared.

use super::exact;
use super::interval::Interval;
use super::written::{LIMIT, Written};
use rust_decimal::Decimal;
use std::fmt;
use std::str::FromStr;

/// How a true figure became the written one.
///
/// ```
/// use crossfoot::figure::Mode;
/// assert_eq!("truncate".parse(), Ok(Mode::Truncate));
/// assert_eq!(Mode::default().to_string(), "nearest");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Hash)]
pub enum Mode {
    /// To the nearest unit, halves either way: half up and half even are both accepted.
    #[default]
    Nearest,
    /// Towards zero.
    Truncate,
    /// Not at all: the figure is the true one.
    Exact,
}

impl Mode {
    /// Every mode, in the order in which they are listed to people.
    pub const ALL: [Self; 3] = [Self::Nearest, Self::Truncate, Self::Exact];

    /// The name by which a plan declares the mode.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nearest => "nearest",
            Self::Truncate => "truncate",
            Self::Exact => "exact",
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Mode {
    type Err = UnknownMode;

    fn from_str(name: &str) -> Result<Self, UnknownMode> {
        Self::ALL.into_iter().find(|mode| mode.name() == name).ok_or(UnknownMode)
    }
}

/// The name is none of [`Mode::ALL`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UnknownMode;

impl fmt::Display for UnknownMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("rounding is one of `nearest`, `truncate`, `exact`")
    }
}

impl std::error::Error for UnknownMode {}

/// What is declared about the rounding of a figure. By default: to the nearest unit of the last written digit.
///
/// ```
/// use crossfoot::figure::{Decimal, Mode, Rounding, UnitFault};
/// let thousands = Rounding::new(Mode::Nearest, Some(Decimal::ONE_THOUSAND))?;
/// assert_eq!(thousands.unit(), Some(Decimal::ONE_THOUSAND));
/// assert_eq!(Rounding::new(Mode::Nearest, Some(Decimal::ZERO)), Err(UnitFault::NotPositive));
/// # Ok::<(), UnitFault>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Hash)]
pub struct Rounding {
    mode: Mode,
    unit: Option<Decimal>,
}

/// Why a unit cannot be declared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnitFault {
    /// A unit must be above zero.
    NotPositive,
    /// A unit may not be above 10^28.
    TooLarge,
}

impl fmt::Display for UnitFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotPositive => "a rounding unit must be greater than zero",
            Self::TooLarge => "a rounding unit may not be greater than 1e28",
        })
    }
}

impl std::error::Error for UnitFault {}

impl Rounding {
    /// A mode and, where one is declared, the unit that stands in place of the last written digit's.
    ///
    /// # Errors
    /// [`UnitFault`] where the unit is not above zero, or beyond any figure.
    pub fn new(mode: Mode, unit: Option<Decimal>) -> Result<Self, UnitFault> {
        let Some(declared) = unit else { return Ok(Self { mode, unit }) };
        if declared <= Decimal::ZERO {
            return Err(UnitFault::NotPositive);
        }
        // With both at most 10^28, a value and its unit can always be added.
        if declared > LIMIT {
            return Err(UnitFault::TooLarge);
        }
        Ok(Self { mode, unit })
    }

    /// The mode.
    #[must_use]
    pub const fn mode(&self) -> Mode {
        self.mode
    }

    /// The declared unit, above zero; `None` where the written digits tell.
    #[must_use]
    pub const fn unit(&self) -> Option<Decimal> {
        self.unit
    }
}

impl Mode {
    /// A value as it is stated in whole units; `None` where it lies half way between two, and so may be stated as either.
    ///
    /// ```
    /// use crossfoot::figure::{Decimal, Mode};
    /// let value = Decimal::new(561_581, 4);
    /// assert_eq!(Mode::Nearest.round(value, Decimal::new(1, 1)), Some(Decimal::new(562, 1)));
    /// assert_eq!(Mode::Truncate.round(value, Decimal::new(1, 1)), Some(Decimal::new(561, 1)));
    /// assert_eq!(Mode::Nearest.round(Decimal::new(25, 1), Decimal::ONE), None);
    /// ```
    #[must_use]
    pub fn round(self, value: Decimal, unit: Decimal) -> Option<Decimal> {
        if self == Self::Exact || unit <= Decimal::ZERO {
            return Some(value);
        }
        let left = value.checked_rem(unit)?;
        let toward_zero = value.checked_sub(left)?;
        if self == Self::Truncate {
            return Some(toward_zero);
        }
        let twice = left.abs().checked_mul(Decimal::TWO)?;
        match twice.cmp(&unit) {
            std::cmp::Ordering::Less => Some(toward_zero),
            std::cmp::Ordering::Equal => None,
            std::cmp::Ordering::Greater if left > Decimal::ZERO => toward_zero.checked_add(unit),
            std::cmp::Ordering::Greater => toward_zero.checked_sub(unit),
        }
    }
}

impl From<Mode> for Rounding {
    /// The mode with the unit of the last written digit.
    fn from(mode: Mode) -> Self {
        Self { mode, unit: None }
    }
}

/// A figure as stated: its value, the interval in which the true value lies, and its unit.
///
/// Made by [`Written::stated`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stated {
    /// The value as written, with as many places as were written.
    pub value: Decimal,
    /// Where the true value lies.
    pub interval: Interval,
    /// The declared unit, or one in the last written digit; above zero.
    pub unit: Decimal,
}

/// A figure has digits below its declared unit: a finding of its own, and no part of any comparison.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ExcessDigits {
    /// The figure as written.
    pub value: Decimal,
    /// The declared unit, of which it is no multiple.
    pub unit: Decimal,
}

impl fmt::Display for ExcessDigits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} has more digits than its unit of {} allows", self.value, self.unit.normalize())
    }
}

impl std::error::Error for ExcessDigits {}

impl Written {
    /// The figure under a rounding: which true values it may stand for.
    ///
    /// # Errors
    /// [`ExcessDigits`] where the value is no multiple of the declared unit.
    ///
    /// ```
    /// use crossfoot::figure::{Decimal, Mode, Rounding, Written};
    /// let share = Written::parse("37.2").unwrap().stated(&Rounding::default()).unwrap();
    /// assert_eq!(share.interval.to_string(), "[37.15, 37.25]");
    ///
    /// let thousands = Rounding::new(Mode::Nearest, Some(Decimal::ONE_THOUSAND)).unwrap();
    /// assert!(Written::parse("1500").unwrap().stated(&thousands).is_err());
    /// ```
    pub fn stated(&self, rounding: &Rounding) -> Result<Stated, ExcessDigits> {
        let (value, unit) = (self.value(), rounding.unit.unwrap_or(self.unit()));
        let excess = ExcessDigits { value, unit };
        if rounding.unit.is_some() && !exact::is_multiple(value, unit) {
            return Err(excess);
        }
        // Value and unit are both at most 10^28, so the interval cannot overflow.
        let interval = Interval::stated(value, unit, rounding.mode).map_err(|_| excess)?;
        Ok(Stated { value, interval, unit })
    }
}
