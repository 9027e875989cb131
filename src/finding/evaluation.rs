//! What an expression came to over a plan, as data: its value, what that was made of, and how its checks ended.
//!
//! Finished values, as a report is: whoever shows them reads and decides nothing anew. It knows no script.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::{Checks, Finding, Frame, Verdict};
use crate::figure::{Decimal, Interval};
use crate::source::{Place, SourceText};

/// What one expression, or several statements, came to over a plan.
#[derive(Clone, Debug, Serialize)]
pub struct Evaluation {
    /// The version of this form.
    pub schema: u32,
    /// What was evaluated.
    pub expression: Arc<str>,
    /// The variable that it defined or changed last, when it ends with that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variable: Option<String>,
    /// Its value; of statements the last one's. Absent where there is an error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Evaluated>,
    /// How the checks in it ended.
    pub checks: Checks,
    /// What its checks found, by place.
    pub findings: Vec<Finding>,
    /// Why it has no value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ExpressionError>,
    /// The texts that places point into, by name.
    #[serde(skip)]
    pub sources: BTreeMap<Arc<str>, Arc<SourceText>>,
}

impl Evaluation {
    /// The name under which the expression's own text stands among the sources.
    pub const NAME: &'static str = "expression";

    /// The version of the form that this program writes.
    pub const SCHEMA: u32 = 1;

    /// How it ended: broken where there is an error, failed where a check failed.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match (&self.error, self.checks.failed) {
            (Some(_), _) => Verdict::Broken,
            (None, 0) => Verdict::Passed,
            (None, _) => Verdict::Failed,
        }
    }
}

/// What is wrong with an expression.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExpressionError {
    /// What is wrong.
    pub message: String,
    /// Where in the expression.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Place>,
    /// The calls that led there, innermost first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stack: Vec<Frame>,
    /// The plan and the path of the node that was looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub looking_at: Option<String>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

/// A value, with where it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Evaluated {
    /// A computed figure.
    Figure(ComputedFigure),
    /// Places of the plan.
    Selection {
        /// The places in document order, arrays replaced by their elements.
        nodes: Vec<SelectedNode>,
        /// How many more there are than are listed.
        #[serde(skip_serializing_if = "is_zero")]
        left_out: usize,
    },
    /// Nothing is there.
    Absent {
        /// What is missing, as a sentence without its end.
        reason: String,
    },
    /// A text.
    Text {
        /// The text itself.
        value: String,
    },
    /// A boolean.
    Boolean {
        /// The boolean itself.
        value: bool,
    },
    /// A day, as `2026-12-31`.
    Date {
        /// The day itself.
        value: String,
    },
    /// An array of the expression's own.
    List {
        /// Its elements.
        items: Vec<Self>,
        /// How many more there are than are listed.
        #[serde(skip_serializing_if = "is_zero")]
        left_out: usize,
    },
    /// A map of the expression's own.
    Map {
        /// Its entries by key.
        entries: Vec<MapEntry>,
        /// How many more there are than are listed.
        #[serde(skip_serializing_if = "is_zero")]
        left_out: usize,
    },
    /// A function, `|x| ...`.
    Function,
    /// Nothing: `()`, what a check gives.
    Nothing,
}

/// A figure that was computed, and the cells it was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComputedFigure {
    /// What the figures as written come to.
    #[serde(serialize_with = "text")]
    pub value: Decimal,
    /// `percent`, a currency, or nothing.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// Where the true value lies, such as `[99.5, 100.5]`.
    #[serde(serialize_with = "text")]
    pub interval: Interval,
    /// The cells it was made of, in the order in which they entered.
    pub parts: Vec<Part>,
    /// How many more cells there are than are listed.
    #[serde(skip_serializing_if = "is_zero")]
    pub parts_left_out: usize,
    /// The place that lacks a figure which the others have, so that a sum is not of all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lacking: Option<String>,
}

/// A cell of a plan that a figure was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The file.
    pub file: Arc<str>,
    /// The path of the cell, with ids.
    pub path: String,
    /// Where it is.
    pub span: Place,
    /// The figure as stated.
    #[serde(serialize_with = "text")]
    pub value: Decimal,
    /// What it was multiplied by before it was added; absent where it entered otherwise than by addition, as in a quotient.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "optional_text")]
    pub factor: Option<Decimal>,
}

/// A place of a plan, and what is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SelectedNode {
    /// The file.
    pub file: Arc<str>,
    /// The path, with ids.
    pub path: String,
    /// Where it is; of a table, its header.
    pub span: Place,
    /// As people read it: a figure in groups of three digits, a text without quotation marks, of a table its keys.
    pub shown: String,
    /// Where there is a figure: the figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub figure: Option<StatedFigure>,
}

/// A figure that a plan states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatedFigure {
    /// The figure as written.
    #[serde(serialize_with = "text")]
    pub value: Decimal,
    /// `percent`, a currency, or nothing.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// Where the true value lies.
    #[serde(serialize_with = "text")]
    pub interval: Interval,
}

/// One entry of a map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MapEntry {
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: Evaluated,
}

fn text<T: std::fmt::Display, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

#[expect(clippy::ref_option, reason = "the signature is serde's")]
fn optional_text<S: Serializer>(value: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.collect_str(value),
        None => serializer.serialize_none(),
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}
