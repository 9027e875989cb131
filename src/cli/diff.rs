//! `crossfoot diff`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;

use super::args::{ColorArgs, DayArgs, RuleArgs};
use super::draft::Source;
use super::{Stop, common, errors, say, terminal, write_as, write_text};
use crossfoot::compare::compare;
use crossfoot::finding::Comparison;
use crossfoot::report::{self, ComparisonFormat, Written};
use crossfoot::{Auditor, Report, files};

#[derive(Debug, clap::Args)]
pub(crate) struct Diff {
    /// The earlier draft: a file, a folder of plans, `REV:path` as git has it, or `-` for standard input
    #[arg(value_name = "OLD")]
    old: PathBuf,

    /// The later draft, a file or a folder as OLD is
    #[arg(value_name = "NEW")]
    new: PathBuf,

    #[command(flatten)]
    rules: RuleArgs,

    /// How the comparison is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Make the exit status 1 where anything differs
    #[arg(long)]
    exit_code: bool,

    #[command(flatten)]
    day: DayArgs,

    #[command(flatten)]
    pub(crate) color: ColorArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, at a terminal
    Text,
    /// For programs: see `crossfoot schema diff`
    Json,
    /// For a page of text, such as the description of a change
    Markdown,
    /// For a browser: one file that loads nothing
    Html,
}

impl From<Format> for ComparisonFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Text => Self::Text,
            Format::Json => Self::Json,
            Format::Markdown => Self::Markdown,
            Format::Html => Self::Html,
        }
    }
}

pub(crate) fn run(args: &Diff) -> Result<ExitCode, Stop> {
    let (old, new) = (Source::find(&args.old)?, Source::find(&args.new)?);
    let shown = [files::shown(&args.old), files::shown(&args.new)];
    refuse(&old, &new, &shown)?;
    // Both are judged by the rules of the later one, so that a difference is one of the plans.
    let start = [new.start(), old.start()].into_iter().flatten().next().unwrap_or_else(|| PathBuf::from("."));
    let rules = common::rules(&args.rules, &[start])?;
    let (year, month, day) = common::today(args.day.today.as_deref())?;
    let [old_name, new_name] = shown;
    let (old, new) = (old.read(old_name, &rules)?, new.read(new_name, &rules)?);
    let comparison = compare(&Auditor::new(&rules).today(year, month, day), &old, &new);
    print(args, &comparison)?;
    let code = match (comparison.errors.is_empty(), args.exit_code && comparison.differs()) {
        (false, _) => 2,
        (true, differs) => u8::from(differs),
    };
    Ok(ExitCode::from(code))
}

/// Refuses what cannot be compared, and tells what need not be.
fn refuse(old: &Source, new: &Source, [old_name, new_name]: &[String; 2]) -> Result<(), Stop> {
    if matches!((old, new), (Source::Stdin, Source::Stdin)) {
        return Err(Stop::new("OLD and NEW cannot both come from standard input").help("name a file for one of them"));
    }
    if old.is_folder() != new.is_folder() {
        let (folder, file) = if old.is_folder() { (old_name, new_name) } else { (new_name, old_name) };
        let message = format!("{folder} is a folder of plans and {file} is one plan: expected two of a kind");
        let inside = Path::new(folder).join(Path::new(file).file_name().unwrap_or_default());
        return Err(Stop::new(message).help(format!("name the plan in the folder, such as {}", files::shown(&inside))));
    }
    let (real_old, real_new) = (old.real(), new.real());
    if real_old.is_some() && real_old == real_new {
        let what = if old.is_folder() { "folder" } else { "file" };
        say(&format!("note: OLD and NEW are the same {what}"));
    }
    Ok(())
}

fn print(args: &Diff, comparison: &Comparison) -> Result<(), Stop> {
    let options = terminal::options(args.color.when);
    let format = ComparisonFormat::from(args.format);
    // Programs find what stood in the way in the document itself.
    if args.format != Format::Json {
        let options = terminal::error_options(args.color.when);
        let (errors_of, sources) = (comparison.errors.clone(), comparison.sources.clone());
        let obstacles = Report::new(Vec::new(), comparison.faults.clone(), errors_of, Vec::new(), sources);
        let _ = report::obstacles_once(&obstacles, &options, &mut errors(&options));
        if comparison.is_void() {
            return Ok(());
        }
    }
    let print = |out: &mut dyn std::io::Write| report::comparison(comparison, format, &options, &mut { out });
    match format.written() {
        Written::Plain if args.format == Format::Text => write_text(&options, |out| print(out))?,
        written => write_as(written, |out| print(out))?,
    }
    Ok(())
}
