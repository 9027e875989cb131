//! A question about what would be written, its answer, and the writing: the same for every command that asks first.

use std::io::{BufRead as _, Write as _};
use std::path::Path;

use super::{Stop, overwrite, write_text};
use crossfoot::report::{TextOptions, harmless};

/// What the user wants done.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    Yes,
    No,
    All,
    Quit,
}

/// Asks until there is an answer. An empty line is a no, the end of the input ends it, and anything else shows `help`.
pub(crate) fn ask(question: &str, all: &str, help: &str, options: &TextOptions) -> Result<Answer, Stop> {
    loop {
        let mut out = std::io::stdout().lock();
        write!(out, "{}? [y]es, [n]o, [a]ll{all}, [q]uit, [?]: ", harmless(question))?;
        out.flush()?;
        drop(out);
        let mut line = Vec::new();
        // The end of the input is no consent.
        if std::io::stdin().lock().read_until(b'\n', &mut line)? == 0 {
            write_text(options, |out| writeln!(out))?;
            return Ok(Answer::Quit);
        }
        // What is no text is no answer.
        let answer = match String::from_utf8_lossy(&line).trim().to_lowercase().as_str() {
            "y" | "yes" => Answer::Yes,
            "" | "n" | "no" => Answer::No,
            "a" | "all" => Answer::All,
            "q" | "quit" => Answer::Quit,
            _ => {
                write_text(options, |out| out.write_all(help.as_bytes()))?;
                continue;
            }
        };
        write_text(options, |out| writeln!(out))?;
        return Ok(answer);
    }
}

/// Writes a file whose bytes are still those that were read. They are compared as late as can be, so that nobody's save is
/// lost.
pub(crate) fn replace(path: &Path, before: &str, after: &str) -> Result<(), String> {
    if let Some(why) = overwrite::not_writable(path) {
        return Err(why);
    }
    let now = std::fs::read(path).map_err(|error| format!("it cannot be read any more: {error}"))?;
    if now != before.as_bytes() {
        return Err("it was changed meanwhile by somebody else, and is as they left it; run it again".to_owned());
    }
    crossfoot::files::write(path, after.as_bytes())
        .map_err(|error| format!("it cannot be written: {error}; it is as it was"))
}
