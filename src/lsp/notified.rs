//! What the editor tells: documents, folders, files, settings. Nothing here is answered.

use std::path::Path;

use lsp_server::Notification;
use lsp_types::notification::{
    DidChangeConfiguration, DidChangeTextDocument, DidChangeWatchedFiles, DidChangeWorkspaceFolders,
    DidCloseTextDocument, DidOpenTextDocument, DidSaveTextDocument, Initialized, Notification as Told,
};
use lsp_types::{DidOpenTextDocumentParams, MessageType};
use serde_json::Value;

use super::asking::Asked;
use super::names::name_of;
use super::server::Server;
use super::workspace::Kind;

impl Server {
    /// Takes a notification. One that is not known is left alone, as the protocol says.
    pub(super) fn notified(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        match method.as_str() {
            DidOpenTextDocument::METHOD => self.read::<DidOpenTextDocument>(params, Self::opened),
            DidChangeTextDocument::METHOD => self.read::<DidChangeTextDocument>(params, |server, params| {
                let edited = server.documents.change(params);
                for complaint in &edited.complaints {
                    server.log(MessageType::WARNING, complaint);
                }
                let Some(name) = edited.changed else { return };
                if server.workspace.knows(&name) {
                    server.workspace.changed(&name, &server.documents);
                } else {
                    server.workspace.opened(&name, None, &server.documents);
                }
                server.look_at(&name);
            }),
            DidCloseTextDocument::METHOD => self.read::<DidCloseTextDocument>(params, |server, params| {
                let uri = &params.text_document.uri;
                match server.documents.close(uri) {
                    Some(name) => {
                        server.workspace.closed(&name, &server.documents);
                        server.close_rule(&name);
                        server.published.take_own(&name, None);
                        if server.workspace.kind(&name) == Kind::Rule {
                            server.look_at_rules();
                        }
                    }
                    None => server.log(MessageType::WARNING, &format!("{} was closed and not open", uri.as_str())),
                }
            }),
            DidSaveTextDocument::METHOD => self.read::<DidSaveTextDocument>(params, |server, params| {
                server.on_disk([name_of(&params.text_document.uri)]);
            }),
            DidChangeWatchedFiles::METHOD => self.read::<DidChangeWatchedFiles>(params, |server, params| {
                server.on_disk(params.changes.iter().map(|change| name_of(&change.uri)));
            }),
            DidChangeWorkspaceFolders::METHOD => self.read::<DidChangeWorkspaceFolders>(params, |server, params| {
                for folder in params.event.removed {
                    server.workspace.remove_folder(&name_of(&folder.uri), &server.documents);
                }
                for folder in params.event.added {
                    server.workspace.add_folder(&name_of(&folder.uri), &server.documents);
                }
            }),
            DidChangeConfiguration::METHOD => self.read::<DidChangeConfiguration>(params, |server, params| {
                if params.settings.is_object() {
                    server.set(&params.settings);
                }
                server.ask_settings();
            }),
            Initialized::METHOD => self.initialized(),
            _ => {}
        }
    }

    /// Reads the parameters of a notification and takes it; one that cannot be read is logged.
    fn read<N: Told>(&mut self, params: Value, take: impl FnOnce(&mut Self, N::Params)) {
        match serde_json::from_value(params) {
            Ok(params) => take(self, params),
            Err(error) => self.log(MessageType::ERROR, &format!("{} cannot be read: {error}", N::METHOD)),
        }
    }

    fn initialized(&mut self) {
        self.ask_settings();
        if self.client.watches || self.client.registers_configuration {
            self.ask(Asked::Registration);
        }
    }

    fn ask_settings(&mut self) {
        if self.client.configures {
            self.ask(Asked::Settings);
        }
    }

    fn opened(&mut self, params: DidOpenTextDocumentParams) {
        let language = params.text_document.language_id.clone();
        if self.documents.get(&name_of(&params.text_document.uri)).is_some() {
            let shown = params.text_document.uri.as_str();
            self.log(MessageType::WARNING, &format!("{shown} was opened again: its text is taken anew"));
        }
        let name = self.documents.open(params.text_document);
        self.workspace.opened(&name, Some(&language), &self.documents);
        self.look_at(&name);
    }

    fn on_disk(&mut self, names: impl IntoIterator<Item = String>) {
        let names: Vec<String> = names.into_iter().collect();
        for name in &names {
            self.rules.changed_on_disk(Path::new(name));
        }
        self.workspace.on_disk(names.iter().map(String::as_str), &self.documents);
        let kinds: Vec<Kind> = names.iter().map(|name| self.workspace.kind(name)).collect();
        // An open rule may import shared code, use a pack's name or have cases, of which another program wrote.
        if kinds.iter().any(|kind| !matches!(kind, Kind::Plan | Kind::Other)) {
            self.look_at_rules();
        }
        // Other rules, or another rounding, may put other figures beside the lines.
        if kinds.iter().any(|kind| matches!(kind, Kind::Config | Kind::Rule | Kind::Case)) {
            self.redraw();
        }
    }
}
