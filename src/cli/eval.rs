//! `crossfoot eval`.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use super::args::ColorArgs;
use super::rules::ListFormat;
use super::{Stop, common, errors, terminal, write_as, write_text};
use crossfoot::finding::Evaluation;
use crossfoot::plan::files::Input;
use crossfoot::report::{Detail, Written};
use crossfoot::{Auditor, Plan, Rules, report};

#[derive(Debug, clap::Args)]
pub(crate) struct Eval {
    /// The plan: a file, or `-` for standard input
    #[arg(value_name = "PLAN")]
    plan: PathBuf,

    /// What to evaluate, such as `sum(plan.objectives.total["2026"])`; of several statements the last gives the value
    #[arg(value_name = "EXPRESSION", allow_hyphen_values = true)]
    expression: String,

    /// List every place that the value was made of, not only the first
    #[arg(long)]
    all: bool,

    /// How the value is written
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    format: ListFormat,

    /// The day that `today()` gives [default: the system's, in UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<String>,

    #[command(flatten)]
    pub(crate) color: ColorArgs,
}

pub(crate) fn run(args: &Eval) -> Result<ExitCode, Stop> {
    let (year, month, day) = common::today(args.today.as_deref())?;
    if args.expression.trim().is_empty() {
        return Err(
            Stop::new("there is nothing to evaluate").help("write an expression, such as 'count(plan.objectives)'")
        );
    }
    let input = input(&args.plan);
    let plan = match load(&input)? {
        Loaded::Plan(plan) => plan,
        Loaded::NotToml(report) => {
            let options = terminal::error_options(args.color.when);
            report::problems(&report, &options, &mut errors(&options))?;
            return Ok(ExitCode::from(2));
        }
    };
    let evaluation = Rules::empty().session(&plan).today(year, month, day).evaluate(&args.expression);
    print(args, &evaluation)?;
    Ok(ExitCode::from(u8::try_from(evaluation.verdict().code()).unwrap_or(2)))
}

fn print(args: &Eval, evaluation: &Evaluation) -> Result<(), Stop> {
    let detail = if args.all { Detail::All } else { Detail::Usual };
    match args.format {
        ListFormat::Json => write_as(Written::Json, |out| {
            serde_json::to_writer_pretty(&mut *out, evaluation)?;
            io::Write::write_all(out, b"\n")
        })?,
        // What is no value is no output: whoever reads the value in a script must not take a message for one.
        ListFormat::Text if evaluation.error.is_some() => {
            let options = terminal::error_options(args.color.when);
            report::evaluation(evaluation, detail, &options, &mut errors(&options))?;
        }
        ListFormat::Text => {
            let options = terminal::options(args.color.when);
            write_text(&options, |out| report::evaluation(evaluation, detail, &options, out))?;
        }
    }
    Ok(())
}

/// The plan that an argument names.
pub(super) fn input(path: &std::path::Path) -> Input {
    if path.as_os_str() == "-" { Input::Stdin } else { Input::File(path.to_owned()) }
}

/// A plan that was read.
pub(super) enum Loaded {
    Plan(Plan),
    /// It is no TOML: what was found in it.
    NotToml(Box<crossfoot::Report>),
}

/// Reads a plan to evaluate on.
fn load(input: &Input) -> Result<Loaded, Stop> {
    Ok(checked(common::load_alone(input)?))
}

/// A plan that was read, or what is wrong with it.
pub(super) fn checked(plan: Plan) -> Loaded {
    if plan.is_toml() {
        return Loaded::Plan(plan);
    }
    let mut report = Auditor::new(&Rules::empty()).audit(&plan);
    for error in &mut report.errors {
        "this file is not TOML, so nothing can be evaluated".clone_into(&mut error.message);
        error.help = Some("mend what the findings point to, and try again".to_owned());
    }
    Loaded::NotToml(Box::new(report))
}
