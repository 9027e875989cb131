//! What an audit has to run: each rule over each plan, and each rule over portfolios once over each portfolio.
//!
//! It says what runs, in a fixed order; running and gathering are the audit's own.

use std::sync::Arc;

use crate::config::Level;
use crate::plan::Plan;
use crate::rules::{InForce, Rule, Terms, portfolios};

/// One run of one rule.
pub(crate) struct Task<'a> {
    pub(crate) rule: &'a Arc<Rule>,
    /// One plan, or those of one portfolio. None where a rule over portfolios has none to judge, which counts as one check
    /// that is not applicable.
    pub(super) plans: Vec<&'a Plan>,
    /// The severity and the parameters that hold there.
    pub(super) terms: Terms,
    /// Of a portfolio, the plans in which the rule is off: what it finds there is not told.
    pub(super) off: Vec<Arc<str>>,
}

impl<'a> Task<'a> {
    /// The run of a rule, unless it is off.
    pub(super) fn of(rule: &'a Arc<Rule>, plans: Vec<&'a Plan>, in_force: &InForce<'_>) -> Option<Self> {
        Some(Self { rule, plans, terms: in_force.terms(rule)?, off: Vec::new() })
    }

    /// The run of a rule over a portfolio, with the level that holds in each of its plans; `None` where it is off in all.
    fn over(rule: &'a Arc<Rule>, plans: Vec<(&'a Plan, &InForce<'_>)>, whole: &InForce<'_>) -> Option<Self> {
        let levels: Vec<Level> = plans.iter().map(|(_, in_force)| in_force.level(rule.id(), rule.severity())).collect();
        let severity = |level: &Level| match level {
            Level::At(severity) => *severity,
            Level::Off => rule.severity(),
        };
        let is_off = |(at, _): &(usize, &(&Plan, &InForce<'_>))| levels[*at] == Level::Off;
        let off: Vec<Arc<str>> =
            plans.iter().enumerate().filter(is_off).map(|(_, (plan, _))| plan.source().shared_name()).collect();
        if off.len() == plans.len() {
            return None;
        }
        let terms = Terms {
            severity: severity(&whole.level(rule.id(), rule.severity())),
            by_plan: levels.iter().map(severity).collect(),
            params: whole.params(rule),
        };
        Some(Self { rule, plans: plans.into_iter().map(|(plan, _)| plan).collect(), terms, off })
    }

    /// How many nodes the run goes over, at most.
    pub(super) fn nodes(&self) -> usize {
        self.plans.iter().map(|plan| plan.len()).sum()
    }
}

/// Every run: by plan, and by portfolio after that; without rules that are off. `in_force` is what holds for each plan,
/// `whole` what holds for no plan in particular.
pub(super) fn tasks<'a>(
    rules: &[&'a Arc<Rule>],
    plans: &'a [Plan],
    in_force: &[InForce<'_>],
    whole: &InForce<'_>,
) -> Vec<Task<'a>> {
    let (over_portfolios, over_plans): (Vec<_>, Vec<_>) =
        rules.iter().copied().partition(|rule| rule.is_over_portfolios());
    let mut tasks = Vec::new();
    for (plan, in_force) in plans.iter().zip(in_force).filter(|(plan, _)| plan.is_toml()) {
        tasks.extend(over_plans.iter().filter_map(|rule| Task::of(rule, vec![plan], in_force)));
    }
    let any = plans.iter().any(Plan::is_toml);
    if over_portfolios.is_empty() || !any {
        return tasks;
    }
    let together = portfolios(plans);
    if together.is_empty() {
        tasks.extend(over_portfolios.iter().filter_map(|rule| Task::of(rule, Vec::new(), whole)));
    }
    for portfolio in together {
        let members = || portfolio.iter().map(|at| (&plans[*at], &in_force[*at])).collect();
        tasks.extend(over_portfolios.iter().filter_map(|rule| Task::over(rule, members(), whole)));
    }
    tasks
}
