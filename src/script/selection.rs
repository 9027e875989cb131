//! A selection: none, one or many nodes of a plan, in document order, as rules hold it.
//!
//! The one value type that carries the language. Steps run natively over all nodes; what is absent is an empty selection
//! that remembers what was asked for. It reads; it never judges.

use std::sync::Arc;

use super::run::Run;
use crate::plan::{Kind, NodeId, NodeRef, Plan};

/// Nodes of one plan.
#[derive(Clone)]
pub(crate) struct Selection {
    pub(crate) run: Arc<Run>,
    pub(crate) plan: u32,
    pub(crate) nodes: Nodes,
    /// The first place that lacked the key that was asked of many: a sum of these nodes is not the sum of all.
    pub(crate) gap: Option<NodeId>,
}

/// Which nodes.
#[derive(Clone)]
pub(crate) enum Nodes {
    /// None, and why.
    Absent(Arc<Missing>),
    One(NodeId),
    Many(Arc<[NodeId]>),
}

/// Why a selection is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    /// A key that no node has.
    Key { from: NodeId, key: String },
    /// A verb found nothing.
    Nothing(String),
    /// The figure cannot be used: it has excess digits, divides by zero, or is too large.
    Unusable(String),
}

impl Selection {
    pub(crate) fn root(run: Arc<Run>, plan: u32) -> Self {
        Self { run, plan, nodes: Nodes::One(NodeId::ROOT), gap: None }
    }

    pub(crate) fn the_plan(&self) -> &Arc<Plan> {
        self.run.plan(self.plan)
    }

    pub(crate) fn node(&self, id: NodeId) -> NodeRef<'_> {
        self.the_plan().node(id)
    }

    pub(crate) fn ids(&self) -> &[NodeId] {
        match &self.nodes {
            Nodes::Absent(_) => &[],
            Nodes::One(id) => std::slice::from_ref(id),
            Nodes::Many(ids) => ids,
        }
    }

    /// Its nodes with arrays replaced by their elements.
    pub(crate) fn flat(&self) -> Vec<NodeId> {
        self.the_plan().flatten(self.ids())
    }

    /// Other nodes of the same plan; `missing` says what was asked for, should there be none.
    pub(crate) fn with(&self, ids: Vec<NodeId>, missing: impl FnOnce() -> Missing) -> Self {
        let nodes = match ids.as_slice() {
            [] => Nodes::Absent(Arc::new(missing())),
            [one] => Nodes::One(*one),
            _ => Nodes::Many(ids.into()),
        };
        Self { run: Arc::clone(&self.run), plan: self.plan, nodes, gap: None }
    }

    pub(crate) fn one(&self, id: NodeId) -> Self {
        Self { run: Arc::clone(&self.run), plan: self.plan, nodes: Nodes::One(id), gap: None }
    }

    pub(crate) fn absent(&self, missing: Missing) -> Self {
        Self { run: Arc::clone(&self.run), plan: self.plan, nodes: Nodes::Absent(Arc::new(missing)), gap: None }
    }

    /// A property of each node.
    pub(crate) fn key(&self, key: &str) -> Self {
        let plan = self.the_plan();
        let missing = |from: NodeId| Missing::Key { from, key: key.to_owned() };
        let name = plan.name_of(key);
        match (&self.nodes, name) {
            (Nodes::Absent(_), _) => self.clone(),
            (Nodes::One(id), None) => self.absent(missing(*id)),
            (Nodes::Many(ids), None) => self.absent(missing(ids[0])),
            (Nodes::One(id), Some(name)) if self.node(*id).kind() == Kind::Table => {
                self.run.look_at(self.plan, *id);
                match self.node(*id).get_name(name) {
                    // What was missing on the way here is missing still.
                    Some(child) => Self { gap: self.gap, ..self.one(child.id()) },
                    None => self.absent(missing(*id)),
                }
            }
            (_, Some(name)) => {
                let first = self.ids()[0];
                let (found, gap) = plan.step_key_with_gap(self.ids(), name);
                Self { gap: self.gap.or(gap), ..self.with(found, || missing(first)) }
            }
        }
    }

    /// An element of each array, from 0, or from the end when negative; of a table, the key that the number spells.
    pub(crate) fn index(&self, index: i64) -> Self {
        let Some(first) = self.ids().first().copied() else { return self.clone() };
        let mut found = Vec::new();
        for id in self.ids() {
            let node = self.node(*id);
            let child = match node.kind() {
                Kind::Table => node.get(&index.to_string()),
                Kind::Array => usize::try_from(index).map_or_else(
                    |_| {
                        let back = usize::try_from(index.unsigned_abs()).ok()?;
                        let all: Vec<NodeRef<'_>> = node.children().collect();
                        all.len().checked_sub(back).map(|at| all[at])
                    },
                    |index| node.element(index),
                ),
                _ => None,
            };
            found.extend(child.map(|child| child.id()));
        }
        self.with(found, || Missing::Key { from: first, key: format!("[{index}]") })
    }

    /// The key that one node spells, such as a year, of each node of this selection.
    pub(crate) fn key_of(&self, key: &Self) -> Option<Self> {
        match key.flat().as_slice() {
            [one] => Some(self.key(&key.node(*one).display())),
            _ => None,
        }
    }

    /// Whether there is a figure that could not be used or computed, for a reason that is no mistake of the rule.
    pub(crate) fn is_unusable(&self) -> bool {
        matches!(&self.nodes, Nodes::Absent(missing) if matches!(**missing, Missing::Unusable(_)))
    }

    /// Of an absent selection, the node that was asked.
    pub(crate) fn asked_at(&self) -> Option<NodeId> {
        match &self.nodes {
            Nodes::Absent(missing) => match **missing {
                Missing::Key { from, .. } => Some(from),
                _ => None,
            },
            _ => None,
        }
    }

    /// How messages name it: its path, or what is missing.
    pub(crate) fn describe(&self) -> String {
        match &self.nodes {
            Nodes::Absent(missing) => self.describe_missing(missing),
            Nodes::One(id) => id_path(self.node(*id)),
            Nodes::Many(ids) => format!("{} and {} more", id_path(self.node(ids[0])), ids.len() - 1),
        }
    }

    fn describe_missing(&self, missing: &Missing) -> String {
        match missing {
            Missing::Key { from, key } => {
                let from = id_path(self.node(*from));
                match (from.is_empty(), key.starts_with('[')) {
                    (true, _) => key.clone(),
                    (false, true) => format!("{from}{key}"),
                    (false, false) => format!("{from}.{key}"),
                }
            }
            Missing::Nothing(text) | Missing::Unusable(text) => text.clone(),
        }
    }

    /// As people read it: the value of one node, a list of several.
    pub(crate) fn display(&self) -> String {
        let flat = self.flat();
        let shown: Vec<String> = flat.iter().take(10).map(|id| display_node(self.node(*id))).collect();
        match flat.len() {
            0 => "(absent)".to_owned(),
            1..=10 => shown.join(", "),
            n => format!("{} and {} more", shown.join(", "), n - 10),
        }
    }
}

fn display_node(node: NodeRef<'_>) -> String {
    match node.kind() {
        Kind::Table => node.get("id").map_or_else(|| id_path(node), |id| id.display().into_owned()),
        _ => node.display().into_owned(),
    }
}

/// A node's path with ids in place of indexes, `objectives[I.1].total.2020`: what people call it, and what stays the same
/// when items are moved.
pub(crate) fn id_path(node: NodeRef<'_>) -> String {
    path_by(node, |item| item.get("id").map(|id| id.display().into_owned()))
}

/// What a fingerprint knows a node by: its path with ids or, where an item has none, with titles, so that it stays the same
/// when items are moved. Too long for a message.
pub(crate) fn identity(node: NodeRef<'_>) -> String {
    path_by(node, |item| item.get("id").or_else(|| item.get("title")).map(|name| name.display().into_owned()))
}

/// A node's path with names in place of indexes, where items have one.
fn path_by(node: NodeRef<'_>, name: impl Fn(NodeRef<'_>) -> Option<String>) -> String {
    let mut steps = Vec::new();
    let mut at = Some(node);
    while let Some(node) = at {
        if let Some(index) = node.index() {
            let id = name(node).or_else(|| column_name(node, index));
            steps.push(format!("[{}]", id.unwrap_or_else(|| index.to_string())));
        } else if let Some(key) = node.key() {
            steps.push(key.to_owned());
        }
        at = node.parent();
    }
    let mut path = String::new();
    for step in steps.into_iter().rev() {
        if !path.is_empty() && !step.starts_with('[') {
            path.push('.');
        }
        path.push_str(&step);
    }
    path
}

/// The column that an element of a cross-table's `values` stands in.
fn column_name(element: NodeRef<'_>, index: usize) -> Option<String> {
    let values = element.parent().filter(|values| values.key() == Some("values"))?;
    let table = values.parent()?.parent()?.parent()?;
    Some(table.get("columns")?.element(index)?.display().into_owned())
}

/// The nodes of a selection, one at a time.
pub(crate) struct SelectionIter {
    selection: Selection,
    flat: std::vec::IntoIter<NodeId>,
}

impl Iterator for SelectionIter {
    type Item = Selection;

    fn next(&mut self) -> Option<Selection> {
        let id = self.flat.next()?;
        self.selection.run.look_at(self.selection.plan, id);
        Some(self.selection.one(id))
    }
}

impl IntoIterator for Selection {
    type Item = Self;
    type IntoIter = SelectionIter;

    fn into_iter(self) -> SelectionIter {
        let flat = self.flat().into_iter();
        SelectionIter { selection: self, flat }
    }
}
