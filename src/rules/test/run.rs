//! Runs the cases that were chosen, side by side, each as an audit would.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::choose::{Chosen, Filter, files};
use super::coverage::{Coverage, rule_coverage};
use super::judge::{judge, not_run};
use super::{CaseTest, RuleTest, TODAY, TestRun};
use crate::rules::run::Settings;
use crate::rules::{Case, Rule, Rules};
use crate::script::{ScriptEngine, Visits, on_large_stack, visits};

/// Tests rules by their cases.
///
/// ```
/// use crossfoot::Rules;
/// use crossfoot::rules::test::{CaseVerdict, Tester};
///
/// let rules = Rules::empty()
///     .with_rule("house/most", r#"
///         //! No share is more than 50.
///         fn check(plan) { expect_range(plan.objectives.share, 0, 50); }
///     "#)
///     .with_case("house/most", "pass-half.toml", "objectives = [{ id = 'A', share = 50 }]")
///     .with_case("house/most", "fail-more.toml", "objectives = [{ id = 'A', share = 51 }]  #~ error: is 52");
/// let run = Tester::new(&rules).run();
/// assert_eq!(run.count(CaseVerdict::AsExpected), 1);
/// assert_eq!(run.rules[0].cases[0].verdict(), CaseVerdict::Missing);
/// assert_eq!(run.verdict().code(), 1);
/// ```
#[derive(Clone, Debug)]
pub struct Tester<'r> {
    pub(super) rules: &'r Rules,
    chosen: Chosen,
    filter: Option<Filter>,
    coverage: bool,
    time: Option<Duration>,
}

/// A case to run.
struct Job<'j> {
    rule: &'j Rule,
    case: &'j Case,
}

impl<'r> Tester<'r> {
    /// A tester of these rules, all of them unless some are chosen.
    #[must_use]
    pub fn new(rules: &'r Rules) -> Self {
        Self { rules, chosen: Chosen::default(), filter: None, coverage: false, time: None }
    }

    /// Chooses what a word names: a rule's id, a glob such as `house/*`, a folder, the path of a rule or of a case. The
    /// answer is whether it names anything among these rules.
    pub fn choose(&mut self, what: &str) -> bool {
        self.chosen.add(self.rules, what)
    }

    /// Runs only cases whose `rule/case` has this part, or matches it where it is a glob.
    #[must_use]
    pub fn filter(mut self, text: &str) -> Self {
        self.filter = Some(Filter::new(text));
        self
    }

    /// Whether to find out which lines and branches of the rules the cases run. Slower.
    #[must_use]
    pub fn coverage(mut self, wanted: bool) -> Self {
        self.coverage = wanted;
        self
    }

    /// Begins no further case after this time; those that were not run are faulty, and say so.
    #[must_use]
    pub fn within(mut self, time: Duration) -> Self {
        self.time = Some(time);
        self
    }

    /// Runs the cases.
    #[must_use]
    pub fn run(&self) -> TestRun {
        let all = self.rules.iter().chain(self.rules.helpers());
        let chosen: Vec<&Arc<Rule>> = all.filter(|rule| self.chosen.takes_rule(rule.id())).collect();
        let takes = |rule: &Rule, case: &Case| {
            self.chosen.takes_case(rule, case) && self.filter.as_ref().is_none_or(|filter| filter.takes(rule, case))
        };
        let jobs: Vec<Job<'_>> = chosen
            .iter()
            .flat_map(|rule| rule.cases().iter().map(move |case| Job { rule, case }))
            .filter(|job| takes(job.rule, job.case))
            .collect();
        let engine = self.coverage.then(|| self.rules.covering_engine());
        let mut done = self.run_all(&jobs, engine.as_ref()).into_iter().zip(&jobs).peekable();
        let mut run = TestRun::default();
        let mut covered = Vec::new();
        for rule in chosen {
            let mut cases = Vec::new();
            let mut went = Visits::default();
            while let Some(((case, visits), _)) = done.next_if(|(_, job)| std::ptr::eq(job.rule, &raw const **rule)) {
                went.merge(&visits);
                cases.push(case);
            }
            if self.coverage {
                covered.push(rule_coverage(rule, &went));
            }
            run.rules.push(RuleTest {
                rule: Arc::clone(rule.id()),
                file: rule.source().shared_name(),
                origin: rule.origin().clone(),
                has: rule.cases().len(),
                cases,
            });
        }
        run.coverage = self.coverage.then_some(Coverage { rules: covered });
        self.add_failures(&mut run);
        let wanted = |id: &Arc<str>| self.chosen.takes_rule(id) && self.rules.selected().takes(id);
        run.without_rule = self.rules.lost_cases().into_iter().filter(|lost| wanted(&lost.id)).collect();
        run
    }

    /// Rules that do not compile, as far as they were chosen or those need them.
    fn add_failures(&self, run: &mut TestRun) {
        let wanted = |id: &str| self.chosen.takes_rule(id) && self.rules.selected().takes(id);
        run.failures = self.rules.failures_of(wanted).into_iter().cloned().collect();
        let sources = self.rules.failed_sources().iter();
        run.sources = sources.map(|source| (source.shared_name(), Arc::clone(source))).collect::<BTreeMap<_, _>>();
    }

    /// Every id that can be chosen, for "did you mean".
    #[must_use]
    pub fn ids(&self) -> Vec<Arc<str>> {
        let mut ids: Vec<Arc<str>> = files(self.rules).into_iter().map(|(id, _)| id).collect();
        ids.dedup();
        ids
    }

    /// One worker for each processor, each with one large stack for all of its cases.
    fn run_all(&self, jobs: &[Job<'_>], engine: Option<&ScriptEngine>) -> Vec<(CaseTest, Visits)> {
        let next = AtomicUsize::new(0);
        let began = Instant::now();
        let results: Mutex<Vec<Option<(CaseTest, Visits)>>> = Mutex::new(vec![None; jobs.len()]);
        let work = || {
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(job) = jobs.get(at) else { break };
                let result = match self.time.filter(|time| began.elapsed() > *time) {
                    Some(time) => (not_run(job.case, Some(too_late(time))), Visits::default()),
                    None => run_case(self.rules, engine, job.rule, job.case),
                };
                results.lock().unwrap_or_else(PoisonError::into_inner)[at] = Some(result);
            }
        };
        let workers = std::thread::available_parallelism().map_or(1, usize::from).min(jobs.len());
        let refused = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..workers).map(|_| scope.spawn(|| on_large_stack(work))).collect();
            threads.into_iter().filter_map(|thread| thread.join().ok()?.err()).next()
        });
        let results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
        let why = || refused.as_ref().map_or_else(|| "it ended unexpectedly".to_owned(), ToString::to_string);
        let lost = |job: &Job<'_>| {
            (not_run(job.case, Some(format!("the case could not be run: {}", why()))), Visits::default())
        };
        results.into_iter().zip(jobs).map(|(result, job)| result.unwrap_or_else(|| lost(job))).collect()
    }
}

fn too_late(time: Duration) -> String {
    format!("the case was not run: those before it took more than {} s", time.as_secs_f64())
}

/// Runs one case. Call it on a thread with a large stack.
pub(super) fn run_case(rules: &Rules, engine: Option<&ScriptEngine>, rule: &Rule, case: &Case) -> (CaseTest, Visits) {
    if !case.is_readable() {
        return (not_run(case, None), Visits::default());
    }
    let plans = case.plans();
    let settings = Settings { today: TODAY.parse().ok(), ..Settings::default() };
    let run = || rules.run_case(engine, rule, &plans, settings);
    let (run, visits) = if engine.is_some() { visits(run) } else { (run(), Visits::default()) };
    (judge(case, &plans, &run), visits)
}
