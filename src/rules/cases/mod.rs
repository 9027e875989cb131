//! The cases that prove a rule: small plans in which the expected findings are marked at their lines.
//!
//! ```toml
//! # checks: 1 passed, 1 failed, 0 not applicable
//! total = { 2026 = 31 }   #~ error: do not make its stated total
//! ```
//!
//! A mark stands at the end of the line where the finding begins (`#~`), or on a line of its own below it (`#~^`, one
//! caret for each line up), names the severity and, after a colon, a part of the message. A case without marks must give
//! no finding. This module reads cases; what becomes of them is for [`test`](super::test) to say.

mod lost;
mod read;

pub use lost::LostCases;
pub(super) use read::{mark_in, says_checks};

use std::fmt;

use super::documents;
use crate::finding::Severity;
use crate::plan::Plan;

/// A small plan with what a rule must find in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    name: String,
    text: String,
    marks: Vec<Mark>,
    counts: Option<CheckCounts>,
    /// The line that says how the checks end.
    counts_line: Option<u32>,
    faults: Vec<CaseFault>,
    /// Whether there is a text at all.
    readable: bool,
}

/// An expected finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The line the finding begins at, from 1.
    pub line: u32,
    /// Its severity.
    pub severity: Severity,
    /// A part of its message; may be empty.
    pub message: String,
    /// The line that the mark itself stands on.
    pub(crate) stands: u32,
}

/// How the checks of a case must end, or ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct CheckCounts {
    /// In order.
    pub passed: u64,
    /// Not in order.
    pub failed: u64,
    /// Nothing to compare.
    pub not_applicable: u64,
}

impl fmt::Display for CheckCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed, {} not applicable", self.passed, self.failed, self.not_applicable)
    }
}

/// What is wrong with a case itself, so that it proves nothing.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct CaseFault {
    /// The line, from 1, where there is one.
    pub line: Option<u32>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Case {
    /// The file's name: the path as found, or the name that the case was given with.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The last part of the name, without `.toml`, such as `fail-transposed`.
    #[must_use]
    pub fn stem(&self) -> &str {
        let last = self.name.rsplit('/').next().unwrap_or_default();
        last.strip_suffix(".toml").unwrap_or(last)
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The findings that it expects, by the lines that their marks stand on.
    #[must_use]
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// Whether findings are expected.
    #[must_use]
    pub fn expects_findings(&self) -> bool {
        !self.marks.is_empty()
    }

    /// How the checks must end, if the case says so.
    #[must_use]
    pub fn counts(&self) -> Option<CheckCounts> {
        self.counts
    }

    /// What is wrong with the case itself, in the order of its lines.
    #[must_use]
    pub fn faults(&self) -> &[CaseFault] {
        &self.faults
    }

    /// A file that should be a case and cannot be read.
    pub(super) fn unreadable(name: &str, fault: CaseFault) -> Self {
        Self { faults: vec![fault], readable: false, ..Self::read(name, "") }
    }

    /// Whether its file could be read. If not, its text is empty, and its only fault says why.
    #[must_use]
    pub fn is_readable(&self) -> bool {
        self.readable
    }

    /// Whether it says anything of what is expected, well written or not: other TOML files do not.
    fn speaks(&self) -> bool {
        self.expects_findings() || self.counts.is_some() || self.faults.iter().any(|fault| fault.line.is_some())
    }

    /// Its plans: one, or several where lines `#--- name.toml` divide it.
    pub(super) fn plans(&self) -> Vec<Plan> {
        documents::plans(&self.name, &self.text)
    }

    /// The same case with another text.
    pub(super) fn with_text(&self, text: &str) -> Self {
        Self::read(&self.name, text)
    }
}

impl CaseFault {
    pub(super) fn new(line: Option<u32>, message: impl Into<String>) -> Self {
        Self { line, message: message.into(), help: None }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
