//! Going to what a name names, and back to all that name it.

use std::sync::Arc;

use super::cursor::{Spot, spot, within_text};
use super::links::{at_path, is_name, links, mentions, names_of, paths_to, same, table_of};
use super::{Place, View, allowances};
use crate::plan::vocabulary::keys_to;
use crate::plan::{Inline, NodeRef, Says};
use crate::source::Span;

/// A name under the cursor, and what it names.
pub(super) struct Named<'v> {
    /// The bytes of the name under the cursor.
    pub span: Span,
    /// The values that name the things first.
    pub targets: Vec<NodeRef<'v>>,
}

/// What the name under the cursor names: in a path, the name of the step.
pub(super) fn named<'v>(view: &View<'v>, at: u32) -> Option<Named<'v>> {
    let Spot::Value(node) = spot(view.plan, at)? else { return None };
    let found = links(view, node);
    if found.is_empty() {
        return is_name(node).then(|| Named { span: node.span(), targets: vec![node] });
    }
    let place = |part: &Option<std::ops::Range<usize>>| match part {
        Some(part) => within_text(node, part).unwrap_or(node.span()),
        None => node.span(),
    };
    let touched = found.iter().map(|link| place(&link.part)).find(|span| span.start <= at && at <= span.end)?;
    let targets = found.iter().filter(|link| place(&link.part) == touched).map(|link| link.target).collect();
    Some(Named { span: touched, targets })
}

/// Where the thing at a place is written: a mitigation, the figures of a path, the word of a scale, another plan, the row and
/// the column of a figure in a cross-table.
pub(in crate::lsp) fn definition(view: &View<'_>, at: u32) -> Vec<Place> {
    let place = |node: NodeRef<'_>| Place { file: node.plan().source().shared_name(), span: node.span() };
    let Some(Spot::Value(node)) = spot(view.plan, at) else { return Vec::new() };
    if let Some(named) = named(view, at) {
        return named.targets.into_iter().map(place).collect();
    }
    let of_cell = row_and_column(node);
    // Between the names of a path, or behind the last: the path as a whole.
    let found = if of_cell.is_empty() { at_path(view, node) } else { of_cell };
    found.into_iter().map(place).collect()
}

/// All places that name the thing at a place, by plan and text; with `declaration`, also where it is named first.
pub(in crate::lsp) fn references(view: &View<'_>, at: u32, declaration: bool) -> Vec<Place> {
    let Some(named) = named(view, at) else {
        let Some(Spot::Value(node)) = spot(view.plan, at) else { return Vec::new() };
        return if node.kind().is_number() { to_figure(view, node, declaration) } else { Vec::new() };
    };
    // A row or a column may be named after something else, and still has figures of its own.
    let here = spot(view.plan, at).and_then(|spot| if let Spot::Value(node) = spot { Some(node) } else { None });
    let cells = named.targets.iter().copied().chain(here).flat_map(cells);
    let mut found: Vec<Place> =
        cells.map(|cell| Place { file: cell.plan().source().shared_name(), span: cell.span() }).collect();
    for target in named.targets.iter().copied() {
        let names = names_of(view, target);
        let place = |node: &NodeRef<'_>| Place { file: node.plan().source().shared_name(), span: node.span() };
        // The first is the thing itself; the others are named after it.
        let own =
            names.iter().enumerate().filter(|(number, _)| declaration || *number > 0).map(|(_, node)| place(node));
        found.extend(own);
        found.extend(mentions(view, &names).iter().map(|mention| mention.place()));
        found.extend(allowances::places(view, &names));
    }
    found.sort();
    found.dedup();
    found
}

/// All that leads to a figure: paths of reconciliations, and comments that allow what is found in its line.
fn to_figure(view: &View<'_>, figure: NodeRef<'_>, declaration: bool) -> Vec<Place> {
    let file = figure.plan().source().shared_name();
    let here = |span: Span| Place { file: Arc::clone(&file), span };
    let line = figure.plan().source().position(figure.span().start).line;
    let allows = |comment: &Inline| comment.line == line && matches!(comment.says, Says::Allow { .. });
    let comments = figure.plan().inline().into_iter().filter(allows).map(|comment| here(comment.span));
    let mut found: Vec<Place> = paths_to(view, figure).iter().map(|mention| mention.place()).collect();
    found.extend(comments);
    found.extend(declaration.then(|| here(figure.span())));
    found.sort();
    found.dedup();
    found
}

/// The id of the row and the name of the column that a figure of a cross-table stands in.
fn row_and_column(cell: NodeRef<'_>) -> Vec<NodeRef<'_>> {
    let (Some(at), ["tables", "rows", "values"]) = (cell.index(), keys_to(cell).as_slice()) else { return Vec::new() };
    let row = cell.parent().and_then(|values| values.parent()?.get("id"));
    let column = table_of(cell).and_then(|table| table.get("columns")?.element(at));
    row.into_iter().chain(column).collect()
}

/// The figures of a row or of a column of a cross-table.
fn cells(name: NodeRef<'_>) -> Vec<NodeRef<'_>> {
    match (keys_to(name).as_slice(), name.index()) {
        (["tables", "rows", "id"], _) => {
            let values = name.parent().and_then(|row| row.get("values"));
            values.into_iter().flat_map(|values| values.children()).collect()
        }
        (["tables", "columns"], Some(at)) => {
            let rows = table_of(name).and_then(|table| table.get("rows"));
            let rows = rows.into_iter().flat_map(|rows| rows.children());
            rows.filter_map(|row| row.get("values")?.element(at)).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a name is one of these.
pub(super) fn among(names: &[NodeRef<'_>], node: NodeRef<'_>) -> bool {
    names.iter().any(|name| same(*name, node))
}
