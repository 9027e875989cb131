//! Allowances and baselines: what is known does not count, for a reason and until a day, and nothing else goes unseen.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::process::Command;

use crossfoot::baseline::Baseline;
use crossfoot::config::Config;
use crossfoot::finding::{FailOn, SuppressedBy};
use crossfoot::{Auditor, Plan, Report, Rules};

const PLAN: &str = "\
[[objectives]]
id = 'A'
outcomes = [{ id = 'A-a', indicators = ['i'], means = ['m'] }]
total = { 2026 = 30 } #1
outputs = [{ id = 'A-1', cost = { 2026 = 10 } }, { id = 'A-2', cost = { 2026 = 12 } }]
";

fn rules(config: &str) -> Rules {
    let config = Config::parse("crossfoot.toml", config).unwrap();
    Rules::standard().with_config(config).unwrap().choose(&["totals", "allowance/*"], &[]).unwrap()
}

fn audit(config: &str, plan: &str) -> Report {
    let report = Auditor::new(&rules(config)).today(2026, 6, 30).all_plans(true).audit(&Plan::parse("plan.toml", plan));
    assert_eq!(report.errors, []);
    report
}

/// `rule: message` of what counts, and what does not.
fn said(report: &Report) -> (Vec<String>, Vec<String>) {
    let counts = report.findings.iter().map(|f| format!("{}: {}", f.rule, f.message)).collect();
    let aside = report.suppressed.iter().map(|s| format!("{}: {}", s.finding.rule, s.reason.as_deref().unwrap_or("-")));
    (counts, aside.collect())
}

fn inline(comment: &str) -> (Vec<String>, Vec<String>) {
    said(&audit("", &PLAN.replace("#1", &format!("# crossfoot: {comment}"))))
}

const FOUND: &str = "totals/outputs: the outputs of A do not make its stated total for 2026";

#[test]
fn a_comment_on_or_above_the_line_allows_one_finding_of_one_rule() {
    let aside = vec!["totals/outputs: agreed: in June".to_owned()];
    assert_eq!(inline("allow totals/outputs: agreed: in June"), (vec![], aside.clone()));
    let above = PLAN.replace("total =", "# crossfoot: allow totals/outputs: agreed: in June\n# and more\ntotal =");
    assert_eq!(said(&audit("", &above)), (vec![], aside));
    let other_line = PLAN.replace("outputs =", "# crossfoot: allow totals/outputs: agreed\noutputs =");
    assert_eq!(
        said(&audit("", &other_line)).0,
        [FOUND, "allowance/unused: the allowance of totals/outputs is not used: nothing was found here"]
    );
    let report = audit("", &PLAN.replace("#1", "# crossfoot: allow totals/outputs: agreed"));
    assert_eq!((report.summary.error, report.summary.suppressed), (0, 1));
    assert_eq!(report.suppressed[0].by, SuppressedBy::Inline);
    assert_eq!(report.verdict(FailOn::Info).code(), 0);
}

#[test]
fn what_allows_too_much_too_long_or_for_no_reason_allows_nothing() {
    for (comment, about) in [
        ("allow totals/outputs", "allowance/no-reason: totals/outputs is allowed here without a reason"),
        (
            "allow totals/outputs until 2026-06-29: r",
            "allowance/expired: the allowance of totals/outputs expired on 2026-06-29",
        ),
        ("allow totals/*: r", "allowance/blanket: `totals/*` allows whatever several rules find here"),
        ("allow totals: r", "allowance/blanket: `totals` allows whatever several rules find here"),
        (
            "allow totals/output: r",
            "allowance/unknown-rule: unknown rule `totals/output`: did you mean `totals/outputs`?",
        ),
        (
            "allow allowance/unused: r",
            "allowance/unknown-rule: `allowance/unused` is about allowances themselves and cannot be allowed",
        ),
        (
            "allow totals/outputs until soon: r",
            "allowance/unreadable: `soon` is no day: expected `until 2027-03-31: reason`",
        ),
        (
            "forgive totals/outputs: r",
            "allowance/unreadable: `forgive` is nothing that a comment can say: expected `allow` or `level`",
        ),
        ("level totals/outputs = off", "allowance/blanket: a plan cannot turn totals/outputs off by itself"),
        ("level totals/outputs = loud", "allowance/unreadable: `loud` is no level: expected error, warning or info"),
    ] {
        let (mut counts, aside) = inline(comment);
        counts.sort();
        assert_eq!((counts, aside), (vec![about.to_owned(), FOUND.to_owned()], vec![]), "{comment}");
    }
    assert_eq!(inline("allow totals/outputs until 2026-06-30: the last day").0, [""; 0]);
}

#[test]
fn the_configuration_allows_by_rule_and_path() {
    let allow = |rest: &str| format!("[[allow]]\nrule = 'totals/outputs'\nreason = 'r'\n{rest}\n");
    for path in ["objectives[A].total.2026", "objectives[0].total.2026"] {
        assert_eq!(said(&audit(&allow(&format!("path = '{path}'")), PLAN)).0, [""; 0], "{path}");
    }
    for (rest, about) in [
        (
            "path = 'objectives[A].total.2027'",
            "allowance/unused: the allowance of totals/outputs is not used: nothing was found at objectives[A].total.2027 (no such place)",
        ),
        (
            "path = 'objectives[A].outputs'",
            "allowance/unused: the allowance of totals/outputs is not used: nothing was found at objectives[A].outputs",
        ),
        ("", "allowance/blanket: totals/outputs is allowed everywhere"),
        (
            "path = 'objectives[A].total.2026'\nuntil = 2026-01-01",
            "allowance/expired: the allowance of totals/outputs expired on 2026-01-01",
        ),
    ] {
        let (mut counts, _) = said(&audit(&allow(rest), PLAN));
        counts.sort();
        assert_eq!(counts, [about, FOUND], "{rest}");
    }
    // For other plans it says nothing, and is not unused either.
    let other = allow("path = 'objectives[A].total.2026'\nfile = 'other/*.toml'");
    assert_eq!(said(&audit(&other, PLAN)).0, [FOUND]);
    // Nor where its rule did not run.
    let mended = PLAN.replace("12", "20");
    let rules =
        rules(&allow("path = 'objectives[A].total.2026'")).choose(&["totals/years", "allowance/*"], &[]).unwrap();
    let report = Auditor::new(&rules).today(2026, 6, 30).audit(&Plan::parse("plan.toml", &mended));
    assert_eq!(report.findings, []);
}

#[test]
fn an_expiry_needs_a_day_from_outside() {
    let plan = Plan::parse("plan.toml", &PLAN.replace("#1", "# crossfoot: allow totals/outputs until 2099-01-01: r"));
    let report = Auditor::new(&rules("")).audit(&plan);
    assert!(report.findings.iter().any(|f| f.message.contains("the day of the audit is not known")), "{report:#?}");
    assert!(report.suppressed.is_empty());
}

#[test]
fn levels_apply_to_allowances_too() {
    let plan = PLAN.replace("#1", "# crossfoot: allow totals/outputs: r").replace("12", "20");
    assert_eq!(said(&audit("", &plan)).0.len(), 1);
    assert_eq!(said(&audit("[levels]\n'allowance/unused' = 'off'\n", &plan)).0, [""; 0]);
}

const TWO: &str = "\
[plan]
title = 'T'
years = [2026]
[[objectives]]
id = 'A'
outcomes = [{ id = 'A-a', indicators = ['i'], means = ['m'] }]
total = { 2026 = 30 }
outputs = [{ id = 'A-1', cost = { 2026 = 10 } }, { id = 'A-2', cost = { 2026 = 12 } }]
[[objectives]]
id = 'B'
total = { 2026 = 7 }
outcomes = [{ id = 'B-b', indicators = ['i'], means = ['m'] }]
outputs = [{ id = 'B-1', cost = { 2026 = 1 } }]
[[risks]]
title = 'Flood'
mitigations = []
[[risks]]
title = 'Fire'
mitigations = []
";

#[test]
fn a_baseline_holds_what_has_moved_and_lets_through_what_is_new() {
    let rules = Rules::standard();
    let audit = |text: &str, baseline: &Baseline| {
        Auditor::new(&rules).baseline(baseline).today(2026, 6, 30).audit(&Plan::parse("plan.toml", text))
    };
    let before = audit(TWO, &Baseline::empty(""));
    assert_eq!(before.findings.len(), 4, "two totals, two risks");
    let baseline = Baseline::of(&before, "");
    // The objectives and the risks exchanged, lines moved, figures and texts written otherwise.
    let (head, rest) = TWO.split_at(TWO.find("[[objectives]]").unwrap());
    let at = |text: &str, what: &str| text.rfind(what).unwrap();
    let (a, rest) = rest.split_at(at(rest, "[[objectives]]"));
    let (b, risks) = rest.split_at(rest.find("[[risks]]").unwrap());
    let (flood, fire) = risks.split_at(at(risks, "[[risks]]"));
    let moved =
        format!("{head}\n\n# moved\n{b}{a}{fire}\n{flood}").replace("total = { 2026 = 30 }", "total.2026 = 3_0");
    let report = audit(&moved, &baseline);
    assert_eq!(said(&report).0, [""; 0]);
    assert_eq!((report.suppressed.len(), report.gone.len()), (4, 0));
    // One mended, one new.
    let changed =
        moved.replace("2026 = 12", "2026 = 20").replace("'Fire'\nmitigations = []", "'Fire'\nmitigations = [1]");
    let changed = format!("{changed}[[mitigations]]\nid = 1\nowner = 'o'\n");
    let report = audit(&changed, &baseline);
    assert_eq!(said(&report).0, ["risks/mitigation-incomplete: mitigation 1 has no status"]);
    let gone: Vec<&str> = report.gone.iter().map(|gone| gone.rule.as_ref()).collect();
    assert_eq!(gone, ["risks/unmitigated", "totals/outputs"]);
    // And written anew, it holds just what there is.
    let renewed = baseline.renewed(&report);
    assert_eq!(renewed.len(), 3);
    assert_eq!(audit(&changed, &renewed).findings, []);
    assert_eq!(audit(&changed, &renewed).gone, []);
}

#[test]
fn a_baseline_on_disk_is_written_over_only_by_a_baseline() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_crossfoot")).args(arguments).current_dir(folder.path()).output().unwrap();
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        (output.status.code().unwrap(), said)
    };
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    write("a.toml", TWO);
    write("b.toml", &TWO.replace("12", "13"));
    write("crossfoot.toml", "baseline = 'known.json'\n");
    assert_eq!(run(&["baseline", "write", "."]), (0, "wrote known.json: 8 findings (8 new, 0 gone)\n".to_owned()));
    assert_eq!(run(&["check", "."]).0, 0);
    let both = read("known.json");
    // Of a part of the plans, the rest is kept; of a plan that is no more, nothing.
    assert_eq!(run(&["baseline", "write", "a.toml"]).1, "wrote known.json: 8 findings (0 new, 0 gone)\n");
    assert_eq!(read("known.json"), both);
    fs::remove_file(folder.path().join("b.toml")).unwrap();
    assert_eq!(run(&["baseline", "write", "a.toml"]).1, "wrote known.json: 4 findings (0 new, 0 gone)\n");
    // What is no baseline stays as it is.
    let (code, said) = run(&["baseline", "write", "--output", "a.toml"]);
    assert_eq!((code, read("a.toml").as_str()), (2, TWO), "{said}");
    // A baseline of another form is said to be one, and an audit that is not complete writes none.
    write("known.json", "{\"baseline\": 9}");
    let (code, said) = run(&["check", "."]);
    assert!(code == 2 && said.contains("has form 9, and this version of crossfoot reads form 1"), "{said}");
    write("broken.toml", "a = ");
    let (code, said) = run(&["baseline", "write", "."]);
    assert!(code == 2 && said.contains("the baseline was not written"), "{said}");
    assert_eq!(read("known.json"), "{\"baseline\": 9}");
}
