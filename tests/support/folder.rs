//! A folder as a drafter has one open in the editor.

use std::fs;
use std::path::{Path, PathBuf};

/// A folder that is gone after the test.
pub struct Folder(tempfile::TempDir);

#[allow(dead_code, reason = "each test file uses a part")]
impl Folder {
    pub fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    /// A folder with the ITU's plan in it, alone.
    pub fn itu() -> (Self, PathBuf, String) {
        let text = fs::read_to_string("plans/itu-2020-2023.toml").unwrap();
        let folder = Self::new(&[("plans/itu.toml", &text)]);
        let path = folder.path("plans/itu.toml");
        (folder, path, text)
    }

    pub fn root(&self) -> &Path {
        self.0.path()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }
}
