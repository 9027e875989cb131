//! Packs: what `pack.toml` must say, how rules get the pack's name, and what is refused, with its place.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may panic, and builds folders of rules")]

#[path = "support/folders.rs"]
mod folders;

use std::path::Path;
use std::process::Command;

use crossfoot::finding::{Failure, FailureKind};
use crossfoot::rules::Origin;
use crossfoot::{Auditor, Plan, Rules};
use folders::folder;

const RULE: &str = "//! A rule.\nfn check(plan) { expect(plan.a == 1, plan.a, \"no\"); }";

fn pack_toml(name: &str) -> String {
    format!("[pack]\nname = \"{name}\"\nversion = \"1.2.0\"\nrequires = \">=0.1\"\nlicence = \"MIT\"\n")
}

fn pack(name: &str, rule: &str) -> tempfile::TempDir {
    folder(&[("pack.toml", &pack_toml(name)), (rule, RULE)])
}

/// The last part of a path.
fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

/// Line, message.
fn told(failure: &Failure) -> (u32, &str) {
    (failure.span.map_or(0, |span| span.start.line), &failure.message)
}

#[test]
fn the_rules_of_a_pack_have_its_name() {
    let folder = folder(&[
        (
            "pack.toml",
            &format!(
                "{}title = \"Ours.\"\nauthors = [\"A\", \"B\"]\nhomepage = \"https://example.org\"\n",
                pack_toml("ours")
            ),
        ),
        ("dates/order.rhai", "import \"lib/x\" as x;\nfn check(plan) { expect(x::is_one(plan.a), plan.a, \"no\"); }"),
        ("dates/order/case.toml", "a = 1\n"),
        ("lib/x.rhai", "fn is_one(x) { x == 1 }"),
    ]);
    let rules = Rules::standard().with_pack(folder.path()).unwrap();
    assert!(rules.failures().is_empty(), "{:#?}", rules.failures());
    let rule = rules.get("ours/dates/order").unwrap();
    let Origin::Pack { name, version, file } = rule.origin() else { panic!("{:?}", rule.origin()) };
    assert_eq!((name.as_ref(), version.as_ref(), last(file)), ("ours", "1.2.0", "order.rhai"));
    assert_eq!(rule.cases().len(), 1);
    let [pack] = rules.packs() else { panic!() };
    assert_eq!(
        (pack.to_string(), pack.requires(), pack.licence()),
        ("ours 1.2.0".to_owned(), ">=0.1".to_owned(), "MIT")
    );
    assert_eq!(
        (pack.title(), pack.authors(), pack.homepage()),
        (Some("Ours."), ["A".to_owned(), "B".to_owned()].as_slice(), Some("https://example.org"))
    );
    let ours = rules.choose(&["ours"], &[]).unwrap();
    let report = Auditor::new(&ours).audit(&Plan::parse("plan.toml", "a = 2"));
    assert_eq!(report.findings[0].rule.as_ref(), "ours/dates/order");
}

#[test]
fn every_fault_of_a_pack_toml_is_told_at_its_place_and_other_rules_run() {
    let cases: [(&str, &[(u32, &str)]); 12] = [
        (
            "[pack]\n",
            &[
                (1, "the pack has no `name`"),
                (1, "the pack has no `version`"),
                (1, "the pack has no `requires`"),
                (1, "the pack has no `licence`"),
            ],
        ),
        (
            "[pack]\nname = \"Our Pack\"\nversion = \"1\"\nrequires = \"soon\"\nlicense = \"MIT\"\nautors = [\"A\"]\nown = 1\n",
            &[
                (2, "\"Our Pack\" is no name for a pack"),
                (3, "`1` is no version: expected three numbers, such as 1.0.0"),
                (4, "`soon` names no versions: expected a comparison, such as >=0.1 or >=0.1, <0.3"),
                (5, "unknown key `license`: did you mean `licence`?"),
                (6, "unknown key `autors`: did you mean `authors`?"),
                (7, "unknown key `own`"),
            ],
        ),
        (
            "[pack]\nname = 1\nversion = 1.0\nrequires = []\nlicence = true\nauthors = \"A\"\ntitle = \"\"\n",
            &[
                (2, "`name` is an integer: expected a text"),
                (3, "`version` is a number: expected a text"),
                (4, "`requires` is an array: expected a text"),
                (5, "`licence` is a boolean: expected a text"),
                (6, "`authors` is not an array of texts"),
                (7, "`title` is empty"),
            ],
        ),
        (
            "[pack]\nname = \"a\"\nversion = \"1.0.0\"\nrequires = \">=9.0\"\nlicence = \"MIT\"\n",
            &[(4, "this pack needs crossfoot >=9.0, and this is 0.1.0")],
        ),
        ("name = \"a\"\n", &[(0, "this pack.toml has no table `[pack]`"), (1, "unknown key `name`")]),
        ("pack = 1\n", &[(0, "this pack.toml has no table `[pack]`")]),
        ("", &[(0, "this pack.toml has no table `[pack]`")]),
        ("[pack\n", &[(1, "")]),
        (
            "[pack]\nname = \"-a\"\nversion = \"1.0.0\"\nrequires = \"*\"\nlicence = \"MIT\"\n",
            &[(2, "\"-a\" is no name for a pack")],
        ),
        (
            "[pack]\nname = \"../a\"\nversion = \"1.0.0\"\nrequires = \"*\"\nlicence = \"MIT\"\n",
            &[(2, "\"../a\" is no name for a pack")],
        ),
        (
            "[pack]\nname = \"a\"\nversion = \"1.0.0\"\nrequires = \"*\"\nlicence = \"MIT\"\n[packs]\n",
            &[(6, "unknown key `packs`")],
        ),
        ("[pack]\nname = \"\"\nversion = \"1.0.0\"\nrequires = \"*\"\nlicence = \"MIT\"\n", &[(2, "`name` is empty")]),
    ];
    for (text, expected) in cases {
        let folder = folder(&[("pack.toml", text), ("rule.rhai", RULE)]);
        let rules = Rules::standard().with_pack(folder.path()).unwrap();
        let mut found: Vec<_> = rules.failures().iter().map(told).collect();
        found.sort_by_key(|(line, _)| *line);
        assert_eq!(found.len(), expected.len(), "{text}: {found:#?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.0 == expected.0 && found.1.contains(expected.1), "{text}: {found:?}, expected {expected:?}");
        }
        assert!(
            rules
                .failures()
                .iter()
                .all(|failure| failure.kind == FailureKind::Pack && failure.help.is_some() || text == "[pack\n")
        );
        let report = Auditor::new(&rules).audit(&Plan::parse("plan.toml", "a = 1"));
        assert!(report.rules.len() > 20 && !report.errors.is_empty(), "the standard rules run, and the status is 2");
    }
}

/// Ids that begin with the name of such a pack could be taken for others; a name or a requirement that looks like a slip is one.
#[test]
fn a_pack_has_a_name_of_its_own_and_says_what_it_needs() {
    let refused = |name: &str, requires: &str| {
        let text =
            format!("[pack]\nname = \"{name}\"\nversion = \"1.0.0\"\nrequires = \"{requires}\"\nlicence = \"MIT\"\n");
        let folder = folder(&[("pack.toml", &text), ("rule.rhai", RULE)]);
        let rules = Rules::empty().with_pack(folder.path()).unwrap();
        let failures: Vec<_> = rules.failures().iter().map(|f| (told(f).0, f.message.clone())).collect();
        assert!(rules.failures().iter().all(|failure| failure.help.is_some()));
        assert_eq!(failures.is_empty(), rules.get(&format!("{name}/rule")).is_some());
        failures
    };
    for (name, why) in [
        ("plan", "findings of the loader"),
        ("toml", "findings of the loader"),
        ("figure", "findings of the loader"),
        ("allowance", "findings about allowances"),
        ("lib", "shared code"),
        ("rule", "crossfoot's own"),
        ("rules", "crossfoot's own"),
        ("standard", "crossfoot's own"),
        ("crossfoot", "crossfoot's own"),
    ] {
        let found = refused(name, ">=0.1");
        let begins = format!("a pack cannot have the name `{name}`: ");
        assert!(found.len() == 1 && found[0].0 == 2 && found[0].1.starts_with(&begins), "{found:?}");
        assert!(found[0].1.contains(why), "{found:?}");
    }
    assert_eq!(refused("ours-", ">=0.1"), [(2, "\"ours-\" is no name for a pack".to_owned())]);
    for any in ["x", "X", " x "] {
        let found = refused("ours", any);
        assert!(found.len() == 1 && found[0].0 == 4 && found[0].1.contains("names no versions"), "{any}: {found:?}");
    }
    assert!(refused("plans", "*").is_empty());
}

#[test]
fn what_cannot_be_told_apart_is_refused_with_both_places() {
    let (one, two) = (pack("ours", "a.rhai"), pack("ours", "b.rhai"));
    let rules = Rules::empty().with_pack(one.path()).unwrap().with_pack(two.path()).unwrap();
    let [failure] = rules.failures() else { panic!("{:#?}", rules.failures()) };
    assert_eq!((last(&failure.file), told(failure).0), ("pack.toml", 2));
    let other = format!("the other is {}/pack.toml, version 1.2.0", one.path().display());
    assert!(
        failure.message.starts_with("two packs have the name `ours`") && failure.message.ends_with(&other),
        "{}",
        failure.message
    );
    assert!(rules.get("ours/a").is_some() && rules.get("ours/b").is_none());

    // The same pack named twice is one pack.
    let rules = Rules::empty().with_pack(one.path()).unwrap().with_pack(one.path().join(".")).unwrap();
    assert!(rules.failures().is_empty() && rules.packs().len() == 1, "{:#?}", rules.failures());

    // A folder of rules, standard or of the house, whichever comes first.
    let totals = pack("totals", "mine.rhai");
    let rules = Rules::standard().with_pack(totals.path()).unwrap();
    assert!(
        rules.failures()[0].message.contains("has the name of a folder of rules, such as rules/totals/"),
        "{:#?}",
        rules.failures()
    );
    assert!(rules.get("totals/mine").is_none());
    let house = folder(&[("ours/a.rhai", RULE), ("own/b.rhai", RULE)]);
    let rules = Rules::empty().with_dir(house.path()).unwrap().with_pack(one.path()).unwrap();
    assert!(rules.failures()[0].message.contains("the name of a folder of rules"), "{:#?}", rules.failures());
    let rules = Rules::empty().with_pack(one.path()).unwrap().with_dir(house.path()).unwrap();
    let [failure] = rules.failures() else { panic!("{:#?}", rules.failures()) };
    assert_eq!(failure.rule.as_deref(), Some("ours/a"));
    assert!(failure.message.contains("two rules have the id `ours/a`: the other is"), "{failure:?}");
    assert!(rules.get("own/b").is_some());
    let house = folder(&[("ours/z.rhai", RULE)]);
    let rules = Rules::empty().with_pack(one.path()).unwrap().with_dir(house.path()).unwrap();
    assert!(rules.failures()[0].message.contains("begins with the name of a pack"), "{:#?}", rules.failures());
}

#[test]
fn a_folder_is_a_pack_or_is_not() {
    let told = |result: Result<Rules, crossfoot::rules::RulesError>| {
        let error = result.map(|_| ()).unwrap_err();
        format!("{error}; {}", error.help.clone().unwrap_or_default())
    };
    let pack = pack("ours", "a.rhai");
    let above =
        folder(&[("packs/ours/pack.toml", &pack_toml("ours")), ("packs/ours/a.rhai", RULE), ("own/b.rhai", RULE)]);
    let plain = folder(&[("a.rhai", RULE)]);
    let inside = folder(&[("pack.toml", &pack_toml("ours")), ("a.rhai", RULE), ("more/pack.toml", &pack_toml("more"))]);
    let only_shared = folder(&[("pack.toml", &pack_toml("ours")), ("lib/a.rhai", "fn of(x) { x }")]);
    assert!(told(Rules::empty().with_dir(pack.path())).contains("this folder is a pack; name it with --pack"));
    assert!(told(Rules::empty().with_dir(above.path())).contains("packs/ours: this folder is a pack"));
    assert!(
        told(Rules::empty().with_pack(plain.path()))
            .contains("there is no pack.toml in it; a pack has a file pack.toml: write a table [pack] with name")
    );
    assert!(told(Rules::empty().with_pack(inside.path())).contains("a pack stands inside of the pack ours"));
    assert!(told(Rules::empty().with_pack(only_shared.path())).contains("there is no rule in it"));
    assert!(told(Rules::empty().with_pack(pack.path().join("a.rhai"))).contains("it is no folder"));
    assert!(told(Rules::empty().with_pack("nowhere")).contains("there is no such folder"));
}

/// What JSON says of a pack that cannot be used and of a rule that fails in shared code is what its schema allows.
#[test]
fn failures_of_packs_and_of_shared_code_keep_the_contract() {
    let broken = folder(&[("pack.toml", "[pack]\nname = 1\n"), ("rule.rhai", RULE)]);
    let failing = folder(&[
        ("pack.toml", &pack_toml("deep")),
        ("rule.rhai", "import \"lib/x\" as x;\nfn check(plan) { x::of(plan.a); }"),
        ("lib/x.rhai", "fn of(a) { deeper(a) }\nfn deeper(a) { a + \"text\" }"),
    ]);
    let rules = Rules::empty().with_pack(broken.path()).unwrap().with_pack(failing.path()).unwrap();
    let report = Auditor::new(&rules).audit(&Plan::parse("plan.toml", "a = 1"));
    let mut out = Vec::new();
    crossfoot::report::json(&report, &mut out).unwrap();
    let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
    let validator = jsonschema::validator_for(&crossfoot::report::json_schema()).unwrap();
    let wrong: Vec<String> =
        validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let errors = value["errors"].as_array().unwrap();
    assert!(errors.iter().any(|error| error["kind"] == "pack"), "{errors:#?}");
    let failed = errors.iter().find(|error| error["kind"] == "rule-run").unwrap();
    assert!(failed["file"].as_str().unwrap().ends_with("lib/x.rhai"), "{failed:#}");
    assert_eq!(failed["stack"][0]["function"], "deeper");
    assert!(
        failed["stack"][0].get("file").is_none() && failed["stack"][1]["file"].as_str().unwrap().ends_with("rule.rhai"),
        "{failed:#}"
    );
}

#[cfg(unix)]
#[test]
fn a_rule_of_a_pack_that_is_a_link_out_of_it_is_refused() {
    let (outside, pack) = (folder(&[("secret.rhai", RULE)]), pack("ours", "a.rhai"));
    std::os::unix::fs::symlink(outside.path().join("secret.rhai"), pack.path().join("b.rhai")).unwrap();
    let rules = Rules::empty().with_pack(pack.path()).unwrap();
    let [failure] = rules.failures() else { panic!("{:#?}", rules.failures()) };
    assert_eq!(
        (last(&failure.file), failure.message.as_str()),
        ("b.rhai", "this link leads out of the folder of rules, and is not followed")
    );
    assert!(rules.get("ours/a").is_some() && rules.get("ours/b").is_none());
}

fn crossfoot(arguments: &[&str], folder: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_crossfoot"))
        .args(arguments)
        .current_dir(folder)
        .env("COLUMNS", "100")
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    format!("$ crossfoot {}\n{out}{err}[exit {}]\n", arguments.join(" "), output.status.code().unwrap())
}

#[test]
fn what_a_user_of_packs_sees() {
    let folder = folder(&[
        ("plan.toml", "activities = [{ percentage = 101 }]\n"),
        ("new/pack.toml", "[pack]\nname = \"new\"\nversion = \"1.0\"\nrequires = \">=9.0\"\nlicense = \"MIT\"\n"),
        ("new/rule.rhai", RULE),
        ("deep/pack.toml", &pack_toml("deep")),
        ("deep/rule.rhai", "import \"lib/words\" as words;\n\nfn check(plan) { words::of(plan.activities); }"),
        ("deep/lib/words.rhai", "//! Words.\n\nfn of(place) { place + \"text\" }"),
        ("deep/out.rhai", "import \"../other/lib/x\" as x;\n\nfn check(plan) { }"),
    ]);
    std::fs::create_dir(folder.path().join("packs")).unwrap();
    let screens = [
        crossfoot(&["check", "plan.toml", "--no-standard", "--pack", "new", "--pack", "deep"], folder.path()),
        crossfoot(&["check", "plan.toml", "--pack", "new", "--only", "new/rule"], folder.path()),
        crossfoot(&["check", "plan.toml", "--rules", "deep"], folder.path()),
        crossfoot(&["check", "plan.toml", "--pack", "packs"], folder.path()),
    ];
    insta::assert_snapshot!(screens.join("\n"));
}
