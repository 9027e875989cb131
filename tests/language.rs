//! The rule language as a rule's author meets it: every verb's example, exact arithmetic, no silent wrong answer, limits
//! that hold from anywhere, failures that say where.

#![allow(clippy::unwrap_used, reason = "a test may end where something is not as expected")]

use std::collections::BTreeMap;
use std::time::Duration;

use crossfoot::finding::{FailOn, Failure, FailureKind, Severity};
use crossfoot::script::{EXAMPLE_PLAN, Limits, VERBS, Value, Verb};
use crossfoot::{Auditor, Plan, Report, Rules};

/// A plan with a value of every kind.
const KINDS: &str = r#"
figure = 7
flag = true
day = 2026-01-31
word = "seven"
one = ["x"]

[plan]
title = "Kinds"
years = [2026]
currency = "CHF"

[[objectives]]
id = "A"
share = 40
total = { 2026 = 30 }

[[objectives]]
id = "B"
share = 60
total = { 2026 = 45 }
"#;

fn audit_with(rules: &Rules, plan: &str) -> Report {
    Auditor::new(rules).today(2026, 6, 30).audit(&Plan::parse("plan.toml", plan))
}

fn audit(rule: &str, plan: &str) -> Report {
    audit_with(&Rules::empty().with_rule("house/rule", rule), plan)
}

/// The one failure of a rule that must fail.
fn failure(rule: &str, plan: &str) -> Failure {
    let report = audit(rule, plan);
    assert_eq!(report.errors.len(), 1, "{rule}\n{:?}", report.errors);
    assert_eq!(report.verdict(FailOn::Never).code(), 2);
    report.errors.into_iter().next().unwrap()
}

/// What an expression gives over a plan, as people read it; else the failure.
fn eval(expression: &str, plan: &str) -> Result<String, Box<Failure>> {
    let report =
        audit(&format!("fn check(plan) {{\n\nlet result = {{ {expression} }};\nnote(plan, `${{result}}`)\n}}"), plan);
    match report.errors.into_iter().next() {
        Some(failure) => Err(Box::new(failure)),
        None => Ok(report.findings.iter().find(|f| f.rule.starts_with("house")).unwrap().message.clone()),
    }
}

fn value(expression: &str) -> String {
    eval(expression, KINDS).unwrap_or_else(|failure| panic!("{expression}: {}", failure.message))
}

/// The error of an expression, which must stand in the line of the expression.
fn wrong(expression: &str) -> String {
    let failure = match eval(expression, KINDS) {
        Ok(value) => panic!("{expression} gives {value}, silently"),
        Err(failure) => failure,
    };
    let span = failure.span.unwrap_or_else(|| panic!("{expression}: no place: {}", failure.message));
    assert_eq!(span.start.line, 3, "{expression}: {}", failure.message);
    assert!(span.start.column >= "let result = ".len() as u32, "{expression}: column {}", span.start.column);
    failure.message
}

#[test]
fn every_example_of_a_verb_gives_what_it_says() {
    let mut wrong = Vec::new();
    for verb in VERBS {
        let checks = ["passed", "failed", "not applicable", "warning", "info"];
        let found = if checks.iter().any(|word| verb.gives.ends_with(word)) {
            let report = audit(&format!("fn check(plan) {{ {} }}", verb.example), EXAMPLE_PLAN);
            assert_eq!(report.errors, [], "{}", verb.example);
            ending(&report)
        } else {
            eval(verb.example, EXAMPLE_PLAN).unwrap_or_else(|failure| failure.message)
        };
        if found != verb.gives {
            wrong.push(format!("{}: {} gives {found}, not {}", verb.name, verb.example, verb.gives));
        }
    }
    assert!(VERBS.len() >= 40);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// How the checks of the house's rule ended, in the words of the verbs' documentation.
fn ending(report: &Report) -> String {
    let checks = report.summary.checks;
    let counted = |severity| {
        report.findings.iter().filter(|f| f.rule.starts_with("house") && f.severity == severity).count() as u64
    };
    let parts = [
        (checks.passed, "passed"),
        (checks.failed, "failed"),
        (checks.not_applicable, "not applicable"),
        (counted(Severity::Warning), "warning"),
        (counted(Severity::Info), "info"),
    ];
    let parts = parts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}"));
    parts.collect::<Vec<_>>().join(", ")
}

#[test]
fn the_example_plan_is_a_sound_plan() {
    let plan = Plan::parse("example.toml", EXAMPLE_PLAN);
    assert_eq!(plan.faults(), []);
}

#[test]
fn figures_are_decimals_and_quotients_exact() {
    for (expression, expected) in [
        ("0.1 + 0.2 == 0.3", "true"),
        ("7 / 2 == 3.5", "true"),
        ("7 / 2", "3.5"),
        ("1 - 0.9 == 0.1", "true"),
        ("7 % 2", "1"),
        ("2 ** 10", "1024"),
        ("1024 + 0.5", "1 024.5"),
        ("6 / 2", "3"),
        ("-7 / 2", "-3.5"),
        ("3 * (1 / 3) == 1", "false"),
        ("1.10 == 1.1", "true"),
        ("plan.objectives[6 / 2 - 2].id", "B"),
        ("plan.objectives[-1].id", "B"),
        ("9007199254740993 == 9007199254740992", "false"),
        ("9223372036854775807 + 0.5 > 9223372036854775807", "true"),
        ("plan.figure == 7", "true"),
        ("plan.figure / 2 == 3.5", "true"),
        ("plan.objectives.share.sum() == 100", "true"),
        ("plan.objectives[0].total[\"2026\"] + 0.5 == 30.5", "true"),
        ("plan.day < date(\"2026-02-01\")", "true"),
        ("plan.word == \"seven\"", "true"),
        ("plan.flag == true", "true"),
        ("plan.flag != false", "true"),
        ("[1, 2.0, \"x\"] == [1.0, 2, \"x\"]", "true"),
        ("[1] == [1, 2]", "false"),
        ("2 in [1, 2]", "true"),
    ] {
        assert_eq!(value(expression), expected, "{expression}");
    }
}

#[test]
fn compound_assignment_computes_as_its_operator() {
    assert_eq!(value("let a = 7; a /= 2; a"), "3.5");
    assert_eq!(value("let a = 0; for o in plan.objectives { a += o.total[\"2026\"]; } a"), "75");
    let report = audit(
        "fn check(plan) {
            let total = 0;
            for o in plan.objectives { total += o.total[\"2026\"]; }
            expect_equal(plan.objectives[0].total[\"2026\"], total);
        }",
        KINDS,
    );
    let working = report.findings[0].working.as_ref().unwrap();
    let paths: Vec<&str> = working.addends.iter().map(|addend| addend.path.as_str()).collect();
    assert_eq!(paths, ["objectives[0].total.2026", "objectives[1].total.2026"]);
    let failure = failure("fn check(plan) {\n    let a = 1;\n    a += \"x\";\n}", KINDS);
    assert_eq!(failure.span.unwrap().start.line, 3);
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Is {
    Number,
    Amount,
    Share,
    Text,
    Boolean,
    Date,
    /// Nothing that any operator takes.
    Nothing,
    /// An array of the rule, which is compared element by element.
    Array,
}

/// Expressions of every kind.
const EXPRESSIONS: [(&str, Is); 24] = [
    ("1", Is::Number),
    ("1.5", Is::Number),
    ("plan.figure", Is::Number),
    ("plan.plan.years[0]", Is::Number),
    ("count(plan.objectives)", Is::Number),
    ("plan.objectives[0].total[\"2026\"]", Is::Amount),
    ("sum(plan.objectives.total[\"2026\"])", Is::Amount),
    ("plan.objectives[0].share", Is::Share),
    ("percent_of(plan.objectives[0].share, plan.objectives[1].share)", Is::Share),
    ("plan.word", Is::Text),
    ("\"seven\"", Is::Text),
    ("'s'", Is::Text),
    ("plan.flag", Is::Boolean),
    ("true", Is::Boolean),
    ("plan.day", Is::Date),
    ("today()", Is::Date),
    ("plan.absent", Is::Nothing),
    ("sum(plan.absent.cost)", Is::Nothing),
    ("plan.objectives.share", Is::Nothing),
    ("plan.objectives[0]", Is::Nothing),
    ("()", Is::Nothing),
    ("#{ a: 1 }", Is::Nothing),
    ("|x| x", Is::Nothing),
    ("[1, 2]", Is::Array),
];

const ARITHMETIC: [&str; 6] = ["+", "-", "*", "/", "%", "**"];
const COMPARISON: [&str; 6] = ["==", "!=", "<", "<=", ">", ">="];

/// Whether an operator has an answer for two kinds.
fn may(left: Is, operator: &str, right: Is) -> bool {
    use Is::{Amount, Array, Boolean, Date, Number, Share, Text};
    let figures = |is: Is| matches!(is, Number | Amount | Share);
    match (left, operator, right) {
        (Array, "==" | "!=", Array) | (Boolean, "==" | "!=", Boolean) | (Text, "+" | "==" | "!=", Text) => true,
        // Texts have no order: "high" would come before "low".
        (Text, _, Text) => false,
        (Date, _, Date) => COMPARISON.contains(&operator),
        (_, "%" | "**", _) => false,
        (a, "*", b) => figures(a) && figures(b) && (a == Number || b == Number),
        (a, "/", b) => figures(a) && figures(b) && (b == Number || a == b),
        (a, _, b) => figures(a) && figures(b) && (a == b || a == Number || b == Number),
    }
}

/// Every pair of kinds with every operator: an answer where there is one, else an error with its place.
#[test]
fn no_operator_gives_a_silent_wrong_answer() {
    let mut wrong = Vec::new();
    let mut tried = 0;
    for (left, left_is) in EXPRESSIONS {
        let mut rules = Rules::empty();
        let mut expected = BTreeMap::new();
        for (right, right_is) in EXPRESSIONS {
            for operator in ARITHMETIC.into_iter().chain(COMPARISON) {
                // Remainders and powers are for a rule's own constants and have a test of their own.
                if ["%", "**"].contains(&operator) && left_is == Is::Number && right_is == Is::Number {
                    continue;
                }
                tried += 1;
                let id = format!("house/{tried}");
                let expression = format!("({left}) {operator} ({right})");
                rules = rules.with_rule(&id, &format!("fn check(plan) {{\n\n  let x = {expression};\n}}"));
                expected.insert(id, (expression, may(left_is, operator, right_is)));
            }
        }
        let report = audit_with(&rules, KINDS);
        let failures: BTreeMap<&str, &Failure> =
            report.errors.iter().map(|failure| (failure.rule.as_deref().unwrap(), failure)).collect();
        for (id, (expression, may)) in &expected {
            let problem = match (failures.get(id.as_str()), may) {
                (None, true) => continue,
                (None, false) => "gives an answer".to_owned(),
                (Some(failure), true) => format!("fails: {}", failure.message),
                (Some(failure), false) => match failure.span {
                    Some(span) if span.start.line == 3 && span.start.column > 3 && failure.message.len() > 10 => {
                        continue;
                    }
                    place => format!("fails at {place:?}: {}", failure.message),
                },
            };
            wrong.push(format!("{expression} {problem}"));
        }
    }
    assert!(tried > 6_000, "{tried}");
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
}

#[test]
fn an_error_of_kinds_names_both_values_and_its_operator_s_place() {
    let failure =
        failure("fn check(plan) {\n    let o = plan.objectives[0];\n    if o.share > o.total[\"2026\"] { }\n}", KINDS);
    assert_eq!(failure.message, "a share in percent and an amount in CHF cannot be compared");
    let start = failure.span.unwrap().start;
    assert_eq!((start.line, start.column), (3, 16));
    assert_eq!(failure.looking_at.as_deref(), Some("plan.toml: objectives[A].total"));
    assert_eq!(failure.kind, FailureKind::RuleRun);
    assert_eq!(failure.rule.as_deref(), Some("house/rule"));
}

#[test]
fn shares_and_amounts_are_told_apart_only_where_units_are_declared() {
    let plan = KINDS.replace("currency = \"CHF\"", "");
    assert_eq!(eval("plan.objectives[0].total[\"2026\"] + 1", &plan).unwrap(), "31");
    assert!(wrong("plan.objectives[0].share + plan.objectives[0].total[\"2026\"]").contains("CHF"));
    assert!(wrong("sum([plan.objectives[0].share, plan.objectives[0].total[\"2026\"]])").contains("CHF"));
    assert!(wrong("agrees(plan.objectives[0].share, plan.objectives[0].total[\"2026\"])").contains("CHF"));
    assert!(wrong("percent_of(plan.objectives[0].share, plan.objectives[0].total[\"2026\"])").contains("CHF"));
    let both = failure(
        "fn check(plan) { expect_equal(plan.objectives[0].share, plan.objectives[0].total[\"2026\"]); }",
        KINDS,
    );
    assert!(both.message.contains("CHF"), "{}", both.message);
}

#[test]
fn conditions_are_booleans_and_nothing_else_is_true_or_false() {
    for condition in ["1", "0", "\"\"", "()", "plan.absent", "plan.figure", "[]", "plan.objectives"] {
        for statement in [
            format!("if {condition} {{ 1 }} else {{ 2 }}"),
            format!("!({condition})"),
            format!("true && {condition}"),
            format!("false || {condition}"),
            format!("let all = plan.objectives; all.filter(|o| {condition})"),
        ] {
            wrong(&statement);
        }
    }
    for sign in
        ["-\"x\"", "-plan.word", "-plan.absent", "-plan.objectives", "-true", "+\"x\"", "-()", "-[]", "+plan.flag"]
    {
        wrong(sign);
    }
}

/// The engine's words for what is no boolean never reach the author; what to write does.
#[test]
fn a_boolean_of_the_plan_is_asked_for_with_an_operator() {
    assert_eq!(value("if plan.flag == true { 1 } else { 2 }"), "1");
    for condition in ["if plan.flag { 1 }", "plan.flag && true", "!plan.flag"] {
        let failure = eval(condition, KINDS).unwrap_err();
        let said = format!("{} {}", failure.message, failure.help.unwrap_or_default());
        assert!(said.contains("boolean") && said.contains("== true"), "{condition}: {said}");
        assert!(!said.contains("::"), "{condition}: {said}");
    }
}

#[test]
fn what_is_too_large_or_divides_by_zero_is_never_a_number() {
    for expression in [
        "9223372036854775807 + 1",
        "-9223372036854775807 - 2",
        "9223372036854775807 * 2",
        "2 ** 64",
        "7 % 0",
        "2 ** -1",
    ] {
        let message = wrong(expression);
        assert!(!message.is_empty(), "{expression}");
    }
    // A quotient by zero is not applicable: it goes through arithmetic as what is absent, and no comparison takes it.
    assert_eq!(value("(1 / 0).is_empty()"), "true");
    assert_eq!(value("(1 / 0 + 5).is_empty()"), "true");
    wrong("1 / 0 == 1");
    wrong("1 / 0 > 1");
    let report = audit("fn check(plan) { expect_equal(plan.figure, plan.figure / 0); }", KINDS);
    assert_eq!(ending(&report), "1 not applicable");
}

#[test]
fn nodes_are_chosen_by_what_a_path_under_them_leads_to() {
    for (expression, expected) in [
        ("plan.objectives.having(\"total.2026\").id", "A, B"),
        ("plan.objectives.having(\"total.2031\").is_empty()", "true"),
        ("plan.objectives.lacking(\"total.2031\").id", "A, B"),
        ("plan.objectives.lacking(\"note\").id", "A, B"),
        ("plan.having(\"objectives[B].share\").plan.title", "Kinds"),
        ("count(plan.absent.having(\"share\"))", "0"),
        ("count(plan.absent.lacking(\"share\"))", "0"),
        ("plan.objectives.map(|o| o.share + 1).join(\" \")", "41 61"),
        ("count(plan.absent.map(|o| o.share))", "0"),
        ("plan.objectives.total.values()", "30, 45"),
        ("sum(plan.objectives.total.values())", "75"),
        ("plan.word.values().is_empty()", "true"),
    ] {
        assert_eq!(value(expression), expected, "{expression}");
    }
    let plan = "[[a]]\nid = 1\nb = []\n[[a]]\nid = 2\nb = [{ c = [] }, { c = [7] }]\n[[a]]\nid = 3\n[[a]]\nid = 4\nb = [[5]]\n";
    assert_eq!(eval("plan.a.having(\"b\").id", plan).unwrap(), "2, 4", "an empty array holds nothing");
    assert_eq!(eval("plan.a.lacking(\"b\").id", plan).unwrap(), "1, 3");
    assert_eq!(eval("plan.a.having(\"b.c\").id", plan).unwrap(), "2");
    assert_eq!(eval("plan.a.lacking(\"b[1].c\").id", plan).unwrap(), "1, 3, 4");
    let misspelt = wrong("plan.objectives.lacking(\"shares.x\")");
    assert!(misspelt.contains("did you mean `share`?"), "{misspelt}");
    assert!(wrong("plan.objectives.having(\"a[\")").contains("`having`: \"a[\" is no path"));
    assert!(wrong("sum(plan.objectives.total)").contains("`.values()`"));
}

#[test]
fn a_figure_for_reading_is_rounded_and_no_figure_any_more() {
    for (expression, expected) in [
        ("text(2.5, 0)", "3"),
        ("text(-2.5, 0)", "-3"),
        ("text(0.25, 1)", "0.3"),
        ("text(1234567.891, 2)", "1 234 567.89"),
        ("text(plan.figure, 2)", "7.00"),
        ("text(percent_of(plan.figure, 24), 1)", "29.2"),
        ("`${text(plan.absent, 1)}`", "(absent)"),
    ] {
        assert_eq!(value(expression), expected, "{expression}");
    }
    assert!(wrong("text(2.5, 0) > 2").contains("different kinds"));
    assert!(wrong("text(2.5, -1)").contains("0 to 28 places"));
    assert!(wrong("text(2.5, 29)").contains("0 to 28 places"));
    assert!(wrong("text(plan.word, 1)").contains("`text` wants a figure"));
}

#[test]
fn whether_something_is_there_can_be_asked_of_anything() {
    for (expression, expected) in [
        ("().is_empty()", "true"),
        ("sum([]).is_empty()", "true"),
        ("sum([plan.absent]).is_empty()", "true"),
        ("sum(plan.objectives.share).is_empty()", "false"),
        ("3.is_empty()", "false"),
        ("\"\".is_empty()", "true"),
        ("plan.word.is_empty()", "false"),
        ("[].is_empty()", "true"),
        ("today().is_empty()", "false"),
    ] {
        assert_eq!(value(expression), expected, "{expression}");
    }
    for comparison in ["plan.figure == ()", "() == plan.absent", "plan.objectives == ()", "3 == ()"] {
        assert!(wrong(comparison).contains("ask `x.is_empty()`"), "{comparison}");
    }
    assert!(wrong("plan.figure != ()").contains("ask `!x.is_empty()`"));
    let report = audit("fn check(plan) { expect_equal(plan.figure, sum([])); }", KINDS);
    assert_eq!(ending(&report), "1 not applicable");
}

#[test]
fn what_is_absent_is_as_documented() {
    assert_eq!(value("plan.objectives[0].total[\"2031\"].is_empty()"), "true");
    assert_eq!(value("count(plan.absent.of.anything)"), "0");
    assert_eq!(value("let n = 0; for x in plan.absent { n += 1; } n"), "0");
    assert_eq!(value("sum(plan.absent).is_empty()"), "true");
    assert_eq!(value("min(plan.absent).is_empty()"), "true");
    assert_eq!(value("abs(plan.absent).is_empty()"), "true");
    assert_eq!(value("percent_of(plan.absent, plan.figure).is_empty()"), "true");
    assert_eq!(value("date(plan.absent).is_empty()"), "true");
    assert!(wrong("plan.absent.cost + 1").contains("absent"));
    assert!(wrong("plan.absent == 0").contains(".is_empty()"));
    assert!(wrong("agrees(plan.absent, 1)").contains("absent"));
    assert!(wrong("matches(plan.absent, \"x\")").contains("absent"));
    for check in [
        "expect_equal(plan.absent, 1)",
        "expect_equal(plan.figure, sum(plan.absent))",
        "expect_sum(plan.absent, plan.objectives.share)",
        "expect_sum(plan.figure, plan.absent)",
        "expect_range(plan.absent, 0, 1)",
        "expect_in(plan.absent, [1])",
        "expect_in(plan.word, plan.absent)",
        "expect_unique(plan.absent)",
        "expect_present(plan.absent, \"id\")",
    ] {
        assert_eq!(ending(&audit(&format!("fn check(plan) {{ {check}; }}"), KINDS)), "1 not applicable", "{check}");
    }
}

#[test]
fn a_message_names_the_item_and_the_key_of_its_place() {
    let plan = "own = 3\n[[objectives]]\nid = 'A'\noutputs = [{ id = 'A-1', cost = { 2026 = 4 } }]\n";
    let rule = "fn check(plan) {
        expect_equal(plan.objectives.outputs.cost[\"2026\"], 5 + plan.own, \"{id}, {key}: {id}\");
        fail(plan.own, \"{key} of {id}\");
    }";
    let messages: Vec<String> = audit(rule, plan).findings.into_iter().map(|finding| finding.message).collect();
    assert_eq!(messages, ["own of own", "A-1, 2026: A-1"]);
}

#[test]
fn a_check_that_fails_on_something_absent_points_to_where_it_was_asked() {
    let report = audit("fn check(plan) { fail(plan.objectives[1].owner, \"no owner\"); }", KINDS);
    assert_eq!(report.findings[0].path, "objectives[1]");
}

/// Limits that are reached in no time.
fn small() -> Limits {
    Limits { operations: 20_000, deadline: Duration::from_secs(60), ..Limits::STANDARD }
}

/// How a rule that must reach a limit ends: with a failure, never as passed.
fn limited(limits: Limits, body: &str) -> Failure {
    let rules = Rules::with_limits(limits).with_rule("house/rule", body);
    let report = audit_with(&rules, KINDS);
    assert_eq!(report.errors.len(), 1, "not stopped: {body}\n{:?}", report.findings);
    assert_eq!(report.verdict(FailOn::Never).code(), 2);
    report.errors.into_iter().next().unwrap()
}

#[test]
fn a_rule_that_uses_too_many_operations_is_stopped_from_anywhere() {
    for body in [
        "loop { let x = 1; }",
        "let n = 0; while true { n += 1; }",
        "for n in 0..9000000000 { }",
        "let n = 0; do { n += 1; } until false;",
        "plan.objectives.filter(|o| { loop { } true });",
        "[1].map(|x| { loop { } x });",
        "[1].filter(|x| { loop { } true });",
        "[[1].map(|x| [1].filter(|y| { loop { } true }))].map(|z| z);",
        "let f = || { loop { } }; f.call();",
        "again(plan);",
    ] {
        let again = if body.contains("again") { "fn again(plan) { loop { } }\n" } else { "" };
        let failure = limited(small(), &format!("{again}fn check(plan) {{ expect(true, plan, \"\"); {body} }}"));
        assert_eq!(failure.message, "the rule was stopped: it used more than 20000 operations", "{body}");
        assert_eq!(failure.kind, FailureKind::RuleRun);
        assert!(failure.span.is_some(), "no place: {body}");
        assert!(failure.help.is_some(), "{body}");
    }
}

#[test]
fn a_rule_that_takes_too_long_is_stopped() {
    let limits = Limits { deadline: Duration::from_millis(50), ..Limits::STANDARD };
    for body in ["loop { }", "plan.objectives.filter(|o| { loop { } true });"] {
        let failure = limited(limits, &format!("fn check(plan) {{ {body} }}"));
        assert_eq!(failure.message, "the rule was stopped: it took longer than 0.05 s", "{body}");
    }
}

/// Verbs that do a lot of work in one operation are held to the deadline as well.
#[test]
fn a_deadline_holds_over_verbs_that_are_slow_by_themselves() {
    let limits = Limits { deadline: Duration::from_millis(200), ..Limits::STANDARD };
    let started = std::time::Instant::now();
    for doublings in [7, 10] {
        let failure = limited(
            limits,
            &format!(
                "fn check(plan) {{ let t = \"abcdefgh\"; for n in 0..{doublings} {{ t += t; }} loop {{ distance(t, t); }} }}"
            ),
        );
        let refused = failure.message.contains("too long");
        assert!(refused || failure.message.starts_with("the rule was stopped"), "{}", failure.message);
    }
    assert!(started.elapsed() < Duration::from_secs(60), "stopped only after {:?}", started.elapsed());
}

#[test]
fn a_rule_that_was_stopped_keeps_what_it_found_and_is_not_passed() {
    let rules = Rules::with_limits(small())
        .with_rule("house/endless", "fn check(plan) { warn(plan, \"before\"); loop { } }")
        .with_rule("house/sound", "fn check(plan) { expect(true, plan, \"\"); }");
    let report = audit_with(&rules, KINDS);
    assert_eq!(report.findings.iter().filter(|f| f.message == "before").count(), 1);
    let stopped: Vec<(&str, bool)> = report.rules.iter().map(|rule| (rule.rule.as_ref(), rule.stopped)).collect();
    assert_eq!(stopped, [("house/endless", true), ("house/sound", false)]);
    assert_eq!(report.rules[0].checks.passed, 0);
    assert_eq!(report.summary.checks.passed, 1);
}

#[test]
fn depth_of_calls_is_limited() {
    let deep = "fn down(n) { down(n + 1) }\nfn check(plan) { down(0); }";
    let failure = limited(Limits::STANDARD, deep);
    assert_eq!(failure.message, "functions call each other more than 32 levels deep");
    // The engine keeps no calls of a rule that ran out of them, but the place is the one that made the last.
    assert_eq!(failure.span.unwrap().start.line, 1);
    let failure = limited(Limits::STANDARD, "fn down(x) { [x].map(|y| down(y)) }\nfn check(plan) { down(1); }");
    assert!(failure.message.contains("levels deep"), "{}", failure.message);
    // The engine's own limit in a debug build is eight.
    let fine = "fn down(n) { if n > 0 { down(n - 1) } }\nfn check(plan) { down(20); expect(true, plan, \"\"); }";
    assert_eq!(ending(&audit(fine, KINDS)), "1 passed");
}

#[test]
fn depth_of_expressions_is_limited() {
    let nested = |n: usize| format!("fn check(plan) {{ let x = {}1{}; }}", "(1 + ".repeat(n), ")".repeat(n));
    assert_eq!(audit(&nested(20), KINDS).errors, []);
    for rule in [
        nested(200),
        nested(3_000),
        format!("fn check(plan) {{ let x = {}1{}; }}", "[".repeat(200), "]".repeat(200)),
        format!("fn check(plan) {{ {} {} }}", "if true { ".repeat(200), "}".repeat(200)),
        format!("fn check(plan) {{ let x = {}1; }}", "-".repeat(200)),
        format!("fn check(plan) {{ let x = {}true; }}", "!".repeat(200)),
        format!("fn check(plan) {{ let x = plan{}; }}", ".a".repeat(5_000)),
        format!("fn check(plan) {{ let x = {}1; }}", "|x| ".repeat(200)),
    ] {
        let failure = failure(&rule, KINDS);
        assert_eq!(failure.kind, FailureKind::RuleCompile, "{}", &rule[..60]);
        assert!(failure.span.is_some(), "{}: {}", &rule[..60], failure.message);
    }
}

#[test]
fn sizes_are_limited() {
    for (body, word) in [
        ("let t = \"ab\"; loop { t += t; }", "text"),
        ("let t = \"ab\"; loop { t = t + t; }", "text"),
        ("let t = \"ab\"; loop { t = `${t}${t}`; }", "text"),
        ("let t = \"ab\"; loop { t = [t, t].join(\"\"); }", "text"),
        ("let a = []; loop { a.push(1); }", "array"),
        ("let a = []; loop { push(a, 1); }", "array"),
        ("let a = [1]; loop { a = [a, a]; }", "array"),
        ("let m = #{ a: 1 }; loop { m = #{ a: m, b: m }; }", "map"),
    ] {
        for body in [body.to_owned(), format!("plan.objectives.filter(|o| {{ {body} true }});")] {
            let failure = limited(Limits::STANDARD, &format!("fn check(plan) {{ {body} }}"));
            assert!(failure.message.contains(word), "{body}: {}", failure.message);
            // Of a text that grows inside a verb the engine does not tell where.
            assert!(failure.span.is_some() || word == "text", "{body}: {}", failure.message);
        }
    }
}

/// The engine checks no size where a value is put into a place by its index or key.
#[test]
fn sizes_are_limited_where_a_place_is_assigned_too() {
    let limits = Limits { text: 1_000, array: 100, map: 10, ..Limits::STANDARD };
    for body in [
        "let m = #{}; for n in 0..5000 { m[`k${n}`] = n; }",
        "let t = `x`; for n in 0..9 { t += t; } let a = [0, 0, 0, 0, 0, 0]; for n in 0..6 { a[n] = t + n; }",
        "let b = []; for n in 0..90 { b.push(n); } let a = [0, 0, 0, 0, 0, 0]; for n in 0..6 { a[n] = b; }",
    ] {
        limited(limits, &format!("fn check(plan) {{ {body} }}"));
    }
}

/// A function given to a verb may read what the verb was called on: a selection is a value. Of an array it may not, and
/// the words say what to write.
#[test]
fn a_function_may_read_the_selection_that_its_verb_was_called_on() {
    let rule = "fn check(plan) {
        let of = plan.objectives.filter(|o| plan.figure == 7 && count(plan.objectives.filter(|p| p.share > o.share)) == 0);
        expect(of.id == \"B\", plan, \"\");
    }";
    assert_eq!(ending(&audit(rule, KINDS)), "1 passed");
    let report = audit("fn check(plan) { let a = [1, 2]; let b = a.filter(|x| count(a) > x); }", KINDS);
    for failure in report.errors {
        let help = failure.help.unwrap_or_default();
        assert!(!failure.message.contains("race") && !help.is_empty(), "{} / {help}", failure.message);
    }
}

/// The limits that an embedding program gives hold in verbs as they do in the engine.
#[test]
fn limits_that_are_given_hold_in_verbs_too() {
    let limits = Limits { text: 100, array: 10, map: 5, ..small() };
    for body in [
        "let t = \"ab\"; for n in 0..8 { t += t; }",
        "let t = \"ab\"; for n in 0..8 { t = t + t; }",
        "let a = []; for n in 0..20 { a.push(n); }",
        "let a = split(\"1,2,3,4,5,6,7,8,9,10,11,12\", \",\");",
        "let t = [\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\", \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"].join(\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\");",
    ] {
        limited(limits, &format!("fn check(plan) {{ {body} }}"));
    }
}

/// A verb never gives less than it says because of a limit: it fails.
#[test]
fn a_verb_that_would_give_too_much_fails_and_is_not_cut_short() {
    let failure = limited(
        Limits::STANDARD,
        "fn check(plan) {
            let t = \",\";
            for n in 0..14 { t += t; }
            expect(split(t, \",\").count() == 10000, plan, \"\");
        }",
    );
    assert!(failure.message.contains("10000") || failure.message.contains("large"), "{}", failure.message);
    let plan = format!("n = [{}]\n", "1, ".repeat(20_000));
    for body in ["plan.n.texts()", "plan.n.texts().count() == 10000", "plan.n.texts().map(|x| x)"] {
        let report = audit(&format!("fn check(plan) {{ let x = {body}; }}"), &plan);
        assert_eq!(report.errors.len(), 1, "{body}");
    }
    // Whole selections have no such limit: they are handles.
    let report = audit("fn check(plan) { expect(sum(plan.n) == 20000 && count(plan.n) == 20000, plan, \"\"); }", &plan);
    assert_eq!(ending(&report), "1 passed");
}

#[test]
fn variables_functions_source_and_tokens_are_limited() {
    let many = |n: usize| (0..n).map(|n| format!("let v{n} = {n}; ")).collect::<String>();
    assert_eq!(audit(&format!("fn check(plan) {{ {} }}", many(200)), KINDS).errors, []);
    let failure_of = |rule: &str, word: &str| {
        let failure = failure(rule, KINDS);
        assert!(failure.message.contains(word), "{word}: {}", failure.message);
        failure
    };
    failure_of(&format!("fn check(plan) {{ {} }}", many(300)), "variables");
    let functions: String = (0..70).map(|n| format!("fn f{n}() {{ }}\n")).collect();
    failure_of(&format!("{functions}fn check(plan) {{ }}"), "functions");
    let long = format!("fn check(plan) {{ }} // {}", "x".repeat(70_000));
    assert_eq!(failure_of(&long, "65536 bytes").kind, FailureKind::RuleCompile);
    let limits = Limits { tokens: 1_000, ..Limits::STANDARD };
    let tokens = format!("fn check(plan) {{ let x = [{}]; }}", "1,".repeat(2_000));
    let report = audit_with(&Rules::with_limits(limits).with_rule("house/rule", &tokens), KINDS);
    assert_eq!(report.errors[0].message, "the rule is too long: it has more than 1000 tokens");
    let findings = Limits { findings: 10, ..small() };
    let failure = limited(findings, "fn check(plan) { for n in 0..20 { warn(plan, `${n}`); } }");
    assert_eq!(failure.message, "the rule made more than 10 findings");
}

/// Limits are constants: nothing about them depends on the build.
#[test]
fn the_standard_limits_are_what_the_documentation_says() {
    let expected = Limits {
        operations: 20_000_000,
        deadline: Duration::from_secs(10),
        call_depth: 32,
        expression_depth: 64,
        text: 65_536,
        array: 10_000,
        map: 1_000,
        variables: 256,
        functions: 64,
        imports: 64,
        source: 65_536,
        tokens: 50_000,
        findings: 10_000,
    };
    assert_eq!(Limits::STANDARD, expected);
    assert_eq!(Limits::default(), expected);
}

#[test]
fn a_failing_rule_never_stops_the_others() {
    let rules = Rules::empty()
        .with_rule("a/broken", "fn check(plan) { let x = ; }")
        .with_rule("b/fails", "fn check(plan) { expect(true, plan, \"\"); plan.word + 1; expect(true, plan, \"\"); }")
        .with_rule("c/unknown", "fn check(plan) { expekt(true, plan, \"\"); }")
        .with_rule("d/sound", "fn check(plan) { expect(false, plan, \"found\"); }");
    let report = audit_with(&rules, KINDS);
    let failed: Vec<(&str, FailureKind)> =
        report.errors.iter().map(|failure| (failure.rule.as_deref().unwrap(), failure.kind)).collect();
    assert_eq!(failed.len(), 3, "{failed:?}");
    assert!(failed.contains(&("a/broken", FailureKind::RuleCompile)));
    assert!(failed.contains(&("b/fails", FailureKind::RuleRun)));
    assert!(failed.contains(&("c/unknown", FailureKind::RuleCompile)));
    assert!(report.findings.iter().any(|finding| finding.message == "found"));
    assert_eq!(report.verdict(FailOn::Never).code(), 2);
}

#[test]
fn a_failure_has_the_calls_that_led_there_and_the_node_looked_at() {
    let rule = "fn inner(o) {
    o.title + 1
}
fn outer(o) {
    inner(o)
}
fn check(plan) {
    for o in plan.objectives.filter(|o| o.share > 50) {
        outer(o);
    }
}";
    let failure = failure(rule, &KINDS.replace("id = \"B\"", "id = \"B\"\ntitle = \"T\""));
    assert!(failure.message.starts_with("`+` cannot take the text \"T\" and the number 1"), "{}", failure.message);
    let start = failure.span.unwrap().start;
    assert_eq!((start.line, start.column), (2, 13));
    let stack: Vec<(&str, u32)> = failure.stack.iter().map(|frame| (frame.function.as_str(), frame.line)).collect();
    assert_eq!(stack, [("inner", 5), ("outer", 9)]);
    assert_eq!(failure.looking_at.as_deref(), Some("plan.toml: objectives[B]"));
}

#[test]
fn a_failure_inside_a_function_given_to_a_verb_has_its_place() {
    let failure = failure("fn check(plan) {\n    plan.objectives.filter(|o|\n        o.share == \"x\");\n}", KINDS);
    assert_eq!(failure.span.unwrap().start.line, 3, "{failure:?}");
    assert!(failure.stack.iter().any(|frame| frame.function == "a function given to a verb"), "{:?}", failure.stack);
    assert_eq!(failure.looking_at.as_deref(), Some("plan.toml: objectives[A]"));
}

#[test]
fn what_the_language_leaves_out_is_refused_in_words() {
    for (body, symbol) in [
        ("eval(\"1\")", "eval"),
        ("try { 1 } catch { 2 }", "try"),
        ("switch 1 { 1 => 2, _ => 3 }", "switch"),
        ("export plan;", "export"),
        ("let f = Fn(\"x\");", "Fn"),
    ] {
        let failure = failure(&format!("fn check(plan) {{\n    {body}\n}}"), KINDS);
        assert_eq!(failure.message, format!("`{symbol}` is not part of the rule language"), "{body}");
        assert_eq!(failure.kind, FailureKind::RuleCompile);
        assert_eq!(failure.span.unwrap().start.line, 2, "{body}");
        assert!(failure.help.is_some(), "{body}");
    }
    for body in [
        "sleep(1)",
        "exit(1)",
        "parse_json(\"1\")",
        "timestamp()",
        "pad([], 5, 1)",
        "replace(\"a\", \"b\", \"c\")",
        "to_json(#{})",
    ] {
        let failure = failure(&format!("fn check(plan) {{ {body}; }}"), KINDS);
        assert!(failure.message.starts_with("unknown verb `"), "{body}: {}", failure.message);
        assert_eq!(failure.kind, FailureKind::RuleCompile, "{body}");
    }
}

#[test]
fn an_unknown_verb_is_found_before_anything_runs_and_near_ones_are_named() {
    for (call, meant) in
        [("expct_equal(1, 2)", "expect_equal"), ("plan.objectives.filtr(|o| true)", "filter"), ("cuont(plan)", "count")]
    {
        let failure = failure(&format!("fn check(plan) {{\n    if false {{ {call}; }}\n}}"), KINDS);
        assert_eq!(failure.kind, FailureKind::RuleCompile);
        assert_eq!(failure.help, Some(format!("did you mean `{meant}`?")), "{call}");
        assert_eq!(failure.span.unwrap().start.line, 2);
    }
    let nested = failure("fn check(plan) { [1].map(|x| [x].map(|y| { if false { return nothere(y); } y })); }", KINDS);
    assert_eq!(nested.message, "unknown verb `nothere`");
    let method = failure("fn check(plan) { let x = plan.objectives[0].title.trimm(); }", KINDS);
    assert_eq!(method.help.as_deref(), Some("did you mean `trim`?"));
    // Two slips are told at once.
    let report = audit("fn check(plan) {\n    cuont(plan);\n    summ(plan);\n}", KINDS);
    assert_eq!(report.errors.len(), 2);
}

#[test]
fn a_verb_called_wrongly_says_how_it_is_called() {
    for (call, part) in [
        ("expect(plan)", "expect(condition, node, message)"),
        ("expect_equal(1)", "expect_equal(stated, computed)"),
        ("plan.objectives.filter(1)", "filter(selection, |node| boolean)"),
        ("plan.objectives.find(true)", "find(selection, id)"),
        ("expect(1, plan, \"\")", "expect(condition, node, message)"),
        ("sum(1)", "sum(selection or array)"),
        ("warn(plan, 1)", "warn(node, message)"),
    ] {
        let failure = failure(&format!("fn check(plan) {{\n    {call};\n}}"), KINDS);
        let help = failure.help.clone().unwrap_or_default();
        assert!(help.contains(part), "{call}: {} / {help}", failure.message);
        assert_eq!(failure.span.unwrap().start.line, 2);
        for word in ["i64", "Dynamic", "ImmutableString", "FnPtr", "rhai", "core::", "alloc::"] {
            assert!(!failure.message.contains(word) && !help.contains(word), "{call}: {}", failure.message);
        }
    }
}

#[test]
fn a_rule_file_that_is_no_rule_is_refused_with_its_place() {
    for (rule, message, line) in [
        ("fn chek(plan) { }", "the rule has no function `check`", None),
        ("", "the rule has no function `check`", None),
        ("fn check() { }", "`check` takes 0 parameters", None),
        ("fn check(a, b, c) { }", "`check` takes 3 parameters", None),
        ("fn check(plan) { }\nfn sum(x) { 1 }", "the function `sum` has the name of a verb", None),
        ("fn check(plan) { }\nlet x = 1;", "a statement outside of a function is never run", Some(2)),
        ("fn check(plan) { }\n\nwarn(1, \"\");", "a statement outside of a function is never run", Some(3)),
        ("const LIMIT = 1;\nfn check(plan) { }", "the constant `LIMIT` is visible to no function", Some(1)),
        ("const SEVERITY = \"eror\";\nfn check(plan) { }", "SEVERITY:", None),
        ("const SEVERITY = 1;\nfn check(plan) { }", "SEVERITY must be a text", None),
        ("const PARAMS = 1;\nfn check(plan) { }", "PARAMS must be a map", None),
        ("const HELP = 1 + 1;\nfn check(plan) { }", "`HELP` must be written out", Some(1)),
        ("fn check(plan) {\n    let x = limit;\n}", "`limit` is not known here", Some(2)),
        ("fn check(plan) {\n    x = 1;\n}", "`x` is not known here", Some(2)),
        ("fn check(plan) {\n    let x = ;\n}", "", Some(2)),
        ("fn check(plan) {\n    let x = \"abc;\n}", "", Some(2)),
        ("fn check(plan) {\n    let x = 1e-3;\n}", "", Some(2)),
        ("fn check(plan) {\n    if true {\n}", "", Some(3)),
    ] {
        let report = audit(rule, KINDS);
        let found = report.errors.iter().find(|failure| failure.message.starts_with(message));
        let failure = found.unwrap_or_else(|| panic!("{rule}: {:?}", report.errors));
        assert_eq!(failure.kind, FailureKind::RuleCompile);
        if let Some(line) = line {
            assert_eq!(failure.span.map(|span| span.start.line), Some(line), "{rule}: {}", failure.message);
        }
        assert_eq!(report.rules.len(), 0, "{rule}");
    }
}

/// Faults that concern a whole function point to it.
#[test]
fn faults_of_functions_have_a_place() {
    for (rule, line) in [
        ("fn check(plan) { }\nfn sum(x) { 1 }", 2),
        ("\nfn check(a, b, c) { }", 2),
        ("\n\nconst SEVERITY = \"eror\";\nfn check(plan) { }", 3),
        ("\nconst PARAMS = 1;\nfn check(plan) { }", 2),
    ] {
        // A text given to `with_rule` loses its leading line ends, a file does not: here a comment holds them.
        let rule = rule.replacen('\n', "// first\n", usize::from(rule.starts_with('\n')));
        let failure = failure(&rule, KINDS);
        assert_eq!(failure.span.map(|span| span.start.line), Some(line), "{rule}: {}", failure.message);
    }
}

#[test]
fn two_rules_of_one_id_are_a_failure_and_the_first_runs() {
    let rules = Rules::empty()
        .with_rule("house/rule", "fn check(plan) { warn(plan, \"first\"); }")
        .with_rule("house/rule", "fn check(plan) { warn(plan, \"second\"); }");
    let report = audit_with(&rules, KINDS);
    assert_eq!(report.errors.len(), 1);
    assert!(report.errors[0].message.starts_with("two rules have the id `house/rule`"), "{}", report.errors[0].message);
    assert!(report.findings.iter().any(|finding| finding.message == "first"));
    assert!(!report.findings.iter().any(|finding| finding.message == "second"));
}

#[test]
fn parameters_are_read_without_running_and_given_to_check() {
    let rules = Rules::empty().with_rule(
        "house/rule",
        "//! A page.
        //!
        //! More.
        const SEVERITY = \"warning\";
        const HELP = \"do it\";
        const PARAMS = #{ most: 50, word: \"x\" };
        fn check(plan, params) { expect_range(plan.objectives.share, (), params.most); }",
    );
    let rule = rules.get("house/rule").unwrap();
    assert_eq!((rule.title(), rule.page(), rule.severity()), ("A page.", "A page.\n\nMore.", Severity::Warning));
    let report = audit_with(&rules, KINDS);
    assert_eq!(report.findings[0].severity, Severity::Warning);
    assert_eq!(report.findings[0].help.as_deref(), Some("do it"));
    assert_eq!(report.findings[0].path, "objectives[1].share");
}

#[test]
fn a_verb_from_rust_keeps_the_provenance_of_what_it_was_given() {
    let add = Verb::new("add_all", 2, |values| {
        let mut total = crossfoot::figure::Decimal::ZERO;
        for value in values {
            match value {
                Value::Number(number) => total += number,
                Value::List(list) => {
                    total += list
                        .iter()
                        .filter_map(|v| if let Value::Number(n) = v { Some(*n) } else { None })
                        .sum::<crossfoot::figure::Decimal>();
                }
                other => return Err(format!("`add_all` wants numbers, not {other:?}")),
            }
        }
        Ok(Value::Number(total))
    });
    let rules = Rules::empty().with_verb(add).with_rule(
        "house/rule",
        "fn check(plan) {\n    expect_equal(plan.figure, add_all(plan.objectives[0].share, plan.objectives[1].share));\n}",
    );
    let report = audit_with(&rules, KINDS);
    let finding = report.findings.iter().find(|finding| finding.rule.starts_with("house")).unwrap();
    let working = finding.working.as_ref().unwrap();
    let addends: Vec<&str> = working.addends.iter().map(|addend| addend.path.as_str()).collect();
    assert_eq!(addends, ["objectives[0].share", "objectives[1].share"]);
    assert_eq!(finding.labels.len(), 2);
    assert_eq!(working.computed.to_string(), "100");
    // What it refuses stands at the call.
    let add = Verb::new("refuse", 1, |_| Err("not that".to_owned()));
    let rules = Rules::empty().with_verb(add).with_rule("house/rule", "fn check(plan) {\n\n    refuse(plan);\n}");
    let report = audit_with(&rules, KINDS);
    assert_eq!(report.errors[0].message, "not that");
    assert_eq!(report.errors[0].span.unwrap().start.line, 3);
    // Its name is known to the compiler, and to "did you mean".
    let verb = Verb::new("headcount", 1, |_| Ok(Value::Nothing));
    let rules = Rules::empty().with_verb(verb).with_rule("house/rule", "fn check(plan) { headcont(plan); }");
    assert_eq!(rules.failures()[0].help.as_deref(), Some("did you mean `headcount`?"));
}

#[test]
fn two_constants_held_against_each_other_are_an_error_when_they_differ() {
    let failure = failure("fn check(plan) { expect_equal(1, 2); }", KINDS);
    assert!(failure.message.contains("two constants"), "{}", failure.message);
}

#[test]
fn texts_and_dates_are_read_as_what_they_are() {
    for (expression, expected) in [
        ("date(\"2026-12-31\") > plan.day", "true"),
        ("days_between(\"2026-01-01\", \"2026-12-31\")", "364"),
        ("text(plan.day)", "2026-01-31"),
        ("`${plan.figure} ${plan.day} ${plan.flag} ${plan.absent}`", "7 2026-01-31 true (absent)"),
        ("\"é\".length()", "1"),
        ("\"a\" + \"b\"", "ab"),
    ] {
        assert_eq!(value(expression), expected, "{expression}");
    }
    for expression in [
        "date(\"2026-02-30\")",
        "date(\"tomorrow\")",
        "\"b\" > \"a\"",
        "date(5)",
        "days_between(plan.word, plan.day)",
        "plan.day > \"2026-01-01\"",
    ] {
        wrong(expression);
    }
    wrong("matches(\"x\", \"(\")");
    wrong("matches(\"x\", \"(a{1000}){1000}\")");
}

/// A key that is one slip away from a standard one, and that the plan has nowhere, is the rule's mistake; any other absent
/// key is simply absent.
#[test]
fn a_slip_of_a_standard_key_in_a_rule_is_told() {
    let failure = failure("fn check(plan) { for o in plan.objectivs { fail(o, \"x\"); } }", KINDS);
    assert!(failure.message.contains("did you mean `objectives`?"), "{}", failure.message);
    assert_eq!(ending(&audit("fn check(plan) { expect_unique(plan.sponsors); }", KINDS)), "1 not applicable");
}

/// What people write who know other notations is answered with what to write here.
#[test]
fn notations_of_other_languages_are_answered() {
    for (body, help) in [
        ("if plan.flag == true and true { }", "&&"),
        ("fail(plan, 'too bad');", "double quotation marks"),
        ("let x = plan.total.2026;", "[\"2026\"]"),
        ("let x = len(plan.objectives);", "here it is `count`"),
        ("expct(true, plan, \"\");", "did you mean `expect`?"),
        ("print(1);", "here it is `note`"),
    ] {
        let failure = failure(&format!("fn check(plan) {{\n{body}\n}}"), KINDS);
        let said = failure.help.clone().unwrap_or_default();
        assert!(said.contains(help), "{body}: {} / {said}", failure.message);
    }
}

/// Where a value becomes a part of a text it is the value that does, never the name of its type.
#[test]
fn values_in_texts_are_what_people_read() {
    for (expression, expected) in [
        (
            "[plan.figure, sum(plan.figure), plan.day, date(plan.day), plan.word, 1.5].join(\" \")",
            "7 7 2026-01-31 2026-01-31 seven 1.5",
        ),
        ("`${sum(plan.figure)} ${date(plan.day)} ${plan.word}`", "7 2026-01-31 seven"),
    ] {
        assert_eq!(value(expression), expected, "{expression}");
    }
    assert_eq!(ending(&audit("fn check(plan) { expect_in(plan.figure, [sum(plan.figure)]); }", KINDS)), "1 passed");
}
