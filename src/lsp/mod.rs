//! The language server: what an editor is told of plans and of rules while they are written.
//!
//! Messages come in and go out as bytes; what they mean for a plan is worked out in bytes as well, and only `position` knows
//! how editors count. The only module that names the protocol's crates. It decides nothing about plans: findings, fixes and
//! verdicts are those that the command reports.

mod answers;
mod asking;
mod budget;
mod client;
mod diagnostics;
mod documents;
mod names;
mod notified;
mod plan;
mod position;
mod project;
mod publish;
mod queue;
mod rule;
mod server;
mod transport;
mod workspace;

use std::fmt;
use std::io::{Read, Write};
use std::thread;

use budget::Budget;
use server::Server;

/// What a server is told when it starts.
///
/// ```
/// use crossfoot::lsp::Options;
///
/// let options = Options { today: Box::new(|| Some((2026, 7, 1))), log: Box::new(|line| eprintln!("{line}")) };
/// assert_eq!((options.today)(), Some((2026, 7, 1)));
/// ```
pub struct Options {
    /// The day that rules take for today, asked before each check: a server may run for days.
    pub today: Box<dyn Fn() -> Option<(i16, i8, i8)> + Send>,
    /// Takes each line of the log.
    pub log: Box<dyn Fn(&str) + Send + Sync>,
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options").finish_non_exhaustive()
    }
}

impl Default for Options {
    /// No day, and a log that nobody reads.
    fn default() -> Self {
        Self { today: Box::new(|| None), log: Box::new(|_| ()) }
    }
}

/// How a server ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The editor said that it would, or has gone.
    Well,
    /// The editor broke off without a word: `exit` without `shutdown`.
    BrokenOff,
}

impl Ended {
    /// The exit status that the protocol asks for: 0 or 1.
    ///
    /// ```
    /// use crossfoot::lsp::Ended;
    ///
    /// assert_eq!((Ended::Well.code(), Ended::BrokenOff.code()), (0, 1));
    /// ```
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Well => 0,
            Self::BrokenOff => 1,
        }
    }
}

/// How many messages wait for an editor that does not read; then the server waits for it.
const BEHIND: usize = 64;

/// Serves an editor until it says `exit` or goes away.
///
/// Whatever comes in is answered or logged; nothing that an editor sends ends the server but `exit`, the end of
/// the input, and that nobody reads its answers any more.
///
/// ```
/// use crossfoot::lsp::{Ended, Options, serve};
///
/// // An editor that says nothing and goes.
/// assert_eq!(serve(std::io::empty(), std::io::sink(), Options::default()), Ended::Well);
/// ```
pub fn serve(input: impl Read + Send + 'static, output: impl Write + Send + 'static, options: Options) -> Ended {
    let (out, to_write) = crossbeam_channel::bounded(BEHIND);
    // Read ahead, so that an edit is not checked that another one has overtaken: as far as the budget reaches.
    let (sender, receiver) = crossbeam_channel::unbounded();
    let budget = Budget::new();
    let reader = thread::Builder::new().name("reader".to_owned());
    if let Err(error) = reader.spawn(move || transport::read_all(input, &sender, &budget)) {
        (options.log)(&format!("no thread to read on: {error}"));
        return Ended::BrokenOff;
    }
    let mut output = output;
    let write = move || to_write.into_iter().all(|outgoing| transport::write(&outgoing, &mut output).is_ok());
    let writer = match thread::Builder::new().name("writer".to_owned()).spawn(write) {
        Ok(writer) => writer,
        Err(error) => {
            (options.log)(&format!("no thread to write on: {error}"));
            return Ended::BrokenOff;
        }
    };
    let ended = Server::new(out, options).run(&receiver);
    // The server has let go of its end: what is still to be written is written, and the thread ends.
    let _ = writer.join();
    ended
}
