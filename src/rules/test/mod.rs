//! Rules held against their cases: which expectations were met, and which lines of the rules ran.
//!
//! A case is run exactly as an audit would run it. Printers beside this module write what a [`TestRun`] says; none of them
//! judges anything anew.

mod choose;
mod coverage;
mod diff;
mod json;
mod judge;
mod junit;
mod lines;
mod run;
mod text;
mod update;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

pub use coverage::{Coverage, LineNotRun, RuleCoverage, WayNotGone};
pub use diff::write_diff;
pub use json::json;
pub use junit::junit;
pub use run::Tester;
pub use text::{TestText, text};
pub use update::{NotUpdated, Update};

use super::{CaseFault, CheckCounts, LostCases, Origin};
use crate::finding::{Failure, Severity};
use crate::source::SourceText;

/// The day that rules take for today in every case.
pub const TODAY: &str = "2026-06-30";

/// What became of the cases of some rules.
#[derive(Clone, Debug, Default)]
pub struct TestRun {
    /// By id, the rules that were chosen, with their cases.
    pub rules: Vec<RuleTest>,
    /// Folders of cases whose rule is not there, as far as they were chosen.
    pub without_rule: Vec<LostCases>,
    /// Rules that do not compile, and what else stood in the way.
    pub failures: Vec<Failure>,
    /// Which lines and branches ran, when that was asked for.
    pub coverage: Option<Coverage>,
    /// The texts of rules that failures point into.
    sources: BTreeMap<Arc<str>, Arc<SourceText>>,
}

/// One rule and what became of its cases.
#[derive(Clone, Debug)]
pub struct RuleTest {
    /// Its id.
    pub rule: Arc<str>,
    /// Its file.
    pub file: Arc<str>,
    /// Where it comes from.
    pub origin: Origin,
    /// How many cases it has, chosen or not.
    pub has: usize,
    /// The cases that were run, by name.
    pub cases: Vec<CaseTest>,
}

/// One case and what became of it.
#[derive(Clone, Debug)]
pub struct CaseTest {
    /// Its name without folder and ending.
    pub case: String,
    /// Its file.
    pub file: Arc<str>,
    /// What was expected and what was found, by line.
    pub expectations: Vec<Expectation>,
    /// How the case says that the checks end.
    pub expected: Option<CheckCounts>,
    /// How they ended.
    pub found: CheckCounts,
    /// What is wrong with the case, its plan or the run of the rule.
    pub faults: Vec<CaseFault>,
    source: Arc<SourceText>,
    marked_lines: Vec<u32>,
}

/// How an expectation, or a case as a whole, came out. Of several for one case the gravest is told, which comes last here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaseVerdict {
    /// What was expected was found, and nothing else.
    AsExpected,
    /// The checks did not end as the case says.
    WrongCounts,
    /// No check passed or failed, and the case does not say so: it proves nothing.
    NotApplicable,
    /// A finding that nobody marked.
    Noisy,
    /// A mark that no finding answers.
    Missing,
    /// A finding as marked, but on another line.
    WrongPlace,
    /// The case, its plan or the run of the rule is at fault, so that nothing is proven.
    Faulty,
}

impl CaseVerdict {
    /// All, from the best to the worst.
    pub const ALL: [Self; 7] = [
        Self::AsExpected,
        Self::WrongCounts,
        Self::NotApplicable,
        Self::Noisy,
        Self::Missing,
        Self::WrongPlace,
        Self::Faulty,
    ];

    /// The words for it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::AsExpected => "as expected",
            Self::WrongCounts => "wrong counts",
            Self::NotApplicable => "not applicable",
            Self::Noisy => "noisy",
            Self::Missing => "missing",
            Self::WrongPlace => "wrong place",
            Self::Faulty => "faulty",
        }
    }
}

/// A mark, a finding, or the two together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Expectation {
    /// As expected, missing, noisy or wrong place.
    pub verdict: CaseVerdict,
    /// The severity, the same on both sides.
    pub severity: Severity,
    /// What a mark says; absent for a finding that nobody marked.
    pub marked: Option<AtLine>,
    /// What was found; absent for a mark that no finding answers.
    pub found: Option<AtLine>,
}

/// A message at a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AtLine {
    /// The line, from 1.
    pub line: u32,
    /// The message of a finding, or the part of one that a mark names.
    pub message: String,
}

impl CaseTest {
    /// How it came out.
    #[must_use]
    pub fn verdict(&self) -> CaseVerdict {
        if !self.faults.is_empty() {
            return CaseVerdict::Faulty;
        }
        let worst = self.expectations.iter().map(|expectation| expectation.verdict).max();
        match worst.filter(|verdict| *verdict != CaseVerdict::AsExpected) {
            Some(verdict) => verdict,
            None if self.is_idle() => CaseVerdict::NotApplicable,
            None if self.expected.is_some_and(|expected| expected != self.found) => CaseVerdict::WrongCounts,
            None => CaseVerdict::AsExpected,
        }
    }

    /// Whether it came out as it says.
    #[must_use]
    pub fn is_as_expected(&self) -> bool {
        self.verdict() == CaseVerdict::AsExpected
    }

    /// Whether nothing was checked and the case does not say that this is what it shows.
    fn is_idle(&self) -> bool {
        self.expected.is_none() && self.expectations.is_empty() && self.found.passed + self.found.failed == 0
    }

    /// A line of the case without its mark and the spaces around it.
    fn line(&self, line: u32) -> &str {
        let text = self.source.line(line);
        let marked = self.marked_lines.contains(&line).then(|| text.rfind("#~")).flatten();
        text[..marked.unwrap_or(text.len())].trim()
    }
}

impl TestRun {
    /// Every case that was run, with its rule.
    pub fn cases(&self) -> impl Iterator<Item = (&RuleTest, &CaseTest)> {
        self.rules.iter().flat_map(|rule| rule.cases.iter().map(move |case| (rule, case)))
    }

    /// How many cases came out so.
    #[must_use]
    pub fn count(&self, verdict: CaseVerdict) -> usize {
        self.cases().filter(|(_, case)| case.verdict() == verdict).count()
    }

    /// The rules that have no case at all, and so are not proven.
    pub fn without_cases(&self) -> impl Iterator<Item = &RuleTest> {
        self.rules.iter().filter(|rule| rule.has == 0)
    }

    /// How it ended: broken when a rule does not compile, failed when a case did not come out as it says.
    ///
    /// Rules without cases, cases without a rule, and a low coverage are for the caller to judge.
    #[must_use]
    pub fn verdict(&self) -> crate::finding::Verdict {
        use crate::finding::Verdict;
        if !self.failures.is_empty() {
            Verdict::Broken
        } else if self.cases().all(|(_, case)| case.is_as_expected()) {
            Verdict::Passed
        } else {
            Verdict::Failed
        }
    }

    /// Adds what became of the cases of other rules.
    pub fn extend(&mut self, other: Self) {
        self.rules.extend(other.rules);
        self.without_rule.extend(other.without_rule);
        self.failures.extend(other.failures);
        self.sources.extend(other.sources);
        match (&mut self.coverage, other.coverage) {
            (Some(coverage), Some(others)) => coverage.rules.extend(others.rules),
            (coverage @ None, others) => *coverage = others,
            _ => {}
        }
    }
}
