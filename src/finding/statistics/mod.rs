//! What a plan comes to in numbers: where its money goes, how concentrated that is, how its risks are spread.
//!
//! Finished values like findings, made of an [`Overview`] alone. Nothing is judged here: a large share is no finding.

mod of;

use std::sync::Arc;

use serde::Serialize;

use super::decimals::{optional, text};
use super::{Failure, Money, Overview, Tool};
use crate::figure::Decimal;

/// The statistics of some plans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Statistics {
    /// The version of the contract.
    pub schema: u32,
    /// What counted.
    pub tool: Tool,
    /// One for each plan, in their order.
    pub plans: Vec<PlanStatistics>,
    /// What stood in the way. Not empty means exit status 2.
    pub errors: Vec<Failure>,
}

impl Statistics {
    /// The statistics of plans, by what they say of themselves.
    ///
    /// ```
    /// use crossfoot::finding::Statistics;
    /// use crossfoot::{Plan, audit};
    ///
    /// let text = "[[objectives]]\nid = 'A'\noutputs = [{ id = 'a', cost = { 2026 = 30 } }, { id = 'b', cost = { 2026 = 10 } }]\n";
    /// let plan = &Statistics::of(&[audit::overview(&Plan::parse("plan.toml", text))], Vec::new()).plans[0];
    /// assert_eq!((plan.money.total, plan.outputs.largest[0].share), (Some(40.into()), Some("75.0".parse().unwrap())));
    /// assert_eq!(plan.concentration.as_ref().unwrap().herfindahl, "0.6250".parse().unwrap());
    /// ```
    #[must_use]
    pub fn of(overviews: &[Overview], errors: Vec<Failure>) -> Self {
        let plans = overviews.iter().map(PlanStatistics::of).collect();
        Self { schema: super::report::CONTRACT, tool: Tool::THIS, plans, errors }
    }
}

/// The statistics of one plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlanStatistics {
    /// The file, as the user named it.
    pub file: Arc<str>,
    /// The plan's title.
    pub title: String,
    /// The currency of its amounts; empty where it states none.
    pub currency: String,
    /// Its money by objective and year.
    pub money: MoneyStatistics,
    /// Its outputs by their money.
    pub outputs: OutputStatistics,
    /// How concentrated its money is; none where there is none, or where some of it is negative.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub concentration: Option<Concentration>,
    /// Its risks.
    pub risks: RiskStatistics,
}

/// Money by objective and year. An amount is as stated, else as the parts make it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MoneyStatistics {
    /// The years, in the plan's order.
    pub years: Vec<String>,
    /// The sum of all objectives by year.
    pub amounts: Vec<Money>,
    /// The sum over all years; none where there is no money, or too much for a figure.
    #[serde(with = "optional", skip_serializing_if = "Option::is_none")]
    pub total: Option<Decimal>,
    /// The objectives, in the plan's order.
    pub objectives: Vec<ObjectiveMoney>,
    /// Whether some sum is missing because it is too large for a figure.
    pub too_large: bool,
    /// Whether any amount is negative, so that shares of the whole say little and are left out.
    pub has_negative: bool,
}

/// The money of an objective.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ObjectiveMoney {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its amounts by year.
    pub amounts: Vec<Money>,
    /// Their sum.
    #[serde(with = "optional", skip_serializing_if = "Option::is_none")]
    pub total: Option<Decimal>,
    /// The share that this is of all objectives, in percent.
    #[serde(with = "optional", skip_serializing_if = "Option::is_none")]
    pub share: Option<Decimal>,
    /// Its share as the plan states it, in percent.
    #[serde(with = "optional", skip_serializing_if = "Option::is_none")]
    pub stated_share: Option<Decimal>,
    /// How many outputs it has.
    pub outputs: usize,
}

/// Outputs by their money.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct OutputStatistics {
    /// How many there are.
    pub count: usize,
    /// How many of them state money.
    pub with_money: usize,
    /// The largest, ten at most.
    pub largest: Vec<OutputMoney>,
}

/// The money of an output.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct OutputMoney {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The id of its objective, or that one's title.
    pub objective: String,
    /// Its money over all years.
    #[serde(with = "text")]
    pub total: Decimal,
    /// The share that this is of all outputs, in percent.
    #[serde(with = "optional", skip_serializing_if = "Option::is_none")]
    pub share: Option<Decimal>,
}

/// How concentrated money is in few places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Concentration {
    /// Over what: `outputs`, or `objectives` where no output states money.
    pub over: &'static str,
    /// How many of them have money.
    pub count: usize,
    /// What the largest one, three and five have together.
    pub top: Vec<TopShare>,
    /// The Herfindahl-Hirschman index: the sum of the squares of all shares, from 1 / `count` (all equal) to 1 (one has all).
    #[serde(with = "text")]
    pub herfindahl: Decimal,
    /// How many of equal size would be as concentrated: 1 / `herfindahl`.
    #[serde(with = "text")]
    pub effective: Decimal,
}

/// What the largest have together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TopShare {
    /// How many of the largest.
    pub largest: usize,
    /// Their share, in percent.
    #[serde(with = "text")]
    pub share: Decimal,
}

/// Risks by likelihood and impact, and what is done against them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RiskStatistics {
    /// How many there are.
    pub count: usize,
    /// The words for likelihood, from least to greatest as far as the plan's scales say so.
    pub likelihood: Vec<String>,
    /// The words for impact, likewise.
    pub impact: Vec<String>,
    /// How many there are: a row for each likelihood, with a number for each impact.
    pub cells: Vec<Vec<usize>>,
    /// How many lack a likelihood or an impact.
    pub unrated: usize,
    /// Those that name no mitigation.
    pub without_mitigation: Vec<RiskName>,
    /// How many mitigations there are.
    pub mitigations: usize,
    /// How many mitigations have each status, in the order of the plan's scale; those without one under no text.
    pub by_status: Vec<StatusCount>,
}

/// A risk by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RiskName {
    /// Its id; empty where it has none.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How likely it is, in a word of the plan.
    pub likelihood: String,
    /// How grave it would be, in a word of the plan.
    pub impact: String,
    /// The line it begins in, from 1.
    pub line: u32,
}

/// How many mitigations have a status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatusCount {
    /// The status, in a word of the plan.
    pub status: String,
    /// How many.
    pub count: usize,
}
