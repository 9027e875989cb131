//! What an audit says: findings, their workings, and the report that carries them.
//!
//! Everything here is a finished value: rule, severity, message, places, working, help. Printers, the editor and the exit
//! status read it and decide nothing anew. It knows no rule, no script and no format but the JSON contract's names.

mod allowance;
mod comparison;
mod decimals;
mod difference;
mod evaluation;
mod fingerprint;
mod overview;
mod report;
mod run;
mod severity;
mod statistics;
mod wording;
mod working;

pub use allowance::AllowanceCode;
pub use comparison::{
    AmountChange, Change, Comparison, ComparisonSummary, FigureChange, FindingsDifference, GoneFinding, ItemChange,
    ItemChanged, ItemSide, Money, PlanAlone, PlanDifference, ValueChange, Wording, shortened,
};
pub use difference::{Changed, Departed, Difference, Renamed, Why};
pub use evaluation::{
    ComputedFigure, Evaluated, Evaluation, ExpressionError, MapEntry, Part, SelectedNode, StatedFigure,
};
pub use fingerprint::Fingerprint;
pub use overview::{
    Mitigation, Objective, Outcome, Output, Overview, Risk, Scales, Service, ShareComparison, ShareOutcome, YearAmount,
};
pub use report::{
    Checks, Failure, FailureKind, Frame, Gone, PlanSummary, Report, RuleSummary, Summary, Suppressed, SuppressedBy,
    Tool, Uncovered,
};
pub use run::{Page, Run, RunError};
pub use severity::{FailOn, Severity, UnknownSeverity, Verdict};
pub use statistics::{
    Concentration, MoneyStatistics, ObjectiveMoney, OutputMoney, OutputStatistics, PlanStatistics, RiskName,
    RiskStatistics, Statistics, StatusCount, TopShare,
};
pub use wording::{cause_said, grouped, number, signed};
pub use working::{Addend, Working};

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::source::Place;
use crate::words::Said;

/// One thing that is wrong, with its place, its working and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The id of the rule that found it, such as `totals/outputs`.
    pub rule: Arc<str>,
    /// How grave it is.
    pub severity: Severity,
    /// The file, as the user named it.
    pub file: Arc<str>,
    /// What is wrong, in one sentence.
    pub message: String,
    /// How the message was said: its template and what stands in the holes, from which another language words it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<Said>,
    /// The path of the node it concerns, such as `objectives[0].total.2020`.
    pub path: String,
    /// The same path by ids, `objectives[I.1].total.2020`: what people call it, and what allowances write.
    pub name: String,
    /// Where that is.
    pub span: Place,
    /// Other places that explain it: every addend, the first of two equal ids.
    pub labels: Vec<Label>,
    /// How the figures were compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working: Option<Working>,
    /// What to do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// How the help was said, where something stands in its holes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help_said: Option<Said>,
    /// Changes that would mend it.
    pub fixes: Vec<Fix>,
    /// The same for the same finding in a later draft, wherever it has moved to.
    pub fingerprint: Fingerprint,
}

/// A place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The file, when it is not the finding's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Arc<str>>,
    /// The path of the node.
    pub path: String,
    /// Where it is.
    pub span: Place,
    /// What is there.
    pub message: String,
    /// How that was said, where something stands in its holes; of an addend the working tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<Said>,
}

/// A change that would mend a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What it does, in a few words.
    pub title: String,
    /// How the title was said, where something stands in its holes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<Said>,
    /// Whether it may be applied without asking.
    pub safe: bool,
    /// The edits, none overlapping another.
    pub edits: Vec<Edit>,
    /// The figures that what it writes was computed from, where its finding has no working that says so.
    #[serde(skip)]
    pub made_of: Vec<MadeOf>,
    /// How many more there are than are listed.
    #[serde(skip)]
    pub made_of_left_out: usize,
}

/// A figure that a fix was computed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeOf {
    /// The file, when it is not the finding's.
    pub file: Option<Arc<str>>,
    /// The path of the figure.
    pub path: String,
    /// Where it is.
    pub span: Place,
}

/// A replacement of one span of the finding's file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Edit {
    /// What is replaced.
    pub span: Place,
    /// By what.
    pub text: String,
}

impl Finding {
    /// The order of findings in a report: file, place, rule, message.
    #[must_use]
    pub fn order(&self) -> (&str, u32, u32, &str, &str) {
        (&self.file, self.span.start.offset, self.span.end.offset, &self.rule, &self.message)
    }
}
