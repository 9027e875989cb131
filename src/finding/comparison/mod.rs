//! How two drafts of plans differ: figures, items, other values, findings.
//!
//! Finished values like findings: a printer draws them and compares nothing. Things are known again by their ids and titles, never
//! by their lines; which is which was decided before. It must not know where the drafts were read from.

mod change;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::report::CONTRACT;
use super::{Difference, Failure, Finding, Tool};
use crate::source::SourceText;

pub(super) use change::percent;
pub use change::{AmountChange, Change, FigureChange, ItemChange, ItemChanged, ItemSide, Money, ValueChange};
pub use words::{Wording, shortened};

/// How two drafts differ, each a plan or several.
///
/// ```
/// use crossfoot::compare::{Draft, compare};
/// use crossfoot::{Auditor, Plan, Rules};
///
/// let text = |total| format!("[[objectives]]\nid = 'A'\ntotal = {{ 2026 = {total} }}\n");
/// let draft = |total| Draft::of("plan.toml", Plan::parse("plan.toml", &text(total)));
/// let rules = Rules::standard();
/// let comparison = compare(&Auditor::new(&rules), &draft(100), &draft(110));
/// assert!(comparison.differs());
/// let wording = crossfoot::finding::Wording::default();
/// assert_eq!(wording.amount(&comparison.plans[0].amounts[0], &comparison.plans[0]), "Objective A, 2026: +10 (+10.0 %)");
/// ```
#[derive(Clone, Debug, Serialize)]
pub struct Comparison {
    /// The version of the contract.
    pub schema: u32,
    /// What compared them.
    pub tool: Tool,
    /// The earlier draft, as the user named it.
    pub old: String,
    /// The later draft, as the user named it.
    pub new: String,
    /// Counts.
    pub summary: ComparisonSummary,
    /// Plans that both drafts have, in the order of the later one.
    pub plans: Vec<PlanDifference>,
    /// Plans that only the later draft has.
    pub plans_added: Vec<PlanAlone>,
    /// Plans that only the earlier draft has.
    pub plans_removed: Vec<PlanAlone>,
    /// How the findings of the two differ.
    pub findings: FindingsDifference,
    /// Of plans that are no TOML, why; these are not compared.
    pub faults: Vec<Finding>,
    /// What stood in the way. Not empty means exit status 2.
    pub errors: Vec<Failure>,
    /// The texts that faults and errors point into.
    #[serde(skip)]
    pub sources: BTreeMap<Arc<str>, Arc<SourceText>>,
}

/// Counts over a whole comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ComparisonSummary {
    /// Figures that are other ones, or stated in one draft only.
    pub figures: usize,
    /// Items that only the later draft has; what stands in them is not counted.
    pub added: usize,
    /// Items that only the earlier draft has.
    pub removed: usize,
    /// Items with another title or another id.
    pub renamed: usize,
    /// Items that stand under another one.
    pub moved: usize,
    /// Other values that differ.
    pub values: usize,
    /// Findings of the later draft alone.
    pub findings_new: usize,
    /// Findings of the earlier draft alone, that were mended.
    pub findings_fixed: usize,
    /// Findings of the earlier draft alone, that have gone without being mended.
    pub findings_gone: usize,
    /// Findings of both.
    pub findings_remaining: usize,
}

/// How one plan differs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PlanDifference {
    /// The earlier file.
    pub old: Arc<str>,
    /// The later file.
    pub new: Arc<str>,
    /// The plan's title.
    pub title: String,
    /// The currency of its amounts; empty where it states none.
    pub currency: String,
    /// The currency that it had, where that was another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_currency: Option<String>,
    /// Money by objective and year, and of the whole plan, where it differs.
    pub amounts: Vec<AmountChange>,
    /// Figures that differ, in the order of the later draft.
    pub figures: Vec<FigureChange>,
    /// Items that were added, removed, renamed, moved.
    pub items: Vec<ItemChange>,
    /// Texts, dates and lists of them that differ.
    pub values: Vec<ValueChange>,
}

impl PlanDifference {
    /// Whether nothing of the plan differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.amounts.is_empty() && self.figures.is_empty() && self.items.is_empty() && self.values.is_empty()
    }
}

/// A plan that one draft alone has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlanAlone {
    /// The file.
    pub file: Arc<str>,
    /// The plan's title.
    pub title: String,
    /// How many figures it states.
    pub figures: usize,
}

/// How findings differ.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FindingsDifference {
    /// Of the later draft alone.
    pub new: Vec<Finding>,
    /// Of the earlier draft alone, and mended.
    pub fixed: Vec<Finding>,
    /// Of the earlier draft alone, and not mended.
    pub gone: Vec<GoneFinding>,
    /// Of both, as they are now, where severity, message or working is another.
    pub changed: Vec<Finding>,
    /// Of both, as they are now, changed ones included.
    pub remaining: Vec<Finding>,
}

/// A finding that has gone though nothing was mended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GoneFinding {
    /// Why it has gone.
    pub why: &'static str,
    /// As it was.
    pub finding: Finding,
}

impl From<Difference> for FindingsDifference {
    fn from(difference: Difference) -> Self {
        let gone = difference.gone.into_iter();
        Self {
            new: difference.new,
            fixed: difference.fixed,
            gone: gone.map(|gone| GoneFinding { why: gone.why.words(), finding: gone.finding }).collect(),
            changed: difference.changed.into_iter().map(|changed| changed.after).collect(),
            remaining: difference.remaining,
        }
    }
}

impl Comparison {
    /// A comparison of these drafts that has found nothing yet.
    #[must_use]
    pub fn new(old: impl Into<String>, new: impl Into<String>) -> Self {
        Self {
            schema: CONTRACT,
            tool: Tool::THIS,
            old: old.into(),
            new: new.into(),
            summary: ComparisonSummary::default(),
            plans: Vec::new(),
            plans_added: Vec::new(),
            plans_removed: Vec::new(),
            findings: FindingsDifference::default(),
            faults: Vec::new(),
            errors: Vec::new(),
            sources: BTreeMap::new(),
        }
    }

    /// The same with its counts.
    #[must_use]
    pub fn counted(mut self) -> Self {
        let items = || self.plans.iter().flat_map(|plan| &plan.items);
        let of = |change: ItemChanged| items().filter(|item| item.change == change).count();
        self.summary = ComparisonSummary {
            figures: self.plans.iter().map(|plan| plan.figures.len()).sum(),
            added: of(ItemChanged::Added),
            removed: of(ItemChanged::Removed),
            renamed: of(ItemChanged::Renamed),
            moved: of(ItemChanged::Moved),
            values: self.plans.iter().map(|plan| plan.values.len()).sum(),
            findings_new: self.findings.new.len(),
            findings_fixed: self.findings.fixed.len(),
            findings_gone: self.findings.gone.len(),
            findings_remaining: self.findings.remaining.len(),
        };
        self
    }

    /// Whether anything differs: a plan, something in one, or a finding.
    #[must_use]
    pub fn differs(&self) -> bool {
        let plans = self.plans.iter().any(|plan| !plan.is_empty());
        let findings = &self.findings;
        let found = [findings.new.len(), findings.fixed.len(), findings.gone.len(), findings.changed.len()];
        plans || !self.plans_added.is_empty() || !self.plans_removed.is_empty() || found.iter().any(|n| *n > 0)
    }

    /// Whether nothing could be compared, so that there is nothing to say but why.
    #[must_use]
    pub fn is_void(&self) -> bool {
        self.plans.is_empty() && self.plans_added.is_empty() && self.plans_removed.is_empty()
    }
}
