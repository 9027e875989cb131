//! The schema of what `fix` prints: what became of the files, and the report of what is left.

use serde_json::{Value, json};

use super::{Document, boolean, count, document, list, object, report, text, tool, version};

pub(super) fn schema() -> Value {
    let body = object(
        &["schema", "tool", "files", "applied", "refused", "rounds", "more", "left"],
        json!({
            "schema": version(),
            "tool": tool(),
            "files": list(file()),
            "applied": list(fix(&[])),
            "refused": list(fix(&["why"])),
            "rounds": count("How many rounds it took."),
            "more": boolean("Whether something could still be applied, and the rounds were used up."),
            "left": report(),
        }),
    );
    document(Document::Fix, "What was mended, and what is left.", body, json!({}))
}

fn file() -> Value {
    object(
        &["file", "changed", "written"],
        json!({
            "file": text("The file, as the user named it."),
            "changed": boolean("Whether fixes change it."),
            "written": boolean("Whether it was written."),
            "why": text("What stood in the way of writing it."),
            "text": text("Its text now, where it is standard input."),
        }),
    )
}

/// A fix that was applied, or one that was not, with the reason.
fn fix(further: &[&str]) -> Value {
    let mut required = vec!["file", "rule", "path", "name", "message", "title", "safe", "fingerprint"];
    required.extend(further);
    let mut fix = json!({
        "file": text("The file that it is of."),
        "rule": text("The rule whose finding it mends."),
        "path": text("The path of the finding, as the plan then was."),
        "name": text("The same path by ids."),
        "message": text("What was found."),
        "title": text("What the fix does."),
        "was": text("What stood there before, where one value takes the place of another."),
        "is": text("What takes its place."),
        "safe": boolean("Whether it may be applied without asking."),
        "fingerprint": { "type": "string", "pattern": "^[0-9a-f]{16}$" },
    });
    if further.contains(&"why") {
        fix["why"] = text("Why it was not applied, in a sentence without its first word.");
    }
    object(&required, fix)
}
