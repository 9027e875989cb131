//! The book and the pages that change files are followed to the letter: in a folder of its own, each command of a page is run
//! in order and must print what the page shows.
//!
//! A block whose fence names a file (```` ```rhai rules/house/own.rhai ````) is written to that file. In a `console` block a
//! line that begins with `$ ` is a command; `? 1` above the output is its exit status, else 0. `[..]` stands for any text in a
//! line, `...` for any lines. Chapters of the book follow one another in one folder.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::disallowed_macros,
    reason = "a test may panic, and says where it is"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

use snapbox::IntoData as _;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A block of a page: what its fence says, and its lines.
struct Block<'p> {
    line: usize,
    info: &'p str,
    lines: Vec<&'p str>,
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut open: Option<Block<'_>> = None;
    for (line, text) in (1..).zip(page.lines()) {
        match (&mut open, text.strip_prefix("```")) {
            (None, Some(info)) => open = Some(Block { line, info, lines: Vec::new() }),
            (Some(_), Some("")) => blocks.extend(open.take()),
            (Some(block), _) => block.lines.push(text),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a fence is never closed");
    blocks
}

/// Follows a page in a folder.
fn follow(page: &Path, folder: &Path) {
    let text = fs::read_to_string(page).unwrap();
    let name = page.file_name().unwrap().to_string_lossy();
    for block in blocks(&text) {
        match block.info.split_once(' ') {
            Some((_, file)) => write(&folder.join(file.trim()), &block.lines),
            None if block.info == "console" => run_all(&name, &block, folder),
            None => {}
        }
    }
}

fn write(path: &Path, lines: &[&str]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, lines.join("\n") + "\n").unwrap();
}

fn run_all(page: &str, block: &Block<'_>, folder: &Path) {
    let mut lines = (block.line + 1..).zip(&block.lines).peekable();
    while let Some((line, text)) = lines.next() {
        let command = text.strip_prefix("$ ").unwrap_or_else(|| panic!("{page}:{line}: expected a command"));
        let mut expected = String::new();
        while let Some((_, text)) = lines.next_if(|(_, text)| !text.starts_with("$ ")) {
            expected.push_str(text);
            expected.push('\n');
        }
        let found = run(command, folder);
        // A blank line before the next command is for the eye.
        let (expected, found) = (expected.trim_end().to_owned(), found.trim_end().to_owned());
        println!("{page}:{line}: $ {command}");
        snapbox::Assert::new().eq(found, expected.into_data());
    }
}

/// What a command prints, with its exit status before it where that is not 0. A shell runs it, as the reader's would.
fn run(command: &str, folder: &Path) -> String {
    let binary = Path::new(env!("CARGO_BIN_EXE_crossfoot")).parent().unwrap();
    let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap());
    let output = Command::new("sh")
        .args(["-c", command])
        .current_dir(folder)
        .env("PATH", path)
        .env("COLUMNS", "100")
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    match output.status.code() {
        Some(0) => text,
        code => format!("? {}\n{text}", code.unwrap_or(-1)),
    }
}

/// A folder with the plans of the project in it.
fn folder_with_plans() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for plan in walkdir::WalkDir::new(Path::new(ROOT).join("plans")) {
        let plan = plan.unwrap();
        let target = folder.path().join(plan.path().strip_prefix(ROOT).unwrap());
        if plan.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::copy(plan.path(), target).unwrap();
        }
    }
    folder
}

#[test]
fn pages_that_change_files_can_be_followed() {
    for page in ["docs/allowances.md"] {
        follow(&Path::new(ROOT).join(page), folder_with_plans().path());
    }
}
