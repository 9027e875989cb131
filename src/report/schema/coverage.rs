//! The schema of what `coverage` prints: the figures that no rule looked at or, with `--at`, who looked at some of them.

use serde_json::{Value, json};

use super::{Document, count, document, extend, failure, line, list, object, span, text, tool, version};

pub(super) fn schema() -> Value {
    let plans = json!({ "anyOf": [list(coverage()), list(looks())] });
    let body = object(&["schema", "tool", "plans"], json!({ "schema": version(), "tool": tool(), "plans": plans }));
    document(Document::Coverage, "Which figures rules look at.", body, json!({ "side": side(), "figure": figure() }))
}

fn coverage() -> Value {
    let table = object(
        &["table", "figures", "covered"],
        json!({
            "table": text("The part of the plan: a key at its top, or a cross-table by its id."),
            "figures": count("Figures that it states."),
            "covered": count("Those that a rule compared with something."),
        }),
    );
    object(
        &["file", "figures", "covered", "tables", "uncovered", "errors"],
        json!({
            "file": text("The file, as the user named it."),
            "figures": count("Figures that the plan states."),
            "covered": count("Those that a rule compared with something."),
            "tables": list(table),
            "uncovered": list(object(&["path", "name", "span", "value"], place(json!({})))),
            "errors": list(failure()),
        }),
    )
}

/// A figure and where it is, with what else is told of it.
fn place(further: Value) -> Value {
    let mut place = json!({
        "path": text("Its path."),
        "name": text("The same path by ids."),
        "span": span(),
        "value": text("The figure as written."),
    });
    extend(&mut place, further);
    place
}

fn looks() -> Value {
    object(
        &["file", "figures", "errors"],
        json!({
            "file": text("The file, as the user named it."),
            "figures": list(json!({ "$ref": "#/$defs/figure" })),
            "not_run": text("What did not look because it was not run."),
            "errors": list(failure()),
        }),
    )
}

fn figure() -> Value {
    let further = json!({
        "looks": list(look()),
        "only_read_by": list(text("The id of a rule that read it and held it against nothing.")),
    });
    object(&["path", "name", "span", "value", "looks", "only_read_by"], place(further))
}

fn look() -> Value {
    let outcomes = ["equal", "within-rounding", "disagree", "passed", "failed", "true", "false"];
    object(
        &["rule", "rule_file", "verb", "own", "other", "outcome"],
        json!({
            "rule": text("The id of the rule."),
            "rule_file": text("The file of the comparison: the rule, or shared code that it imports."),
            "line": line(),
            "verb": text("The verb or operator."),
            "own": { "$ref": "#/$defs/side" },
            "other": { "$ref": "#/$defs/side" },
            "outcome": { "enum": outcomes },
            "difference": { "$ref": "#/$defs/decimal" },
            "tolerance": { "$ref": "#/$defs/decimal" },
        }),
    )
}

fn side() -> Value {
    object(
        &["value", "figures", "places"],
        json!({
            "value": text("What it came to."),
            "figures": count("Figures of the plan that it was made of."),
            "places": list(text("The place of one of them, by ids.")),
        }),
    )
}
