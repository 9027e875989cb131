//! Mutations that take something away: a figure, an item that holds figures, a mitigation.

use super::change::{Change, MutationKind, Removed};
use super::vocabulary::{is_amount, pattern};
use crate::figure::Decimal;
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
    let span = extent(plan, node, &below)?;
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
        edits: vec![(span, String::new())],
        touched,
        removed: Some(Removed { node: node.id(), nodes: below.len(), element }),
        amounts: Vec::new(),
        coarser: Decimal::ZERO,
    })
}

/// The text that goes with a node. Where it would take more than the node, the result is refused when it is made.
fn extent(plan: &Plan, node: NodeRef<'_>, below: &[NodeRef<'_>]) -> Option<Span> {
    let text = plan.source().text();
    let parent = node.parent()?;
    let line_start = |at: u32| text[..at as usize].rfind('\n').map_or(0, |at| at + 1);
    let is_header = node.kind() == Kind::Table && node.index().is_some() && node.text().starts_with("[[");
    if is_header {
        let end = below.iter().map(|node| node.span().end).max()?;
        return Some(Span::new(u32::try_from(line_start(node.span().start)).ok()?, end));
    }
    let is_inline = parent.kind() == Kind::Array || parent.text().starts_with('{');
    if !is_inline {
        return Some(Span::new(u32::try_from(line_start(node.key_span().start)).ok()?, node.span().end));
    }
    Some(with_comma(text, parent, node))
}

/// An element with the comma after it, or, of the last, with that before it.
fn with_comma(text: &str, parent: NodeRef<'_>, node: NodeRef<'_>) -> Span {
    let own = Span::new(node.key_span().start.min(node.span().start), node.span().end);
    let rest = &text[own.end as usize..];
    let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    if rest[blank..].starts_with(',') {
        let after = &rest[blank + 1..];
        let blank_after = after.len() - after.trim_start_matches([' ', '\t']).len();
        let length = u32::try_from(blank + 1 + blank_after).unwrap_or(0);
        return Span::new(own.start, own.end + length);
    }
    let mut before = None;
    for child in parent.children().take_while(|child| child.id() != node.id()) {
        before = Some(child.span().end);
    }
    Span::new(before.unwrap_or(own.start).min(own.start), own.end)
}
