//! Finds rule files in a folder, and the cases beside them.
//!
//! It reads; it compiles nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use super::cases::{Case, CaseFault};
use super::pack::{PACK_FILE, Pack};
use super::{Draft, Origin};
use crate::files;
use crate::finding::{Failure, FailureKind};
use crate::script::LIB;
use crate::source::SourceText;

/// A folder of rules could not be read.
#[derive(Debug)]
pub struct RulesError {
    /// The path as given or found.
    pub path: PathBuf,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl RulesError {
    pub(super) fn new(path: &Path, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), message: message.into(), help: None }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for RulesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot read rules from {}: {}", self.path.display(), self.message)
    }
}

impl std::error::Error for RulesError {}

/// Texts of files as an editor has them, by their real paths.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts(BTreeMap<PathBuf, Arc<str>>);

impl Texts {
    pub(super) fn add(&mut self, path: &Path, text: &str) {
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        self.0.insert(path, Arc::from(text));
    }

    fn of(&self, path: &Path) -> Option<&str> {
        // Asking for the real path costs more than looking into an empty map.
        if self.0.is_empty() {
            return None;
        }
        let real = path.canonicalize().ok()?;
        self.0.get(&real).map(|text| &**text)
    }
}

/// What a folder of rules holds.
pub(super) struct Found {
    pub(super) drafts: Vec<Draft>,
    /// What was left alone, and why.
    pub(super) refused: Vec<Failure>,
    /// Folders that hold TOML files and have the name of no rule.
    pub(super) ruleless: BTreeSet<PathBuf>,
}

/// Every `*.rhai` file below a folder, by path. With a pack's folder its `pack.toml` is expected; below any other it is
/// refused, because the rules of a pack are known by the pack's name.
pub(super) fn find(folder: &Path, pack: Option<&Pack>, texts: &Texts) -> Result<Found, RulesError> {
    let fault = |path: &Path, message: String| RulesError::new(path, message);
    if !folder.is_dir() {
        let what = if folder.exists() { "it is no folder" } else { "there is no such folder" };
        return Err(fault(folder, what.to_owned()));
    }
    let root = folder.canonicalize().map_err(|error| fault(folder, error.to_string()))?;
    let mut found = Found { drafts: Vec::new(), refused: Vec::new(), ruleless: BTreeSet::new() };
    let visible =
        |entry: &walkdir::DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
    for entry in WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(visible) {
        let entry = entry.map_err(|error| {
            fault(
                error.path().unwrap_or(folder),
                error.io_error().map_or_else(|| error.to_string(), ToString::to_string),
            )
        })?;
        let path = entry.path();
        if entry.file_name() == PACK_FILE && path.is_file() && (pack.is_none() || entry.depth() != 1) {
            let at = path.parent().unwrap_or(folder);
            return Err(match pack {
                Some(pack) => RulesError::new(at, format!("a pack stands inside of the pack {}", pack.name()))
                    .help("move it out, and name it with a --pack of its own"),
                None => RulesError::new(at, "this folder is a pack")
                    .help("name it with --pack, so that the ids of its rules get its name"),
            });
        }
        let is_rule = path.extension().is_some_and(|extension| extension == "rhai");
        if entry.path_is_symlink() && (is_rule || path.is_dir()) && leads_out(path, &root) {
            found.refused.push(refusal(path, LINK_OUT, OTHER_FOLDER));
        } else if is_rule {
            if let Some(message) = no_file(path) {
                found.refused.push(refusal(
                    path,
                    &message,
                    "a rule is a file; whatever this is, give it another ending",
                ));
                continue;
            }
            let mut draft = match draft(folder, path, pack, texts) {
                Ok(draft) => draft,
                Err(message) => {
                    found.refused.push(refusal(path, &message, "save the file as UTF-8, readable for those who check"));
                    continue;
                }
            };
            match cases(&path.with_extension(""), &root) {
                Ok(cases) => draft.cases = cases,
                Err(failure) => found.refused.push(*failure),
            }
            found.drafts.push(draft);
        } else if is_toml(path) && entry.depth() > 1 {
            let lost = |beside: &&Path| std::fs::symlink_metadata(rule_of(beside)).is_err();
            found.ruleless.extend(path.parent().filter(lost).map(Path::to_owned));
        }
    }
    if found.drafts.iter().all(|draft| draft.shared) && found.refused.is_empty() {
        return Err(fault(folder, "there is no rule in it: expected files named *.rhai".to_owned()));
    }
    Ok(found)
}

/// Whether a path leads, as a link, to something outside of a folder.
pub(super) fn leads_out(link: &Path, root: &Path) -> bool {
    link.canonicalize().is_ok_and(|target| !target.starts_with(root))
}

const LINK_OUT: &str = "this link leads out of the folder of rules, and is not followed";
const OTHER_FOLDER: &str = "copy what it leads to into the folder, or name the other folder as well";

/// Why a path is no file that can be read, if so. A pipe or a device must not even be opened: reading could wait forever.
fn no_file(path: &Path) -> Option<String> {
    let message = match std::fs::metadata(path) {
        Ok(found) if found.is_file() => return None,
        Ok(found) if found.is_dir() => "this is a folder, and is not read as a file".to_owned(),
        Ok(_) => "this is no ordinary file, and is not read".to_owned(),
        Err(_) if path.is_symlink() => "this link leads to no file".to_owned(),
        Err(error) => format!("it cannot be read: {error}"),
    };
    Some(message)
}

fn refusal(path: &Path, message: &str, help: &str) -> Failure {
    Failure::new(FailureKind::File, name_of(path), message).help(help)
}

pub(super) fn name_of(path: &Path) -> Arc<str> {
    files::shown(path).into()
}

/// The id of a rule by its path without the ending.
pub(super) fn id_of(folder: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(folder).unwrap_or(path);
    relative.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The rule whose cases a folder holds by its name.
pub(super) fn rule_of(cases: &Path) -> PathBuf {
    let mut path = cases.as_os_str().to_owned();
    path.push(".rhai");
    PathBuf::from(path)
}

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "toml")
}

fn draft(folder: &Path, path: &Path, pack: Option<&Pack>, texts: &Texts) -> Result<Draft, String> {
    let id = id_of(folder, &path.with_extension(""));
    let file = name_of(path);
    Ok(Draft {
        shared: is_shared(&id),
        id,
        origin: match pack {
            Some(pack) => Origin::Pack { name: Arc::clone(pack.name()), version: pack.version().into(), file },
            None => Origin::File(file),
        },
        source: match texts.of(path) {
            Some(text) => SourceText::new(name_of(path), text),
            None => read(path)?,
        },
        cases: Vec::new(),
    })
}

/// The files of shared code below a root, by path; those that are links out are not followed.
pub(super) fn shared_files(root: &Path) -> Vec<PathBuf> {
    let Ok(real) = root.canonicalize() else { return Vec::new() };
    let visible = |entry: &walkdir::DirEntry| !entry.file_name().to_string_lossy().starts_with('.');
    let entries = WalkDir::new(root.join(LIB)).sort_by_file_name().into_iter().filter_entry(visible);
    let files = entries.filter_map(Result::ok).map(walkdir::DirEntry::into_path);
    files.filter(|path| path.extension().is_some_and(|ending| ending == "rhai") && !leads_out(path, &real)).collect()
}

/// The cases in a folder; none where it cannot be read.
pub(super) fn cases_of(folder: &Path, root: &Path) -> Vec<Case> {
    root.canonicalize().ok().and_then(|root| cases(folder, &root).ok()).unwrap_or_default()
}

/// Whether a path below the root is one of shared code.
pub(super) fn is_shared(path: &str) -> bool {
    path.split_once('/').is_some_and(|(first, _)| first == LIB)
}

pub(super) fn read(path: &Path) -> Result<SourceText, String> {
    if let Some(message) = no_file(path) {
        return Err(message);
    }
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    SourceText::from_bytes(files::shown(path), bytes)
        .map_err(|fault| format!("not UTF-8 at offset {} (line {})", fault.offset, fault.line))
}

/// The cases of a rule: the TOML files in the folder of its name. One that cannot be read is a faulty case; a folder that
/// cannot be read is told by itself.
fn cases(folder: &Path, root: &Path) -> Result<Vec<Case>, Box<Failure>> {
    // Of a folder that is a link out, the search for rules tells.
    if !folder.is_dir() || leads_out(folder, root) {
        return Ok(Vec::new());
    }
    let help = "see that the folder of cases can be read";
    let unreadable =
        |error: std::io::Error| Box::new(refusal(folder, &format!("these cases cannot be read: {error}"), help));
    let paths = toml_files(folder).map_err(unreadable)?;
    Ok(paths.iter().map(|path| case(path, root)).collect())
}

fn case(path: &Path, root: &Path) -> Case {
    if leads_out(path, root) {
        return Case::unreadable(&name_of(path), CaseFault::new(None, LINK_OUT).help("copy what it leads to"));
    }
    match read(path) {
        Ok(source) => Case::read(source.name(), source.text()),
        Err(message) => {
            let fault = CaseFault::new(None, format!("this case cannot be read: {message}"));
            Case::unreadable(&name_of(path), fault.help("a case is a file with TOML in UTF-8"))
        }
    }
}

/// The TOML files that stand in a folder, by name.
pub(super) fn toml_files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder)?;
    let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.retain(|path| is_toml(path));
    paths.sort();
    Ok(paths)
}

/// A text given inside another program, without the indent that all its lines share.
pub(super) fn unindented(text: &str) -> String {
    let text = text.trim_start_matches('\n');
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let shared = text.lines().filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or(0);
    text.lines().map(|line| line.get(shared..).unwrap_or_default()).collect::<Vec<_>>().join("\n")
}
