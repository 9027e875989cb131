//! What the standard vocabulary says of a node: which key it stands under, whether it is an id, what it refers to.
//!
//! The one place that knows which keys name other things; mutations, the editor's definitions and its renames all ask here.
//! It finds nothing: where a reference leads is for those who follow it.

use super::keys::{Key, ROOT, Shape};
use crate::plan::{Kind, NodeRef};

/// The keys that lead to a node, without places in lists: `tables`, `rows`, `values`.
pub(crate) fn keys_to(node: NodeRef<'_>) -> Vec<&str> {
    let mut keys = Vec::new();
    let mut at = Some(node);
    while let Some(node) = at {
        keys.extend(node.key());
        at = node.parent();
    }
    keys.reverse();
    keys
}

/// The standard key at the end of some keys; `None` where any of them is the plan's own.
pub(crate) fn key_at(path: &[&str]) -> Option<&'static Key> {
    let (last, tables) = path.split_last()?;
    keys_in(tables)?.iter().find(|key| key.name == *last)
}

/// The standard keys of the table at the end of some keys; `None` where the vocabulary knows no such table.
pub(crate) fn keys_in(path: &[&str]) -> Option<&'static [Key]> {
    let mut keys = ROOT;
    for name in path {
        keys = match keys.iter().find(|key| key.name == *name)?.shape {
            Shape::Table(below) | Shape::Tables(below) => below,
            _ => return None,
        };
    }
    Some(keys)
}

/// The shape of the standard key that a place stands under, the nearest one.
pub(crate) fn shape_over(path: &[&str]) -> Option<Shape> {
    let mut keys = ROOT;
    let mut shape = None;
    for name in path {
        let Some(key) = keys.iter().find(|key| key.name == *name) else {
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

/// Whether a node is the id of an item of a list.
pub(crate) fn is_id(node: NodeRef<'_>) -> bool {
    let in_item = node.parent().and_then(|item| item.index()).is_some();
    node.key() == Some("id") && in_item && matches!(node.kind(), Kind::Text | Kind::Integer)
}

/// What a value refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reference {
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
    /// A word of a scale, under this key of `scales`.
    Scale(&'static str),
    /// Another plan of the portfolio, by its id.
    Plan,
    /// A place in the plan's parts, by its path there.
    PathInPart,
}

/// What a node refers to, if it is a reference.
pub(crate) fn reference(node: NodeRef<'_>) -> Option<Reference> {
    let is_name = matches!(node.kind(), Kind::Text | Kind::Integer);
    is_name.then(|| reference_at(&keys_to(node))).flatten()
}

/// What a value under some keys refers to.
pub(crate) fn reference_at(keys: &[&str]) -> Option<Reference> {
    Some(match keys {
        ["risks", "mitigations"] => Reference::Item("mitigations"),
        ["tables", "allocation", "percents"] => Reference::Item("tables"),
        ["tables", "allocation", "totals"]
        | ["reconciliations", "figures"]
        | ["plan", "parts", "figures", "own"]
        | ["plan", "sums_of_parts", "own"] => Reference::Path,
        ["plan", "parts", "figures", "theirs"] | ["plan", "sums_of_parts", "theirs"] => Reference::PathInPart,
        ["plan", "parts", "plan"] => Reference::Plan,
        ["tables", "rows", "percent_of"] | ["tables", "total_row"] => Reference::Row,
        ["tables", "total_column"] => Reference::Column,
        ["plan", "share_years"] => Reference::Year,
        ["risks", "likelihood"] => Reference::Scale("likelihood"),
        ["risks", "impact"] => Reference::Scale("impact"),
        ["mitigations", "status"] => Reference::Scale("status"),
        _ => return None,
    })
}

/// The keys at the top of a plan beneath which references can stand.
pub(crate) const WITH_REFERENCES: [&str; 5] = ["plan", "risks", "mitigations", "tables", "reconciliations"];

/// The lists whose items the rows and columns of cross-tables name by their ids, the first that has the id.
pub(crate) const NAMED_IN_TABLES: [&[&str]; 3] = [&["objectives"], &["objectives", "outputs"], &["services"]];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_lead_to_what_the_vocabulary_says_of_them() {
        assert_eq!(key_at(&["objectives", "outputs", "cost"]).map(|key| key.about), Some("Its cost, by year."));
        assert!(key_at(&["objectives", "own"]).is_none() && key_at(&["own", "id"]).is_none() && key_at(&[]).is_none());
        assert!(keys_in(&["objectives", "total"]).is_none());
        assert!(matches!(shape_over(&["objectives", "total", "2026"]), Some(Shape::ByYear)));
        assert!(shape_over(&["objectives", "own"]).is_none());
    }

    #[test]
    fn every_reference_stands_under_a_standard_key() {
        let plan = crate::plan::Plan::parse(
            "p",
            "risks = [{ mitigations = [1], likelihood = 'low' }]\nown = { mitigations = [1] }\n\"risks.impact\" = 'x'\n",
        );
        let found: Vec<String> = (1..plan.len())
            .map(|at| plan.node(crate::plan::NodeId::from_index(at)))
            .filter(|node| reference(*node).is_some())
            .map(|node| node.path())
            .collect();
        assert_eq!(found, ["risks[0].mitigations[0]", "risks[0].likelihood"]);
    }
}
