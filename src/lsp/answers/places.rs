//! What an editor asks about one place of a plan: where it leads, who leads there, another name for it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use lsp_server::ErrorCode;
use lsp_types::{Location, Position, PrepareRenameResponse, TextEdit, WorkspaceEdit};

use super::plans::Asked;
use crate::lsp::plan::{self, Place, Settings};
use crate::lsp::server::{Refusal, Server};
use crate::plan::Plan;

impl Asked<'_> {
    pub(super) fn definition(&self, at: Position) -> Vec<Location> {
        self.locations(plan::definition(&self.view, self.paper.at(at)))
    }

    fn locations(&self, places: Vec<Place>) -> Vec<Location> {
        places.into_iter().filter_map(|place| self.location(&place.file, place.span)).collect()
    }
}

impl Server {
    pub(super) fn references(&self, name: &str, at: Position, declaration: bool) -> Option<Vec<Location>> {
        self.with_settings(name, |plan| plan.locations(plan::references(&plan.view, plan.paper.at(at), declaration)))
    }

    /// Asks something of an open plan for which the configuration is read, as it is written now: open or on the disk.
    fn with_settings<T>(&self, name: &str, ask: impl FnOnce(&Asked<'_>) -> T) -> Option<T> {
        let config = self.workspace.home(name)?.config_path();
        let known = config.as_ref().map(|config| config.to_string_lossy().replace('\\', "/"));
        let document = known.as_ref().and_then(|name| match self.documents.get(name) {
            Some(document) => Some(Plan::parse(name, &document.text)),
            // One that cannot be read allows nothing.
            None => Plan::load(name).ok(),
        });
        let mut plan = self.plan(name)?;
        plan.view.settings = document.as_ref().map(|document| {
            let folder = config.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
            let same = self.workspace.projects.values().filter(|project| project.config_path() == config);
            let mut plans: Vec<_> = plan.view.plans.clone();
            for other in same.flat_map(|project| project.live.plans()) {
                if plans.iter().all(|known| known.name() != other.name()) {
                    plans.push(other);
                }
            }
            let relative = |plan: &Plan| crate::files::relative(folder, plan.name());
            Settings { document, plans: plans.into_iter().map(|plan| (plan, relative(plan))).collect() }
        });
        Some(ask(&plan))
    }

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
        let edits = self.with_settings(name, |plan| renamed(plan, at, new)).transpose()?;
        Ok(edits.map(|edits| self.workspace_edit(edits)))
    }
}

/// The edits that give a thing another name, by file.
fn renamed(plan: &Asked<'_>, at: Position, new: &str) -> Result<BTreeMap<Arc<str>, Vec<TextEdit>>, Refusal> {
    let changes = plan::rename(&plan.view, plan.paper.at(at), new).map_err(|why| (ErrorCode::RequestFailed, why))?;
    let mut by_file: BTreeMap<Arc<str>, Vec<TextEdit>> = BTreeMap::new();
    for change in changes {
        if let Some(location) = plan.location(&change.file, change.span) {
            let edit = TextEdit { range: location.range, new_text: change.text };
            by_file.entry(change.file).or_default().push(edit);
        }
    }
    Ok(by_file)
}
