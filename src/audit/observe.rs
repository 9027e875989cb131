//! What an auditor gives to those who ask how an audit came about: coverage and mutation.
//!
//! Runs rules as an audit does, one by one, with what each read and compared. It draws no conclusion.

use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::portfolio::{Task, tasks};
use super::{Auditor, Threads, faults, no_thread};
use crate::finding::{Failure, FailureKind, Finding};
use crate::plan::{NodeId, NodeRef, Plan};
use crate::rules::{InForce, Rule, RuleRun, Settings, portfolio_of};
use crate::script::{Marks, id_path, on_large_stack};

impl<'r> Auditor<'r> {
    /// The same auditor for one who reads of a finding only which rule made it and where.
    pub(crate) fn brief(mut self) -> Self {
        self.settings.brief = true;
        self
    }

    /// What holds for a plan.
    pub(crate) fn in_force(&self, plan: &Plan) -> InForce<'r> {
        self.rules.in_force(Some(plan))
    }

    /// The runs over a plan by itself, in the order of the rules' ids.
    pub(crate) fn alone<'p>(&self, plan: &'p Plan, in_force: &InForce<'_>) -> Vec<Task<'p>>
    where
        'r: 'p,
    {
        let rules = self.rules.iter().filter(|rule| !rule.is_over_portfolios());
        rules.filter_map(|rule| Task::of(rule, vec![plan], in_force)).collect()
    }

    /// What is not run over a plan because the other plans of its portfolio are not among those given, as a sentence.
    pub(crate) fn not_run(&self, plan: &Plan, plans: &[Plan]) -> Option<String> {
        let name = portfolio_of(plan)?;
        let others = plans.iter().filter(|other| portfolio_of(other).as_ref() == Some(&name)).count();
        let in_force = self.rules.in_force(None);
        let any = self.rules.iter().any(|rule| rule.is_over_portfolios() && in_force.terms(rule).is_some());
        (any && others < 2)
            .then(|| format!("this plan is of the portfolio `{name}`: rules over portfolios were not run"))
    }

    /// What is wrong with rules that should run.
    pub(crate) fn rule_failures(&self) -> Vec<Failure> {
        self.rules.failures_of(|rule| self.rules.selected().takes(rule)).into_iter().cloned().collect()
    }

    /// What the loader found wrong with a plan, as far as it is wanted.
    pub(crate) fn faults(&self, plan: &Plan, in_force: &InForce<'_>) -> Vec<Finding> {
        faults(plan, self.rules, in_force)
    }

    /// These runs, each with what it read and compared.
    ///
    /// # Errors
    /// When the system gives no thread that rules can run on.
    pub(crate) fn observe(&self, tasks: &[Task<'_>]) -> Result<Vec<RuleRun>, Box<Failure>> {
        self.observe_parts(tasks, |_| None)
    }

    /// The same, of some rules only the rounds of some items.
    ///
    /// # Errors
    /// As [`Auditor::observe`].
    pub(super) fn observe_parts(
        &self,
        tasks: &[Task<'_>],
        only: impl Fn(&Task<'_>) -> Option<Arc<[NodeId]>> + Sync,
    ) -> Result<Vec<RuleRun>, Box<Failure>> {
        let auditor = Self { settings: Settings { observe: true, ..self.settings }, ..*self };
        let one = |task: &Task<'_>| {
            let part = only(task)
                .zip(task.plans.first())
                .map(|(items, plan)| auditor.rules.run_part(task.rule, &task.terms, plan, auditor.settings, items));
            part.filter(|part| part.failure.is_none()).unwrap_or_else(|| auditor.run_one(task))
        };
        on_large_stack(|| tasks.iter().map(one).collect()).map_err(|error| Box::new(no_thread(&error)))
    }

    /// What an audit of these plans looks at in each, and which rules fail over it.
    pub(super) fn looked(&self, plans: &[Plan]) -> Vec<(Marks, Vec<Failure>)> {
        let in_force: Vec<_> = plans.iter().map(|plan| self.rules.in_force(Some(plan))).collect();
        let rules: Vec<&Arc<Rule>> = self.rules.iter().collect();
        let tasks = tasks(&rules, plans, &in_force, &self.rules.in_force(None));
        let mut looked: Vec<(Marks, Vec<Failure>)> = plans.iter().map(|_| Default::default()).collect();
        let runs = match self.run(&tasks.iter().collect::<Vec<_>>()) {
            Ok(runs) => runs,
            Err(error) => {
                looked.iter_mut().for_each(|(_, failures)| failures.push(no_thread(&error)));
                return looked;
            }
        };
        for (task, run) in tasks.iter().zip(runs) {
            for (at, plan) in task.plans.iter().enumerate() {
                let same = |other: &&Plan| Arc::ptr_eq(other.source(), plan.source());
                let Some(place) = plans.iter().position(|other| same(&other)) else { continue };
                let (marks, failures) = &mut looked[place];
                run.looked.get(at).into_iter().for_each(|new| marks.merge(new));
                failures.extend(run.failure.clone());
            }
        }
        looked
    }

    /// The run of a rule over another plan, as an audit runs it. Call it in [`Auditor::side_by_side`].
    pub(crate) fn rerun(&self, plan: &Plan, task: &Task<'_>) -> RuleRun {
        self.rules.run_as(task.rule, &task.terms, &[plan], self.settings)
    }

    /// Does some work for each of many things on all cores, on threads that rules can run on; results in order.
    ///
    /// # Errors
    /// When the system gives no such thread.
    pub(crate) fn side_by_side<T: Sync, R: Send>(
        &self,
        things: &[T],
        work: impl Fn(&T) -> R + Send + Sync,
    ) -> Result<Vec<R>, Box<Failure>> {
        let threads = Threads::start().map_err(|error| Box::new(no_thread(&error)))?;
        Ok(threads.run(|| things.par_iter().map(work).collect()))
    }
}

/// Why nothing can be said of a plan that is no TOML.
pub(crate) fn not_toml(plan: &Plan) -> Failure {
    let message = "this file is not TOML, so no rule runs over it";
    Failure::new(FailureKind::Plan, plan.source().shared_name(), message)
        .help("mend what `crossfoot check` points to first")
}

/// The part of a plan that a node belongs to, for lists by part: the key at the top, `services`. Of lists whose items are
/// themselves made of tables, the item, `objectives[I.1]`: of all such lists, or only of cross-tables.
pub(crate) fn section(node: NodeRef<'_>, by_item: bool) -> String {
    let mut chain = vec![node];
    while let Some(parent) = chain[chain.len() - 1].parent() {
        chain.push(parent);
    }
    // The last is the root.
    let (top, item) = (chain.iter().rev().nth(1), chain.iter().rev().nth(2));
    let Some(top) = top else { return String::new() };
    let wanted = |list: &NodeRef<'_>, item: &NodeRef<'_>| {
        list.is_array_of_tables()
            && (list.key() == Some("tables") || (by_item && item.children().any(|child| child.is_array_of_tables())))
    };
    match item {
        Some(item) if wanted(top, item) => id_path(*item),
        _ => top.key().unwrap_or_default().to_owned(),
    }
}
