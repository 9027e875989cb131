//! From bytes to nodes: what the text mentions at a place, and in which table a place stands.
//!
//! Nodes are numbered as the document mentions them, so a place is found by halving and a range of the text costs what stands
//! in it, however large the plan. It knows no editor and no meaning of keys.

use std::ops::Range;

use super::tree::{self, Kind, NodeId, flag};
use super::{NodeRef, Plan};
use crate::source::Span;

impl Plan {
    /// The nodes that the text mentions first within a span, in order.
    pub(crate) fn mentioned(&self, span: Span) -> impl Iterator<Item = NodeRef<'_>> {
        self.mentioned_range(span).map(|at| self.node(NodeId::from_index(at)))
    }

    fn mentioned_range(&self, span: Span) -> Range<usize> {
        // The root is mentioned nowhere.
        let nodes = self.tree.nodes.get(1..).unwrap_or_default();
        let before = |offset: u32| 1 + nodes.partition_point(|node| node.start.min(node.key_start) < offset);
        let from = before(span.start);
        from..before(span.end).max(from)
    }

    /// The last node that the text mentions at a byte offset or before it.
    pub(crate) fn last_mentioned(&self, offset: u32) -> Option<NodeRef<'_>> {
        let end = self.mentioned_range(Span::new(0, offset.saturating_add(1))).end;
        (end > 1).then(|| self.node(NodeId::from_index(end - 1)))
    }
}

impl<'p> NodeRef<'p> {
    fn tree_node(&self) -> &'p tree::Node {
        self.plan().tree.get(self.id())
    }

    /// Whether it is written in brackets, as a value: an array `[...]` or a table `{...}`.
    pub(crate) fn is_bracketed(&self) -> bool {
        self.tree_node().has(flag::CLOSED)
    }

    /// Whether it is a table that has a header, `[...]` or `[[...]]`, of its own.
    pub(crate) fn has_header(&self) -> bool {
        let node = self.tree_node();
        let made = flag::CLOSED | flag::DOTTED | flag::IMPLICIT;
        node.kind == Kind::Table && node.flags & made == 0 && self.id() != NodeId::ROOT
    }

    /// Whether it holds nothing else: a text, a number, a boolean or a date.
    pub(crate) fn is_value(&self) -> bool {
        !matches!(self.kind(), Kind::Table | Kind::Array)
    }

    /// What stands next in the same table or array.
    pub(crate) fn next(&self) -> Option<Self> {
        let next = self.tree_node().next;
        (next != tree::NONE).then(|| self.plan().node(NodeId(next)))
    }

    /// Where the text mentions it first.
    pub(crate) fn mention(&self) -> u32 {
        let node = self.tree_node();
        node.start.min(node.key_start)
    }

    /// Itself and all that it stands in, from the inside.
    pub(crate) fn ancestors(self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), Self::parent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_leads_to_what_is_mentioned_there() {
        let text = "[a.b]\nx = 1\n[a]\ny = { z = [2, 3] }\n[[c.d]]\ne.f = 4\n";
        let plan = Plan::parse("p", text);
        let at = |needle: &str| u32::try_from(text.find(needle).unwrap()).unwrap();
        let last = |needle: &str| plan.last_mentioned(at(needle)).map(|node| node.path());
        assert_eq!(plan.last_mentioned(0).map(|node| node.path()), Some("a.b".to_owned()));
        assert_eq!(last("1\n").as_deref(), Some("a.b.x"));
        assert_eq!(last("3]").as_deref(), Some("a.y.z[1]"));
        assert_eq!(last("f = ").as_deref(), Some("c.d[0].e.f"));
        let line = Span::new(at("y = "), at("[[c"));
        let found: Vec<String> = plan.mentioned(line).map(|node| node.path()).collect();
        assert_eq!(found, ["a.y", "a.y.z", "a.y.z[0]", "a.y.z[1]"]);
        assert!(plan.mentioned(Span::new(9, 2)).next().is_none());
        assert!(Plan::parse("p", "").last_mentioned(7).is_none());
    }
}
