//! Folders with files in them, as the tests need them.

use std::path::Path;

use tempfile::TempDir;

/// A folder with these files.
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let dir = TempDir::new().unwrap();
    for (path, text) in files {
        put(dir.path(), path, text);
    }
    dir
}

/// Writes a file of a folder, with the folders on the way to it.
pub fn put(dir: impl AsRef<Path>, path: &str, bytes: impl AsRef<[u8]>) {
    let path = dir.as_ref().join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}
