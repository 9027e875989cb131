//! `crossfoot test --update`: shows, asks, writes.

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;

use super::answer::{self, Answer};
use super::args::When;
use super::{Stop, say, terminal, write_out, write_text};
use crossfoot::report::TextOptions;
use crossfoot::rules::test::{NotUpdated, TestRun, Tester, Update, write_diff};

/// What an answer may be.
const HELP: &str = "\
  y  yes, rewrite it
  n  no, leave it (also an empty line)
  a  rewrite it, and all after it
  q  ask no more; what was rewritten stays
  ?  this list
";

/// Shows what would be rewritten in each case that did not come out as it says, asks, and writes.
pub(super) fn update(testers: &[Tester<'_>], runs: &[TestRun], yes: bool, color: When) -> Result<ExitCode, Stop> {
    let interactive = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    if !yes && !interactive {
        return Err(Stop::new(
            "--update asks before it writes, and there is no terminal to ask at: nothing was written",
        )
        .help("give --yes to write without being asked"));
    }
    let options = terminal::options(color);
    let (mut written, mut left, mut all) = (0, 0, yes);
    let mut quit = false;
    for (updates, refused) in testers.iter().zip(runs).map(|(tester, run)| tester.updates(run)) {
        for update in &updates {
            let answer = if quit { Answer::Quit } else { decide(update, &options, all)? };
            all |= answer == Answer::All;
            quit |= answer == Answer::Quit;
            if matches!(answer, Answer::Yes | Answer::All) {
                write(update)?;
                written += 1;
            } else {
                left += 1;
            }
        }
        for NotUpdated { file, reason } in &refused {
            write_out(|out| writeln!(out, "not rewritten: {file}: {reason}\n"))?;
            left += 1;
        }
    }
    let right = runs.iter().flat_map(TestRun::cases).filter(|(_, case)| case.is_as_expected()).count();
    write_out(|out| writeln!(out, "cases: {written} rewritten, {left} left as they are, {right} as expected before"))?;
    let failures: Vec<_> = runs.iter().flat_map(|run| &run.failures).collect();
    for failure in &failures {
        let place = failure.span.map(|span| format!(":{}:{}", span.start.line, span.start.column)).unwrap_or_default();
        say(&format!("error: {}{place}: {}", failure.file, failure.message));
    }
    Ok(ExitCode::from(if failures.is_empty() { u8::from(left > 0) } else { 2 }))
}

/// The file may have been saved while the question stood.
fn write(update: &Update) -> Result<(), Stop> {
    answer::replace(Path::new(&*update.file), &update.before, &update.after)
        .map_err(|why| Stop::new(format!("{}: {why}", update.file)))
}

fn decide(update: &Update, options: &TextOptions, all: bool) -> Result<Answer, Stop> {
    write_text(options, |out| {
        write_diff(update, options, out)?;
        writeln!(out)
    })?;
    if all {
        return Ok(Answer::All);
    }
    answer::ask(&format!("rewrite {}", update.file), "", HELP, options)
}
