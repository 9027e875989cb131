//! Completion: what may be written at a place.
//!
//! Keys and headers come from the vocabulary, years and names from the plan. What is written into texts is escaped for the
//! quotation marks that are open.

use super::View;
use super::complete_values::values;
use super::context::{Context, What, context, floor};
use crate::plan::vocabulary::{Key, ROOT, Shape, keys_in, shape_over};
use crate::plan::{Kind, NodeRef, Plan};
use crate::source::Span;

/// Something that may be written at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::lsp) struct Completion {
    /// What is shown, and held against what was typed.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// A few words beside it: a title, a shape.
    pub detail: String,
    /// What it means; may be empty.
    pub about: String,
    /// What it takes the place of.
    pub replace: Span,
    /// What is written.
    pub insert: String,
    /// Whether `insert` is a snippet: `$1` is where the cursor goes, `\$` a dollar sign.
    pub is_snippet: bool,
}

/// What a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lsp) enum CompletionKind {
    /// A key of the vocabulary.
    Key,
    /// A year of the plan.
    Year,
    /// A header of a table.
    Header,
    /// The name of a thing.
    Name,
    /// A word of a scale, or another that the vocabulary has.
    Word,
}

/// What may be written at a place, the likeliest first.
pub(in crate::lsp) fn complete(view: &View<'_>, at: u32) -> Vec<Completion> {
    let context = context(view.plan, at as usize);
    let text = view.plan.source().text();
    let at = floor(text, at as usize).max(context.start);
    match context.what {
        What::Nothing => Vec::new(),
        What::Header => headers(view.plan, &context, span(context.start, at + header_rest(text, at))),
        What::Key if context.quote.is_some() => Vec::new(),
        What::Key => keys(view.plan, &context, at),
        What::Value => values(view, &context, at),
    }
}

pub(super) fn span(start: usize, end: usize) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(offset(start), offset(end))
}

/// Bytes of a word from a place on.
pub(super) fn word_rest(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').unwrap_or(rest.len())
}

fn header_rest(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let name = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '.')).unwrap_or(rest.len());
    name + rest[name..].find(|c| c != ']').unwrap_or(rest.len() - name)
}

/// The keys that a table lacks, and the years that a cost or a total lacks.
fn keys(plan: &Plan, context: &Context<'_>, at: usize) -> Vec<Completion> {
    let path: Vec<&str> = context.keys.iter().map(String::as_str).collect();
    let text = plan.source().text();
    let replace = span(context.start, at + word_rest(text, at));
    let line = text.get(replace.end as usize..).unwrap_or_default().lines().next().unwrap_or_default();
    let has_value = line.trim_start().starts_with('=');
    let is_here = |name: &str| present(context, &path).is_some_and(|table| has(table, name, replace));
    let missing = |name: &str| !context.seen.iter().any(|seen| seen == name) && !is_here(name);
    let own_line = !context.in_brackets && !context.is_dotted;
    let mut found = Vec::new();
    if let Some(Shape::ByYear) = shape_over(&path) {
        let years = years(plan).into_iter().filter(|year| missing(year));
        found.extend(years.map(|year| by_year(&year, CompletionKind::Year, "", replace, has_value)));
        if missing("all_years") {
            let about = "The figure for all years together.";
            found.push(by_year("all_years", CompletionKind::Key, about, replace, has_value));
        }
        return found;
    }
    for key in keys_in(&path).unwrap_or_default() {
        let is_list = matches!(key.shape, Shape::Tables(_));
        // A list that has a header has one more for each item.
        if missing(key.name) || (own_line && is_list) {
            found.push(of_key(plan, key, &path, (own_line, has_value), replace));
        }
    }
    // What must be there comes first.
    found.sort_by_key(|completion| !completion.detail.ends_with("required"));
    if own_line && !path.is_empty() {
        found.extend(headers(plan, context, replace));
    }
    found
}

/// The table of the tree that a key is written in.
fn present<'p>(context: &Context<'p>, path: &[&str]) -> Option<NodeRef<'p>> {
    let known = crate::plan::vocabulary::keys_to(context.within);
    let below = path.strip_prefix(known.as_slice())?;
    let table = below.iter().try_fold(context.within, |table, key| table.get(key))?;
    (table.kind() == Kind::Table).then_some(table)
}

/// Whether a table has a key, other than the one that is being written.
fn has(table: NodeRef<'_>, name: &str, written: Span) -> bool {
    table.get(name).is_some_and(|child| child.key_span().start != written.start)
}

fn years(plan: &Plan) -> Vec<String> {
    let years = plan.root().get("plan").and_then(|plan| plan.get("years"));
    let years = years.into_iter().flat_map(|years| years.children()).filter(|year| year.kind() == Kind::Integer);
    years.map(|year| year.text().to_owned()).collect()
}

fn by_year(name: &str, kind: CompletionKind, about: &str, replace: Span, has_value: bool) -> Completion {
    let insert = if has_value { name.to_owned() } else { format!("{name} = $1") };
    let (label, about, detail) = (name.to_owned(), about.to_owned(), String::new());
    Completion { label, kind, detail, about, replace, insert, is_snippet: !has_value }
}

fn of_key(plan: &Plan, key: &Key, path: &[&str], (own_line, has_value): (bool, bool), replace: Span) -> Completion {
    let required = if key.required { ", required" } else { "" };
    let is_list = matches!(key.shape, Shape::Tables(_));
    let insert = match key.shape {
        _ if has_value => key.name.to_owned(),
        Shape::Table(_) | Shape::Tables(_) if own_line => {
            let header = header(path, key.name, is_list);
            format!("{header}\n$1")
        }
        shape => format!("{} = {}", key.name, value(plan, shape)),
    };
    Completion {
        label: key.name.to_owned(),
        kind: CompletionKind::Key,
        detail: format!("{}{required}", key.shape),
        about: key.about.to_owned(),
        replace,
        insert,
        is_snippet: !has_value,
    }
}

/// The form of a value, as a snippet.
fn value(plan: &Plan, shape: Shape) -> String {
    match shape {
        Shape::Text | Shape::Id => "\"$1\"".to_owned(),
        Shape::Number | Shape::Share => "$1".to_owned(),
        Shape::Texts | Shape::Sides => "[\"$1\"]".to_owned(),
        Shape::Ids | Shape::Years | Shape::Numbers => "[$1]".to_owned(),
        Shape::ByYear => {
            let years = years(plan);
            let years = years.iter().enumerate().map(|(at, year)| format!("{year} = ${}", at + 1));
            let years: Vec<String> = years.collect();
            if years.is_empty() { "{ $1 }".to_owned() } else { format!("{{ {} }}", years.join(", ")) }
        }
        Shape::Rounding => "\"${1|nearest,truncate,exact|}\"".to_owned(),
        Shape::Units | Shape::Table(_) => "{ $1 }".to_owned(),
        Shape::Tables(_) => "[{ $1 }]".to_owned(),
    }
}

fn header(path: &[&str], name: &str, is_list: bool) -> String {
    let keys = path.iter().copied().chain([name]).collect::<Vec<_>>().join(".");
    if is_list { format!("[[{keys}]]") } else { format!("[{keys}]") }
}

/// The headers of the vocabulary that may stand here: those of the same thing first, single tables only once.
fn headers(plan: &Plan, context: &Context<'_>, replace: Span) -> Vec<Completion> {
    let mut found = Vec::new();
    collect(plan, ROOT, &mut Vec::new(), replace, &mut found);
    let own = context.keys.first().map(String::as_str);
    found.sort_by_key(|completion: &Completion| {
        let name = completion.label.trim_matches(['[', ']']);
        name.split('.').next() != own
    });
    found
}

fn collect(
    plan: &Plan,
    keys: &'static [Key],
    path: &mut Vec<&'static str>,
    replace: Span,
    found: &mut Vec<Completion>,
) {
    for key in keys {
        let (below, is_list) = match key.shape {
            Shape::Table(below) => (below, false),
            Shape::Tables(below) => (below, true),
            _ => continue,
        };
        let is_there = path.is_empty() && !is_list && plan.root().get(key.name).is_some_and(|table| table.has_header());
        if !is_there {
            let label = header(path, key.name, is_list);
            found.push(Completion {
                insert: label.clone(),
                label,
                kind: CompletionKind::Header,
                detail: key.shape.to_string(),
                about: key.about.to_owned(),
                replace,
                is_snippet: false,
            });
        }
        path.push(key.name);
        collect(plan, below, path, replace, found);
        path.pop();
    }
}
