//! `crossfoot fix --interactive`: each fix with its finding above it, one question, one answer.

use std::collections::HashSet;
use std::io::Write as _;
use std::sync::Arc;

use super::answer::{Answer, ask};
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
    questions: usize,
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
        questions: 0,
    };
    while let Some((finding, fix)) = asking.next(guarded) {
        let left = asking.open(guarded).filter(|(_, fix)| !(asking.all_safe && fix.safe)).count();
        let answer =
            if asking.all_safe && fix.safe { Answer::Yes } else { asking.ask(&finding, &fix, left, &options)? };
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
    fixed.asked = true;
    Ok(fixed)
}

impl Asking<'_> {
    /// The next fix that nobody was asked about.
    fn next(&mut self, guarded: &[String]) -> Option<(Finding, Fix)> {
        let (finding, fix) = self.open(guarded).next()?;
        let found = (finding.clone(), fix.clone());
        self.asked.insert(key(&found.0, &found.1));
        Some(found)
    }

    /// The fixes that nobody was asked about.
    fn open<'s>(&'s self, guarded: &'s [String]) -> impl Iterator<Item = (&'s Finding, &'s Fix)> {
        let may_be_written = |finding: &&Finding| !guarded.iter().any(|file| **file == *finding.file);
        let findings = self.report.findings.iter().filter(may_be_written);
        let all = findings.flat_map(|finding| finding.fixes.iter().map(move |fix| (finding, fix)));
        all.filter(|(finding, fix)| {
            // The same edits that another finding offers as safe are asked about there.
            let same = |other: &Fix| other.safe && other.edits == fix.edits;
            let elsewhere = self.report.findings.iter().filter(|other| other.file == finding.file);
            let told_there = !fix.safe && elsewhere.flat_map(|other| &other.fixes).any(same);
            !told_there && !self.asked.contains(&key(finding, fix))
        })
    }

    fn ask(&mut self, finding: &Finding, fix: &Fix, left: usize, options: &TextOptions) -> Result<Answer, Stop> {
        let mut shown = finding.clone();
        shown.fixes.clear();
        let shown = Report::new(Vec::new(), vec![shown], Vec::new(), Vec::new(), self.report.sources.clone());
        write_text(options, |out| report::problems(&shown, options, out))?;
        let safety = if fix.safe { "" } else { "unsafe: " };
        self.questions += 1;
        let (at, of) = (self.questions, self.questions + left);
        ask(&format!("question {at} of {of}: {safety}{}", fix.title), " that are safe", HELP, options)
    }

    fn apply(&mut self, finding: &Finding, fix: &Fix, options: &TextOptions) -> Result<(), Stop> {
        match self.fixer.step(&self.plans, &self.report, finding, fix) {
            Ok(step) => {
                self.applied.push(Applied::of(&self.report, finding, fix));
                (self.plans, self.report) = (step.plans, step.report);
            }
            Err(why) => {
                write_text(options, |out| writeln!(out, "not applied, because {}\n", harmless(&why)))?;
                self.refused.push(Refused { fix: Applied::of(&self.report, finding, fix), why });
            }
        }
        Ok(())
    }
}

fn key(finding: &Finding, fix: &Fix) -> Asked {
    (finding.file.clone(), finding.rule.clone(), finding.name.clone(), fix.title.clone())
}
