//! The generated pages of `docs/` are what the program would generate today.
//!
//! `CROSSFOOT_UPDATE_DOCS=1 cargo test --test docs` writes them anew.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and this one writes when told to"
)]

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use crossfoot::Rules;
use crossfoot::finding::AllowanceCode;
use crossfoot::plan::FaultCode;
use crossfoot::plan::vocabulary::{Key, ROOT, Shape};
use crossfoot::rules::{allowance_page, fault_page, verbs_page};
use crossfoot::script::Limits;

/// Holds a file against what it should say, or writes it when told to.
fn hold(path: &str, expected: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("CROSSFOOT_UPDATE_DOCS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, expected).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "{} is stale: run `CROSSFOOT_UPDATE_DOCS=1 cargo test --test docs` and look at the change",
        path.display()
    );
}

#[test]
fn the_schemas_are_those_that_the_command_prints() {
    hold("docs/schema/plan.schema.json", &format!("{:#}\n", crossfoot::plan::vocabulary::json_schema()));
    for document in crossfoot::report::Document::ALL {
        hold(&format!("docs/schema/{}.schema.json", document.name()), &format!("{:#}\n", document.schema()));
    }
}

#[test]
fn the_page_of_verbs_names_every_verb() {
    hold("docs/verbs.md", &verbs_page());
}

#[test]
fn the_pages_of_rules_are_their_headers() {
    let rules = Rules::standard();
    let mut index = String::from(
        "# Standard rules\n\nGenerated from the rules' own headers. Each rule stands in `rules/`, with its cases beside it. \
         `crossfoot rules` lists them, and `crossfoot explain RULE` prints a page.\n\n\
         | rule | severity | what it says |\n|---|---|---|\n",
    );
    for rule in rules.iter() {
        let _ = writeln!(index, "| [{0}](rules/{0}.md) | {1} | {2} |", rule.id(), rule.severity(), rule.title());
        hold(&format!("docs/rules/{}.md", rule.id()), &rules.page(rule));
    }
    let _ = write!(index, "\n## Shared code\n\nWhat several rules import:\n\n| file | what it is |\n|---|---|\n");
    for helper in rules.helpers() {
        let _ = writeln!(index, "| [{0}](rules/{0}.md) | {1} |", helper.id(), helper.title());
        hold(&format!("docs/rules/{}.md", helper.id()), &rules.page(helper));
    }
    let _ = write!(
        index,
        "\n## What is found without a rule\n\nWhile a plan is loaded, or a finding is set aside:\n\n| id | severity | what it says |\n|---|---|---|\n"
    );
    for code in FaultCode::ALL {
        let _ = writeln!(index, "| [{0}](rules/{0}.md) | {1} | {2} |", code.id(), code.severity(), code.title());
        hold(&format!("docs/rules/{}.md", code.id()), &fault_page(code));
    }
    for code in AllowanceCode::ALL {
        let _ = writeln!(index, "| [{0}](rules/{0}.md) | {1} | {2} |", code.id(), code.severity(), code.title());
        hold(&format!("docs/rules/{}.md", code.id()), &allowance_page(code));
    }
    hold("docs/rules.md", &index);
    let ids = rules.iter().chain(rules.helpers()).map(|rule| rule.id().to_string());
    let ids = ids.chain(FaultCode::ALL.map(|code| code.id().to_owned()));
    let ids: Vec<String> = ids.chain(AllowanceCode::ALL.map(|code| code.id().to_owned())).collect();
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules")).unwrap() {
        let folder = entry.unwrap().file_name().into_string().unwrap();
        let below = ids.iter().filter_map(|id| id.strip_prefix(&format!("{folder}/")).map(|name| format!("{name}.md")));
        hold_only(&format!("docs/rules/{folder}"), &below.collect::<Vec<_>>());
    }
}

#[test]
fn the_page_of_the_vocabulary_names_every_key() {
    let mut page = String::from(
        "# The standard vocabulary of plans\n\nGenerated from the table of keys that the loader, the JSON Schema and this page \
         share. A key in bold is required. Any other key is allowed: a plan may carry its own data.\n",
    );
    write_keys(&mut page, "", ROOT);
    hold("docs/vocabulary.md", &page);
}

fn write_keys(page: &mut String, path: &str, keys: &'static [Key]) {
    let title = if path.is_empty() { "At the top" } else { path };
    let _ = write!(page, "\n## {title}\n\n| key | what it is | what it means |\n|---|---|---|\n");
    for key in keys {
        let name = if key.required { format!("**{}**", key.name) } else { key.name.to_owned() };
        let _ = writeln!(page, "| {name} | {} | {} |", key.shape, key.about);
    }
    for key in keys {
        let below = if path.is_empty() { key.name.to_owned() } else { format!("{path}.{}", key.name) };
        if let Shape::Table(keys) | Shape::Tables(keys) = key.shape {
            write_keys(page, &below, keys);
        }
    }
}

/// What the command prints.
fn crossfoot(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_crossfoot"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("COLUMNS", "100")
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The help of a command, without the spaces at the ends of its lines.
fn help(arguments: &[&str]) -> String {
    crossfoot(arguments).lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// A folder holds these files and no other; when told to, others are removed.
fn hold_only(folder: &str, names: &[String]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let known = path.file_name().is_some_and(|name| names.iter().any(|known| name == known.as_str()));
        if !known && std::env::var_os("CROSSFOOT_UPDATE_DOCS").is_some() {
            std::fs::remove_file(&path).unwrap();
        }
        assert!(known || !path.exists(), "{} is of nothing that there is any more", path.display());
    }
}

#[test]
fn the_man_pages_and_the_page_of_the_command_line_name_every_command() {
    let made = tempfile::tempdir().unwrap();
    crossfoot(&["man", "--output", made.path().to_str().unwrap()]);
    let mut names: Vec<String> = std::fs::read_dir(made.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert!(names.len() >= 8, "{names:?}");
    let mut page = format!(
        "# The command line\n\nGenerated from the command's own help. `crossfoot man` prints the same as man pages, which stand in \
         `docs/man/`; `crossfoot completions` prints what stands in `docs/completions/`.\n\n```text\n{}```\n",
        help(&["--help"])
    );
    for name in &names {
        let man = std::fs::read_to_string(made.path().join(name)).unwrap();
        hold(&format!("docs/man/{name}"), &man);
        if let Some(command) = name.strip_prefix("crossfoot-").and_then(|name| name.strip_suffix(".1")) {
            let words: Vec<&str> = command.split('-').collect();
            let shown = help(&[words.as_slice(), &["--help"]].concat());
            let _ = write!(page, "\n## crossfoot {}\n\n```text\n{shown}```\n", words.join(" "));
            assert_eq!(crossfoot(&["man", command]), man);
        }
    }
    hold_only("docs/man", &names);
    hold("docs/cli.md", &page);
}

#[test]
fn the_completions_are_those_that_the_command_prints() {
    let shells = [
        ("bash", "crossfoot.bash"),
        ("zsh", "_crossfoot"),
        ("fish", "crossfoot.fish"),
        ("elvish", "crossfoot.elv"),
        ("powershell", "_crossfoot.ps1"),
    ];
    for (shell, file) in shells {
        hold(&format!("docs/completions/{file}"), &crossfoot(&["completions", shell]));
    }
    hold_only("docs/completions", &shells.map(|(_, file)| file.to_owned()));
}

#[test]
fn the_page_of_limits_has_the_limits_numbers() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rule-language.md")).unwrap();
    let limits = Limits::STANDARD;
    let numbers = [
        ("operations", limits.operations.to_string()),
        ("deadline", format!("{} s", limits.deadline.as_secs())),
        ("call depth", limits.call_depth.to_string()),
        ("expression depth", limits.expression_depth.to_string()),
        ("bytes of a text", limits.text.to_string()),
        ("elements of an array", limits.array.to_string()),
        ("keys of a map", limits.map.to_string()),
        ("variables alive", limits.variables.to_string()),
        ("functions of a rule", limits.functions.to_string()),
        ("imports of a rule", limits.imports.to_string()),
        ("bytes of a rule", limits.source.to_string()),
        ("tokens of a rule", limits.tokens.to_string()),
        ("findings of a rule", limits.findings.to_string()),
    ];
    for (name, number) in numbers {
        assert!(
            page.contains(&format!("| {name} | {number} |")),
            "docs/rule-language.md: expected | {name} | {number} |"
        );
    }
}
