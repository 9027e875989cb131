//! The debouncer, for as long as something happens.
//!
//! The library's debouncer ticks for as long as it lives. So it lives while events come and is ended when they have stopped:
//! a watcher that has nothing to do costs nothing. What is fed to it is noted here until it has been told, so that nothing is
//! lost when it ends, on however busy a machine.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use notify::{Config, Event, EventHandler, RecursiveMode, WatcherKind};
use notify_debouncer_full::{DebounceEventResult, Debouncer, NoCache, new_debouncer_opt};

use super::Batch;
use super::outbox::Outbox;

thread_local! {
    /// Where a relay that is being made leaves the debouncer's handler.
    static MADE: RefCell<Option<Box<dyn EventHandler>>> = const { RefCell::new(None) };
}

/// Stands where the debouncer expects a watcher of its own; the events come from outside.
struct Relay;

impl notify::Watcher for Relay {
    fn new<F: EventHandler>(handler: F, _: Config) -> notify::Result<Self> {
        MADE.set(Some(Box::new(handler)));
        Ok(Self)
    }

    fn watch(&mut self, _: &Path, _: RecursiveMode) -> notify::Result<()> {
        Ok(())
    }

    fn unwatch(&mut self, _: &Path) -> notify::Result<()> {
        Ok(())
    }

    fn kind() -> WatcherKind {
        WatcherKind::NullWatcher
    }
}

/// Paths that were fed and not told yet, with the moment of the last event.
type Fed = Arc<Mutex<BTreeMap<PathBuf, Instant>>>;

/// A debouncer that lives.
pub(super) struct Debouncing {
    debouncer: Debouncer<Relay, NoCache>,
    handler: Box<dyn EventHandler>,
    fed: Fed,
}

impl Debouncing {
    /// Starts one that tells its batches to `out`.
    pub(super) fn start(span: Duration, out: Outbox) -> notify::Result<Self> {
        let fed = Fed::default();
        let told = Arc::clone(&fed);
        let tell = move |result: DebounceEventResult| {
            let Ok(events) = result else { return };
            let Some(last) = events.iter().map(|event| event.time).max() else { return };
            // Each event is older than the span that comes with this one or before it: all of them are told.
            told.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, fed| *fed > last);
            let paths = events.into_iter().flat_map(|event| event.event.paths).collect();
            out.tell(Batch { paths, ..Batch::default() });
        };
        let debouncer = new_debouncer_opt::<_, Relay, NoCache>(span, None, tell, NoCache, Config::default())?;
        let handler = MADE.take().ok_or_else(|| notify::Error::generic("the debouncer made no handler"))?;
        Ok(Self { debouncer, handler, fed })
    }

    /// Gives it an event.
    pub(super) fn feed(&mut self, event: Event) {
        let now = Instant::now();
        let paths = event.paths.iter().map(|path| (path.clone(), now));
        self.fed.lock().unwrap_or_else(PoisonError::into_inner).extend(paths);
        self.handler.handle_event(Ok(event));
    }

    /// Whether so many paths wait to be told.
    pub(super) fn is_fed(&self, many: usize) -> bool {
        self.fed.lock().unwrap_or_else(PoisonError::into_inner).len() >= many
    }

    /// Ends it, without waiting for that: what it was fed is told otherwise.
    pub(super) fn give_up(self) {
        self.debouncer.stop_nonblocking();
    }

    /// Ends it; what it was fed and has not told.
    pub(super) fn end(self) -> BTreeSet<PathBuf> {
        self.debouncer.stop();
        let fed = std::mem::take(&mut *self.fed.lock().unwrap_or_else(PoisonError::into_inner));
        fed.into_keys().collect()
    }
}
