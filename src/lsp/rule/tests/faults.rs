//! What is told of a rule: its faults, and what would help it.

use super::*;

#[test]
fn a_rule_that_is_in_order_has_nothing_told_of_it() {
    assert_eq!(Folder::new().told(RULE), Vec::<String>::new());
}

#[test]
fn all_faults_are_told_with_what_was_meant() {
    let text = "
import \"lib/totls\" as totals;
const SEVERITY = \"bad\";

fn first(plan) {
    let objctive = plan.objectives;
    expct_sum(objective, 1);
    objctiv.total
}

fn second(plan) {
    let x = plan.objectivs.outputs.cst;
    if x > { 1 }
}

fn check(plan) {
    totals::of(plan);
    summ(plan.objectives.share) + params.most;
}
";
    insta::assert_snapshot!(Folder::new().told(text).join("\n"));
}

#[test]
fn a_missing_brace_is_told_where_its_function_begins() {
    let text = "//! A page.\nfn one(plan) {\n    if plan.a > 1 { 2 \n}\n\nfn check(plan) {\n    summ(plan.b)\n}\n";
    assert_eq!(
        Folder::new().told(text),
        [
            "Error 2 `one`: the function `one` is never closed | write `}` where it ends; each `{` within it needs one as well",
            "Error 7 `summ`: unknown verb `summ` | did you mean `sum`?",
        ]
    );
}

#[test]
fn what_would_help_a_rule_is_told_too() {
    let mut folder = Folder::new();
    std::fs::remove_dir_all(folder.path("rules/house/most")).unwrap();
    assert_eq!(
        folder.told("fn check(plan) { expect_sum(plan.plan.totl, plan.objectives.totals); plan.own.totl; }"),
        [
            "Warning 1 `check`: this file has no page: nobody is told what it is for | begin it with `//! A sentence that is \
         true when the rule finds nothing.`",
            "Hint 1 `check`: no case proves this rule yet | `crossfoot new case house/most fail-high` writes a first one",
            "Warning 1 `totl`: `totl` is no standard key of `plan` | did you mean `total`?",
            "Warning 1 `totals`: `totals` is no standard key of `objectives` | did you mean `total`?",
        ]
    );
}

#[test]
fn what_is_half_written_has_few_faults() {
    let mut folder = Folder::new();
    let mut shown = Vec::new();
    for body in [
        "plan.",
        "plan.objectives.",
        "let x = ",
        "for o in plan.objectives {",
        "expect_sum(plan.objectives.total, ",
        "if plan.a > 1",
        "let all = \"abc",
        "let all = `abc ${",
        "totals::",
        "tot",
        "/* a remark",
    ] {
        let told = folder.told(&rule(body));
        shown.push(format!("{body}\n    {}", told.join("\n    ")));
    }
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn shared_code_is_held_to_its_own_terms_and_seen_as_it_is_open() {
    let mut folder = Folder::new();
    let shared = folder.path("rules/lib/totals.rhai");
    assert_eq!(
        folder.told(&rule("expect_sum(totals::off(plan, 1), 1);")),
        ["Error 4 `off`: `totals` has no function `off` | it has of"]
    );
    folder.desk.set_text(&shared, SHARED.replace("fn of(", "fn off("));
    let file = folder.path("rules/house/most.rhai");
    assert_eq!(folder.desk.touched_by(&shared), std::slice::from_ref(&file));
    assert_eq!(folder.desk.diagnose(&file), []);
    folder.desk.set_text(&shared, "//! A page.\nconst HELP = \"no\";\nfn of(a) { summ(a) }\n".to_owned());
    let told: Vec<String> = folder.desk.diagnose(&shared).into_iter().map(|told| told.message).collect();
    assert_eq!(told, ["`HELP` means nothing in shared code", "unknown verb `summ`"]);
    assert_eq!(folder.desk.diagnose(&file)[0].message, "the shared code `lib/totals` does not compile");
    folder.desk.close(&shared);
    assert_eq!(folder.desk.diagnose(&file)[0].message, "`totals` has no function `off`");
}

#[test]
fn every_misspelt_verb_of_a_standard_rule_is_told() {
    let mut desk = RuleDesk::default();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/shares/money.rhai");
    let text = std::fs::read_to_string(&file).unwrap();
    desk.set_text(&file, text.replace("expect", "expct"));
    assert_eq!(desk.diagnose(&file).len(), 3);
}
