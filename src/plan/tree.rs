//! The arena: every key and value of a plan as a small node, in document order of first mention.
//!
//! Nodes are 32 bytes and hold byte offsets instead of values: a text or a figure is read from the source when somebody
//! asks for it. The tree knows how to be walked; it does not know what its keys mean.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::names::{Name, Names};
use crate::source::Span;

/// The number of a node in its plan; nodes are numbered in the order in which the document first mentions them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub(super) u32);

impl NodeId {
    /// The root table of every plan.
    pub const ROOT: Self = Self(0);

    /// The number, for tables beside the plan that are indexed by node.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// The node of a number that [`NodeId::index`] gave.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "an index came from a NodeId")]
    pub const fn from_index(index: usize) -> Self {
        Self(index as u32)
    }
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A table: keys and values.
    Table,
    /// An array, of values or of tables.
    Array,
    /// A text.
    Text,
    /// An integer.
    Integer,
    /// A number with a fraction or an exponent, or `inf` or `nan`.
    Float,
    /// `true` or `false`.
    Boolean,
    /// A date, a time, or both.
    Date,
}

impl Kind {
    /// The word for it with its article.
    #[must_use]
    pub const fn with_article(self) -> &'static str {
        match self {
            Self::Table => "a table",
            Self::Array => "an array",
            Self::Text => "a text",
            Self::Integer => "an integer",
            Self::Float => "a number",
            Self::Boolean => "a boolean",
            Self::Date => "a date",
        }
    }

    /// Whether nothing can stand in it.
    pub(super) const fn is_scalar(self) -> bool {
        !matches!(self, Self::Table | Self::Array)
    }

    /// Whether it is written as a number.
    #[must_use]
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Integer | Self::Float)
    }
}

pub(super) const NONE: u32 = u32::MAX;

/// How a table or array came to be, which decides what may still be added to it, and marks on numbers.
pub(super) mod flag {
    /// Made only because a header named something beneath it; a later header may still define it.
    pub const IMPLICIT: u8 = 1;
    /// Made by a dotted key; open to dotted keys, closed to headers.
    pub const DOTTED: u8 = 2;
    /// Written `{}` or `[]`: complete where it stands.
    pub const CLOSED: u8 = 4;
    /// An array made by `[[header]]`.
    pub const OF_TABLES: u8 = 8;
    /// Many children: looked up in the index instead of walked.
    pub const INDEXED: u8 = 16;
    /// A number that is no figure (`inf`, `nan`, too many digits); a finding says so.
    pub const NO_FIGURE: u8 = 32;
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// Bytes of the value.
    pub start: u32,
    pub end: u32,
    /// Bytes of the key as written; `key_len` saturates, the text then tells.
    pub key_start: u32,
    /// Its [`Name`], or its index when the parent is an array.
    pub name: u32,
    pub parent: u32,
    pub next: u32,
    pub first: u32,
    pub key_len: u16,
    pub kind: Kind,
    pub flags: u8,
}

impl Node {
    pub(super) fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }
}

/// Tables with more children than this are looked up by hash.
const INDEX_FROM: u32 = 24;

#[derive(Clone, Debug)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    pub(super) names: Names,
    index: HashMap<(u32, u32), u32, FxBuildHasher>,
}

impl Tree {
    pub(super) fn get(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// The same tree of these nodes, which are its own with other places.
    pub(super) fn with_nodes(&self, nodes: Vec<Node>) -> Self {
        Self { nodes, names: self.names.clone(), index: self.index.clone() }
    }

    pub(super) fn children(&self, id: NodeId) -> Children<'_> {
        Children { tree: self, next: self.get(id).first }
    }

    pub(super) fn child(&self, id: NodeId, name: Name) -> Option<NodeId> {
        let node = self.get(id);
        if node.kind != Kind::Table {
            return None;
        }
        if node.has(flag::INDEXED) {
            return self.index.get(&(id.0, name.0)).copied().map(NodeId);
        }
        self.children(id).find(|child| self.get(*child).name == name.0)
    }

    pub(super) fn key_span(&self, id: NodeId) -> Span {
        let node = self.get(id);
        Span::new(node.key_start, node.key_start + u32::from(node.key_len))
    }
}

/// The children of a node, in document order.
pub(super) struct Children<'t> {
    tree: &'t Tree,
    next: u32,
}

impl Iterator for Children<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        if self.next == NONE {
            return None;
        }
        let id = NodeId(self.next);
        self.next = self.tree.get(id).next;
        Some(id)
    }
}

/// A tree that is still growing: knows the last child and the number of children of each node.
pub(super) struct Builder {
    pub(super) tree: Tree,
    /// Last child and number of children, by node; needed only while building.
    tails: Vec<(u32, u32)>,
}

impl Builder {
    pub(super) fn new(capacity: usize) -> Self {
        let tree = Tree { nodes: Vec::with_capacity(capacity), names: Names::default(), index: HashMap::default() };
        let mut builder = Self { tree, tails: Vec::with_capacity(capacity) };
        builder.push(Kind::Table, Span::default());
        builder
    }

    /// A node that hangs nowhere yet.
    pub(super) fn push(&mut self, kind: Kind, value: Span) -> NodeId {
        #[expect(clippy::cast_possible_truncation, reason = "a source under 4 GiB has fewer nodes")]
        let id = NodeId(self.tree.nodes.len() as u32);
        self.tree.nodes.push(Node {
            start: value.start,
            end: value.end,
            key_start: value.start,
            name: NONE,
            parent: NONE,
            next: NONE,
            first: NONE,
            key_len: 0,
            kind,
            flags: 0,
        });
        self.tails.push((NONE, 0));
        id
    }

    pub(super) fn node(&mut self, id: NodeId) -> &mut Node {
        &mut self.tree.nodes[id.index()]
    }

    /// How many children a node has.
    pub(super) fn len(&self, id: NodeId) -> u32 {
        self.tails[id.index()].1
    }

    pub(super) fn last(&self, id: NodeId) -> Option<NodeId> {
        let (last, _) = self.tails[id.index()];
        (last != NONE).then_some(NodeId(last))
    }

    /// Hangs `child` under a table. The key must not be there yet.
    pub(super) fn attach_key(&mut self, parent: NodeId, child: NodeId, name: Name, key: Span) {
        let node = self.node(child);
        node.name = name.0;
        node.key_start = key.start;
        node.key_len = u16::try_from(key.len()).unwrap_or(u16::MAX);
        self.link(parent, child);
        self.index_child(parent, child, name);
    }

    /// Hangs `child` under an array, as its last element.
    pub(super) fn attach_element(&mut self, parent: NodeId, child: NodeId) {
        self.node(child).name = self.len(parent);
        self.link(parent, child);
    }

    fn link(&mut self, parent: NodeId, child: NodeId) {
        let (last, count) = self.tails[parent.index()];
        if last == NONE {
            self.node(parent).first = child.0;
        } else {
            self.tree.nodes[last as usize].next = child.0;
        }
        self.node(child).parent = parent.0;
        self.tails[parent.index()] = (child.0, count + 1);
    }

    fn index_child(&mut self, parent: NodeId, child: NodeId, name: Name) {
        let node = self.tree.get(parent);
        if node.has(flag::INDEXED) {
            self.tree.index.insert((parent.0, name.0), child.0);
        } else if self.len(parent) > INDEX_FROM {
            let children: Vec<NodeId> = self.tree.children(parent).collect();
            for id in children {
                let key = (parent.0, self.tree.get(id).name);
                self.tree.index.insert(key, id.0);
            }
            self.node(parent).flags |= flag::INDEXED;
        }
    }

    pub(super) fn finish(mut self) -> Tree {
        self.tree.nodes.shrink_to_fit();
        self.tree
    }
}
