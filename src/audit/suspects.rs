//! Figures that are in doubt, and what must therefore not be set without asking.
//!
//! A derived figure is safe to set only if nothing speaks for it, and nothing against what it is made of. Of two sums that are
//! off by the same amount and share a part, that part is as likely wrong as they are, and so it is of two shares that one change
//! of it would set right. A figure that enters a sum which fails,
//! and for which there is no safe fix, may be why it fails. And a figure that another place states as well is confirmed by it.
//! Setting such a sum or share would carry a slip onward, and make the plan agree with its mistake.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::witnesses;
use crate::figure::Decimal;
use crate::finding::{Addend, Finding, Fix, Severity};
use crate::plan::{NodeId, Plan, PlanPath};

/// A figure: its file and path.
pub(super) type FigureAt<'f> = (&'f str, &'f str);

/// Takes the safety from fixes that would set what may be right, or from what may be wrong.
///
/// What is allowed throws no doubt, because somebody has answered for it; as a witness beside another it counts.
pub(super) fn doubt(
    findings: &mut [Finding],
    plans: &[Plan],
    confirmed: &HashSet<(Arc<str>, NodeId)>,
    is_allowed: &[bool],
) {
    if !findings.iter().any(is_safe) {
        return;
    }
    doubt_confirmed(findings, plans, confirmed);
    witnesses::doubt_sums(findings, plans);
    let mut doubted: Vec<bool> = findings.iter().map(|finding| !is_safe(finding)).collect();
    let by_parts = doubted.clone();
    while doubt_derived(findings, &mut doubted, &by_parts, is_allowed) {}
    // What only waits for a figure in doubt blames nothing else.
    let waits: Vec<bool> = doubted.iter().zip(&by_parts).map(|(doubted, own)| *doubted && !own).collect();
    for at in witnesses::made_of_suspects(findings, &waits) {
        ask_first(&mut findings[at]);
        doubted[at] = true;
    }
    while doubt_derived(findings, &mut doubted, &by_parts, is_allowed) {}
}

/// Whether a finding offers to state what other figures make.
pub(super) fn is_safe(finding: &Finding) -> bool {
    let is_derived = |fix: &Fix| finding.working.is_some() || !fix.made_of.is_empty();
    finding.fixes.iter().any(|fix| fix.safe && is_derived(fix))
}

pub(super) fn ask_first(finding: &mut Finding) {
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
fn doubt_derived(findings: &mut [Finding], doubted: &mut [bool], by_parts: &[bool], is_allowed: &[bool]) -> bool {
    let mut in_doubt: HashMap<FigureAt<'_>, Vec<&Finding>> = HashMap::new();
    let throws_doubt = |at: usize, finding: &Finding| doubted[at] && !is_allowed[at] && is_failure(finding);
    for (at, finding) in findings.iter().enumerate().filter(|(at, finding)| throws_doubt(*at, finding)) {
        for figure in doubtful(finding, by_parts[at]) {
            in_doubt.entry(figure).or_default().push(finding);
        }
    }
    let speaks_against = |other: &&Finding, finding: &Finding| {
        // Another comparison of the same figure speaks of that figure, not of what it is made of.
        own(other) != own(finding) && !follows(other, finding)
    };
    let is_made_of_doubt = |finding: &Finding| {
        let mut others = made_of(finding).filter_map(|figure| in_doubt.get(&figure)).flatten();
        // What is not listed cannot be held against doubt.
        others.any(|other| speaks_against(other, finding)) || (leaves_out(finding) && !in_doubt.is_empty())
    };
    let safe = findings.iter().enumerate().filter(|(_, finding)| is_safe(finding));
    let lost: Vec<usize> = safe.filter(|(_, finding)| is_made_of_doubt(finding)).map(|(at, _)| at).collect();
    for at in &lost {
        ask_first(&mut findings[*at]);
        doubted[*at] = true;
    }
    !lost.is_empty()
}

pub(super) fn is_failure(finding: &Finding) -> bool {
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
    sums.is_sum && own_addend.any(|addend| off(addend) == Some(true))
}

/// The figures that may be why a comparison fails: what is stated and, where it has a reason of its own, the parts of a sum.
/// The money behind a share is not suspected for its sake, because a share is what stays behind.
fn doubtful(finding: &Finding, by_parts: bool) -> Vec<FigureAt<'_>> {
    let Some(working) = &finding.working else { return Vec::new() };
    let stated = working.stated_addends.iter().map(|addend| at(finding, addend));
    let parts = addends(finding).filter(|_| by_parts && working.is_sum);
    std::iter::once(own(finding)).chain(stated).chain(parts).collect()
}

pub(super) fn own(finding: &Finding) -> FigureAt<'_> {
    (&finding.file, &finding.path)
}

pub(super) fn at<'f>(finding: &'f Finding, addend: &'f Addend) -> FigureAt<'f> {
    (addend.file.as_deref().unwrap_or(&finding.file), &addend.path)
}

fn addends(finding: &Finding) -> impl Iterator<Item = FigureAt<'_>> {
    finding.working.iter().flat_map(move |working| working.addends.iter().map(move |addend| at(finding, addend)))
}

/// Whether a finding is made of more figures than it lists.
fn leaves_out(finding: &Finding) -> bool {
    finding.working.as_ref().is_some_and(|working| working.addends_left_out > 0)
        || finding.fixes.iter().any(|fix| fix.made_of_left_out > 0)
}

/// The figures that a finding's fixes would carry onward.
pub(super) fn made_of(finding: &Finding) -> impl Iterator<Item = FigureAt<'_>> {
    let told = finding.fixes.iter().flat_map(|fix| &fix.made_of);
    let told = told.map(|figure| (figure.file.as_deref().unwrap_or(&finding.file), figure.path.as_str()));
    addends(finding).chain(told)
}
