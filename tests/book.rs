//! The book and the pages that change files are followed to the letter: in a folder of its own, each command of a page is run
//! in order and must print what the page shows.
//!
//! A block whose fence names a file (```` ```rhai rules/house/own.rhai ````) is written to that file. In a `console` block a
//! line that begins with `$ ` is a command; `? 1` above the output is its exit status, else 0. `[..]` stands for any text in a
//! line, `...` for any lines. Chapters of the book follow one another in one folder.
//!
//! `CROSSFOOT_UPDATE_DOCS=1 cargo test --test book` writes what the commands print; read it before you keep it.
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

/// A block of a page: the line of its fence, what the fence says, and its lines.
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

/// A command of a page: its line, what is run, and what the page says that it prints.
struct Step<'p> {
    line: usize,
    command: &'p str,
    output: Vec<&'p str>,
}

fn steps<'p>(page: &str, block: &Block<'p>) -> Vec<Step<'p>> {
    let mut steps: Vec<Step<'p>> = Vec::new();
    for (line, text) in (block.line + 1..).zip(&block.lines) {
        match (text.strip_prefix("$ "), steps.last_mut()) {
            (Some(command), _) => steps.push(Step { line, command, output: Vec::new() }),
            (None, Some(step)) => step.output.push(text),
            (None, None) => panic!("{page}:{line}: expected a command"),
        }
    }
    steps
}

/// Follows a page in a folder. When told to, writes what the commands print into the page, but for those whose output the
/// page leaves out in part.
fn follow(page: &Path, folder: &Path) {
    let text = fs::read_to_string(page).unwrap();
    let name = page.file_name().unwrap().to_string_lossy();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for block in blocks(&text) {
        match block.info.split_once(' ') {
            Some((_, file)) => write(&folder.join(file.trim()), &block.lines),
            None if block.info == "console" => {
                let shown = steps(&name, &block).iter().flat_map(|step| hold(&name, step, folder)).collect::<Vec<_>>();
                lines[block.line..block.line + block.lines.len()].fill(String::new());
                if let Some(first) = lines.get_mut(block.line) {
                    *first = shown.join("\n").trim_end().to_owned();
                }
            }
            None => {}
        }
    }
    if updating() {
        // Lines that a block no longer needs are empty; what it prints is in its first.
        let mut updated = String::new();
        let mut inside = Vec::new();
        for block in blocks(&text).iter().filter(|block| block.info == "console") {
            inside.extend(block.line + 1..block.line + block.lines.len());
        }
        for (at, line) in lines.iter().enumerate() {
            if !inside.contains(&at) {
                updated.push_str(line);
                updated.push('\n');
            }
        }
        fs::write(page, updated).unwrap();
    }
}

fn updating() -> bool {
    std::env::var_os("CROSSFOOT_UPDATE_DOCS").is_some()
}

fn write(path: &Path, lines: &[&str]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, lines.join("\n") + "\n").unwrap();
}

/// Runs a command, and gives its lines for the page.
fn hold(page: &str, step: &Step<'_>, folder: &Path) -> Vec<String> {
    let expected = step.output.join("\n").trim_end().to_owned();
    let found = run(step.command, folder).trim_end().to_owned();
    let in_part = expected.lines().any(|line| line.trim() == "..." || line.contains("[..]"));
    let command = format!("$ {}", step.command);
    if updating() && !in_part {
        return if found.is_empty() { vec![command] } else { vec![command, found, String::new()] };
    }
    println!("{page}:{}: {command}", step.line);
    snapbox::Assert::new().eq(found, expected.clone().into_data());
    if expected.is_empty() { vec![command] } else { vec![command, expected, String::new()] }
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
    follow(&Path::new(ROOT).join("docs/allowances.md"), folder_with_plans().path());
}

#[test]
fn the_book_can_be_followed_from_nothing() {
    let folder = tempfile::tempdir().unwrap();
    for chapter in ["1-begin", "2-rule", "3-cases", "4-proof", "5-tune", "6-share"] {
        follow(&Path::new(ROOT).join(format!("docs/book/{chapter}.md")), folder.path());
    }
}
