//! `crossfoot diff` as a reviewer runs it: over files, folders and what git has, and over what cannot be compared.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may panic, run programs and write files")]

#[path = "support/folder.rs"]
mod folder;

use std::process::{Command, Output, Stdio};

use folder::Folder;

const OLD: &str = include_str!("../plans/teaching/clean.toml");

/// The teaching plan, a month later.
fn later() -> String {
    let moved = "[[objectives.outputs]]\nid = \"A-3\"\ntitle = \"Lending boards\"\nshare = 8.0\nshare_of_objective = 13.3\ncost = { 2026 = 20, 2027 = 20 }\n\n";
    assert!(OLD.contains(moved));
    let new = OLD
        .replace(moved, "")
        .replace("[[services]]\nid = \"S-1\"", &format!("{moved}[[services]]\nid = \"S-1\""))
        .replace("{ 2026 = 152, 2027 = 148,", "{ 2026 = 132, 2027 = 128,")
        .replace("cost = { 2026 = 82, 2027 = 82 }", "cost = { 2026 = 82.00, 2027 = 0x52 }")
        .replace("title = \"School visits\"", "title = \"Visits to schools\"")
        .replace("id = \"B-2\"", "id = \"B-7\"")
        .replace("status = \"planned\"", "status = \"under way\"")
        .replace("means = [\"Member list\"]", "means = [\"Member list\", \"Letters <b>\u{202e}</b>\"]");
    let risk = new.find("[[risks]]\nid = \"R-2\"").unwrap();
    let after = new[risk + 1..].find("[[mitigations]]").unwrap() + risk + 1;
    format!(
        "{}{}\n[[risks]]\nid = \"R-3\"\ntitle = \"The roof | leaks\"\nmitigations = []\n",
        &new[..risk],
        &new[after..]
    )
}

fn run(folder: &Folder, columns: u32, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossfoot"));
    command.arg("diff").args(arguments).current_dir(folder.root());
    command.env("COLUMNS", columns.to_string()).env("LC_ALL", "C.UTF-8").stdin(Stdio::null());
    // What is above the folder is no repository of this test's.
    command.env("GIT_CEILING_DIRECTORIES", folder.root().parent().unwrap());
    command.output().unwrap()
}

/// What it shows: the command, standard output, then standard error, then the exit status.
fn screen(folder: &Folder, columns: u32, arguments: &[&str]) -> String {
    let output = run(folder, columns, arguments);
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    format!("$ crossfoot diff {}\n{out}{err}[exit {}]\n", arguments.join(" "), output.status.code().unwrap())
}

fn git(folder: &Folder, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]).args(arguments);
    command.current_dir(folder.root()).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    let output = command.output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A repository whose first revision has the plan as it was, and whose folder has it as it is.
fn repository() -> Folder {
    let folder = Folder::new(&[
        ("plans/club.toml", OLD),
        ("plans/.hidden.toml", "a = ["),
        ("rules/r.rhai", "//! r\n"),
        ("rules/r/case.toml", "a = ["),
    ]);
    git(&folder, &["init", "--quiet", "--initial-branch=main"]);
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "--quiet", "-m", "as it was"]);
    folder.write("plans/club.toml", &later());
    folder
}

#[test]
fn two_drafts_on_a_wide_screen_and_on_a_narrow_one() {
    let folder = Folder::new(&[("old.toml", OLD), ("new.toml", &later())]);
    insta::assert_snapshot!(screen(&folder, 100, &["old.toml", "new.toml"]));
    insta::assert_snapshot!(screen(&folder, 60, &["new.toml", "old.toml", "--exit-code"]));
    insta::assert_snapshot!(screen(&folder, 100, &["old.toml", "new.toml", "--format", "markdown"]));
    insta::assert_snapshot!(screen(&folder, 100, &["--help"]));
}

#[test]
fn folders_tell_plans_that_came_and_went_and_go_on_past_what_cannot_be_read() {
    let folder = Folder::new(&[
        ("old/club.toml", OLD),
        ("old/gone.toml", "a = 1"),
        ("old/name.toml", "[plan]\nid = 'p'\nn = 1"),
        ("old/broken.toml", "a = 1"),
        ("new/club.toml", OLD),
        ("new/sub/fresh.toml", "a = 2\n[plan]\ntitle = 'Fresh'"),
        ("new/other-name.toml", "[plan]\nid = 'p'\nn = 2"),
        ("new/broken.toml", "a = ["),
    ]);
    std::fs::write(folder.path("new/binary.toml"), [0, 159, 146, 150]).unwrap();
    insta::assert_snapshot!(screen(&folder, 100, &["old", "new"]));
}

#[test]
fn a_revision_of_git_is_compared_by_its_name() {
    let folder = repository();
    let by_file = screen(&folder, 100, &["HEAD:plans/club.toml", "plans/club.toml"]);
    assert!(
        by_file.starts_with(
            "$ crossfoot diff HEAD:plans/club.toml plans/club.toml\nHEAD:plans/club.toml \u{2192} plans/club.toml\n"
        ),
        "{by_file}"
    );
    assert!(by_file.contains("Objective A, 2026: -20 EUR (-13.2 %)"), "{by_file}");
    // What differs is the same however the two are named; hidden files and cases of rules are no plans.
    let rest = |screen: &str| screen.lines().skip(2).map(str::to_owned).collect::<Vec<_>>();
    for arguments in [["HEAD:plans", "plans"], ["main:", "."], ["HEAD:./plans/club.toml", "plans/club.toml"]] {
        let screen = screen(&folder, 100, &arguments);
        assert_eq!(rest(&screen), rest(&by_file), "{screen}");
    }
    git(&folder, &["commit", "--quiet", "-am", "as it is: now"]);
    for arguments in [["HEAD~1:plans/club.toml", "HEAD:plans/club.toml"], ["HEAD~1:plans/", "HEAD^{/it is: now}:plans"]]
    {
        let screen = screen(&folder, 100, &arguments);
        assert_eq!(rest(&screen), rest(&by_file), "{screen}");
    }
    assert_eq!(run(&folder, 100, &["HEAD:plans", "plans", "--exit-code"]).status.code(), Some(0));
    assert_eq!(run(&folder, 100, &["HEAD~1:plans", "plans", "--exit-code"]).status.code(), Some(1));
}

#[test]
fn a_configuration_holds_for_both_drafts() {
    let folder = repository();
    // What is allowed for the plan's path is allowed in the revision too, which has no configuration of its own.
    folder.write("crossfoot.toml", "[[allow]]\nrule = 'risks/*'\nfile = 'plans/club.toml'\nreason = 'known'\n");
    folder.write("plans/club.toml", OLD);
    let text = screen(&folder, 100, &["HEAD:plans/club.toml", "plans/club.toml", "--exit-code"]);
    assert!(text.ends_with("[exit 0]\n") && text.contains("nothing differs"), "{text}");
}

#[test]
fn what_cannot_be_compared_is_said_with_what_to_do() {
    let folder = repository();
    folder.write("broken.toml", "a = [\n");
    folder.write("plans/other/one.toml", "a = 1\n");
    std::fs::write(folder.path("binary.toml"), [0, 159, 146, 150]).unwrap();
    std::fs::create_dir(folder.path("empty")).unwrap();
    let plan = "plans/club.toml";
    let cases: &[&[&str]] = &[
        &["plans/clib.toml", plan],
        &[plan, "broken.toml"],
        &["binary.toml", plan],
        &["plans", plan],
        &["HEAD:plans", plan],
        &["empty", "plans"],
        &["nope:plans/club.toml", plan],
        &["HEAD:plans/nope.toml", plan],
        &["HEAD:rules/r.rhai", plan],
        &["HEAD:rules", "plans"],
        &["--", "-x:plans/club.toml", plan],
        &["--", plan, "--output=x:y"],
        &[":plans/club.toml", plan],
        &["-", "-"],
        &[plan, plan, "--exit-code"],
    ];
    let screens: Vec<String> = cases.iter().map(|arguments| screen(&folder, 100, arguments)).collect();
    insta::assert_snapshot!(screens.join("\n"));
    assert!(!folder.path("x:y").exists() && !folder.path("x").exists());
    let alone = Folder::new(&[("plan.toml", OLD)]);
    let text = screen(&alone, 100, &["HEAD:plan.toml", "plan.toml"]);
    assert!(text.contains("git does not know it: not a git repository") && text.ends_with("[exit 2]\n"), "{text}");
}

#[test]
fn a_page_runs_nothing_whatever_a_plan_says() {
    let hostile = "</style><script>alert(1)</script>\"'&\u{202e}\u{1b}[2J";
    let with = |n: u8| {
        let text = format!("{hostile} {n}");
        // A TOML text with these characters escaped.
        let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\u{1b}', "\\u001b");
        format!("[plan]\ntitle = \"{text}\"\nown = \"{text}\"\n[[risks]]\nid = \"{text}\"\ntitle = \"r{n}\"\nn = {n}\n")
    };
    let folder = Folder::new(&[("old.toml", &with(1)), ("new.toml", &with(2))]);
    let html = String::from_utf8(run(&folder, 100, &["old.toml", "new.toml", "--format", "html"]).stdout).unwrap();
    assert!(html.contains("Content-Security-Policy\" content=\"default-src 'none';"));
    assert!(html.contains("&lt;script&gt;alert(1)"), "{html}");
    for never in ["<script", "\u{202e}", "\u{1b}", "src=", "href=", "@import", "url("] {
        assert!(!html.contains(never), "{never}");
    }
    assert_eq!(html.matches("</style>").count(), 1);
    let markdown =
        String::from_utf8(run(&folder, 100, &["old.toml", "new.toml", "--format", "markdown"]).stdout).unwrap();
    assert!(
        !markdown.contains("<script") && !markdown.contains('\u{202e}') && !markdown.contains('\u{1b}'),
        "{markdown}"
    );
}

#[test]
fn thousands_of_changes_are_cut_and_counted() {
    let plan = |by: u32| (0..3_000).map(|n| format!("n{n} = {}\n", n + by)).collect::<String>();
    let folder = Folder::new(&[("old.toml", &plan(1)), ("new.toml", &plan(2))]);
    let shown = |format: &str| {
        String::from_utf8(run(&folder, 100, &["old.toml", "new.toml", "--format", format]).stdout).unwrap()
    };
    assert!(
        shown("text").contains("3000 figures changed")
            && shown("text").contains("and 2800 more; --format json has all")
    );
    assert!(shown("markdown").contains("and 2800 more") && shown("html").contains("and 2000 more"));
    let all: serde_json::Value = serde_json::from_str(&shown("json")).unwrap();
    assert_eq!(all["plans"][0]["figures"].as_array().unwrap().len(), 3_000);
}
