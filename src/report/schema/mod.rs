//! The JSON Schemas of what commands print for programs: the report here, what is made around it beside.
//!
//! Written by hand, field by field and closed against further ones, so that a test against real documents shows any drift
//! between the contract and the program. It must not know the types behind them, or it would follow them wherever they go.

mod coverage;
mod diff;
mod eval;
mod fix;
mod mutate;
mod run;
mod stats;
mod test;
mod watch;

use serde_json::{Value, json};

/// What a command prints for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    /// The report of `check`.
    Report,
    /// A saved run, of `check --format run`.
    Run,
    /// A line of `check --format jsonl`.
    Lines,
    /// How two drafts differ, of `diff`.
    Diff,
    /// What plans come to in numbers, of `stats`.
    Stats,
    /// What `fix` did.
    Fix,
    /// A check of `watch`: one object a line.
    Watch,
    /// How the cases of rules came out, of `test`.
    Test,
    /// What rules noticed, of `mutate`.
    Mutate,
    /// Which figures are looked at, of `coverage`, with `--at` and without.
    Coverage,
    /// What an expression came to, of `eval`.
    Eval,
}

impl Document {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Report,
        Self::Run,
        Self::Lines,
        Self::Diff,
        Self::Stats,
        Self::Fix,
        Self::Watch,
        Self::Test,
        Self::Mutate,
        Self::Coverage,
        Self::Eval,
    ];

    /// Its name, as `crossfoot schema` takes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Run => "run",
            Self::Lines => "lines",
            Self::Diff => "diff",
            Self::Stats => "stats",
            Self::Fix => "fix",
            Self::Watch => "watch",
            Self::Test => "test",
            Self::Mutate => "mutate",
            Self::Coverage => "coverage",
            Self::Eval => "eval",
        }
    }

    /// Its JSON Schema (draft 2020-12).
    ///
    /// ```
    /// use crossfoot::report::Document;
    /// assert_eq!(Document::Fix.schema()["properties"]["schema"]["const"], 1);
    /// ```
    #[must_use]
    pub fn schema(self) -> Value {
        match self {
            Self::Report => json_schema(),
            Self::Run => run::schema(),
            Self::Lines => run::lines(),
            Self::Diff => diff::schema(),
            Self::Stats => stats::schema(),
            Self::Fix => fix::schema(),
            Self::Watch => watch::schema(),
            Self::Test => test::schema(),
            Self::Mutate => mutate::schema(),
            Self::Coverage => coverage::schema(),
            Self::Eval => eval::schema(),
        }
    }
}

/// The JSON Schema (draft 2020-12) of the report.
///
/// ```
/// assert_eq!(crossfoot::report::json_schema()["properties"]["schema"]["const"], 1);
/// ```
#[must_use]
pub fn json_schema() -> Value {
    document(Document::Report, "What an audit found.", report(), json!({}))
}

/// The schema of a document from what it holds, with the definitions of its own beside those that all share.
fn document(of: Document, about: &str, body: Value, own: Value) -> Value {
    let name = of.name();
    let about = format!(
        "{about} Decimals travel as texts; lines and columns count from 1, columns in characters; offsets are bytes from 0."
    );
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("https://crossfoot.example/schema/{name}.schema.json"),
        "title": format!("crossfoot {name}"),
        "description": about,
    });
    extend(&mut schema, body);
    schema["$defs"] = definitions();
    extend(&mut schema["$defs"], own);
    schema
}

/// Adds the entries of an object to another.
fn extend(object: &mut Value, further: Value) {
    if let (Value::Object(object), Value::Object(further)) = (object, further) {
        object.extend(further);
    }
}

/// A report, by itself or in another document.
fn report() -> Value {
    object(
        &["schema", "tool", "plans", "findings", "suppressed", "gone", "errors", "rules", "summary"],
        json!({
            "schema": version(),
            "tool": tool(),
            "plans": list(plan()),
            "findings": findings(),
            "suppressed": list(suppressed()),
            "gone": list(gone()),
            "errors": list(failure()),
            "rules": list(rule()),
            "summary": summary(),
        }),
    )
}

fn version() -> Value {
    json!({ "const": 1, "description": "The version of this contract." })
}

fn tool() -> Value {
    object(
        &["name", "version"],
        json!({ "name": { "const": "crossfoot" }, "version": text("The version of the program.") }),
    )
}

fn summary() -> Value {
    object(
        &["error", "warning", "info", "suppressed", "checks"],
        json!({
            "error": count("Findings that are errors."),
            "warning": count("Findings that are warnings."),
            "info": count("Findings for information."),
            "suppressed": count("Findings that somebody has allowed, or that a baseline holds."),
            "checks": { "$ref": "#/$defs/checks" },
        }),
    )
}

fn findings() -> Value {
    list(json!({ "$ref": "#/$defs/finding" }))
}

fn span() -> Value {
    json!({ "$ref": "#/$defs/span" })
}

fn frames() -> Value {
    list(object(
        &["function", "line", "column"],
        json!({
            "file": text("The file that the call stands in, when it is not the failure's."),
            "function": text("The function that was called."),
            "line": line(),
            "column": { "type": "integer", "minimum": 1 },
        }),
    ))
}

fn line() -> Value {
    json!({ "type": "integer", "minimum": 1 })
}

fn boolean(about: &str) -> Value {
    json!({ "type": "boolean", "description": about })
}

fn definitions() -> Value {
    json!({
        "finding": finding(),
        "position": object(&["offset", "line", "column"], json!({
            "offset": count("Bytes from the start of the file, from 0."),
            "line": { "type": "integer", "minimum": 1 },
            "column": { "type": "integer", "minimum": 1, "description": "In characters." },
        })),
        "span": object(&["start", "end"], json!({
            "start": { "$ref": "#/$defs/position" },
            "end": { "$ref": "#/$defs/position" },
        })),
        "decimal": { "type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$" },
        "interval": { "type": "string", "pattern": "^[\\[(]-?[0-9.]+, -?[0-9.]+[\\])]$", "description": "A bracket includes its end, a parenthesis excludes it." },
        "severity": { "enum": ["error", "warning", "info"] },
        "checks": object(&["passed", "failed", "not_applicable", "within_rounding"], json!({
            "passed": count("Checks in order."),
            "failed": count("Checks not in order."),
            "not_applicable": count("Checks with nothing to compare."),
            "within_rounding": count("Of those passed: not the same number, but rounding explains the difference."),
        })),
        "addend": object(&["path", "value"], json!({
            "file": text("The file, when it is not the finding's."),
            "path": text("The path of the figure."),
            "value": { "$ref": "#/$defs/decimal" },
            "factor": { "$ref": "#/$defs/decimal" },
        })),
        "label": object(&["path", "span", "message"], json!({
            "file": text("The file, when it is not the finding's."),
            "path": text("The path of the node."),
            "span": { "$ref": "#/$defs/span" },
            "message": text("What is there."),
            "said": { "$ref": "#/$defs/said" },
        })),
        "said": said(),
    })
}

/// How a text was said: what another language words it from.
fn said() -> Value {
    let written = |name: &str, value: Value| object(&[name], json!({ name: value }));
    let arguments = json!([
        text("A text as it is."),
        written("figure", json!({ "$ref": "#/$defs/decimal" })),
        written("difference", json!({ "$ref": "#/$defs/decimal" })),
        written("number", text("A number that may be a year, as the plan writes it.")),
        written("count", count("How many.")),
        written("said", json!({ "$ref": "#/$defs/said" })),
    ]);
    let mut said = object(
        &["template"],
        json!({
            "template": text("The English text with its holes, {name}; {} is the hole `value`. It is the code of the message."),
            "arguments": { "type": "object", "additionalProperties": { "oneOf": arguments } },
        }),
    );
    said["description"] = json!("How a text was said, from which another language words it.");
    said
}

fn plan() -> Value {
    object(
        &["file", "figures", "covered", "uncovered"],
        json!({
            "file": text("The file, as the user named it."),
            "figures": count("Figures that the plan states."),
            "covered": count("Figures that a rule compared with something."),
            "uncovered": list(object(&["path", "span"], json!({
                "path": text("The path of a figure that no rule looked at."),
                "span": { "$ref": "#/$defs/span" },
            }))),
            "uncovered_left_out": count("How many more there are than are listed."),
        }),
    )
}

fn finding() -> Value {
    object(
        &["rule", "severity", "file", "message", "path", "name", "span", "labels", "fixes", "fingerprint"],
        json!({
            "rule": text("The id of the rule."),
            "severity": { "$ref": "#/$defs/severity" },
            "file": text("The file, as the user named it."),
            "message": text("What is wrong."),
            "said": { "$ref": "#/$defs/said" },
            "path": text("The path of the node, such as objectives[0].total.2020."),
            "name": text("The same path by ids, such as objectives[I.1].total.2020."),
            "span": { "$ref": "#/$defs/span" },
            "labels": list(json!({ "$ref": "#/$defs/label" })),
            "working": working(),
            "help": text("What to do."),
            "help_said": { "$ref": "#/$defs/said" },
            "fixes": list(object(&["title", "safe", "edits"], json!({
                "title": text("What the fix does."),
                "said": { "$ref": "#/$defs/said" },
                "safe": { "type": "boolean" },
                "edits": list(object(&["span", "text"], json!({ "span": { "$ref": "#/$defs/span" }, "text": text("What is put there.") }))),
            }))),
            "fingerprint": { "type": "string", "pattern": "^[0-9a-f]{16}$" },
        }),
    )
}

fn suppressed() -> Value {
    object(
        &["finding", "by"],
        json!({
            "finding": { "$ref": "#/$defs/finding" },
            "by": { "enum": ["inline", "config", "baseline"], "description": "A comment in the plan, crossfoot.toml, or the baseline." },
            "reason": text("Why it is allowed."),
            "until": text("The last day that the allowance holds, such as 2027-03-31."),
            "file": text("Where the allowance is written."),
            "span": { "$ref": "#/$defs/span" },
        }),
    )
}

fn gone() -> Value {
    object(
        &["file", "rule", "path", "message", "fingerprint"],
        json!({
            "file": text("The file that the finding was in."),
            "rule": text("The rule that had found it."),
            "path": text("The path of the node it concerned."),
            "message": text("What was wrong."),
            "fingerprint": { "type": "string", "pattern": "^[0-9a-f]{16}$" },
        }),
    )
}

fn working() -> Value {
    let decimal = json!({ "$ref": "#/$defs/decimal" });
    let required = ["stated", "computed", "difference", "tolerance", "stated_interval", "computed_interval", "addends"];
    object(
        &required,
        json!({
            "stated": decimal,
            "computed": decimal,
            "difference": decimal,
            "tolerance": decimal,
            "stated_interval": { "$ref": "#/$defs/interval" },
            "computed_interval": { "$ref": "#/$defs/interval" },
            "unit": text("percent, or the name of the unit."),
            "stated_addends": list(json!({ "$ref": "#/$defs/addend" })),
            "addends": list(json!({ "$ref": "#/$defs/addend" })),
            "addends_left_out": count("How many more there are than are listed."),
            "sum": boolean("Whether the computed figure is the sum of its addends, each with its factor."),
            "cause": text("The likeliest cause."),
            "cause_said": { "$ref": "#/$defs/said" },
            "other_causes": list(text("Another cause that explains the whole difference.")),
            "other_causes_said": list(json!({ "$ref": "#/$defs/said" })),
        }),
    )
}

fn failure() -> Value {
    object(
        &["kind", "file", "message"],
        json!({
            "kind": { "enum": ["file", "plan", "config", "baseline", "pack", "rule-compile", "rule-run"] },
            "rule": text("The id of the rule."),
            "file": text("The plan or the rule."),
            "message": text("What happened."),
            "span": { "$ref": "#/$defs/span" },
            "stack": frames(),
            "looking_at": text("The plan and the node that was looked at."),
            "help": text("What to do."),
        }),
    )
}

fn rule() -> Value {
    object(
        &["rule", "title", "origin", "severity", "checks", "stopped"],
        json!({
            "rule": text("The id of the rule."),
            "title": text("The first line of its page."),
            "origin": text("Where it comes from: standard, a file, or a pack with its version."),
            "severity": { "$ref": "#/$defs/severity" },
            "checks": { "$ref": "#/$defs/checks" },
            "stopped": { "type": "boolean", "description": "Whether it failed or was stopped in any plan." },
        }),
    )
}

fn object(required: &[&str], properties: Value) -> Value {
    json!({ "type": "object", "additionalProperties": false, "required": required, "properties": properties })
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

fn text(about: &str) -> Value {
    json!({ "type": "string", "description": about })
}

fn count(about: &str) -> Value {
    json!({ "type": "integer", "minimum": 0, "description": about })
}
