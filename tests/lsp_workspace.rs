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
use editor::{Editor, able, uri};
use folder::Folder;
use serde_json::json;

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
