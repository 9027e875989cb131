//! An audit after a change: rules that read nothing of what changed are not run again.
//!
//! Each run tells which nodes of a plan it read. As long as the plan has the same nodes and none of those that a rule read has
//! another value, the rule can only find what it found; the places of its findings move with the text. Where that cannot be
//! told for certain, the rule runs. It must not know who changes plans, or why: it compares what it is given with what it was
//! given before.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Auditor, Task, Threads};
use crate::finding::{Finding, Report, Severity};
use crate::plan::{Change, NodeId, Plan};
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

    /// The rules that read a figure of a plan when they last ran, or may have. `None` where nothing is remembered of the plan
    /// as it is.
    pub(crate) fn readers(&self, plan: &Plan, figure: NodeId) -> Option<HashSet<Arc<str>>> {
        let mut is_known = false;
        let mut readers = HashSet::new();
        for (key, remembered) in &self.runs {
            let place = remembered.plans.iter().position(|other| Arc::ptr_eq(other.source(), plan.source()));
            let Some(place) = place else { continue };
            is_known = true;
            if remembered.run.has_read(place, &[figure]) {
                readers.insert(Arc::clone(&key.rule));
            }
        }
        is_known.then_some(readers)
    }
}

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
        let auditor = Self { settings: Settings { reads: true, ..self.settings }, ..*self };
        auditor.audit_with(plans, |tasks| auditor.run_changed(tasks, memory))
    }

    /// The runs of these tasks: those that a change reaches are made, the others remembered.
    fn run_changed(&self, tasks: &[Task<'_>], memory: &mut Memory) -> std::io::Result<Vec<RuleRun>> {
        let mut changes = Changes::default();
        let mut before = std::mem::take(&mut memory.runs);
        let known: Vec<Option<RuleRun>> = tasks
            .iter()
            .map(|task| before.remove(&Key::of(task)).and_then(|run| run.still(task, self.settings, &mut changes)))
            .collect();
        drop(before);
        let open: Vec<&Task<'_>> =
            tasks.iter().zip(&known).filter(|(_, run)| run.is_none()).map(|(task, _)| task).collect();
        memory.work = Work { runs: open.len(), reused: tasks.len() - open.len() };
        let threads = match memory.threads.take() {
            Some(threads) => threads,
            None => Threads::start()?,
        };
        let mut made = threads.run(|| self.run_in_pool(&open)).into_iter();
        memory.threads = Some(threads);
        let runs: Vec<RuleRun> = known.into_iter().map(|run| run.or_else(|| made.next()).unwrap_or_default()).collect();
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

impl Remembered {
    /// What the rule would find now, if nothing that it could depend on is different.
    fn still(self, task: &Task<'_>, settings: Settings, changes: &mut Changes) -> Option<RuleRun> {
        let same = Arc::ptr_eq(&self.script, task.rule.script())
            && self.terms == TermsTold::of(&task.terms)
            && self.settings == settings;
        if !same {
            return None;
        }
        let mut moves = Vec::new();
        for (at, (before, now)) in self.plans.iter().zip(&task.plans).enumerate() {
            if Arc::ptr_eq(before.source(), now.source()) {
                continue;
            }
            let change = changes.of(before, now)?;
            if self.run.has_read(at, &change.nodes) || (!change.only_values && self.run.offers_fixes()) {
                return None;
            }
            moves.push((now.source(), change));
        }
        if moves.is_empty() { Some(self.run) } else { moved(self.run, &moves) }
    }
}

impl RuleRun {
    /// Whether the run, or a fix that it offers, read one of these nodes of a plan, by its place among the run's plans.
    fn has_read(&self, plan: usize, nodes: &[NodeId]) -> bool {
        let reads = self.observed.as_ref().and_then(|observed| observed.reads.get(plan));
        reads.is_none_or(|reads| nodes.iter().any(|node| reads.contains_for_edits_too(*node)))
    }

    /// Fixes are written among blanks, commas and comments, which no list of nodes tells.
    fn offers_fixes(&self) -> bool {
        self.findings.iter().any(|finding| !finding.fixes.is_empty())
    }
}

/// Sources as they are now, and how they changed.
type Moves<'a> = [(&'a Arc<SourceText>, Arc<Change>)];

/// A run whose findings stand where they are now; `None` where one cannot be found again.
fn moved(mut run: RuleRun, moves: &Moves<'_>) -> Option<RuleRun> {
    for finding in &mut run.findings {
        move_finding(finding, moves)?;
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
