//! Which plans are judged together: those that name the same portfolio.

use std::collections::BTreeMap;

use crate::plan::Plan;

/// The plans of each portfolio of which there are at least two, by the portfolio's name; each by its place among `plans`, in
/// the order of their files, so that it matters to nobody in which order they were named. A plan that is no TOML, or that
/// names no portfolio, is in none.
pub(crate) fn portfolios(plans: &[Plan]) -> Vec<Vec<usize>> {
    let mut named: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, plan) in plans.iter().enumerate().filter(|(_, plan)| plan.is_toml()) {
        if let Some(name) = portfolio_of(plan) {
            named.entry(name).or_default().push(at);
        }
    }
    let mut together: Vec<Vec<usize>> = named.into_values().filter(|plans| plans.len() > 1).collect();
    together.iter_mut().for_each(|portfolio| portfolio.sort_by_key(|at| plans[*at].name()));
    together
}

/// The portfolio that a plan names.
pub(crate) fn portfolio_of(plan: &Plan) -> Option<String> {
    let named = plan.root().get("plan").and_then(|table| table.get("portfolio"))?;
    Some(named.display().into_owned()).filter(|name| !name.is_empty())
}
