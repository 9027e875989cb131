//! Writes new files and leaves those alone that are there.

use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::BadId;
use crate::files;

/// What was written, and what was there already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scaffolded {
    /// Files that were written.
    pub written: Vec<PathBuf>,
    /// Files that were there and are as they were.
    pub kept: Vec<PathBuf>,
}

/// Why nothing, or not everything, was written.
#[derive(Debug)]
pub enum ScaffoldError {
    /// The id cannot be one of a rule.
    Id(BadId),
    /// The name cannot be one of a case.
    CaseName(String),
    /// The id begins with the name of a pack, which is this folder, and the rule would stand elsewhere.
    OfPack(String, PathBuf),
    /// There is no such rule.
    NoRule(PathBuf),
    /// The file is there already.
    Exists(PathBuf),
    /// A folder to write to is a file.
    NoFolder(PathBuf),
    /// The system refuses.
    Io(PathBuf, std::io::Error),
}

impl fmt::Display for ScaffoldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(bad) => bad.fmt(f),
            Self::CaseName(name) => write!(
                f,
                "`{name}` cannot be the name of a case: it is a name of the letters a to z, digits and hyphens, and begins with a letter"
            ),
            Self::OfPack(id, pack) => {
                let name = id.split('/').next().unwrap_or_default();
                write!(f, "a rule `{id}` can only stand in the pack: `{name}` is a pack, {}", pack.display())
            }
            Self::NoRule(path) => write!(f, "there is no rule {}", path.display()),
            Self::Exists(path) => write!(f, "{} is there already: nothing was written", path.display()),
            Self::NoFolder(path) => write!(f, "{} is a file, not a folder", path.display()),
            Self::Io(path, error) => write!(f, "cannot write {}: {error}", path.display()),
        }
    }
}

impl std::error::Error for ScaffoldError {}

impl From<BadId> for ScaffoldError {
    fn from(bad: BadId) -> Self {
        Self::Id(bad)
    }
}

pub(super) struct Writer {
    folder: PathBuf,
    pub(super) done: Scaffolded,
}

impl Writer {
    pub(super) fn new(folder: &Path) -> Result<Self, ScaffoldError> {
        if folder.exists() && !folder.is_dir() {
            return Err(ScaffoldError::NoFolder(folder.to_owned()));
        }
        Ok(Self { folder: folder.to_owned(), done: Scaffolded::default() })
    }

    /// Writes a file, unless it is there; whether it did.
    pub(super) fn write(&mut self, path: &str, text: &str) -> Result<bool, ScaffoldError> {
        let path = self.folder.join(path);
        if let Some(file) = path.ancestors().skip(1).find(|above| above.is_file()) {
            return Err(ScaffoldError::NoFolder(file.to_owned()));
        }
        match files::create(&path, text.as_bytes()) {
            Ok(()) => {
                self.done.written.push(path);
                Ok(true)
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                self.done.kept.push(path);
                Ok(false)
            }
            Err(error) => Err(ScaffoldError::Io(path, error)),
        }
    }
}
