//! What differs between items that are the same, and which items only one draft has.

use std::collections::{BTreeMap, HashMap};

use super::item::{Item, Items, Leaf, Value};
use super::pairs::Pairs;
use crate::finding::{Change, FigureChange, ItemChange, ItemChanged, ItemSide, Money, PlanDifference, ValueChange};
use crate::plan::NodeId;

/// Everything that differs but for the money, which is told from elsewhere.
pub(super) fn difference(old: &Items<'_>, new: &Items<'_>, pairs: &Pairs) -> PlanDifference {
    let mut difference = PlanDifference::default();
    let (of_old, of_new) = (holds(old, &pairs.to_new), holds(new, &pairs.to_old));
    for (at, partner) in pairs.to_old.iter().enumerate() {
        match partner {
            Some(partner) => {
                let of = Of { old, new, at: (*partner, at) };
                of.items(pairs, &mut difference.items);
                of.leaves(&mut difference);
            }
            None if pairs.to_old[new.all[at].parent].is_some() => {
                difference.items.push(alone(ItemChanged::Added, new, at, of_new[at]));
            }
            None => {}
        }
    }
    for (at, partner) in pairs.to_new.iter().enumerate() {
        if partner.is_none() && pairs.to_new[old.all[at].parent].is_some() {
            difference.items.push(alone(ItemChanged::Removed, old, at, of_old[at]));
        }
    }
    difference
}

/// How many items in each item, at any depth, have come or gone with it. Such as have moved out of it, or into it, are told by
/// themselves, and so is what came or went in those.
fn holds(items: &Items<'_>, partners: &[Option<usize>]) -> Vec<usize> {
    let mut holds = vec![0; items.all.len()];
    // An item comes after the one it stands in.
    for at in (1..items.all.len()).rev().filter(|at| partners[*at].is_none()) {
        holds[items.all[at].parent] += holds[at] + 1;
    }
    holds
}

/// An item that one draft alone has.
fn alone(change: ItemChanged, items: &Items<'_>, at: usize, holds: usize) -> ItemChange {
    let item = &items.all[at];
    let side = Some(side(items, at));
    let (old, new) = if change == ItemChanged::Added { (None, side) } else { (side, None) };
    ItemChange { change, list: item.list.clone(), name: item.name.clone(), old, new, amounts: amounts(item), holds }
}

/// What an item itself costs by year.
fn amounts(item: &Item) -> Vec<Money> {
    let of = |leaf: &Leaf| match &leaf.value {
        Value::Figure(amount) if leaf.path.starts_with("cost.") || leaf.path.starts_with("total.") => {
            Some(Money { year: leaf.last.clone(), amount: *amount })
        }
        _ => None,
    };
    item.leaves.iter().filter_map(of).collect()
}

/// What an item is called in a draft.
pub(super) fn side(items: &Items<'_>, at: usize) -> ItemSide {
    let item = &items.all[at];
    let parent = (item.parent != 0).then(|| &items.all[item.parent]);
    ItemSide {
        id: item.id.clone(),
        title: item.title.clone(),
        parent_list: parent.map(|parent| parent.list.clone()),
        parent: parent.map(|parent| short(parent)),
        line: items.line(item.node),
    }
}

/// The id of an item, or its title, or that it has neither.
fn short(item: &Item) -> String {
    [&item.id, &item.title].into_iter().find(|text| !text.is_empty()).unwrap_or(&item.name).clone()
}

/// One item in both drafts.
struct Of<'i, 'p> {
    old: &'i Items<'p>,
    new: &'i Items<'p>,
    at: (usize, usize),
}

impl Of<'_, '_> {
    /// Tells an item that was renamed or moved.
    fn items(&self, pairs: &Pairs, items: &mut Vec<ItemChange>) {
        let (old, new) = (&self.old.all[self.at.0], &self.new.all[self.at.1]);
        let is_moved = pairs.to_new[old.parent] != Some(new.parent);
        let is_renamed = (&old.id, &old.title) != (&new.id, &new.title);
        for (is_so, change) in [(is_renamed, ItemChanged::Renamed), (is_moved, ItemChanged::Moved)] {
            if is_so {
                items.push(ItemChange {
                    change,
                    list: new.list.clone(),
                    name: new.name.clone(),
                    old: Some(side(self.old, self.at.0)),
                    new: Some(side(self.new, self.at.1)),
                    amounts: Vec::new(),
                    holds: 0,
                });
            }
        }
    }

    /// Tells the values of an item that differ, in the order of the later draft, and then those that have gone.
    fn leaves(&self, difference: &mut PlanDifference) {
        let (old, new) = (&self.old.all[self.at.0], &self.new.all[self.at.1]);
        let mut open: HashMap<&str, &Leaf> = old.leaves.iter().map(|leaf| (leaf.path.as_str(), leaf)).collect();
        for leaf in &new.leaves {
            self.leaf(open.remove(leaf.path.as_str()), Some(leaf), difference);
        }
        let gone = old.leaves.iter().filter(|leaf| open.contains_key(leaf.path.as_str()));
        gone.for_each(|leaf| self.leaf(Some(leaf), None, difference));
    }

    fn leaf(&self, old: Option<&Leaf>, new: Option<&Leaf>, difference: &mut PlanDifference) {
        let (was, is) = (old.map(|leaf| &leaf.value), new.map(|leaf| &leaf.value));
        if was == is {
            return;
        }
        match (was, is) {
            (Some(Value::Figure(old_figure)), Some(Value::Figure(new_figure))) => {
                difference.figures.push(self.figure(old, new, Change::between(Some(*old_figure), Some(*new_figure))));
            }
            (None, Some(Value::Figure(figure))) => {
                difference.figures.push(self.figure(old, new, Change::between(None, Some(*figure))));
            }
            (Some(Value::Figure(figure)), None) => {
                difference.figures.push(self.figure(old, new, Change::between(Some(*figure), None)));
            }
            _ => difference.values.extend(self.value(old, new)),
        }
    }

    fn figure(&self, old: Option<&Leaf>, new: Option<&Leaf>, change: Change) -> FigureChange {
        let (name, old_name) = self.names(old, new);
        let (items, at, leaf) = match new {
            Some(leaf) => (self.new, self.at.1, Some(leaf)),
            None => (self.old, self.at.0, old),
        };
        let objective = items.above(at).find(|item| item.list == "objectives").map(short);
        let year = leaf.map(|leaf| leaf.last.clone()).filter(|last| is_year(last));
        let unit = leaf.map(|leaf| items.plan.unit_text(items.plan.unit(leaf.node)).to_owned()).unwrap_or_default();
        let (old_line, new_line) = self.lines(old, new);
        FigureChange { name, old_name, objective, year, unit, change, old_line, new_line }
    }

    fn value(&self, old: Option<&Leaf>, new: Option<&Leaf>) -> Option<ValueChange> {
        let (name, old_name) = self.names(old, new);
        let (old_line, new_line) = self.lines(old, new);
        let empty = Vec::new();
        let list = |leaf: Option<&'_ Leaf>| match leaf.map(|leaf| &leaf.value) {
            Some(Value::List(texts)) => Some(texts.clone()),
            None => Some(empty.clone()),
            _ => None,
        };
        let is_list = |leaf: Option<&Leaf>| leaf.is_some_and(|leaf| matches!(leaf.value, Value::List(_)));
        let mut change = ValueChange { name, old_name, old_line, new_line, ..ValueChange::default() };
        if let (Some(was), Some(is)) = (list(old), list(new))
            && (is_list(old) || is_list(new))
        {
            (change.added, change.removed) = (without(&is, &was), without(&was, &is));
            // A list that is empty and one that is not there say the same.
            return (!change.added.is_empty() || !change.removed.is_empty()).then_some(change);
        }
        (change.old, change.new) = (old.map(said), new.map(said));
        Some(change)
    }

    fn names(&self, old: Option<&Leaf>, new: Option<&Leaf>) -> (String, Option<String>) {
        let name = |item: &Item, leaf: &Leaf| match item.name.as_str() {
            "" => leaf.path.clone(),
            item => format!("{item}.{}", leaf.path),
        };
        let was = old.map(|leaf| name(&self.old.all[self.at.0], leaf));
        match new.map(|leaf| name(&self.new.all[self.at.1], leaf)) {
            Some(is) => {
                let other = was.filter(|was| *was != is);
                (is, other)
            }
            None => (was.unwrap_or_default(), None),
        }
    }

    fn lines(&self, old: Option<&Leaf>, new: Option<&Leaf>) -> (Option<u32>, Option<u32>) {
        let line = |items: &Items<'_>, node: NodeId| items.line(node);
        (old.map(|leaf| line(self.old, leaf.node)), new.map(|leaf| line(self.new, leaf.node)))
    }
}

fn is_year(text: &str) -> bool {
    text == "all_years" || (text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()))
}

fn said(leaf: &Leaf) -> String {
    match &leaf.value {
        Value::Figure(figure) => figure.to_string(),
        Value::Text(text) => text.clone(),
        Value::List(texts) => texts.join(", "),
    }
}

/// What one list has more often than another.
fn without(list: &[String], other: &[String]) -> Vec<String> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    other.iter().for_each(|text| *times.entry(text).or_default() += 1);
    let is_more = |text: &&String| match times.get_mut(text.as_str()) {
        Some(n) if *n > 0 => {
            *n -= 1;
            false
        }
        _ => true,
    };
    list.iter().filter(is_more).cloned().collect()
}
