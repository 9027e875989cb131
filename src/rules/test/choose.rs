//! Which rules and cases are tested: ids, globs and paths, and the filter over `rule/case`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use globset::{GlobBuilder, GlobMatcher};

use crate::finding::FailureKind;
use crate::rules::{Case, Origin, Rule, Rules};

/// What was chosen; nothing chosen is everything.
#[derive(Clone, Debug, Default)]
pub(super) struct Chosen {
    /// Rules with all their cases, by id.
    rules: BTreeSet<Arc<str>>,
    /// Single cases, by rule and name.
    cases: BTreeSet<(Arc<str>, String)>,
    any: bool,
}

impl Chosen {
    /// Adds what a word names: a rule by id, glob or folder, or an existing path. Whether it names anything here.
    pub(super) fn add(&mut self, rules: &Rules, what: &str) -> bool {
        let before = (self.rules.len(), self.cases.len());
        let path = Path::new(what);
        let mut named = if path.exists() { self.add_path(rules, path) } else { false };
        if !named {
            named = self.add_pattern(rules, what);
        }
        self.any |= named || before != (self.rules.len(), self.cases.len());
        named
    }

    fn add_path(&mut self, rules: &Rules, path: &Path) -> bool {
        let path = real(path);
        let mut named = false;
        for (id, file) in files(rules) {
            let file = real(Path::new(&*file));
            if file == path || (path.is_dir() && file.starts_with(&path)) || file.with_extension("") == path {
                self.rules.insert(Arc::clone(&id));
                named = true;
            }
        }
        let on_disk = |rule: &&Arc<Rule>| matches!(rule.origin(), Origin::File(_) | Origin::Pack { .. });
        for rule in rules.iter().chain(rules.helpers()).filter(on_disk) {
            for case in rule.cases().iter().filter(|case| real(Path::new(case.name())) == path) {
                self.cases.insert((Arc::clone(rule.id()), case.name().to_owned()));
                named = true;
            }
        }
        for lost in rules.lost_cases() {
            let folder = real(Path::new(&*lost.folder));
            if folder == path || path.parent() == Some(&folder) || (path.is_dir() && folder.starts_with(&path)) {
                self.rules.insert(lost.id);
                named = true;
            }
        }
        named | is_in_unusable_pack(rules, &path)
    }

    fn add_pattern(&mut self, rules: &Rules, what: &str) -> bool {
        let trimmed = what.trim_end_matches('/');
        let pattern = glob(trimmed);
        let folder = format!("{trimmed}/");
        let mut named = false;
        let lost = rules.lost_cases().into_iter().map(|lost| lost.id);
        for id in files(rules).into_iter().map(|(id, _)| id).chain(lost) {
            if *id == *trimmed || id.starts_with(&folder) || pattern.as_ref().is_some_and(|glob| glob.is_match(&*id)) {
                self.rules.insert(id);
                named = true;
            }
        }
        named
    }

    pub(super) fn takes_rule(&self, id: &str) -> bool {
        !self.any || self.rules.contains(id) || self.cases.iter().any(|(rule, _)| **rule == *id)
    }

    pub(super) fn takes_case(&self, rule: &Rule, case: &Case) -> bool {
        let one = || self.cases.contains(&(Arc::clone(rule.id()), case.name().to_owned()));
        !self.any || self.rules.contains(rule.id()) || one()
    }
}

/// Ids and files of all rules, also of those that do not compile.
pub(super) fn files(rules: &Rules) -> Vec<(Arc<str>, Arc<str>)> {
    let failed = rules.failures().iter().filter_map(|failure| Some((failure.rule.clone()?, Arc::clone(&failure.file))));
    let all = rules.iter().chain(rules.helpers());
    let mut files: Vec<_> =
        all.map(|rule| (Arc::clone(rule.id()), rule.source().shared_name())).chain(failed).collect();
    files.sort();
    files.dedup();
    files
}

/// Whether a path is a pack that cannot be used, or stands in one: what is wrong with it is then what there is to say.
fn is_in_unusable_pack(rules: &Rules, path: &Path) -> bool {
    let packs = rules.failures().iter().filter(|failure| failure.kind == FailureKind::Pack);
    let mut folders = packs.filter_map(|failure| Path::new(&*failure.file).parent().map(real));
    folders.any(|folder| path.starts_with(folder))
}

/// One name for one file.
fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

fn glob(pattern: &str) -> Option<GlobMatcher> {
    let special = pattern.contains(['*', '?', '[', '{']);
    special.then(|| GlobBuilder::new(pattern).build().ok()).flatten().map(|glob| glob.compile_matcher())
}

/// A part of `rule/case`, or a glob over it.
#[derive(Clone, Debug)]
pub(super) enum Filter {
    Part(String),
    Glob(GlobMatcher),
}

impl Filter {
    pub(super) fn new(text: &str) -> Self {
        glob(text).map_or_else(|| Self::Part(text.to_owned()), Self::Glob)
    }

    pub(super) fn takes(&self, rule: &Rule, case: &Case) -> bool {
        let name = format!("{}/{}", rule.id(), case.stem());
        match self {
            Self::Part(part) => name.contains(part),
            Self::Glob(glob) => glob.is_match(&name),
        }
    }
}
