//! Files of the user's: written so that nothing is ever half-written, and named relative to one another.
//!
//! It must not know what it writes; what may be overwritten is decided by the caller.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Replaces a file, or makes it: the bytes are written beside it and renamed over it, so that a reader sees the old file or
/// the new one and never a part. An existing file keeps its permissions; of a link, what it points to is replaced. Into what is
/// no file, a pipe or a device, the bytes are written: it stays what it is.
///
/// # Errors
/// When the folder cannot be written to, or the disk is full; the old file is then as it was.
///
/// ```
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("notes.txt");
/// crossfoot::files::write(&path, b"one")?;
/// crossfoot::files::write(&path, b"two")?;
/// assert_eq!(std::fs::read_to_string(&path)?, "two");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if std::fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        return std::fs::OpenOptions::new().write(true).open(path)?.write_all(bytes);
    }
    let mut file = beside(&target)?;
    file.write_all(bytes).map_err(nameless)?;
    let permissions = match std::fs::metadata(&target) {
        Ok(old) => Some(old.permissions()),
        Err(_) => fresh_permissions(),
    };
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    file.persist(&target).map_err(|error| error.error)?;
    Ok(())
}

/// A path as reports name it: with `/` between its parts on every system, so that the same plan has the same report.
///
/// ```
/// assert_eq!(crossfoot::files::shown("plans/itu.toml".as_ref()), "plans/itu.toml");
/// ```
#[must_use]
pub fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Makes a file that must not be there yet, with the folders that it stands in.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] when something of that name is there, which is left alone; else as [`write`].
///
/// ```
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("rules/house/own.rhai");
/// crossfoot::files::create(&path, b"//! Mine.")?;
/// assert!(crossfoot::files::create(&path, b"").is_err());
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = beside(path)?;
    file.write_all(bytes).map_err(nameless)?;
    if let Some(permissions) = fresh_permissions() {
        file.as_file().set_permissions(permissions)?;
    }
    file.persist_noclobber(path).map_err(|error| error.error)?;
    Ok(())
}

/// A file with a name of its own in the folder of another.
fn beside(path: &Path) -> io::Result<tempfile::NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.map_or_else(|| PathBuf::from("."), Path::to_owned);
    tempfile::Builder::new().prefix(".crossfoot-").tempfile_in(folder).map_err(nameless)
}

/// An error without the name of the file beside, which is another each time.
fn nameless(error: io::Error) -> io::Error {
    let text = error.to_string();
    let reason = text.split_once(" at path ").map(|(reason, _)| reason.to_owned());
    match reason {
        Some(reason) => io::Error::new(error.kind(), reason),
        None => error,
    }
}

/// Temporary files are readable by their owner alone; a file that stays is for everybody who may read the folder.
#[cfg(unix)]
fn fresh_permissions() -> Option<std::fs::Permissions> {
    use std::os::unix::fs::PermissionsExt as _;
    Some(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn fresh_permissions() -> Option<std::fs::Permissions> {
    None
}

/// Reads a file that is one: a folder, a pipe or a device is refused before it is opened, and so is a file of more bytes than
/// a file of its kind can have.
///
/// # Errors
/// What the system says, or what the thing is instead of a file.
pub(crate) fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let metadata = std::fs::metadata(path)?;
    if !metadata.is_file() {
        let what = if metadata.is_dir() { "it is a folder, not a file" } else { "it is no ordinary file" };
        return Err(io::Error::other(what));
    }
    if metadata.len() > most {
        return Err(io::Error::other(format!("it has {} bytes, and at most {most} are read", metadata.len())));
    }
    std::fs::read(path)
}

/// A file's path relative to a folder, with `/`; as it stands where it lies elsewhere.
pub(crate) fn relative(folder: &Path, file: &str) -> String {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let inside = |path: &Path, folder: &Path| path.strip_prefix(folder).ok().map(Path::to_owned);
    let real = Path::new(file).canonicalize().ok().zip(folder.canonicalize().ok());
    let found = real.and_then(|(file, folder)| inside(&file, &folder));
    let found = found.or_else(|| inside(Path::new(file), folder));
    let found = found.unwrap_or_else(|| PathBuf::from(file.trim_start_matches("./")));
    shown(&found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_from_a_folder_above_it() {
        assert_eq!(relative(Path::new(""), "src/files.rs"), "src/files.rs");
        assert_eq!(relative(Path::new("src"), "src/config/find.rs"), "config/find.rs");
        assert_eq!(relative(Path::new("src"), "./src/files.rs"), "files.rs");
        assert_eq!(relative(Path::new("src"), "<stdin>"), "<stdin>");
    }
}
