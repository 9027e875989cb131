//! The likely cause of a disagreement: which single slip explains the whole of it.
//!
//! Why it exists: a reviewer who is told "off by 89 100" looks for the transposed digits by hand; the engine can look
//! first. Each family of slips has its own file and only proposes; `case` tests every proposal by the interval rules,
//! `choose` decides what is worth saying. Nothing here knows paths, labels or words: the caller has the cells.
//!
//! # What is said, and what is not
//!
//! A cause is named only if, with the one figure replaced, stated and computed meet. That alone would be guessing:
//! with many addends the permitted rounding is wide, and something always falls into it. So the replacement must
//! either *hit*, the stated figure being a correct rounding of the computed value, or move a figure by at least ten
//! times the permitted rounding, so that meeting by chance is unlikely. A hit is preferred to a near miss in any
//! family.
//!
//! Within the same closeness the families are asked in this order, and the first that explains silences the rest:
//!
//! 1. digits transposed: few swaps are possible, and each moves the figure by a multiple of nine;
//! 2. a figure left out or counted twice: the difference is itself a figure that stands there;
//! 3. a sign turned: one possibility per figure, but rarer in plans than in ledgers;
//! 4. a power of ten: several powers per figure, so a chance hit is likelier; of one digit it is not tried at all;
//! 5. a digit too many or too few: many figures are possible, but each is far from what stands there;
//! 6. the stated figure is a neighbour's, digit for digit: carried over from the year before;
//! 7. a neighbour's figure in its place would agree: as many possibilities as there are neighbours, and neighbours are
//!    often alike;
//! 8. one digit mistyped: nine possibilities per digit, so that almost any small difference has one. It comes last and
//!    prefers the stated figure. Where up to two addends are one digit away as well, they are named beside it; an addend
//!    alone is named only where there is no second way.
//!
//! In a family the stated figure comes before the addends, since it takes part in one possibility and they in many. A
//! family with more than three equally close explanations names only the stated figure's, or none: the others are
//! coincidences, and the reader is not helped. Mistyped digits, the weakest family, are then not tried either.
//!
//! What is named and what is possible are two things. [`Likely::in_part`] says whether a slip in an addend explains the
//! difference as well as what is named, though it be one of too many: whoever would set the stated figure must know.

mod case;
mod choose;
mod copied;
mod digits;
mod factor;
mod length;
mod mistyped;
mod omission;
mod sign;
mod taken;
mod transposed;

use super::computed::Computed;
use super::exact::{self, Exact};
use super::rounding::Stated;
use rust_decimal::Decimal;

/// A figure and the exact factor with which it enters the comparison: 1, -1, or a scale such as 1000.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Part {
    /// The figure as stated.
    pub stated: Stated,
    /// What it is multiplied by.
    pub factor: Decimal,
}

impl Part {
    /// A figure that enters as it is.
    #[must_use]
    pub const fn new(stated: Stated) -> Self {
        Self { stated, factor: Decimal::ONE }
    }

    /// What the figure contributes: itself times its factor.
    fn contribution(&self) -> Exact<Computed> {
        Computed::from(self.stated).scale(self.factor)
    }
}

/// One of the figures that were compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Target {
    /// The stated figure.
    Stated,
    /// The addend at this index in [`Question::addends`].
    Addend(usize),
}

/// In what direction a figure is a neighbour of another.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Neighbour {
    /// The same figure of the year before or after.
    Year,
    /// The same column, the row above or below.
    Row,
    /// The same row, the column to the left or right.
    Column,
}

/// How a nearby figure may have to do with a disagreement.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum OtherKind {
    /// It stands beside one of the compared figures and may have been read in its place.
    NeighbourOf(Target, Neighbour),
    /// It might belong among the addends and is not there. It is taken with the addends' common factor, or 1 where
    /// they have none in common.
    LeftOut,
}

/// A figure nearby that took no part in the comparison.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Other {
    /// The figure as stated.
    pub stated: Stated,
    /// What it might have to do with the disagreement.
    pub kind: OtherKind,
}

/// What [`likely_causes`] is asked about.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The stated figure.
    pub stated: Part,
    /// What it was held against.
    pub computed: Computed,
    /// The figures whose sum `computed` is. Where they do not make that sum (a quotient, say, or none given), only
    /// slips in the stated figure are looked for.
    pub addends: &'a [Part],
    /// Figures nearby.
    pub others: &'a [Other],
}

/// A single slip that explains the whole of a disagreement within rounding.
///
/// Amounts are those of the figure named, before its factor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cause {
    /// Two neighbouring digits changed places.
    Transposed {
        /// The figure with the slip.
        target: Target,
        /// What stands there.
        written: Decimal,
        /// What would agree.
        meant: Decimal,
    },
    /// One digit is another than it should be.
    Mistyped {
        /// The figure with the slip.
        target: Target,
        /// What stands there.
        written: Decimal,
        /// What would agree.
        meant: Decimal,
    },
    /// The figure has one digit too many or too few.
    Length {
        /// The figure with the slip.
        target: Target,
        /// What stands there.
        written: Decimal,
        /// What would agree.
        meant: Decimal,
    },
    /// The stated figure contains one that is not among the addends.
    LeftOut {
        /// Its index in [`Question::others`].
        other: usize,
    },
    /// The stated figure does not contain one of the addends.
    Omitted {
        /// Its index in [`Question::addends`].
        addend: usize,
    },
    /// The stated figure contains one of the addends twice.
    CountedTwice {
        /// Its index in [`Question::addends`].
        addend: usize,
    },
    /// The figure should have the other sign.
    SignTurned {
        /// The figure with the slip.
        target: Target,
    },
    /// The figure is a power of ten too large or too small: a digit slipped, or it is in another unit.
    Factor {
        /// The figure with the slip.
        target: Target,
        /// What it must be multiplied by to agree: 10, 100, 1000, 0.1 and so on.
        factor: Decimal,
    },
    /// The stated figure is its neighbour's, digit for digit: carried over and never changed.
    CopiedFrom {
        /// The neighbour's index in [`Question::others`].
        other: usize,
    },
    /// With a neighbour's figure in its place, stated and computed agree.
    TakenFrom {
        /// The figure that was passed over.
        target: Target,
        /// The neighbour's index in [`Question::others`].
        other: usize,
    },
}

impl Cause {
    /// The figure that the slip is in, and what it would have to be, where the cause says so.
    ///
    /// ```
    /// use crossfoot::figure::{Cause, Target};
    /// let cause = Cause::Mistyped { target: Target::Addend(1), written: 18.into(), meant: 13.into() };
    /// assert_eq!(cause.corrected(|_| 18.into(), |_| 0.into()), Some((Target::Addend(1), 13.into())));
    /// assert_eq!(Cause::Omitted { addend: 1 }.corrected(|_| 18.into(), |_| 0.into()), None);
    /// ```
    #[must_use]
    pub fn corrected(
        &self,
        value: impl Fn(Target) -> Decimal,
        other: impl Fn(usize) -> Decimal,
    ) -> Option<(Target, Decimal)> {
        match *self {
            Self::Transposed { target, meant, .. }
            | Self::Mistyped { target, meant, .. }
            | Self::Length { target, meant, .. } => Some((target, meant)),
            Self::SignTurned { target } => Some((target, exact::neg(value(target)))),
            Self::Factor { target, factor } => {
                Some((target, exact::mul(value(target), factor, exact::Toward::Nearest).ok()?))
            }
            Self::TakenFrom { target, other: at } => Some((target, other(at))),
            Self::LeftOut { .. } | Self::Omitted { .. } | Self::CountedTwice { .. } | Self::CopiedFrom { .. } => None,
        }
    }
}

/// The slips that explain why stated and computed disagree, best first, at most three; none where they agree, or where
/// there is nothing to say but guesses.
///
/// The cost grows with the number of addends times their digits. Above 10 000 addends only the stated figure and the
/// figures left out are considered.
///
/// ```
/// use crossfoot::figure::{Cause, Part, Question, Rounding, Sum, Target, Written, likely_causes};
/// let figure = |text: &str| Written::parse(text).unwrap().stated(&Rounding::default()).unwrap();
/// let costs = [figure("4_112_870"), figure("5_630_000")];
/// let mut sum = Sum::new();
/// costs.iter().for_each(|cost| sum.push(cost));
///
/// let causes = likely_causes(&Question {
///     stated: Part::new(figure("9_724_870")),
///     computed: sum.finish().unwrap(),
///     addends: &costs.map(Part::new),
///     others: &[],
/// });
/// let meant = 9_742_870.into();
/// assert_eq!(causes, [Cause::Transposed { target: Target::Stated, written: 9_724_870.into(), meant }]);
/// ```
#[must_use]
pub fn likely_causes(question: &Question<'_>) -> Vec<Cause> {
    likely(question).causes
}

/// What a disagreement may come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Likely {
    /// The causes to name, as [`likely_causes`] gives them.
    pub causes: Vec<Cause>,
    /// Whether a slip in an addend, named or not, explains the difference as well as the causes that are named.
    pub in_part: bool,
}

/// The likely causes, and whether an addend may be to blame.
///
/// ```
/// use crossfoot::figure::{Part, Question, Rounding, Sum, Written, likely};
/// let figure = |text: &str| Written::parse(text).unwrap().stated(&Rounding::default()).unwrap();
/// let costs = [figure("4_740"), figure("4_760")];
/// let mut sum = Sum::new();
/// costs.iter().for_each(|cost| sum.push(cost));
/// let in_part = |total| {
///     let (stated, addends) = (Part::new(figure(total)), costs.map(Part::new));
///     likely(&Question { stated, computed: sum.finish().unwrap(), addends: &addends, others: &[] }).in_part
/// };
/// // 9 000 for 9 500 is one digit, and so is 4 740 for 4 240.
/// assert!(in_part("9_000"));
/// assert!(!in_part("8_765"));
/// ```
#[must_use]
pub fn likely(question: &Question<'_>) -> Likely {
    case::Case::open(question).map_or_else(Likely::default, |case| choose::causes(&case))
}
