//! Rules over several plans: which plans are judged together, what `collect` and `judge` are given, and what a finding says of
//! places in several files.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::time::Duration;

use crossfoot::finding::Finding;
use crossfoot::script::Limits;
use crossfoot::{Auditor, Plan, Report, Rules};

/// A plan of a portfolio, with more lines.
fn plan(file: &str, portfolio: &str, id: &str, more: &str) -> Plan {
    let head = format!("plan = {{ title = '{id}', years = [2026], portfolio = '{portfolio}', id = '{id}' }}\n");
    Plan::parse(file, &(head + more))
}

fn rules(text: &str) -> Rules {
    let rules = Rules::empty().with_rule("house/rule", text);
    assert!(rules.failures().is_empty(), "{:#?}", rules.failures());
    rules
}

fn audit(rule: &str, plans: &[Plan]) -> Report {
    let report = Auditor::new(&rules(rule)).audit_all(plans);
    assert!(report.errors.is_empty(), "{:#?}", report.errors);
    report
}

fn messages(report: &Report) -> Vec<(String, String)> {
    let of_rule = report.findings.iter().filter(|finding| finding.rule.as_ref() == "house/rule");
    of_rule.map(|finding| (finding.file.to_string(), finding.message.clone())).collect()
}

const TELL: &str = "fn collect(plan) { plan }
fn judge(all) { warn(all[0], all.map(|plan| plan.plan.id).join(\" \")); expect(true, all[0], \"\"); }";

#[test]
fn plans_of_one_portfolio_are_judged_together_and_once() {
    let plans = [
        plan("d.toml", "p", "D", ""),
        plan("b.toml", "q", "B", ""),
        plan("a.toml", "p", "A", ""),
        plan("c.toml", "q", "C", ""),
        plan("lone.toml", "r", "E", ""),
        Plan::parse("none.toml", "plan = { title = 'N', years = [2026] }\n"),
    ];
    let report = audit(TELL, &plans);
    let told = |file: &str, text: &str| (file.to_owned(), text.to_owned());
    assert_eq!(messages(&report), [told("a.toml", "A D"), told("b.toml", "B C")]);
    assert_eq!(report.summary.checks.passed, 2);
    let mut turned = plans.to_vec();
    turned.reverse();
    assert_eq!(
        messages(&audit(TELL, &turned)),
        messages(&report),
        "the order in which files are named does not matter"
    );
}

#[test]
fn a_plan_alone_is_not_applicable_and_gives_no_alarm() {
    let one = [plan("a.toml", "p", "A", "")];
    let broken = Plan::parse("broken.toml", "plan = { portfolio = 'p' \n");
    for plans in [one.to_vec(), vec![plan("a.toml", "p", "A", ""), plan("b.toml", "q", "B", "")]] {
        let report = audit(TELL, &plans);
        assert_eq!((report.summary.checks.not_applicable, report.summary.checks.passed), (1, 0));
        assert!(messages(&report).is_empty());
    }
    let report = Auditor::new(&rules(TELL)).audit_all(&[one[0].clone(), broken]);
    assert_eq!(report.summary.checks.not_applicable, 1, "what is no TOML is no plan of the portfolio");
    let report = Auditor::new(&rules(TELL)).audit_all(&[]);
    assert_eq!(report.summary.checks.not_applicable, 0);
}

#[test]
fn collect_gives_whatever_judge_wants_and_both_may_take_parameters() {
    let rule = "const PARAMS = #{ key: \"amount\" };
        fn collect(plan, params) { #{ id: plan.plan.id, sum: sum(plan[params.key]), count: count(plan.amount) } }
        fn judge(all, params) {
            let most = all.filter(|each| each.count > 1);
            expect(count(most) == 1, most[0].id, \"\");
            expect_equal(all[1].sum, all[0].sum, params.key);
        }";
    let plans = [plan("a.toml", "p", "A", "amount = [10, 20]\n"), plan("b.toml", "p", "B", "amount = 300\n")];
    let report = audit(rule, &plans);
    assert_eq!(messages(&report), [("b.toml".to_owned(), "amount".to_owned())]);
    let [finding] = report.findings.as_slice() else { panic!("{:#?}", report.findings) };
    let labels: Vec<_> = finding.labels.iter().map(|label| (label.file.as_deref(), label.path.as_str())).collect();
    assert_eq!(labels, [(Some("a.toml"), "amount[0]"), (Some("a.toml"), "amount[1]")]);
    let working = finding.working.as_ref().unwrap();
    assert_eq!(working.cause.as_deref(), Some("amount (300) is too large by a factor of 10"), "{working:#?}");
    let covered: Vec<usize> = report.plans.iter().map(|plan| plan.covered).collect();
    assert_eq!(covered, [2, 1], "figures of every plan are looked at");
}

fn one_finding(report: &Report) -> Finding {
    let [finding] = report.findings.as_slice() else { panic!("{:#?}", report.findings) };
    finding.clone()
}

#[test]
fn a_finding_keeps_its_fingerprint_when_files_are_renamed_and_things_moved() {
    let rule = "fn collect(plan) { plan } fn judge(all) { expect_unique(all.map(|plan| plan.objectives.id)); }";
    let before = audit(
        rule,
        &[
            plan("a.toml", "p", "A", "objectives = [{ id = '1' }]\n"),
            plan("b.toml", "p", "B", "objectives = [{ id = '2' }, { id = '1' }]\n"),
        ],
    );
    let after = audit(
        rule,
        &[
            plan("2027/a.toml", "p", "A", "objectives = [{ id = '3' }, { id = '1' }]\n"),
            plan("2027/b.toml", "p", "B", "\n\nobjectives = [{ id = '1' }, { id = '2' }]\n"),
        ],
    );
    assert_eq!(one_finding(&before).fingerprint, one_finding(&after).fingerprint);
    assert_eq!(one_finding(&before).labels[0].file.as_deref(), Some("a.toml"));

    // The same place of two plans is two findings.
    let rule = "fn collect(plan) { plan } fn judge(all) { for plan in all { fail(plan.objectives[0].id, \"no\"); } }";
    let plans = ["A", "B"].map(|id| plan(&format!("{id}.toml"), "p", id, "objectives = [{ id = '1' }]\n"));
    let report = audit(rule, &plans);
    assert_ne!(report.findings[0].fingerprint, report.findings[1].fingerprint);
    let last = audit(rule, &[plan("Z.toml", "p", "A", "objectives = [{ id = '1' }]\n"), plans[1].clone()]);
    let of =
        |report: &Report, file: &str| report.findings.iter().find(|f| f.file.as_ref() == file).unwrap().fingerprint;
    assert_eq!((of(&report, "A.toml"), of(&report, "B.toml")), (of(&last, "Z.toml"), of(&last, "B.toml")));
}

#[test]
fn a_rule_is_of_one_form_and_says_so() {
    let cases = [
        ("fn collect(plan) { }", "the rule has `collect` and no function `judge`"),
        ("fn judge(all) { }", "the rule has `judge` and no function `collect`"),
        (
            "fn check(plan) { }\nfn judge(all) { }",
            "a rule has `check`, or `collect` and `judge`: this one has `check` and `judge`",
        ),
        ("fn check(plan) { }\nfn collect(plan) { }\nfn judge(all) { }", "this one has `check` and `collect`"),
        (
            "fn collect() { }\nfn judge(all) { }",
            "`collect` takes 0 parameters: expected `collect(plan)` or `collect(plan, params)`",
        ),
        (
            "fn collect(plan) { }\nfn judge(a, b, c) { }",
            "`judge` takes 3 parameters: expected `judge(all)` or `judge(all, params)`",
        ),
    ];
    for (text, message) in cases {
        let rules = Rules::empty().with_rule("house/rule", text);
        assert_eq!(rules.failures().len(), 1, "{text}: {:#?}", rules.failures());
        assert!(rules.failures()[0].message.contains(message), "{text}: {}", rules.failures()[0].message);
    }
}

#[test]
fn what_fails_in_collect_or_judge_has_its_place_and_stops_no_other_rule() {
    let plans = [plan("a.toml", "p", "A", "x = 1\n"), plan("b.toml", "p", "B", "x = 'y'\n")];
    let limits = Limits { deadline: Duration::from_secs(1), operations: 100_000, ..Limits::STANDARD };
    let cases = [
        ("fn collect(plan) {\n    plan.x + 1\n}\nfn judge(all) { }", 2, "cannot", Some("b.toml")),
        ("fn collect(plan) { plan }\nfn judge(all) {\n    all[1].x < all[0].x\n}", 3, "cannot", None),
        (
            "fn collect(plan) { plan }\nfn judge(all) {\n    expect_unique([1]);\n}",
            3,
            "`expect_unique` wants places of plans, and the array holds the number 1",
            None,
        ),
        (
            "fn collect(plan) { plan }\nfn judge(all) {\n    [1].find(\"A\");\n}",
            3,
            "`find` wants places of plans",
            None,
        ),
        ("fn collect(plan) { plan }\nfn judge(all) {\n    loop { }\n}", 3, "operations", None),
        ("fn collect(plan) {\n    loop { }\n}\nfn judge(all) { }", 2, "operations", None),
    ];
    for (text, line, message, looking_at) in cases {
        let rules = Rules::with_limits(limits).with_rule("a/rule", text).with_rule("b/rule", TELL);
        let report = Auditor::new(&rules).audit_all(&plans);
        let [failure] = report.errors.as_slice() else { panic!("{text}: {:#?}", report.errors) };
        assert!(failure.message.contains(message), "{text}: {}", failure.message);
        assert_eq!(failure.span.unwrap().start.line, line, "{text}: {failure:#?}");
        if let Some(file) = looking_at {
            assert!(failure.looking_at.as_deref().unwrap().starts_with(file), "{failure:?}");
        }
        assert_eq!(report.summary.checks.passed, 1, "the other rule ran");
    }
}

#[test]
fn sums_over_plans_are_of_all_or_of_none() {
    let rule = |body: &str| format!("fn collect(plan) {{ plan }}\nfn judge(all) {{ {body} }}");
    let plans = [plan("a.toml", "p", "A", "x = [10, 20]\n"), plan("b.toml", "p", "B", "x = 5\nonly = 7\nsum = 35\n")];
    for (body, passed, failed, not_applicable) in [
        ("expect_sum(all.find(\"B\").sum, all.map(|plan| plan.x));", 1, 0, 0),
        ("expect_sum(all.find(\"B\").sum, all.map(|plan| sum(plan.x)));", 1, 0, 0),
        ("expect_sum(all.find(\"B\").sum, all.map(|plan| plan.only));", 0, 0, 1),
        ("expect_sum(all.find(\"B\").sum, []);", 0, 0, 1),
        ("expect_sum(all.find(\"C\").sum, all.map(|plan| plan.x));", 0, 0, 1),
        ("expect_in(all.find(\"A\").plan.id, all.map(|plan| plan.plan.id));", 1, 0, 0),
        ("expect_in(all.find(\"A\").plan.id, [all[1].plan.id, \"X\"]);", 0, 1, 0),
        ("expect_unique(all.map(|plan| plan.nothing));", 0, 0, 1),
        ("expect(all.find(all[1].plan.id).only == 7, all[1], \"\");", 1, 0, 0),
        ("expect(all.find(\"C\").is_empty(), all[1], \"\");", 1, 0, 0),
    ] {
        let checks = audit(&rule(body), &plans).summary.checks;
        assert_eq!((checks.passed, checks.failed, checks.not_applicable), (passed, failed, not_applicable), "{body}");
    }
}

/// The five plans made of annex 2 of the ITU plan: every figure is held against another, and all agree within rounding.
#[test]
fn the_portfolio_of_the_itu_agrees_and_a_slip_in_one_plan_is_seen_in_the_budget() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("plans/portfolio");
    let files = ["budget", "developpement", "intersectoriel", "normalisation", "radiocommunications"];
    let plans: Vec<Plan> = files.iter().map(|file| Plan::load(folder.join(format!("{file}.toml"))).unwrap()).collect();
    let standard = Rules::standard();
    let report = Auditor::new(&standard).audit_all(&plans);
    assert!(report.findings.is_empty() && report.errors.is_empty(), "{:#?}", report.findings);
    let counts: (usize, usize) =
        (report.plans.iter().map(|p| p.figures).sum(), report.plans.iter().map(|p| p.covered).sum());
    assert_eq!(counts, (119, 119));

    let text = plans[1].source().text().replace("5_731_400", "5_371_400");
    let mut changed = plans.clone();
    changed[1] = Plan::parse(plans[1].name(), &text);
    let report = Auditor::new(&standard).audit_all(&changed);
    let mut found: Vec<&str> = report.findings.iter().map(|finding| finding.rule.as_ref()).collect();
    found.sort_unstable();
    assert_eq!(found, ["portfolio/budget", "portfolio/same-figure", "totals/tables"], "{:#?}", report.findings);
}
