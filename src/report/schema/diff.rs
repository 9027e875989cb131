//! The schema of what `diff` prints: how two drafts differ.

use serde_json::{Value, json};

use super::{Document, count, document, extend, failure, findings, line, list, object, text, tool, version};

pub(super) fn schema() -> Value {
    let required = [
        "schema",
        "tool",
        "old",
        "new",
        "summary",
        "plans",
        "plans_added",
        "plans_removed",
        "findings",
        "faults",
        "errors",
    ];
    let body = object(
        &required,
        json!({
            "schema": version(),
            "tool": tool(),
            "old": text("The earlier draft, as the user named it."),
            "new": text("The later draft, as the user named it."),
            "summary": summary(),
            "plans": list(plan()),
            "plans_added": list(alone()),
            "plans_removed": list(alone()),
            "findings": of_findings(),
            "faults": findings(),
            "errors": list(failure()),
        }),
    );
    document(
        Document::Diff,
        "How two drafts of plans differ. Names are paths by ids, of the later draft where it has the place.",
        body,
        json!({ "side": side(), "money": money() }),
    )
}

fn summary() -> Value {
    let counts = [
        ("figures", "Figures that are other ones, or stated in one draft only."),
        ("added", "Items that only the later draft has."),
        ("removed", "Items that only the earlier draft has."),
        ("renamed", "Items with another title or another id."),
        ("moved", "Items that stand under another one."),
        ("values", "Other values that differ."),
        ("findings_new", "Findings of the later draft alone."),
        ("findings_fixed", "Findings of the earlier draft alone, that were mended."),
        ("findings_gone", "Findings of the earlier draft alone, that have gone without being mended."),
        ("findings_remaining", "Findings of both."),
    ];
    let properties = counts.iter().map(|(name, about)| ((*name).to_owned(), count(about))).collect();
    object(&counts.map(|(name, _)| name), Value::Object(properties))
}

fn plan() -> Value {
    object(
        &["old", "new", "title", "currency", "amounts", "figures", "items", "values"],
        json!({
            "old": text("The earlier file."),
            "new": text("The later file."),
            "title": text("The plan's title."),
            "currency": text("The currency of its amounts."),
            "old_currency": text("The currency that it had, where that was another."),
            "amounts": list(amount()),
            "figures": list(figure()),
            "items": list(item()),
            "values": list(value()),
        }),
    )
}

fn alone() -> Value {
    object(
        &["file", "title", "figures"],
        json!({
            "file": text("The file."),
            "title": text("The plan's title."),
            "figures": count("How many figures it states."),
        }),
    )
}

/// An object with what was and what is among its properties.
fn change(required: &[&str], properties: Value) -> Value {
    let decimal = |about: &str| json!({ "$ref": "#/$defs/decimal", "description": about });
    let mut all = properties;
    extend(
        &mut all,
        json!({
            "old": decimal("As it was; absent where it was not stated."),
            "new": decimal("As it is; absent where it is not stated any more."),
            "difference": decimal("By how much, where both are stated."),
            "percent": decimal("By how many percent of what it was, to one place."),
        }),
    );
    object(required, all)
}

fn amount() -> Value {
    change(
        &["year"],
        json!({
            "objective": { "$ref": "#/$defs/side" },
            "only": { "enum": ["added", "removed"], "description": "Where the objective is of one draft alone." },
            "year": text("The year, or all_years."),
        }),
    )
}

fn figure() -> Value {
    change(
        &["name", "unit"],
        json!({
            "name": text("Its path by ids."),
            "old_name": text("Its path by ids in the earlier draft, where that was another."),
            "objective": text("The id of the objective it stands in, or that one's title."),
            "year": text("The year that it is of, or all_years."),
            "unit": text("percent, or the name of its unit; empty where it has none."),
            "old_line": line(),
            "new_line": line(),
        }),
    )
}

fn item() -> Value {
    object(
        &["change", "list", "name"],
        json!({
            "change": { "enum": ["added", "removed", "renamed", "moved"] },
            "list": text("The list it stands in, such as objectives.outputs."),
            "name": text("Its path by ids."),
            "old": { "$ref": "#/$defs/side" },
            "new": { "$ref": "#/$defs/side" },
            "amounts": list(json!({ "$ref": "#/$defs/money" })),
            "holds": count("How many items stand in it that were added or removed with it."),
        }),
    )
}

fn value() -> Value {
    object(
        &["name"],
        json!({
            "name": text("Its path by ids."),
            "old_name": text("Its path by ids in the earlier draft, where that was another."),
            "old": text("As it was, of a single value that was stated."),
            "new": text("As it is, of a single value that is stated."),
            "added": list(text("What a list has that it had not.")),
            "removed": list(text("What a list had that it has not.")),
            "old_line": line(),
            "new_line": line(),
        }),
    )
}

fn of_findings() -> Value {
    let gone = object(
        &["why", "finding"],
        json!({
            "why": { "enum": ["plan gone", "no longer checked", "does not count"] },
            "finding": { "$ref": "#/$defs/finding" },
        }),
    );
    object(
        &["new", "fixed", "gone", "changed", "remaining"],
        json!({
            "new": findings(),
            "fixed": findings(),
            "gone": list(gone),
            "changed": findings(),
            "remaining": findings(),
        }),
    )
}

/// What an item is called in one of the drafts.
fn side() -> Value {
    object(
        &["id", "title", "line"],
        json!({
            "id": text("Its id; empty where it has none."),
            "title": text("Its title; empty where it has none."),
            "parent_list": text("The list of the item it stands in; absent at the top."),
            "parent": text("The id of the item it stands in, or that one's title."),
            "line": line(),
        }),
    )
}

fn money() -> Value {
    object(
        &["year", "amount"],
        json!({ "year": text("The year, or all_years."), "amount": { "$ref": "#/$defs/decimal" } }),
    )
}
