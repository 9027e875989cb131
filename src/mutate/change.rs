//! One change of a plan's text, and how the changed text is made.

use serde::{Serialize, Serializer};

use crate::figure::Decimal;
use crate::plan::{NodeId, Plan};
use crate::source::Span;

/// The kinds of mutations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MutationKind {
    /// A figure is changed by the least that rounding does not explain, up or down.
    Nudge,
    /// Two adjacent digits of a figure are exchanged.
    Transpose,
    /// A digit of a figure is left out.
    DropDigit,
    /// Two figures that stand beside each other are exchanged: of two years, two columns or two items.
    SwapNeighbours,
    /// A figure, or an item that holds figures, is left out.
    DropAddend,
    /// Something that refers to another thing refers to nothing.
    BreakReference,
    /// An id is that of a neighbour, or one that others refer to is changed.
    BreakId,
    /// A mitigation, or what a risk says of one, is left out.
    RemoveMitigation,
}

impl MutationKind {
    /// All kinds, in the order of their documentation.
    pub const ALL: [Self; 8] = [
        Self::Nudge,
        Self::Transpose,
        Self::DropDigit,
        Self::SwapNeighbours,
        Self::DropAddend,
        Self::BreakReference,
        Self::BreakId,
        Self::RemoveMitigation,
    ];

    /// The word for it, as the command and the JSON form write it.
    ///
    /// ```
    /// assert_eq!(crossfoot::mutate::MutationKind::DropDigit.word(), "drop-digit");
    /// ```
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Nudge => "nudge",
            Self::Transpose => "transpose",
            Self::DropDigit => "drop-digit",
            Self::SwapNeighbours => "swap-neighbours",
            Self::DropAddend => "drop-addend",
            Self::BreakReference => "break-reference",
            Self::BreakId => "break-id",
            Self::RemoveMitigation => "remove-mitigation",
        }
    }

    /// Whether it changes figures.
    #[must_use]
    pub const fn is_of_figures(self) -> bool {
        matches!(self, Self::Nudge | Self::Transpose | Self::DropDigit | Self::SwapNeighbours | Self::DropAddend)
    }
}

impl Serialize for MutationKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// A change that is not made yet.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) kind: MutationKind,
    /// The node that it is about.
    pub(super) node: NodeId,
    pub(super) was: String,
    /// What stands there instead; nothing where something was removed.
    pub(super) became: Option<String>,
    /// What is replaced, none overlapping another.
    pub(super) edits: Vec<(Span, String)>,
    /// Nodes whose value, or whose list of what stands in them, is another.
    pub(super) touched: Vec<NodeId>,
    pub(super) removed: Option<Removed>,
    /// How much each figure changes, where figures do.
    pub(super) amounts: Vec<(NodeId, Decimal)>,
    /// How much more rounding explains because a figure is stated more coarsely.
    pub(super) coarser: Decimal,
}

/// What a change takes away.
#[derive(Clone, Debug)]
pub(super) struct Removed {
    /// The node that goes, with all beneath it.
    pub(super) node: NodeId,
    /// How many nodes go.
    pub(super) nodes: usize,
    /// Of an element, the path of its list and its place: what comes after it moves up.
    pub(super) element: Option<(String, usize)>,
}

impl Change {
    /// A node's value is replaced by another text.
    pub(super) fn of_value(plan: &Plan, kind: MutationKind, node: NodeId, became: String) -> Self {
        let at = plan.node(node);
        Self {
            kind,
            node,
            was: at.text().to_owned(),
            edits: vec![(at.span(), became.clone())],
            became: Some(became),
            touched: vec![node],
            removed: None,
            amounts: Vec::new(),
            coarser: Decimal::ZERO,
        }
    }

    /// The plan with the change made; `None` where the result is not the plan that was meant, such as no TOML.
    pub(super) fn made(&self, plan: &Plan) -> Option<Plan> {
        let mut text = plan.source().text().to_owned();
        let mut edits: Vec<&(Span, String)> = self.edits.iter().collect();
        edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
        for (span, with) in edits {
            text.replace_range(span.range(), with);
        }
        let changed = plan.with_text(&text);
        let expected = plan.len().checked_sub(self.removed.as_ref().map_or(0, |removed| removed.nodes))?;
        // A list written by headers goes with its last item.
        let gone_too = self.removed.is_some() && changed.len() + 1 == expected;
        (changed.is_toml() && (changed.len() == expected || gone_too)).then_some(changed)
    }

    /// The path that a node of the changed plan had before.
    pub(super) fn path_before(&self, path: &str) -> String {
        let element = self.removed.as_ref().and_then(|removed| removed.element.as_ref());
        let moved = element.and_then(|(list, gone)| {
            let rest = path.strip_prefix(list.as_str())?.strip_prefix('[')?;
            let (index, rest) = rest.split_once(']')?;
            let index: usize = index.parse().ok()?;
            (index >= *gone).then(|| format!("{list}[{}]{rest}", index + 1))
        });
        moved.unwrap_or_else(|| path.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::super::rounding::Rounding;
    use super::super::{figures, references, removals};
    use super::*;
    use crate::plan::NodeRef;

    /// Comments between the elements of an array, windows line ends, a byte-order mark, quoted and dotted keys.
    const TEXT: &str = "\u{feff}[own] # figures\r\nlist = [\r\n  1_000, # one\r\n  2_000, # two\r\n]\r\n\"a b\".c = 12.5\r\n\
        t = { x = 7, y = 8 }\r\n# before\r\n[[objectives]] # A\r\nid = 'A'\r\ntotal.2026 = 5 # five\r\n# between\r\n\
        [[objectives]]\r\nid = 'B'\r\nshare = 6\r\n# after\r\n";

    /// The values of a plan, by path.
    fn values(plan: &Plan, path: impl Fn(NodeRef<'_>) -> String) -> Vec<(String, String)> {
        let scalars = (1..plan.len()).map(|index| plan.node(NodeId::from_index(index)));
        let scalars = scalars.filter(|node| node.children().next().is_none());
        scalars.map(|node| (path(node), node.text().to_owned())).collect()
    }

    #[test]
    fn nothing_in_the_text_but_the_change_is_another() {
        let plan = Plan::parse("plan.toml", TEXT);
        let mut changes = Vec::new();
        figures::changes(&plan, &Rounding::default(), &mut changes);
        removals::changes(&plan, &mut changes);
        references::changes(&plan, &mut changes);
        let mut gone = Vec::new();
        for change in &changes {
            let Some(changed) = change.made(&plan) else { continue };
            let (before, after) = (plan.source().text(), changed.source().text());
            // What stands before and after the change is as it was, to the byte.
            let first = change.edits.iter().map(|(span, _)| span.start as usize).min().unwrap();
            let last = change.edits.iter().map(|(span, _)| span.end as usize).max().unwrap();
            assert!(after.starts_with(&before[..first]) && after.ends_with(&before[last..]), "{change:?}");
            // And every value that the change is not about is the same at the same place.
            let removed = change.removed.as_ref().map(|removed| removals::subtree(plan.node(removed.node)));
            let meant: Vec<String> = removed.into_iter().flatten().map(|node| node.path()).collect();
            let about =
                |path: &String| meant.contains(path) || change.touched.iter().any(|id| plan.node(*id).path() == *path);
            let mut old = values(&plan, |node| node.path());
            let mut new = values(&changed, |node| change.path_before(&node.path()));
            old.retain(|(path, _)| !about(path));
            new.retain(|(path, _)| !about(path));
            assert_eq!(old, new, "{change:?}");
            if change.removed.is_some() {
                gone.push(&before[first..last]);
            }
        }
        assert!(changes.len() > 30, "{}", changes.len());
        // What is left out takes its comma, its key and its own line with it, and no comment of what stays.
        let expected = [
            "  1_000, # one\r\n",
            "  2_000, # two\r\n",
            "\"a b\".c = 12.5\r\n",
            "x = 7, ",
            ", y = 8",
            "[[objectives]] # A\r\nid = 'A'\r\ntotal.2026 = 5",
            "total.2026 = 5 # five\r\n",
            "[[objectives]]\r\nid = 'B'\r\nshare = 6",
            "share = 6\r\n",
        ];
        gone.sort_unstable();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(gone, expected);
    }
}
