//! A plan whose text has changed, held against what it was.
//!
//! While a plan is being written it changes in one place at a time. What the two texts share at their beginning and end is
//! found first, and only what lies between can be different: a plan in which one number changed is made from the old one
//! without reading the rest again, and what was found in the old one can be told where it stands now. This module does not
//! know what was found, nor who reads it.

use std::sync::{Arc, Weak};

use super::declared::is_declaration;
use super::load;
use super::tree::{Node, Tree};
use super::{Fault, NodeId, Plan, cut, is_figure};
use crate::source::{SourceText, Span};

/// The one stretch in which two texts differ: what comes before and after it is the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// Where it begins, in both texts.
    start: u32,
    /// Where it ends in the old text.
    old_end: u32,
    /// Where it ends in the new text.
    new_end: u32,
}

impl Stretch {
    /// What is different between two texts, at the boundaries of characters.
    pub(crate) fn between(old: &str, new: &str) -> Self {
        let most = old.len().min(new.len());
        let mut start = same_at_start(old.as_bytes(), new.as_bytes());
        while !(old.is_char_boundary(start) && new.is_char_boundary(start)) {
            start -= 1;
        }
        let mut end = same_at_end(&old.as_bytes()[start..], &new.as_bytes()[start..]).min(most - start);
        while !(old.is_char_boundary(old.len() - end) && new.is_char_boundary(new.len() - end)) {
            end -= 1;
        }
        let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: narrow(start), old_end: narrow(old.len() - end), new_end: narrow(new.len() - end) }
    }

    /// What is different, in the new text.
    fn new_range(self) -> std::ops::Range<usize> {
        self.start as usize..self.new_end as usize
    }

    /// Where a position at the start of something is now; `None` where it lies in what changed.
    fn start_of(self, offset: u32) -> Option<u32> {
        if offset >= self.old_end {
            Some(offset - self.old_end + self.new_end)
        } else {
            (offset < self.start).then_some(offset)
        }
    }

    /// Where a position at the end of something is now.
    fn end_of(self, offset: u32) -> Option<u32> {
        if offset <= self.start {
            Some(offset)
        } else {
            (offset >= self.old_end).then(|| offset - self.old_end + self.new_end)
        }
    }

    /// Where a span of the old text stands in the new one; `None` where its beginning or end lies in what changed, so that
    /// nobody can tell.
    pub(crate) fn moved(self, span: Span) -> Option<Span> {
        if span.is_empty() {
            let inside = self.start <= span.start && span.start <= self.old_end;
            let at = if inside { None } else { self.start_of(span.start) }?;
            return Some(Span::new(at, at));
        }
        Some(Span::new(self.start_of(span.start)?, self.end_of(span.end)?))
    }

    /// Where a span of the old text stands in the new one; what lay in what changed is where the change is.
    pub(crate) fn nearest(self, span: Span) -> Span {
        let start = self.start_of(span.start).unwrap_or(span.start.min(self.new_end));
        let end = self.end_of(span.end).unwrap_or(span.end.min(self.new_end));
        Span::new(start, end.max(start))
    }
}

/// Bytes compared at once.
const BLOCK: usize = 4_096;

fn same_at_start(a: &[u8], b: &[u8]) -> usize {
    let blocks = a.chunks_exact(BLOCK).zip(b.chunks_exact(BLOCK)).take_while(|(a, b)| a == b).count() * BLOCK;
    blocks + a[blocks..].iter().zip(&b[blocks..]).take_while(|(a, b)| a == b).count()
}

fn same_at_end(a: &[u8], b: &[u8]) -> usize {
    let blocks = a.rchunks_exact(BLOCK).zip(b.rchunks_exact(BLOCK)).take_while(|(a, b)| a == b).count() * BLOCK;
    let rest = |bytes: &[u8]| bytes.len() - blocks;
    blocks + a[..rest(a)].iter().rev().zip(b[..rest(b)].iter().rev()).take_while(|(a, b)| a == b).count()
}

/// How a plan differs from an earlier state that had the same nodes.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub(crate) stretch: Stretch,
    /// The values that are others.
    pub(crate) nodes: Vec<NodeId>,
    /// Whether nothing but one value on one line changed: no comment, no blank, no line end, no spelling of a key.
    pub(crate) only_values: bool,
}

/// How a plan differs from the one that it was made from, so that nobody has to find it out again.
#[derive(Debug)]
pub(super) struct Since {
    before: Weak<SourceText>,
    change: Change,
}

impl Since {
    fn is_of(&self, before: &Plan) -> bool {
        Weak::as_ptr(&self.before) == Arc::as_ptr(&before.source)
    }
}

/// A number that is another in a new text.
struct Number {
    id: NodeId,
    /// Where it stands in both texts.
    stands: Stretch,
    /// The plan's faults, where they stand in the new text.
    faults: Arc<[Fault]>,
}

impl Plan {
    /// The same plan with another text; where the plan declares no rounding, its figures were rounded as before.
    ///
    /// Gives what [`Plan::with_text`] gives. Where nothing changed but one number, the rest is not read again.
    ///
    /// ```
    /// use crossfoot::plan::Plan;
    ///
    /// let plan = Plan::parse("plan.toml", "total = { 2026 = 31, 2027 = 4 } # EUR\n");
    /// let changed = plan.changed("total = { 2026 = 1_031, 2027 = 4 } # EUR\n");
    /// let total = changed.root().get("total").unwrap();
    /// assert_eq!(total.get("2026").unwrap().text(), "1_031");
    /// assert_eq!(total.get("2027").unwrap().text(), "4");
    /// ```
    #[must_use]
    pub fn changed(&self, text: impl Into<String>) -> Self {
        let mut text = text.into();
        text.truncate(cut(&text).len());
        let stretch = Stretch::between(self.source.text(), &text);
        match self.number_in(&text, stretch) {
            Some(number) => self.with_one_number(text, stretch, number),
            None => Self::from_source(SourceText::new(self.source.shared_name(), text), self.rounding),
        }
    }

    /// How this plan differs from an earlier state; `None` where it has other nodes, or where it says in another way how
    /// figures are to be read.
    pub(crate) fn change_since(&self, before: &Self) -> Option<Change> {
        let known = self.since.as_ref().filter(|since| since.is_of(before) && self.rounding == before.rounding);
        if let Some(since) = known {
            return Some(since.change.clone());
        }
        let stretch = Stretch::between(before.source.text(), self.source.text());
        let same = self.is_toml()
            && before.is_toml()
            && self.rounding == before.rounding
            && self.tree.names.same(&before.tree.names)
            && self.has_shape_of(before);
        if !same {
            return None;
        }
        let within = before.in_stretch(stretch);
        let values = within.into_iter().filter(|id| before.tree.get(*id).kind.is_scalar());
        let changed = |id: &NodeId| self.value_text(*id) != before.value_text(*id);
        let nodes: Vec<NodeId> = values.filter(changed).collect();
        if nodes.iter().any(|id| is_declaration(before.node(*id))) {
            return None;
        }
        // In the old text and in the new one: what is written after a value is none of it.
        let is_whole = |id: &NodeId| {
            let (old, new) = (before.tree.get(*id), self.tree.get(*id));
            let begins = old.start <= stretch.start && new.start <= stretch.start;
            let is_one_line = |text: &str| !text.contains(['\n', '\r']);
            let ends = stretch.old_end <= old.end && stretch.new_end <= new.end;
            begins && ends && is_one_line(before.value_text(*id)) && is_one_line(self.value_text(*id))
        };
        let only_values = self.source.text() == before.source.text() || nodes.iter().any(is_whole);
        Some(Change { stretch, nodes, only_values })
    }

    /// What a node's value is written as, without noting that it was read.
    fn value_text(&self, id: NodeId) -> &str {
        let node = self.tree.get(id);
        self.source.slice(Span::new(node.start, node.end))
    }

    /// The nodes that what changed touches, in order.
    fn in_stretch(&self, stretch: Stretch) -> Vec<NodeId> {
        let touched = |node: &Node| node.start <= stretch.old_end && stretch.start <= node.end;
        let nodes = self.tree.nodes.iter().enumerate().filter(|(_, node)| touched(node));
        nodes.map(|(at, _)| NodeId::from_index(at)).collect()
    }

    /// The one number in which another text differs, and where it ends there; `None` where something else differs, or where the
    /// number decides more than itself.
    fn number_in(&self, text: &str, stretch: Stretch) -> Option<Number> {
        if !self.is_toml() || self.declared.any_unit() {
            return None;
        }
        let whole = |node: &Node| node.start <= stretch.start && stretch.old_end <= node.end;
        let mut numbers = self.in_stretch(stretch).into_iter().filter(|id| {
            let node = self.tree.get(*id);
            node.kind.is_number() && whole(node)
        });
        let (id, other) = (numbers.next()?, numbers.next());
        let old = *self.tree.get(id);
        if other.is_some() || !is_figure(&old) || is_declaration(self.node(id)) {
            return None;
        }
        let end = old.end - stretch.old_end + stretch.new_end;
        let token = text.get(old.start as usize..end as usize)?;
        if !is_such_a_number(token, &old) {
            return None;
        }
        let stands = Stretch { start: old.start, old_end: old.end, new_end: end };
        Some(Number { id, stands, faults: self.moved_faults(stands, id)? })
    }

    /// This plan with one number changed.
    fn with_one_number(&self, text: String, stretch: Stretch, number: Number) -> Self {
        let is_other = self.value_text(number.id) != text.get(number.stands.new_range()).unwrap_or_default();
        let change = Change { stretch, nodes: is_other.then_some(number.id).into_iter().collect(), only_values: true };
        Self {
            source: Arc::new(SourceText::new(self.source.shared_name(), text)),
            tree: Arc::new(moved_tree(&self.tree, number.id, number.stands)),
            faults: number.faults,
            reads: None,
            since: Some(Arc::new(Since { before: Arc::downgrade(&self.source), change })),
            ..self.clone()
        }
    }

    /// The faults, where they stand now; `None` where one may be about what changed.
    fn moved_faults(&self, stretch: Stretch, changed: NodeId) -> Option<Arc<[Fault]>> {
        if self.faults.is_empty() {
            return Some(Arc::clone(&self.faults));
        }
        let moved = |fault: &Fault| {
            let related = match &fault.related {
                Some((span, words)) => Some((stretch.moved(*span)?, words.clone())),
                None => None,
            };
            let span = stretch.moved(fault.span)?;
            (fault.node != Some(changed)).then(|| Fault { span, related, ..fault.clone() })
        };
        self.faults.iter().map(moved).collect()
    }
}

/// Whether a text is a number that the loader takes as it took the one before.
fn is_such_a_number(token: &str, like: &Node) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'+' | b'-' | b'.');
    if token.is_empty() || !token.bytes().all(plain) {
        return false;
    }
    let (tree, faults) = load::load(&format!("v = {token}"));
    let [_, number] = tree.nodes.as_slice() else { return false };
    faults.is_empty() && (number.kind, number.flags) == (like.kind, like.flags)
}

/// A tree in which one value has another length. Made in one pass, because to copy it is most of what the change costs.
fn moved_tree(tree: &Tree, changed: NodeId, stretch: Stretch) -> Tree {
    let after =
        |offset: u32| if offset >= stretch.old_end { offset - stretch.old_end + stretch.new_end } else { offset };
    let moved = |node: &Node| Node {
        start: after(node.start),
        end: after(node.end),
        key_start: after(node.key_start),
        ..*node
    };
    let mut tree = tree.with_nodes(tree.nodes.iter().map(moved).collect());
    tree.nodes[changed.index()].end = stretch.new_end;
    tree
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PLANS: [&str; 3] = [
        include_str!("../../plans/itu-2020-2023.toml"),
        include_str!("../../plans/teaching/mistakes.toml"),
        "\u{feff}a.b = 1_000\r\n[[t]] # é\r\nx = [1, 2.50, -3]\r\ny = { u = 7, v = 8 }\r\nrounding = { unit = 10 }\r\nd = 2026-01-01\r\n",
    ];

    #[test]
    fn what_lay_in_a_change_is_where_the_change_is() {
        let (old, new) = ("a = 1\nb = 22\nc = 3\n", "a = 1\nnew\nb = 22\nc = 3\n");
        let stretch = Stretch::between(old, new);
        assert_eq!(stretch.nearest(Span::new(4, 5)), Span::new(4, 5));
        assert_eq!(stretch.nearest(Span::new(10, 12)), Span::new(14, 16));
        // What is cut out from under a finding leaves it where the cut is.
        let stretch = Stretch::between(old, "a = 1\nb = \nc = 3\n");
        assert_eq!(stretch.nearest(Span::new(10, 12)), Span::new(10, 10));
        assert_eq!(Stretch::between("", "").nearest(Span::new(0, 0)), Span::new(0, 0));
    }

    /// Everything that a plan can be asked for.
    fn told(plan: &Plan) -> String {
        let nodes: Vec<String> = (0..plan.len())
            .map(|at| {
                let node = plan.node(NodeId::from_index(at));
                format!("{} {:?} {:?} {:?} {:?}", node.path(), node.kind(), node.span(), node.key_span(), node.text())
            })
            .collect();
        format!("{nodes:#?} {:#?} {} {:?}", plan.faults(), plan.figures(), plan.mistyped)
    }

    proptest! {
        #[test]
        fn a_changed_plan_is_the_plan_that_is_read_anew(
            which in 0..PLANS.len(),
            at in any::<prop::sample::Index>(),
            removed in 0_usize..4,
            added in "[0-9_.eE#, =\\n\"x-]{0,3}",
        ) {
            let text = PLANS[which];
            let ends: Vec<usize> = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).collect();
            let from = at.index(ends.len());
            let to = (from + removed).min(ends.len() - 1);
            let new = format!("{}{added}{}", &text[..ends[from]], &text[ends[to]..]);
            let plan = Plan::parse("p", text);
            prop_assert_eq!(told(&plan.changed(&new)), told(&Plan::parse("p", &new)));
        }
    }

    #[test]
    fn one_number_is_changed_without_reading_the_rest() {
        let plan = Plan::parse("p", PLANS[0]);
        let at = PLANS[0].find("9_742_870").unwrap();
        for with in ["9_742_871", "9", "19_742_870", "9_742_870_000"] {
            let mut new = PLANS[0].to_owned();
            new.replace_range(at..at + 9, with);
            let stretch = Stretch::between(PLANS[0], &new);
            let changed = plan.with_one_number(new.clone(), stretch, plan.number_in(&new, stretch).unwrap());
            let (told_then, found) =
                (changed.change_since(&plan).unwrap(), plan.with_text(&new).change_since(&plan).unwrap());
            assert_eq!(
                (told_then.stretch, told_then.nodes, told_then.only_values),
                (found.stretch, found.nodes, found.only_values)
            );
            assert_eq!(told(&changed), told(&Plan::parse("p", &new)), "{with}");
        }
        for with in ["9.5", "9 # x", "", "9\"", "1999-01-01", "0x1F G", "08", "inf"] {
            let mut new = PLANS[0].to_owned();
            new.replace_range(at..at + 9, with);
            assert!(plan.number_in(&new, Stretch::between(PLANS[0], &new)).is_none(), "{with}");
        }
    }

    #[test]
    fn a_change_tells_which_values_are_others() {
        let before = Plan::parse("p", "# c\na = 1\nb = [2, 3]\nc = 'x'\n");
        let paths = |text: &str| {
            let after = before.with_text(text);
            let change = after.change_since(&before)?;
            let paths = change.nodes.iter().map(|id| after.node(*id).path()).collect::<Vec<_>>().join(" ");
            Some((paths, change.only_values))
        };
        let told = |paths: &str, only| Some((paths.to_owned(), only));
        assert_eq!(paths("# c\na = 1\nb = [2, 30]\nc = 'x'\n"), told("b[1]", true));
        assert_eq!(paths("# c\na = 12 # new\nb = [2, 3]\nc = 'x'\n"), told("a", false));
        assert_eq!(paths("# other\na = 1\nb = [2, 3]\nc = 'x'\n"), told("", false));
        assert_eq!(paths("# c\na = 5\nb = [2, 3]\nc = 'y'\n"), told("a c", false));
        assert_eq!(paths("# c\na = 1\nb = [2, 3, 4]\nc = 'x'\n"), None, "another shape");
        assert_eq!(paths("# c\na = 1\nb = [2, 3]\nd = 'x'\n"), None, "another key");
        assert_eq!(paths("# c\na = 1\nb = [2, 3]\nc = 7\n"), None, "another kind");
    }

    #[test]
    fn a_span_outside_of_what_changed_is_found_again() {
        let (old, new) = ("ab 12 cd", "ab 1234 cd");
        let stretch = Stretch::between(old, new);
        assert_eq!(stretch.moved(Span::new(0, 2)), Some(Span::new(0, 2)));
        assert_eq!(stretch.moved(Span::new(6, 8)), Some(Span::new(8, 10)));
        assert_eq!(stretch.moved(Span::new(0, 8)), Some(Span::new(0, 10)));
        let stretch = Stretch::between("é1", "è1");
        assert_eq!(stretch, Stretch { start: 0, old_end: 2, new_end: 2 });
        assert_eq!(Stretch::between("aa", "aaa").moved(Span::new(0, 1)), Some(Span::new(0, 1)));
    }
}
