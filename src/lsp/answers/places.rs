//! What an editor asks about one place of a plan: where it leads, who leads there, another name for it.

use std::collections::BTreeMap;
use std::sync::Arc;

use lsp_server::ErrorCode;
use lsp_types::{Location, Position, PrepareRenameResponse, TextEdit, WorkspaceEdit};

use super::plans::Asked;
use crate::lsp::plan::{self, Place};
use crate::lsp::server::{Refusal, Server};

impl Asked<'_> {
    pub(super) fn definition(&self, at: Position) -> Vec<Location> {
        self.locations(plan::definition(&self.view, self.paper.at(at)))
    }

    pub(super) fn references(&self, at: Position, declaration: bool) -> Vec<Location> {
        self.locations(plan::references(&self.view, self.paper.at(at), declaration))
    }

    fn locations(&self, places: Vec<Place>) -> Vec<Location> {
        places.into_iter().filter_map(|place| self.location(&place.file, place.span)).collect()
    }
}

impl Server {
    pub(super) fn prepare_rename(&self, name: &str, at: Position) -> Result<Option<PrepareRenameResponse>, Refusal> {
        let Some(plan) = self.plan(name) else { return Ok(None) };
        match plan::prepare_rename(&plan.view, plan.paper.at(at)) {
            Ok((span, placeholder)) => {
                Ok(Some(PrepareRenameResponse::RangeWithPlaceholder { range: plan.paper.range(span), placeholder }))
            }
            Err(why) => Err((ErrorCode::RequestFailed, why)),
        }
    }

    pub(super) fn rename(&self, name: &str, at: Position, new: &str) -> Result<Option<WorkspaceEdit>, Refusal> {
        let Some(plan) = self.plan(name) else { return Ok(None) };
        let changes =
            plan::rename(&plan.view, plan.paper.at(at), new).map_err(|why| (ErrorCode::RequestFailed, why))?;
        let mut by_file: BTreeMap<Arc<str>, Vec<TextEdit>> = BTreeMap::new();
        for change in changes {
            if let Some(location) = plan.location(&change.file, change.span) {
                let edit = TextEdit { range: location.range, new_text: change.text };
                by_file.entry(change.file).or_default().push(edit);
            }
        }
        Ok(Some(self.workspace_edit(by_file)))
    }
}
