//! Going to what a name names, and back to all that name it.

use std::sync::Arc;

use super::cursor::{Spot, spot, within_text};
use super::links::{at_path, is_name, links, mentions, names_of, paths_to, same};
use super::{Place, View, allowances};
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

/// Where the thing at a place is written: a mitigation, the figures of a path, the word of a scale, another plan.
pub(in crate::lsp) fn definition(view: &View<'_>, at: u32) -> Vec<Place> {
    let place = |node: NodeRef<'_>| Place { file: node.plan().source().shared_name(), span: node.span() };
    let Some(Spot::Value(node)) = spot(view.plan, at) else { return Vec::new() };
    if let Some(named) = named(view, at) {
        return named.targets.into_iter().map(place).collect();
    }
    // Between the names of a path, or behind the last: the path as a whole.
    at_path(view, node).into_iter().map(place).collect()
}

/// All places that name the thing at a place, by plan and text; with `declaration`, also where it is named first.
pub(in crate::lsp) fn references(view: &View<'_>, at: u32, declaration: bool) -> Vec<Place> {
    let Some(named) = named(view, at) else {
        let Some(Spot::Value(node)) = spot(view.plan, at) else { return Vec::new() };
        return if node.kind().is_number() { to_figure(view, node, declaration) } else { Vec::new() };
    };
    let mut found = Vec::new();
    for target in named.targets {
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

/// Whether a name is one of these.
pub(super) fn among(names: &[NodeRef<'_>], node: NodeRef<'_>) -> bool {
    names.iter().any(|name| same(*name, node))
}
