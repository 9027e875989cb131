//! What a check knew, kept for the difference to the next one.
//!
//! Findings that go are not always mended: a plan can go, get another name, or state less. Here is told apart what two checks
//! can tell apart. It must not know how a difference is shown.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::{Checked, Live};
use crate::finding::{Difference, Failure, FailureKind, Finding, Fingerprint, Renamed, Report, Why};
use crate::source::SourceText;

/// What a check knew.
///
/// ```
/// use crossfoot::live::{Known, Live};
/// use crossfoot::{Plan, Rules};
///
/// let mut live = Live::new(Rules::standard());
/// live.set_plan(Plan::parse("a.toml", "[[splits]]\nid = 's'\nparts = [{ share = 84 }, { share = 19 }]\n"));
/// let checked = live.check();
/// let before = Known::of(&live, &checked, None);
/// live.remove("a.toml");
/// let checked = live.check();
/// let difference = before.difference(&Known::of(&live, &checked, None));
/// assert!(difference.fixed.is_empty(), "nothing was mended");
/// assert_eq!((difference.gone.len(), &*difference.gone_plans[0]), (1, "a.toml"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Known {
    findings: Vec<Finding>,
    faults: Vec<Finding>,
    errors: Vec<Failure>,
    /// The plans by name, with the text of those that can be read.
    pub(super) plans: BTreeMap<Arc<str>, Option<Arc<SourceText>>>,
    /// Findings that do not count.
    suppressed: BTreeSet<(Arc<str>, Arc<str>, Fingerprint)>,
    /// For each rule, how many checks passed and failed.
    checks: HashMap<Arc<str>, (u64, u64)>,
}

impl Known {
    /// What a check of these plans knew; with what else stood in its way.
    #[must_use]
    pub fn of(live: &Live, checked: &Checked, mistakes: Option<&Report>) -> Self {
        let report = &checked.report;
        let stale = checked.stale.iter().flat_map(|stale| &stale.findings);
        let is_fault = |finding: &&Finding| report.is_fault(finding);
        let found = report.findings.iter().filter(|finding| !is_fault(finding));
        let suppressed = report.suppressed.iter().map(|suppressed| &suppressed.finding);
        let texts = |name: &Arc<str>| live.plan(name).map(|plan| Arc::clone(plan.source()));
        Self {
            findings: found.chain(stale).cloned().collect(),
            faults: report.findings.iter().filter(is_fault).cloned().collect(),
            errors: mistakes.into_iter().flat_map(|m| &m.errors).chain(&report.errors).cloned().collect(),
            plans: live.names().map(|name| (Arc::clone(name), texts(name))).collect(),
            suppressed: suppressed.map(|f| (Arc::clone(&f.file), Arc::clone(&f.rule), f.fingerprint)).collect(),
            checks: report
                .rules
                .iter()
                .map(|rule| (Arc::clone(&rule.rule), (rule.checks.passed, rule.checks.failed)))
                .collect(),
        }
    }

    /// What is found, the findings of last good versions included, and without [`Known::faults`].
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Why plans that are no TOML at the moment are none.
    #[must_use]
    pub fn faults(&self) -> &[Finding] {
        &self.faults
    }

    /// What stands in the way.
    #[must_use]
    pub fn errors(&self) -> &[Failure] {
        &self.errors
    }

    /// What is different at a later check.
    #[must_use]
    pub fn difference(&self, after: &Self) -> Difference {
        let renamed = self.renamed(after);
        let difference = Difference::over_names(&self.findings, &after.findings, renamed);
        let mut difference = difference.set_apart(|finding| self.why(finding, after));
        let is_renamed = |name: &Arc<str>| difference.renamed.iter().any(|renamed| renamed.from == *name);
        let gone = self.plans.keys().filter(|name| !after.plans.contains_key(*name) && !is_renamed(name));
        difference.gone_plans = gone.cloned().collect();
        difference.mended = self.mended(after);
        difference
    }

    /// Plans that have gone while others came with the same text.
    fn renamed(&self, after: &Self) -> Vec<Renamed> {
        let mut came: HashMap<&str, Vec<&Arc<str>>> = HashMap::new();
        for (name, text) in after.plans.iter().rev().filter(|(name, _)| !self.plans.contains_key(*name)) {
            if let Some(text) = text {
                came.entry(text.text()).or_default().push(name);
            }
        }
        let gone = self.plans.iter().filter(|(name, _)| !after.plans.contains_key(*name));
        let pair = |(from, text): (&Arc<str>, &Option<Arc<SourceText>>)| {
            let to = came.get_mut(text.as_ref()?.text())?.pop()?;
            Some(Renamed { from: Arc::clone(from), to: Arc::clone(to) })
        };
        gone.filter_map(pair).collect()
    }

    /// Why a finding is not found any more, where it was not mended.
    fn why(&self, finding: &Finding, after: &Self) -> Option<Why> {
        if !after.plans.contains_key(&finding.file) {
            return Some(Why::PlanGone);
        }
        if after.suppressed.contains(&(Arc::clone(&finding.file), Arc::clone(&finding.rule), finding.fingerprint)) {
            return Some(Why::Suppressed);
        }
        let (passed, failed) = self.checks.get(&finding.rule)?;
        let Some((passed_after, failed_after)) = after.checks.get(&finding.rule) else { return Some(Why::NotChecked) };
        // One comparison fewer failed and none more passed: it is not made any more. Of plans that come or go that cannot be said,
        // nor of what is no comparison: two equal ids are mended by taking one out.
        let same_plans = self.plans.keys().eq(after.plans.keys());
        let fewer = failed_after < failed && passed_after <= passed;
        (finding.working.is_some() && same_plans && fewer).then_some(Why::NotChecked)
    }

    /// Files that stood in the way, are there, and do not stand in the way any more.
    fn mended(&self, after: &Self) -> Vec<Arc<str>> {
        let stands = |file: &str| after.errors.iter().any(|failure| &*failure.file == file);
        let is_there = |failure: &&Failure| match failure.kind {
            FailureKind::File | FailureKind::Plan => {
                self.plans.contains_key(&failure.file) && after.plans.contains_key(&failure.file)
            }
            _ => true,
        };
        let mended = self.errors.iter().filter(|failure| !stands(&failure.file)).filter(is_there);
        mended.map(|failure| Arc::clone(&failure.file)).collect::<BTreeSet<_>>().into_iter().collect()
    }
}
