//! `crossfoot coverage`.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;

use super::args::RuleArgs;
use super::{Stop, common, write_as, write_out};
use crossfoot::audit::{coverage_json, coverage_text, looks_json, looks_text};
use crossfoot::finding::Failure;
use crossfoot::report::Written;
use crossfoot::{Auditor, Plan, Rules};

#[derive(Debug, clap::Args)]
pub(crate) struct Coverage {
    /// Files, directories, globs, or `-` for standard input [default: plans/, or the current directory]
    #[arg(value_name = "PLAN")]
    plans: Vec<PathBuf>,

    #[command(flatten)]
    rules: RuleArgs,

    /// Which rules look at the figures at this path, such as `objectives[I.1].total.2020`, and what they compare them with
    #[arg(long, value_name = "PATH", conflicts_with = "threshold")]
    at: Option<String>,

    /// The least share of figures that are looked at, in percent; below it the exit status is 1
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u32).range(0..=100))]
    threshold: Option<u32>,

    /// How the result is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// The day that rules take for today [default: the system's, in UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<String>,
}

/// How a result is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, at a terminal
    Text,
    /// For programs: docs/coverage.md and docs/mutation.md describe the fields
    Json,
}

pub(crate) fn run(args: &Coverage) -> Result<ExitCode, Stop> {
    let rules = common::rules(&args.rules, &args.plans)?;
    let (year, month, day) = common::today(args.today.as_deref())?;
    let auditor = Auditor::new(&rules).today(year, month, day);
    let plans = plans(&args.plans, &rules)?;
    match &args.at {
        Some(path) => at(args, &auditor, &plans, path),
        None => all(args, &auditor, &plans),
    }
}

fn all(args: &Coverage, auditor: &Auditor<'_>, plans: &[Plan]) -> Result<ExitCode, Stop> {
    let found = auditor.coverage_all(plans);
    match args.format {
        Format::Text => write_out(|out| {
            for (at, coverage) in found.iter().enumerate() {
                if at > 0 {
                    writeln!(out)?;
                }
                coverage_text(coverage, out)?;
            }
            Ok(())
        })?,
        Format::Json => write_as(Written::Json, |out| coverage_json(&found, out))?,
    }
    if let Some(failure) = found.iter().flat_map(|coverage| &coverage.errors).next() {
        return Err(stop(failure));
    }
    let enough = |threshold| found.iter().all(|coverage| coverage.reaches(threshold));
    Ok(passed(args.threshold.is_none_or(enough)))
}

fn at(args: &Coverage, auditor: &Auditor<'_>, plans: &[Plan], path: &str) -> Result<ExitCode, Stop> {
    let [plan] = plans else {
        return Err(Stop::new(format!("--at wants one plan, and there are {}", plans.len()))
            .help("name the plan: `crossfoot coverage plans/2027.toml --at PATH`"));
    };
    let found =
        auditor.looks_at(plan, path).map_err(|lost| Stop { help: lost.help.clone(), ..Stop::new(lost.message) })?;
    match args.format {
        Format::Text => write_out(|out| looks_text(&found, out))?,
        Format::Json => write_as(Written::Json, |out| looks_json(&found, out))?,
    }
    if let Some(failure) = found.errors.first() {
        return Err(stop(failure));
    }
    Ok(ExitCode::SUCCESS)
}

fn plans(paths: &[PathBuf], rules: &Rules) -> Result<Vec<Plan>, Stop> {
    let (found, missing) = common::plans(paths, rules);
    if let Some(no_plan) = missing.into_iter().next() {
        return Err(Stop { help: no_plan.help, ..Stop::new(format!("{}: {}", no_plan.path, no_plan.message)) });
    }
    found.iter().map(|input| common::load(input, rules).map_err(|failure| stop(&failure))).collect()
}

/// The one plan of a command that works with one.
pub(crate) fn plan(path: &Path, rules: &Rules) -> Result<Plan, Stop> {
    let mut found = plans(&[path.to_owned()], rules)?;
    match (found.pop(), found.len()) {
        (Some(plan), 0) => Ok(plan),
        (_, more) => {
            Err(Stop::new(format!("{} holds {} plans: expected one", path.display(), more + 1)).help("name one file"))
        }
    }
}

/// What stood in the way, as the end of the command.
pub(crate) fn stop(failure: &Failure) -> Stop {
    let place = failure.span.map(|span| format!(":{}:{}", span.start.line, span.start.column)).unwrap_or_default();
    let rule = failure.rule.as_ref().map(|rule| format!("rule {rule}: ")).unwrap_or_default();
    // What cannot be read names its file itself.
    let names_itself = failure.message.contains(failure.file.as_ref());
    let file = if names_itself { String::new() } else { format!("{}{place}: ", failure.file) };
    let message = format!("{file}{rule}{}", failure.message);
    Stop { help: failure.help.clone(), ..Stop::new(message) }
}

/// 0 where enough was reached, 1 where not.
pub(crate) fn passed(enough: bool) -> ExitCode {
    if enough { ExitCode::SUCCESS } else { ExitCode::from(1) }
}
