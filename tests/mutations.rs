//! The rules are proven by mutation: what changes in the ITU plan beyond rounding is found, and what a mutation run says of
//! any plan is true.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::collections::BTreeSet;

use crossfoot::figure::{Decimal, Mode, Rounding};
use crossfoot::mutate::{MutationKind, MutationReport, Mutator};
use crossfoot::{Auditor, Plan, Rules};
use support::{crossfoot, screen};

const PLAN: &str = include_str!("../plans/itu-2020-2023.toml");

/// Every relation that these figures are in fails as it stands, and does so at the same place when they change: a changed
/// working is all there can be.
const IN_FAILING_RELATIONS: [&str; 2] =
    ["objectives[0].outputs[0].share_of_objective", "objectives[5].outputs[1].share_of_objective"];

const OF_FIGURES: [MutationKind; 5] = [
    MutationKind::Nudge,
    MutationKind::Transpose,
    MutationKind::DropDigit,
    MutationKind::SwapNeighbours,
    MutationKind::DropAddend,
];

fn mutate(rules: &Rules, text: &str, kinds: &[MutationKind], limit: Option<usize>) -> MutationReport {
    let plan = Plan::parse("plan.toml", text);
    Mutator::new(&Auditor::new(rules)).kinds(kinds).limit(limit).mutate(&plan).unwrap()
}

fn survivors(report: &MutationReport) -> Vec<String> {
    report
        .survivors()
        .map(|m| format!("{} {}: {} -> {}", m.kind.word(), m.path, m.was, m.became.as_deref().unwrap_or("(removed)")))
        .collect()
}

#[test]
fn a_nudge_of_any_figure_of_the_itu_plan_beyond_rounding_is_found() {
    let report = mutate(&Rules::standard(), PLAN, &[MutationKind::Nudge], None);
    assert_eq!(
        report.score.made,
        2 * 393,
        "393 figures of the plan are amounts; the rest are ids, years and references"
    );
    let unseen: BTreeSet<&str> = report.survivors().map(|mutation| mutation.path.as_str()).collect();
    assert_eq!(unseen, BTreeSet::from(IN_FAILING_RELATIONS), "{:#?}", survivors(&report));
}

#[test]
fn of_all_changes_of_figures_in_the_itu_plan_at_least_95_percent_are_found() {
    let report = mutate(&Rules::standard(), PLAN, &OF_FIGURES, Some(500));
    assert!(report.figures.made > 450 && report.figures == report.score, "{:?}", report.figures);
    assert!(report.figures.reaches(95), "{:#?}", survivors(&report));
    // A digit exchanged or left out, as the most common slips, all but in the figures above.
    let is_slip = |kind| matches!(kind, MutationKind::Transpose | MutationKind::DropDigit);
    let mut slips = report.survivors().filter(|mutation| is_slip(mutation.kind));
    assert!(slips.all(|m| IN_FAILING_RELATIONS.contains(&m.path.as_str())), "{:#?}", survivors(&report));
}

/// One amount that everybody looks at, one that nobody does.
const SMALL: &str = "
[plan]
title = 'P'
years = [2026]

[[objectives]]
id = 'A'
total = { 2026 = 1_200 }

[[objectives.outputs]]
id = 'A-1'
cost = { 2026 = 700 }

[[objectives.outputs]]
id = 'A-2'
cost = { 2026 = 500 }

[own]
staff = 125
";

#[test]
fn each_change_of_a_figure_is_made_once_and_beyond_rounding() {
    let report = mutate(&Rules::standard(), SMALL, &OF_FIGURES, None);
    let seen: Vec<String> = report
        .mutations
        .iter()
        .filter(|m| m.name.ends_with("total.2026") || m.name == "own.staff")
        .map(|m| format!("{} {}", m.kind.word(), m.became.as_deref().unwrap_or("-")))
        .collect();
    // Two addends and their sum: rounding permits 1.5, so 2 is the least that is beyond it. Nothing compares the staff:
    // with nothing beside it, 2 could be rounding, and 3 is beyond.
    let expected = [
        "nudge 1_202",
        "nudge 1_198",
        "transpose 2_100",
        "transpose 1_020",
        "drop-digit 200",
        "drop-digit 100",
        "drop-digit 120",
        "drop-addend -",
        "nudge 128",
        "nudge 122",
        "transpose 215",
        "transpose 152",
        "drop-digit 25",
        "drop-digit 15",
        "drop-digit 12",
        "drop-addend -",
    ];
    assert_eq!(seen, expected);
}

#[test]
fn what_no_rule_looks_at_survives_and_what_adds_up_all_the_same() {
    let report = mutate(&Rules::standard(), SMALL, &MutationKind::ALL, None);
    let unseen: BTreeSet<String> = report.survivors().map(|m| m.path.clone()).collect();
    // An objective that goes with all its money, and two addends of one sum exchanged, leave a plan that adds up.
    assert_eq!(
        unseen,
        BTreeSet::from(["objectives[0]", "objectives[0].outputs[0].cost.2026", "own.staff"].map(ToOwned::to_owned)),
        "{:#?}",
        survivors(&report)
    );
}

#[test]
fn the_score_is_that_of_ones_own_rules() {
    let loose = Rules::empty()
        .with_rule("house/some", "fn check(plan) { expect_range(plan.objectives.total[\"2026\"], 0, 5000); }");
    let loose = loose.with_rule("house/none", "fn check(plan) { not_applicable(); }");
    let report = mutate(&loose, SMALL, &OF_FIGURES, None);
    let names: Vec<String> = report.rules.iter().map(|r| format!("{} {} {}", r.rule, r.noticed, r.alone)).collect();
    assert!(names.contains(&"house/none 0 0".to_owned()), "{names:?}");
    assert!(!report.figures.reaches(50), "{:?}", report.figures);
}

#[test]
fn a_plan_that_fails_is_scored_on_new_findings_only() {
    let failing = SMALL.replace("1_200", "1_300");
    let report = mutate(&Rules::standard(), &failing, &[MutationKind::Nudge], None);
    assert_eq!(report.findings_before, 2, "the sum, and an objective without outcomes");
    // The sum fails already, at the same place: a change of any of its figures makes no new finding.
    assert_eq!(report.score.noticed, 0, "{:#?}", report.mutations);
    // And the finding that is there does not move into a neighbour's place when an item before it goes.
    let two = "[[splits]]\nid = 'a'\nparts = [{ share = 100 }]\n[[splits]]\nid = 'b'\nparts = [{ share = 90 }]\n";
    let report = mutate(&Rules::standard(), two, &[MutationKind::DropAddend], None);
    let gone = report.mutations.iter().find(|m| m.path == "splits[0]").unwrap();
    assert_eq!(gone.noticed_by, [], "the finding about b was there before");
}

#[test]
fn references_ids_and_mitigations_are_broken() {
    let text = "
        [[risks]]
        title = 'r'
        mitigations = [1, 2]
        [[risks]]
        title = 's'
        mitigations = []
        [[mitigations]]
        id = 1
        [[mitigations]]
        id = 2
        [[tables]]
        id = 't'
        columns = ['a', 'Total']
        total_column = 'Total'
        rows = [{ id = 'x', values = [1, 1] }, { id = 'y', percent_of = 'x', values = [100, 100] }]
        [[reconciliations]]
        figures = ['tables[t].rows[x].values[a]', 'tables[t].rows[x].values[Total]']
    ";
    let kinds = [MutationKind::BreakReference, MutationKind::BreakId, MutationKind::RemoveMitigation];
    let report = mutate(&Rules::standard(), text, &kinds, None);
    let made: Vec<String> = report
        .mutations
        .iter()
        .map(|m| format!("{} {}: {}", m.kind.word(), m.path, m.became.as_deref().unwrap_or("-")))
        .collect();
    insta::assert_snapshot!(made.join("\n"));
}

/// The table in docs/mutation.md.
#[test]
#[ignore = "all changes of the whole plan take minutes without optimisation"]
fn the_whole_run_over_the_itu_plan_is_that_of_its_page() {
    let report = mutate(&Rules::standard(), PLAN, &MutationKind::ALL, None);
    let row = |name: &str, made: usize, noticed: usize, percent: Option<String>| {
        let percent = percent.unwrap_or_default();
        let grouped = if made < 1_000 { made.to_string() } else { format!("{} {:03}", made / 1_000, made % 1_000) };
        let noticed =
            if noticed < 1_000 { noticed.to_string() } else { format!("{} {:03}", noticed / 1_000, noticed % 1_000) };
        format!("| {name} | {grouped} | {noticed} | {} |", percent.trim_end_matches(".0"))
    };
    let rows = report.kinds.iter().map(|kind| {
        let score = kind.score;
        row(kind.kind.word(), score.made, score.noticed, score.percent())
    });
    let page = include_str!("../docs/mutation.md");
    let missing: Vec<String> = rows.filter(|row| !page.contains(row.as_str())).collect();
    assert!(missing.is_empty(), "not in docs/mutation.md:\n{}", missing.join("\n"));
    let whole = format!("standard rules notice {} percent of all", report.score.percent().unwrap());
    assert!(page.contains(&whole), "{whole}");
}

#[test]
fn the_same_seed_chooses_the_same_mutations_and_another_chooses_others() {
    let plan = Plan::parse("plan.toml", SMALL);
    let rules = Rules::standard();
    let auditor = Auditor::new(&rules);
    let chosen = |seed| {
        let report = Mutator::new(&auditor).limit(Some(6)).seed(seed).mutate(&plan).unwrap();
        assert_eq!((report.score.made, report.sample.unwrap().seed), (6, seed));
        format!("{:?}", report.mutations)
    };
    assert_eq!(chosen(3), chosen(3));
    assert_ne!(chosen(3), chosen(4));
}

#[test]
fn figures_are_changed_whatever_stands_around_them() {
    // Comments between the elements of an array, windows line ends, a byte-order mark, quoted and dotted keys.
    let text = "\u{feff}[own] # figures\r\nlist = [\r\n  1_000, # one\r\n  2_000, # two\r\n]\r\n\"a b\".c = 12.5\r\nt = { x = 7, y = 8 }\r\n";
    let report = mutate(&Rules::standard(), text, &OF_FIGURES, None);
    let removed = report.mutations.iter().filter(|m| m.kind == MutationKind::DropAddend).map(|m| m.path.clone());
    let expected = ["own.list[0]", "own.list[1]", "own.\"a b\".c", "own.t.x", "own.t.y"];
    assert_eq!(removed.collect::<Vec<_>>(), expected);
    // Of 12.5 the first two digits can be left out; without the third it is 12, which rounding explains. Of 7 none can.
    let of = |path: &str, kind| report.mutations.iter().filter(|m| m.path == path && m.kind == kind).count();
    assert_eq!(of("own.\"a b\".c", MutationKind::DropDigit), 2);
    assert_eq!((of("own.t.x", MutationKind::DropDigit), of("own.t.x", MutationKind::Nudge)), (0, 2));
    assert_eq!(report.within_rounding, 1);
}

#[test]
fn the_configured_rounding_holds_for_the_changed_plan_too() {
    let body = "title = 'T'\n[[objectives]]\nid = 'A'\ntotal = { 2026 = 9_000 }\n[[objectives.outputs]]\nid = 'A-1'\ncost = { 2026 = 4_000 }\n\
                [[objectives.outputs]]\nid = 'A-2'\ncost = { 2026 = 5_000 }\n";
    let thousands = Rounding::new(Mode::Nearest, Some(Decimal::from(1_000))).unwrap();
    let declared = Plan::parse("plan.toml", &format!("rounding = {{ mode = 'nearest', unit = 1000 }}\n{body}"));
    let configured = Plan::from_bytes_rounded("plan.toml", body.as_bytes().to_vec(), thousands).unwrap();
    let rules = Rules::standard();
    let auditor = Auditor::new(&rules);
    let made = |plan: &Plan| {
        let report = Mutator::new(&auditor).kinds(&OF_FIGURES).mutate(plan).unwrap();
        let made =
            report.mutations.iter().map(|m| format!("{:?} {} {:?} {:?}", m.kind, m.path, m.became, m.noticed_by));
        (report.score, report.within_rounding, made.collect::<Vec<_>>())
    };
    assert_eq!(made(&configured), made(&declared));
    assert!(made(&declared).0.made > 10);
}

#[test]
fn help() {
    insta::assert_snapshot!(screen(100, &["mutate", "--help"]));
}

#[test]
fn a_run_over_a_plan_on_the_screen() {
    let plan = "plans/teaching/clean.toml";
    insta::assert_snapshot!(screen(
        100,
        &["mutate", plan, "--only", "shares", "--kind", "nudge,drop-addend", "--limit", "60"]
    ));
}

#[test]
fn the_json_form_is_stable() {
    let plan = "plans/teaching/clean.toml";
    let arguments = ["mutate", plan, "--kind", "nudge", "--limit", "2", "--all", "--format", "json"];
    let output = String::from_utf8(crossfoot(100, &arguments).stdout).unwrap();
    insta::assert_snapshot!(output.replace(env!("CARGO_PKG_VERSION"), "[version]"));
}

#[test]
fn the_exit_status_tells_what_came_of_it() {
    let plan = "plans/teaching/clean.toml";
    let status = |arguments: &[&str]| {
        let output = crossfoot(100, arguments);
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let few = |threshold| ["mutate", plan, "--only", "totals", "--kind", "nudge", "--threshold", threshold];
    assert_eq!(status(&few("10")), (0, String::new()));
    assert_eq!(status(&few("100")), (1, String::new()));
    for (arguments, words) in [
        (&few("101")[..], "101 is not in 0..=100"),
        (&["mutate", plan, "--limit", "0"], "0 is not in 1.."),
        (&["mutate", plan, "--kind", "nudges"], "'nudge'"),
        (&["mutate", "plans/none.toml"], "plans/none.toml"),
        (&["mutate", "plans"], "expected one"),
        (&["mutate", plan, "--kind", "remove-mitigation", "--only", "total"], "unknown rule"),
    ] {
        let (code, err) = status(arguments);
        assert!(code == 2 && err.contains(words), "{arguments:?}: {code} {err}");
    }
}

#[test]
fn rules_over_portfolios_that_are_not_run_are_named() {
    let of_one = "plans/teaching/portfolio/roads.toml";
    let said = "this plan is of the portfolio `town`: rules over portfolios were not run, and what only they would notice \
                counts as not noticed";
    let text = |arguments: &[&str]| String::from_utf8(crossfoot(100, arguments).stdout).unwrap();
    let in_one_line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let limited = ["mutate", of_one, "--limit", "3"];
    assert!(in_one_line(text(&limited)).contains(said), "{}", text(&limited));
    let json: serde_json::Value = serde_json::from_str(&text(&[&limited[..], &["--format", "json"]].concat())).unwrap();
    assert_eq!(json["not_run"], said);
    // Where no such rule would run, or the plan is of no portfolio, nothing was left out.
    assert!(!text(&[&limited[..], &["--skip", "portfolio"]].concat()).contains("portfolio `"));
    assert!(!text(&["mutate", "plans/teaching/clean.toml", "--limit", "3"]).contains("portfolio `"));
}

#[test]
fn what_cannot_be_scored_is_said() {
    let auditor_of = |rule: &str| Rules::empty().with_rule("house/r", rule);
    let plan = Plan::parse("plan.toml", "a = 1\n");
    let failure = |rules: &Rules, plan: &Plan| Mutator::new(&Auditor::new(rules)).mutate(plan).unwrap_err().message;
    assert!(failure(&auditor_of("fn check(plan) { nope(); }"), &plan).contains("unknown verb"));
    assert!(failure(&auditor_of("fn check(plan) { plan.a + plan.b; }"), &plan).contains("absent"));
    assert!(failure(&Rules::standard(), &Plan::parse("plan.toml", "a = \n")).contains("not TOML"));
    // A plan with nothing to change has no score, and says so.
    let report = mutate(&Rules::standard(), "title = 'x'\n", &MutationKind::ALL, None);
    assert_eq!((report.score.made, report.score.percent()), (0, None));
}
