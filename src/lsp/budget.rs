//! How far the reader goes ahead of the server, in bytes.
//!
//! What a message says is not known here: a large one takes room until the server takes it up.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use super::transport::MOST_BYTES;

/// How much may wait between the reader and the server.
#[derive(Debug)]
pub(super) struct Budget {
    /// Bytes that wait now.
    used: Mutex<u64>,
    freed: Condvar,
    most: u64,
}

/// What a message costs beside its bytes, so that a million of the smallest are a lot as well.
pub(super) const EACH: u64 = 1_024;

impl Budget {
    /// As much as one message of the largest size.
    pub(super) fn new() -> Arc<Self> {
        Self::of(MOST_BYTES)
    }

    pub(super) fn of(most: u64) -> Arc<Self> {
        Arc::new(Self { used: Mutex::new(0), freed: Condvar::new(), most })
    }

    /// Waits until there is room for this many bytes. What waits alone always has room.
    pub(super) fn charge(self: &Arc<Self>, bytes: u64) -> Charge {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = |used: &mut u64| *used > 0 && used.saturating_add(bytes) > self.most;
        let mut used = self.freed.wait_while(used, is_full).unwrap_or_else(PoisonError::into_inner);
        *used += bytes;
        Charge { budget: Arc::clone(self), bytes }
    }
}

/// The room that one message takes while it waits, given back when it is taken up.
#[derive(Debug)]
pub(super) struct Charge {
    budget: Arc<Budget>,
    bytes: u64,
}

impl Drop for Charge {
    fn drop(&mut self) {
        *self.budget.used.lock().unwrap_or_else(PoisonError::into_inner) -= self.bytes;
        self.budget.freed.notify_all();
    }
}
