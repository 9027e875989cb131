//! One run of one rule over its plans: what the verbs share, and what they record.
//!
//! Selections and figures hold a handle of it. It gathers checks, findings and the cells that were looked at; it gives no
//! verdict and knows no engine.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::Date;
use regex::Regex;

use super::explain;
use super::figure::{Figure, FigureUnit};
use super::groups::{Segment, Segments, Tally};
use super::look::{Distance, Look, LookOutcome, Looks, Side};
use super::params::Params;
use crate::figure::{Cell, TraceId, Traces};
use crate::finding::{Checks, Finding, Severity, grouped};
use crate::plan::{NodeId, NodeRef, Plan, Unit};

/// What a run is about.
#[derive(Clone, Debug)]
pub(crate) struct RunContext {
    pub(crate) rule: Arc<str>,
    pub(crate) severity: Severity,
    /// The severity of findings by plan, where it is not the same in all.
    pub(crate) severities: Vec<Severity>,
    /// Parameters in place of the rule's own.
    pub(crate) params: Option<Params>,
    /// What to do about any finding of the rule.
    pub(crate) help: Option<Arc<str>>,
    pub(crate) plans: Vec<Arc<Plan>>,
    /// The day that rules take for today.
    pub(crate) today: Option<Date>,
    /// Whether to keep notes of what agrees only within rounding.
    pub(crate) note_rounding: bool,
    /// Whether to keep the comparisons that are made.
    pub(crate) observe: bool,
    /// Whether findings need only tell their rule and path: not what they say, nor how they came about.
    pub(crate) brief: bool,
    pub(crate) most_findings: usize,
    /// Whether to tell apart what each round of a loop leaves behind, where the rule's form lets it.
    pub(crate) apart: bool,
    /// The only items that such loops are to go through, in order; all, where none are named.
    pub(crate) only: Option<Arc<[NodeId]>>,
}

#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) context: RunContext,
    state: Mutex<State>,
    /// The node that was looked at last, as plan and node: where a failing rule was.
    looking: AtomicU64,
}

/// What a run leaves behind.
#[derive(Debug, Default)]
pub(crate) struct Record {
    pub(crate) checks: Checks,
    pub(crate) findings: Vec<Finding>,
    /// By plan, the nodes that entered a check that passed or failed.
    pub(crate) looked: Vec<Marks>,
    pub(crate) too_many_findings: bool,
    /// Figures that another place states as well, and that agree with it.
    pub(crate) confirmed: Vec<Cell>,
    /// The comparisons, where the run was told to keep them.
    pub(crate) looks: Looks,
    /// What each round of a loop left behind, where the run was told to tell it apart.
    pub(crate) segments: Segments,
}

impl Record {
    fn tally(&self) -> Tally {
        Tally { checks: self.checks, findings: self.findings.len(), confirmed: self.confirmed.len() }
    }
}

/// A set of nodes of one plan.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks(Vec<u64>);

impl Marks {
    pub(crate) fn insert(&mut self, node: u32) {
        let word = node as usize / 64;
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (node % 64);
    }

    pub(crate) fn contains(&self, node: NodeId) -> bool {
        self.0.get(node.index() / 64).is_some_and(|word| word & (1 << (node.index() % 64)) != 0)
    }

    /// Whether all that is in it is in another as well.
    pub(crate) fn is_within(&self, other: &Self) -> bool {
        let of_other = |at: usize| other.0.get(at).copied().unwrap_or_default();
        self.0.iter().enumerate().all(|(at, word)| word & !of_other(at) == 0)
    }

    pub(crate) fn remove(&mut self, node: NodeId) {
        if let Some(word) = self.0.get_mut(node.index() / 64) {
            *word &= !(1 << (node.index() % 64));
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine |= theirs;
        }
    }
}

#[derive(Debug, Default)]
struct State {
    traces: Traces,
    record: Record,
    /// Traces whose cells are marked already.
    marked: HashSet<u32>,
    units: Vec<Arc<str>>,
    /// Cells of wholes that shares were taken of, so that asking again does not walk them again.
    wholes: HashMap<u32, HashSet<Cell>>,
    regexes: HashMap<String, Regex>,
    /// The verb that was called last, and from where, where comparisons are kept.
    call: Option<Call>,
    /// The item that a round is about.
    item: Option<NodeId>,
}

/// A verb that was called, and the file, line and column that called it.
#[derive(Clone, Debug)]
struct Call {
    verb: Arc<str>,
    file: Option<Arc<str>>,
    at: Option<(u32, u32)>,
}

/// Compiled regular expressions kept for one run.
const MOST_REGEXES: usize = 64;

const NOWHERE: u64 = u64::MAX;

impl Run {
    pub(crate) fn new(context: RunContext) -> Arc<Self> {
        let state = State {
            record: Record { looked: vec![Marks::default(); context.plans.len()], ..Record::default() },
            ..State::default()
        };
        Arc::new(Self { context, state: Mutex::new(state), looking: AtomicU64::new(NOWHERE) })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A run is used by one thread; a panic in a verb ends it, so what a poisoned lock guards is never relied on.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How grave a failed check is that stands in a plan.
    pub(crate) fn severity(&self, plan: u32) -> Severity {
        self.context.severities.get(plan as usize).copied().unwrap_or(self.context.severity)
    }

    pub(crate) fn plan(&self, plan: u32) -> &Arc<Plan> {
        &self.context.plans[plan as usize]
    }

    pub(crate) fn node(&self, cell: Cell) -> NodeRef<'_> {
        self.plan(cell.plan).node(NodeId::from_index(cell.node as usize))
    }

    pub(crate) fn look_at(&self, plan: u32, node: NodeId) {
        self.looking.store(u64::from(plan) << 32 | node.index() as u64, Ordering::Relaxed);
    }

    /// The node that was looked at last.
    pub(crate) fn looking_at(&self) -> Option<NodeRef<'_>> {
        let at = self.looking.load(Ordering::Relaxed);
        #[expect(clippy::cast_possible_truncation, reason = "two halves of one number")]
        let cell = Cell { plan: (at >> 32) as u32, node: at as u32 };
        (at != NOWHERE).then(|| self.node(cell))
    }

    pub(crate) fn traces<T>(&self, work: impl FnOnce(&mut Traces) -> T) -> T {
        work(&mut self.state().traces)
    }

    pub(crate) fn record<T>(&self, work: impl FnOnce(&mut Record) -> T) -> T {
        work(&mut self.state().record)
    }

    pub(crate) fn take_record(&self) -> Record {
        self.begins(None);
        let mut state = self.state();
        let mut record = std::mem::take(&mut state.record);
        if self.context.observe {
            record.looks.traces = std::mem::take(&mut state.traces);
        }
        record
    }

    /// Notes the verb that is being called, where comparisons are kept. A verb that is called by another has no place of
    /// its own and keeps that of the other.
    pub(super) fn called(&self, verb: &str, file: Option<&str>, at: Option<(u32, u32)>) {
        if self.context.observe {
            let mut state = self.state();
            let last = state.call.take().filter(|_| at.is_none());
            let (file, at) = last.map_or((file.map(Arc::from), at), |last| (last.file, last.at));
            state.call = Some(Call { verb: Arc::from(verb), file, at });
        }
    }

    /// Keeps a comparison of two figures, where comparisons are kept.
    pub(super) fn compared(&self, a: &Figure, b: &Figure, outcome: LookOutcome, distance: Distance) {
        if self.context.observe {
            let places = a.value().scale().min(b.value().scale());
            let side =
                |figure: &Figure| Side { value: grouped(explain::shown(figure.value(), places)), trace: figure.trace };
            self.looked([side(a), side(b)], outcome, Some(distance));
        }
    }

    /// Keeps how a node's value was held against others as a text, where comparisons are kept.
    pub(super) fn matched(&self, a: NodeRef<'_>, plan: u32, other: (String, Option<Cell>), passed: bool) {
        if self.context.observe {
            let outcome = if passed { LookOutcome::Passed } else { LookOutcome::Failed };
            let own = Side { value: a.display().into_owned(), trace: self.trace_of(plan, a.id()) };
            let trace = other.1.map_or(TraceId::CONSTANT, |cell| self.traces(|traces| traces.cell(cell)));
            self.looked([own, Side { value: other.0, trace }], outcome, None);
        }
    }

    fn looked(&self, sides: [Side; 2], outcome: LookOutcome, distance: Option<Distance>) {
        let mut state = self.state();
        let unknown = || Call { verb: Arc::from(""), file: None, at: None };
        let Call { verb, file, at } = state.call.clone().unwrap_or_else(unknown);
        state.record.looks.all.push(Look { verb, file, at, sides, outcome, distance });
    }

    #[expect(clippy::cast_possible_truncation, reason = "node numbers are 32 bits")]
    fn trace_of(&self, plan: u32, node: NodeId) -> TraceId {
        self.traces(|traces| traces.cell(Cell { plan, node: node.index() as u32 }))
    }

    /// Marks every cell that a figure was made of as looked at.
    pub(crate) fn mark(&self, trace: TraceId) {
        let mut state = self.state();
        let State { traces, marked, record, item, .. } = &mut *state;
        let item = *item;
        traces.visit(trace, marked, |cell| {
            if let Some(marks) = record.looked.get_mut(cell.plan as usize) {
                marks.insert(cell.node);
            }
            if self.is_elsewhere(item, NodeId::from_index(cell.node as usize)) {
                record.segments.elsewhere.insert(cell.node);
            }
        });
    }

    /// Whether a node stands outside of the item that a round is about.
    fn is_elsewhere(&self, item: Option<NodeId>, node: NodeId) -> bool {
        item.is_some_and(|item| !self.plan(0).is_within(node, item))
    }

    /// Whether loops that judge their items apart are to go through an item.
    pub(crate) fn is_wanted(&self, item: NodeId) -> bool {
        self.context.only.as_ref().is_none_or(|only| only.binary_search(&item).is_ok())
    }

    /// Ends what went before, a round or what is between rounds, and begins the round of an item, or what is between.
    pub(crate) fn begins(&self, item: Option<NodeId>) {
        if !self.context.apart {
            return;
        }
        let mut state = self.state();
        let segment = Segment { item: std::mem::replace(&mut state.item, item), end: state.record.tally() };
        state.record.segments.all.push(segment);
        drop(state);
        self.plan(0).at_hand(item);
    }

    /// Says that rounds cannot be told apart in this run.
    pub(crate) fn not_apart(&self) {
        self.state().record.segments.mixed = true;
    }

    #[expect(clippy::cast_possible_truncation, reason = "node numbers are 32 bits")]
    pub(crate) fn mark_nodes(&self, plan: u32, nodes: &[NodeId]) {
        let mut state = self.state();
        if let Some(marks) = state.record.looked.get_mut(plan as usize) {
            nodes.iter().for_each(|node| marks.insert(node.index() as u32));
        }
        let item = state.item;
        let elsewhere = &mut state.record.segments.elsewhere;
        nodes
            .iter()
            .filter(|node| self.is_elsewhere(item, **node))
            .for_each(|node| elsewhere.insert(node.index() as u32));
    }

    /// Whether every cell of the part is an addend of the whole, once and with its own sign.
    pub(crate) fn contains(&self, whole: TraceId, part: TraceId) -> bool {
        let mut state = self.state();
        let one = Some(crate::figure::Decimal::ONE);
        let parts = state.traces.cells(part);
        if parts.is_empty() || parts.iter().any(|traced| traced.factor != one) {
            return false;
        }
        let key = whole.index();
        if !state.wholes.contains_key(&key) {
            let cells = state.traces.cells(whole);
            let linear = cells.iter().all(|traced| traced.factor == one);
            let set: HashSet<Cell> = cells.iter().map(|traced| traced.cell).collect();
            let set = if linear && set.len() == cells.len() { set } else { HashSet::new() };
            state.wholes.insert(key, set);
        }
        state.wholes.get(&key).is_some_and(|set| parts.iter().all(|traced| set.contains(&traced.cell)))
    }

    /// The unit of a node's figure.
    pub(crate) fn unit(&self, plan: u32, node: NodeId) -> FigureUnit {
        match self.plan(plan).unit(node) {
            Unit::None => FigureUnit::None,
            Unit::Percent => FigureUnit::Percent,
            unit @ Unit::Named(_) => self.named_unit(self.plan(plan).unit_text(unit)),
        }
    }

    /// Units are compared by their text, because each plan numbers its own.
    fn named_unit(&self, text: &str) -> FigureUnit {
        let mut state = self.state();
        let at = state.units.iter().position(|unit| **unit == *text).unwrap_or_else(|| {
            state.units.push(Arc::from(text));
            state.units.len() - 1
        });
        u16::try_from(at).map_or(FigureUnit::None, FigureUnit::Named)
    }

    pub(crate) fn unit_text(&self, unit: FigureUnit) -> String {
        match unit {
            FigureUnit::None => String::new(),
            FigureUnit::Percent => "percent".to_owned(),
            FigureUnit::Named(at) => self.state().units.get(at as usize).map(ToString::to_string).unwrap_or_default(),
        }
    }

    /// A unit as the subject of a sentence.
    pub(crate) fn unit_words(&self, unit: FigureUnit) -> String {
        match unit {
            FigureUnit::None => "a plain number".to_owned(),
            FigureUnit::Percent => "a share in percent".to_owned(),
            FigureUnit::Named(_) => format!("an amount in {}", self.unit_text(unit)),
        }
    }

    /// The figure that a node states; `None` where it takes no part in comparisons.
    pub(crate) fn figure(&self, plan: u32, node: NodeId) -> Option<Figure> {
        let stated = self.plan(plan).stated(node)?;
        let unit = self.unit(plan, node);
        let trace = self.trace_of(plan, node);
        Some(Figure { computed: stated.into(), unit, trace, gap: None })
    }

    /// A regular expression, compiled once a run.
    pub(crate) fn regex(&self, pattern: &str) -> Result<Regex, String> {
        if let Some(regex) = self.state().regexes.get(pattern) {
            return Ok(regex.clone());
        }
        let built = regex::RegexBuilder::new(pattern).size_limit(1 << 20).nest_limit(50).build();
        let regex = built.map_err(|error| error.to_string())?;
        let mut state = self.state();
        // A rule that makes patterns in a loop must not keep them all.
        if state.regexes.len() >= MOST_REGEXES {
            state.regexes.clear();
        }
        state.regexes.insert(pattern.to_owned(), regex.clone());
        Ok(regex)
    }
}
