//! A real editor: Emacs with Eglot, set up as `docs/editors.md` says, opens the ITU plan and a rule, and does what people do.
//!
//! Emacs is large, and continuous integration does without: where there is none with Eglot, the test says so and is skipped.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may end where something is not as expected, and read its environment"
)]

#[allow(dead_code, reason = "nothing is required here")]
#[path = "support/programs.rs"]
mod programs;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// The editor, if it is there and has Eglot.
fn emacs() -> Option<String> {
    let command = std::env::var("CROSSFOOT_EMACS").unwrap_or_else(|_| "emacs".to_owned());
    let has_eglot = Command::new(&command).args(["--batch", "-f", "package-initialize", "-l", "eglot"]).output();
    if has_eglot.is_ok_and(|output| output.status.success()) {
        return Some(command);
    }
    programs::skipped(&format!("there is no `{command}` with Eglot; install emacs-nox 29 or later"));
    None
}

const CONFIG: &str = "\
rules = ['rules']
plans = ['plans']

[[allow]]
rule = 'shares/consistent'
path = 'objectives[I.1].outputs[I.1-1].share_of_objective'
reason = 'as printed'
";

const RULE: &str =
    "//! No objective has more.\n\nfn check(plan) {\n    expect_range(plan.objectives.share, 0, 90);\n}\n";

/// What the editor saw.
fn drive(emacs: &str, folder: &Path) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut child = Command::new(emacs)
        .args(["--batch", "-f", "package-initialize", "-l"])
        .arg(root.join("tests/editor/drive.el"))
        .env("CROSSFOOT_COMMAND", env!("CARGO_BIN_EXE_crossfoot"))
        .env("CROSSFOOT_EDITORS", root.join("editors/emacs"))
        .env("CROSSFOOT_FOLDER", folder)
        .env("HOME", folder)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(fs::File::create(folder.join("emacs.log")).unwrap())
        .spawn()
        .unwrap();
    let began = Instant::now();
    let mut out = child.stdout.take().unwrap();
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut out, &mut text).map(|_| text)
    });
    while child.try_wait().unwrap().is_none() && began.elapsed() < Duration::from_secs(300) {
        std::thread::sleep(Duration::from_millis(20));
    }
    let _ = child.kill();
    let out = reader.join().unwrap().unwrap();
    let log = fs::read_to_string(folder.join("emacs.log")).unwrap();
    serde_json::from_str(out.trim()).unwrap_or_else(|error| panic!("{error}\n{out}\n{log}"))
}

#[test]
fn a_drafter_works_in_emacs() {
    let Some(emacs) = emacs() else { return };
    let folder = tempfile::tempdir().unwrap();
    let itu = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("plans/itu-2020-2023.toml")).unwrap();
    for (path, text) in [
        ("plans/itu.toml", &*itu),
        ("crossfoot.toml", CONFIG),
        ("rules/house/most.rhai", RULE),
        ("rules/house/most/fail-more.toml", "objectives = [{ id = 'A', share = 95 }]  #~ error\n"),
    ] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let check = Command::new(env!("CARGO_BIN_EXE_crossfoot"))
        .args(["check", "--format", "json"])
        .current_dir(folder.path())
        .output();
    let report: Value = serde_json::from_slice(&check.unwrap().stdout).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let mut expected: Vec<u64> = findings.map(|it| it["span"]["start"]["line"].as_u64().unwrap()).collect();
    expected.sort_unstable();

    let seen = drive(&emacs, folder.path());
    let text = |key: &str| seen[key].as_str().unwrap_or_else(|| panic!("{key}: {seen:#}")).to_owned();
    assert!(seen.get("failed").is_none(), "{seen:#}");
    let mut known: Vec<u64> = seen["known"].as_array().unwrap().iter().map(|it| it[0].as_u64().unwrap()).collect();
    known.sort_unstable();
    assert!(known.len() > 10);
    assert_eq!(known, expected);
    assert!(text("new").contains("the outputs of I.1 do not make its stated total for 2020"));
    assert!(seen["titles"].to_string().contains("set it to 9_742_870"), "{}", seen["titles"]);
    assert!(text("messages").contains(" fixed, "), "{}", text("messages"));
    assert!(text("renamed").contains("id = \"I.1-9\"") && !text("renamed").contains("\"I.1-1\""));
    assert_eq!(text("config"), CONFIG.replace("I.1-1", "I.1-9"));
    assert_eq!(text("rule-mode"), "rhai-mode");
    assert!(text("cases").contains("1 as expected"), "{}", text("cases"));
    assert_eq!(seen["servers"], 1, "one server for the plans and the rules of a folder");
}
