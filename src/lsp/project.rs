//! Plans that belong together, with the rules that audit them: one configuration's, one folder's, or one document alone.
//!
//! Reads the configuration, the rules and the plans from the disk, through the texts that are open in the editor. What an
//! editor is shown of it is decided elsewhere.

use std::collections::{BTreeSet, HashMap};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::documents::Documents;
use super::names::is_path;
use crate::baseline::Baseline;
use crate::config::{Config, ConfigError};
use crate::finding::{Failure, FailureKind};
use crate::live::{Checked, Live};
use crate::plan::Plan;
use crate::plan::files::{Input, inputs};
use crate::rules::Rules;

/// What a project is made from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// A `crossfoot.toml`.
    Config(Arc<str>),
    /// A folder of the editor's, without one.
    Folder(Arc<str>),
    /// A document that belongs to neither.
    Alone(Arc<str>),
}

/// Plans that belong together.
#[derive(Debug)]
pub(super) struct Project {
    pub(super) key: Key,
    pub(super) live: Live,
    /// What the last check said, and whether something has changed since.
    pub(super) checked: Option<Checked>,
    pub(super) is_stale: bool,
    /// Whether the rules are to be read again before the next check.
    rules_changed: bool,
    /// The mistakes of the configuration as it is now; the last one without goes on.
    pub(super) mistakes: Option<ConfigError>,
    /// The plans that are its own, on the disk.
    members: BTreeSet<Arc<str>>,
    /// The configurations that plans belong to which stand where it looks for its own.
    pub(super) others: BTreeSet<PathBuf>,
}

impl Project {
    /// Reads a project.
    pub(super) fn load(key: Key, documents: &Documents) -> Self {
        let mut project = Self {
            key,
            live: Live::new(Rules::empty()),
            checked: None,
            is_stale: true,
            rules_changed: false,
            mistakes: None,
            members: BTreeSet::new(),
            others: BTreeSet::new(),
        };
        project.reload(documents);
        project
    }

    /// Reads configuration, rules and plans again; what has mistakes now goes on as it was.
    pub(super) fn reload(&mut self, documents: &Documents) {
        self.reload_rules(documents);
        self.find_members(documents);
    }

    /// Has the rules read again before the next check.
    pub(super) fn rules_changed(&mut self) {
        self.rules_changed = true;
        self.is_stale = true;
    }

    /// Its configuration, if it has one.
    pub(super) fn config_path(&self) -> Option<PathBuf> {
        match &self.key {
            Key::Config(file) => Some(PathBuf::from(&**file)),
            Key::Folder(_) => None,
            Key::Alone(name) if is_path(name) => Config::locate(&**name),
            Key::Alone(_) => None,
        }
    }

    fn reload_rules(&mut self, documents: &Documents) {
        (self.rules_changed, self.is_stale) = (false, true);
        match self.read_rules(documents) {
            Ok(rules) => {
                let baseline = rules.config().and_then(Config::baseline).map(Baseline::load);
                let (baseline, fault) = match baseline.transpose() {
                    Ok(baseline) => (baseline, None),
                    Err(error) => {
                        (None, Some(self.failure(FailureKind::Baseline, error.to_string(), error.help.clone())))
                    }
                };
                self.live.set_rules(rules);
                self.live.baseline(baseline);
                self.live.all_plans(matches!(self.key, Key::Config(_)));
                self.live.set_failures(fault.into_iter().collect());
                self.mistakes = None;
            }
            Err(error) => self.mistakes = Some(error),
        }
    }

    fn read_rules(&self, documents: &Documents) -> Result<Rules, ConfigError> {
        let config = self.config_path().map(Config::load).transpose()?;
        let mut rules = Rules::after(self.live.rules());
        for (name, document) in documents.iter().filter(|(name, _)| name.ends_with(".rhai") && is_path(name)) {
            rules = rules.with_text_of(&**name, &document.text);
        }
        if config.as_ref().is_none_or(Config::standard) {
            rules = rules.with_standard();
        }
        match config {
            Some(config) => rules.with_config(config),
            None => Ok(rules),
        }
    }

    /// A failure that is told in the configuration.
    fn failure(&self, kind: FailureKind, message: String, help: Option<String>) -> Failure {
        let file = match (&self.key, self.live.rules().config()) {
            (_, Some(config)) => Arc::from(config.name()),
            (Key::Config(name) | Key::Folder(name) | Key::Alone(name), None) => Arc::clone(name),
        };
        Failure { kind, rule: None, file, message, span: None, stack: Vec::new(), looking_at: None, help }
    }

    /// Where its plans are looked for.
    fn places(&self) -> Vec<PathBuf> {
        let plans_of = |folder: &Path| Some(folder.join("plans")).filter(|plans| plans.is_dir());
        match &self.key {
            // A configuration that is gone counts nothing.
            Key::Config(file) if std::fs::symlink_metadata(&**file).is_err() => Vec::new(),
            Key::Config(file) => {
                let folder = Path::new(&**file).parent().unwrap_or(Path::new("/"));
                let configured = self.live.rules().config().map(Config::plans).unwrap_or_default();
                if configured.is_empty() {
                    vec![plans_of(folder).unwrap_or_else(|| folder.to_owned())]
                } else {
                    configured.to_vec()
                }
            }
            Key::Folder(folder) => plans_of(Path::new(&**folder)).into_iter().collect(),
            Key::Alone(_) => Vec::new(),
        }
    }

    /// Looks for its plans again, and reads those that are not open.
    fn find_members(&mut self, documents: &Documents) {
        if let Key::Alone(name) = self.key.clone() {
            self.members.insert(Arc::clone(&name));
            self.read_plan(&name, documents);
            return;
        }
        let places = self.places();
        let found = if places.is_empty() { Vec::new() } else { inputs(&places).0 };
        let files = found.into_iter().filter_map(|input| match input {
            Input::File(path) => Some(path),
            Input::Stdin => None,
        });
        let files = self.leave_to_others(files.collect());
        let members: BTreeSet<Arc<str>> =
            files.iter().map(|path| Arc::from(plain(path).to_string_lossy().replace('\\', "/"))).collect();
        for gone in self.members.difference(&members) {
            self.live.remove(gone);
        }
        self.members = members;
        for name in self.members.clone() {
            self.read_plan(&name, documents);
        }
        self.is_stale = true;
    }

    /// The files that no nearer configuration has: a plan belongs to the nearest one above it, whoever else counts it.
    fn leave_to_others(&mut self, mut files: Vec<PathBuf>) -> Vec<PathBuf> {
        self.others.clear();
        let own = self.config_path().map(|config| real(&config));
        let mut nearest: HashMap<PathBuf, Option<PathBuf>> = HashMap::new();
        files.retain(|file| {
            let Some(folder) = file.parent() else { return true };
            let config = nearest.entry(folder.to_owned()).or_insert_with(|| Config::locate(file));
            let other = config.as_ref().filter(|config| Some(real(config)) != own);
            self.others.extend(other.cloned());
            other.is_none()
        });
        files
    }

    /// Whether a plan is its own.
    pub(super) fn is_member(&self, name: &str) -> bool {
        self.members.contains(name)
    }

    /// Takes a plan as it is now: open in the editor, or on the disk.
    pub(super) fn read_plan(&mut self, name: &Arc<str>, documents: &Documents) {
        self.is_stale = true;
        if let Some(document) = documents.get(name) {
            self.live.set_text(name, &document.text);
            return;
        }
        if !is_path(name) || std::fs::symlink_metadata(&**name).is_err() {
            self.live.remove(name);
            return;
        }
        let rounding = self.live.rules().config().map(|config| config.rounding_for(name)).unwrap_or_default();
        match Plan::load_rounded(&**name, rounding) {
            Ok(plan) if self.live.plan(name).is_some_and(|known| known.source().text() == plan.source().text()) => {}
            Ok(plan) => self.live.set_plan(plan),
            Err(error) => {
                let failure =
                    Failure { file: Arc::clone(name), ..self.failure(FailureKind::File, error.to_string(), None) };
                self.live.set_unreadable(failure);
            }
        }
    }

    /// Whether its rules are read from a file.
    pub(super) fn reads_rule(&self, file: &Path) -> bool {
        let Some(config) = self.live.rules().config() else { return false };
        let file = real(file);
        config.rule_folders().chain(config.pack_folders()).any(|folder| file.starts_with(real(folder)))
    }

    /// Whether its baseline is a file.
    pub(super) fn reads_baseline(&self, file: &Path) -> bool {
        self.live.rules().config().and_then(Config::baseline).is_some_and(|baseline| real(baseline) == real(file))
    }

    /// Whether its configuration is a file, or may have been until now.
    pub(super) fn reads_config(&self, file: &Path) -> bool {
        match &self.key {
            Key::Alone(name) => file.parent().is_some_and(|folder| Path::new(&**name).starts_with(folder)),
            Key::Config(_) | Key::Folder(_) => self.config_path().is_some_and(|config| config == file),
        }
    }

    /// How near it stands above a file: the length of its folder, where the file is within.
    pub(super) fn nearness(&self, file: &str) -> usize {
        let folder = match &self.key {
            Key::Config(config) => Path::new(&**config).parent(),
            Key::Folder(folder) | Key::Alone(folder) => Some(Path::new(&**folder)),
        };
        folder.filter(|folder| Path::new(file).starts_with(folder)).map_or(0, |folder| folder.as_os_str().len())
    }

    /// Whether something in a folder may concern it.
    pub(super) fn reaches(&self, file: &Path) -> bool {
        match &self.key {
            Key::Config(config) => Path::new(&**config).parent().is_some_and(|folder| file.starts_with(folder)),
            Key::Folder(folder) => file.starts_with(&**folder),
            Key::Alone(name) => Path::new(&**name) == file,
        }
    }

    /// Audits again what has changed.
    pub(super) fn check(&mut self, today: Option<(i16, i8, i8)>, note_rounding: bool, documents: &Documents) {
        if self.rules_changed {
            self.reload_rules(documents);
        }
        if let Some((year, month, day)) = today {
            self.live.today(year, month, day);
        }
        self.live.note_rounding(note_rounding);
        // Should the check panic, the same is not tried again before the next edit: other requests are to be answered.
        self.is_stale = false;
        self.checked = Some(self.live.check());
    }
}

/// The name that editors give a file: without `.`, and without `..` where that leads to the same.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(plain.pop()),
            _ => plain.push(part),
        }
    }
    let is_same = plain.components().eq(path.components()) || real(&plain) == real(path);
    if is_same { plain } else { path.to_owned() }
}

/// What is the same for one file under several names.
pub(super) fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}
