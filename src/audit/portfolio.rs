//! What an audit has to run: each rule over each plan, and each rule over portfolios once over each portfolio.
//!
//! It says what runs, in a fixed order; running and gathering are the audit's own.

use std::sync::Arc;

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
}

impl<'a> Task<'a> {
    /// The run of a rule, unless it is off.
    pub(super) fn of(rule: &'a Arc<Rule>, plans: Vec<&'a Plan>, in_force: &InForce<'_>) -> Option<Self> {
        Some(Self { rule, plans, terms: in_force.terms(rule)? })
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
    let mut together: Vec<Vec<&Plan>> = Vec::new();
    if !over_portfolios.is_empty() && any {
        together = portfolios(plans).into_iter().map(|at| at.into_iter().map(|at| &plans[at]).collect()).collect();
        if together.is_empty() {
            together.push(Vec::new());
        }
    }
    for portfolio in &together {
        tasks.extend(over_portfolios.iter().filter_map(|rule| Task::of(rule, portfolio.clone(), whole)));
    }
    tasks
}
