//! Events of the file system as batches: "these paths may have changed", or "look at everything again".
//!
//! A batch only wakes: whoever is woken compares what is there with what is known, so that an event that is lost, doubled or
//! out of order leads to nothing wrong. Folders are watched, never files, because editors rename over files. It must not know
//! what stands in a file, nor which files matter; the only module that names the libraries of events.

mod debounce;
mod follow;
mod inbox;
mod outbox;
mod pump;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crossbeam_channel::Receiver;
use notify::{Config, RecommendedWatcher};

use follow::{Chosen, Identity, Native, Shared};
use inbox::Inbox;
use outbox::Outbox;
use pump::{Pump, Raw};

/// How a watcher works.
///
/// ```
/// use std::time::Duration;
///
/// let settings = crossfoot::watch::Settings::default();
/// assert_eq!((settings.debounce, settings.poll), (Duration::from_millis(50), None));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How long a path must have been quiet before it is told: one save is many events.
    pub debounce: Duration,
    /// Look again after so long each time, instead of asking the system for events. For network drives, whose events do not
    /// arrive.
    pub poll: Option<Duration>,
}

impl Settings {
    /// How often is looked where the system tells no events.
    pub const POLL: Duration = Duration::from_secs(2);
}

impl Default for Settings {
    /// Events of the system, 50 ms of quiet.
    fn default() -> Self {
        Self { debounce: Duration::from_millis(50), poll: None }
    }
}

/// What happened, as far as is known. An empty batch says: look again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Paths that may have changed, absolute. What is not among them may have changed all the same.
    pub paths: BTreeSet<PathBuf>,
    /// Whether events were lost, so that nothing but the bytes of each file tells whether it changed.
    pub everything: bool,
    /// What the user is to be told, such as that the system's limit is reached.
    pub notice: Option<String>,
}

impl Batch {
    /// Adds what another batch says.
    ///
    /// ```
    /// use crossfoot::watch::Batch;
    ///
    /// let mut batch = Batch { paths: ["/a".into()].into(), ..Batch::default() };
    /// batch.add(Batch { paths: ["/b".into()].into(), everything: true, notice: None });
    /// assert!(batch.everything && batch.paths.len() == 2);
    /// ```
    pub fn add(&mut self, other: Self) {
        self.paths.extend(other.paths);
        self.everything |= other.everything;
        self.notice = self.notice.take().or(other.notice);
    }
}

/// What in a folder is of interest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Interest {
    /// Whatever stands in it.
    All,
    /// Files and folders of these names; whatever else happens there wakes nobody.
    Names(BTreeSet<OsString>),
}

impl Interest {
    /// Interest in these names and those of another.
    ///
    /// ```
    /// use crossfoot::watch::Interest;
    ///
    /// let plan = || Interest::Names(["plan.toml".into()].into());
    /// assert_eq!(plan().and(Interest::All), Interest::All);
    /// assert_eq!(plan().and(plan()), plan());
    /// ```
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Names(mut names), Self::Names(others)) => {
                names.extend(others);
                Self::Names(names)
            }
            _ => Self::All,
        }
    }
}

/// Watches folders, and sends a batch when something in them may have changed.
///
/// ```
/// use std::time::Duration;
/// use crossfoot::watch::{Interest, Settings, Watcher};
///
/// let folder = tempfile::tempdir()?;
/// let (mut watcher, batches) = Watcher::start(Settings::default());
/// watcher.follow(&[(folder.path().to_owned(), Interest::All)].into());
/// std::fs::write(folder.path().join("plan.toml"), "[plan]\n")?;
/// assert!(batches.recv_timeout(Duration::from_secs(10)).is_ok());
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Watcher {
    /// Nothing where it looks again by itself.
    native: Option<Box<dyn Native>>,
    raw: Inbox,
    shared: Arc<Shared>,
    /// The folders that are watched, and which folder stood under that name when the watch began.
    watched: BTreeMap<PathBuf, Identity>,
}

impl std::fmt::Debug for Watcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Watcher").field("watched", &self.watched).finish_non_exhaustive()
    }
}

impl Watcher {
    /// Whether the system watches a folder without those in it. Where it does not, a folder far up is everything below it.
    pub const ONE_BY_ONE: bool = !cfg!(target_os = "macos");

    /// A watcher that follows no folder yet, and where its batches arrive. Where the system has no events to give, it looks
    /// again every [`Settings::POLL`] instead, and its first batch says so.
    #[must_use]
    pub fn start(settings: Settings) -> (Self, Receiver<Batch>) {
        Self::start_with(settings, |handler| {
            let watcher = <RecommendedWatcher as notify::Watcher>::new(handler, Config::default())?;
            Ok(Box::new(watcher) as Box<dyn Native>)
        })
    }

    fn start_with(
        settings: Settings,
        native: impl FnOnce(follow::Handler) -> notify::Result<Box<dyn Native>>,
    ) -> (Self, Receiver<Batch>) {
        let (raw, events) = inbox::open();
        let (out, batches) = Outbox::open();
        let shared = Arc::new(Shared::default());
        let mut watcher = Self { native: None, raw, shared, watched: BTreeMap::new() };
        if settings.poll.is_none() {
            match native(follow::Handler::new(watcher.raw.clone(), Arc::clone(&watcher.shared))) {
                Ok(native) => watcher.native = Some(native),
                Err(error) => watcher.fail(&error),
            }
        }
        let pump = Pump::new(events, out, settings);
        // Without a thread there are no batches: the receiver says so at once, because its sender is gone.
        let _ = std::thread::Builder::new().name("watch".to_owned()).spawn(move || pump.run());
        (watcher, batches)
    }

    /// Watches these folders and no others. A folder that has gone and come back is watched anew, one that is not there is
    /// left out. Returns whether any folder is watched that was not before: what happened in it until now was not told, so
    /// look at it once more.
    ///
    /// A limit of the system that is reached is no error here: a batch says so, and from then on everything is looked at
    /// again every [`Settings::POLL`].
    pub fn follow(&mut self, folders: &BTreeMap<PathBuf, Interest>) -> bool {
        let Chosen { names, interests } = Chosen::of(folders, &self.watched);
        let lost = self.shared.renew(interests);
        let Some(native) = &mut self.native else { return false };
        let is_lost = |path: &PathBuf, was: &Identity| lost.contains(path) || names.get(path) != Some(was);
        let stale = self.watched.iter().filter(|(path, was)| is_lost(path, was)).map(|(path, _)| path.clone());
        for path in stale.collect::<Vec<_>>() {
            native.unwatch(&path);
            self.watched.remove(&path);
        }
        let mut any_new = false;
        let mut failed = None;
        for (path, identity) in names {
            if self.watched.contains_key(&path) {
                continue;
            }
            match native.watch(&path) {
                Ok(()) => {
                    self.watched.insert(path, identity);
                    any_new = true;
                }
                Err(error) if is_of_the_folder(&error) => {}
                Err(error) => failed = Some(error),
            }
        }
        if let Some(error) = failed {
            self.fail(&error);
        }
        any_new
    }

    /// The folders that are watched by the system's events.
    pub fn watched(&self) -> impl Iterator<Item = &Path> {
        self.watched.keys().map(PathBuf::as_path)
    }

    fn fail(&self, error: &notify::Error) {
        self.raw.put(Raw::Failed(pump::reason(error)));
    }
}

/// Whether a folder cannot be watched for a reason of its own: it has gone meanwhile, or may not be read. What is there is
/// told by whoever lists it.
fn is_of_the_folder(error: &notify::Error) -> bool {
    match &error.kind {
        notify::ErrorKind::PathNotFound | notify::ErrorKind::WatchNotFound => true,
        notify::ErrorKind::Io(io) => {
            matches!(io.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::PermissionDenied)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
