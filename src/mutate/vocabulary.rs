//! What the standard vocabulary says of a node: whether it is an amount, an id, a reference.
//!
//! Keys that it does not know are the plan's own: their numbers are amounts, unless they are called `id`.

use crate::plan::vocabulary::{Key, ROOT, Shape};
use crate::plan::{Kind, NodeRef};

/// The keys that lead to a node, without places in lists: `tables.rows.values`.
pub(super) fn pattern(node: NodeRef<'_>) -> String {
    let mut keys = Vec::new();
    let mut at = Some(node);
    while let Some(node) = at {
        keys.extend(node.key());
        at = node.parent();
    }
    keys.reverse();
    keys.join(".")
}

/// The shape of the standard key that a node stands under, the nearest one.
fn shape(pattern: &str) -> Option<Shape> {
    let mut keys: &[Key] = ROOT;
    let mut shape = None;
    for name in pattern.split('.') {
        let Some(key) = keys.iter().find(|key| key.name == name) else {
            // Beneath a year table or declarations the vocabulary knows no further keys, and the shape is that of all.
            return shape.filter(|shape| !matches!(shape, Shape::Table(_) | Shape::Tables(_)));
        };
        shape = Some(key.shape);
        keys = match key.shape {
            Shape::Table(below) | Shape::Tables(below) => below,
            _ => &[],
        };
    }
    shape
}

/// Whether a node is a figure that states an amount: no id, no reference, no year, nothing that declares rounding.
pub(super) fn is_amount(node: NodeRef<'_>) -> bool {
    if !node.kind().is_number() || node.plan().written(node.id()).is_none() {
        return false;
    }
    let pattern = pattern(node);
    let is_id = pattern.rsplit('.').next() == Some("id");
    !is_id && !matches!(shape(&pattern), Some(Shape::Id | Shape::Ids | Shape::Years | Shape::Rounding | Shape::Units))
}

/// Whether a node is the id of an item of a list.
pub(super) fn is_id(node: NodeRef<'_>) -> bool {
    let in_item = node.parent().and_then(|item| item.index()).is_some();
    node.key() == Some("id") && in_item && matches!(node.kind(), Kind::Text | Kind::Integer)
}

/// What a value refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reference {
    /// An item of a list at the top of the plan, by its id.
    Item(&'static str),
    /// A row of the same table, by its id.
    Row,
    /// A column of the same table, by its name.
    Column,
    /// A year of the plan.
    Year,
    /// A place, by its path.
    Path,
}

/// What a node refers to, if it is a reference.
pub(super) fn reference(node: NodeRef<'_>) -> Option<Reference> {
    if !matches!(node.kind(), Kind::Text | Kind::Integer) {
        return None;
    }
    Some(match pattern(node).as_str() {
        "risks.mitigations" => Reference::Item("mitigations"),
        "tables.allocation.percents" => Reference::Item("tables"),
        "tables.allocation.totals" | "reconciliations.figures" => Reference::Path,
        "tables.rows.percent_of" | "tables.total_row" => Reference::Row,
        "tables.total_column" => Reference::Column,
        "plan.share_years" => Reference::Year,
        _ => return None,
    })
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
