//! What the editor asks, by the name of the request: its parameters are read here, and the answer is worked out beside.

mod actions;
mod commands;
mod paper;
mod places;
mod plans;
mod rules;
mod words;

use lsp_server::ErrorCode;
use lsp_types::request::{
    CodeActionRequest, CodeActionResolveRequest, CodeLensRequest, Completion, DocumentDiagnosticRequest,
    DocumentSymbolRequest, ExecuteCommand, FoldingRangeRequest, GotoDefinition, HoverRequest, InlayHintRequest,
    PrepareRenameRequest, References, Rename, Request, SignatureHelpRequest, WorkspaceSymbolRequest,
};
use lsp_types::{
    CompletionResponse, DocumentDiagnosticReport, DocumentDiagnosticReportResult, FullDocumentDiagnosticReport,
    GotoDefinitionResponse, RelatedFullDocumentDiagnosticReport, TextDocumentIdentifier, TextDocumentPositionParams,
    Uri,
};
use serde_json::Value;

use super::names::name_of;
use super::server::{Refusal, Server};

impl Server {
    /// Answers a request.
    pub(super) fn asked_for(&mut self, method: &str, params: Value) -> Result<Value, Refusal> {
        match method {
            CodeActionRequest::METHOD => {
                self.with::<CodeActionRequest>(params, |server, params| Ok(Some(server.actions(&params))))
            }
            CodeActionResolveRequest::METHOD => {
                self.with::<CodeActionResolveRequest>(params, |server, action| Ok(server.resolved(action)))
            }
            ExecuteCommand::METHOD => self.with::<ExecuteCommand>(params, |server, params| server.command(&params)),
            WorkspaceSymbolRequest::METHOD => self
                .with::<WorkspaceSymbolRequest>(params, |server, params| Ok(Some(server.symbols_named(&params.query)))),
            Rename::METHOD => self.with::<Rename>(params, |server, params| {
                let (name, at) = place(&params.text_document_position);
                server.rename(&name, at, &params.new_name)
            }),
            PrepareRenameRequest::METHOD => self.with::<PrepareRenameRequest>(params, |server, params| {
                let (name, at) = place(&params);
                server.prepare_rename(&name, at)
            }),
            _ => self.asked_for_reading(method, params),
        }
    }

    /// Answers what only looks at one document.
    fn asked_for_reading(&mut self, method: &str, params: Value) -> Result<Value, Refusal> {
        match method {
            DocumentDiagnosticRequest::METHOD => self.with::<DocumentDiagnosticRequest>(params, |server, params| {
                Ok(server.pulled(&params.text_document.uri))
            }),
            InlayHintRequest::METHOD => self.with::<InlayHintRequest>(params, |server, params| {
                let plan = server.plan(&named(&params.text_document)).filter(|_| server.settings.hints);
                Ok(plan.map(|plan| plan.hints(params.range)))
            }),
            CodeLensRequest::METHOD => self.with::<CodeLensRequest>(params, |server, params| {
                let name = named(&params.text_document);
                if !server.settings.lenses {
                    return Ok(None);
                }
                let of_plan = server.plan(&name).map(|plan| plan.lenses());
                Ok(of_plan.or_else(|| server.rule_lenses(&name)))
            }),
            FoldingRangeRequest::METHOD => self.with::<FoldingRangeRequest>(params, |server, params| {
                Ok(server.plan(&named(&params.text_document)).map(|plan| plan.folds()))
            }),
            DocumentSymbolRequest::METHOD => self.with::<DocumentSymbolRequest>(params, |server, params| {
                let name = named(&params.text_document);
                let of_plan = server.plan(&name).map(|plan| plan.symbols());
                Ok(of_plan.or_else(|| server.rule_symbols(&name)))
            }),
            _ => self.asked_for_place(method, params),
        }
    }

    /// Answers what is about one place of a document.
    fn asked_for_place(&mut self, method: &str, params: Value) -> Result<Value, Refusal> {
        match method {
            HoverRequest::METHOD => self.with::<HoverRequest>(params, |server, params| {
                let (name, at) = place(&params.text_document_position_params);
                // Who looked at a figure is told from what the check remembers; without, every rule would run for it.
                server.settle();
                let of_plan = server.plan(&name).map(|plan| plan.hover(at));
                Ok(of_plan.unwrap_or_else(|| server.rule_hover(&name, at)))
            }),
            Completion::METHOD => self.with::<Completion>(params, |server, params| {
                let (name, at) = place(&params.text_document_position);
                let of_plan = server.plan(&name).map(|plan| plan.items(at));
                Ok(of_plan.or_else(|| server.rule_items(&name, at)).map(CompletionResponse::Array))
            }),
            SignatureHelpRequest::METHOD => self.with::<SignatureHelpRequest>(params, |server, params| {
                let (name, at) = place(&params.text_document_position_params);
                Ok(server.rule_signatures(&name, at))
            }),
            GotoDefinition::METHOD => self.with::<GotoDefinition>(params, |server, params| {
                let (name, at) = place(&params.text_document_position_params);
                let of_plan = server.plan(&name).map(|plan| plan.definition(at));
                Ok(of_plan.or_else(|| server.rule_definition(&name, at)).map(GotoDefinitionResponse::Array))
            }),
            References::METHOD => self.with::<References>(params, |server, params| {
                let (name, at) = place(&params.text_document_position);
                let declaration = params.context.include_declaration;
                Ok(server.references(&name, at, declaration))
            }),
            _ => Err((ErrorCode::MethodNotFound, format!("crossfoot does not know {method}"))),
        }
    }

    /// Reads the parameters of a request, brings all that was edited up to date, and answers.
    fn with<R: Request>(
        &mut self,
        params: Value,
        answer: impl FnOnce(&mut Self, R::Params) -> Result<R::Result, Refusal>,
    ) -> Result<Value, Refusal> {
        let params = serde_json::from_value(params)
            .map_err(|error| (ErrorCode::InvalidParams, format!("{} cannot be read: {error}", R::METHOD)))?;
        self.settle();
        let result = answer(self, params)?;
        serde_json::to_value(result).map_err(|error| (ErrorCode::InternalError, error.to_string()))
    }

    /// The diagnostics of one file, for an editor that asks.
    fn pulled(&self, uri: &Uri) -> DocumentDiagnosticReportResult {
        let items = self.published.of(&name_of(uri), &self.workspace);
        let full_document_diagnostic_report = FullDocumentDiagnosticReport { result_id: None, items };
        DocumentDiagnosticReportResult::Report(DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report,
        }))
    }
}

fn named(document: &TextDocumentIdentifier) -> String {
    name_of(&document.uri)
}

fn place(params: &TextDocumentPositionParams) -> (String, lsp_types::Position) {
    (named(&params.text_document), params.position)
}
