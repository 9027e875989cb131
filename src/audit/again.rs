//! An audit after a change: rules that read nothing of what changed are not run again, and those that judge the items of a list
//! apart only for the items that changed.
//!
//! Each run tells which nodes of a plan it read. As long as the plan has the same nodes and none of those that a rule read has
//! another value, the rule can only find what it found; the places of its findings move with the text. Where that cannot be
//! told for certain, the rule runs. It must not know who changes plans, or why: it compares what it is given with what it was
//! given before.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::parts::Part;
use super::{Auditor, Task, Threads};
use crate::finding::{Finding, Report, Severity};
use crate::plan::{Change, NodeId, Plan, Reads};
use crate::rules::{RuleRun, Settings, Terms};
use crate::script::Script;
use crate::source::{Place, SourceText, Span};

/// What rules found when they last ran, for [`Auditor::audit_again`].
///
/// It holds one run of each rule over each plan, the plans as they were then, and the threads that rules run on, which sleep
/// between two audits.
#[derive(Debug, Default)]
pub struct Memory {
    runs: HashMap<Key, Remembered>,
    work: Work,
    threads: Option<Threads>,
}

/// How much an audit had to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Runs of a rule over a plan that were made.
    pub runs: usize,
    /// Of these, those in which only some rounds of the rule's loops were made again.
    pub parts: usize,
    /// Runs that were taken over from the audit before.
    pub reused: usize,
}

impl Memory {
    /// Nothing is remembered yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How much the last audit had to do.
    #[must_use]
    pub fn work(&self) -> Work {
        self.work
    }

    /// The rules that read a figure of a plan when they last ran, or may have; with each the only rounds that did, where they are
    /// known. `None` where nothing is remembered of the plan as it is.
    pub(crate) fn readers(&self, plan: &Plan, figure: NodeId) -> Option<Readers> {
        let mut is_known = false;
        let mut readers = Readers::new();
        for (key, remembered) in &self.runs {
            let place = remembered.plans.iter().position(|other| Arc::ptr_eq(other.source(), plan.source()));
            let Some(place) = place else { continue };
            is_known = true;
            if remembered.run.has_read(place, &[figure]) {
                readers.insert(Arc::clone(&key.rule), remembered.run.reached(plan, &[figure], false));
            }
        }
        is_known.then_some(readers)
    }
}

/// Rules that read something, each with the items of its loops whose rounds did, if nothing else of it did.
pub(crate) type Readers = HashMap<Arc<str>, Option<Arc<[NodeId]>>>;

/// A rule and the files that it ran over.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    rule: Arc<str>,
    files: Vec<Arc<str>>,
}

impl Key {
    fn of(task: &Task<'_>) -> Self {
        let files = task.plans.iter().map(|plan| plan.source().shared_name());
        Self { rule: Arc::clone(task.rule.id()), files: files.collect() }
    }
}

/// One run, and all that it could depend on.
#[derive(Debug)]
struct Remembered {
    script: Arc<Script>,
    terms: TermsTold,
    settings: Settings,
    plans: Vec<Plan>,
    run: RuleRun,
}

/// The terms of a run in a form that can be compared.
#[derive(Debug, PartialEq, Eq)]
struct TermsTold {
    severity: Severity,
    by_plan: Vec<Severity>,
    params: Option<Vec<(String, String)>>,
}

impl TermsTold {
    fn of(terms: &Terms) -> Self {
        let params = terms.params.as_ref().map(crate::script::Params::texts);
        Self { severity: terms.severity, by_plan: terms.by_plan.clone(), params }
    }
}

/// How plans changed since the audit before, by the text they had: each is compared once for all rules.
#[derive(Default)]
struct Changes(HashMap<*const SourceText, Option<Arc<Change>>>);

impl Changes {
    /// How a plan changed; `None` where nothing of the old one can be relied on.
    fn of(&mut self, before: &Plan, now: &Plan) -> Option<Arc<Change>> {
        let known = self.0.entry(Arc::as_ptr(before.source()));
        known.or_insert_with(|| now.change_since(before).map(Arc::new)).clone()
    }
}

impl Auditor<'_> {
    /// Audits plans as [`Auditor::audit_all`] does and says the same, at the cost of what changed since the last audit with
    /// this memory.
    ///
    /// ```
    /// use crossfoot::audit::Memory;
    /// use crossfoot::{Auditor, Plan, Rules};
    ///
    /// let rules = Rules::standard();
    /// let auditor = Auditor::new(&rules);
    /// let plan = Plan::parse("plan.toml", "[[splits]]\nid = 's'\nparts = [{ share = 84 }, { share = 19 }]\n");
    /// let mut memory = Memory::new();
    /// assert_eq!(auditor.audit_again(&[plan.clone()], &mut memory).findings.len(), 1);
    ///
    /// let mended = plan.changed("[[splits]]\nid = 's'\nparts = [{ share = 81 }, { share = 19 }]\n");
    /// assert!(auditor.audit_again(&[mended], &mut memory).findings.is_empty());
    /// assert!(memory.work().reused > memory.work().runs);
    /// ```
    #[must_use]
    pub fn audit_again(&self, plans: &[Plan], memory: &mut Memory) -> Report {
        let auditor = Self { settings: Settings { reads: true, apart: true, ..self.settings }, ..*self };
        auditor.audit_with(plans, |tasks| auditor.run_changed(tasks, memory))
    }

    /// The runs of these tasks: those that a change reaches are made, the others remembered.
    fn run_changed(&self, tasks: &[Task<'_>], memory: &mut Memory) -> std::io::Result<Vec<RuleRun>> {
        let mut changes = Changes::default();
        let mut before = std::mem::take(&mut memory.runs);
        let still: Vec<Still> = tasks
            .iter()
            .map(|task| match before.remove(&Key::of(task)) {
                Some(run) => run.still(task, self.settings, &mut changes),
                None => Still::Nothing,
            })
            .collect();
        drop(before);
        let open: Vec<(&Task<'_>, &Still)> =
            tasks.iter().zip(&still).filter(|(_, still)| !matches!(still, Still::All(_))).collect();
        let threads = match memory.threads.take() {
            Some(threads) => threads,
            None => Threads::start()?,
        };
        let parts = AtomicUsize::new(0);
        let again = |(task, still): &(&Task<'_>, &Still)| {
            let Still::Part(part) = still else { return self.run_one(task) };
            let run = self.run_part(task, part);
            parts.fetch_add(usize::from(run.is_some()), Ordering::Relaxed);
            run.unwrap_or_else(|| self.run_one(task))
        };
        let made: Vec<RuleRun> = threads.run(|| open.par_iter().map(again).collect());
        memory.threads = Some(threads);
        let reused = tasks.len() - open.len();
        memory.work = Work { runs: open.len(), parts: parts.into_inner(), reused };
        let mut made = made.into_iter();
        let runs = still.into_iter().map(|still| match still {
            Still::All(run) => run,
            _ => made.next().unwrap_or_default(),
        });
        let runs: Vec<RuleRun> = runs.collect();
        memory.runs = tasks.iter().zip(&runs).map(|(task, run)| (Key::of(task), self.remember(task, run))).collect();
        Ok(runs)
    }

    fn remember(&self, task: &Task<'_>, run: &RuleRun) -> Remembered {
        Remembered {
            script: Arc::clone(task.rule.script()),
            terms: TermsTold::of(&task.terms),
            settings: self.settings,
            plans: task.plans.iter().map(|plan| (*plan).clone()).collect(),
            run: run.clone(),
        }
    }
}

/// What of an earlier run still holds.
enum Still {
    All(RuleRun),
    /// All but some rounds of its loops.
    Part(Part),
    Nothing,
}

impl Remembered {
    /// What the rule would find now, as far as nothing that it could depend on is different.
    fn still(self, task: &Task<'_>, settings: Settings, changes: &mut Changes) -> Still {
        self.holds(task, settings, changes).unwrap_or(Still::Nothing)
    }

    fn holds(self, task: &Task<'_>, settings: Settings, changes: &mut Changes) -> Option<Still> {
        let same = Arc::ptr_eq(&self.script, task.rule.script())
            && self.terms == TermsTold::of(&task.terms)
            && self.settings == settings;
        if !same {
            return None;
        }
        let mut moves = Vec::new();
        let mut items = None;
        for (at, (before, now)) in self.plans.iter().zip(&task.plans).enumerate() {
            if Arc::ptr_eq(before.source(), now.source()) {
                continue;
            }
            let change = changes.of(before, now)?;
            // Fixes are written among blanks, commas and comments, which no list of nodes tells.
            let around_fixes = !change.only_values && self.run.offers_fixes();
            if around_fixes || self.run.has_read(at, &change.nodes) {
                items = Some(self.run.reached(now, &change.nodes, around_fixes)?);
            }
            moves.push((now.source(), change));
        }
        let run = if moves.is_empty() { self.run } else { moved(self.run, &moves, items.as_deref())? };
        Some(match items {
            Some(items) => Still::Part(Part { before: run, items }),
            None => Still::All(run),
        })
    }
}

impl RuleRun {
    /// Whether the run, or a fix that it offers, read one of these nodes of a plan, by its place among the run's plans.
    fn has_read(&self, plan: usize, nodes: &[NodeId]) -> bool {
        let reads = self.observed.as_ref().and_then(|observed| observed.reads.get(plan));
        let has = |reads: &Reads| nodes.iter().any(|node| reads.contains(*node));
        reads.is_none_or(|reads| has(reads) || reads.by_edits().is_some_and(has))
    }

    fn offers_fixes(&self) -> bool {
        self.findings.iter().any(|finding| !finding.fixes.is_empty())
    }
}

/// Sources as they are now, and how they changed.
type Moves<'a> = [(&'a Arc<SourceText>, Arc<Change>)];

/// A run whose findings stand where they are now; `None` where one cannot be found again. Those that will be made again, because
/// of these items, are left where they were.
fn moved(mut run: RuleRun, moves: &Moves<'_>, items: Option<&[NodeId]>) -> Option<RuleRun> {
    let all = || std::iter::once(0..run.findings.len()).collect();
    let stays: Vec<Range<usize>> = items.map_or_else(all, |items| run.taken_over(items));
    for finding in stays.into_iter().flat_map(|range| range.clone()) {
        move_finding(run.findings.get_mut(finding)?, moves)?;
    }
    Some(run)
}

fn move_finding(finding: &mut Finding, moves: &Moves<'_>) -> Option<()> {
    let own = Arc::clone(&finding.file);
    finding.span = moved_place(finding.span, &own, moves)?;
    for label in &mut finding.labels {
        label.span = moved_place(label.span, label.file.as_ref().unwrap_or(&own), moves)?;
    }
    for edit in finding.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
        edit.span = moved_place(edit.span, &own, moves)?;
    }
    Some(())
}

fn moved_place(place: Place, file: &str, moves: &Moves<'_>) -> Option<Place> {
    let Some((source, change)) = moves.iter().find(|(source, _)| source.name() == file) else { return Some(place) };
    let span = change.stretch.moved(Span::new(place.start.offset, place.end.offset))?;
    Some(source.place(span))
}
