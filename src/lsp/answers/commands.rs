//! What the editor has done: the page of a rule shown, the cases of a rule run, the sums of an objective shown, a plan mended.

use std::path::Path;
use std::str::FromStr as _;

use lsp_server::ErrorCode;
use lsp_types::{ExecuteCommandParams, MessageType, Uri};
use serde_json::{Value, json};

use crate::lsp::client::{EXPLAIN, FIX_FILE, RUN_CASES, SHOW_OBJECTIVE};
use crate::lsp::names::name_of;
use crate::lsp::plan;
use crate::lsp::server::{Refusal, Server};
use crate::rules::Rules;

impl Server {
    /// Runs a command. The result is the text that was shown, at full length.
    pub(super) fn command(&mut self, params: &ExecuteCommandParams) -> Result<Option<Value>, Refusal> {
        let text = |at: usize| params.arguments.get(at).and_then(Value::as_str);
        let uri = text(0).and_then(|text| Uri::from_str(text).ok());
        let missing = |what: &str| (ErrorCode::InvalidParams, format!("{}: expected {what}", params.command));
        match params.command.as_str() {
            EXPLAIN => self.explain(text(0).ok_or_else(|| missing("the id of a rule"))?, text(1)).map(Some),
            RUN_CASES => self.run_cases(&uri.ok_or_else(|| missing("the address of a rule's file"))?).map(Some),
            SHOW_OBJECTIVE => {
                let objective = params.arguments.get(1).and_then(Value::as_u64).and_then(|at| usize::try_from(at).ok());
                let (Some(uri), Some(objective)) = (uri, objective) else {
                    return Err(missing("the address of a plan, and the number of one of its objectives, from 0"));
                };
                self.show_objective(&uri, objective).map(Some)
            }
            FIX_FILE => self.fix_file(&uri.ok_or_else(|| missing("the address of a plan"))?).map(Some),
            other => Err((ErrorCode::InvalidParams, format!("crossfoot has no command {other}"))),
        }
    }

    fn explain(&self, id: &str, uri: Option<&str>) -> Result<Value, Refusal> {
        let name = uri.and_then(|uri| Uri::from_str(uri).ok()).map(|uri| name_of(&uri));
        let home = name.and_then(|name| self.workspace.home(&name));
        let standard;
        let rules = match home.or_else(|| self.workspace.projects.values().next()) {
            Some(project) => project.live.rules(),
            None => {
                standard = Rules::standard();
                &standard
            }
        };
        let topics = rules.topics(id).map_err(|unknown| (ErrorCode::InvalidParams, unknown.to_string()))?;
        let page = topics.iter().find_map(|topic| topic.page(rules));
        let page = page.ok_or_else(|| (ErrorCode::InvalidParams, format!("there is no page about {id}")))?;
        self.show(MessageType::INFO, page.clone());
        Ok(json!(page))
    }

    fn run_cases(&mut self, uri: &Uri) -> Result<Value, Refusal> {
        let name = name_of(uri);
        let Some(run) = self.rules.run_cases(Path::new(&name)) else {
            return Err((ErrorCode::RequestFailed, format!("the rule {name} cannot be read")));
        };
        let (verdict, told) = (run.to_string(), run.told);
        let is_well = run.compiles && run.failed.is_empty();
        let typ = if is_well { MessageType::INFO } else { MessageType::WARNING };
        self.show(typ, verdict);
        self.redraw();
        Ok(json!(told))
    }

    fn show_objective(&mut self, uri: &Uri, objective: usize) -> Result<Value, Refusal> {
        let told = self.plan(&name_of(uri)).and_then(|plan| plan::by_year(&plan.view, objective));
        let told = told.ok_or_else(|| {
            let what = format!("{} has no objective {objective} with outputs: they are counted from 0", uri.as_str());
            (ErrorCode::RequestFailed, what)
        })?;
        self.show(MessageType::INFO, told.clone());
        Ok(json!(told))
    }

    /// Has the editor make all changes of a plan that may be made without asking, and says what is left in it.
    fn fix_file(&mut self, uri: &Uri) -> Result<Value, Refusal> {
        let Some(mended) = self.mended(&name_of(uri)) else {
            return Err((ErrorCode::RequestFailed, format!("{} is no open plan, or no TOML", uri.as_str())));
        };
        if let Some(edit) = mended.edit {
            self.apply(edit)?;
        }
        let typ = if mended.left == 0 { MessageType::INFO } else { MessageType::WARNING };
        self.show(typ, mended.told.clone());
        Ok(json!(mended.told))
    }
}
