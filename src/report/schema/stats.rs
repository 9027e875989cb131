//! The schema of what `stats` prints: what plans come to in numbers.

use serde_json::{Value, json};

use super::{Document, boolean, count, document, failure, line, list, object, text, tool, version};

pub(super) fn schema() -> Value {
    let body = object(
        &["schema", "tool", "plans", "errors"],
        json!({
            "schema": version(),
            "tool": tool(),
            "plans": list(plan()),
            "errors": list(failure()),
        }),
    );
    let money =
        object(&["year", "amount"], json!({ "year": text("The year."), "amount": { "$ref": "#/$defs/decimal" } }));
    document(
        Document::Stats,
        "Where the money of plans goes, how concentrated it is, and how risks are spread. Shares are in percent.",
        body,
        json!({ "money": money }),
    )
}

fn decimal(about: &str) -> Value {
    json!({ "$ref": "#/$defs/decimal", "description": about })
}

fn amounts() -> Value {
    list(json!({ "$ref": "#/$defs/money" }))
}

fn plan() -> Value {
    object(
        &["file", "title", "currency", "money", "outputs", "risks"],
        json!({
            "file": text("The file, as the user named it."),
            "title": text("The plan's title."),
            "currency": text("The currency of its amounts."),
            "money": money(),
            "outputs": outputs(),
            "concentration": concentration(),
            "risks": risks(),
        }),
    )
}

fn money() -> Value {
    let objective = object(
        &["id", "title", "amounts", "outputs"],
        json!({
            "id": text("Its id."),
            "title": text("Its title."),
            "amounts": amounts(),
            "total": decimal("Their sum."),
            "share": decimal("The share that this is of all objectives."),
            "stated_share": decimal("Its share as the plan states it."),
            "outputs": count("How many outputs it has."),
        }),
    );
    object(
        &["years", "amounts", "objectives", "too_large", "has_negative"],
        json!({
            "years": list(text("A year, in the plan's order.")),
            "amounts": amounts(),
            "total": decimal("The sum over all years."),
            "objectives": list(objective),
            "too_large": boolean("Whether some sum is missing because it is too large for a figure."),
            "has_negative": boolean("Whether any amount is negative, so that shares are left out."),
        }),
    )
}

fn outputs() -> Value {
    let largest = object(
        &["id", "title", "objective", "total"],
        json!({
            "id": text("Its id."),
            "title": text("Its title."),
            "objective": text("The id of its objective, or that one's title."),
            "total": decimal("Its money over all years."),
            "share": decimal("The share that this is of all outputs."),
        }),
    );
    object(
        &["count", "with_money", "largest"],
        json!({
            "count": count("How many outputs there are."),
            "with_money": count("How many of them state money."),
            "largest": list(largest),
        }),
    )
}

fn concentration() -> Value {
    let top = object(
        &["largest", "share"],
        json!({ "largest": count("How many of the largest."), "share": decimal("Their share.") }),
    );
    object(
        &["over", "count", "top", "herfindahl", "effective"],
        json!({
            "over": { "enum": ["outputs", "objectives"] },
            "count": count("How many of them have money."),
            "top": list(top),
            "herfindahl": decimal("The Herfindahl-Hirschman index: the sum of the squares of all shares, from 1 / count to 1."),
            "effective": decimal("How many of equal size would be as concentrated: 1 / herfindahl."),
        }),
    )
}

fn risks() -> Value {
    let name = object(
        &["id", "title", "likelihood", "impact", "line"],
        json!({
            "id": text("Its id; empty where it has none."),
            "title": text("Its title."),
            "likelihood": text("How likely it is, in a word of the plan."),
            "impact": text("How grave it would be, in a word of the plan."),
            "line": line(),
        }),
    );
    let status = object(
        &["status", "count"],
        json!({ "status": text("The status; empty where none is stated."), "count": count("How many.") }),
    );
    object(
        &["count", "likelihood", "impact", "cells", "unrated", "without_mitigation", "mitigations", "by_status"],
        json!({
            "count": count("How many risks there are."),
            "likelihood": list(text("A word for likelihood, from least to greatest.")),
            "impact": list(text("A word for impact, from least to greatest.")),
            "cells": list(list(count("How many risks have the likelihood of the row and the impact of the column."))),
            "unrated": count("How many lack a likelihood or an impact."),
            "without_mitigation": list(name),
            "mitigations": count("How many mitigations there are."),
            "by_status": list(status),
        }),
    )
}
