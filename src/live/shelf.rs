//! Files as they were when they were last looked at, so that a look reads only those that may have changed, and tells of
//! those alone whose bytes are others.
//!
//! It must not know what a file means.

use std::collections::BTreeMap;
use std::hash::Hasher as _;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use crate::watch::Batch;

/// A file is read again for so long after it changed, even if nothing says that it changed again: on some drives its time
/// moves in steps of two seconds, and two saves within one leave the same mark.
const FRESH: Duration = Duration::from_secs(3);

/// What tells without reading whether a file may have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    /// Device, number, and the time of the last change of any kind, which cannot be set.
    node: (u64, u64, i64, i64),
}

impl Stamp {
    fn of(path: &Path) -> Option<Self> {
        let found = std::fs::metadata(path).ok()?;
        Some(Self { length: found.len(), modified: found.modified().ok(), node: node(&found) })
    }
}

#[cfg(unix)]
fn node(found: &std::fs::Metadata) -> (u64, u64, i64, i64) {
    use std::os::unix::fs::MetadataExt as _;
    (found.dev(), found.ino(), found.ctime(), found.ctime_nsec())
}

#[cfg(not(unix))]
fn node(_: &std::fs::Metadata) -> (u64, u64, i64, i64) {
    (0, 0, 0, 0)
}

/// What a file held, in short: how many bytes and a hash of them, or why it could not be read.
type Digest = Result<(usize, u64), (io::ErrorKind, String)>;

/// A file that was looked at.
#[derive(Debug)]
struct Known {
    stamp: Option<Stamp>,
    /// When that stamp was first seen.
    since: Instant,
    digest: Digest,
    is_empty: bool,
    /// What was seen and is not believed yet, and when it was first seen.
    doubt: Option<(Digest, Instant)>,
    /// The absolute name, and the one without links.
    names: [PathBuf; 2],
}

/// A file that holds something else than before.
pub(super) struct Change {
    pub(super) path: PathBuf,
    /// The bytes; an error is told as the system tells it. Whoever takes them leaves nothing, and the rest holds all the same.
    pub(super) bytes: io::Result<Vec<u8>>,
    digest: Digest,
    stamp: Option<Stamp>,
}

impl Change {
    /// Whether the file is not there.
    pub(super) fn is_gone(&self) -> bool {
        matches!(&self.digest, Err((io::ErrorKind::NotFound, _)))
    }

    fn is_empty(&self) -> bool {
        matches!(&self.digest, Ok((0, _)))
    }

    /// Takes the bytes out.
    pub(super) fn take_bytes(&mut self) -> io::Result<Vec<u8>> {
        std::mem::replace(&mut self.bytes, Ok(Vec::new()))
    }
}

/// The files that are known.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    files: BTreeMap<PathBuf, Known>,
    /// How long something must have been so before it is believed that it is no middle of a save.
    pub(super) patience: Duration,
}

impl Shelf {
    /// Looks at a file: the change, if it holds something else than was last accepted.
    pub(super) fn look(&mut self, path: &Path, batch: &Batch) -> Option<Change> {
        let stamp = Stamp::of(path);
        if let Some(known) = self.files.get(path) {
            let told = batch.everything || known.names.iter().any(|name| batch.paths.contains(name));
            let fresh = known.doubt.is_some() || known.since.elapsed() < FRESH;
            if known.stamp == stamp && !told && !fresh {
                return None;
            }
        }
        let bytes = read(path);
        let digest = digest(&bytes);
        match self.files.get_mut(path) {
            Some(known) if known.digest == digest => {
                known.doubt = None;
                if known.stamp != stamp {
                    (known.stamp, known.since) = (stamp, Instant::now());
                }
                None
            }
            _ => Some(Change { path: path.to_owned(), bytes, digest, stamp }),
        }
    }

    /// Whether a change looks like the middle of a save and is to be looked at once more before it is believed: the file was
    /// there and held something until now, and it is seen for the first time, or was not long ago.
    pub(super) fn doubts(&mut self, change: &Change) -> bool {
        let Some(known) = self.files.get_mut(&change.path) else { return false };
        let was_whole = known.digest.is_ok() && !known.is_empty;
        if !was_whole {
            return false;
        }
        match &known.doubt {
            Some((digest, since)) if *digest == change.digest => since.elapsed() < self.patience,
            _ => {
                known.doubt = Some((change.digest.clone(), Instant::now()));
                true
            }
        }
    }

    /// Whether a change looks like the middle of a save by itself: the file is empty or gone.
    pub(super) fn doubts_loss(&mut self, change: &Change) -> bool {
        (change.is_gone() || change.is_empty()) && self.doubts(change)
    }

    /// Takes a change for what the file holds; one that is gone is forgotten. Gives the bytes.
    pub(super) fn accept(&mut self, change: Change) -> io::Result<Vec<u8>> {
        if change.is_gone() {
            self.files.remove(&change.path);
            return change.bytes;
        }
        let known = Known {
            is_empty: change.is_empty(),
            stamp: change.stamp,
            since: Instant::now(),
            digest: change.digest,
            doubt: None,
            names: [
                std::path::absolute(&change.path).unwrap_or_else(|_| change.path.clone()),
                change.path.canonicalize().unwrap_or_else(|_| change.path.clone()),
            ],
        };
        self.files.insert(change.path, known);
        change.bytes
    }

    /// Forgets a file.
    pub(super) fn forget(&mut self, path: &Path) {
        self.files.remove(path);
    }

    /// The files that are known.
    pub(super) fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        self.files.keys()
    }
}

/// Reads a file that is one: a pipe or a device could keep the reader waiting for ever.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let found = std::fs::metadata(path)?;
    if found.is_file() { std::fs::read(path) } else { Err(io::Error::other("it is no ordinary file")) }
}

fn digest(bytes: &io::Result<Vec<u8>>) -> Digest {
    match bytes {
        Ok(bytes) => {
            let mut hasher = rustc_hash::FxHasher::default();
            hasher.write(bytes);
            Ok((bytes.len(), hasher.finish()))
        }
        Err(error) => Err((error.kind(), error.to_string())),
    }
}
