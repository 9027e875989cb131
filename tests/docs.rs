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

use crossfoot::Rules;
use crossfoot::plan::FaultCode;
use crossfoot::plan::vocabulary::{Key, ROOT, Shape};
use crossfoot::script::{EXAMPLE_PLAN, Limits, VERBS};

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
    hold("docs/schema/report.schema.json", &format!("{:#}\n", crossfoot::report::json_schema()));
}

#[test]
fn the_page_of_verbs_names_every_verb() {
    let mut page = String::from(
        "# Verbs of the rule language\n\nGenerated from the verbs' own documentation; every example is run as a test. \
         The examples speak of this plan:\n\n",
    );
    let _ = writeln!(page, "```toml\n{}\n```\n", EXAMPLE_PLAN.trim());
    for verb in VERBS {
        let _ = writeln!(page, "## {}\n\n`{}`\n\n{}\n", verb.name, verb.signature, verb.about);
        let _ = writeln!(page, "```rhai\n{}      // {}\n```\n", verb.example, verb.gives);
    }
    hold("docs/verbs.md", &page);
}

#[test]
fn the_pages_of_rules_are_their_headers() {
    let rules = Rules::standard();
    let mut index = String::from(
        "# Standard rules\n\nGenerated from the rules' own headers. Each rule stands in `rules/`, with its cases beside it.\n\n\
         | rule | severity | what it says |\n|---|---|---|\n",
    );
    for rule in rules.iter() {
        let _ = writeln!(index, "| [{0}](rules/{0}.md) | {1} | {2} |", rule.id(), rule.severity(), rule.title());
        let mut page = format!("# {}\n\n**{}**, {}\n", rule.id(), rule.title(), rule.severity());
        let rest = rule.page().split_once('\n').map_or("", |(_, rest)| rest.trim());
        let _ = write!(page, "\n{rest}\n");
        let params = rule.params();
        if !params.is_empty() {
            let _ = write!(page, "\n| parameter | value |\n|---|---|\n");
            for (name, value) in &params {
                let _ = writeln!(page, "| {name} | {value} |");
            }
        }
        hold(&format!("docs/rules/{}.md", rule.id()), &page);
    }
    let _ =
        write!(index, "\n## What loading a plan finds\n\nBefore any rule runs:\n\n| id | what it says |\n|---|---|\n");
    for code in FaultCode::ALL {
        let _ = writeln!(index, "| {} | {} |", code.id(), code.title());
    }
    hold("docs/rules.md", &index);
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
        let _ = writeln!(page, "| {name} | {} | {} |", shape(key.shape), key.about);
    }
    for key in keys {
        let below = if path.is_empty() { key.name.to_owned() } else { format!("{path}.{}", key.name) };
        if let Shape::Table(keys) | Shape::Tables(keys) = key.shape {
            write_keys(page, &below, keys);
        }
    }
}

fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Text => "text",
        Shape::Number => "number",
        Shape::Share => "percent",
        Shape::Id => "text or integer",
        Shape::Texts => "array of texts",
        Shape::Ids => "array of ids",
        Shape::Years => "array of years",
        Shape::Numbers => "array of numbers",
        Shape::ByYear => "table of year = amount",
        Shape::Rounding => "text or table",
        Shape::Units => "table of key = unit",
        Shape::Sides => "array of paths",
        Shape::Table(_) => "table",
        Shape::Tables(_) => "array of tables",
    }
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
