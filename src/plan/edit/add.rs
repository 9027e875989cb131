//! Adds a key to a table, at its place among the years, in the manner of its neighbours.

use super::TextEdit;
use super::lines::{begins_line, comma_after, ends_line, line_end, line_ending, line_start};
use super::rename::key_like;
use super::value::{NewValue, value_beside};
use crate::plan::tree::flag;
use crate::plan::vocabulary::is_year;
use crate::plan::{Kind, NodeId, NodeRef};

/// Where a new key goes.
#[derive(Clone, Copy)]
enum Place<'p> {
    After(NodeRef<'p>),
    Before(NodeRef<'p>),
}

impl<'p> Place<'p> {
    fn beside(self) -> NodeRef<'p> {
        match self {
            Self::After(node) | Self::Before(node) => node,
        }
    }
}

pub(super) fn add_key(table: NodeRef<'_>, key: &str, value: &NewValue) -> Option<Vec<TextEdit>> {
    let raw = table.plan().tree.get(table.id());
    if table.kind() != Kind::Table || table.get(key).is_some() || raw.has(flag::IMPLICIT) {
        return None;
    }
    let is_inline = table.text().starts_with('{') && table.id() != NodeId::ROOT;
    if raw.has(flag::DOTTED) && is_within_inline(table) {
        return None;
    }
    let siblings: Vec<NodeRef<'_>> = table.children().filter(|child| is_item(*child)).collect();
    let value = value_beside(&siblings, table, value)?;
    let Some(place) = place(&siblings, key) else { return first_key(table, is_inline, key, &value) };
    let beside = place.beside();
    let text = table.plan().source().text();
    let between = text.get(beside.key_span().end as usize..beside.span().start as usize)?;
    let entry = format!("{}{between}{value}", key_like(text.get(beside.key_span().range())?, key));
    match (is_inline, begins_line(text, item_start(text, beside))) {
        (true, false) => in_line(text, place, &siblings, &entry).map(|edit| vec![edit]),
        (true, true) => on_own_line(text, place, &entry),
        (false, _) => as_line(text, place, &entry).map(|edit| vec![edit]),
    }
}

/// Whether a child is written as one key and one value.
fn is_item(child: NodeRef<'_>) -> bool {
    let raw = child.plan().tree.get(child.id());
    let is_header = raw.kind == Kind::Table && child.text().starts_with('[');
    !is_header && !raw.has(flag::DOTTED | flag::IMPLICIT | flag::OF_TABLES)
}

fn is_within_inline(table: NodeRef<'_>) -> bool {
    let mut at = table.parent();
    while let Some(node) = at {
        if node.text().starts_with('{') && node.id() != NodeId::ROOT {
            return true;
        }
        at = node.parent().filter(|_| node.plan().tree.get(node.id()).has(flag::DOTTED));
    }
    false
}

fn place<'p>(siblings: &[NodeRef<'p>], key: &str) -> Option<Place<'p>> {
    let is_before = |node: &&NodeRef<'_>| node.key().is_some_and(|own| is_year(own) && own < key);
    let is_after = |node: &&NodeRef<'_>| node.key().is_some_and(|own| is_year(own) && own > key);
    let last = || siblings.last().copied().map(Place::After);
    if !is_year(key) {
        return last();
    }
    let before = siblings.iter().rfind(is_before).copied().map(Place::After);
    before.or_else(|| siblings.iter().find(is_after).copied().map(Place::Before)).or_else(last)
}

/// Where an item begins: at its key, or at the dotted keys before it.
fn item_start(text: &str, node: NodeRef<'_>) -> usize {
    let key = node.key_span().start as usize;
    let dotted = node.parent().is_some_and(|parent| parent.plan().tree.get(parent.id()).has(flag::DOTTED));
    if !dotted {
        return key;
    }
    let start = line_start(text, key);
    start + text[start..key].len() - text[start..key].trim_start_matches([' ', '\t']).len()
}

/// The first key of a table.
fn first_key(table: NodeRef<'_>, is_inline: bool, key: &str, value: &str) -> Option<Vec<TextEdit>> {
    let text = table.plan().source().text();
    let span = table.span();
    let entry = format!("{} = {value}", key_like("", key));
    if is_inline {
        let inner = text.get(span.start as usize + 1..span.end as usize - 1)?;
        let after = if inner.is_empty() { " " } else { "" };
        let at = span.start as usize + 1;
        let is_blank = inner.bytes().all(|byte| matches!(byte, b' ' | b'\t'));
        return is_blank.then(|| TextEdit::new(at, at, format!(" {entry}{after}"))).flatten().map(|edit| vec![edit]);
    }
    if !table.text().starts_with('[') {
        return None;
    }
    let end = ends_line(text, span.end as usize)?;
    let start = span.start as usize;
    let indent = text.get(line_start(text, start)..start).unwrap_or_default();
    TextEdit::new(end, end, format!("{}{indent}{entry}", line_ending(text, end))).map(|edit| vec![edit])
}

/// An entry of an inline table whose entries share a line.
fn in_line(text: &str, place: Place<'_>, siblings: &[NodeRef<'_>], entry: &str) -> Option<TextEdit> {
    let gap = |pair: &[NodeRef<'_>]| text.get(pair[0].span().end as usize..pair[1].key_span().start as usize);
    let is_plain = |gap: &&str| gap.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b','));
    let comma = siblings.windows(2).filter_map(gap).find(is_plain).unwrap_or(", ");
    match place {
        Place::After(node) => {
            let at = node.span().end as usize;
            TextEdit::new(at, at, format!("{comma}{entry}"))
        }
        Place::Before(node) => {
            let at = node.key_span().start as usize;
            TextEdit::new(at, at, format!("{entry}{comma}"))
        }
    }
}

/// An entry of an inline table whose entries have a line each.
fn on_own_line(text: &str, place: Place<'_>, entry: &str) -> Option<Vec<TextEdit>> {
    let node = place.beside();
    let key = node.key_span().start as usize;
    let (start, end) = (line_start(text, key), node.span().end as usize);
    let indent = text.get(start..key)?;
    if let Place::Before(_) = place {
        return Some(vec![TextEdit::new(start, start, format!("{indent}{entry},{}", line_ending(text, start)))?]);
    }
    let line_end = ends_line(text, end)?;
    let line = format!("{}{indent}{entry}", line_ending(text, line_end));
    if let Some(comma) = comma_after(text, end) {
        // A comma on a line further down still ends this item.
        let at = if comma > line_end { ends_line(text, comma)? } else { line_end };
        return Some(vec![TextEdit::new(at, at, line + ",")?]);
    }
    // Two insertions at one place would have no order.
    if end == line_end {
        return Some(vec![TextEdit::new(end, end, format!(",{line}"))?]);
    }
    Some(vec![TextEdit::new(end, end, ",")?, TextEdit::new(line_end, line_end, line)?])
}

/// A line of a table that is written by a header or by dotted keys.
fn as_line(text: &str, place: Place<'_>, entry: &str) -> Option<TextEdit> {
    let node = place.beside();
    let key = node.key_span().start as usize;
    let start = line_start(text, key);
    let indent = text.get(start..key)?;
    if let Place::Before(_) = place {
        return TextEdit::new(start, start, format!("{indent}{entry}{}", line_ending(text, start)));
    }
    let end = line_end(text, node.span().end as usize);
    TextEdit::new(end, end, format!("{}{indent}{entry}", line_ending(text, end)))
}
