//! The folders that the editor has open, and which project each document belongs to.
//!
//! A document belongs to the project of the nearest `crossfoot.toml` or of its folder, where that counts it among its plans;
//! any other plan is audited by itself, so that it joins no portfolio by chance.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::documents::Documents;
use super::names::is_path;
use super::project::{Key, Project};
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
        self.folders.push(Arc::clone(&folder));
        self.ensure(key_of_folder(&folder), documents);
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

    /// The project that a plan is at home in.
    pub(super) fn home(&self, name: &str) -> Option<&Project> {
        let member = || self.projects.values().find(|project| project.is_member(name));
        self.homes.get(name).and_then(|key| self.projects.get(key)).or_else(member)
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
        let within = |folder: &&Arc<str>| Path::new(&**name).starts_with(&***folder);
        let folder = self.folders.iter().filter(within).max_by_key(|folder| folder.len()).cloned();
        let config = Config::locate(&**name).map(|config| Key::Config(named(&config)));
        for key in config.into_iter().chain(folder.map(Key::Folder)) {
            if self.ensure(key.clone(), documents).is_member(name) {
                return key;
            }
        }
        alone
    }

    /// Finds all homes anew: a folder, a configuration or a file may have come or gone.
    fn route_all(&mut self, documents: &Documents) {
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
        let needed: BTreeSet<Key> = folders.chain(led_to).chain(self.homes.values().cloned()).collect();
        self.projects.retain(|key, _| needed.contains(key));
    }

    /// Takes the text that a document has now.
    pub(super) fn changed(&mut self, name: &Arc<str>, documents: &Documents) {
        match self.kind(name) {
            Kind::Rule => self.rule_changed(name),
            Kind::Plan | Kind::Case => {
                let Some(project) = self.homes.get(name).and_then(|key| self.projects.get_mut(key)) else { return };
                project.read_plan(name, documents);
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
        match self.homes.remove(name) {
            Some(key @ Key::Alone(_)) => drop(self.projects.remove(&key)),
            Some(key) => {
                if let Some(project) = self.projects.get_mut(&key) {
                    project.read_plan(name, documents);
                }
            }
            None if kind == Kind::Rule => self.rule_changed(name),
            None => {}
        }
        self.let_go(documents);
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
