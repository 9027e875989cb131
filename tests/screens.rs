//! What users see: help, findings, the list of rules. Each snapshot is read by a person before it is accepted.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use crossfoot::Rules;
use support::{crossfoot, screen};

#[test]
fn help() {
    insta::assert_snapshot!(screen(100, &["--help"]));
    insta::assert_snapshot!(screen(100, &["check", "--help"]));
    insta::assert_snapshot!(screen(100, &["schema", "--help"]));
}

#[test]
fn one_mistake_of_each_kind() {
    insta::assert_snapshot!(screen(100, &["check", "plans/teaching/mistakes.toml"]));
}

#[test]
fn a_clean_plan() {
    insta::assert_snapshot!(screen(100, &["check", "plans/teaching/clean.toml"]));
    insta::assert_snapshot!(screen(
        100,
        &["check", "plans/teaching/clean.toml", "--show-rounding", "--only", "shares"]
    ));
}

#[test]
fn the_plan_of_the_itu() {
    insta::assert_snapshot!(screen(100, &["check", "plans/itu-2020-2023.toml"]));
}

#[test]
fn every_rule_by_id() {
    let rules = Rules::standard();
    let lines: Vec<String> =
        rules.iter().map(|rule| format!("{:<32} {:<8} {}", rule.id(), rule.severity().word(), rule.title())).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn colours_are_only_where_they_are_wanted() {
    let always = crossfoot(100, &["check", "plans/teaching/mistakes.toml", "--color", "always"]);
    assert!(String::from_utf8_lossy(&always.stdout).contains("\u{1b}["));
    let piped = crossfoot(100, &["check", "plans/teaching/mistakes.toml"]);
    assert!(!String::from_utf8_lossy(&piped.stdout).contains('\u{1b}'));
}

/// The text of a report on a terminal of 100 columns without colours.
fn text(report: &crossfoot::Report) -> String {
    let mut out = Vec::new();
    crossfoot::report::text(report, &crossfoot::report::TextOptions::default(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_long_selection_is_shortened_and_says_by_how_much() {
    let outputs: String =
        (1..=22).map(|n| format!("[[objectives.outputs]]\nid = 'A-{n}'\ncost = {{ 2026 = {n} }}\n")).collect();
    let plan = format!("[[objectives]]\nid = 'A'\ntotal = {{ 2026 = 9_999 }}\n{outputs}");
    let rules = Rules::standard().choose(&["totals/outputs"], &[]).unwrap();
    let report = crossfoot::Auditor::new(&rules).audit(&crossfoot::Plan::parse("plan.toml", &plan));
    assert_eq!(report.findings[0].labels.len(), 22, "all are in the report");
    let text = text(&report);
    assert!(text.contains("and 14 more figures that are not drawn"), "{text}");
    assert!(text.contains("253   from 22 figures"), "{text}");
}

#[test]
fn labels_in_two_files_are_drawn_in_both() {
    use crossfoot::finding::Label;
    let rules = Rules::empty().with_rule("house/total", "fn check(plan) { expect_equal(plan.total, plan.part); }");
    let first = crossfoot::Plan::parse("budget.toml", "total = 30\npart = 20\n");
    let second = crossfoot::Plan::parse("annex.toml", "# as agreed\n\nallowance = 10\n");
    let mut report = crossfoot::Auditor::new(&rules).audit(&first);
    let node = second.root().get("allowance").unwrap();
    report.sources.insert(second.source().shared_name(), std::sync::Arc::clone(second.source()));
    report.findings[0].labels.push(Label {
        file: Some(second.source().shared_name()),
        path: node.path(),
        span: second.source().place(node.span()),
        message: "+ 10".to_owned(),
        said: None,
    });
    insta::assert_snapshot!(text(&report));
}

#[test]
fn a_narrow_terminal_gets_no_line_that_is_longer_than_it() {
    let narrow = screen(50, &["check", "plans/teaching/mistakes.toml", "--only", "shares,totals,plan,structure"]);
    // A name of a file, a figure in a column and a word are never broken.
    let is_whole = |line: &str| line.contains("mistakes.toml") || line.contains("rounding permits");
    let may_be_broken = |line: &&str| !is_whole(line) && line.split(' ').all(|word| word.len() <= 30);
    for line in narrow.lines().filter(may_be_broken) {
        assert!(line.chars().count() <= 50, "{line}");
    }
    insta::assert_snapshot!(narrow);
}
