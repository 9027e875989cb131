//! From single events to batches: asleep until something happens, debounced while it does, and looking again by the clock
//! where there are no events.

use std::time::{Duration, Instant};

use crossbeam_channel::RecvTimeoutError;
use notify::{Error, ErrorKind, Event};

use super::debounce::Debouncing;
use super::inbox::Waiting;
use super::outbox::{MOST, Outbox};
use super::{Batch, Settings};

/// What arrives from the system.
pub(super) enum Raw {
    /// Something happened to a path.
    Event(Event),
    /// The system had more to tell than it could keep.
    Lost,
    /// The system tells no more of some folders, and why.
    Failed(String),
}

/// Why the system tells no more, and what can be done.
pub(super) fn reason(error: &Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => "the system's limit of watched folders is reached (on Linux, the setting \
                                     fs.inotify.max_user_watches)"
            .to_owned(),
        ErrorKind::Io(io) => format!("the system gives no events of files ({io})"),
        _ => format!("the system gives no events of files ({error})"),
    }
}

/// What is next to do.
enum Next {
    Event(Event),
    /// The moment has come that was waited for.
    Quiet,
    /// Nobody sends any more.
    End,
}

/// The thread between the system and whoever takes the batches.
pub(super) struct Pump {
    events: Waiting,
    out: Outbox,
    debounce: Duration,
    poll: Option<Duration>,
    /// When to look again.
    due: Option<Instant>,
}

impl Pump {
    pub(super) fn new(events: Waiting, out: Outbox, settings: Settings) -> Self {
        let mut pump = Self { events, out, debounce: settings.debounce, poll: settings.poll, due: None };
        pump.set_due();
        pump
    }

    pub(super) fn run(mut self) {
        while let Next::Event(first) = self.next(None) {
            if !self.awake(first) {
                return;
            }
        }
    }

    /// Waits; until some moment, if one is named.
    fn next(&mut self, until: Option<Instant>) -> Next {
        loop {
            match self.events.take([until, self.due].into_iter().flatten().min()) {
                Ok(Raw::Event(event)) => return Next::Event(event),
                Ok(Raw::Lost) => self.out.tell(Batch { everything: true, ..Batch::default() }),
                Ok(Raw::Failed(reason)) => self.fall_back(&reason),
                Err(RecvTimeoutError::Disconnected) => return Next::End,
                Err(RecvTimeoutError::Timeout) => {
                    let now = Instant::now();
                    if until.is_some_and(|until| until <= now) {
                        return Next::Quiet;
                    }
                    self.set_due();
                    self.out.tell(Batch::default());
                }
            }
        }
    }

    /// Hands events to the debouncer for as long as they come; whether to go on.
    fn awake(&mut self, first: Event) -> bool {
        let Ok(mut debouncing) = Debouncing::start(self.debounce, self.out.clone()) else {
            // Without a thread for it, each event is a batch.
            self.out.tell(Batch { paths: first.paths.into_iter().collect(), ..Batch::default() });
            return true;
        };
        debouncing.feed(first);
        loop {
            // By then the debouncer has told what is older than its span, and ticked once more.
            let quiet = Instant::now() + self.debounce * 2;
            match self.next(Some(quiet)) {
                // So many paths are no save: what it keeps of them must not grow.
                Next::Event(_) if debouncing.is_fed(MOST) => {
                    debouncing.give_up();
                    self.out.tell(Batch { everything: true, ..Batch::default() });
                    return true;
                }
                Next::Event(event) => debouncing.feed(event),
                Next::Quiet => break,
                Next::End => return false,
            }
        }
        let left = debouncing.end();
        if !left.is_empty() {
            self.out.tell(Batch { paths: left, ..Batch::default() });
        }
        true
    }

    /// Looks again by the clock from now on, and says so once.
    fn fall_back(&mut self, reason: &str) {
        let mut batch = Batch { everything: true, ..Batch::default() };
        if self.poll.is_none() {
            self.poll = Some(Settings::POLL);
            self.set_due();
            let seconds = Settings::POLL.as_secs();
            batch.notice = Some(format!("{reason}: crossfoot looks every {seconds} seconds instead"));
        }
        self.out.tell(batch);
    }

    fn set_due(&mut self) {
        self.due = self.poll.map(|poll| Instant::now() + poll);
    }
}
