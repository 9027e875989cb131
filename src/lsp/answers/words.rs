//! What an editor is told of one place of a plan: what it is, and what may be written there.

use lsp_types::{CompletionItem, CompletionItemKind, CompletionTextEdit, Hover, InsertTextFormat, Position, TextEdit};

use super::plans::Asked;
use super::rules::{documentation, shown_hover};
use crate::lsp::plan;

impl Asked<'_> {
    pub(super) fn hover(&self, at: Position) -> Option<Hover> {
        let hover = plan::hover(&self.view, self.at(at))?;
        Some(shown_hover(hover.markdown, self.range(hover.span), self.server.client.markdown))
    }

    pub(super) fn items(&self, at: Position) -> Vec<CompletionItem> {
        let items = plan::complete(&self.view, self.at(at)).into_iter().enumerate();
        items.map(|(nth, item)| self.item(nth, item)).collect()
    }

    fn item(&self, nth: usize, item: plan::Completion) -> CompletionItem {
        let is_snippet = item.is_snippet && self.server.client.snippets;
        let new_text = if item.is_snippet && !is_snippet { without_stops(&item.insert) } else { item.insert };
        CompletionItem {
            kind: Some(kind_of(item.kind)),
            detail: Some(item.detail).filter(|detail| !detail.is_empty()),
            documentation: Some(item.about).filter(|text| !text.is_empty()).map(documentation),
            // The order is a judgement; editors sort by name where they are not told.
            sort_text: Some(format!("{nth:05}")),
            insert_text_format: is_snippet.then_some(InsertTextFormat::SNIPPET),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range: self.range(item.replace), new_text })),
            label: item.label,
            ..CompletionItem::default()
        }
    }
}

/// A snippet for an editor that knows none: without the place where the cursor goes.
fn without_stops(snippet: &str) -> String {
    snippet.replace("$1", "").replace("\\$", "$")
}

fn kind_of(kind: plan::CompletionKind) -> CompletionItemKind {
    match kind {
        plan::CompletionKind::Key => CompletionItemKind::FIELD,
        plan::CompletionKind::Year => CompletionItemKind::CONSTANT,
        plan::CompletionKind::Header => CompletionItemKind::STRUCT,
        plan::CompletionKind::Name => CompletionItemKind::REFERENCE,
        plan::CompletionKind::Word => CompletionItemKind::ENUM_MEMBER,
    }
}
