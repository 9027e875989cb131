//! What several commands share: the rules they work with, the plans they read, the day.

use std::io::Read as _;
use std::sync::Arc;

use super::Stop;
use super::args::RuleArgs;
use crossfoot::finding::{Failure, FailureKind};
use crossfoot::plan::LoadError;
use crossfoot::plan::files::Input;
use crossfoot::rules::RulesError;
use crossfoot::{Plan, Rules};

/// The rules that a command works with.
pub(crate) fn rules(args: &RuleArgs) -> Result<Rules, Stop> {
    let mut rules = if args.no_standard { Rules::empty() } else { Rules::standard() };
    for folder in &args.rules {
        rules = rules.with_dir(folder).map_err(unreadable)?;
    }
    for folder in &args.pack {
        rules = rules.with_pack(folder).map_err(unreadable)?;
    }
    if rules.iter().next().is_none() && rules.failures().is_empty() {
        return Err(Stop::new("there is no rule to check with")
            .help("leave out --no-standard, or name a folder with --rules DIR or --pack DIR"));
    }
    // The rules of a pack that cannot be used are unknown, which is not their user's slip.
    let unusable = rules.failures().iter().find(|failure| failure.kind == FailureKind::Pack);
    let unusable = unusable.map(|failure| format!("a pack cannot be used: {}: {}", failure.file, failure.message));
    let rules =
        rules.choose(&args.only, &args.skip).map_err(|error| Stop { message: error.to_string(), help: unusable })?;
    let any_chosen = rules.iter().next().is_some()
        || rules.failures().iter().filter_map(|failure| failure.rule.as_ref()).any(|rule| rules.selected().takes(rule))
        || crossfoot::plan::FaultCode::ALL.iter().any(|code| rules.selected().takes(code.id()));
    if any_chosen {
        Ok(rules)
    } else {
        Err(Stop::new("no rule is left to check with: --skip leaves out all that --only takes"))
    }
}

/// A folder of rules that cannot be read.
fn unreadable(error: RulesError) -> Stop {
    Stop { message: error.to_string(), help: error.help }
}

/// The day that rules take for today. The clock is read here and nowhere else.
pub(crate) fn today(given: Option<&str>) -> Result<(i16, i8, i8), Stop> {
    let date = match given {
        Some(text) => text
            .parse::<jiff::civil::Date>()
            .map_err(|_| Stop::new(format!("--today {text}: expected a date such as 2026-12-31")))?,
        None => jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date(),
    };
    Ok((date.year(), date.month(), date.day()))
}

/// A plan from a file or from standard input.
pub(crate) fn load(input: &Input) -> Result<Plan, Box<Failure>> {
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

/// What stands in the way of reading a file.
pub(crate) fn failure(file: &str, message: String, help: Option<String>) -> Failure {
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
