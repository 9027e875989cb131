//! Takes an element out of an array, or a key out of a table.

use super::TextEdit;
use super::lines::{after_line_end, back_over_blanks, begins_line, comma_after, ends_line, line_start, skip_blanks};
use crate::plan::tree::flag;
use crate::plan::{Kind, NodeRef};

pub(super) fn remove(node: NodeRef<'_>) -> Option<Vec<TextEdit>> {
    let parent = node.parent()?;
    let raw = |node: NodeRef<'_>| *node.plan().tree.get(node.id());
    let is_header = raw(node).kind == Kind::Table && node.text().starts_with('[');
    if is_header || raw(node).has(flag::DOTTED | flag::IMPLICIT | flag::OF_TABLES) {
        return None;
    }
    if parent.kind() == Kind::Array || parent.text().starts_with('{') {
        return item(parent, node);
    }
    // A dotted key within an inline table shares its line with others.
    let mut above = parent;
    while raw(above).has(flag::DOTTED) {
        above = above.parent()?;
    }
    if above.text().starts_with('{') {
        return None;
    }
    let text = node.plan().source().text();
    let (start, end) = (node.key_span().start as usize, node.span().end as usize);
    whole_lines(text, start, ends_line(text, end)?).map(|edit| vec![edit])
}

/// All lines of an item. At the end of a text without a last line end, the line end before it goes instead.
fn whole_lines(text: &str, start: usize, end: usize) -> Option<TextEdit> {
    let (from, to) = (line_start(text, start), after_line_end(text, end));
    if to == end && from > 0 {
        let before = text[..from].trim_end_matches('\n').len().max(from - 1);
        let before = if text[..before].ends_with('\r') { before - 1 } else { before };
        return TextEdit::new(before, to, "");
    }
    TextEdit::new(from, to, "")
}

/// An item of an array or of an inline table.
fn item(parent: NodeRef<'_>, node: NodeRef<'_>) -> Option<Vec<TextEdit>> {
    let text = node.plan().source().text();
    let start = node.key_span().start.min(node.span().start) as usize;
    let end = node.span().end as usize;
    let before = parent.children().take_while(|child| child.id() != node.id()).last();
    let comma = comma_after(text, end);
    let is_last = comma.is_none();
    if begins_line(text, start)
        && let Some(line_end) = ends_line(text, end)
    {
        let mut edits = vec![TextEdit::new(line_start(text, start), after_line_end(text, line_end), "")?];
        // A comma may stand on a line below.
        if let Some(comma) = comma.filter(|comma| *comma > line_end) {
            edits.push(TextEdit::new(comma, comma + 1, "")?);
        }
        // The last item has no comma after it, so the one before it must have none either.
        if let Some(comma) = before.filter(|_| is_last).and_then(|before| comma_after(text, before.span().end as usize))
        {
            edits.insert(0, TextEdit::new(comma, comma + 1, "")?);
        }
        return Some(edits);
    }
    match (comma, before) {
        (Some(comma), before) => within_line(text, start, comma, before.is_none()).map(|edit| vec![edit]),
        (None, Some(before)) => last_of_line(text, start, end, before.span().end as usize),
        (None, None) => {
            let edit = TextEdit::new(back_over_blanks(text, start), skip_blanks(text, end), "")?;
            Some(vec![edit])
        }
    }
}

/// An item with the comma after it.
fn within_line(text: &str, start: usize, comma: usize, is_first: bool) -> Option<TextEdit> {
    let after = skip_blanks(text, comma + 1);
    let rest = &text[after..];
    let ends = rest.starts_with(['\r', '\n', ']', '}']) || rest.is_empty();
    if !ends {
        return TextEdit::new(start, after, "");
    }
    // The only item takes its trailing comma and the blanks on both sides with it; the last of a line, those before it.
    let start = back_over_blanks(text, start);
    let end = if is_first { after } else { comma + 1 };
    TextEdit::new(start, end, "")
}

/// The last item, with the comma before it; a comment between the two stays.
fn last_of_line(text: &str, start: usize, end: usize, before: usize) -> Option<Vec<TextEdit>> {
    let between = &text[before..start];
    if !between.contains(['#', '\n']) {
        return Some(vec![TextEdit::new(before, end, "")?]);
    }
    let comma = comma_after(text, before)?;
    Some(vec![TextEdit::new(comma, comma + 1, "")?, TextEdit::new(start, end, "")?])
}
