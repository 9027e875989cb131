//! Hover: what a key means, what a name refers to, all that is known of a figure.
//!
//! Answers are Markdown. What a plan says is escaped, so that a title cannot pass for a heading or a link.

use super::View;
use super::cursor::{Spot, spot};
use super::hover_figure::of_figure;
use super::links::{at_path, is_name, links, named_in_table};
use super::places::named;
use super::words::{figure, label, one_line};
use crate::plan::vocabulary::{key_at, keys_to};
use crate::plan::{Kind, NodeRef};
use crate::script::id_path;
use crate::source::Span;

/// Words about what stands at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::lsp) struct Hover {
    /// What they are about.
    pub span: Span,
    /// The words, as Markdown.
    pub markdown: String,
}

/// What is known of what stands at a place.
pub(in crate::lsp) fn hover(view: &View<'_>, at: u32) -> Option<Hover> {
    match spot(view.plan, at)? {
        Spot::Key(node, span) => Some(Hover { span, markdown: of_key(node)? }),
        Spot::Value(node) => of_value(view, node, at),
    }
}

/// A key, by the vocabulary.
fn of_key(node: NodeRef<'_>) -> Option<String> {
    let keys = keys_to(node);
    let (name, shape, about, required) = match key_at(&keys) {
        Some(key) => (key.name, key.shape.to_string(), key.about, key.required),
        None if keys.last() == Some(&"all_years") => {
            ("all_years", "amount".to_owned(), "The figure for all years together.", false)
        }
        None => return None,
    };
    let required = if required { ", required" } else { "" };
    Some(format!("**{name}** ({shape}{required})\n\n{}", escaped(about)))
}

fn of_value(view: &View<'_>, node: NodeRef<'_>, at: u32) -> Option<Hover> {
    if let Some(named) = named(view, at) {
        let cards: Vec<String> = named.targets.iter().map(|target| of_thing(*target)).collect();
        let own = is_name(node) && links(view, node).is_empty();
        let referred = if own { String::new() } else { path_value(view, node) };
        return Some(Hover { span: named.span, markdown: cards.join("\n\n---\n\n") + referred.as_str() });
    }
    if node.kind().is_number() {
        return Some(Hover { span: node.span(), markdown: of_figure(view, node)? });
    }
    let told = path_value(view, node);
    (!told.is_empty()).then(|| Hover { span: node.span(), markdown: told.trim_start().to_owned() })
}

/// Figures at a path that are shown.
const MOST_FIGURES: usize = 12;

/// The figures that a path leads to, as a list.
fn path_value(view: &View<'_>, node: NodeRef<'_>) -> String {
    let found = at_path(view, node);
    let mut lines: Vec<String> = found.iter().take(MOST_FIGURES).filter_map(|node| line(*node)).collect();
    if found.len() > MOST_FIGURES {
        lines.push(format!("- and {} more", found.len() - MOST_FIGURES));
    }
    if lines.is_empty() { String::new() } else { format!("\n\n{}", lines.join("\n")) }
}

fn line(node: NodeRef<'_>) -> Option<String> {
    let value = node.plan().written(node.id())?.value();
    Some(format!("- {} = {}", code(&id_path(node)), figure(value, value.scale())))
}

/// Keys of an item that a card shows, in this order.
const SHOWN: [&str; 9] =
    ["category", "owner", "status", "likelihood", "impact", "share", "unit", "currency", "organisation"];

/// What people want to know of a thing: its name, its title, how it stands.
fn of_thing(name: NodeRef<'_>) -> String {
    let keys = keys_to(name);
    if let ["scales", scale] = keys.as_slice() {
        let place = name.index().map_or(0, |at| at + 1);
        let all = name.parent().map_or(0, |words| words.children().count());
        return format!(
            "**{}**\n\nWord {place} of {all} of the scale {}, from least to greatest.",
            escaped(&name.display()),
            code(scale)
        );
    }
    if let Some(item) = named_in_table(name) {
        return of_thing(item);
    }
    match name.parent() {
        Some(item) if name.key() == Some("id") => card(item),
        _ if keys == ["tables", "columns"] => {
            let table = name.parent().and_then(|columns| columns.parent()).map(label).unwrap_or_default();
            format!("**{}**\n\nA column of {}.", escaped(&one_line(&name.display())), escaped(&table))
        }
        _ => format!("**{}**", escaped(&one_line(&name.display()))),
    }
}

fn card(item: NodeRef<'_>) -> String {
    let mut lines = vec![format!("**{}**", escaped(&label(item)))];
    let keys = keys_to(item);
    if let Some(above) = item.parent().and_then(|list| list.parent()).filter(|_| keys.len() > 1 && keys[0] != "plan") {
        lines.push(format!(
            "{} of {}",
            escaped(singular(keys.last().copied().unwrap_or_default())),
            escaped(&label(above))
        ));
    }
    let facts = SHOWN.iter().filter_map(|key| {
        let value = item.get(key).filter(|value| value.is_value())?;
        let percent = if *key == "share" { " %" } else { "" };
        Some(format!("- {key}: {}{percent}", escaped(&one_line(&value.display()))))
    });
    let mut facts: Vec<String> = facts.collect();
    for key in ["total", "cost"] {
        let years = item.get(key).filter(|years| years.kind() == Kind::Table);
        let amounts = years.into_iter().flat_map(|years| years.children()).take(MOST_FIGURES);
        let amounts = amounts.filter_map(|year| {
            let value = year.plan().written(year.id())?.value();
            Some(format!("{} in {}", figure(value, value.scale()), escaped(year.key()?)))
        });
        let amounts: Vec<String> = amounts.collect();
        if !amounts.is_empty() {
            facts.push(format!("- {key}: {}", amounts.join(", ")));
        }
    }
    if !facts.is_empty() {
        lines.push(facts.join("\n"));
    }
    lines.join("\n\n")
}

fn singular(list: &str) -> &str {
    list.strip_suffix('s').unwrap_or(list)
}

/// A text within Markdown, as it is.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let starts = at == 0 && matches!(c, '#' | '+' | '-' | '=' | '|');
        if starts || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A text as code within Markdown, whatever stands in it.
pub(super) fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let marks = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{marks}{space}{}{space}{marks}", one_line(text))
}
