//! Which lines and branches of rules their cases run.
//!
//! A line counts when a statement begins on it. A branch is one way of an `if` (each has two, also without an `else`), or
//! the body of a loop being entered.

use std::sync::Arc;

use serde::Serialize;

use crate::rules::Rule;
use crate::script::{Visits, Way};

/// Which lines and branches ran, by rule.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// By id.
    pub rules: Vec<RuleCoverage>,
}

/// Which lines and branches of one rule ran.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleCoverage {
    /// Its id.
    pub rule: Arc<str>,
    /// Its file.
    pub file: Arc<str>,
    /// Lines on which a statement begins.
    pub lines: usize,
    /// Of those, the ones that ran.
    pub lines_run: usize,
    /// Ways of conditions, and bodies of loops.
    pub branches: usize,
    /// Of those, the ones that ran.
    pub branches_run: usize,
    /// Lines that no case ran.
    pub lines_not_run: Vec<LineNotRun>,
    /// Branches that no case took, on lines that ran.
    pub branches_not_run: Vec<WayNotGone>,
}

/// A line that no case ran.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineNotRun {
    /// Its number, from 1.
    pub line: u32,
    /// Its text.
    pub text: String,
}

/// A branch that no case took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WayNotGone {
    /// Its line, from 1.
    pub line: u32,
    /// Which way.
    pub way: Way,
    /// The line's text.
    pub text: String,
}

impl WayNotGone {
    /// The words for it: `never true`, `never false`, `never entered`.
    #[must_use]
    pub const fn words(&self) -> &'static str {
        match self.way {
            Way::True => "never true",
            Way::False => "never false",
            Way::Body => "never entered",
        }
    }
}

impl Coverage {
    /// Lines and branches together: how many ran, and how many there are.
    #[must_use]
    pub fn total(&self) -> (usize, usize) {
        let run = self.rules.iter().map(|rule| rule.lines_run + rule.branches_run).sum();
        let all = self.rules.iter().map(|rule| rule.lines + rule.branches).sum();
        (run, all)
    }

    /// Whether at least so many percent of lines and branches together ran. Of nothing, all ran.
    ///
    /// ```
    /// use crossfoot::rules::test::Coverage;
    /// assert!(Coverage::default().reaches(100));
    /// ```
    #[must_use]
    pub fn reaches(&self, percent: u8) -> bool {
        let (run, all) = self.total();
        run * 100 >= all * usize::from(percent)
    }
}

/// Percent with one place, cut and not rounded, so that only all is 100.
pub(super) fn percent(run: usize, all: usize) -> String {
    let tenths = (run * 1_000).checked_div(all).unwrap_or(1_000);
    format!("{}.{} %", tenths / 10, tenths % 10)
}

pub(super) fn rule_coverage(rule: &Rule, visits: &Visits) -> RuleCoverage {
    let ground = rule.script.ground();
    let text = |line: u32| rule.source.line(line).trim().to_owned();
    let (lines, branches) = (ground.lines(visits), ground.branches(visits));
    let ran = |line: u32| lines.iter().any(|(other, run)| *other == line && *run);
    let not_run = lines.iter().filter(|(_, run)| !run).map(|(line, _)| LineNotRun { line: *line, text: text(*line) });
    let not_gone = branches.iter().filter(|(line, _, gone)| !gone && ran(*line));
    RuleCoverage {
        rule: Arc::clone(&rule.id),
        file: rule.source.shared_name(),
        lines: lines.len(),
        lines_run: lines.iter().filter(|(_, run)| *run).count(),
        branches: branches.len(),
        branches_run: branches.iter().filter(|(.., gone)| *gone).count(),
        lines_not_run: not_run.collect(),
        branches_not_run: not_gone
            .map(|(line, way, _)| WayNotGone { line: *line, way: *way, text: text(*line) })
            .collect(),
    }
}
