//! What a case expects against what its rule found: who answers whom, and what is left over.

use std::sync::Arc;

use super::{AtLine, CaseTest, CaseVerdict, Expectation};
use crate::finding::{Finding, Severity};
use crate::plan::Plan;
use crate::rules::run::RuleRun;
use crate::rules::{Case, CaseFault, CheckCounts, Mark};
use crate::source::SourceText;

/// What became of a case that was run.
pub(super) fn judge(case: &Case, plans: &[Plan], run: &RuleRun) -> CaseTest {
    let mut faults = case.faults().to_vec();
    let of_plans = plans.iter().flat_map(|plan| plan.faults().iter().map(move |fault| (plan, fault)));
    faults.extend(of_plans.map(|(plan, fault)| {
        let line = plan.source().position(fault.span.start).line;
        CaseFault { line: Some(line), message: format!("the case's plan: {}", fault.message), help: fault.help.clone() }
    }));
    faults.extend(run.failure.iter().map(|failure| {
        let at = failure.span.map(|span| format!(" ({}:{}:{})", failure.file, span.start.line, span.start.column));
        let message = format!("the rule failed: {}{}", failure.message, at.unwrap_or_default());
        CaseFault { line: None, message, help: failure.help.clone() }
    }));
    CaseTest {
        case: case.stem().to_owned(),
        file: Arc::from(case.name()),
        expectations: if plans.iter().all(Plan::is_toml) {
            expectations(case.marks(), &run.findings)
        } else {
            Vec::new()
        },
        expected: case.counts(),
        found: CheckCounts {
            passed: run.checks.passed,
            failed: run.checks.failed,
            not_applicable: run.checks.not_applicable,
        },
        faults,
        // Plans of one case keep the lines that they have in it.
        source: Arc::new(SourceText::new(case.name(), case.text())),
        marked_lines: case.marks().iter().map(|mark| mark.stands).collect(),
    }
}

/// What a case comes to that could not be run, and why, where its own faults do not say it.
pub(super) fn not_run(case: &Case, message: Option<String>) -> CaseTest {
    let mut faults = case.faults().to_vec();
    faults.extend(message.map(|message| CaseFault::new(None, message)));
    CaseTest {
        case: case.stem().to_owned(),
        file: Arc::from(case.name()),
        expectations: Vec::new(),
        expected: case.counts(),
        found: CheckCounts::default(),
        faults,
        source: Arc::new(SourceText::new(case.name(), case.text())),
        marked_lines: Vec::new(),
    }
}

fn expectations(marks: &[Mark], findings: &[Finding]) -> Vec<Expectation> {
    let alike =
        |mark: &Mark, finding: &Finding| mark.severity == finding.severity && finding.message.contains(&mark.message);
    let at_line = |mark: &Mark, finding: &Finding| mark.line == finding.span.start.line && alike(mark, finding);
    let answers = pairs(marks.len(), findings.len(), |mark, finding| at_line(&marks[mark], &findings[finding]));
    let open: Vec<usize> = (0..marks.len()).filter(|mark| answers[*mark].is_none()).collect();
    let noisy: Vec<usize> = (0..findings.len()).filter(|finding| !answers.contains(&Some(*finding))).collect();
    let moved = pairs(open.len(), noisy.len(), |mark, finding| alike(&marks[open[mark]], &findings[noisy[finding]]));

    let mut expectations = Vec::new();
    for (mark, answer) in marks.iter().zip(&answers) {
        if let Some(finding) = answer {
            expectations.push(expectation(CaseVerdict::AsExpected, Some(mark), Some(&findings[*finding])));
        }
    }
    for (mark, answer) in open.iter().zip(&moved) {
        let found = answer.map(|finding| &findings[noisy[finding]]);
        let verdict = if found.is_some() { CaseVerdict::WrongPlace } else { CaseVerdict::Missing };
        expectations.push(expectation(verdict, Some(&marks[*mark]), found));
    }
    for (at, finding) in noisy.iter().enumerate() {
        if !moved.contains(&Some(at)) {
            expectations.push(expectation(CaseVerdict::Noisy, None, Some(&findings[*finding])));
        }
    }
    let line = |side: &Option<AtLine>| side.as_ref().map(|side| side.line);
    expectations.sort_by_key(|expectation| line(&expectation.marked).or(line(&expectation.found)));
    expectations
}

fn expectation(verdict: CaseVerdict, mark: Option<&Mark>, finding: Option<&Finding>) -> Expectation {
    let severity = finding.map(|finding| finding.severity).or(mark.map(|mark| mark.severity));
    Expectation {
        verdict,
        severity: severity.unwrap_or(Severity::Error),
        marked: mark.map(|mark| AtLine { line: mark.line, message: mark.message.clone() }),
        found: finding.map(|finding| AtLine { line: finding.span.start.line, message: finding.message.clone() }),
    }
}

/// For each mark the finding that answers it, so that as many marks as possible are answered: a mark that would take any
/// finding must not take the only one that another can take.
fn pairs(marks: usize, findings: usize, fits: impl Fn(usize, usize) -> bool) -> Vec<Option<usize>> {
    let fitting: Vec<Vec<usize>> =
        (0..marks).map(|mark| (0..findings).filter(|finding| fits(mark, *finding)).collect()).collect();
    let mut taken: Vec<Option<usize>> = vec![None; findings];
    for mark in 0..marks {
        let mut tried = vec![false; findings];
        give(mark, &fitting, &mut taken, &mut tried);
    }
    let mut answers = vec![None; marks];
    for (finding, mark) in taken.iter().enumerate() {
        if let Some(mark) = mark {
            answers[*mark] = Some(finding);
        }
    }
    answers
}

/// Gives a mark a finding, taking it from another mark where that one can have another.
fn give(mark: usize, fitting: &[Vec<usize>], taken: &mut [Option<usize>], tried: &mut [bool]) -> bool {
    if let Some(free) = fitting[mark].iter().find(|finding| taken[**finding].is_none()) {
        taken[*free] = Some(mark);
        return true;
    }
    for finding in &fitting[mark] {
        if std::mem::replace(&mut tried[*finding], true) {
            continue;
        }
        let Some(other) = taken[*finding] else { continue };
        if give(other, fitting, taken, tried) {
            taken[*finding] = Some(mark);
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_general_mark_leaves_a_particular_one_its_finding() {
        // Marks 0 and 1 take anything that fits them; mark 1 only finding 0.
        let fits = |mark: usize, finding: usize| [[true, true], [true, false]][mark][finding];
        assert_eq!(pairs(2, 2, fits), [Some(1), Some(0)]);
        assert_eq!(pairs(3, 1, |_, _| true).iter().flatten().count(), 1);
        assert_eq!(pairs(0, 2, |_, _| true), []);
    }
}
