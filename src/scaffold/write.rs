//! Writes new files and leaves those alone that are there.

use std::fmt;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::BadId;

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
    /// There is no such rule.
    NoRule(PathBuf),
    /// The file is there already.
    Exists(PathBuf),
    /// The folder to write to is a file.
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
        let refused = |error| ScaffoldError::Io(path.clone(), error);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(|error| ScaffoldError::Io(parent.to_owned(), error))?;
        }
        let mut file = match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                self.done.kept.push(path);
                return Ok(false);
            }
            Err(error) => return Err(refused(error)),
        };
        if let Err(error) = file.write_all(text.as_bytes()) {
            // Half a file would be taken for the user's own the next time.
            let _ = std::fs::remove_file(&path);
            return Err(refused(error));
        }
        self.done.written.push(path);
        Ok(true)
    }
}
