//! What a plan says, as far as those who review it want to see it beside the findings.
//!
//! Finished values like findings: a printer draws them and asks no plan. Figures are as stated; beside them stands what their parts
//! make, where all parts state one. It judges nothing, and it knows the standard vocabulary only by the names of its fields.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::decimals::{optional, text};
use crate::figure::Decimal;

/// What a plan says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Overview {
    /// The file, as the user named it.
    pub file: Arc<str>,
    /// The plan's title.
    pub title: String,
    /// Whose plan it is.
    pub organisation: String,
    /// The language of its texts, as a tag such as `fr`; empty where it states none.
    pub language: String,
    /// The currency of its amounts, such as `CHF`; empty where it states none.
    pub currency: String,
    /// The document that the figures were taken from.
    pub source: String,
    /// The years that the plan covers, as it writes them.
    pub years: Vec<String>,
    /// The years that its shares are said to be of; empty where that is all of them.
    pub share_years: Vec<String>,
    /// The plan's total by year: stated, and what its objectives make.
    pub amounts: Vec<YearAmount>,
    /// What the plan is to reach.
    pub objectives: Vec<Objective>,
    /// Support services and their shares.
    pub services: Vec<Service>,
    /// The words that risks and mitigations are rated with.
    pub scales: Scales,
    /// What may go wrong.
    pub risks: Vec<Risk>,
    /// What is done against risks.
    pub mitigations: Vec<Mitigation>,
    /// How stated shares compare with what they were held against, in the order of the document.
    pub shares: Vec<ShareComparison>,
    /// Whether shares were not compared for this, because the plan is very large.
    pub shares_left_out: bool,
}

/// An amount of one year, in the plan's currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearAmount {
    /// The year as the plan writes it, or `all_years`.
    pub year: String,
    /// The figure as stated.
    #[serde(default, with = "optional", skip_serializing_if = "Option::is_none")]
    pub stated: Option<Decimal>,
    /// What its parts make, if each of them states a figure for the year.
    #[serde(default, with = "optional", skip_serializing_if = "Option::is_none")]
    pub computed: Option<Decimal>,
}

impl YearAmount {
    /// The amount to show where one is enough: as stated, else as computed.
    #[must_use]
    pub fn best(&self) -> Option<Decimal> {
        self.stated.or(self.computed)
    }
}

/// One objective.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Objective {
    /// Its number, such as `I.1`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its path, such as `objectives[0]`.
    pub path: String,
    /// The line it begins in, from 1.
    pub line: u32,
    /// Its share of the plan as stated, in percent.
    #[serde(with = "optional", skip_serializing_if = "Option::is_none")]
    pub share: Option<Decimal>,
    /// Its total by year: stated, and what its outputs make.
    pub amounts: Vec<YearAmount>,
    /// The changes it is to bring about.
    pub outcomes: Vec<Outcome>,
    /// The goods and services it delivers.
    pub outputs: Vec<Output>,
}

/// One outcome of an objective.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Outcome {
    /// Its number, such as `I.1-a`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its path.
    pub path: String,
    /// The line it begins in, from 1.
    pub line: u32,
    /// What is measured.
    pub indicators: Vec<String>,
    /// Means of measurement.
    pub means: Vec<String>,
}

/// One output of an objective.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Output {
    /// Its number, such as `I.1-1`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its path.
    pub path: String,
    /// The line it begins in, from 1.
    pub line: u32,
    /// Its cost by year, as stated.
    pub amounts: Vec<YearAmount>,
    /// Its share of the plan as stated, in percent.
    #[serde(with = "optional", skip_serializing_if = "Option::is_none")]
    pub share: Option<Decimal>,
    /// Its share of its objective as stated, in percent.
    #[serde(with = "optional", skip_serializing_if = "Option::is_none")]
    pub share_of_objective: Option<Decimal>,
}

/// One support service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Service {
    /// Its number.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its share of all services as stated, in percent.
    #[serde(with = "optional", skip_serializing_if = "Option::is_none")]
    pub share: Option<Decimal>,
}

/// The words of a plan's scales, each from least to greatest; empty where the plan declares none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Scales {
    /// How likely.
    pub likelihood: Vec<String>,
    /// How grave.
    pub impact: Vec<String>,
    /// How far a mitigation is.
    pub status: Vec<String>,
}

/// One risk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Risk {
    /// Its number; empty where it has none.
    pub id: String,
    /// What may go wrong.
    pub title: String,
    /// The perspective it is seen from.
    pub category: String,
    /// How likely it is, in a word of the scale.
    pub likelihood: String,
    /// How grave it would be, in a word of the scale.
    pub impact: String,
    /// The ids of the mitigations against it, as the risk names them.
    pub mitigations: Vec<String>,
    /// Its path.
    pub path: String,
    /// The line it begins in, from 1.
    pub line: u32,
}

/// One mitigation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mitigation {
    /// Its number.
    pub id: String,
    /// What is done.
    pub title: String,
    /// Who answers for it.
    pub owner: String,
    /// How far it is, in a word of the scale.
    pub status: String,
    /// Its path.
    pub path: String,
    /// The line it begins in, from 1.
    pub line: u32,
}

/// A stated share and what it was held against.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareComparison {
    /// The rule that compared the two.
    pub rule: Arc<str>,
    /// The path of the share.
    pub path: String,
    /// The same path by ids.
    pub name: String,
    /// The line it stands in, from 1.
    pub line: u32,
    /// As stated, in percent.
    #[serde(with = "text")]
    pub stated: Decimal,
    /// As computed, in percent.
    #[serde(with = "text")]
    pub computed: Decimal,
    /// The difference that rounding permits, in points of percent.
    #[serde(with = "text")]
    pub tolerance: Decimal,
    /// How they compare.
    pub outcome: ShareOutcome,
}

/// How a stated share and a computed one compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShareOutcome {
    /// The same.
    Equal,
    /// Not the same, and rounding explains it.
    WithinRounding,
    /// Not the same.
    Disagree,
}
