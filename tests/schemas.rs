//! What commands print for programs, against its JSON Schema: real output of the command, with something of everything in it.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may panic, run programs and write files")]

#[path = "support/watched.rs"]
mod watched;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::Stdio;

use crossfoot::report::Document;
use serde_json::{Value, json};
use watched::{Folder, plan};

/// The schema that the command itself prints.
fn schema_of(document: Document) -> Value {
    let folder = Folder::new();
    let printed = run(&folder, &["schema", document.name()], "");
    assert_eq!(printed, document.schema());
    jsonschema::draft202012::meta::validate(&printed).unwrap();
    printed
}

/// What the command prints in this folder, as JSON.
fn run(folder: &Folder, arguments: &[&str], input: &str) -> Value {
    let mut command = folder.command(env!("CARGO_BIN_EXE_crossfoot"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // Who reads no standard input may have gone already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{arguments:?}: {error}: {}", String::from_utf8_lossy(&output.stderr)))
}

/// Every document is as the schema says; the schema describes nothing that is in none of them, but for what stands in `rare` and
/// in the report, which has a test of its own; and it refuses what it does not describe.
fn hold(document: Document, documents: &[Value], rare: &[&str]) {
    let schema = schema_of(document);
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    for value in documents {
        let against: Vec<String> =
            validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert_eq!(against, Vec::<String>::new(), "{value:#}");
    }
    let (mut described, mut seen) = (BTreeSet::new(), BTreeSet::new());
    names_in_schema(&schema, &mut described);
    documents.iter().for_each(|value| names_in(value, &mut seen));
    let mut of_report = BTreeSet::new();
    names_in_schema(&Document::Report.schema(), &mut of_report);
    let unseen: Vec<&String> = described.difference(&seen).filter(|name| !of_report.contains(*name)).collect();
    assert_eq!(unseen, rare, "described and never seen");
    let first = documents.first().unwrap();
    for required in schema["required"].as_array().unwrap() {
        let mut without = first.clone();
        without.as_object_mut().unwrap().remove(required.as_str().unwrap()).unwrap();
        assert!(!validator.is_valid(&without), "without {required}");
    }
    let mut further = first.clone();
    further["further"] = json!(1);
    assert!(!validator.is_valid(&further));
}

/// The names that the objects of a schema have.
fn names_in_schema(schema: &Value, names: &mut BTreeSet<String>) {
    match schema {
        Value::Object(map) => {
            let properties = map.get("properties").and_then(Value::as_object);
            names.extend(properties.into_iter().flat_map(|properties| properties.keys().cloned()));
            map.values().for_each(|value| names_in_schema(value, names));
        }
        Value::Array(list) => list.iter().for_each(|value| names_in_schema(value, names)),
        _ => {}
    }
}

fn names_in(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            names.extend(map.keys().cloned());
            map.values().for_each(|value| names_in(value, names));
        }
        Value::Array(list) => list.iter().for_each(|value| names_in(value, names)),
        _ => {}
    }
}

#[test]
fn what_diff_prints() {
    let folder = Folder::new();
    let old = include_str!("../plans/teaching/clean.toml");
    let changed = old
        .replace("id = 1\ntitle", "id = \"reserve\"\ntitle")
        .replace("means = [\"Member list\"]", "means = [\"Register\"]")
        .replace("B-1", "B-9")
        .replace("{ title = \"Town grant\", share = 30 }", "{ title = \"Grant\", share = 31, note = \"new\" }")
        .replace("EUR", "CHF")
        .replace(
            "[[services]]\nid = \"S-1\"",
            "[[services]]\nid = \"S-3\"\ntitle = \"Caretaker\"\n\n[[services]]\nid = \"S-1\"",
        );
    let added =
        "\n[[objectives]]\nid = \"C\"\ntotal = { 2026 = 5 }\noutputs = [{ id = \"C-1\", cost = { 2026 = 5 } }]\n";
    for (name, text) in [("old/plan.toml", old), ("new/plan.toml", &format!("{changed}{added}"))] {
        folder.write(name, text);
    }
    folder.write("old/gone.toml", &plan(41));
    folder.write("new/added.toml", "a = 1\n");
    folder.write("old/broken.toml", "a = [\n");
    folder.write("new/broken.toml", "a = [\n");
    // A total that is there no more is no longer checked.
    folder.write("old/total.toml", &plan(41));
    folder.write("new/total.toml", &plan(41).replace("total = { 2026 = 41 }\n", ""));
    folder.write("old/more.toml", &plan(41));
    folder.write("new/more.toml", &plan(42));
    let documents = [
        run(&folder, &["diff", "old", "new", "--format", "json"], ""),
        run(&folder, &["diff", "new", "old", "--format", "json"], ""),
    ];
    let whys: BTreeSet<&str> = documents
        .iter()
        .flat_map(|document| document["findings"]["gone"].as_array().unwrap())
        .map(|gone| gone["why"].as_str().unwrap())
        .collect();
    assert_eq!(whys, BTreeSet::from(["plan gone", "no longer checked"]));
    let of = |list: &str| documents[0]["findings"][list].as_array().unwrap().len();
    assert!(of("new") > 0 && of("changed") > 0 && of("remaining") > 0, "{:#}", documents[0]);
    assert_eq!(documents[0]["faults"].as_array().unwrap().len(), 2);
    hold(Document::Diff, &documents, &[]);
}

#[test]
fn what_stats_prints() {
    let folder = Folder::new();
    folder.write("clean.toml", include_str!("../plans/teaching/clean.toml"));
    folder.write("risk.toml", "risks = [{ title = 'Flood' }]\n");
    let documents = [run(&folder, &["stats", "clean.toml", "risk.toml", "missing.toml", "--format", "json"], "")];
    assert_eq!(documents[0]["plans"][0]["concentration"]["herfindahl"], "0.2355");
    hold(Document::Stats, &documents, &[]);
}

#[test]
fn what_fix_prints() {
    let folder = Folder::new();
    folder.write("plan.toml", &plan(41));
    // The total that follows is stated elsewhere too, so nothing is done.
    let pinned = plan(41).replace("[plan]\n", "[plan]\ntotal = { 2026 = 41 }\n");
    let pinned = format!("note = 41\n{pinned}[[reconciliations]]\nid = 'r'\nfigures = ['plan.total.2026', 'note']\n");
    folder.write("pinned.toml", &pinned);
    folder.write("two.toml", &plan(41));
    std::fs::hard_link(folder.path("two.toml"), folder.path("names.toml")).unwrap();
    let fix = ["fix", "--format", "json"];
    let documents = [
        run(&folder, &[&fix[..], &["plan.toml", "pinned.toml", "two.toml", "broken.toml"]].concat(), ""),
        run(&folder, &[&fix[..], &["--unsafe", "totals", "-"]].concat(), &plan(41)),
        run(&folder, &[&fix[..], &["--dry-run", "two.toml"]].concat(), ""),
    ];
    assert_eq!(documents[0]["files"][0]["written"], true);
    hold(Document::Fix, &documents, &[]);
}

#[test]
fn what_watch_prints() {
    let folder = Folder::new();
    folder.write("other.toml", &plan(50));
    let mut watch = folder.watch(&[".", "--format", "json", "--full"]);
    let mut next = || serde_json::from_str::<Value>(&watch.shows("\"milliseconds\"")).unwrap();
    let mut lines = vec![next()];
    for text in [plan(41), plan(42), "[plan".to_owned(), plan(30)] {
        folder.write("plan.toml", &text);
        lines.push(next());
    }
    std::fs::rename(folder.path("other.toml"), folder.path("renamed.toml")).unwrap();
    lines.push(next());
    std::fs::remove_file(folder.path("renamed.toml")).unwrap();
    lines.push(next());
    let has = |key: &str| lines.iter().any(|line| line[key].as_array().is_some_and(|list| !list.is_empty()));
    for key in ["new", "fixed", "changed", "gone", "renamed", "stale", "faults", "errors"] {
        assert!(has(key), "{key}");
    }
    hold(Document::Watch, &lines, &[]);
}

#[test]
fn what_test_prints() {
    let folder = Folder::new();
    folder.write(
        "rules/house/small.rhai",
        "//! Items are small.\nfn check(plan) {\n    for item in plan.items {\n        if item.n > 5 {\n            fail(item, \
         `${item.id} is large`);\n        } else {\n            expect(true, item, \"\");\n        }\n    }\n}\n",
    );
    folder.write("rules/house/broken.rhai", "//! Broken.\nfn check(plan) { let x = ; }\n");
    for (name, text) in [
        ("fails", "items = [{ id = 'A', n = 6 }]  #~ error: A is large\n"),
        ("missing", "items = [{ id = 'A', n = 6 }]  #~ error: B is large\n"),
        ("place", "items = [\n    { id = 'A', n = 6 },\n    { id = 'B', n = 1 },  #~ error: A is large\n]\n"),
        ("counts", "# checks: 3 passed, 0 failed, 0 not applicable\nitems = [{ id = 'A', n = 1 }]\n"),
        ("idle", "title = 'nothing here'\n"),
        ("faulty", "items = [\n"),
    ] {
        folder.write(&format!("rules/house/small/{name}.toml"), text);
    }
    folder.write("rules/house/lost/case.toml", "items = []  #~ error\n");
    let all = run(&folder, &["test", "rules", "--format", "json"], "");
    let covered = run(&folder, &["test", "rules", "--filter", "fails", "--coverage", "--format", "json"], "");
    let verdicts = ["as-expected", "wrong-counts", "not-applicable", "noisy", "missing", "wrong-place", "faulty"];
    for verdict in verdicts {
        let found = |case: &Value| {
            case["verdict"] == verdict
                || case["expectations"].as_array().unwrap().iter().any(|e| e["verdict"] == verdict)
        };
        let of_rule = |rule: &Value| rule["cases"].as_array().unwrap().iter().any(found);
        assert!(all["rules"].as_array().unwrap().iter().any(of_rule), "{verdict}: {all:#}");
    }
    assert_ne!(covered["coverage"]["rules"][0]["branches_not_run"], json!([]), "{covered:#}");
    hold(Document::Test, &[all, covered], &[]);
}

#[test]
fn what_mutate_prints() {
    let folder = Folder::new();
    folder.write("clean.toml", include_str!("../plans/teaching/clean.toml"));
    let mutate = ["mutate", "clean.toml", "--format", "json", "--all"];
    // In a portfolio of which only this plan is there, rules over portfolios are not run.
    let alone = plan(30).replace("[plan]\n", "[plan]\nid = 'p'\nportfolio = 'x'\n");
    folder.write("alone.toml", &alone);
    let documents = [
        run(&folder, &[&mutate[..], &["--limit", "60"]].concat(), ""),
        run(&folder, &["mutate", "alone.toml", "--format", "json"], ""),
        run(&folder, &["mutate", "plan.toml", "--kind", "remove-mitigation", "--format", "json"], ""),
    ];
    let kinds: BTreeSet<&str> =
        documents[0]["kinds"].as_array().unwrap().iter().map(|kind| kind["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds.len(), 8, "{kinds:?}");
    assert_eq!(documents[2]["score"]["percent"], Value::Null);
    hold(Document::Mutate, &documents, &[]);
}

#[test]
fn what_coverage_prints() {
    let folder = Folder::new();
    let open = format!("open = 7\n{}", plan(41));
    folder.write("plan.toml", &open.replace("[plan]\n", "[plan]\nid = 'p'\nportfolio = 'x'\n"));
    let coverage = ["coverage", "plan.toml", "--format", "json"];
    let documents = [
        run(&folder, &coverage, ""),
        run(&folder, &[&coverage[..], &["--at", "objectives"]].concat(), ""),
        run(&folder, &[&coverage[..], &["--at", "open"]].concat(), ""),
    ];
    assert_eq!(documents[0]["plans"][0]["uncovered"][0]["value"], "7");
    hold(Document::Coverage, &documents, &[]);
}

#[test]
fn what_eval_prints() {
    let folder = Folder::new();
    // More than is listed, and one that lacks what the others have.
    let many = "{ id = 'x', cost = { 2026 = 1 } }, ".repeat(3_000);
    folder.write("plan.toml", &plan(30).replace("outputs = [\n", &format!("outputs = [\n{many}{{ id = 'y' }},\n")));
    let expressions = [
        "let x = sum(plan.objectives.outputs.cost[\"2026\"]); x",
        "let y = percent_of(plan.objectives.outputs[0].cost[\"2026\"], sum(plan.objectives.outputs.cost[\"2026\"]))",
        "sum(plan.objectives.outputs.cost[\"2027\"])",
        "plan.objectives.total[\"2026\"]",
        "plan.nothing",
        "text(plan.objectives.id)",
        "1 == 1",
        "date(\"2026-12-31\")",
        "[1, \"a\", plan.objectives]",
        "#{ a: 1, b: () }",
        "|x| x",
        "expect_equal(plan.objectives.total[\"2026\"], 31)",
        "fn inner(o) { o.id + 1 } inner(plan.objectives[0])",
        "plan.objectives.",
        "plan.objectives",
        "plan.objectives.outputs.id",
        "sum(plan.objectives.outputs.cost[\"2026\"])",
    ];
    let documents: Vec<Value> = expressions
        .iter()
        .map(|expression| run(&folder, &["eval", "plan.toml", expression, "--format", "json"], ""))
        .collect();
    let kinds: BTreeSet<&str> = documents.iter().filter_map(|document| document["value"]["kind"].as_str()).collect();
    let all = ["absent", "boolean", "date", "figure", "function", "list", "map", "nothing", "selection", "text"];
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), all);
    hold(Document::Eval, &documents, &[]);
}

/// A run in which every plan, rule, failure and text is of some use to a report.
#[test]
fn what_is_saved_of_a_run_and_printed_line_by_line() {
    let folder = Folder::new();
    folder.write("plan.toml", &plan(41));
    folder.write(
        "allowed.toml",
        &plan(41).replace("41 }", "41 } # crossfoot: allow totals/outputs until 2099-01-01: known"),
    );
    std::fs::copy("plans/itu-2020-2023.toml", folder.path("itu.toml")).unwrap();
    std::fs::copy("plans/teaching/mistakes.toml", folder.path("mistakes.toml")).unwrap();
    let check = ["check", "plan.toml", "allowed.toml", "itu.toml", "mistakes.toml", "missing.toml", "--show-rounding"];
    let saved = run(&folder, &[&check[..], &["--format", "run"]].concat(), "");
    hold(Document::Run, std::slice::from_ref(&saved), &[]);
}
