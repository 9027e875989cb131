//! Rules after a change: what is the same as before is not compiled again, and what no longer compiles goes on as it was.
//!
//! While rules are being written most of them stay as they are, and the one that changes is broken every other moment. It
//! compares texts and finds no files; when to look again is for others to decide.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Draft, Rule, Rules};
use crate::finding::Failure;
use crate::script::{Compiled, Library};

/// Rules as they were before.
#[derive(Debug, Default)]
pub(super) struct Before {
    rules: Vec<Arc<Rule>>,
    helpers: Vec<Arc<Rule>>,
    kept: Kept,
}

/// Ids of files that no longer compile and go on as they were, by file.
pub(super) type Kept = BTreeMap<Arc<str>, Arc<str>>;

/// A draft, built: as it was, or anew.
pub(super) enum Built {
    Same(Arc<Rule>),
    Anew(Box<Compiled>),
}

impl Rules {
    /// No rules yet, with the limits and verbs of `before`. What is added and was the same there is taken over; a rule that
    /// no longer compiles keeps the version that did.
    ///
    /// Such a rule runs on, and its faults are in [`Rules::failures`] all the same; [`Rules::kept`] names it.
    ///
    /// ```
    /// use crossfoot::Rules;
    ///
    /// let text = "//! Titles.\nfn check(plan) { expect_present(plan.objectives, \"title\"); }";
    /// let rules = Rules::empty().with_rule("house/title", text);
    /// let broken = Rules::after(&rules).with_rule("house/title", "//! Titles.\nfn check(plan) { expect_");
    /// assert!(broken.get("house/title").is_some());
    /// assert_eq!(broken.kept().collect::<Vec<_>>(), ["house/title"]);
    /// assert_eq!(broken.failures().len(), 1);
    ///
    /// let mended = Rules::after(&broken).with_rule("house/title", text);
    /// assert!(mended.failures().is_empty() && mended.kept().next().is_none());
    /// ```
    #[must_use]
    pub fn after(before: &Self) -> Self {
        let [rules, helpers] = [&before.rules, &before.helpers].map(Vec::clone);
        Self {
            verbs: before.verbs.clone(),
            before: Before { rules, helpers, kept: before.kept.clone() },
            ..Self::with_engine(Arc::clone(&before.engine), before.limits)
        }
    }

    /// The ids of rules and shared code that no longer compile and go on in the last version that did, by file.
    pub fn kept(&self) -> impl Iterator<Item = &str> {
        self.kept.values().map(|id| &**id)
    }

    /// Whether a rule goes on in a version that is not what its file holds now.
    pub(super) fn is_kept(&self, rule: &Rule) -> bool {
        self.kept.contains_key(rule.source.name())
    }

    /// The files of one root, compiled; those that are as they were before are taken over. Results are in the order of the
    /// files.
    pub(super) fn build(
        &self,
        drafts: &[Draft],
        compile: impl FnOnce(&[&Draft], Option<Library>) -> Vec<Compiled>,
    ) -> Vec<Built> {
        let shared_same = drafts.iter().filter(|draft| draft.shared).all(|draft| self.before.same(draft).is_some());
        let library = shared_same.then(|| self.library(drafts));
        let usable = |draft: &Draft, rule: &Arc<Rule>| shared_same || !(draft.shared || rule.script.imports_any());
        let same: Vec<Option<Arc<Rule>>> =
            drafts.iter().map(|draft| self.before.same(draft).filter(|rule| usable(draft, rule))).collect();
        let changed: Vec<&Draft> =
            drafts.iter().zip(&same).filter(|(_, same)| same.is_none()).map(|(d, _)| d).collect();
        let mut anew = if changed.is_empty() { Vec::new() } else { compile(&changed, library) }.into_iter();
        let built = same.into_iter().map(|same| match same {
            Some(rule) => Some(Built::Same(rule)),
            None => anew.next().map(|compiled| Built::Anew(Box::new(compiled))),
        });
        built.flatten().collect()
    }

    /// The shared code of a root, none of which has changed.
    fn library(&self, drafts: &[Draft]) -> Library {
        let shared = drafts.iter().filter(|draft| draft.shared);
        let scripts: Vec<_> = shared.filter_map(|draft| Some((draft.id.as_str(), self.before.same(draft)?))).collect();
        Library::of(scripts.iter().map(|(path, rule)| (*path, &*rule.script)))
    }

    /// Has a rule that does not compile go on as it was, if there is such a version. Says so in what is told of its faults.
    pub(super) fn keep(&mut self, draft: &Draft, faults: &mut [Failure]) {
        let Some(rule) = self.before.version_of(draft) else { return };
        for fault in faults {
            let goes_on = "the last version that compiled goes on";
            fault.help =
                Some(fault.help.take().map_or_else(|| goes_on.to_owned(), |help| format!("{help}; {goes_on}")));
        }
        self.kept.insert(rule.source.shared_name(), Arc::clone(&rule.id));
        if draft.shared { self.helpers.push(rule) } else { self.rules.push(rule) }
    }
}

impl Before {
    fn of(&self, shared: bool) -> &[Arc<Rule>] {
        if shared { &self.helpers } else { &self.rules }
    }

    /// The last version of a file that compiled.
    fn version_of(&self, draft: &Draft) -> Option<Arc<Rule>> {
        let version = |rule: &&Arc<Rule>| rule.source.name() == draft.source.name() && rule.origin == draft.origin;
        self.of(draft.shared).iter().find(version).cloned()
    }

    /// The rule of a file whose text is as it was. One that did not compile then may do so now: what it imports may be another.
    fn same(&self, draft: &Draft) -> Option<Arc<Rule>> {
        let same =
            |rule: &Arc<Rule>| rule.source.text() == draft.source.text() && !self.kept.contains_key(rule.source.name());
        self.version_of(draft).filter(same)
    }
}
