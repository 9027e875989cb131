//! The vocabulary as a JSON Schema, so that TOML editors complete and check a plan.
//!
//! Made from the table of keys; nothing is said here that the table does not say.

use serde_json::{Map, Value, json};

use super::keys::{Key, ROOT, Shape};

/// The JSON Schema (draft 2020-12) of the standard vocabulary.
///
/// ```
/// let schema = crossfoot::plan::vocabulary::json_schema();
/// assert_eq!(schema["properties"]["objectives"]["type"], "array");
/// ```
#[must_use]
pub fn json_schema() -> Value {
    let mut schema = table(ROOT);
    let head = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://crossfoot.example/schema/plan.schema.json",
        "title": "crossfoot plan",
        "description": "A strategic or operational plan, or a results-based budget, as crossfoot audits it.",
    });
    if let (Value::Object(head), Value::Object(body)) = (head, &mut schema) {
        let mut whole = head;
        whole.append(body);
        whole.insert("$defs".to_owned(), definitions());
        return Value::Object(whole);
    }
    schema
}

fn definitions() -> Value {
    let mode = json!({ "enum": ["nearest", "truncate", "exact"] });
    let unit = json!({ "type": "number", "exclusiveMinimum": 0 });
    json!({
        "id": { "type": ["string", "integer"] },
        "rounding-spec": {
            "anyOf": [
                mode,
                { "type": "object", "properties": { "mode": mode, "unit": unit }, "minProperties": 1 },
            ],
        },
        "rounding": {
            "anyOf": [
                mode,
                {
                    "type": "object",
                    "minProperties": 1,
                    "properties": {
                        "mode": mode,
                        "unit": unit,
                        "keys": { "type": "object", "additionalProperties": { "$ref": "#/$defs/rounding-spec" } },
                    },
                },
            ],
        },
        "by-year": {
            "type": "object",
            "patternProperties": { "^[0-9]{4}$": { "type": "number" } },
            "properties": { "all_years": { "type": "number", "description": "The stated sum of all years." } },
        },
        "path": { "type": "string", "description": "A path such as `objectives[I.1].total.2020`." },
    })
}

fn table(keys: &[Key]) -> Value {
    let properties: Map<String, Value> = keys.iter().map(|key| (key.name.to_owned(), property(key))).collect();
    let required: Vec<&str> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let mut schema = json!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

fn property(key: &Key) -> Value {
    let mut schema = shape(key.shape);
    schema["description"] = json!(key.about);
    schema
}

fn shape(shape: Shape) -> Value {
    match shape {
        Shape::Text => json!({ "type": "string" }),
        Shape::Number | Shape::Share => json!({ "type": "number" }),
        Shape::Id => json!({ "$ref": "#/$defs/id" }),
        Shape::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Shape::Ids => json!({ "type": "array", "items": { "$ref": "#/$defs/id" } }),
        Shape::Years => json!({ "type": "array", "items": { "type": "integer" } }),
        Shape::Numbers => json!({ "type": "array", "items": { "type": "number" } }),
        Shape::ByYear => json!({ "$ref": "#/$defs/by-year" }),
        Shape::Rounding => json!({ "$ref": "#/$defs/rounding" }),
        Shape::Units => json!({ "type": "object", "additionalProperties": { "type": "string" } }),
        Shape::Sides => json!({
            "type": "array",
            "items": { "anyOf": [{ "$ref": "#/$defs/path" }, { "type": "array", "items": { "$ref": "#/$defs/path" } }] },
        }),
        Shape::Table(keys) => table(keys),
        Shape::Tables(keys) => json!({ "type": "array", "items": table(keys) }),
    }
}
