//! From a value of the engine to data that can leave the session.
//!
//! Every list is cut at a number and says by how much: a selection of a million nodes is not a screen.

use std::sync::Arc;

use rhai::{Array, Dynamic, Map};

use crate::figure::{Cell, Decimal, TracedCell};
use crate::finding::{ComputedFigure, Evaluated, MapEntry, Part, SelectedNode, StatedFigure, grouped, number};
use crate::plan::{Kind, NodeRef, Unit};
use crate::script::explain::{inputs_once, shown, value_of};
use crate::script::figure::Figure;
use crate::script::operand::Operand;
use crate::script::run::Run;
use crate::script::selection::{Missing, Nodes, Selection, id_path};

/// Nodes, parts, elements and entries that are listed.
const MOST: usize = 1_000;

/// Arrays and maps in one another that are gone into.
const DEEPEST: usize = 16;

/// Keys of a table that are named.
const MOST_KEYS: usize = 8;

pub(super) fn of(run: &Run, value: &Dynamic) -> Evaluated {
    below(run, value, 0)
}

fn below(run: &Run, value: &Dynamic, depth: usize) -> Evaluated {
    if let Some(selection) = value.read_lock::<Selection>() {
        return selected(run, &selection);
    }
    if let Some(array) = value.read_lock::<Array>() {
        let most = if depth < DEEPEST { MOST } else { 0 };
        let items: Vec<Evaluated> = array.iter().take(most).map(|item| below(run, item, depth + 1)).collect();
        let left_out = array.len() - items.len();
        return Evaluated::List { items, left_out };
    }
    if let Some(map) = value.read_lock::<Map>() {
        let most = if depth < DEEPEST { MOST } else { 0 };
        let entry = |(key, value): (&rhai::Identifier, &Dynamic)| MapEntry {
            key: key.to_string(),
            value: below(run, value, depth + 1),
        };
        let entries: Vec<MapEntry> = map.iter().take(most).map(entry).collect();
        let left_out = map.len() - entries.len();
        return Evaluated::Map { entries, left_out };
    }
    if value.is_unit() {
        return Evaluated::Nothing;
    }
    match Operand::read(run, value) {
        Operand::Figure(figure) => Evaluated::Figure(computed(run, &figure)),
        Operand::Text(text) => Evaluated::Text { value: text.to_string() },
        Operand::Boolean(value) => Evaluated::Boolean { value },
        Operand::Date(value) => Evaluated::Date { value },
        Operand::Absent(selection) | Operand::Many(selection) => selected(run, &selection),
        Operand::Other(_) if value.is_fnptr() => Evaluated::Function,
        Operand::Other(words) => Evaluated::Text { value: words },
    }
}

fn computed(run: &Run, figure: &Figure) -> ComputedFigure {
    let cells = inputs_once(run.traces(|traces| traces.cells(figure.trace)));
    let parts: Vec<Part> = cells.iter().take(MOST).map(|traced| part(run, traced)).collect();
    ComputedFigure {
        value: shown(figure.value(), 0),
        unit: run.unit_text(figure.unit),
        interval: figure.computed.interval,
        parts_left_out: cells.len() - parts.len(),
        parts,
        lacking: figure.gap.map(|cell| lacking(run, cell, &cells)),
    }
}

/// What a sum lacks: the path of the figure that is not there.
fn lacking(run: &Run, gap: Cell, cells: &[TracedCell]) -> String {
    let place = id_path(run.node(gap));
    match cells.iter().find_map(|traced| run.node(traced.cell).key()) {
        Some(key) => format!("{place}.{key}"),
        None => place,
    }
}

fn part(run: &Run, traced: &TracedCell) -> Part {
    let node = run.node(traced.cell);
    let source = node.plan().source();
    Part {
        file: source.shared_name(),
        path: id_path(node),
        span: source.place(node.span()),
        value: value_of(run, traced.cell),
        factor: traced.factor,
    }
}

fn selected(run: &Run, selection: &Selection) -> Evaluated {
    let flat = selection.flat();
    if flat.is_empty() {
        let path = selection.describe();
        let reason = match &selection.nodes {
            Nodes::Absent(missing) => match **missing {
                Missing::Key { .. } => format!("the plan has no {path}"),
                Missing::Nothing(_) | Missing::Unusable(_) => path,
            },
            Nodes::One(_) | Nodes::Many(_) => format!("{path} is empty"),
        };
        return Evaluated::Absent { reason };
    }
    let node = |id: &crate::plan::NodeId| node(run, selection, selection.node(*id));
    let nodes: Vec<SelectedNode> = flat.iter().take(MOST).map(node).collect();
    Evaluated::Selection { left_out: flat.len() - nodes.len(), nodes }
}

fn node(run: &Run, selection: &Selection, node: NodeRef<'_>) -> SelectedNode {
    let source: &Arc<_> = node.plan().source();
    let figure = run.figure(selection.plan, node.id()).map(|figure| StatedFigure {
        value: figure.value(),
        unit: match node.plan().unit(node.id()) {
            Unit::None => String::new(),
            _ => run.unit_text(figure.unit),
        },
        interval: figure.computed.interval,
    });
    let written = node.plan().written(node.id()).map(|written| written.value());
    let has_unit = figure.as_ref().is_some_and(|figure| !figure.unit.is_empty());
    let worded = |value: Decimal| if has_unit { grouped(value) } else { number(value) };
    SelectedNode {
        file: source.shared_name(),
        path: id_path(node),
        span: source.place(node.span()),
        shown: written.map_or_else(|| words(node), worded),
        figure,
    }
}

/// A value as people read it; of a table, what it holds.
fn words(node: NodeRef<'_>) -> String {
    if node.kind() != Kind::Table {
        return node.display().into_owned();
    }
    let mut keys: Vec<&str> = node.children().filter_map(|child| child.key()).collect();
    let more = keys.len().saturating_sub(MOST_KEYS);
    keys.truncate(MOST_KEYS);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!("table of {}{more}", keys.join(", "))
}
