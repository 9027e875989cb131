//! A real editor: headless Neovim, set up as `docs/editors.md` says, opens the ITU plan and a rule, and does what people do.
//!
//! Where there is no Neovim the test says so and is skipped, for the tests need nothing but Rust; with
//! `CROSSFOOT_REQUIRE_EDITOR` set, as continuous integration sets it, a missing editor is a failure.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may end where something is not as expected, and read its environment"
)]

#[path = "support/programs.rs"]
mod programs;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// The editor, if it is there.
fn neovim() -> Option<String> {
    let command = std::env::var("CROSSFOOT_NVIM").unwrap_or_else(|_| "nvim".to_owned());
    programs::has(&command, "neovim").then_some(command)
}

const RULE: &str = "\
//! No objective has more than its share.

const HELP = \"look at the share\";
const PARAMS = #{ most: 90 };

fn check(plan, params) {
    expect_range(plan.objectives.share, 0, params.most);
}
";

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn itu() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("plans/itu-2020-2023.toml")).unwrap()
}

/// What `crossfoot fix` makes of a plan.
fn fixed(plan: &str) -> String {
    let folder = folder();
    let path = folder.path().join("plans/itu.toml");
    fs::write(&path, plan).unwrap();
    let status = Command::new(env!("CARGO_BIN_EXE_crossfoot")).args(["fix"]).current_dir(folder.path()).output();
    assert_eq!(status.unwrap().status.code(), Some(1), "other findings are left");
    fs::read_to_string(path).unwrap()
}

/// A folder as a drafter has it: the plan, a configuration, and a rule with its cases.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "plans/itu.toml", &itu());
    write(folder.path(), "crossfoot.toml", "rules = [\"rules\"]\nplans = [\"plans\"]\n");
    write(folder.path(), "rules/house/most.rhai", RULE);
    write(folder.path(), "rules/house/most/pass-half.toml", "objectives = [{ id = 'A', share = 50 }]\n");
    write(folder.path(), "rules/house/most/fail-more.toml", "objectives = [{ id = 'A', share = 95 }]  #~ error\n");
    folder
}

/// What the editor saw.
fn drive(nvim: &str, folder: &Path) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut child = Command::new(nvim)
        .args(["--headless", "--clean", "-i", "NONE", "--cmd"])
        .arg(format!("set runtimepath^={}", root.join("editors/neovim").display()))
        .arg("-c")
        .arg(format!("luafile {}", root.join("tests/editor/drive.lua").display()))
        .env("CROSSFOOT_COMMAND", env!("CARGO_BIN_EXE_crossfoot"))
        .env("CROSSFOOT_FOLDER", folder)
        .env("HOME", folder)
        .env("XDG_STATE_HOME", folder)
        .env("XDG_CACHE_HOME", folder)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let began = Instant::now();
    while child.try_wait().unwrap().is_none() && began.elapsed() < Duration::from_secs(300) {
        std::thread::sleep(Duration::from_millis(20));
    }
    let _ = child.kill();
    let output = child.wait_with_output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    serde_json::from_str(out.trim()).unwrap_or_else(|error| panic!("{error}\n{out}\n{err}"))
}

/// Lines and rules of what the command finds in the plan.
fn found(folder: &Path) -> Vec<(u64, String)> {
    let mut check = Command::new(env!("CARGO_BIN_EXE_crossfoot"));
    let output = check.args(["check", "--format", "json"]).current_dir(folder).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let mut found: Vec<(u64, String)> = findings
        .map(|finding| {
            (finding["span"]["start"]["line"].as_u64().unwrap(), finding["rule"].as_str().unwrap().to_owned())
        })
        .collect();
    found.sort();
    found
}

fn shown(list: &Value) -> Vec<(u64, String)> {
    let mut shown: Vec<(u64, String)> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["line"].as_u64().unwrap(), it["code"].as_str().unwrap_or_default().to_owned()))
        .collect();
    shown.sort();
    shown
}

#[test]
fn a_drafter_works_in_neovim() {
    let Some(nvim) = neovim() else { return };
    let folder = folder();
    let known = found(folder.path());
    let seen = drive(&nvim, folder.path());
    let text = |key: &str| seen[key].as_str().unwrap_or_else(|| panic!("{key}: {seen:#}")).to_owned();
    let texts = |key: &str| -> Vec<String> {
        let list = seen[key].as_array().unwrap_or_else(|| panic!("{key}: {seen:#}"));
        list.iter().map(|it| it.as_str().unwrap_or_default().to_owned()).collect()
    };
    assert!(seen.get("failed").is_none(), "{}\n{seen:#}", text("failed"));

    // The plan: what is known, what an edit breaks, and what mends it.
    assert!(known.len() > 10);
    assert_eq!(shown(&seen["known"]), known);
    let new = seen["new"]["message"].as_str().unwrap();
    assert!(new.contains("the outputs of I.1 do not make its stated total for 2020"), "{new}");
    assert!(texts("titles").iter().any(|title| title.contains("9_742_870")), "{seen:#}");
    assert_eq!(seen["after"], seen["known"]);
    assert_eq!(seen["as_it_was"], true);
    assert!(texts("messages")[0].contains(" fixed, "), "{seen:#}");
    assert_eq!(text("fixed"), fixed(&itu().replacen("9_742_870", "9_742_970", 1)));

    // The rule: a slip with what was meant, what a verb does, what may stand behind a dot, and the verdict of the cases.
    assert_eq!(text("rule_filetype"), "rhai");
    let slip = seen["misspelled"]["message"].as_str().unwrap();
    assert!(slip.contains("unknown verb `expct_range`") && slip.contains("did you mean `expect_range`?"), "{slip}");
    assert_eq!(seen["rule_as_it_was"], true);
    assert!(text("hover").contains("expect_range(figures, low, high)"), "{seen:#}");
    assert!(texts("completion").contains(&"objectives".to_owned()), "{seen:#}");
    assert_eq!(texts("lenses"), ["▶ run 2 cases"]);
    assert!(texts("messages").iter().any(|said| said.contains("2 cases: 2 passed")), "{seen:#}");
}
