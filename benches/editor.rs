//! A keystroke in the ITU's plan, from the edit to the diagnostics and to what editors ask after it, over a pipe in memory,
//! beside a whole check: `cargo bench --bench editor`.
#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark may stop at once when something is wrong")]

#[allow(dead_code, clippy::expect_used, reason = "the tests' editor, of which a part is enough here")]
#[path = "../tests/support/editor.rs"]
mod editor;

use std::path::PathBuf;

use crossfoot::{Auditor, Plan, Rules};
use divan::{Bencher, black_box};
use editor::{Editor, able};
use serde_json::json;

fn main() {
    divan::main();
}

/// An editor with the plan open alone, and a figure of it that is typed over: line, column.
struct Desk {
    _folder: tempfile::TempDir,
    path: PathBuf,
    editor: Editor,
    place: [u64; 4],
    version: i64,
}

impl Desk {
    fn new() -> Self {
        let text = std::fs::read_to_string("plans/itu-2020-2023.toml").unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plans/itu.toml");
        std::fs::create_dir(folder.path().join("plans")).unwrap();
        std::fs::write(&path, &text).unwrap();
        let mut editor = Editor::start(&able(), &[folder.path()]);
        editor.open(&path, "toml", &text);
        editor.published(&path, 1);
        let at = text.find("9_475_203").unwrap();
        let line = text[..at].matches('\n').count() as u64;
        let column = (at - text[..at].rfind('\n').unwrap() - 1) as u64;
        Self { _folder: folder, path, editor, place: [line, column, line, column + 1], version: 1 }
    }

    /// Another first digit.
    fn type_digit(&mut self) {
        self.version += 1;
        let digit = ["9", "8"][usize::try_from(self.version % 2).unwrap()];
        self.editor.edit(&self.path, self.version, self.place, digit);
    }
}

#[divan::bench]
fn check_fresh(bencher: Bencher) {
    let text = std::fs::read_to_string("plans/itu-2020-2023.toml").unwrap();
    let rules = Rules::standard();
    bencher.bench(|| Auditor::new(&rules).audit(&Plan::parse("plan.toml", black_box(&text))));
}

#[divan::bench]
fn keystroke_to_diagnostics(bencher: Bencher) {
    let mut desk = Desk::new();
    bencher.bench_local(|| {
        desk.type_digit();
        desk.editor.published(&desk.path, desk.version)
    });
}

#[divan::bench(args = ["inlayHint", "codeLens", "documentSymbol", "foldingRange", "hover", "completion", "codeAction"])]
fn keystroke_to_answer(bencher: Bencher, request: &str) {
    let mut desk = Desk::new();
    let [line, column, ..] = desk.place;
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 60, "character": 0 } });
    let more = json!({
        "position": { "line": line, "character": column }, "range": range, "context": { "diagnostics": [] },
    });
    bencher.bench_local(|| {
        desk.type_digit();
        desk.editor.about(&format!("textDocument/{request}"), &desk.path, &more)
    });
}
