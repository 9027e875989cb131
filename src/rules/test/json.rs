//! A test run as JSON, for programs.

use std::io::{self, Write};

use serde::Serialize;

use super::coverage::{RuleCoverage, percent};
use super::{CaseVerdict, Expectation, TestRun};
use crate::finding::{Failure, Tool};
use crate::rules::{CaseFault, CheckCounts, LostCases};

/// The version of this form.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Document<'r> {
    schema: u32,
    tool: Tool,
    rules: Vec<OneRule<'r>>,
    without_rule: &'r [LostCases],
    errors: &'r [Failure],
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage: Option<OneCoverage<'r>>,
    summary: serde_json::Map<String, serde_json::Value>,
}

#[derive(Serialize)]
struct OneRule<'r> {
    rule: &'r str,
    file: &'r str,
    cases: Vec<OneCase<'r>>,
}

#[derive(Serialize)]
struct OneCase<'r> {
    case: &'r str,
    file: &'r str,
    verdict: CaseVerdict,
    expectations: &'r [Expectation],
    checks: Checks<'r>,
    faults: &'r [CaseFault],
}

#[derive(Serialize)]
struct Checks<'r> {
    expected: Option<&'r CheckCounts>,
    found: &'r CheckCounts,
}

#[derive(Serialize)]
struct OneCoverage<'r> {
    run: usize,
    of: usize,
    percent: String,
    rules: &'r [RuleCoverage],
}

/// Writes a test run as JSON, indented, with a final line end.
///
/// ```text
/// { "schema": 1, "tool": { "name", "version" },
///   "rules": [ { "rule", "file",
///                "cases": [ { "case", "file", "verdict",
///                             "expectations": [ { "verdict", "severity", "marked": { "line", "message" } | null,
///                                                 "found": { "line", "message" } | null } ],
///                             "checks": { "expected": { "passed", "failed", "not_applicable" } | null, "found": { ... } },
///                             "faults": [ { "line" | null, "message", "help" | null } ] } ] } ],
///   "without_rule": [ { "folder", "rule", "cases" } ],     cases that lost their rule: the file it would be, and how many
///   "errors": [ ... ],                 as in the report of an audit: rules that do not compile
///   "coverage": { "run", "of", "percent",
///                 "rules": [ { "rule", "file", "lines", "lines_run", "branches", "branches_run",
///                              "lines_not_run": [ { "line", "text" } ],
///                              "branches_not_run": [ { "line", "way": "true" | "false" | "body", "text" } ] } ] },
///   "summary": { "rules", "without_cases", "cases", and the number of cases by verdict } }
/// ```
///
/// A verdict is `as-expected`, `wrong-counts`, `not-applicable`, `noisy`, `missing`, `wrong-place` or `faulty`; an expectation's
/// is one of the first and of `noisy`, `missing` and `wrong-place`. `coverage` is there when it was asked for. A rule with an
/// empty list of cases has none, or none that was chosen.
///
/// # Errors
/// When `out` refuses a write.
///
/// ```
/// use crossfoot::Rules;
/// use crossfoot::rules::test::{Tester, json};
///
/// let mut out = Vec::new();
/// json(&Tester::new(&Rules::standard()).run(), &mut out)?;
/// let run: serde_json::Value = serde_json::from_slice(&out).unwrap();
/// assert_eq!(run["summary"]["missing"], 0);
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn json(run: &TestRun, out: &mut impl Write) -> io::Result<()> {
    let mut summary = serde_json::Map::new();
    summary.insert("rules".to_owned(), run.rules.len().into());
    summary.insert("without_cases".to_owned(), run.without_cases().count().into());
    summary.insert("cases".to_owned(), run.cases().count().into());
    for verdict in CaseVerdict::ALL {
        summary.insert(verdict.words().replace(' ', "-"), run.count(verdict).into());
    }
    let coverage = run.coverage.as_ref().map(|coverage| {
        let (done, all) = coverage.total();
        let percent = percent(done, all).trim_end_matches(" %").to_owned();
        OneCoverage { run: done, of: all, percent, rules: &coverage.rules }
    });
    let document = Document {
        schema: SCHEMA,
        tool: Tool::THIS,
        rules: run.rules.iter().map(one_rule).collect(),
        without_rule: &run.without_rule,
        errors: &run.failures,
        coverage,
        summary,
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    out.write_all(b"\n")
}

fn one_rule(rule: &super::RuleTest) -> OneRule<'_> {
    let cases = rule.cases.iter().map(|one| OneCase {
        case: &one.case,
        file: &one.file,
        verdict: one.verdict(),
        expectations: &one.expectations,
        checks: Checks { expected: one.expected.as_ref(), found: &one.found },
        faults: &one.faults,
    });
    OneRule { rule: &rule.rule, file: &rule.file, cases: cases.collect() }
}
