//! What stands at a byte of a plan: a key, a part of a header, a value.
//!
//! Works on the tree that the loader always gives; a place in what could not be read has nothing.

use crate::plan::{Kind, NodeRef, Plan};
use crate::source::Span;

/// What stands at a place.
#[derive(Clone, Copy, Debug)]
pub(super) enum Spot<'p> {
    /// A key, at the bytes where it is written; in a header each part is one.
    Key(NodeRef<'p>, Span),
    /// A value, or what is written in brackets.
    Value(NodeRef<'p>),
}

/// What stands at a byte offset; of two things that meet there, the one that begins.
pub(super) fn spot(plan: &Plan, at: u32) -> Option<Spot<'_>> {
    let last = plan.last_mentioned(at)?;
    let here = last.ancestors().find_map(|node| of_node(node, at));
    if here.is_some() || last.parent().is_some() {
        return here;
    }
    None
}

fn of_node(node: NodeRef<'_>, at: u32) -> Option<Spot<'_>> {
    let touches = |span: Span| span.start <= at && at <= span.end;
    node.parent()?;
    if node.has_header() || !(node.is_value() || node.is_bracketed()) {
        // Tables and lists of headers, and tables that a dotted key or a deeper header made.
        if node.text().starts_with('[') && touches(node.span()) {
            return in_header(node, at);
        }
        return (node.key().is_some() && touches(node.key_span())).then(|| Spot::Key(node, node.key_span()));
    }
    if touches(node.span()) {
        return Some(Spot::Value(node));
    }
    (node.key().is_some() && touches(node.key_span())).then(|| Spot::Key(node, node.key_span()))
}

/// The part of a header at a place.
fn in_header(node: NodeRef<'_>, at: u32) -> Option<Spot<'_>> {
    let (number, span) = header_parts(node.text(), node.span().start)
        .into_iter()
        .enumerate()
        .find(|(_, span)| span.start <= at && at <= span.end)?;
    let keyed: Vec<NodeRef<'_>> = node.ancestors().filter(|above| above.key().is_some()).collect();
    let named = keyed.len().checked_sub(number + 1)?;
    // The last part stands for the table itself, which in a list has no key.
    let table = if named == 0 { node } else { *keyed.get(named)? };
    Some(Spot::Key(table, span))
}

/// The parts of a header, `[a."b c"]` or `[[a]]`, with their bytes.
fn header_parts(header: &str, start: u32) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut part: Option<usize> = None;
    let mut quote: Option<char> = None;
    let mut escaped = false;
    for (at, c) in header.char_indices() {
        let ends = match quote {
            Some(mark) => {
                let closes = c == mark && !escaped;
                escaped = mark == '"' && c == '\\' && !escaped;
                if closes {
                    quote = None;
                }
                false
            }
            None => {
                if matches!(c, '"' | '\'') {
                    quote = Some(c);
                }
                matches!(c, '[' | ']' | '.') || c.is_whitespace()
            }
        };
        match (part, ends) {
            (Some(from), true) => {
                parts.push(offset(start, from, at));
                part = None;
            }
            (None, false) => part = Some(at),
            _ => {}
        }
    }
    parts
}

fn offset(start: u32, from: usize, to: usize) -> Span {
    let at = |offset: usize| start.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX));
    Span::new(at(from), at(to))
}

/// The bytes in the source of a part of a text's decoded value; `None` where the text is written with escapes, so that the two
/// do not run alike.
pub(super) fn within_text(text: NodeRef<'_>, part: &std::ops::Range<usize>) -> Option<Span> {
    let (raw, value) = (text.text(), text.str()?);
    let open = raw.len().checked_sub(value.len())? / 2;
    let inside = raw.get(open..open + value.len())?;
    (text.kind() == Kind::Text && inside == value)
        .then(|| offset(text.span().start, open + part.start, open + part.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_parts_keep_quotation_marks_and_their_dots() {
        let header = "[[ a.\"b. \\\"]c\" . 'd' ]]";
        let parts: Vec<&str> = header_parts(header, 0).into_iter().map(|span| &header[span.range()]).collect();
        assert_eq!(parts, ["a", "\"b. \\\"]c\"", "'d'"]);
    }

    #[test]
    fn a_place_is_a_key_a_part_of_a_header_or_a_value() {
        let text = "[[objectives]]\n[[objectives.outputs]]\ncost.2026 = 5\nown = { a = [1] }\n";
        let plan = Plan::parse("p", text);
        let at = |needle: &str, more: u32| u32::try_from(text.find(needle).unwrap()).unwrap() + more;
        let told = |at: u32| match spot(&plan, at) {
            Some(Spot::Key(node, span)) => format!("key {} {}", plan.source().slice(span), node.path()),
            Some(Spot::Value(node)) => format!("value {}", node.path()),
            None => "nothing".to_owned(),
        };
        assert_eq!(told(at("objectives]]", 3)), "key objectives objectives[0]");
        assert_eq!(told(at("objectives.o", 3)), "key objectives objectives");
        assert_eq!(told(at("outputs]]", 0)), "key outputs objectives[0].outputs[0]");
        assert_eq!(told(at("cost.2026", 1)), "key cost objectives[0].outputs[0].cost");
        assert_eq!(told(at("2026 =", 1)), "key 2026 objectives[0].outputs[0].cost.2026");
        assert_eq!(told(at("5\n", 0)), "value objectives[0].outputs[0].cost.2026");
        assert_eq!(told(at("1]", 0)), "value objectives[0].outputs[0].own.a[0]");
        assert_eq!(told(at("{ a", 1)), "value objectives[0].outputs[0].own");
        assert_eq!(told(at("= {", 0)), "nothing");
    }
}
