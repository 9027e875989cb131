//! The command that is run after a check in which something changed: one at a time, never in the way.

use std::io;
use std::process::{Command, Stdio};

use crossbeam_channel::Sender;

use super::keys::Happened;
use super::screen::Check;
use crate::cli::args::Format;
use crate::cli::say;
use crossfoot::finding::Failure;

/// What the command is told, by the names of environment variables.
type Told = Vec<(&'static str, String)>;

pub(super) struct Exec {
    command: String,
    format: Format,
    sender: Sender<Happened>,
    runs: bool,
    /// What a check had to tell while the command ran: only the last one counts.
    next: Option<Told>,
}

impl Exec {
    pub(super) fn new(command: String, format: Format, sender: Sender<Happened>) -> Self {
        Self { command, format, sender, runs: false, next: None }
    }

    /// Runs the command for a check; while it still runs for an earlier one, as soon as it has ended.
    pub(super) fn run(&mut self, check: &Check<'_>, errors: &[Failure]) {
        let told = told(check, errors);
        if self.runs {
            self.next = Some(told);
        } else {
            self.start(told);
        }
    }

    /// The command has ended: with nothing to say, or with what went wrong.
    pub(super) fn ended(&mut self, wrong: Option<&str>) {
        self.runs = false;
        if let Some(wrong) = wrong {
            say(&format!("note: --exec {}: {wrong}", self.command));
        }
        if let Some(told) = self.next.take() {
            self.start(told);
        }
    }

    fn start(&mut self, told: Told) {
        let mut command = shell(&self.command);
        command.envs(told).stdin(Stdio::null());
        if self.format == Format::Json {
            // Standard output is for programs.
            command.stdout(io::stderr());
        }
        let sender = self.sender.clone();
        let wait = move || {
            let wrong = match command.status() {
                Ok(status) if status.success() => None,
                Ok(status) => Some(format!("it ended with {status}")),
                Err(error) => Some(format!("it cannot be run: {error}")),
            };
            let _ = sender.send(Happened::Ran(wrong));
        };
        match std::thread::Builder::new().name("exec".to_owned()).spawn(wait) {
            Ok(_) => self.runs = true,
            Err(error) => say(&format!("note: --exec {}: it cannot be run: {error}", self.command)),
        }
    }
}

fn told(check: &Check<'_>, errors: &[Failure]) -> Told {
    let (summary, difference) = (&check.checked.report.summary, check.difference);
    let counts = [
        ("CROSSFOOT_ERRORS", summary.error),
        ("CROSSFOOT_WARNINGS", summary.warning),
        ("CROSSFOOT_NOTES", summary.info),
        ("CROSSFOOT_NEW", difference.new.len()),
        ("CROSSFOOT_FIXED", difference.fixed.len()),
        ("CROSSFOOT_GONE", difference.gone.len()),
        ("CROSSFOOT_CHANGED", difference.changed.len()),
        ("CROSSFOOT_REMAINING", difference.remaining.len()),
        ("CROSSFOOT_STALE", check.stale().len()),
        ("CROSSFOOT_FAILURES", errors.len()),
    ];
    counts.into_iter().map(|(name, count)| (name, count.to_string())).collect()
}

#[cfg(unix)]
fn shell(text: &str) -> Command {
    let mut command = Command::new("sh");
    command.arg("-c").arg(text);
    command
}

#[cfg(not(unix))]
fn shell(text: &str) -> Command {
    let mut command = Command::new("cmd");
    command.arg("/C").arg(text);
    command
}
