//! Finds the configuration that a plan belongs to.
//!
//! Looks at names in the file system; opens nothing.

use std::path::{Component, Path, PathBuf};

use super::FILE_NAME;

/// The nearest `crossfoot.toml` in the folder of a path or above it. Above the current folder it is reached by `..`, so that
/// reports name no path of the machine.
pub(super) fn upward(start: &Path) -> Option<PathBuf> {
    folders(start).map(|folder| folder.join(FILE_NAME)).find(|file| is_there(file))
}

/// The folders in which that search looks, the nearest first: up to the one that has it, or to the root.
pub(super) fn searched(start: &Path) -> Vec<PathBuf> {
    let mut searched = Vec::new();
    for folder in folders(start) {
        let ends = is_there(&folder.join(FILE_NAME));
        searched.push(folder);
        if ends {
            break;
        }
    }
    searched
}

/// Whatever bears the name is meant: what cannot be read is told, and not passed over.
fn is_there(file: &Path) -> bool {
    std::fs::symlink_metadata(file).is_ok()
}

/// The folder of a path and those above it, up to the root.
fn folders(start: &Path) -> impl Iterator<Item = PathBuf> {
    let nearest = if start.is_dir() { Some(start) } else { start.parent() };
    let mut nearest = nearest.map(Path::to_owned);
    // Of a glob, and of a path that is not there yet, the part that is there.
    while nearest.as_ref().is_some_and(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
        nearest = nearest.and_then(|folder| folder.parent().map(Path::to_owned));
    }
    std::iter::successors(nearest, |folder| parent(folder))
}

/// The folder above; none above the root.
fn parent(folder: &Path) -> Option<PathBuf> {
    let whole = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    whole.canonicalize().ok()?.parent()?;
    let plain = folder.components().all(|part| matches!(part, Component::Normal(_) | Component::RootDir));
    if plain && folder.components().next_back().is_some_and(|part| matches!(part, Component::Normal(_))) {
        return folder.parent().map(Path::to_owned);
    }
    let up = folder.strip_prefix(".").unwrap_or(folder);
    Some(up.join(".."))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_file_upward_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        std::fs::create_dir_all(root.join("plans/drafts")).unwrap();
        std::fs::write(root.join(FILE_NAME), "").unwrap();
        let found = upward(&root.join("plans/drafts/new.toml")).unwrap();
        assert_eq!(found, root.join(FILE_NAME));
        std::fs::write(root.join("plans").join(FILE_NAME), "").unwrap();
        assert_eq!(upward(&root.join("plans/drafts")).unwrap(), root.join("plans").join(FILE_NAME));
        assert_eq!(searched(&root.join("plans/drafts/*.toml")), [root.join("plans/drafts"), root.join("plans")]);
        assert_eq!(searched(&root.join("soon/deep.toml")), [root]);
    }

    #[test]
    fn a_relative_path_goes_up_by_dots() {
        assert_eq!(parent(Path::new("src/config")), Some(PathBuf::from("src")));
        assert_eq!(parent(Path::new("src")), Some(PathBuf::new()));
        assert_eq!(parent(Path::new("")), Some(PathBuf::from("..")));
        assert_eq!(parent(Path::new(".")), Some(PathBuf::from("..")));
        assert_eq!(parent(Path::new("..")), Some(PathBuf::from("../..")));
        assert_eq!(parent(Path::new("/")), None);
    }
}
