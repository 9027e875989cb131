//! Which diagnostics each file is shown, of all that the projects have to say, and what the editor was shown last.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use lsp_types::{Diagnostic, PublishDiagnosticsParams};

use super::client::Client;
use super::diagnostics::{ByFile, Maker};
use super::documents::Documents;
use super::names::uri_of;
use super::project::{Key, Project};
use super::workspace::{Kind, Workspace};
use crate::finding::{Failure, FailureKind};
use crate::source::SourceText;

/// What was made of the projects, and what the editor has.
#[derive(Debug, Default)]
pub(super) struct Published {
    by_project: BTreeMap<Key, ByFile>,
    /// Files whose diagnostics are about themselves alone: configurations and rules as they are typed.
    own: ByFile,
    shown: BTreeMap<Arc<str>, (Option<i32>, Vec<Diagnostic>)>,
    /// What was logged of failures that no file of the editor's can show, as long as they last.
    logged: BTreeMap<Key, BTreeSet<String>>,
    /// Whether there may be something that the editor does not show yet.
    has_news: bool,
}

impl Published {
    /// Takes what a project says now. Returns what can only be logged.
    pub(super) fn take(&mut self, project: &Project, documents: &Documents, client: &Client) -> Vec<String> {
        let (by_file, unplaced) = of_project(project, documents, client);
        self.by_project.insert(project.key.clone(), by_file);
        self.has_news = true;
        let unplaced: BTreeSet<String> = unplaced.into_iter().collect();
        let before = self.logged.insert(project.key.clone(), unplaced.clone()).unwrap_or_default();
        unplaced.difference(&before).cloned().collect()
    }

    /// Forgets projects that are no more.
    pub(super) fn keep(&mut self, workspace: &Workspace) {
        let before = self.by_project.len();
        self.by_project.retain(|key, _| workspace.projects.contains_key(key));
        self.logged.retain(|key, _| workspace.projects.contains_key(key));
        self.has_news |= self.by_project.len() < before;
    }

    /// Takes what is said of a document by itself; nothing where it is closed.
    pub(super) fn take_own(&mut self, name: &Arc<str>, diagnostics: Option<Vec<Diagnostic>>) {
        self.has_news = true;
        match diagnostics {
            Some(diagnostics) => drop(self.own.insert(Arc::clone(name), diagnostics)),
            None => drop(self.own.remove(name)),
        }
    }

    /// All that there is to say of a file: of a plan what its own project says.
    pub(super) fn of(&self, name: &str, workspace: &Workspace) -> Vec<Diagnostic> {
        let mut all: Vec<Diagnostic> = self.own.get(name).cloned().unwrap_or_default();
        let home = workspace.home(name).map(|project| &project.key);
        let saying = self.by_project.iter().filter(|(key, _)| home.is_none_or(|home| home == *key));
        for diagnostic in saying.filter_map(|(_, by_file)| by_file.get(name)).flatten() {
            if !all.contains(diagnostic) {
                all.push(diagnostic.clone());
            }
        }
        all.sort_by_key(|diagnostic| (diagnostic.range.start, diagnostic.range.end));
        all
    }

    /// What is to be sent so that the editor shows what there is to say.
    pub(super) fn news(&mut self, workspace: &Workspace, documents: &Documents) -> Vec<PublishDiagnosticsParams> {
        if !std::mem::take(&mut self.has_news) {
            return Vec::new();
        }
        let said = self.by_project.values().flat_map(BTreeMap::keys).chain(self.own.keys());
        let open = documents.iter().map(|(name, _)| name);
        let names: BTreeSet<Arc<str>> = said.chain(self.shown.keys()).chain(open).cloned().collect();
        let mut news = Vec::new();
        for name in names {
            let document = documents.get(&name);
            let is_shown = !matches!(workspace.kind(&name), Kind::Case | Kind::Other) || document.is_none();
            let diagnostics = if is_shown { self.of(&name, workspace) } else { Vec::new() };
            let version = document.map(|document| document.version);
            let known = self.shown.get(&name);
            let is_same = match known {
                Some((shown, known)) => *shown == version && *known == diagnostics,
                None => diagnostics.is_empty() && (document.is_none() || !is_shown),
            };
            if is_same {
                continue;
            }
            let uri = document.map(|document| document.uri.clone()).or_else(|| uri_of(&name));
            if diagnostics.is_empty() && document.is_none() {
                self.shown.remove(&name);
            } else {
                self.shown.insert(name, (version, diagnostics.clone()));
            }
            news.extend(uri.map(|uri| PublishDiagnosticsParams { uri, diagnostics, version }));
        }
        news
    }
}

/// The diagnostics of a project, and the failures that have no file which an editor could show.
fn of_project(project: &Project, documents: &Documents, client: &Client) -> (ByFile, Vec<String>) {
    let mut maker = Maker::new(documents.encoding, client);
    let (mut by_file, mut unplaced) = (ByFile::new(), Vec::new());
    let Some(checked) = &project.checked else { return (by_file, unplaced) };
    maker.add_report(&checked.report, &mut by_file);
    if let Some(stale) = &checked.stale {
        maker.add_stale(stale, &checked.report.sources, &mut by_file);
    }
    let mut place = |failure: &Failure, source: Option<&SourceText>| {
        if uri_of(&failure.file).is_none() {
            unplaced.push(format!("{}: {}", failure.file, failure.message));
            return;
        }
        by_file.entry(Arc::clone(&failure.file)).or_default().push(maker.failure(failure, source));
    };
    // Of a plan that is no TOML a finding says where; and an open rule is told of as it is typed.
    let told = |failure: &&Failure| match failure.kind {
        FailureKind::Plan => false,
        FailureKind::RuleCompile => documents.get(&failure.file).is_none(),
        _ => true,
    };
    for failure in checked.report.errors.iter().filter(told) {
        let source = checked.report.sources.get(&failure.file).map(Arc::as_ref);
        place(failure, source.or_else(|| project.live.rules().source_of(&failure.file).map(Arc::as_ref)));
    }
    for mistake in project.mistakes.iter().flat_map(|error| error.failures.iter().map(move |it| (it, &error.sources))) {
        let (failure, sources) = mistake;
        let source = sources.iter().find(|source| source.name() == &*failure.file);
        // As it is typed, a configuration is told of by itself; whether rules of these names exist is seen when it is saved.
        let typed = documents.get(&failure.file).map(|document| &document.text);
        if typed.is_none_or(|text| source.is_some_and(|source| source.text() == text)) {
            place(failure, source.map(Arc::as_ref));
        }
    }
    (by_file, unplaced)
}
