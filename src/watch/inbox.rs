//! Where what the system tells waits for the pump: so much and no more.
//!
//! A build inside a watched folder makes more events than anybody reads. They only wake, and the disk is compared: what finds no
//! room is one word, that everything is to be looked at.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, TrySendError, bounded};

use super::pump::Raw;

/// How many may wait.
pub(super) const ROOM: usize = 1_024;

/// What found no room.
#[derive(Debug, Default)]
struct Overflow {
    lost: bool,
    /// The first of the reasons, which is the one that is told.
    failed: Option<String>,
}

type Shared = Arc<Mutex<Overflow>>;

/// The system's side; every clone sends to the same pump.
#[derive(Clone)]
pub(super) struct Inbox {
    sender: Sender<Raw>,
    overflow: Shared,
}

/// The pump's side.
pub(super) struct Waiting {
    receiver: Receiver<Raw>,
    overflow: Shared,
}

/// One with nothing in it.
pub(super) fn open() -> (Inbox, Waiting) {
    let (sender, receiver) = bounded(ROOM);
    let overflow = Shared::default();
    (Inbox { sender, overflow: Arc::clone(&overflow) }, Waiting { receiver, overflow })
}

impl Inbox {
    /// Puts something in; never waits.
    pub(super) fn put(&self, raw: Raw) {
        let Err(TrySendError::Full(raw)) = self.sender.try_send(raw) else { return };
        {
            let mut overflow = self.overflow.lock().unwrap_or_else(PoisonError::into_inner);
            overflow.lost = true;
            if let Raw::Failed(reason) = raw {
                overflow.failed.get_or_insert(reason);
            }
        }
        // The pump may have emptied it meanwhile, and gone to sleep: then this wakes it. While it is full still, one of those
        // that wait does.
        let _ = self.sender.try_send(Raw::Lost);
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.sender.len()
    }
}

impl Waiting {
    /// Waits; until some moment, if one is named. What found no room comes first.
    pub(super) fn take(&self, until: Option<Instant>) -> Result<Raw, RecvTimeoutError> {
        let received = match until {
            Some(moment) => self.receiver.recv_deadline(moment)?,
            None => self.receiver.recv().map_err(|_| RecvTimeoutError::Disconnected)?,
        };
        let mut overflow = self.overflow.lock().unwrap_or_else(PoisonError::into_inner);
        if let Raw::Failed(reason) = received {
            overflow.lost = false;
            return Ok(Raw::Failed(overflow.failed.take().unwrap_or(reason)));
        }
        if let Some(reason) = overflow.failed.take() {
            overflow.lost = false;
            return Ok(Raw::Failed(reason));
        }
        // "Everything" says what the one that was received says, and more.
        Ok(if std::mem::take(&mut overflow.lost) { Raw::Lost } else { received })
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use notify::Event;
    use notify::event::{EventKind, ModifyKind};

    use super::super::outbox::Outbox;
    use super::super::pump::Pump;
    use super::*;
    use crate::watch::Settings;

    fn event(n: usize) -> Raw {
        let kind = EventKind::Modify(ModifyKind::Any);
        Raw::Event(Event::new(kind).add_path(Path::new("/build").join(n.to_string())))
    }

    #[test]
    fn a_million_events_that_nobody_takes_are_so_many_and_one_word() {
        let (inbox, waiting) = open();
        (0..1_000_000).for_each(|n| inbox.put(event(n)));
        inbox.put(Raw::Failed("the limit".to_owned()));
        assert_eq!(inbox.len(), ROOM);
        let (out, batches) = Outbox::open();
        drop(inbox);
        Pump::new(waiting, out, Settings::default()).run();
        let all = batches.try_recv().unwrap();
        assert!(all.everything && all.notice.is_some_and(|notice| notice.starts_with("the limit:")));
        assert!(all.paths.len() <= ROOM, "{}", all.paths.len());
    }

    #[test]
    fn what_finds_no_room_wakes_also_one_that_has_emptied_it() {
        let (inbox, waiting) = open();
        (0..ROOM).for_each(|n| inbox.put(event(n)));
        inbox.put(event(ROOM));
        assert!(matches!(waiting.take(None), Ok(Raw::Lost)), "it is the first thing that is told");
        let rest = std::iter::from_fn(|| waiting.take(Some(Instant::now())).ok());
        assert!(rest.filter(|raw| matches!(raw, Raw::Event(_))).count() == ROOM - 1);
        inbox.put(event(0));
        assert!(matches!(waiting.take(None), Ok(Raw::Event(_))), "it is told once");
    }

    #[test]
    fn a_storm_of_paths_is_not_kept_by_whoever_debounces() {
        let (inbox, waiting) = open();
        let (out, batches) = Outbox::open();
        let settings = Settings { debounce: std::time::Duration::from_secs(60), poll: None };
        let pump = std::thread::spawn(move || Pump::new(waiting, out, settings).run());
        let mut all = crate::watch::Batch::default();
        // Each one is taken before the next: none is lost for want of room.
        for n in 0..30_000 {
            inbox.put(event(n));
            while inbox.len() > 0 {
                std::thread::yield_now();
            }
            batches.try_iter().for_each(|batch| all.add(batch));
        }
        assert!(all.everything, "it is told before the storm is quiet");
        drop(inbox);
        pump.join().unwrap();
    }
}
