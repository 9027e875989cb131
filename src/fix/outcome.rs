//! What became of fixes: applied, refused, left.

use std::sync::Arc;

use serde::Serialize;

use super::round::Candidate;
use crate::finding::{Finding, Fingerprint, Fix, Report};
use crate::plan::Plan;

/// A fix that was applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Applied {
    /// The file that was changed.
    pub file: Arc<str>,
    /// The rule whose finding it mended.
    pub rule: Arc<str>,
    /// The path of the finding, as the plan then was.
    pub path: String,
    /// The same path by ids.
    pub name: String,
    /// What was found.
    pub message: String,
    /// What the fix did.
    pub title: String,
    /// What stood there before, where one value takes the place of another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// What stands there now, where one value takes the place of another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is: Option<String>,
    /// Whether it was safe.
    pub safe: bool,
    /// The finding's fingerprint.
    pub fingerprint: Fingerprint,
}

/// A fix that was not applied, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// The fix.
    #[serde(flatten)]
    pub fix: Applied,
    /// Why, in a sentence without its first word: "it would bring ...".
    pub why: String,
}

/// A file before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixedFile {
    /// The file, as the user named it.
    pub file: Arc<str>,
    /// Its text as it was read.
    pub before: String,
    /// Its text now.
    pub after: String,
}

impl FixedFile {
    /// Whether anything in it is another.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.before != self.after
    }
}

/// What became of a file on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Written {
    /// The file, as the user named it.
    pub file: Arc<str>,
    /// Whether fixes change it.
    pub changed: bool,
    /// Whether it was written.
    pub written: bool,
    /// Why it was not written, where something stood in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Its text now, where it is no file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// What fixing came to.
#[derive(Debug)]
pub struct Fixed {
    /// Every plan, in the order given.
    pub files: Vec<FixedFile>,
    /// What was applied, in its order.
    pub applied: Vec<Applied>,
    /// What could have been applied and was refused.
    pub refused: Vec<Refused>,
    /// How many rounds it took.
    pub rounds: usize,
    /// Whether more could be applied, and the rounds were used up.
    pub more: bool,
    /// Whether each was asked about.
    pub asked: bool,
    /// The audit of the plans as they are now.
    pub left: Report,
}

impl Fixed {
    /// What a fixer came to, from the plans before and after.
    #[must_use]
    pub fn new(
        before: &[Plan],
        after: &[Plan],
        applied: Vec<Applied>,
        refused: Vec<Refused>,
        rounds: usize,
        more: bool,
        left: Report,
    ) -> Self {
        let file = |(before, after): (&Plan, &Plan)| FixedFile {
            file: before.source().shared_name(),
            before: before.source().text().to_owned(),
            after: after.source().text().to_owned(),
        };
        Self { files: before.iter().zip(after).map(file).collect(), applied, refused, rounds, more, asked: false, left }
    }
}

impl Applied {
    /// A fix of a report's finding, as it is told.
    #[must_use]
    pub fn of(report: &Report, finding: &Finding, fix: &Fix) -> Self {
        let (was, is) = replacement(report, finding, fix).unzip();
        Self {
            was,
            is,
            file: Arc::clone(&finding.file),
            rule: Arc::clone(&finding.rule),
            path: finding.path.clone(),
            name: finding.name.clone(),
            message: finding.message.clone(),
            title: fix.title.clone(),
            safe: fix.safe,
            fingerprint: finding.fingerprint,
        }
    }
}

/// The one value that a fix replaces, and the one that takes its place.
fn replacement(report: &Report, finding: &Finding, fix: &Fix) -> Option<(String, String)> {
    let [edit] = fix.edits.as_slice() else { return None };
    let was = report.sources.get(&finding.file)?.text().get(edit.span.span().range())?;
    (!was.is_empty() && !edit.text.is_empty()).then(|| (was.to_owned(), edit.text.clone()))
}

impl Candidate {
    /// The fix of a report's finding.
    pub(super) fn of(report: &Report, finding: &Finding, fix: &Fix) -> Self {
        Self { told: Applied::of(report, finding, fix), finding: finding.clone(), fix: fix.clone() }
    }

    /// The fix as it is told.
    pub(super) fn told(&self) -> Applied {
        self.told.clone()
    }

    /// Not applied, because another was not.
    pub(super) fn waited(&self) -> Refused {
        self.refused("it is made of a figure that another fix would set, and that was not applied")
    }

    pub(super) fn refused(&self, why: impl Into<String>) -> Refused {
        Refused { fix: self.told(), why: why.into() }
    }
}
