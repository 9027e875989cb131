//! What a mutation run says: every change that was made and who noticed it, and the score.
//!
//! Finished values in the order of the plan; the same plan, rules and seed give the same bytes.

use std::sync::Arc;

use serde::Serialize;

use super::change::MutationKind;
use crate::finding::Tool;
use crate::source::Place;

/// What came of the mutations of a plan.
#[derive(Clone, Debug, Serialize)]
pub struct MutationReport {
    /// The version of this form.
    pub schema: u32,
    /// What made the report.
    pub tool: Tool,
    /// The plan, as the user named it.
    pub file: Arc<str>,
    /// How many findings the plan had before it was changed; only new ones count.
    pub findings_before: usize,
    /// What could not notice anything because it was not run, as a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_run: Option<String>,
    /// How the mutations were chosen, where not all were made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample: Option<Sample>,
    /// The score over all mutations.
    pub score: Score,
    /// The score over the mutations of figures.
    pub figures: Score,
    /// The score by kind.
    pub kinds: Vec<KindScore>,
    /// Mutations that were not made, because rounding explains them: nobody can notice them.
    pub within_rounding: usize,
    /// What each rule noticed, those that noticed most first.
    pub rules: Vec<RuleScore>,
    /// Every mutation, in the order of the plan.
    pub mutations: Vec<Mutation>,
}

/// How mutations were chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Sample {
    /// How many there are.
    pub of: usize,
    /// What the random choice began with.
    pub seed: u64,
}

/// How many mutations were noticed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// How many were made.
    pub made: usize,
    /// How many of them some rule noticed.
    pub noticed: usize,
}

impl Score {
    /// The share that was noticed, in percent, cut after one decimal place; `None` where nothing was made.
    ///
    /// ```
    /// use crossfoot::mutate::Score;
    /// assert_eq!(Score { made: 3, noticed: 2 }.percent().as_deref(), Some("66.6"));
    /// assert_eq!(Score::default().percent(), None);
    /// ```
    #[must_use]
    pub fn percent(&self) -> Option<String> {
        let tenths = (self.noticed * 1_000).checked_div(self.made)?;
        Some(format!("{}.{}", tenths / 10, tenths % 10))
    }

    /// Whether at least so many percent were noticed.
    #[must_use]
    pub fn reaches(&self, percent: u32) -> bool {
        self.noticed as u64 * 100 >= self.made as u64 * u64::from(percent)
    }

    pub(super) fn add(&mut self, noticed: bool) {
        self.made += 1;
        self.noticed += usize::from(noticed);
    }
}

impl Serialize for Score {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct as _;
        let mut score = serializer.serialize_struct("Score", 3)?;
        score.serialize_field("made", &self.made)?;
        score.serialize_field("noticed", &self.noticed)?;
        score.serialize_field("percent", &self.percent())?;
        score.end()
    }
}

/// The score of one kind of mutation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct KindScore {
    /// The kind.
    pub kind: MutationKind,
    /// Its score.
    #[serde(flatten)]
    pub score: Score,
}

/// What one rule noticed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleScore {
    /// The rule, or the loader's own finding.
    pub rule: Arc<str>,
    /// How many mutations it noticed.
    pub noticed: usize,
    /// How many of them no other noticed.
    pub alone: usize,
}

/// One change that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mutation {
    /// Its kind.
    pub kind: MutationKind,
    /// The part of the plan it is in, such as `objectives[I.1]`.
    pub part: String,
    /// The path of what was changed.
    pub path: String,
    /// The same with ids in place of indexes.
    pub name: String,
    /// Where it is.
    pub span: Place,
    /// What stood there, as written.
    pub was: String,
    /// What was put there; nothing where something was removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub became: Option<String>,
    /// The rules that noticed: by a finding that was not there before, or by being stopped. Empty where none did.
    pub noticed_by: Vec<Arc<str>>,
}

impl MutationReport {
    /// The mutations that no rule noticed, in the order of the plan.
    pub fn survivors(&self) -> impl Iterator<Item = &Mutation> {
        self.mutations.iter().filter(|mutation| mutation.noticed_by.is_empty())
    }
}
