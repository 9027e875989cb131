//! `crossfoot test --update`: shows, asks, writes.

use std::io::{BufRead, IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;

use super::args::When;
use super::{Stop, say, terminal, write_out, write_text};
use crossfoot::report::{TextOptions, harmless};
use crossfoot::rules::test::{NotUpdated, TestRun, Tester, Update, write_diff};

/// What the user wants done with a change.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    Yes,
    No,
    All,
    Quit,
}

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

fn write(update: &Update) -> Result<(), Stop> {
    let path = Path::new(&*update.file);
    // The file may have been saved while the question stood.
    let now = std::fs::read(path).map_err(|error| Stop::new(format!("cannot read {}: {error}", update.file)))?;
    if now != update.before.as_bytes() {
        return Err(
            Stop::new(format!("{} was changed meanwhile: it was not written", update.file)).help("run it again")
        );
    }
    crossfoot::files::write(path, update.after.as_bytes())
        .map_err(|error| Stop::new(format!("cannot write {}: {error}; it is as it was", update.file)))
}

fn decide(update: &Update, options: &TextOptions, all: bool) -> Result<Answer, Stop> {
    write_text(options, |out| {
        write_diff(update, options, out)?;
        writeln!(out)
    })?;
    if all {
        return Ok(Answer::All);
    }
    loop {
        let mut out = std::io::stdout().lock();
        write!(out, "rewrite {}? [y]es, [n]o, [a]ll, [q]uit: ", harmless(&update.file)).and_then(|()| out.flush())?;
        drop(out);
        let mut line = String::new();
        // The end of the input is no consent.
        if std::io::stdin().lock().read_line(&mut line)? == 0 {
            return Ok(Answer::Quit);
        }
        match line.trim().to_lowercase().as_str() {
            "y" | "yes" => return Ok(Answer::Yes),
            "n" | "no" => return Ok(Answer::No),
            "a" | "all" => return Ok(Answer::All),
            "q" | "quit" => return Ok(Answer::Quit),
            _ => {}
        }
    }
}
