//! The server's loop: messages in their order, edits before checks, and a check only when no edit waits.
//!
//! It keeps the order and the promises of the protocol; what a request is about is answered in `answers`.

use std::cell::Cell;
use std::collections::{BTreeSet, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender};
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{LogMessage, Notification as _, PublishDiagnostics, ShowMessage};
use lsp_types::{InitializeParams, InitializeResult, LogMessageParams, MessageType, ServerInfo, ShowMessageParams};
use serde::Serialize;
use serde_json::Value;

use super::asking::Asked;
use super::client::{Client, Settings};
use super::diagnostics::Maker;
use super::documents::Documents;
use super::names::name_of;
use super::position::Encoding;
use super::publish::Published;
use super::queue::{CANCEL, Queue, cancelled_by};
use super::rule::RuleDesk;
use super::transport::{Incoming, Outgoing, Waiting};
use super::workspace::{Kind, Workspace};
use super::{Ended, Options};
use crate::config::Config;

/// Where the conversation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Nothing was said yet.
    New,
    /// At work.
    Running,
    /// The editor is about to go.
    ShutDown,
}

/// A request that is not answered with a result.
pub(super) type Refusal = (ErrorCode, String);

/// The server.
pub(super) struct Server {
    out: Sender<Outgoing>,
    options: Options,
    stage: Stage,
    pub(super) client: Client,
    pub(super) settings: Settings,
    pub(super) documents: Documents,
    pub(super) workspace: Workspace,
    pub(super) published: Published,
    /// The files of rules that are open.
    pub(super) rules: RuleDesk,
    /// What the editor has been asked and has not answered: of each kind one.
    pub(super) asked: Vec<(RequestId, Asked)>,
    /// What it is asked again once it has answered.
    pub(super) to_ask: BTreeSet<Asked>,
    pub(super) next_id: i32,
    /// Whether nobody reads any more what is written.
    unheard: Cell<bool>,
}

impl Server {
    pub(super) fn new(out: Sender<Outgoing>, options: Options) -> Self {
        Self {
            out,
            options,
            stage: Stage::New,
            client: Client::default(),
            settings: Settings::default(),
            documents: Documents::default(),
            workspace: Workspace::default(),
            published: Published::default(),
            rules: RuleDesk::default(),
            asked: Vec::new(),
            to_ask: BTreeSet::new(),
            next_id: 0,
            unheard: Cell::new(false),
        }
    }

    /// Serves until `exit`, or until the input has ended.
    pub(super) fn run(mut self, incoming: &Receiver<Waiting>) -> Ended {
        let mut queue = Queue::default();
        loop {
            if self.unheard.get() {
                return Ended::Well;
            }
            if queue.waiting.is_empty() {
                match incoming.recv() {
                    Ok(first) => queue.push(first),
                    // The editor has gone.
                    Err(_) => return Ended::Well,
                }
            }
            incoming.try_iter().for_each(|next| queue.push(next));
            let Some((next, _)) = queue.waiting.pop_front() else { continue };
            match next {
                Incoming::Message(Message::Notification(it)) if it.method == "exit" => {
                    return if self.stage == Stage::ShutDown { Ended::Well } else { Ended::BrokenOff };
                }
                Incoming::Message(message) => self.take(message, &mut queue.cancelled),
                Incoming::Fault(fault) => {
                    self.log(MessageType::ERROR, &fault.message);
                    self.send(Outgoing::Fault(fault));
                }
                Incoming::Noise(what) => self.log(MessageType::WARNING, &what),
            }
            // Edits that wait would make a check stale before it is shown.
            incoming.try_iter().for_each(|next| queue.push(next));
            if queue.waiting.is_empty() {
                queue.cancelled.clear();
                self.guarded("a check", |server| server.settle());
            }
        }
    }

    fn take(&mut self, message: Message, cancelled: &mut HashSet<RequestId>) {
        match message {
            Message::Request(request) if cancelled.remove(&request.id) => {
                self.refuse(request.id, (ErrorCode::RequestCanceled, "cancelled".to_owned()));
            }
            Message::Request(request) => self.request(request),
            Message::Notification(notification) if notification.method == CANCEL => {
                // All that it can be about has been taken.
                cancelled_by(&notification).map(|id| cancelled.remove(&id));
            }
            Message::Notification(notification) => {
                let method = notification.method.clone();
                self.guarded(&method, |server| server.notified(notification));
            }
            Message::Response(response) => self.answered(response),
        }
    }

    fn request(&mut self, request: Request) {
        let Request { id, method, params } = request;
        let refusal = match (self.stage, method.as_str()) {
            (Stage::New, "initialize") => return self.initialize(id, params),
            (Stage::New, _) => (ErrorCode::ServerNotInitialized, format!("{method} came before initialize")),
            (Stage::ShutDown, _) => (ErrorCode::InvalidRequest, format!("{method} came after shutdown")),
            (Stage::Running, "initialize") => (ErrorCode::InvalidRequest, "initialize came twice".to_owned()),
            (Stage::Running, "shutdown") => {
                self.stage = Stage::ShutDown;
                return self.answer(id, Value::Null);
            }
            (Stage::Running, _) => {
                let answer = self.guarded(&method, |server| server.asked_for(&method, params));
                match answer {
                    Some(Ok(value)) => return self.answer(id, value),
                    Some(Err(refusal)) => refusal,
                    None => {
                        (ErrorCode::InternalError, format!("{method} failed inside of crossfoot; its log says more"))
                    }
                }
            }
        };
        self.refuse(id, refusal);
    }

    /// Does work of which a panic must not end the server.
    fn guarded<T>(&mut self, what: &str, work: impl FnOnce(&mut Self) -> T) -> Option<T> {
        match catch_unwind(AssertUnwindSafe(|| work(self))) {
            Ok(done) => Some(done),
            Err(panic) => {
                let said = panic.downcast_ref::<String>().cloned();
                let said = said.or_else(|| panic.downcast_ref::<&str>().map(|said| (*said).to_owned()));
                let said = said.unwrap_or_default();
                self.log(MessageType::ERROR, &format!("{what} failed inside of crossfoot, please report it: {said}"));
                None
            }
        }
    }

    fn initialize(&mut self, id: RequestId, params: Value) {
        let params: InitializeParams = match serde_json::from_value(params) {
            Ok(params) => params,
            Err(error) => {
                return self.refuse(id, (ErrorCode::InvalidParams, format!("initialize cannot be read: {error}")));
            }
        };
        self.stage = Stage::Running;
        self.client = Client::of(&params.capabilities);
        self.documents.encoding = Encoding::agreed(&params.capabilities);
        let version = env!("CARGO_PKG_VERSION").to_owned();
        self.answer(
            id,
            InitializeResult {
                capabilities: self.client.offer(self.documents.encoding),
                server_info: Some(ServerInfo { name: "crossfoot".to_owned(), version: Some(version) }),
            },
        );
        if let Some(sent) = params.initialization_options.as_ref().filter(|sent| sent.is_object()) {
            self.set(sent);
        }
        let folders = params.workspace_folders.clone().unwrap_or_default().into_iter().map(|folder| folder.uri);
        let mut folders: Vec<String> = folders.map(|uri| name_of(&uri)).collect();
        #[expect(deprecated, reason = "what editors without workspace folders send")]
        if let (true, Some(root)) = (folders.is_empty(), params.root_uri) {
            folders.push(name_of(&root));
        }
        for folder in folders {
            self.guarded("a folder", |server| server.workspace.add_folder(&folder, &server.documents));
        }
    }

    /// Takes settings that the editor sends.
    pub(super) fn set(&mut self, sent: &Value) {
        let (settings, complaints) = self.settings.with(sent);
        for complaint in complaints {
            self.log(MessageType::WARNING, &complaint);
        }
        if settings.rounding != self.settings.rounding {
            self.workspace.projects.values_mut().for_each(|project| project.is_stale = true);
        }
        let redraw = settings != self.settings;
        self.settings = settings;
        if redraw {
            self.redraw();
        }
    }

    /// Audits again what has changed, and sends what the editor does not show yet.
    pub(super) fn settle(&mut self) {
        let today = (self.options.today)();
        let rounding = self.settings.rounding;
        let mut unplaced = Vec::new();
        self.published.keep(&self.workspace);
        for project in self.workspace.projects.values_mut().filter(|project| project.is_stale) {
            project.check(today, rounding, &self.documents);
            unplaced.extend(self.published.take(project, &self.documents, &self.client));
        }
        for line in unplaced {
            self.log(MessageType::ERROR, &line);
        }
        for params in self.published.news(&self.workspace, &self.documents) {
            self.notify(PublishDiagnostics::METHOD, params);
        }
    }

    /// Looks at a document by itself, where that is possible: a configuration or a rule as it is typed.
    pub(super) fn look_at(&mut self, name: &Arc<str>) {
        let Some(document) = self.documents.get(name) else { return };
        let mistakes = match self.workspace.kind(name) {
            Kind::Config => Config::parse(name, &document.text).err(),
            Kind::Rule => return self.look_at_rule(name),
            _ => return,
        };
        let mut maker = Maker::new(self.documents.encoding, &self.client);
        let told = mistakes.iter().flat_map(|error| {
            let source = error.sources.first().map(Arc::as_ref);
            error.failures.iter().map(move |failure| (failure, source))
        });
        let diagnostics = told.map(|(failure, source)| maker.failure(failure, source)).collect();
        self.published.take_own(name, Some(diagnostics));
    }

    /// The day that rules take for today.
    pub(super) fn today(&self) -> Option<(i16, i8, i8)> {
        (self.options.today)()
    }

    /// Writes a line of the log: the editor's, and the server's own.
    pub(super) fn log(&self, typ: MessageType, message: &str) {
        (self.options.log)(message);
        if self.stage == Stage::Running {
            self.notify(LogMessage::METHOD, LogMessageParams { typ, message: message.to_owned() });
        }
    }

    /// Tells the drafter something.
    pub(super) fn show(&self, typ: MessageType, message: String) {
        self.notify(ShowMessage::METHOD, ShowMessageParams { typ, message });
    }

    fn notify(&self, method: &str, params: impl Serialize) {
        match serde_json::to_value(params) {
            Ok(params) => {
                self.send(Outgoing::Message(Notification { method: method.to_owned(), params }.into()));
            }
            Err(error) => (self.options.log)(&format!("{method} cannot be written: {error}")),
        }
    }

    fn answer(&self, id: RequestId, result: impl Serialize) {
        match serde_json::to_value(result) {
            Ok(value) => self.send(Outgoing::Message(Response { id, response_result: Ok(value) }.into())),
            Err(error) => self.refuse(id, (ErrorCode::InternalError, error.to_string())),
        }
    }

    fn refuse(&self, id: RequestId, (code, message): Refusal) {
        if !matches!(code, ErrorCode::RequestCanceled) {
            (self.options.log)(&format!("request {id} is refused: {message}"));
        }
        self.send(Outgoing::Message(Response::new_err(id, code as i32, message).into()));
    }

    pub(super) fn send(&self, outgoing: Outgoing) {
        // Where nothing can be written any more, the editor has gone, even if its end of the input is still open.
        if self.out.send(outgoing).is_err() {
            self.unheard.set(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn a_panic_is_told_and_the_server_goes_on() {
        static LOG: Mutex<Vec<String>> = Mutex::new(Vec::new());
        let (out, sent) = crossbeam_channel::unbounded();
        let log = |line: &str| LOG.lock().unwrap().push(line.to_owned());
        let mut server = Server::new(out, Options { today: Box::new(|| panic!("no calendar")), log: Box::new(log) });
        server.stage = Stage::Running;
        let request = Request { id: 1.into(), method: "workspace/symbol".to_owned(), params: Value::Null };
        server.request(Request { params: serde_json::json!({ "query": "" }), ..request.clone() });
        server.request(Request { id: 2.into(), method: "nonsense".to_owned(), params: Value::Null });
        let codes = sent.try_iter().filter_map(|it| match it {
            Outgoing::Message(Message::Response(Response { response_result: Err(error), .. })) => Some(error.code),
            _ => None,
        });
        assert_eq!(codes.collect::<Vec<i32>>(), [-32603, -32601]);
        let log = LOG.lock().unwrap();
        assert!(
            log[0].contains("workspace/symbol failed inside of crossfoot, please report it: no calendar"),
            "{log:?}"
        );
    }
}
