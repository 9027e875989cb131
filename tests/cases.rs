//! `crossfoot test`, as an author of rules meets it: verdicts told apart, the diff, formats, choice, coverage, updates.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "support/folders.rs"]
mod folders;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use folders::{folder, put};
use serde_json::Value;
use tempfile::TempDir;

/// Every item is below `most`, and its note, if it has one, is worth a warning.
const RULE: &str = "//! Items are small.\n\
const PARAMS = #{ most: 5 };\n\
fn check(plan, params) {\n\
    \x20   for item in plan.items {\n\
    \x20       expect_range(item.n, (), params.most, `${item.id} has more than ${params.most}`);\n\
    \x20       if !item.note.is_empty() {\n\
    \x20           warn(item.note, \"somebody left a note\");\n\
    \x20       }\n\
    \x20   }\n\
}\n";

/// One case for each verdict.
const CASES: [(&str, &str); 9] = [
    ("pass-small.toml", "# checks: 1 passed, 0 failed, 0 not applicable\nitems = [{ id = \"A\", n = 5 }]\n"),
    ("fail-large.toml", "items = [{ id = \"A\", n = 6 }]  #~ error: more than 5\n"),
    (
        "fail-missing.toml",
        "items = [\n    { id = \"A\", n = 6 },  #~ error: A has more\n    { id = \"B\", n = 5 },  #~ error: B has more\n]\n",
    ),
    (
        "fail-noisy.toml",
        "items = [\n    { id = \"A\", n = 6 },  #~ error: A has more\n    { id = \"B\", n = 7, note = \"?\" },\n]\n",
    ),
    ("fail-place.toml", "items = [\n    { id = \"A\", n = 6 },\n    { id = \"B\", n = 5 },  #~ error: A has more\n]\n"),
    ("idle.toml", "title = \"nothing here\"\n"),
    ("counts.toml", "# checks: 3 passed, 0 failed, 0 not applicable\nitems = [{ id = \"A\", n = 1 }]\n"),
    ("fail-unmarked.toml", "items = [{ id = \"A\", n = 6 }]\n"),
    ("no-toml.toml", "items = [{ id = \"A\", n = 6 }\n#~^^ error: x\n"),
];

/// A folder with the rule and some of the cases, by how their names begin.
fn with_cases(begin: &[&str]) -> TempDir {
    let dir = folder(&[("rules/house/small.rhai", RULE)]);
    for (name, text) in CASES.iter().filter(|(name, _)| begin.iter().any(|begin| name.starts_with(begin))) {
        put(dir.path(), &format!("rules/house/small/{name}"), text);
    }
    dir
}

/// Standard output, standard error and the exit status.
fn run(dir: &Path, arguments: &[&str]) -> (String, String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_crossfoot"))
        .args(arguments)
        .current_dir(dir)
        .env("COLUMNS", "100")
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let (out, err) = (text(output.stdout), text(output.stderr));
    assert!(!out.contains("panicked") && !err.contains("panicked"), "{out}{err}");
    (out, err, output.status.code().unwrap())
}

fn screen(dir: &Path, arguments: &[&str]) -> String {
    let (out, err, status) = run(dir, arguments);
    format!("$ crossfoot {}\n{out}{err}[exit {status}]\n", arguments.join(" "))
}

#[test]
fn help() {
    insta::assert_snapshot!(screen(Path::new("."), &["test", "--help"]));
}

#[test]
fn each_verdict_is_told_apart_with_a_diff() {
    let dir = with_cases(&[""]);
    insta::assert_snapshot!(screen(dir.path(), &["test", "-v"]));
}

#[test]
fn the_json_says_the_same() {
    let dir = with_cases(&[""]);
    let (out, _, status) = run(dir.path(), &["test", "--format", "json"]);
    assert_eq!(status, 1);
    let json: Value = serde_json::from_str(&out).unwrap();
    let cases = json["rules"][0]["cases"].as_array().unwrap();
    let verdicts: Vec<String> = cases
        .iter()
        .map(|case| format!("{} {}", case["case"].as_str().unwrap(), case["verdict"].as_str().unwrap()))
        .collect();
    assert_eq!(
        verdicts,
        [
            "counts wrong-counts",
            "fail-large as-expected",
            "fail-missing missing",
            "fail-noisy noisy",
            "fail-place wrong-place",
            "fail-unmarked faulty",
            "idle not-applicable",
            "no-toml faulty",
            "pass-small as-expected",
        ]
    );
    let summary = &json["summary"];
    let total: u64 = CASES_BY_VERDICT.iter().map(|verdict| summary[verdict].as_u64().unwrap()).sum();
    assert_eq!((total, summary["cases"].as_u64().unwrap()), (9, 9));
    let place = &cases[4]["expectations"][0];
    assert_eq!((&place["marked"]["line"], &place["found"]["line"]), (&Value::from(3), &Value::from(2)));
    assert_eq!(run(dir.path(), &["test", "--format", "json"]).0, out, "same input, same bytes");
}

const CASES_BY_VERDICT: [&str; 7] =
    ["as-expected", "wrong-counts", "not-applicable", "noisy", "missing", "wrong-place", "faulty"];

/// A plain reader of XML: elements as they open and close, well nested, with their attributes.
fn elements(xml: &str) -> Vec<(String, Vec<(String, String)>)> {
    let (mut found, mut open, mut rest) = (Vec::new(), Vec::new(), xml);
    while let Some(at) = rest.find('<') {
        assert!(!rest[..at].contains('>'), "a bare > in {rest}");
        let end = rest.find('>').unwrap();
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if tag.starts_with('?') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name));
            continue;
        }
        let name: String = tag.chars().take_while(|c| c.is_alphanumeric()).collect();
        let mut attributes = Vec::new();
        let mut inside = &tag[name.len()..];
        while let Some((key, after)) = inside.split_once("=\"") {
            let (value, next) = after.split_once('"').unwrap();
            attributes.push((key.trim().to_owned(), value.to_owned()));
            inside = next;
        }
        if !tag.ends_with('/') {
            open.push(name.clone());
        }
        found.push((name, attributes));
    }
    assert!(open.is_empty(), "{open:?}");
    found
}

/// The shape that build servers read: testsuites, testsuite, testcase with failure or error, and counts that add up.
#[test]
fn the_junit_report_is_one_that_build_servers_read() {
    let dir = with_cases(&[""]);
    put(dir.path(), "rules/house/broken.rhai", "fn check(plan) { nope(plan <&> \"x\"); }\n");
    let (out, _, status) = run(dir.path(), &["test", "--format", "junit"]);
    assert_eq!(status, 2);
    let elements = elements(&out);
    let names = |wanted: &str| elements.iter().filter(|(name, _)| name == wanted).collect::<Vec<_>>();
    let attribute = |element: &(String, Vec<(String, String)>), wanted: &str| {
        element.1.iter().find(|(key, _)| key == wanted).map(|(_, value)| value.clone()).unwrap()
    };
    assert_eq!(elements[0].0, "testsuites");
    let count = |wanted: &str| -> usize {
        names("testsuite").iter().map(|suite| attribute(suite, wanted).parse::<usize>().unwrap()).sum()
    };
    assert_eq!((count("tests"), count("failures"), count("errors")), (10, 5, 3));
    assert_eq!(names("testcase").len(), 10);
    assert_eq!((names("failure").len(), names("error").len()), (5, 3));
    assert!(names("testcase").iter().all(|case| attribute(case, "classname").starts_with("house/")));
    assert!(out.contains("rules/house/broken.rhai:1:"), "{out}");
}

#[test]
fn rules_and_cases_are_chosen_by_id_glob_folder_and_path() {
    let dir = with_cases(&["pass", "fail-large"]);
    put(dir.path(), "rules/other/empty.rhai", "fn check(plan) { expect(plan.a == 1, plan.a, \"a\"); }\n");
    put(dir.path(), "rules/other/empty/pass.toml", "a = 1\n");
    let summary = |arguments: &[&str]| {
        let (out, err, status) = run(dir.path(), &[&["test"], arguments].concat());
        assert_eq!(status, 0, "{out}{err}");
        out.lines().last().unwrap_or_default().to_owned()
    };
    let both = "3 cases of 2 rules: 3 as expected";
    let small = "2 cases of 1 rule: 2 as expected";
    let one = "1 case of 1 rule: 1 as expected";
    for (arguments, expected) in [
        (&[][..], both),
        (&["--rules", "rules"], both),
        (&["house/small"], small),
        (&["house"], small),
        (&["house/*", "other/*"], both),
        (&["rules/house"], small),
        (&["rules/house/small.rhai"], small),
        (&["rules/house/small"], small),
        (&["./rules/house/small/pass-small.toml"], one),
        (&["--filter", "small/fail"], one),
        (&["--filter", "*/pass*"], "2 cases of 2 rules: 2 as expected"),
        (&["totals/outputs"], "4 cases of 1 rule: 4 as expected"),
        (&["house/small", "totals/outputs"], "6 cases of 2 rules: 6 as expected"),
    ] {
        assert_eq!(summary(arguments), expected, "{arguments:?}");
    }
    // A folder elsewhere is a folder of rules of its own; ids begin below one named `rules`.
    fs::rename(dir.path().join("rules"), dir.path().join("audit")).unwrap();
    assert_eq!(summary(&["audit"]), both);
    assert_eq!(summary(&["audit/house/small/pass-small.toml"]), one);
}

#[test]
fn what_cannot_be_tested_says_why() {
    let dir = with_cases(&["pass"]);
    let ends = |arguments: &[&str], status: i32, part: &str| {
        let (out, err, found) = run(dir.path(), &[&["test"], arguments].concat());
        assert!(found == status && (err.contains(part) || out.contains(part)), "{arguments:?}: {found}\n{out}{err}");
    };
    ends(&["house/smal"], 2, "did you mean house/small?");
    ends(&["small"], 2, "did you mean house/small?");
    ends(&["nowhere/fail.toml"], 2, "no rule and no path");
    put(dir.path(), "plans/plan.toml", "a = 1\n");
    ends(&["plans/plan.toml"], 2, "plans/plan.toml is no rule and no case of one");
    ends(&["plans"], 2, "there is no rule in it");
    ends(&["--filter", "zzz"], 2, "no case matches --filter zzz");
    ends(&["--threshold", "101"], 2, "from 0 to 100");
    ends(&["--threshold", "most"], 2, "from 0 to 100");
    ends(&["--rules", "nowhere"], 2, "there is no such folder");
    ends(&["--update", "--coverage"], 2, "cannot be used with");
    put(dir.path(), "rules/house/lonely.rhai", RULE);
    ends(&[], 0, "the rule house/lonely has no case");
    ends(&["--require-cases"], 1, "1 rule has no case");
    ends(&["house/lonely"], 2, "there is no case to run");
    put(dir.path(), "rules/house/broken.rhai", "fn check(plan) { nope(plan); }\n");
    ends(&[], 2, "unknown verb `nope`");
    ends(&[], 2, "1 case of 1 rule: 1 as expected");
    ends(&["house/small"], 0, "1 case of 1 rule: 1 as expected");
    put(dir.path(), "rules/house/small/fail-loop.toml", "items = [{ id = 1, n = 1 }, { id = [], n = \"x\" }]\n");
    ends(&["house/small"], 1, "the rule failed: ");
    let nothing = TempDir::new().unwrap();
    let (_, err, status) = run(nothing.path(), &["test"]);
    assert!(status == 2 && err.contains("there is no folder `rules` here"), "{err}");
}

#[test]
fn coverage_names_lines_and_branches_that_no_case_ran() {
    let dir = folder(&[
        (
            "rules/house/ways.rhai",
            "fn check(plan) {\n    for item in plan.items.filter(|item| item.n > 0) {\n        if item.n > 9 {\n            \
             fail(item, \"large\");\n        } else if item.n == 5 {\n            item.id;\n        }\n        \
             let word = if item.n == 1 { \"one\" } else { \"many\" };\n        passes(item, word);\n    }\n    \
             while false { never(); }\n}\n\nfn passes(item, word) {\n    expect(word != \"\", item, `no ${word}`);\n}\n\n\
             fn never() {\n    not_applicable();\n}\n",
        ),
        ("rules/house/ways/pass.toml", "items = [{ id = \"A\", n = 1 }, { id = \"B\", n = 5 }]\n"),
    ]);
    insta::assert_snapshot!(screen(dir.path(), &["test", "--coverage"]));
    let (_, err, status) = run(dir.path(), &["test", "--threshold", "78"]);
    assert!(status == 1 && err.contains("less than --threshold 78 percent"), "{err}");
    assert_eq!(run(dir.path(), &["test", "--threshold", "77"]).2, 0);
    let (out, _, _) = run(dir.path(), &["test", "--threshold", "0", "--format", "json"]);
    let json: Value = serde_json::from_str(&out).unwrap();
    let rule = &json["coverage"]["rules"][0];
    assert_eq!(rule["branches_not_run"][0]["way"], "true");
    assert_eq!(rule["lines_not_run"][0]["line"], 4);
    // With cases for all of it nothing is left, and the outcome of the cases is the same with and without counting.
    put(dir.path(), "rules/house/ways/fail.toml", "items = [{ id = 1, n = 10 }]  #~ error: large\n");
    let (out, ..) = run(dir.path(), &["test", "--coverage"]);
    assert!(!out.contains(":3: never true") && out.contains("2 cases of 1 rule: 2 as expected"), "{out}");
}

#[test]
fn an_update_makes_cases_say_what_is_found_and_is_done_after_one_go() {
    let dir = with_cases(&["pass", "fail-missing", "fail-noisy", "fail-place", "fail-unmarked", "counts"]);
    let (_, err, status) = run(dir.path(), &["test", "--update"]);
    assert!(status == 2 && err.contains("nothing was written"), "{err}");
    assert_eq!(run(dir.path(), &["test"]).2, 1, "nothing was written");
    insta::assert_snapshot!(screen(dir.path(), &["test", "--update", "--yes"]));
    assert_eq!(run(dir.path(), &["test"]).2, 0);
    let (out, _, status) = run(dir.path(), &["test", "--update", "--yes"]);
    assert_eq!((out.trim(), status), ("cases: 0 rewritten, 0 left as they are, 6 as expected before", 0));
}

#[test]
fn an_update_leaves_alone_what_it_cannot_put_right() {
    let dir = with_cases(&["idle", "no-toml"]);
    let before = fs::read(dir.path().join("rules/house/small/no-toml.toml")).unwrap();
    let (out, _, status) = run(dir.path(), &["test", "--update", "--yes"]);
    assert_eq!(status, 1, "{out}");
    assert!(out.contains("no-toml.toml: line 1: the case's plan: "), "{out}");
    assert!(out.contains("idle.toml: the rule checks nothing at all here"), "{out}");
    assert_eq!(fs::read(dir.path().join("rules/house/small/no-toml.toml")).unwrap(), before);
}

/// Counting what runs must not take the limits away, nor change what a rule finds.
#[test]
fn a_rule_that_never_ends_is_stopped_also_while_lines_are_counted() {
    use crossfoot::rules::test::{CaseVerdict, Tester};
    let limits = crossfoot::script::Limits { operations: 50_000, ..crossfoot::script::Limits::STANDARD };
    let rules = crossfoot::Rules::with_limits(limits)
        .with_rule("h/loop", "fn check(plan) {\n    let n = 0;\n    while true { n += count([plan, n, [n, n]]); }\n}\n")
        .with_case("h/loop", "x.toml", "a = 1\n");
    for coverage in [false, true] {
        let run = Tester::new(&rules).coverage(coverage).run();
        let case = &run.rules[0].cases[0];
        assert_eq!(case.verdict(), CaseVerdict::Faulty);
        assert!(case.faults[0].message.contains("it used more than 50000 operations"), "{:?}", case.faults);
    }
}

/// A byte-order mark and the line ends of another system are no part of what is said.
#[test]
fn marks_are_read_whatever_wrote_the_file() {
    use crossfoot::rules::Case;
    let case =
        Case::read("fail.toml", "\u{feff}# checks: 0 passed, 1 failed, 0 not applicable\r\na = 1  #~ error: x\r\n");
    assert_eq!(case.faults(), []);
    assert_eq!((case.marks()[0].line, case.marks()[0].message.as_str()), (2, "x"));
    assert_eq!(case.counts().unwrap().failed, 1);
}

/// Text of a plan must not steer the terminal.
#[test]
fn control_characters_of_cases_are_made_harmless() {
    let dir = folder(&[
        ("rules/h/r.rhai", "fn check(plan) { fail(plan.t, `is ${plan.t}`); }\n"),
        ("rules/h/r/x.toml", "t = \"\\u001b[31m\u{202e}red\"\n"),
    ]);
    let (out, ..) = run(dir.path(), &["test"]);
    assert!(out.contains("noisy") && !out.contains('\u{1b}') && !out.contains('\u{202e}'), "{out:?}");
}
