//! Where a rule of the user's own belongs: into which folder or pack, and at which path of it.
//!
//! It reads names; it writes nothing, and compiles no rule.

use std::path::{Path, PathBuf};

use super::ScaffoldError;
use crate::config::Config;
use crate::rules::stated_name;

/// The place of a rule, there or not.
///
/// ```
/// use crossfoot::config::Config;
/// use crossfoot::scaffold::Place;
///
/// let config = Config::parse("crossfoot.toml", "rules = ['rules']\npacks = ['examples/packs/iati']").unwrap();
/// let place = Place::find(Some(&config), "house/titles");
/// assert_eq!(place.rule(), std::path::Path::new("rules/house/titles.rhai"));
/// let place = Place::find(Some(&config), "iati/titles");
/// assert_eq!(place.rule(), std::path::Path::new("examples/packs/iati/titles.rhai"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The rule's id; that of a rule of a pack begins with the pack's name.
    pub id: String,
    /// The folder of rules, or the pack.
    pub folder: PathBuf,
    /// The rule's path below it, without ending.
    pub path: String,
}

impl Place {
    /// Where a rule belongs by its id: into the pack of the configuration whose name the id begins with, else into the first
    /// folder of rules that the configuration names (the one that holds the rule, if one does), else into `rules`.
    #[must_use]
    pub fn find(config: Option<&Config>, id: &str) -> Self {
        if let Some((folder, path)) = config.and_then(|config| of_pack(config, id)) {
            return Self { id: id.to_owned(), folder: folder.to_owned(), path: path.to_owned() };
        }
        let folders: Vec<&Path> = config.map(|config| config.rule_folders().collect()).unwrap_or_default();
        let holds = |folder: &&&Path| folder.join(format!("{id}.rhai")).is_file();
        let folder = folders.iter().find(holds).or(folders.first()).copied().unwrap_or(Path::new("rules"));
        Self { id: id.to_owned(), folder: folder.to_owned(), path: id.to_owned() }
    }

    /// The place of a rule in a folder of rules or a pack that is named. In a pack the id may be given with the pack's name or
    /// without it.
    ///
    /// # Errors
    /// When the id begins with the name of a pack of the configuration and the folder is not a pack: the two could not be told
    /// apart.
    pub fn within(folder: &Path, config: Option<&Config>, id: &str) -> Result<Self, ScaffoldError> {
        if let Some(name) = stated_name(folder) {
            let path = below(id, &name).unwrap_or(id).to_owned();
            return Ok(Self { id: format!("{name}/{path}"), folder: folder.to_owned(), path });
        }
        match config.and_then(|config| of_pack(config, id)) {
            Some((pack, _)) => Err(ScaffoldError::OfPack(id.to_owned(), pack.to_owned())),
            None => Ok(Self { id: id.to_owned(), folder: folder.to_owned(), path: id.to_owned() }),
        }
    }

    /// The rule's file.
    #[must_use]
    pub fn rule(&self) -> PathBuf {
        self.folder.join(format!("{}.rhai", self.path))
    }
}

/// The pack that an id belongs to, and the rest of the id.
fn of_pack<'a>(config: &'a Config, id: &'a str) -> Option<(&'a Path, &'a str)> {
    config.pack_folders().find_map(|folder| Some((folder, below(id, &stated_name(folder)?)?)))
}

/// The rest of an id that begins with a pack's name.
fn below<'i>(id: &'i str, name: &str) -> Option<&'i str> {
    id.strip_prefix(name)?.strip_prefix('/')
}
