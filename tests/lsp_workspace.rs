//! The language server over several files: configurations within each other, and names that reach beyond one plan.

#![allow(clippy::unwrap_used, reason = "a test may end where something is not as expected")]

#[allow(dead_code, reason = "an editor can do more than is asked of it here")]
#[path = "support/editor.rs"]
mod editor;
#[allow(dead_code, reason = "not every folder has the ITU's plan")]
#[path = "support/folder.rs"]
mod folder;

use std::fs;
use std::path::Path;

use crossfoot::lsp::Ended;
use editor::{Editor, able, apply, uri};
use folder::Folder;
use serde_json::{Value, json};

/// A plan of which one rule finds something, and of which a level says who does.
const PLAN: &str = "[plan]\ntitle = 'T'\nyears = [2026]\n\n[[splits]]\nid = 's'\ntitle = 'S'\nparts = [{ title = 'a', share = 81 }, { title = 'b', share = 22 }]\n";

/// A configuration that gives the rule a level.
fn config(level: &str, plans: &str) -> String {
    format!("plans = [{plans}]\n[levels]\n'shares/whole' = '{level}'\n")
}

/// The severities of what is shown of some files: `1` an error, `2` a warning, `3` a remark.
fn shown(editor: &mut Editor, folder: &Folder, names: &[&str]) -> String {
    let mut out = String::new();
    for name in names {
        let shown = editor.shown(&folder.path(name));
        let severities: Vec<String> = shown.iter().map(|it| it["severity"].to_string()).collect();
        out += &format!("{name}: {}\n", severities.join(" "));
    }
    out
}

fn told_of_disk(editor: &mut Editor, path: &Path, kind: u32) {
    editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri(path), "type": kind }] }));
}

/// However many configurations count a plan: the nearest one above it audits it, and nobody else says anything of it.
#[test]
fn a_plan_belongs_to_the_nearest_configuration_above_it() {
    let folder = Folder::new(&[
        ("crossfoot.toml", &config("error", "'plans', 'shared'")),
        ("plans/a.toml", PLAN),
        ("plans/roads/crossfoot.toml", &config("info", "'.'")),
        ("plans/roads/b.toml", PLAN),
        ("plans/roads/old/c.toml", PLAN),
        ("shared/d.toml", PLAN),
    ]);
    let files = ["plans/a.toml", "plans/roads/b.toml", "plans/roads/old/c.toml", "shared/d.toml"];
    let expected = "plans/a.toml: 1\nplans/roads/b.toml: 3\nplans/roads/old/c.toml: 3\nshared/d.toml: 1\n";
    let roads = folder.path("plans/roads");
    // One folder, both in either order, and the inner one opened later.
    for folders in [vec![folder.root()], vec![folder.root(), &roads], vec![&*roads, folder.root()]] {
        let mut editor = Editor::start(&able(), &folders);
        assert_eq!(shown(&mut editor, &folder, &files), expected);
        let b = folder.path("plans/roads/b.toml");
        editor.open(&b, "toml", PLAN);
        assert_eq!(shown(&mut editor, &folder, &files), expected);
        let pulled = editor.about("textDocument/diagnostic", &b, &json!({}));
        assert_eq!(pulled["items"].as_array().unwrap().len(), 1);
        let found = editor.ask("workspace/symbol", json!({ "query": "S" })).unwrap();
        let of_b = found.as_array().unwrap().iter().filter(|it| it["location"]["uri"] == uri(&b)).count();
        assert_eq!(of_b, 1, "{found}");
        editor.edit(&b, 2, [7, 32, 7, 34], "78");
        assert_eq!(shown(&mut editor, &folder, &files), expected.replace("b.toml: 3", "b.toml: "));
        editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri(&b) } }));
        assert_eq!(shown(&mut editor, &folder, &files), expected);
    }

    let mut editor = Editor::start(&able(), &[&roads]);
    assert_eq!(
        shown(&mut editor, &folder, &files),
        "plans/a.toml: \nplans/roads/b.toml: 3\nplans/roads/old/c.toml: 3\nshared/d.toml: \n"
    );
    let event = json!({ "added": [{ "uri": uri(folder.root()), "name": "f" }], "removed": [] });
    editor.tell("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
    assert_eq!(shown(&mut editor, &folder, &files), expected);
    let event = json!({ "added": [], "removed": [{ "uri": uri(&roads), "name": "f" }] });
    editor.tell("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
    assert_eq!(shown(&mut editor, &folder, &files), expected, "the outer folder has the inner one in it");
}

/// A configuration that comes or goes takes its plans from the outer one, or gives them back, open or not.
#[test]
fn plans_change_hands_when_a_configuration_comes_or_goes() {
    let folder = Folder::new(&[
        ("crossfoot.toml", &config("error", "'plans'")),
        ("plans/a.toml", PLAN),
        ("plans/roads/b.toml", PLAN),
        ("plans/roads/c.toml", PLAN),
        ("notes/e.toml", PLAN),
    ]);
    let files = ["plans/a.toml", "plans/roads/b.toml", "plans/roads/c.toml", "notes/e.toml"];
    let mut editor = Editor::start(&able(), &[folder.root()]);
    editor.open(&folder.path("plans/roads/b.toml"), "toml", PLAN);
    // Counted by nobody, and so audited by itself under the nearest configuration.
    editor.open(&folder.path("notes/e.toml"), "toml", PLAN);
    let before = "plans/a.toml: 1\nplans/roads/b.toml: 1\nplans/roads/c.toml: 1\nnotes/e.toml: 1\n";
    assert_eq!(shown(&mut editor, &folder, &files), before);
    let inner = folder.write("plans/roads/crossfoot.toml", &config("info", ""));
    let notes = folder.write("notes/crossfoot.toml", &config("warning", "'none.toml'"));
    told_of_disk(&mut editor, &inner, 1);
    told_of_disk(&mut editor, &notes, 1);
    let after = "plans/a.toml: 1\nplans/roads/b.toml: 3\nplans/roads/c.toml: 3\nnotes/e.toml: 2\n";
    assert_eq!(shown(&mut editor, &folder, &files), after);
    for config in [inner, notes] {
        fs::remove_file(&config).unwrap();
        told_of_disk(&mut editor, &config, 3);
    }
    assert_eq!(shown(&mut editor, &folder, &files), before);
}

/// Plans below no configuration that several count are said to the editor by one of them, with the text that is open.
#[test]
fn a_plan_that_several_count_is_told_of_once() {
    let folder = Folder::new(&[
        ("one/crossfoot.toml", &config("info", "'../shared'")),
        ("two/crossfoot.toml", &config("warning", "'../shared'")),
        ("shared/d.toml", PLAN),
        ("plans/plans/f.toml", PLAN),
    ]);
    let (one, two, plans) = (folder.path("one"), folder.path("two"), folder.path("plans"));
    let mut editor = Editor::start(&able(), &[&two, &one, folder.root(), &plans]);
    let files = ["shared/d.toml", "plans/plans/f.toml"];
    let expected = "shared/d.toml: 3\nplans/plans/f.toml: 1\n";
    assert_eq!(shown(&mut editor, &folder, &files), expected);
    let d = folder.path("shared/d.toml");
    editor.open(&d, "toml", PLAN);
    editor.open(&folder.path("plans/plans/f.toml"), "toml", PLAN);
    assert_eq!(shown(&mut editor, &folder, &files), expected);
    let removed = json!({ "event": { "added": [], "removed": [{ "uri": uri(&one), "name": "f" }] } });
    editor.edit(&d, 2, [7, 32, 7, 34], "78");
    editor.tell("workspace/didChangeWorkspaceFolders", removed);
    assert_eq!(shown(&mut editor, &folder, &files), expected.replace(": 3", ": "), "the other has the text as well");
    editor.edit(&d, 3, [7, 32, 7, 34], "81");
    assert_eq!(shown(&mut editor, &folder, &files), expected.replace(": 3", ": 2"));
}

/// Links give one configuration names without end.
#[cfg(unix)]
#[test]
fn a_link_back_to_the_outer_folder_ends() {
    let folder = Folder::new(&[
        ("crossfoot.toml", &config("error", "'plans'")),
        ("plans/roads/crossfoot.toml", &config("info", "'.'")),
        ("plans/roads/b.toml", PLAN),
    ]);
    std::os::unix::fs::symlink(folder.path("plans"), folder.path("plans/roads/back")).unwrap();
    let mut editor = Editor::start(&able(), &[folder.root()]);
    assert_eq!(shown(&mut editor, &folder, &["plans/roads/b.toml"]), "plans/roads/b.toml: 3\n");
    assert_eq!(editor.end(), Ended::Well);
}

/// A plan of which two findings are allowed: one by a comment, one by the configuration.
const TOWN: &str = "\
[plan]
title = 'T'
years = [2026]

# As objectives[A] is, in prose: nobody's to change.
[[objectives]]
id = 'A'
title = 'A'
outcomes = [{ id = 'A-a', title = 'U', indicators = ['i'], means = ['m'] }]
# crossfoot: allow totals/outputs: 𝛑, see objectives[A].outputs[A-1].cost and objectives[B].total.
total.2026 = 5
outputs = [{ id = 'A-1', title = 'O', cost = { 2026 = 9 } }]

[[objectives]]
id = 'B'
title = 'B'
outcomes = [{ id = 'B-a', title = 'U', indicators = ['i'], means = ['m'] }]
total.2026 = 6
outputs = [{ id = 'B-1', title = 'O', cost = { 2026 = 8 } }]
";

const ALLOWS: &str = "\
plans = ['plans']

[[allow]] # one
rule = 'totals/outputs'
path = 'objectives[\"B\"].total.2026'
reason = 'é: objectives[B].outputs[B-1] is late'
file = 'plans/town.toml' # this one

[[allow]]
rule = 'totals/outputs'
path = 'objectives[B].total.2026'
reason = 'of the others'
file = 'plans/v*.toml'
";

/// The texts of files after an edit of the workspace, and how many edits each has.
fn edited(edit: &Value, files: &[(&str, &str)], folder: &Folder) -> Vec<(usize, String)> {
    let of = |name: &str| {
        let uri = uri(&folder.path(name));
        let changes = edit["documentChanges"].as_array().unwrap().iter();
        let mut changes = changes.filter(move |change| change["textDocument"]["uri"] == uri);
        let edits = changes.next().map(|change| change["edits"].as_array().unwrap().clone()).unwrap_or_default();
        assert!(changes.next().is_none());
        edits
    };
    let after = |(name, text): &(&str, &str)| {
        let edits = of(name);
        (edits.len(), edits.iter().rev().fold((*text).to_owned(), |text, edit| apply(&text, edit)))
    };
    files.iter().map(after).collect()
}

fn place(text: &str, words: &str, more: usize) -> Value {
    let at = text.find(words).unwrap() + more;
    let column = at - text[..at].rfind('\n').map_or(0, |at| at + 1);
    json!({ "line": text[..at].matches('\n').count(), "character": column })
}

/// What was allowed stays allowed under the new name, in comments and in the configuration.
#[test]
fn a_rename_reaches_the_allowances() {
    let folder = Folder::new(&[
        ("crossfoot.toml", ALLOWS),
        ("plans/town.toml", TOWN),
        ("plans/village.toml", "[plan]\ntitle = 'V'\nyears = [2026]\n"),
    ]);
    let (town, config) = (folder.path("plans/town.toml"), folder.path("crossfoot.toml"));
    let files = [("plans/town.toml", TOWN), ("crossfoot.toml", ALLOWS)];
    let mut editor = Editor::start(&able(), &[folder.root()]);
    editor.open(&town, "toml", TOWN);
    let before: Vec<Value> = editor.shown(&town);
    assert_eq!(before, Vec::<Value>::new());

    // A comment with its wide characters.
    let rename = |editor: &mut Editor, id: &str, new: &str| {
        let asked = json!({ "position": place(TOWN, &format!("id = '{id}'"), 6), "newName": new });
        editor.about("textDocument/rename", &town, &asked)
    };
    let renamed = edited(&rename(&mut editor, "A-1", "A-7"), &files, &folder);
    assert_eq!(renamed[0], (2, TOWN.replace("id = 'A-1'", "id = 'A-7'").replace("[A-1].cost", "[A-7].cost")));
    assert_eq!(renamed[1].0, 0);
    let renamed = edited(&rename(&mut editor, "A", "A.1"), &files, &folder);
    assert_eq!(
        renamed[0],
        (2, TOWN.replace("id = 'A'", "id = 'A.1'").replace("objectives[A].outputs", "objectives[A.1].outputs"))
    );

    // The configuration, which is not open: its path, its reason, and nothing of another plan's entry.
    let renamed = edited(&rename(&mut editor, "B", "C"), &files, &folder);
    assert_eq!(
        renamed[0],
        (2, TOWN.replace("id = 'B'", "id = 'C'").replace("objectives[B].total.", "objectives[C].total."))
    );
    let expected =
        ALLOWS.replacen("[\"B\"].total", "[C].total", 1).replacen("objectives[B].outputs", "objectives[C].outputs", 1);
    assert_eq!(renamed[1], (2, expected.clone()));
    let (id, place_in_config) = (place(TOWN, "id = 'B'", 6), place(ALLOWS, "\"B\"", 0));
    let asked = json!({ "position": id, "context": { "includeDeclaration": false } });
    let found = editor.about("textDocument/references", &town, &asked);
    let starts: Vec<&Value> = found
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["uri"] == uri(&config))
        .map(|it| &it["range"]["start"])
        .collect();
    assert_eq!((found.as_array().unwrap().len(), starts[0]), (3, &place_in_config), "{found}");

    // Made, nothing is found that was allowed.
    folder.write("crossfoot.toml", &expected);
    told_of_disk(&mut editor, &config, 2);
    editor.change(&town, 2, &json!([{ "text": renamed[0].1 }]));
    assert_eq!(editor.shown(&town), before);

    // Open and not saved, its text counts; with a version, and whatever else is wrong in it.
    editor.change(&town, 3, &json!([{ "text": TOWN }]));
    let typed = format!("level = 3\n\n{ALLOWS}");
    editor.open(&config, "toml", &typed);
    let edit = rename(&mut editor, "B", "C");
    let renamed = edited(&edit, &[("crossfoot.toml", &typed)], &folder);
    assert_eq!(renamed[0], (2, format!("level = 3\n\n{expected}")));
    let of_config = |change: &&Value| change["textDocument"]["uri"] == uri(&config);
    let change = edit["documentChanges"].as_array().unwrap().iter().find(of_config).unwrap();
    assert_eq!(change["textDocument"]["version"], 1);
    editor.change(&config, 2, &json!([{ "text": "plans = [\n" }]));
    let asked = json!({ "textDocument": { "uri": uri(&town) }, "position": id, "newName": "C" });
    let (_, why) = editor.ask("textDocument/rename", asked).unwrap_err();
    assert!(
        why.ends_with("crossfoot.toml is no TOML at the moment, and names in it would be missed: mend it first"),
        "{why}"
    );
}

/// An allowance that speaks of other plans as well stays for them.
#[test]
fn an_allowance_of_several_plans_is_written_once_more() {
    let allows = "plans = ['plans']\r\n[[allow]]\r\nrule = 'totals/outputs'\r\npath = 'objectives[B].total.2026'\r\nreason = 'agreed' # in June\r\n\r\n[levels]\r\n";
    let inline = "allow = [{ rule = 'totals/outputs', path = 'objectives[B].total.2026', reason = 'agreed' }]\nplans = ['plans']\n";
    for (allows, expected) in [
        (allows, allows.replace("\r\n\r\n", "\r\n\r\n[[allow]]\r\nrule = 'totals/outputs'\r\npath = 'objectives[C].total.2026'\r\nreason = 'agreed'\r\n\r\n")),
        (inline, inline.replace(" }]", " }, { rule = 'totals/outputs', path = 'objectives[C].total.2026', reason = 'agreed' }]")),
    ] {
        let folder = Folder::new(&[("crossfoot.toml", allows), ("plans/town.toml", TOWN), ("plans/village.toml", TOWN)]);
        let (town, village, config) = (folder.path("plans/town.toml"), folder.path("plans/village.toml"), folder.path("crossfoot.toml"));
        let mut editor = Editor::start(&able(), &[folder.root()]);
        editor.open(&town, "toml", TOWN);
        let asked = json!({ "position": place(TOWN, "id = 'B'", 6), "newName": "C" });
        let edit = editor.about("textDocument/rename", &town, &asked);
        let renamed = edited(&edit, &[("plans/town.toml", TOWN), ("crossfoot.toml", allows)], &folder);
        assert_eq!(renamed[1], (1, expected));
        folder.write("crossfoot.toml", &renamed[1].1);
        told_of_disk(&mut editor, &config, 2);
        editor.change(&town, 2, &json!([{ "text": renamed[0].1 }]));
        for file in [&town, &village, &config] {
            assert_eq!(editor.shown(file), Vec::<Value>::new(), "{}", file.display());
        }
    }
}

/// A path in a comment of a plan of plans leads into its parts.
#[test]
fn comments_name_things_of_the_parts_of_a_portfolio() {
    let whole = "[plan]\ntitle = 'W'\nid = 'W'\nportfolio = 'p'\nyears = [2026]\n# crossfoot: allow totals/plan: tables[t].rows[a] is late\nparts = [{ plan = 'R' }]\n";
    let part = "[plan]\ntitle = 'R'\nid = 'R'\nportfolio = 'p'\nyears = [2026]\n\n[[tables]]\nid = 't'\ncolumns = ['x']\nrows = [{ id = 'a', values = [1] }]\n";
    let folder = Folder::new(&[("plans/whole.toml", whole), ("plans/part.toml", part)]);
    let path = folder.path("plans/part.toml");
    let mut editor = Editor::start(&able(), &[folder.root()]);
    editor.open(&path, "toml", part);
    let asked = json!({ "position": place(part, "id = 'a'", 6), "newName": "b" });
    let edit = editor.about("textDocument/rename", &path, &asked);
    let renamed = edited(&edit, &[("plans/whole.toml", whole)], &folder);
    assert_eq!(renamed[0], (1, whole.replace("rows[a]", "rows[b]")));
}
