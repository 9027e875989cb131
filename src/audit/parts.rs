//! A run of a rule in which only some rounds of its loops are made again.
//!
//! Where a rule judges the items of a list apart, a change within one item reaches one round. That round is made again, and
//! with it what the rule does outside of rounds, which is little; all else is taken over. Where anything does not fit together
//! as it did, nothing is taken over, and the rule runs as a whole. It must not know why plans change.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::Auditor;
use super::portfolio::Task;
use crate::finding::{Checks, Finding};
use crate::plan::{NodeId, Plan};
use crate::rules::RuleRun;
use crate::script::{Segment, Segments, Tally};

/// A run before a change, and the items whose rounds the change reaches.
pub(super) struct Part {
    /// What was found, at the places where it would be now.
    pub(super) before: RuleRun,
    pub(super) items: Arc<[NodeId]>,
}

impl Auditor<'_> {
    /// The run of a rule after a change that reaches some of its rounds.
    pub(super) fn run_part(&self, task: &Task<'_>, part: &Part) -> Option<RuleRun> {
        let plan = task.plans.first()?;
        let now = self.rules.run_part(task.rule, &task.terms, plan, self.settings, Arc::clone(&part.items));
        let merged = merged(&part.before, now, plan, &part.items)?;
        // One more than a rule may make, and it fails.
        (merged.findings.len() < self.rules.limits().findings).then_some(merged)
    }
}

impl RuleRun {
    /// The items whose rounds must be made again because one of these nodes has changed; `None` where more must. Where something
    /// around fixes has changed as well, those of all fixes.
    pub(super) fn reached(&self, plan: &Plan, changed: &[NodeId], around_fixes: bool) -> Option<Arc<[NodeId]>> {
        let segments = self.segments.as_ref()?;
        let reads = self.observed.as_ref()?.reads.first()?;
        if changed.iter().any(|node| reads.contains_elsewhere(*node)) {
            return None;
        }
        let for_style = |node: &NodeId| reads.by_edits().is_some_and(|edits| edits.contains_elsewhere(*node));
        let around_fixes = around_fixes || changed.iter().any(for_style);
        let around: HashSet<NodeId> = changed.iter().flat_map(|node| plan.outward(*node)).collect();
        let offers = |from: usize, to: usize| {
            self.findings.get(from..to).unwrap_or_default().iter().any(|finding| !finding.fixes.is_empty())
        };
        let reached = segments.with_starts().filter_map(|(segment, start)| {
            let item = segment.item?;
            let fixes = around_fixes && offers(start.findings, segment.end.findings);
            (fixes || around.contains(&item)).then_some(item)
        });
        let items: BTreeSet<NodeId> = reached.collect();
        Some(items.into_iter().collect())
    }

    /// Which findings are of rounds that are not made again for these items.
    pub(super) fn taken_over(&self, items: &[NodeId]) -> Vec<Range<usize>> {
        let segments = self.segments.iter().flat_map(|segments| segments.with_starts());
        let kept =
            segments.filter(|(segment, start)| is_taken_over(segment, items) && start.findings < segment.end.findings);
        kept.map(|(segment, start)| start.findings..segment.end.findings).collect()
    }
}

/// Whether what a segment left behind holds when the rounds of these items are made again.
fn is_taken_over(segment: &Segment, items: &[NodeId]) -> bool {
    segment.item.is_some_and(|item| items.binary_search(&item).is_err())
}

/// What a whole run would have left behind: of the rounds of some items and of what is outside of rounds what is new, of the other
/// rounds what was there before. `None` where the two runs are not made of the same rounds.
fn merged(before: &RuleRun, now: RuleRun, plan: &Plan, items: &[NodeId]) -> Option<RuleRun> {
    let (old, new) = (before.segments.as_ref()?, now.segments.as_ref()?);
    let mut run = RuleRun { observed: before.observed.clone(), ..RuleRun::default() };
    let mut segments = Segments::default();
    let mut made_again = new.with_starts();
    for (segment, start) in old.with_starts() {
        let (from, segment, start) = if is_taken_over(&segment, items) {
            (before, segment, start)
        } else {
            let (again, start) = made_again.next()?;
            (again.item == segment.item).then_some((&now, again, start))?
        };
        run.take(from, start, segment.end);
        segments.all.push(Segment { item: segment.item, end: run.tally() });
    }
    if made_again.next().is_some() {
        return None;
    }
    // What the round of another item looked at stays looked at. What only the rounds that are made again looked at elsewhere may
    // not, and nobody can tell the two apart: so all of it must be looked at now as well.
    if !now.looked.first().is_some_and(|looked| old.elsewhere.is_within(looked)) {
        return None;
    }
    segments.elsewhere.clone_from(&old.elsewhere);
    segments.elsewhere.merge(&new.elsewhere);
    run.looked.clone_from(&before.looked);
    for (all, new) in run.looked.iter_mut().zip(&now.looked) {
        items.iter().flat_map(|item| plan.all_within(*item)).for_each(|node| all.remove(node));
        all.merge(new);
    }
    for (all, new) in run.observed.iter().zip(&now.observed) {
        all.reads.iter().zip(&new.reads).for_each(|(all, new)| all.merge(new));
    }
    run.segments = Some(Arc::new(segments));
    Some(run)
}

impl RuleRun {
    /// Adds what another run left behind in one segment.
    fn take(&mut self, from: &Self, start: Tally, end: Tally) {
        let found: &[Finding] = from.findings.get(start.findings..end.findings).unwrap_or_default();
        self.findings.extend_from_slice(found);
        self.confirmed.extend_from_slice(from.confirmed.get(start.confirmed..end.confirmed).unwrap_or_default());
        self.checks += Checks {
            passed: end.checks.passed - start.checks.passed,
            failed: end.checks.failed - start.checks.failed,
            not_applicable: end.checks.not_applicable - start.checks.not_applicable,
            within_rounding: end.checks.within_rounding - start.checks.within_rounding,
        };
    }

    fn tally(&self) -> Tally {
        Tally { checks: self.checks, findings: self.findings.len(), confirmed: self.confirmed.len() }
    }
}
