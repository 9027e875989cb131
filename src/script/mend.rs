//! Fixes: what would mend a finding, offered where the finding is made.
//!
//! A fix is safe only where the plan itself says what should stand there: the stated figure is by definition what its parts
//! make, and the parts determine it to the digit. It writes nothing; whoever applies a fix decides when.

use super::expect::Relation;
use super::explain::{Slips, inputs_once};
use super::figure::{Figure, FigureUnit};
use super::run::Run;
use super::selection::id_path;
use crate::figure::{Cell, Decimal, Mode, TracedCell};
use crate::finding::{Finding, Fix};
use crate::plan::edit::{NewValue, TextEdit, remove, set_figure, set_value};
use crate::plan::{NodeRef, Plan};
use crate::words::Said;

/// More places than this are those of a quotient without end, which no plan states.
const ENDLESS: u32 = 20;

/// Adds what would mend a disagreement of two figures.
///
/// Where a slip in a part explains the difference as well as one in the stated figure does, the stated figure may be right, and
/// setting it would carry the slip upward: then nothing is safe.
pub(super) fn disagreement(
    run: &Run,
    finding: &mut Finding,
    stated: &Figure,
    computed: &Figure,
    relation: Relation,
    slips: &Slips,
) {
    let Some(own) = run.traces(|traces| traces.single(stated.trace)) else { return };
    if slips.gap {
        return;
    }
    let slip = slips.likely.filter(|_| slips.only);
    let slip = slip.filter(|(cell, _)| *cell != own || relation == Relation::Equal);
    finding.fixes.extend(slip.and_then(|(cell, value)| set(run, own, cell, value, false)));
    if relation == Relation::Derived {
        let derived = derived(run, own, computed);
        // No share that is made of money is more than the whole: then it is the money that is wrong.
        let is_possible = |value| computed.unit != FigureUnit::Percent || value <= Decimal::ONE_HUNDRED;
        let safe = |value| !slips.in_part && is_possible(value);
        finding.fixes.extend(derived.and_then(|value| set(run, own, own, value, safe(value))));
    }
}

/// A fix that has a cell state another figure; `None` where it is of another plan than the finding's.
fn set(run: &Run, own: Cell, cell: Cell, value: Decimal, safe: bool) -> Option<Fix> {
    if cell.plan != own.plan {
        return None;
    }
    let node = run.node(cell);
    let edit = set_figure(node, value).filter(|edit| edit.text != node.text())?;
    let title = if cell == own {
        Said::of("set it to {to}")
    } else {
        Said::of("set {place} to {to}").text("place", id_path(node))
    };
    Some(fix(node.plan(), title.text("to", &*edit.text), safe, &[edit]))
}

/// A fix of these edits.
pub(super) fn fix(plan: &Plan, title: Said, safe: bool, edits: &[TextEdit]) -> Fix {
    Fix {
        title: title.to_string(),
        said: Some(title).filter(|said| !said.arguments.is_empty()),
        safe,
        edits: edits.iter().map(|edit| edit.placed(plan.source())).collect(),
        made_of: Vec::new(),
        made_of_left_out: 0,
    }
}

/// What the parts of a stated figure make it, where they determine it at the digits it is written with.
fn derived(run: &Run, own: Cell, computed: &Figure) -> Option<Decimal> {
    let cells = inputs_once(run.traces(|traces| traces.cells(computed.trace)));
    if cells.is_empty() || cells.iter().any(|traced| traced.cell == own) {
        return None;
    }
    let node = run.node(own);
    let plan = node.plan();
    let unit = plan.stated(node.id())?.unit;
    let mode = plan.rounding_at(node.id()).mode();
    let (value, interval) = (computed.value(), computed.computed.interval);
    let known = if cells.iter().all(|traced| is_as_fine(run.node(traced.cell), traced, unit)) {
        mode.round(value, unit)?
    } else {
        let low = mode.round(interval.lower().value, unit)?;
        let high = mode.round(interval.upper().value, unit)?;
        (low == high).then_some(low)?
    };
    // An exact figure is written whole, or not at all.
    (mode != Mode::Exact || known.normalize().scale() <= ENDLESS).then_some(known)
}

/// Whether an addend is written at least as finely as a total.
fn is_as_fine(addend: NodeRef<'_>, traced: &TracedCell, unit: Decimal) -> bool {
    let own = addend.plan().stated(addend.id()).map(|stated| stated.unit);
    let contributed = own.zip(traced.factor).and_then(|(own, factor)| own.checked_mul(factor.abs()));
    contributed.is_some_and(|contributed| contributed <= unit)
}

/// What would mend a value that is none of those allowed: the one that was meant, or, of a list, to take it out. Neither is
/// safe: nobody but the author knows what was meant. An id is no reference, and is left alone.
pub(super) fn unknown_value(node: NodeRef<'_>, meant: Option<&str>) -> Vec<Fix> {
    if node.key() == Some("id") {
        return Vec::new();
    }
    let plan = node.plan();
    let meant = meant.and_then(|meant| set_value(node, &NewValue::Text(meant.to_owned())));
    let meant = meant.map(|edit| fix(plan, Said::of("set it to {to}").text("to", &*edit.text), false, &[edit]));
    let gone = node.index().and_then(|_| remove(node));
    let gone = gone.map(|edits| fix(plan, Said::of("remove {what}").text("what", node.text()), false, &edits));
    meant.into_iter().chain(gone).collect()
}
