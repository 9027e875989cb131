//! Mutations that take something away: a figure, an item that holds figures, a mitigation.

use super::change::{Change, MutationKind, Removed};
use super::vocabulary::{is_amount, pattern};
use crate::figure::Decimal;
use crate::plan::edit::remove;
use crate::plan::{Kind, NodeId, NodeRef, Plan};
use crate::source::Span;

/// Every such mutation, in the order of the plan.
pub(super) fn changes(plan: &Plan, found: &mut Vec<Change>) {
    for index in 1..plan.len() {
        let node = plan.node(NodeId::from_index(index));
        let kind = match pattern(node).as_str() {
            "risks.mitigations" | "mitigations" if node.index().is_some() => MutationKind::RemoveMitigation,
            _ if is_amount(node) || holds_amounts(node) => MutationKind::DropAddend,
            _ => continue,
        };
        found.extend(removal(plan, kind, node));
    }
}

/// Whether a node is an item of a list with an amount beneath it.
fn holds_amounts(node: NodeRef<'_>) -> bool {
    node.kind() == Kind::Table && node.index().is_some() && subtree(node).iter().any(|below| is_amount(*below))
}

/// A node and everything beneath it.
pub(super) fn subtree(node: NodeRef<'_>) -> Vec<NodeRef<'_>> {
    let mut all = vec![node];
    let mut at = 0;
    while let Some(next) = all.get(at).copied() {
        all.extend(next.children());
        at += 1;
    }
    all
}

fn removal(plan: &Plan, kind: MutationKind, node: NodeRef<'_>) -> Option<Change> {
    let parent = node.parent()?;
    let below = subtree(node);
    let edits = gone(plan, node, &below)?;
    let mut touched = vec![parent.id()];
    // A list written by headers goes with its last item.
    touched.extend(parent.parent().filter(|_| parent.children().nth(1).is_none()).map(|parent| parent.id()));
    let element = node.index().map(|index| (parent.path(), index));
    let was = if node.kind() == Kind::Table { "the whole item".to_owned() } else { node.text().to_owned() };
    Some(Change {
        kind,
        node: node.id(),
        was,
        became: None,
        edits,
        touched,
        removed: Some(Removed { node: node.id(), nodes: below.len(), element }),
        amounts: Vec::new(),
        coarser: Decimal::ZERO,
    })
}

/// The text that goes with a node: of an item with a header, everything beneath it. Where it would take more than the node,
/// the result is refused when it is made.
fn gone(plan: &Plan, node: NodeRef<'_>, below: &[NodeRef<'_>]) -> Option<Vec<(Span, String)>> {
    let is_header = node.kind() == Kind::Table && node.index().is_some() && node.text().starts_with("[[");
    if !is_header {
        return remove(node).map(|edits| edits.into_iter().map(|edit| (edit.span, edit.text)).collect());
    }
    let text = plan.source().text();
    let start = text[..node.span().start as usize].rfind('\n').map_or(0, |at| at + 1);
    let end = below.iter().map(|node| node.span().end).max()?;
    Some(vec![(Span::new(u32::try_from(start).ok()?, end), String::new())])
}
