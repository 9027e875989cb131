//! Whether git has what a file says, so that what is written over can be had back.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};

/// Why a file must not be written over without being told to; `None` where git has it as it is, and where there is no git or
/// no repository, because then there is nothing to ask.
pub(crate) fn why_not(file: &Path) -> Option<String> {
    reason(file).map(|reason| {
        format!(
            "{reason}, so it was not written: commit it first, or write it all the same with `crossfoot fix --force` \
             (`crossfoot fix --dry-run` shows the difference)"
        )
    })
}

fn reason(file: &Path) -> Option<String> {
    // Of a link, what it points to is written.
    let file = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    let (folder, name) = (file.parent()?, file.file_name()?);
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(["status", "--porcelain", "--ignored", "--"]);
    // What git says is read, so it must say it in one language.
    // A name may be no text.
    let mut only = OsString::from(":(literal)");
    only.push(name);
    command.arg(only).env("LC_ALL", "C").stdin(Stdio::null());
    let output = command.output().ok()?;
    if !output.status.success() {
        return refusal(folder, &String::from_utf8_lossy(&output.stderr));
    }
    match output.stdout.get(..2) {
        None => None,
        Some(b"!!") => Some("git ignores it and could not bring it back".to_owned()),
        Some(_) => Some("it has changes that git does not have yet".to_owned()),
    }
}

/// Why git does not answer; `None` where that is because there is no repository.
fn refusal(folder: &Path, says: &str) -> Option<String> {
    let is_one_there = folder.ancestors().any(|folder| folder.join(".git").symlink_metadata().is_ok());
    if says.contains("not a git repository") && !is_one_there {
        return None;
    }
    let first = says.lines().find(|line| !line.trim().is_empty()).unwrap_or("it failed without a word");
    Some(format!("git does not say whether it has the file as it is ({})", first.trim().trim_end_matches('.')))
}
