//! Values as TOML writes them.

use super::number::{figure_beside, figure_like, is_plain};
use crate::figure::Decimal;
use crate::plan::{Kind, NodeRef};

/// A value that is to stand in a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NewValue {
    /// A figure.
    Figure(Decimal),
    /// A text.
    Text(String),
    /// True or false.
    Boolean(bool),
    /// Several values.
    Array(Vec<Self>),
}

/// A text as TOML writes it.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A value as it would stand in a node's place, in the style of what stands there.
pub(super) fn value_of(node: Option<NodeRef<'_>>, value: &NewValue) -> Option<String> {
    match (value, node) {
        (NewValue::Figure(value), Some(node)) if node.kind().is_number() => figure_like(node, *value),
        (NewValue::Figure(value), _) => Some(value.to_string()),
        // Years and ids are numbers in plans and texts in rules.
        (NewValue::Text(text), Some(node)) if node.kind() == Kind::Integer && is_integer(text) => Some(text.clone()),
        (NewValue::Text(text), Some(node)) => Some(text_like(node.text(), text)),
        (NewValue::Text(text), None) => Some(quoted(text)),
        (NewValue::Boolean(value), _) => Some(value.to_string()),
        (NewValue::Array(values), node) => array(node, values),
    }
}

/// A value as it would stand under a new key of a table, in the style of its siblings.
pub(super) fn value_beside(siblings: &[NodeRef<'_>], table: NodeRef<'_>, value: &NewValue) -> Option<String> {
    match value {
        NewValue::Figure(value) => figure_beside(siblings, table, *value),
        value => value_of(siblings.first().copied().filter(|node| node.kind() == Kind::Text), value),
    }
}

fn array(node: Option<NodeRef<'_>>, values: &[NewValue]) -> Option<String> {
    let first = node.filter(|node| node.kind() == Kind::Array).and_then(|node| node.children().next());
    let padded = node.is_some_and(|node| node.text().starts_with("[ "));
    let values: Option<Vec<String>> = values.iter().map(|value| value_of(first, value)).collect();
    let values = values?.join(", ");
    Some(if padded && !values.is_empty() { format!("[ {values} ]") } else { format!("[{values}]") })
}

fn is_integer(text: &str) -> bool {
    is_plain(text) && text.parse::<i64>().is_ok()
}

/// A text between the quotation marks that the other has, where it can stand between them.
pub(crate) fn text_like(like: &str, text: &str) -> String {
    let literal = like.starts_with('\'') && !like.starts_with("'''");
    if literal && !text.contains('\'') && !text.chars().any(char::is_control) {
        format!("'{text}'")
    } else {
        quoted(text)
    }
}
