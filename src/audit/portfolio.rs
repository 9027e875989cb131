//! What an audit has to run: each rule over each plan, and each rule over portfolios once over each portfolio.
//!
//! It says what runs, in a fixed order; running and gathering are the audit's own.

use std::sync::Arc;

use crate::plan::Plan;
use crate::rules::{Rule, portfolios};

/// One run of one rule.
pub(super) struct Task<'a> {
    pub(super) rule: &'a Arc<Rule>,
    /// One plan, or those of one portfolio. None where a rule over portfolios has none to judge, which counts as one check
    /// that is not applicable.
    pub(super) plans: Vec<&'a Plan>,
}

impl Task<'_> {
    /// How many nodes the run goes over, at most.
    pub(super) fn nodes(&self) -> usize {
        self.plans.iter().map(|plan| plan.len()).sum()
    }
}

/// Every run: by plan, and by portfolio after that.
pub(super) fn tasks<'a>(rules: &[&'a Arc<Rule>], plans: &'a [Plan]) -> Vec<Task<'a>> {
    let (over_portfolios, over_plans): (Vec<_>, Vec<_>) =
        rules.iter().copied().partition(|rule| rule.is_over_portfolios());
    let sound: Vec<&Plan> = plans.iter().filter(|plan| plan.is_toml()).collect();
    let one = |plan: &'a Plan| over_plans.iter().map(move |rule| Task { rule, plans: vec![plan] });
    let mut tasks: Vec<Task<'a>> = sound.iter().flat_map(|plan| one(plan)).collect();
    let mut together: Vec<Vec<&Plan>> = Vec::new();
    if !over_portfolios.is_empty() && !sound.is_empty() {
        together = portfolios(plans).into_iter().map(|at| at.into_iter().map(|at| &plans[at]).collect()).collect();
        if together.is_empty() {
            together.push(Vec::new());
        }
    }
    for portfolio in &together {
        tasks.extend(over_portfolios.iter().map(|rule| Task { rule, plans: portfolio.clone() }));
    }
    tasks
}
