//! The folders that the editor has open, and which project each document belongs to.
//!
//! A plan belongs to the project of the nearest `crossfoot.toml` above it or of its folder, where that counts it among its
//! plans; any other document is audited by itself, so that it joins no portfolio by chance. What is said of a plan is said by
//! the project that it belongs to, and by no other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::documents::Documents;
use super::names::is_path;
use super::project::{Key, Project, real};
use crate::config::{Config, FILE_NAME};
use crate::plan::files::is_plan;
use crate::rules::PACK_FILE;

/// What a document is, by its name and by what the editor calls its language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A plan.
    Plan,
    /// A case of a rule: a plan whose mistakes are meant.
    Case,
    /// A rule, or shared code.
    Rule,
    /// `crossfoot.toml`.
    Config,
    /// What says which rules make a pack.
    Pack,
    /// Nothing of crossfoot's.
    Other,
}

impl Kind {
    /// What a document is.
    pub(super) fn of(name: &str, language: Option<&str>) -> Self {
        let path = Path::new(name);
        let ends = |ending: &str| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(ending));
        if path.file_name().is_some_and(|file| file == FILE_NAME) {
            Self::Config
        } else if path.file_name().is_some_and(|file| file == PACK_FILE) {
            Self::Pack
        } else if ends("rhai") {
            Self::Rule
        } else if ends("toml") && is_path(name) {
            match () {
                () if !is_plan(path) => Self::Other,
                () if is_case(path) => Self::Case,
                () => Self::Plan,
            }
        } else {
            match language {
                Some("toml" | "crossfoot") => Self::Plan,
                Some("rhai") => Self::Rule,
                _ => Self::Other,
            }
        }
    }
}

/// Whether a file stands in the folder of a rule's cases.
fn is_case(path: &Path) -> bool {
    path.parent().is_some_and(|folder| folder.with_extension("rhai").is_file())
}

/// The projects, and where each open plan is at home.
#[derive(Debug, Default)]
pub(super) struct Workspace {
    folders: Vec<Arc<str>>,
    pub(super) projects: BTreeMap<Key, Project>,
    homes: BTreeMap<Arc<str>, Key>,
    kinds: BTreeMap<Arc<str>, Kind>,
}

impl Workspace {
    /// Takes a folder, and reads what it holds.
    pub(super) fn add_folder(&mut self, folder: &str, documents: &Documents) {
        let folder: Arc<str> = Arc::from(folder.trim_end_matches('/'));
        if self.folders.contains(&folder) {
            return;
        }
        self.folders.push(folder);
        self.route_all(documents);
    }

    /// Lets go of a folder. Its open documents stay.
    pub(super) fn remove_folder(&mut self, folder: &str, documents: &Documents) {
        let folder = folder.trim_end_matches('/');
        self.folders.retain(|known| &**known != folder);
        self.route_all(documents);
    }

    fn ensure(&mut self, key: Key, documents: &Documents) -> &mut Project {
        self.projects.entry(key).or_insert_with_key(|key| Project::load(key.clone(), documents))
    }

    /// What an open document is.
    pub(super) fn kind(&self, name: &str) -> Kind {
        self.kinds.get(name).copied().unwrap_or_else(|| Kind::of(name, None))
    }

    /// Whether a document was opened.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.kinds.contains_key(name)
    }

    /// The project that a plan is at home in: it alone says what there is to say of it.
    pub(super) fn home(&self, name: &str) -> Option<&Project> {
        self.homes.get(name).and_then(|key| self.projects.get(key)).or_else(|| self.counted_by(name))
    }

    /// Of the projects that count a plan among theirs, the nearest above it; of several elsewhere the first.
    fn counted_by(&self, name: &str) -> Option<&Project> {
        let counting = self.projects.values().filter(|project| project.is_member(name));
        counting.rev().max_by_key(|project| project.nearness(name))
    }

    /// Reads what the configurations count that others have left plans to.
    fn join_others(&mut self, documents: &Documents) {
        loop {
            // By links one file has names without end.
            let known = self.projects.keys().filter_map(|key| match key {
                Key::Config(config) => Some(real(Path::new(&**config))),
                Key::Folder(_) | Key::Alone(_) => None,
            });
            let known: BTreeSet<_> = known.collect();
            let others = self.projects.values().flat_map(|project| &project.others);
            let Some(new) = others.into_iter().find(|config| !known.contains(&real(config))).cloned() else { return };
            self.ensure(Key::Config(named(&new)), documents);
        }
    }

    /// Takes a document that was opened, or of which there is a text now.
    pub(super) fn opened(&mut self, name: &Arc<str>, language: Option<&str>, documents: &Documents) {
        let kind = Kind::of(name, language);
        self.kinds.insert(Arc::clone(name), kind);
        if matches!(kind, Kind::Config | Kind::Rule) && is_path(name) {
            // Whoever writes rules or a configuration wants to see what they say of the plans.
            if let Some(config) = Config::locate(&**name) {
                self.ensure(Key::Config(named(&config)), documents);
            }
        }
        self.route(name, documents);
        self.changed(name, documents);
    }

    /// Finds the home of an open plan.
    fn route(&mut self, name: &Arc<str>, documents: &Documents) {
        if !matches!(self.kind(name), Kind::Plan | Kind::Case) {
            return;
        }
        let key = self.key_of(name, documents);
        let before = self.homes.insert(Arc::clone(name), key.clone());
        if before.as_ref().is_some_and(|before| *before != key && matches!(before, Key::Alone(_))) {
            self.projects.retain(|other, _| Some(other) != before.as_ref());
        }
        self.ensure(key, documents);
    }

    fn key_of(&mut self, name: &Arc<str>, documents: &Documents) -> Key {
        let alone = Key::Alone(Arc::clone(name));
        if !is_path(name) || self.kind(name) == Kind::Case {
            return alone;
        }
        if let Some(config) = Config::locate(&**name) {
            self.ensure(Key::Config(named(&config)), documents);
            self.join_others(documents);
        }
        self.counted_by(name).map_or(alone, |project| project.key.clone())
    }

    /// Finds all homes anew: a folder, a configuration or a file may have come or gone.
    fn route_all(&mut self, documents: &Documents) {
        self.let_go(documents);
        for key in self.folders.iter().map(key_of_folder).collect::<Vec<_>>() {
            self.ensure(key, documents);
        }
        self.join_others(documents);
        for (name, _) in documents.iter() {
            self.route(name, documents);
        }
        self.let_go(documents);
    }

    /// Lets go of projects that no open folder and no open document leads to any more.
    fn let_go(&mut self, documents: &Documents) {
        let folders = self.folders.iter().map(key_of_folder);
        let open = documents.iter().map(|(name, _)| name).filter(|name| is_path(name));
        let led_to = open.filter_map(|name| Config::locate(&**name)).map(|config| Key::Config(named(&config)));
        let mut needed: BTreeSet<Key> = BTreeSet::new();
        let alone = self.homes.values().filter(|home| matches!(home, Key::Alone(_))).cloned();
        let mut open: Vec<Key> = folders.chain(led_to).chain(alone).collect();
        while let Some(key) = open.pop() {
            let others = self.projects.get(&key).into_iter().flat_map(|project| &project.others);
            open.extend(others.map(|config| Key::Config(named(config))).filter(|key| !needed.contains(key)));
            needed.insert(key);
        }
        self.projects.retain(|key, _| needed.contains(key));
    }

    /// Takes the text that a document has now.
    pub(super) fn changed(&mut self, name: &Arc<str>, documents: &Documents) {
        match self.kind(name) {
            Kind::Rule => self.rule_changed(name),
            Kind::Plan | Kind::Case => {
                let home = self.homes.get(name);
                for project in self.projects.values_mut() {
                    if Some(&project.key) == home || project.is_member(name) {
                        project.read_plan(name, documents);
                    }
                }
            }
            Kind::Config | Kind::Pack | Kind::Other => {}
        }
    }

    fn rule_changed(&mut self, name: &str) {
        let path = Path::new(name);
        self.projects.values_mut().filter(|project| project.reads_rule(path)).for_each(Project::rules_changed);
    }

    /// Forgets a document that was closed; what is on the disk counts again.
    pub(super) fn closed(&mut self, name: &Arc<str>, documents: &Documents) {
        let kind = self.kind(name);
        self.kinds.remove(name);
        if let Some(key @ Key::Alone(_)) = self.homes.remove(name) {
            self.projects.remove(&key);
        }
        if kind == Kind::Rule {
            self.rule_changed(name);
        }
        for project in self.projects.values_mut().filter(|project| project.is_member(name)) {
            project.read_plan(name, documents);
        }
        self.route_all(documents);
    }

    /// Takes what has happened on the disk: files that were saved, made, changed or removed.
    pub(super) fn on_disk<'n>(&mut self, names: impl IntoIterator<Item = &'n str>, documents: &Documents) {
        let mut routes = false;
        for name in names {
            let path = Path::new(name);
            let kind = self.kind(name);
            let is_closed = documents.get(name).is_none();
            for project in self.projects.values_mut() {
                match kind {
                    Kind::Config if project.reads_config(path) || project.reaches(path) => project.reload(documents),
                    Kind::Rule if project.reads_rule(path) => project.rules_changed(),
                    Kind::Plan if project.is_member(name) && path.exists() => {
                        is_closed.then(|| project.read_plan(&Arc::from(name), documents));
                    }
                    Kind::Plan if project.reaches(path) => project.reload(documents),
                    Kind::Pack if project.reads_rule(path) => project.rules_changed(),
                    _ if project.reads_baseline(path) => project.rules_changed(),
                    _ => {}
                }
            }
            routes |= matches!(kind, Kind::Config | Kind::Plan);
        }
        if routes {
            self.route_all(documents);
        }
    }
}

/// What an open folder leads to: its configuration, else itself.
fn key_of_folder(folder: &Arc<str>) -> Key {
    match Config::locate(&**folder).filter(|_| is_path(folder)) {
        Some(config) => Key::Config(named(&config)),
        None => Key::Folder(Arc::clone(folder)),
    }
}

fn named(path: &Path) -> Arc<str> {
    Arc::from(path.to_string_lossy().replace('\\', "/"))
}
