//! Reports as users ask for them: to several files at once, from a saved run, to places that cannot be written.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may end where something is not as expected")]

#[path = "support/folders.rs"]
mod folders;

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crossfoot::report::Format;
use folders::folder;

const PLAN: &str = "[plan]\ntitle = 'T'\nyears = [2026]\n\n[[objectives]]\nid = 'A'\ntotal = { 2026 = 41 }\n\
    outcomes = [{ id = 'A-a', indicators = ['x'], means = ['y'] }]\n\
    outputs = [{ id = 'A-1', cost = { 2026 = 10 } }, { id = 'A-2', cost = { 2026 = 21 } }]\n";

struct Ended {
    status: i32,
    out: Vec<u8>,
    err: String,
}

fn command(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossfoot"));
    command.args(arguments).current_dir(dir).env("LC_ALL", "C.UTF-8").env_remove("GITHUB_STEP_SUMMARY");
    command
}

fn ended(command: &mut Command) -> Ended {
    let output = command.output().unwrap();
    Ended { status: output.status.code().unwrap(), out: output.stdout, err: String::from_utf8(output.stderr).unwrap() }
}

fn run(dir: &Path, arguments: &[&str]) -> Ended {
    ended(&mut command(dir, arguments))
}

fn read(dir: &Path, name: &str) -> Vec<u8> {
    fs::read(dir.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn a_saved_run_is_printed_as_the_check_was() {
    let dir = folder(&[
        ("plan.toml", PLAN),
        ("allowed.toml", &PLAN.replace("41 }", "41 } # crossfoot: allow totals/outputs: known")),
    ]);
    let check = ["check", "plan.toml", "allowed.toml", "missing.toml"];
    assert_eq!(run(dir.path(), &[&check[..], &["--format", "run", "--output", "run=run.json"]].concat()).status, 2);
    for format in Format::ALL {
        let printed = run(dir.path(), &[&check[..], &["--format", format.name()]].concat());
        let rendered = run(dir.path(), &["report", "run.json", "--format", format.name()]);
        assert_eq!((printed.status, rendered.status), (2, 0), "{}: {}{}", format.name(), printed.err, rendered.err);
        assert!(printed.out == rendered.out && !printed.out.is_empty(), "{}", format.name());
        let shown = run(dir.path(), &["report", "run.json", "--format", format.name(), "--show-suppressed"]);
        let file = format!("again.{}", format.name());
        let output = format!("{}={file}", format.name());
        let written = run(dir.path(), &["report", "run.json", "--output", &output]);
        // In a file there is nobody to ask again, so that it also has what does not count.
        assert!(written.out.is_empty() && read(dir.path(), &file) == shown.out, "{}", format.name());
    }
    // From standard input as well.
    let mut piped = command(dir.path(), &["report", "-", "--format", "csv"]);
    piped.stdin(fs::File::open(dir.path().join("run.json")).unwrap());
    assert_eq!(ended(&mut piped).out, run(dir.path(), &["report", "run.json", "--format", "csv"]).out);
}

#[test]
fn one_check_writes_many_files_and_endings_say_the_form() {
    let dir = folder(&[("plan.toml", PLAN)]);
    let files = [
        ("a.txt", &b"error[totals/outputs]"[..]),
        ("a.json", b"{\n  \"schema\": 1"),
        ("a.jsonl", b"{\"type\":\"finding\""),
        ("a.sarif", b"{\"$schema\":"),
        ("b.sarif.json", b"{\"$schema\":"),
        ("a.xml", b"<?xml"),
        ("a.md", b"# Audit of plans"),
        ("A.CSV", b"\"file\","),
        ("a.xlsx", b"PK"),
        ("gitlab=a.gitlab", b"[\n"),
        ("github=c.txt", b"::error file=plan.toml,line=7"),
        ("json=with=sign", b"{\n  \"schema\": 1"),
        ("./text=odd.md", b"# Audit of plans"),
    ];
    let mut arguments = vec!["check", "plan.toml"];
    files.iter().for_each(|(file, _)| arguments.extend(["-o", *file]));
    let ended = run(dir.path(), &arguments);
    assert_eq!((ended.status, ended.err.as_str()), (1, ""));
    assert!(String::from_utf8_lossy(&ended.out).contains("1 error, 0 warnings"), "standard output is as ever");
    for (file, begins) in files {
        let name = file
            .strip_prefix("gitlab=")
            .or(file.strip_prefix("github="))
            .or(file.strip_prefix("json="))
            .unwrap_or(file);
        let bytes = read(dir.path(), name);
        assert!(bytes.starts_with(begins), "{file}: {}", String::from_utf8_lossy(&bytes[..bytes.len().min(80)]));
    }
}

#[test]
fn what_would_lose_something_is_refused_before_the_audit() {
    let rule = "//! T.\nfn check(plan) { note(plan, \"n\"); }\n";
    let dir = folder(&[
        ("plan.toml", PLAN),
        ("broken.toml", "\u{0}"),
        ("rules/own.rhai", rule),
        ("crossfoot.toml", "rules = [\"rules\"]\n"),
        ("wrong/crossfoot.toml", "nonsense = 1\n"),
        ("wrong/plan.toml", PLAN),
        ("sub/x", ""),
    ]);
    fs::write(dir.path().join("latin.toml"), b"a = \"\xff\"\n").unwrap();
    assert_eq!(run(dir.path(), &["check", "plan.toml", "-o", "run=run.json"]).status, 1);
    let names = ["plan.toml", "broken.toml", "latin.toml", "rules/own.rhai", "crossfoot.toml", "run.json"];
    let before: Vec<Vec<u8>> = names.iter().map(|name| read(dir.path(), name)).collect();
    let cases: &[(&[&str], &str)] = &[
        (&["check", "plan.toml", "-o", "text=plan.toml"], "would write over plan.toml"),
        (&["check", "plan.toml", "-o", "text=./sub/../plan.toml"], "would write over"),
        (&["check", "latin.toml", "-o", "text=latin.toml"], "would write over latin.toml"),
        (&["check", "plan.toml", "-o", "text=rules/own.rhai"], "would write over rules/own.rhai"),
        (&["check", "plan.toml", "-o", "text=crossfoot.toml"], "would write over crossfoot.toml"),
        (&["check", "wrong/plan.toml", "-o", "text=wrong/crossfoot.toml"], "would write over wrong/crossfoot.toml"),
        (&["report", "run.json", "-o", "text=run.json"], "would write over run.json"),
        (&["check", "plan.toml", "-o", "a.txt", "-o", "json=a.txt"], "names a.txt twice"),
        (&["check", "plan.toml", "-o", "a.txt", "-o", "json=sub/../a.txt"], "twice"),
        (&["check", "plan.toml", "-o", "a.pdf"], "the form is not known from this name"),
        (&["check", "plan.toml", "-o", "pdf=a.txt2"], "let the name end in one of"),
        (&["check", "plan.toml", "-o", "json="], "no file is named: write json=FILE"),
        (&["check", "plan.toml", "-o", "json=-"], "standard output is `--format json`"),
        (&["check", "plan.toml", "--format", "word"], "[possible values: text, json"),
    ];
    for (arguments, words) in cases {
        let ended = run(dir.path(), arguments);
        assert!(ended.status == 2 && ended.err.contains(words), "{arguments:?}: {}", ended.err);
        assert!(!dir.path().join("a.txt").exists(), "{arguments:?}");
    }
    let after: Vec<Vec<u8>> = names.iter().map(|name| read(dir.path(), name)).collect();
    assert!(before == after);
}

#[test]
fn what_cannot_be_written_is_told_and_the_rest_is_written() {
    let dir = folder(&[("plan.toml", PLAN), ("there/x", "")]);
    let cases = [
        ("json=there", "cannot write there: ", "it is a directory: name a file in it"),
        ("nowhere/a.json", "cannot write nowhere/a.json: ", "there is no folder nowhere"),
        ("json=/dev/full", "cannot write /dev/full: No space left on device", ""),
    ];
    for (output, words, help) in cases {
        let ended = run(dir.path(), &["check", "plan.toml", "-o", output, "-o", "a.csv"]);
        assert!(ended.status == 2 && ended.err.contains(words) && ended.err.contains(help), "{output}: {}", ended.err);
        assert!(!ended.out.is_empty() && read(dir.path(), "a.csv").starts_with(b"\"file\""), "{output}");
        fs::remove_file(dir.path().join("a.csv")).unwrap();
    }
    let left: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
    assert!(!fs::metadata("/dev/full").unwrap().is_file(), "a device stays one");
    // An old report stays where no new one can be written.
    fs::write(dir.path().join("old.json"), "old").unwrap();
    let script = "ulimit -f 1; trap '' XFSZ; exec \"$0\" check plan.toml -o old.json -o xlsx=big.xlsx";
    let mut limited = Command::new("sh");
    limited.args(["-c", script, env!("CARGO_BIN_EXE_crossfoot")]).current_dir(dir.path());
    let ended = ended(&mut limited);
    assert!(ended.status == 2 && ended.err.contains("cannot write old.json: File too large"), "{}", ended.err);
    assert_eq!(read(dir.path(), "old.json"), b"old");
    assert!(!dir.path().join("big.xlsx").exists());
}

/// Standard output that is full is told; one that nobody reads any more is nobody's mistake.
#[test]
fn standard_output_may_be_full_or_closed() {
    let dir = folder(&[("plan.toml", PLAN)]);
    assert_eq!(run(dir.path(), &["check", "plan.toml", "-o", "run=run.json"]).status, 1);
    for format in Format::ALL {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut full_one = command(dir.path(), &["report", "run.json", "--format", format.name()]);
        let output = full_one.stdout(full).stderr(Stdio::piped()).output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && err.contains("No space left"), "{}: {err}", format.name());

        let mut closed = command(dir.path(), &["check", "plan.toml", "--format", format.name()]);
        let mut child = closed.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(1), ""), "{}", format.name());
    }
}

#[test]
fn a_run_that_cannot_be_read_says_why() {
    let dir = folder(&[("plan.toml", PLAN), ("text.json", "no json"), ("folder/x", "")]);
    assert_eq!(run(dir.path(), &["check", "plan.toml", "-o", "report.json", "-o", "run=run.json"]).status, 1);
    let saved = String::from_utf8(read(dir.path(), "run.json")).unwrap();
    let newer = saved.replacen("\"schema\": 1", "\"schema\": 2", 1).replacen(env!("CARGO_PKG_VERSION"), "9.1.0", 1);
    fs::write(dir.path().join("newer.json"), newer).unwrap();
    fs::write(dir.path().join("half.json"), &saved[..saved.len() / 2]).unwrap();
    fs::write(dir.path().join("shuffled.json"), saved.replacen("\"offset\": ", "\"offset\": 9999", 400)).unwrap();
    fs::write(dir.path().join("latin.json"), b"{\"a\": \"\xff\"}").unwrap();
    for (name, words, help) in [
        ("missing.json", "cannot read missing.json", ""),
        ("folder", "cannot read folder", ""),
        ("text.json", "this is no saved run", "crossfoot check --output run=FILE"),
        ("half.json", "this is no saved run", "crossfoot check --output run=FILE"),
        ("shuffled.json", "are out of order", "crossfoot check --output run=FILE"),
        ("latin.json", "latin.json is not UTF-8", ""),
        ("report.json", "this is a report and no saved run", "crossfoot check --output run=FILE"),
        ("newer.json", "saved by crossfoot 9.1.0 in version 2 of the contract", "render it with that version"),
    ] {
        let ended = run(dir.path(), &["report", name, "--format", "csv", "-o", "x.md"]);
        assert!(ended.status == 2 && ended.out.is_empty(), "{name}");
        assert!(ended.err.contains(words) && ended.err.contains(help), "{name}: {}", ended.err);
        assert!(!dir.path().join("x.md").exists(), "{name}");
    }
}

#[test]
fn a_broken_configuration_still_gives_reports() {
    let dir = folder(&[("crossfoot.toml", "nonsense = 1\n"), ("plan.toml", PLAN)]);
    for format in Format::ALL {
        let ended = run(dir.path(), &["check", "plan.toml", "--format", format.name(), "-o", "a.xml"]);
        assert_eq!(ended.status, 2, "{}: {}", format.name(), ended.err);
        assert!(!ended.out.is_empty(), "{}", format.name());
        let junit = String::from_utf8(read(dir.path(), "a.xml")).unwrap();
        assert!(junit.contains("errors=\"1\"") && junit.contains("nonsense"), "{junit}");
    }
}

#[test]
fn a_workflow_of_github_gets_the_summary_of_its_job() {
    let dir = folder(&[("plan.toml", PLAN), ("summary.md", "# Before\n"), ("folder/x", "")]);
    let with = |file: &str, arguments: &[&str]| ended(command(dir.path(), arguments).env("GITHUB_STEP_SUMMARY", file));
    let summary = run(dir.path(), &["check", "plan.toml", "--format", "github-summary"]).out;
    let ended = with("summary.md", &["check", "plan.toml", "--format", "github"]);
    assert_eq!((ended.status, ended.err.as_str()), (1, ""));
    assert_eq!(read(dir.path(), "summary.md"), [b"# Before\n", &summary[..]].concat());
    // Other forms leave it alone, and without its name nothing is written.
    for (file, format) in [("summary.md", "json"), ("", "github")] {
        assert_eq!(with(file, &["check", "plan.toml", "--format", format]).status, 1);
        assert_eq!(read(dir.path(), "summary.md").len(), 9 + summary.len());
    }
    let ended = with("folder", &["check", "plan.toml", "--format", "github"]);
    assert!(
        ended.status == 2 && ended.err.contains("cannot write folder") && ended.err.contains("GITHUB_STEP_SUMMARY")
    );
}

#[test]
fn a_terminal_is_not_filled_with_a_spreadsheet() {
    let dir = folder(&[("plan.toml", PLAN)]);
    let mut command = Command::new("script");
    let inner = format!("{} check plan.toml --format xlsx", env!("CARGO_BIN_EXE_crossfoot"));
    command.args(["-qec", &inner, "/dev/null"]).current_dir(dir.path()).stdin(Stdio::null());
    // Not every system has the program that makes a terminal.
    let Ok(output) = command.output() else { return };
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(shown.contains("a terminal cannot show xlsx") && shown.contains("--output xlsx=FILE"), "{shown}");
    assert_eq!(output.status.code(), Some(2));
}
