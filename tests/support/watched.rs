//! A folder with a plan, and `crossfoot watch` over it as a user runs it: in a pipe or at a terminal.
#![allow(dead_code, reason = "each test file uses a part")]

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

/// Longer than anything takes on a busy machine; no test waits so long unless it fails.
pub const SOON: Duration = Duration::from_secs(60);

/// A plan whose stated total is `total`; its parts make 30.
pub fn plan(total: u32) -> String {
    format!(
        "[plan]\ntitle = 'Teaching'\ncurrency = 'EUR'\nyears = [2026]\n\n[[objectives]]\nid = 'A'\ntitle = 'Reach'\n\
         total = {{ 2026 = {total} }}\noutcomes = [{{ id = 'A-a', title = 'x', indicators = ['x'], means = ['y'] }}]\n\
         outputs = [\n  {{ id = 'A-1', title = 'p', cost = {{ 2026 = 10 }} }},\n  \
         {{ id = 'A-2', title = 'q', cost = {{ 2026 = 20 }} }},\n]\n"
    )
}

/// A folder to work in.
pub struct Folder {
    folder: tempfile::TempDir,
}

impl Folder {
    /// With a plan that is in order.
    pub fn new() -> Self {
        let folder = Self { folder: tempfile::tempdir().unwrap() };
        folder.write("plan.toml", &plan(30));
        folder
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    /// Watches with these arguments, in a pipe.
    pub fn watch(&self, arguments: &[&str]) -> Watched {
        let mut command = self.command(env!("CARGO_BIN_EXE_crossfoot"));
        command.arg("watch").args(arguments);
        Watched::start(command)
    }

    /// A command in the folder.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.folder.path()).env("COLUMNS", "100").env("LC_ALL", "C.UTF-8").env("TZ", "UTC0");
        command
    }
}

/// A watch that goes on; dropped, it is ended.
pub struct Watched {
    child: Child,
    out: Arc<Gathered>,
    err: Arc<Gathered>,
    /// How much of the output was waited for.
    seen: usize,
}

impl Watched {
    pub fn start(mut command: Command) -> Self {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (out, err) = (gather(child.stdout.take().unwrap()), gather(child.stderr.take().unwrap()));
        Self { child, out, err, seen: 0 }
    }

    /// Waits until this is shown after what was waited for before; gives what was shown up to there.
    pub fn shows(&mut self, text: &str) -> String {
        let seen = self.seen;
        let shown = self.out.wait_for(|out| {
            let at = seen + out[seen..].find(text)?;
            // The line is whole.
            let end = at + out[at..].find('\n')?;
            Some((out[seen..end].to_owned(), end + 1))
        });
        let Some((shown, end)) = shown else {
            panic!("`{text}` was not shown, but:\n{}\n{}", &self.out()[seen..], self.err());
        };
        self.seen = end;
        shown
    }

    /// Waits until this is said beside the checks.
    pub fn says(&self, text: &str) {
        let said = self.err.wait_for(|err| err.contains(text).then_some(()));
        assert!(said.is_some(), "`{text}` was not said, but:\n{}", self.err());
    }

    /// Waits until something is found in everything that was shown.
    pub fn shown_in_all<T>(&self, found: impl FnMut(&str) -> Option<T>) -> Option<T> {
        self.out.wait_for(found)
    }

    /// Everything that was shown.
    pub fn out(&self) -> String {
        self.out.text()
    }

    pub fn err(&self) -> String {
        self.err.text()
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) {
        let status = Command::new("kill").arg(format!("-{name}")).arg(self.id().to_string()).status().unwrap();
        assert!(status.success());
    }

    /// Waits for the end; the exit status.
    pub fn ends(&mut self) -> i32 {
        // It closes what it writes to when it ends.
        assert!(self.out.wait_for_end() && self.err.wait_for_end(), "it does not end");
        self.child.wait().unwrap().code().unwrap_or(-1)
    }

    /// Whether it has not ended.
    pub fn id_is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What somebody writes, as it comes.
#[derive(Default)]
pub struct Gathered {
    /// The text so far, and whether it has ended.
    text: Mutex<(String, bool)>,
    more: Condvar,
}

impl Gathered {
    pub fn text(&self) -> String {
        self.text.lock().unwrap().0.clone()
    }

    /// Waits until something is found in it; nothing when that is not so soon.
    pub fn wait_for<T>(&self, mut found: impl FnMut(&str) -> Option<T>) -> Option<T> {
        self.wait(|text, _| found(text))
    }

    /// Waits for its end; whether that came.
    pub fn wait_for_end(&self) -> bool {
        self.wait(|_, ended| ended.then_some(())).is_some()
    }

    fn wait<T>(&self, mut found: impl FnMut(&str, bool) -> Option<T>) -> Option<T> {
        let until = Instant::now() + SOON;
        let mut text = self.text.lock().unwrap();
        loop {
            let found = found(&text.0, text.1);
            let left = until.saturating_duration_since(Instant::now());
            if found.is_some() || left.is_zero() {
                return found;
            }
            text = self.more.wait_timeout(text, left).unwrap().0;
        }
    }
}

/// Reads to the end, beside the test.
pub fn gather(mut from: impl Read + Send + 'static) -> Arc<Gathered> {
    let gathered = Arc::<Gathered>::default();
    let into = Arc::clone(&gathered);
    std::thread::spawn(move || {
        let mut bytes = [0; 4096];
        // The end of a terminal is an error on some systems.
        while let Ok(n @ 1..) = from.read(&mut bytes) {
            into.text.lock().unwrap().0.push_str(&String::from_utf8_lossy(&bytes[..n]));
            into.more.notify_all();
        }
        into.text.lock().unwrap().1 = true;
        into.more.notify_all();
    });
    gathered
}

/// Waits until a file holds something.
pub fn await_file(path: &Path, holds: impl Fn(&str) -> bool) -> String {
    let until = Instant::now() + SOON;
    loop {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        if holds(&text) {
            return text;
        }
        assert!(Instant::now() < until, "{} holds:\n{text}", path.display());
        // A file says nothing when it is written: whoever waits for it looks again.
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// A terminal with a shell in it.
pub struct Terminal {
    pty: Arc<pty_process::blocking::Pty>,
    child: Child,
    shown: Arc<Gathered>,
    seen: usize,
}

impl Terminal {
    /// Runs a script of the shell at a terminal of so many columns, in a folder.
    pub fn run(folder: &Folder, columns: u16, script: &str) -> Self {
        let (pty, pts) = pty_process::blocking::open().unwrap();
        pty.resize(pty_process::Size::new(40, columns)).unwrap();
        let command = pty_process::blocking::Command::new("sh").arg("-c").arg(script);
        let command =
            command.current_dir(folder.path("")).env("LC_ALL", "C.UTF-8").env("TZ", "UTC0").env("TERM", "xterm");
        let child = command.env_remove("COLUMNS").env_remove("NO_COLOR").spawn(pts).unwrap();
        let pty = Arc::new(pty);
        let shown = gather(Reader(Arc::clone(&pty)));
        Self { pty, child, shown, seen: 0 }
    }

    pub fn press(&self, keys: &str) {
        (&*self.pty).write_all(keys.as_bytes()).unwrap();
    }

    /// Waits until this is on the screen after what was waited for before; gives what was written up to there.
    pub fn shows(&mut self, text: &str) -> String {
        let seen = self.seen;
        let end = self.shown.wait_for(|shown| Some(seen + shown[seen..].find(text)? + text.len()));
        let Some(end) = end else { panic!("`{text}` is not shown, but:\n{}", &self.all()[seen..]) };
        self.seen = end;
        self.all()[seen..end].to_owned()
    }

    pub fn all(&self) -> String {
        self.shown.text()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Reader(Arc<pty_process::blocking::Pty>);

impl Read for Reader {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        (&*self.0).read(into)
    }
}
