//! `crossfoot report`: a saved run, rendered.

use std::io::Read as _;
use std::path::PathBuf;
use std::process::ExitCode;

use super::args::ColorArgs;
use super::outputs::OutputArgs;
use super::{Stop, terminal};
use crossfoot::files;
use crossfoot::finding::{Run, RunError};
use crossfoot::report::TextOptions;

/// Render a saved run, without its plans and rules
///
/// A run is saved by `crossfoot check --output run=FILE`. Exit status: 0; 2 when the run cannot be read or a report cannot be written.
#[derive(Debug, clap::Args)]
pub(crate) struct Report {
    /// The saved run, or `-` for standard input
    #[arg(value_name = "RUN")]
    run: PathBuf,

    #[command(flatten)]
    output: OutputArgs,

    /// Also show findings that are allowed or in the baseline
    #[arg(long)]
    show_suppressed: bool,

    #[command(flatten)]
    pub(crate) color: ColorArgs,
}

pub(crate) fn run(args: &Report) -> Result<ExitCode, Stop> {
    let run = read(args)?;
    args.output.check(args.run.to_str())?;
    let options = TextOptions { suppressed: args.show_suppressed, ..terminal::options(args.color.when) };
    // Who asks for files does not want the terminal filled as well.
    if args.output.output.is_empty() {
        args.output.print(&run, &options)?;
    }
    args.output.write(&run, run.overviews.iter().map(|overview| overview.language.as_str()))?;
    Ok(ExitCode::SUCCESS)
}

fn read(args: &Report) -> Result<Run, Stop> {
    let name = files::shown(&args.run);
    let mut bytes = Vec::new();
    let read = if name == "-" {
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(&args.run)
    };
    let bytes = read.map_err(|error| Stop::new(format!("cannot read {name}: {error}")))?;
    let text = String::from_utf8(bytes).map_err(|_| Stop::new(format!("{name} is not UTF-8, and so no saved run")))?;
    Run::read(&text).map_err(|error| {
        let help = match error {
            RunError::Newer { .. } => "render it with that version, or check the plans again with this one",
            RunError::OnlyAReport | RunError::Unreadable(_) => "save a run with `crossfoot check --output run=FILE`",
        };
        Stop::new(format!("{name}: {error}")).help(help)
    })
}
