//! A bar that shows how far long work is. It stays away where it would be in the way: in pipes, and for quick work.

use std::io::IsTerminal as _;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar on standard error, from the moment that the work takes longer than a second.
pub(crate) struct Progress {
    bar: ProgressBar,
    started: Instant,
    wanted: bool,
}

impl Progress {
    /// A bar over things of this name, if it is wanted and somebody is there to see it.
    pub(crate) fn new(wanted: bool, things: &str) -> Self {
        let style = ProgressStyle::with_template(&format!("{{spinner}} {{bar:30}} {{pos}} of {{len}} {things}"))
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()).with_style(style);
        Self { bar, started: Instant::now(), wanted: wanted && std::io::stderr().is_terminal() }
    }

    pub(crate) fn step(&self, done: usize, total: usize) {
        if !self.wanted || self.started.elapsed() < Duration::from_secs(1) {
            return;
        }
        if self.bar.is_hidden() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.bar.set_length(total as u64);
        }
        self.bar.set_position(done as u64);
    }

    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
