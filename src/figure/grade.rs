//! The verdict on two figures that should be the same.
//!
//! Why it exists: one place decides whether a stated and a computed figure agree, and gives the numbers that a reader
//! is shown. It must not know findings, messages, or which figures are meant.

use super::computed::Computed;
use super::exact::{self, Exact, Inapplicable, Toward};
use rust_decimal::Decimal;

/// How a stated figure stands to a computed one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Grade {
    /// The same number.
    Equal,
    /// Not the same number, but rounding can explain the difference: the intervals meet.
    WithinRounding,
    /// No true values can have been rounded to these figures: the intervals do not meet.
    Disagree,
}

/// A stated figure held against a computed one; all amounts in the unit of the figures.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Comparison {
    /// The verdict.
    pub grade: Grade,
    /// Stated minus computed.
    pub difference: Decimal,
    /// The difference that rounding permits: half the widths of both intervals, `(n + 1) * u / 2` for `n` addends of
    /// one unit.
    pub tolerance: Decimal,
    /// How far the intervals lie apart: 0 where they meet, or touch only at an open end.
    pub gap: Decimal,
}

/// Holds a stated figure against a computed one.
///
/// Figures of one and the same number are equal whatever their intervals.
///
/// # Errors
/// [`Inapplicable::Overflow`] where the difference or the tolerance is too large to be held.
///
/// ```
/// use crossfoot::figure::{Grade, Rounding, Sum, Written, compare};
/// let figure = |text: &str| Written::parse(text).unwrap().stated(&Rounding::default()).unwrap();
/// let mut sum = Sum::new();
/// sum.push(&figure("33"));
/// sum.push(&figure("33"));
/// let sum = sum.finish()?;
/// assert_eq!(compare(figure("67"), sum)?.grade, Grade::WithinRounding);
///
/// let apart = compare(figure("68"), sum)?;
/// assert_eq!(apart.grade, Grade::Disagree);
/// assert_eq!((apart.difference, apart.tolerance), (2.into(), "1.5".parse().unwrap()));
/// assert_eq!(apart.gap, "0.5".parse().unwrap());
/// # Ok::<(), crossfoot::figure::Inapplicable>(())
/// ```
pub fn compare(stated: impl Into<Computed>, computed: impl Into<Computed>) -> Result<Comparison, Inapplicable> {
    let (stated, computed) = (stated.into(), computed.into());
    let difference = exact::sub(stated.value, computed.value, Toward::Nearest)?;
    let (grade, gap) = grade(&stated, &computed)?;
    Ok(Comparison { grade, difference, tolerance: tolerance(&stated, &computed)?, gap })
}

fn grade(stated: &Computed, computed: &Computed) -> Exact<(Grade, Decimal)> {
    if stated.value == computed.value {
        return Ok((Grade::Equal, Decimal::ZERO));
    }
    let gap = stated.interval.gap(&computed.interval)?;
    Ok(gap.map_or((Grade::WithinRounding, Decimal::ZERO), |gap| (Grade::Disagree, gap)))
}

fn tolerance(stated: &Computed, computed: &Computed) -> Exact {
    let widths = exact::add(stated.interval.width()?, computed.interval.width()?, Toward::Up)?;
    exact::mul(widths, Decimal::new(5, 1), Toward::Up)
}
