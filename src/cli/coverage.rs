//! `crossfoot coverage`.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use super::args::{ColorArgs, DayArgs, RuleArgs};
use super::figures::{Format, passed, plans, stop};
use super::{Stop, common, terminal, write_as, write_text};
use crossfoot::audit::{coverage_json, coverage_text, looks_json, looks_text};
use crossfoot::report::Written;
use crossfoot::{Auditor, Plan};

#[derive(Debug, clap::Args)]
pub(crate) struct Coverage {
    /// Files, directories, globs, or `-` for standard input [default: the plans of crossfoot.toml, plans/, or the
    /// current directory]
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

    #[command(flatten)]
    pub(crate) day: DayArgs,

    #[command(flatten)]
    pub(crate) color: ColorArgs,
}

pub(crate) fn run(args: &Coverage) -> Result<ExitCode, Stop> {
    let rules = common::rules(&args.rules, &args.plans)?;
    let (year, month, day) = common::today(args.day.today.as_deref())?;
    let auditor = Auditor::new(&rules).today(year, month, day);
    let plans = plans(&args.plans, &rules)?;
    match &args.at {
        Some(path) => at(args, &auditor, &plans, path),
        None => all(args, &auditor, &plans),
    }
}

fn all(args: &Coverage, auditor: &Auditor<'_>, plans: &[Plan]) -> Result<ExitCode, Stop> {
    let found = auditor.coverage_all(plans);
    let options = terminal::options(args.color.when);
    match args.format {
        Format::Text => write_text(&options, |out| {
            for (at, coverage) in found.iter().enumerate() {
                if at > 0 {
                    writeln!(out)?;
                }
                coverage_text(coverage, &options, out)?;
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
    let found = auditor
        .looks_at_all(plans, path)
        .map_err(|lost| Stop { help: lost.help.clone(), ..Stop::new(lost.message) })?;
    let options = terminal::options(args.color.when);
    match args.format {
        Format::Text => write_text(&options, |out| looks_text(&found, &options, out))?,
        Format::Json => write_as(Written::Json, |out| looks_json(&found, out))?,
    }
    if let Some(failure) = found.iter().flat_map(|plan| &plan.errors).next() {
        return Err(stop(failure));
    }
    Ok(ExitCode::SUCCESS)
}
