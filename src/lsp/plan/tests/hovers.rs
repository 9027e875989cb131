//! What a hover tells.

use super::super::{View, hover};
use super::{itu, marked, view};
use crate::audit::Auditor;
use crate::live::Live;
use crate::plan::Plan;
use crate::rules::Rules;

fn told(text: &str) -> String {
    let (plan, at) = marked(text);
    hover(&view(&plan, &Rules::standard()), at).map(|hover| hover.markdown).unwrap_or_default()
}

/// What is told of a place in the ITU plan.
fn of_itu(piece: &str, more: usize) -> String {
    let plan = itu();
    let rules = Rules::standard();
    let report = Auditor::new(&rules).audit(&plan);
    let view = View { findings: report.findings.iter().collect(), ..view(&plan, &rules) };
    let at = plan.source().text().find(piece).unwrap() + more;
    hover(&view, u32::try_from(at).unwrap()).map(|hover| hover.markdown).unwrap_or_default()
}

/// Only the rules that read the figure are run, and nothing else is told by it.
#[test]
fn who_looked_is_the_same_where_an_audit_is_remembered() {
    let text = std::fs::read_to_string("plans/itu-2020-2023.toml").unwrap();
    let mut live = Live::new(Rules::standard());
    live.set_text("p", &text);
    live.check();
    // After an edit most rules did not run again, and what they read is what they read before.
    live.set_text("p", &text.replacen("9_475_203", "9_745_203", 1));
    live.check();
    let plan = live.plan("p").unwrap();
    for figure in plan.figure_ids().step_by(97) {
        let at = plan.node(figure).span().start;
        let alone = view(plan, live.rules());
        let remembered = View { memory: Some(live.memory()), ..alone.clone() };
        let told = hover(&remembered, at);
        assert!(told.is_some());
        assert_eq!(told, hover(&alone, at));
    }
}

/// What nobody read when the rules last ran is not asked of them again.
#[test]
fn rules_that_did_not_read_the_figure_are_not_run() {
    // Rules that did not run read nothing, and stand here for those that read something else.
    let rules =
        Rules::empty().with_rule("house/own", "//! A page.\nfn check(plan) { expect_present(plan, \"plan\"); }");
    let mut live = Live::new(rules);
    live.set_text(
        "p",
        "objectives = [{ id = 'A', total = { 2026 = 5 }, outputs = [{ id = 'B', cost = { 2026 = 6 } }] }]",
    );
    live.check();
    let (plan, rules) = (live.plan("p").unwrap(), Rules::standard());
    let at = u32::try_from(plan.source().text().find("5 }").unwrap()).unwrap();
    let alone = view(plan, &rules);
    let remembered = View { memory: Some(live.memory()), ..alone.clone() };
    let told = hover(&alone, at).unwrap().markdown;
    assert!(told.contains("`totals/outputs`") && told.contains("1 output makes 6"), "{told}");
    assert!(!hover(&remembered, at).unwrap().markdown.contains("`totals/outputs`"));
}

#[test]
fn a_figure_tells_what_it_is_part_of_and_who_looked() {
    insta::assert_snapshot!("itu_total", of_itu("9_742_870, 2021", 3));
    insta::assert_snapshot!("itu_share", of_itu("share_of_objective = 59.2", 23));
    insta::assert_snapshot!("itu_cell", of_itu("[9_742_870, 6_014_403", 14));
}

#[test]
fn a_name_tells_what_it_names() {
    insta::assert_snapshot!("itu_mitigation", of_itu("mitigations = [12]", 16));
    insta::assert_snapshot!("itu_path", of_itu("objectives[I.1].total.2020", 13));
    insta::assert_snapshot!("itu_scale", of_itu("impact = \"Moyen\"", 12));
    insta::assert_snapshot!("itu_output", of_itu("id = \"I.1-2\"", 8));
}

#[test]
fn a_key_tells_what_it_means() {
    assert_eq!(
        told("[[objectives]]\nto|tal = 3"),
        "**total** (table of year = amount)\n\nThe stated total of its outputs, by year."
    );
    assert_eq!(told("[[obj|ectives.outputs]]"), "**objectives** (array of tables)\n\nWhat the plan is to reach.");
    assert_eq!(told("[[objectives.out|puts]]"), "**outputs** (array of tables)\n\nThe goods and services it delivers.");
    assert!(told("[[objectives]]\nid| = 3").starts_with("**id** (text or integer, required)"));
    assert_eq!(told("[[objectives]]\nown| = 'x'"), "");
    assert_eq!(told("\"ob\\u006aec|tives\" = []"), "**objectives** (array of tables)\n\nWhat the plan is to reach.");
}

#[test]
fn what_a_plan_says_cannot_pass_for_markdown() {
    let hostile = told("mitigations = [{ id = 'a`|b', title = '# [x](http://y) *z* <b>' }]");
    assert_eq!(hostile, "**a\\`b # \\[x\\](http://y) \\*z\\* \\<b\\>**");
    let plan = Plan::parse("p", "\"`` \" = 5");
    let told = hover(&view(&plan, &Rules::empty()), 9).unwrap().markdown;
    assert!(told.starts_with("**\\`\\` **"), "{told}");
}
