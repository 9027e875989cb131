//! Which folders are followed, and which events of theirs are of interest.
//!
//! It runs on the system's side of the watcher, for each event: it sorts out, and does nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{Event, RecursiveMode};

use super::Interest;
use super::inbox::Inbox;
use super::pump::{self, Raw};

/// What watches single folders: the system's events, or in tests something that fails.
pub(super) trait Native: Send {
    /// Begins to watch a folder, without those in it.
    fn watch(&mut self, folder: &Path) -> notify::Result<()>;
    /// Ends that, if it was so.
    fn unwatch(&mut self, folder: &Path);
}

impl<W: notify::Watcher + Send> Native for W {
    fn watch(&mut self, folder: &Path) -> notify::Result<()> {
        notify::Watcher::watch(self, folder, RecursiveMode::NonRecursive)
    }

    fn unwatch(&mut self, folder: &Path) {
        // A folder that has gone has taken its watch along.
        let _ = notify::Watcher::unwatch(self, folder);
    }
}

/// What both sides of a watcher know.
#[derive(Default)]
pub(super) struct Shared {
    interests: Mutex<BTreeMap<PathBuf, Interest>>,
    lost: Mutex<BTreeSet<PathBuf>>,
}

impl Shared {
    /// Takes new interests, and gives the folders whose watch may have ended since this was last asked.
    pub(super) fn renew(&self, interests: BTreeMap<PathBuf, Interest>) -> BTreeSet<PathBuf> {
        *held(&self.interests) = interests;
        std::mem::take(&mut *held(&self.lost))
    }

    /// Whether an event is about something of interest.
    fn wants(&self, event: &Event) -> bool {
        let interests = held(&self.interests);
        let wanted = |path: &PathBuf| {
            let folder = path.parent().and_then(|folder| interests.get(folder));
            match (folder, interests.contains_key(path)) {
                (_, true) | (Some(Interest::All), _) => true,
                (Some(Interest::Names(names)), false) => path.file_name().is_some_and(|name| names.contains(name)),
                // The system knows the folder by another name.
                (None, false) => true,
            }
        };
        event.paths.iter().any(wanted)
    }

    /// Notes that the watch of a folder may end with this event.
    fn note_lost(&self, event: &Event) {
        if !matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))) {
            return;
        }
        let interests = held(&self.interests);
        let lost = event.paths.iter().filter(|path| interests.contains_key(*path));
        held(&self.lost).extend(lost.cloned());
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes the system's events, and hands on those of interest.
pub(super) struct Handler {
    raw: Inbox,
    shared: Arc<Shared>,
}

impl Handler {
    pub(super) fn new(raw: Inbox, shared: Arc<Shared>) -> Self {
        Self { raw, shared }
    }
}

impl notify::EventHandler for Handler {
    fn handle_event(&mut self, event: notify::Result<Event>) {
        let raw = match event {
            Ok(event) if event.need_rescan() => Raw::Lost,
            Ok(event) => {
                self.shared.note_lost(&event);
                if !says_of_a_change(&event) || !self.shared.wants(&event) {
                    return;
                }
                Raw::Event(event)
            }
            Err(error) => Raw::Failed(pump::reason(&error)),
        };
        self.raw.put(raw);
    }
}

/// Reading is no change; whoever is woken by a batch reads, and would wake himself for ever.
fn says_of_a_change(event: &Event) -> bool {
    match event.kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        _ => true,
    }
}

/// What tells one folder from another that later stands under its name, and that two names are of one folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Identity {
    place: Place,
    created: Option<std::time::SystemTime>,
}

#[cfg(unix)]
type Place = (u64, u64);

#[cfg(not(unix))]
type Place = PathBuf;

fn identity(folder: &Path) -> Option<Identity> {
    let found = std::fs::metadata(folder).ok().filter(std::fs::Metadata::is_dir)?;
    #[cfg(unix)]
    let place = {
        use std::os::unix::fs::MetadataExt as _;
        (found.dev(), found.ino())
    };
    #[cfg(not(unix))]
    let place = folder.canonicalize().ok()?;
    Some(Identity { place, created: found.created().ok() })
}

/// Folders to follow, each under one of its names.
///
/// The system watches a folder once, whatever it is called: it would tell under the last of the names, and end for all of them
/// with the first that is not followed any more.
pub(super) struct Chosen {
    /// The name that each folder is watched by.
    pub(super) names: BTreeMap<PathBuf, Identity>,
    /// By every name, what is of interest in the folder under any of them.
    pub(super) interests: BTreeMap<PathBuf, Interest>,
}

impl Chosen {
    /// Chooses a name for each folder that is there: the one that it is watched by, if it is.
    pub(super) fn of(folders: &BTreeMap<PathBuf, Interest>, watched: &BTreeMap<PathBuf, Identity>) -> Self {
        let mut interests: BTreeMap<PathBuf, Interest> = BTreeMap::new();
        for (path, interest) in folders {
            let Ok(path) = std::path::absolute(path) else { continue };
            let interest = match interests.remove(&path) {
                Some(other) => other.and(interest.clone()),
                None => interest.clone(),
            };
            interests.insert(path, interest);
        }
        let mut by_identity: BTreeMap<Identity, Vec<PathBuf>> = BTreeMap::new();
        for path in interests.keys() {
            if let Some(identity) = identity(path) {
                by_identity.entry(identity).or_default().push(path.clone());
            }
        }
        let mut names = BTreeMap::new();
        for (identity, same) in by_identity {
            let all = same.iter().filter_map(|path| interests.get(path)).cloned().reduce(Interest::and);
            if let Some(all) = all.filter(|_| same.len() > 1) {
                same.iter().for_each(|path| drop(interests.insert(path.clone(), all.clone())));
            }
            let is_watched = |path: &&PathBuf| watched.get(*path) == Some(&identity);
            if let Some(name) = same.iter().find(is_watched).or(same.first()) {
                names.insert(name.clone(), identity);
            }
        }
        Self { names, interests }
    }
}
