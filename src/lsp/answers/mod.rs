//! What the editor asks, by the name of the request: its parameters are read here, and the answer is worked out beside.

mod actions;

use lsp_server::ErrorCode;
use lsp_types::request::{CodeActionRequest, DocumentDiagnosticRequest, Request};
use lsp_types::{
    DocumentDiagnosticReport, DocumentDiagnosticReportResult, FullDocumentDiagnosticReport,
    RelatedFullDocumentDiagnosticReport, Uri,
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
            DocumentDiagnosticRequest::METHOD => self.with::<DocumentDiagnosticRequest>(params, |server, params| {
                Ok(server.pulled(&params.text_document.uri))
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
        let items = self.published.of(&name_of(uri));
        let full_document_diagnostic_report = FullDocumentDiagnosticReport { result_id: None, items };
        DocumentDiagnosticReportResult::Report(DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report,
        }))
    }
}
