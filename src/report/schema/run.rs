//! The schemas of a saved run, and of one line of the report as JSON lines.

use serde_json::{Value, json};

use super::{
    Document, boolean, count, document, extend, failure, finding, gone, line, list, object, plan, report, rule,
    summary, suppressed, text, tool, version,
};

/// A saved run: a report, and all that is shown beside one.
pub(super) fn schema() -> Value {
    let mut body = report();
    let further = json!({
        "overviews": list(json!({ "$ref": "#/$defs/overview" })),
        "pages": by_name("The pages of rules, by id.", object(&["title", "text"], json!({
            "title": text("The first line of the page."),
            "text": text("The whole page, as Markdown."),
        }))),
        "texts": by_name("The lines that places point into, by file.", object(&["length", "lines"], json!({
            "length": count("The length of the whole text, in bytes."),
            "lines": list(object(&["line", "offset", "text"], json!({
                "line": line(),
                "offset": count("Where the line begins, in bytes."),
                "text": text("The line without its line feed."),
            }))),
        }))),
    });
    let names: Vec<String> = further.as_object().into_iter().flat_map(|further| further.keys().cloned()).collect();
    if let Some(required) = body["required"].as_array_mut() {
        required.extend(names.into_iter().map(Value::from));
    }
    extend(&mut body["properties"], further);
    let about = "A saved run, which `crossfoot report` renders: the report, and beside it what plans say of themselves, the pages of \
                 the rules, and the lines that places point into.";
    document(Document::Run, about, body, json!({ "overview": overview() }))
}

/// A line of the report as JSON lines.
pub(super) fn lines() -> Value {
    let of = |kind: &str, mut body: Value| {
        body["properties"]["type"] = json!({ "const": kind });
        if let Some(required) = body["required"].as_array_mut() {
            required.push("type".into());
        }
        body
    };
    let last = object(
        &["schema", "tool", "plans", "rules", "summary"],
        json!({ "schema": version(), "tool": tool(), "plans": list(plan()), "rules": list(rule()), "summary": summary() }),
    );
    let kinds = [
        of("finding", finding()),
        of("suppressed", suppressed()),
        of("gone", gone()),
        of("failure", failure()),
        of("summary", last),
    ];
    let about = "One line of the report as JSON lines: findings first, the summary last.";
    document(Document::Lines, about, json!({ "oneOf": kinds }), json!({}))
}

fn by_name(about: &str, value: Value) -> Value {
    json!({ "type": "object", "description": about, "additionalProperties": value })
}

fn words(about: &str) -> Value {
    let mut list = list(json!({ "type": "string" }));
    list["description"] = about.into();
    list
}

fn decimal(about: &str) -> Value {
    json!({ "$ref": "#/$defs/decimal", "description": about })
}

fn overview() -> Value {
    object(
        &["file"],
        json!({
            "file": text("The file, as the user named it."),
            "title": text("The plan's title."),
            "organisation": text("Whose plan it is."),
            "language": text("The language of its texts, as a tag; empty where it states none."),
            "currency": text("The currency of its amounts; empty where it states none."),
            "source": text("The document that the figures were taken from."),
            "years": words("The years that the plan covers."),
            "share_years": words("The years that its shares are of; empty where that is all of them."),
            "amounts": amounts("The plan's total by year."),
            "objectives": list(objective()),
            "services": list(object(&["id", "title"], json!({
                "id": text("Its number."),
                "title": text("Its title."),
                "share": decimal("Its share of all services, in percent."),
            }))),
            "scales": scales(),
            "risks": list(risk()),
            "mitigations": list(mitigation()),
            "shares": list(share()),
            "shares_left_out": boolean("Whether shares were not compared for this, because the plan is very large."),
        }),
    )
}

fn amounts(about: &str) -> Value {
    let mut list = list(object(
        &["year"],
        json!({
            "year": text("The year as the plan writes it, or all_years."),
            "stated": decimal("The figure as stated."),
            "computed": decimal("What its parts make."),
        }),
    ));
    list["description"] = about.into();
    list
}

/// What an item of a plan has, with its own beside it.
fn item(own: Value) -> Value {
    let mut fields = json!({
        "id": text("Its number."),
        "title": text("Its title."),
        "path": text("Its path."),
        "line": count("The line that it begins in, from 1."),
    });
    extend(&mut fields, own);
    object(&["id", "title", "path", "line"], fields)
}

fn objective() -> Value {
    item(json!({
        "share": decimal("Its share of the plan, in percent."),
        "amounts": amounts("Its total by year."),
        "outcomes": list(item(json!({
            "indicators": words("What is measured."),
            "means": words("Means of measurement."),
        }))),
        "outputs": list(item(json!({
            "amounts": amounts("Its cost by year."),
            "share": decimal("Its share of the plan, in percent."),
            "share_of_objective": decimal("Its share of its objective, in percent."),
        }))),
    }))
}

fn scales() -> Value {
    object(
        &["likelihood", "impact", "status"],
        json!({
            "likelihood": words("How likely, from least to greatest."),
            "impact": words("How grave, from least to greatest."),
            "status": words("How far a mitigation is, from least to greatest."),
        }),
    )
}

fn risk() -> Value {
    item(json!({
        "category": text("The perspective it is seen from."),
        "likelihood": text("How likely it is."),
        "impact": text("How grave it would be."),
        "mitigations": words("The mitigations against it, by id."),
    }))
}

fn mitigation() -> Value {
    item(json!({ "owner": text("Who answers for it."), "status": text("How far it is.") }))
}

fn share() -> Value {
    object(
        &["rule", "path", "name", "line", "stated", "computed", "tolerance", "outcome"],
        json!({
            "rule": text("The rule that compared the two."),
            "path": text("The path of the share."),
            "name": text("The same path by ids."),
            "line": line(),
            "stated": decimal("As stated, in percent."),
            "computed": decimal("As computed, in percent."),
            "tolerance": decimal("The difference that rounding permits, in points of percent."),
            "outcome": { "enum": ["equal", "within-rounding", "disagree"] },
        }),
    )
}
