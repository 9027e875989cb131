//! Figures that are in doubt, and what must therefore not be set without asking.
//!
//! A derived figure is safe to set only if nothing speaks for it, and nothing against what it is made of. Of two sums that are
//! off by the same amount and share a part, that part is as likely wrong as they are. A figure that enters a sum which fails,
//! and for which there is no safe fix, may be why it fails. And a figure that another place states as well is confirmed by it.
//! Setting such a sum or share would carry a slip onward, and make the plan agree with its mistake.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::figure::Decimal;
use crate::finding::{Addend, Finding, Fix, Severity, Working};
use crate::plan::edit::set_figure;
use crate::plan::{NodeId, Plan, PlanPath};
use crate::script::id_path;

/// A part of a sum, and by how much it would have to change for the sum to be as stated.
type Suspect = (Arc<str>, String, Decimal);

/// A figure: its file and path.
type FigureAt<'f> = (&'f str, &'f str);

/// Takes the safety from fixes that would set what may be right, or from what may be wrong.
pub(super) fn doubt(findings: &mut [Finding], plans: &[Plan], confirmed: &HashSet<(Arc<str>, NodeId)>) {
    if !findings.iter().any(is_safe) {
        return;
    }
    doubt_confirmed(findings, plans, confirmed);
    doubt_shared(findings, plans);
    let mut doubted: Vec<bool> = findings.iter().map(|finding| !is_safe(finding)).collect();
    let by_parts = doubted.clone();
    while doubt_derived(findings, &mut doubted, &by_parts) {}
}

/// Whether a finding offers to set a figure to what its parts make.
fn is_safe(finding: &Finding) -> bool {
    finding.working.is_some() && finding.fixes.iter().any(|fix| fix.safe)
}

fn ask_first(finding: &mut Finding) {
    for fix in &mut finding.fixes {
        fix.safe = false;
    }
}

/// A stated figure that another place states as well is not set to what its parts make.
fn doubt_confirmed(findings: &mut [Finding], plans: &[Plan], confirmed: &HashSet<(Arc<str>, NodeId)>) {
    if confirmed.is_empty() {
        return;
    }
    for finding in findings.iter_mut().filter(|finding| is_safe(finding)) {
        if node_at(plans, &finding.file, &finding.path)
            .is_some_and(|id| confirmed.contains(&(finding.file.clone(), id)))
        {
            ask_first(finding);
        }
    }
}

fn node_at(plans: &[Plan], file: &str, path: &str) -> Option<NodeId> {
    let plan = plans.iter().find(|plan| plan.name() == file)?;
    plan.select(&path.parse::<PlanPath>().ok()?).next().map(|node| node.id())
}

/// Takes the safety from what is made of figures in doubt; true where it did, because what is stated there is then in doubt too.
/// `doubted` are the findings without a safe fix, `by_parts` those among them that had none for a reason of their own.
fn doubt_derived(findings: &mut [Finding], doubted: &mut [bool], by_parts: &[bool]) -> bool {
    let mut in_doubt: HashMap<FigureAt<'_>, Vec<&Finding>> = HashMap::new();
    for (at, finding) in findings.iter().enumerate().filter(|(at, finding)| doubted[*at] && is_failure(finding)) {
        for figure in doubtful(finding, by_parts[at]) {
            in_doubt.entry(figure).or_default().push(finding);
        }
    }
    let speaks_against = |other: &&Finding, finding: &Finding| {
        // Another comparison of the same figure speaks of that figure, not of what it is made of.
        own(other) != own(finding) && !follows(other, finding)
    };
    let is_made_of_doubt = |finding: &Finding| {
        let mut others = addends(finding).filter_map(|figure| in_doubt.get(&figure)).flatten();
        others.any(|other| speaks_against(other, finding))
    };
    let safe = findings.iter().enumerate().filter(|(_, finding)| is_safe(finding));
    let lost: Vec<usize> = safe.filter(|(_, finding)| is_made_of_doubt(finding)).map(|(at, _)| at).collect();
    for at in &lost {
        ask_first(&mut findings[*at]);
        doubted[*at] = true;
    }
    !lost.is_empty()
}

fn is_failure(finding: &Finding) -> bool {
    finding.severity != Severity::Info && finding.working.is_some()
}

/// Whether a sum fails by just as much as one of its parts is off, so that it agrees once that part is set.
fn follows(sum: &Finding, part: &Finding) -> bool {
    let (Some(sums), Some(parts)) = (&sum.working, &part.working) else { return false };
    let off = |(addend, sign): (&Addend, Decimal)| {
        let factor = addend.factor.unwrap_or(Decimal::ONE).checked_mul(sign)?;
        let left = sums.difference.checked_add(parts.difference.checked_mul(factor)?)?;
        Some(left.abs() <= sums.tolerance.checked_add(parts.tolerance)?)
    };
    let made = sums.addends.iter().map(|addend| (addend, Decimal::ONE));
    let stated = sums.stated_addends.iter().map(|addend| (addend, Decimal::NEGATIVE_ONE));
    let mut own_addend = made.chain(stated).filter(|(addend, _)| at(sum, addend) == own(part));
    is_sum(sums) && own_addend.any(|addend| off(addend) == Some(true))
}

/// The figures that may be why a comparison fails: what is stated and, where it has a reason of its own, the parts of a sum.
/// The money behind a share is not suspected for its sake, because a share is what stays behind.
fn doubtful(finding: &Finding, by_parts: bool) -> Vec<FigureAt<'_>> {
    let Some(working) = &finding.working else { return Vec::new() };
    let stated = working.stated_addends.iter().map(|addend| at(finding, addend));
    let parts = addends(finding).filter(|_| by_parts && is_sum(working));
    std::iter::once(own(finding)).chain(stated).chain(parts).collect()
}

fn own(finding: &Finding) -> FigureAt<'_> {
    (&finding.file, &finding.path)
}

fn at<'f>(finding: &'f Finding, addend: &'f Addend) -> FigureAt<'f> {
    (addend.file.as_deref().unwrap_or(&finding.file), &addend.path)
}

fn addends(finding: &Finding) -> impl Iterator<Item = FigureAt<'_>> {
    finding.working.iter().flat_map(move |working| working.addends.iter().map(move |addend| at(finding, addend)))
}

/// Whether the addends, with their factors, make what is computed. Of those that are not listed it is taken for granted.
fn is_sum(working: &Working) -> bool {
    let contribution = |addend: &Addend| addend.value.checked_mul(addend.factor.unwrap_or(Decimal::ONE));
    let sum = working.addends.iter().try_fold(Decimal::ZERO, |sum, addend| sum.checked_add(contribution(addend)?));
    working.addends_left_out > 0 || sum == Some(working.computed)
}

/// Takes the safety from fixes of sums that share a suspect.
fn doubt_shared(findings: &mut [Finding], plans: &[Plan]) {
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
    let title = format!("set {} to {}", id_path(node), edit.text);
    Some(Fix { title, safe: false, edits: vec![edit.placed(plan.source())] })
}
