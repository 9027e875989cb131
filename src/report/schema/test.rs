//! The schema of what `test` prints: how the cases of rules came out.

use serde_json::{Value, json};

use super::{Document, count, document, failure, line, list, object, text, tool, version};

/// How a case comes out, from the best to the worst.
const VERDICTS: [&str; 7] =
    ["as-expected", "wrong-counts", "not-applicable", "noisy", "missing", "wrong-place", "faulty"];

pub(super) fn schema() -> Value {
    let lost = object(
        &["folder", "rule", "cases"],
        json!({
            "folder": text("A folder of cases whose rule is not there."),
            "rule": text("The file that the rule would be."),
            "cases": count("How many cases it holds."),
        }),
    );
    let rule = object(
        &["rule", "file", "cases"],
        json!({ "rule": text("The id of the rule."), "file": text("Its file."), "cases": list(case()) }),
    );
    let body = object(
        &["schema", "tool", "rules", "without_rule", "errors", "summary"],
        json!({
            "schema": version(),
            "tool": tool(),
            "rules": list(rule),
            "without_rule": list(lost),
            "errors": list(failure()),
            "coverage": coverage(),
            "summary": summary(),
        }),
    );
    let counts = json!({
        "passed": count("Checks in order."),
        "failed": count("Checks not in order."),
        "not_applicable": count("Checks with nothing to compare."),
    });
    let counts = object(&["passed", "failed", "not_applicable"], counts);
    let at = object(&["line", "message"], json!({ "line": line(), "message": text("What a mark or a finding says.") }));
    document(Document::Test, "How the cases of rules came out.", body, json!({ "counts": counts, "at_line": at }))
}

fn summary() -> Value {
    let mut counts = json!({
        "rules": count("Rules."),
        "without_cases": count("Rules that have no case."),
        "cases": count("Cases that were run."),
    });
    for verdict in VERDICTS {
        counts[verdict] = count("Cases that came out so.");
    }
    let required: Vec<&str> = ["rules", "without_cases", "cases"].into_iter().chain(VERDICTS).collect();
    object(&required, counts)
}

fn case() -> Value {
    let or_null = |of: Value| json!({ "anyOf": [of, { "type": "null" }] });
    let at_line = || or_null(json!({ "$ref": "#/$defs/at_line" }));
    let expectation = object(
        &["verdict", "severity", "marked", "found"],
        json!({
            "verdict": { "enum": ["as-expected", "noisy", "missing", "wrong-place"] },
            "severity": { "$ref": "#/$defs/severity" },
            "marked": at_line(),
            "found": at_line(),
        }),
    );
    let checks = object(
        &["expected", "found"],
        json!({ "expected": or_null(json!({ "$ref": "#/$defs/counts" })), "found": { "$ref": "#/$defs/counts" } }),
    );
    let fault = object(
        &["line", "message", "help"],
        json!({ "line": or_null(line()), "message": text("What is wrong."), "help": or_null(text("What to do.")) }),
    );
    object(
        &["case", "file", "verdict", "expectations", "checks", "faults"],
        json!({
            "case": text("Its name, without folder and ending."),
            "file": text("Its file."),
            "verdict": { "enum": VERDICTS },
            "expectations": list(expectation),
            "checks": checks,
            "faults": list(fault),
        }),
    )
}

/// Lines and branches of rules that cases have run; there when it was asked for.
fn coverage() -> Value {
    let not_run = object(&["line", "text"], json!({ "line": line(), "text": text("The line.") }));
    let not_gone = object(
        &["line", "way", "text"],
        json!({ "line": line(), "way": { "enum": ["true", "false", "body"] }, "text": text("The line.") }),
    );
    let rule = object(
        &["rule", "file", "lines", "lines_run", "branches", "branches_run", "lines_not_run", "branches_not_run"],
        json!({
            "rule": text("The id of the rule."),
            "file": text("Its file."),
            "lines": count("Lines that can be run."),
            "lines_run": count("Those that a case has run."),
            "branches": count("Ways to go."),
            "branches_run": count("Those that a case has gone."),
            "lines_not_run": list(not_run),
            "branches_not_run": list(not_gone),
        }),
    );
    object(
        &["run", "of", "percent", "rules"],
        json!({
            "run": count("Lines and branches that were run."),
            "of": count("How many there are."),
            "percent": text("The share, as shown."),
            "rules": list(rule),
        }),
    )
}
