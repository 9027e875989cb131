//! Where batches wait for whoever takes them: one, to which what comes later is added.
//!
//! Whoever takes them may be held up, by a pipe that nobody reads for an hour. What waits must not grow meanwhile.

use std::sync::{Arc, Mutex, PoisonError};

use crossbeam_channel::{Receiver, Sender, bounded};

use super::Batch;

/// More paths than these are not named one by one.
pub(super) const MOST: usize = 10_000;

/// The sender's side; every clone sends to the same receiver.
#[derive(Clone)]
pub(super) struct Outbox {
    sender: Sender<Batch>,
    /// What waits, to be added to.
    waiting: Receiver<Batch>,
    one_at_a_time: Arc<Mutex<()>>,
}

impl Outbox {
    /// One with nothing in it, and where its batches arrive.
    pub(super) fn open() -> (Self, Receiver<Batch>) {
        let (sender, batches) = bounded(1);
        (Self { sender, waiting: batches.clone(), one_at_a_time: Arc::default() }, batches)
    }

    /// Tells a batch, together with the one that waits.
    pub(super) fn tell(&self, batch: Batch) {
        let _alone = self.one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all = self.waiting.try_recv().unwrap_or_default();
        all.add(batch);
        if all.paths.len() > MOST {
            all.paths.clear();
            all.everything = true;
        }
        // Nobody else puts anything in: there is room.
        let _ = self.sender.try_send(all);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_takes_is_one_batch_and_loses_nothing() {
        let (out, batches) = Outbox::open();
        let threads: Vec<_> = (0..4)
            .map(|thread| {
                let out = out.clone();
                std::thread::spawn(move || {
                    for n in 0..1_000 {
                        let paths = [format!("/{thread}/{}", n % 100).into()].into();
                        out.tell(Batch { paths, ..Batch::default() });
                    }
                })
            })
            .collect();
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        out.tell(Batch { notice: Some("the limit".to_owned()), ..Batch::default() });
        assert_eq!(batches.len(), 1);
        let all = batches.try_recv().unwrap();
        assert_eq!((all.paths.len(), all.everything, all.notice.is_some()), (400, false, true));
        for n in 0..=MOST {
            out.tell(Batch { paths: [format!("/{n}").into()].into(), ..Batch::default() });
        }
        let many = batches.try_recv().unwrap();
        assert!(many.everything && many.paths.is_empty() && batches.is_empty());
    }
}
