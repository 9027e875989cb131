//! `crossfoot mutate`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;

use super::args::{ColorArgs, DayArgs, RuleArgs};
use super::figures::{self, Format};
use super::progress::Progress;
use super::{Stop, common, terminal, write_as, write_text};
use crossfoot::Auditor;
use crossfoot::mutate::{MutationKind, MutationReport, Mutator, Show, json, text};
use crossfoot::report::Written;

#[derive(Debug, clap::Args)]
pub(crate) struct Mutate {
    /// The plan to change, or `-` for standard input; the file itself is never changed
    #[arg(value_name = "PLAN")]
    plan: PathBuf,

    #[command(flatten)]
    rules: RuleArgs,

    /// Make only mutations of these kinds (repeatable)
    #[arg(long, value_enum, value_name = "KIND", value_delimiter = ',')]
    kind: Vec<Kind>,

    /// Make so many mutations at most, chosen at random
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,

    /// What the random choice begins with: the same seed chooses the same mutations
    #[arg(long, value_name = "N", default_value_t = Mutator::SEED)]
    seed: u64,

    /// The least score over all mutations, in percent; below it the exit status is 1
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u32).range(0..=100))]
    threshold: Option<u32>,

    /// How the result is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// List the mutations that were noticed too, with the rules that did
    #[arg(long)]
    all: bool,

    #[command(flatten)]
    pub(crate) day: DayArgs,

    #[command(flatten)]
    pub(crate) color: ColorArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    /// A figure changed by the least that rounding does not explain
    Nudge,
    /// Two adjacent digits of a figure exchanged
    Transpose,
    /// A digit of a figure left out
    DropDigit,
    /// Two figures beside each other exchanged
    SwapNeighbours,
    /// A figure, or an item that holds figures, left out
    DropAddend,
    /// A reference that leads nowhere
    BreakReference,
    /// An id given twice, or changed behind a reference
    BreakId,
    /// A mitigation, or what a risk says of one, left out
    RemoveMitigation,
}

impl From<Kind> for MutationKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Nudge => Self::Nudge,
            Kind::Transpose => Self::Transpose,
            Kind::DropDigit => Self::DropDigit,
            Kind::SwapNeighbours => Self::SwapNeighbours,
            Kind::DropAddend => Self::DropAddend,
            Kind::BreakReference => Self::BreakReference,
            Kind::BreakId => Self::BreakId,
            Kind::RemoveMitigation => Self::RemoveMitigation,
        }
    }
}

pub(crate) fn run(args: &Mutate) -> Result<ExitCode, Stop> {
    let rules = common::rules(&args.rules, std::slice::from_ref(&args.plan))?;
    let (year, month, day) = common::today(args.day.today.as_deref())?;
    let plan = figures::plan(&args.plan, &rules)?;
    let kinds: Vec<MutationKind> = args.kind.iter().map(|kind| (*kind).into()).collect();
    let progress = Progress::new(true, "mutations");
    let step = |done, total| progress.step(done, total);
    let auditor = Auditor::new(&rules).today(year, month, day);
    let mut mutator = Mutator::new(&auditor).limit(args.limit.map(|n| n as usize)).seed(args.seed).on_progress(&step);
    if !kinds.is_empty() {
        mutator = mutator.kinds(&kinds);
    }
    let report = mutator.mutate(&plan).map_err(|failure| figures::stop(&failure));
    progress.finish();
    let report = report?;
    print(args, &report)?;
    let Some(threshold) = args.threshold else { return Ok(ExitCode::SUCCESS) };
    if report.score.made == 0 {
        return Err(Stop::new("nothing in this plan can be changed so, so there is no score to hold to --threshold")
            .help("name a plan that states figures, or other kinds with --kind"));
    }
    Ok(figures::passed(report.score.reaches(threshold)))
}

fn print(args: &Mutate, report: &MutationReport) -> Result<(), Stop> {
    let show = Show { all: args.all };
    let options = terminal::options(args.color.when);
    match args.format {
        Format::Text => write_text(&options, |out| text(report, show, &options, out))?,
        Format::Json => write_as(Written::Json, |out| json(report, show, out))?,
    }
    Ok(())
}
