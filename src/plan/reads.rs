//! Which nodes of a plan somebody has read, for those who must know what a rule could have depended on.
//!
//! A value is read when its text is asked for; a table or an array, when what stands in it is. All readers go through the
//! few methods that note it here, so nothing can depend on a node that is not noted. What an edit looks at for its style is
//! noted apart, because no verdict depends on it. A plan that nobody watches keeps nothing and pays one test of a pointer.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{NodeId, Plan};

/// The nodes of one plan that were read.
#[derive(Debug)]
pub(crate) struct Reads {
    words: Vec<AtomicU64>,
    /// What edits looked at; none for this list itself.
    by_edits: Option<Arc<Reads>>,
}

impl Reads {
    fn new(nodes: usize, by_edits: Option<Arc<Self>>) -> Self {
        Self { words: (0..nodes.div_ceil(64)).map(|_| AtomicU64::new(0)).collect(), by_edits }
    }

    fn note(&self, node: NodeId) {
        if let Some(word) = self.words.get(node.index() / 64) {
            // One run of one rule notes here, on one thread: nobody else writes between the two.
            word.store(word.load(Ordering::Relaxed) | 1 << (node.index() % 64), Ordering::Relaxed);
        }
    }

    /// Whether a node was read.
    pub(crate) fn contains(&self, node: NodeId) -> bool {
        let word = self.words.get(node.index() / 64);
        word.is_some_and(|word| word.load(Ordering::Relaxed) & (1 << (node.index() % 64)) != 0)
    }

    /// Whether a node was read, or looked at for the style of an edit.
    pub(crate) fn contains_for_edits_too(&self, node: NodeId) -> bool {
        self.contains(node) || self.by_edits.as_ref().is_some_and(|reads| reads.contains(node))
    }
}

impl Plan {
    /// The same plan, with a list of what is read of it from now on.
    pub(crate) fn watched(&self) -> (Self, Arc<Reads>) {
        let reads = Arc::new(Reads::new(self.len(), Some(Arc::new(Reads::new(self.len(), None)))));
        (Self { reads: Some(Arc::clone(&reads)), ..self.clone() }, reads)
    }

    /// The same plan for an edit: what is read of it is noted apart.
    pub(super) fn for_edits(&self) -> Self {
        let reads = self.reads.as_ref().and_then(|reads| reads.by_edits.clone());
        Self { reads, ..self.clone() }
    }

    /// Notes that the value of a node, or what stands in it, is read.
    pub(super) fn note(&self, node: NodeId) {
        if let Some(reads) = &self.reads {
            reads.note(node);
        }
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
}
