//! Plans that are being worked on: told of each change, it audits again only what the change touches.
//!
//! What watches a folder and what serves an editor have the same to do: keep the plans as they are now, remember how they
//! were when they could last be read, and hold both against rules that change as well. `Live` reads no file and knows no clock:
//! it is told, by an editor or by [`Disk`], which holds what is on disk against what is known.

mod asked;
mod disk;
mod known;
mod near;
mod shelf;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use asked::{Asked, Wanted};
pub use disk::{Disk, Looked, MakeRules};
pub use known::Known;

use crate::audit::{Auditor, Memory, Work};
use crate::baseline::Baseline;
use crate::finding::{Failure, Finding, Report};
use crate::plan::Plan;
use crate::rules::Rules;
use crate::source::SourceText;

/// Plans that are being worked on, and the rules that audit them.
///
/// ```
/// use crossfoot::live::Live;
/// use crossfoot::{Plan, Rules};
///
/// let mut live = Live::new(Rules::standard());
/// live.set_plan(Plan::parse("plan.toml", "[[splits]]\nid = 's'\nparts = [{ share = 84 }, { share = 19 }]\n"));
/// assert_eq!(live.check().report.findings.len(), 1);
///
/// // In the middle of an edit the plan is no TOML: what was found before is stale, and not forgotten.
/// live.set_text("plan.toml", "[[splits]]\nid = 's'\nparts = [{ share = 8");
/// let checked = live.check();
/// assert_eq!(checked.report.errors.len(), 1);
/// assert_eq!(checked.stale.unwrap().findings.len(), 1);
///
/// live.set_text("plan.toml", "[[splits]]\nid = 's'\nparts = [{ share = 81 }, { share = 19 }]\n");
/// assert!(live.check().report.findings.is_empty());
/// ```
#[derive(Debug)]
pub struct Live {
    rules: Rules,
    plans: BTreeMap<Arc<str>, Entry>,
    memory: Memory,
    today: Option<(i16, i8, i8)>,
    note_rounding: bool,
    all_plans: bool,
    baseline: Option<Baseline>,
    failures: Vec<Failure>,
}

/// One plan.
#[derive(Debug)]
struct Entry {
    now: Now,
    /// The last version that was TOML, and what was found in it.
    good: Option<(Plan, Vec<Finding>)>,
}

/// What a file holds now.
#[derive(Debug)]
enum Now {
    Plan(Plan),
    Unreadable(Failure),
}

/// What a check says.
#[derive(Debug)]
pub struct Checked {
    /// What an audit of the plans as they are now says.
    pub report: Report,
    /// What was found in the last good versions of plans that cannot be read at the moment, with the texts of those versions.
    pub stale: Option<Report>,
    /// How much the check had to do.
    pub work: Work,
}

impl Live {
    /// No plans yet, and these rules.
    #[must_use]
    pub fn new(rules: Rules) -> Self {
        Self {
            rules,
            plans: BTreeMap::new(),
            memory: Memory::new(),
            today: None,
            note_rounding: false,
            all_plans: false,
            baseline: None,
            failures: Vec::new(),
        }
    }

    /// Sets the day that rules take for today: year, month and day.
    pub fn today(&mut self, year: i16, month: i8, day: i8) {
        self.today = Some((year, month, day));
    }

    /// Whether differences within rounding are reported, for information.
    pub fn note_rounding(&mut self, note: bool) {
        self.note_rounding = note;
    }

    /// Whether the plans are all that the configuration speaks of; see [`Auditor::all_plans`].
    pub fn all_plans(&mut self, all: bool) {
        self.all_plans = all;
    }

    /// Sets the baseline that findings are held against, or none.
    pub fn baseline(&mut self, baseline: Option<Baseline>) {
        self.baseline = baseline;
    }

    /// The rules that audit.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Sets the rules. Made with [`Rules::after`] the present ones, those that are the same need not run again.
    pub fn set_rules(&mut self, rules: Rules) {
        self.rules = rules;
        // How figures are rounded where a plan does not say so may be another.
        let changed: Vec<Plan> =
            self.plans().filter(|plan| self.rules.rounding_for(plan.name()) != plan.rounding()).cloned().collect();
        for plan in changed {
            let rounding = self.rules.rounding_for(plan.name());
            self.set_plan(plan.with_rounding(rounding));
        }
    }

    /// Sets what else stands in the way at the moment, in place of what did before.
    pub fn set_failures(&mut self, failures: Vec<Failure>) {
        self.failures = failures;
    }

    /// Sets a plan, in place of the one of its name.
    pub fn set_plan(&mut self, plan: Plan) {
        let name = plan.source().shared_name();
        self.enter(name, Now::Plan(plan));
    }

    /// Sets the text of a plan. Of a plan that is known, only what changed is read where that is possible.
    pub fn set_text(&mut self, name: &str, text: &str) {
        let known = self.plan(name).or_else(|| self.good(name));
        let plan = match known {
            Some(plan) => plan.changed(text),
            None => Plan::parse(name, text).with_rounding(self.rules.rounding_for(name)),
        };
        self.set_plan(plan);
    }

    /// Says that a file cannot be read, and why; the failure names it. What was found in it before goes stale.
    ///
    /// ```
    /// use crossfoot::Rules;
    /// use crossfoot::finding::{Failure, FailureKind};
    /// use crossfoot::live::Live;
    ///
    /// let mut live = Live::new(Rules::standard());
    /// live.set_text("plan.toml", "[plan]\ntitle = 'Plan'\n");
    /// drop(live.check());
    /// live.set_unreadable(Failure::new(FailureKind::File, "plan.toml", "permission denied"));
    /// assert_eq!(live.check().report.errors[0].message, "permission denied");
    /// assert!(live.plan("plan.toml").is_none() && live.good("plan.toml").is_some());
    /// ```
    pub fn set_unreadable(&mut self, failure: Failure) {
        self.enter(Arc::clone(&failure.file), Now::Unreadable(failure));
    }

    /// Forgets a plan, and says whether it was there.
    pub fn remove(&mut self, name: &str) -> bool {
        self.plans.remove(name).is_some()
    }

    /// The plans as they are now, TOML or not, by name.
    pub fn plans(&self) -> impl Iterator<Item = &Plan> {
        self.plans.values().filter_map(|entry| entry.now.plan())
    }

    /// The names of the files that are known, readable or not, in their order.
    pub fn names(&self) -> impl Iterator<Item = &Arc<str>> {
        self.plans.keys()
    }

    /// A plan as it is now.
    #[must_use]
    pub fn plan(&self, name: &str) -> Option<&Plan> {
        self.plans.get(name)?.now.plan()
    }

    /// The last version of a plan that was TOML: the present one, if it is.
    #[must_use]
    pub fn good(&self, name: &str) -> Option<&Plan> {
        let entry = self.plans.get(name)?;
        let now = entry.now.plan().filter(|plan| plan.is_toml());
        now.or_else(|| entry.good.as_ref().map(|(plan, _)| plan))
    }

    /// The auditor of a check, for those who ask how it came about.
    #[must_use]
    pub fn auditor(&self) -> Auditor<'_> {
        let mut auditor = Auditor::new(&self.rules).note_rounding(self.note_rounding).all_plans(self.all_plans);
        if let Some((year, month, day)) = self.today {
            auditor = auditor.today(year, month, day);
        }
        match &self.baseline {
            Some(baseline) => auditor.baseline(baseline),
            None => auditor,
        }
    }

    /// Audits the plans as they are now. Says what a fresh audit would say, at the cost of what changed since the last check.
    pub fn check(&mut self) -> Checked {
        let plans: Vec<Plan> = self.plans().cloned().collect();
        let mut memory = std::mem::take(&mut self.memory);
        let mut report = self.auditor().audit_again(&plans, &mut memory);
        self.memory = memory;
        let unreadable = self.plans.values().filter_map(|entry| entry.now.failure().cloned());
        report.add_failures(unreadable.chain(self.failures.iter().cloned()).collect());
        self.keep_good(&report);
        Checked { stale: self.stale(), report, work: self.memory.work() }
    }

    /// What rules found when they last ran.
    pub(crate) fn memory(&self) -> &Memory {
        &self.memory
    }

    fn enter(&mut self, name: Arc<str>, now: Now) {
        match self.plans.get_mut(&name) {
            Some(entry) => entry.now = now,
            None => drop(self.plans.insert(name, Entry { now, good: None })),
        }
    }

    /// Remembers what was found in plans that can be read.
    fn keep_good(&mut self, report: &Report) {
        let mut found: BTreeMap<&str, Vec<Finding>> = BTreeMap::new();
        for finding in &report.findings {
            found.entry(&finding.file).or_default().push(finding.clone());
        }
        for (name, entry) in &mut self.plans {
            if let Some(plan) = entry.now.plan().filter(|plan| plan.is_toml()) {
                entry.good = Some((plan.clone(), found.remove(&**name).unwrap_or_default()));
            }
        }
    }

    /// What was found in the last good versions of plans that cannot be read now.
    fn stale(&self) -> Option<Report> {
        let is_stale = |entry: &&Entry| !entry.now.plan().is_some_and(Plan::is_toml);
        let stale: Vec<&(Plan, Vec<Finding>)> =
            self.plans.values().filter(is_stale).filter_map(|entry| entry.good.as_ref()).collect();
        if stale.is_empty() {
            return None;
        }
        // A finding may point into other plans as well.
        let mut sources: BTreeMap<Arc<str>, Arc<SourceText>> =
            self.plans().map(|plan| (plan.source().shared_name(), Arc::clone(plan.source()))).collect();
        sources.extend(stale.iter().map(|(plan, _)| (plan.source().shared_name(), Arc::clone(plan.source()))));
        let findings = stale.iter().flat_map(|(_, findings)| findings.iter().cloned()).collect();
        Some(Report::new(Vec::new(), findings, Vec::new(), Vec::new(), sources))
    }
}

impl Now {
    fn plan(&self) -> Option<&Plan> {
        match self {
            Self::Plan(plan) => Some(plan),
            Self::Unreadable(_) => None,
        }
    }

    fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Plan(_) => None,
            Self::Unreadable(failure) => Some(failure),
        }
    }
}
