//! Completion of values: ids with their titles, words of scales, years, steps of paths.
//!
//! Names come from the plan as it was read; what was used elsewhere for the same key is offered as well.

use super::View;
use super::complete::{Completion, CompletionKind, span, word_rest};
use super::context::Context;
use super::links::{parts_of, portfolio_of, table_of};
use super::rename::step;
use super::words::one_line;
use crate::plan::edit::quoted;
use crate::plan::vocabulary::{Reference, reference_at};
use crate::plan::{Kind, NodeId, NodeRef, Plan, PlanPath};
use crate::source::Span;

/// Names that are offered at most.
const MOST: usize = 1_000;

/// A name that may be written: as people read it, with words about it, and as the plan writes it.
struct Offer {
    name: String,
    detail: String,
    /// Whether it may be written without quotation marks.
    is_integer: bool,
    kind: CompletionKind,
}

/// What may be written as a value.
pub(super) fn values(view: &View<'_>, context: &Context<'_>, at: usize) -> Vec<Completion> {
    let path: Vec<&str> = context.keys.iter().map(String::as_str).collect();
    match reference_at(&path) {
        Some(Reference::Path) => in_path(context, at, &[view.plan]),
        Some(Reference::PathInPart) => in_path(context, at, &parts_of(view, context.within)),
        _ => {
            let replace = replaced(view.plan.source().text(), context, at);
            let here = already(context);
            let mut offers = offers(view, context, &path);
            offers.retain(|offer| !here.contains(&offer.name));
            offers.truncate(MOST);
            offers.into_iter().map(|offer| written(offer, context, replace)).collect()
        }
    }
}

/// The names that may stand as the value of a key.
fn offers(view: &View<'_>, context: &Context<'_>, path: &[&str]) -> Vec<Offer> {
    let root = view.plan.root();
    let table = || table_of(context.within);
    match (reference_at(path), path) {
        (Some(Reference::Item(list)), _) => items(root.get(list)),
        (Some(Reference::Row), _) => items(table().and_then(|table| table.get("rows"))),
        (Some(Reference::Column), _) => words(table().and_then(|table| table.get("columns"))),
        (Some(Reference::Year), _) => words(root.get("plan").and_then(|plan| plan.get("years"))),
        (Some(Reference::Scale(scale)), [list, key]) => {
            let mut offers = words(root.get("scales").and_then(|scales| scales.get(scale)));
            add_used(&mut offers, root.get(list), key);
            offers
        }
        (Some(Reference::Plan), _) => plans(view),
        (_, [list @ ("risks" | "mitigations"), key @ ("category" | "owner")]) => {
            let mut offers = Vec::new();
            add_used(&mut offers, root.get(list), key);
            offers
        }
        (_, [.., "rounding"] | [.., "rounding", "mode"]) => fixed(&["nearest", "truncate", "exact"]),
        (_, ["tables", "unit"] | ["units", _]) => fixed(&["percent"]),
        _ => Vec::new(),
    }
}

fn offer(node: NodeRef<'_>, detail: String, kind: CompletionKind) -> Offer {
    Offer { name: node.display().into_owned(), detail, is_integer: node.kind() == Kind::Integer, kind }
}

/// The items of a list by their ids.
fn items(list: Option<NodeRef<'_>>) -> Vec<Offer> {
    let items = list.into_iter().flat_map(|list| list.children());
    let of = |item: NodeRef<'_>| {
        let title = item.get("title").filter(|title| title.is_value());
        let title = title.map(|title| one_line(&title.display())).unwrap_or_default();
        Some(offer(item.get("id").filter(|id| id.is_value())?, title, CompletionKind::Name))
    };
    items.filter_map(of).collect()
}

fn words(list: Option<NodeRef<'_>>) -> Vec<Offer> {
    let words = list.into_iter().flat_map(|list| list.children()).filter(|word| word.is_value());
    words.map(|word| offer(word, String::new(), CompletionKind::Word)).collect()
}

fn fixed(words: &[&str]) -> Vec<Offer> {
    let offer = |word: &&str| Offer {
        name: (*word).to_owned(),
        detail: String::new(),
        is_integer: false,
        kind: CompletionKind::Word,
    };
    words.iter().map(offer).collect()
}

/// Adds the values that a key has in other items of a list.
fn add_used(offers: &mut Vec<Offer>, list: Option<NodeRef<'_>>, key: &str) {
    let mut known: std::collections::HashSet<String> = offers.iter().map(|offer| offer.name.clone()).collect();
    for used in list.into_iter().flat_map(|list| list.children()).filter_map(|item| item.get(key)) {
        let is_word = matches!(used.kind(), Kind::Text | Kind::Integer) && !used.display().is_empty();
        if is_word && known.insert(used.display().into_owned()) {
            offers.push(offer(used, "used elsewhere".to_owned(), CompletionKind::Word));
        }
    }
}

/// The other plans of the portfolio.
fn plans(view: &View<'_>) -> Vec<Offer> {
    let others = portfolio_of(view, view.plan).into_iter().filter(|plan| plan.name() != view.plan.name());
    let of = |plan: &Plan| {
        let own = plan.root().get("plan")?;
        let title = own.get("title").map(|title| one_line(&title.display())).unwrap_or_default();
        Some(offer(own.get("id").filter(|id| id.is_value())?, title, CompletionKind::Name))
    };
    others.filter_map(of).collect()
}

/// The names that stand in the same array already.
fn already(context: &Context<'_>) -> Vec<String> {
    let array = Some(context.within).filter(|within| within.kind() == Kind::Array && within.is_bracketed());
    let others = array.into_iter().flat_map(|array| array.children()).filter(|one| one.is_value());
    others.filter(|one| !touches(one.span(), context)).map(|one| one.display().into_owned()).collect()
}

/// Whether a value is the one that is being written.
fn touches(span: Span, context: &Context<'_>) -> bool {
    let start = context.start;
    span.range().contains(&start) || span.end as usize == start
}

/// The bytes that a value takes the place of.
fn replaced(text: &str, context: &Context<'_>, at: usize) -> Span {
    let rest = text.get(at..).unwrap_or_default();
    let end = match context.quote {
        Some(mark) => rest.find([mark, ',', ']', '}', '#', '\n', '\r']).unwrap_or(rest.len()),
        None => word_rest(text, at),
    };
    // Where the text is closed, all of it; where not, what was typed.
    let closed = context.quote.is_none_or(|mark| rest[end..].starts_with(mark));
    span(context.start, if closed { at + end } else { at })
}

/// A name as it is written: in the quotation marks that are open, else in its own.
fn written(offer: Offer, context: &Context<'_>, replace: Span) -> Completion {
    let insert = match context.quote {
        Some(mark) => {
            let closed = is_closed(context, replace, mark);
            let inside = within_marks(&offer.name, mark);
            if closed { inside } else { format!("{inside}{mark}") }
        }
        None if offer.is_integer => offer.name.clone(),
        None => quoted(&offer.name),
    };
    let (label, about) = (offer.name, String::new());
    Completion { label, kind: offer.kind, detail: offer.detail, about, replace, insert, is_snippet: false }
}

fn is_closed(context: &Context<'_>, replace: Span, mark: char) -> bool {
    let text = context.within.plan().source().text();
    text.get(replace.end as usize..).is_some_and(|rest| rest.starts_with(mark))
}

/// A text as it is written between quotation marks that stand already.
fn within_marks(text: &str, mark: char) -> String {
    if mark == '\'' {
        return text.to_owned();
    }
    let marked = quoted(text);
    marked.get(1..marked.len() - 1).unwrap_or_default().to_owned()
}

/// The next step of a path.
fn in_path(context: &Context<'_>, at: usize, plans: &[&Plan]) -> Vec<Completion> {
    let text = context.within.plan().source().text();
    let Some(mark) = context.quote else {
        // A path begins with what stands at the top of the plan.
        let replace = span(context.start, at + word_rest(text, at));
        let offers = plans.first().map(|plan| keys(plan, &[NodeId::ROOT])).unwrap_or_default();
        return offers.into_iter().map(|offer| written(offer, context, replace)).collect();
    };
    let typed = text.get(context.start..at).unwrap_or_default().replace("\\\"", "\"");
    let (before, word, is_bracket) = last_step(&typed);
    let Some(plan) = plans.first() else { return Vec::new() };
    let nodes = match before {
        "" => vec![NodeId::ROOT],
        before => before.parse::<PlanPath>().map(|path| plan.select_from(&[NodeId::ROOT], &path)).unwrap_or_default(),
    };
    let typed_word = text.get(context.start..at).map_or(0, |raw| raw.len() - raw.rfind(word).unwrap_or(raw.len()));
    let start = if word.is_empty() { at } else { at - typed_word };
    let rest = text.get(at..).unwrap_or_default();
    let end = at + rest.find(['.', '[', ']', '"', '\'', ',', '\n', '\r']).unwrap_or(0);
    let replace = span(start, end);
    let closing = if is_bracket && !text[end..].starts_with(']') { "]" } else { "" };
    let offers = if is_bracket { ids(plan, &nodes) } else { keys(plan, &nodes) };
    let one = |offer: Offer| {
        let insert = format!("{}{closing}", within_marks(&step_of(&offer, is_bracket), mark));
        let (label, about) = (offer.name, String::new());
        Completion { label, kind: offer.kind, detail: offer.detail, about, replace, insert, is_snippet: false }
    };
    offers.into_iter().take(MOST).map(one).collect()
}

fn step_of(offer: &Offer, is_bracket: bool) -> String {
    if is_bracket {
        return step(&offer.name);
    }
    let bare =
        !offer.name.is_empty() && !offer.name.contains(['.', '[', ']', '"', '\\']) && offer.name.trim() == offer.name;
    if bare { offer.name.clone() } else { quoted(&offer.name) }
}

/// What stands before the last step of a path that is being written, the beginning of that step, and whether it is in brackets.
fn last_step(typed: &str) -> (&str, &str, bool) {
    let mut split = None;
    let mut in_quotes = false;
    let mut in_bracket = false;
    for (at, c) in typed.char_indices() {
        match c {
            '"' => in_quotes = !in_quotes,
            '[' if !in_quotes => (split, in_bracket) = (Some(at), true),
            ']' if !in_quotes => in_bracket = false,
            '.' if !in_quotes && !in_bracket => split = Some(at),
            _ => {}
        }
    }
    match split {
        Some(at) => (&typed[..at], &typed[at + 1..], in_bracket),
        None => ("", typed, false),
    }
}

/// The keys beneath some nodes that lead to figures or further.
fn keys(plan: &Plan, nodes: &[NodeId]) -> Vec<Offer> {
    let mut known = std::collections::HashSet::new();
    let flat = plan.flatten(nodes);
    let children = flat.into_iter().take(MOST).flat_map(|id| plan.node(id).children());
    let leads = children.filter(|child| !child.is_value() || child.kind().is_number());
    let once = leads.filter(|child| child.name().is_some_and(|name| known.insert(name)));
    let of = |child: NodeRef<'_>| Offer {
        name: child.key().unwrap_or_default().to_owned(),
        detail: if child.is_value() { child.text().to_owned() } else { child.kind().with_article().to_owned() },
        is_integer: false,
        kind: CompletionKind::Key,
    };
    once.map(of).collect()
}

/// The ids of the items of some lists, or the columns of a row's values.
fn ids(plan: &Plan, nodes: &[NodeId]) -> Vec<Offer> {
    let mut offers: Vec<Offer> = Vec::new();
    for node in nodes.iter().take(MOST).map(|id| plan.node(*id)) {
        if node.key() == Some("values") {
            offers.extend(words(table_of(node).and_then(|table| table.get("columns"))));
        } else {
            offers.extend(items(Some(node)));
        }
    }
    let mut known = std::collections::HashSet::new();
    offers.retain(|offer| known.insert(offer.name.clone()));
    offers
}
