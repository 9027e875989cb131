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

pub(crate) use add::add_key;
pub(crate) use number::{in_style_of, is_plain, tidy};
pub(crate) use remove::remove;
pub(crate) use rename::rename_key;
pub(crate) use value::{NewValue, quoted, value_of};

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
    Some(TextEdit { span: node.span(), text: number::figure_like(node, value)? })
}

/// Has a node state another value, in the style of the one before.
pub(crate) fn set_value(node: NodeRef<'_>, value: &NewValue) -> Option<TextEdit> {
    Some(TextEdit { span: node.span(), text: value_of(Some(node), value)? })
}
