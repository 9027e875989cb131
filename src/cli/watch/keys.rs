//! Keys and signals of a watch, and the terminal as it was afterwards.
//!
//! The terminal gives each key at once and does not show it; nothing else about it is changed, so that lines end as ever and
//! Ctrl-C and Ctrl-Z do what they do everywhere. However the watch ends, the terminal is as it was: when it returns, at a
//! signal, in a panic.

use std::io::{self, IsTerminal as _};

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::cli::Stop;

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Again,
    Full,
    Rounding,
    Help,
}

/// What happens beside changes of files.
#[derive(Debug)]
pub(super) enum Happened {
    Key(Key),
    /// The command has ended; what went wrong.
    Ran(Option<String>),
    /// The watch is to end with this exit status.
    End(u8),
}

/// How much may wait while the session is held up, by a terminal that was stopped, say.
const ROOM: usize = 64;

/// Of it, how many keys; the rest is for what must not be lost: the end, and that of the command.
const KEYS: usize = 32;

/// Listens until it is dropped.
pub(super) struct Keys {
    sender: Sender<Happened>,
    happened: Receiver<Happened>,
    /// Whether there is a terminal that gives keys.
    heard: bool,
}

impl Keys {
    /// Listens to signals, and to keys if they are wanted and a terminal is there.
    pub(super) fn listen(wanted: bool) -> Result<Self, Stop> {
        let (sender, happened) = bounded(ROOM);
        let heard = wanted && io::stdin().is_terminal() && io::stdout().is_terminal();
        signals::listen(sender.clone(), heard)
            .map_err(|error| Stop::new(format!("signals cannot be heard: {error}")))?;
        if heard {
            restore_after_a_panic();
            mode::enter();
            let sender = sender.clone();
            std::thread::Builder::new()
                .name("keys".to_owned())
                .spawn(move || read(&sender))
                .map_err(|error| Stop::new(format!("keys cannot be heard: {error}")))?;
        }
        Ok(Self { sender, happened, heard })
    }

    pub(super) fn are_heard(&self) -> bool {
        self.heard
    }

    pub(super) fn happened(&self) -> &Receiver<Happened> {
        &self.happened
    }

    pub(super) fn sender(&self) -> Sender<Happened> {
        self.sender.clone()
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        if self.heard {
            mode::leave();
        }
    }
}

/// A panic anywhere says what it has to say on the terminal as it was.
fn restore_after_a_panic() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        mode::leave();
        before(info);
    }));
}

/// Reads keys for as long as there are any.
fn read(sender: &Sender<Happened>) {
    while let Ok(event) = crossterm::event::read() {
        let Event::Key(key) = event else { continue };
        let Some(happened) = meant(key) else { continue };
        let is_heard = sender.len() < KEYS || matches!(happened, Happened::End(_));
        if is_heard && matches!(sender.try_send(happened), Err(TrySendError::Disconnected(_))) {
            return;
        }
    }
}

fn meant(key: KeyEvent) -> Option<Happened> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    match key.code {
        KeyCode::Char('c') if control => Some(Happened::End(130)),
        KeyCode::Char('d') if control => Some(Happened::End(0)),
        KeyCode::Enter => Some(Happened::Key(Key::Again)),
        _ if control => None,
        KeyCode::Char('f') => Some(Happened::Key(Key::Full)),
        KeyCode::Char('r') => Some(Happened::Key(Key::Rounding)),
        KeyCode::Char('q') => Some(Happened::End(0)),
        KeyCode::Char('?') => Some(Happened::Key(Key::Help)),
        _ => None,
    }
}

#[cfg(unix)]
mod signals {
    use std::io;

    use crossbeam_channel::Sender;
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGXFSZ};
    use signal_hook::iterator::Signals;

    use super::{Happened, mode};

    /// Ends the watch where a signal says so. A file that grows beyond the user's limit is an error where it is written, and
    /// no reason to die.
    pub(super) fn listen(sender: Sender<Happened>, heard: bool) -> io::Result<()> {
        let ends = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXFSZ];
        let mut signals = Signals::new(ends)?;
        if heard {
            signals.add_signal(SIGTSTP)?;
            signals.add_signal(SIGCONT)?;
        }
        std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
            for signal in &mut signals {
                match signal {
                    SIGXFSZ => {}
                    SIGTSTP => {
                        mode::leave();
                        let _ = signal_hook::low_level::emulate_default_handler(SIGTSTP);
                    }
                    SIGCONT => mode::enter(),
                    ends => {
                        let code = u8::try_from(128 + ends).unwrap_or(2);
                        // Where there is no room an end waits already.
                        let _ = sender.try_send(Happened::End(code));
                    }
                }
            }
        })?;
        Ok(())
    }
}

#[cfg(not(unix))]
mod signals {
    use crossbeam_channel::Sender;

    use super::Happened;

    /// The terminal gives Ctrl-C as a key.
    pub(super) fn listen(_: Sender<Happened>, _: bool) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(unix)]
mod mode {
    use std::sync::{Mutex, PoisonError};

    use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

    /// The terminal as it was.
    static BEFORE: Mutex<Option<Termios>> = Mutex::new(None);

    /// Has the terminal give each key at once, without showing it.
    pub(in crate::cli::watch) fn enter() {
        let stdin = std::io::stdin();
        let mut before = BEFORE.lock().unwrap_or_else(PoisonError::into_inner);
        let Ok(now) = tcgetattr(&stdin) else { return };
        let mut changed = now.clone();
        changed.local_modes.remove(LocalModes::ICANON | LocalModes::ECHO);
        if tcsetattr(&stdin, OptionalActions::Now, &changed).is_ok() {
            before.get_or_insert(now);
        }
    }

    /// The terminal as it was before.
    pub(in crate::cli::watch) fn leave() {
        let mut before = BEFORE.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = before.take() {
            let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, &before);
        }
    }
}

#[cfg(not(unix))]
mod mode {
    /// Has the terminal give each key at once, without showing it.
    pub(in crate::cli::watch) fn enter() {
        let _ = crossterm::terminal::enable_raw_mode();
    }

    /// The terminal as it was before.
    pub(in crate::cli::watch) fn leave() {
        let _ = crossterm::terminal::disable_raw_mode();
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    #[ignore = "the next test runs it at a terminal"]
    #[expect(clippy::exit, reason = "nothing but the panic itself may leave the terminal as it was")]
    fn panics_at_a_terminal() {
        let keys = Keys::listen(true).unwrap();
        assert!(keys.are_heard());
        assert!(std::thread::spawn(|| panic!("as is told")).join().is_err());
        std::process::exit(0);
    }

    #[test]
    fn a_panic_leaves_the_terminal_as_it_was() {
        let this = std::env::current_exe().unwrap();
        let test = "cli::watch::keys::tests::panics_at_a_terminal";
        let script =
            format!("stty -a; echo ==; '{}' --exact {test} --ignored --nocapture; echo ==; stty -a", this.display());
        let (mut pty, pts) = pty_process::blocking::open().unwrap();
        let mut child = pty_process::blocking::Command::new("sh").arg("-c").arg(script).spawn(pts).unwrap();
        let mut shown = Vec::new();
        let mut bytes = [0; 1024];
        // The end of a terminal is an error on some systems.
        while let Ok(n @ 1..) = pty.read(&mut bytes) {
            shown.extend_from_slice(&bytes[..n]);
        }
        child.wait().unwrap();
        let shown = String::from_utf8_lossy(&shown);
        let parts: Vec<&str> = shown.split("==").map(str::trim).collect();
        assert!(parts.len() == 3 && parts[1].contains("as is told"), "{shown}");
        assert!(parts[0].contains(" icanon") && parts[0] == parts[2], "{shown}");
    }
}
