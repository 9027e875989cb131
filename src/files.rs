//! Files of the user's are written whole or not at all: beside, and renamed over.
//!
//! It knows no format; it keeps a file's permissions, and a link leads where it led.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Writes a file so that it holds either what it held or what is written, whatever happens in between.
///
/// # Errors
/// What the system says: there is no such folder, it cannot be written to, the disk is full.
///
/// ```
/// let dir = tempfile::tempdir()?;
/// let path = dir.path().join("plan.toml");
/// crossfoot::files::write(&path, b"a = 1\n")?;
/// assert_eq!(std::fs::read_to_string(&path)?, "a = 1\n");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let path: PathBuf = if path.is_symlink() { path.canonicalize()? } else { path.to_owned() };
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut beside = NamedTempFile::new_in(folder)?;
    beside.write_all(bytes)?;
    beside.as_file().sync_all()?;
    match std::fs::metadata(&path) {
        Ok(old) => beside.as_file().set_permissions(old.permissions())?,
        Err(_) => ordinary_permissions(&beside)?,
    }
    beside.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

/// A new file is for everybody to read, as files are; temporary ones are for their owner alone.
#[cfg(unix)]
fn ordinary_permissions(file: &NamedTempFile) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn ordinary_permissions(_: &NamedTempFile) -> std::io::Result<()> {
    Ok(())
}
