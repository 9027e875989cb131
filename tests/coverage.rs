//! Coverage: which figures no rule looked at, and who looked at a figure.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::Path;

use crossfoot::{Auditor, Plan, Rules};
use support::{crossfoot, screen};

#[test]
fn help() {
    insta::assert_snapshot!(screen(100, &["coverage", "--help"]));
}

#[test]
fn figures_that_no_rule_looked_at_by_place_and_by_table() {
    insta::assert_snapshot!(screen(100, &["coverage", "plans/teaching/clean.toml", "--only", "totals"]));
}

#[test]
fn who_looked_at_a_figure() {
    insta::assert_snapshot!(screen(
        100,
        &["coverage", "plans/itu-2020-2023.toml", "--at", "objectives[I.1].total.2020"]
    ));
    insta::assert_snapshot!(screen(100, &["coverage", "plans/itu-2020-2023.toml", "--at", "splits"]));
}

#[test]
fn coverage_is_that_of_the_report() {
    let rules = Rules::standard().choose(&["totals"], &[]).unwrap();
    let plan = Plan::load("plans/itu-2020-2023.toml").unwrap();
    let auditor = Auditor::new(&rules);
    let (report, coverage) = (auditor.audit(&plan), auditor.coverage(&plan));
    let summary = &report.plans[0];
    assert_eq!((coverage.figures, coverage.covered), (summary.figures, summary.covered));
    let open: Vec<&str> = coverage.uncovered.iter().map(|figure| figure.path.as_str()).collect();
    assert_eq!(open, summary.uncovered.iter().map(|figure| figure.path.as_str()).collect::<Vec<_>>());
    assert_eq!(coverage.tables.iter().map(|table| table.figures).sum::<usize>(), coverage.figures);
    assert_eq!(coverage.tables.iter().map(|table| table.covered).sum::<usize>(), coverage.covered);
}

/// Who looked, in one line each.
fn looks(rule: &str, plan: &str, path: &str) -> Vec<String> {
    let rules = Rules::empty().with_rule("r", rule);
    let looks = Auditor::new(&rules).looks_at(&Plan::parse("p.toml", plan), path).unwrap();
    let figure = &looks.figures[0];
    let one = |look: &crossfoot::audit::Look| {
        let (own, other) = (&look.own, &look.other);
        format!(
            "{}:{} {}/{} {}/{} {} {:?} {:?}",
            look.line.unwrap_or(0),
            look.verb,
            own.value,
            own.figures,
            other.value,
            other.figures,
            look.outcome,
            look.difference.as_deref().unwrap_or("-"),
            look.tolerance.as_deref().unwrap_or("-")
        )
    };
    let read = figure.only_read_by.iter().map(|rule| format!("read by {rule}"));
    figure.looks.iter().map(one).chain(read).collect()
}

#[test]
fn every_kind_of_comparison_is_told_with_its_line_and_outcome() {
    let plan = "a = 10\nb = 4\nc = 6\nd = 12\nl = [1, 10]\n";
    let told = looks(
        "fn check(plan) {
            expect_equal(plan.a, plan.b + plan.c);
            if agrees(plan.d, plan.a) { note(plan, \"\"); }
            let same = plan.a == plan.d;
            let less = plan.a < plan.d;
            expect_in(plan.a, plan.l);
            expect_unique(plan.l);
            expect_range(plan.a, 0, 5);
        }",
        plan,
        "a",
    );
    assert_eq!(
        told,
        [
            "2:expect_equal 10/1 10/2 equal \"0\" \"1.5\"",
            "3:agrees 10/1 12/1 disagree \"-2\" \"1\"",
            "4:== 10/1 12/1 false \"-2\" \"0\"",
            "5:< 10/1 12/1 true \"-2\" \"0\"",
            "6:expect_in 10/1 10/1 passed \"-\" \"-\"",
        ]
    );
    let told = looks("fn check(plan) { expect_sum(plan.d, plan.l.figures()); expect_unique(plan.l); }", plan, "l[0]");
    assert_eq!(
        told,
        [
            "1:expect_sum 11/2 12/1 within-rounding \"-1\" \"1.5\"",
            "1:expect_unique 1/1 no value before it/0 passed \"-\" \"-\"",
        ]
    );
}

#[test]
fn a_comparison_inside_a_function_has_its_own_line_and_a_bound_is_no_look() {
    let rule = "fn check(plan) {
        [1].map(|x| {
            expect_equal(plan.a, plan.b);
            x
        });
    }";
    assert_eq!(looks(rule, "a = 1\nb = 1\n", "b"), ["3:expect_equal 1/1 1/1 equal \"0\" \"1\""]);
    let bound = "fn check(plan) { expect_range(plan.a, 0, 5); if plan.a > 3 { fail(plan.a, \"\"); } }";
    assert_eq!(looks(bound, "a = 1\n", "a"), ["read by r"]);
    assert_eq!(looks("fn check(plan) { expect_equal(plan.b, 1); }", "a = 1\nb = 1\n", "a"), [""; 0]);
}

#[test]
fn a_path_that_leads_nowhere_says_what_was_meant() {
    let plan = "plans/itu-2020-2023.toml";
    for (path, words) in [
        ("objectives[I.7].total.2020", "did you mean `I.1`?"),
        ("objectives[I.1].totl.2020", "did you mean `total`?"),
        ("objectives[I.1].total.2031", "did you mean `2021`?"),
        ("objectives[99]", "6 elements"),
        ("tables[annexe-1-couts].rows[I.1].values[TOTL]", "did you mean `TOTAL`?"),
        ("objectives[0].title", "a text without a figure"),
        ("a..b", "no path"),
    ] {
        let output = crossfoot(100, &["coverage", plan, "--at", path]);
        let err = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && err.contains(words) && output.stdout.is_empty(), "{path}: {err}");
    }
}

#[test]
fn the_exit_status_tells_what_came_of_it() {
    let plan = "plans/teaching/clean.toml";
    let code = |arguments: &[&str]| crossfoot(100, arguments).status.code().unwrap();
    assert_eq!(code(&["coverage", plan, "--threshold", "100"]), 0);
    assert_eq!(code(&["coverage", plan, "--only", "totals", "--threshold", "80"]), 1);
    assert_eq!(code(&["coverage", plan, "--only", "totals"]), 0);
    assert_eq!(code(&["coverage", plan, "--threshold", "101"]), 2);
    assert_eq!(code(&["coverage", plan, "--threshold", "1", "--at", "splits"]), 2);
    assert_eq!(code(&["coverage", "plans", "--at", "splits"]), 0);
    assert_eq!(code(&["coverage", "plans", "--at", "split"]), 2);
    assert_eq!(code(&["coverage", "plans/none.toml"]), 2);
}

#[test]
fn the_json_forms_are_stable() {
    let json = |arguments: &[&str]| {
        let output = String::from_utf8(crossfoot(100, arguments).stdout).unwrap();
        output.replace(env!("CARGO_PKG_VERSION"), "[version]")
    };
    let plan = "plans/teaching/clean.toml";
    let at = ["coverage", plan, "--only", "shares/whole", "--at", "splits[0].parts[0].share", "--format", "json"];
    insta::assert_snapshot!(json(&at));
    let whole = json(&["coverage", plan, "--only", "totals/tables", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&whole).unwrap();
    assert_eq!(value["plans"][0]["file"], plan);
    assert_eq!(value["plans"][0]["uncovered"][0]["value"], "2026");
}

#[test]
fn what_cannot_be_looked_at_is_said() {
    let broken = Plan::parse("p.toml", "a = \n");
    let rules = Rules::standard();
    let auditor = Auditor::new(&rules);
    let coverage = auditor.coverage(&broken);
    assert!(coverage.figures == 0 && coverage.errors[0].message.contains("not TOML"), "{coverage:?}");
    assert!(auditor.looks_at(&broken, "a").unwrap_err().message.contains("not TOML"));
    // A rule that is stopped shows what it had compared, and that it was stopped.
    let rules = Rules::empty().with_rule("r", "fn check(plan) { expect_equal(plan.a, plan.b); plan.a + plan.c; }");
    let plan = Plan::parse("p.toml", "a = 1\nb = 1\n");
    let looks = Auditor::new(&rules).looks_at(&plan, "a").unwrap();
    assert_eq!((looks.figures[0].looks.len(), looks.errors.len()), (1, 1));
    let coverage = Auditor::new(&rules).coverage(&plan);
    assert_eq!((coverage.covered, coverage.errors.len()), (2, 1));
}

/// A figure is looked for in every plan that is given, and the rules over portfolios compare it too.
#[test]
fn who_looked_at_a_figure_of_a_portfolio() {
    let folder = "plans/teaching/portfolio";
    insta::assert_snapshot!(screen(100, &["coverage", folder, "--at", "plan.parts[0].total.2026"]));
    let alone = format!("{folder}/budget.toml");
    insta::assert_snapshot!(screen(100, &["coverage", &alone, "--at", "plan.parts[0].total.2026"]));
    let said = |arguments: &[&str]| screen(100, arguments).contains("rules over portfolios");
    assert!(!said(&["coverage", &alone, "--at", "plan.parts[0].total.2026", "--skip", "portfolio"]));
    assert!(!said(&["coverage", "plans/itu-2020-2023.toml", "--at", "splits"]));
    // Where no plan has the path, the one where it leads furthest tells why.
    let lost = screen(100, &["coverage", folder, "--at", "plan.parts[0].total.2027"]);
    assert!(lost.contains("budget.toml: `plan.parts[0].total` has no key `2027`"), "{lost}");
    // A number of one plan is no number of another: what is compared in a plan is told of that plan alone.
    let rules = Rules::empty().with_rule("r", "fn check(plan) { expect_equal(plan.a, plan.b); }");
    let plans = [Plan::parse("x.toml", "a = 1\nb = 1\n"), Plan::parse("y.toml", "a = 2\nb = 2\n")];
    let looks = Auditor::new(&rules).looks_at_all(&plans, "a").unwrap();
    let values: Vec<&str> =
        looks.iter().flat_map(|plan| &plan.figures[0].looks).map(|l| l.other.value.as_str()).collect();
    assert_eq!(values, ["1", "2"]);
    let broken = [Plan::parse("x.toml", "a = \n"), Plan::parse("y.toml", "a = 2\n")];
    let looks = Auditor::new(&rules).looks_at_all(&broken, "a").unwrap();
    assert_eq!((looks.len(), looks[0].file.as_ref(), looks[0].errors.len()), (1, "y.toml", 1));
    assert!(Auditor::new(&rules).looks_at_all(&broken, "b").unwrap_err().message.contains("no key `b`"));
}

#[test]
fn the_plainest_comparison_comes_first_and_one_more_is_one() {
    let rule = "fn check(plan) {
        for at in 0..4 { expect_equal(plan.a, plan.b + plan.c); }
        expect_equal(plan.a, plan.d);
    }";
    let rules = Rules::empty().with_rule("house/r", rule);
    let plan = Plan::parse("p.toml", "a = 3\nb = 1\nc = 2\nd = 3\n");
    let looks = Auditor::new(&rules).looks_at_all(&[plan], "a").unwrap();
    let shown = |width| {
        let mut out = Vec::new();
        let options = crossfoot::report::TextOptions { width, ..Default::default() };
        crossfoot::audit::looks_text(&looks, &options, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let wide = shown(100);
    assert!(wide.find("against 3 (d)").unwrap() < wide.find("against 3 from 2 figures").unwrap(), "{wide}");
    assert!(wide.contains("and 1 more comparison there\n"), "{wide}");
    assert!(shown(50).lines().all(|line| line.chars().count() <= 50), "{}", shown(50));
}

/// What only rules over portfolios compare is looked at where the plans are asked about together.
#[test]
fn figures_of_a_portfolio_are_looked_at_together() {
    let rules = Rules::standard().choose(&["portfolio"], &[]).unwrap();
    let auditor = Auditor::new(&rules);
    let load =
        |name: &str| Plan::load(Path::new(env!("CARGO_MANIFEST_DIR")).join("plans/portfolio").join(name)).unwrap();
    let plans: Vec<Plan> =
        ["budget.toml", "developpement.toml", "intersectoriel.toml", "normalisation.toml", "radiocommunications.toml"]
            .map(load)
            .into();
    assert!(plans.iter().all(|plan| auditor.coverage(plan).covered == 0), "none of them alone");
    let together = auditor.coverage_all(&plans);
    let audit = auditor.audit_all(&plans);
    for (coverage, summary) in together.iter().zip(&audit.plans) {
        assert!(coverage.covered > 0, "{}", coverage.file);
        assert_eq!((&coverage.file, coverage.covered), (&summary.file, summary.covered));
    }
}
