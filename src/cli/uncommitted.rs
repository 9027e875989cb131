//! Whether git has what a file says, so that what a fix overwrites can be had back.

use std::path::Path;
use std::process::{Command, Stdio};

/// What is said of a file that has changes of its own.
pub(crate) const WHY: &str =
    "it has changes that git does not have yet, and was not written: commit them, or give --force";

/// Whether a file has changes, or is new, in a git repository. Without git or a repository there is nothing to lose there.
pub(crate) fn changes(file: &Path) -> bool {
    // Of a link, what it points to is written.
    let file = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    let (Some(folder), Some(name)) = (file.parent(), file.file_name()) else { return false };
    let mut command = Command::new("git");
    command.arg("-C").arg(if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    command.args(["status", "--porcelain", "--"]).arg(format!(":(literal){}", name.to_string_lossy()));
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output();
    output.is_ok_and(|output| output.status.success() && !output.stdout.is_empty())
}
