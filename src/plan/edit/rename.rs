//! Gives a key another name, wherever the document writes it.

use std::collections::BTreeMap;

use super::TextEdit;
use super::lines::line_start;
use super::value::quoted;
use crate::plan::tree::flag;
use crate::plan::{Kind, NodeRef};
use crate::source::Span;

pub(super) fn rename_key(node: NodeRef<'_>, name: &str) -> Option<Vec<TextEdit>> {
    node.key()?;
    let raw = |node: NodeRef<'_>| *node.plan().tree.get(node.id());
    if let Some(taken) = node.parent()?.get(name)
        && !(raw(taken).has(flag::OF_TABLES) && raw(node).has(flag::OF_TABLES))
    {
        return None;
    }
    let spans = mentions(node)?;
    let text = node.plan().source().text();
    let edit = |span: &Span| Some(TextEdit { span: *span, text: key_like(text.get(span.range())?, name) });
    spans.iter().map(edit).collect()
}

/// A key as TOML writes it, in the quotation marks of another where that has some.
pub(super) fn key_like(like: &str, key: &str) -> String {
    let bare = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    let control = key.chars().any(char::is_control);
    match like.chars().next() {
        Some('\'') if !key.contains('\'') && !control => format!("'{key}'"),
        Some('"') => quoted(key),
        _ if bare => key.to_owned(),
        _ => quoted(key),
    }
}

/// Every place where the document writes a key.
fn mentions(node: NodeRef<'_>) -> Option<Vec<Span>> {
    let raw = |node: NodeRef<'_>| *node.plan().tree.get(node.id());
    let mut found = BTreeMap::new();
    let by_header = raw(node).has(flag::IMPLICIT | flag::OF_TABLES)
        || (raw(node).kind == Kind::Table && node.text().starts_with('['));
    if !by_header && !raw(node).has(flag::DOTTED) {
        return Some(vec![node.key_span()]);
    }
    let depth = keys_above(node);
    let mut open = vec![(node, raw(node).has(flag::DOTTED), 0_usize)];
    while let Some((at, dotted, below)) = open.pop() {
        let is_header = raw(at).kind == Kind::Table && at.text().starts_with('[');
        if is_header {
            let keys = header_keys(node, at.span())?;
            if let Some(key) = keys.get(depth) {
                found.insert(key.start, *key);
            }
        } else if dotted && !raw(at).has(flag::DOTTED) {
            let key = dotted_key(at, below)?;
            found.insert(key.start, key);
        }
        for child in at.children() {
            let closed = raw(at).kind == Kind::Array && !raw(at).has(flag::OF_TABLES) || raw(at).has(flag::CLOSED);
            if !closed {
                let dotted = if is_header { false } else { dotted && raw(at).has(flag::DOTTED) };
                open.push((child, dotted, below + usize::from(child.key().is_some())));
            }
        }
    }
    (!found.is_empty()).then(|| found.into_values().collect())
}

/// How many keys stand above a node's own on the way from the root.
fn keys_above(node: NodeRef<'_>) -> usize {
    let mut count = 0;
    let mut at = node.parent();
    while let Some(node) = at {
        count += usize::from(node.key().is_some());
        at = node.parent();
    }
    count
}

/// The keys of a header, as written.
fn header_keys(node: NodeRef<'_>, header: Span) -> Option<Vec<Span>> {
    let text = node.plan().source().text().get(header.range())?;
    let brackets = if text.starts_with("[[") { 2 } else { 1 };
    keys(text, brackets, header.start)
}

/// The part of a dotted key that stands so many parts before its last one.
fn dotted_key(leaf: NodeRef<'_>, below: usize) -> Option<Span> {
    let text = leaf.plan().source().text();
    let last = leaf.key_span();
    let start = line_start(text, last.start as usize);
    let keys = keys(text.get(start..last.end as usize)?, 0, u32::try_from(start).ok()?)?;
    (keys.last()? == &last).then_some(())?;
    keys.len().checked_sub(below + 1).and_then(|at| keys.get(at)).copied()
}

/// The parts of a dotted key that begins at a place of a text.
fn keys(text: &str, from: usize, offset: u32) -> Option<Vec<Span>> {
    let mut found = Vec::new();
    let mut at = from;
    loop {
        at = super::lines::skip_blanks(text, at);
        let rest = &text[at..];
        let length = match rest.chars().next()? {
            '\'' => rest[1..].find('\'')? + 2,
            '"' => basic_length(rest)?,
            _ => rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(rest.len()),
        };
        if length == 0 {
            return None;
        }
        let start = offset + u32::try_from(at).ok()?;
        found.push(Span::new(start, start + u32::try_from(length).ok()?));
        at = super::lines::skip_blanks(text, at + length);
        if !text[at..].starts_with('.') {
            return Some(found);
        }
        at += 1;
    }
}

/// How long a key between double quotation marks is.
fn basic_length(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return Some(at + 1),
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    None
}
