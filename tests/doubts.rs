//! What `crossfoot fix` does not do without asking, because a figure that it would be made of is in doubt; and what it tries where
//! the first fix of a finding does not hold.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use crossfoot::fix::{Fixed, Fixer};
use crossfoot::{Auditor, Plan, Rules};

fn auditor(rules: &Rules) -> Auditor<'_> {
    Auditor::new(rules).today(2026, 1, 1)
}

/// What the standard rules offer for a plan: the place and the fix, and whether it is safe.
fn offers(text: &str) -> Vec<(String, bool)> {
    let report = auditor(&Rules::standard()).audit(&Plan::parse("plan.toml", text));
    let all = report.findings.iter().flat_map(|finding| finding.fixes.iter().map(move |fix| (finding, fix)));
    all.map(|(finding, fix)| (format!("{}: {}", finding.name, fix.title), fix.safe)).collect()
}

fn safe(text: &str) -> Vec<String> {
    offers(text).into_iter().filter(|(_, safe)| *safe).map(|(fix, _)| fix).collect()
}

fn asked(text: &str) -> Vec<String> {
    offers(text).into_iter().filter(|(_, safe)| !*safe).map(|(fix, _)| fix).collect()
}

/// Two outputs, and an objective that states no total for 2027.
const LACKS: &str = "[plan]\nyears = [2026, 2027]\n[[objectives]]\nid = 'A'\ntotal = { 2026 = 5_000 }\noutputs = [\n\
    { id = 'A-1', cost = { 2026 = 2_000, 2027 = 1_000 } },\n{ id = 'A-2', cost = { 2026 = 3_000, 2027 = 4_000 } },\n]\n";

#[test]
fn a_missing_total_is_not_stated_from_parts_in_doubt() {
    let fix = "objectives[A].total: state the sum of its parts for 2027";
    assert_eq!(safe(LACKS), [fix]);
    // One digit of a cost may be mistyped, or one of the figure for all of its years.
    let doubted = LACKS.replace("2027 = 4_000 }", "2027 = 4_000, all_years = 7_900 }");
    assert_eq!(safe(&doubted), [""; 0]);
    assert!(asked(&doubted).contains(&fix.to_owned()), "{:?}", offers(&doubted));
    // A figure for all years that is simply old says nothing against the costs.
    let old = LACKS.replace("2027 = 4_000 }", "2027 = 4_000, all_years = 3_712 }");
    assert!(safe(&old).contains(&fix.to_owned()), "{:?}", offers(&old));
}

#[test]
fn a_missing_cost_is_not_stated_as_0_where_the_others_are_in_doubt() {
    let plan = LACKS.replace("{ 2026 = 3_000, ", "{ ").replace("{ 2026 = 5_000 }", "{ 2026 = 2_000, 2027 = 5_000 }");
    let fix = "objectives[A].outputs[A-2].cost: state 0 for 2026: the others make the total";
    assert_eq!(safe(&plan), [fix]);
    let doubted = plan.replace("2027 = 1_000 }", "2027 = 1_000, all_years = 3_900 }");
    assert_eq!(safe(&doubted), [""; 0]);
    assert!(asked(&doubted).contains(&fix.to_owned()), "{:?}", offers(&doubted));
}

#[test]
fn a_missing_total_waits_until_its_parts_are_set() {
    let plan = LACKS
        .replace("2026 = 5_000 }", "2026 = 5_000, 2027 = 8_765 }")
        .replace("[[objectives]]", "total = { 2026 = 5_000 }\n[[objectives]]");
    let fixed = fix(&Rules::standard(), &plan, &[]);
    let applied: Vec<String> = fixed.applied.iter().map(|fix| format!("{}: {}", fix.name, fix.title)).collect();
    assert_eq!(
        applied,
        ["objectives[A].total.2027: set it to 5_000", "plan.total: state the sum of its parts for 2027"]
    );
    assert!(fixed.files[0].after.contains("total = { 2026 = 5_000, 2027 = 5_000 }\n[[obj"), "{}", fixed.files[0].after);
}

/// The plan's own rules, or some, over a plan.
fn fix(rules: &Rules, text: &str, unsafe_of: &[&str]) -> Fixed {
    let fixer = Fixer::new(auditor(rules)).also_unsafe(rules.matching(unsafe_of).unwrap());
    fixer.fix(&[Plan::parse("plan.toml", text)])
}

/// A cost and its total, which one digit sets apart, and a share of the cost that is old.
const DOUBTED: &str = "[plan]\nyears = [2026]\nshare_years = [2026]\n[[objectives]]\nid = 'A'\ntotal = { 2026 = 9_540 }\noutputs = [\n\
    { id = 'A-1', share_of_objective = 41.7, cost = { 2026 = 4_740 } },\n{ id = 'A-2', cost = { 2026 = 4_760 } },\n]\n";

#[test]
fn what_is_allowed_throws_no_doubt_and_what_a_baseline_holds_does() {
    let share = ["objectives[A].outputs[A-1].share_of_objective: set it to 49.7"];
    assert_eq!(safe(DOUBTED), [""; 0]);
    // Somebody has answered for it.
    let reason = "9_540 } # crossfoot: allow totals/outputs: the council rounds to its own figures";
    let allowed = DOUBTED.replace("9_540 }", reason);
    assert_eq!(safe(&allowed), share);
    // Not any more, and never without a reason.
    assert_eq!(safe(&allowed.replace("totals/outputs:", "totals/outputs until 2025-12-31:")), [""; 0]);
    assert_eq!(safe(&allowed.replace(": the council rounds to its own figures", ":")), [""; 0]);
    // What was there on some day nobody has answered for.
    let (rules, plan) = (Rules::standard(), Plan::parse("plan.toml", DOUBTED));
    let only = Rules::standard().choose(&["totals/outputs"], &[]).unwrap();
    let baseline = crossfoot::baseline::Baseline::of(&auditor(&only).audit(&plan), "");
    let report = auditor(&rules).baseline(&baseline).audit(&plan);
    let findings = report.findings.iter().filter(|finding| finding.working.is_some());
    assert_eq!(report.suppressed.len(), 1);
    assert_eq!(findings.map(|finding| finding.fixes[0].safe).collect::<Vec<_>>(), [false]);
}

#[test]
fn an_allowed_sum_is_still_a_witness() {
    // The cell is wrong: its row and its column fail by the same. That the row is allowed says nothing of the column.
    let table = |note: &str| {
        format!(
            "[[tables]]\nid = 't'\ncolumns = ['N', 'S', 'Total']\ntotal_column = 'Total'\ntotal_row = 'Total'\n\
             [[tables.rows]]\nid = 'A'\nvalues = [11_358, 22_222, 33_333] {note}\n\
             [[tables.rows]]\nid = 'B'\nvalues = [33_333, 44_444, 77_777]\n\
             [[tables.rows]]\nid = 'Total'\nvalues = [44_444, 66_666, 111_110]\n"
        )
    };
    assert_eq!(safe(&table("# crossfoot: allow totals/tables: agreed with the auditors")), [""; 0]);
}

/// Outputs with their shares and costs, and neither a total nor anything else that states the money.
fn shares(of: &[(&str, &str)]) -> String {
    let outputs = of.iter().enumerate().map(|(at, (share, cost))| {
        format!("[[objectives.outputs]]\nid = 'A-{}'\nshare = {share}\ncost = {{ 2026 = {cost} }}\n", at + 1)
    });
    format!("[plan]\nyears = [2026]\n[[objectives]]\nid = 'A'\n{}", outputs.collect::<String>())
}

#[test]
fn shares_that_one_cost_would_set_right_together_are_not_set() {
    let right = [("20.0", "20_000"), ("30.0", "30_000"), ("50.0", "50_000")];
    assert!(offers(&shares(&right)).is_empty());
    // One cost has a digit too many, and all shares fail. Each fits the cost as it was.
    let slipped = shares(&[("20.0", "27_000"), right[1], right[2]]);
    assert_eq!((safe(&slipped).len(), asked(&slipped).len()), (0, 3), "{:?}", offers(&slipped));
    assert_eq!(fix(&Rules::standard(), &slipped, &[]).files[0].after, slipped);
    // With one that is off for a reason of its own they are asked about all the same.
    let and_old = shares(&[("20.0", "27_000"), right[1], ("61.0", "50_000")]);
    assert_eq!(safe(&and_old), [""; 0]);
    // One share that stayed behind blames nobody, and two that no one cost explains blame nobody either.
    assert_eq!(
        safe(&shares(&[("21.0", "20_000"), right[1], right[2]])),
        ["objectives[A].outputs[A-1].share: set it to 20.0"]
    );
    let old = shares(&[("22.0", "20_000"), ("35.0", "30_000"), right[2]]);
    assert_eq!(safe(&old).len(), 2, "{:?}", offers(&old));
}

#[test]
fn amounts_that_one_total_would_set_right_together_are_not_set() {
    let plan = |total: &str, amounts: &str| {
        format!(
            "[[tables]]\nid = 'sums'\ncolumns = ['Total']\nrows = [{{ id = 'r', values = [{total}] }}]\n\
             [[tables]]\nid = 'keys'\ncolumns = ['x', 'y']\nunit = 'percent'\nrounding = 'exact'\n\
             rows = [{{ id = 'r', values = [40, 60] }}]\n[[tables]]\nid = 'money'\ncolumns = ['x', 'y']\n\
             allocation = {{ percents = 'keys', totals = 'tables[sums].rows.values[Total]' }}\n\
             rows = [{{ id = 'r', values = [{amounts}] }}]\n"
        )
    };
    assert!(offers(&plan("12_000", "4_800, 7_200")).is_empty());
    let slipped = plan("13_700", "4_800, 7_200");
    assert_eq!((safe(&slipped).len(), asked(&slipped).len()), (0, 2), "{:?}", offers(&slipped));
    assert_eq!(safe(&plan("12_000", "4_900, 7_200")).len(), 1);
}

#[test]
fn a_total_and_a_share_that_one_cost_would_set_right_are_not_set() {
    let plan = |share: &str| {
        format!(
            "[plan]\nyears = [2026]\n[[objectives]]\nid = 'A'\ntotal = {{ 2026 = 83_127 }}\noutputs = [\n\
             {{ id = 'A-1', share_of_objective = {share}, cost = {{ 2026 = 30_000 }} }},\n\
             {{ id = 'A-2', cost = {{ 2026 = 61_458 }} }},\n]\n"
        )
    };
    // The share fits the total, which is simply old.
    assert_eq!(safe(&plan("36.1")), ["objectives[A].total.2026: set it to 91_458"]);
    // Both say that the cost was 21_669.
    assert_eq!(safe(&plan("26.1")), [""; 0]);
    assert!(asked(&plan("26.1")).contains(&"objectives[A].total.2026: set it to 91_458".to_owned()));
    // A share that only does not fit the old total, and does once that is set, is no witness against what the total is made of.
    let alone = plan("100.0").replace("{ id = 'A-2', cost = { 2026 = 61_458 } },\n", "").replace("30_000", "91_458");
    assert_eq!(safe(&alone)[0], "objectives[A].total.2026: set it to 91_458");
    // A share that says something else again throws no doubt on the money.
    assert_eq!(safe(&plan("40.0"))[0], "objectives[A].total.2026: set it to 91_458");
}

#[test]
fn what_is_made_of_more_figures_than_are_listed_is_asked_about_as_soon_as_anything_is_in_doubt() {
    let many = |third: &str| {
        let third = [("0.0", third)];
        let few = vec![("0.0", "100"); 1_100];
        let all = [&[("40.0", "400_000"), ("49.0", "490_000")][..], &third, &few].concat();
        shares(&all).replace("share = 0.0\n", "")
    };
    // One share alone is set; of two nobody can tell whether one of the costs that are not listed explains both.
    let one = many("100").replace("share = 40.0", "share = 41.0");
    assert_eq!(safe(&one), ["objectives[A].outputs[A-1].share: set it to 40.0"]);
    assert_eq!(safe(&many("250_000")), [""; 0]);
    assert_eq!(asked(&many("250_000")).len(), 2, "{:?}", offers(&many("250_000")));
    // A missing total is stated, unless some figure somewhere is in doubt.
    let lacks = many("100").replace("id = 'A'\n", "id = 'A'\ntotal = { 2025 = 1 }\n").replace("[2026]", "[2025, 2026]");
    let fix = "objectives[A].total: state the sum of its parts for 2026".to_owned();
    assert!(safe(&lacks).contains(&fix), "{:?}", safe(&lacks));
    let doubt = "[[objectives]]\nid = 'B'\ntotal = { 2026 = 50 }\noutputs = [{ id = 'B-1', cost = { 2026 = 13 } }, { id = 'B-2', cost = { 2026 = 19 } }]\n";
    let doubted = format!("{lacks}{doubt}");
    assert!(!safe(&doubted).contains(&fix) && asked(&doubted).contains(&fix));
}

#[test]
fn a_slip_that_makes_every_share_fail_is_mended_and_the_shares_are_left_alone() {
    // The plan declares the wrong years, which is found out because most of its shares fit others. With one total slipped, too few do,
    // and each share seems to be wrong by itself.
    let text = include_str!("../plans/itu-2020-2023.toml");
    let slipped = text.replacen("2023 = 9_475_203", "2023 = 9_745_203", 1);
    let total = "objectives[I.1].total.2023: set it to 9_475_203";
    assert_eq!(safe(&slipped), [total]);
    assert!(asked(&slipped).len() > 30);
    let fixed = fix(&Rules::standard(), &slipped, &[]);
    let shares = text.replacen("share_of_objective = 59.2", "share_of_objective = 59.5", 1).replacen(
        "share_of_objective = 53.2",
        "share_of_objective = 56.2",
        1,
    );
    assert_eq!(fixed.files[0].after, shares, "{:?}", fixed.refused);
}

/// A rule whose one finding offers these fixes, and one that wants `b` to be 3 at most.
fn offering(fixes: &str) -> Rules {
    Rules::empty()
        .with_rule(
            "house/a",
            &format!("//! A.\nfn check(plan) {{ if plan.a > 5 {{ fail(plan.a, \"a is large\", [{fixes}]); }} }}"),
        )
        .with_rule("house/b", "//! B.\nfn check(plan) { expect(plan.b <= 3, plan.b, \"b is large\"); }")
}

#[test]
fn where_the_first_fix_of_a_finding_does_not_hold_the_next_is_tried() {
    let text = "a = 9\nb = 1\n";
    // The first leaves the finding, the second brings another.
    let fixes = "#{ fix: \"to 8\", set: plan.a, to: 8 }, #{ fix: \"b to 4\", set: plan.b, to: 4 }, #{ fix: \"to 5\", set: plan.a, to: 5 }, \
         #{ fix: \"to 1\", set: plan.a, to: 1 }";
    let fixed = fix(&offering(fixes), text, &["house/a"]);
    assert_eq!(fixed.files[0].after, "a = 5\nb = 1\n", "{:?}", fixed.refused);
    assert_eq!(fixed.applied.iter().map(|fix| fix.title.as_str()).collect::<Vec<_>>(), ["to 5"]);
    assert!(fixed.refused.is_empty() && !fixed.more);
    // Where none holds, each is told with its reason, once.
    let fixes = "#{ fix: \"to 8\", set: plan.a, to: 8 }, #{ fix: \"to 7\", set: plan.a, to: 7 }";
    let fixed = fix(&offering(fixes), text, &["house/a"]);
    let refused: Vec<String> = fixed.refused.iter().map(|one| format!("{}: {}", one.fix.title, one.why)).collect();
    assert_eq!(refused, ["to 8: its own finding would still be there", "to 7: its own finding would still be there"]);
    assert!(fixed.applied.is_empty() && !fixed.more);
    // Of a rule that is not named only safe fixes are tried, and a safe one goes first.
    let fixes = "#{ fix: \"to 4\", set: plan.a, to: 4 }, #{ fix: \"to 8\", safe: true, set: plan.a, to: 8 }, #{ fix: \"to 5\", safe: true, set: plan.a, to: 5 }";
    let fixed = fix(&offering(fixes), text, &[]);
    assert_eq!(fixed.files[0].after, "a = 5\nb = 1\n", "{:?}", fixed.refused);
}
