//! The standard rules: each is documented, proven by its cases, and finds in the real and teaching plans what it should.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use crossfoot::finding::{Finding, Severity};
use crossfoot::rules::CaseResult;
use crossfoot::{Auditor, Plan, Report, Rules};

/// Every standard rule; their ids are fixed, because plans' allowances and readers' notes name them.
const IDS: [&str; 28] = [
    "portfolio/budget",
    "portfolio/references",
    "portfolio/same-figure",
    "portfolio/unique-ids",
    "risks/mitigation-incomplete",
    "risks/only-planned",
    "risks/scale",
    "risks/unknown-mitigation",
    "risks/unmitigated",
    "risks/unused-mitigation",
    "shares/allocation",
    "shares/consistent",
    "shares/money",
    "shares/outputs",
    "shares/whole",
    "structure/costs",
    "structure/objective-incomplete",
    "structure/outcome-incomplete",
    "structure/reconciliations",
    "structure/same-id",
    "structure/unique-ids",
    "structure/years",
    "totals/objectives",
    "totals/outputs",
    "totals/tables",
    "totals/years",
    // findings of the loader, which are no rules but stand in reports beside them
    "figure/excess-digits",
    "plan/unknown-key",
];

fn rule_ids() -> BTreeSet<&'static str> {
    IDS[..26].iter().copied().collect()
}

fn audit(path: &str) -> Report {
    let plan = Plan::load(Path::new(env!("CARGO_MANIFEST_DIR")).join("plans").join(path)).unwrap();
    let rules = Rules::standard();
    assert!(rules.failures().is_empty(), "{:#?}", rules.failures());
    let report = Auditor::new(&rules).audit(&plan);
    assert!(report.errors.is_empty(), "{:#?}", report.errors);
    report
}

#[test]
fn every_rule_is_there_and_compiles() {
    let rules = Rules::standard();
    assert!(rules.failures().is_empty(), "{:#?}", rules.failures());
    let found: BTreeSet<&str> = rules.iter().map(|rule| rule.id().as_ref()).collect();
    assert_eq!(found, rule_ids());
}

#[test]
fn every_rule_has_a_page_that_says_why_and_what_to_do() {
    let rules = Rules::standard();
    for rule in rules.iter().chain(rules.helpers()) {
        let id = rule.id();
        let paragraphs: Vec<&str> = rule.page().split("\n\n").collect();
        assert!(rule.title().ends_with('.') && rule.title().len() > 20, "{id}: a title is a sentence");
        assert!(paragraphs.len() >= 3, "{id}: a title and at least two paragraphs");
        assert!(rule.page().contains("What to do:"), "{id}: the page says what to do");
    }
    for rule in rules.iter() {
        let id = rule.id();
        assert!(rule.source().text().contains("const HELP = "), "{id}: findings say what to do");
    }
}

#[test]
fn every_rule_has_cases_of_each_kind() {
    for rule in Rules::standard().iter() {
        let names: Vec<&str> = rule.cases().iter().filter_map(|case| case.name().rsplit('/').next()).collect();
        for kind in ["pass-", "fail-", "not-applicable.toml"] {
            assert!(names.iter().any(|name| name.starts_with(kind)), "{} has no case {kind}*: {names:?}", rule.id());
        }
        for case in rule.cases() {
            let name = case.name();
            assert!(case.counts().is_some(), "{name}: the first line says how the checks end");
            assert_eq!(case.expects_findings(), name.contains("/fail-"), "{name}: marks stand in cases that fail");
        }
    }
}

#[test]
fn every_case_ends_as_it_says() {
    let rules = Rules::standard();
    let mut wrong = String::new();
    for rule in rules.iter().chain(rules.helpers()) {
        for case in rule.cases() {
            let result = case.run(&rules, rule);
            if !result.is_as_expected() {
                tell(&mut wrong, case.name(), &result);
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// What is wrong with a case, as its author wants to read it.
fn tell(out: &mut String, name: &str, result: &CaseResult) {
    let _ = writeln!(out, "{name}");
    for fault in &result.faults {
        let _ = writeln!(out, "  fault:   {fault}");
    }
    for mark in &result.missing {
        let _ = writeln!(out, "  missing: line {}: {} {}", mark.line, mark.severity, mark.message);
    }
    for finding in &result.noisy {
        let _ = writeln!(out, "  noisy:   line {}: {} {}", finding.span.start.line, finding.severity, finding.message);
    }
    if let Some((expected, found)) = result.counts {
        let _ = writeln!(out, "  checks:  expected {expected:?}\n           found    {found:?}");
    }
}

#[test]
fn the_clean_plan_gives_no_finding() {
    let report = audit("teaching/clean.toml");
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
    assert_eq!(report.plans[0].uncovered, [], "every figure is looked at");
}

/// The plans with mistakes: one of each kind that a plan can have, and of each that only several plans can have.
const MISTAKES: [&str; 6] = [
    "mistakes.toml",
    "portfolio/budget.toml",
    "portfolio/rail.toml",
    "portfolio/roads.toml",
    "portfolio/transport.toml",
    "portfolio/water.toml",
];

/// `# MISTAKE rule/id: ...` stands above each mistake; a finding must follow it before the next such comment, and there
/// must be no other.
#[test]
fn the_teaching_mistakes_are_found_where_their_comments_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("plans/teaching");
    let plans = MISTAKES.map(|file| Plan::load(folder.join(file)).unwrap());
    let report = Auditor::new(&Rules::standard()).audit_all(&plans);
    assert!(report.errors.is_empty(), "{:#?}", report.errors);
    let comments: Vec<(&str, u32, &str)> = plans
        .iter()
        .flat_map(|plan| {
            let lines = (1..).zip(plan.source().text().lines());
            lines.filter_map(|(line, text)| {
                Some((plan.name(), line, text.trim_start().strip_prefix("# MISTAKE ")?.split_once(':')?.0))
            })
        })
        .collect();
    let named: BTreeSet<&str> = comments.iter().map(|(.., rule)| *rule).collect();
    assert_eq!(named, IDS.into_iter().collect(), "one mistake of each kind");
    let mut found: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in &report.findings {
        found.entry(finding.rule.as_ref()).or_default().push(finding);
    }
    for (rule, findings) in &found {
        let twice = ["shares/money", "totals/tables"].contains(rule);
        assert_eq!(findings.len(), if twice { 2 } else { 1 }, "{rule}: {findings:#?}");
    }
    for (file, line, rule) in comments {
        let findings = found.get(rule).map(Vec::as_slice).unwrap_or_default();
        // The finding may stand at a total above the mistake, but then a label points to the mistake's own item.
        let near = |at: u32| at > line && at < line + 12;
        let places = |finding: &&Finding| {
            finding.file.as_ref() == file
                && (near(finding.span.start.line)
                    || finding.labels.iter().any(|label| label.file.is_none() && near(label.span.start.line)))
        };
        let outermost = ["structure/reconciliations", "structure/outcome-incomplete", "shares/outputs"].contains(&rule);
        assert!(
            !findings.is_empty() && (outermost || findings.iter().any(places)),
            "{file}, line {line}: {rule}: {findings:#?}"
        );
    }
}

#[test]
fn the_findings_of_the_itu_plan() {
    let report = audit("itu-2020-2023.toml");
    let mut found: Vec<(&str, Severity, &str)> = report
        .findings
        .iter()
        .map(|finding| (finding.rule.as_ref(), finding.severity, finding.path.as_str()))
        .collect();
    found.sort_unstable();
    use Severity::{Error, Warning};
    let expected = [
        ("risks/unmitigated", Warning, "risks[1].mitigations"),
        ("risks/unmitigated", Warning, "risks[2].mitigations"),
        ("shares/consistent", Error, "objectives[0].outputs[0].share_of_objective"),
        ("shares/consistent", Error, "objectives[5].outputs[1].share_of_objective"),
        ("shares/money", Error, "objectives[0].outputs[0].share_of_objective"),
        ("shares/money", Error, "objectives[5].outputs[1].share_of_objective"),
        ("shares/money", Error, "plan.share_years"),
        ("shares/whole", Error, "objectives[0].outputs[0].share_of_objective"),
        ("shares/whole", Error, "objectives[5].outputs[0].share_of_objective"),
        ("structure/outcome-incomplete", Warning, "objectives[0].outcomes[2].means"),
        ("structure/outcome-incomplete", Warning, "objectives[0].outcomes[3].means"),
        ("structure/outcome-incomplete", Warning, "objectives[2].outcomes[1].means"),
        ("structure/reconciliations", Error, "tables[3].rows[4].values[12]"),
        ("structure/reconciliations", Error, "tables[3].rows[4].values[13]"),
        ("structure/reconciliations", Error, "tables[3].rows[4].values[14]"),
        ("structure/reconciliations", Error, "tables[3].rows[4].values[16]"),
        ("structure/reconciliations", Error, "tables[3].rows[4].values[17]"),
    ];
    let found = found.into_iter().map(|(rule, severity, path)| format!("{rule} {severity} {path}"));
    let expected = expected.map(|(rule, severity, path)| format!("{rule} {severity} {path}"));
    assert_eq!(found.collect::<Vec<_>>(), expected);
    let years = report.findings.iter().find(|finding| finding.path == "plan.share_years").unwrap();
    assert_eq!(years.message, "31 of 48 stated shares disagree with the money of 2020-2021; over 2020-2023 only 2 do");
}

#[test]
fn every_figure_of_the_itu_plan_is_looked_at() {
    let report = audit("itu-2020-2023.toml");
    let plan = &report.plans[0];
    assert_eq!((plan.figures, plan.covered, plan.uncovered.as_slice()), (445, 445, [].as_slice()));
}

/// A figure with more digits than its unit is one finding of its own: no rule compares it, so none reports it again.
#[test]
fn a_row_with_excess_digits_is_not_applicable() {
    let rules = Rules::standard().choose(&["totals/tables"], &[] as &[&str]).unwrap();
    let plan = Plan::parse(
        "p",
        "[[tables]]
        id = 't'
        columns = ['x', 'y', 'Total']
        total_column = 'Total'
        total_row = 'All'
        rounding = { mode = 'nearest', unit = 100 }
        rows = [{ id = 'A', values = [1_250, 300, 9_900] }, { id = 'All', values = [9_600, 300, 9_900] }]",
    );
    let report = Auditor::new(&rules).audit(&plan);
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
    assert_eq!(report.summary.checks.not_applicable, 2, "row A across, column x down");
}
