//! Keys of a plan, each stored once.
//!
//! A plan of a hundred thousand outputs repeats a dozen keys; comparing keys is then comparing integers. Knows nothing of
//! the tree that uses it.

use std::collections::HashMap;
use std::sync::Arc;

use rustc_hash::FxBuildHasher;

/// The number of a key among a plan's keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name(pub(super) u32);

impl Name {
    pub(super) const fn number(self) -> u32 {
        self.0
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    numbers: HashMap<Arc<str>, Name, FxBuildHasher>,
    texts: Vec<Arc<str>>,
}

impl Names {
    pub(super) fn intern(&mut self, text: &str) -> Name {
        if let Some(name) = self.numbers.get(text) {
            return *name;
        }
        #[expect(clippy::cast_possible_truncation, reason = "a source under 4 GiB has fewer keys")]
        let name = Name(self.texts.len() as u32);
        let text: Arc<str> = Arc::from(text);
        self.texts.push(Arc::clone(&text));
        self.numbers.insert(text, name);
        name
    }

    pub(super) fn find(&self, text: &str) -> Option<Name> {
        self.numbers.get(text).copied()
    }

    /// Whether these are the same keys under the same numbers.
    pub(super) fn same(&self, other: &Self) -> bool {
        self.texts == other.texts
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    pub(super) fn text(&self, name: Name) -> &str {
        self.texts.get(name.0 as usize).map_or("", |text| text)
    }
}
