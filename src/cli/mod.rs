//! The command line: arguments in, a report out, an exit status.
//!
//! Sees only the library's public face. The only place with standard output, the environment, the clock and the exit status.

#![allow(clippy::disallowed_methods, reason = "clippy.toml keeps effects out of everything but this module")]

mod answer;
mod args;
mod ask;
mod baseline;
mod check;
mod common;
mod coverage;
mod diff;
mod draft;
mod eval;
mod explain;
mod figures;
mod fix;
mod generate;
mod git;
mod lsp;
mod mutate;
mod outputs;
mod overwrite;
mod progress;
mod repl;
mod report;
mod rules;
mod scaffold;
mod stats;
mod terminal;
mod test;
mod uncommitted;
mod update;
mod watch;

use std::io::{self, IsTerminal as _, Write};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;

use args::{Args, Baseline, Command, SchemaKind, When};
use crossfoot::baseline::BaselineError;
use crossfoot::config::ConfigError;
use crossfoot::report::{Document, Harmless, TextOptions, Written, harmless};
use crossfoot::words::Lang;
use crossfoot::{Report, plan};

/// Parses the arguments, does the work, and says how it ended.
pub(crate) fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            refuse(&error);
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let (color, lang) = looks_of(&args.command);
    if let Some(lang) = lang {
        terminal::speak(lang);
    }
    let result = match args.command {
        Command::Check(check) => check::run(&check),
        Command::Report(args) => report::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Stats(args) => stats::run(&args),
        Command::Watch(args) => watch::run(&args),
        Command::Fix(args) => fix::run(&args),
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
        Command::Lsp(lsp) => lsp::run(&lsp),
        Command::Schema { what } => schema(what),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            complain(&error, color);
            ExitCode::from(2)
        }
    }
}

/// How a command is to show what it shows: in which colours and, perhaps, in which language.
fn looks_of(command: &Command) -> (When, Option<Lang>) {
    let args = match command {
        Command::Check(args) => &args.color,
        Command::Report(args) => &args.color,
        Command::Diff(args) => &args.color,
        Command::Stats(args) => &args.color,
        Command::Watch(args) => &args.color,
        Command::Fix(args) => &args.color,
        Command::Test(args) => &args.color,
        Command::Mutate(args) => &args.color,
        Command::Coverage(args) => &args.color,
        Command::Rules(args) => &args.color,
        Command::Explain(args) => &args.color,
        Command::Eval(args) => &args.color,
        Command::Repl(args) => &args.color,
        _ => return (When::Auto, None),
    };
    (args.when, args.lang)
}

/// Says what is wrong with the arguments. Help and version are no errors; `clap` writes them to standard output.
fn refuse(error: &clap::Error) {
    if !error.use_stderr() {
        let _ = error.print();
        return;
    }
    let options = terminal::error_options(When::Auto);
    let text = error.render();
    let text = if options.color { text.ansi().to_string() } else { text.to_string() };
    let _ = errors(&options).write_all(text.as_bytes());
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

/// Says what stopped the command, in the colours that it was asked for.
fn complain(stop: &Stop, color: When) {
    if let Some(mistakes) = &stop.mistakes {
        let options = terminal::error_options(color);
        let _ = crossfoot::report::text(mistakes, &options, &mut errors(&options));
        return;
    }
    say(&format!("error: {}", stop.message));
    if let Some(help) = &stop.help {
        say(&format!("  help: {help}"));
    }
}

fn schema(what: SchemaKind) -> Result<ExitCode, Stop> {
    let schema = match what {
        SchemaKind::Plan => plan::vocabulary::json_schema(),
        SchemaKind::Report => Document::Report.schema(),
        SchemaKind::Run => Document::Run.schema(),
        SchemaKind::Lines => Document::Lines.schema(),
        SchemaKind::Diff => Document::Diff.schema(),
        SchemaKind::Stats => Document::Stats.schema(),
        SchemaKind::Fix => Document::Fix.schema(),
        SchemaKind::Watch => Document::Watch.schema(),
        SchemaKind::Test => Document::Test.schema(),
        SchemaKind::Mutate => Document::Mutate.schema(),
        SchemaKind::Coverage => Document::Coverage.schema(),
        SchemaKind::Eval => Document::Eval.schema(),
    };
    write_out(|out| writeln!(out, "{schema:#}"))?;
    Ok(ExitCode::SUCCESS)
}

/// What is written to.
type Out<W> = Harmless<io::BufWriter<W>>;

/// Writes text without colours to standard output; a reader that has gone away is no error.
pub(crate) fn write_out(work: impl FnOnce(&mut Out<io::StdoutLock<'static>>) -> io::Result<()>) -> io::Result<()> {
    write_as(Written::Plain, work)
}

/// Writes a report to standard output, in its colours.
pub(crate) fn write_text(
    options: &TextOptions,
    work: impl FnOnce(&mut Out<io::StdoutLock<'static>>) -> io::Result<()>,
) -> io::Result<()> {
    write_as(text_of(options), work)
}

/// Writes for programs to standard output.
pub(crate) fn write_as(
    written: Written,
    work: impl FnOnce(&mut Out<io::StdoutLock<'static>>) -> io::Result<()>,
) -> io::Result<()> {
    let mut out = Harmless::new(written, io::BufWriter::new(io::stdout().lock()));
    match work(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
            // What is left in the buffer has no reader; dropping it must not complain.
            let _ = out.into_inner().into_parts();
            Ok(())
        }
        other => other,
    }
}

/// Writes a text of the user's own to standard output, byte for byte; a terminal gets what is harmless of it.
pub(crate) fn write_exactly(text: &[u8]) -> io::Result<()> {
    if io::stdout().is_terminal() {
        return write_out(|out| out.write_all(text));
    }
    let mut out = io::stdout().lock();
    match out.write_all(text).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Standard error, for a report in its colours.
pub(crate) fn errors(options: &TextOptions) -> Harmless<io::StderrLock<'static>> {
    Harmless::new(text_of(options), io::stderr().lock())
}

/// Says something on standard error. Who has closed it does not want to know.
pub(crate) fn say(message: &str) {
    let _ = writeln!(io::stderr(), "{}", harmless(message));
}

fn text_of(options: &TextOptions) -> Written {
    if options.color { Written::Coloured } else { Written::Plain }
}
