//! Giving a thing another name, wherever it is named.
//!
//! Every name stays typed as it was written, as far as the new name allows; a path keeps all its other steps. It refuses, with
//! the reason, what would make two things one. In comments only paths are changed, where they allow something: what else
//! they mean is not known.

use std::sync::Arc;

use super::View;
use super::allowances;
use super::cursor::within_text;
use super::links::{Mention, mentions, names_of, portfolio_of, same};
use super::places::{among, named};
use super::words::label;
use crate::plan::edit::text_like;
use crate::plan::vocabulary::keys_to;
use crate::plan::{Kind, NodeRef};
use crate::source::Span;

/// A replacement of some bytes of a plan, or of the configuration.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::lsp) struct Change {
    /// The file's name.
    pub file: Arc<str>,
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub text: String,
}

/// The bytes of the name at a place and the name itself, if it can be changed.
///
/// # Errors
/// Why not, as a sentence.
pub(in crate::lsp) fn prepare_rename(view: &View<'_>, at: u32) -> Result<(Span, String), String> {
    let (name, span, _) = thing(view, at)?;
    Ok((span, name.display().into_owned()))
}

/// The changes that give the thing at a place another name, by plan and text.
///
/// # Errors
/// Why it cannot have that name, as a sentence.
pub(in crate::lsp) fn rename(view: &View<'_>, at: u32, new: &str) -> Result<Vec<Change>, String> {
    let (name, _, names) = thing(view, at)?;
    let new = new.trim();
    if new.is_empty() {
        return Err("a name is missing: expected at least one character".to_owned());
    }
    if new.chars().any(char::is_control) {
        return Err("a name stands on one line: leave out the control characters".to_owned());
    }
    if new == name.display() {
        return Ok(Vec::new());
    }
    for name in &names {
        free(view, *name, &names, new)?;
    }
    let mut changes: Vec<Change> = names.iter().map(|name| change(*name, typed(*name, new))).collect();
    changes.extend(in_values(&mentions(view, &names), new));
    changes.extend(allowances::rename(view, &names, new)?);
    if let Some(plan) =
        view.plans.iter().find(|plan| !plan.is_toml() && changes.iter().any(|c| *c.file == *plan.name()))
    {
        return Err(format!(
            "{} is no TOML at the moment, and names in it would be missed: mend it first",
            plan.name()
        ));
    }
    changes.sort();
    changes.dedup();
    Ok(changes)
}

/// What can be renamed at a place: its name, the bytes under the cursor, and all values that are its name.
fn thing<'v>(view: &View<'v>, at: u32) -> Result<(NodeRef<'v>, Span, Vec<NodeRef<'v>>), String> {
    if !view.plan.is_toml() {
        return Err("the plan is no TOML at the moment, and names would be missed: mend it first".to_owned());
    }
    let nothing =
        || "there is no name here: put the cursor on an id, on what refers to one, or on a word of a scale".to_owned();
    let named = named(view, at).ok_or_else(nothing)?;
    let target = *named.targets.first().ok_or_else(nothing)?;
    if keys_to(target) == ["plan", "years"] {
        return Err("a year is no name: it is a key of every cost and total".to_owned());
    }
    let names = names_of(view, target);
    let name = *names.first().unwrap_or(&target);
    if named.targets.iter().any(|other| !among(&names, *other)) || names.iter().any(|name| twice(view, *name)) {
        let what = name.display();
        return Err(format!("`{what}` names more than one thing: give one of them another id by hand first"));
    }
    Ok((name, named.span, names))
}

/// The names beside a name, which it must not be the same as.
fn beside<'v>(view: &View<'v>, name: NodeRef<'v>) -> Vec<NodeRef<'v>> {
    match keys_to(name).as_slice() {
        ["plan", "id"] => {
            let plans = portfolio_of(view, name.plan()).into_iter();
            plans.filter_map(|plan| plan.root().get("plan")?.get("id")).collect()
        }
        ["objectives", list @ ("outputs" | "outcomes"), "id"] => {
            let objectives = name.plan().root().get("objectives").into_iter().flat_map(|list| list.children());
            let items = objectives.filter_map(|objective| objective.get(list)).flat_map(|items| items.children());
            items.filter_map(|item| item.get("id")).collect()
        }
        [.., "id"] => {
            let list = name.parent().and_then(|item| item.parent());
            list.into_iter().flat_map(|list| list.children()).filter_map(|item| item.get("id")).collect()
        }
        _ => name.parent().into_iter().flat_map(|list| list.children()).collect(),
    }
}

/// Whether another thing of the kind has the same name.
fn twice<'v>(view: &View<'v>, name: NodeRef<'v>) -> bool {
    let text = name.display();
    beside(view, name).into_iter().any(|other| other.is_value() && other.display() == text && !same(other, name))
}

/// Refuses a name that another thing of the kind has.
fn free<'v>(view: &View<'v>, name: NodeRef<'v>, names: &[NodeRef<'v>], new: &str) -> Result<(), String> {
    let taken = |other: &NodeRef<'v>| other.is_value() && other.display() == new && !among(names, *other);
    let Some(other) = beside(view, name).into_iter().find(taken) else { return Ok(()) };
    let item = other.parent().filter(|_| other.key() == Some("id")).map(|item| format!(": {}", label(item)));
    Err(format!("`{new}` is taken{}; choose another name", item.unwrap_or_default()))
}

fn change(node: NodeRef<'_>, text: String) -> Change {
    Change { file: node.plan().source().shared_name(), span: node.span(), text }
}

/// A name in the place of another: an integer where both are, else a text in the same quotation marks.
fn typed(node: NodeRef<'_>, new: &str) -> String {
    let is_integer = new.parse::<i64>().is_ok_and(|number| number.to_string() == new);
    if node.kind() == Kind::Integer && is_integer {
        return new.to_owned();
    }
    text_like(node.text(), new)
}

/// The changes of values that refer to the thing, the parts of one path together.
fn in_values(mentions: &[Mention<'_>], new: &str) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut rest = mentions;
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|mention| same(mention.node, first.node)).count();
        let (of_one, others) = rest.split_at(count);
        rest = others;
        match first.part {
            None => changes.push(change(first.node, typed(first.node, new))),
            Some(_) => changes.extend(in_path(of_one, new)),
        }
    }
    changes
}

/// The name as a step of a path writes it.
pub(super) fn step(name: &str) -> String {
    let plain = !name.contains(['"', ']', '\\']) && name.trim() == name && name.parse::<usize>().is_err();
    if plain { name.to_owned() } else { format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\"")) }
}

/// The steps of one path: in place where the text around them can stay as it is written, else the value as a whole.
pub(super) fn in_path(mentions: &[Mention<'_>], new: &str) -> Vec<Change> {
    let step = step(new);
    let Some(node) = mentions.first().map(|mention| mention.node) else { return Vec::new() };
    let mut parts: Vec<std::ops::Range<usize>> = mentions.iter().filter_map(|mention| mention.part.clone()).collect();
    parts.sort_by_key(|part| part.start);
    parts.dedup();
    let places: Option<Vec<Span>> = parts.iter().map(|part| within_text(node, part)).collect();
    let is_plain = !step.contains(['"', '\\', '\'']);
    if let Some(places) = places.filter(|_| is_plain) {
        let file = node.plan().source().shared_name();
        return places.into_iter().map(|span| Change { file: Arc::clone(&file), span, text: step.clone() }).collect();
    }
    let Some(mut value) = node.str().map(std::borrow::Cow::into_owned) else { return Vec::new() };
    for part in parts.into_iter().rev() {
        value.replace_range(part, &step);
    }
    // A path with quotation marks of its own reads best between single ones.
    let like = if value.contains('"') { "'" } else { node.text() };
    vec![change(node, text_like(like, &value))]
}
