//! `crossfoot lsp`.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Mutex;

use super::{Stop, common, say};
use crossfoot::lsp::{Options, serve};

#[derive(Debug, clap::Args)]
pub(crate) struct Lsp {
    /// Write the log to this file as well, at its end; it always goes to standard error
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,

    /// Speak over standard input and output, as it does without saying so
    #[arg(long)]
    stdio: bool,
}

pub(crate) fn run(args: &Lsp) -> Result<ExitCode, Stop> {
    let file = match &args.log {
        Some(path) => {
            let file = OpenOptions::new().create(true).append(true).open(path);
            Some(Mutex::new(file.map_err(|error| Stop::new(format!("cannot write {}: {error}", path.display())))?))
        }
        None => None,
    };
    let log = move |line: &str| {
        say(line);
        if let Some(mut file) = file.as_ref().and_then(|file| file.lock().ok()) {
            let _ = writeln!(file, "{line}");
        }
    };
    let options = Options { today: Box::new(|| common::today(None).ok()), log: Box::new(log) };
    // Standard input and output are the editor's: whatever else is said goes to the log.
    let ended = serve(io::stdin(), io::stdout(), options);
    Ok(ExitCode::from(ended.code()))
}
