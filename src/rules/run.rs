//! One rule over one plan.
//!
//! Shared by the audit and by the cases of rules, so that a case is run exactly as an audit runs it.

use std::sync::Arc;

use jiff::civil::Date;

use super::{Rule, Rules, failure};
use crate::finding::{Checks, Failure, FailureKind, Finding};
use crate::plan::{Plan, Reads};
use crate::script::{Looks, Marks, RunContext};

/// What an audit is told from outside.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Settings {
    /// The day that rules take for today.
    pub(crate) today: Option<Date>,
    /// Whether differences within rounding are reported, for information.
    pub(crate) note_rounding: bool,
    /// Whether to keep what rules read and compared.
    pub(crate) observe: bool,
}

/// What one rule found in one plan.
#[derive(Debug)]
pub(crate) struct RuleRun {
    pub(crate) checks: Checks,
    pub(crate) findings: Vec<Finding>,
    pub(crate) looked: Marks,
    pub(crate) failure: Option<Failure>,
    /// What it read and compared, where the settings ask for it.
    pub(crate) observed: Option<Observed>,
}

/// What one rule read and compared.
#[derive(Debug)]
pub(crate) struct Observed {
    pub(crate) reads: Arc<Reads>,
    pub(crate) looks: Looks,
}

impl Rules {
    /// Runs a rule over a plan. Call it on a thread with a large stack.
    pub(crate) fn run_rule(&self, rule: &Rule, plan: &Plan, settings: Settings) -> RuleRun {
        let watched = settings.observe.then(|| plan.watched());
        let (plan, reads) = watched.map_or_else(|| (plan.clone(), None), |(plan, reads)| (plan, Some(reads)));
        let context = RunContext {
            rule: Arc::clone(&rule.id),
            severity: rule.severity(),
            help: rule.script.help.as_deref().map(Arc::from),
            plans: vec![Arc::new(plan)],
            today: settings.today,
            note_rounding: settings.note_rounding,
            observe: settings.observe,
            most_findings: self.limits.findings,
        };
        let outcome = self.engine.run(&rule.script, context);
        let mut record = outcome.record;
        let failure = outcome
            .fault
            .map(|fault| failure(FailureKind::RuleRun, &rule.id, &rule.source, &fault, outcome.looking_at));
        RuleRun {
            checks: record.checks,
            findings: record.findings,
            looked: record.looked.pop().unwrap_or_default(),
            failure,
            observed: reads.map(|reads| Observed { reads, looks: record.looks }),
        }
    }
}
