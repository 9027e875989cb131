//! Money by objective and year, where it differs: what a council reads first.

use std::collections::HashMap;

use super::differ::side;
use super::item::Items;
use super::pairs::Pairs;
use crate::audit::overview;
use crate::figure::Decimal;
use crate::finding::{AmountChange, Change, ItemChanged, ItemSide, Objective, Overview, PlanDifference, YearAmount};
use crate::plan::Plan;

/// Adds to a difference what the plans are called and how their money differs.
pub(super) fn add(
    difference: &mut PlanDifference,
    (old_plan, old_items): (&Plan, &Items<'_>),
    (new_plan, new_items): (&Plan, &Items<'_>),
    pairs: &Pairs,
) {
    let (old, new) = (overview(old_plan), overview(new_plan));
    difference.title = if new.title.is_empty() { old.title.clone() } else { new.title.clone() };
    difference.currency = if new.currency.is_empty() { old.currency.clone() } else { new.currency.clone() };
    let is_other = !old.currency.is_empty() && old.currency != difference.currency;
    difference.old_currency = is_other.then(|| old.currency.clone());
    let (of_old, of_new) = (by_path(&old), by_path(&new));
    let objective = |items: &Items<'_>, at: usize| {
        (items.all[at].list == "objectives").then(|| items.plan.node(items.all[at].node).path())
    };
    // What a plan's objectives make is no statement that comes or goes: one that does not state a year leaves no sum.
    let whole = changes(None, None, &old.amounts, &new.amounts).into_iter();
    let is_told = |amount: &AmountChange| {
        let stated = |amounts: &[YearAmount]| amounts.iter().any(|of| of.year == amount.year && of.stated.is_some());
        amount.change.difference.is_some() || stated(&old.amounts) || stated(&new.amounts)
    };
    difference.amounts.extend(whole.filter(is_told));
    for (at, partner) in pairs.to_old.iter().enumerate() {
        let Some(is) = objective(new_items, at).and_then(|path| of_new.get(path.as_str()).copied()) else { continue };
        let was = partner.and_then(|at| objective(old_items, at)).and_then(|path| of_old.get(path.as_str()).copied());
        let of = Some(side(new_items, at));
        let only = partner.is_none().then_some(ItemChanged::Added);
        difference.amounts.extend(changes(of, only, was.map_or(&[], |was| &was.amounts), &is.amounts));
    }
    for (at, _) in pairs.to_new.iter().enumerate().filter(|(_, partner)| partner.is_none()) {
        let was = objective(old_items, at).and_then(|path| of_old.get(path.as_str()).copied());
        let Some(was) = was else { continue };
        difference.amounts.extend(changes(Some(side(old_items, at)), Some(ItemChanged::Removed), &was.amounts, &[]));
    }
}

fn by_path(overview: &Overview) -> HashMap<&str, &Objective> {
    overview.objectives.iter().map(|objective| (objective.path.as_str(), objective)).collect()
}

/// The years whose amounts differ.
fn changes(
    of: Option<ItemSide>,
    only: Option<ItemChanged>,
    old: &[YearAmount],
    new: &[YearAmount],
) -> Vec<AmountChange> {
    let find = |amounts: &[YearAmount], year: &str| amounts.iter().find(|amount| amount.year == year).cloned();
    let gone = old.iter().filter(|was| !new.iter().any(|is| is.year == was.year));
    let mut years: Vec<&str> = new.iter().chain(gone).map(|amount| amount.year.as_str()).collect();
    years.sort_unstable();
    let change = |year: &str| {
        let change = amounts(find(old, year), find(new, year));
        let is_other = change.old.map(|old| old.normalize()) != change.new.map(|new| new.normalize());
        is_other.then(|| AmountChange { objective: of.clone(), only, year: year.to_owned(), change })
    };
    years.into_iter().filter_map(change).collect()
}

/// The change of an amount: from stated to stated, or from computed to computed; only where neither is in both drafts, from one
/// to the other.
fn amounts(old: Option<YearAmount>, new: Option<YearAmount>) -> Change {
    let of = |amount: &Option<YearAmount>, which: fn(&YearAmount) -> Option<Decimal>| amount.as_ref().and_then(which);
    let kinds: [fn(&YearAmount) -> Option<Decimal>; 2] = [|amount| amount.stated, |amount| amount.computed];
    let both = kinds.into_iter().map(|which| (of(&old, which), of(&new, which)));
    match both.into_iter().find(|(old, new)| old.is_some() && new.is_some()) {
        Some((old, new)) => Change::between(old, new),
        None => Change::between(of(&old, YearAmount::best), of(&new, YearAmount::best)),
    }
}
