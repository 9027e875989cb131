//! Proof by mutation: a plan is changed in one place at a time, and every change that no rule notices is named.
//!
//! Rules are as good as the mistakes they find. Here the mistakes are made on purpose: a figure nudged beyond rounding, two
//! digits exchanged, an addend left out, a reference that leads nowhere. The engine knows what each rule read, so that only
//! the rules that a change touches run again. `docs/mutation.md` explains the kinds and the score.
//!
//! It must not know what a rule is about: what a change means is told by the vocabulary and by the comparisons that were
//! made, and a change counts whether or not a rule exists for it.

mod change;
mod figures;
mod references;
mod removals;
mod report;
mod rounding;
mod run;
mod text;
mod vocabulary;

pub use change::MutationKind;
pub use report::{KindScore, Mutation, MutationReport, RuleScore, Sample, Score};
pub use text::{Show, json, text};

use crate::audit::Auditor;
use crate::finding::Failure;
use crate::plan::Plan;

/// Changes a plan in one place at a time, and reports which changes no rule notices.
///
/// ```
/// use crossfoot::mutate::{MutationKind, Mutator};
/// use crossfoot::{Auditor, Plan, Rules};
///
/// let rules = Rules::standard();
/// let plan = Plan::parse("plan.toml", "[[splits]]\nid = 's'\nparts = [{ share = 84 }, { share = 16 }]\n[own]\nstaff = 75\n");
/// let auditor = Auditor::new(&rules);
/// let report = Mutator::new(&auditor).kinds(&[MutationKind::Nudge, MutationKind::DropDigit]).mutate(&plan)?;
/// // A slip in a share is noticed; nobody looks at the staff.
/// assert!(report.survivors().all(|mutation| mutation.path == "own.staff"));
/// assert!(report.figures.noticed > 0 && report.survivors().count() > 0);
/// # Ok::<(), Box<crossfoot::finding::Failure>>(())
/// ```
#[derive(Clone, Copy)]
pub struct Mutator<'a> {
    auditor: &'a Auditor<'a>,
    kinds: &'a [MutationKind],
    seed: u64,
    limit: Option<usize>,
    progress: Option<&'a (dyn Fn(usize, usize) + Sync)>,
}

impl std::fmt::Debug for Mutator<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mutator").field("kinds", &self.kinds).field("limit", &self.limit).finish_non_exhaustive()
    }
}

impl<'a> Mutator<'a> {
    /// The seed that is used where none is given, so that two runs choose alike.
    pub const SEED: u64 = 1;

    /// All kinds of mutations, judged by this auditor's rules.
    #[must_use]
    pub fn new(auditor: &'a Auditor<'a>) -> Self {
        Self { auditor, kinds: &MutationKind::ALL, seed: Self::SEED, limit: None, progress: None }
    }

    /// Makes only mutations of these kinds.
    #[must_use]
    pub fn kinds(mut self, kinds: &'a [MutationKind]) -> Self {
        self.kinds = kinds;
        self
    }

    /// Makes so many mutations at most, chosen at random among all.
    #[must_use]
    pub fn limit(mut self, limit: Option<usize>) -> Self {
        self.limit = limit;
        self
    }

    /// What the random choice begins with; the same seed chooses the same mutations.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Has `progress` told after each mutation: how many are done, and how many there are.
    #[must_use]
    pub fn on_progress(mut self, progress: &'a (dyn Fn(usize, usize) + Sync)) -> Self {
        self.progress = Some(progress);
        self
    }

    /// Makes the mutations of a plan one by one, and reports which were noticed.
    ///
    /// A plan that has findings already is scored on new findings only, and the report says how many it had.
    ///
    /// # Errors
    /// When the plan is no TOML, or when a rule does not compile or is stopped on the plan as it stands: a score would
    /// then say nothing.
    pub fn mutate(&self, plan: &Plan) -> Result<MutationReport, Box<Failure>> {
        run::mutate(self, plan)
    }
}
