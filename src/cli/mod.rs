//! The command line: arguments in, a report out, an exit status.
//!
//! Sees only the library's public face. The only place with standard output, the environment, the clock and the exit status.

#![allow(clippy::disallowed_methods, reason = "clippy.toml keeps effects out of everything but this module")]

mod args;
mod baseline;
mod check;
mod common;
mod coverage;
mod eval;
mod explain;
mod figures;
mod generate;
mod mutate;
mod progress;
mod repl;
mod rules;
mod scaffold;
mod terminal;
mod test;
mod update;

use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;

use args::{Args, Baseline, Command, SchemaKind};
use crossfoot::baseline::BaselineError;
use crossfoot::config::ConfigError;
use crossfoot::{Report, plan, report};

/// Parses the arguments, does the work, and says how it ended.
pub(crate) fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Help and version are no errors and go to standard output; `clap` knows which is which.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let result = match args.command {
        Command::Check(check) => check::run(&check),
        Command::Rules(listing) => rules::run(&listing),
        Command::Explain(explain) => explain::run(&explain),
        Command::Eval(eval) => eval::run(&eval),
        Command::Repl(repl) => repl::run(&repl),
        Command::Completions(completions) => generate::completions(&completions),
        Command::Man(man) => generate::man(&man),
        Command::Baseline(Baseline::Write(args)) => baseline::write(&args),
        Command::Test(args) => test::run(&args),
        Command::Init(args) => scaffold::init(&args),
        Command::New(args) => scaffold::new(&args),
        Command::Mutate(mutate) => mutate::run(&mutate),
        Command::Coverage(coverage) => coverage::run(&coverage),
        Command::Schema { what } => schema(what),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            complain(&error);
            ExitCode::from(2)
        }
    }
}

/// What stops the command before there is a report.
#[derive(Debug)]
pub(crate) struct Stop {
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    /// Mistakes with their places, in the message's stead.
    pub(crate) mistakes: Option<Box<Report>>,
}

impl Stop {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, mistakes: None }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl From<ConfigError> for Stop {
    fn from(error: ConfigError) -> Self {
        let sources = error.sources.iter().map(|source| (source.shared_name(), Arc::clone(source))).collect();
        let message = error.to_string();
        let mistakes = Report::new(Vec::new(), Vec::new(), error.failures, Vec::new(), sources);
        Self { mistakes: Some(Box::new(mistakes)), ..Self::new(message) }
    }
}

impl From<BaselineError> for Stop {
    fn from(error: BaselineError) -> Self {
        Self { help: error.help.clone(), ..Self::new(error.to_string()) }
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::new(format!("cannot write the output: {error}"))
    }
}

fn complain(stop: &Stop) {
    let mut err = io::stderr().lock();
    if let Some(mistakes) = &stop.mistakes {
        let options = terminal::error_options(args::When::Auto);
        let _ = report::text(mistakes, &options, &mut err);
        return;
    }
    let _ = writeln!(err, "error: {}", stop.message);
    if let Some(help) = &stop.help {
        let _ = writeln!(err, "  help: {help}");
    }
}

fn schema(what: SchemaKind) -> Result<ExitCode, Stop> {
    let schema = match what {
        SchemaKind::Plan => plan::vocabulary::json_schema(),
        SchemaKind::Report => report::json_schema(),
    };
    write_out(|out| writeln!(out, "{schema:#}"))?;
    Ok(ExitCode::SUCCESS)
}

/// Writes to standard output; a reader that has gone away is no error.
pub(crate) fn write_out(
    work: impl FnOnce(&mut io::BufWriter<io::StdoutLock<'static>>) -> io::Result<()>,
) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match work(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
            // What is left in the buffer has no reader; dropping it must not complain.
            let _ = out.into_parts();
            Ok(())
        }
        other => other,
    }
}
