//! What the server asks of the editor: one thing of a kind at a time.
//!
//! An editor that is slow, or that never answers, is owed nothing more than what it was asked.

use lsp_server::{ErrorCode, Request, RequestId, Response};
use lsp_types::{ApplyWorkspaceEditParams, MessageType, WorkspaceEdit};
use serde_json::{Value, json};

use super::server::{Refusal, Server};
use super::transport::Outgoing;

/// What an answer of the editor will be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Asked {
    /// The settings.
    Settings,
    /// That it tells of files and settings.
    Registration,
    /// That it asks for hints again.
    Hints,
    /// That it asks for lenses again.
    Lenses,
    /// That it changes a text.
    Edit,
}

impl Server {
    /// Has the editor ask again for what stands beside and above its lines.
    pub(super) fn redraw(&mut self) {
        if self.client.refreshes_hints {
            self.ask(Asked::Hints);
        }
        if self.client.refreshes_lenses {
            self.ask(Asked::Lenses);
        }
    }

    /// Takes an answer of the editor.
    pub(super) fn answered(&mut self, response: Response) {
        let Some(at) = self.asked.iter().position(|(id, _)| *id == response.id) else {
            return self.log(MessageType::WARNING, &format!("an answer to nothing that was asked: {}", response.id));
        };
        let (_, about) = self.asked.swap_remove(at);
        match (about, response.response_result) {
            (Asked::Settings, Ok(Value::Array(sections))) => {
                for section in sections.iter().filter(|section| section.is_object()) {
                    self.set(section);
                }
            }
            (Asked::Edit, Ok(answer)) if answer.get("applied") == Some(&Value::Bool(false)) => {
                let why = answer.get("failureReason").and_then(Value::as_str).unwrap_or("it does not say why");
                self.show(MessageType::WARNING, format!("the editor did not make the changes: {why}"));
            }
            (_, Ok(_)) => {}
            (_, Err(error)) => self.log(MessageType::WARNING, &format!("the editor could not: {}", error.message)),
        }
        if self.to_ask.remove(&about) {
            self.ask(about);
        }
    }

    /// Asks the editor something: once, and again when it has answered, however often it was to be asked in between.
    pub(super) fn ask(&mut self, about: Asked) {
        if self.asked.iter().any(|(_, asked)| *asked == about) {
            self.to_ask.insert(about);
            return;
        }
        let (method, params) = match about {
            Asked::Settings => ("workspace/configuration", json!({ "items": [{ "section": "crossfoot" }] })),
            Asked::Registration => ("client/registerCapability", self.client.registrations()),
            Asked::Hints => ("workspace/inlayHint/refresh", Value::Null),
            Asked::Lenses => ("workspace/codeLens/refresh", Value::Null),
            // Each is another.
            Asked::Edit => return,
        };
        self.request_of_editor(method, params, about);
    }

    /// Has the editor change texts.
    ///
    /// # Errors
    /// Where the editor cannot, or has not answered the last time.
    pub(super) fn apply(&mut self, edit: WorkspaceEdit) -> Result<(), Refusal> {
        let refused = |why: &str| Err((ErrorCode::RequestFailed, why.to_owned()));
        if !self.client.applies_edits {
            return refused("this editor makes no changes that a server sends: choose the action instead");
        }
        if self.asked.iter().any(|(_, asked)| *asked == Asked::Edit) {
            return refused("the editor has not made the last change yet");
        }
        let params = ApplyWorkspaceEditParams { label: Some("all that is safe".to_owned()), edit };
        self.request_of_editor("workspace/applyEdit", json!(params), Asked::Edit);
        Ok(())
    }

    fn request_of_editor(&mut self, method: &str, params: Value, about: Asked) {
        self.next_id = self.next_id.wrapping_add(1);
        let id = RequestId::from(format!("crossfoot-{}", self.next_id));
        self.asked.push((id.clone(), about));
        self.send(Outgoing::Message(Request { id, method: method.to_owned(), params }.into()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lsp::Options;
    use lsp_server::Message;

    #[test]
    fn an_editor_that_does_not_answer_is_asked_once() {
        let (out, sent) = crossbeam_channel::unbounded();
        let mut server = Server::new(out, Options::default());
        server.client.refreshes_hints = true;
        let asked = |sent: &crossbeam_channel::Receiver<Outgoing>| -> Vec<Request> {
            let requests = sent.try_iter().filter_map(|it| match it {
                Outgoing::Message(Message::Request(request)) => Some(request),
                _ => None,
            });
            requests.collect()
        };
        for _ in 0..1_000 {
            server.redraw();
        }
        let first = asked(&sent);
        assert_eq!((first.len(), first[0].method.as_str()), (1, "workspace/inlayHint/refresh"));
        // What was wanted in between is asked for once more, and then no more.
        server.answered(Response::new_ok(first[0].id.clone(), Value::Null));
        let second = asked(&sent);
        assert_eq!(second.len(), 1);
        server.answered(Response::new_ok(second[0].id.clone(), Value::Null));
        assert_eq!(asked(&sent).len(), 0);
        server.redraw();
        assert_eq!(asked(&sent).len(), 1);
    }
}
