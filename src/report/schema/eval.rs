//! The schema of what `eval` prints: the value of an expression, and what it was made of.

use serde_json::{Map, Value, json};

use super::{Document, count, document, findings, frames, list, object, span, text, version};

pub(super) fn schema() -> Value {
    let error = object(
        &["message"],
        json!({
            "message": text("What is wrong."),
            "span": span(),
            "stack": frames(),
            "looking_at": text("The plan and the node that was looked at."),
            "help": text("What to do."),
        }),
    );
    let body = object(
        &["schema", "expression", "checks", "findings"],
        json!({
            "schema": version(),
            "expression": text("What was evaluated."),
            "variable": text("The variable that it defined or changed last, when it ends with that."),
            "value": value_of(),
            "checks": { "$ref": "#/$defs/checks" },
            "findings": findings(),
            "error": error,
        }),
    );
    document(
        Document::Eval,
        "What an expression came to.",
        body,
        json!({ "value": value(), "part": part(), "node": node() }),
    )
}

fn value_of() -> Value {
    json!({ "$ref": "#/$defs/value" })
}

/// A value, by its kind.
fn value() -> Value {
    let left_out = || count("How many more there are than are listed.");
    let of_kind = |kind: &str, required: &[&str], properties: Value| {
        let mut all = Map::from_iter([("kind".to_owned(), json!({ "const": kind }))]);
        if let Value::Object(properties) = properties {
            all.extend(properties);
        }
        let required: Vec<&str> = std::iter::once("kind").chain(required.iter().copied()).collect();
        object(&required, Value::Object(all))
    };
    let entry = object(&["key", "value"], json!({ "key": text("Its key."), "value": value_of() }));
    let nodes = list(json!({ "$ref": "#/$defs/node" }));
    json!({ "oneOf": [
        of_kind("figure", &["value", "interval", "parts"], figure()),
        of_kind("selection", &["nodes"], json!({ "nodes": nodes, "left_out": left_out() })),
        of_kind("absent", &["reason"], json!({ "reason": text("What is missing.") })),
        of_kind("text", &["value"], json!({ "value": text("The text itself.") })),
        of_kind("boolean", &["value"], json!({ "value": { "type": "boolean" } })),
        of_kind("date", &["value"], json!({ "value": text("A day, such as 2026-12-31.") })),
        of_kind("list", &["items"], json!({ "items": list(value_of()), "left_out": left_out() })),
        of_kind("map", &["entries"], json!({ "entries": list(entry), "left_out": left_out() })),
        of_kind("function", &[], json!({})),
        of_kind("nothing", &[], json!({})),
    ] })
}

/// A figure that was computed.
fn figure() -> Value {
    json!({
        "value": { "$ref": "#/$defs/decimal" },
        "unit": text("percent, or the name of the unit."),
        "interval": { "$ref": "#/$defs/interval" },
        "parts": list(json!({ "$ref": "#/$defs/part" })),
        "parts_left_out": count("How many more there are than are listed."),
        "lacking": text("The place that lacks a figure which the others have."),
    })
}

fn part() -> Value {
    object(
        &["file", "path", "span", "value"],
        json!({
            "file": text("The file."),
            "path": text("The path of the figure, by ids."),
            "span": span(),
            "value": { "$ref": "#/$defs/decimal" },
            "factor": { "$ref": "#/$defs/decimal" },
        }),
    )
}

fn node() -> Value {
    let stated = object(
        &["value", "interval"],
        json!({
            "value": { "$ref": "#/$defs/decimal" },
            "unit": text("percent, or the name of the unit."),
            "interval": { "$ref": "#/$defs/interval" },
        }),
    );
    object(
        &["file", "path", "span", "shown"],
        json!({
            "file": text("The file."),
            "path": text("The path, by ids."),
            "span": span(),
            "shown": text("What is there, as people read it."),
            "figure": stated,
        }),
    )
}
