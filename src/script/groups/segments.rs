//! What each round of a loop left behind in a run, as parts of what the whole run left behind.
//!
//! A run is a row of segments: what came before the first round, each round, what came after. It holds numbers only: which
//! findings and confirmed figures are those of a segment is told by where its last one stands.

use super::super::run::Marks;
use crate::finding::Checks;
use crate::plan::NodeId;

/// A part of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Segment {
    /// The item that the round was about; none outside of rounds.
    pub(crate) item: Option<NodeId>,
    /// How much there was of everything when it ended.
    pub(crate) end: Tally,
}

/// How much a run has left behind so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) checks: Checks,
    pub(crate) findings: usize,
    pub(crate) confirmed: usize,
}

/// The segments of a run.
#[derive(Clone, Debug, Default)]
pub(crate) struct Segments {
    pub(crate) all: Vec<Segment>,
    /// What rounds looked at outside of their item.
    pub(crate) elsewhere: Marks,
    /// Whether they tell nothing: the loop was over no part of a plan.
    pub(crate) mixed: bool,
}

impl Segments {
    /// The segments, each with how much there was when it began.
    pub(crate) fn with_starts(&self) -> impl Iterator<Item = (Segment, Tally)> + '_ {
        let starts = std::iter::once(Tally::default()).chain(self.all.iter().map(|segment| segment.end));
        self.all.iter().copied().zip(starts)
    }
}
