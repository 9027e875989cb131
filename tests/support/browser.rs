//! A real browser, Chromium, without a window: told what to do over a pipe in its own protocol (DevTools), so that no port and no
//! crate is needed.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

/// How long a browser may take for one step before the test ends.
const PATIENCE: Duration = Duration::from_secs(120);

/// What must not be said while a page is shown.
const COMPLAINTS: [&str; 3] = ["Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"];

pub struct Browser {
    child: Child,
    stdin: ChildStdin,
    messages: Receiver<Value>,
    session: String,
    last: u64,
    /// What the browser said of itself, in its order.
    pub events: Vec<Value>,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// A browser with one empty page; `None` where there is none and none is required.
    pub fn start() -> Option<Self> {
        let names = ["chromium", "chromium-browser", "google-chrome"];
        let path = std::env::var_os("PATH").unwrap_or_default();
        let found = names
            .iter()
            .find_map(|name| std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file()));
        let Some(program) = found else {
            assert!(std::env::var_os("CROSSFOOT_REQUIRE_BROWSER").is_none(), "no Chromium is installed");
            super::programs::skipped("no Chromium is installed");
            return None;
        };
        Some(Self::of(&program))
    }

    fn of(program: &Path) -> Self {
        let profile = tempfile::tempdir().unwrap();
        // The browser reads commands from its file 3 and answers at its file 4; a shell makes those of ours.
        let mut child = Command::new("sh")
            .args(["-c", "exec \"$0\" \"$@\" 3<&0 4>&1 >/dev/null"])
            .arg(program)
            .args(["--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--no-first-run"])
            .args(["--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            for message in BufReader::new(stdout).split(0).map_while(Result::ok) {
                let Ok(message) = serde_json::from_slice(&message) else { continue };
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let session = String::new();
        let mut browser = Self { child, stdin, messages, session, last: 0, events: Vec::new(), _profile: profile };
        let target = browser.tell("Target.createTarget", json!({ "url": "about:blank" }))["targetId"].clone();
        let attached = browser.tell("Target.attachToTarget", json!({ "targetId": target, "flatten": true }));
        browser.session = attached["sessionId"].as_str().unwrap().to_owned();
        for domain in ["Page", "Runtime", "Network", "Log"] {
            browser.tell(&format!("{domain}.enable"), json!({}));
        }
        browser
    }

    /// Tells the browser to do something, and waits until it is done.
    pub fn tell(&mut self, method: &str, params: Value) -> Value {
        self.last += 1;
        let mut message = json!({ "id": self.last, "method": method, "params": params });
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        self.stdin.write_all(message.to_string().as_bytes()).unwrap();
        self.stdin.write_all(&[0]).unwrap();
        self.stdin.flush().unwrap();
        let last = self.last;
        let answer = self.wait(|message| message["id"] == last);
        assert!(answer["error"].is_null(), "{method}: {}", answer["error"]);
        answer["result"].clone()
    }

    fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = self.messages.recv_timeout(PATIENCE).expect("the browser says nothing more");
            if wanted(&message) {
                return message;
            }
            self.events.push(message);
        }
    }

    /// Opens a page, and waits until it is there.
    pub fn open(&mut self, url: &str) {
        self.events.clear();
        // An address that differs in its fragment alone would not be loaded anew.
        self.tell("Page.navigate", json!({ "url": "about:blank" }));
        self.wait(|message| message["method"] == "Page.loadEventFired");
        self.events.clear();
        self.tell("Page.navigate", json!({ "url": url }));
        if !self.events.iter().any(|event| event["method"] == "Page.loadEventFired") {
            self.wait(|message| message["method"] == "Page.loadEventFired");
        }
    }

    /// The value of an expression on the page; a promise is waited for.
    #[track_caller]
    pub fn value(&mut self, expression: &str) -> Value {
        let params =
            json!({ "expression": expression, "returnByValue": true, "awaitPromise": true, "userGesture": true });
        let answer = self.tell("Runtime.evaluate", params);
        assert!(answer["exceptionDetails"].is_null(), "{expression}: {}", answer["exceptionDetails"]);
        answer["result"]["value"].clone()
    }

    /// Presses a key, as a user does.
    pub fn press(&mut self, key: &str) {
        let text = if key.chars().count() == 1 { key } else { "" };
        self.tell("Input.dispatchKeyEvent", json!({ "type": "keyDown", "key": key, "text": text }));
        self.tell("Input.dispatchKeyEvent", json!({ "type": "keyUp", "key": key }));
    }

    pub fn size(&mut self, width: u32, height: u32) {
        let params = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600 });
        self.tell("Emulation.setDeviceMetricsOverride", params);
    }

    /// Shows pages as on a screen or on paper, light or dark.
    pub fn media(&mut self, media: &str, scheme: &str) {
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.tell("Emulation.setEmulatedMedia", json!({ "media": media, "features": features }));
    }

    /// What the page has complained about: errors, words on the console, what a policy forbade.
    pub fn complaints(&mut self) -> Vec<String> {
        self.value("0");
        let complaints = self.events.iter().filter(|event| COMPLAINTS.iter().any(|name| event["method"] == *name));
        complaints.map(ToString::to_string).collect()
    }

    /// The addresses that were asked for.
    pub fn requests(&mut self) -> Vec<String> {
        self.value("0");
        let asked = self.events.iter().filter(|event| event["method"] == "Network.requestWillBeSent");
        asked.map(|event| event["params"]["request"]["url"].as_str().unwrap().to_owned()).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let message = json!({ "id": self.last + 1, "method": "Browser.close" });
        let _ = self.stdin.write_all(format!("{message}\0").as_bytes());
        let _ = self.child.wait();
    }
}
