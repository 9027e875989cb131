//! Figures that two failing sums share, and that both blame.
//!
//! Each of two sums that are off by the same amount could be set to what its parts make. But where one figure is a part of
//! both, such as the cell where a row and a column cross, that figure is as likely wrong as the two sums are, and setting
//! both would carry its slip into them. Then no fix of theirs is safe, and the figure's own correction is offered as well.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::figure::Decimal;
use crate::finding::{Addend, Finding, Fix, Severity, Working};
use crate::plan::edit::set_figure;
use crate::plan::{Plan, PlanPath};
use crate::script::id_path;

/// A part of a sum, and by how much it would have to change for the sum to be as stated.
type Suspect = (Arc<str>, String, Decimal);

/// Takes the safety from fixes of sums that share a suspect.
pub(super) fn doubt(findings: &mut [Finding], plans: &[Plan]) {
    let is_safe = |finding: &Finding| finding.working.is_some() && finding.fixes.iter().any(|fix| fix.safe);
    let wanted: HashSet<Suspect> = findings.iter().filter(|finding| is_safe(finding)).flat_map(suspects).collect();
    if wanted.is_empty() {
        return;
    }
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
        for fix in finding.fixes.iter_mut().filter(|fix| fix.safe) {
            fix.safe = false;
        }
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
