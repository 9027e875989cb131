//! `crossfoot.toml`: what it says holds, in the order of precedence; its mistakes are shown with their places, and nothing is
//! audited under them.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crossfoot::config::{Config, Level};
use crossfoot::{Auditor, Plan, Report, Rules};

/// Two findings of shares/whole, and one of totals/outputs at line 7.
const PLAN: &str = "\
[[splits]]
id = 's'
parts = [{ share = 84 }, { share = 19 }]
[[objectives]]
id = 'A'
outcomes = [{ id = 'A-a', indicators = ['i'], means = ['m'] }]
total = { 2026 = 30 }
outputs = [{ id = 'A-1', cost = { 2026 = 10 } }, { id = 'A-2', cost = { 2026 = 12 } }]
[plan]
title = 'P'
years = [2026]
";

const HOUSE: &str = "//! No share is above a limit.\nconst PARAMS = #{ most: 50, word: \"x\" };\n\
    fn check(plan, params) { for share in plan.splits.parts.share { expect(share <= params.most, share, `more than ${params.most}`); } }\n";

/// A project of one configuration, one plan and one rule.
fn project(config: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("crossfoot.toml", config);
    write("plans/drafts/plan.toml", PLAN);
    write("rules/house/most.rhai", HOUSE);
    folder
}

fn crossfoot(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_crossfoot"))
        .args(arguments)
        .current_dir(folder)
        .env("COLUMNS", "100")
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap()
}

/// `rule severity line` of each finding.
fn findings(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let output = crossfoot(folder, &[&["check", "--format", "json"], arguments].concat());
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["errors"], serde_json::json!([]));
    let line = |f: &serde_json::Value| {
        format!("{} {} {}", f["rule"].as_str().unwrap(), f["severity"].as_str().unwrap(), f["span"]["start"]["line"])
    };
    report["findings"].as_array().unwrap().iter().map(line).collect()
}

#[test]
fn what_it_says_holds_from_wherever_the_plan_is_named() {
    let folder = project(
        "rules = ['rules']\nplans = ['plans']\nfail_on = 'never'\n\
         [levels]\n'shares/*' = 'off'\n'totals/outputs' = 'warning'\n[params.'house/most']\nmost = 20\n",
    );
    let expected = ["house/most error 3", "totals/outputs warning 7"];
    assert_eq!(findings(folder.path(), &[]), expected);
    assert_eq!(findings(folder.path(), &["plans/drafts/plan.toml"]), expected);
    assert_eq!(findings(&folder.path().join("plans/drafts"), &["plan.toml"]), expected);
    assert_eq!(crossfoot(folder.path(), &["check"]).status.code(), Some(0), "fail_on = never");
    assert_eq!(crossfoot(folder.path(), &["check", "--fail-on", "error"]).status.code(), Some(1), "a flag goes first");
    let without = findings(folder.path(), &["plans", "--no-config"]);
    assert_eq!(without, ["shares/whole error 3", "totals/outputs error 7"]);
}

/// Flag, comment in the plan, `[[files]]`, the rest of the file, the rule itself: the first that speaks wins.
#[test]
fn precedence_is_flag_then_inline_then_file_then_rule() {
    let config = "rules = ['rules']\n[levels]\n'house/most' = 'info'\n[params.'house/most']\nmost = 20\n";
    let files = "[[files]]\nmatch = ['plans/drafts/**']\nlevels = { 'house/*' = 'warning' }\n\
                 params.'house/most' = { most = 90 }\n[[files]]\nmatch = ['**/plan.toml']\nparams.'house/most' = { most = 18 }\n";
    let only = ["--only", "house"];
    let folder = project("rules = ['rules']\n");
    let plan = folder.path().join("plans/drafts/plan.toml");
    let say = |config: &str, text: &str, arguments: &[&str]| {
        fs::write(folder.path().join("crossfoot.toml"), config).unwrap();
        fs::write(&plan, text).unwrap();
        findings(folder.path(), &[&only, arguments].concat()).join(", ")
    };
    assert_eq!(say("rules = ['rules']\n", PLAN, &[]), "house/most error 3", "the rule itself: 84 is more than 50");
    assert_eq!(say(config, PLAN, &[]), "house/most info 3");
    let whole = format!("{config}{files}");
    assert_eq!(say(&whole, PLAN, &[]), "house/most warning 3, house/most warning 3", "of two, the later: 18");
    let inline = format!("{PLAN}# crossfoot: level house/most = error\n");
    assert_eq!(say(&whole, &inline, &[]), "house/most error 3, house/most error 3");
    let flags = ["--level", "house/most=info", "--param", "house/most.most=83.5"];
    assert_eq!(say(&whole, &inline, &flags), "house/most info 3");
    assert_eq!(say(&whole, &inline, &["--level", "house=off"]), "");
}

#[test]
fn mistakes_are_shown_with_their_places_and_nothing_is_audited() {
    let config = "\
rules = ['rule']
fail_on = 'warnings'
standart = true
language = 'de'
rounding = 'up'
[levels]
'totals/output' = 'info'
'shares/*' = 'off'
'shares/w*' = 'info'
'toml/syntax' = 'off'
[params.'house/most']
mst = 3
[[files]]
levels = { 'risks/scale' = 'quiet' }
[[allow]]
rule = 'totals/outputs'
path = 'objectives[A]..total'
reason = ' '
[[allow]]
path = 'x'
";
    let folder = project(config);
    let output = crossfoot(folder.path(), &["check"]);
    assert_eq!(output.status.code(), Some(2));
    let mut screen = String::from_utf8(output.stdout).unwrap();
    // What only those can see who know the rules comes when the rest is in order.
    fs::write(
        folder.path().join("crossfoot.toml"),
        "rules = ['rules']\n[levels]\n'totals/output' = 'info'\n'shares/*' = 'off'\n'shares/w*' = 'info'\n'toml/syntax' = 'off'\n\
         [params.'house/most']\nmst = 3\nmost = 'many'\n[params.'house/mosst']\nmost = 3\n\
         [[allow]]\nrule = 'totals/outputz'\nreason = 'r'\n[[allow]]\nrule = 'allowance/unused'\nreason = 'r'\n",
    )
    .unwrap();
    let output = crossfoot(folder.path(), &["check"]);
    assert_eq!(output.status.code(), Some(2));
    let _ = write!(screen, "────────\n{}", String::from_utf8(output.stdout).unwrap());
    insta::assert_snapshot!(screen);
}

#[test]
fn a_key_given_twice_names_both_places() {
    let error = Config::parse("crossfoot.toml", "[levels]\n'a/b' = 'info'\n'a/b' = 'off'\n").unwrap_err();
    assert_eq!(error.to_string(), "crossfoot.toml:3: `a/b` is given twice, first in line 2");
}

#[test]
fn an_id_goes_before_a_pattern_and_a_glob_takes_no_more_than_it_says() {
    let config = Config::parse("crossfoot.toml", "[levels]\n'shares/*' = 'off'\n'shares/whole' = 'info'\n").unwrap();
    let rules = Rules::standard().with_config(config).unwrap();
    let level = |id: &str| rules.level(id, crossfoot::finding::Severity::Error).to_string();
    assert_eq!([level("shares/whole"), level("shares/money"), level("totals/outputs")], ["info", "off", "error"]);
    assert_eq!(rules.level("shares/money", crossfoot::finding::Severity::Error), Level::Off);
}

#[test]
fn flags_that_cannot_be_understood_say_what_was_expected() {
    let folder = project("rules = ['rules']\n");
    for (arguments, expected) in [
        (&["--level", "totals/outputs"][..], "expected RULE=LEVEL"),
        (&["--level", "totals/outputs=loud"], "expected error, warning, info or off"),
        (&["--level", "totals/output=off"], "did you mean `totals/outputs`?"),
        (&["--param", "house/most"], "expected RULE.NAME=VALUE"),
        (&["--param", "house/most.mots=1"], "did you mean `most`?"),
        (&["--param", "house/most.most=many"], "is a number in the rule, and this is a text"),
        (&["--param", "shares.most=1"], "`shares` has no parameters"),
        (&["--config", "nowhere.toml"], "cannot be read"),
        (&["--baseline", "nowhere.json"], "the baseline cannot be read"),
    ] {
        let output = crossfoot(folder.path(), &[&["check"], arguments].concat());
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(said.contains(expected), "{arguments:?}: {said}");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn plans_of_two_configurations_are_not_audited_under_one() {
    let folder = project("");
    fs::write(folder.path().join("plans/drafts/crossfoot.toml"), "").unwrap();
    fs::write(folder.path().join("plans/other.toml"), "a = 1").unwrap();
    let output = crossfoot(folder.path(), &["check", "plans/other.toml", "plans/drafts/plan.toml"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("two configurations: crossfoot.toml and plans/drafts/crossfoot.toml"), "{said}");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn rounding_holds_for_plans_that_declare_none() {
    let folder =
        project("rounding = { mode = 'nearest', unit = 100 }\n[[files]]\nmatch = ['exact.toml']\nrounding = 'exact'\n");
    let plan = "own = [100, 100, 100]\ntotal = 400\n";
    let rule = "fn check(plan) { expect_sum(plan.total, plan.own); }";
    let config = || Config::load(folder.path().join("crossfoot.toml")).unwrap();
    let audit = |name: &str, text: &str| -> Report {
        let name = folder.path().join(name).to_string_lossy().into_owned();
        let plan = Plan::from_bytes_rounded(name.as_str(), text.into(), config().rounding_for(&name)).unwrap();
        let rules = Rules::empty().with_rule("house/sum", rule).with_config(config()).unwrap();
        Auditor::new(&rules).audit(&plan)
    };
    assert_eq!(audit("plan.toml", plan).findings.len(), 0, "300 in hundreds may be 400");
    assert_eq!(audit("exact.toml", plan).findings.len(), 1);
    assert_eq!(
        audit("plan.toml", &format!("[plan]\nrounding = 'nearest'\ntitle = 't'\nyears = []\n[x]\n{plan}"))
            .findings
            .len(),
        0
    );
    let own = format!("{plan}\n[plan]\nrounding = 'nearest'\ntitle = 't'\nyears = []\n");
    assert_eq!(audit("plan.toml", &own).findings.len(), 1, "the plan's own declaration goes first");
}

/// A rule over several plans has in each of them the level that holds there.
#[test]
fn a_rule_over_portfolios_heeds_the_level_of_the_plan_that_a_finding_stands_in() {
    let plan = |id: &str, rest: &str| {
        format!("[plan]\ntitle = 't'\nyears = []\nportfolio = 'p'\nid = '{id}'\n{rest}\n[[objectives]]\nid = 'X'\n")
    };
    let rules = |config: &str| {
        let rules = Rules::standard().with_config(Config::parse("crossfoot.toml", config).unwrap()).unwrap();
        rules.choose(&["portfolio/unique-ids", "allowance/*"], &[]).unwrap()
    };
    let found = |config: &str, comment: &str| -> Vec<String> {
        let plans = [Plan::parse("a.toml", &plan("a", "")), Plan::parse("b.toml", &plan("b", comment))];
        let report = Auditor::new(&rules(config)).audit_all(&plans);
        report.findings.iter().map(|f| format!("{} {} {}", f.file, f.rule, f.severity)).collect()
    };
    assert_eq!(found("", ""), ["b.toml portfolio/unique-ids error"]);
    assert_eq!(found("", "# crossfoot: level portfolio/unique-ids = info"), ["b.toml portfolio/unique-ids info"]);
    let files = "[[files]]\nmatch = ['b.toml']\nlevels = { 'portfolio/*' = ";
    assert_eq!(found(&format!("{files}'warning' }}\n"), ""), ["b.toml portfolio/unique-ids warning"]);
    assert_eq!(found(&format!("{files}'off' }}\n"), ""), [""; 0]);
    assert_eq!(found("[levels]\n'portfolio' = 'off'\n", ""), [""; 0]);
}

#[test]
fn two_levels_for_one_rule_in_one_plan_are_told() {
    let text = format!(
        "{PLAN}# crossfoot: level totals/outputs = info\n# crossfoot: level totals/* = warning\n# crossfoot: level t*/outputs = error\n# crossfoot: level totals/* = info\n"
    );
    let report = Auditor::new(&Rules::standard()).audit(&Plan::parse("plan.toml", &text));
    let said: Vec<String> =
        report.findings.iter().map(|f| format!("{} {} {}", f.rule, f.severity, f.message)).collect();
    let has = |line: &str| assert!(said.iter().any(|s| s.starts_with(line)), "{line}: {said:#?}");
    has("totals/outputs info the outputs of A");
    has(
        "allowance/unreadable error two levels for `totals/objectives`: `totals/*` says info here, `totals/*` said warning before",
    );
    assert_eq!(said.iter().filter(|s| s.contains("two levels")).count(), 1, "{said:#?}");
}

/// Whatever bears the name of a configuration is meant to be one.
#[test]
fn a_configuration_that_cannot_be_read_is_not_passed_over() {
    let folder = project("");
    let config = folder.path().join("crossfoot.toml");
    let said = |what: &str| {
        let output = crossfoot(folder.path(), &["check", "plans"]);
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert_eq!(output.status.code(), Some(2), "{what}: {said}");
        assert!(said.contains("[crossfoot.toml]") && said.contains("cannot be read"), "{what}: {said}");
    };
    fs::remove_file(&config).unwrap();
    fs::create_dir(&config).unwrap();
    said("a folder");
    fs::remove_dir(&config).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere", &config).unwrap();
        said("a broken link");
        fs::remove_file(&config).unwrap();
        std::os::unix::fs::symlink("/dev/zero", &config).unwrap();
        said("a device");
        fs::remove_file(&config).unwrap();
    }
    fs::write(&config, "# ".repeat(1 << 20)).unwrap();
    said("a very large file");
}

#[test]
fn mistakes_in_small_things_have_their_places_too() {
    for (text, expected) in [
        ("plans = ['']", "crossfoot.toml:1: this is no path"),
        ("baseline = ''", "crossfoot.toml:1: this is no path of a baseline"),
        ("rounding = { mode = 'nearest', decimals = 2 }", "crossfoot.toml:1: unknown key `decimals`"),
        ("[[allow]]\nrule = 'totals/outputs'\nreason = 1", "crossfoot.toml:3: `reason` is an integer: expected a text"),
        (
            "[[allow]]\nrule = 'totals/outputs'\nreason = '\u{200b} .'",
            "crossfoot.toml:1: the allowance of totals/outputs gives no reason",
        ),
    ] {
        let error = Config::parse("crossfoot.toml", text).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{text}: {error}");
    }
}

#[test]
fn mistakes_are_coloured_as_the_command_was_asked_to() {
    let folder = project("fail_on = 'loud'\n");
    for command in [
        &["check", "plans"][..],
        &["fix", "plans"],
        &["mutate", "plans/drafts/plan.toml"],
        &["coverage", "plans"],
        &["rules"],
        &["explain", "totals/outputs"],
        &["test"],
        &["eval", "plans/drafts/plan.toml", "1"],
    ] {
        for (color, is_coloured) in [("always", true), ("never", false)] {
            let output = Command::new(env!("CARGO_BIN_EXE_crossfoot"))
                .args(command)
                .args(["--color", color])
                .current_dir(folder.path())
                .output()
                .unwrap();
            let told = [output.stdout, output.stderr].concat();
            assert_eq!((told.contains(&0x1b), output.status.code()), (is_coloured, Some(2)), "{command:?}");
        }
    }
}
