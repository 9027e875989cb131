//! What an editor asks of a file of rules: the questions of `rule`, at positions instead of bytes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::{
    CodeAction, CodeActionKind, CodeLens, Command, CompletionItem, CompletionItemKind, CompletionTextEdit, Diagnostic,
    DiagnosticSeverity, DocumentSymbolResponse, Documentation, Hover, HoverContents, Location, MarkupContent,
    MarkupKind, ParameterInformation, ParameterLabel, Position, Range, SignatureHelp, SignatureInformation, SymbolKind,
    TextEdit,
};
use serde_json::json;

use super::paper::Paper;
use super::plans::{document_symbol, symbol_information};
use crate::lsp::client::RUN_CASES;
use crate::lsp::diagnostics::SOURCE;
use crate::lsp::names::uri_of;
use crate::lsp::position::Lines;
use crate::lsp::rule::{self, ItemKind, RuleText, Weight};
use crate::lsp::server::Server;
use crate::lsp::workspace::Kind;
use crate::source::Span;

impl Server {
    /// Takes the text of a file of rules, and what is to be told of it and of those that import it.
    pub(in crate::lsp) fn look_at_rule(&mut self, name: &Arc<str>) {
        let Some(document) = self.documents.get(name) else { return };
        self.rules.set_roots(self.rule_roots());
        self.rules.set_text(Path::new(&**name), document.text.clone());
        let mut files: Vec<PathBuf> = self.rules.touched_by(Path::new(&**name));
        files.push(PathBuf::from(&**name));
        self.tell_of_rules(files);
    }

    /// Looks at all open files of rules again: what they stand among is another.
    pub(in crate::lsp) fn look_at_rules(&mut self) {
        self.rules.set_roots(self.rule_roots());
        let files = self.rules.files();
        self.tell_of_rules(files);
    }

    fn rule_roots(&self) -> Vec<PathBuf> {
        let roots = self.workspace.projects.values().filter_map(|project| project.live.rules().config());
        roots.flat_map(|config| config.rule_folders().chain(config.pack_folders())).map(Path::to_owned).collect()
    }

    fn tell_of_rules(&mut self, files: Vec<PathBuf>) {
        for file in files {
            let told = self.rules.diagnose(&file);
            let name: Arc<str> = Arc::from(file.to_string_lossy());
            let Some(document) = self.documents.get(&name) else { continue };
            let paper = Paper { document, encoding: self.documents.encoding };
            let told = told.into_iter().map(|told| diagnostic(&paper, told)).collect();
            self.published.take_own(&name, Some(told));
        }
    }

    /// Lets go of a file of rules.
    pub(in crate::lsp) fn close_rule(&mut self, name: &str) {
        self.rules.close(Path::new(name));
    }

    /// Asks an open file of rules.
    fn ask_rule<T>(&mut self, name: &str, ask: impl FnOnce(&Paper<'_>, &RuleText<'_>) -> T) -> Option<T> {
        if self.workspace.kind(name) != Kind::Rule {
            return None;
        }
        let document = self.documents.get(name)?;
        let paper = Paper { document, encoding: self.documents.encoding };
        self.rules.with(Path::new(name), |text| ask(&paper, text))
    }

    /// What can be done in a range of an open file of rules: the word that was meant in place of the one that is written.
    pub(super) fn rule_actions(&mut self, name: &str, range: Range) -> Option<Vec<CodeAction>> {
        let (told, edits) = self.ask_rule(name, |paper, text| {
            let wanted = paper.span(range);
            let fits = |told: &rule::Told| told.span.start <= wanted.end && wanted.start <= told.span.end;
            let told: Vec<rule::Told> = text.diagnose().into_iter().filter(fits).collect();
            let edits = told.iter().map(|told| {
                let new_text = text.meant(told)?;
                Some((diagnostic(paper, told.clone()), TextEdit { range: paper.range(told.span), new_text }))
            });
            let edits: Vec<(Diagnostic, TextEdit)> = edits.flatten().collect();
            (told.len(), edits)
        })?;
        let only = told == 1;
        let action = |(diagnostic, edit): (Diagnostic, TextEdit)| CodeAction {
            title: format!("write `{}`", edit.new_text),
            kind: Some(CodeActionKind::QUICKFIX),
            is_preferred: only.then_some(true),
            diagnostics: Some(vec![diagnostic]),
            edit: Some(self.workspace_edit([(Arc::from(name), vec![edit])])),
            ..CodeAction::default()
        };
        Some(edits.into_iter().map(action).collect())
    }

    pub(super) fn rule_hover(&mut self, name: &str, at: Position) -> Option<Hover> {
        let markdown = self.client.markdown;
        self.ask_rule(name, |paper, text| {
            let hover = text.hover(paper.at(at))?;
            Some(shown_hover(hover.markdown, paper.range(hover.span), markdown))
        })?
    }

    pub(super) fn rule_items(&mut self, name: &str, at: Position) -> Option<Vec<CompletionItem>> {
        self.ask_rule(name, |paper, text| {
            let items = text.complete(paper.at(at));
            let range = paper.range(items.span);
            items.items.into_iter().enumerate().map(|(nth, item)| completion(item, range, nth)).collect()
        })
    }

    pub(super) fn rule_definition(&mut self, name: &str, at: Position) -> Option<Vec<Location>> {
        let encoding = self.documents.encoding;
        let target = self.ask_rule(name, |paper, text| {
            let target = text.definition(paper.at(at))?;
            let own = || Some(Location { uri: paper.document.uri.clone(), range: paper.range(target.span) });
            match (&target.file, &target.text) {
                (Some(file), Some(text)) => {
                    let range = Lines::of(text).range(text, target.span, encoding);
                    Some(Location { uri: uri_of(&file.to_string_lossy())?, range })
                }
                _ => own(),
            }
        })?;
        Some(target.into_iter().collect())
    }

    pub(super) fn rule_signatures(&mut self, name: &str, at: Position) -> Option<SignatureHelp> {
        let signatures = self.ask_rule(name, |paper, text| text.signatures(paper.at(at)))?;
        let active = signatures.first().map(|signature| signature.active);
        let one = |signature: rule::Signature| SignatureInformation {
            parameters: Some(signature.params.iter().map(|span| parameter(&signature.label, *span)).collect()),
            documentation: Some(documentation(signature.docs.clone())),
            label: signature.label,
            active_parameter: None,
        };
        let signatures: Vec<SignatureInformation> = signatures.into_iter().map(one).collect();
        (!signatures.is_empty()).then(|| SignatureHelp {
            signatures,
            active_signature: Some(0),
            active_parameter: active.and_then(|active| u32::try_from(active).ok()),
        })
    }

    pub(super) fn rule_symbols(&mut self, name: &str) -> Option<DocumentSymbolResponse> {
        let nested = self.client.hierarchical_symbols;
        self.ask_rule(name, |paper, text| {
            let symbols = text.symbols().into_iter();
            if nested {
                let one = |symbol: rule::Symbol| {
                    let ranges = (paper.range(symbol.span), paper.range(symbol.name_span));
                    document_symbol((symbol.name, symbol.detail, kind_of(symbol.kind)), ranges, Vec::new())
                };
                return DocumentSymbolResponse::Nested(symbols.map(one).collect());
            }
            let one = |symbol: rule::Symbol| {
                let location = Location { uri: paper.document.uri.clone(), range: paper.range(symbol.span) };
                symbol_information(symbol.name, kind_of(symbol.kind), location, None)
            };
            DocumentSymbolResponse::Flat(symbols.map(one).collect())
        })
    }

    pub(super) fn rule_lenses(&mut self, name: &str) -> Option<Vec<CodeLens>> {
        let last = self.rules.last_run(Path::new(name)).cloned();
        self.ask_rule(name, |paper, text| {
            let one = |lens: rule::Lens| {
                // A verdict is read, and asked for again in the same way.
                let arguments = Some(vec![json!(paper.document.uri)]);
                let command = Command { title: lens.title, command: RUN_CASES.to_owned(), arguments };
                let start = paper.range(lens.span).start;
                CodeLens { range: Range::new(start, start), command: Some(command), data: None }
            };
            text.lenses(last.as_ref()).into_iter().map(one).collect()
        })
    }
}

fn diagnostic(paper: &Paper<'_>, told: rule::Told) -> Diagnostic {
    let help = told.help.map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    Diagnostic {
        range: paper.range(told.span),
        severity: Some(match told.weight {
            Weight::Error => DiagnosticSeverity::ERROR,
            Weight::Warning => DiagnosticSeverity::WARNING,
            Weight::Hint => DiagnosticSeverity::HINT,
        }),
        source: Some(SOURCE.to_owned()),
        message: format!("{}{help}", told.message),
        ..Diagnostic::default()
    }
}

pub(super) fn shown_hover(markdown: String, range: Range, can_markdown: bool) -> Hover {
    let kind = if can_markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    Hover { contents: HoverContents::Markup(MarkupContent { kind, value: markdown }), range: Some(range) }
}

fn completion(item: rule::Item, range: Range, nth: usize) -> CompletionItem {
    let kind = match item.kind {
        ItemKind::Key => CompletionItemKind::FIELD,
        ItemKind::Variable => CompletionItemKind::VARIABLE,
        ItemKind::Function | ItemKind::Verb => CompletionItemKind::FUNCTION,
        ItemKind::Import => CompletionItemKind::MODULE,
        ItemKind::Word => CompletionItemKind::KEYWORD,
        ItemKind::Value => CompletionItemKind::VALUE,
        ItemKind::Part => CompletionItemKind::SNIPPET,
    };
    let new_text = item.insert.unwrap_or_else(|| item.label.clone());
    CompletionItem {
        label: item.label,
        kind: Some(kind),
        detail: item.detail,
        documentation: item.docs.map(documentation),
        // The order is a judgement; editors sort by name where they are not told.
        sort_text: Some(format!("{nth:05}")),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text })),
        ..CompletionItem::default()
    }
}

pub(super) fn documentation(value: String) -> Documentation {
    Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value })
}

fn parameter(label: &str, span: Span) -> ParameterInformation {
    let text = label.get(span.range()).unwrap_or_default();
    ParameterInformation { label: ParameterLabel::Simple(text.to_owned()), documentation: None }
}

fn kind_of(kind: rule::SymbolKind) -> SymbolKind {
    match kind {
        rule::SymbolKind::Import => SymbolKind::MODULE,
        rule::SymbolKind::Constant => SymbolKind::CONSTANT,
        rule::SymbolKind::Function => SymbolKind::FUNCTION,
    }
}
