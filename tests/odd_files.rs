//! Files that are none, links, pipes and files that may not be written, among rules and cases: told by name, never waited for,
//! never run and never written, while all others do their work.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "support/folders.rs"]
mod folders;

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

use folders::folder;
use tempfile::TempDir;

const RULE: &str = "//! A rule.\nfn check(plan) { expect(plan.a == 1, plan.a, \"no\"); }\n";

/// What is said on both streams, and the exit status. Who waits for a pipe is ended.
fn run(dir: &Path, arguments: &[&str]) -> (String, i32) {
    let output = Command::new("timeout")
        .arg("60")
        .arg(env!("CARGO_BIN_EXE_crossfoot"))
        .args(arguments)
        .current_dir(dir)
        .env("COLUMNS", "120")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    assert!(!said.contains("panicked"), "{said}");
    (said, output.status.code().unwrap())
}

fn ends(dir: &TempDir, arguments: &[&str], status: i32, parts: &[&str]) -> String {
    let (said, ended) = run(dir.path(), arguments);
    assert_eq!(ended, status, "{arguments:?}: {said}");
    for part in parts {
        assert!(said.contains(part), "{arguments:?}: no {part:?} in:\n{said}");
    }
    said
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// Each with what is said of it.
const ODD: [(&str, &str); 6] = [
    ("broken", "this link leads to no file"),
    ("loop", "this link leads to no file"),
    ("device", "this link leads out of the folder of rules, and is not followed"),
    ("pipe", "this is no ordinary file, and is not read"),
    ("linked-pipe", "this is no ordinary file, and is not read"),
    ("folder", "this is a folder, and is not read as a file"),
];

/// Makes one of them.
fn make(what: &str, path: &Path) {
    match what {
        "broken" => symlink("nowhere", path).unwrap(),
        "loop" => symlink(path.file_name().unwrap(), path).unwrap(),
        "device" => symlink("/dev/zero", path).unwrap(),
        "pipe" => pipe(path),
        "linked-pipe" => {
            pipe(&path.with_extension("target"));
            symlink(path.with_extension("target").file_name().unwrap(), path).unwrap();
        }
        _ => fs::create_dir(path).unwrap(),
    }
}

#[test]
fn a_rule_that_is_no_file_is_told_and_others_run() {
    for (what, told) in ODD {
        let dir =
            folder(&[("plan.toml", "a = 1\n"), ("rules/h/fine.rhai", RULE), ("rules/h/fine/pass.toml", "a = 1\n")]);
        make(what, &dir.path().join("rules/h/odd.rhai"));
        let check = ["check", "plan.toml", "--no-standard", "--rules", "rules"];
        let said = ends(&dir, &check, 2, &["rules/h/odd.rhai", told]);
        assert!(said.contains("1 passed"), "the other rule runs: {said}");
        ends(&dir, &["test", "--rules", "rules"], 2, &["rules/h/odd.rhai", told, "1 as expected"]);
    }
    let dir = folder(&[("plan.toml", "a = 1\n"), ("rules/h/fine.rhai", RULE)]);
    fs::write(dir.path().join("rules/h/odd.rhai"), b"// \xff\n").unwrap();
    let said = ends(
        &dir,
        &["check", "plan.toml", "--no-standard", "--rules", "rules"],
        2,
        &["rules/h/odd.rhai", "not UTF-8 at offset 3"],
    );
    assert!(said.contains("1 passed"), "{said}");
}

#[test]
fn a_case_that_is_no_file_is_a_faulty_case_and_others_run() {
    for (what, told) in ODD {
        let dir = folder(&[("rules/h/fine.rhai", RULE), ("rules/h/fine/pass.toml", "a = 1\n")]);
        make(what, &dir.path().join("rules/h/fine/odd.toml"));
        let said = ends(&dir, &["test", "--rules", "rules"], 1, &["odd", told, "1 as expected", "1 faulty"]);
        assert!(!said.contains("cannot read rules"), "{said}");
        let said =
            ends(&dir, &["test", "--rules", "rules", "--update", "--yes"], 1, &["odd.toml", told, "0 rewritten"]);
        assert!(said.contains("1 as expected before"), "{said}");
    }
    let dir = folder(&[("rules/h/fine.rhai", RULE), ("rules/h/fine/pass.toml", "a = 1\n")]);
    fs::write(dir.path().join("rules/h/fine/odd.toml"), b"a = 1 # \xff\n").unwrap();
    ends(&dir, &["test", "--rules", "rules"], 1, &["odd", "not UTF-8 at offset 8", "1 as expected", "1 faulty"]);
}

/// What a link leads out to is neither read nor run nor written.
#[test]
fn cases_outside_of_the_folder_of_rules_are_left_alone() {
    let outside = "a = 2  # outside\n";
    let dir = folder(&[
        ("rules/h/fine.rhai", RULE),
        ("rules/h/fine/pass.toml", "a = 1\n"),
        ("rules/h/away.rhai", RULE),
        ("outside/one.toml", outside),
        ("outside/more/two.toml", outside),
    ]);
    symlink("../../../outside/one.toml", dir.path().join("rules/h/fine/one.toml")).unwrap();
    symlink("../../outside/more", dir.path().join("rules/h/away")).unwrap();
    let leads = "this link leads out of the folder of rules, and is not followed";
    let said = ends(&dir, &["test", "--rules", "rules"], 2, &["[rules/h/away]", leads, "1 as expected", "1 faulty"]);
    assert!(!said.contains("# outside") && !said.contains("noisy"), "{said}");
    let (said, _) = run(dir.path(), &["test", "--rules", "rules", "--update", "--yes"]);
    assert!(said.contains("0 rewritten") && said.contains(leads), "{said}");
    for file in ["outside/one.toml", "outside/more/two.toml"] {
        assert_eq!(fs::read_to_string(dir.path().join(file)).unwrap(), outside);
    }
}

#[test]
fn a_case_that_is_read_only_is_not_replaced() {
    let dir = folder(&[
        ("rules/h/r.rhai", RULE),
        ("rules/h/r/fail-locked.toml", "a = 2\n"),
        ("rules/h/r/fail-open.toml", "a = 2\n"),
    ]);
    let locked = dir.path().join("rules/h/r/fail-locked.toml");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o444)).unwrap();
    let parts = ["fail-locked.toml: it is read-only", "1 rewritten, 1 left as they are"];
    ends(&dir, &["test", "--rules", "rules", "--update", "--yes"], 1, &parts);
    assert_eq!(fs::read_to_string(&locked).unwrap(), "a = 2\n");
    let open = fs::read_to_string(dir.path().join("rules/h/r/fail-open.toml")).unwrap();
    assert!(open.contains("#~ error: no"), "{open}");
}

#[test]
fn the_plans_of_a_case_have_names_of_their_own() {
    let rule = "//! R.\nfn collect(plan) { plan.a }\nfn judge(all) { expect(true, all[0], \"x\"); }\n";
    let case = "#---\na = 1\n#--- a.toml\na = 1\n#--- a.toml\na = 1\n#--------- set off\n";
    let dir = folder(&[("rules/h/r.rhai", rule), ("rules/h/r/pass.toml", case)]);
    let (said, status) = run(dir.path(), &["test", "--rules", "rules", "--format", "json"]);
    assert_eq!(status, 1, "{said}");
    let value: serde_json::Value = serde_json::from_str(&said).unwrap();
    let faults = &value["rules"][0]["cases"][0]["faults"];
    let told = |at: usize| (faults[at]["line"].as_u64(), faults[at]["message"].as_str());
    assert_eq!(told(0), (Some(1), Some("this line begins a plan and gives it no name")));
    assert_eq!(told(1), (Some(5), Some("two plans of this case have the name `a.toml`")));
    assert_eq!(faults.as_array().unwrap().len(), 2, "{faults:#}");
}
