//! `crossfoot check`.

use std::io::Write as _;
use std::process::ExitCode;

use super::args::{Check, FailLevel, Format};
use super::progress::Progress;
use super::{Stop, common, terminal, write_out};
use crossfoot::finding::{FailOn, Failure};
use crossfoot::plan::files::{NoPlan, inputs};
use crossfoot::{Auditor, Report, report};

pub(crate) fn run(args: &Check) -> Result<ExitCode, Stop> {
    let rules = common::rules(&args.rules)?;
    let (year, month, day) = common::today(args.today.as_deref())?;
    let (found, missing) = inputs(&args.paths);
    let mut failures: Vec<Failure> = missing.into_iter().map(missing_path).collect();
    let mut plans = Vec::new();
    for input in &found {
        match common::load(input) {
            Ok(plan) => plans.push(plan),
            Err(failure) => failures.push(*failure),
        }
    }
    let progress = Progress::new(!args.quiet, "checks of a rule over a plan");
    let step = |done, total| progress.step(done, total);
    let auditor = Auditor::new(&rules).today(year, month, day).note_rounding(args.show_rounding).on_progress(&step);
    let mut audit = auditor.audit_all(&plans);
    progress.finish();
    audit.add_failures(failures);
    print(args, &audit)?;
    let code = audit.verdict(fail_on(args.fail_on)).code();
    Ok(ExitCode::from(u8::try_from(code).unwrap_or(2)))
}

fn missing_path(no_plan: NoPlan) -> Failure {
    common::failure(&no_plan.path, no_plan.message, no_plan.help)
}

fn print(args: &Check, audit: &Report) -> Result<(), Stop> {
    if args.quiet {
        let mut err = std::io::stderr().lock();
        for failure in &audit.errors {
            let _ = writeln!(err, "error: {}: {}", failure.file, failure.message);
        }
        return Ok(());
    }
    let options = terminal::options(args.color);
    match args.format {
        Format::Text => write_out(|out| report::text(audit, &options, out))?,
        Format::Json => write_out(|out| report::json(audit, out))?,
    }
    Ok(())
}

fn fail_on(level: FailLevel) -> FailOn {
    match level {
        FailLevel::Error => FailOn::Error,
        FailLevel::Warning => FailOn::Warning,
        FailLevel::Info => FailOn::Info,
        FailLevel::Never => FailOn::Never,
    }
}
