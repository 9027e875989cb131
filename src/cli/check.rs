//! `crossfoot check`.

use std::path::Path;
use std::process::ExitCode;

use super::args::{BaselineArgs, Check, FailLevel};
use super::progress::Progress;
use super::{Stop, common, say, terminal};
use crossfoot::baseline::Baseline;
use crossfoot::config::Config;
use crossfoot::finding::{FailOn, Failure, Run};
use crossfoot::report::TextOptions;
use crossfoot::{Auditor, Plan, Rules};

pub(crate) fn run(args: &Check) -> Result<ExitCode, Stop> {
    let rules = match common::rules(&args.rules, &args.paths) {
        Err(Stop { mistakes: Some(mistakes), .. }) => {
            let run = Run::of(*mistakes);
            args.output.check(run.report.sources.keys().map(|name| &**name))?;
            print(args, &run)?;
            args.output.write(&run, [])?;
            return Ok(ExitCode::from(2));
        }
        other => other?,
    };
    let (year, month, day) = common::today(args.day.today.as_deref())?;
    let baseline = baseline_of(&args.baseline, &rules)?;
    let (plans, failures) = common::load_all(&args.paths, &rules);
    args.output.check(read(args, &rules, &plans, &failures))?;
    let progress = Progress::new(!args.quiet, "checks of a rule over a plan");
    let step = |done, total| progress.step(done, total);
    let mut auditor = Auditor::new(&rules)
        .today(year, month, day)
        .note_rounding(args.show_rounding)
        .all_plans(args.paths.is_empty())
        .on_progress(&step);
    if let Some(baseline) = &baseline {
        auditor = auditor.baseline(baseline);
    }
    let mut audit = auditor.audit_all(&plans);
    progress.finish();
    audit.add_failures(failures);
    let code = audit.verdict(level(args.fail_on, &rules)).code();
    let run = if args.output.show_more() { auditor.run_with(audit, &plans) } else { Run::of(audit) };
    print(args, &run)?;
    let languages: Vec<String> = plans.iter().map(language).collect();
    args.output.write(&run, languages.iter().map(String::as_str))?;
    Ok(ExitCode::from(u8::try_from(code).unwrap_or(2)))
}

/// The names of all files that this check reads, or has tried to.
fn read<'r>(args: &'r Check, rules: &'r Rules, plans: &'r [Plan], failures: &'r [Failure]) -> Vec<&'r str> {
    let config = rules.config();
    let baseline = args.baseline.file.as_deref().or_else(|| config?.baseline()).and_then(Path::to_str);
    let plans =
        plans.iter().map(Plan::name).chain(failures.iter().chain(rules.failures()).map(|failure| &*failure.file));
    let rules = rules.iter().chain(rules.helpers()).map(|rule| rule.source().name());
    plans.chain(rules).chain(config.map(Config::name)).chain(baseline).collect()
}

/// The language that a plan says it is in.
fn language(plan: &Plan) -> String {
    let language = plan.root().get("plan").and_then(|plan| plan.get("language"));
    language.map(|language| language.display().into_owned()).unwrap_or_default()
}

/// The baseline that is named by the flag or by the configuration.
pub(super) fn baseline_of(args: &BaselineArgs, rules: &Rules) -> Result<Option<Baseline>, Stop> {
    if args.none {
        return Ok(None);
    }
    let path = args.file.as_deref().or_else(|| rules.config()?.baseline());
    Ok(path.map(Baseline::load).transpose()?)
}

/// What counts as failing, by the flag or by the configuration.
pub(super) fn level(flag: Option<FailLevel>, rules: &Rules) -> FailOn {
    let configured = rules.config().and_then(Config::fail_on);
    flag.map(fail_on).or(configured).unwrap_or_default()
}

fn print(args: &Check, run: &Run) -> Result<(), Stop> {
    if args.quiet {
        for failure in &run.report.errors {
            say(&format!("error: {}: {}", failure.file, failure.message));
        }
        return Ok(());
    }
    let options = TextOptions { suppressed: args.show_suppressed, ..terminal::options(args.color.when) };
    args.output.print(run, &options)
}

fn fail_on(level: FailLevel) -> FailOn {
    match level {
        FailLevel::Error => FailOn::Error,
        FailLevel::Warning => FailOn::Warning,
        FailLevel::Info => FailOn::Info,
        FailLevel::Never => FailOn::Never,
    }
}
