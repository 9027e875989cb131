//! Files that `crossfoot fix` writes, or does not: read-only ones, those of several names, names that are no text; and answers
//! that are none.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may panic, run programs and write files")]

#[path = "support/watched.rs"]
mod watched;

#[allow(dead_code, reason = "not every test asks for every program")]
#[path = "support/programs.rs"]
mod programs;

use std::ffi::{OsStr, OsString};
use std::fs::{self, Permissions};
use std::io::Write as _;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

use watched::{Folder, plan};

/// The exit status, and what is shown on standard output and standard error, on one line.
fn fix(folder: &Folder, arguments: &[&str], plans: &[&OsStr], answers: &[u8]) -> (i32, String) {
    let mut command = folder.command(env!("CARGO_BIN_EXE_crossfoot"));
    command.arg("fix").args(arguments).args(plans);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Who asks nothing may have gone already.
    let _ = child.stdin.take().unwrap().write_all(answers);
    let output = child.wait_with_output().unwrap();
    let shown = [output.stdout, output.stderr].concat();
    let words = String::from_utf8_lossy(&shown).split_whitespace().collect::<Vec<_>>().join(" ");
    (output.status.code().unwrap(), words)
}

#[test]
fn a_read_only_file_is_left_as_it_is() {
    let folder = Folder::new();
    for name in ["kept.toml", "other.toml"] {
        folder.write(name, &plan(41));
    }
    let set = |mode: u32| fs::set_permissions(folder.path("kept.toml"), Permissions::from_mode(mode)).unwrap();
    let kept =
        || (folder.read("kept.toml") == plan(41), fs::metadata(folder.path("kept.toml")).unwrap().mode() & 0o777);
    set(0o444);
    symlink("kept.toml", folder.path("link.toml")).unwrap();
    // Neither by itself, nor by a link, nor by force; the others are written.
    for (arguments, name) in [(&[][..], "kept.toml"), (&[], "link.toml"), (&["--force"], "kept.toml")] {
        folder.write("other.toml", &plan(41));
        let (code, shown) = fix(&folder, arguments, &[name.as_ref(), "other.toml".as_ref()], b"");
        assert_eq!(code, 2, "{shown}");
        assert!(shown.contains("error: it is read-only, so it was not written: make it writable first"), "{shown}");
        assert_eq!((kept(), folder.read("other.toml")), ((true, 0o444), plan(30)));
    }
    // Nobody is asked for what would not be written.
    let (code, shown) = fix(&folder, &["-i"], &["kept.toml".as_ref()], b"y\n");
    assert!(code == 2 && shown.contains("kept.toml: it is read-only") && !shown.contains("question"), "{shown}");
    assert_eq!(fix(&folder, &["--dry-run"], &["kept.toml".as_ref()], b"").0, 0);
    // Its mode is another matter.
    set(0o640);
    assert_eq!((fix(&folder, &[], &["kept.toml".as_ref()], b"").0, kept()), (0, (false, 0o640)));
}

#[test]
fn a_file_of_several_names_needs_force() {
    let folder = Folder::new();
    folder.write("plan.toml", &plan(41));
    fs::hard_link(folder.path("plan.toml"), folder.path("copy.txt")).unwrap();
    let (code, shown) = fix(&folder, &[], &["plan.toml".as_ref()], b"");
    assert!(code == 2 && shown.contains("error: it has 2 names (hard links)"), "{shown}");
    let (_, shown) = fix(&folder, &["-i"], &["plan.toml".as_ref()], b"y\n");
    assert!(shown.contains("it has 2 names") && !shown.contains("question"), "{shown}");
    assert_eq!((folder.read("plan.toml"), folder.read("copy.txt")), (plan(41), plan(41)));
    assert_eq!(fix(&folder, &["--force"], &["plan.toml".as_ref()], b"").0, 0);
    assert_eq!((folder.read("plan.toml"), folder.read("copy.txt")), (plan(30), plan(41)));
}

/// A name that is no text, where the file system takes one.
fn no_text(folder: &Folder, byte: u8) -> Option<OsString> {
    let name = OsStr::from_bytes(&[b'p', byte, b'n']).to_owned();
    fs::write(folder.path("").join(&name), plan(41)).ok().map(|()| name)
}

#[test]
fn a_plan_whose_name_is_no_text_is_written() {
    let folder = Folder::new();
    let (Some(one), Some(other)) = (no_text(&folder, 0xff), no_text(&folder, 0xfe)) else {
        return programs::skipped("the file system takes no name that is no text");
    };
    let read = |name: &OsStr| fs::read_to_string(folder.path("").join(name)).unwrap();
    // Two that are shown alike could not be told apart.
    let (code, shown) = fix(&folder, &[], &[&one, &other], b"");
    assert!(code == 2 && shown.contains("another plan here is shown by the same name"), "{shown}");
    assert_eq!((read(&one), read(&other)), (plan(30), plan(41)));
    assert_eq!(fix(&folder, &["-i"], &[&other], b"y\n").0, 0);
    assert_eq!(read(&other), plan(30));
    // Git is asked about the right file.
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"];
        let folder: &Path = &folder.path("");
        let output = Command::new("git").args(identity).args(arguments).current_dir(folder).output();
        output.is_ok_and(|output| output.status.success())
    };
    if !git(&["init", "-q"]) {
        return programs::skipped("there is no `git`");
    }
    assert!(no_text(&folder, 0xff).is_some() && git(&["add", "."]) && git(&["commit", "-q", "-m", "x"]));
    assert_eq!((fix(&folder, &[], &[&one], b"").0, read(&one)), (0, plan(30)));
    no_text(&folder, 0xff);
    fs::write(folder.path("").join(&one), plan(42)).unwrap();
    let (code, shown) = fix(&folder, &[], &[&one], b"");
    assert!(code == 2 && shown.contains("it has changes that git does not have yet"), "{shown}");
}

#[test]
fn an_answer_that_is_no_text_is_asked_again() {
    let folder = Folder::new();
    folder.write("plan.toml", &plan(41));
    let (code, shown) = fix(&folder, &["-i"], &["plan.toml".as_ref()], b"\xff\xfe\ny\n");
    assert_eq!((code, folder.read("plan.toml")), (0, plan(30)), "{shown}");
    assert_eq!((shown.matches("question 1 of 1").count(), shown.matches("y yes, apply it").count()), (2, 1), "{shown}");
}
