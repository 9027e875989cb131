//! From the paths that a user names to the files to audit: files, directories, globs, standard input.
//!
//! It lists files and reads none: what a file holds is found out when it is loaded.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use walkdir::{DirEntry, WalkDir};

/// Where a plan comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
}

/// A path that leads to no plan, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoPlan {
    /// The path as given or found.
    pub path: String,
    /// What is wrong with it.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// TOML files that belong to tools and are no plans; one that is named outright is read all the same.
const NO_PLANS: [&str; 8] = [
    "crossfoot.toml",
    "pack.toml",
    "Cargo.toml",
    "pyproject.toml",
    "clippy.toml",
    "rustfmt.toml",
    "taplo.toml",
    "deny.toml",
];

/// The files that the paths lead to, each once, and the paths that lead nowhere.
///
/// A directory stands for every `*.toml` file below it, but for hidden ones, files of well-known tools, build output and the
/// cases of rules; a path with `*`, `?`, `[` or `{` that is no file is a glob; `-` is standard input. No path at all stands for
/// the directory `plans`, or where there is none for the current one.
///
/// ```
/// use crossfoot::plan::files::{Input, inputs};
///
/// let (found, missing) = inputs(&["plans/teaching".into(), "nowhere.toml".into()]);
/// assert_eq!(found[0], Input::File("plans/teaching/clean.toml".into()));
/// assert_eq!(missing[0].path, "nowhere.toml");
/// ```
#[must_use]
pub fn inputs(paths: &[PathBuf]) -> (Vec<Input>, Vec<NoPlan>) {
    let default = [PathBuf::from(if Path::new("plans").is_dir() { "plans" } else { "." })];
    let paths = if paths.is_empty() { &default } else { paths };
    let mut seen = BTreeSet::new();
    let mut inputs = Vec::new();
    let mut missing = Vec::new();
    for path in paths {
        match expand(path) {
            Ok((found, unread)) => {
                inputs.extend(found.into_iter().filter(|input| seen.insert(identity(input))));
                missing.extend(unread);
            }
            Err(no_plan) => missing.push(no_plan),
        }
    }
    (inputs, missing)
}

/// Where [`inputs`] looks, for those who wait until it finds something else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// Folders in which any file may be a plan.
    pub folders: BTreeSet<PathBuf>,
    /// Single files and folders, there or not, also under the names that links lead to.
    pub single: BTreeSet<PathBuf>,
}

/// Where [`inputs`] looks for plans.
///
/// ```
/// let places = crossfoot::plan::files::places(&["plans/teaching".into(), "plans/not-yet.toml".into()]);
/// assert!(places.folders.contains(std::path::Path::new("plans/teaching/portfolio")));
/// assert!(places.single.contains(std::path::Path::new("plans/not-yet.toml")));
/// ```
#[must_use]
pub fn places(paths: &[PathBuf]) -> Places {
    let mut places = Places::default();
    let default = [PathBuf::from(if Path::new("plans").is_dir() { "plans" } else { "." })];
    if paths.is_empty() {
        places.single.insert("plans".into());
    }
    for path in if paths.is_empty() { &default } else { paths } {
        let text = path.to_string_lossy();
        let is_glob = !path.exists() && !path.is_symlink() && text.contains(['*', '?', '[', '{']);
        let start = if is_glob { base(&text) } else { path.clone() };
        if start.is_dir() {
            let entries = WalkDir::new(&start).follow_links(true).into_iter().filter_entry(is_walked);
            for entry in entries.filter_map(Result::ok) {
                places.add_links(entry.path());
                if entry.file_type().is_dir() {
                    places.folders.insert(entry.into_path());
                }
            }
        }
        places.add_links(&start);
        places.single.insert(start);
    }
    places
}

impl Places {
    /// Adds what a link leads to, by way of each link.
    fn add_links(&mut self, path: &Path) {
        let mut path = path.to_owned();
        // More links in a row than that no system follows.
        for _ in 0..40 {
            let Ok(target) = std::fs::read_link(&path) else { return };
            path = path.parent().unwrap_or(Path::new("")).join(target);
            self.single.insert(path.clone());
        }
    }
}

/// What is the same for one file under several names.
fn identity(input: &Input) -> Input {
    match input {
        Input::File(path) => Input::File(path.canonicalize().unwrap_or_else(|_| path.clone())),
        Input::Stdin => Input::Stdin,
    }
}

/// What a folder holds, and what in it could not be read.
type Found = (Vec<Input>, Vec<NoPlan>);

fn expand(path: &Path) -> Result<Found, NoPlan> {
    let no_plan = |message: &str, help: Option<&str>| NoPlan {
        path: path.display().to_string(),
        message: message.to_owned(),
        help: help.map(ToOwned::to_owned),
    };
    if path == Path::new("-") {
        return Ok((vec![Input::Stdin], Vec::new()));
    }
    if path.is_dir() {
        let found = walk(path, None);
        if found.0.is_empty() && found.1.is_empty() {
            return Err(no_plan(
                "there is no plan in this directory: expected files named *.toml",
                Some("name a plan, or the directory that holds the plans"),
            ));
        }
        return Ok(found);
    }
    if path.exists() {
        return Ok((vec![Input::File(path.to_owned())], Vec::new()));
    }
    let text = path.to_string_lossy();
    if path.is_symlink() {
        // The link is there and what it points to is not, or it points to itself: the system says which.
        let error = std::fs::metadata(path).err().map_or_else(String::new, |error| error.to_string());
        return Err(no_plan(&format!("cannot read this link: {error}"), None));
    }
    if !text.contains(['*', '?', '[', '{']) {
        return Err(no_plan("there is no such file or directory", near(path).as_deref()));
    }
    let glob = GlobBuilder::new(text.trim_start_matches("./"))
        .literal_separator(true)
        .build()
        .map_err(|error| no_plan(&format!("this glob cannot be read: {}", error.kind()), None))?;
    let (found, _) = walk(&base(&text), Some(&glob.compile_matcher()));
    if found.is_empty() {
        return Err(no_plan("no file matches this glob", None));
    }
    // What cannot be read beside the files that match is not asked for.
    Ok((found, Vec::new()))
}

/// A file beside the missing one whose name is nearly the same.
fn near(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let entries = std::fs::read_dir(folder).ok()?;
    let names: Vec<String> = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let meant = super::vocabulary::near(&name, names.iter().map(String::as_str))?;
    Some(format!("did you mean {}?", path.with_file_name(meant).display()))
}

/// The part of a glob before its first special character, up to a folder.
fn base(glob: &str) -> PathBuf {
    let plain = glob.split(['*', '?', '[', '{']).next().unwrap_or_default();
    match plain.rfind('/') {
        Some(0) => PathBuf::from("/"),
        Some(at) => PathBuf::from(&plain[..at]),
        None => PathBuf::from("."),
    }
}

/// Every plan below a folder, by path; with a glob, every file that matches it. What cannot be read stops nothing else.
fn walk(folder: &Path, glob: Option<&GlobMatcher>) -> Found {
    let (mut found, mut unread) = (Vec::new(), Vec::new());
    for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter().filter_entry(is_walked) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                unread.push(unreadable(folder, &error));
                continue;
            }
        };
        let path = entry.path();
        let path = path.strip_prefix("./").unwrap_or(path);
        let wanted = match glob {
            Some(glob) => glob.is_match(path),
            None => is_plan(path),
        };
        if wanted && entry.file_type().is_file() {
            found.push(Input::File(path.to_owned()));
        }
    }
    (found, unread)
}

fn unreadable(folder: &Path, error: &walkdir::Error) -> NoPlan {
    let reason = error.io_error().map_or_else(|| "links lead in a circle".to_owned(), ToString::to_string);
    NoPlan {
        path: error.path().unwrap_or(folder).display().to_string(),
        message: format!("cannot be read: {reason}"),
        help: None,
    }
}

/// Whether a file that is named by nobody would be taken for a plan by its name.
pub(crate) fn is_plan(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.extension().is_some_and(|extension| extension == "toml") && !NO_PLANS.contains(&name.as_ref())
}

/// Those of some paths below a folder that would be found in it, where the folder itself is not at hand, such as one that git has.
///
/// ```
/// let paths = ["a.toml", "b/c.toml", ".x/d.toml", "b/crossfoot.toml", "rules/r.rhai", "rules/r/case.toml"];
/// let plans = crossfoot::plan::files::plans_among(&paths);
/// assert_eq!(plans.into_iter().collect::<Vec<_>>(), ["a.toml", "b/c.toml"]);
/// ```
#[must_use]
pub fn plans_among<'p>(paths: &[&'p str]) -> BTreeSet<&'p str> {
    let rules: BTreeSet<&str> = paths.iter().filter_map(|path| path.strip_suffix(".rhai")).collect();
    let is_walked = |path: &str| {
        let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
        let mut folders = folders.map(|folder| (folder, folder.rsplit('/').next().unwrap_or(folder)));
        folders.all(|(folder, name)| !is_passed_by(name) && !rules.contains(folder))
    };
    let is_found = |path: &&&str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        is_plan(Path::new(path)) && !name.starts_with('.') && is_walked(path)
    };
    paths.iter().filter(is_found).copied().collect()
}

/// Whether a folder of this name holds no plans of the user's.
fn is_passed_by(name: &str) -> bool {
    name.starts_with('.') || name == "target" || name == "node_modules"
}

/// Hidden folders, build output and the cases of rules hold no plans of the user's.
fn is_walked(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    if entry.depth() == 0 || !entry.file_type().is_dir() {
        return entry.depth() == 0 || !name.starts_with('.');
    }
    !is_passed_by(&name) && !entry.path().with_extension("rhai").is_file()
}
