//! Which item of one draft is which of the other.
//!
//! By id and title, the surest signs first: the same name in the same place, the same id elsewhere, the same title under another id,
//! the same content under nearly the same name. Where a sign fits several, it tells nothing. Every step treats both drafts alike.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use super::item::{Item, Items};

/// The items of two plans that are the same, by their places in [`Items::all`].
pub(super) struct Pairs {
    pub(super) to_new: Vec<Option<usize>>,
    pub(super) to_old: Vec<Option<usize>>,
}

/// What an item is called within the one it stands in.
#[derive(PartialEq, Eq, Hash)]
enum Called<'i> {
    Id(&'i str),
    Title(&'i str),
    Nothing,
}

fn called(item: &Item) -> Called<'_> {
    match (item.id.as_str(), item.title.as_str()) {
        ("", "") => Called::Nothing,
        ("", title) => Called::Title(title),
        (id, _) => Called::Id(id),
    }
}

/// What an item can be called without, if it has that.
fn stated(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

impl Pairs {
    pub(super) fn of(old: &Items<'_>, new: &Items<'_>) -> Self {
        let mut pairs = Self { to_new: vec![None; old.all.len()], to_old: vec![None; new.all.len()] };
        pairs.join(0, 0);
        // Those that an item may stand in come first.
        for lists in [old, new].map(by_list).into_iter().reduce(merged).unwrap_or_default().into_values() {
            for [of_old, of_new] in lists.into_values() {
                pairs.list(old, new, &of_old, &of_new);
            }
        }
        pairs
    }

    fn join(&mut self, old: usize, new: usize) {
        self.to_new[old] = Some(new);
        self.to_old[new] = Some(old);
    }

    /// Finds the pairs among the items of one list, wherever in the plans they stand.
    fn list(&mut self, old: &Items<'_>, new: &Items<'_>, of_old: &[usize], of_new: &[usize]) {
        self.in_place(old, new, of_old, of_new);
        let sides = [(old, of_old), (new, of_new)];
        let unique = |name: for<'i> fn(&'i Item) -> Option<&'i str>| {
            sides.map(|(items, of)| {
                let mut times: HashMap<&str, usize> = HashMap::new();
                of.iter().filter_map(|at| name(&items.all[*at])).for_each(|name| *times.entry(name).or_default() += 1);
                times
            })
        };
        let alone =
            |times: &[HashMap<&str, usize>; 2], name: &str| times.iter().all(|times| times.get(name) == Some(&1));
        let (ids, titles) = (unique(|item| stated(&item.id)), unique(|item| stated(&item.title)));
        let any = |_: &Item, _: &Item| true;
        let of = (of_old, of_new);
        self.by((old, new), of, |item, _| stated(&item.id).filter(|id| alone(&ids, id)), any);
        self.by((old, new), of, |item, parent| Some((parent?, stated(&item.title)?)), any);
        self.by((old, new), of, |item, _| stated(&item.title).filter(|title| alone(&titles, title)), any);
        self.by((old, new), of, |item, parent| Some((parent?, item.content)), |old, new| alike(&old.title, &new.title));
    }

    /// Items of the same name within the same one: those that hold the same first, then in their order.
    fn in_place(&mut self, old: &Items<'_>, new: &Items<'_>, of_old: &[usize], of_new: &[usize]) {
        let mut open: HashMap<(usize, Called<'_>), Vec<usize>> = HashMap::new();
        for at in of_new {
            let item = &new.all[*at];
            open.entry((item.parent, called(item))).or_default().push(*at);
        }
        let mut groups: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for at in of_old {
            let item = &old.all[*at];
            let Some(parent) = self.to_new[item.parent] else { continue };
            if let Some(of_new) = open.get(&(parent, called(item))) {
                groups.entry(of_new[0]).or_insert_with(|| (Vec::new(), of_new.clone())).0.push(*at);
            }
        }
        for (of_old, of_new) in groups.into_values() {
            if let ([old], [new]) = (of_old.as_slice(), of_new.as_slice()) {
                self.join(*old, *new);
                continue;
            }
            let mut alike: HashMap<(&str, u64), Vec<usize>> = HashMap::new();
            for at in of_new.iter().rev() {
                alike.entry((&new.all[*at].title, new.all[*at].content)).or_default().push(*at);
            }
            for at in &of_old {
                let item = &old.all[*at];
                if let Some(same) = alike.get_mut(&(item.title.as_str(), item.content)).and_then(Vec::pop) {
                    self.join(*at, same);
                }
            }
            let left: Vec<usize> = of_old.into_iter().filter(|at| self.to_new[*at].is_none()).collect();
            let open: Vec<usize> = of_new.into_iter().filter(|at| self.to_old[*at].is_none()).collect();
            left.into_iter().zip(open).for_each(|(old, new)| self.join(old, new));
        }
    }

    /// Items that are left and that a sign tells from all others that are left. The sign is given the place where, in the
    /// later draft, the one is that the item stands in.
    fn by<'i, K: Hash + Eq>(
        &mut self,
        (old, new): (&'i Items<'_>, &'i Items<'_>),
        (of_old, of_new): (&[usize], &[usize]),
        sign: impl Fn(&'i Item, Option<usize>) -> Option<K>,
        fits: impl Fn(&Item, &Item) -> bool,
    ) {
        let mut signs: HashMap<K, [Vec<usize>; 2]> = HashMap::new();
        for at in of_old.iter().filter(|at| self.to_new[**at].is_none()) {
            let item = &old.all[*at];
            sign(item, self.to_new[item.parent]).into_iter().for_each(|key| signs.entry(key).or_default()[0].push(*at));
        }
        for at in of_new.iter().filter(|at| self.to_old[**at].is_none()) {
            let item = &new.all[*at];
            let parent = self.to_old[item.parent].map(|_| item.parent);
            sign(item, parent).into_iter().for_each(|key| signs.entry(key).or_default()[1].push(*at));
        }
        for [of_old, of_new] in signs.into_values() {
            if let ([of_old], [of_new]) = (of_old.as_slice(), of_new.as_slice())
                && fits(&old.all[*of_old], &new.all[*of_new])
            {
                self.join(*of_old, *of_new);
            }
        }
    }
}

/// Whether one title may be the other with a few words changed: at least half of the longer begins or ends alike.
fn alike(old: &str, new: &str) -> bool {
    let begins = old.chars().zip(new.chars()).take_while(|(old, new)| old == new).count();
    let (old_length, new_length) = (old.chars().count(), new.chars().count());
    let ends = old.chars().rev().zip(new.chars().rev()).take_while(|(old, new)| old == new).count();
    let longer = old_length.max(new_length);
    longer > 0 && 2 * (begins + ends).min(longer) >= longer
}

/// The items of both plans by the depth of their list, then by the list.
type ByList<'i> = BTreeMap<usize, BTreeMap<&'i str, [Vec<usize>; 2]>>;

fn by_list<'i>(items: &'i Items<'_>) -> ByList<'i> {
    let mut depths = vec![0; items.all.len()];
    let mut lists = ByList::new();
    for (at, item) in items.all.iter().enumerate().skip(1) {
        depths[at] = depths[item.parent] + 1;
        lists.entry(depths[at]).or_default().entry(&item.list).or_default()[0].push(at);
    }
    lists
}

fn merged<'i>(mut old: ByList<'i>, new: ByList<'i>) -> ByList<'i> {
    for (depth, lists) in new {
        for (list, [of_new, _]) in lists {
            old.entry(depth).or_default().entry(list).or_default()[1] = of_new;
        }
    }
    old
}
