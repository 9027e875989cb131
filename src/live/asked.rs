//! What is to be followed on disk, as it was asked for: words only, and where to look for each.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::config::{Config, FILE_NAME};
use crate::plan::files;
use crate::rules::Rules;
use crate::watch::{Interest, Watcher};

/// A file that is named, that is found where it is usual, or that is not wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Wanted {
    /// As is usual: of a configuration the nearest upward from the plans, of a baseline the one that the configuration names.
    #[default]
    Usual,
    /// This one.
    Named(PathBuf),
    /// None.
    None,
}

/// What is to be followed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Files, folders or globs of plans; none stands for those of the configuration.
    pub plans: Vec<PathBuf>,
    /// Folders of rules, beside those of the configuration.
    pub rules: Vec<PathBuf>,
    /// Packs, beside those of the configuration.
    pub packs: Vec<PathBuf>,
    /// The configuration.
    pub config: Wanted,
    /// The baseline.
    pub baseline: Wanted,
}

impl Asked {
    /// The paths that lead to the plans.
    pub(super) fn plan_paths<'a>(&'a self, rules: &'a Rules) -> &'a [PathBuf] {
        if self.plans.is_empty() { rules.config().map(Config::plans).unwrap_or_default() } else { &self.plans }
    }

    /// The baseline's file.
    pub(super) fn baseline_path(&self, rules: &Rules) -> Option<PathBuf> {
        match &self.baseline {
            Wanted::Named(path) => Some(path.clone()),
            Wanted::Usual => rules.config()?.baseline().map(Path::to_owned),
            Wanted::None => None,
        }
    }

    /// The configurations that are named or found; one that is named need not be there, nor what a link leads to.
    fn configs(&self) -> BTreeSet<PathBuf> {
        match &self.config {
            Wanted::Named(path) => [path.clone()].into(),
            Wanted::Usual => self.starts().iter().filter_map(Config::locate).collect(),
            Wanted::None => BTreeSet::new(),
        }
    }

    /// Where the search for a configuration begins.
    fn starts(&self) -> Vec<PathBuf> {
        if self.plans.is_empty() { vec![".".into()] } else { self.plans.clone() }
    }

    /// The folders of rules and packs.
    fn rule_folders<'a>(&'a self, rules: &'a Rules) -> impl Iterator<Item = &'a Path> {
        let named = self.rules.iter().chain(&self.packs).map(PathBuf::as_path);
        let configured =
            rules.config().into_iter().flat_map(|config| config.rule_folders().chain(config.pack_folders()));
        named.chain(configured)
    }

    /// Every file that says which rules there are and what they do: configurations, rules, cases, packs.
    pub(super) fn rule_files(&self, rules: &Rules) -> BTreeSet<PathBuf> {
        let mut found = self.configs();
        // Of what is not there no look could tell that it is as it was.
        found.retain(|config| config.exists());
        for folder in self.rule_folders(rules) {
            let says = |path: &Path| path.extension().is_some_and(|ending| ending == "rhai" || ending == "toml");
            let files = walk(folder).filter(|entry| !entry.file_type().is_dir() && says(entry.path()));
            found.extend(files.map(walkdir::DirEntry::into_path));
        }
        found
    }

    /// The folders to watch, and what in them. With `wide` whatever happens beside a configuration is of interest.
    pub(super) fn folders(&self, rules: &Rules, wide: bool) -> BTreeMap<PathBuf, Interest> {
        let mut folders = Folders::default();
        let places = files::places(self.plan_paths(rules));
        places.folders.into_iter().for_each(|folder| folders.add(folder, Interest::All));
        places.single.iter().for_each(|path| folders.add_single(path));
        self.rule_folders(rules).for_each(|folder| folders.add_rules(folder));
        for config in self.configs() {
            // What it names and the rules in force do not: a folder without a rule yet is a mistake, and is waited for.
            if let Some(config) = wide.then(|| Config::load(&config).ok()).flatten() {
                config.rule_folders().chain(config.pack_folders()).for_each(|folder| folders.add_rules(folder));
            }
            if let Some(folder) = config.parent().filter(|_| wide) {
                folders.add(folder.to_owned(), Interest::All);
            }
            folders.add_single(&config);
        }
        if self.config == Wanted::Usual {
            self.starts().iter().for_each(|start| folders.add_upward(start));
        }
        if let Some(path) = self.baseline_path(rules) {
            folders.add_single(&path);
        }
        folders.0
    }
}

/// A folder of rules and what stands in it, as rules are searched for: hidden files left out, links not followed.
fn walk(folder: &Path) -> impl Iterator<Item = walkdir::DirEntry> {
    let visible =
        |entry: &walkdir::DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
    WalkDir::new(folder).into_iter().filter_entry(visible).filter_map(Result::ok)
}

#[derive(Default)]
struct Folders(BTreeMap<PathBuf, Interest>);

impl Folders {
    fn add(&mut self, folder: PathBuf, interest: Interest) {
        let folder = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder };
        let before = self.0.remove(&folder);
        let interest = match before {
            Some(before) => before.and(interest),
            None => interest,
        };
        self.0.insert(folder, interest);
    }

    /// A folder of rules with those in it, whether they hold a rule or not.
    fn add_rules(&mut self, folder: &Path) {
        let inner = walk(folder).filter(|entry| entry.file_type().is_dir());
        inner.for_each(|entry| self.add(entry.into_path(), Interest::All));
        self.add_single(folder);
    }

    /// A file or folder by itself: what is watched is the folder that it stands in, or where that is missing the nearest one
    /// above, for the name that is missing there.
    fn add_single(&mut self, path: &Path) {
        let mut path = path;
        while let (Some(folder), Some(name)) = (path.parent(), path.file_name()) {
            if folder.as_os_str().is_empty() || folder.is_dir() {
                self.add(folder.to_owned(), Interest::Names([name.to_owned()].into()));
                return;
            }
            path = folder;
        }
    }

    /// The folders upward from a path in which a configuration may appear.
    fn add_upward(&mut self, start: &Path) {
        for (above, folder) in Config::searched(start).into_iter().enumerate() {
            // Where a folder cannot be watched without all that is below it, one further up is found with the next look at the
            // plans.
            let is_near = above < 2 || (folder.is_relative() && !folder.starts_with(".."));
            if is_near || Watcher::ONE_BY_ONE {
                self.add(folder, Interest::Names([FILE_NAME.into()].into()));
            }
        }
    }
}
