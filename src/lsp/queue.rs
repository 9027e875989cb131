//! What has come in and waits for the server, in its order.

use std::collections::{HashSet, VecDeque};

use lsp_server::{Message, Notification, RequestId};

use super::transport::{Incoming, Waiting};

/// What waits, and which of the requests among it the editor wants no answer to any more.
#[derive(Debug, Default)]
pub(super) struct Queue {
    pub(super) waiting: VecDeque<Waiting>,
    pub(super) cancelled: HashSet<RequestId>,
}

impl Queue {
    pub(super) fn push(&mut self, next: Waiting) {
        if let Incoming::Message(Message::Notification(it)) = &next.0 {
            self.cancelled.extend(cancelled_by(it));
        }
        self.waiting.push_back(next);
    }
}

/// The notification that cancels.
pub(super) const CANCEL: &str = "$/cancelRequest";

/// The request that a notification cancels.
pub(super) fn cancelled_by(notification: &Notification) -> Option<RequestId> {
    let id = notification.params.get("id").filter(|_| notification.method == CANCEL)?;
    serde_json::from_value(id.clone()).ok()
}
