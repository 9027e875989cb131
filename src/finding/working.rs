//! The working: how a stated figure and a computed one were compared.
//!
//! Decimals are kept as decimals and travel as texts, so that no reader's floating point can change them.

use serde::{Deserialize, Serialize};

use super::decimals::{optional, text};
use crate::figure::{Change, Decimal, Interval};
use crate::words::Said;

/// How a stated figure and a computed one were compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Working {
    /// The figure as stated.
    #[serde(with = "text")]
    pub stated: Decimal,
    /// The figure as computed.
    #[serde(with = "text")]
    pub computed: Decimal,
    /// Stated less computed.
    #[serde(with = "text")]
    pub difference: Decimal,
    /// The difference that rounding permits, in the same unit.
    #[serde(with = "text")]
    pub tolerance: Decimal,
    /// Where the true stated figure may lie, such as `[99.5, 100.5]`.
    #[serde(with = "text")]
    pub stated_interval: Interval,
    /// Where the true computed figure may lie.
    #[serde(with = "text")]
    pub computed_interval: Interval,
    /// The unit of both: `percent`, a currency, or nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// What the stated figure was made of, where it is not one figure of the plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stated_addends: Vec<Addend>,
    /// What the computed figure was made of.
    pub addends: Vec<Addend>,
    /// How many more addends there are, on both sides, than are listed.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub addends_left_out: usize,
    /// Whether the computed figure is the sum of its addends, each with its factor.
    #[serde(default, rename = "sum", skip_serializing_if = "std::ops::Not::not")]
    pub is_sum: bool,
    /// The likeliest cause, when one explains the whole difference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// How the cause was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause_said: Option<Said>,
    /// Other causes that explain it too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_causes: Vec<String>,
    /// How these were said, in the same order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_causes_said: Vec<Said>,
}

/// A figure that a computed figure was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addend {
    /// The file, when it is not the finding's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<std::sync::Arc<str>>,
    /// The path of the figure.
    pub path: String,
    /// The figure as stated.
    #[serde(with = "text")]
    pub value: Decimal,
    /// What it was multiplied by, when not by 1: `-1` for what is taken away. Absent where the figure entered the
    /// computation otherwise than by addition.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "optional")]
    pub factor: Option<Decimal>,
    /// By how much it alone would have to change for the two to agree; `None` where no change would do, or nobody knows.
    #[serde(skip)]
    pub change: Option<Change>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}
