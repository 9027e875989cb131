//! What can differ between two drafts of a plan: an amount, a figure, an item, another value.
//!
//! A name is a path by ids in the later draft, or in the earlier one where the later has it no more.

use serde::Serialize;

use super::super::decimals::{optional, text};
use crate::figure::Decimal;

/// A number before and after.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Change {
    /// As it was; none where it was not stated.
    #[serde(with = "optional", skip_serializing_if = "Option::is_none")]
    pub old: Option<Decimal>,
    /// As it is; none where it is not stated any more.
    #[serde(with = "optional", skip_serializing_if = "Option::is_none")]
    pub new: Option<Decimal>,
    /// By how much, where both are stated.
    #[serde(with = "optional", skip_serializing_if = "Option::is_none")]
    pub difference: Option<Decimal>,
    /// By how many percent of what it was, to one place; none where it was nothing.
    #[serde(with = "optional", skip_serializing_if = "Option::is_none")]
    pub percent: Option<Decimal>,
}

impl Change {
    /// The change from one number to another.
    ///
    /// ```
    /// use crossfoot::finding::Change;
    ///
    /// let change = Change::between(Some((-200).into()), Some((-250).into()));
    /// assert_eq!((change.difference, change.percent), (Some((-50).into()), Some("-25.0".parse().unwrap())));
    /// assert_eq!(Change::between(Some(0.into()), Some(5.into())).percent, None);
    /// ```
    #[must_use]
    pub fn between(old: Option<Decimal>, new: Option<Decimal>) -> Self {
        let difference = old.zip(new).and_then(|(old, new)| new.checked_sub(old));
        let percent = difference.zip(old).and_then(|(difference, old)| percent(difference, old.abs()));
        Self { old, new, difference, percent }
    }
}

/// How many percent of a whole a part is, to one place; none where the whole is nothing or the result does not fit.
pub(in crate::finding) fn percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    let hundred = Decimal::ONE_HUNDRED;
    // Of huge amounts a hundredfold may not fit, though the quotient does.
    let exact = part.checked_mul(hundred).and_then(|part| part.checked_div(whole));
    let percent = exact.or_else(|| part.checked_div(whole)?.checked_mul(hundred))?;
    let mut rounded = percent.round_dp(1);
    rounded.rescale(1);
    Some(rounded)
}

/// An amount of an objective or of the whole plan, in one year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AmountChange {
    /// What the amount is of; none where it is the whole plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub objective: Option<ItemSide>,
    /// Whether the objective itself was added or removed; none where both drafts have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only: Option<ItemChanged>,
    /// The year as the plan writes it, or `all_years`.
    pub year: String,
    /// As stated, else as its parts make it.
    #[serde(flatten)]
    pub change: Change,
}

/// A figure that is another, or stated in one draft only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FigureChange {
    /// Its path by ids.
    pub name: String,
    /// Its path by ids in the earlier draft, where that was another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_name: Option<String>,
    /// The id of the objective it stands in, or that one's title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub objective: Option<String>,
    /// The year that it is of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<String>,
    /// `percent`, or the name of its unit; empty where it has none.
    pub unit: String,
    /// From what to what.
    #[serde(flatten)]
    pub change: Change,
    /// Its line in the earlier draft, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_line: Option<u32>,
    /// Its line in the later draft, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_line: Option<u32>,
}

/// What became of an item: an objective, an output, a risk, any table of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ItemChanged {
    /// The later draft alone has it.
    Added,
    /// The earlier draft alone has it.
    Removed,
    /// It has another title under the same id, or another id under the same title.
    Renamed,
    /// It stands under another item.
    Moved,
}

impl ItemChanged {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Added, Self::Removed, Self::Renamed, Self::Moved];

    /// The word for it, as the JSON contract writes it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::Moved => "moved",
        }
    }
}

/// An item that is not what or where it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ItemChange {
    /// What became of it.
    pub change: ItemChanged,
    /// The list it stands in, such as `objectives.outputs`.
    pub list: String,
    /// Its path by ids.
    pub name: String,
    /// As it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<ItemSide>,
    /// As it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<ItemSide>,
    /// Its own money by year, where it was added or removed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub amounts: Vec<Money>,
    /// How many items stand in it, at any depth, that were added or removed with it.
    #[serde(skip_serializing_if = "is_zero")]
    pub holds: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
fn is_zero(n: &usize) -> bool {
    *n == 0
}

/// What an item is called in one of the drafts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ItemSide {
    /// Its id; empty where it has none.
    pub id: String,
    /// Its title; empty where it has none.
    pub title: String,
    /// The list of the item it stands in, such as `objectives`; none at the top.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_list: Option<String>,
    /// The id of the item it stands in, or that one's title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// The line it begins in, from 1.
    pub line: u32,
}

/// An amount of a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Money {
    /// The year as the plan writes it, or `all_years`.
    pub year: String,
    /// The amount.
    #[serde(with = "text")]
    pub amount: Decimal,
}

/// A text, a date, a boolean, or a list of such, that differs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ValueChange {
    /// Its path by ids.
    pub name: String,
    /// Its path by ids in the earlier draft, where that was another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_name: Option<String>,
    /// As it was, of a single value that was stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// As it is, of a single value that is stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
    /// What a list has that it had not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<String>,
    /// What a list had that it has not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<String>,
    /// Its line in the earlier draft, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_line: Option<u32>,
    /// Its line in the later draft, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_line: Option<u32>,
}
