//! The comparisons that a rule made, for those who ask what was looked at: coverage and mutation.
//!
//! Kept only where a run is told to; a plain audit pays one test for each comparison. It judges nothing: outcome and
//! tolerance are those of the comparison itself.

use std::sync::Arc;

use crate::figure::{Comparison, Decimal, Grade, TraceId, TracedCell, Traces};

/// One comparison.
#[derive(Clone, Debug)]
pub(crate) struct Look {
    /// The verb or operator, such as `expect_sum` or `==`.
    pub(crate) verb: Arc<str>,
    /// The file that called it: the rule's, or that of shared code.
    pub(crate) file: Option<Arc<str>>,
    /// Line and column in that file, in characters, from 1; unknown inside a verb that compares by itself.
    pub(crate) at: Option<(u32, u32)>,
    pub(crate) sides: [Side; 2],
    pub(crate) outcome: LookOutcome,
    /// How figures were compared; texts and ids have nothing between equal and different.
    pub(crate) distance: Option<Distance>,
}

/// What stood on one side.
#[derive(Clone, Debug)]
pub(crate) struct Side {
    /// The value as people read it.
    pub(crate) value: String,
    pub(crate) trace: TraceId,
}

/// How a comparison ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LookOutcome {
    /// The same.
    Equal,
    /// Not the same, and rounding explains it.
    WithinRounding,
    /// Not the same.
    Disagree,
    /// What was asked of a value, such as to be unique, is so.
    Passed,
    /// It is not so.
    Failed,
    /// An operator answered yes.
    Holds,
    /// An operator answered no.
    DoesNotHold,
}

/// How far apart two figures are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Distance {
    /// The first less the second.
    pub(crate) difference: Decimal,
    /// What rounding permits.
    pub(crate) tolerance: Decimal,
}

impl From<&Comparison> for Distance {
    fn from(comparison: &Comparison) -> Self {
        Self { difference: comparison.difference, tolerance: comparison.tolerance }
    }
}

impl From<Grade> for LookOutcome {
    fn from(grade: Grade) -> Self {
        match grade {
            Grade::Equal => Self::Equal,
            Grade::WithinRounding => Self::WithinRounding,
            Grade::Disagree => Self::Disagree,
        }
    }
}

/// The comparisons of a run, with what their sides were made of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Looks {
    pub(crate) all: Vec<Look>,
    pub(crate) traces: Traces,
}

impl Looks {
    /// The cells that a side was made of, in the order in which they entered.
    pub(crate) fn cells(&self, side: &Side) -> Vec<TracedCell> {
        self.traces.cells(side.trace)
    }
}
