//! How grave a finding is, and what that means for the exit status.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How grave a finding is, by its consequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// A gap: something is missing that should be there.
    Warning,
    /// A mistake: two things cannot both be true.
    Error,
}

impl Severity {
    /// The word for it, as the JSON contract writes it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// A word that is no severity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownSeverity(pub String);

impl fmt::Display for UnknownSeverity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no severity: expected error, warning or info", self.0)
    }
}

impl std::error::Error for UnknownSeverity {}

impl FromStr for Severity {
    type Err = UnknownSeverity;

    fn from_str(text: &str) -> Result<Self, UnknownSeverity> {
        match text {
            "error" => Ok(Self::Error),
            "warning" => Ok(Self::Warning),
            "info" => Ok(Self::Info),
            _ => Err(UnknownSeverity(text.to_owned())),
        }
    }
}

/// The least severity that makes an audit fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FailOn {
    /// Errors fail.
    #[default]
    Error,
    /// Warnings and errors fail.
    Warning,
    /// Every finding fails.
    Info,
    /// Nothing fails.
    Never,
}

impl FailOn {
    /// Whether a finding of this severity makes the audit fail.
    #[must_use]
    pub fn fails(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity >= Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Info => true,
            Self::Never => false,
        }
    }
}

/// How an audit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// No finding at or above the fail level.
    Passed,
    /// Findings at or above the fail level.
    Failed,
    /// The tool could not do its job: a file, a rule or a plan that is no TOML stood in the way.
    Broken,
}

impl Verdict {
    /// The exit status: 0, 1 or 2.
    ///
    /// ```
    /// use crossfoot::finding::Verdict;
    /// assert_eq!(Verdict::Failed.code(), 1);
    /// ```
    #[must_use]
    pub const fn code(self) -> i32 {
        match self {
            Self::Passed => 0,
            Self::Failed => 1,
            Self::Broken => 2,
        }
    }
}
