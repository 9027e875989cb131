//! The language server, as an editor meets it: over a pipe, in bytes.

#![allow(clippy::unwrap_used, reason = "a test may end where something is not as expected")]

#[path = "support/editor.rs"]
mod editor;
#[path = "support/folder.rs"]
mod folder;

use std::fs;
use std::path::Path;

use crossfoot::lsp::Ended;
use crossfoot::{Auditor, Plan, Rules};
use editor::{Editor, able, apply, uri};
use folder::Folder;
use serde_json::{Value, json};

/// The line of a text that holds some words, from 0, and the column of their first byte.
fn find(text: &str, words: &str) -> (u64, u64) {
    let at = text.find(words).unwrap_or_else(|| panic!("{words} is not in the text"));
    let line = text[..at].matches('\n').count();
    let column = at - text[..at].rfind('\n').map_or(0, |at| at + 1);
    (u64::try_from(line).unwrap(), u64::try_from(column).unwrap())
}

/// Diagnostics in a few lines each.
fn told(diagnostics: &[Value]) -> String {
    let mut out = String::new();
    for it in diagnostics {
        let start = &it["range"]["start"];
        let severity =
            ["", "error", "warning", "info", "hint"][usize::try_from(it["severity"].as_u64().unwrap()).unwrap()];
        let related = it["relatedInformation"].as_array().map_or(0, Vec::len);
        out += &format!("{}:{} {severity} {}", start["line"], start["character"], it["code"].as_str().unwrap_or("-"));
        if related > 0 {
            out += &format!(", with {related} places");
        }
        for line in it["message"].as_str().unwrap().lines() {
            out += &format!("\n    {line}");
        }
        out.push('\n');
    }
    out
}

fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|it| it["code"].as_str().unwrap_or("-")).collect()
}

#[test]
fn the_itu_plan_shows_its_findings_with_their_working() {
    let (folder, path, text) = Folder::itu();
    let mut editor = Editor::start(&able(), &[folder.root()]);
    editor.open(&path, "toml", &text);
    let shown = editor.published(&path, 1);
    insta::assert_snapshot!("itu_diagnostics", told(&shown));
    assert!(shown.iter().all(|it| it["data"].as_str().unwrap().len() == 16 && it["source"] == "crossfoot"));
    assert_eq!(editor.end(), Ended::Well);
}

/// One total of the ITU's plan, and the same with two digits turned.
const TOTAL: (&str, &str) = ("2023 = 9_475_203", "2023 = 9_745_203");

#[test]
fn an_edited_figure_is_found_and_its_fix_mends_it() {
    let (folder, path, text) = Folder::itu();
    let mut editor = Editor::start(&able(), &[folder.root()]);
    editor.open(&path, "toml", &text);
    let before = editor.published(&path, 1);
    let (line, column) = find(&text, TOTAL.0);
    let figure = [line, column + 7, line, column + 16];
    editor.edit(&path, 2, figure, "9_745_203");
    let text = text.replacen(TOTAL.0, TOTAL.1, 1);
    let after = editor.published(&path, 2);
    let is_new = |it: &&Value| !before.contains(it) && it["code"] == "totals/outputs";
    let new: Vec<Value> = after.iter().filter(is_new).cloned().collect();
    assert_eq!(new.len(), 1, "{}", told(&after));
    let places = new[0]["relatedInformation"].as_array().unwrap();
    assert!(places.len() >= 3 && places.iter().all(|place| place["location"]["uri"] == uri(&path)));

    let asked = json!({ "range": new[0]["range"], "context": { "diagnostics": [] } });
    let actions = editor.about("textDocument/codeAction", &path, &asked);
    let actions = actions.as_array().unwrap();
    insta::assert_snapshot!("itu_actions", format!("{}\n{}", told(&new), titles(actions)));
    let of_it = |it: &&Value| it["isPreferred"] == true && it["diagnostics"][0] == new[0];
    let fix = actions.iter().find(of_it).unwrap();
    let change = &fix["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({ "uri": uri(&path), "version": 2 }));
    let edit = &change["edits"][0];
    editor.change(&path, 3, &json!([{ "range": edit["range"], "text": edit["newText"] }]));
    assert_eq!(editor.published(&path, 3), before);
    assert!(apply(&text, edit).contains(TOTAL.0));

    // The same for the whole file, worked out at once for an editor that does not ask for it later.
    let only = json!({ "range": new[0]["range"], "context": { "diagnostics": [], "only": ["source.fixAll"] } });
    editor.edit(&path, 4, figure, "9_745_203");
    let actions = editor.about("textDocument/codeAction", &path, &only);
    assert_eq!(titles(actions.as_array().unwrap()), "source.fixAll.crossfoot: fix all that is safe in this file\n");
    let edits = actions[0]["edit"]["documentChanges"][0]["edits"].as_array().unwrap();
    assert!(edits.iter().any(|edit| edit["newText"].as_str().unwrap().contains(TOTAL.0)), "{edits:?}");
}

/// An editor that can ask for the edit of an action later is offered it at once, and given it when it is chosen.
#[test]
fn what_mends_a_whole_file_is_worked_out_when_it_is_chosen() {
    let (folder, path, text) = Folder::itu();
    let mut able = able();
    able["textDocument"]["codeAction"]["resolveSupport"] = json!({ "properties": ["edit"] });
    let mut editor = Editor::start(&able, &[folder.root()]);
    let wrong = text.replacen(TOTAL.0, TOTAL.1, 1);
    editor.open(&path, "toml", &wrong);
    let start = json!({ "line": 0, "character": 0 });
    let asked = json!({ "range": { "start": start, "end": start }, "context": { "diagnostics": [] } });
    let actions = editor.about("textDocument/codeAction", &path, &asked);
    assert_eq!(actions.as_array().unwrap().len(), 1);
    assert_eq!(actions[0].get("edit"), None);
    let chosen = editor.ask("codeAction/resolve", actions[0].clone()).unwrap();
    let edits = chosen["edit"]["documentChanges"][0]["edits"].as_array().unwrap();
    let fixed = edits.iter().rev().fold(wrong, |text, edit| apply(&text, edit));
    assert!(fixed.contains(TOTAL.0));
    let rules = Rules::standard();
    let plan = Plan::parse(&path.to_string_lossy(), &text.replacen(TOTAL.0, TOTAL.1, 1));
    let by_command = crossfoot::fix::Fixer::new(Auditor::new(&rules).today(2026, 7, 1)).fix(&[plan]);
    assert_eq!(fixed, by_command.files[0].after);
}

/// The same by one command, for an editor with no list to choose from: it says how much was fixed, and what is left.
#[test]
fn what_mends_a_whole_file_is_made_by_a_command_that_says_what_is_left() {
    let (folder, path, text) = Folder::itu();
    let mut able = able();
    able["workspace"]["applyEdit"] = json!(true);
    let mut editor = Editor::start(&able, &[folder.root()]);
    let wrong = text.replacen(TOTAL.0, TOTAL.1, 1);
    editor.open(&path, "toml", &wrong);
    let command = json!({ "command": "crossfoot.fixAll", "arguments": [uri(&path)] });
    let said = editor.ask("workspace/executeCommand", command.clone()).unwrap();
    let asked = editor.told.iter().find(|told| told["method"] == "workspace/applyEdit").unwrap();
    let edits = asked["params"]["edit"]["documentChanges"][0]["edits"].as_array().unwrap();
    let fixed = edits.iter().rev().fold(wrong, |text, edit| apply(&text, edit));
    assert!(fixed.contains(TOTAL.0));
    let left = codes(&{
        editor.change(&path, 2, &json!([{ "text": fixed }]));
        editor.published(&path, 2)
    })
    .len();
    assert!(said.as_str().unwrap().contains(&format!(" fixed, {left} left: ")), "{said}");
    assert!(said.as_str().unwrap().contains("2 of risks/unmitigated"), "{said}");
    let shown = editor.told.iter().find(|told| told["method"] == "window/showMessage").unwrap();
    assert_eq!(shown["params"]["message"], said);
    let elsewhere = json!({ "command": "crossfoot.fixAll", "arguments": [uri(&folder.path("none.toml"))] });
    assert_eq!(editor.ask("workspace/executeCommand", elsewhere).unwrap_err().0, -32803);

    // An editor that makes no such changes is told what it can do.
    let mut unable = Editor::start(&json!({}), &[folder.root()]);
    unable.open(&path, "toml", &text.replacen(TOTAL.0, TOTAL.1, 1));
    let (_, why) = unable.ask("workspace/executeCommand", command).unwrap_err();
    assert!(why.contains("choose the action instead"), "{why}");
}

/// An editor of long ago: edits without versions, symbols in one list, no snippets, no tags.
#[test]
fn an_editor_that_can_do_little_is_given_what_it_can_take() {
    let (folder, path, text) = Folder::itu();
    let mut editor = Editor::start(
        &json!({ "textDocument": { "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } } } }),
        &[folder.root()],
    );
    editor.open(&path, "toml", &text.replacen(TOTAL.0, TOTAL.1, 1));
    let shown = editor.published(&path, 1);
    assert!(shown.iter().all(|it| it.get("relatedInformation").is_none() && it.get("data").is_none()));
    let pulled = editor.about("textDocument/diagnostic", &path, &json!({}));
    assert_eq!((&pulled["kind"], &pulled["items"]), (&json!("full"), &json!(shown)));
    let (line, column) = find(&text, TOTAL.0);
    let at = json!({ "line": line, "character": column + 8 });
    let asked = json!({ "range": { "start": at, "end": at }, "context": { "diagnostics": [] } });
    let actions = editor.about("textDocument/codeAction", &path, &asked);
    let edit = &actions[0]["edit"];
    assert_eq!(edit.get("documentChanges"), None);
    assert_eq!(edit["changes"][uri(&path)][0]["newText"], "9_475_203");

    let symbols = editor.about("textDocument/documentSymbol", &path, &json!({}));
    let of = |name: &str| symbols.as_array().unwrap().iter().find(|it| it["name"].as_str().unwrap().starts_with(name));
    assert_eq!(of("I.1-1 ").unwrap()["containerName"], of("I.1 ").unwrap()["name"]);
    assert_eq!(of("I.1-1 ").unwrap()["location"]["uri"], uri(&path));

    let (last, _) = find(&text, "years = [2020, 2021, 2022, 2023]");
    editor.edit(&path, 2, [last, 0, last, 0], "round\n");
    let items =
        editor.about("textDocument/completion", &path, &json!({ "position": { "line": last, "character": 5 } }));
    for item in items.as_array().unwrap() {
        let text = item["textEdit"]["newText"].as_str().unwrap();
        assert!(item["insertTextFormat"] != 2 && !text.contains(['$', '|']) && !text.ends_with('\n'), "{item}");
    }
    assert!(items.to_string().contains(r#"rounding = \"\""#), "{items}");
}

#[test]
fn what_is_called_shows_its_parameters() {
    const RULE: &str = "//! A page.\n\nfn check(plan) {\n    expect_range(plan.objectives.share, 0, \n}\n";
    let folder = Folder::new(&[("crossfoot.toml", "rules = ['rules']\n"), ("rules/house/most.rhai", RULE)]);
    let rule = folder.path("rules/house/most.rhai");
    let mut editor = Editor::start(&able(), &[folder.root()]);
    editor.open(&rule, "rhai", RULE);
    let at = json!({ "position": { "line": 3, "character": 43 } });
    let help = editor.about("textDocument/signatureHelp", &rule, &at);
    assert_eq!(help["activeParameter"], 2);
    let signature = &help["signatures"][0];
    assert_eq!(signature["label"], "expect_range(figures, low, high)");
    assert_eq!(signature["parameters"][2]["label"], "high");
    let outside = json!({ "position": { "line": 0, "character": 0 } });
    assert_eq!(editor.about("textDocument/signatureHelp", &rule, &outside), Value::Null);
}

/// A figure leads back to the paths that lead to it, and to what is allowed in its line.
#[test]
fn a_figure_leads_back_to_what_names_it() {
    let text = "\
[plan]
title = 'T'
years = [2026]
# crossfoot: allow totals/plan: agreed
total.2026 = 5

[[reconciliations]]
id = 'R'
title = 'R'
figures = ['plan.total.2026', 'objectives[A].total.2026']

[[objectives]]
id = 'A'
title = 'A'
total.2026 = 5
";
    let folder = Folder::new(&[("plans/p.toml", text)]);
    let path = folder.path("plans/p.toml");
    let mut editor = Editor::start(&able(), &[folder.root()]);
    editor.open(&path, "toml", text);
    let mut lines = |line: u64, declaration: bool| -> Vec<u64> {
        let position = json!({ "line": line, "character": 13 });
        let asked = json!({ "position": position, "context": { "includeDeclaration": declaration } });
        let found = editor.about("textDocument/references", &path, &asked);
        found.as_array().unwrap().iter().map(|it| it["range"]["start"]["line"].as_u64().unwrap()).collect()
    };
    assert_eq!(lines(4, false), [3, 9]);
    assert_eq!(lines(4, true), [3, 4, 9]);
    assert_eq!(lines(14, false), [9]);
    assert_eq!(lines(2, false), Vec::<u64>::new());
}

#[test]
fn a_fix_that_is_not_safe_says_so_and_is_never_the_preferred_one() {
    let text = "[plan]\ntitle = 'T'\nyears = [2026]\n\n[[risks]]\nid = 1\ntitle = 'Fire'\nmitigations = ['m-1', 'm-9']\n\n[[mitigations]]\nid = 'm-1'\ntitle = 'M'\n";
    let folder = Folder::new(&[("plans/p.toml", text)]);
    let path = folder.path("plans/p.toml");
    let mut editor = Editor::start(&able(), &[folder.root()]);
    editor.open(&path, "toml", text);
    let asked = json!({
        "range": { "start": { "line": 7, "character": 0 }, "end": { "line": 7, "character": 30 } },
        "context": { "diagnostics": [], "only": ["quickfix"] },
    });
    let actions = editor.about("textDocument/codeAction", &path, &asked);
    let titles = titles(actions.as_array().unwrap()) + told(&editor.shown(&path)).as_str();
    let not_safe: Vec<&str> = titles.lines().filter(|title| title.contains("(unsafe) ")).collect();
    assert!(!not_safe.is_empty() && not_safe.iter().all(|title| !title.ends_with("(preferred)")), "{titles}");
}

/// Of several findings that are mended by one change, that change is offered once.
#[test]
fn one_change_is_offered_once() {
    let (folder, path, text) = Folder::itu();
    let mut editor = Editor::start(&able(), &[folder.root()]);
    editor.open(&path, "toml", &text);
    let (line, column) = find(&text, "share_of_objective = 59.2");
    let at = json!({ "line": line, "character": column + 23 });
    let asked = json!({ "range": { "start": at, "end": at }, "context": { "diagnostics": [], "only": ["quickfix"] } });
    let actions = editor.about("textDocument/codeAction", &path, &asked);
    let titles = titles(actions.as_array().unwrap());
    let mends: Vec<&str> = titles.lines().filter(|title| title.contains(" set it to ")).collect();
    assert_eq!(mends, ["quickfix: set it to 59.5 (shares/money) (preferred)"]);
}

/// Where several things are found at one figure, what mends one of them is offered before all else.
#[test]
fn what_mends_is_offered_first() {
    let (folder, path, text) = Folder::itu();
    let mut editor = Editor::start(&able(), &[folder.root()]);
    let text = text.replacen("2020 = 9_742_870", "2020 = 9_742_970", 1);
    editor.open(&path, "toml", &text);
    let (line, column) = find(&text, "9_742_970");
    let at = json!({ "line": line, "character": column + 3 });
    let asked = json!({ "range": { "start": at, "end": at }, "context": { "diagnostics": [], "only": ["quickfix"] } });
    let actions = editor.about("textDocument/codeAction", &path, &asked);
    insta::assert_snapshot!(titles(actions.as_array().unwrap()), @r"
    quickfix: (unsafe) set it to 9_742_870
    quickfix: allow this finding of structure/reconciliations here: write the reason after the colon
    quickfix: explain structure/reconciliations
    quickfix: allow this finding of totals/outputs here: write the reason after the colon
    quickfix: explain totals/outputs
    ");
}

#[test]
fn places_beyond_a_hundred_are_counted() {
    let parts = "{ share = 2 }, ".repeat(130);
    let text = format!("[[splits]]\nid = 's'\ntitle = 'S'\nparts = [{parts}]\n");
    let folder = Folder::new(&[("plans/p.toml", &text)]);
    let path = folder.path("plans/p.toml");
    let mut editor = Editor::start(&able(), &[folder.root()]);
    editor.open(&path, "toml", &text);
    let shown = editor.published(&path, 1);
    let found = shown.iter().find(|it| it["code"] == "shares/whole").unwrap();
    assert_eq!(found["relatedInformation"].as_array().unwrap().len(), 100);
    let last = found["message"].as_str().unwrap().lines().last().unwrap().to_owned();
    assert_eq!(last, "100 places are named, and 29 more are not");
}

fn titles(actions: &[Value]) -> String {
    let mut out = String::new();
    for it in actions {
        let preferred = if it["isPreferred"] == true { " (preferred)" } else { "" };
        out += &format!("{}: {}{preferred}\n", it["kind"].as_str().unwrap(), it["title"].as_str().unwrap());
    }
    out
}

#[test]
fn an_allowance_that_is_written_from_the_editor_asks_for_its_reason() {
    let text = "[plan]\ntitle = 'T'\nyears = [2026]\n\n[[splits]]\r\nid = 's'\r\ntitle = 'S'\r\nparts = [\r\n    { title = 'a', share = 84 },\r\n    { title = 'b', share = 19 },\r\n]\r\n";
    let folder = Folder::new(&[("plans/p.toml", text)]);
    let path = folder.path("plans/p.toml");
    let mut editor = Editor::start(&able(), &[folder.root()]);
    editor.open(&path, "toml", text);
    let shown = editor.published(&path, 1);
    let found = shown.iter().find(|it| it["code"] == "shares/whole").unwrap();
    let asked = json!({ "range": found["range"], "context": { "diagnostics": [], "only": ["quickfix"] } });
    let actions = editor.about("textDocument/codeAction", &path, &asked);
    let allow =
        actions.as_array().unwrap().iter().find(|it| it["title"].as_str().unwrap().starts_with("allow")).unwrap();
    let edit = &allow["edit"]["documentChanges"][0]["edits"][0];
    let allowed = apply(text, edit);
    editor.change(&path, 2, &json!([{ "range": edit["range"], "text": edit["newText"] }]));
    assert_eq!(codes(&editor.published(&path, 2)), ["allowance/no-reason", "shares/whole"]);
    let (line, column) = find(&allowed, "shares/whole: ");
    let end = [line, column + 14, line, column + 14];
    editor.edit(&path, 3, end, "the parts overlap");
    assert_eq!(codes(&editor.published(&path, 3)), Vec::<&str>::new());
}

#[test]
fn while_a_plan_is_no_toml_its_last_findings_stand_where_they_are_now() {
    let text = "[plan]\ntitle = 'T'\nyears = [2026]\n\n[[splits]]\nid = 's'\ntitle = 'S'\nparts = [{ title = 'a', share = 84 }, { title = 'b', share = 19 }]\n";
    let folder = Folder::new(&[("plans/p.toml", text)]);
    let path = folder.path("plans/p.toml");
    let mut editor = Editor::start(&able(), &[folder.root()]);
    editor.open(&path, "toml", text);
    assert_eq!(codes(&editor.published(&path, 1)), ["shares/whole"]);
    editor.edit(&path, 2, [3, 0, 3, 0], "new = \n\n");
    let shown = editor.published(&path, 2);
    insta::assert_snapshot!("no_toml", told(&shown));
    assert_eq!((&shown[0]["tags"], &shown[1]["tags"]), (&Value::Null, &json!([1])), "dimmed where the editor can");
    editor.edit(&path, 3, [3, 6, 3, 6], "1");
    let mended = editor.published(&path, 3);
    assert_eq!((codes(&mended), mended[0]["range"]["start"]["line"].as_u64()), (vec!["shares/whole"], Some(9)));
}

#[test]
fn positions_count_what_was_agreed_upon() {
    let text = "[plan]\ntitle = 'T'\nyears = [2026]\n\n[[splits]]\nid = 's'\ntitle = 'S'\nparts = [{ title = '𝛑é', share = 84 }, { title = 'b', share = 19 }] # ü\n";
    for (encodings, named) in [
        (json!(["utf-8", "utf-16"]), "utf-8"),
        (json!(["utf-16", "utf-8"]), "utf-16"),
        (json!(["utf-32"]), "utf-16"),
        (Value::Null, "utf-16"),
    ] {
        let folder = Folder::new(&[("plans/p.toml", text)]);
        let path = folder.path("plans/p.toml");
        let mut able = able();
        able["general"]["positionEncodings"] = encodings;
        let mut editor = Editor::silent();
        let offered = editor.initialize(&able, &[folder.root()]);
        assert_eq!(offered["capabilities"]["positionEncoding"], named);
        editor.open(&path, "toml", text);
        let shown = editor.published(&path, 1);
        let found = shown.iter().find(|it| it["code"] == "shares/whole").unwrap();
        let share = if named == "utf-8" { 37 } else { 34 };
        assert_eq!(found["range"]["start"]["character"], share, "{named}");
        // An edit behind the wide characters hits the figure that it means.
        editor.edit(&path, 2, [7, share, 7, share + 2], "81");
        assert!(!codes(&editor.published(&path, 2)).contains(&"shares/whole"), "{named}");
    }
}

#[test]
fn the_protocol_is_kept_whoever_does_not_keep_it() {
    let mut editor = Editor::silent();
    let refused = editor.ask("textDocument/hover", json!({})).unwrap_err();
    assert_eq!(refused, (-32002, "textDocument/hover came before initialize".to_owned()));
    editor.tell("textDocument/didOpen", json!({}));
    editor.initialize(&json!({}), &[]);
    assert_eq!(editor.ask("initialize", json!({})).unwrap_err().0, -32600);
    assert_eq!(editor.ask("crossfoot/nonsense", Value::Null).unwrap_err().0, -32601);
    assert_eq!(editor.ask("textDocument/hover", json!({ "position": 3 })).unwrap_err().0, -32602);
    editor.tell("$/nonsense", json!([1]));
    editor.tell("textDocument/didChange", json!({ "no": "document" }));
    editor.tell("textDocument/didOpen", Value::Null);
    editor.send(&json!({ "jsonrpc": "2.0", "id": 77, "result": null }));
    let log = editor.log();
    assert!(log[0].starts_with("textDocument/didChange cannot be read: missing field"), "{log:?}");
    assert!(log[2].starts_with("an answer to nothing that was asked: 77"), "{log:?}");
    editor.ask("shutdown", Value::Null).unwrap();
    assert_eq!(editor.ask("textDocument/hover", json!({})).unwrap_err().0, -32600);
    assert_eq!(editor.exit(), Ended::Well);

    let mut rude = Editor::silent();
    rude.initialize(&json!({}), &[]);
    assert_eq!(rude.exit(), Ended::BrokenOff);
    assert_eq!(Editor::silent().exit(), Ended::BrokenOff);
    let mut gone = Editor::silent();
    gone.initialize(&json!({}), &[]);
    assert_eq!(gone.vanish(), Ended::Well);
}

#[test]
fn garbage_is_answered_and_passed_over() {
    let (folder, path, text) = Folder::itu();
    let mut editor = Editor::start(&able(), &[folder.root()]);
    editor.send_bytes(b"GET / HTTP/1.1\r\n\r\n\0\x01\xff\n");
    editor.send_bytes(b"Content-Length: 5\r\n\r\n{\"a\":");
    assert_eq!(editor.answer(&Value::Null).unwrap_err().0, -32700);
    editor.send_bytes(b"Content-Length: 2\r\n\r\n[]");
    assert_eq!(editor.answer(&Value::Null).unwrap_err().0, -32600);
    editor.send_bytes(b"Content-Length: nine\r\n\r\n{}");
    // More than is read: not kept, and answered.
    let most = 64 << 20;
    editor.send_bytes(format!("Content-Length: {}\r\n\r\n", most + 1).as_bytes());
    for _ in 0..64 {
        editor.send_bytes(&vec![b'x'; 1 << 20]);
    }
    editor.send_bytes(b"x");
    let (code, message) = editor.answer(&Value::Null).unwrap_err();
    assert_eq!((code, message.as_str()), (-32600, "a message of 67108865 bytes is not read: the largest has 67108864"));
    editor.open(&path, "toml", &text);
    assert!(!editor.published(&path, 1).is_empty());
    let log = editor.log();
    assert!(log.iter().filter(|line| line.ends_with("between messages were passed over")).count() >= 2, "{log:?}");
}

#[test]
fn edits_that_cannot_be_meant_are_told_and_do_no_harm() {
    let (folder, path, text) = Folder::itu();
    let mut editor = Editor::start(&able(), &[folder.root()]);
    let elsewhere = folder.path("nowhere/else.toml");
    editor.edit(&elsewhere, 2, [0, 0, 0, 0], "a");
    editor.open(&path, "toml", &text);
    let before = editor.published(&path, 1);
    editor.edit(&path, 3, [0, 0, 0, 0], "");
    editor.edit(&path, 2, [0, 0, 99, 0], "out of order");
    editor.edit(&path, 3, [0, 0, 99, 0], "twice");
    assert_eq!(editor.shown(&path), before);
    editor.edit(&path, 4, [1_000_000, 7, 1_000_001, 9], "# at the end\n");
    editor.edit(&path, 5, [4_294_967_295, 4_294_967_295, 4_294_967_295, 0], "# there too\n");
    // From its end to its start, and beyond its line: the nearest that can be meant.
    editor.edit(&path, 6, [0, 4_000, 0, 0], "");
    assert!(editor.shown(&path).len() >= before.len());
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri(&elsewhere) } }));
    let log: Vec<String> =
        editor.log().iter().map(|line| line.replace(&*folder.root().to_string_lossy(), "")).collect();
    insta::assert_snapshot!("log_of_edits", log.join("\n"));
    // A whole text says all there is to know, of a document that nobody opened as well.
    editor.change(
        &elsewhere,
        1,
        &json!([{ "text": "[[splits]]\nid = 's'\nparts = [{ share = 84 }, { share = 19 }]\n" }]),
    );
    assert!(codes(&editor.published(&elsewhere, 1)).contains(&"shares/whole"));
    for odd in ["untitled:Untitled-1", "git:/a/b.toml?x", "file:///", "file:///a%00b.toml", "file:///%FF.toml", "x:"] {
        let document = json!({ "uri": odd, "languageId": "toml", "version": 1, "text": "a = 1\n" });
        editor.tell("textDocument/didOpen", json!({ "textDocument": document }));
        editor.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": odd } })).unwrap();
    }
    assert_eq!(editor.end(), Ended::Well);
}

#[test]
fn a_request_that_is_cancelled_is_not_worked_out() {
    let (folder, path, text) = Folder::itu();
    let mut editor = Editor::start(&able(), &[folder.root()]);
    editor.open(&path, "toml", &text);
    editor.published(&path, 1);
    // All in one write, so that the cancellation waits behind the requests.
    let mut bytes = Vec::new();
    for id in 900..920 {
        let request = json!({ "jsonrpc": "2.0", "id": id, "method": "workspace/symbol", "params": { "query": "" } });
        bytes.extend(format!("Content-Length: {}\r\n\r\n{request}", request.to_string().len()).bytes());
    }
    let cancel = json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": 919 } }).to_string();
    bytes.extend(format!("Content-Length: {}\r\n\r\n{cancel}", cancel.len()).bytes());
    editor.send_bytes(&bytes);
    assert_eq!(editor.answer(&json!(919)).unwrap_err(), (-32800, "cancelled".to_owned()));
    assert!(editor.ask("workspace/symbol", json!({ "query": "" })).is_ok());
}

#[test]
fn folders_and_configurations_come_change_and_go() {
    let split = |share: u32| {
        format!(
            "[plan]\ntitle = 'T'\nyears = [2026]\n\n[[splits]]\nid = 's'\ntitle = 'S'\nparts = [{{ title = 'a', share = 81 }}, {{ title = 'b', share = {share} }}]\n"
        )
    };
    let one = Folder::new(&[
        ("crossfoot.toml", "plans = ['drafts']\n"),
        ("drafts/a.toml", &split(22)),
        ("drafts/b.toml", &split(19)),
    ]);
    let two = Folder::new(&[("plans/c.toml", &split(23))]);
    let mut editor = Editor::start(&able(), &[one.root(), two.root()]);
    // Plans that are not open are shown as well.
    let (a, b, c) = (one.path("drafts/a.toml"), one.path("drafts/b.toml"), two.path("plans/c.toml"));
    for (path, expected) in [(&a, vec!["shares/whole"]), (&b, vec![]), (&c, vec!["shares/whole"])] {
        assert_eq!(codes(&editor.shown(path)), expected, "{}", path.display());
    }
    assert!(editor.told.iter().any(|told| told["method"] == "client/registerCapability"));

    // A configuration with a mistake is told of as it is typed, and the last one goes on.
    let config = one.path("crossfoot.toml");
    editor.open(&config, "toml", "plans = ['drafts']\n");
    editor.edit(&config, 2, [1, 0, 1, 0], "[levels]\n'shares/hole' = 'off'\nlevel = 3\n");
    insta::assert_snapshot!("config_typed", told(&editor.published(&config, 2)));
    one.write("crossfoot.toml", "plans = ['drafts']\n[levels]\n'shares/hole' = 'off'\n");
    editor.change(&config, 3, &json!([{ "text": "plans = ['drafts']\n[levels]\n'shares/hole' = 'off'\n" }]));
    editor.tell("textDocument/didSave", json!({ "textDocument": { "uri": uri(&config) } }));
    insta::assert_snapshot!("config_saved", told(&editor.shown(&config)));
    assert_eq!(codes(&editor.shown(&a)), ["shares/whole"]);
    one.write("crossfoot.toml", "plans = ['drafts']\n[levels]\n'shares/whole' = 'info'\n");
    editor.change(&config, 4, &json!([{ "text": "plans = ['drafts']\n[levels]\n'shares/whole' = 'info'\n" }]));
    editor.tell("textDocument/didSave", json!({ "textDocument": { "uri": uri(&config) } }));
    assert_eq!(codes(&editor.shown(&config)), Vec::<&str>::new());
    assert_eq!(editor.shown(&a)[0]["severity"], 3);

    // Files that change, come and go on the disk.
    let changed = |path: &Path, kind: u32| json!({ "changes": [{ "uri": uri(path), "type": kind }] });
    one.write("drafts/b.toml", &split(30));
    editor.tell("workspace/didChangeWatchedFiles", changed(&b, 2));
    assert_eq!(codes(&editor.shown(&b)), ["shares/whole"]);
    let d = one.write("drafts/d.toml", &split(40));
    editor.tell("workspace/didChangeWatchedFiles", changed(&d, 1));
    assert_eq!(codes(&editor.shown(&d)), ["shares/whole"]);
    fs::remove_file(&d).unwrap();
    editor.tell("workspace/didChangeWatchedFiles", changed(&d, 3));
    assert_eq!(codes(&editor.shown(&d)), Vec::<&str>::new());

    // What is open counts, not what is on the disk; closed, the disk counts again.
    editor.open(&b, "toml", &split(19));
    assert_eq!(codes(&editor.published(&b, 1)), Vec::<&str>::new());
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri(&b) } }));
    assert_eq!(codes(&editor.shown(&b)), ["shares/whole"]);

    // A folder that is closed takes its diagnostics with it.
    let folder = |path: &Path| json!({ "uri": uri(path), "name": "f" });
    editor.tell(
        "workspace/didChangeWorkspaceFolders",
        json!({ "event": { "added": [], "removed": [folder(two.root())] } }),
    );
    assert_eq!(codes(&editor.shown(&c)), Vec::<&str>::new());
    editor.tell(
        "workspace/didChangeWorkspaceFolders",
        json!({ "event": { "added": [folder(two.root())], "removed": [] } }),
    );
    assert_eq!(codes(&editor.shown(&c)), ["shares/whole"]);
}

#[test]
fn a_rule_that_is_typed_audits_at_once_and_keeps_its_last_good_version() {
    const RULE: &str =
        "//! Every split has a title.\n\nfn check(plan) {\n    expect_present(plan.splits, \"title\");\n}\n";
    let folder = Folder::new(&[
        ("crossfoot.toml", "standard = false\nrules = ['rules']\n"),
        ("rules/house/title.rhai", RULE),
        ("plans/p.toml", "[[splits]]\nid = 's'\nname = 'n'\n"),
    ]);
    let (rule, plan) = (folder.path("rules/house/title.rhai"), folder.path("plans/p.toml"));
    let mut editor = Editor::start(&able(), &[folder.root()]);
    assert!(codes(&editor.shown(&plan)).contains(&"house/title"));
    editor.open(&rule, "rhai", RULE);
    editor.edit(&rule, 2, [3, 32, 3, 39], "\"id\"");
    assert!(!codes(&editor.shown(&plan)).contains(&"house/title"));
    // No longer a rule: said in the rule, and the plan keeps what the last good version found.
    editor.edit(&rule, 3, [3, 32, 3, 36], "\"title\"");
    assert!(codes(&editor.shown(&plan)).contains(&"house/title"));
    editor.edit(&rule, 4, [3, 4, 3, 18], "expect_presnt");
    let shown = editor.published(&rule, 4);
    assert!(told(&shown).contains("expect_present"), "{}", told(&shown));
    assert!(codes(&editor.shown(&plan)).contains(&"house/title"));
    let slip = shown.iter().find(|it| it["message"].as_str().unwrap().contains("expect_presnt")).unwrap();
    let asked = json!({ "range": slip["range"], "context": { "diagnostics": [] } });
    let actions = editor.about("textDocument/codeAction", &rule, &asked);
    assert_eq!(titles(actions.as_array().unwrap()), "quickfix: write `expect_present` (preferred)\n");
    let edit = &actions[0]["edit"]["documentChanges"][0]["edits"][0];
    editor.change(&rule, 5, &json!([{ "range": edit["range"], "text": edit["newText"] }]));
    assert_eq!(codes(&editor.published(&rule, 5)), ["-"], "only that it has no case");
    // A key that is written almost so, and a place where nothing is wrong.
    editor.edit(&rule, 6, [3, 24, 3, 30], "splitz");
    let key = json!({ "start": { "line": 3, "character": 26 }, "end": { "line": 3, "character": 26 } });
    let asked = json!({ "range": key, "context": { "diagnostics": [] } });
    let actions = editor.about("textDocument/codeAction", &rule, &asked);
    assert_eq!(titles(actions.as_array().unwrap()), "quickfix: write `splits` (preferred)\n");
    editor.edit(&rule, 7, [3, 24, 3, 30], "splits");
    let start = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } });
    let asked = json!({ "range": start, "context": { "diagnostics": [] } });
    assert_eq!(editor.about("textDocument/codeAction", &rule, &asked), json!([]));
    assert!(codes(&editor.shown(&plan)).contains(&"house/title"));
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri(&rule) } }));
    assert_eq!(codes(&editor.shown(&rule)), Vec::<&str>::new());
}

/// Shared code and cases that another program writes are told of in the rules that are open.
#[test]
fn an_open_rule_is_looked_at_again_when_what_it_stands_on_changes() {
    const SHARED: &str = "/// Thrice.\nfn thrice(n) { n * 3 }\n";
    const RULE: &str = "//! A page.\nimport \"lib/sums\" as sums;\n\nfn check(plan) {\n    sums::thrice(1);\n}\n";
    const BROKEN: &str = "/// Thrice.\nfn thrice(n) { n * }\n";
    let folder = Folder::new(&[
        ("crossfoot.toml", "standard = false\nrules = ['rules']\n"),
        ("rules/lib/sums.rhai", SHARED),
        ("rules/house/twice.rhai", RULE),
    ]);
    let (rule, shared) = (folder.path("rules/house/twice.rhai"), folder.path("rules/lib/sums.rhai"));
    let mut editor = Editor::start(&able(), &[folder.root()]);
    editor.open(&rule, "rhai", RULE);
    let message = |shown: &[Value]| shown.iter().map(|it| it["message"].to_string()).collect::<Vec<_>>().join("\n");
    assert_eq!(message(&editor.shown(&rule)).matches("no case proves").count(), 1);
    let changed = |path: &Path, kind: u32| json!({ "changes": [{ "uri": uri(path), "type": kind }] });

    // Another program writes the shared code.
    folder.write("rules/lib/sums.rhai", BROKEN);
    editor.tell("workspace/didChangeWatchedFiles", changed(&shared, 2));
    let broken = message(&editor.shown(&rule));
    assert!(broken.contains("lib/sums"), "{broken}");
    folder.write("rules/lib/sums.rhai", SHARED);
    editor.tell("workspace/didChangeWatchedFiles", changed(&shared, 2));
    assert!(!message(&editor.shown(&rule)).contains("lib/sums"));

    // It is edited, and closed without a save.
    editor.open(&shared, "rhai", BROKEN);
    assert!(message(&editor.shown(&rule)).contains("lib/sums"));
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri(&shared) } }));
    assert!(!message(&editor.shown(&rule)).contains("lib/sums"));

    // Its first case appears, and goes.
    let case = folder.write("rules/house/twice/pass-all.toml", "[plan]\ntitle = 'T'\n");
    editor.tell("workspace/didChangeWatchedFiles", changed(&case, 1));
    assert_eq!(editor.shown(&rule), Vec::<Value>::new());
    fs::remove_file(&case).unwrap();
    editor.tell("workspace/didChangeWatchedFiles", changed(&case, 3));
    assert!(message(&editor.shown(&rule)).contains("no case proves"));
}

/// The rule's line says how many cases there are, runs them, and then says what became of them.
#[test]
fn the_cases_of_a_rule_are_run_from_the_line_above_it() {
    const RULE: &str =
        "//! Every split has a title.\n\nfn check(plan) {\n    expect_present(plan.splits, \"title\");\n}\n";
    let folder = Folder::new(&[
        ("crossfoot.toml", "standard = false\nrules = ['rules']\n"),
        ("rules/house/title.rhai", RULE),
        ("rules/house/title/pass-titled.toml", "[[splits]]\nid = 's'\ntitle = 'S'\nparts = []\n"),
        ("rules/house/title/fail-none.toml", "[[splits]]\nid = 's'\nparts = []\n"),
    ]);
    let rule = folder.path("rules/house/title.rhai");
    let mut editor = Editor::start(&able(), &[folder.root()]);
    editor.open(&rule, "rhai", RULE);
    let lens = |editor: &mut Editor| editor.about("textDocument/codeLens", &rule, &json!({}))[0].clone();
    let before = lens(&mut editor);
    assert_eq!((&before["command"]["title"], &before["range"]["start"]["line"]), (&json!("▶ run 2 cases"), &json!(2)));
    let ran = editor.ask("workspace/executeCommand", before["command"].clone()).unwrap();
    assert!(ran.as_str().unwrap().contains("fail-none"), "{ran}");
    let titles = |editor: &mut Editor| {
        let lenses = editor.about("textDocument/codeLens", &rule, &json!({}));
        lenses.as_array().unwrap().iter().map(|it| it["command"]["title"].to_string()).collect::<Vec<_>>().join(", ")
    };
    let after = titles(&mut editor);
    assert!(after.contains("1 passed, 1 failed (fail-none)"), "{after} {ran}");
    let shown = editor.told.iter().rev().find(|told| told["method"] == "window/showMessage").unwrap();
    assert_eq!(shown["params"]["type"], 2, "{shown}");
    // A case that another program mends makes that verdict one of the past.
    let case = folder.path("rules/house/title/fail-none.toml");
    editor.tell("textDocument/didSave", json!({ "textDocument": { "uri": uri(&case) } }));
    assert!(!titles(&mut editor).contains("passed"));

    let asked = json!({ "command": "crossfoot.explainRule", "arguments": ["house/title"] });
    let page = editor.ask("workspace/executeCommand", asked).unwrap();
    assert!(page.as_str().unwrap().contains("Every split has a title."), "{page}");
    for (command, arguments, why) in [
        ("crossfoot.runCases", json!([]), "expected the address of a rule's file"),
        ("crossfoot.explainRule", json!([3]), "expected the id of a rule"),
        ("crossfoot.explainRule", json!(["house/titel"]), "is called `house/titel`"),
        ("crossfoot.nonsense", json!([]), "crossfoot has no command crossfoot.nonsense"),
    ] {
        let asked = json!({ "command": command, "arguments": arguments });
        let (code, message) = editor.ask("workspace/executeCommand", asked).unwrap_err();
        assert!(code == -32602 && message.contains(why), "{code} {message}");
    }
}

/// The baseline is read again when it is written, as the plans are.
#[test]
fn a_baseline_that_is_written_is_held_against_at_once() {
    let text = "[plan]\ntitle = 'T'\nyears = [2026]\n\n[[splits]]\nid = 's'\ntitle = 'S'\nparts = [{ title = 'a', share = 84 }, { title = 'b', share = 19 }]\n";
    let folder = Folder::new(&[("crossfoot.toml", "baseline = 'base.json'\n"), ("plans/p.toml", text)]);
    let (path, base) = (folder.path("plans/p.toml"), folder.path("base.json"));
    let rules = Rules::standard();
    let report = Auditor::new(&rules).today(2026, 7, 1).audit(&Plan::parse(&path.to_string_lossy(), text));
    let written = crossfoot::baseline::Baseline::of(&report, folder.root()).to_json();
    let mut editor = Editor::start(&able(), &[folder.root()]);
    assert!(codes(&editor.shown(&path)).contains(&"shares/whole"));
    let registered = editor.told.iter().find(|told| told["method"] == "client/registerCapability").unwrap();
    assert!(registered.to_string().contains("**/*.json"), "{registered}");
    folder.write("base.json", &written);
    let changed = json!({ "changes": [{ "uri": uri(&base), "type": 1 }] });
    editor.tell("workspace/didChangeWatchedFiles", changed.clone());
    assert_eq!(codes(&editor.shown(&path)), Vec::<&str>::new());
    fs::remove_file(&base).unwrap();
    editor.tell("workspace/didChangeWatchedFiles", changed);
    assert!(codes(&editor.shown(&path)).contains(&"shares/whole"));
}

/// Whose folder or document led to a configuration lets go of it, and nobody else does.
#[test]
fn a_project_is_let_go_of_with_the_last_that_led_to_it() {
    let split =
        "[[splits]]\nid = 's'\ntitle = 'S'\nparts = [{ title = 'a', share = 84 }, { title = 'b', share = 19 }]\n";
    let folder = Folder::new(&[
        ("inner/crossfoot.toml", ""),
        ("inner/plans/a.toml", split),
        ("away/crossfoot.toml", ""),
        ("away/plans/b.toml", split),
        ("away/plans/c.toml", split),
    ]);
    let (a, b, c) =
        (folder.path("inner/plans/a.toml"), folder.path("away/plans/b.toml"), folder.path("away/plans/c.toml"));
    let inner = folder.path("inner");
    let mut editor = Editor::start(&able(), &[folder.root(), &inner]);
    let gone = json!([{ "uri": uri(folder.root()), "name": "f" }]);
    editor.tell("workspace/didChangeWorkspaceFolders", json!({ "event": { "added": [], "removed": gone } }));
    assert!(codes(&editor.shown(&a)).contains(&"shares/whole"), "the inner folder is still open");
    editor.open(&b, "toml", split);
    assert!(codes(&editor.shown(&c)).contains(&"shares/whole"));
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri(&b) } }));
    assert_eq!(codes(&editor.shown(&c)), Vec::<&str>::new(), "nobody is at work there any more");
    assert!(codes(&editor.shown(&a)).contains(&"shares/whole"));
}

#[test]
fn settings_are_asked_for_and_taken() {
    let (folder, path, text) = Folder::itu();
    let mut able = able();
    able["workspace"]["configuration"] = json!(true);
    let mut editor = Editor::silent();
    editor.settings = json!({ "showRounding": true, "inlayHints": false, "codeLens": "yes", "colour": "red" });
    editor.initialize(&able, &[folder.root()]);
    editor.open(&path, "toml", &text);
    // The server asks for the settings, and has them once it is asked the next thing.
    editor.log();
    let log = editor.log().join("\n");
    assert!(log.contains("the setting `codeLens` of crossfoot is \"yes\": expected true or false"), "{log}");
    assert!(log.contains("crossfoot has no setting `colour`"), "{log}");
    let whole =
        json!({ "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 9_999, "character": 0 } } });
    assert_eq!(editor.about("textDocument/inlayHint", &path, &whole), Value::Null);
    let with = editor.shown(&path).len();
    editor.settings = json!({ "showRounding": false, "inlayHints": true });
    editor.tell("workspace/didChangeConfiguration", json!({ "settings": null }));
    editor.log();
    editor.log();
    assert!(editor.shown(&path).len() < with);
    assert!(!editor.about("textDocument/inlayHint", &path, &whole).as_array().unwrap().is_empty());
    assert!(editor.told.iter().any(|told| told["method"] == "workspace/inlayHint/refresh"));
}

#[test]
fn what_belongs_to_other_tools_is_left_alone() {
    let folder = Folder::new(&[
        ("Cargo.toml", ""),
        ("rules/a.rhai", "//! A.\nfn check(plan) {}\n"),
        ("rules/a/fail-x.toml", ""),
    ]);
    let mut editor = Editor::start(&able(), &[folder.root()]);
    for (name, language, text) in [
        ("Cargo.toml", "toml", "[package]\nname = 1\n"),
        ("notes.md", "markdown", "# a = 1"),
        ("rules/a/fail-x.toml", "toml", "[[splits]]\nid = 's'\nparts = [{ share = 84 }, { share = 19 }]\n"),
    ] {
        let path = folder.path(name);
        editor.open(&path, language, text);
        assert_eq!(editor.shown(&path), Vec::<Value>::new(), "{name}");
    }
}

/// What an editor gets for the ITU's plan when it asks, at a few places.
#[test]
fn the_itu_plan_answers_what_an_editor_asks() {
    let (folder, path, text) = Folder::itu();
    let mut editor = Editor::start(&able(), &[folder.root()]);
    editor.open(&path, "toml", &text);
    editor.published(&path, 1);
    let at = |words: &str, on: usize| {
        let (line, column) = find(&text, words);
        json!({ "position": { "line": line, "character": column + on as u64 } })
    };
    let first = json!({ "range": { "start": { "line": 36, "character": 0 }, "end": { "line": 42, "character": 0 } } });
    let hints = editor.about("textDocument/inlayHint", &path, &first);
    let mut out = String::from("hints\n");
    for hint in hints.as_array().unwrap() {
        out += &format!(
            "  {}:{} {}\n",
            hint["position"]["line"],
            hint["position"]["character"],
            hint["label"].as_str().unwrap()
        );
    }
    let hover = editor.about("textDocument/hover", &path, &at(TOTAL.0, 9));
    out +=
        &format!("hover at {}\n{}\n", range(&hover["range"]), indented(hover["contents"]["value"].as_str().unwrap()));
    assert_eq!(hover["contents"]["kind"], "markdown");

    let lenses = editor.about("textDocument/codeLens", &path, &json!({}));
    let sums = editor.ask("workspace/executeCommand", lenses[1]["command"].clone()).unwrap();
    out += &format!("the sums of the second\n{}\n", indented(sums.as_str().unwrap()));
    out += "lenses\n";
    for lens in lenses.as_array().unwrap() {
        out += &format!("  {} {}\n", lens["range"]["start"]["line"], lens["command"]["title"].as_str().unwrap());
    }
    let symbols = editor.about("textDocument/documentSymbol", &path, &json!({}));
    out += "symbols\n";
    for symbol in symbols.as_array().unwrap().iter().take(4) {
        let children = symbol["children"].as_array().map_or(0, Vec::len);
        let detail = symbol["detail"].as_str().unwrap_or_default();
        out += &format!(
            "  {} {} [{detail}], {children} in it\n",
            range(&symbol["range"]),
            symbol["name"].as_str().unwrap()
        );
    }
    let found = editor.ask("workspace/symbol", json!({ "query": "I.2-1" })).unwrap();
    let found = &found[0];
    out += &format!("search\n  {} {}\n", range(&found["location"]["range"]), found["name"].as_str().unwrap());
    let folds = editor.about("textDocument/foldingRange", &path, &json!({}));
    out += &format!("folds\n  {}\n", folds.as_array().unwrap().len());
    insta::assert_snapshot!("itu_answers", out);
}

fn range(range: &Value) -> String {
    let [start, end] = [&range["start"], &range["end"]];
    format!("{}:{}-{}:{}", start["line"], start["character"], end["line"], end["character"])
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// Names lead somewhere and back, and are changed wherever they stand; what is typed is completed.
#[test]
fn names_of_a_plan_are_followed_changed_and_completed() {
    let text = "\
[plan]
title = 'T'
years = [2026]

[[risks]]
id = 1
title = 'Fire'
mitigations = ['m-1', 'm-2']

[[mitigations]]
id = 'm-1'
title = 'Extinguishers'

[[mitigations]]
id = 'm-2'
title = 'Insurance'
status = ''
";
    let folder = Folder::new(&[("plans/p.toml", text)]);
    let path = folder.path("plans/p.toml");
    let mut editor = Editor::start(&able(), &[folder.root()]);
    editor.open(&path, "toml", text);
    let at = |line: u64, character: u64| json!({ "position": { "line": line, "character": character } });
    let line = |places: &Value| -> Vec<u64> {
        places.as_array().unwrap().iter().map(|it| it["range"]["start"]["line"].as_u64().unwrap()).collect()
    };
    let definition = editor.about("textDocument/definition", &path, &at(7, 18));
    assert_eq!(line(&definition), [10]);
    let mut asked = at(10, 7);
    asked["context"] = json!({ "includeDeclaration": true });
    assert_eq!(line(&editor.about("textDocument/references", &path, &asked)), [7, 10]);
    let prepared = editor.about("textDocument/prepareRename", &path, &at(10, 7));
    assert_eq!(prepared["placeholder"], "m-1");
    // A key has no name of its own: said before a new one is asked for.
    let key = json!({ "textDocument": { "uri": uri(&path) }, "position": { "line": 10, "character": 1 } });
    let (_, why) = editor.ask("textDocument/prepareRename", key).unwrap_err();
    assert_eq!(why, "there is no name here: put the cursor on an id, on what refers to one, or on a word of a scale");
    let mut asked = at(10, 7);
    asked["newName"] = json!("fire's");
    let renamed = editor.about("textDocument/rename", &path, &asked);
    let edits = renamed["documentChanges"][0]["edits"].as_array().unwrap();
    let after = edits.iter().rev().fold(text.to_owned(), |text, edit| apply(&text, edit));
    assert!(after.contains(r#"mitigations = ["fire's", 'm-2']"#) && after.contains(r#"id = "fire's""#), "{after}");
    asked["newName"] = json!("m-2");
    asked["textDocument"] = json!({ "uri": uri(&path) });
    let (code, why) = editor.ask("textDocument/rename", asked).unwrap_err();
    assert_eq!((code, why.contains("m-2")), (-32803, true), "{why}");

    let items = editor.about("textDocument/completion", &path, &at(7, 16));
    let labels: Vec<&str> = items.as_array().unwrap().iter().map(|it| it["label"].as_str().unwrap()).collect();
    assert_eq!(labels, ["m-1"], "what is not named yet, and what the cursor stands in");
    // What is typed is not a plan yet, and is completed all the same.
    editor.edit(&path, 2, [17, 0, 17, 0], "ow");
    let items = editor.about("textDocument/completion", &path, &at(17, 2));
    let owner = items.as_array().unwrap().iter().find(|it| it["label"] == "owner").unwrap();
    assert_eq!(range(&owner["textEdit"]["range"]), "17:0-17:2");
    assert!(!owner["textEdit"]["newText"].as_str().unwrap().contains("$1"), "no snippet for an editor that knows none");
}

/// The plans of a portfolio are told of what disagrees between them, whichever of them is edited.
#[test]
fn an_edit_of_one_plan_is_told_in_the_others_of_its_portfolio() {
    let folder = Folder::new(&[]);
    for entry in fs::read_dir("plans/portfolio").unwrap() {
        let entry = entry.unwrap();
        folder.write(
            &format!("plans/{}", entry.file_name().to_string_lossy()),
            &fs::read_to_string(entry.path()).unwrap(),
        );
    }
    let (budget, sector) = (folder.path("plans/budget.toml"), folder.path("plans/normalisation.toml"));
    let mut editor = Editor::start(&able(), &[folder.root()]);
    let shown = |editor: &mut Editor, path: &Path| {
        let shown = editor.shown(path);
        let portfolio = |it: &&Value| it["code"].as_str().is_some_and(|code| code.starts_with("portfolio/"));
        shown.iter().filter(portfolio).cloned().collect::<Vec<_>>()
    };
    let before = (shown(&mut editor, &budget), shown(&mut editor, &sector));
    let text = fs::read_to_string(&sector).unwrap();
    editor.open(&sector, "toml", &text);
    // Every first amount of the sector's plan is another.
    let changed = text.replace("values = [", "values = [1");
    assert_ne!(changed, text);
    editor.change(&sector, 2, &json!([{ "text": changed }]));
    let after = (shown(&mut editor, &budget), shown(&mut editor, &sector));
    assert_ne!(before, after);
    let new: Vec<&Value> =
        after.0.iter().chain(&after.1).filter(|it| !before.0.contains(it) && !before.1.contains(it)).collect();
    let elsewhere = |it: &&&Value| {
        let places = it["relatedInformation"].as_array().into_iter().flatten();
        let files: std::collections::BTreeSet<&str> =
            places.map(|place| place["location"]["uri"].as_str().unwrap()).collect();
        files.len() > 1
    };
    assert!(new.iter().any(|it| elsewhere(&it)), "{new:?}");
    editor.change(&sector, 3, &json!([{ "text": text }]));
    assert_eq!((shown(&mut editor, &budget), shown(&mut editor, &sector)), before);
}

/// After any edits the server has the text that the editor has, and says of it what a fresh check says.
#[test]
fn after_random_edits_the_server_says_what_a_fresh_check_says() {
    let (folder, path, text) = Folder::itu();
    let rules = Rules::standard();
    for (encoding, seed) in [("utf-8", 1_u64), ("utf-16", 2)] {
        let mut able = able();
        able["general"]["positionEncodings"] = json!([encoding]);
        let mut editor = Editor::start(&able, &[folder.root()]);
        let mut text = text.clone();
        editor.open(&path, "toml", &text);
        let (mut dice, mut last) = (fastrand::Rng::with_seed(seed), 0);
        let pieces = ["", "1", "9", "_", "\n", "\r\n", "é", "𝛑", " = ", "[[risks]]\n", "'", "# x\n", "id = \"I.1\"\n"];
        for version in 2..=301 {
            let changes: Vec<Value> = (0..dice.usize(1..3))
                .map(|_| {
                    // As often as not where the last edit was: there the wide characters stand.
                    let near = (last + dice.usize(0..40)).min(text.len());
                    let start = floor(&text, if dice.bool() { near } else { dice.usize(0..=text.len()) });
                    last = start.saturating_sub(20);
                    let end = floor(&text, start + dice.usize(0..12));
                    let piece = pieces[dice.usize(0..pieces.len())];
                    let change = json!({
                        "range": { "start": position(&text, start, encoding), "end": position(&text, end, encoding) },
                        "text": piece,
                    });
                    text.replace_range(byte(&text, start)..byte(&text, end), piece);
                    change
                })
                .collect();
            editor.change(&path, version, &json!(changes));
            // Now and then the drafter takes all back, so that the plan is TOML again.
            if version % 10 == 0 {
                text = fs::read_to_string(&path).unwrap().replacen("9_475_203", &format!("9_475_{version}"), 1);
                editor.change(&path, version, &json!([{ "text": "out of order" }]));
                editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri(&path) } }));
                let document = json!({ "uri": uri(&path), "languageId": "toml", "version": version, "text": text });
                editor.tell("textDocument/didOpen", json!({ "textDocument": document }));
            }
            if version % 5 == 0 || version > 290 {
                let shown = editor.shown(&path);
                let now: Vec<&Value> = shown.iter().filter(|it| !is_stale(it)).collect();
                assert_eq!(summary(&now), fresh(&rules, &path, &text, encoding), "version {version}, seed {seed}");
            }
        }
        assert_eq!(editor.end(), Ended::Well);
    }
}

/// The start of the character that a byte belongs to.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap()
}

fn is_stale(diagnostic: &Value) -> bool {
    diagnostic["message"].as_str().unwrap().starts_with("stale: ")
}

/// A byte at the start of a line end of two bytes, where a byte would lie within it: no position means that byte.
fn byte(text: &str, at: usize) -> usize {
    if at > 0 && text.as_bytes()[at - 1] == b'\r' && text.as_bytes().get(at) == Some(&b'\n') { at - 1 } else { at }
}

fn position(text: &str, at: usize, encoding: &str) -> Value {
    let before = &text[..byte(text, at)];
    let lines = before.replace("\r\n", "\n").replace('\r', "\n");
    let column = lines.rsplit('\n').next().unwrap();
    let column = if encoding == "utf-8" { column.len() } else { column.encode_utf16().count() };
    json!({ "line": lines.matches('\n').count(), "character": column })
}

/// Place, rule and message of each.
fn summary(diagnostics: &[&Value]) -> Vec<(String, String, String)> {
    let one = |it: &&Value| {
        let first = it["message"].as_str().unwrap().lines().next().unwrap().to_owned();
        (it["range"]["start"].to_string(), it["code"].as_str().unwrap_or("-").to_owned(), first)
    };
    let mut all: Vec<_> = diagnostics.iter().map(one).collect();
    all.sort();
    all
}

fn fresh(rules: &Rules, path: &Path, text: &str, encoding: &str) -> Vec<(String, String, String)> {
    let report = Auditor::new(rules).today(2026, 7, 1).audit(&Plan::parse(&path.to_string_lossy(), text));
    let one = |finding: &crossfoot::finding::Finding| {
        let at = usize::try_from(finding.span.start.offset).unwrap();
        (
            position(text, at, encoding).to_string(),
            finding.rule.to_string(),
            finding.message.lines().next().unwrap_or_default().to_owned(),
        )
    };
    let mut all: Vec<_> = report.findings.iter().map(one).collect();
    all.sort();
    all
}

#[test]
fn a_configuration_that_is_deleted_stays_deleted() {
    let plan =
        "[[splits]]\nid = 's'\ntitle = 'S'\nparts = [{ title = 'a', share = 81 }, { title = 'b', share = 22 }]\n";
    let config = "plans = ['plans']\n[levels]\n'shares/*' = 'off'\n";
    let folder = Folder::new(&[("crossfoot.toml", config), ("plans/a.toml", plan)]);
    let mut editor = Editor::start(&able(), &[folder.root()]);
    let (a, config) = (folder.path("plans/a.toml"), folder.path("crossfoot.toml"));
    editor.open(&a, "toml", plan);
    assert_eq!(codes(&editor.published(&a, 1)), [""; 0]);
    fs::remove_file(&config).unwrap();
    let gone = json!({ "changes": [{ "uri": uri(&config), "type": 3 }] });
    editor.tell("workspace/didChangeWatchedFiles", gone);
    assert_eq!(codes(&editor.shown(&a)), ["shares/whole"]);
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri(&a) } }));
    assert_eq!(codes(&editor.shown(&a)), ["shares/whole"]);
    assert_eq!(codes(&editor.shown(&config)), [""; 0]);
}

/// An editor that is killed closes what the server reads and what it writes to.
#[test]
fn a_server_that_nobody_reads_ends() {
    let mut server = std::process::Command::new(env!("CARGO_BIN_EXE_crossfoot"))
        .arg("lsp")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    drop(server.stdout.take());
    let mut input = server.stdin.take().unwrap();
    let ask = |id: u32| json!({ "jsonrpc": "2.0", "id": id, "method": "initialize", "params": { "capabilities": {} } });
    let until = std::time::Instant::now() + std::time::Duration::from_secs(60);
    let mut id = 0;
    // What it cannot write, nobody asks for: it ends, though its input stays open.
    while server.try_wait().unwrap().is_none() {
        assert!(std::time::Instant::now() < until, "the server goes on");
        id += 1;
        let body = ask(id).to_string();
        let _ =
            std::io::Write::write_all(&mut input, format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}
