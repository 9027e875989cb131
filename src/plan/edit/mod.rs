//! Edits: how a plan's text is changed in one place, so that everything else of it stays as it is, byte for byte.
//!
//! Pure functions from a node to replacements of bytes, in the style of what stands there and beside it. What cannot be
//! written with certainty is `None`, never a guess. It must not know why anything is changed, and writes no file.

mod add;
mod lines;
mod number;
mod remove;
mod rename;
#[cfg(test)]
mod tests;
mod value;

use super::NodeRef;
use crate::figure::Decimal;
use crate::finding::Edit;
use crate::source::{SourceText, Span};

pub(crate) use number::{in_style_of, is_plain, tidy};
pub(crate) use value::{NewValue, quoted, text_like};

/// A replacement of bytes of a text; of no bytes, an insertion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TextEdit {
    pub(crate) span: Span,
    pub(crate) text: String,
}

impl TextEdit {
    fn new(start: usize, end: usize, text: impl Into<String>) -> Option<Self> {
        let span = Span::new(u32::try_from(start).ok()?, u32::try_from(end).ok()?);
        Some(Self { span, text: text.into() })
    }

    /// The edit as a finding carries it.
    pub(crate) fn placed(&self, source: &SourceText) -> Edit {
        Edit { span: source.place(self.span), text: self.text.clone() }
    }
}

/// Has a node state another figure, written as the one before: its places at least, its groups, its sign. `None` where the
/// figure is written with a base or an exponent, because its unit could then not be kept.
pub(crate) fn set_figure(node: NodeRef<'_>, value: Decimal) -> Option<TextEdit> {
    noted_apart(node, |node| Some(TextEdit { span: node.span(), text: number::figure_like(node, value)? }))
}

/// Has a node state another value, in the style of the one before.
pub(crate) fn set_value(node: NodeRef<'_>, value: &NewValue) -> Option<TextEdit> {
    noted_apart(node, |node| Some(TextEdit { span: node.span(), text: value::value_of(Some(node), value)? }))
}

/// Takes a node out of what it stands in. An item that has its line to itself takes the line with it, comment and all; of
/// others the comma and the blanks go that belong to it. `None` for the root and for tables written by headers.
pub(crate) fn remove(node: NodeRef<'_>) -> Option<Vec<TextEdit>> {
    noted_apart(node, remove::remove)
}

/// Adds a key to a table: a year among the other years, anything else at the end. `None` where the key is there already,
/// and where the table has no text of its own to which it could be added.
pub(crate) fn add_key(table: NodeRef<'_>, key: &str, value: &NewValue) -> Option<Vec<TextEdit>> {
    noted_apart(table, |table| add::add_key(table, key, value))
}

/// Gives a key another name: at its value, or in every header and dotted key that names it. `None` where the other name is
/// taken, unless both are lists written by headers, which then are one list.
pub(crate) fn rename_key(node: NodeRef<'_>, name: &str) -> Option<Vec<TextEdit>> {
    noted_apart(node, |node| rename::rename_key(node, name))
}

/// Looks at a plan with that being noted apart: what stands beside a figure gives an edit its style, and no rule its verdict.
fn noted_apart<T>(node: NodeRef<'_>, look: impl FnOnce(NodeRef<'_>) -> T) -> T {
    let plan = node.plan().for_edits();
    look(plan.node(node.id()))
}
