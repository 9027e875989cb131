//! One rule over one plan, or over the plans of a portfolio.
//!
//! Shared by the audit and by the cases of rules, so that a case is run exactly as an audit runs it.

use std::sync::Arc;

use jiff::civil::Date;

use super::{Rule, Rules, failure, portfolios};
use crate::finding::{Checks, Failure, FailureKind, Finding, Severity};
use crate::plan::Plan;
use crate::script::{Marks, Params, RunContext};

/// What an audit is told from outside.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Settings {
    /// The day that rules take for today.
    pub(crate) today: Option<Date>,
    /// Whether differences within rounding are reported, for information.
    pub(crate) note_rounding: bool,
}

/// How a rule runs: how grave its findings are, and with which parameters.
#[derive(Clone, Debug)]
pub(crate) struct Terms {
    pub(crate) severity: Severity,
    /// In place of the rule's own.
    pub(crate) params: Option<Params>,
}

/// What one rule found.
#[derive(Debug, Default)]
pub(crate) struct RuleRun {
    pub(crate) checks: Checks,
    pub(crate) findings: Vec<Finding>,
    /// What was looked at, by plan.
    pub(crate) looked: Vec<Marks>,
    pub(crate) failure: Option<Failure>,
}

impl RuleRun {
    /// The run of a rule that had nothing to judge.
    pub(crate) fn not_applicable() -> Self {
        Self { checks: Checks { not_applicable: 1, ..Checks::default() }, ..Self::default() }
    }
}

impl Rules {
    /// Runs a rule over a plan; a rule over portfolios finds none in it. Call it on a thread with a large stack.
    pub(crate) fn run_rule(&self, rule: &Rule, plan: &Plan, settings: Settings) -> RuleRun {
        if rule.is_over_portfolios() { RuleRun::not_applicable() } else { self.run_over(rule, &[plan], settings) }
    }

    /// Runs a rule once over plans that belong together, on its own terms. Call it on a thread with a large stack.
    pub(crate) fn run_over(&self, rule: &Rule, plans: &[&Plan], settings: Settings) -> RuleRun {
        self.run_as(rule, &Terms { severity: rule.severity(), params: None }, plans, settings)
    }

    /// As [`Rules::run_over`], on terms that others have set.
    pub(crate) fn run_as(&self, rule: &Rule, terms: &Terms, plans: &[&Plan], settings: Settings) -> RuleRun {
        let context = RunContext {
            rule: Arc::clone(&rule.id),
            severity: terms.severity,
            params: terms.params.clone(),
            help: rule.script.help.as_deref().map(Arc::from),
            plans: plans.iter().map(|plan| Arc::new((*plan).clone())).collect(),
            today: settings.today,
            note_rounding: settings.note_rounding,
            most_findings: self.limits.findings,
        };
        let outcome = self.engine.run(&rule.script, context);
        let record = outcome.record;
        let failure = outcome.fault.map(|fault| {
            let source = fault.file.as_deref().and_then(|file| self.source_of(file)).unwrap_or(&rule.source);
            let failure = failure(FailureKind::RuleRun, &rule.id, source, &fault, outcome.looking_at);
            seen_from_its_file(failure, &rule.source.shared_name())
        });
        RuleRun { checks: record.checks, findings: record.findings, looked: record.looked, failure }
    }

    /// Runs a rule over the plans of a case: over each portfolio among them, or over each plan by itself.
    pub(super) fn run_case(&self, rule: &Rule, plans: &[Plan], settings: Settings) -> RuleRun {
        let runs: Vec<RuleRun> = if rule.is_over_portfolios() {
            let together = |portfolio: Vec<usize>| portfolio.into_iter().map(|at| &plans[at]).collect::<Vec<_>>();
            portfolios(plans).into_iter().map(|p| self.run_over(rule, &together(p), settings)).collect()
        } else {
            plans.iter().map(|plan| self.run_rule(rule, plan, settings)).collect()
        };
        let merge = |mut all: RuleRun, run: RuleRun| {
            all.checks += run.checks;
            all.findings.extend(run.findings);
            all.looked.extend(run.looked);
            all.failure = all.failure.or(run.failure);
            all
        };
        runs.into_iter().reduce(merge).unwrap_or_else(RuleRun::not_applicable)
    }
}

/// A fault names the files that are not the rule's; a failure names those that are not its own.
fn seen_from_its_file(mut failure: Failure, rule: &Arc<str>) -> Failure {
    for frame in &mut failure.stack {
        let file = frame.file.take().unwrap_or_else(|| Arc::clone(rule));
        frame.file = Some(file).filter(|file| *file != failure.file);
    }
    failure
}
