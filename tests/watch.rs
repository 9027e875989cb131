//! `crossfoot watch` as people use it: what they see after each kind of save, at a terminal and in a pipe.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may panic, and this one writes files")]

#[path = "support/watched.rs"]
mod watched;

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::symlink;
use std::time::Duration;

use serde_json::Value;
use watched::{Folder, Terminal, await_file, plan};

/// What the plan of a folder lacks when its total is far from 30.
const WRONG: &str = "totals/outputs";

/// A way of saving.
type Save<'s> = &'s dyn Fn(&str);

/// What is the same each time: times as letters.
fn steady(text: &str) -> String {
    let mut steady = String::new();
    for (at, part) in text.split(" \u{b7} ").enumerate() {
        let time = part.split_once('\n').map_or(part, |(first, _)| first);
        let rest = &part[time.len()..];
        let is_clock = time.len() == 8 && time.bytes().filter(|byte| *byte == b':').count() == 2;
        let shown = if time.ends_with(" ms") {
            "N ms"
        } else if is_clock {
            "TIME"
        } else {
            time
        };
        if at > 0 {
            steady.push_str(" \u{b7} ");
        }
        steady.push_str(shown);
        steady.push_str(rest);
    }
    steady
}

#[test]
fn a_drafter_sees_what_the_last_save_broke_and_mended() {
    let folder = Folder::new();
    folder.write("plan.toml", &plan(41));
    let mut watch = folder.watch(&["plan.toml"]);
    let mut seen = vec![watch.shows("1 error ")];
    folder.write("plan.toml", &plan(45));
    seen.push(watch.shows("1 remains"));
    folder.write("plan.toml", &plan(30));
    seen.push(watch.shows("1 fixed"));
    folder.write("plan.toml", &plan(3));
    seen.push(watch.shows("1 new"));
    folder.write("plan.toml", "[plan");
    seen.push(watch.shows("1 stale"));
    folder.write("plan.toml", "[plan\ntitle = 'x'\n");
    let again = watch.shows("1 stale");
    assert!(!again.contains("1 new") && !again.contains("1 fixed"), "it is no news: {again}");
    assert!(again.contains("never closed") && again.contains("stale  totals/outputs"), "it is said each time: {again}");
    folder.write("plan.toml", &plan(3));
    seen.push(watch.shows("1 remains"));
    insta::assert_snapshot!(steady(&seen.join("\n")));
    assert_eq!(watch.err(), "");
}

#[test]
fn every_way_of_saving_is_seen_and_nothing_flashes() {
    let folder = Folder::new();
    let path = folder.path("plan.toml");
    // A busy machine may stop an editor, and this test, in the middle of a save.
    let mut watch = folder.watch(&["plan.toml", "--debounce", "200"]);
    watch.shows("0 errors");
    let vim = |text: &str| {
        // It tries whether the folder can be written to, then moves the old file aside.
        fs::write(folder.path("4913"), "").unwrap();
        fs::remove_file(folder.path("4913")).unwrap();
        fs::rename(&path, folder.path("plan.toml~")).unwrap();
        fs::write(&path, text).unwrap();
        fs::remove_file(folder.path("plan.toml~")).unwrap();
    };
    let emacs = |text: &str| {
        symlink("user@host.1:2", folder.path(".#plan.toml")).unwrap();
        fs::rename(&path, folder.path("plan.toml~")).unwrap();
        fs::write(&path, text).unwrap();
        fs::remove_file(folder.path(".#plan.toml")).unwrap();
    };
    let code = |text: &str| {
        let mut file = fs::OpenOptions::new().write(true).truncate(true).open(&path).unwrap();
        file.write_all(text.as_bytes()).unwrap();
    };
    let office = |text: &str| {
        fs::write(folder.path(".~lock.plan.toml#"), "user").unwrap();
        fs::write(folder.path("lu1234.tmp"), text).unwrap();
        fs::rename(folder.path("lu1234.tmp"), &path).unwrap();
        fs::remove_file(folder.path(".~lock.plan.toml#")).unwrap();
    };
    let anew = |text: &str| {
        fs::remove_file(&path).unwrap();
        fs::write(&path, text).unwrap();
    };
    let in_two_steps = |text: &str| {
        let (first, rest) = text.split_at(text.len() / 2);
        let mut file = fs::File::create(&path).unwrap();
        file.write_all(first.as_bytes()).unwrap();
        file.write_all(rest.as_bytes()).unwrap();
    };
    let ways: [(&str, Save<'_>); 6] = [
        ("vim", &vim),
        ("emacs", &emacs),
        ("code", &code),
        ("office", &office),
        ("anew", &anew),
        ("steps", &in_two_steps),
    ];
    for (name, save) in ways {
        save(&plan(41));
        let broke = watch.shows("1 new, 0 fixed, 0 remain");
        assert!(broke.contains(WRONG), "{name}: {broke}");
        save(&plan(30));
        let mended = watch.shows("0 new, 1 fixed, 0 remain");
        assert_eq!(mended.matches("covered").count(), 1, "{name} is one step: {mended}");
    }
    assert!(!watch.out().contains("in the way"), "{}", watch.out());
}

#[test]
fn files_and_folders_come_and_go() {
    let folder = Folder::new();
    folder.write("plans/a.toml", &plan(30));
    let mut watch = folder.watch(&["plans"]);
    watch.shows("0 errors");
    folder.write("plans/2027/annex/b.toml", &plan(41));
    watch.shows("1 new");
    fs::rename(folder.path("plans/2027"), folder.path("plans/2028")).unwrap();
    let moved = watch.shows("0 new, 0 fixed, 1 remains");
    assert!(moved.contains("renamed  plans/2027/annex/b.toml \u{2192} plans/2028/annex/b.toml"), "{moved}");
    assert!(!moved.contains("stated"), "what remains is not shown again: {moved}");
    folder.write("plans/2028/annex/b.toml", &plan(30));
    watch.shows("1 fixed");
    folder.write("plans/2028/annex/b.toml", &plan(41));
    watch.shows("1 new");
    fs::remove_dir_all(folder.path("plans/2028")).unwrap();
    let gone = watch.shows("0 new, 0 fixed, 1 gone, 0 remain");
    assert!(gone.contains("gone  plans/2028/annex/b.toml (1 finding)"), "nothing is fixed by that: {gone}");
    // The whole folder that was named goes, and comes back.
    fs::rename(folder.path("plans"), folder.path("aside")).unwrap();
    let gone = watch.shows("in the way");
    assert!(!gone.contains("0 errors"), "nothing was checked: {gone}");
    folder.write("aside/a.toml", &plan(41));
    fs::rename(folder.path("aside"), folder.path("plans")).unwrap();
    watch.shows("1 new");
    folder.write("plans/a.toml", &plan(30));
    watch.shows("1 fixed");
}

#[test]
fn a_file_that_is_renamed_is_one_step_whatever_else_is_told_meanwhile() {
    let folder = Folder::new();
    folder.write("plans/a.toml", &plan(41));
    let mut watch = folder.watch(&["plans", "--debounce", "400"]);
    watch.shows("1 error ");
    fs::rename(folder.path("plans/a.toml"), folder.path("plans/b.toml")).unwrap();
    // Half of the time that a name must have been quiet: this is told after the new name, and before the old one is believed
    // to be gone.
    std::thread::sleep(Duration::from_millis(200));
    folder.write("plans/notes.txt", "x");
    let moved = watch.shows("covered");
    let renamed = "renamed  plans/a.toml \u{2192} plans/b.toml";
    assert!(moved.contains(renamed) && moved.contains("0 new, 0 fixed, 1 remains"), "{moved}");
}

#[test]
fn a_checkout_of_a_hundred_files_ends_as_a_fresh_check() {
    let folder = Folder::new();
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=u", "-c", "user.email=u@example.org", "-c", "commit.gpgsign=false"];
        let output = folder.command("git").args(identity).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    git(&["init", "-q", "-b", "one"]);
    let all = |total: u32| (0..100).for_each(|n| folder.write(&format!("plans/{n}.toml"), &plan(total)));
    all(30);
    git(&["add", "."]);
    git(&["commit", "-qm", "one"]);
    git(&["checkout", "-qb", "two"]);
    all(41);
    git(&["commit", "-qam", "two"]);
    let mut watch = folder.watch(&["plans", "--only", "totals"]);
    watch.shows("100 errors");
    git(&["checkout", "-q", "one"]);
    watch.shows("0 errors");
    git(&["checkout", "-q", "two"]);
    watch.shows("100 errors");
}

#[test]
fn a_link_is_followed_to_what_it_leads_to() {
    let folder = Folder::new();
    folder.write("shared/real.toml", &plan(30));
    symlink("shared/real.toml", folder.path("link.toml")).unwrap();
    let mut watch = folder.watch(&["link.toml"]);
    watch.shows("0 errors");
    // Past the link, renamed over.
    folder.write("shared/new", &plan(41));
    fs::rename(folder.path("shared/new"), folder.path("shared/real.toml")).unwrap();
    watch.shows("1 new");
    // Another target.
    fs::remove_file(folder.path("link.toml")).unwrap();
    symlink("plan.toml", folder.path("link.toml")).unwrap();
    watch.shows("1 fixed");
    folder.write("plan.toml", &plan(41));
    watch.shows("1 new");
}

#[test]
fn a_changed_rule_audits_again_and_one_that_is_broken_goes_on_as_it_was() {
    let folder = Folder::new();
    folder.write(
        "rules/house/title.rhai",
        "//! Titles.\nfn check(plan) { expect_present(plan.objectives, \"owner\"); }\n",
    );
    let mut watch = folder.watch(&["plan.toml", "--rules", "rules"]);
    watch.shows("1 error");
    folder.write("rules/house/title.rhai", "//! Titles.\nfn check(plan) { expect_");
    let broken = watch.shows("1 remains");
    assert!(broken.contains("does not compile") && broken.contains("house/title"), "{broken}");
    folder.write("plan.toml", &plan(41));
    let again = watch.shows("1 new, 0 fixed, 1 remains");
    assert!(again.contains("does not compile"), "it is said each time: {again}");
    folder.write(
        "rules/house/title.rhai",
        "//! Titles.\nfn check(plan) { expect_present(plan.objectives, \"title\"); }\n",
    );
    let mended = watch.shows("1 fixed");
    assert!(!mended.contains("does not compile"), "{mended}");
    assert!(mended.contains("mended  rules/house/title.rhai"), "{mended}");
    // A case is part of the rules, and those that a change touches are run.
    folder.write("rules/house/title/pass.toml", "[[objectives]]\nid = 'A'\ntitle = 'x'\n");
    watch.shows("1 case of 1 rule: 1 as expected");
    folder.write("rules/house/title/pass.toml", "[[objectives]]\nid = 'A'\n");
    let noisy = watch.shows("1 noisy");
    assert!(noisy.contains("rules/house/title/pass.toml"), "{noisy}");
    watch.shows("0 new, 0 fixed");
    folder.write("plan.toml", &plan(30));
    let later = watch.shows("1 fixed");
    assert!(!later.contains("noisy"), "what no change touches is not told again: {later}");
}

#[test]
fn the_first_rule_of_an_empty_folder_is_noticed() {
    const OWNER: &str = "//! Owners.\nfn check(plan) { expect_present(plan.objectives, \"owner\"); }\n";
    let folder = Folder::new();
    fs::create_dir_all(folder.path("rules/house/deep")).unwrap();
    let mut watch = folder.watch(&["plan.toml"]);
    watch.shows("0 errors");
    folder.write("crossfoot.toml", "rules = ['rules']\n");
    let empty = watch.shows("in the way");
    assert!(empty.contains("there is no rule in it"), "{empty}");
    folder.write("rules/house/deep/first.rhai", OWNER);
    let first = watch.shows("1 new");
    assert!(first.contains("house/deep/first"), "{first}");
    fs::create_dir(folder.path("rules/other")).unwrap();
    folder.write("rules/other/second.rhai", OWNER);
    watch.shows("1 new, 0 fixed, 1 remains");
}

#[test]
fn enter_believes_what_is_there_and_needs_no_second_look() {
    let folder = Folder::new();
    folder.write("plan.toml", &plan(41));
    // Nothing but the key makes it look within the test.
    let run = format!("'{}' watch plan.toml --color never --poll=3600", env!("CARGO_BIN_EXE_crossfoot"));
    let mut terminal = Terminal::run(&folder, 100, &run);
    terminal.shows("`?` lists the keys");
    folder.write("plan.toml", "[plan");
    terminal.press("\r");
    terminal.shows("1 stale");
    fs::remove_file(folder.path("plan.toml")).unwrap();
    terminal.press("\r");
    terminal.shows("in the way");
    folder.write("plan.toml", &plan(30));
    terminal.press("\r");
    terminal.shows("0 errors");
}

#[test]
fn the_configuration_appears_changes_breaks_and_goes() {
    let folder = Folder::new();
    folder.write("plan.toml", &plan(41));
    let mut watch = folder.watch(&[]);
    watch.shows("1 error ");
    folder.write("crossfoot.toml", "[levels]\n'totals/outputs' = 'warning'\n");
    watch.shows("0 errors \u{b7} 1 warning");
    folder.write("crossfoot.toml", "[levels]\n'totals/outputs' = 'loud'\n");
    let broken = watch.shows("0 errors \u{b7} 1 warning");
    assert!(broken.contains("loud") && broken.contains("crossfoot.toml:2"), "{broken}");
    folder.write("plan.toml", &plan(42));
    let again = watch.shows("0 errors \u{b7} 1 warning");
    assert!(again.contains("loud"), "it is told each time: {again}");
    fs::remove_file(folder.path("crossfoot.toml")).unwrap();
    let gone = watch.shows("1 error ");
    assert!(!gone.contains("loud"), "{gone}");
    // A baseline that is named comes, and goes.
    let output = folder.command(env!("CARGO_BIN_EXE_crossfoot")).args(["baseline", "write"]).output().unwrap();
    assert!(output.status.success());
    folder.write("crossfoot.toml", "baseline = 'crossfoot-baseline.json'\n");
    watch.shows("0 errors");
    fs::remove_file(folder.path("crossfoot-baseline.json")).unwrap();
    let lost = watch.shows("in the way");
    assert!(lost.contains("baseline cannot be read"), "{lost}");
}

#[test]
fn what_is_broken_at_the_start_is_shown_and_it_goes_on_when_that_is_mended() {
    let folder = Folder::new();
    folder.write("plan.toml", &plan(41));
    folder.write("crossfoot.toml", "[levels]\n'totals/outputs' = 'loud'\n");
    let run = ["--exec", "echo ran >> told", "--report", "report.txt"];
    let mut watch = folder.watch(&run);
    let mut seen = vec![watch.shows("nothing is checked")];
    await_file(&folder.path("report.txt"), |text| {
        text.contains("`loud` is no level") && text.ends_with("no plan was audited\n")
    });
    folder.write("plan.toml", &plan(42));
    seen.push(watch.shows("nothing is checked"));
    folder.write("crossfoot.toml", "[levels]\n'totals/outputs' = 'warning'\nrules = ['nowhere']\n[params]\nx = 1\n");
    seen.push(watch.shows("nothing is checked"));
    folder.write("crossfoot.toml", "[levels]\n'totals/outputs' = 'warning'\n");
    seen.push(watch.shows("covered"));
    // From then on it goes on as it was.
    folder.write("crossfoot.toml", "[levels]\n'totals/outputs' = 'loud'\n");
    seen.push(watch.shows("0 errors \u{b7} 1 warning"));
    insta::assert_snapshot!(steady(&seen.join("\n")));
    await_file(&folder.path("told"), |text| text == "ran\n");
    assert_eq!(watch.err(), "");

    let mut lines = folder.watch(&["--format", "json"]);
    let line = |watch: &mut watched::Watched| serde_json::from_str::<Value>(&watch.shows("\"milliseconds\"")).unwrap();
    let first = line(&mut lines);
    assert_eq!((&first["check"], first["errors"].as_array().map(Vec::len)), (&Value::from(1), Some(1)));
    folder.write("crossfoot.toml", "");
    let second = line(&mut lines);
    assert_eq!((&second["check"], second["new"].as_array().map(Vec::len)), (&Value::from(2), Some(1)));
}

#[test]
fn a_rule_that_is_broken_at_the_start_is_shown_while_all_others_check() {
    let folder = Folder::new();
    folder.write("plan.toml", &plan(41));
    folder.write("crossfoot.toml", "rules = ['rules']\n[levels]\n'house/title' = 'info'\n");
    folder.write("rules/house/title.rhai", "//! Titles.\nfn check(plan) { expect_");
    let mut watch = folder.watch(&[]);
    let first = watch.shows("1 thing stands in the way \u{b7} 1 error");
    assert!(first.contains("[rule house/title does not compile]") && first.contains("[totals/outputs]"), "{first}");
    folder.write(
        "rules/house/title.rhai",
        "//! Titles.\nfn check(plan) { expect_present(plan.objectives, \"owner\"); }\n",
    );
    let mended = watch.shows("1 new, 0 fixed, 1 remains");
    assert!(mended.contains("mended  rules/house/title.rhai"), "{mended}");
}

#[test]
fn a_configuration_that_appears_above_the_working_folder_is_noticed_at_once() {
    let folder = Folder::new();
    folder.write("ours/drafts/plan.toml", &plan(41));
    let mut command = folder.command(env!("CARGO_BIN_EXE_crossfoot"));
    command.arg("watch").current_dir(folder.path("ours/drafts"));
    let mut watch = watched::Watched::start(command);
    watch.shows("1 error ");
    folder.write("crossfoot.toml", "[levels]\n'totals/outputs' = 'warning'\n");
    watch.shows("0 errors \u{b7} 1 warning");
    // A nearer one, and that one gone.
    folder.write("ours/crossfoot.toml", "[levels]\n'totals/outputs' = 'info'\n");
    watch.shows("0 errors \u{b7} 0 warnings \u{b7} 1 note");
    fs::remove_file(folder.path("ours/crossfoot.toml")).unwrap();
    watch.shows("0 errors \u{b7} 1 warning");
    fs::remove_file(folder.path("crossfoot.toml")).unwrap();
    watch.shows("1 error ");
}

#[test]
fn a_pack_is_followed() {
    let folder = Folder::new();
    folder.write("ours/pack.toml", "[pack]\nname = 'ours'\nversion = '1.0.0'\nrequires = '>=0.1'\nlicence = 'MIT'\n");
    folder.write("ours/title.rhai", "//! Titles.\nfn check(plan) { expect_present(plan.objectives, \"title\"); }\n");
    let mut watch = folder.watch(&["plan.toml", "--pack", "ours"]);
    watch.shows("0 errors");
    folder.write("ours/title.rhai", "//! Titles.\nfn check(plan) { expect_present(plan.objectives, \"owner\"); }\n");
    watch.shows("1 new");
}

#[test]
fn a_path_that_may_appear_is_waited_for_and_one_that_cannot_is_refused() {
    let folder = Folder::new();
    let mut watch = folder.watch(&["soon.toml"]);
    watch.says("waiting for soon.toml to appear");
    folder.write("soon.toml", &plan(41));
    watch.shows("1 new");
    for (arguments, words) in [
        (&["nowhere/deep/soon.toml"][..], "no folder nowhere/deep"),
        (&["-"], "standard input cannot be watched"),
        (&["plan.toml", "--report", "out.pdf"], "the form is not known from this name"),
        (&["plan.toml", "--today", "soon"], "expected a date"),
        (&["plan.toml", "--config", "nowhere.toml"], "nowhere.toml"),
        (&["plan.toml", "--poll=0"], "--poll"),
        (&["plan.toml", "--poll", "5"], "write --poll=5"),
        (&["plan.toml", "--baseline", "plan.toml", "--no-config", "--only", "nothing"], "nothing"),
    ] {
        let mut watch = folder.watch(arguments);
        assert_eq!(watch.ends(), 2, "{arguments:?}");
        watch.says(words);
    }
    // What is no plan is told as `check` tells it, and may become one.
    fs::write(folder.path("picture.toml"), b"\x89PNG\xff").unwrap();
    let mut watch = folder.watch(&["picture.toml"]);
    let told = watch.shows("in the way");
    assert!(told.contains("is not UTF-8"), "{told}");
    folder.write("picture.toml", &plan(30));
    watch.shows("0 errors");
}

#[test]
fn an_empty_folder_is_waited_for_as_what_it_is() {
    let folder = Folder::new();
    fs::create_dir(folder.path("empty")).unwrap();
    let mut watch = folder.watch(&["empty/"]);
    watch.shows("figures not checked");
    watch.says("waiting for a plan in empty/");
    folder.write("empty/plan.toml", &plan(41));
    watch.shows("1 new");
}

/// Many objectives, each with a total that is wrong by as much.
fn many(n: usize, off: usize) -> String {
    let objective = |n: usize| {
        format!(
            "[[objectives]]\nid = 'A{n}'\ntitle = 'x'\ntotal = {{ 2026 = {} }}\n\
             outputs = [{{ id = 'A{n}-1', title = 'p', cost = {{ 2026 = 1000 }} }}]\n",
            1000 + off
        )
    };
    let plan = "[plan]\ntitle = 'x'\ncurrency = 'EUR'\nyears = [2026]\n";
    (0..n).fold(plan.to_owned(), |plan, n| format!("{plan}{}", objective(n)))
}

#[test]
fn a_slip_makes_no_wall_and_full_shows_all() {
    let folder = Folder::new();
    folder.write("plan.toml", &many(131, 0));
    let mut watch = folder.watch(&["plan.toml", "--only", "totals/outputs"]);
    let mut full = folder.watch(&["plan.toml", "--only", "totals/outputs", "--full", "--no-clear"]);
    watch.shows("0 errors");
    full.shows("0 errors");
    folder.write("plan.toml", &many(131, 500));
    let slip = watch.shows("131 new");
    assert!(slip.contains("and 121 more new findings; --full shows all"), "{slip}");
    assert_eq!(slip.matches("error[totals/outputs]").count(), 10);
    assert_eq!(full.shows("131 new").matches("error[totals/outputs]").count(), 131);
    folder.write("plan.toml", &format!("{}[", many(131, 500)));
    let stale = watch.shows("131 stale");
    assert_eq!(stale.matches("stale  totals/outputs").count(), 5);
    assert!(stale.contains("and 126 more; --full shows all"), "{stale}");
    assert_eq!(full.shows("131 stale").matches("stale  totals/outputs").count(), 131);
    folder.write("plan.toml", &many(131, 0));
    let mended = watch.shows("131 fixed");
    assert!(mended.matches("fixed  totals/outputs").count() == 20 && mended.contains("and 111 more"), "{mended}");
}

#[test]
fn new_findings_near_to_the_edit_come_first() {
    let rule = |limit: &str| {
        format!(
            "//! Small.\nfn check(plan) {{ for n in plan.all {{ expect(n <= {limit}, n, \"more than that\"); }} }}\n"
        )
    };
    let text = |limit: u32| format!("all = [\n  20,\n  30,\n  40,\n]\nlimit = {limit}\nrest = [\n  1,\n]\n");
    let folder = Folder::new();
    folder.write("plans/a.toml", &text(10));
    folder.write("plans/b.toml", &text(10));
    folder.write("rules/house/small.rhai", &rule("50"));
    let mut watch = folder.watch(&["plans", "--rules", "rules", "--only", "house", "--debounce", "200"]);
    watch.shows("0 errors");
    // In one step: what is new in the plan that was not edited comes after what is new in the one that was.
    folder.write("plans/b.toml", &text(15));
    folder.write("rules/house/small.rhai", &rule("plan.limit"));
    let shown = watch.shows("6 new");
    let heads: Vec<&str> =
        shown.lines().filter_map(|line| line.trim_start().strip_prefix("\u{256d}\u{2500}[")).collect();
    let [a, b] = ["a", "b"].map(|name| [2, 3, 4].map(|line| format!("plans/{name}.toml:{line}:3]")));
    assert_eq!(heads, [&b[2], &b[1], &b[0], &a[0], &a[1], &a[2]]);
}

#[test]
fn what_is_no_longer_checked_is_not_fixed() {
    let folder = Folder::new();
    folder.write("plan.toml", &plan(41));
    let mut watch = folder.watch(&["plan.toml"]);
    watch.shows("1 error ");
    folder.write("plan.toml", &plan(41).replace("total = { 2026 = 41 }\n", ""));
    let gone = watch.shows("0 fixed, 1 gone");
    assert!(gone.contains("no longer checked  totals/outputs"), "{gone}");
    folder.write("plan.toml", &plan(41));
    watch.shows("1 new");
    let allowed = "# crossfoot: allow totals/outputs: it is so\ntotal";
    folder.write("plan.toml", &plan(41).replace("total", allowed));
    let allowed = watch.shows("covered");
    assert!(allowed.contains("does not count  totals/outputs"), "{allowed}");
}

#[test]
fn with_a_poll_it_needs_no_events() {
    let folder = Folder::new();
    let mut watch = folder.watch(&["plan.toml", "--poll=1"]);
    watch.shows("0 errors");
    folder.write("plan.toml", &plan(41));
    watch.shows("1 new");
    folder.write("plan.toml", &plan(30));
    watch.shows("1 fixed");
}

/// The command, after something that the shell does before it.
fn after(folder: &Folder, before: &str) -> std::process::Command {
    let mut command = folder.command("sh");
    command.arg("-c").arg(format!("{before} && exec \"$0\" watch plan.toml")).arg(env!("CARGO_BIN_EXE_crossfoot"));
    command
}

#[cfg(target_os = "linux")]
#[test]
fn where_the_system_tells_nothing_it_looks_by_the_clock_and_says_so() {
    // So few files may be open that there is room for signals and for a plan, and none for the system's events; and where this
    // machine lets anybody have limits of their own, so few folders may be watched.
    let own = "echo 1 > /proc/sys/user/max_inotify_watches";
    let has_own = std::process::Command::new("unshare")
        .args(["-Ur", "sh", "-c", own])
        .stderr(std::process::Stdio::null())
        .status();
    let folder = Folder::new();
    let mut ways = vec![(after(&folder, "ulimit -n 7"), "the system gives no events of files")];
    if has_own.is_ok_and(|status| status.success()) {
        let mut command = folder.command("unshare");
        command.args(["-Ur", "sh", "-c"]).args(after(&folder, own).get_args().skip(1));
        ways.push((command, "the system's limit of watched folders is reached"));
    }
    for (command, words) in ways {
        folder.write("plan.toml", &plan(30));
        let mut watch = watched::Watched::start(command);
        watch.shows("0 errors");
        watch.says(words);
        watch.says("crossfoot looks every 2 seconds instead");
        folder.write("plan.toml", &plan(41));
        watch.shows("1 new");
        folder.write("plan.toml", &plan(30));
        watch.shows("1 fixed");
        assert_eq!(watch.err().lines().count(), 1, "it is said once: {}", watch.err());
    }
}

#[test]
fn programs_read_one_object_a_line() {
    let folder = Folder::new();
    let mut watch = folder.watch(&["plan.toml", "--format", "json"]);
    let line = |watch: &mut watched::Watched| serde_json::from_str::<Value>(&watch.shows("\"milliseconds\"")).unwrap();
    let mut lines = vec![line(&mut watch)];
    for text in [plan(41), plan(42), "[plan".to_owned(), plan(30)] {
        folder.write("plan.toml", &text);
        lines.push(line(&mut watch));
    }
    let report = crossfoot::report::json_schema();
    let finding = |list: &Value| {
        let schema =
            serde_json::json!({ "$defs": report["$defs"], "type": "array", "items": { "$ref": "#/$defs/finding" } });
        jsonschema::validate(&schema, list).unwrap();
        list.as_array().unwrap().len()
    };
    let counts: Vec<[usize; 5]> = lines
        .iter()
        .map(|line| {
            let [new, fixed, changed, stale] = ["new", "fixed", "changed", "stale"].map(|key| finding(&line[key]));
            [new, fixed, changed, usize::try_from(line["remaining"].as_u64().unwrap()).unwrap(), stale]
        })
        .collect();
    assert_eq!(counts, [[0, 0, 0, 0, 0], [1, 0, 0, 0, 0], [0, 0, 1, 1, 0], [0, 0, 0, 1, 1], [0, 1, 0, 0, 0]]);
    assert_eq!(lines.iter().map(|line| line["check"].as_u64().unwrap()).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    assert_eq!(lines[3]["errors"][0]["kind"], "plan");
    assert_eq!((finding(&lines[3]["faults"]), finding(&lines[4]["faults"])), (1, 0));
    assert_eq!(lines[1]["summary"]["error"], 1);
    // The page names each field.
    let page = fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/watch.md")).unwrap();
    for key in lines[0].as_object().unwrap().keys() {
        assert!(page.contains(&format!("`{key}`")), "docs/watch.md does not name `{key}`");
    }
}

/// What a finding is known by.
type Known = (String, String, String);

fn known(finding: &Value) -> Known {
    let [file, rule, print] = ["file", "rule", "fingerprint"].map(|key| finding[key].as_str().unwrap().to_owned());
    (file, rule, print)
}

/// What there is after these lines, as a program finds out that reads them.
fn rebuilt(lines: &str) -> Vec<Known> {
    let mut there: Vec<Known> = Vec::new();
    // The last line may not be whole yet.
    for line in lines.split_inclusive('\n').filter(|line| line.ends_with('\n')) {
        let line: Value = serde_json::from_str(line).unwrap();
        for renamed in line["renamed"].as_array().unwrap() {
            let of_it = there.iter_mut().filter(|known| renamed["from"] == known.0.as_str());
            of_it.for_each(|known| known.0 = renamed["to"].as_str().unwrap().to_owned());
        }
        let gone = line["gone"].as_array().unwrap().iter().map(|gone| &gone["finding"]);
        for finding in line["fixed"].as_array().unwrap().iter().chain(gone) {
            let at = there.iter().position(|there| *there == known(finding));
            there.remove(at.unwrap_or_else(|| panic!("{finding} was not there")));
        }
        there.extend(line["new"].as_array().unwrap().iter().map(known));
        assert_eq!(
            line["new"].as_array().unwrap().len() as u64 + line["remaining"].as_u64().unwrap(),
            there.len() as u64
        );
    }
    there.sort();
    there
}

#[test]
fn after_random_edits_the_lines_add_up_to_a_fresh_check() {
    let folder = Folder::new();
    (0..6).for_each(|n| folder.write(&format!("plans/{n}.toml"), &plan(41)));
    let mut watch = folder.watch(&["plans", "--format", "json", "--debounce", "10"]);
    watch.shows("\"milliseconds\"");
    let mut random = fastrand::Rng::with_seed(14);
    for round in 0..4 {
        for _ in 0..100 {
            let name = |n: usize| format!("plans/{n}.toml");
            let (path, other) = (name(random.usize(..6)), name(random.usize(..6)));
            let text = format!("{}# {}\n", plan(random.u32(28..45)), random.u32(..));
            match random.usize(..8) {
                0 => drop(fs::remove_file(folder.path(&path))),
                1 => drop(fs::rename(folder.path(&path), folder.path(&other))),
                2 => folder.write(&path, &text[..text.len() / 2]),
                3 => folder.write(&path, &text.replace("total = ", "# total = ")),
                _ => folder.write(&path, &text),
            }
            // A stretch of time between two edits is part of what is random here.
            std::thread::sleep(Duration::from_millis(random.u64(..8)));
        }
        // What is no TOML has stale findings, which a fresh check does not know.
        (0..6)
            .filter(|n| n % 3 != round % 3)
            .for_each(|n| folder.write(&format!("plans/{n}.toml"), &plan(50 + random.u32(..9))));
        (0..6)
            .filter(|n| n % 3 == round % 3)
            .for_each(|n| drop(fs::remove_file(folder.path(&format!("plans/{n}.toml")))));
        let output = folder
            .command(env!("CARGO_BIN_EXE_crossfoot"))
            .args(["check", "plans", "--format", "json"])
            .output()
            .unwrap();
        let fresh: Value = serde_json::from_slice(&output.stdout).unwrap();
        let mut fresh: Vec<Known> = fresh["findings"].as_array().unwrap().iter().map(known).collect();
        fresh.sort();
        let settled = watch.shown_in_all(|out| (rebuilt(out) == fresh).then_some(()));
        assert!(settled.is_some(), "{:#?}\n{fresh:#?}", rebuilt(&watch.out()));
    }
}

#[test]
fn with_json_a_command_leaves_standard_output_to_programs() {
    let folder = Folder::new();
    let mut watch = folder.watch(&["plan.toml", "--format", "json", "--exec", "echo ran $CROSSFOOT_NEW"]);
    watch.shows("\"check\":1");
    folder.write("plan.toml", &plan(41));
    watch.shows("\"check\":2");
    watch.says("ran 1");
    folder.write("plan.toml", &plan(30));
    watch.shows("\"check\":3");
    watch.says("ran 0");
    assert!(watch.out().lines().all(|line| serde_json::from_str::<Value>(line).is_ok()), "{}", watch.out());
}

#[test]
fn a_report_is_written_beside_and_over_and_a_full_disk_stops_nothing() {
    let folder = Folder::new();
    folder.write("plan.toml", &plan(41));
    let mut watch = folder.watch(&["plan.toml", "--report", "report.json"]);
    watch.shows("1 error");
    let whole = await_file(&folder.path("report.json"), |text| !text.is_empty());
    let value: Value = serde_json::from_str(&whole).unwrap();
    assert_eq!(value["summary"]["error"], 1);
    folder.write("plan.toml", &plan(30));
    await_file(&folder.path("report.json"), |text| text.contains("\"error\": 0") || text.contains("\"error\":0"));
    drop(watch);

    // Files of the shell's may grow to 512 bytes: less than the report has.
    let before = folder.read("report.json");
    let mut command = folder.command("sh");
    let script = "ulimit -f 1; exec \"$0\" watch plan.toml --report report.json --report-is-full";
    let script = script.replace(" --report-is-full", "");
    command.arg("-c").arg(script).arg(env!("CARGO_BIN_EXE_crossfoot"));
    let mut watch = watched::Watched::start(command);
    watch.says("cannot write report.json");
    folder.write("plan.toml", &plan(41));
    watch.shows("1 new");
    folder.write("plan.toml", &plan(30));
    watch.shows("1 fixed");
    assert_eq!(folder.read("report.json"), before);
    assert!(watch.id_is_running());
    drop(watch);

    let mut watch = folder.watch(&["plan.toml", "--report", "missing/report.txt"]);
    watch.says("cannot write missing/report.txt");
    fs::create_dir(folder.path("missing")).unwrap();
    folder.write("plan.toml", &plan(41));
    watch.shows("1 new");
    await_file(&folder.path("missing/report.txt"), |text| text.contains("1 error, 0 warnings"));
}

#[test]
fn a_command_is_run_on_change_one_at_a_time() {
    let folder = Folder::new();
    let script = "echo \"$CROSSFOOT_ERRORS $CROSSFOOT_NEW $CROSSFOOT_FIXED\" >> told; \
                  test -e busy && echo twice >> told; touch busy; while test -e wait; do sleep 0.01; done; rm busy; exit 3";
    let mut watch = folder.watch(&["plan.toml", "--exec", script]);
    watch.shows("0 errors");
    folder.write("wait", "");
    folder.write("plan.toml", &plan(41));
    watch.shows("1 new");
    await_file(&folder.path("told"), |text| text == "1 1 0\n");
    // While it runs, two more checks change something: the last one counts.
    folder.write("plan.toml", &plan(30));
    watch.shows("1 fixed");
    folder.write("plan.toml", &plan(43));
    watch.shows("1 new");
    fs::remove_file(folder.path("wait")).unwrap();
    await_file(&folder.path("told"), |text| text == "1 1 0\n1 1 0\n");
    watch.says("it ended with exit status: 3");
    // Where nothing changed nothing is run.
    folder.write("plan.toml", &format!("{}# a comment\n", plan(43)));
    watch.shows("0 new, 0 fixed, 1 remains");
    assert_eq!(folder.read("told").lines().count(), 2);
}

#[test]
fn signals_end_it_and_so_does_a_reader_that_goes_away() {
    let folder = Folder::new();
    for (signal, status) in [("INT", 130), ("TERM", 143)] {
        let mut watch = folder.watch(&["plan.toml"]);
        watch.shows("0 errors");
        watch.signal(signal);
        assert_eq!(watch.ends(), status);
    }
    let mut command = folder.command("sh");
    // When the reader says that it is gone nobody holds the other end any more.
    let script = "\"$0\" watch plan.toml | { head -n 1; exec <&-; echo gone >&2; }; echo ended";
    command.arg("-c").arg(script).arg(env!("CARGO_BIN_EXE_crossfoot"));
    let mut watch = watched::Watched::start(command);
    watch.says("gone");
    folder.write("plan.toml", &plan(41));
    watch.shows("ended");
    assert_eq!((watch.ends(), watch.err().as_str()), (0, "gone\n"));
}

/// What `stty` says, of a terminal in which this script ran.
fn modes(shown: &str) -> Vec<String> {
    shown.split("==").map(|part| part.replace(['\r', '\n'], " ")).filter(|part| part.contains("icanon")).collect()
}

const AROUND: &str =
    "trap : INT TERM; echo ==; stty -a; echo ==; RUN; echo status=$?; echo ==; stty -a; echo ==; echo end";

#[test]
fn keys_do_what_they_say_and_the_terminal_is_left_as_it_was() {
    let folder = Folder::new();
    folder.write("plan.toml", &plan(41));
    let run = format!("'{}' watch plan.toml --color never --bell", env!("CARGO_BIN_EXE_crossfoot"));
    let mut terminal = Terminal::run(&folder, 60, &AROUND.replace("RUN", &run));
    terminal.shows("`?` lists the keys");
    terminal.press("?");
    terminal.shows("q      end");
    terminal.press("\r");
    let again = terminal.shows("1 remains");
    assert!(!again.contains("likely cause"), "{again}");
    terminal.press("f");
    terminal.shows("objectives[A].total.2026");
    terminal.press("f");
    terminal.shows("only the difference is shown");
    folder.write("plan.toml", &plan(31));
    terminal.shows("1 fixed");
    for _ in 0..2 {
        terminal.press("r");
        terminal.shows("differences within rounding are shown");
        let shown = terminal.shows("covered");
        assert!(shown.contains("note  totals/outputs") && shown.contains("1 note"), "{shown}");
        assert!(!shown.contains(" new,") && !shown.contains("\u{7}"), "it is no news: {shown}");
        terminal.press("r");
        terminal.shows("differences within rounding are not shown");
        let hidden = terminal.shows("covered");
        assert!(!hidden.contains("totals/outputs") && !hidden.contains("fixed"), "{hidden}");
    }
    folder.write("plan.toml", &plan(41));
    terminal.shows("1 new");
    folder.write("plan.toml", &plan(30));
    terminal.shows("1 fixed");
    folder.write("plan.toml", &plan(41));
    terminal.shows("1 new");
    terminal.shows("\u{7}");
    // A terminal gets lines no longer than it is wide, and keys are not shown on it.
    for line in terminal.all().lines().filter(|line| line.contains('\u{b7}')) {
        assert!(line.trim_end().chars().count() <= 60, "{line}");
    }
    let lines = || terminal.all().lines().map(|line| line.trim().to_owned()).collect::<Vec<_>>();
    for key in ["f", "r", "?", "ff", "rr"] {
        assert!(!lines().iter().any(|line| line == key), "the key {key} is shown: {}", terminal.all());
    }
    terminal.press("q");
    terminal.shows("status=0");
    terminal.shows("end");
    let modes = modes(&terminal.all());
    assert!(modes.len() == 2 && modes[0] == modes[1], "{modes:?}");
}

#[test]
fn however_it_ends_the_terminal_is_as_it_was() {
    for (keys, status) in [("\u{3}", "status=130"), ("\u{4}", "status=0"), ("TERM", "status=143")] {
        let folder = Folder::new();
        let run = format!("'{}' watch plan.toml & echo $! > pid; fg", env!("CARGO_BIN_EXE_crossfoot"));
        let direct = format!("'{}' watch plan.toml", env!("CARGO_BIN_EXE_crossfoot"));
        let run = if keys == "TERM" { format!("set -m; {run}") } else { direct };
        let mut terminal = Terminal::run(&folder, 100, &AROUND.replace("RUN", &run));
        terminal.shows("`?` lists the keys");
        if keys == "TERM" {
            let pid = folder.read("pid");
            assert!(std::process::Command::new("kill").args(["-TERM", pid.trim()]).status().unwrap().success());
        } else {
            terminal.press(keys);
        }
        terminal.shows(status);
        terminal.shows("end");
        let modes = modes(&terminal.all());
        assert!(modes.len() == 2 && modes[0] == modes[1], "{keys:?} {modes:?}");
        assert!(modes[0].contains(" icanon") && modes[0].contains(" echo"), "{modes:?}");
        assert!(!terminal.all().contains("\u{1b}[?1049h") && !terminal.all().contains("\u{1b}[?25l"));
    }
}

#[test]
fn on_an_empty_screen_each_check_begins_anew() {
    let folder = Folder::new();
    let run = format!("'{}' watch plan.toml --clear", env!("CARGO_BIN_EXE_crossfoot"));
    let mut terminal = Terminal::run(&folder, 80, &run);
    terminal.shows("\u{1b}[2J");
    terminal.shows("`?` lists the keys");
    folder.write("plan.toml", &plan(41));
    terminal.shows("\u{1b}[2J");
    terminal.shows("1 new");
}

/// The processor time that a process has used, in hundredths of a second.
#[cfg(target_os = "linux")]
fn used(id: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap();
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
}

/// How often the threads of a process have been woken.
#[cfg(target_os = "linux")]
fn woken(id: u32) -> u64 {
    let tasks = fs::read_dir(format!("/proc/{id}/task")).unwrap();
    let count = |status: String| -> u64 {
        let line = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)?.trim().parse::<u64>().ok());
        line("voluntary_ctxt_switches:").unwrap_or(0)
    };
    tasks.flatten().map(|task| count(fs::read_to_string(task.path().join("status")).unwrap_or_default())).sum()
}

#[cfg(target_os = "linux")]
#[test]
fn idle_it_uses_no_processor_time() {
    let folder = Folder::new();
    // It ends the search for one: nothing above the folder is watched, where other tests have much to do.
    folder.write("crossfoot.toml", "");
    let mut watch = folder.watch(&["plan.toml"]);
    watch.shows("0 errors");
    folder.write("plan.toml", &plan(41));
    watch.shows("1 new");
    // Until the debouncer has gone to sleep again: what is measured is what happens while time passes, here and below.
    let mut before = woken(watch.id());
    let until = std::time::Instant::now() + watched::SOON;
    loop {
        std::thread::sleep(Duration::from_millis(500));
        let now = woken(watch.id());
        if now == before {
            break;
        }
        assert!(std::time::Instant::now() < until, "it never sleeps");
        before = now;
    }
    let (time, wakes) = (used(watch.id()), woken(watch.id()));
    std::thread::sleep(Duration::from_secs(2));
    assert_eq!((used(watch.id()) - time, woken(watch.id()) - wakes), (0, 0));
}

#[test]
fn help() {
    let folder = Folder::new();
    let output = folder.command(env!("CARGO_BIN_EXE_crossfoot")).args(["watch", "--help"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    insta::assert_snapshot!(text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n"));
}
