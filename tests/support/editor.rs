//! An editor that talks to the language server over pipes in memory, as one would: bytes, frames, JSON.

use std::io::{BufRead as _, BufReader, PipeWriter, Read as _, Write as _};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crossfoot::lsp::{Ended, Options, serve};
use serde_json::{Value, json};

/// Longer than anything may take, also on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Editor {
    to: Option<PipeWriter>,
    from: Receiver<Value>,
    server: Option<JoinHandle<Ended>>,
    next_id: i64,
    /// Every notification and every request of the server's, in order.
    pub told: Vec<Value>,
    /// How far `told` was read by `published`.
    read: usize,
    /// What this editor's settings are.
    pub settings: Value,
}

/// What an editor of today can do.
pub fn able() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-8", "utf-16"] },
        "textDocument": {
            "publishDiagnostics": { "relatedInformation": true, "dataSupport": true, "tagSupport": { "valueSet": [1, 2] } },
            "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "rename": { "prepareSupport": true },
        },
        "workspace": {
            "workspaceEdit": { "documentChanges": true },
            "didChangeWatchedFiles": { "dynamicRegistration": true },
            "inlayHint": { "refreshSupport": true },
        },
    })
}

impl Editor {
    /// An editor that has said nothing yet.
    pub fn silent() -> Self {
        let (input, to) = std::io::pipe().unwrap();
        let (output, from_server) = std::io::pipe().unwrap();
        let server = thread::spawn(move || {
            serve(input, from_server, Options { today: Box::new(|| Some((2026, 7, 1))), ..Options::default() })
        });
        let (sender, from) = channel();
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            loop {
                let mut length = 0;
                loop {
                    let mut line = String::new();
                    if output.read_line(&mut line).unwrap_or(0) == 0 {
                        return;
                    }
                    match line.trim().strip_prefix("Content-Length: ") {
                        Some(number) => length = number.parse().unwrap(),
                        None if line == "\r\n" => break,
                        None => panic!("no header: {line:?}"),
                    }
                }
                let mut body = vec![0; length];
                output.read_exact(&mut body).unwrap();
                if sender.send(serde_json::from_slice(&body).unwrap()).is_err() {
                    return;
                }
            }
        });
        let (told, settings) = (Vec::new(), Value::Null);
        Self { to: Some(to), from, server: Some(server), next_id: 0, told, read: 0, settings }
    }

    /// An editor that has these folders open.
    pub fn start(capabilities: &Value, folders: &[&Path]) -> Self {
        let mut editor = Self::silent();
        editor.initialize(capabilities, folders);
        editor
    }

    pub fn initialize(&mut self, capabilities: &Value, folders: &[&Path]) -> Value {
        let folders: Vec<Value> = folders.iter().map(|path| json!({ "uri": uri(path), "name": "f" })).collect();
        let params = json!({ "processId": null, "capabilities": capabilities, "workspaceFolders": folders });
        let result = self.ask("initialize", params).unwrap();
        self.tell("initialized", json!({}));
        result
    }

    pub fn send_bytes(&mut self, bytes: &[u8]) {
        self.to.as_mut().unwrap().write_all(bytes).unwrap();
    }

    pub fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.send_bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request and does not wait.
    pub fn begin(&mut self, method: &str, params: Value) -> i64 {
        self.next_id += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.next_id, "method": method, "params": params }));
        self.next_id
    }

    /// Waits for an answer: the result, or the code and the message of the refusal.
    pub fn answer(&mut self, id: &Value) -> Result<Value, (i64, String)> {
        loop {
            let message = self.receive();
            if message.get("method").is_none() && message["id"] == *id {
                return match message.get("error") {
                    Some(error) => {
                        Err((error["code"].as_i64().unwrap(), error["message"].as_str().unwrap().to_owned()))
                    }
                    None => Ok(message["result"].clone()),
                };
            }
            self.keep(message);
        }
    }

    pub fn ask(&mut self, method: &str, params: Value) -> Result<Value, (i64, String)> {
        let id = self.begin(method, params);
        self.answer(&json!(id))
    }

    fn receive(&mut self) -> Value {
        self.from.recv_timeout(PATIENCE).expect("the server says nothing")
    }

    /// Keeps what the server says by itself; what it asks is answered.
    fn keep(&mut self, message: Value) {
        if let (Some(id), Some(method)) = (message.get("id").cloned(), message["method"].as_str()) {
            let result = if method == "workspace/configuration" { json!([self.settings]) } else { Value::Null };
            self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": result }));
        }
        self.told.push(message);
    }

    pub fn open(&mut self, path: &Path, language: &str, text: &str) {
        let document = json!({ "uri": uri(path), "languageId": language, "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// An edit of lines and columns, both from 0.
    pub fn edit(&mut self, path: &Path, version: i64, range: [u64; 4], text: &str) {
        let range = json!({
            "start": { "line": range[0], "character": range[1] }, "end": { "line": range[2], "character": range[3] },
        });
        self.change(path, version, &json!([{ "range": range, "text": text }]));
    }

    pub fn change(&mut self, path: &Path, version: i64, changes: &Value) {
        let document = json!({ "uri": uri(path), "version": version });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// Asks about a document, with what else the request needs.
    pub fn about(&mut self, method: &str, path: &Path, more: &Value) -> Value {
        let mut params = json!({ "textDocument": { "uri": uri(path) } });
        for (key, value) in more.as_object().into_iter().flatten() {
            params[key] = value.clone();
        }
        self.ask(method, params).unwrap()
    }

    /// What is shown of a file once all that was sent is worked up.
    pub fn shown(&mut self, path: &Path) -> Vec<Value> {
        // Whatever is answered after the edits was worked out after them.
        self.ask("workspace/symbol", json!({ "query": "?no such thing" })).unwrap();
        let uri = json!(uri(path));
        let of = |told: &&Value| told["method"] == "textDocument/publishDiagnostics" && told["params"]["uri"] == uri;
        let last = self.told.iter().rev().find(of);
        last.map(|told| told["params"]["diagnostics"].as_array().unwrap().clone()).unwrap_or_default()
    }

    /// Waits until diagnostics of this version of a file are published.
    pub fn published(&mut self, path: &Path, version: i64) -> Vec<Value> {
        let uri = json!(uri(path));
        loop {
            while self.read < self.told.len() {
                self.read += 1;
                let told = &self.told[self.read - 1];
                let params = &told["params"];
                if told["method"] == "textDocument/publishDiagnostics"
                    && params["uri"] == uri
                    && params["version"] == version
                {
                    return params["diagnostics"].as_array().unwrap().clone();
                }
            }
            let message = self.receive();
            self.keep(message);
        }
    }

    /// The lines of the log so far.
    pub fn log(&mut self) -> Vec<String> {
        self.ask("workspace/symbol", json!({ "query": "?no such thing" })).unwrap();
        let lines = self.told.iter().filter(|told| told["method"] == "window/logMessage");
        lines.map(|told| told["params"]["message"].as_str().unwrap().to_owned()).collect()
    }

    /// Goes away without a word.
    pub fn vanish(mut self) -> Ended {
        drop(self.to.take());
        self.server.take().unwrap().join().unwrap()
    }

    /// Ends as the protocol says.
    pub fn end(mut self) -> Ended {
        self.ask("shutdown", Value::Null).unwrap();
        self.exit()
    }

    pub fn exit(mut self) -> Ended {
        self.tell("exit", Value::Null);
        self.server.take().unwrap().join().unwrap()
    }
}

pub fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

/// A text after an edit as the server sends it, in UTF-8 columns.
pub fn apply(text: &str, edit: &Value) -> String {
    let at = |position: &Value| {
        let line = usize::try_from(position["line"].as_u64().unwrap()).unwrap();
        let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        before + usize::try_from(position["character"].as_u64().unwrap()).unwrap()
    };
    let (start, end) = (at(&edit["range"]["start"]), at(&edit["range"]["end"]));
    format!("{}{}{}", &text[..start], edit["newText"].as_str().unwrap(), &text[end..])
}
