//! The audit: rules over plans, to a report.
//!
//! Parallelism, order and coverage live here. It knows neither the scripting engine nor any format of a report.

mod at;
mod coverage;
mod coverage_text;
mod observe;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::civil::Date;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

pub use at::NoFigure;
pub use coverage::{Coverage, FigureLooks, Look, LookSide, Looks, OpenFigure, TableCoverage};
pub use coverage_text::{coverage_json, coverage_text, looks_json, looks_text};
pub(crate) use observe::section;

use crate::finding::{
    Checks, Failure, FailureKind, Finding, Fingerprint, Label, PlanSummary, Report, RuleSummary, Severity, Uncovered,
};
use crate::plan::{Fault, FaultCode, NodeId, Plan};
use crate::rules::{Rule, RuleRun, Rules, Settings};
use crate::script::{Limits, Marks, id_path, on_large_stack};
use crate::source::SourceText;

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
        Self { rules, settings: Settings::default(), progress: None }
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

    /// Audits one plan.
    #[must_use]
    pub fn audit(&self, plan: &Plan) -> Report {
        self.audit_all(std::slice::from_ref(plan))
    }

    /// Audits several plans, each by itself.
    #[must_use]
    pub fn audit_all(&self, plans: &[Plan]) -> Report {
        let rules: Vec<&Arc<Rule>> = self.rules.iter().collect();
        let sound = plans.iter().filter(|plan| plan.is_toml());
        let pairs: Vec<(&Plan, &Arc<Rule>)> =
            sound.flat_map(|plan| rules.iter().map(move |rule| (plan, *rule))).collect();
        let mut gathered = Gathered::new(plans, &rules);
        match self.run(&pairs) {
            Ok(runs) => {
                for ((plan, rule), run) in pairs.iter().zip(runs) {
                    gathered.add(plan, rule, run);
                }
            }
            Err(error) => gathered.errors.push(no_thread(&error)),
        }
        for plan in plans {
            gathered.add_faults(plan, self.rules);
        }
        gathered.report(plans, self.rules)
    }

    /// One rule over one plan, as this auditor was told. Call it on a thread with a large stack.
    fn run_one(&self, plan: &Plan, rule: &Rule) -> RuleRun {
        self.run_with(plan, rule, self.settings)
    }

    /// One rule over one plan, with these settings.
    fn run_with(&self, plan: &Plan, rule: &Rule, settings: Settings) -> RuleRun {
        self.rules.run_rule(rule, plan, settings)
    }

    fn run(&self, pairs: &[(&Plan, &Arc<Rule>)]) -> std::io::Result<Vec<RuleRun>> {
        let done = AtomicUsize::new(0);
        let one = |(plan, rule): &(&Plan, &Arc<Rule>)| {
            let run = self.run_one(plan, rule);
            if let Some(progress) = self.progress {
                progress(done.fetch_add(1, Ordering::Relaxed) + 1, pairs.len());
            }
            run
        };
        let nodes: usize = pairs.iter().map(|(plan, _)| plan.len()).sum();
        if nodes < PARALLEL_FROM * self.rules.iter().count().max(1) {
            return on_large_stack(|| pairs.iter().map(one).collect());
        }
        let pool = rayon::ThreadPoolBuilder::new().stack_size(Limits::STACK).build().map_err(std::io::Error::other)?;
        Ok(pool.install(|| pairs.par_iter().map(one).collect()))
    }
}

fn no_thread(error: &std::io::Error) -> Failure {
    Failure {
        kind: FailureKind::RuleRun,
        rule: None,
        file: Arc::from("crossfoot"),
        message: format!("no rule could run: {error}"),
        span: None,
        stack: Vec::new(),
        looking_at: None,
        help: Some(
            "rules run on threads that reserve 1 GiB of address space each: raise the limit (ulimit -v)".to_owned(),
        ),
    }
}

/// What the runs of an audit come to.
struct Gathered {
    findings: Vec<Finding>,
    errors: Vec<Failure>,
    looked: HashMap<*const SourceText, Marks>,
    rules: BTreeMap<Arc<str>, RuleSummary>,
    sources: BTreeMap<Arc<str>, Arc<SourceText>>,
}

impl Gathered {
    fn new(plans: &[Plan], rules: &[&Arc<Rule>]) -> Self {
        let summary = |rule: &&Arc<Rule>| RuleSummary {
            rule: Arc::clone(rule.id()),
            title: Arc::from(rule.title()),
            severity: rule.severity(),
            checks: Checks::default(),
            stopped: false,
        };
        Self {
            findings: Vec::new(),
            errors: Vec::new(),
            looked: HashMap::new(),
            rules: rules.iter().map(|rule| (Arc::clone(rule.id()), summary(rule))).collect(),
            sources: plans.iter().map(|plan| (plan.source().shared_name(), Arc::clone(plan.source()))).collect(),
        }
    }

    fn add(&mut self, plan: &Plan, rule: &Rule, run: RuleRun) {
        if let Some(summary) = self.rules.get_mut(rule.id()) {
            summary.checks += run.checks;
            summary.stopped |= run.failure.is_some();
        }
        if let Some(failure) = run.failure {
            self.sources.insert(rule.source().shared_name(), Arc::clone(rule.source()));
            self.errors.push(failure);
        }
        self.findings.extend(run.findings);
        self.looked.entry(Arc::as_ptr(plan.source())).or_default().merge(&run.looked);
    }

    fn add_faults(&mut self, plan: &Plan, rules: &Rules) {
        self.findings.extend(faults(plan, rules));
        if plan.is_toml() {
            return;
        }
        self.errors.push(Failure {
            kind: FailureKind::Plan,
            rule: None,
            file: plan.source().shared_name(),
            message: "this file is not TOML, so no rule ran over it".to_owned(),
            span: None,
            stack: Vec::new(),
            looking_at: None,
            help: Some("mend what the findings point to, and check again".to_owned()),
        });
    }

    fn report(mut self, plans: &[Plan], rules: &Rules) -> Report {
        let wanted = |failure: &&Failure| failure.rule.as_ref().is_none_or(|rule| rules.selected().takes(rule));
        self.errors.extend(rules.failures().iter().filter(wanted).cloned());
        let failed = rules.failed_sources().iter();
        self.sources.extend(failed.map(|source| (source.shared_name(), Arc::clone(source))));
        let none = Marks::default();
        let summaries =
            plans.iter().map(|plan| summary(plan, self.looked.get(&Arc::as_ptr(plan.source())).unwrap_or(&none)));
        let summaries = summaries.collect();
        let rules = self.rules.into_values().collect();
        let mut report = Report::new(summaries, self.findings, self.errors, rules, self.sources);
        tell_apart(&mut report.findings);
        report
    }
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
fn faults(plan: &Plan, rules: &Rules) -> impl Iterator<Item = Finding> {
    let wanted = |fault: &&Fault| fault.code.is_not_toml() || rules.selected().takes(fault.code.id());
    plan.faults().iter().filter(wanted).map(|fault| of_fault(plan, fault))
}

/// A fault of the loader as a finding.
fn of_fault(plan: &Plan, fault: &Fault) -> Finding {
    let source = plan.source();
    let node = fault.node.map(|id| plan.node(id));
    let path = node.map(|node| node.path()).unwrap_or_default();
    let identity = node.map_or_else(|| fault.message.clone(), id_path);
    let label = fault.related.iter().map(|(span, message)| Label {
        file: None,
        path: String::new(),
        span: source.place(*span),
        message: message.clone(),
    });
    Finding {
        rule: Arc::from(fault.code.id()),
        severity: if matches!(fault.code, FaultCode::UnknownKey | FaultCode::Empty) {
            Severity::Warning
        } else {
            Severity::Error
        },
        file: source.shared_name(),
        message: fault.message.clone(),
        path,
        span: source.place(fault.span),
        labels: label.collect(),
        working: None,
        help: fault.help.clone(),
        fixes: Vec::new(),
        fingerprint: Fingerprint::of(&[fault.code.id(), &identity]),
    }
}

/// Findings of one rule at one place get fingerprints of their own, numbered in their order.
fn tell_apart(findings: &mut [Finding]) {
    let mut seen: HashMap<Fingerprint, u32> = HashMap::new();
    for finding in findings {
        let count = seen.entry(finding.fingerprint).or_default();
        *count += 1;
        if *count > 1 {
            finding.fingerprint = Fingerprint::of(&[&finding.fingerprint.to_string(), &count.to_string()]);
        }
    }
}
