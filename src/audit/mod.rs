//! The audit: rules over plans, to a report.
//!
//! Parallelism, order, coverage and what is allowed live here. It knows no rule's language and decides no exit status.

mod again;
mod allow;
mod at;
mod coverage;
mod coverage_text;
mod looks;
mod looks_text;
mod observe;
mod overview;
mod parts;
mod portfolio;
mod suspects;
mod witnesses;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::civil::Date;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

pub use again::{Memory, Work};
pub use at::NoFigure;
pub use coverage::{Coverage, OpenFigure, TableCoverage};
pub use coverage_text::{coverage_json, coverage_text};
pub use looks::{FigureLooks, Look, LookSide, Looks};
pub use looks_text::{looks_json, looks_text};
pub(crate) use observe::{not_toml, section};
pub use overview::overview;

use crate::baseline::Baseline;
use crate::config::Level;
use crate::finding::{
    Checks, Failure, FailureKind, Finding, Fingerprint, Fix, Label, PlanSummary, Report, RuleSummary, Severity,
    Suppressed, SuppressedBy, Uncovered,
};
use crate::plan::edit::rename_key;
use crate::plan::{Fault, NodeId, NodeRef, Plan};
use crate::rules::{InForce, Rule, RuleRun, Rules, Settings};
use crate::script::{Limits, Marks, id_path, identity, on_large_stack};
use crate::source::SourceText;
use crate::words::Said;
use allow::Allowing;
pub(crate) use portfolio::Task;
use portfolio::tasks;

/// Plans with fewer nodes than this, all together, are audited on one thread: starting more costs more than it gains.
const PARALLEL_FROM: usize = 20_000;

/// Figures that no rule looked at, as listed for one plan; they are always counted in full.
const MOST_UNCOVERED: usize = 10_000;

/// Audits plans with a set of rules.
///
/// ```
/// use crossfoot::finding::FailOn;
/// use crossfoot::{Auditor, Plan, Rules};
///
/// let rules = Rules::standard();
/// let plan = Plan::parse("plan.toml", "[[splits]]\nid = 's'\nparts = [{ share = 84 }, { share = 19 }]\n");
/// let report = Auditor::new(&rules).audit(&plan);
/// assert_eq!(report.findings[0].rule.as_ref(), "shares/whole");
/// assert_eq!(report.verdict(FailOn::Error).code(), 1);
/// ```
#[derive(Clone, Copy)]
pub struct Auditor<'r> {
    rules: &'r Rules,
    settings: Settings,
    progress: Option<&'r (dyn Fn(usize, usize) + Sync)>,
    baseline: Option<&'r Baseline>,
    all_plans: bool,
}

impl std::fmt::Debug for Auditor<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Auditor").field("rules", self.rules).field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl<'r> Auditor<'r> {
    /// An auditor with these rules.
    #[must_use]
    pub fn new(rules: &'r Rules) -> Self {
        Self { rules, settings: Settings::default(), progress: None, baseline: None, all_plans: false }
    }

    /// Sets the day that rules take for today: year, month and day. Without it a rule that asks for today fails, so that
    /// no report depends on a clock by chance. A day that does not exist is as none.
    #[must_use]
    pub fn today(mut self, year: i16, month: i8, day: i8) -> Self {
        self.settings.today = Date::new(year, month, day).ok();
        self
    }

    /// Whether differences within rounding are reported, for information. They are always counted.
    #[must_use]
    pub fn note_rounding(mut self, note: bool) -> Self {
        self.settings.note_rounding = note;
        self
    }

    /// Has `progress` told after each rule has run over a plan: how many such runs are done, and how many there are.
    #[must_use]
    pub fn on_progress(mut self, progress: &'r (dyn Fn(usize, usize) + Sync)) -> Self {
        self.progress = Some(progress);
        self
    }

    /// Sets aside the findings that a baseline holds, and tells which of its findings have gone.
    #[must_use]
    pub fn baseline(mut self, baseline: &'r Baseline) -> Self {
        self.baseline = Some(baseline);
        self
    }

    /// Says that the plans that are audited are all that the configuration speaks of, so that an allowance for a place in
    /// none of them is unused, and not one for another plan.
    #[must_use]
    pub fn all_plans(mut self, all: bool) -> Self {
        self.all_plans = all;
        self
    }

    /// Audits one plan.
    #[must_use]
    pub fn audit(&self, plan: &Plan) -> Report {
        self.audit_all(std::slice::from_ref(plan))
    }

    /// Audits several plans: each by itself, and those of one portfolio together.
    #[must_use]
    pub fn audit_all(&self, plans: &[Plan]) -> Report {
        self.audit_with(plans, |tasks| self.run(&tasks.iter().collect::<Vec<_>>()))
    }

    /// An audit whose runs somebody else provides, in the order of the tasks.
    fn audit_with(&self, plans: &[Plan], run: impl FnOnce(&[Task<'_>]) -> std::io::Result<Vec<RuleRun>>) -> Report {
        let rules: Vec<&Arc<Rule>> = self.rules.iter().collect();
        let in_force: Vec<InForce<'_>> = plans.iter().map(|plan| self.rules.in_force(Some(plan))).collect();
        let tasks = tasks(&rules, plans, &in_force, &self.rules.in_force(None));
        let mut gathered = Gathered::new(plans, &rules, self.rules);
        match run(&tasks) {
            Ok(runs) => {
                for (task, run) in tasks.iter().zip(runs) {
                    gathered.add(task, run);
                }
            }
            Err(error) => gathered.errors.push(no_thread(&error)),
        }
        for (plan, in_force) in plans.iter().zip(&in_force) {
            gathered.add_faults(plan, self.rules, in_force);
        }
        gathered.report(plans, &in_force, self)
    }

    /// One rule over one plan or portfolio, as this auditor was told. Call it on a thread with a large stack.
    fn run_one(&self, task: &Task<'_>) -> RuleRun {
        if task.plans.is_empty() {
            return RuleRun::not_applicable();
        }
        self.rules.run_as(task.rule, &task.terms, &task.plans, self.settings)
    }

    fn run(&self, tasks: &[&Task<'_>]) -> std::io::Result<Vec<RuleRun>> {
        if tasks.is_empty() {
            return Ok(Vec::new());
        }
        let nodes: usize = tasks.iter().map(|task| task.nodes()).sum();
        if nodes < PARALLEL_FROM * self.rules.iter().count().max(1) {
            let one = self.one_by_one(tasks.len());
            return on_large_stack(|| tasks.iter().map(|task| one(task)).collect());
        }
        Ok(Threads::start()?.run(|| self.run_in_pool(tasks)))
    }

    /// The runs of these tasks side by side, on the threads that this is called on.
    fn run_in_pool(&self, tasks: &[&Task<'_>]) -> Vec<RuleRun> {
        let one = self.one_by_one(tasks.len());
        tasks.par_iter().map(|task| one(task)).collect()
    }

    /// Runs a task, and tells how many of all are done.
    fn one_by_one(&self, all: usize) -> impl Fn(&Task<'_>) -> RuleRun + Sync {
        let done = AtomicUsize::new(0);
        move |task| {
            let run = self.run_one(task);
            if let Some(progress) = self.progress {
                progress(done.fetch_add(1, Ordering::Relaxed) + 1, all);
            }
            run
        }
    }
}

/// Threads with stacks that rules can run on.
#[derive(Debug)]
struct Threads(rayon::ThreadPool);

impl Threads {
    fn start() -> std::io::Result<Self> {
        let pool = rayon::ThreadPoolBuilder::new().stack_size(Limits::STACK).build();
        pool.map(Self).map_err(std::io::Error::other)
    }

    fn run<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R {
        self.0.install(work)
    }
}

fn no_thread(error: &std::io::Error) -> Failure {
    Failure::new(FailureKind::RuleRun, "crossfoot", format!("no rule could run: {error}"))
        .help("rules run on threads that reserve 1 GiB of address space each: raise the limit (ulimit -v)")
}

/// What the runs of an audit come to.
struct Gathered {
    findings: Vec<Finding>,
    /// Figures that another place confirms, by file.
    confirmed: HashSet<(Arc<str>, NodeId)>,
    errors: Vec<Failure>,
    looked: HashMap<*const SourceText, Marks>,
    rules: BTreeMap<Arc<str>, RuleSummary>,
    /// The rules that ran to their end, by file.
    ran: HashSet<(Arc<str>, Arc<str>)>,
    sources: BTreeMap<Arc<str>, Arc<SourceText>>,
}

impl Gathered {
    fn new(plans: &[Plan], rules: &[&Arc<Rule>], all: &Rules) -> Self {
        let summary = |rule: &&Arc<Rule>| RuleSummary {
            rule: Arc::clone(rule.id()),
            title: Arc::from(rule.title()),
            origin: rule.origin().to_string(),
            severity: match all.level(rule.id(), rule.severity()) {
                Level::At(severity) => severity,
                Level::Off => rule.severity(),
            },
            checks: Checks::default(),
            stopped: false,
        };
        Self {
            findings: Vec::new(),
            confirmed: HashSet::new(),
            errors: Vec::new(),
            looked: HashMap::new(),
            rules: rules.iter().map(|rule| (Arc::clone(rule.id()), summary(rule))).collect(),
            ran: HashSet::new(),
            sources: plans.iter().map(|plan| (plan.source().shared_name(), Arc::clone(plan.source()))).collect(),
        }
    }

    fn add(&mut self, task: &Task<'_>, run: RuleRun) {
        if let Some(summary) = self.rules.get_mut(task.rule.id()) {
            summary.checks += run.checks;
            summary.stopped |= run.failure.is_some();
        }
        if run.failure.is_none() {
            for plan in &task.plans {
                self.ran.insert((plan.source().shared_name(), Arc::clone(task.rule.id())));
            }
        }
        let confirmed = run.confirmed.into_iter().filter_map(|cell| {
            let plan = task.plans.get(cell.plan as usize)?;
            Some((plan.source().shared_name(), NodeId::from_index(cell.node as usize)))
        });
        self.confirmed.extend(confirmed);
        self.errors.extend(run.failure);
        self.findings.extend(run.findings.into_iter().filter(|finding| !task.off.contains(&finding.file)));
        for (plan, looked) in task.plans.iter().zip(&run.looked) {
            self.looked.entry(Arc::as_ptr(plan.source())).or_default().merge(looked);
        }
    }

    fn add_faults(&mut self, plan: &Plan, rules: &Rules, in_force: &InForce<'_>) {
        self.findings.extend(faults(plan, rules, in_force));
        if plan.is_toml() {
            return;
        }
        let message = "this file is not TOML, so no rule ran over it";
        let failure = Failure::new(FailureKind::Plan, plan.source().shared_name(), message);
        self.errors.push(failure.help("mend what the findings point to, and check again"));
    }

    fn report(mut self, plans: &[Plan], in_force: &[InForce<'_>], auditor: &Auditor<'_>) -> Report {
        let rules = auditor.rules;
        self.errors.extend(rules.failures_of(|rule| rules.selected().takes(rule)).into_iter().cloned());
        let told = self.errors.iter().filter_map(|failure| rules.source_of(&failure.file));
        self.sources.extend(told.map(|source| (source.shared_name(), Arc::clone(source))));
        if let Some(config) = rules.config() {
            self.sources.insert(config.source().shared_name(), Arc::clone(config.source()));
        }
        let none = Marks::default();
        let summaries =
            plans.iter().map(|plan| summary(plan, self.looked.get(&Arc::as_ptr(plan.source())).unwrap_or(&none)));
        let summaries = summaries.collect();
        let ran = std::mem::take(&mut self.ran);
        // What is found without a rule is always looked for, unless it was not asked for.
        let ran = |file: &str, rule: &str| {
            ran.contains(&(Arc::from(file), Arc::from(rule)))
                || (rules.get(rule).is_none() && rules.is_id(rule) && rules.selected().takes(rule))
        };
        self.findings.sort_by(|a, b| a.order().cmp(&b.order()));
        tell_apart(&mut self.findings);
        let (today, all_plans) = (auditor.settings.today, auditor.all_plans);
        let allowing = Allowing { rules, plans, in_force, today, all_plans, ran: &ran };
        let held = allowing.read();
        let is_allowed: Vec<bool> = self.findings.iter().map(|finding| held.of(finding).is_some()).collect();
        suspects::doubt(&mut self.findings, plans, &self.confirmed, &is_allowed);
        let mut allowed = allowing.apply(held, self.findings);
        let mut findings = allowed.findings;
        findings.append(&mut allowed.about);
        let mut suppressed = allowed.suppressed;
        let mut gone = Vec::new();
        if let Some(baseline) = auditor.baseline {
            let files: Vec<Arc<str>> = plans.iter().map(|plan| plan.source().shared_name()).collect();
            let held;
            (findings, held, gone) = baseline.split(findings, &files, ran);
            suppressed.extend(held.into_iter().map(of_baseline));
        }
        let rules = self.rules.into_values().collect();
        let mut report = Report::new(summaries, findings, self.errors, rules, self.sources);
        report.set_aside(suppressed, gone);
        report
    }
}

fn of_baseline(finding: Finding) -> Suppressed {
    Suppressed { finding, by: SuppressedBy::Baseline, reason: None, until: None, file: None, span: None }
}

/// How much of a plan was looked at. What is no TOML has no figures yet.
fn summary(plan: &Plan, looked: &Marks) -> PlanSummary {
    if !plan.is_toml() {
        let file = plan.source().shared_name();
        return PlanSummary { file, figures: 0, covered: 0, uncovered: Vec::new(), uncovered_left_out: 0 };
    }
    let open: Vec<NodeId> = plan.figure_ids().filter(|id| !looked.contains(*id)).collect();
    let uncovered = open.iter().take(MOST_UNCOVERED).map(|id| {
        let node = plan.node(*id);
        Uncovered { path: node.path(), span: plan.source().place(node.span()) }
    });
    PlanSummary {
        file: plan.source().shared_name(),
        figures: plan.figures(),
        covered: plan.figures() - open.len(),
        uncovered: uncovered.collect(),
        uncovered_left_out: open.len().saturating_sub(MOST_UNCOVERED),
    }
}

/// What the loader found wrong with a plan, as far as it is wanted, as findings.
fn faults(plan: &Plan, rules: &Rules, in_force: &InForce<'_>) -> Vec<Finding> {
    let severity = |fault: &Fault| match fault.code {
        code if code.is_not_toml() => Some(Severity::Error),
        code if !rules.selected().takes(code.id()) => None,
        code => match in_force.level(code.id(), code.severity()) {
            Level::At(severity) => Some(severity),
            Level::Off => None,
        },
    };
    plan.faults().iter().filter_map(|fault| Some(of_fault(plan, fault, severity(fault)?))).collect()
}

/// A fault of the loader as a finding.
fn of_fault(plan: &Plan, fault: &Fault, severity: Severity) -> Finding {
    let source = plan.source();
    let node = fault.node.map(|id| plan.node(id));
    let path = node.map(|node| node.path()).unwrap_or_default();
    let identity = node.map_or_else(|| fault.message.clone(), identity);
    let label = fault.related.iter().map(|(span, message)| Label {
        file: None,
        path: String::new(),
        span: source.place(*span),
        message: message.clone(),
        said: None,
    });
    Finding {
        rule: Arc::from(fault.code.id()),
        severity,
        file: source.shared_name(),
        message: fault.message.clone(),
        said: fault.said.clone(),
        path,
        name: node.map(id_path).unwrap_or_default(),
        span: source.place(fault.span),
        labels: label.collect(),
        working: None,
        help: fault.help.clone(),
        help_said: fault.help_said.clone(),
        fixes: node
            .zip(fault.meant.as_deref())
            .and_then(|(node, meant)| corrected_key(node, meant))
            .into_iter()
            .collect(),
        fingerprint: Fingerprint::of(&[fault.code.id(), &identity]),
    }
}

/// A slipped key under the name that was meant, wherever the plan writes it.
fn corrected_key(node: NodeRef<'_>, meant: &str) -> Option<Fix> {
    let edits = rename_key(node, meant)?;
    let edits = edits.iter().map(|edit| edit.placed(node.plan().source())).collect();
    let title = Said::of("rename it to `{name}`").text("name", meant);
    Some(Fix {
        title: title.to_string(),
        said: Some(title),
        safe: true,
        edits,
        made_of: Vec::new(),
        made_of_left_out: 0,
    })
}

/// Findings of one rule at one place get fingerprints of their own, numbered in their order.
fn tell_apart(findings: &mut [Finding]) {
    let mut seen: HashMap<(Arc<str>, Fingerprint), u32> = HashMap::new();
    for finding in findings {
        let count = seen.entry((Arc::clone(&finding.file), finding.fingerprint)).or_default();
        *count += 1;
        if *count > 1 {
            finding.fingerprint = Fingerprint::of(&[&finding.fingerprint.to_string(), &count.to_string()]);
        }
    }
}
