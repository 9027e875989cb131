//! Taking steps from many nodes at once.
//!
//! A step is taken from each node in turn, arrays flattened, in document order; what is absent is simply not there. This
//! is what selections of the rule language and paths are made of; it runs natively so that a rule over a million cells is
//! a handful of calls. It knows no script.

use super::names::Name;
use super::path::{PlanPath, Step};
use super::tree::{Kind, NodeId};
use super::{NodeRef, Plan};

impl Plan {
    /// The nodes that a path leads to, in document order.
    pub fn select(&self, path: &PlanPath) -> impl Iterator<Item = NodeRef<'_>> + use<'_> {
        self.select_from(&[NodeId::ROOT], path).into_iter().map(|id| self.node(id))
    }

    /// The nodes that a path leads to from each of these nodes.
    #[must_use]
    pub fn select_from(&self, from: &[NodeId], path: &PlanPath) -> Vec<NodeId> {
        let mut nodes = from.to_vec();
        for step in &path.steps {
            nodes = match step {
                Step::Key(key) => self.name_of(key).map(|name| self.step_key(&nodes, name)).unwrap_or_default(),
                Step::Index(index) => self.step_index(&nodes, *index),
                Step::Id(id) => self.step_id(&nodes, id),
            };
        }
        nodes
    }

    /// The value of a key in each node; arrays are flattened.
    #[must_use]
    pub fn step_key(&self, nodes: &[NodeId], name: Name) -> Vec<NodeId> {
        self.step_key_with_gap(nodes, name).0
    }

    /// As [`Plan::step_key`], with the first table that lacks the key.
    #[must_use]
    pub fn step_key_with_gap(&self, nodes: &[NodeId], name: Name) -> (Vec<NodeId>, Option<NodeId>) {
        let mut found = Vec::with_capacity(nodes.len());
        let mut gap = None;
        for id in nodes {
            self.push_key(*id, name, &mut found, &mut gap);
        }
        (found, gap)
    }

    fn push_key(&self, id: NodeId, name: Name, found: &mut Vec<NodeId>, gap: &mut Option<NodeId>) {
        self.note(id);
        match self.tree.get(id).kind {
            Kind::Table => match self.tree.child(id, name) {
                Some(child) => found.push(child),
                None => *gap = gap.or(Some(id)),
            },
            Kind::Array => {
                for child in self.tree.children(id) {
                    self.push_key(child, name, found, gap);
                }
            }
            // Where a table should stand and does not, what it would hold is missing.
            _ if self.is_mistyped(id) => *gap = gap.or(Some(id)),
            _ => {}
        }
    }

    /// The element at a place, from 0, of each array among the nodes.
    #[must_use]
    pub fn step_index(&self, nodes: &[NodeId], index: usize) -> Vec<NodeId> {
        let arrays = nodes.iter().filter(|id| self.tree.get(**id).kind == Kind::Array);
        arrays.inspect(|id| self.note(**id)).filter_map(|id| self.tree.children(*id).nth(index)).collect()
    }

    /// The elements whose `id` is this text; of a cross-table's `values`, the value in the column of that name.
    #[must_use]
    pub fn step_id(&self, nodes: &[NodeId], id: &str) -> Vec<NodeId> {
        let mut found = Vec::new();
        for node in nodes {
            let node = self.node(*node);
            if node.kind() == Kind::Array && node.key() == Some("values") {
                found.extend(column_index(node, id).and_then(|index| node.element(index)).map(|n| n.id()));
            } else {
                found.extend(self.flatten(&[node.id()]).into_iter().filter(|element| has_id(self.node(*element), id)));
            }
        }
        found
    }

    /// The nodes with every array replaced by its elements, however deep.
    #[must_use]
    pub fn flatten(&self, nodes: &[NodeId]) -> Vec<NodeId> {
        let mut flat = Vec::with_capacity(nodes.len());
        for id in nodes {
            self.push_flat(*id, &mut flat);
        }
        flat
    }

    fn push_flat(&self, id: NodeId, flat: &mut Vec<NodeId>) {
        if self.tree.get(id).kind == Kind::Array {
            self.note(id);
            for child in self.tree.children(id) {
                self.push_flat(child, flat);
            }
        } else {
            flat.push(id);
        }
    }
}

/// Whether a table's `id` is this text; an id may be written as a text or as a number.
fn has_id(node: NodeRef<'_>, id: &str) -> bool {
    node.get("id").is_some_and(|found| found.display() == id)
}

/// The place of a column's name in the `columns` of the table that a row's `values` belong to.
fn column_index(values: NodeRef<'_>, column: &str) -> Option<usize> {
    let table = values.parent()?.parent()?.parent()?;
    table.get("columns")?.children().position(|name| name.display() == column)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str, path: &str) -> Vec<String> {
        let plan = Plan::parse("p", text);
        plan.select(&path.parse().unwrap()).map(|node| node.path()).collect()
    }

    #[test]
    fn a_path_is_mapped_over_arrays_and_selects_by_id_and_column() {
        let text = "
            [[o]]
            id = 'a'
            c = [1, 2]
            [[o]]
            id = 7
            c = [3]
            [[tables]]
            id = 't'
            columns = ['x', 'Total']
            rows = [{ id = 'r', values = [4, 5] }]
        ";
        assert_eq!(paths(text, "o.c"), ["o[0].c", "o[1].c"]);
        assert_eq!(paths(text, "o[7].c[0]"), [""; 0]);
        assert_eq!(paths(text, "o[\"7\"].c[0]"), ["o[1].c[0]"]);
        assert_eq!(paths(text, "tables[t].rows[r].values[Total]"), ["tables[0].rows[0].values[1]"]);
        assert_eq!(paths(text, "o.nowhere.c"), [""; 0]);
    }
}
