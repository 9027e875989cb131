//! The schema of what `mutate` prints: which changes of a plan its rules notice.

use serde_json::{Value, json};

use super::{Document, count, document, extend, list, object, span, text, tool, version};

pub(super) fn schema() -> Value {
    let body = object(
        &[
            "schema",
            "tool",
            "file",
            "findings_before",
            "score",
            "figures",
            "kinds",
            "within_rounding",
            "rules",
            "mutations",
        ],
        json!({
            "schema": version(),
            "tool": tool(),
            "file": text("The plan, as the user named it."),
            "findings_before": count("Findings that the plan has as it stands; only new ones count."),
            "not_run": text("What could not notice anything because it was not run."),
            "sample": object(&["of", "seed"], json!({
                "of": count("How many mutations there are."),
                "seed": count("What the random choice began with."),
            })),
            "score": score(json!({})),
            "figures": score(json!({})),
            "kinds": list(score(json!({ "kind": kind() }))),
            "within_rounding": count("Mutations that were not made, because rounding explains them."),
            "rules": list(object(&["rule", "noticed", "alone"], json!({
                "rule": text("The id of the rule."),
                "noticed": count("Mutations that it noticed."),
                "alone": count("Those that no other noticed."),
            }))),
            "mutations": list(mutation()),
        }),
    );
    document(Document::Mutate, "Which changes of a plan its rules notice.", body, json!({}))
}

/// How many were noticed, with what else is told there.
fn score(further: Value) -> Value {
    let percent = json!({ "type": ["string", "null"], "pattern": "^[0-9]+\\.[0-9]$", "description": "The share noticed, cut after one place; null where nothing was made." });
    let mut properties = json!({ "made": count("How many were made."), "noticed": count("How many a rule noticed."), "percent": percent });
    let mut required = vec!["made", "noticed", "percent"];
    required.extend(further.get("kind").map(|_| "kind"));
    extend(&mut properties, further);
    object(&required, properties)
}

fn kind() -> Value {
    json!({ "enum": [
        "nudge", "transpose", "drop-digit", "swap-neighbours", "drop-addend", "break-reference", "break-id", "remove-mitigation",
    ] })
}

fn mutation() -> Value {
    object(
        &["kind", "part", "path", "name", "span", "was", "noticed_by"],
        json!({
            "kind": kind(),
            "part": text("The part of the plan that it is in."),
            "path": text("The path of what was changed."),
            "name": text("The same path by ids."),
            "span": span(),
            "was": text("What stood there, as written."),
            "became": text("What was put there; absent where something was removed."),
            "noticed_by": list(text("The id of a rule.")),
        }),
    )
}
