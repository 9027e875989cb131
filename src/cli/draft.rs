//! The drafts that `diff` compares: files, folders, standard input, and what git has of them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::git::Revision;
use super::{Stop, common};
use crossfoot::compare::{Draft, DraftPlan};
use crossfoot::config::Config;
use crossfoot::files;
use crossfoot::finding::Failure;
use crossfoot::plan::LoadError;
use crossfoot::plan::files::{Input, inputs, plans_among};
use crossfoot::{Plan, Rules};

/// Where a draft is, before it is read.
pub(crate) enum Source {
    Stdin,
    File(PathBuf),
    Folder(PathBuf),
    Git(Revision),
}

impl Source {
    /// Finds what an argument names. What is on disk comes before what git may know by that name.
    pub(crate) fn find(path: &Path) -> Result<Self, Stop> {
        if path == Path::new("-") {
            return Ok(Self::Stdin);
        }
        if path.is_dir() {
            return Ok(Self::Folder(path.to_owned()));
        }
        if !path.exists()
            && let Some(text) = path.to_str()
            && let Some(revision) = Revision::find(text)?
        {
            return Ok(Self::Git(revision));
        }
        // A name that leads nowhere is told by the same words as everywhere.
        let (found, missing) = inputs(&[path.to_owned()]);
        match (found.as_slice(), missing.into_iter().next()) {
            ([Input::File(file)], None) => Ok(Self::File(file.clone())),
            (_, Some(no_plan)) => {
                let stop = Stop::new(format!("{}: {}", no_plan.path, no_plan.message));
                Err(no_plan.help.into_iter().fold(stop, Stop::help))
            }
            _ => Err(Stop::new(format!("{} is several plans: expected one, or a folder", files::shown(path)))),
        }
    }

    /// Where the search for a configuration begins.
    pub(crate) fn start(&self) -> Option<PathBuf> {
        match self {
            Self::Stdin => None,
            Self::File(path) | Self::Folder(path) => Some(path.clone()),
            Self::Git(revision) => Some(PathBuf::from(&revision.path)),
        }
    }

    pub(crate) fn is_folder(&self) -> bool {
        matches!(self, Self::Folder(_)) || matches!(self, Self::Git(revision) if revision.is_folder)
    }

    /// The file on disk that this is.
    pub(crate) fn real(&self) -> Option<PathBuf> {
        match self {
            Self::File(path) | Self::Folder(path) => path.canonicalize().ok(),
            Self::Stdin | Self::Git(_) => None,
        }
    }

    /// Reads the draft. A single plan that cannot be read ends the command; of a folder, the others are read all the same.
    pub(crate) fn read(&self, name: String, rules: &Rules) -> Result<Draft, Stop> {
        match self {
            Self::Stdin => Ok(Draft::of(name, load(&Input::Stdin, rules)?)),
            Self::File(path) => Ok(Draft::of(name, load(&Input::File(path.clone()), rules)?)),
            Self::Folder(folder) => folder_of(name, folder, rules),
            Self::Git(revision) if revision.is_folder => folder_in_git(name, revision, rules),
            Self::Git(revision) => {
                let plan = plan_of(&revision.path, &revision.shown, revision.read()?, rules);
                Ok(Draft::of(name, plan.map_err(|error| Stop::new(error.to_string()))?))
            }
        }
    }
}

fn load(input: &Input, rules: &Rules) -> Result<Plan, Stop> {
    common::load(input, rules).map_err(|failure| super::figures::stop(&failure))
}

fn folder_of(name: String, folder: &Path, rules: &Rules) -> Result<Draft, Stop> {
    let (found, missing) = inputs(&[folder.to_owned()]);
    let unread =
        |no_plan: crossfoot::plan::files::NoPlan| common::failure(&no_plan.path, no_plan.message, no_plan.help);
    let mut draft = Draft { name, errors: missing.into_iter().map(unread).collect(), ..Draft::default() };
    if let (true, [alone]) = (found.is_empty(), draft.errors.as_slice()) {
        return Err(super::figures::stop(alone));
    }
    for input in found {
        let Input::File(path) = &input else { continue };
        // The walk leaves out a leading `./`, which is then no part of what it found.
        let plain = folder.strip_prefix("./").unwrap_or(folder);
        let key = path.strip_prefix(folder).or_else(|_| path.strip_prefix(plain)).unwrap_or(path);
        match common::load(&input, rules) {
            Ok(plan) => {
                let shown: Arc<str> = plan.source().shared_name();
                draft.plans.push(DraftPlan { key: key.to_string_lossy().replace('\\', "/"), shown, plan });
            }
            Err(failure) => draft.errors.push(*failure),
        }
    }
    Ok(draft)
}

fn folder_in_git(name: String, revision: &Revision, rules: &Rules) -> Result<Draft, Stop> {
    let blobs = revision.files()?;
    let paths: Vec<&str> = blobs.iter().map(|blob| blob.path.as_str()).collect();
    let plans = plans_among(&paths);
    let mut draft = Draft { name, ..Draft::default() };
    for blob in blobs.iter().filter(|blob| plans.contains(blob.path.as_str())) {
        let shown = revision.shown_below(&blob.path);
        let local = Path::new(&revision.path).join(&blob.path);
        match plan_of(&local.to_string_lossy().replace('\\', "/"), &shown, revision.read_blob(blob)?, rules) {
            Ok(plan) => draft.plans.push(DraftPlan { key: blob.path.clone(), shown: shown.into(), plan }),
            Err(error) => draft.errors.push(unreadable(&shown, &error)),
        }
    }
    if draft.plans.is_empty() && draft.errors.is_empty() {
        return Err(Stop::new(format!("there is no plan in {}: expected files named *.toml", revision.shown)));
    }
    Ok(draft)
}

fn unreadable(shown: &str, error: &LoadError) -> Failure {
    common::failure(shown, error.to_string(), None)
}

/// A plan of bytes that git gave, under the name that it has or would have on disk, so that what a configuration says of it holds.
fn plan_of(local: &str, shown: &str, bytes: Vec<u8>, rules: &Rules) -> Result<Plan, LoadError> {
    let rounding = rules.config().map(|config: &Config| config.rounding_for(local)).unwrap_or_default();
    Plan::from_bytes_rounded(local, bytes, rounding).map_err(|error| match error {
        LoadError::NotUtf8 { fault, .. } => LoadError::NotUtf8 { path: shown.to_owned(), fault },
        LoadError::TooLarge { .. } => LoadError::TooLarge { path: shown.to_owned() },
        other => other,
    })
}
