//! Which plans are judged together: those that name the same portfolio.

use std::collections::BTreeMap;

use crate::plan::Plan;

/// The plans of each portfolio of which there are at least two, by the portfolio's name; each by its place among `plans`, in
/// their order. A plan that is no TOML, or that names no portfolio, is in none.
pub(crate) fn portfolios(plans: &[Plan]) -> Vec<Vec<usize>> {
    let mut named: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, plan) in plans.iter().enumerate().filter(|(_, plan)| plan.is_toml()) {
        let portfolio = plan.root().get("plan").and_then(|table| table.get("portfolio"));
        if let Some(name) = portfolio.map(|node| node.display()).filter(|name| !name.is_empty()) {
            named.entry(name.into_owned()).or_default().push(at);
        }
    }
    named.into_values().filter(|plans| plans.len() > 1).collect()
}
