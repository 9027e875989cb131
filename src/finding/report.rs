//! The report of an audit: the JSON contract as Rust types, and the verdict.
//!
//! Same input, same bytes: it is sorted when it is made, and holds no clock, no absolute path and no order of a hash map.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{FailOn, Finding, Severity, Verdict};
use crate::source::{Place, SourceText};

/// Everything an audit has to say.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// The version of the contract.
    pub schema: u32,
    /// What made the report.
    pub tool: Tool,
    /// The plans that were audited.
    pub plans: Vec<PlanSummary>,
    /// What was found, by file, place and rule.
    pub findings: Vec<Finding>,
    /// Findings that somebody has allowed, or that a baseline holds; they do not count against the plan.
    pub suppressed: Vec<Suppressed>,
    /// Findings of the baseline that are no longer found.
    pub gone: Vec<Gone>,
    /// What the tool could not do. Not empty means exit status 2.
    pub errors: Vec<Failure>,
    /// The rules that ran, by id.
    pub rules: Vec<RuleSummary>,
    /// Counts.
    pub summary: Summary,
    /// The texts that places point into, by name, for printers that show lines.
    #[serde(skip)]
    pub sources: BTreeMap<Arc<str>, Arc<SourceText>>,
}

/// What made a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tool {
    /// Its name.
    pub name: Cow<'static, str>,
    /// Its version.
    pub version: Cow<'static, str>,
}

impl Tool {
    /// This program.
    pub const THIS: Self = Self { name: Cow::Borrowed("crossfoot"), version: Cow::Borrowed(env!("CARGO_PKG_VERSION")) };
}

/// A finding that does not count, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppressed {
    /// The finding.
    pub finding: Finding,
    /// What suppresses it.
    pub by: SuppressedBy,
    /// The reason that an allowance gives; of a baseline, none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The last day that the allowance holds, such as `2027-03-31`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Where the allowance is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Arc<str>>,
    /// Where in that file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Place>,
}

/// What suppresses a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SuppressedBy {
    /// A comment in the plan.
    Inline,
    /// An allowance of the configuration.
    Config,
    /// The baseline.
    Baseline,
}

/// A finding of the baseline that is no longer found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Gone {
    /// The file it was in.
    pub file: Arc<str>,
    /// The rule that had found it.
    pub rule: Arc<str>,
    /// The path of the node it concerned, by ids.
    pub path: String,
    /// What was wrong.
    pub message: String,
    /// Its fingerprint.
    pub fingerprint: String,
}

/// One plan, and how much of it was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanSummary {
    /// The file, as the user named it.
    pub file: Arc<str>,
    /// How many figures the plan states.
    pub figures: usize,
    /// How many of them a rule compared with something.
    pub covered: usize,
    /// Those that no rule looked at.
    pub uncovered: Vec<Uncovered>,
    /// How many more of those there are than are listed.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub uncovered_left_out: usize,
}

/// A figure that no rule looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uncovered {
    /// Its path.
    pub path: String,
    /// Where it is.
    pub span: Place,
}

/// One rule, and how its checks ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleSummary {
    /// Its id.
    pub rule: Arc<str>,
    /// The first line of its page.
    pub title: Arc<str>,
    /// Where it comes from: `standard`, a file, or a pack with its version.
    pub origin: String,
    /// The severity of its findings.
    pub severity: Severity,
    /// How its checks ended.
    pub checks: Checks,
    /// Whether it failed or was stopped in any plan, so that its counts are not the whole story.
    pub stopped: bool,
}

/// How checks ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checks {
    /// In order.
    pub passed: u64,
    /// Not in order.
    pub failed: u64,
    /// There was nothing to compare.
    pub not_applicable: u64,
    /// Of those passed: not the same number, but within what rounding permits.
    pub within_rounding: u64,
}

impl std::ops::AddAssign for Checks {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.not_applicable += other.not_applicable;
        self.within_rounding += other.within_rounding;
    }
}

/// Counts over the whole report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Findings that are errors.
    pub error: usize,
    /// Findings that are warnings.
    pub warning: usize,
    /// Findings that are for information.
    pub info: usize,
    /// Findings that somebody has allowed, or that a baseline holds.
    pub suppressed: usize,
    /// How all checks ended.
    pub checks: Checks,
}

/// The kind of thing the tool could not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailureKind {
    /// A file could not be read.
    File,
    /// A plan is not TOML; findings say where.
    Plan,
    /// `crossfoot.toml` has a mistake, so that nothing was audited.
    Config,
    /// A baseline cannot be used.
    Baseline,
    /// A pack of rules cannot be used: its `pack.toml` is wrong, or its name is taken.
    Pack,
    /// A rule does not compile.
    RuleCompile,
    /// A rule failed while it ran, or was stopped.
    RuleRun,
}

/// Something the tool could not do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// What kind of thing.
    pub kind: FailureKind,
    /// The rule, when it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<Arc<str>>,
    /// The file it is about: a plan, or a rule.
    pub file: Arc<str>,
    /// What happened.
    pub message: String,
    /// Where in that file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Place>,
    /// The calls that led there, innermost first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stack: Vec<Frame>,
    /// The plan that was audited and the path of the node that was looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looking_at: Option<String>,
    /// What to do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

impl Failure {
    /// A failure of a kind, about a file, without a place.
    ///
    /// ```
    /// use crossfoot::finding::{Failure, FailureKind};
    ///
    /// let failure = Failure::new(FailureKind::File, "plan.toml", "cannot be read").help("see who may read it");
    /// assert_eq!(failure.help.as_deref(), Some("see who may read it"));
    /// ```
    #[must_use]
    pub fn new(kind: FailureKind, file: impl Into<Arc<str>>, message: impl Into<String>) -> Self {
        Self {
            kind,
            rule: None,
            file: file.into(),
            message: message.into(),
            span: None,
            stack: Vec::new(),
            looking_at: None,
            help: None,
        }
    }

    /// The same with what to do about it.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    fn order(&self, other: &Self) -> std::cmp::Ordering {
        (self.kind, &self.file, self.span, &self.message).cmp(&(other.kind, &other.file, other.span, &other.message))
    }
}

/// One call of a rule's function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// The file that the call stands in, when it is not the failure's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Arc<str>>,
    /// The function that was called.
    pub function: String,
    /// The line it was called from, from 1.
    pub line: u32,
    /// The column, in characters, from 1.
    pub column: u32,
}

/// The version of the JSON contract that this program writes.
pub(crate) const CONTRACT: u32 = 1;

impl Report {
    /// How the audit ended, given what counts as failing.
    ///
    /// ```
    /// use crossfoot::finding::{FailOn, Report, Verdict};
    ///
    /// let report = Report::new(vec![], vec![], vec![], vec![], Default::default());
    /// assert_eq!(report.verdict(FailOn::Error), Verdict::Passed);
    /// ```
    #[must_use]
    pub fn verdict(&self, fail_on: FailOn) -> Verdict {
        if !self.errors.is_empty() {
            Verdict::Broken
        } else if self.findings.iter().any(|finding| fail_on.fails(finding.severity)) {
            Verdict::Failed
        } else {
            Verdict::Passed
        }
    }

    /// Adds what stood in the way before the audit began, such as files that could not be read.
    pub fn add_failures(&mut self, failures: Vec<Failure>) {
        self.errors.extend(failures);
        self.errors.sort_by(Failure::order);
    }

    /// Adds findings that do not count, and findings of the baseline that have gone.
    pub fn set_aside(&mut self, mut suppressed: Vec<Suppressed>, mut gone: Vec<Gone>) {
        suppressed.sort_by(|a, b| a.finding.order().cmp(&b.finding.order()));
        gone.sort();
        self.summary.suppressed = suppressed.len();
        (self.suppressed, self.gone) = (suppressed, gone);
    }

    /// Whether a finding says why its plan is no TOML, so that no rule ran over it.
    ///
    /// ```
    /// use crossfoot::{Auditor, Plan, Rules};
    ///
    /// let report = Auditor::new(&Rules::standard()).audit(&Plan::parse("plan.toml", "[plan"));
    /// assert!(report.is_fault(&report.findings[0]));
    /// ```
    #[must_use]
    pub fn is_fault(&self, finding: &Finding) -> bool {
        self.errors.iter().any(|failure| failure.kind == FailureKind::Plan && failure.file == finding.file)
    }

    /// A report of these parts, sorted and counted.
    #[must_use]
    pub fn new(
        mut plans: Vec<PlanSummary>,
        mut findings: Vec<Finding>,
        mut errors: Vec<Failure>,
        mut rules: Vec<RuleSummary>,
        sources: BTreeMap<Arc<str>, Arc<SourceText>>,
    ) -> Self {
        plans.sort_by(|a, b| a.file.cmp(&b.file));
        findings.sort_by(|a, b| a.order().cmp(&b.order()));
        errors.sort_by(Failure::order);
        rules.sort_by(|a, b| a.rule.cmp(&b.rule));
        let mut summary = Summary::default();
        for finding in &findings {
            match finding.severity {
                Severity::Error => summary.error += 1,
                Severity::Warning => summary.warning += 1,
                Severity::Info => summary.info += 1,
            }
        }
        for rule in &rules {
            summary.checks += rule.checks;
        }
        Self {
            schema: CONTRACT,
            tool: Tool::THIS,
            plans,
            findings,
            suppressed: Vec::new(),
            gone: Vec::new(),
            errors,
            rules,
            summary,
            sources,
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}
