//! What an editor asks of a plan: the questions of `plan`, at positions instead of bytes.

use std::collections::BTreeMap;
use std::sync::Arc;

use lsp_types::{
    CodeLens, Command, DocumentSymbol, DocumentSymbolResponse, FoldingRange, FoldingRangeKind, InlayHint,
    InlayHintKind, InlayHintLabel, InlayHintTooltip, Location, OneOf, Range, SymbolInformation, SymbolKind, Uri,
    WorkspaceSymbol, WorkspaceSymbolResponse,
};
use serde_json::json;

use super::paper::Paper;
use crate::lsp::client::SHOW_OBJECTIVE;
use crate::lsp::names::uri_of;
use crate::lsp::plan::{self, Symbol, View};
use crate::lsp::position::Lines;
use crate::lsp::project::Project;
use crate::lsp::server::Server;
use crate::source::{SourceText, Span};

/// An open plan, as it is asked about.
pub(super) struct Asked<'s> {
    pub(super) server: &'s Server,
    pub(super) paper: Paper<'s>,
    pub(super) view: View<'s>,
}

impl Server {
    /// An open plan; none where the document is no plan.
    pub(super) fn plan(&self, name: &str) -> Option<Asked<'_>> {
        let document = self.documents.get(name)?;
        let project = self.workspace.home(name)?;
        let paper = Paper { document, encoding: self.documents.encoding };
        Some(Asked { server: self, paper, view: view(project, name, self.today())? })
    }

    /// The things of all plans of all folders that go by a name.
    pub(super) fn symbols_named(&self, query: &str) -> WorkspaceSymbolResponse {
        let mut found = Vec::new();
        let mut lines: BTreeMap<Arc<str>, Lines> = BTreeMap::new();
        for project in self.workspace.projects.values() {
            let Some(first) = project.live.plans().next().map(|plan| plan.source().shared_name()) else { continue };
            let Some(view) = view(project, &first, self.today()) else { continue };
            let is_home = |name: &str| self.workspace.home(name).is_some_and(|home| home.key == project.key);
            for symbol in plan::workspace_symbols(&view, query).into_iter().filter(|symbol| is_home(&symbol.file)) {
                let source = view.plans.iter().find(|plan| plan.name() == &*symbol.file).map(|plan| plan.source());
                let (Some(source), Some(uri)) = (source, self.uri_of(&symbol.file)) else { continue };
                let lines = lines.entry(Arc::clone(&symbol.file)).or_insert_with(|| Lines::of(source.text()));
                let range = lines.range(source.text(), symbol.span, self.documents.encoding);
                found.push(WorkspaceSymbol {
                    name: symbol.name,
                    kind: kind_of(symbol.kind),
                    tags: None,
                    container_name: Some(symbol.within).filter(|within| !within.is_empty()),
                    location: OneOf::Left(Location { uri, range }),
                    data: None,
                });
            }
        }
        WorkspaceSymbolResponse::Nested(found)
    }

    /// The address of a file, as the editor wrote it where it is open.
    pub(super) fn uri_of(&self, name: &str) -> Option<Uri> {
        self.documents.get(name).map(|document| document.uri.clone()).or_else(|| uri_of(name))
    }
}

fn view<'s>(project: &'s Project, name: &str, today: Option<(i16, i8, i8)>) -> Option<View<'s>> {
    let report = project.checked.as_ref().map(|checked| &checked.report);
    let findings = report.into_iter().flat_map(|report| &report.findings);
    Some(View {
        plan: project.live.plan(name)?,
        findings: findings.filter(|finding| &*finding.file == name).collect(),
        memory: Some(project.live.memory()),
        rules: project.live.rules(),
        plans: project.live.plans().collect(),
        settings: None,
        today,
    })
}

impl Asked<'_> {
    /// A place in this plan, in another of its project or in the configuration.
    pub(super) fn location(&self, file: &str, span: Span) -> Option<Location> {
        let settings = self.view.settings.iter().map(|settings| settings.document);
        let mut files = self.view.plans.iter().copied().chain(settings);
        let source: &Arc<SourceText> = files.find(|plan| plan.name() == file)?.source();
        let lines = Lines::of(source.text());
        let range = lines.range(source.text(), span, self.server.documents.encoding);
        Some(Location { uri: self.server.uri_of(file)?, range })
    }

    pub(super) fn hints(&self, range: Range) -> Vec<InlayHint> {
        let span = self.paper.span(range);
        let hint = |hint: plan::Hint| InlayHint {
            position: self.paper.range(Span::new(hint.at, hint.at)).start,
            label: InlayHintLabel::String(hint.text),
            kind: Some(InlayHintKind::TYPE),
            text_edits: None,
            tooltip: Some(hint.tooltip).filter(|text| !text.is_empty()).map(InlayHintTooltip::String),
            padding_left: Some(true),
            padding_right: None,
            data: None,
        };
        plan::hints(&self.view, span).into_iter().map(hint).collect()
    }

    pub(super) fn lenses(&self) -> Vec<CodeLens> {
        let lens = |lens: plan::Lens| {
            let start = self.paper.range(lens.span).start;
            let arguments = Some(vec![json!(self.paper.document.uri), json!(lens.objective)]);
            let command = Command { title: lens.title, command: SHOW_OBJECTIVE.to_owned(), arguments };
            CodeLens { range: Range::new(start, start), command: Some(command), data: None }
        };
        plan::lenses(&self.view).into_iter().map(lens).collect()
    }

    pub(super) fn folds(&self) -> Vec<FoldingRange> {
        let fold = |fold: plan::Fold| {
            let range = self.paper.range(fold.span);
            // What ends before the first character of a line ends with the line before.
            let last = if range.end.character == 0 { range.end.line.saturating_sub(1) } else { range.end.line };
            (last > range.start.line).then(|| FoldingRange {
                start_line: range.start.line,
                end_line: last,
                kind: fold.is_comment.then_some(FoldingRangeKind::Comment),
                ..FoldingRange::default()
            })
        };
        plan::folds(&self.view).into_iter().filter_map(fold).collect()
    }

    pub(super) fn symbols(&self) -> DocumentSymbolResponse {
        let symbols = plan::symbols(&self.view);
        if self.server.client.hierarchical_symbols {
            return DocumentSymbolResponse::Nested(symbols.into_iter().map(|symbol| self.symbol(symbol)).collect());
        }
        let mut flat = Vec::new();
        symbols.into_iter().for_each(|symbol| self.flatten(symbol, None, &mut flat));
        DocumentSymbolResponse::Flat(flat)
    }

    fn symbol(&self, symbol: Symbol) -> DocumentSymbol {
        let children: Vec<DocumentSymbol> = symbol.children.into_iter().map(|child| self.symbol(child)).collect();
        document_symbol(
            (symbol.name, symbol.detail, kind_of(symbol.kind)),
            (self.paper.range(symbol.span), self.paper.range(symbol.select)),
            children,
        )
    }

    fn flatten(&self, symbol: Symbol, within: Option<&str>, flat: &mut Vec<SymbolInformation>) {
        let location = Location { uri: self.paper.document.uri.clone(), range: self.paper.range(symbol.span) };
        flat.push(symbol_information(symbol.name.clone(), kind_of(symbol.kind), location, within));
        for child in symbol.children {
            self.flatten(child, Some(&symbol.name), flat);
        }
    }
}

#[expect(deprecated, reason = "a field of the type that has been replaced by tags")]
pub(super) fn document_symbol(
    (name, detail, kind): (String, String, SymbolKind),
    (range, selection_range): (Range, Range),
    children: Vec<DocumentSymbol>,
) -> DocumentSymbol {
    // The protocol asks for a name that is not empty.
    let name = if name.trim().is_empty() { "(unnamed)".to_owned() } else { name };
    DocumentSymbol {
        name,
        detail: Some(detail).filter(|detail| !detail.is_empty()),
        kind,
        tags: None,
        deprecated: None,
        range,
        selection_range,
        children: Some(children).filter(|children| !children.is_empty()),
    }
}

#[expect(deprecated, reason = "a field of the type that has been replaced by tags")]
pub(super) fn symbol_information(
    name: String,
    kind: SymbolKind,
    location: Location,
    within: Option<&str>,
) -> SymbolInformation {
    let container_name = within.map(ToOwned::to_owned);
    SymbolInformation { name, kind, tags: None, deprecated: None, location, container_name }
}

/// What editors show of a kind of thing: there are no kinds for plans, so those that read best.
fn kind_of(kind: plan::SymbolKind) -> SymbolKind {
    use plan::SymbolKind as Kind;
    match kind {
        Kind::Table => SymbolKind::NAMESPACE,
        Kind::Objective => SymbolKind::CLASS,
        Kind::Outcome => SymbolKind::INTERFACE,
        Kind::Output => SymbolKind::METHOD,
        Kind::Service => SymbolKind::FUNCTION,
        Kind::Split => SymbolKind::ENUM,
        Kind::Risk => SymbolKind::EVENT,
        Kind::Mitigation => SymbolKind::OPERATOR,
        Kind::CrossTable => SymbolKind::STRUCT,
        Kind::Row => SymbolKind::FIELD,
        Kind::Reconciliation => SymbolKind::KEY,
        Kind::Own => SymbolKind::OBJECT,
    }
}
