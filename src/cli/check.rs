//! `crossfoot check`.

use std::io::{IsTerminal as _, Read as _, Write as _};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::{Check, FailLevel, Format};
use super::{Stop, terminal, write_out};
use crossfoot::finding::{FailOn, Failure, FailureKind};
use crossfoot::plan::LoadError;
use crossfoot::plan::files::{Input, NoPlan, inputs};
use crossfoot::{Auditor, Plan, Report, Rules, report};

pub(crate) fn run(args: &Check) -> Result<ExitCode, Stop> {
    let rules = rules(args)?;
    let (year, month, day) = today(args.today.as_deref())?;
    let (found, missing) = inputs(&args.paths);
    let mut failures: Vec<Failure> = missing.into_iter().map(missing_path).collect();
    let mut plans = Vec::new();
    for input in &found {
        match load(input) {
            Ok(plan) => plans.push(plan),
            Err(failure) => failures.push(*failure),
        }
    }
    let progress = Progress::new(args.quiet);
    let step = |done, total| progress.step(done, total);
    let auditor = Auditor::new(&rules).today(year, month, day).note_rounding(args.show_rounding).on_progress(&step);
    let mut audit = auditor.audit_all(&plans);
    progress.finish();
    audit.add_failures(failures);
    print(args, &audit)?;
    let code = audit.verdict(fail_on(args.fail_on)).code();
    Ok(ExitCode::from(u8::try_from(code).unwrap_or(2)))
}

fn rules(args: &Check) -> Result<Rules, Stop> {
    let mut rules = if args.no_standard { Rules::empty() } else { Rules::standard() };
    for folder in &args.rules {
        rules = rules.with_dir(folder).map_err(|error| Stop::new(error.to_string()))?;
    }
    if rules.iter().next().is_none() && rules.failures().is_empty() {
        return Err(Stop::new("there is no rule to check with")
            .help("leave out --no-standard, or name a folder with --rules DIR"));
    }
    let rules = rules.choose(&args.only, &args.skip).map_err(|error| Stop::new(error.to_string()))?;
    let any_chosen = rules.iter().next().is_some()
        || rules.failures().iter().filter_map(|failure| failure.rule.as_ref()).any(|rule| rules.selected().takes(rule))
        || crossfoot::plan::FaultCode::ALL.iter().any(|code| rules.selected().takes(code.id()));
    if any_chosen {
        Ok(rules)
    } else {
        Err(Stop::new("no rule is left to check with: --skip leaves out all that --only takes"))
    }
}

/// The day that rules take for today. The clock is read here and nowhere else.
fn today(given: Option<&str>) -> Result<(i16, i8, i8), Stop> {
    let date = match given {
        Some(text) => text
            .parse::<jiff::civil::Date>()
            .map_err(|_| Stop::new(format!("--today {text}: expected a date such as 2026-12-31")))?,
        None => jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date(),
    };
    Ok((date.year(), date.month(), date.day()))
}

fn load(input: &Input) -> Result<Plan, Box<Failure>> {
    let (name, loaded) = match input {
        Input::File(path) => (path.display().to_string(), Plan::load(path)),
        Input::Stdin => {
            let name = "<stdin>".to_owned();
            let mut bytes = Vec::new();
            let read = std::io::stdin().lock().read_to_end(&mut bytes);
            let read = read.map_err(|error| LoadError::Io { path: name.clone(), error });
            (name.clone(), read.and_then(|_| Plan::from_bytes(name, bytes)))
        }
    };
    loaded.map_err(|error| Box::new(failure(&name, error.to_string(), None)))
}

fn missing_path(no_plan: NoPlan) -> Failure {
    failure(&no_plan.path, no_plan.message, no_plan.help)
}

fn failure(file: &str, message: String, help: Option<String>) -> Failure {
    Failure {
        kind: FailureKind::File,
        rule: None,
        file: Arc::from(file),
        message,
        span: None,
        stack: Vec::new(),
        looking_at: None,
        help,
    }
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

/// A bar on standard error, from the moment that a check takes longer than a second.
struct Progress {
    bar: ProgressBar,
    started: Instant,
    wanted: bool,
}

impl Progress {
    fn new(quiet: bool) -> Self {
        let style = ProgressStyle::with_template("{spinner} {bar:30} {pos} of {len} checks of a rule over a plan")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()).with_style(style);
        Self { bar, started: Instant::now(), wanted: !quiet && std::io::stderr().is_terminal() }
    }

    fn step(&self, done: usize, total: usize) {
        if !self.wanted || self.started.elapsed() < Duration::from_secs(1) {
            return;
        }
        if self.bar.is_hidden() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.bar.set_length(total as u64);
        }
        self.bar.set_position(done as u64);
    }

    fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
