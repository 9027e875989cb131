//! `crossfoot eval` and `crossfoot repl`: values with where they came from, checks, errors with their place, completion.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use crossfoot::finding::{Evaluated, Evaluation, Verdict};
use crossfoot::report::{Detail, TextOptions, evaluation};
use crossfoot::script::{EXAMPLE_PLAN, Limits, OPERATORS, Session, Value, Verb};
use crossfoot::{Plan, Rules};
use proptest::prelude::*;

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossfoot"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR"));
    command.env("COLUMNS", "100").env("LC_ALL", "C.UTF-8").stdin(Stdio::piped());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(arguments: &[&str], input: &str) -> Output {
    let mut child = command(arguments).spawn().unwrap();
    // A command that reads none of it may be gone before it is written.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn screen(arguments: &[&str], input: &str) -> String {
    let output = run(arguments, input);
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    let status = output.status.code().unwrap();
    format!("$ crossfoot {}\n{out}{err}[exit {status}]\n", arguments.join(" "))
}

const ITU: &str = "plans/itu-2020-2023.toml";

#[test]
fn a_value_is_shown_with_what_it_was_made_of() {
    let expressions = [
        "sum(plan.objectives.outputs.cost[\"2020\"])",
        "plan.objectives[0].total[\"2020\"]",
        "plan.objectives.total[\"2020\"]",
        "plan.objectives",
        "percent_of(plan.objectives[0].total[\"2020\"], sum(plan.objectives.total[\"2020\"]))",
        "let a = plan.objectives[0].total; 2 * a[\"2021\"] - a[\"2020\"]",
        "plan.objectives[0].total[\"2031\"]",
        "sum(plan.objectives.total[\"2031\"])",
        "plan.plan.title",
        "plan.plan.years",
        "plan.risks[0].title + \"!\"",
        "plan.objectives.outputs.title",
        "plan.risks.group_by(\"impact\")",
        "plan.objectives.ids()",
    ];
    let screens: Vec<String> = expressions.iter().map(|expression| screen(&["eval", ITU, expression], "")).collect();
    insta::assert_snapshot!(screens.join("\n"));
}

#[test]
fn checks_at_the_prompt_show_how_they_ended() {
    let plan = "plans/teaching/mistakes.toml";
    let expressions = [
        "expect_sum(plan.objectives[2].total[\"2026\"], plan.objectives[2].outputs.cost[\"2026\"])",
        "expect_equal(plan.objectives[0].total[\"2031\"], 3)",
        "expect_unique(plan.objectives.id)",
        "warn(plan.risks[0], \"too vague\")",
    ];
    let screens: Vec<String> = expressions.iter().map(|expression| screen(&["eval", plan, expression], "")).collect();
    insta::assert_snapshot!(screens.join("\n"));
}

#[test]
fn what_is_wrong_is_shown_at_its_place() {
    let expressions = [
        "summ(plan.objectives.total)",
        "sum(plan.objectives.total)",
        "objectives.total",
        "plan.objectives.total[\"2020\"",
        "plan.objectives[0].share > plan.objectives[0].total[\"2020\"]",
        "let total = 1;\ntotl + 1",
        "plan.objectivs",
        "plan.title = \"x\"",
        "loop { }",
        "fn sum(x) { x }",
        "import \"x\"",
        "",
    ];
    let screens: Vec<String> = expressions.iter().map(|expression| screen(&["eval", ITU, expression], "")).collect();
    insta::assert_snapshot!(screens.join("\n"));
}

#[test]
fn a_plan_that_cannot_be_read_is_said() {
    insta::assert_snapshot!(
        [
            screen(&["eval", "plans/nowhere.toml", "1"], ""),
            screen(&["eval", "-", "1"], "[plan]\nshare = 32,8\n"),
            screen(&["eval", "-", "plan.share * 2"], "share = 32.8\n"),
            screen(&["eval", "-", "plan.share", "--today", "never"], "share = 32.8\n"),
            screen(&["repl", "-"], "1\n"),
            screen(&["repl", "plans"], "1\n"),
        ]
        .join("\n")
    );
}

#[test]
fn the_rounding_of_the_nearest_configuration_holds() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.toml");
    std::fs::write(&path, "costs = [1.5, 2]\n").unwrap();
    let shown = || String::from_utf8(run(&["eval", path.to_str().unwrap(), "sum(plan.costs)"], "").stdout).unwrap();
    assert!(shown().starts_with("3.5\n  before rounding: 2.95 to 4.05\n"), "{}", shown());
    std::fs::write(folder.path().join("crossfoot.toml"), "rounding = \"exact\"\n").unwrap();
    assert!(shown().starts_with("3.5\n  from 2 figures:\n"), "{}", shown());
}

#[test]
fn the_value_as_json_has_its_parts_with_their_places() {
    let output = run(&["eval", ITU, "sum(plan.objectives.total[\"2020\"]) / 2", "--format", "json"], "");
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let figure = &value["value"];
    assert_eq!((figure["kind"].as_str(), figure["unit"].as_str()), (Some("figure"), Some("CHF")));
    assert_eq!(figure["parts"].as_array().unwrap().len(), 6);
    assert_eq!(figure["parts"][0]["path"], "objectives[I.1].total.2020");
    assert_eq!(figure["parts"][0]["value"], "9742870");
    assert!(figure["parts"][0]["span"]["start"]["line"].as_u64().unwrap() > 1);
    let wrong = run(&["eval", ITU, "1 +", "--format", "json"], "");
    let value: serde_json::Value = serde_json::from_slice(&wrong.stdout).unwrap();
    assert!(value["error"]["message"].is_string() && value.get("value").is_none());
    assert_eq!(wrong.status.code(), Some(2));
    let checked = run(&["eval", ITU, "expect(false, plan, \"no\")", "--format", "json"], "");
    let value: serde_json::Value = serde_json::from_slice(&checked.stdout).unwrap();
    assert_eq!((value["checks"]["failed"].as_u64(), checked.status.code()), (Some(1), Some(1)));
}

fn session(plan: &str) -> Session {
    Session::new(&Plan::parse("plan.toml", plan))
}

/// The first line of what is shown.
fn first(evaluated: &Evaluation) -> String {
    let mut out = Vec::new();
    evaluation(evaluated, Detail::Brief, &TextOptions::default(), &mut out).unwrap();
    String::from_utf8(out).unwrap().lines().next().unwrap_or_default().to_owned()
}

#[test]
fn every_example_of_an_operator_gives_what_it_says() {
    for operator in OPERATORS {
        let shown = first(&session(EXAMPLE_PLAN).evaluate(operator.example));
        let number = shown.trim_end_matches(" CHF").trim_end_matches(" %");
        assert_eq!(number, operator.gives, "{}", operator.example);
    }
}

#[test]
fn what_was_defined_is_known_until_an_error_and_after_it() {
    let mut session = session(EXAMPLE_PLAN);
    assert_eq!(first(&session.evaluate("let a = [1];")), "a = array of 1 element");
    session.evaluate("a.push(2)");
    session.evaluate("fn twice(x) { x * 2 }");
    assert_eq!(first(&session.evaluate("twice(count(a))")), "4");
    let failed = session.evaluate("a.push(3); let b = 1; nope()");
    assert_eq!(failed.verdict(), Verdict::Broken);
    assert_eq!(first(&session.evaluate("count(a)")), "2", "an error leaves nothing behind");
    let failed = session.evaluate("a.push(3); let b = 1; b + plan.objectives");
    assert_eq!(failed.verdict(), Verdict::Broken);
    assert_eq!(first(&session.evaluate("count(a)")), "2", "nor one while running");
    assert_eq!(session.variables(), ["a"]);
    session.evaluate("let total = sum(plan.objectives.outputs.cost[\"2026\"]);");
    session.evaluate("a = [total];");
    let failed = session.reload(&Plan::parse("plan.toml", "[[objectives]]\noutputs = [{ cost = { 2026 = 7 } }]"));
    assert!(failed.is_empty(), "{failed:?}");
    assert_eq!(first(&session.evaluate("twice(a[0])")), "14", "computed anew from the new plan");
    let failed = session.reload(&Plan::parse("plan.toml", "none = 1"));
    assert_eq!(format!("{failed:?}"), "[]", "what is absent is no error");
    assert!(first(&session.evaluate("total")).starts_with("absent: "));
    let fault = session.evaluate("1 + twice(plan)").error.unwrap();
    assert!(fault.message.starts_with("in `twice` defined before: `*` cannot take a table"), "{fault:?}");
    assert_eq!(fault.span.unwrap().start.column, 5, "where it is called: its own text is not this one");
    session.evaluate("let f = |x|\n   x / \"2\";");
    let fault = session.evaluate("[4].map(f)").error.unwrap();
    assert!(fault.message.starts_with("in a function defined before: `/` cannot take"), "{fault:?}");
    assert_eq!(fault.span.unwrap().start.line, 1);
    let fault = session.evaluate("[4].map(|x|\n x / \"2\")").error.unwrap();
    assert!(fault.message.starts_with("`/` cannot take"), "{fault:?}");
    assert_eq!(fault.span.unwrap().start.line, 2);
}

#[test]
fn findings_and_checks_are_those_of_the_one_expression() {
    let mut session = session(EXAMPLE_PLAN);
    let one = session.evaluate("expect_range(plan.objectives.share, 0, 50)");
    assert_eq!((one.checks.passed, one.checks.failed, one.findings.len()), (1, 1, 1));
    assert_eq!(one.verdict(), Verdict::Failed);
    let two = session.evaluate("expect(true, plan, \"\")");
    assert_eq!((two.checks.passed, two.checks.failed, two.findings.len()), (1, 0, 0));
    let Some(Evaluated::Boolean { value: true }) = session.evaluate("plan.risks[0].impact == \"High\"").value else {
        panic!()
    };
}

#[test]
fn the_limits_of_rules_hold_and_the_session_lives_on() {
    let limits = Limits { operations: 10_000, ..Limits::STANDARD };
    let mut session = Session::with(limits, &[], &Plan::parse("plan.toml", "a = 1"));
    for hostile in ["loop { }", "[1].map(|x| { loop { } })", "let a = []; while true { a.push(1); }"] {
        let error = session.evaluate(hostile).error.unwrap();
        assert!(error.message.contains("this was stopped: "), "{hostile}: {}", error.message);
        assert!(error.span.is_some() || hostile.starts_with("let"), "{hostile}: {error:?}");
    }
    assert_eq!(first(&session.evaluate("plan.a + 1")), "2");
    let nested = "let a = []; for i in 0..2000 { a = [a]; } count(a)";
    assert_eq!(first(&session.evaluate(nested)), "1");
    assert!(session.evaluate(&"(".repeat(5_000)).error.is_some());
    assert!(session.evaluate(&"1 ".repeat(100_000)).error.unwrap().message.contains("longer than"));
}

#[test]
fn verbs_of_a_program_and_the_day_are_known() {
    let double = Verb::new("double", 1, |values| match values {
        [Value::Number(number)] => Ok(Value::Number(number + number)),
        _ => Err("one number".to_owned()),
    });
    let rules = Rules::empty().with_verb(double);
    let plan = Plan::parse("plan.toml", "a = 21");
    let evaluated = rules.evaluate(&plan, "double(plan.a)");
    let Some(Evaluated::Figure(figure)) = &evaluated.value else { panic!("{evaluated:?}") };
    assert_eq!((figure.value.to_string().as_str(), figure.parts.len()), ("42", 1));
    assert_eq!(first(&rules.session(&plan).today(2026, 6, 30).evaluate("today()")), "2026-06-30");
}

fn offered(session: &mut Session, text: &str) -> String {
    let completion = session.complete(text, text.len());
    let start = &text[..completion.start];
    let all: Vec<String> = completion.candidates.iter().take(6).map(|c| format!("{start}{}", c.text)).collect();
    all.join("  ")
}

#[test]
fn what_may_stand_at_the_cursor_comes_from_the_plan() {
    let plan = std::fs::read_to_string(ITU).unwrap();
    let mut session = session(&plan);
    session.evaluate("let first = plan.objectives[0];");
    let texts = [
        "",
        "cou",
        "expect_e",
        "fir",
        "plan.obj",
        "count(plan.objectives.",
        "plan.objectives.out",
        "plan.objectives[0].total.",
        "plan.objectives[0].total.20",
        "plan.objectives.outputs.cost[\"",
        "plan.objectives.outputs.cost[\"202",
        "plan.objectives.find(\"I.",
        "plan.objectives.find(\"I.1\").outputs.find(\"",
        "first.",
        "first.outputs.filter(|o| o.",
        "first.outputs.filter(|o| o.cost.",
        "plan.objectives.share.su",
        "plan.plan.years.",
        "for o in plan.ri",
        "\"plan.obj",
        "// plan.obj",
        "plan.nowhere.",
        "1.",
        "plan.risks.group_by(\"impact\")[0].",
        "sum(plan.objectives.total[\"2020\"]).",
    ];
    let before = session.evaluate("1").checks;
    let shown: Vec<String> = texts.iter().map(|text| format!("{text:<50} {}", offered(&mut session, text))).collect();
    insta::assert_snapshot!(shown.join("\n"));
    assert_eq!(session.variables(), ["first"], "looking changes nothing");
    session.evaluate("let list = [1];");
    session.complete("list.push(2).", "list.push(2).".len());
    session.complete("[expect(false, plan, \"x\")].", "[expect(false, plan, \"x\")].".len());
    assert_eq!(first(&session.evaluate("count(list)")), "1");
    assert_eq!(session.evaluate("1").checks, before);
    assert_eq!(session.complete("plan.objectives.", 5).candidates.len(), 9, "at the cursor, not at the end");
}

#[test]
fn completion_of_anything_ends_soon_and_stays_within_the_text() {
    let mut session = session(EXAMPLE_PLAN);
    for text in
        ["[1].map(|x| { loop { } }).", "((((", "}}}}", "é.ü[\"ß", "`${", "a..", "\"\\", "plan[", "plan[0", "|x|"]
    {
        let started = std::time::Instant::now();
        for cursor in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            let completion = session.complete(text, cursor);
            assert!(completion.start <= cursor && text.is_char_boundary(completion.start), "{text}");
        }
        assert!(started.elapsed() < std::time::Duration::from_secs(60), "{text}");
    }
}

#[test]
fn the_prompt_works_line_by_line_from_a_pipe() {
    let input = "count(plan.objectives)\n\nlet cost = plan.objectives.outputs.cost[\"2020\"];\nsum(cost)\n:why\n\
                 for o in plan.objectives {\n  expect_present(o, \"title\");\n}\ncost\nsumm(cost)\n:explain rank\n:expl nothing\n\
                 :bogus\n:reload\nsum(cost)\n:quit\n1\n";
    insta::assert_snapshot!(screen(&["repl", ITU], input));
}

#[test]
fn the_prompt_knows_the_rules_of_the_plan() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
    };
    write("crossfoot.toml", "rules = [\"rules\"]\nrounding = \"exact\"\n");
    write("rules/house/own.rhai", "//! A rule of the house.\nfn check(plan) { }\n");
    write("rules/lib/own.rhai", "//! Shared code of the house.\nfn half(x) { x / 2 }\n");
    write("plan.toml", "costs = [1.5, 2]\n");
    let plan = folder.path().join("plan.toml");
    let shown = |arguments: &[&str], input: &str| {
        String::from_utf8(run(&[&["repl", plan.to_str().unwrap()], arguments].concat(), input).stdout).unwrap()
    };
    let out = shown(&[], ":explain house/own\n:explain lib/own\nsum(plan.costs)\n:reload\nsum(plan.costs)\n");
    assert!(out.contains("A rule of the house.") && out.contains("Shared code of the house."), "{out}");
    assert!(out.contains("3.5") && !out.contains("before rounding"), "{out}");
    let out = shown(&["--no-config"], ":explain house/own\nsum(plan.costs)\n");
    assert!(out.contains("is called `house/own`") && out.contains("before rounding"), "{out}");
}

#[test]
fn a_pipe_ends_with_the_worst_status_and_a_plan_is_read_anew() {
    assert_eq!(run(&["repl", ITU], "1 + 1\n").status.code(), Some(0));
    assert_eq!(run(&["repl", ITU], "expect(false, plan, \"x\")\n1\n").status.code(), Some(1));
    assert_eq!(run(&["repl", ITU], "nope(\n").status.code(), Some(2));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.toml");
    std::fs::write(&path, "a = 1\n").unwrap();
    let mut child = command(&["repl", path.to_str().unwrap()]).spawn().unwrap();
    let (mut stdin, mut stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let mut line = |text: &str| {
        stdin.write_all(text.as_bytes()).unwrap();
        stdin.flush().unwrap();
        let mut byte = [0];
        let mut read = String::new();
        while std::io::Read::read(&mut stdout, &mut byte).unwrap() == 1 && byte[0] != b'\n' {
            read.push(char::from(byte[0]));
        }
        read
    };
    assert_eq!(line("let b = plan.a + 1;\n"), "b = 2");
    assert!(line("").contains("from 1 figure"));
    std::fs::write(&path, "a = 5\n").unwrap();
    assert!(line(":reload\n").ends_with("plan.toml: 1 figures"));
    assert_eq!(line("b\n"), "6");
    assert!(line("").contains("from 1 figure"));
    std::fs::remove_file(&path).unwrap();
    assert!(line(":reload\n").contains("the plan as it was read before is kept"));
    assert_eq!(line("b\n"), "6");
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(2));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    /// Texts of the pieces that expressions are made of, cut anywhere, in any order.
    #[test]
    fn whatever_is_written_gives_a_completion_and_a_value_or_an_error_with_its_place(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "plan", ".", "objectives", "[", "]", "(", ")", "{", "}", "\"", "'", "`", "${", "\\", "|o|", " ", "\n", "//",
                "sum", "find(\"", "é", "1", "..", "?.", "let x = ", ";", "#{", ":", ",", "\u{202e}", "total[\"2026",
            ]),
            0..12,
        )
    ) {
        let text = pieces.concat();
        let mut session = session(EXAMPLE_PLAN);
        let completion = session.complete(&text, text.len());
        prop_assert!(text.is_char_boundary(completion.start));
        let _ = crossfoot::script::is_open(&text);
        let evaluated = session.evaluate(&text);
        prop_assert_eq!(evaluated.value.is_some(), evaluated.error.is_none());
        if let Some(span) = evaluated.error.as_ref().and_then(|error| error.span) {
            prop_assert!(span.end.offset as usize <= text.len());
        }
        let shown = first(&evaluated);
        prop_assert!(!shown.contains('\u{202e}'), "{:?}", shown);
    }
}
