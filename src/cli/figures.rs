//! What `coverage` and `mutate` share: the plans whose figures they ask about, the form of what they write, how they end.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;

use super::{Stop, common};
use crossfoot::finding::Failure;
use crossfoot::{Plan, Rules};

/// How a result is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, at a terminal
    Text,
    /// For programs: docs/coverage.md, docs/mutation.md and docs/fixes.md describe the fields
    Json,
}

/// Every plan that is named; one that cannot be read ends the command.
pub(crate) fn plans(paths: &[PathBuf], rules: &Rules) -> Result<Vec<Plan>, Stop> {
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
