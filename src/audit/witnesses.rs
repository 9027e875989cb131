//! Two witnesses: failing comparisons that one and the same change of one part would set right.
//!
//! Of two sums that are off by the same amount, and of shares of one whole that all fit another cost, nobody can tell whether the
//! stated figures stayed behind or the part has slipped. It takes the safety from them, and knows nothing of other doubts.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::suspects::{FigureAt, ask_first, at, is_failure, is_safe, made_of, own};
use crate::figure::{Change, Decimal};
use crate::finding::{Addend, Finding, Fix, Severity, Working};
use crate::plan::edit::set_figure;
use crate::plan::{Plan, PlanPath};
use crate::script::id_path;
use crate::words::Said;

/// A part of a sum, and by how much it would have to change for the sum to be as stated.
type Suspect = (Arc<str>, String, Decimal);

/// A comparison that would agree if one of its parts were changed.
struct Witness<'f> {
    finding: &'f Finding,
    change: Change,
    is_sum: bool,
}

/// The safe fixes, by their findings, of what is made of a part that, were it another, would set right several comparisons. One of
/// these at least is of a share or an amount; of two sums, whose differences are known to the digit, [`doubt_sums`] judges.
/// Comparisons that wait for a figure in doubt are no witnesses.
pub(super) fn made_of_suspects(findings: &[Finding], waits: &[bool]) -> Vec<usize> {
    let suspects = suspects_of_shares(findings, waits);
    let is_made_of_suspect = |finding: &Finding| made_of(finding).any(|figure| suspects.contains(&figure));
    let is_lost = |finding: &Finding| is_made_of_suspect(finding) || is_unlisted(finding, findings);
    let all = findings.iter().enumerate();
    all.filter(|(_, finding)| is_safe(finding) && is_lost(finding)).map(|(at, _)| at).collect()
}

/// The parts that several comparisons blame, those of shares and amounts among them.
fn suspects_of_shares<'f>(findings: &'f [Finding], waits: &[bool]) -> HashSet<FigureAt<'f>> {
    let corrections = corrections(findings);
    let mut by_part: HashMap<FigureAt<'f>, Vec<Witness<'f>>> = HashMap::new();
    for (finding, waits) in findings.iter().zip(waits).filter(|(finding, _)| is_failure(finding)) {
        let Some(working) = &finding.working else { continue };
        if *waits || is_mended_with_a_part(finding, working, &corrections) {
            continue;
        }
        for addend in &working.addends {
            if let Some(change) = addend.change {
                let witness = Witness { finding, change, is_sum: working.is_sum };
                by_part.entry(at(finding, addend)).or_default().push(witness);
            }
        }
    }
    by_part.into_iter().filter(|(_, witnesses)| are_two_agreed(witnesses)).map(|(part, _)| part).collect()
}

/// By how much the figures would change that a safe fix sets to what their parts make.
fn corrections(findings: &[Finding]) -> HashMap<FigureAt<'_>, Decimal> {
    let safe = findings.iter().filter(|finding| is_safe(finding) && is_failure(finding));
    safe.filter_map(|finding| Some((own(finding), -finding.working.as_ref()?.difference))).collect()
}

/// Whether a comparison agrees once one of its parts is set, as a share does with a total that is old. It says nothing against
/// what that part is made of.
fn is_mended_with_a_part(finding: &Finding, working: &Working, corrections: &HashMap<FigureAt<'_>, Decimal>) -> bool {
    working.addends.iter().any(|addend| {
        let correction = corrections.get(&at(finding, addend)).filter(|_| at(finding, addend) != own(finding));
        let exactly = |by: &Decimal| Change { least: Some(*by), most: Some(*by) };
        addend.change.zip(correction).is_some_and(|(change, by)| change.meets(&exactly(by)))
    })
}

/// Whether two comparisons of different figures, not both of them sums, would be set right by one change.
fn are_two_agreed(witnesses: &[Witness<'_>]) -> bool {
    if witnesses.iter().all(|witness| witness.is_sum) {
        return false;
    }
    let mut sorted: Vec<&Witness<'_>> = witnesses.iter().collect();
    sorted.sort_by_key(|witness| witness.change.least);
    sorted.iter().enumerate().any(|(at, one)| {
        // Those that begin beyond its end cannot meet it, nor can any after them.
        let meeting = sorted[at + 1..].iter().take_while(|other| one.change.meets(&other.change));
        meeting.into_iter().any(|other| own(one.finding) != own(other.finding) && !(one.is_sum && other.is_sum))
    })
}

/// Whether a share has more parts than are listed, and another comparison fails: nobody can tell whether they share one.
fn is_unlisted(finding: &Finding, findings: &[Finding]) -> bool {
    finding.working.as_ref().is_some_and(|working| working.addends_left_out > 0 && !working.is_sum)
        && findings.iter().any(|other| is_failure(other) && own(other) != own(finding))
}

/// Takes the safety from fixes of sums that share a suspect.
pub(super) fn doubt_sums(findings: &mut [Finding], plans: &[Plan]) {
    let wanted: HashSet<Suspect> = findings.iter().filter(|finding| is_safe(finding)).flat_map(suspects).collect();
    let mut by_suspect: HashMap<Suspect, Vec<usize>> = HashMap::new();
    for (at, finding) in findings.iter().enumerate() {
        for suspect in suspects(finding).into_iter().filter(|suspect| wanted.contains(suspect)) {
            by_suspect.entry(suspect).or_default().push(at);
        }
    }
    let mut shared: HashMap<usize, Vec<Suspect>> = HashMap::new();
    for (suspect, sums) in by_suspect {
        let elsewhere = |at: &usize| findings[*at].path != findings[sums[0]].path;
        if sums.iter().any(elsewhere) {
            for at in sums.into_iter().filter(|at| is_safe(&findings[*at])) {
                shared.entry(at).or_default().push(suspect.clone());
            }
        }
    }
    for (at, suspects) in shared {
        let finding = &mut findings[at];
        ask_first(finding);
        if let [suspect] = suspects.as_slice()
            && let Some(fix) = correction(suspect, &finding.file, plans)
            && finding.fixes.iter().all(|other| other.edits != fix.edits)
        {
            finding.fixes.insert(0, fix);
        }
    }
}

/// The parts of a failing sum, each with what it would have to change by.
fn suspects(finding: &Finding) -> Vec<Suspect> {
    let working = finding.working.as_ref().filter(|_| finding.severity != Severity::Info);
    let addends = working.into_iter().flat_map(|working| working.addends.iter().map(move |addend| (working, addend)));
    let suspect = |(working, addend): (&Working, &Addend)| {
        let factor = addend.factor.unwrap_or(Decimal::ONE);
        let change = working.difference.checked_div(factor)?.normalize();
        Some((addend.file.clone().unwrap_or_else(|| Arc::clone(&finding.file)), addend.path.clone(), change))
    };
    addends.filter_map(suspect).collect()
}

/// The fix that has a suspect state what both sums say.
fn correction((file, path, change): &Suspect, finding: &str, plans: &[Plan]) -> Option<Fix> {
    let plan = plans.iter().find(|plan| plan.name() == &**file && **file == *finding)?;
    let node = plan.select(&path.parse::<PlanPath>().ok()?).next()?;
    let value = plan.written(node.id())?.value().checked_add(*change)?;
    let edit = set_figure(node, value)?;
    let title = Said::of("set {place} to {to}").text("place", id_path(node)).text("to", &*edit.text);
    Some(Fix {
        title: title.to_string(),
        said: Some(title),
        safe: false,
        edits: vec![edit.placed(plan.source())],
        made_of: Vec::new(),
        made_of_left_out: 0,
    })
}
