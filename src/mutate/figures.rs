//! Mutations of a single figure or of two beside each other: nudges, exchanged digits, digits left out, neighbours exchanged.

use super::change::{Change, MutationKind};
use super::rounding::Rounding;
use super::vocabulary::is_amount;
use crate::figure::{Decimal, Written};
use crate::plan::edit::{in_style_of, is_plain, tidy};
use crate::plan::{Kind, NodeId, NodeRef, Plan};

/// Every such mutation of a plan's amounts, in the order of the plan.
pub(super) fn changes(plan: &Plan, rounding: &Rounding, found: &mut Vec<Change>) {
    for id in plan.figure_ids() {
        let node = plan.node(id);
        if is_amount(node) && is_plain(node.text()) {
            nudges(plan, rounding, node, found);
            digits(plan, node, found);
            swaps(plan, node, found);
        }
    }
}

/// The least change up and down that rounding does not explain.
fn nudges(plan: &Plan, rounding: &Rounding, node: NodeRef<'_>, found: &mut Vec<Change>) {
    let (Some(value), Some(step)) = (value(plan, node.id()), rounding.beyond(plan, node.id())) else { return };
    for step in [step, -step] {
        let Some(next) = value.checked_add(step) else { continue };
        let mut change =
            Change::of_value(plan, MutationKind::Nudge, node.id(), in_style_of(node.text(), &next.to_string()));
        change.amounts = vec![(node.id(), step)];
        found.push(change);
    }
}

fn value(plan: &Plan, id: NodeId) -> Option<Decimal> {
    plan.written(id).map(|written| written.value())
}

/// Each pair of different digits side by side exchanged, and each digit left out; each result once.
fn digits(plan: &Plan, node: NodeRef<'_>, found: &mut Vec<Change>) {
    let text = node.text().replace('_', "");
    let bytes = text.as_bytes();
    let mut seen = Vec::new();
    for at in 1..bytes.len() {
        let (a, b) = (bytes[at - 1], bytes[at]);
        if a.is_ascii_digit() && b.is_ascii_digit() && a != b {
            let mut swapped = text.clone().into_bytes();
            swapped.swap(at - 1, at);
            push(
                plan,
                node,
                MutationKind::Transpose,
                &String::from_utf8(swapped).unwrap_or_default(),
                &mut seen,
                found,
            );
        }
    }
    seen.clear();
    for (at, byte) in text.bytes().enumerate() {
        if byte.is_ascii_digit() && text.bytes().filter(u8::is_ascii_digit).count() > 1 {
            let mut shorter = text.clone();
            shorter.remove(at);
            push(plan, node, MutationKind::DropDigit, &shorter, &mut seen, found);
        }
    }
}

fn push(
    plan: &Plan,
    node: NodeRef<'_>,
    kind: MutationKind,
    digits: &str,
    seen: &mut Vec<Decimal>,
    found: &mut Vec<Change>,
) {
    let digits = tidy(digits);
    let (Ok(next), Some(before)) = (Written::parse(&digits).map(|written| written.value()), value(plan, node.id()))
    else {
        return;
    };
    if next == before || seen.contains(&next) {
        return;
    }
    seen.push(next);
    let became = in_style_of(node.text(), &digits);
    let mut change = Change::of_value(plan, kind, node.id(), became);
    change.amounts = next.checked_sub(before).map(|amount| (node.id(), amount)).into_iter().collect();
    change.coarser = half_unit(next.scale()).saturating_sub(half_unit(before.scale())).max(Decimal::ZERO);
    found.push(change);
}

/// What rounding to so many places may hide, either way.
fn half_unit(places: u32) -> Decimal {
    Decimal::try_new(5, places + 1).unwrap_or_default()
}

/// A figure and the next year's, the next column's, and the same figure of the next item, exchanged.
fn swaps(plan: &Plan, node: NodeRef<'_>, found: &mut Vec<Change>) {
    for other in [next_beside(node), next_item(node)].into_iter().flatten() {
        if !is_amount(other) || plan.unit(node.id()) != plan.unit(other.id()) {
            continue;
        }
        let (Some(a), Some(b)) = (value(plan, node.id()), value(plan, other.id())) else { continue };
        let Some(amount) = b.checked_sub(a).filter(|amount| !amount.is_zero()) else { continue };
        let (mine, theirs) = (node.text().to_owned(), other.text().to_owned());
        found.push(Change {
            kind: MutationKind::SwapNeighbours,
            node: node.id(),
            was: format!("{mine}, {theirs}"),
            became: Some(format!("{theirs}, {mine}")),
            edits: vec![(node.span(), theirs), (other.span(), mine)],
            touched: vec![node.id(), other.id()],
            removed: None,
            amounts: vec![(node.id(), amount), (other.id(), -amount)],
            coarser: Decimal::ZERO,
        });
    }
}

/// The next element of an array, or the next year of a table of years.
fn next_beside(node: NodeRef<'_>) -> Option<NodeRef<'_>> {
    let is_year = |key: &str| key.len() == 4 && key.bytes().all(|byte| byte.is_ascii_digit());
    let runs_on = |node: &NodeRef<'_>| node.index().is_some() || node.key().is_some_and(is_year);
    let after = |all: Vec<NodeRef<'_>>| all.iter().position(|child| child.id() == node.id()).map(|at| at + 1);
    let parent = node.parent().filter(|_| runs_on(&node))?;
    let at = after(parent.children().collect())?;
    parent.children().nth(at).filter(runs_on)
}

/// The same figure of the next item of the list that a figure stands in.
fn next_item(node: NodeRef<'_>) -> Option<NodeRef<'_>> {
    let mut steps = Vec::new();
    let mut at = node;
    while let Some(parent) = at.parent() {
        if at.kind() == Kind::Table && parent.kind() == Kind::Array {
            let mut item = parent.element(at.index()? + 1)?;
            for (key, index) in steps.into_iter().rev() {
                item = match (key, index) {
                    (Some(key), _) => item.get(key)?,
                    (None, Some(index)) => item.element(index)?,
                    (None, None) => return None,
                };
            }
            return Some(item);
        }
        steps.push((at.key(), at.index()));
        at = parent;
    }
    None
}
