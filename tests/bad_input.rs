//! Bad input through the command, as a user meets it: each ends with a clear message, a place, what to do, and the right
//! exit status; never with a panic.

#![allow(clippy::unwrap_used, reason = "a test may end where something is not as expected")]

#[path = "support/folders.rs"]
mod folders;

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use folders::{folder, put};
use serde_json::Value;
use tempfile::TempDir;

const CLEAN: &str = "[plan]\ntitle = 'T'\nyears = [2026]\n\n[[objectives]]\nid = 'A'\ntotal = { 2026 = 30 }\n\
    outcomes = [{ id = 'A-a', indicators = ['x'], means = ['y'] }]\n\
    outputs = [{ id = 'A-1', cost = { 2026 = 10 } }, { id = 'A-2', cost = { 2026 = 20 } }]\n";

/// The clean plan with a total that its outputs do not make.
fn broken() -> String {
    CLEAN.replace("total = { 2026 = 30 }", "total = { 2026 = 35 }")
}

/// A directory with files.
/// The command in a directory, with nothing of this terminal.
fn command(dir: &TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossfoot"));
    command.current_dir(dir.path()).stdin(Stdio::null());
    for name in ["NO_COLOR", "COLUMNS", "LANG", "LC_ALL", "LC_CTYPE", "TERM"] {
        command.env_remove(name);
    }
    command
}

struct Ended {
    status: i32,
    out: String,
    err: String,
}

impl Ended {
    fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let (out, err) = (text(output.stdout), text(output.stderr));
        for said in [&out, &err] {
            assert!(!said.contains("panicked") && !said.contains("RUST_BACKTRACE"), "{said}");
        }
        Self { status: output.status.code().unwrap(), out, err }
    }

    /// Everything that was said, as one line: people read wrapped lines as one.
    fn said(&self) -> String {
        format!("{} {}", self.out, self.err).split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn run(dir: &TempDir, args: &[&str]) -> Ended {
    Ended::of(command(dir).args(args).output().unwrap())
}

/// Runs a check that must end with this status and say all of this.
fn check(dir: &TempDir, args: &[&str], status: i32, says: &[&str]) -> Ended {
    let ended = run(dir, &[&["check"], args].concat());
    let said = ended.said();
    for part in says {
        assert!(said.contains(part), "{args:?} does not say `{part}`:\n{}{}", ended.out, ended.err);
    }
    assert_eq!(ended.status, status, "{args:?}:\n{}{}", ended.out, ended.err);
    ended
}

/// Checks one plan of these bytes, and its report as JSON as well.
fn plan(bytes: &[u8], status: i32, says: &[&str]) -> Value {
    let dir = TempDir::new().unwrap();
    put(&dir, "plan.toml", bytes);
    check(&dir, &["plan.toml"], status, says);
    report(&check(&dir, &["plan.toml", "--format", "json"], status, &[]))
}

fn report(ended: &Ended) -> Value {
    serde_json::from_str(&ended.out).unwrap_or_else(|error| panic!("{error}: {}", ended.out))
}

fn place(value: &Value) -> (u64, u64) {
    let start = &value["span"]["start"];
    (start["line"].as_u64().unwrap(), start["column"].as_u64().unwrap())
}

#[test]
fn a_missing_path_is_named_with_what_was_perhaps_meant() {
    let dir = folder(&[("plans/plan.toml", CLEAN)]);
    check(
        &dir,
        &["plans/paln.toml"],
        2,
        &["plans/paln.toml", "there is no such file", "did you mean plans/plan.toml?"],
    );
    check(&dir, &["plnas"], 2, &["plnas", "there is no such file", "did you mean plans?"]);
    check(&dir, &["nowhere/at/all.toml"], 2, &["nowhere/at/all.toml", "there is no such file"]);
    // The others are checked all the same.
    let ended = check(&dir, &["nowhere.toml", "plans/plan.toml"], 2, &["nowhere.toml", "1 plan"]);
    assert!(ended.said().contains("not complete"), "{}", ended.out);
}

#[test]
fn an_empty_directory_holds_no_plan() {
    let dir = folder(&[("empty/readme.md", "")]);
    check(&dir, &["empty"], 2, &["empty", "no plan in this directory", "*.toml", "name a plan"]);
    check(&dir, &[], 2, &["no plan in this directory"]);
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_says_why() {
    let dir = folder(&[("plans/good.toml", CLEAN)]);
    std::os::unix::fs::symlink("loop.toml", dir.path().join("loop.toml")).unwrap();
    let ended = check(&dir, &["loop.toml"], 2, &["loop.toml"]);
    assert!(ended.said().contains("symbolic links") || ended.said().contains("cannot read"), "{}", ended.out);
    if Path::new("/proc/self/mem").exists() {
        check(&dir, &["/proc/self/mem"], 2, &["cannot read /proc/self/mem", "error"]);
    }
    // A directory with one file that cannot be read still has its others checked.
    std::os::unix::fs::symlink("nowhere.toml", dir.path().join("plans/dangling.toml")).unwrap();
    check(&dir, &["plans"], 2, &["dangling.toml", "1 plan"]);
}

#[test]
fn a_directory_named_like_a_plan_is_a_directory() {
    let dir = folder(&[
        ("x.toml/plan.toml", CLEAN),
        ("y.toml/readme.md", ""),
        ("plans/z.toml/readme.md", ""),
        ("plans/good.toml", CLEAN),
    ]);
    check(&dir, &["x.toml"], 0, &["1 plan"]);
    check(&dir, &["y.toml"], 2, &["y.toml", "no plan in this directory"]);
    check(&dir, &["plans"], 0, &["1 plan"]);
}

#[test]
fn what_is_no_utf8_has_its_offset() {
    let report = plan(
        b"a = 1\nb = \"caf\xe9\"\n",
        2,
        &["plan.toml is not UTF-8", "0xe9", "offset 14", "line 2", "save the file as UTF-8"],
    );
    assert_eq!(report["errors"][0]["kind"], "file");
    plan(b"\xff\xfea\0 \0=\0", 2, &["offset 0", "UTF-8"]);
}

#[test]
fn a_byte_order_mark_is_no_character() {
    let report = plan(format!("\u{feff}{CLEAN}").as_bytes(), 0, &["0 errors"]);
    assert_eq!(report["errors"], Value::Array(Vec::new()));
    let report = plan("\u{feff}a = \n".as_bytes(), 2, &["plan.toml:1:"]);
    assert_eq!(place(&report["findings"][0]), (1, 5));
}

#[test]
fn carriage_returns_move_no_position() {
    let unix = plan(broken().as_bytes(), 1, &["plan.toml:7:"]);
    let windows = plan(broken().replace('\n', "\r\n").as_bytes(), 1, &["plan.toml:7:"]);
    let find = |report: &Value| {
        report["findings"].as_array().unwrap().iter().find(|f| f["rule"] == "totals/outputs").cloned().unwrap()
    };
    let (unix, windows) = (find(&unix), find(&windows));
    assert_eq!((place(&unix), unix["message"].clone()), (place(&windows), windows["message"].clone()));
    let offset = |finding: &Value| finding["span"]["start"]["offset"].as_u64().unwrap();
    assert_eq!(offset(&windows) - offset(&unix), place(&unix).0 - 1);
    assert_eq!(unix["fingerprint"], windows["fingerprint"]);
}

#[test]
fn an_empty_file_is_an_empty_plan() {
    for text in ["", "\n", "# nothing\n", "\u{feff}"] {
        let report = plan(text.as_bytes(), 0, &["1 plan"]);
        assert_eq!(report["plans"][0]["figures"], 0, "{text:?}");
        assert_eq!(report["findings"][0]["rule"], "plan/empty", "{text:?}");
    }
}

#[test]
fn ten_thousand_levels_are_too_deep_in_every_form() {
    let n = 10_000;
    for (name, text) in [
        ("arrays", format!("a = {}{}\n", "[".repeat(n), "]".repeat(n))),
        ("arrays that are not closed", format!("a = {}\n", "[".repeat(n))),
        ("inline tables", format!("{}1{}\n", "a = {".repeat(n) + "a = ", "}".repeat(n))),
        ("inline tables that are not closed", "a = {".repeat(n)),
        ("dotted keys", format!("{} = 1\n", vec!["a"; n].join("."))),
        ("headers", format!("[{}]\n", vec!["a"; n].join("."))),
        ("headers of arrays", format!("[[{}]]\n", vec!["a"; n].join("."))),
    ] {
        let report = plan(text.as_bytes(), 2, &["nested more than 128 levels deep", "plan.toml:1:", "flatten"]);
        assert!(report["findings"].as_array().unwrap().iter().any(|f| f["rule"] == "toml/too-deep"), "{name}");
    }
}

#[test]
fn a_key_given_twice_points_to_both() {
    let report = plan(
        b"[plan]\ntitle = 'a'\nyears = [2026]\ntitle = 'b'\n",
        2,
        &["`title` is given twice", "first given here", "plan.toml:4:1"],
    );
    let finding = &report["findings"][0];
    assert_eq!((finding["rule"].as_str(), place(finding)), (Some("toml/duplicate-key"), (4, 1)));
    assert_eq!(place(&finding["labels"][0]), (2, 1));
    assert_eq!(report["errors"][0]["kind"], "plan");
    for text in ["[a]\n[a]\n", "a = 1\n[a]\n", "a = [1]\n[[a]]\n", "[[a]]\n[a]\n", "[a]\nb.c = 1\n[a.b]\n"] {
        let report = plan(text.as_bytes(), 2, &["is given twice"]);
        let message = report["findings"][0]["labels"][0]["message"].as_str().unwrap();
        assert!(!message.contains("a array") && !message.contains("an table"), "{message}");
    }
}

#[test]
fn a_number_of_forty_digits_is_a_finding_and_no_figure() {
    let forty = "1234567890".repeat(4);
    let text = format!("{CLEAN}\n[own]\nnumber = {forty}\nsmall = 0.{forty}\nhuge = 1e40\n");
    let report = plan(text.as_bytes(), 1, &["40 significant digits", "at most 28", "larger unit", "plan.toml:12:10"]);
    let faults: Vec<&Value> =
        report["findings"].as_array().unwrap().iter().filter(|f| f["rule"] == "figure/too-many-digits").collect();
    assert_eq!(faults.iter().map(|f| place(f).0).collect::<Vec<_>>(), [12, 13, 14]);
    // It takes no part: the figures are those of the clean plan.
    assert_eq!(report["plans"][0]["figures"], 4);
}

/// Checks the clean plan with one house rule.
fn rule(text: &str, status: i32, says: &[&str]) -> Value {
    let dir = folder(&[("plan.toml", CLEAN), ("rules/house/own.rhai", text)]);
    check(&dir, &["plan.toml", "--rules", "rules"], status, says);
    report(&check(&dir, &["plan.toml", "--rules", "rules", "--format", "json"], status, &[]))
}

#[test]
fn a_rule_that_does_not_compile_has_its_line_and_column() {
    let report = rule(
        "//! Own.\nfn check(plan) {\n    let x = ;\n}\n",
        2,
        &["house/own does not compile", "rules/house/own.rhai:3:13"],
    );
    let failure = &report["errors"][0];
    assert_eq!((failure["kind"].as_str(), place(failure)), (Some("rule-compile"), (3, 13)));
    // The standard rules ran.
    assert!(report["rules"].as_array().unwrap().len() > 10);
    assert!(!report["rules"].as_array().unwrap().iter().any(|rule| rule["rule"] == "house/own"));
}

#[test]
fn a_rule_without_check_says_what_to_write() {
    rule(
        "fn chek(plan) { }\n",
        2,
        &["house/own", "no function `check`", "fn check(plan) { ... }", "rules/house/own.rhai"],
    );
    rule("", 2, &["no function `check`"]);
}

#[test]
fn two_rules_with_one_id_are_named_both() {
    let text = "fn check(plan) { }\n";
    let dir = folder(&[
        ("plan.toml", CLEAN),
        ("one/house/own.rhai", text),
        ("two/house/own.rhai", text),
        ("std/totals/outputs.rhai", text),
    ]);
    let says = ["two rules have the id `house/own`", "one/house/own.rhai", "two/house/own.rhai", "rename"];
    check(&dir, &["plan.toml", "--rules", "one", "--rules", "two"], 2, &says);
    check(&dir, &["plan.toml", "--rules", "std"], 2, &["two rules have the id `totals/outputs`", "--no-standard"]);
    check(&dir, &["plan.toml", "--rules", "std", "--no-standard"], 0, &["1 rule"]);
}

#[test]
fn a_rule_that_loops_for_ever_is_stopped_and_said_to_be() {
    let report = rule(
        "fn check(plan) {\n    loop { }\n}\n",
        2,
        &["house/own", "was stopped", "rules/house/own.rhai:2:", "loop that never ends"],
    );
    let own = report["rules"].as_array().unwrap().iter().find(|rule| rule["rule"] == "house/own").unwrap();
    assert_eq!(own["stopped"], true);
    assert_eq!(own["checks"]["passed"], 0);
}

#[test]
fn a_rule_that_calls_an_unknown_verb_is_told_the_near_one() {
    let says = ["house/own", "unknown verb `expct_equal`", "did you mean `expect_equal`?", "rules/house/own.rhai:2:5"];
    rule("fn check(plan) {\n    expct_equal(1, 2);\n}\n", 2, &says);
}

#[test]
fn a_rule_that_fails_says_where_it_was_and_what_it_looked_at() {
    let text = "fn inner(o) {\n    o.id + 1\n}\n\nfn check(plan) {\n    for o in plan.objectives { inner(o); }\n}\n";
    let says = [
        "house/own failed",
        "rules/house/own.rhai:2:10",
        "called inner, rules/house/own.rhai:6:32",
        "looking at plan.toml: objectives[A]",
    ];
    let report = rule(text, 2, &says);
    assert_eq!(report["errors"][0]["kind"], "rule-run");
}

#[test]
fn a_rules_folder_that_cannot_be_read_stops_the_command() {
    let dir = folder(&[("plan.toml", CLEAN), ("empty/readme.md", "")]);
    check(&dir, &["plan.toml", "--rules", "nowhere"], 2, &["nowhere", "there is no such folder"]);
    check(&dir, &["plan.toml", "--rules", "plan.toml"], 2, &["plan.toml", "no folder"]);
    check(&dir, &["plan.toml", "--no-standard"], 2, &["no rule to check with", "--rules DIR"]);
    check(&dir, &["plan.toml", "--no-standard", "--rules", "empty"], 2, &["there is no rule in it", "*.rhai"]);
    check(&dir, &["plan.toml", "--only", "shares", "--skip", "shares"], 2, &["no rule is left to check with"]);
    put(&dir, "bad/own.rhai", b"fn check(plan) { }\n// \xff\n");
    check(&dir, &["plan.toml", "--rules", "bad"], 2, &["bad/own.rhai", "not UTF-8 at offset 22"]);
}

#[test]
fn an_unknown_rule_to_choose_is_told_the_near_one() {
    let dir = folder(&[("plan.toml", CLEAN)]);
    check(
        &dir,
        &["plan.toml", "--only", "totals/output"],
        2,
        &["unknown rule `totals/output`", "did you mean `totals/outputs`?"],
    );
    check(&dir, &["plan.toml", "--skip", "totals/output"], 2, &["did you mean `totals/outputs`?"]);
    check(&dir, &["plan.toml", "--only", "nothing/*"], 2, &["unknown rule `nothing/*`"]);
    check(&dir, &["plan.toml", "--only", "totals/["], 2, &["totals/["]);
    let chosen = check(&dir, &["plan.toml", "--only", "totals/*", "--format", "json"], 0, &[]);
    let report = report(&chosen);
    assert!(
        report["rules"].as_array().unwrap().iter().all(|rule| rule["rule"].as_str().unwrap().starts_with("totals/"))
    );
}

#[test]
fn a_closed_pipe_is_no_failure_of_the_program() {
    // A report that no pipe holds at once, so that the writer meets the closed end.
    let mut text = broken();
    for n in 0..400 {
        text.push_str(&format!("[[risks]]\ntitle = 'Risk number {n}'\nmitigations = [{n}]\n"));
    }
    let dir = folder(&[("plan.toml", &text)]);
    for format in ["text", "json"] {
        let mut child = command(&dir)
            .args(["check", "plan.toml", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::with_capacity(64, child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        assert!(!line.is_empty());
        drop(out);
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        let status = child.wait().unwrap();
        assert_eq!(err, "", "{format}");
        // The verdict is what it was: nobody asked for another.
        assert_eq!(status.code(), Some(1), "{format}");
    }
    // Help and schemas as well.
    for args in [&["--help"][..], &["schema", "plan"], &["schema", "report"]] {
        let mut child = command(&dir).args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let ended = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8_lossy(&ended.stderr), "", "{args:?}");
        assert_eq!(ended.status.code(), Some(0), "{args:?}");
    }
}

#[cfg(unix)]
#[test]
fn an_output_that_is_full_is_said() {
    let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") else { return };
    let dir = folder(&[("plan.toml", CLEAN)]);
    let output = command(&dir).args(["check", "plan.toml"]).stdout(full).output().unwrap();
    let ended = Ended::of(output);
    assert_eq!(ended.status, 2);
    assert!(ended.err.contains("cannot write the output"), "{}", ended.err);
}

#[test]
fn standard_input_is_a_plan() {
    let dir = folder(&[]);
    let with = |text: &[u8], args: &[&str]| {
        let mut command = command(&dir);
        let mut child =
            command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(text).unwrap();
        Ended::of(child.wait_with_output().unwrap())
    };
    assert_eq!(with(CLEAN.as_bytes(), &["check", "-"]).status, 0);
    let ended = with(broken().as_bytes(), &["check", "-"]);
    assert_eq!(ended.status, 1);
    assert!(ended.out.contains("<stdin>:7:"), "{}", ended.out);
    let ended = with(b"a = '\xff'", &["check", "-"]);
    assert_eq!(ended.status, 2);
    assert!(ended.said().contains("<stdin> is not UTF-8: byte 0xff at offset 5"), "{}", ended.out);
    // Asked for twice, it is read once.
    let ended = with(broken().as_bytes(), &["check", "-", "-"]);
    assert!(ended.said().contains("in 1 plan"), "{}", ended.out);
}

#[test]
fn paths_may_be_globs_directories_and_nothing() {
    let dir = folder(&[
        ("plans/a.toml", CLEAN),
        ("plans/b.toml", CLEAN),
        ("plans/deep/c.toml", CLEAN),
        ("plans/notes.md", ""),
        ("plans/.hidden/d.toml", "x ="),
        ("plans/deep/crossfoot.toml", "x ="),
        ("other/e.toml", CLEAN),
    ]);
    let plans = |args: &[&str]| -> Vec<String> {
        let report = report(&check(&dir, &[args, &["--format", "json"]].concat(), 0, &[]));
        report["plans"].as_array().unwrap().iter().map(|plan| plan["file"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(plans(&["plans/*.toml"]).len(), 2);
    assert_eq!(plans(&["plans/[ab].toml"]), ["plans/a.toml", "plans/b.toml"]);
    assert_eq!(plans(&["./plans/{a,b}.toml"]), ["plans/a.toml", "plans/b.toml"]);
    assert_eq!(plans(&["**/c.toml"]), ["plans/deep/c.toml"]);
    assert_eq!(plans(&["plans"]), ["plans/a.toml", "plans/b.toml", "plans/deep/c.toml"]);
    assert_eq!(plans(&["plans", "plans/a.toml", "other"]).len(), 4);
    // `plans/` is what is checked where nothing is named.
    assert_eq!(plans(&[]), ["plans/a.toml", "plans/b.toml", "plans/deep/c.toml"]);
    check(&dir, &["plans/*.tom"], 2, &["plans/*.tom", "no file matches this glob"]);
    check(&dir, &["plans/[a.toml"], 2, &["plans/[a.toml"]);
    let bare = folder(&[("e.toml", CLEAN)]);
    check(&bare, &[], 0, &["1 plan"]);
}

#[test]
fn one_file_under_two_names_is_checked_once() {
    let dir = folder(&[("plans/a.toml", CLEAN)]);
    check(&dir, &["plans/a.toml", "./plans/a.toml", "plans/../plans/a.toml"], 0, &["in 1 plan"]);
}

#[test]
fn quiet_says_nothing_but_what_stood_in_the_way() {
    let dir = folder(&[("good.toml", CLEAN), ("bad.toml", &broken()), ("worse.toml", "a =\n")]);
    for (args, status) in [(&["good.toml", "--quiet"], 0), (&["bad.toml", "-q"], 1)] {
        let ended = check(&dir, args, status, &[]);
        assert_eq!((ended.out.as_str(), ended.err.as_str()), ("", ""), "{args:?}");
    }
    let ended = check(&dir, &["nowhere.toml", "--quiet"], 2, &["nowhere.toml: there is no such file"]);
    assert_eq!(ended.out, "");
    let ended = check(&dir, &["worse.toml", "--quiet"], 2, &["worse.toml", "not TOML"]);
    assert_eq!(ended.out, "");
}

#[test]
fn the_exit_status_follows_the_fail_level() {
    let dir = folder(&[("bad.toml", &broken()), ("warn.toml", &CLEAN.replace("[plan]", "[plan]\norganization = 'O'"))]);
    for (plan, level, status) in [
        ("bad.toml", "error", 1),
        ("bad.toml", "never", 0),
        ("warn.toml", "error", 0),
        ("warn.toml", "warning", 1),
        ("warn.toml", "info", 1),
        ("warn.toml", "never", 0),
    ] {
        check(&dir, &[plan, "--fail-on", level], status, &[]);
    }
    check(&dir, &["nowhere.toml", "--fail-on", "never"], 2, &[]);
}

#[test]
fn json_is_json_whatever_stands_in_the_way() {
    let dir = folder(&[("good.toml", CLEAN), ("bad.toml", "a =\n"), ("rules/x.rhai", "fn check(")]);
    let ended = check(&dir, &["good.toml", "bad.toml", "nowhere.toml", "--rules", "rules", "--format", "json"], 2, &[]);
    let report = report(&ended);
    assert_eq!(report["schema"], 1);
    let kinds: Vec<&str> = report["errors"].as_array().unwrap().iter().map(|e| e["kind"].as_str().unwrap()).collect();
    for kind in ["file", "plan", "rule-compile"] {
        assert!(kinds.contains(&kind), "{kinds:?}");
    }
    assert!(ended.out.ends_with("}\n"));
    assert!(!ended.out.contains('\u{1b}'));
    assert!(!ended.out.contains(dir.path().to_str().unwrap()), "an absolute path is in the report");
}

#[test]
fn colour_is_there_when_wanted_and_only_then() {
    let dir = folder(&[("plan.toml", &broken())]);
    let colour = |args: &[&str], set: &[(&str, &str)]| {
        let mut command = command(&dir);
        command.args(["check", "plan.toml"]).args(args).envs(set.iter().copied());
        Ended::of(command.output().unwrap()).out.contains('\u{1b}')
    };
    assert!(!colour(&[], &[]), "no terminal, no colour");
    assert!(colour(&["--color", "always"], &[]));
    assert!(!colour(&["--color", "never"], &[]));
    assert!(!colour(&["--color", "auto"], &[("NO_COLOR", "1")]));
    // What is said on the command line is stronger than the environment.
    assert!(colour(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(!colour(&["--format", "json", "--color", "always"], &[]));
}

#[test]
fn a_narrow_terminal_and_a_plain_locale_are_heeded() {
    let long = "A rather long explanation of what an objective is to reach, in many words, ".repeat(4);
    let dir = folder(&[("plan.toml", &broken().replace("id = 'A'\n", &format!("id = 'A'\ntitle = '{long}'\n")))]);
    let text = |set: &[(&str, &str)]| {
        let mut command = command(&dir);
        command.args(["check", "plan.toml"]).envs(set.iter().copied());
        Ended::of(command.output().unwrap()).out
    };
    let help = |text: &str| {
        text.lines().filter(|line| line.contains("help") || line.starts_with("     ")).map(|l| l.chars().count()).max()
    };
    let (narrow, wide) = (text(&[("COLUMNS", "40")]), text(&[("COLUMNS", "120")]));
    assert!(narrow.lines().count() > wide.lines().count(), "{narrow}\n{wide}");
    assert!(help(&narrow).is_some());
    for line in narrow.lines().filter(|line| line.trim_start().starts_with("help:")) {
        assert!(line.chars().count() <= 40, "{line}");
    }
    let plain = text(&[("LANG", "C")]);
    assert!(plain.is_ascii(), "{plain}");
    assert!(!wide.is_ascii());
    assert!(!text(&[("LC_ALL", "C"), ("LANG", "fr_CH.UTF-8")]).contains('│'));
    assert!(!text(&[("LANG", "fr_CH.UTF-8")]).is_ascii());
    for columns in ["0", "1", "7", "no number", "999999"] {
        assert!(text(&[("COLUMNS", columns)]).contains("1 error"), "COLUMNS={columns}");
    }
}

#[test]
fn wrong_arguments_end_with_two() {
    let dir = folder(&[("plan.toml", CLEAN)]);
    for (args, says) in [
        (&["check", "--nothing"][..], "--nothing"),
        (&["check", "--format", "xml"], "xml"),
        (&["check", "--fail-on", "sometimes"], "sometimes"),
        (&["check", "--today", "tomorrow", "plan.toml"], "expected a date such as 2026-12-31"),
        (&["chekc"], "chekc"),
        (&["schema", "nothing"], "nothing"),
        (&[], "Usage"),
    ] {
        let ended = run(&dir, args);
        assert_eq!(ended.status, 2, "{args:?}");
        assert!(ended.err.contains(says), "{args:?}: {}", ended.err);
        assert_eq!(ended.out, "", "{args:?}");
    }
    for args in [&["--help"][..], &["--version"], &["check", "--help"], &["schema"], &["schema", "report"]] {
        let ended = run(&dir, args);
        assert_eq!((ended.status, ended.err.as_str()), (0, ""), "{args:?}");
        assert!(!ended.out.is_empty());
    }
}

/// What a plan or a rule says never steers the terminal.
#[test]
fn control_characters_of_a_plan_never_reach_the_terminal() {
    let dir = folder(&[
        (
            "plan.toml",
            "[[risks]]\ntitle = \"a\\u001b[31mred\\u0007\\u009b\\u202e\"\nmitigations = [\"\\u001b]0;x\\u0007\"]\n",
        ),
        ("rules/x.rhai", "fn check(plan) { warn(plan.risks[0], `${plan.risks[0].title}`); }"),
    ]);
    let ended = run(&dir, &["check", "plan.toml", "--rules", "rules"]);
    for bad in ['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}'] {
        assert!(!ended.out.contains(bad), "{:?} in {:?}", bad, ended.out);
    }
    assert!(ended.out.contains("red"));
}

/// What a drafter slips in most often is answered with what to write.
#[test]
fn slips_of_drafters_are_answered_with_what_to_write() {
    let dir = folder(&[
        ("comma.toml", "share = 32,8\n"),
        ("thousands.toml", "cost = 50 000\n"),
        ("quotes.toml", "title = “Water”\n"),
        ("open.toml", "[plan]\ntitle = 'T'\nyears = [2026\n\n[[objectives]]\nid = 'A'\n[[objectives]]\nid = 'B'\n"),
        ("text.toml", "[[objectives]]\nid = 'A'\ntotal = { 2026 = '1_000' }\n"),
    ]);
    check(&dir, &["comma.toml"], 2, &["comma.toml:1:11", "decimal point is written as a point"]);
    check(&dir, &["thousands.toml"], 2, &["write 50000 or 50_000", "underscores"]);
    check(&dir, &["quotes.toml"], 2, &["straight quotation marks"]);
    check(&dir, &["open.toml"], 2, &["open.toml:3:9", "this `[` is never closed", "1 error,"]);
    check(&dir, &["text.toml"], 1, &["expected a number", "write 1_000 without quotation marks"]);
}

/// A figure as it is written on paper is answered with the figure as it is written here.
#[test]
fn a_figure_as_on_paper_is_answered_with_how_it_is_written() {
    let point = "a decimal point is written as a point: ";
    let thousands = ": thousands are grouped with underscores";
    for (line, help) in [
        ("a = 70'000", format!("write 70000 or 70_000{thousands}")),
        ("a = 1 000", format!("write 1000 or 1_000{thousands}")),
        ("a = { b = 1\u{a0}234\u{202f}567, c = 1 }", format!("write 1234567 or 1_234_567{thousands}")),
        ("a = -1\u{2019}234,50", format!("write -1234.50 or -1_234.50{thousands}")),
        ("a = 1.234,5", format!("write 1234.5 or 1_234.5{thousands}")),
        ("a = 1,234.5", format!("write 1234.5 or 1_234.5{thousands}")),
        ("a = 32,8", format!("{point}32.8")),
        ("a = { 2026 = 1,5 }", format!("{point}1.5")),
        ("a = 1,234", format!("{point}1.234; if these are thousands, write 1234")),
        ("a = 34.5 %", "write 34.5: a share is in percent".to_owned()),
        ("a = 34%", "write 34: a share is in percent".to_owned()),
        ("a = 12,5 %", "write 12.5: a share is in percent".to_owned()),
        (
            "[objectives.outputs]\n[objectives.outputs]",
            "write `[[objectives.outputs]]` for each, where there are several; else keep one of the two".to_owned(),
        ),
        ("[x]\na = 1\n[x]", "write `[[x]]` for each, where there are several; else keep one of the two".to_owned()),
        ("[plan]\n[plan]", "keep one of the two, or give the second another name".to_owned()),
        ("a = 1\na = 2", "keep one of the two, or give the second another name".to_owned()),
        ("a = { 2026 = 1, 2027 }", "write a number, a text in quotes, a date, `[...]` or `{...}`".to_owned()),
    ] {
        let plan = crossfoot::Plan::parse("plan.toml", line);
        assert_eq!(plan.faults()[0].help.as_deref(), Some(help.as_str()), "{line}");
    }
    for line in ["a = 50 CHF", "a = 2026-01-32", "a = 1.234.567", "a = 1,", "a = é,5"] {
        assert_eq!(crossfoot::Plan::parse("plan.toml", line).faults()[0].help.as_deref(), None, "{line}");
    }
}

/// An addend that is missing is named, instead of a guess at the others.
#[test]
fn a_year_that_is_missing_is_the_cause_that_is_named() {
    let plan = "[[objectives]]\nid = 'A'\ntotal = { 2026 = 30 }\noutputs = [{ id = 'A-1', cost = { 2026 = 10 } }, { id = 'A-2', cost = {} }]\n";
    let dir = folder(&[("plan.toml", plan)]);
    check(&dir, &["plan.toml", "--only", "totals/outputs"], 1, &["objectives[A].outputs[A-2].cost has no 2026"]);
}
