//! The working of a disagreement: labels, addends, likely causes.
//!
//! Made only for what is shown, from the provenance that figures carry; rules do nothing for it.

use std::collections::{HashMap, HashSet};

use super::expect::{Subject, label};
use super::figure::Figure;
use super::run::Run;
use super::selection::id_path;
use crate::figure::{
    Cause, Cell, Change, Comparison, Decimal, Neighbour, Other, OtherKind, Part, Question, Target, TracedCell, likely,
};
use crate::finding::{Addend, Finding, Working, cause_said, grouped};
use crate::plan::{Kind, NodeRef};
use crate::words::{Argument, Said};

/// Addends that a finding lists; a sum of more is told honestly as "and n more".
const MOST_ADDENDS: usize = 1_000;

/// Addends whose neighbours are considered when a cause is looked for.
const MOST_NEIGHBOURS: usize = 64;

/// What an explanation found to be wrong, for those who would mend it.
pub(super) struct Slips {
    /// Whether a figure is missing from a sum, so that its parts do not make it.
    pub(super) gap: bool,
    /// The figure that the likely cause would have another, and which.
    pub(super) likely: Option<(Cell, Decimal)>,
    /// Whether there is no other cause.
    pub(super) only: bool,
    /// Whether a slip in a part explains the difference as well as anything else does.
    pub(super) in_part: bool,
}

/// Fills in working and labels of a finding about `stated` and `computed`.
pub(super) fn explain(
    run: &Run,
    subject: Subject,
    stated: &Figure,
    computed: &Figure,
    comparison: &Comparison,
    finding: &mut Finding,
) -> Slips {
    let cells = inputs_once(run.traces(|traces| traces.cells(computed.trace)));
    // A stated side that is itself made of several figures has addends of its own.
    let stated_cells = match run.traces(|traces| traces.single(stated.trace)) {
        Some(_) => Vec::new(),
        None => run.traces(|traces| traces.cells(stated.trace)),
    };
    let file = finding.file.to_string();
    let own = Cell { plan: subject.plan, node: u32::try_from(subject.node.index()).unwrap_or(u32::MAX) };
    let mut seen = HashSet::from([own]);
    for (side, traced) in stated_cells.iter().map(|cell| ("stated ", cell)).chain(cells.iter().map(|cell| ("", cell))) {
        // A figure that entered twice, as a part and in its whole, is shown once.
        if finding.labels.len() < MOST_ADDENDS && seen.insert(traced.cell) {
            finding.labels.push(label(
                run.node(traced.cell),
                &file,
                format!("{side}{}", label_text(run, traced)),
                None,
            ));
        }
    }
    let scale = stated.value().scale();
    // Where a figure is missing from a sum, every other explanation would be a guess.
    let gap = computed.gap.or(stated.gap).map(|cell| gap_said(run, cell, &cells, subject));
    let has_gap = gap.is_some();
    let (causes, in_part) = match gap {
        Some(gap) => (vec![(gap, None)], false),
        None => causes(run, stated, computed, &cells, subject),
    };
    let likely = causes.first().and_then(|(_, corrected)| *corrected);
    let slips = Slips { gap: has_gap, likely, only: causes.len() == 1, in_part };
    let mut causes = causes.into_iter().map(|(said, _)| said);
    let cause_said = causes.next();
    let other_causes_said: Vec<Said> = causes.collect();
    let unit = if stated.unit == super::figure::FigureUnit::None { computed.unit } else { stated.unit };
    let listed = |cells: &[TracedCell]| cells.iter().take(MOST_ADDENDS).map(|cell| addend(run, cell, &file)).collect();
    let mut addends: Vec<Addend> = listed(&cells);
    let all_listed = cells.len() <= MOST_ADDENDS;
    let changes = if all_listed { changes(run, stated, computed, comparison.tolerance) } else { HashMap::new() };
    for (addend, traced) in addends.iter_mut().zip(&cells) {
        addend.change = changes.get(&traced.cell).copied();
    }
    finding.working = Some(Working {
        stated: stated.value(),
        computed: shown(computed.value(), scale),
        difference: shown(comparison.difference, scale),
        tolerance: shown(comparison.tolerance, 0),
        stated_interval: stated.computed.interval,
        computed_interval: computed.computed.interval,
        unit: run.unit_text(unit),
        stated_addends: listed(&stated_cells),
        addends,
        addends_left_out: cells.len().saturating_sub(MOST_ADDENDS) + stated_cells.len().saturating_sub(MOST_ADDENDS),
        is_sum: cells.iter().all(|traced| traced.factor.is_some()),
        cause: cause_said.as_ref().map(Said::to_string),
        cause_said,
        other_causes: other_causes_said.iter().map(Said::to_string).collect(),
        other_causes_said,
    });
    slips
}

/// By how much each part alone would have to change for the two figures to agree.
fn changes(run: &Run, stated: &Figure, computed: &Figure, tolerance: Decimal) -> HashMap<Cell, Change> {
    let (value, made) = (stated.value(), computed.value());
    let (Some(low), Some(high)) = (value.checked_sub(tolerance), value.checked_add(tolerance)) else {
        return HashMap::new();
    };
    run.traces(|traces| traces.changes(computed.trace, |cell| value_of(run, cell), made, low, high))
}

/// What a sum lacks: the place, and the key that the others have.
fn gap_said(run: &Run, gap: Cell, cells: &[TracedCell], subject: Subject) -> Said {
    let place = name_of(run, gap, subject.plan);
    match cells.iter().find_map(|traced| run.node(traced.cell).key()) {
        Some(key) => Said::of("{place} has no {key}, so the sum is not of all").with("place", place).text("key", key),
        None => Said::of("{place} lacks a figure, so the sum is not of all").with("place", place),
    }
}

/// Cells that entered otherwise than by addition, each once: a part that is in its whole too is one figure.
pub(super) fn inputs_once(cells: Vec<TracedCell>) -> Vec<TracedCell> {
    let mut seen = HashSet::new();
    cells.into_iter().filter(|traced| traced.factor.is_some() || seen.insert(traced.cell)).collect()
}

/// More decimal places than this are those of a quotient without end; sums and products of a plan's figures have fewer.
const ENDLESS: u32 = 20;

/// A value as findings show it: whole, but for zeros at its end beyond those that the stated figure has, and for the
/// endless digits of a quotient, of which six places are shown, or three more than the stated figure has.
pub(crate) fn shown(value: Decimal, stated_places: u32) -> Decimal {
    let mut shown = value.normalize();
    if shown.scale() > ENDLESS {
        shown = shown.round_dp((stated_places + 3).max(6)).normalize();
    }
    if shown.scale() < stated_places {
        shown.rescale(stated_places);
    }
    shown
}

pub(super) fn value_of(run: &Run, cell: Cell) -> Decimal {
    let node = run.node(cell);
    node.plan().written(node.id()).map(|written| written.value()).unwrap_or_default()
}

fn label_text(run: &Run, traced: &TracedCell) -> String {
    let value = grouped(value_of(run, traced.cell));
    match traced.factor {
        Some(factor) if factor == Decimal::NEGATIVE_ONE => format!("- {value}"),
        Some(factor) if factor == Decimal::ONE => format!("+ {value}"),
        Some(factor) => format!("{} x {value}", grouped(factor)),
        None => value,
    }
}

fn addend(run: &Run, traced: &TracedCell, file: &str) -> Addend {
    let node = run.node(traced.cell);
    let source = node.plan().source();
    Addend {
        file: (source.name() != file).then(|| source.shared_name()),
        path: node.path(),
        value: value_of(run, traced.cell),
        factor: traced.factor.filter(|factor| *factor != Decimal::ONE),
        change: None,
    }
}

/// A likely cause in words, and the figure that it would have another.
type InWords = (Said, Option<(Cell, Decimal)>);

/// Looks for single slips that explain the disagreement, and tells whether one in a part does.
fn causes(
    run: &Run,
    stated: &Figure,
    computed: &Figure,
    cells: &[TracedCell],
    subject: Subject,
) -> (Vec<InWords>, bool) {
    let none = || (Vec::new(), false);
    let Some(own) = run.traces(|traces| traces.single(stated.trace)) else { return none() };
    let Some(stated_part) = part(run, own, Decimal::ONE) else { return none() };
    let linear: Option<Vec<Part>> =
        cells.iter().map(|traced| traced.factor.and_then(|factor| part(run, traced.cell, factor))).collect();
    let addends = linear.unwrap_or_default();
    let mut near = Vec::new();
    neighbours(run, own, Target::Stated, &mut near);
    if !addends.is_empty() {
        for (at, traced) in cells.iter().enumerate().take(MOST_NEIGHBOURS) {
            neighbours(run, traced.cell, Target::Addend(at), &mut near);
        }
    }
    let others: Vec<Other> = near.iter().map(|(_, other)| *other).collect();
    let question = Question { stated: stated_part, computed: computed.computed, addends: &addends, others: &others };
    let name = |cell: Cell| (name_of(run, cell, subject.plan), value_of(run, cell));
    let cell = |target: Target| match target {
        Target::Stated => Cell { plan: subject.plan, ..own },
        Target::Addend(at) => cells[at].cell,
    };
    let corrected = |cause: &Cause| {
        let found = cause.corrected(|target| value_of(run, cell(target)), |at| value_of(run, near[at].0));
        found.map(|(target, value)| (cell(target), value))
    };
    let words = |cause: &Cause| cause_said(cause, |target| name(cell(target)), |at| name(near[at].0));
    let likely = likely(&question);
    (likely.causes.iter().map(|cause| (words(cause), corrected(cause))).collect(), likely.in_part)
}

/// How a cause names a figure: its path, and the file where that is not the finding's.
fn name_of(run: &Run, cell: Cell, plan: u32) -> Argument {
    let path = id_path(run.node(cell));
    if cell.plan == plan {
        return path.into();
    }
    Said::of("{path} in {file}").text("path", path).text("file", run.plan(cell.plan).name()).into()
}

fn part(run: &Run, cell: Cell, factor: Decimal) -> Option<Part> {
    let node = run.node(cell);
    Some(Part { stated: node.plan().stated(node.id())?, factor })
}

/// The figures beside a figure: before and after it in its row or year table, above and below it in its column.
#[expect(clippy::cast_possible_truncation, reason = "node numbers are 32 bits")]
fn neighbours(run: &Run, cell: Cell, target: Target, near: &mut Vec<(Cell, Other)>) {
    let node = run.node(cell);
    let mut add = |found: Option<NodeRef<'_>>, neighbour: Neighbour| {
        let Some(found) = found else { return };
        let Some(stated) = found.plan().stated(found.id()) else { return };
        let cell = Cell { plan: cell.plan, node: found.id().index() as u32 };
        near.push((cell, Other { stated, kind: OtherKind::NeighbourOf(target, neighbour) }));
    };
    let along = if node.index().is_some() { Neighbour::Column } else { Neighbour::Year };
    // A share beside another share of the same item is no neighbour that could be mistaken for it; years and columns are.
    if node.index().is_some() || node.key().is_some_and(is_year) {
        let (before, after) = beside(node);
        add(before, along);
        add(after, along);
    }
    let (above, below) = above_and_below(node);
    add(above, Neighbour::Row);
    add(below, Neighbour::Row);
}

fn is_year(key: &str) -> bool {
    key.len() == 4 && key.bytes().all(|byte| byte.is_ascii_digit())
}

/// The nodes before and after a node under one parent.
fn beside(node: NodeRef<'_>) -> (Option<NodeRef<'_>>, Option<NodeRef<'_>>) {
    let Some(parent) = node.parent() else { return (None, None) };
    let mut before = None;
    let mut children = parent.children();
    while let Some(child) = children.next() {
        if child.id() == node.id() {
            return (before, children.next());
        }
        before = Some(child);
    }
    (None, None)
}

/// The same figure in the items before and after the one that a figure belongs to.
fn above_and_below(node: NodeRef<'_>) -> (Option<NodeRef<'_>>, Option<NodeRef<'_>>) {
    let mut steps = Vec::new();
    let mut at = node;
    while let Some(parent) = at.parent() {
        if at.kind() == Kind::Table && parent.kind() == Kind::Array {
            let (above, below) = beside(at);
            return (above.and_then(|item| descend(item, &steps)), below.and_then(|item| descend(item, &steps)));
        }
        steps.push((at.key().map(ToOwned::to_owned), at.index()));
        at = parent;
    }
    (None, None)
}

fn descend<'p>(item: NodeRef<'p>, steps: &[(Option<String>, Option<usize>)]) -> Option<NodeRef<'p>> {
    let mut at = item;
    for (key, index) in steps.iter().rev() {
        at = match (key, index) {
            (Some(key), _) => at.get(key)?,
            (None, Some(index)) => at.element(*index)?,
            (None, None) => return None,
        };
    }
    Some(at)
}
