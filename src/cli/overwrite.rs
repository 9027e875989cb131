//! Whether a plan may be written over: what its owner has set on the file, and what git has of it.

use std::fs::{Metadata, OpenOptions};
use std::io::ErrorKind;
use std::path::Path;

use super::uncommitted;

/// Why a plan is not written over; `forced` where the user takes upon himself what cannot be had back.
pub(crate) fn why_not(file: &Path, forced: bool) -> Option<String> {
    let reason = || uncommitted::why_not(file).or_else(|| several_names(file));
    not_writable(file).or_else(|| if forced { None } else { reason() })
}

/// Why a file cannot be written to. It is written beside and renamed over, for which the folder's permission is enough; so the
/// file's own must be asked for.
pub(crate) fn not_writable(file: &Path) -> Option<String> {
    let metadata = std::fs::metadata(file).ok()?;
    // Who may write everywhere, such as root, is let through by the system, but read-only says what is wanted.
    let is_refused = metadata.permissions().readonly()
        || OpenOptions::new().write(true).open(file).is_err_and(|error| error.kind() == ErrorKind::PermissionDenied);
    is_refused.then(|| "it is read-only, so it was not written: make it writable first".to_owned())
}

fn several_names(file: &Path) -> Option<String> {
    let names = names_of(&std::fs::metadata(file).ok()?);
    (names > 1).then(|| {
        format!(
            "it has {names} names (hard links), and only the one given here would get the new text, so it was not written: write it \
             all the same with `crossfoot fix --force`, and the others keep the text as it is"
        )
    })
}

#[cfg(unix)]
fn names_of(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(metadata)
}

#[cfg(not(unix))]
fn names_of(_: &Metadata) -> u64 {
    1
}
