//! What reaches a terminal cannot steer it, wherever the text came from: a plan, a rule, a name of a file, an argument; and
//! what programs read keeps the same characters.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may end where something is not as expected")]

#[path = "support/folders.rs"]
mod folders;

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use folders::folder;
use serde_json::Value;

/// A title for the terminal, a cleared screen in two encodings, a line begun anew, letters turned round.
const EVIL: &str = "a\u{1b}]0;pwn\u{7}b\u{1b}[2J\u{9b}2Jc\rd\u{202e}e\u{2066}f\u{61c}";

/// The same as TOML writes it.
const WRITTEN: &str = r"a\u001b]0;pwn\u0007b\u001b[2J\u009b2Jc\rd\u202Ee\u2066f\u061c";

const PLAN: &str = "[plan]\ntitle = 'T'\nyears = [2026]\n\n[[objectives]]\nid = 'A'\ntotal = { 2026 = 30 }\n\
    outcomes = [{ id = 'A-a', indicators = ['x'], means = ['y'] }]\n\
    outputs = [{ id = 'A-1', cost = { 2026 = 10 } }, { id = 'A-2', cost = { 2026 = 21 } }]\n";

const RULE: &str = "//! Titles.\n//!\n//! severity: warning\n\nfn check(plan) {\n    warn(plan.plan.title, \"it says \" + plan.plan.title);\n}\n";

struct Ended {
    status: i32,
    out: String,
    err: String,
}

fn run(dir: &Path, arguments: &[&str]) -> Ended {
    run_with(dir, arguments, "")
}

fn run_with(dir: &Path, arguments: &[&str], input: &str) -> Ended {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossfoot"));
    command.args(arguments).current_dir(dir).env("LC_ALL", "C.UTF-8").env_remove("NO_COLOR");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Ended {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// What could steer a terminal, said anew here so that it is not held against itself.
fn harm(text: &str) -> Option<char> {
    let turns = "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";
    text.chars().find(|c| c.is_control() && *c != '\n' && *c != '\t' || turns.contains(*c))
}

/// A text without its colours.
fn plain(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap().to_owned();
    for part in parts {
        let end = part.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap_or(part.len());
        match part[end..].strip_prefix('m') {
            Some(rest) => plain.push_str(rest),
            None => plain.push_str(&format!("\u{1b}[{part}")),
        }
    }
    plain
}

#[track_caller]
fn assert_harmless(ended: &Ended, what: &[&str]) {
    for text in [&ended.out, &ended.err] {
        let text = if what.contains(&"always") { plain(text) } else { text.clone() };
        assert_eq!(harm(&text), None, "{what:?}: {text:?}");
    }
    assert!(!(ended.out.is_empty() && ended.err.is_empty()), "{what:?} says nothing");
}

#[test]
fn no_argument_comes_back_as_it_is() {
    let dir = folder(&[("plan.toml", PLAN), ("rules/house/titles.rhai", RULE), ("file", "")]);
    let (level, param) = (format!("{EVIL}=error"), format!("totals/outputs.{EVIL}=1"));
    let below = format!("file/{EVIL}");
    let key = format!("objectives[{EVIL}]");
    let commands: &[&[&str]] = &[
        &[EVIL],
        &["check", EVIL],
        &["check", "plan.toml", "--rules", EVIL],
        &["check", "plan.toml", "--pack", EVIL],
        &["check", "plan.toml", "--config", EVIL],
        &["check", "plan.toml", "--baseline", EVIL],
        &["check", "plan.toml", "--level", EVIL],
        &["check", "plan.toml", "--level", &level],
        &["check", "plan.toml", "--param", EVIL],
        &["check", "plan.toml", "--param", &param],
        &["check", "plan.toml", "--only", EVIL],
        &["check", "plan.toml", "--skip", EVIL],
        &["check", "plan.toml", "--today", EVIL],
        &["check", "plan.toml", "--fail-on", EVIL],
        &["check", "plan.toml", "--quiet", EVIL],
        &["rules", EVIL],
        &["explain", EVIL],
        &["eval", "plan.toml", EVIL],
        &["eval", EVIL, "1"],
        &["repl", EVIL],
        &["man", EVIL],
        &["man", "--output", &below],
        &["completions", EVIL],
        &["baseline", "write", "plan.toml", "-o", &below],
        &["test", EVIL],
        &["test", "--filter", EVIL],
        &["test", "--rules", EVIL],
        &["new", "rule", EVIL],
        &["new", "case", EVIL, EVIL],
        &["new", "case", "house/titles", EVIL],
        &["init", &below],
        &["mutate", EVIL],
        &["mutate", "plan.toml", "--kind", EVIL],
        &["coverage", EVIL],
        &["coverage", "plan.toml", "--at", &key],
        &["schema", EVIL],
    ];
    for command in commands {
        let ended = run(dir.path(), command);
        assert_harmless(&ended, command);
        assert_eq!(ended.status, 2, "{command:?}: {}{}", ended.out, ended.err);
        assert!(ended.err.contains("error") || ended.out.contains("error"), "{command:?}");
    }
}

#[test]
fn no_name_of_a_file_or_folder_comes_back_as_it_is() {
    let wrong = "plans = [\"x.toml\"]\nnonsense = 1\n";
    let (plan, broken) = (format!("{EVIL}/{EVIL}.toml"), format!("{EVIL}/broken.toml"));
    let (rules, bad) = (format!("{EVIL}/rules"), format!("{EVIL}/bad"));
    let files = [
        (plan.clone(), PLAN.to_owned()),
        (broken.clone(), "x = 1\ny = \n".to_owned()),
        (format!("{rules}/house/titles.rhai"), RULE.to_owned()),
        (
            format!("{bad}/house/bad.rhai"),
            "//! Bad.\n//!\n//! severity: error\n\nfn check(plan) { nothing( }\n".to_owned(),
        ),
        (format!("{bad}/{EVIL}/bad.rhai"), RULE.to_owned()),
        (format!("{EVIL}/conf/crossfoot.toml"), wrong.to_owned()),
        (format!("{EVIL}/conf/plan.toml"), PLAN.to_owned()),
        (format!("{EVIL}/pack/pack.toml"), "nonsense = 1\n".to_owned()),
        (format!("{EVIL}/init/here"), String::new()),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let dir = folder(&files);
    let (conf, pack, init) = (format!("{EVIL}/conf/plan.toml"), format!("{EVIL}/pack"), format!("{EVIL}/init"));
    let baseline = format!("{EVIL}/known.json");
    let commands: &[&[&str]] = &[
        &["check", &plan, "--rules", &rules, "--show-rounding"],
        &["check", &plan, "--rules", &rules, "--color", "always"],
        &["check", &plan, "--rules", &bad],
        &["check", &plan, "--rules", &bad, "--color", "always"],
        &["check", &broken],
        &["check", &broken, "--color", "always"],
        &["check", &conf],
        &["check", &plan, "--pack", &pack],
        &["eval", &broken, "1"],
        &["eval", &plan, "plan.objectives"],
        &["eval", &plan, "plan.objectives", "--color", "always"],
        &["repl", &plan],
        &["rules", "--rules", &rules],
        &["explain", "house/titles", "--rules", &rules],
        &["explain", "house/bad", "--rules", &bad],
        &["coverage", &plan],
        &["coverage", &broken],
        &["coverage", &plan, "--at", "objectives[A].total.2026"],
        &["mutate", &plan, "--limit", "3"],
        &["mutate", &broken],
        &["test", &rules],
        &["test", "--rules", &bad],
        &["baseline", "write", &plan, "-o", &baseline],
        &["baseline", "write", &broken, "-o", &baseline],
        &["new", "rule", "house/new", "--rules", &rules],
        &["new", "case", "house/new", "fail-new", "--rules", &rules],
        &["test", "--rules", &rules],
        &["test", "--rules", &rules, "--color", "always", "--verbose"],
        &["test", "--rules", &rules, "--update", "--yes"],
        &["init", &init],
    ];
    for command in commands {
        let ended = run_with(dir.path(), command, "plan.objectives\n:reload\n:why\nnothing\n:nothing\n");
        assert_harmless(&ended, command);
    }
}

#[test]
fn no_key_and_no_text_of_a_plan_comes_back_as_it_is() {
    let text = |at: &str| {
        format!(
            "{}\n[[risks]]\nid = \"{WRITTEN}\"\ntitle = \"{WRITTEN}\"\nimpact = 'high'\nmitigations = [\"{WRITTEN}\"]\n\
             \n[own]\n\"{WRITTEN}{at}\" = 5\n",
            PLAN.replace("'T'", &format!("\"{WRITTEN}\""))
        )
    };
    // One with its characters as they are, which TOML takes but for the control characters.
    let raw = format!("{PLAN}[own]\n\"x\u{202e}\u{61c}\" = 5 # \u{2066}\n");
    let config = format!("plans = [\"{WRITTEN}\"]\nrules = [\"rules\"]\n");
    let level =
        format!("[levels]\n\"{WRITTEN}\" = \"{WRITTEN}\"\n\n[[allow]]\nrule = \"{WRITTEN}\"\nreason = \"{WRITTEN}\"\n");
    let dir = folder(&[
        ("plan.toml", &text("")),
        ("raw.toml", &raw),
        ("rules/house/titles.rhai", RULE),
        ("configured/crossfoot.toml", &config),
        ("configured/rules/house/titles.rhai", RULE),
        ("wrong/crossfoot.toml", &level),
        ("wrong/plan.toml", PLAN),
    ]);
    let commands: &[&[&str]] = &[
        &["check", "plan.toml", "raw.toml", "--rules", "rules"],
        &["check", "plan.toml", "raw.toml", "--rules", "rules", "--color", "always"],
        &["check", "raw.toml"],
        &["coverage", "plan.toml"],
        &["coverage", "raw.toml"],
        &["mutate", "plan.toml", "--all"],
        &["eval", "plan.toml", "plan.plan.title"],
        &["eval", "plan.toml", "plan.own", "--color", "always"],
        &["eval", "plan.toml", "[plan.own.keys(), #{ a: plan.risks }]"],
        &["eval", "plan.toml", "sum(plan.risks.title)"],
        &["check", "wrong/plan.toml"],
    ];
    for command in commands {
        assert_harmless(&run(dir.path(), command), command);
    }
    let ended = run(&dir.path().join("configured"), &["check"]);
    assert_harmless(&ended, &["check"]);
    assert!(ended.out.contains("[2J") && ended.out.contains("error"), "{}", ended.out);
}

#[test]
fn programs_read_the_same_characters_escaped() {
    let title = format!("\"{WRITTEN}\"");
    let dir = folder(&[
        ("plan.toml", &PLAN.replace("'T'", &title)),
        ("rules/house/titles.rhai", RULE),
        ("rules/house/titles/fail-\u{202e}.toml", &PLAN.replace("'T'", &format!("{title} #~ warning: other"))),
    ]);
    let commands: &[&[&str]] = &[
        &["check", "plan.toml", "--rules", "rules", "--format", "json"],
        &["eval", "plan.toml", "plan.plan.title", "--format", "json"],
        &["test", "--format", "json"],
    ];
    for command in commands {
        let ended = run(dir.path(), command);
        assert_eq!(harm(&ended.out), None, "{command:?}: {:?}", ended.out);
        let value: Value = serde_json::from_str(&ended.out).unwrap();
        assert!(value.to_string().contains('\u{202e}'), "{command:?}: {value}");
    }
    let ended = run(dir.path(), &["test", "--format", "junit"]);
    assert_eq!(harm(&ended.out), None, "{:?}", ended.out);
    assert!(ended.out.contains("name=\"fail-&#x202E;\"") && ended.out.ends_with("</testsuites>\n"), "{}", ended.out);
}

#[test]
fn a_byte_order_mark_is_not_drawn() {
    let dir = folder(&[("plan.toml", "\u{feff}a = = 1\n"), ("only.toml", "\u{feff}"), ("same.toml", "a = = 1\n")]);
    let (with, without) = (run(dir.path(), &["check", "plan.toml"]), run(dir.path(), &["check", "same.toml"]));
    assert_eq!(with.out, without.out.replace("same.toml", "plan.toml"));
    assert!(with.out.contains("plan.toml:1:5") && with.out.contains("1 │ a = = 1\n"), "{}", with.out);
    assert!(!run(dir.path(), &["check", "only.toml"]).out.contains('\u{feff}'));

    // The mark of the first line is shown as no change, and is still there after the rewriting.
    let first = PLAN.replace("[plan]\ntitle = 'T'\nyears = [2026]\n", "plan = { title = 'T', years = [2026] }\n");
    let rules =
        folder(&[("rules/house/titles.rhai", RULE), ("rules/house/titles/fail-a.toml", &format!("\u{feff}{first}"))]);
    let ended = run(rules.path(), &["test"]);
    assert!(ended.out.contains(" plan = { title"), "{}{}", ended.out, ended.err);
    assert!(!ended.out.contains('\u{feff}'), "{}", ended.out);
    let case = format!("\u{feff}{PLAN}");
    let rules = folder(&[("rules/house/titles.rhai", RULE), ("rules/house/titles/fail-a.toml", &case)]);
    let ended = run(rules.path(), &["test", "--update", "--yes"]);
    assert!(ended.out.contains("   1   [plan]\n"), "{}{}", ended.out, ended.err);
    assert!(!ended.out.contains('\u{feff}'), "{}", ended.out);
    assert!(fs::read_to_string(rules.path().join("rules/house/titles/fail-a.toml")).unwrap().starts_with('\u{feff}'));
}

#[test]
fn a_failed_write_says_the_same_each_time() {
    let dir = folder(&[("plan.toml", PLAN)]);
    let again = || run(dir.path(), &["baseline", "write", "plan.toml", "-o", "nowhere/known.json"]);
    let (first, second) = (again(), again());
    assert_eq!((first.status, &first.err), (2, &second.err));
    assert!(first.err.contains("nowhere/known.json") && !first.err.contains(".crossfoot-"), "{}", first.err);
    assert!(first.err.contains("No such file or directory"), "{}", first.err);
}

#[test]
fn a_reader_of_junit_may_go_away() {
    let dir = folder(&[]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossfoot"));
    command.args(["test", "--standard", "--format", "junit"]).current_dir(dir.path());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}

#[test]
fn a_comment_that_does_not_end_is_told_at_its_place() {
    let dir = folder(&[("plan.toml", PLAN)]);
    for (text, place) in [("1 /* unclosed", ":1:3"), ("\"/*\" /* a /* b */", ":1:6"), ("/* a */ 1\n  /* b", ":2:3")] {
        let ended = run(dir.path(), &["eval", "plan.toml", text]);
        assert_eq!(ended.status, 2, "{text}: {}{}", ended.out, ended.err);
        assert!(ended.err.contains("this comment does not end") && ended.err.contains(place), "{text}: {}", ended.err);
    }
    for text in ["1 /* closed /* within */ */", "1 // /* in a line", "count([\"/*\"])", "`/*`", "1 /* a */ // b"] {
        assert_eq!(run(dir.path(), &["eval", "plan.toml", text]).status, 0, "{text}");
    }
}

#[test]
fn a_message_about_the_whole_plan_is_a_whole_sentence() {
    let dir = folder(&[("plan.toml", PLAN)]);
    let ended = run(dir.path(), &["eval", "plan.toml", "text(plan)"]);
    assert!(ended.err.contains("the whole plan") && !ended.err.contains(", \n"), "{}", ended.err);
}

#[test]
fn an_empty_name_has_no_page() {
    let dir = folder(&[]);
    for name in ["", "  "] {
        let ended = run(dir.path(), &["explain", name]);
        assert_eq!((ended.status, ended.out.as_str()), (2, ""));
        assert!(ended.err.starts_with("error: there is nothing to explain"), "{}", ended.err);
    }
}

#[test]
fn pages_of_the_manual_replace_only_their_like() {
    let dir =
        folder(&[("man/crossfoot.1", ".TH crossfoot 1  \"crossfoot 0.0.9\"\n"), ("own/crossfoot-test.1", "mine\n")]);
    assert_eq!(run(dir.path(), &["man", "--output", "man"]).status, 0);
    assert!(fs::read_to_string(dir.path().join("man/crossfoot.1")).unwrap().contains(env!("CARGO_PKG_VERSION")));
    assert_eq!(run(dir.path(), &["man", "--output", "man"]).status, 0);

    let ended = run(dir.path(), &["man", "--output", "own"]);
    assert_eq!(ended.status, 2);
    assert!(ended.err.contains("own/crossfoot-test.1 is there and is no page of crossfoot"), "{}", ended.err);
    assert_eq!(fs::read_to_string(dir.path().join("own/crossfoot-test.1")).unwrap(), "mine\n");
    assert_eq!(fs::read_dir(dir.path().join("own")).unwrap().count(), 1);
}

#[test]
fn a_baseline_is_not_written_to_a_file_named_dash() {
    let dir = folder(&[("plan.toml", PLAN)]);
    let ended = run(dir.path(), &["baseline", "write", "plan.toml", "-o", "-"]);
    assert_eq!(ended.status, 2);
    assert!(ended.err.contains("not written to standard output"), "{}", ended.err);
    assert!(!dir.path().join("-").exists());
}

#[test]
fn a_key_that_could_steer_the_terminal_is_completed_as_it_can_be_typed() {
    let plan = crossfoot::Plan::parse("plan.toml", &format!("\"{WRITTEN}\" = 5\n"));
    let mut session = crossfoot::script::Session::new(&plan);
    for text in ["plan.", "plan[\""] {
        let offered = session.complete(text, text.len());
        let candidate = &offered.candidates[0];
        let typed = format!("{}{}", &text[..offered.start], candidate.text);
        assert_eq!(harm(&typed), None, "{typed:?}");
        assert!(session.evaluate(&typed).error.is_none(), "{typed:?}");
    }
}
