//! Which nodes of a plan somebody has read, for those who must know what a rule could have depended on.
//!
//! A value is read when its text is asked for; a table or an array, when what stands in it is. All readers go through the
//! few methods that note it here, so nothing can depend on a node that is not noted. What an edit looks at for its style is
//! noted apart, because no verdict depends on it. Who goes through items one by one also learns what was read elsewhere than in
//! the item at hand. A plan that nobody watches keeps nothing and pays one test of a pointer.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use super::tree::NONE;
use super::{NodeId, Plan};

/// A set of nodes that is filled by one thread and read by others later.
#[derive(Debug)]
struct NodeSet(Vec<AtomicU64>);

impl NodeSet {
    fn new(nodes: usize) -> Self {
        Self((0..nodes.div_ceil(64)).map(|_| AtomicU64::new(0)).collect())
    }

    fn insert(&self, node: NodeId) {
        if let Some(word) = self.0.get(node.index() / 64) {
            // One run of one rule notes here, on one thread: nobody else writes between the two.
            word.store(word.load(Ordering::Relaxed) | 1 << (node.index() % 64), Ordering::Relaxed);
        }
    }

    fn contains(&self, node: NodeId) -> bool {
        let word = self.0.get(node.index() / 64);
        word.is_some_and(|word| word.load(Ordering::Relaxed) & (1 << (node.index() % 64)) != 0)
    }

    fn merge(&self, other: &Self) {
        for (mine, theirs) in self.0.iter().zip(&other.0) {
            mine.fetch_or(theirs.load(Ordering::Relaxed), Ordering::Relaxed);
        }
    }
}

/// The nodes of one plan that were read.
#[derive(Debug)]
pub(crate) struct Reads {
    all: NodeSet,
    /// Those that were read while another item was at hand than the one that they stand in, or none.
    elsewhere: NodeSet,
    /// The item at hand, as its number; shared with what edits look at.
    item: Arc<AtomicU32>,
    /// What edits looked at; none for this list itself.
    by_edits: Option<Arc<Reads>>,
}

/// No item is at hand.
const NO_ITEM: u32 = u32::MAX;

impl Reads {
    fn new(nodes: usize) -> Self {
        let item = Arc::new(AtomicU32::new(NO_ITEM));
        let list = |by_edits| Self {
            all: NodeSet::new(nodes),
            elsewhere: NodeSet::new(nodes),
            item: Arc::clone(&item),
            by_edits,
        };
        list(Some(Arc::new(list(None))))
    }

    /// Whether a node was read.
    pub(crate) fn contains(&self, node: NodeId) -> bool {
        self.all.contains(node)
    }

    /// Whether a node was read while an item was at hand that it does not stand in, or none.
    pub(crate) fn contains_elsewhere(&self, node: NodeId) -> bool {
        self.elsewhere.contains(node)
    }

    /// What was looked at for the style of edits.
    pub(crate) fn by_edits(&self) -> Option<&Self> {
        self.by_edits.as_deref()
    }

    /// Adds what another run over the same nodes has read.
    pub(crate) fn merge(&self, other: &Self) {
        self.all.merge(&other.all);
        self.elsewhere.merge(&other.elsewhere);
        if let (Some(mine), Some(theirs)) = (&self.by_edits, &other.by_edits) {
            mine.merge(theirs);
        }
    }
}

impl Plan {
    /// The same plan, with a list of what is read of it from now on.
    pub(crate) fn watched(&self) -> (Self, Arc<Reads>) {
        let reads = Arc::new(Reads::new(self.len()));
        (Self { reads: Some(Arc::clone(&reads)), ..self.clone() }, reads)
    }

    /// The same plan for an edit: what is read of it is noted apart.
    pub(super) fn for_edits(&self) -> Self {
        let reads = self.reads.as_ref().and_then(|reads| reads.by_edits.clone());
        Self { reads, ..self.clone() }
    }

    /// Notes that the value of a node, or what stands in it, is read.
    pub(super) fn note(&self, node: NodeId) {
        let Some(reads) = &self.reads else { return };
        reads.all.insert(node);
        let item = reads.item.load(Ordering::Relaxed);
        if item == NO_ITEM || !self.is_within(node, NodeId(item)) {
            reads.elsewhere.insert(node);
        }
    }

    /// Says which item is at hand from now on, for those who watch what is read.
    pub(crate) fn at_hand(&self, item: Option<NodeId>) {
        if let Some(reads) = &self.reads {
            reads.item.store(item.map_or(NO_ITEM, |item| item.0), Ordering::Relaxed);
        }
    }

    /// Whether a node is another or stands in it.
    pub(crate) fn is_within(&self, node: NodeId, other: NodeId) -> bool {
        self.outward(node).any(|around| around == other)
    }

    /// A node and those that it stands in, from itself outward.
    pub(crate) fn outward(&self, node: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(Some(node), |node| {
            let parent = self.tree.get(*node).parent;
            (parent != NONE).then_some(NodeId(parent))
        })
    }

    /// A node and all that stands in it.
    pub(crate) fn all_within(&self, node: NodeId) -> Vec<NodeId> {
        let mut all = vec![node];
        let mut at = 0;
        while let Some(node) = all.get(at).copied() {
            all.extend(self.tree.children(node));
            at += 1;
        }
        all
    }

    /// Whether two plans differ at most in values that rules read themselves: they have the same nodes of the same kinds,
    /// and the same values of the wrong type. What a declaration means for other figures is not compared.
    pub(crate) fn has_shape_of(&self, other: &Self) -> bool {
        let (mine, theirs) = (&self.tree.nodes, &other.tree.nodes);
        let same = |(a, b): (&super::tree::Node, &super::tree::Node)| {
            (a.kind, a.parent, a.name, a.flags) == (b.kind, b.parent, b.name, b.flags)
        };
        mine.len() == theirs.len() && mine.iter().zip(theirs).all(same) && self.mistyped == other.mistyped
    }

    /// How many different keys there are, at whatever depth.
    pub(crate) fn key_names(&self) -> usize {
        self.tree.names.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_is_noted_and_nothing_else() {
        let plan = Plan::parse("p", "a = 1\nb = [2, 3]\n[[t]]\nid = 'x'\nv = 4\n[[t]]\nid = 'y'\n");
        let node = |path: &str| plan.select(&path.parse().unwrap()).next().unwrap().id();
        let ids = ["a", "b", "b[0]", "t", "t[0].id", "t[0].v", "t[1].id"].map(node);
        let (plan, reads) = plan.watched();
        assert!(ids.iter().all(|id| !reads.contains(*id)));
        assert!(plan.stated(ids[0]).is_some());
        assert_eq!(plan.flatten(&[ids[1]]).len(), 2);
        assert_eq!(plan.step_id(&[ids[3]], "y").len(), 1);
        let read: Vec<bool> = ids.iter().map(|id| reads.contains(*id)).collect();
        assert_eq!(read, [true, true, false, true, true, false, true]);
    }

    #[test]
    fn what_is_read_outside_of_the_item_at_hand_is_noted_apart() {
        let plan = Plan::parse("p", "a = 1\n[[t]]\nid = 'x'\nv = { w = 4 }\n[[t]]\nid = 'y'\n");
        let node = |path: &str| plan.select(&path.parse().unwrap()).next().unwrap().id();
        let (item, deep, other, outside) = (node("t[0]"), node("t[0].v.w"), node("t[1].id"), node("a"));
        let (id, table) = (node("t[0].id"), node("t[0].v"));
        let (watched, reads) = plan.watched();
        let elsewhere = || [deep, other, outside].map(|id| reads.contains_elsewhere(id));
        watched.at_hand(Some(item));
        assert!(watched.stated(deep).is_some());
        assert_eq!(elsewhere(), [false, false, false]);
        watched.note(other);
        watched.for_edits().note(deep);
        watched.for_edits().note(outside);
        assert_eq!(elsewhere(), [false, true, false]);
        let edits = reads.by_edits().unwrap();
        assert_eq!(
            [deep, outside].map(|id| (edits.contains(id), edits.contains_elsewhere(id))),
            [(true, false), (true, true)]
        );
        watched.at_hand(None);
        watched.note(deep);
        assert_eq!(elsewhere(), [true, true, false]);
        assert_eq!(plan.all_within(item), [item, id, table, deep]);
        assert_eq!(plan.outward(deep).take(3).collect::<Vec<_>>(), [deep, table, item]);
    }
}
