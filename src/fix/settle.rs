//! One round: its fixes are made together and judged together; where that does not hold, halves of them are, down to the one
//! that is to blame.

use std::cell::Cell;

use super::compare::{Before, brings};
use super::outcome::{Applied, Refused};
use super::round::{Candidate, Round};
use super::{Fixer, apply};
use crate::finding::{Finding, Fix, Report};
use crate::plan::{FaultCode, Plan};

/// Audits that one round may take to find out which of its fixes do not hold. What is then not told apart is refused together.
const MOST_TRIALS: usize = 200;

/// Plans, and what an audit of them says.
pub(super) struct State {
    pub(super) plans: Vec<Plan>,
    pub(super) report: Report,
}

/// What a round came to.
pub(super) struct Settled {
    /// Nothing, where no fix of the round held.
    pub(super) state: Option<State>,
    pub(super) applied: Vec<Applied>,
    pub(super) refused: Vec<Refused>,
    /// Fixes that were tried alone, upon those that hold, and do not.
    pub(super) failed: Vec<Failed>,
    pub(super) rounds: usize,
}

/// A fix that does not hold, and why.
pub(super) struct Failed {
    pub(super) candidate: Candidate,
    why: String,
}

impl Failed {
    pub(super) fn is(&self, finding: &Finding, fix: &Fix) -> bool {
        self.candidate.fix == *fix && self.candidate.finding == *finding
    }

    pub(super) fn refused(&self) -> Refused {
        self.candidate.refused(self.why.clone())
    }
}

/// Everything that one round is judged by.
struct Judge<'j> {
    fixer: &'j Fixer<'j>,
    base: &'j State,
    before: &'j Before,
    reveals: bool,
    /// Rounds that are left for what fixes bring.
    budget: usize,
    trials: Cell<usize>,
}

/// A trial that held.
struct Trial {
    state: State,
    /// Fixes that followed from the others.
    followed: Vec<Candidate>,
    rounds: usize,
}

/// What is known so far of the fixes of a round.
#[derive(Default)]
struct Outcome {
    accepted: Vec<Candidate>,
    last: Option<Trial>,
    refused: Vec<Refused>,
    failed: Vec<Failed>,
}

/// Makes the fixes of a round, as many of them as hold.
pub(super) fn settle(fixer: &Fixer<'_>, base: &State, before: &Before, round: &Round, done: usize) -> Settled {
    let judge =
        Judge { fixer, base, before, reveals: round.reveals, budget: Fixer::ROUNDS - done, trials: Cell::new(0) };
    let mut outcome = Outcome { refused: round.refused.clone(), ..Outcome::default() };
    judge.halve(&round.now, &mut outcome);
    let Outcome { accepted, last, refused, failed } = outcome;
    let Some(trial) = last else { return Settled { state: None, applied: Vec::new(), refused, failed, rounds: 0 } };
    let applied = accepted.iter().chain(&trial.followed).map(Candidate::told).collect();
    Settled { state: Some(trial.state), applied, refused, failed, rounds: trial.rounds }
}

impl Judge<'_> {
    /// Adds to what is accepted what holds together with it.
    fn halve(&self, batch: &[Candidate], outcome: &mut Outcome) {
        if batch.is_empty() {
            return;
        }
        let together = [outcome.accepted.as_slice(), batch].concat();
        match (self.trial(&together), batch) {
            (Ok(trial), _) => {
                outcome.accepted = together;
                outcome.last = Some(trial);
            }
            (Err(why), [one]) => outcome.failed.push(Failed { candidate: one.clone(), why }),
            (Err(why), _) if self.trials.get() >= MOST_TRIALS => {
                outcome.refused.extend(batch.iter().map(|one| one.refused(format!("with others {why}"))));
            }
            (Err(_), _) => {
                let (first, second) = batch.split_at(batch.len() / 2);
                self.halve(first, outcome);
                self.halve(second, outcome);
            }
        }
    }

    /// Makes some fixes, and then those of the findings that they bring, until nothing new is left.
    fn trial(&self, fixes: &[Candidate]) -> Result<Trial, String> {
        self.trials.set(self.trials.get() + 1);
        let mut plans = apply::to_plans(&self.base.plans, fixes)?;
        let mut followed = Vec::new();
        for rounds in 1..=self.budget {
            let report = self.fixer.auditor.audit_all(&plans);
            self.before.holds_still(&report)?;
            let mut new = self.before.new_findings(&report);
            if self.reveals {
                // What a corrected key lets rules see was there before; that its value does not fit the key was not.
                match new.iter().find(|finding| is_of_loader(finding)) {
                    Some(unfit) => return Err(brings(unfit)),
                    None => new.clear(),
                }
            }
            let Some(first) = new.first() else {
                self.before.has_lost(&report, fixes)?;
                return Ok(Trial { state: State { plans, report }, followed, rounds });
            };
            // A total that was set has totals above it: what they need is done as well, or nothing is.
            let candidates: Option<Vec<Candidate>> =
                new.iter().map(|finding| self.fixer.candidate(&report, finding, &[])).collect();
            let next = Round::of(candidates.ok_or_else(|| brings(stuck(&report, &new, self.fixer).unwrap_or(first)))?);
            if next.now.is_empty() || rounds == self.budget {
                return Err(brings(first));
            }
            plans = apply::to_plans(&plans, &next.now)?;
            followed.extend(next.now);
        }
        Err("the rounds are used up".to_owned())
    }
}

/// Whether a finding is one that the loader makes, of the shape of a plan.
pub(super) fn is_of_loader(finding: &Finding) -> bool {
    FaultCode::ALL.iter().any(|code| *finding.rule == *code.id())
}

/// The first finding that nothing mends.
fn stuck<'f>(report: &Report, new: &[&'f Finding], fixer: &Fixer<'_>) -> Option<&'f Finding> {
    new.iter().find(|finding| fixer.candidate(report, finding, &[]).is_none()).copied()
}
