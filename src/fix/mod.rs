//! Fixes: what findings offer is applied to plans, until nothing is left that may be applied.
//!
//! Nothing is applied on trust. After each round the plans are audited again, and a fix that does not remove its own finding,
//! or that brings another which nobody could mend, is taken back and told. Files are read and written by the caller; what a
//! fix says is decided where its finding is made.

mod apply;
mod compare;
mod outcome;
mod round;
mod settle;
mod text;

pub use apply::{Unfit, apply};
pub use outcome::{Applied, Fixed, FixedFile, Refused, Written};
pub use text::{diff, json, text};

use std::collections::HashSet;
use std::sync::Arc;

use crate::audit::Auditor;
use crate::finding::{Edit, Finding, Fix, Report};
use crate::plan::{FaultCode, Plan};
use crate::rules::Selected;
use compare::Before;
use round::{Candidate, Round};
use settle::{Failed, State, is_of_loader, settle};

/// Applies the fixes of findings.
///
/// ```
/// use crossfoot::fix::Fixer;
/// use crossfoot::{Auditor, Plan, Rules};
///
/// let rules = Rules::standard().choose(&["totals/*"], &[])?;
/// let plan = Plan::parse("plan.toml", "[[objectives]]
/// id = 'A'
/// total = { 2026 = 8_765 } # voted
/// outputs = [{ id = 'A-1', cost = { 2026 = 4_750 } }, { id = 'A-2', cost = { 2026 = 4_750 } }]
/// ");
/// let fixed = Fixer::new(Auditor::new(&rules)).fix(&[plan]);
/// assert!(fixed.files[0].after.contains("total = { 2026 = 9_500 } # voted"));
/// assert!(fixed.left.findings.is_empty());
/// # Ok::<(), crossfoot::rules::UnknownRule>(())
/// ```
#[derive(Clone, Debug)]
pub struct Fixer<'r> {
    auditor: Auditor<'r>,
    unsafe_of: Option<Selected>,
}

/// The plans after one fix, and what an audit of them says.
#[derive(Debug)]
pub struct Step {
    /// The plans.
    pub plans: Vec<Plan>,
    /// Their audit.
    pub report: Report,
}

impl<'r> Fixer<'r> {
    /// Rounds after which a fixer stops, whatever is left.
    pub const ROUNDS: usize = 10;

    /// A fixer of safe fixes; the auditor says what is found, and what a baseline or an allowance keeps out of reach.
    #[must_use]
    pub fn new(auditor: Auditor<'r>) -> Self {
        Self { auditor, unsafe_of: None }
    }

    /// Has it apply the fixes of these rules even where they are not safe: of several that a finding offers, the first that
    /// holds; safe ones are tried before others.
    #[must_use]
    pub fn also_unsafe(mut self, rules: Selected) -> Self {
        self.unsafe_of = Some(rules);
        self
    }

    /// Applies fixes until none is left that may be applied, at most [`Self::ROUNDS`] rounds.
    #[must_use]
    pub fn fix(&self, plans: &[Plan]) -> Fixed {
        let mut state = State { report: self.auditor.audit_all(plans), plans: plans.to_vec() };
        let mut applied = Vec::new();
        let mut refused = Vec::new();
        let mut rounds = 0;
        // What does not hold as the plans are now: the next fix of the same finding may.
        let mut failed: Vec<Failed> = Vec::new();
        while rounds < Self::ROUNDS {
            let round = Round::of(self.candidates(&state.report, &failed));
            let round = round.revealing_first(|candidate| reveals(&candidate.finding));
            let before = Before::of(&state.report);
            let settled = settle(self, &state, &before, &round, rounds);
            refused = settled.refused;
            if let Some(next) = settled.state {
                rounds += settled.rounds;
                applied.extend(settled.applied);
                refused.splice(0..0, settled.failed.iter().map(Failed::refused));
                failed.clear();
                state = next;
                continue;
            }
            let known = failed.len();
            failed.extend(settled.failed);
            let has_next = |one: &Failed| self.candidate(&state.report, &one.candidate.finding, &failed).is_some();
            if !failed[known..].iter().any(has_next) {
                break;
            }
        }
        refused.splice(0..0, failed.iter().map(Failed::refused));
        let left = self.candidates(&state.report, &failed);
        let more = rounds >= Self::ROUNDS && !left.is_empty();
        if !more {
            // What waited for a fix that was refused is told as well.
            let is_told = |one: &Candidate| refused.iter().any(|told| told.fix == one.told);
            let waited: Vec<Refused> = left.iter().filter(|one| !is_told(one)).map(Candidate::waited).collect();
            refused.extend(waited);
        }
        Fixed::new(plans, &state.plans, applied, refused, rounds, more, state.report)
    }

    /// Applies one fix of a report's finding, safe or not.
    ///
    /// # Errors
    /// Why it is refused, in words: the finding would still be there, or another would come that nothing mends.
    pub fn step(&self, plans: &[Plan], report: &Report, finding: &Finding, fix: &Fix) -> Result<Step, String> {
        let candidate = Candidate::of(report, finding, fix);
        let plans = apply::to_plans(plans, std::slice::from_ref(&candidate))?;
        let after = self.auditor.audit_all(&plans);
        let before = Before::of(report);
        before.holds_still(&after)?;
        before.has_lost(&after, std::slice::from_ref(&candidate))?;
        let reveals = reveals(finding);
        let hurts = |new: &&Finding| if reveals { is_of_loader(new) } else { new.fixes.is_empty() };
        if let Some(new) = before.new_findings(&after).into_iter().find(hurts) {
            return Err(compare::brings(new));
        }
        Ok(Step { plans, report: after })
    }

    /// What may be applied of a report: one fix for each finding.
    fn candidates(&self, report: &Report, failed: &[Failed]) -> Vec<Candidate> {
        let findings = report.findings.iter();
        let all: Vec<Candidate> = findings.filter_map(|finding| self.candidate(report, finding, failed)).collect();
        // Where another finding makes the same edits safe, that one speaks for both.
        let known = all.iter().chain(failed.iter().map(|one| &one.candidate));
        let safe: HashSet<(Arc<str>, Vec<Edit>)> = known.filter(|c| c.fix.safe).map(Candidate::edits).collect();
        all.into_iter().filter(|c| c.fix.safe || !safe.contains(&c.edits())).collect()
    }

    /// The first fix of a finding that may be applied and has not failed.
    fn candidate(&self, report: &Report, finding: &Finding, failed: &[Failed]) -> Option<Candidate> {
        let all = self.unsafe_of.as_ref().is_some_and(|rules| rules.takes(&finding.rule));
        let safe = finding.fixes.iter().filter(|fix| fix.safe);
        let others = finding.fixes.iter().filter(|fix| all && !fix.safe);
        let fix = safe.chain(others).find(|fix| !failed.iter().any(|one| one.is(finding, fix)))?;
        Some(Candidate::of(report, finding, fix))
    }
}

/// Whether a fix of this finding lets the rules see what they could not see: what they then find was there before.
fn reveals(finding: &Finding) -> bool {
    *finding.rule == *FaultCode::UnknownKey.id()
}
