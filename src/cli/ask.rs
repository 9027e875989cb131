//! `crossfoot fix --interactive`: each fix with its finding above it, one question, one answer.

use std::collections::HashSet;
use std::io::{BufRead as _, Write as _};
use std::sync::Arc;

use super::args::When;
use super::{Stop, terminal, write_text};
use crossfoot::Plan;
use crossfoot::finding::{Finding, Fix, Report};
use crossfoot::fix::{Applied, Fixed, Fixer, Refused};
use crossfoot::report::{self, TextOptions, harmless};

/// What an answer may be.
const HELP: &str = "\
  y  yes, apply it
  n  no, leave it (also an empty line)
  a  apply it, and every safe fix after it; unsafe ones are asked for
  q  ask no more; what was applied is written
  ?  this list
";

/// What the user wants done with a fix.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    Yes,
    No,
    All,
    Quit,
}

/// A fix that was asked about, so that it is asked about once.
type Asked = (Arc<str>, Arc<str>, String, String);

/// The plans and their audit as they are after the answers so far.
struct Asking<'a> {
    fixer: &'a Fixer<'a>,
    plans: Vec<Plan>,
    report: Report,
    asked: HashSet<Asked>,
    applied: Vec<Applied>,
    refused: Vec<Refused>,
    all_safe: bool,
}

/// Asks about each fix. After each that is applied the plans are audited again, so that the next question is of today.
pub(super) fn each(
    fixer: &Fixer<'_>,
    plans: &[Plan],
    report: Report,
    guarded: &[String],
    color: When,
) -> Result<Fixed, Stop> {
    let options = terminal::options(color);
    let mut asking = Asking {
        fixer,
        plans: plans.to_vec(),
        report,
        asked: HashSet::new(),
        applied: Vec::new(),
        refused: Vec::new(),
        all_safe: false,
    };
    while let Some((finding, fix)) = asking.next(guarded) {
        let answer = if asking.all_safe && fix.safe { Answer::Yes } else { asking.ask(&finding, &fix, &options)? };
        match answer {
            Answer::Quit => break,
            Answer::No => {}
            Answer::Yes | Answer::All => {
                asking.all_safe |= answer == Answer::All;
                asking.apply(&finding, &fix, &options)?;
            }
        }
    }
    let rounds = asking.applied.len();
    let mut fixed = Fixed::new(plans, &asking.plans, asking.applied, asking.refused, rounds, false, asking.report);
    if !guarded.is_empty() {
        fixed.left.add_failures(guarded.iter().map(|file| guarded_failure(file)).collect());
    }
    Ok(fixed)
}

fn guarded_failure(file: &str) -> crossfoot::finding::Failure {
    super::common::failure(file, super::uncommitted::WHY.to_owned(), None)
}

impl Asking<'_> {
    /// The next fix that nobody was asked about.
    fn next(&mut self, guarded: &[String]) -> Option<(Finding, Fix)> {
        for finding in &self.report.findings {
            if guarded.iter().any(|file| **file == *finding.file) {
                continue;
            }
            for fix in &finding.fixes {
                // The same edits that another finding offers as safe are asked about there.
                let same = |other: &Fix| other.safe && other.edits == fix.edits;
                let elsewhere = self.report.findings.iter().filter(|other| other.file == finding.file);
                if !fix.safe && elsewhere.flat_map(|other| &other.fixes).any(same) {
                    continue;
                }
                let key = (finding.file.clone(), finding.rule.clone(), finding.name.clone(), fix.title.clone());
                if self.asked.insert(key) {
                    return Some((finding.clone(), fix.clone()));
                }
            }
        }
        None
    }

    fn ask(&self, finding: &Finding, fix: &Fix, options: &TextOptions) -> Result<Answer, Stop> {
        let mut shown = finding.clone();
        shown.fixes.clear();
        let shown = Report::new(Vec::new(), vec![shown], Vec::new(), Vec::new(), self.report.sources.clone());
        write_text(options, |out| report::problems(&shown, options, out))?;
        let safety = if fix.safe { "" } else { "unsafe: " };
        loop {
            let mut out = std::io::stdout().lock();
            write!(out, "{safety}{}? [y]es, [n]o, [a]ll that are safe, [q]uit, [?]: ", harmless(&fix.title))?;
            out.flush()?;
            drop(out);
            let mut line = String::new();
            // The end of the input is no consent.
            if std::io::stdin().lock().read_line(&mut line)? == 0 {
                write_text(options, |out| writeln!(out))?;
                return Ok(Answer::Quit);
            }
            let answer = match line.trim().to_lowercase().as_str() {
                "y" | "yes" => Answer::Yes,
                "" | "n" | "no" => Answer::No,
                "a" | "all" => Answer::All,
                "q" | "quit" => Answer::Quit,
                _ => {
                    write_text(options, |out| out.write_all(HELP.as_bytes()))?;
                    continue;
                }
            };
            write_text(options, |out| writeln!(out))?;
            return Ok(answer);
        }
    }

    fn apply(&mut self, finding: &Finding, fix: &Fix, options: &TextOptions) -> Result<(), Stop> {
        match self.fixer.step(&self.plans, &self.report, finding, fix) {
            Ok(step) => {
                self.applied.push(Applied::of(finding, fix));
                (self.plans, self.report) = (step.plans, step.report);
            }
            Err(why) => {
                write_text(options, |out| writeln!(out, "not applied, because {}\n", harmless(&why)))?;
                self.refused.push(Refused { fix: Applied::of(finding, fix), why });
            }
        }
        Ok(())
    }
}
