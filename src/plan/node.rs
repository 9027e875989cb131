//! A node of a plan, as Rust code reads it.
//!
//! A handle of a pointer and a number; it must not know what keys mean.

use std::borrow::Cow;
use std::fmt::Write as _;

use toml_parser::decoder::Encoding;
use toml_parser::{Raw, Span as RawSpan};

use super::tree::{self, Kind, NodeId};
use super::{Name, Plan};
use crate::source::Span;

/// A node of a plan.
#[derive(Clone, Copy)]
pub struct NodeRef<'p> {
    plan: &'p Plan,
    id: NodeId,
}

impl std::fmt::Debug for NodeRef<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} = {}", self.path(), self.text())
    }
}

impl<'p> NodeRef<'p> {
    pub(super) fn new(plan: &'p Plan, id: NodeId) -> Self {
        Self { plan, id }
    }

    fn raw(&self) -> &'p tree::Node {
        self.plan.tree.get(self.id)
    }

    /// Its number.
    #[must_use]
    pub fn id(&self) -> NodeId {
        self.id
    }

    /// The plan it belongs to.
    #[must_use]
    pub fn plan(&self) -> &'p Plan {
        self.plan
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.raw().kind
    }

    /// The bytes of its value; of a table, its header.
    #[must_use]
    pub fn span(&self) -> Span {
        Span::new(self.raw().start, self.raw().end)
    }

    /// The bytes of its key; of an array's element, its value.
    #[must_use]
    pub fn key_span(&self) -> Span {
        if self.key().is_some() { self.plan.tree.key_span(self.id) } else { self.span() }
    }

    /// Its value as written in the source; of a table, its header.
    #[must_use]
    pub fn text(&self) -> &'p str {
        self.plan.note(self.id);
        self.plan.source.slice(self.span())
    }

    /// The table or array it stands in; the root has none.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let parent = self.raw().parent;
        (parent != tree::NONE).then(|| Self::new(self.plan, NodeId(parent)))
    }

    /// Its key, when it stands in a table.
    #[must_use]
    pub fn key(&self) -> Option<&'p str> {
        self.name().map(|name| self.plan.tree.names.text(name))
    }

    /// The number of its key, when it stands in a table.
    #[must_use]
    pub fn name(&self) -> Option<Name> {
        let node = self.raw();
        let in_table = node.parent != tree::NONE && self.plan.tree.get(NodeId(node.parent)).kind == Kind::Table;
        in_table.then_some(Name(node.name))
    }

    /// Its place in the array it stands in, from 0.
    #[must_use]
    pub fn index(&self) -> Option<usize> {
        let node = self.raw();
        let in_array = node.parent != tree::NONE && self.plan.tree.get(NodeId(node.parent)).kind == Kind::Array;
        in_array.then_some(node.name as usize)
    }

    /// What stands in it, in document order.
    pub fn children(&self) -> impl Iterator<Item = Self> + use<'p> {
        let plan = self.plan;
        plan.note(self.id);
        plan.tree.children(self.id).map(move |id| Self::new(plan, id))
    }

    /// The value of a key; `None` where this is no table or has no such key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Self> {
        self.plan.note(self.id);
        self.get_name(self.plan.tree.names.find(key)?)
    }

    /// As [`NodeRef::get`], by the number of the key.
    #[must_use]
    pub fn get_name(&self, name: Name) -> Option<Self> {
        self.plan.note(self.id);
        self.plan.tree.child(self.id, name).map(|id| Self::new(self.plan, id))
    }

    /// The element of an array, from 0.
    #[must_use]
    pub fn element(&self, index: usize) -> Option<Self> {
        (self.kind() == Kind::Array).then(|| self.children().nth(index)).flatten()
    }

    /// Whether this is an array of tables, written `[[header]]` or as tables in brackets.
    #[must_use]
    pub fn is_array_of_tables(&self) -> bool {
        self.kind() == Kind::Array && self.children().next().is_some_and(|child| child.kind() == Kind::Table)
    }

    /// The value of a text, decoded. `None` for anything else.
    #[must_use]
    pub fn str(&self) -> Option<Cow<'p, str>> {
        if self.kind() != Kind::Text {
            return None;
        }
        let text = self.text();
        let encoding = encoding(text)?;
        let span = RawSpan::new_unchecked(0, text.len());
        let mut value = Cow::Borrowed("");
        let _kind = Raw::new_unchecked(text, Some(encoding), span).decode_scalar(&mut value, &mut ());
        Some(value)
    }

    /// The value of a boolean. `None` for anything else.
    #[must_use]
    pub fn bool(&self) -> Option<bool> {
        (self.kind() == Kind::Boolean).then(|| self.text() == "true")
    }

    /// How people write the value: a text without quotes, anything else as it stands.
    #[must_use]
    pub fn display(&self) -> Cow<'p, str> {
        self.str().unwrap_or_else(|| Cow::Borrowed(self.text()))
    }

    /// Its path from the root, such as `objectives[0].total.2020`.
    #[must_use]
    pub fn path(&self) -> String {
        let mut chain = Vec::new();
        let mut at = Some(*self);
        while let Some(node) = at {
            chain.push(node);
            at = node.parent();
        }
        let mut path = String::new();
        for node in chain.into_iter().rev() {
            if let Some(index) = node.index() {
                let _ = write!(path, "[{index}]");
            } else if let Some(key) = node.key() {
                if !path.is_empty() {
                    path.push('.');
                }
                push_key(&mut path, key);
            }
        }
        path
    }
}

/// A key as a path writes it: bare where TOML would write it bare, else quoted.
fn push_key(path: &mut String, key: &str) {
    let bare = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if bare {
        path.push_str(key);
    } else {
        path.push('"');
        for c in key.chars() {
            if matches!(c, '"' | '\\') {
                path.push('\\');
            }
            path.push(c);
        }
        path.push('"');
    }
}

fn encoding(text: &str) -> Option<Encoding> {
    Some(if text.starts_with("\"\"\"") {
        Encoding::MlBasicString
    } else if text.starts_with("'''") {
        Encoding::MlLiteralString
    } else if text.starts_with('"') {
        Encoding::BasicString
    } else if text.starts_with('\'') {
        Encoding::LiteralString
    } else {
        return None;
    })
}
