//! What is on disk, held against what is known: plans, rules, cases, packs, the configuration, the baseline.
//!
//! Each look compares everything that is there with what was there, so that it does not matter which events were told, how
//! often, or in which order: they only say that it is time to look. It prints nothing and waits for nothing.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Live;
use super::asked::Asked;
use super::shelf::{Change, Shelf};
use crate::baseline::Baseline;
use crate::figure::Rounding;
use crate::finding::{Failure, FailureKind, Report};
use crate::plan::files::{Input, NoPlan, inputs};
use crate::plan::{LoadError, Plan};
use crate::rules::Rules;
use crate::watch::{Batch, Watcher};

/// What a look at the disk found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    /// Whether anything is other than before, so that a check is due.
    pub changed: bool,
    /// Whether something looks like the middle of a save, so that another look is due after a moment.
    pub unsure: bool,
}

impl Looked {
    fn add(&mut self, other: Self) {
        // What an earlier look was not sure of, the later one has looked at again.
        *self = Self { changed: self.changed || other.changed, unsure: other.unsure };
    }
}

/// Makes rules from what is on disk, after those that were in force until now; where that is not possible, what stands in the
/// way, with the texts that it points into.
pub type MakeRules = Box<dyn FnMut(&Rules) -> Result<Rules, Box<Report>>>;

/// The disk, as it was when last looked at.
///
/// ```
/// use crossfoot::Rules;
/// use crossfoot::live::{Asked, Disk, Live};
/// use crossfoot::watch::Batch;
///
/// let folder = tempfile::tempdir()?;
/// let plan = folder.path().join("plan.toml");
/// std::fs::write(&plan, "[[splits]]\nid = 's'\nparts = [{ share = 84 }, { share = 19 }]\n")?;
/// let asked = Asked { plans: vec![folder.path().to_owned()], ..Asked::default() };
/// let mut disk = Disk::new(asked, Box::new(|before: &Rules| Ok(Rules::after(before).with_standard())));
/// let mut live = Live::new(Rules::standard());
///
/// assert!(disk.look(&mut live, &Batch::default()).changed);
/// assert_eq!(live.check().report.findings.len(), 1);
/// assert!(!disk.look(&mut live, &Batch::default()).changed);
///
/// std::fs::write(&plan, "[[splits]]\nid = 's'\nparts = [{ share = 81 }, { share = 19 }]\n")?;
/// assert!(disk.look(&mut live, &Batch::default()).changed);
/// assert!(live.check().report.findings.is_empty());
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Disk {
    asked: Asked,
    make: MakeRules,
    plans: Shelf,
    rules: Shelf,
    baseline: Shelf,
    /// Files of rules and cases that have changed since somebody asked.
    changed_rules: BTreeSet<PathBuf>,
    /// What stands in the way of new rules, while the last good ones go on.
    mistakes: Option<Box<Report>>,
    /// Paths that lead to no plan.
    missing: Vec<Failure>,
    /// Why the baseline cannot be used.
    no_baseline: Option<Failure>,
}

impl std::fmt::Debug for Disk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Disk").field("asked", &self.asked).field("plans", &self.plans).finish_non_exhaustive()
    }
}

impl Disk {
    /// A disk that was never looked at.
    #[must_use]
    pub fn new(asked: Asked, make: MakeRules) -> Self {
        let [plans, rules, baseline] = std::array::from_fn(|_| Shelf::default());
        Self {
            asked,
            make,
            plans,
            rules,
            baseline,
            changed_rules: BTreeSet::new(),
            mistakes: None,
            missing: Vec::new(),
            no_baseline: None,
        }
    }

    /// Sets how long a file must have been empty, gone or no TOML before that is believed: until then it may be in the middle of
    /// a save, and a look is unsure. Without, it is believed when it is seen for the second time.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.set_patience(patience);
        self
    }

    /// Begins with mistakes that stand in the way of the first rules: they are made as soon as that is possible.
    #[must_use]
    pub fn without_rules(self, mistakes: Box<Report>) -> Self {
        Self { mistakes: Some(mistakes), ..self }
    }

    fn set_patience(&mut self, patience: Duration) {
        for shelf in [&mut self.plans, &mut self.rules, &mut self.baseline] {
            shelf.patience = patience;
        }
    }

    /// What stands in the way of the rules and the configuration as they are on disk; the last good ones go on meanwhile. The
    /// report has the texts that its failures point into, which are not those that the rules in force were made of.
    #[must_use]
    pub fn mistakes(&self) -> Option<&Report> {
        self.mistakes.as_deref()
    }

    /// Paths that lead to no plan at the moment, and why.
    #[must_use]
    pub fn missing(&self) -> &[Failure] {
        &self.missing
    }

    /// Files of rules, cases and packs, and configurations, that have changed or gone since this was last asked.
    pub fn take_changed_rules(&mut self) -> BTreeSet<PathBuf> {
        std::mem::take(&mut self.changed_rules)
    }

    /// Whether a file is one that is followed.
    #[must_use]
    pub fn knows(&self, path: &Path) -> bool {
        let real = |path: &Path| path.canonicalize().ok();
        let known = self.plans.paths().chain(self.rules.paths()).chain(self.baseline.paths());
        real(path).is_some_and(|path| known.into_iter().any(|known| real(known).as_ref() == Some(&path)))
    }

    /// Looks, has the folders of what it found watched, and looks again at those that were not watched before.
    pub fn catch_up(&mut self, live: &mut Live, watcher: &mut Watcher, batch: &Batch) -> Looked {
        let mut looked = self.look(live, batch);
        // Folders can be made faster than they are found; what is left then is told by their events.
        for _ in 0..8 {
            if !watcher.follow(&self.asked.folders(live.rules(), self.mistakes.is_some())) {
                break;
            }
            looked.add(self.look(live, &Batch::default()));
        }
        looked
    }

    /// The same at somebody's word: everything is read, and what is there is believed at once. Still unsure only where a file
    /// is another at each sight.
    pub fn catch_up_at_once(&mut self, live: &mut Live, watcher: &mut Watcher) -> Looked {
        let patience = self.plans.patience;
        self.set_patience(Duration::ZERO);
        let everything = Batch { everything: true, ..Batch::default() };
        let mut looked = self.catch_up(live, watcher, &everything);
        if looked.unsure {
            looked.add(self.catch_up(live, watcher, &everything));
        }
        self.set_patience(patience);
        looked
    }

    /// Looks at everything that is followed, and tells `live` what is other than before.
    pub fn look(&mut self, live: &mut Live, batch: &Batch) -> Looked {
        let mut looked = self.look_at_rules(live, batch);
        let parts = [self.look_at_baseline(live, batch), self.look_at_plans(live, batch)];
        for part in parts {
            looked.changed |= part.changed;
            looked.unsure |= part.unsure;
        }
        if looked.changed {
            live.set_failures(self.missing.iter().chain(&self.no_baseline).cloned().collect());
        }
        looked
    }

    fn look_at_rules(&mut self, live: &mut Live, batch: &Batch) -> Looked {
        let mut looked = Looked::default();
        // New rules may name folders that nobody has looked at; each round knows more of them.
        for _ in 0..8 {
            let mut files = self.asked.rule_files(live.rules());
            files.extend(self.rules.paths().cloned());
            let (mut changed, mut unsure) = (false, false);
            for path in files {
                let Some(change) = self.rules.look(&path, batch) else { continue };
                if self.rules.doubts_loss(&change) {
                    unsure = true;
                } else {
                    // What it holds is read once more by those who make rules of it.
                    drop(self.rules.accept(change));
                    self.changed_rules.insert(path);
                    changed = true;
                }
            }
            looked.unsure = unsure;
            // A folder that is missing may have come, and no file that is known would tell.
            if unsure || !(changed || (self.mistakes.is_some() && !looked.changed)) {
                break;
            }
            let is_new = self.make_rules(live);
            looked.changed |= changed || is_new;
            // Files of a folder that was not known yet are looked at with those of the new rules.
            if !changed && !is_new {
                break;
            }
        }
        looked
    }

    /// Makes the rules anew; whether they or their mistakes are others.
    fn make_rules(&mut self, live: &mut Live) -> bool {
        match (self.make)(live.rules()) {
            Ok(rules) => {
                live.set_rules(rules);
                self.mistakes.take().is_some()
            }
            Err(mistakes) => {
                let same = self.mistakes.as_ref().is_some_and(|before| before.errors == mistakes.errors);
                self.mistakes = Some(mistakes);
                !same
            }
        }
    }

    fn look_at_baseline(&mut self, live: &mut Live, batch: &Batch) -> Looked {
        let path = self.asked.baseline_path(live.rules());
        let others: Vec<PathBuf> =
            self.baseline.paths().filter(|known| Some(*known) != path.as_ref()).cloned().collect();
        let mut looked = Looked { changed: !others.is_empty(), unsure: false };
        for other in others {
            self.baseline.forget(&other);
        }
        let Some(path) = path else {
            looked.changed |= self.no_baseline.take().is_some();
            if looked.changed {
                live.baseline(None);
            }
            return looked;
        };
        let Some(change) = self.baseline.look(&path, batch) else { return looked };
        if self.baseline.doubts_loss(&change) {
            return Looked { unsure: true, ..looked };
        }
        drop(self.baseline.accept(change));
        let before = self.no_baseline.take();
        match Baseline::load(&path) {
            Ok(baseline) => {
                live.baseline(Some(baseline));
                looked.changed = true;
            }
            Err(error) => {
                let failure =
                    Failure { kind: FailureKind::Baseline, ..failure(&error.path, error.message, error.help) };
                looked.changed |= before.as_ref() != Some(&failure);
                self.no_baseline = Some(failure);
            }
        }
        looked
    }

    fn look_at_plans(&mut self, live: &mut Live, batch: &Batch) -> Looked {
        let (found, missing) = inputs(self.asked.plan_paths(live.rules()));
        let found: BTreeSet<PathBuf> = found
            .into_iter()
            .filter_map(|input| match input {
                Input::File(path) => Some(path),
                Input::Stdin => None,
            })
            .collect();
        let known: Vec<PathBuf> = self.plans.paths().filter(|path| !found.contains(*path)).cloned().collect();
        let mut looked = Looked::default();
        for path in &found {
            looked.merge(self.look_at_plan(live, path, batch));
        }
        for path in known {
            looked.merge(self.leave_plan(live, &path, batch));
        }
        let missing: Vec<Failure> = missing.into_iter().map(no_plan).collect();
        // In the middle of a save the file itself is missing for a moment.
        if !looked.unsure && missing != self.missing {
            self.missing = missing;
            looked.changed = true;
        }
        looked
    }

    fn look_at_plan(&mut self, live: &mut Live, path: &Path, batch: &Batch) -> Looked {
        let Some(mut change) = self.plans.look(path, batch) else { return Looked::default() };
        if self.plans.doubts_loss(&change) {
            return Looked { changed: false, unsure: true };
        }
        if change.is_gone() {
            return self.take_leave(live, change);
        }
        let name = name_of(path);
        // The text of a large plan is copied nowhere.
        let next = match (change.take_bytes().map(String::from_utf8), live.plan(&name)) {
            (Ok(Ok(text)), Some(plan)) => {
                let next = plan.changed(text);
                if plan.is_toml() && !next.is_toml() && self.plans.doubts(&change) {
                    return Looked { changed: false, unsure: true };
                }
                Ok(next)
            }
            (Ok(text), _) => {
                let bytes = text.map_or_else(std::string::FromUtf8Error::into_bytes, String::into_bytes);
                Plan::from_bytes_rounded(name.as_str(), bytes, rounding(live.rules(), &name))
                    .map_err(|error| failure(&name, error.to_string(), None))
            }
            (Err(error), _) => Err(unreadable(&name, error)),
        };
        drop(self.plans.accept(change));
        match next {
            Ok(plan) => live.set_plan(plan),
            Err(failure) => live.set_unreadable(failure),
        }
        Looked { changed: true, unsure: false }
    }

    /// A plan that nobody asks for any more: it has gone, or another configuration is in force.
    fn leave_plan(&mut self, live: &mut Live, path: &Path, batch: &Batch) -> Looked {
        match self.plans.look(path, batch) {
            Some(change) if self.plans.doubts_loss(&change) => Looked { changed: false, unsure: true },
            Some(change) if change.is_gone() => self.take_leave(live, change),
            _ => {
                self.plans.forget(path);
                Looked { changed: live.remove(&name_of(path)), unsure: false }
            }
        }
    }

    fn take_leave(&mut self, live: &mut Live, change: Change) -> Looked {
        let name = name_of(&change.path);
        drop(self.plans.accept(change));
        Looked { changed: live.remove(&name), unsure: false }
    }
}

impl Looked {
    fn merge(&mut self, other: Self) {
        self.changed |= other.changed;
        self.unsure |= other.unsure;
    }
}

fn rounding(rules: &Rules, name: &str) -> Rounding {
    rules.config().map(|config| config.rounding_for(name)).unwrap_or_default()
}

/// The name under which reports show a file.
fn name_of(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn unreadable(name: &str, error: io::Error) -> Failure {
    failure(name, LoadError::Io { path: name.to_owned(), error }.to_string(), None)
}

fn no_plan(no_plan: NoPlan) -> Failure {
    failure(&no_plan.path, no_plan.message, no_plan.help)
}

fn failure(file: &str, message: String, help: Option<String>) -> Failure {
    Failure { help, ..Failure::new(FailureKind::File, file, message) }
}
