//! `crossfoot stats` as people see it, and what it makes of plans that have little to count or too much.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may panic, and write files")]

mod support;

use crossfoot::finding::{PlanStatistics, Statistics};
use crossfoot::report::{TextOptions, statistics_text};
use crossfoot::{Plan, audit};
use support::screen;

fn of(text: &str) -> PlanStatistics {
    let plan = Plan::parse("plan.toml", text);
    assert!(plan.is_toml(), "{:?}", plan.faults());
    Statistics::of(&[audit::overview(&plan)], Vec::new()).plans.remove(0)
}

fn text(plan: PlanStatistics, width: usize) -> String {
    let statistics = Statistics { plans: vec![plan], ..Statistics::of(&[], Vec::new()) };
    let (mut out, options) = (Vec::new(), TextOptions { unicode: false, width, ..TextOptions::default() });
    statistics_text(&statistics, &options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_plan_on_a_wide_screen_and_on_a_narrow_one() {
    insta::assert_snapshot!(screen(100, &["stats", "plans/itu-2020-2023.toml"]));
    insta::assert_snapshot!(screen(60, &["stats", "plans/itu-2020-2023.toml"]));
    insta::assert_snapshot!(screen(100, &["stats", "plans/teaching", "plans/nope.toml"]));
    insta::assert_snapshot!(screen(100, &["stats", "--help"]));
}

#[test]
fn no_line_is_wider_than_the_screen() {
    let itu = std::fs::read_to_string("plans/itu-2020-2023.toml").unwrap();
    for width in [40, 60, 80, 100, 140] {
        let text = text(of(&itu), width);
        let long: Vec<&str> = text.lines().filter(|line| line.chars().count() > width).collect();
        assert!(long.is_empty(), "{width}: {long:#?}");
        assert!(text.contains('#') && !text.contains('\u{2588}'));
    }
}

#[test]
fn little_or_too_much_money_is_said_and_not_guessed_at() {
    let none = of("a = 1\n");
    assert_eq!((none.money.total, none.concentration), (None, None));
    // Without years there is only the sum over all of them.
    let plan = of(
        "[[objectives]]\nid = 'A'\ntotal = { all_years = 12 }\n[[objectives]]\nid = 'B'\ntotal = { all_years = 4 }\n",
    );
    assert_eq!((plan.money.total, plan.money.years.len()), (Some(16.into()), 0));
    assert_eq!(plan.money.objectives[0].share, Some("75.0".parse().unwrap()));
    assert_eq!(plan.concentration.unwrap().over, "objectives");
    // The years add up to what is stated for all of them, and are not counted twice.
    let plan = of("[[objectives]]\nid = 'A'\ntotal = { 2026 = 5, 2027 = 7, all_years = 12 }\n");
    assert_eq!(plan.money.total, Some(12.into()));
    // A plan that states its costs as a whole and nothing below.
    let plan = of("[plan]\nyears = [2026]\ntotal = { 2026 = 9 }\n");
    assert_eq!((plan.money.total, plan.money.amounts.len()), (Some(9.into()), 1));
    let negative =
        of("[[objectives]]\nid = 'A'\ntotal = { 2026 = -5 }\n[[objectives]]\nid = 'B'\ntotal = { 2026 = 9 }\n");
    assert_eq!((negative.money.total, negative.money.objectives[0].share), (Some(4.into()), None));
    assert!(negative.money.has_negative && negative.concentration.is_none());
    let objective = |id: u8| format!("[[objectives]]\nid = {id}\ntotal = {{ 2026 = 9999999999999999999999999999 }}\n");
    let huge = of(&(0..9).map(objective).collect::<String>());
    assert_eq!((huge.money.total, huge.money.too_large), (None, true));
    assert!(text(huge, 100).contains("too large for a figure"));
}

#[test]
fn concentration_is_between_that_of_equals_and_that_of_one() {
    let outputs = |costs: &[u32]| {
        let output = |cost: &u32| format!("{{ id = 'o{cost}', cost = {{ 2026 = {cost} }} }}");
        of(&format!(
            "[[objectives]]\nid = 'A'\noutputs = [{}]\n",
            costs.iter().map(output).collect::<Vec<_>>().join(", ")
        ))
    };
    let measured = |costs: &[u32]| {
        let concentration = outputs(costs).concentration.unwrap();
        let top: Vec<String> = concentration.top.iter().map(|top| format!("{}: {}", top.largest, top.share)).collect();
        (concentration.herfindahl.to_string(), concentration.effective.to_string(), top.join(", "))
    };
    assert_eq!(measured(&[7, 7, 7, 7]), ("0.2500".into(), "4.0".into(), "1: 25.0, 3: 75.0".into()));
    assert_eq!(measured(&[8]), ("1.0000".into(), "1.0".into(), "1: 100.0".into()));
    // 0.6 and 0.4 squared are 0.36 and 0.16; what costs nothing is not there.
    assert_eq!(measured(&[60, 0, 40]), ("0.5200".into(), "1.9".into(), "1: 60.0".into()));
}

#[test]
fn risks_are_counted_by_the_words_that_the_plan_uses() {
    let plan = of(
        "[scales]\nlikelihood = ['low', 'high']\n[[risks]]\nlikelihood = 'often'\nimpact = 'grave'\n[[risks]]\ntitle = 'x'\nmitigations = [1]\n\
                   [[mitigations]]\nid = 1\nstatus = 'done'\n[[mitigations]]\nid = 2\n",
    );
    let risks = plan.risks;
    assert_eq!((risks.likelihood.len(), risks.impact.len(), risks.unrated), (3, 1, 1));
    assert_eq!(risks.cells, [[0], [0], [1]]);
    assert_eq!((risks.without_mitigation.len(), risks.without_mitigation[0].line), (1, 3));
    let statuses: Vec<(&str, usize)> = risks.by_status.iter().map(|of| (of.status.as_str(), of.count)).collect();
    assert_eq!(statuses, [("done", 1), ("", 1)]);
}
