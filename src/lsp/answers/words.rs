//! What an editor is told of one place of a plan: what it is, and what may be written there.

use lsp_types::{CompletionItem, CompletionItemKind, CompletionTextEdit, Hover, InsertTextFormat, Position, TextEdit};

use super::plans::Asked;
use super::rules::{documentation, shown_hover};
use crate::lsp::plan;

impl Asked<'_> {
    pub(super) fn hover(&self, at: Position) -> Option<Hover> {
        let hover = plan::hover(&self.view, self.paper.at(at))?;
        Some(shown_hover(hover.markdown, self.paper.range(hover.span), self.server.client.markdown))
    }

    pub(super) fn items(&self, at: Position) -> Vec<CompletionItem> {
        let items = plan::complete(&self.view, self.paper.at(at)).into_iter().enumerate();
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
            insert_text_format: Some(if is_snippet { InsertTextFormat::SNIPPET } else { InsertTextFormat::PLAIN_TEXT }),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range: self.paper.range(item.replace), new_text })),
            label: item.label,
            ..CompletionItem::default()
        }
    }
}

/// A snippet for an editor that knows none: without the places where the cursor goes, and without what may be chosen there.
fn without_stops(snippet: &str) -> String {
    let mut text = String::new();
    let mut rest = snippet.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' => text.extend(rest.next()),
            '$' if rest.next_if_eq(&'{').is_some() => while rest.next().is_some_and(|c| c != '}') {},
            '$' => while rest.next_if(char::is_ascii_digit).is_some() {},
            _ => text.push(c),
        }
    }
    // A line that is open for more is opened by the editor's user.
    text.trim_end_matches('\n').to_owned()
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

#[cfg(test)]
mod tests {
    use super::without_stops;

    #[test]
    fn a_snippet_leaves_nothing_of_its_signs_behind() {
        for (snippet, text) in [
            ("title = \"$1\"", "title = \"\""),
            ("rounding = \"${1|nearest,truncate,exact|}\"", "rounding = \"\""),
            ("cost = { 2026 = $1, 2027 = $12 }", "cost = { 2026 = , 2027 =  }"),
            ("[[risks]]\n$1", "[[risks]]"),
            ("a = \"\\$1\"", "a = \"$1\""),
            ("a$", "a"),
        ] {
            assert_eq!(without_stops(snippet), text, "{snippet}");
        }
    }
}
