//! Finds rule files in a folder, and the cases beside them.
//!
//! It reads; it compiles nothing.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use super::cases::Case;
use super::{Draft, Origin};
use crate::source::SourceText;

/// A folder of rules could not be read.
#[derive(Debug)]
pub struct RulesError {
    /// The path as given or found.
    pub path: PathBuf,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for RulesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot read rules from {}: {}", self.path.display(), self.message)
    }
}

impl std::error::Error for RulesError {}

/// Every `*.rhai` file below a folder, by path.
pub(super) fn drafts(folder: &Path) -> Result<Vec<Draft>, RulesError> {
    let fault = |path: &Path, message: String| RulesError { path: path.to_owned(), message };
    if !folder.is_dir() {
        let what = if folder.exists() { "it is no folder" } else { "there is no such folder" };
        return Err(fault(folder, what.to_owned()));
    }
    let mut drafts = Vec::new();
    let visible =
        |entry: &walkdir::DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
    for entry in WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(visible) {
        let entry = entry.map_err(|error| {
            fault(
                error.path().unwrap_or(folder),
                error.io_error().map_or_else(|| error.to_string(), ToString::to_string),
            )
        })?;
        let path = entry.path();
        if path.extension().is_some_and(|extension| extension == "rhai") && path.is_file() {
            drafts.push(draft(folder, path).map_err(|message| fault(path, message))?);
        }
    }
    if drafts.is_empty() {
        return Err(fault(folder, "there is no rule in it: expected files named *.rhai".to_owned()));
    }
    Ok(drafts)
}

fn draft(folder: &Path, path: &Path) -> Result<Draft, String> {
    let relative = path.strip_prefix(folder).unwrap_or(path).with_extension("");
    let id = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
    let name: Arc<str> = path.to_string_lossy().replace('\\', "/").into();
    Ok(Draft {
        id,
        origin: Origin::File(Arc::clone(&name)),
        source: read(path)?,
        cases: cases(&path.with_extension(""))?,
    })
}

fn read(path: &Path) -> Result<SourceText, String> {
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    SourceText::from_bytes(path.to_string_lossy().replace('\\', "/"), bytes)
        .map_err(|fault| format!("not UTF-8 at offset {} (line {})", fault.offset, fault.line))
}

/// The cases of a rule: the TOML files in the folder of its name.
fn cases(folder: &Path) -> Result<Vec<Case>, String> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = std::fs::read_dir(folder).map_err(|error| error.to_string())?;
    let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    paths.iter().map(|path| read(path).map(|source| Case::read(source.name(), source.text()))).collect()
}

/// A text given inside another program, without the indent that all its lines share.
pub(super) fn unindented(text: &str) -> String {
    let text = text.trim_start_matches('\n');
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let shared = text.lines().filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or(0);
    text.lines().map(|line| line.get(shared..).unwrap_or_default()).collect::<Vec<_>>().join("\n")
}
