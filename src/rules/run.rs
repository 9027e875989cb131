//! One rule over one plan, or over the plans of a portfolio.
//!
//! Shared by the audit and by the cases of rules, so that a case is run exactly as an audit runs it.

use std::sync::Arc;

use jiff::civil::Date;

use super::{Rule, Rules, failure, portfolios};
use crate::figure::Cell;
use crate::finding::{Checks, Failure, FailureKind, Finding, Severity};
use crate::plan::{NodeId, Plan, Reads};
use crate::script::{Looks, Marks, Params, RunContext, ScriptEngine, Segments};

/// What an audit is told from outside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Settings {
    /// The day that rules take for today.
    pub(crate) today: Option<Date>,
    /// Whether differences within rounding are reported, for information.
    pub(crate) note_rounding: bool,
    /// Whether to keep what rules read and compared.
    pub(crate) observe: bool,
    /// Whether to keep what rules read.
    pub(crate) reads: bool,
    /// Whether findings need only tell their rule and path, because nobody reads the rest.
    pub(crate) brief: bool,
    /// Whether to tell apart what each round of a loop leaves behind, in rules that let it.
    pub(crate) apart: bool,
}

/// How a rule runs: how grave its findings are, and with which parameters.
#[derive(Clone, Debug)]
pub(crate) struct Terms {
    pub(crate) severity: Severity,
    /// Of a rule over several plans, that of findings in each of them; empty where it is the same in all.
    pub(crate) by_plan: Vec<Severity>,
    /// In place of the rule's own.
    pub(crate) params: Option<Params>,
}

/// What one rule found.
#[derive(Clone, Debug, Default)]
pub(crate) struct RuleRun {
    pub(crate) checks: Checks,
    pub(crate) findings: Vec<Finding>,
    /// What was looked at, by plan.
    pub(crate) looked: Vec<Marks>,
    /// Figures that another place states as well, and that agree with it.
    pub(crate) confirmed: Vec<Cell>,
    pub(crate) failure: Option<Failure>,
    /// What it read, and what it compared, as far as the settings ask for it.
    pub(crate) observed: Option<Observed>,
    /// What each round of a loop left behind, where the settings ask for it and the rule lets it be told.
    pub(crate) segments: Option<Arc<Segments>>,
}

/// What one rule read and compared.
#[derive(Clone, Debug)]
pub(crate) struct Observed {
    /// By plan.
    pub(crate) reads: Vec<Arc<Reads>>,
    pub(crate) looks: Looks,
}

impl RuleRun {
    /// The run of a rule that had nothing to judge.
    pub(crate) fn not_applicable() -> Self {
        Self { checks: Checks { not_applicable: 1, ..Checks::default() }, ..Self::default() }
    }
}

impl Rules {
    /// Runs a rule once over plans that belong together, on terms that others have set. Call it on a thread with a large
    /// stack.
    pub(crate) fn run_as(&self, rule: &Rule, terms: &Terms, plans: &[&Plan], settings: Settings) -> RuleRun {
        let apart = settings.apart && rule.script.is_apart();
        let run = self.run_on(&self.engine, rule, terms, plans, Settings { apart, ..settings }, None);
        if apart && run.failure.is_some() {
            // How a rule failed is told as it is told everywhere.
            return self.run_on(&self.engine, rule, terms, plans, Settings { apart: false, ..settings }, None);
        }
        run
    }

    /// Runs a rule whose rounds can be told apart over some items only, and what it does outside of rounds.
    pub(crate) fn run_part(
        &self,
        rule: &Rule,
        terms: &Terms,
        plan: &Plan,
        settings: Settings,
        only: Arc<[NodeId]>,
    ) -> RuleRun {
        self.run_on(&self.engine, rule, terms, &[plan], Settings { apart: true, ..settings }, Some(only))
    }

    /// The same on another engine than the one that the rule was compiled by.
    fn run_on(
        &self,
        engine: &ScriptEngine,
        rule: &Rule,
        terms: &Terms,
        plans: &[&Plan],
        settings: Settings,
        only: Option<Arc<[NodeId]>>,
    ) -> RuleRun {
        let observed = settings.observe || settings.reads;
        let (plans, reads) = watched(plans, observed);
        let context = RunContext {
            rule: Arc::clone(&rule.id),
            severity: terms.severity,
            severities: terms.by_plan.clone(),
            params: terms.params.clone(),
            help: rule.script.help.as_deref().map(Arc::from),
            plans,
            today: settings.today,
            note_rounding: settings.note_rounding,
            observe: settings.observe,
            brief: settings.brief,
            most_findings: self.limits.findings,
            apart: settings.apart,
            only,
        };
        let outcome = engine.run(&rule.script, context);
        let record = outcome.record;
        let failure = outcome.fault.map(|fault| {
            let source = fault.file.as_deref().and_then(|file| self.source_of(file)).unwrap_or(&rule.source);
            let failure = failure(FailureKind::RuleRun, &rule.id, source, &fault, outcome.looking_at);
            let failure = seen_from_its_file(failure, &rule.source.shared_name());
            if self.is_kept(rule) { without_places(failure) } else { failure }
        });
        RuleRun {
            checks: record.checks,
            findings: record.findings,
            looked: record.looked,
            confirmed: record.confirmed,
            failure,
            observed: observed.then_some(Observed { reads, looks: record.looks }),
            segments: (settings.apart && !record.segments.mixed).then(|| Arc::new(record.segments)),
        }
    }

    /// Runs a rule over the plans of a case: over each portfolio among them, or over each plan by itself.
    /// On another engine than the one that the rule was compiled by, where one is given.
    pub(super) fn run_case(
        &self,
        engine: Option<&ScriptEngine>,
        rule: &Rule,
        plans: &[Plan],
        settings: Settings,
    ) -> RuleRun {
        let engine = engine.unwrap_or(&self.engine);
        let own = Terms { severity: rule.severity(), by_plan: Vec::new(), params: None };
        let run = |plans: &[&Plan]| self.run_on(engine, rule, &own, plans, settings, None);
        let runs: Vec<RuleRun> = if rule.is_over_portfolios() {
            let together = |portfolio: Vec<usize>| portfolio.into_iter().map(|at| &plans[at]).collect::<Vec<_>>();
            portfolios(plans).into_iter().map(|p| run(&together(p))).collect()
        } else {
            plans.iter().map(|plan| run(&[plan])).collect()
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

/// The plans of a run and, where it is asked for, what the run reads of each.
fn watched(plans: &[&Plan], observe: bool) -> (Vec<Arc<Plan>>, Vec<Arc<Reads>>) {
    if observe {
        return plans.iter().map(|plan| plan.watched()).map(|(plan, reads)| (Arc::new(plan), reads)).unzip();
    }
    (plans.iter().map(|plan| Arc::new((*plan).clone())).collect(), Vec::new())
}

/// A fault names the files that are not the rule's; a failure names those that are not its own.
fn seen_from_its_file(mut failure: Failure, rule: &Arc<str>) -> Failure {
    for frame in &mut failure.stack {
        let file = frame.file.take().unwrap_or_else(|| Arc::clone(rule));
        frame.file = Some(file).filter(|file| *file != failure.file);
    }
    failure
}

/// A failure of a rule whose file holds another text by now: places in it would be wrong.
fn without_places(failure: Failure) -> Failure {
    let message = format!("{} (in the last version that compiled)", failure.message);
    Failure { message, span: None, stack: Vec::new(), ..failure }
}
