//! What can be folded away: tables with a header, values over several lines, blocks of comments.

use super::View;
use super::extents::extents;
use crate::plan::{Comments, NodeId};
use crate::source::Span;

/// A part of the text of more than one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lsp) struct Fold {
    /// From its first byte to after its last.
    pub span: Span,
    /// Whether it is a block of comments.
    pub is_comment: bool,
}

/// What can be folded, by where it begins.
pub(in crate::lsp) fn folds(view: &View<'_>) -> Vec<Fold> {
    let text = view.plan.source().text();
    let mut spans: Vec<Span> = extents(view.plan).into_values().collect();
    let nodes = (1..view.plan.len()).map(|at| view.plan.node(NodeId::from_index(at)));
    let values = nodes.filter(|node| node.is_value() || node.is_bracketed()).map(|node| node.span());
    spans.extend(values.filter(|span| span.len() > 1));
    spans.retain(|span| text.get(span.range()).is_some_and(|text| text.contains('\n')));
    let mut folds: Vec<Fold> = spans.into_iter().map(|span| Fold { span, is_comment: false }).collect();
    folds.extend(comments(text));
    folds.sort_by_key(|fold| (fold.span.start, std::cmp::Reverse(fold.span.end)));
    folds
}

/// Comments that stand alone on lines that follow each other.
fn comments(text: &str) -> Vec<Fold> {
    let mut blocks: Vec<(Span, usize)> = Vec::new();
    for span in Comments::of(text).spans {
        let before = text.get(..span.start as usize).unwrap_or_default();
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        if !before[line..].trim_matches(['\u{feff}', ' ', '\t']).is_empty() {
            continue;
        }
        match blocks.last_mut() {
            Some((block, lines)) if text[block.end as usize..line].trim_matches(['\r', ' ', '\t']) == "\n" => {
                block.end = span.end;
                *lines += 1;
            }
            _ => blocks.push((span, 1)),
        }
    }
    let several = blocks.into_iter().filter(|(_, lines)| *lines > 1);
    several.map(|(span, _)| Fold { span, is_comment: true }).collect()
}
