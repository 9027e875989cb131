//! `crossfoot init` and `crossfoot new`, as somebody meets them who has nothing yet.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crossfoot::scaffold;
use crossfoot::{Auditor, Plan, Rules};
use tempfile::TempDir;

fn screen(dir: &Path, arguments: &[&str]) -> (String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_crossfoot"))
        .args(arguments)
        .current_dir(dir)
        .env("COLUMNS", "100")
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let status = output.status.code().unwrap();
    let (out, err) = (text(output.stdout), text(output.stderr));
    assert!(!err.contains("panicked"), "{err}");
    (format!("$ crossfoot {}\n{out}{err}[exit {status}]\n", arguments.join(" ")), status)
}

#[test]
fn help() {
    for arguments in
        [&["init", "--help"][..], &["new", "--help"], &["new", "rule", "--help"], &["new", "case", "--help"]]
    {
        insta::assert_snapshot!(screen(Path::new("."), arguments).0);
    }
}

#[test]
fn from_nothing_to_a_rule_that_is_filled_in() {
    let dir = TempDir::new().unwrap();
    let folder = dir.path().join("ours");
    let mut told = screen(dir.path(), &["init", "ours"]).0;
    for arguments in [
        &["check"][..],
        &["check", "--rules", "rules"],
        &["test", "--threshold", "100"],
        &["new", "rule", "house/titles"],
        &["test", "house/titles"],
        &["test", "--update", "--yes"],
        &["new", "rule", "house/titles"],
        &["new", "case", "house/titles", "fail-empty"],
    ] {
        told += &screen(&folder, arguments).0;
    }
    insta::assert_snapshot!(told);
    // Filled in as the template's own comment says, all but the marks are right, and those can be written.
    let rule = folder.join("rules/house/titles.rhai");
    let text = fs::read_to_string(&rule).unwrap();
    fs::write(&rule, text.replace("        // expect_range(", "        expect_range(")).unwrap();
    let (told, status) = screen(&folder, &["test", "--update", "--yes"]);
    assert!(status == 0 && told.contains("2 rewritten, 0 left"), "{told}");
    let (told, status) = screen(&folder, &["test", "--threshold", "100"]);
    assert_eq!(status, 0, "{told}");
    let marked = fs::read_to_string(folder.join("rules/house/titles/fail-example.toml")).unwrap();
    assert!(marked.ends_with("share = 60  #~ error: objective A has more than half of the plan\n"), "{marked}");
}

/// What is written is as good as what comes with the tool: clean under the standard rules, every figure looked at, every case
/// as expected, every line of the rule run.
#[test]
fn the_first_files_hold_up_under_the_tool_itself() {
    let dir = TempDir::new().unwrap();
    scaffold::init(dir.path()).unwrap();
    let rules = Rules::standard().with_dir(dir.path().join("rules")).unwrap();
    assert!(rules.failures().is_empty());
    let plan = Plan::load(dir.path().join("plans/plan.toml")).unwrap();
    let report = Auditor::new(&rules).audit(&plan);
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
    assert_eq!(report.plans[0].uncovered, []);
    assert!(report.plans[0].figures > 20 && report.summary.checks.passed > 40);
    let rule = rules.get("house/largest-share").unwrap();
    assert!(rule.title().ends_with('.') && rule.page().contains("What to do:"));
    let kinds = ["pass-", "fail-", "not-applicable"];
    assert!(kinds.iter().all(|kind| rule.cases().iter().any(|case| case.stem().starts_with(kind))));
    // The schema beside the plan is the tool's own, and the plan keeps to it.
    let schema = fs::read_to_string(dir.path().join("plans/plan.schema.json")).unwrap();
    assert_eq!(schema, format!("{:#}\n", crossfoot::plan::vocabulary::json_schema()));
    let plan: toml::Table = fs::read_to_string(dir.path().join("plans/plan.toml")).unwrap().parse().unwrap();
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    assert!(validator.is_valid(&serde_json::to_value(plan).unwrap()));
    // All that can be set is there, and stands under its heading once the `# ` is away.
    let text = fs::read_to_string(dir.path().join("crossfoot.toml")).unwrap();
    let plain: toml::Table = text.parse().unwrap();
    assert_eq!(plain.keys().collect::<Vec<_>>(), ["levels", "params", "plans", "rules"]);
    let is_key = |line: &str| {
        line.starts_with("[[") || line.split_once(" = ").is_some_and(|(key, _)| !key.trim_matches('"').contains(' '))
    };
    let uncomment = |line: &str| line.strip_prefix("# ").filter(|rest| is_key(rest)).unwrap_or(line).to_owned();
    let set: String = text.lines().map(|line| uncomment(line) + "\n").collect();
    let set: toml::Table = set.parse().unwrap_or_else(|error| panic!("{error}\n{set}"));
    let keys = [
        "allow", "baseline", "fail_on", "files", "language", "levels", "packs", "params", "plans", "rounding", "rules",
        "standard",
    ];
    assert_eq!(set.keys().collect::<Vec<_>>(), keys);
    assert_eq!(set["params"]["house/largest-share"]["most"].as_integer(), Some(50));
}

#[test]
fn nothing_that_is_there_is_written_over() {
    let dir = TempDir::new().unwrap();
    fs::create_dir(dir.path().join("plans")).unwrap();
    fs::write(dir.path().join("plans/plan.toml"), "mine = 1\n").unwrap();
    let (told, status) = screen(dir.path(), &["init"]);
    assert!(status == 0 && told.contains("kept  plans/plan.toml, which was there"), "{told}");
    assert_eq!(fs::read_to_string(dir.path().join("plans/plan.toml")).unwrap(), "mine = 1\n");
    let (told, status) = screen(dir.path(), &["init"]);
    assert!(status == 0 && !told.contains("wrote"), "{told}");
    assert_eq!(told.matches("kept  ").count(), 7, "{told}");
    let rule = dir.path().join("rules/house/largest-share.rhai");
    fs::write(&rule, "mine").unwrap();
    let (told, status) = screen(dir.path(), &["new", "rule", "house/largest-share"]);
    assert!(status == 2 && told.contains("is there already: nothing was written"), "{told}");
    assert_eq!(fs::read_to_string(&rule).unwrap(), "mine");
}

#[test]
fn what_cannot_be_written_says_why() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("file"), "").unwrap();
    let ends = |arguments: &[&str], part: &str| {
        let (told, status) = screen(dir.path(), arguments);
        assert!(status == 2 && told.contains(part), "{told}");
    };
    ends(&["init", "file"], "file is a file, not a folder");
    ends(&["init", "file/below"], "file is a file, not a folder");
    for id in ["Titles", "titles", "house/", "../house/a", "house/a b", "/house/a", "house/a.rhai"] {
        ends(&["new", "rule", id], "crossfoot new rule house/largest-share");
    }
    ends(&["new", "rule", "totals/outputs"], "a standard rule has it");
    ends(&["new", "rule", "lib/shared"], "holds code that rules share");
    ends(&["new", "rule", "house/a", "--rules", "file"], "file is a file, not a folder");
    ends(&["new", "case", "house/a", "fail-x"], "there is no rule rules/house/a.rhai");
    ends(&["new", "case", "../../etc", "fail-x"], "cannot be the id of a rule");
    screen(dir.path(), &["new", "rule", "house/a"]);
    ends(&["new", "case", "house/a", "../fail"], "cannot be the name of a case");
    ends(&["new", "case", "house/a", "fail-example"], "is there already");
    let names: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "nothing else was made: {names:?}");
}

/// Whoever starts this as root may write everywhere, and there is nothing to see.
#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_to_says_so() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = TempDir::new().unwrap();
    let locked = dir.path().join("locked");
    fs::create_dir(&locked).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o500)).unwrap();
    if fs::write(locked.join("x"), "").is_ok() {
        return;
    }
    let (told, status) = screen(dir.path(), &["init", "locked"]);
    assert!(status == 2 && told.contains("cannot write locked"), "{told}");
}
