//! Every rule kind of the IATI standard ruleset, said in the rule language in one to five lines: the example pack has one rule
//! for each, with a page, and with cases in which it passes, fails at a marked place, and has nothing to check.
//!
//! The kinds: <https://iatistandard.org/en/iati-standard/ruleset/>.

#![allow(clippy::unwrap_used, reason = "a test may end where something is not as expected")]

use std::path::Path;

use crossfoot::rules::Rule;
use crossfoot::rules::test::{TestText, Tester};
use crossfoot::{Auditor, Plan, Rules};

const KINDS: [&str; 20] = [
    "no_more_than_one",
    "atleast_one",
    "only_one_of",
    "one_or_all",
    "dependent",
    "sum",
    "strict_sum",
    "range",
    "date_order",
    "date_now",
    "time_limit",
    "between_dates",
    "regex_matches",
    "regex_no_matches",
    "startswith",
    "unique",
    "if_then",
    "loop",
    "no_spaces",
    "no_percent",
];

fn pack() -> Rules {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/packs/iati");
    let rules = Rules::empty().with_pack(folder).unwrap();
    assert!(rules.failures().is_empty(), "{:#?}", rules.failures());
    rules
}

/// The lines between `fn check(plan) {` and the `}` that ends it.
fn body(rule: &Rule) -> Vec<&str> {
    let text = rule.source().text();
    let body = text.split_once("fn check(plan) {\n").unwrap().1.strip_suffix("}\n").unwrap();
    assert!(!body.contains("\nfn "), "{}: further functions are lines too", rule.id());
    body.lines().collect()
}

#[test]
fn every_kind_has_a_rule_of_one_to_five_lines() {
    let rules = pack();
    let mut expected = KINDS.map(|kind| format!("iati/{}", kind.replace('_', "-")));
    expected.sort();
    let found: Vec<String> = rules.iter().map(|rule| rule.id().to_string()).collect();
    assert_eq!(found, expected);
    for rule in rules.iter() {
        let lines = body(rule);
        assert!((1..=5).contains(&lines.len()), "{} takes {} lines", rule.id(), lines.len());
        assert!(lines.iter().all(|line| line.chars().count() <= 120), "{}: a line is too long", rule.id());
    }
}

#[test]
fn every_rule_says_what_its_kind_asks_for_and_what_to_do() {
    for rule in pack().iter() {
        let kind = rule.id().strip_prefix("iati/").unwrap().replace('-', "_");
        assert!(rule.page().contains(&format!("The kind `{kind}`:")), "{}", rule.id());
        assert!(rule.page().contains("What to do:") && rule.title().ends_with('.'), "{}", rule.id());
    }
}

#[test]
fn every_rule_passes_fails_and_is_not_applicable_as_its_cases_say() {
    let rules = pack();
    for rule in rules.iter() {
        let mut kinds = [false; 3];
        for case in rule.cases() {
            let name = case.name().rsplit('/').next().unwrap();
            let counts = case.counts().unwrap_or_else(|| panic!("{}: how the checks end", case.name()));
            let kind =
                ["pass-", "fail-", "not-applicable.toml"].iter().position(|kind| name.starts_with(kind)).unwrap();
            let holds = match kind {
                0 => counts.passed > 0 && counts.failed == 0 && !case.expects_findings(),
                1 => counts.failed > 0 && case.expects_findings(),
                _ => counts.not_applicable > 0 && counts.passed + counts.failed == 0 && !case.expects_findings(),
            };
            assert!(holds, "{}: {counts:?}", case.name());
            kinds[kind] = true;
        }
        assert_eq!(kinds, [true; 3], "{}: cases of each kind", rule.id());
    }
    let run = Tester::new(&rules).coverage(true).run();
    let mut told = Vec::new();
    crossfoot::rules::test::text(&run, &TestText::default(), &mut told).unwrap();
    let told = String::from_utf8_lossy(&told);
    assert_eq!(run.verdict().code(), 0, "{told}");
    assert!(run.coverage.unwrap().reaches(100), "{told}");
}

/// The rules of a pack are known by its name, also to those who choose among them.
#[test]
fn a_finding_bears_the_name_of_the_pack() {
    let rules = pack().choose(&["iati/range"], &[]).unwrap();
    let report = Auditor::new(&rules).audit(&Plan::parse("plan.toml", "activities = [{ percentage = 101 }]"));
    assert_eq!(report.findings[0].rule.as_ref(), "iati/range");
    assert_eq!(report.rules.len(), 1);
}
