//! What an auditor gives to those who ask how an audit came about: coverage and mutation.
//!
//! Runs rules as an audit does, one by one, with what each read and compared. It draws no conclusion.

use std::io;
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::portfolio::tasks;
use super::{Auditor, faults, no_thread};
use crate::finding::{Failure, FailureKind, Finding};
use crate::plan::{NodeRef, Plan};
use crate::rules::{Rule, RuleRun, Settings};
use crate::script::{Limits, Marks, id_path, on_large_stack};

impl<'r> Auditor<'r> {
    /// The rules that run over a plan by itself, by id.
    pub(crate) fn chosen(&self, plan: &Plan) -> Vec<&'r Arc<Rule>> {
        let in_force = self.rules.in_force(Some(plan));
        let alone = |rule: &&Arc<Rule>| !rule.is_over_portfolios() && in_force.terms(rule).is_some();
        self.rules.iter().filter(alone).collect()
    }

    /// What is wrong with rules that should run.
    pub(crate) fn rule_failures(&self) -> Vec<Failure> {
        self.rules.failures_of(|rule| self.rules.selected().takes(rule)).into_iter().cloned().collect()
    }

    /// What the loader found wrong with a plan, as far as it is wanted.
    pub(crate) fn faults(&self, plan: &Plan) -> Vec<Finding> {
        faults(plan, self.rules, &self.rules.in_force(Some(plan)))
    }

    /// Every rule over a plan in the order of their ids, each with what it read and compared.
    ///
    /// # Errors
    /// When the system gives no thread that rules can run on.
    pub(crate) fn observe(&self, plan: &Plan) -> Result<Vec<RuleRun>, Box<Failure>> {
        let settings = Settings { observe: true, ..self.settings };
        let all = || self.chosen(plan).into_iter().map(|rule| self.run_alone(plan, rule, settings)).collect();
        on_large_stack(all).map_err(|error| Box::new(no_thread(&error)))
    }

    /// What an audit of these plans looks at in each, and which rules fail over it.
    pub(super) fn looked(&self, plans: &[Plan]) -> Vec<(Marks, Vec<Failure>)> {
        let in_force: Vec<_> = plans.iter().map(|plan| self.rules.in_force(Some(plan))).collect();
        let rules: Vec<&Arc<Rule>> = self.rules.iter().collect();
        let tasks = tasks(&rules, plans, &in_force, &self.rules.in_force(None));
        let mut looked: Vec<(Marks, Vec<Failure>)> = plans.iter().map(|_| Default::default()).collect();
        let runs = match self.run(&tasks) {
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

    /// One rule over one plan, as an audit runs it. Call it in [`Auditor::side_by_side`].
    pub(crate) fn rerun(&self, plan: &Plan, rule: &Rule) -> RuleRun {
        self.run_alone(plan, rule, self.settings)
    }

    fn run_alone(&self, plan: &Plan, rule: &Rule, settings: Settings) -> RuleRun {
        match self.rules.in_force(Some(plan)).terms(rule) {
            Some(terms) if !rule.is_over_portfolios() => self.rules.run_as(rule, &terms, &[plan], settings),
            _ => RuleRun::not_applicable(),
        }
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
        let failed = |error: &io::Error| Box::new(no_thread(error));
        let pool = rayon::ThreadPoolBuilder::new().stack_size(Limits::STACK).build();
        let pool = pool.map_err(|error| failed(&io::Error::other(error)))?;
        Ok(pool.install(|| things.par_iter().map(work).collect()))
    }
}

/// Why nothing can be said of a plan that is no TOML.
pub(crate) fn not_toml(plan: &Plan) -> Failure {
    Failure {
        kind: FailureKind::Plan,
        rule: None,
        file: plan.source().shared_name(),
        message: "this file is not TOML, so no rule runs over it".to_owned(),
        span: None,
        stack: Vec::new(),
        looking_at: None,
        help: Some("mend what `crossfoot check` points to first".to_owned()),
    }
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
