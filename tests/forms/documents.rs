//! The forms that are documents: against schemas, and against what is known of them.

use std::collections::BTreeSet;

use crossfoot::finding::Run;
use crossfoot::report::{Document, Format};
use serde_json::{Value, json};

use super::reports::text;
use super::runs;

/// What a schema has against a value.
fn against(validator: &jsonschema::Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn sarif(run: &Run) -> Value {
    serde_json::from_str(&text(Format::Sarif, run)).unwrap()
}

#[test]
fn sarif_is_as_its_official_schema_says() {
    let mut schema: Value = serde_json::from_str(include_str!("../data/sarif-2.1.0.schema.json")).unwrap();
    // Its pattern of a language has a bracket too many; no language is written here.
    for of in ["run", "toolComponent"] {
        schema["definitions"][of]["properties"]["language"]["pattern"] = json!("^$");
    }
    let validator = jsonschema::draft7::options().should_validate_formats(true).build(&schema).unwrap();
    for (name, run) in runs() {
        let value = sarif(&run);
        assert_eq!(against(&validator, &value), Vec::<String>::new(), "{name}");
        let sarif = &value["runs"][0];
        assert_eq!(sarif["results"].as_array().unwrap().len(), run.report.findings.len() + run.report.suppressed.len());
        assert_eq!(sarif["invocations"][0]["executionSuccessful"], run.report.errors.is_empty(), "{name}");
        let rules = sarif["tool"]["driver"]["rules"].as_array().unwrap();
        for result in sarif["results"].as_array().unwrap() {
            let at = result["ruleIndex"].as_u64().unwrap() as usize;
            assert_eq!(rules[at]["id"], result["ruleId"], "{name}");
        }
    }
    let mut wrong = sarif(&super::small());
    wrong["runs"][0]["results"][0]["level"] = json!("grave");
    assert!(!validator.is_valid(&wrong), "the schema is one that refuses");
}

/// A region says four times where it is; each is read anew here from the text of the file.
#[test]
fn every_region_of_sarif_is_the_text_of_its_snippet() {
    for (name, run) in runs() {
        let (mut regions, mut several_lines) = (0, 0);
        each_region(&sarif(&run), "", &mut |file, region| {
            let Some(snippet) = region["snippet"]["text"].as_str() else {
                // A snippet is left out where it is long, and nowhere else.
                assert!(region["byteLength"].as_u64().unwrap() > 4_000, "{name}: {region}");
                return;
            };
            let source = run.report.sources.iter().find(|(known, _)| uri_is_of(file, known)).unwrap().1.text();
            let number = |key: &str| region[key].as_u64().unwrap() as usize;
            let (from, length) = (number("byteOffset"), number("byteLength"));
            assert_eq!(&source[from..from + length], snippet, "{name}");
            let lines = |line, column| {
                let start: usize = source.split_inclusive('\n').take(line - 1).map(str::len).sum();
                start + source[start..].chars().take(column - 1).map(char::len_utf8).sum::<usize>()
            };
            let (start, end) =
                (lines(number("startLine"), number("startColumn")), lines(number("endLine"), number("endColumn")));
            assert_eq!(&source[start..end], snippet, "{name}: {region}");
            regions += 1;
            several_lines += usize::from(snippet.contains('\n'));
        });
        assert!(regions > 4 || name == "empty", "{name}: {regions}");
        assert!(several_lines > 0 || name != "small");
    }
}

/// Every region under a value, with the file that it lies in.
fn each_region(value: &Value, file: &str, found: &mut impl FnMut(&str, &Value)) {
    let file = value.pointer("/artifactLocation/uri").and_then(Value::as_str).unwrap_or(file);
    for key in ["region", "deletedRegion"] {
        if let Some(region) = value.get(key) {
            found(file, region);
        }
    }
    match value {
        Value::Object(map) => map.values().for_each(|value| each_region(value, file, found)),
        Value::Array(list) => list.iter().for_each(|value| each_region(value, file, found)),
        _ => {}
    }
}

/// Whether a reference, read as every reader does, names this file.
fn uri_is_of(uri: &str, file: &str) -> bool {
    let mut bytes = Vec::new();
    let mut rest = uri.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits: String = rest.by_ref().take(2).map(char::from).collect();
            bytes.push(u8::from_str_radix(&digits, 16).unwrap());
        } else {
            assert!(byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte), "{uri}");
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap() == file
}

#[test]
fn json_lines_are_the_report_line_by_line() {
    let validator = jsonschema::draft202012::new(&Document::Lines.schema()).unwrap();
    for (name, run) in runs() {
        let lines: Vec<Value> =
            text(Format::JsonLines, &run).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        for line in &lines {
            assert_eq!(against(&validator, line), Vec::<String>::new(), "{name}");
        }
        let report = &run.report;
        let kinds: Vec<&str> = lines.iter().map(|line| line["type"].as_str().unwrap()).collect();
        assert!(kinds[..report.findings.len()].iter().all(|kind| *kind == "finding"), "{name}");
        let all = report.findings.len() + report.suppressed.len() + report.gone.len() + report.errors.len() + 1;
        assert_eq!((kinds.len(), kinds.last()), (all, Some(&"summary")), "{name}");
        let whole: Value = serde_json::from_str(&text(Format::Json, &run)).unwrap();
        for (finding, line) in whole["findings"].as_array().unwrap().iter().zip(&lines) {
            let mut line = line.clone();
            line.as_object_mut().unwrap().remove("type");
            assert_eq!(*finding, line, "{name}");
        }
    }
}

#[test]
fn a_saved_run_is_as_its_schema_says() {
    let validator = jsonschema::draft202012::new(&Document::Run.schema()).unwrap();
    for (name, run) in runs() {
        let value: Value = serde_json::from_str(&run.to_json()).unwrap();
        assert_eq!(against(&validator, &value), Vec::<String>::new(), "{name}");
    }
}

/// What GitLab's documentation says of a code quality report.
#[test]
fn gitlab_takes_the_code_quality_report() {
    let schema = json!({
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "properties": {
                "description": { "type": "string", "minLength": 1 },
                "check_name": { "type": "string", "minLength": 1 },
                "fingerprint": { "type": "string", "minLength": 1 },
                "severity": { "enum": ["info", "minor", "major", "critical", "blocker"] },
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "properties": {
                        "path": { "type": "string", "pattern": "^[^/]" },
                        "lines": {
                            "type": "object",
                            "required": ["begin"],
                            "properties": { "begin": { "type": "integer", "minimum": 1 } },
                        },
                    },
                },
            },
        },
    });
    let validator = jsonschema::draft7::new(&schema).unwrap();
    let mut twice = super::small();
    twice.report.findings.push(twice.report.findings[0].clone());
    for (name, run) in runs().into_iter().chain([("twice", twice)]) {
        let value: Value = serde_json::from_str(&text(Format::Gitlab, &run)).unwrap();
        assert_eq!(against(&validator, &value), Vec::<String>::new(), "{name}");
        let issues = value.as_array().unwrap();
        assert_eq!(issues.len(), run.report.findings.len() + run.report.errors.len(), "{name}");
        // Of two with the same fingerprint, GitLab shows one.
        let prints: BTreeSet<&str> = issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
        assert_eq!(prints.len(), issues.len(), "{name}");
    }
}

/// The rules that build servers' schemas of JUnit have in common: which elements stand where, what they must say, counts that are
/// those of what follows.
#[test]
fn junit_is_as_build_servers_read_it() {
    for (name, run) in runs() {
        let text = text(Format::Junit, &run);
        let document = roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let root = document.root_element();
        assert_eq!(root.tag_name().name(), "testsuites");
        let mut all = [0; 4];
        for suite in root.children().filter(roxmltree::Node::is_element) {
            assert_eq!(suite.tag_name().name(), "testsuite");
            let mut counted = [0; 4];
            for case in suite.children().filter(roxmltree::Node::is_element) {
                assert_eq!(case.tag_name().name(), "testcase");
                assert!(
                    case.attribute("name").is_some_and(|name| !name.is_empty())
                        && case.attribute("classname").is_some()
                );
                let parts: Vec<&str> =
                    case.children().filter(roxmltree::Node::is_element).map(|part| part.tag_name().name()).collect();
                let ends: Vec<&&str> = parts.iter().filter(|part| !part.starts_with("system-")).collect();
                assert!(
                    ends.len() <= 1 && parts.iter().filter(|part| **part == "system-out").count() <= 1,
                    "{parts:?}"
                );
                counted[0] += 1;
                match ends.first() {
                    None => {}
                    Some(&&"failure") => counted[1] += 1,
                    Some(&&"error") => counted[2] += 1,
                    Some(&&"skipped") => counted[3] += 1,
                    Some(other) => panic!("{other}"),
                }
                for part in case.children().filter(|part| part.has_tag_name("failure") || part.has_tag_name("error")) {
                    assert!(part.attribute("type").is_some() && part.attribute("message").is_some(), "{name}");
                }
            }
            assert_counts(suite, counted);
            (0..4).for_each(|at| all[at] += counted[at]);
        }
        assert_counts(root, all);
        let failing: BTreeSet<(&str, &str)> = run
            .report
            .findings
            .iter()
            .filter(|finding| finding.severity == crossfoot::finding::Severity::Error)
            .map(|finding| (&*finding.file, &*finding.rule))
            .collect();
        assert_eq!((all[1], all[2]), (failing.len(), run.report.errors.len()), "{name}");
    }
}

fn assert_counts(node: roxmltree::Node<'_, '_>, counted: [usize; 4]) {
    for (name, n) in ["tests", "failures", "errors", "skipped"].into_iter().zip(counted) {
        let said = node.attribute(name).map(|n| n.parse::<usize>().unwrap());
        // The root need not count what was skipped.
        assert!(said == Some(n) || said.is_none() && name == "skipped", "{name}: {said:?} for {n}");
    }
}
