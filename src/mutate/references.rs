//! Mutations of references and ids: a reference that leads nowhere, an id given twice, an id changed behind a reference.

use std::collections::HashSet;

use super::change::{Change, MutationKind};
use super::vocabulary::{is_amount, reference};
use crate::plan::edit::quoted;
use crate::plan::vocabulary::{Reference, is_id};
use crate::plan::{Kind, NodeId, NodeRef, Plan, PlanPath, Step};

/// Every such mutation, in the order of the plan.
pub(super) fn changes(plan: &Plan, found: &mut Vec<Change>) {
    let nodes = || (1..plan.len()).map(|index| plan.node(NodeId::from_index(index)));
    let taken = Taken::of(nodes());
    let mut meant = HashSet::new();
    nodes().for_each(|node| refer(plan, node, &mut meant));
    for node in nodes() {
        if reference(node) == Some(Reference::Path) {
            found.extend(broken_path(plan, node));
        } else if reference(node).is_some() {
            found.push(Change::of_value(plan, MutationKind::BreakReference, node.id(), taken.unknown(node)));
        } else if is_id(node) {
            found.extend(doubled(plan, node));
            if meant.contains(&node.id()) {
                found.push(Change::of_value(plan, MutationKind::BreakId, node.id(), taken.unknown(node)));
            }
        }
    }
}

/// Texts and integers that stand anywhere in a plan, so that a name can be made that is none of them.
struct Taken {
    texts: HashSet<String>,
    /// Ids, references and years. Amounts do not matter.
    numbers: HashSet<i64>,
}

impl Taken {
    fn of<'p>(nodes: impl Iterator<Item = NodeRef<'p>>) -> Self {
        let mut taken = Self { texts: HashSet::new(), numbers: HashSet::new() };
        for node in nodes {
            match node.kind() {
                Kind::Text => drop(taken.texts.insert(node.display().into_owned())),
                Kind::Integer if !is_amount(node) => taken.numbers.extend(number(node)),
                _ => {}
            }
        }
        taken
    }

    /// A name like that of a node, and of no other thing.
    fn unknown(&self, node: NodeRef<'_>) -> String {
        if node.kind() == Kind::Integer {
            let mut next = number(node).unwrap_or(0);
            while self.numbers.contains(&next) {
                next = next.saturating_add(1);
            }
            return next.to_string();
        }
        let mut name = node.display().into_owned();
        while self.texts.contains(&name) {
            name.push('x');
        }
        quoted(&name)
    }
}

fn number(node: NodeRef<'_>) -> Option<i64> {
    node.text().parse().ok()
}

/// A path whose last step is another, so that it leads nowhere.
fn broken_path(plan: &Plan, node: NodeRef<'_>) -> Option<Change> {
    let text = node.str()?.into_owned();
    let longer = match text.strip_suffix("\"]").or_else(|| text.strip_suffix(']')) {
        Some(start) => format!("{start}x{}", &text[start.len()..]),
        None => format!("{text}x"),
    };
    let leads_nowhere = longer.parse::<PlanPath>().is_ok_and(|path| plan.select(&path).next().is_none());
    leads_nowhere.then(|| Change::of_value(plan, MutationKind::BreakReference, node.id(), quoted(&longer)))
}

/// An id that is that of the next item, or of the one before the last.
fn doubled(plan: &Plan, id: NodeRef<'_>) -> Option<Change> {
    let item = id.parent()?;
    let (list, at) = (item.parent()?, item.index()?);
    let other = list.element(at + 1).or_else(|| list.element(at.checked_sub(1)?))?.get("id")?;
    let differs = other.display() != id.display() && matches!(other.kind(), Kind::Text | Kind::Integer);
    differs.then(|| Change::of_value(plan, MutationKind::BreakId, id.id(), other.text().to_owned()))
}

/// Adds the ids that a reference means.
fn refer(plan: &Plan, node: NodeRef<'_>, meant: &mut HashSet<NodeId>) {
    let Some(kind) = reference(node) else { return };
    let name = node.display();
    match kind {
        Reference::Item(list) => by_id(plan, plan.root().get(list), &name, meant),
        Reference::Row => by_id(plan, table_of(node).and_then(|table| table.get("rows")), &name, meant),
        Reference::Path => path_ids(plan, &name, meant),
        Reference::Column | Reference::Year | Reference::Scale(_) | Reference::Plan | Reference::PathInPart => {}
    }
}

fn table_of(node: NodeRef<'_>) -> Option<NodeRef<'_>> {
    let mut at = node;
    while let Some(parent) = at.parent() {
        if parent.key() == Some("tables") {
            return Some(at);
        }
        at = parent;
    }
    None
}

fn by_id(plan: &Plan, list: Option<NodeRef<'_>>, id: &str, meant: &mut HashSet<NodeId>) {
    let items = list.map(|list| plan.step_id(&[list.id()], id)).unwrap_or_default();
    meant.extend(items.iter().filter_map(|item| Some(plan.node(*item).get("id")?.id())));
}

/// Adds the ids that a path goes by.
fn path_ids(plan: &Plan, text: &str, meant: &mut HashSet<NodeId>) {
    let Ok(path) = text.parse::<PlanPath>() else { return };
    let mut nodes = vec![NodeId::ROOT];
    for step in &path.steps {
        nodes = match step {
            Step::Key(key) => plan.name_of(key).map(|name| plan.step_key(&nodes, name)).unwrap_or_default(),
            Step::Index(index) => plan.step_index(&nodes, *index),
            Step::Id(id) => {
                let found = plan.step_id(&nodes, id);
                meant.extend(found.iter().filter_map(|item| Some(plan.node(*item).get("id")?.id())));
                found
            }
        };
    }
}
