//! `crossfoot stats`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;

use super::args::ColorArgs;
use super::{Stop, common, errors, terminal, write_as, write_text};
use crossfoot::audit::overview;
use crossfoot::config::Config;
use crossfoot::finding::{Failure, Statistics};
use crossfoot::plan::files::inputs;
use crossfoot::report::{self, Written, statistics_json, statistics_text};
use crossfoot::{Auditor, Plan, Report, Rules};

#[derive(Debug, clap::Args)]
pub(crate) struct Stats {
    /// Files, directories, globs, or `-` for standard input [default: the plans of crossfoot.toml, plans/, or the
    /// current directory]
    #[arg(value_name = "PLAN")]
    plans: Vec<PathBuf>,

    /// How the statistics are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    #[command(flatten)]
    pub(crate) color: ColorArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, at a terminal
    Text,
    /// For programs: see `crossfoot schema stats`
    Json,
}

pub(crate) fn run(args: &Stats) -> Result<ExitCode, Stop> {
    let config = common::config(None, false, &args.plans)?;
    let configured = config.as_ref().map(Config::plans).unwrap_or_default();
    let (found, missing) = inputs(if args.plans.is_empty() { configured } else { &args.plans });
    let mut failures: Vec<Failure> =
        missing.into_iter().map(|no_plan| common::failure(&no_plan.path, no_plan.message, no_plan.help)).collect();
    let mut plans = Vec::new();
    for input in &found {
        match common::load_with(input, config.as_ref()) {
            Ok(plan) => plans.push(plan),
            Err(failure) => failures.push(*failure),
        }
    }
    let (plans, broken): (Vec<Plan>, Vec<Plan>) = plans.into_iter().partition(Plan::is_toml);
    // What is wrong with a text that is no TOML is said as an audit says it; no rule has anything to do with it.
    let rules = Rules::empty();
    let mut obstacles = Auditor::new(&rules).audit_all(&broken);
    obstacles.add_failures(failures);
    let overviews: Vec<_> = plans.iter().map(overview).collect();
    let statistics = Statistics::of(&overviews, obstacles.errors.clone());
    print(args, &statistics, &obstacles)?;
    Ok(if statistics.errors.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

fn print(args: &Stats, statistics: &Statistics, obstacles: &Report) -> Result<(), Stop> {
    if args.format == Format::Json {
        write_as(Written::Json, |out| statistics_json(statistics, out))?;
        return Ok(());
    }
    let options = terminal::options(args.color.when);
    write_text(&options, |out| statistics_text(statistics, &options, out))?;
    let options = terminal::error_options(args.color.when);
    let _ = report::obstacles_once(obstacles, &options, &mut errors(&options));
    Ok(())
}
