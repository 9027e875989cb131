//! What an author of rules meets beyond the first rule: cases that lost their rule, ids that are taken, folders and packs that
//! `crossfoot.toml` names, cases of shared code.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "support/folders.rs"]
mod folders;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crossfoot::rules::test::Tester;
use crossfoot::scaffold::check_id;
use crossfoot::{Auditor, Plan, Rules};
use folders::{folder, put};
use tempfile::TempDir;

const RULE: &str = "//! Small.\nfn check(plan) { expect_range(plan.n, (), 5); }\n";

fn pack_toml(name: &str, version: &str) -> String {
    format!("[pack]\nname = \"{name}\"\nversion = \"{version}\"\nrequires = \">=0.1\"\nlicence = \"MIT\"\n")
}

/// What is told on both streams, and the exit status.
fn run(dir: &Path, arguments: &[&str]) -> (String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_crossfoot"))
        .args(arguments)
        .current_dir(dir)
        .env("COLUMNS", "100")
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let told = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    assert!(!told.contains("panicked"), "{told}");
    (told, output.status.code().unwrap())
}

/// Runs it, and holds the status and parts of what is told against what is expected.
#[track_caller]
fn ends(dir: &Path, arguments: &[&str], status: i32, parts: &[&str]) -> String {
    let (told, found) = run(dir, arguments);
    assert_eq!(found, status, "{arguments:?}\n{told}");
    // Where a line goes on beneath, it says the same.
    let in_one_line = told.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in parts {
        assert!(told.contains(part) || in_one_line.contains(part), "{arguments:?}: expected {part:?} in\n{told}");
    }
    told
}

#[test]
fn cases_of_shared_code_are_rewritten_as_those_of_rules() {
    let dir = folder(&[
        ("rules/house/r.rhai", RULE),
        ("rules/house/r/pass.toml", "n = 5\n"),
        ("rules/lib/most.rhai", "fn of(n) { n }\nfn check(plan) { expect_range(of(plan.n), (), 5); }\n"),
        ("rules/lib/most/fail-six.toml", "n = 6\n"),
    ]);
    ends(dir.path(), &["test", "--update", "--yes"], 0, &["cases: 1 rewritten, 0 left as they are, 1 as expected"]);
    assert_eq!(
        fs::read_to_string(dir.path().join("rules/lib/most/fail-six.toml")).unwrap(),
        "n = 6  #~ error: n is 6: expected 5 or less\n"
    );
    // Two folders may have shared code of one name: each case is that of its own file.
    let text = "fn of(n) { n }\nfn check(plan) { expect_range(of(plan.n), (), 4); }\n";
    put(dir.path(), "more/lib/most.rhai", text);
    put(dir.path(), "more/lib/most/fail-six.toml", "n = 6\n");
    put(dir.path(), "more/house/s.rhai", RULE);
    let told = ends(dir.path(), &["test", "--rules", "rules", "--rules", "more", "--update", "--yes"], 0, &[]);
    assert!(told.contains("expected 4 or less") && told.contains("cases: 1 rewritten"), "{told}");
}

#[test]
fn no_case_of_a_run_is_left_out_of_an_update_in_silence() {
    let one = Rules::empty().with_rule("h/one", RULE).with_case("h/one", "fail.toml", "n = 6\n");
    let other = Rules::empty().with_rule("h/other", RULE);
    let run = Tester::new(&one).run();
    let (updates, refused) = Tester::new(&other).updates(&run);
    assert!(updates.is_empty());
    assert_eq!(refused[0].reason, "the rule h/one is not among those that are tested here");
    // What does not compile is told, not only counted.
    let dir = folder(&[
        ("rules/house/r.rhai", RULE),
        ("rules/house/r/fail.toml", "n = 6\n"),
        ("rules/house/broken.rhai", "fn check(plan) { nope(plan); }\n"),
    ]);
    ends(dir.path(), &["test", "--update", "--yes"], 2, &["1 rewritten", "unknown verb `nope`"]);
}

#[test]
fn cases_that_lost_their_rule_are_told() {
    let dir = folder(&[
        ("rules/house/z.rhai", RULE),
        ("rules/house/z/pass.toml", "n = 5\n"),
        ("rules/house/z/fail.toml", "n = 6  #~ error: 6\n"),
        ("rules/house/y.rhai", RULE),
        ("rules/house/y/counted.toml", "# checks: 1 passed, 0 failed, 0 not applicable\nn = 1\n"),
        ("rules/house/plans/plan.toml", "n = 6\n"),
    ]);
    fs::rename(dir.path().join("rules/house/z.rhai"), dir.path().join("rules/house/z2.rhai")).unwrap();
    insta::assert_snapshot!(ends(dir.path(), &["test"], 0, &[]));
    ends(dir.path(), &["test", "--require-cases"], 1, &["1 rule has no case", "1 folder of cases has no rule"]);
    ends(dir.path(), &["test", "house/y", "--require-cases"], 0, &["1 as expected"]);
    let gone = "rules/house/z/ holds 2 cases and there is no rule rules/house/z.rhai";
    for what in ["house/z", "rules/house/z", "rules/house/z/fail.toml"] {
        ends(dir.path(), &["test", what], 2, &["there is no case to run", gone]);
    }
    ends(dir.path(), &["test", "rules/house"], 0, &[gone]);
    ends(dir.path(), &["test", "house/*"], 0, &[gone]);
    let told = ends(dir.path(), &["test", "house/zz"], 2, &["there is no rule"]);
    assert!(!told.contains("did you mean house/z?"), "{told}");
    let json = ends(dir.path(), &["test", "--format", "json"], 0, &[]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let expected = serde_json::json!([{ "folder": "rules/house/z", "rule": "rules/house/z.rhai", "cases": 2 }]);
    assert_eq!(json["without_rule"], expected);
    // With the rule back at its place nothing is missing; one that does not compile is there all the same.
    put(dir.path(), "rules/house/z.rhai", "fn check(plan) { nope(plan); }\n");
    let told = ends(dir.path(), &["test"], 2, &[]);
    assert!(!told.contains("there is no rule"), "{told}");
    // A pack's own are told by the pack's name.
    let dir = folder(&[
        ("p/pack.toml", &pack_toml("ours", "1.0.0")),
        ("p/r.rhai", RULE),
        ("p/r/pass.toml", "n = 1\n"),
        ("p/gone/fail.toml", "n = 6  #~ error\n"),
    ]);
    ends(dir.path(), &["test", "p"], 0, &["p/gone/ holds 1 case and there is no rule p/gone.rhai"]);
    ends(dir.path(), &["test", "--pack", "p", "ours/*"], 0, &["p/gone/ holds 1 case"]);
}

/// A folder with a configuration of two folders of rules and a pack, none of them named as by default.
fn configured() -> TempDir {
    folder(&[
        ("crossfoot.toml", "rules = [\"checks\", \"more\"]\npacks = [\"packs/mine\"]\n"),
        ("checks/house/a.rhai", RULE),
        ("more/house/b.rhai", RULE),
        ("packs/mine/pack.toml", &pack_toml("mypack", "1.0.0")),
        ("packs/mine/budget/small.rhai", RULE),
        ("plans/drafts/plan.toml", "n = 1\n"),
    ])
}

#[test]
fn what_is_new_goes_where_the_configuration_says() {
    let dir = configured();
    let below = dir.path().join("plans/drafts");
    ends(dir.path(), &["new", "rule", "house/c"], 0, &["wrote checks/house/c.rhai", "crossfoot test house/c "]);
    ends(&below, &["new", "rule", "house/d"], 0, &["wrote ../../checks/house/d.rhai"]);
    ends(&below, &["test", "house/d"], 1, &["../../checks/house/d/"]);
    // A rule that is in the second folder has its cases there, and its id is taken.
    ends(dir.path(), &["new", "case", "house/b", "pass-x"], 0, &["wrote more/house/b/pass-x.toml"]);
    ends(dir.path(), &["new", "rule", "house/b"], 2, &["more/house/b.rhai is there already"]);
    // An id of a pack goes into the pack.
    ends(
        dir.path(),
        &["new", "rule", "mypack/budget/other"],
        0,
        &["wrote packs/mine/budget/other.rhai", "crossfoot test mypack/budget/other "],
    );
    ends(dir.path(), &["test", "mypack/budget/other"], 1, &["packs/mine/budget/other/fail-example.toml"]);
    ends(&below, &["new", "rule", "mypack/flat"], 0, &["wrote ../../packs/mine/flat.rhai"]);
    let slight = &["wrote packs/mine/budget/small/slight.toml", "crossfoot test packs/mine/budget/small/slight.toml"];
    ends(dir.path(), &["new", "case", "mypack/budget/small", "slight"], 0, slight);
    ends(dir.path(), &["new", "rule", "mypack/lib/x"], 2, &["code that rules share"]);
    ends(dir.path(), &["new", "rule", "mypack"], 2, &["it stands in a folder"]);
    // A folder may be named, and the rule of a pack's name is not put where it would clash.
    ends(
        dir.path(),
        &["new", "rule", "house/e", "--rules", "other"],
        0,
        &["wrote other/house/e.rhai", "--rules other"],
    );
    let clash = "`mypack` is a pack, packs/mine";
    ends(dir.path(), &["new", "rule", "mypack/e", "--rules", "other"], 2, &[clash]);
    for (id, file) in [("mypack/f/g", "f/g"), ("f/h", "f/h")] {
        let wrote = format!("wrote packs/mine/{file}.rhai");
        let next = format!("crossfoot test mypack/{file} --rules packs/mine");
        ends(dir.path(), &["new", "rule", id, "--rules", "packs/mine"], 0, &[&wrote, &next]);
    }
    for folder in ["checks/mypack", "other/mypack", "packs/mine/mypack", "rules"] {
        assert!(!dir.path().join(folder).exists(), "{folder}");
    }
    // A pack that cannot be used has its name all the same.
    put(dir.path(), "packs/mine/pack.toml", pack_toml("mypack", "1"));
    ends(dir.path(), &["new", "rule", "mypack/late"], 0, &["wrote packs/mine/late.rhai"]);
    // Without a configuration: rules/.
    fs::remove_file(dir.path().join("crossfoot.toml")).unwrap();
    ends(dir.path(), &["new", "rule", "house/z"], 0, &["wrote rules/house/z.rhai"]);
}

#[test]
fn ids_of_what_is_found_without_rules_are_taken() {
    for (id, whose) in [
        ("plan/unknown-key", "findings of the loader have that id"),
        ("toml/syntax", "findings of the loader have that id"),
        ("allowance/expired", "findings about allowances have that id"),
    ] {
        assert_eq!(check_id(id).unwrap_err().reason, whose);
        let rules = Rules::standard().with_rule(id, RULE);
        assert!(rules.get(id).is_none());
        let failure = &rules.failures()[0];
        assert_eq!(failure.message, format!("the id `{id}` is taken: {whose}"));
        assert!(failure.help.as_ref().unwrap().contains("rename the file"));
        assert_eq!(Auditor::new(&rules).audit(&Plan::parse("p", "n = 6")).errors.len(), 1);
    }
    let dir = folder(&[("rules/plan/unknown-key.rhai", RULE), ("rules/plan/own.rhai", RULE), ("plan.toml", "n = 1\n")]);
    let told = ends(
        dir.path(),
        &["check", "plan.toml", "--rules", "rules"],
        2,
        &["the id `plan/unknown-key` is taken: findings of the loader have that id", "rules/plan/unknown-key.rhai"],
    );
    assert!(!told.contains("plan/own"), "{told}");
    ends(dir.path(), &["new", "rule", "allowance/expired"], 2, &["findings about allowances have that id"]);
    // A pack whose rules would all have such ids cannot be.
    let dir = folder(&[("pack.toml", &pack_toml("plan", "1.0.0")), ("fine.rhai", RULE)]);
    let rules = Rules::standard().with_pack(dir.path()).unwrap();
    assert!(rules.get("plan/fine").is_none() && rules.packs().is_empty());
    assert!(rules.failures()[0].message.contains("a pack cannot have the name `plan`"), "{:?}", rules.failures());
    assert_eq!(rules.failures().len(), 1);
}

#[test]
fn only_the_folder_lib_at_the_root_is_shared_code() {
    assert!(check_id("lib/x").unwrap_err().reason.contains("code that rules share"));
    assert_eq!(check_id("house/lib/x"), Ok(()));
    let dir = folder(&[("rules/house/lib/x.rhai", RULE), ("rules/house/lib/x/pass.toml", "n = 5\n")]);
    let rules = Rules::empty().with_dir(dir.path().join("rules")).unwrap();
    assert!(rules.get("house/lib/x").is_some() && rules.helpers().is_empty());
}

#[test]
fn a_pack_that_cannot_be_used_says_why_also_when_it_is_tested() {
    let dir = folder(&[("packs/p/pack.toml", &pack_toml("p", "1.0")), ("packs/p/budget/r.rhai", RULE)]);
    insta::assert_snapshot!(ends(dir.path(), &["test", "packs/p"], 2, &[]));
    let why = "`1.0` is no version: expected three numbers, such as 1.0.0";
    for arguments in
        [&["test", "--pack", "packs/p"][..], &["test", "packs/p/budget/r.rhai"], &["test", "packs/p/budget"]]
    {
        ends(dir.path(), arguments, 2, &[why]);
    }
    put(dir.path(), "crossfoot.toml", "packs = [\"packs/p\"]\n");
    ends(dir.path(), &["test", "packs/p"], 2, &[why]);
    ends(dir.path(), &["test", "p/budget/r"], 2, &["there is no rule and no path `p/budget/r`", why]);
    let wants = "[pack]\nname = \"p\"\nversion = \"1.0.0\"\nrequires = \"soon\"\nlicence = \"MIT\"\n";
    put(dir.path(), "packs/p/pack.toml", wants);
    ends(dir.path(), &["test"], 2, &["`soon` names no versions: expected a comparison, such as >=0.1 or >=0.1, <0.3"]);
}

#[test]
fn paths_are_shown_as_by_check() {
    let dir = folder(&[
        ("crossfoot.toml", "rules = [\"rules\"]\n"),
        ("rules/h/r.rhai", RULE),
        ("rules/h/r/fail.toml", "n = 7  #~ error: 8\n"),
    ]);
    let told = ends(dir.path(), &["test"], 1, &["failed rules/h/r/fail.toml"]);
    assert!(!told.contains("./"), "{told}");
}

#[test]
fn the_configuration_of_a_test_can_be_named_and_left_out() {
    let dir = folder(&[
        ("crossfoot.toml", "rules = [\"one\"]\n"),
        ("one/h/r.rhai", RULE),
        ("one/h/r/pass.toml", "n = 1\n"),
        ("sub/other.toml", "rules = [\"two\"]\n"),
        ("sub/two/h/s.rhai", RULE),
        ("sub/two/h/s/pass.toml", "n = 1\n"),
        ("sub/two/h/s/pass-2.toml", "n = 2\n"),
        ("broken.toml", "rule = []\n"),
    ]);
    ends(dir.path(), &["test"], 0, &["1 case of 1 rule"]);
    ends(dir.path(), &["test", "--config", "sub/other.toml"], 0, &["2 cases of 1 rule"]);
    ends(dir.path(), &["test", "--no-config"], 2, &["there is no folder `rules` here"]);
    ends(dir.path(), &["test", "--config", "broken.toml"], 2, &["unknown key `rule`"]);
    ends(dir.path(), &["test", "--config", "nowhere.toml"], 2, &["nowhere.toml"]);
    ends(dir.path(), &["test", "--config", "sub/other.toml", "--no-config"], 2, &["cannot be used with"]);
}

#[test]
fn a_file_in_the_way_of_a_folder_is_named_and_left_alone() {
    let dir = folder(&[("rules/house", "mine\n")]);
    ends(dir.path(), &["new", "rule", "house/a"], 2, &["rules/house is a file, not a folder"]);
    assert_eq!(fs::read_to_string(dir.path().join("rules/house")).unwrap(), "mine\n");
    let names: Vec<_> =
        fs::read_dir(dir.path().join("rules")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["house"]);
}
