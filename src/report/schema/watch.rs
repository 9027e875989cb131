//! The schema of a line that `watch` prints: what the last change brought and mended.

use serde_json::{Value, json};

use super::{Document, count, document, failure, findings, list, object, report, summary, text, version};

pub(super) fn schema() -> Value {
    let required = [
        "schema",
        "check",
        "new",
        "fixed",
        "changed",
        "gone",
        "renamed",
        "remaining",
        "stale",
        "faults",
        "errors",
        "summary",
        "figures",
        "milliseconds",
    ];
    let gone = object(
        &["why", "finding"],
        json!({
            "why": { "enum": ["plan gone", "no longer checked", "does not count"] },
            "finding": { "$ref": "#/$defs/finding" },
        }),
    );
    let renamed = object(
        &["from", "to"],
        json!({ "from": text("The plan as it was called."), "to": text("As it is called now.") }),
    );
    let figures = object(
        &["stated", "covered"],
        json!({ "stated": count("Figures of all plans."), "covered": count("Those that a rule looked at.") }),
    );
    let body = object(
        &required,
        json!({
            "schema": version(),
            "check": { "type": "integer", "minimum": 1, "description": "The number of the check." },
            "new": findings(),
            "fixed": findings(),
            "changed": findings(),
            "gone": list(gone),
            "renamed": list(renamed),
            "remaining": count("Findings that remain, changed ones included."),
            "stale": findings(),
            "faults": findings(),
            "errors": list(failure()),
            "summary": summary(),
            "figures": figures,
            "milliseconds": { "type": "number", "minimum": 0, "description": "From the moment that a change was noticed." },
            "report": report(),
        }),
    );
    document(Document::Watch, "A check, and its difference to the one before: one object a line.", body, json!({}))
}
