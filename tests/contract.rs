//! The contracts that others build on: the report's JSON against its schema, plans against theirs, the same bytes for the
//! same input, and places that anybody can compute again from the text.

#![allow(clippy::unwrap_used, reason = "a test may end where something is not as expected")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crossfoot::plan::FaultCode;
use crossfoot::{Auditor, Plan, Report, Rules, plan, report};
use jsonschema::Validator;
use serde_json::{Value, json};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every plan of the repository, by its path below the repository.
fn plans() -> Vec<(String, String)> {
    let mut found: Vec<PathBuf> = Vec::new();
    let mut folders = vec![root().join("plans")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "toml") {
                found.push(path);
            }
        }
    }
    found.sort();
    let name = |path: &Path| path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
    found.iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect()
}

/// Plans that go wrong in ways of their own.
const WRONG: [(&str, &str); 6] = [
    ("empty.toml", ""),
    ("broken.toml", "a = \nb = [1,\n[plan]\n[plan]\n"),
    ("twice.toml", "[plan]\ntitle = 'é'\ntitle = 'ü'\nyears = [2026]\n"),
    ("numbers.toml", "a = inf\nb = nan\nc = 1234567890123456789012345678901234567890\n"),
    ("marked.toml", "\u{feff}[[splits]]\r\nid = 's'\r\nparts = [{ title = 'é', share = 84 }, { share = 19.5 }]\r\n"),
    ("types.toml", "[plan]\ntitle = 1\nyear = [2026]\nrounding = 'often'\n[units]\nx = 1\n"),
];

/// Rules beside the standard ones that fail and find in ways of their own.
fn rules() -> Rules {
    Rules::standard()
        .with_rule("house/broken", "fn check(plan) { let x = ; }")
        .with_rule("house/unknown", "fn check(plan) { expct(1); }")
        .with_rule("house/fails", "fn inner(o) { o.id + 1 }\nfn check(plan) { for o in plan.objectives { inner(o); } }")
        .with_rule(
            "house/notes",
            "fn check(plan) { note(plan, \"a remark\"); for r in plan.risks { warn(r, \"vague\"); } }",
        )
        .with_rule(
            "house/quotient",
            "fn check(plan) { for s in plan.splits { expect_equal(s.parts[0].share, s.parts[1].share / 3); } }",
        )
}

/// All plans, sound and not, in one report.
fn everything(rules: &Rules) -> (Report, BTreeMap<String, String>) {
    let wrong = WRONG.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    let texts: BTreeMap<String, String> = plans().into_iter().chain(wrong).collect();
    let plans: Vec<Plan> = texts.iter().map(|(name, text)| Plan::parse(name, text)).collect();
    let report = Auditor::new(rules).today(2026, 6, 30).note_rounding(true).audit_all(&plans);
    (report, texts)
}

fn json_of(audit: &Report) -> Value {
    let mut out = Vec::new();
    report::json(audit, &mut out).unwrap();
    serde_json::from_slice(&out).unwrap()
}

fn validator(schema: &Value) -> Validator {
    jsonschema::draft202012::meta::validate(schema).unwrap();
    jsonschema::draft202012::new(schema).unwrap()
}

/// What a schema has against a value, with the places.
fn against(validator: &Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn every_report_is_as_its_schema_says() {
    let schema = validator(&report::json_schema());
    let rules = rules();
    let (audit, texts) = everything(&rules);
    let value = json_of(&audit);
    assert_eq!(against(&schema, &value), Vec::<String>::new());
    assert!(texts.len() > 8);
    // The report is one worth validating: it has something of everything.
    let findings = value["findings"].as_array().unwrap();
    let has = |name: &str| findings.iter().filter(|finding| finding.get(name).is_some()).count();
    assert!(findings.len() > 20 && has("working") > 5 && has("help") > 5);
    assert!(findings.iter().any(|finding| finding["working"].get("cause").is_some()));
    let kinds: Vec<&str> = value["errors"].as_array().unwrap().iter().map(|e| e["kind"].as_str().unwrap()).collect();
    for kind in ["plan", "rule-compile", "rule-run"] {
        assert!(kinds.contains(&kind), "{kinds:?}");
    }
    assert!(value["errors"].as_array().unwrap().iter().any(|error| error.get("stack").is_some()));
    // Each plan alone as well, and none at all.
    for (name, text) in texts {
        let value = json_of(&Auditor::new(&rules).audit(&Plan::parse(&name, &text)));
        assert_eq!(against(&schema, &value), Vec::<String>::new(), "{name}");
    }
    assert_eq!(against(&schema, &json_of(&Auditor::new(&rules).audit_all(&[]))), Vec::<String>::new());
}

/// The schema is closed: what it does not describe it refuses.
#[test]
fn the_schema_of_reports_refuses_what_it_does_not_describe() {
    let schema = validator(&report::json_schema());
    let value = json_of(&everything(&rules()).0);
    for (pointer, wrong) in [
        ("/schema", json!(2)),
        ("/more", json!(1)),
        ("/findings/0/more", json!(1)),
        ("/findings/0/severity", json!("fatal")),
        ("/findings/0/span/start/line", json!(0)),
        ("/findings/0/fingerprint", json!("xyz")),
        ("/plans/0/figures", json!("12")),
        ("/summary/checks/passed", json!(-1)),
        ("/errors/0/kind", json!("other")),
    ] {
        let mut changed = value.clone();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        changed.pointer_mut(parent).unwrap()[key] = wrong;
        assert!(!schema.is_valid(&changed), "{pointer}");
    }
    let at = value["findings"].as_array().unwrap().iter().position(|f| f.get("working").is_some()).unwrap();
    let mut changed = value.clone();
    changed["findings"][at]["working"]["stated"] = json!(1.5);
    assert!(!schema.is_valid(&changed), "a decimal as a number");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let bytes = |rules: &Rules| {
        let (audit, _) = everything(rules);
        let (mut json, mut text) = (Vec::new(), Vec::new());
        report::json(&audit, &mut json).unwrap();
        report::text(&audit, &report::TextOptions::default(), &mut text).unwrap();
        (json, text)
    };
    let first = bytes(&rules());
    for _ in 0..2 {
        assert!(bytes(&rules()) == first);
    }
    let said = String::from_utf8(first.0).unwrap();
    assert!(!said.contains(root().to_str().unwrap()), "an absolute path is in the report");
}

/// Where the plans come in another order, the report is the same but for its list of plans.
#[test]
fn the_order_of_plans_changes_no_finding() {
    let rules = rules();
    let plans: Vec<Plan> = plans().iter().map(|(name, text)| Plan::parse(name, text)).collect();
    let turned: Vec<Plan> = plans.iter().rev().cloned().collect();
    let audit = |plans: &[Plan]| json_of(&Auditor::new(&rules).today(2026, 6, 30).audit_all(plans));
    let (one, other) = (audit(&plans), audit(&turned));
    for part in ["findings", "summary", "rules"] {
        assert_eq!(one[part], other[part], "{part}");
    }
}

/// Line and column of a byte offset, computed here from the text alone.
fn position(text: &str, offset: usize) -> (u64, u64) {
    let before = &text[..offset];
    let line = before.matches('\n').count() as u64 + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let column = before[start..].chars().filter(|c| *c != '\u{feff}').count() as u64 + 1;
    (line, column)
}

fn hold_place(text: &str, span: &Value, what: &str) -> (usize, usize) {
    let offset = |end: &str| usize::try_from(span[end]["offset"].as_u64().unwrap()).unwrap();
    for end in ["start", "end"] {
        let at = offset(end);
        assert!(at <= text.len() && text.is_char_boundary(at), "{what}: offset {at}");
        let (line, column) = position(text, at);
        assert_eq!((span[end]["line"].as_u64(), span[end]["column"].as_u64()), (Some(line), Some(column)), "{what}");
    }
    assert!(offset("start") <= offset("end"), "{what}");
    (offset("start"), offset("end"))
}

#[test]
fn every_place_can_be_computed_again_from_the_text() {
    let rules = rules();
    let (audit, mut texts) = everything(&rules);
    for rule in rules.iter() {
        texts.insert(rule.source().name().to_owned(), rule.source().text().to_owned());
    }
    for source in rules.failed_sources() {
        texts.insert(source.name().to_owned(), source.text().to_owned());
    }
    let value = json_of(&audit);
    let mut held = 0;
    for finding in value["findings"].as_array().unwrap() {
        let file = finding["file"].as_str().unwrap();
        hold_place(&texts[file], &finding["span"], &format!("{finding}"));
        for label in finding["labels"].as_array().unwrap() {
            let file = label.get("file").map_or(file, |file| file.as_str().unwrap());
            let (start, end) = hold_place(&texts[file], &label["span"], &format!("{label}"));
            // A label on a figure marks the figure itself.
            if finding.get("working").is_some() {
                let digits = &texts[file][start..end];
                assert!(digits.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '+'), "{label}: {digits}");
            }
            held += 1;
        }
    }
    for plan in value["plans"].as_array().unwrap() {
        let text = &texts[plan["file"].as_str().unwrap()];
        for figure in plan["uncovered"].as_array().unwrap() {
            hold_place(text, &figure["span"], &format!("{figure}"));
        }
    }
    for error in value["errors"].as_array().unwrap() {
        if let Some(span) = error.get("span") {
            hold_place(&texts[error["file"].as_str().unwrap()], span, &format!("{error}"));
        }
    }
    assert!(held > 20, "{held}");
}

#[test]
fn decimals_are_texts_and_workings_add_up() {
    let value = json_of(&everything(&rules()).0);
    let decimal = |value: &Value| -> crossfoot::figure::Decimal { value.as_str().unwrap().parse().unwrap() };
    let mut held = 0;
    for finding in value["findings"].as_array().unwrap() {
        let Some(working) = finding.get("working") else { continue };
        held += 1;
        assert!((decimal(&working["tolerance"]) >= 0.into()), "{finding}");
        let difference = decimal(&working["stated"]) - decimal(&working["computed"]);
        let told = decimal(&working["difference"]);
        // A quotient's digits are cut for people, each number by itself.
        assert!((difference - told).abs() <= "0.000002".parse().unwrap(), "{finding}");
        if finding["severity"] == "error" && !finding["rule"].as_str().unwrap().starts_with("house") {
            assert!(told.abs() > decimal(&working["tolerance"]), "{finding}");
        }
        let addends = working["addends"].as_array().unwrap();
        for addend in addends {
            decimal(&addend["value"]);
        }
    }
    assert!(held > 5);
    assert!(!numbers_in(&value).iter().any(|number| number.contains(['.', 'e'])), "a decimal travels as a number");
}

/// Every JSON number anywhere in a value.
fn numbers_in(value: &Value) -> Vec<String> {
    match value {
        Value::Number(number) => vec![number.to_string()],
        Value::Array(values) => values.iter().flat_map(numbers_in).collect(),
        Value::Object(map) => map.values().flat_map(numbers_in).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn findings_are_sorted_and_their_fingerprints_differ() {
    let value = json_of(&everything(&rules()).0);
    let findings = value["findings"].as_array().unwrap();
    let key = |finding: &Value| {
        let text = |name: &str| finding[name].as_str().unwrap().to_owned();
        (
            text("file"),
            finding["span"]["start"]["offset"].as_u64(),
            finding["span"]["end"]["offset"].as_u64(),
            text("rule"),
        )
    };
    let keys: Vec<_> = findings.iter().map(key).collect();
    assert!(keys.is_sorted());
    let count = |severity: &str| findings.iter().filter(|finding| finding["severity"] == severity).count();
    for severity in ["error", "warning", "info"] {
        assert_eq!(value["summary"][severity].as_u64(), Some(count(severity) as u64), "{severity}");
    }
    let total = |name: &str| -> u64 {
        value["rules"].as_array().unwrap().iter().map(|rule| rule["checks"][name].as_u64().unwrap()).sum()
    };
    for name in ["passed", "failed", "not_applicable", "within_rounding"] {
        assert_eq!(value["summary"]["checks"][name].as_u64(), Some(total(name)), "{name}");
    }
    for (name, text) in plans() {
        let value = json_of(&Auditor::new(&Rules::standard()).audit(&Plan::parse(&name, &text)));
        let mut seen = std::collections::BTreeSet::new();
        for finding in value["findings"].as_array().unwrap() {
            assert!(seen.insert(finding["fingerprint"].as_str().unwrap().to_owned()), "{finding}");
        }
    }
}

/// A TOML text as JSON, as a TOML editor hands it to a schema.
fn as_json(text: &str) -> Value {
    fn convert(value: toml::Value) -> Value {
        match value {
            toml::Value::Datetime(moment) => json!(moment.to_string()),
            toml::Value::Array(values) => values.into_iter().map(convert).collect(),
            toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, convert(value))).collect(),
            other => serde_json::to_value(other).unwrap(),
        }
    }
    convert(toml::Value::Table(toml::from_str(text).unwrap()))
}

const LOADER: [FaultCode; 3] = [FaultCode::WrongType, FaultCode::MissingKey, FaultCode::Declaration];

#[test]
fn every_plan_is_as_its_schema_says() {
    let schema = validator(&plan::vocabulary::json_schema());
    let plans = plans();
    assert!(plans.len() >= 3);
    for (name, text) in plans {
        assert_eq!(against(&schema, &as_json(&text)), Vec::<String>::new(), "{name}");
        let line = text.lines().next().unwrap();
        let schema = line.strip_prefix("#:schema ").unwrap_or_else(|| panic!("{name} names no schema"));
        assert!(root().join(&name).parent().unwrap().join(schema).is_file(), "{name}: {schema} is not there");
        let plan = Plan::parse(&name, &text);
        let faults: Vec<_> = plan.faults().iter().filter(|fault| LOADER.contains(&fault.code)).collect();
        assert!(faults.is_empty(), "{name}: {faults:?}");
    }
}

/// The loader and the schema are made from one table of keys: both complain, or neither.
#[test]
fn the_loader_and_the_schema_agree_on_what_is_wrong() {
    let schema = validator(&plan::vocabulary::json_schema());
    let plan = "[plan]\ntitle = 'T'\nyears = [2026]\n";
    let wrong = [
        "plan = 1",
        "plan = [1]",
        "[plan]\ntitle = 'T'",
        "[plan]\nyears = [2026]",
        "[plan]\ntitle = 1\nyears = [2026]",
        "[plan]\ntitle = 'T'\nyears = 2026",
        "[plan]\ntitle = 'T'\nyears = ['2026']",
        "[plan]\ntitle = 'T'\nyears = [2026.5]",
        "[plan]\ntitle = 'T'\nyears = [2026]\ncurrency = 5",
        "[plan]\ntitle = 'T'\nyears = [2026]\nshare_years = ['x']",
        "[plan]\ntitle = 'T'\nyears = [2026]\ntotal = 5",
        "[plan]\ntitle = 'T'\nyears = [2026]\ntotal = { 2026 = 'x' }",
        "[plan]\ntitle = 'T'\nyears = [2026]\nrounding = 'often'",
        "[plan]\ntitle = 'T'\nyears = [2026]\nrounding = 5",
        "[plan]\ntitle = 'T'\nyears = [2026]\nrounding = {}",
        "[plan]\ntitle = 'T'\nyears = [2026]\nrounding = { unit = 0 }",
        "[plan]\ntitle = 'T'\nyears = [2026]\nrounding = { unit = -5 }",
        "[plan]\ntitle = 'T'\nyears = [2026]\nrounding = { mode = 'up' }",
        "[plan]\ntitle = 'T'\nyears = [2026]\nrounding = { keys = { cost = 'up' } }",
        "[plan]\ntitle = 'T'\nyears = [2026]\nrounding = { keys = { cost = {} } }",
        "[plan]\ntitle = 'T'\nyears = [2026]\nrounding = { keys = 5 }",
        "scales = []",
        "[scales]\nimpact = 'high'",
        "[scales]\nimpact = [1]",
        "units = 1",
        "[units]\nstaff = 1",
        "objectives = {}",
        "objectives = [1]",
        "[[objectives]]\ntitle = 'x'",
        "[[objectives]]\nid = true",
        "[[objectives]]\nid = 1.5",
        "[[objectives]]\nid = 'A'\nshare = '5 %'",
        "[[objectives]]\nid = 'A'\ntotal = { 2026 = [1] }",
        "[[objectives]]\nid = 'A'\ntotal = { 2026 = 1, all_years = '1' }",
        "[[objectives]]\nid = 'A'\noutputs = 5",
        "[[objectives]]\nid = 'A'\noutputs = [{ cost = {} }]",
        "[[objectives]]\nid = 'A'\noutcomes = [{ id = 'a', indicators = 'x' }]",
        "[[objectives]]\nid = 'A'\noutcomes = [{ id = 'a', means = [5] }]",
        "[[services]]\nshare = 5",
        "[[splits]]\nid = 's'",
        "[[splits]]\nid = 's'\nparts = [{ title = 'x' }]",
        "[[splits]]\nid = 's'\nparts = [{ share = 'x' }]",
        "[[risks]]\nimpact = 'High'",
        "[[risks]]\ntitle = 'x'\nmitigations = 5",
        "[[risks]]\ntitle = 'x'\nmitigations = [5.5]",
        "[[mitigations]]\nowner = 'x'",
        "[[mitigations]]\nid = 1\nstatus = 5",
        "[[tables]]\nid = 't'\ncolumns = ['a']",
        "[[tables]]\nid = 't'\nrows = []",
        "[[tables]]\nid = 't'\ncolumns = [1]\nrows = []",
        "[[tables]]\nid = 't'\ncolumns = ['a']\nrows = [{ id = 'r' }]",
        "[[tables]]\nid = 't'\ncolumns = ['a']\nrows = [{ id = 'r', values = ['1'] }]",
        "[[tables]]\nid = 't'\ncolumns = ['a']\nrows = []\nallocation = { percents = 'p' }",
        "[[reconciliations]]\nid = 'r'",
        "[[reconciliations]]\nfigures = 'a.b'",
        "[[reconciliations]]\nfigures = [1, 2]",
        "[[reconciliations]]\nfigures = [['a', 1]]",
    ];
    let right = [
        "",
        "own = 1",
        "[plan]\ntitle = 'T'\nyears = [2026]\nrounding = 'exact'",
        "[plan]\ntitle = 'T'\nyears = [2026]\nrounding = { mode = 'truncate', unit = 1000, keys = { share = 'exact' } }",
        "[plan]\ntitle = 'T'\nyears = [2026]\nown = { anything = [1, 'x'] }",
        "[[objectives]]\nid = 1\nshare = 5\ntotal = { 2026 = 1.5, all_years = 2 }",
        "[units]\nstaff = 'posts'",
        "[[reconciliations]]\nfigures = ['a.b', ['c', 'd']]",
        "[[tables]]\nid = 't'\ncolumns = ['a']\nrows = [{ id = 'r', values = [1] }]",
        "objectives = []",
        "[[risks]]\ntitle = 'x'\nmitigations = [1, 'two']",
    ];
    let mut apart = Vec::new();
    for (texts, expected) in [(&wrong[..], true), (&right[..], false)] {
        for text in texts {
            let whole = if text.contains("plan") { (*text).to_owned() } else { format!("{text}\n{plan}") };
            let by_schema = !schema.is_valid(&as_json(&whole));
            let parsed = Plan::parse("plan.toml", &whole);
            assert!(parsed.is_toml(), "{whole}");
            let found = parsed.faults().iter().find(|fault| LOADER.contains(&fault.code));
            if (by_schema, found.is_some()) != (expected, expected) {
                apart.push(format!("{text:?}: the schema complains: {by_schema}; the loader: {found:?}"));
            }
            if let Some(fault) = found {
                assert!(!fault.span.is_empty() || whole.is_empty(), "{text:?}: no place: {}", fault.message);
                assert!(fault.message.contains("expected") || fault.help.is_some(), "{text:?}: {}", fault.message);
            }
        }
    }
    assert!(apart.is_empty(), "{}", apart.join("\n"));
}

/// A plan that a program wrote on one line has the same figures, each in its column. What it costs is a row of the
/// benchmark.
#[test]
fn a_plan_on_one_line_has_every_figure_in_its_column() {
    let text = format!("n = [{}]\n", "'é', 7, ".repeat(5_000));
    let value = json_of(&Auditor::new(&Rules::standard()).audit(&Plan::parse("plan.toml", &text)));
    let uncovered = value["plans"][0]["uncovered"].as_array().unwrap();
    assert_eq!(uncovered.len(), 5_000);
    for (at, figure) in uncovered.iter().enumerate() {
        let column = "n = [".len() + at * "'x', 7, ".len() + "'x', ".len() + 1;
        assert_eq!(figure["span"]["start"]["column"], column, "figure {at}");
        assert_eq!(figure["span"]["start"]["line"], 1);
    }
}

/// A working keeps every digit of what is added up, however small; only quotients without end are cut.
#[test]
fn workings_keep_every_digit_of_a_sum() {
    let rules = Rules::empty().with_rule("house/sum", "fn check(plan) { expect_sum(plan.total, plan.parts); }");
    let plan = Plan::parse("plan.toml", "total = 0.5\nparts = [0.123456789012, 0.000000000001]\n");
    let value = json_of(&Auditor::new(&rules).audit(&plan));
    assert_eq!(value["findings"][0]["working"]["computed"], "0.123456789013");
    assert_eq!(value["findings"][0]["working"]["difference"], "0.376543210987");
}
