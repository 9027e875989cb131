//! The language server, as an editor meets it: over a pipe, in bytes.

#![allow(clippy::unwrap_used, reason = "a test may end where something is not as expected")]

#[path = "support/editor.rs"]
mod editor;

use std::fs;
use std::path::{Path, PathBuf};

use crossfoot::lsp::Ended;
use crossfoot::{Auditor, Plan, Rules};
use editor::{Editor, able, apply, uri};
use serde_json::{Value, json};

/// A folder with the ITU's plan in it, alone.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    fn itu() -> (Self, PathBuf, String) {
        let text = fs::read_to_string("plans/itu-2020-2023.toml").unwrap();
        let folder = Self::new(&[("plans/itu.toml", &text)]);
        let path = folder.path("plans/itu.toml");
        (folder, path, text)
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }
}

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
