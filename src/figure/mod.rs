//! Figures: exact decimals with the rounding that is in them, and what may have gone wrong with them.
//!
//! A figure in a plan is rarely the true figure; it is the true figure rounded. [`Written`] is the number as it stands
//! in the text, [`Stated`] the same under a [`Rounding`]: a value and the [`Interval`] in which the true value lies.
//! [`Computed`] is what stated figures come to, most often through a [`Sum`]. [`compare`] holds one against the other
//! and gives a [`Grade`]: they agree exactly when their intervals meet, and there is no tolerance to tune.
//! [`Traces`] remembers which cells a computed figure was made of.
//! [`likely_causes`] looks at figures that disagree and says which single slip explains the whole difference.
//!
//! The method is that of XBRL's *Calculations 1.1* (2023). Nothing here panics, and nothing passes through a binary
//! float: what cannot be held exactly rounds outward, or is [`Inapplicable`].
//!
//! Why it exists as a module of its own: everything above it speaks of figures, and it speaks of nothing else. It must
//! not know plans, rules, findings, files or TOML; it imports `std` and `rust_decimal` alone.

mod cause;
mod change;
mod computed;
mod exact;
mod grade;
mod interval;
mod product;
mod rounding;
mod sum;
#[cfg(test)]
mod tests;
mod trace;
mod wide;
mod written;

pub use cause::{Cause, Likely, Neighbour, Other, OtherKind, Part, Question, Target, likely, likely_causes};
pub use change::Change;
pub use computed::Computed;
pub use exact::Inapplicable;
pub use grade::{Comparison, Grade, compare};
pub use interval::{Bound, Interval, NoInterval};
pub use rounding::{ExcessDigits, Mode, Rounding, Stated, UnitFault, UnknownMode};
pub use rust_decimal::Decimal;
pub(crate) use rust_decimal::RoundingStrategy;
pub use sum::Sum;
pub use trace::{Cell, TraceId, TracedCell, Traces};
pub use written::{NumberFault, Written};
