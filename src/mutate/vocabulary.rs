//! What the standard vocabulary says of a node: whether it is an amount, an id, a reference.
//!
//! Keys that it does not know are the plan's own: their numbers are amounts, unless they are called `id`.

use crate::plan::NodeRef;
use crate::plan::vocabulary::{self, Reference, Shape};

/// The keys that lead to a node, without places in lists: `tables.rows.values`.
pub(super) fn pattern(node: NodeRef<'_>) -> String {
    vocabulary::keys_to(node).join(".")
}

/// Whether a node is a figure that states an amount: no id, no reference, no year, nothing that declares rounding.
pub(super) fn is_amount(node: NodeRef<'_>) -> bool {
    if !node.kind().is_number() || node.plan().written(node.id()).is_none() {
        return false;
    }
    let keys = vocabulary::keys_to(node);
    let is_id = keys.last() == Some(&"id");
    let shape = vocabulary::shape_over(&keys);
    !is_id && !matches!(shape, Some(Shape::Id | Shape::Ids | Shape::Years | Shape::Rounding | Shape::Units))
}

/// What a node refers to, if it is a reference within its plan that can be broken: a word of a scale is none, and what
/// belongs to a portfolio is looked at with all of its plans or not at all.
pub(super) fn reference(node: NodeRef<'_>) -> Option<Reference> {
    let found = vocabulary::reference(node)?;
    let own = !matches!(found, Reference::Scale(_) | Reference::Plan | Reference::PathInPart);
    let of_portfolio = found == Reference::Path && vocabulary::keys_to(node).first() == Some(&"plan");
    (own && !of_portfolio).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Plan;

    #[test]
    fn amounts_are_told_from_ids_years_and_references() {
        let plan = Plan::parse(
            "p",
            "
            plan = { years = [2026], share_years = [2026], rounding = { unit = 10 } }
            own = { staff = 7, id = 3 }
            [[objectives]]
            id = 1
            total = { 2026 = 5, all_years = 5 }
            [[risks]]
            likelihood = 2
            mitigations = [4]
            [[tables]]
            rows_make = 100
            rows = [{ id = 9, values = [8], percent_of = 9 }]
            ",
        );
        let amounts: Vec<String> =
            plan.figure_ids().filter(|id| is_amount(plan.node(*id))).map(|id| plan.node(id).path()).collect();
        let expected = [
            "own.staff",
            "objectives[0].total.2026",
            "objectives[0].total.all_years",
            "tables[0].rows_make",
            "tables[0].rows[0].values[0]",
        ];
        assert_eq!(amounts, expected);
    }
}
