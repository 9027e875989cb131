//! Slips that people make who know other notations, or who typed too fast: the fault says what to write instead.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fmt::Write as _;

use crossfoot::finding::Failure;
use crossfoot::{Auditor, Plan, Rules};

const PLAN: &str = "title = \"x\"\n[[objectives]]\nid = \"A\"\nshare = 40\n";

/// What is wrong with a rule, when it is compiled or else when it runs: the place, the message, the help.
fn said(rule: &str) -> String {
    let rules = Rules::empty().with_rule("house/rule", rule);
    let report = Auditor::new(&rules).audit(&Plan::parse("plan.toml", PLAN));
    let failures: Vec<&Failure> =
        if rules.failures().is_empty() { &report.errors } else { rules.failures() }.iter().collect();
    let mut out = String::new();
    for failure in failures {
        let start = failure.span.map(|span| format!("{}:{} ", span.start.line, span.start.column)).unwrap_or_default();
        let _ = writeln!(out, "{start}{}\n  help: {}", failure.message, failure.help.as_deref().unwrap_or("-"));
    }
    out
}

/// The same of one statement.
fn of(statement: &str) -> String {
    format!("{statement}\n{}", said(&format!("fn check(plan) {{\n{statement}\n}}")))
}

#[test]
fn other_notations_are_told_what_to_write_here() {
    let statements = [
        "if not plan.title.is_empty() { }",
        "if plan.title.is_empty() and true { }",
        "let t = 'some words';",
        "let t = “x”;",
        "if plan.title == ‘x’ { }",
        "let most = 1,5;",
        "warn(plan, \"the title is ${plan.title}\");",
        "let all = [1, \"${x}\"];",
        "if plan.title != null { }",
        "let x = 3; let y = x.share;",
        "let x = round(2.5, 1);",
        "let m = #{ a: 1 }; let b = m.b;",
    ];
    insta::assert_snapshot!(statements.map(of).join("\n"));
}

#[test]
fn what_looks_like_a_slip_and_is_none_is_left_alone() {
    for rule in [
        "const HELP = \"put ${...} between backquotes\";\nfn check(plan) { }",
        "fn check(plan) { let a = 'x'; let b = a == \"x\"; }",
        "fn check(plan) { let a = `${plan.title} \"${plan.title}`; let c = \"$\" + \"{\"; }",
        "fn check(plan) { let b = [1,5]; }",
        "const PARAMS = #{ most: 5 };\nfn check(plan, params) { let params = #{ other: 1 }; let x = params.other; }",
        "const PARAMS = #{ most: #{ a: 5 } };\nfn check(plan, params) { let x = params.most.a + helper(params); }\nfn helper(x) { x.most.a }",
    ] {
        assert_eq!(said(rule), "", "{rule}");
    }
}

#[test]
fn a_parameter_that_the_rule_does_not_have_is_said_before_it_runs() {
    let rules = [
        "const PARAMS = #{ most: 5, least: 1 };\nfn check(plan, params) {\n    if false { let x = params.mots; }\n}",
        "const PARAMS = #{ most: 5, least: 1 };\nfn check(plan, params) {\n    let x = params.word;\n}",
        "fn check(plan, params) {\n    let x = params.most.sum();\n}",
        "fn check(plan) {\n    let x = params.most;\n}",
        "const PARAMS = #{ most: 5 };\nfn check(plan, params) {\n    helper(params);\n}\nfn helper(params) {\n    params.mots\n}",
    ];
    insta::assert_snapshot!(rules.map(|rule| format!("{rule}\n{}", said(rule))).join("\n"));
}

/// Rules of a folder with shared code.
#[test]
fn a_function_of_shared_code_is_called_with_the_name_of_its_import() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("lib")).unwrap();
    std::fs::create_dir_all(folder.path().join("house")).unwrap();
    std::fs::write(folder.path().join("lib/years.rhai"), "//! Years.\nfn over_all(x) { sum(x) }\n").unwrap();
    let told = |body: &str| {
        let rule = format!("import \"lib/years\" as years;\nfn check(plan) {{ {body} }}\n");
        std::fs::write(folder.path().join("house/rule.rhai"), rule).unwrap();
        let rules = Rules::empty().with_dir(folder.path()).unwrap();
        let failure = rules.failures().first().unwrap();
        format!("{}: {}", failure.message, failure.help.as_deref().unwrap_or("-"))
    };
    assert_eq!(
        told("let x = years.over_all(plan.a);"),
        "`years` is not known here: `years` is shared code: write `years::over_all(...)`"
    );
    assert_eq!(
        told("let x = over_all(plan.a);"),
        "unknown verb `over_all`: `years` has it: write `years::over_all(...)`"
    );
    assert_eq!(
        told("let x = plan.a.over_all();"),
        "unknown verb `over_all`: `years` has it: write `years::over_all(...)`"
    );
}

/// The engine passes over such a comment with all that follows it.
#[test]
fn a_comment_that_never_ends_is_told_where_it_begins() {
    let rule = "fn check(plan) { expect(true, plan, \"x\"); }\n  /* later:\nfn more(x) { x }\n";
    assert_eq!(said(rule), "2:3 this comment is never closed\n  help: write `*/` where it ends\n");
    assert_eq!(said("/* a /* b */ c */ fn check(plan) { expect(true, plan, \"/* x\"); } // /* y\n"), "");
}
