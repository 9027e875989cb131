//! The files of rules that are open, and the roots that they belong to: what one question needs, kept for the next.
//!
//! A root's shared code is read and compiled once, until something of it changes.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use super::{RuleText, Told};
use crate::rules::{CasesRun, PACK_FILE, RuleRoot};

/// The files of rules that are open.
#[derive(Debug, Default)]
pub(in crate::lsp) struct RuleDesk {
    /// Folders that are known to be roots of rules: those of the configuration.
    known: Vec<PathBuf>,
    texts: BTreeMap<PathBuf, String>,
    roots: HashMap<PathBuf, RuleRoot>,
    /// What became of the cases of a file the last time, and with which text.
    runs: BTreeMap<PathBuf, (String, CasesRun)>,
}

impl RuleDesk {
    /// Says which folders are roots of rules or packs.
    pub(in crate::lsp) fn set_roots(&mut self, known: Vec<PathBuf>) {
        if self.known != known {
            self.known = known;
            self.roots.clear();
        }
    }

    /// Takes the text of a file that is open.
    pub(in crate::lsp) fn set_text(&mut self, file: &Path, text: String) {
        self.texts.insert(file.to_owned(), text);
        self.forget(file);
    }

    /// Lets go of a file that is no longer open.
    pub(in crate::lsp) fn close(&mut self, file: &Path) {
        self.texts.remove(file);
        self.runs.remove(file);
        self.forget(file);
    }

    /// Says that a file on disk changed, came or went.
    pub(in crate::lsp) fn changed_on_disk(&mut self, file: &Path) {
        if file.extension().is_some_and(|ending| ending == "rhai") {
            self.forget(file);
            // A rule may have been run with this file as its shared code.
            self.runs.clear();
        } else if file.file_name().is_some_and(|name| name == PACK_FILE) {
            self.roots.clear();
        } else if let Some(cases) = file.parent() {
            self.runs.remove(&cases.with_extension("rhai"));
        }
    }

    /// The files that are open.
    pub(in crate::lsp) fn files(&self) -> Vec<PathBuf> {
        self.texts.keys().cloned().collect()
    }

    /// Other open files whose faults may have changed with a file: those that can import it.
    pub(in crate::lsp) fn touched_by(&mut self, file: &Path) -> Vec<PathBuf> {
        let root = RuleRoot::of(file, &self.known);
        let shares = self.root(file).shares(file);
        let others = self.texts.keys().filter(|other| shares && *other != file && other.starts_with(&root));
        others.cloned().collect()
    }

    /// An open file with what is known around it.
    pub(in crate::lsp) fn with<T>(&mut self, file: &Path, ask: impl FnOnce(&RuleText<'_>) -> T) -> Option<T> {
        let text = self.texts.get(file)?.clone();
        let root = self.root(file);
        Some(ask(&RuleText::new(root, file, &text)))
    }

    /// What is to be told of an open file.
    pub(in crate::lsp) fn diagnose(&mut self, file: &Path) -> Vec<Told> {
        self.with(file, |text| text.diagnose()).unwrap_or_default()
    }

    /// Runs the cases of a file as it is open, or as it is on disk.
    pub(in crate::lsp) fn run_cases(&mut self, file: &Path) -> Option<CasesRun> {
        let text = self.texts.get(file).cloned().or_else(|| std::fs::read_to_string(file).ok())?;
        let texts = self.texts.clone();
        let run = self.root(file).run_cases(file, &text, &|path| texts.get(path).cloned());
        self.runs.insert(file.to_owned(), (text, run.clone()));
        Some(run)
    }

    /// What became of the cases of a file the last time, unless its text has changed since.
    pub(in crate::lsp) fn last_run(&self, file: &Path) -> Option<&CasesRun> {
        let (text, run) = self.runs.get(file)?;
        (self.texts.get(file) == Some(text)).then_some(run)
    }

    fn root(&mut self, file: &Path) -> &RuleRoot {
        let path = RuleRoot::of(file, &self.known);
        let texts = &self.texts;
        let read = || RuleRoot::read(&path, &|file| texts.get(file).cloned());
        self.roots.entry(path.clone()).or_insert_with(read)
    }

    /// Shared code is compiled anew once it has changed; rules are compiled each time they are asked about.
    fn forget(&mut self, file: &Path) {
        let path = RuleRoot::of(file, &self.known);
        if self.roots.get(&path).is_some_and(|root| root.shares(file)) {
            self.roots.remove(&path);
        }
    }
}
