//! The outline of a plan: its objectives with outcomes and outputs, its risks, its tables, and what each comes to.

use std::collections::HashMap;
use std::sync::Arc;

use super::View;
use super::extents::extents;
use super::words::{counted, figure, label, one_line};
use crate::plan::vocabulary::is_year;
use crate::plan::{Kind, NodeId, NodeRef, Plan};
use crate::source::Span;

/// A thing of a plan, as an outline lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::lsp) struct Symbol {
    /// What people call it: `I.1 Collaboration`.
    pub name: String,
    /// What it comes to, or how it stands; may be empty.
    pub detail: String,
    /// What it is.
    pub kind: SymbolKind,
    /// All that belongs to it.
    pub span: Span,
    /// What to go to: its id, its title, or its header. Within `span`.
    pub select: Span,
    /// What stands in it.
    pub children: Vec<Self>,
}

/// What a thing of a plan is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lsp) enum SymbolKind {
    /// What holds for the whole plan, or another table of words.
    Table,
    /// An objective.
    Objective,
    /// An outcome.
    Outcome,
    /// An output.
    Output,
    /// A support service.
    Service,
    /// A split, or a part of one.
    Split,
    /// A risk.
    Risk,
    /// A mitigation.
    Mitigation,
    /// A cross-table.
    CrossTable,
    /// A row of one.
    Row,
    /// A reconciliation.
    Reconciliation,
    /// What the vocabulary does not know.
    Own,
}

/// A thing of any plan, as a search lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::lsp) struct Found {
    /// The plan's name.
    pub file: Arc<str>,
    /// What people call it.
    pub name: String,
    /// What it is.
    pub kind: SymbolKind,
    /// What it stands in; empty at the top.
    pub within: String,
    /// What to go to.
    pub span: Span,
}

/// The outline of a plan, in the order of the text.
pub(in crate::lsp) fn symbols(view: &View<'_>) -> Vec<Symbol> {
    outline(view.plan)
}

fn outline(plan: &Plan) -> Vec<Symbol> {
    let outliner = Outliner { extents: extents(plan) };
    let mut found: Vec<Symbol> = plan.root().children().flat_map(|child| outliner.of_child(child, &[])).collect();
    found.sort_by_key(|symbol| symbol.span);
    found
}

struct Outliner {
    extents: HashMap<NodeId, Span>,
}

impl Outliner {
    /// The symbols of one key of a table: the table, or each item of a list. Values are none.
    fn of_child(&self, node: NodeRef<'_>, above: &[&str]) -> Vec<Symbol> {
        let mut keys = above.to_vec();
        keys.extend(node.key());
        match node.kind() {
            Kind::Table if above.is_empty() => vec![self.symbol(node, &keys)],
            Kind::Array if node.is_array_of_tables() => {
                let items = node.children().filter(|item| item.kind() == Kind::Table);
                items.map(|item| self.symbol(item, &keys)).collect()
            }
            _ => Vec::new(),
        }
    }

    fn symbol(&self, node: NodeRef<'_>, keys: &[&str]) -> Symbol {
        let children = if keys.len() < 3 {
            node.children().flat_map(|child| self.of_child(child, keys)).collect()
        } else {
            Vec::new()
        };
        let name = if node.index().is_some() { label(node) } else { one_line(node.key().unwrap_or_default()) };
        let own = self.extents.get(&node.id()).copied().unwrap_or_else(|| whole(node));
        let (span, select) = reach(node, own, &children);
        Symbol { name: filled(name), detail: detail(node, keys), kind: kind(keys), span, select, children }
    }
}

/// The bytes of a table without a header: its key and its value.
fn whole(node: NodeRef<'_>) -> Span {
    let (key, value) = (node.key_span(), node.span());
    Span::new(key.start.min(value.start), key.end.max(value.end))
}

/// The extent with all that stands in it, and where to go to within it.
fn reach(node: NodeRef<'_>, own: Span, children: &[Symbol]) -> (Span, Span) {
    let start = children.iter().map(|child| child.span.start).fold(own.start, u32::min);
    let end = children.iter().map(|child| child.span.end).fold(own.end, u32::max);
    let span = Span::new(start, end);
    let name = node.get("id").or_else(|| node.get("title")).map(|name| name.span());
    let within = |place: &Span| place.start >= start && place.end <= end;
    (span, name.filter(within).or(Some(node.span()).filter(within)).unwrap_or(own))
}

/// Editors refuse a symbol without a name.
fn filled(name: String) -> String {
    if name.is_empty() { "\"\"".to_owned() } else { name }
}

fn kind(keys: &[&str]) -> SymbolKind {
    match keys {
        ["objectives"] => SymbolKind::Objective,
        ["objectives", "outcomes"] => SymbolKind::Outcome,
        ["objectives", "outputs"] => SymbolKind::Output,
        ["services"] => SymbolKind::Service,
        ["splits"] | ["splits", "parts"] => SymbolKind::Split,
        ["risks"] => SymbolKind::Risk,
        ["mitigations"] => SymbolKind::Mitigation,
        ["tables"] => SymbolKind::CrossTable,
        ["tables", "rows"] => SymbolKind::Row,
        ["reconciliations"] => SymbolKind::Reconciliation,
        ["plan" | "scales" | "units", ..] => SymbolKind::Table,
        _ => SymbolKind::Own,
    }
}

fn detail(node: NodeRef<'_>, keys: &[&str]) -> String {
    let text = |key: &str| node.get(key).filter(|n| n.is_value()).map(|n| one_line(&n.display())).unwrap_or_default();
    let number = |key: &str| node.get(key).map_or(0, |list| list.children().count());
    match keys {
        ["plan"] => text("title"),
        ["objectives"] | ["plan", "parts"] => amounts(node.get("total")),
        ["objectives", "outputs"] => amounts(node.get("cost")),
        ["services"] | ["splits", "parts"] => match text("share") {
            share if share.is_empty() => share,
            share => format!("{share} %"),
        },
        ["splits"] => counted(number("parts"), "part"),
        ["risks"] => joined(&text("likelihood"), " × ", &text("impact")),
        ["mitigations"] => text("status"),
        ["tables"] => {
            let (rows, columns) = (counted(number("rows"), "row"), counted(number("columns"), "column"));
            format!("{rows} × {columns}")
        }
        ["reconciliations"] => counted(number("figures"), "place"),
        _ => String::new(),
    }
}

fn joined(one: &str, between: &str, other: &str) -> String {
    if one.is_empty() || other.is_empty() { format!("{one}{other}") } else { format!("{one}{between}{other}") }
}

/// Amounts by year in few words: the first year and the last.
fn amounts(by_year: Option<NodeRef<'_>>) -> String {
    let years = by_year.into_iter().flat_map(|table| table.children());
    let years: Vec<NodeRef<'_>> = years.filter(|year| year.key().is_some_and(is_year)).collect();
    let shown = |year: &NodeRef<'_>| {
        let value = year.plan().written(year.id())?.value();
        Some(format!("{}: {}", year.key()?, figure(value, value.scale())))
    };
    match years.as_slice() {
        [] => String::new(),
        [one] => shown(one).unwrap_or_default(),
        [first, .., last] => joined(
            &shown(first).unwrap_or_default(),
            if years.len() > 2 { " … " } else { ", " },
            &shown(last).unwrap_or_default(),
        ),
    }
}

/// Things that a search lists.
const MOST_FOUND: usize = 500;

/// The things of all plans whose name holds the letters of a query in their order, the closest first.
pub(in crate::lsp) fn workspace_symbols(view: &View<'_>, query: &str) -> Vec<Found> {
    let query: Vec<char> = query.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let mut found: Vec<((usize, usize), Found)> = Vec::new();
    for plan in &view.plans {
        for symbol in outline(plan) {
            search(plan, symbol, "", &query, &mut found);
        }
    }
    found.sort_by_key(|(distance, _)| *distance);
    found.into_iter().take(MOST_FOUND).map(|(_, found)| found).collect()
}

fn search(plan: &Plan, symbol: Symbol, within: &str, query: &[char], found: &mut Vec<((usize, usize), Found)>) {
    for child in symbol.children {
        search(plan, child, &symbol.name, query, found);
    }
    if let Some(distance) = distance(&symbol.name, query) {
        let file = plan.source().shared_name();
        let (kind, span) = (symbol.kind, symbol.select);
        found.push((distance, Found { file, name: symbol.name, kind, within: within.to_owned(), span }));
    }
}

/// How far the letters of a query lie apart in a name, and from its start; `None` where they are not in it.
fn distance(name: &str, query: &[char]) -> Option<(usize, usize)> {
    let name: Vec<char> = name.to_lowercase().chars().collect();
    let Some(first) = query.first() else { return Some((0, 0)) };
    let starts = name.iter().enumerate().filter(|(_, c)| *c == first).map(|(at, _)| at);
    let reach = |start: usize| {
        let mut at = start;
        for letter in query {
            at += name.get(at..)?.iter().position(|c| c == letter)? + 1;
        }
        Some((at - start - query.len(), start))
    };
    starts.filter_map(reach).min()
}
