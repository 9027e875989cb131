//! The run: all changes, each made, audited where it touches something, and held against the plan as it stands.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::change::{Change, MutationKind};
use super::report::{KindScore, Mutation, MutationReport, RuleScore, Sample, Score};
use super::rounding::Rounding;
use super::{Mutator, figures, references, removals};
use crate::audit::{Auditor, Task, not_toml, section};
use crate::finding::{Failure, Finding, Tool};
use crate::plan::{FaultCode, Plan, is_declaration};
use crate::rules::{InForce, RuleRun};
use crate::script::id_path;

/// How often each place has a finding, by the place's path before the change.
type Places = HashMap<String, usize>;

/// The plan as it stands: what was found, and what each rule read.
struct Base<'p> {
    plan: &'p Plan,
    /// Of what is found in a changed plan, only rule and place are read.
    brief: Auditor<'p>,
    /// What holds for the plan, and so for the changed ones.
    in_force: InForce<'p>,
    tasks: Vec<Task<'p>>,
    runs: Vec<RuleRun>,
    places: Vec<Places>,
    faults: HashMap<Arc<str>, Places>,
    findings: usize,
}

pub(super) fn mutate(mutator: &Mutator<'_>, plan: &Plan) -> Result<MutationReport, Box<Failure>> {
    let base = Base::of(mutator, plan)?;
    let mut rounding = Rounding::default();
    base.runs.iter().filter_map(|run| run.observed.as_ref()).for_each(|observed| rounding.learn(&observed.looks));
    let mut changes = Vec::new();
    figures::changes(plan, &rounding, &mut changes);
    removals::changes(plan, &mut changes);
    references::changes(plan, &mut changes);
    changes.retain(|change| mutator.kinds.contains(&change.kind));
    changes.sort_by_key(|change| (plan.node(change.node).span(), change.kind));
    let all = changes.len();
    changes.retain(|change| !rounding.explains(plan, change));
    let within_rounding = all - changes.len();
    let sample = sample(mutator, &mut changes);
    let done = AtomicUsize::new(0);
    let noticed = mutator.auditor.side_by_side(&changes, |change| {
        let noticed = change.made(plan).map(|changed| base.noticed(change, &changed));
        if let Some(progress) = mutator.progress {
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, changes.len());
        }
        noticed
    })?;
    let made = changes.iter().zip(noticed).filter_map(|(change, by)| Some(told(plan, change, by?)));
    Ok(report(&base, made.collect(), (within_rounding, sample), mutator.kinds))
}

/// Leaves as many changes as are wanted, chosen at random, in their order.
fn sample(mutator: &Mutator<'_>, changes: &mut Vec<Change>) -> Option<Sample> {
    let limit = mutator.limit.filter(|limit| *limit < changes.len())?;
    let of = changes.len();
    let mut order: Vec<usize> = (0..of).collect();
    fastrand::Rng::with_seed(mutator.seed).shuffle(&mut order);
    let mut keep = vec![false; of];
    order.iter().take(limit).for_each(|at| keep[*at] = true);
    let mut keep = keep.into_iter();
    changes.retain(|_| keep.next().unwrap_or(false));
    Some(Sample { of, seed: mutator.seed })
}

impl<'p> Base<'p> {
    fn of(mutator: &Mutator<'p>, plan: &'p Plan) -> Result<Self, Box<Failure>> {
        if let Some(failure) = mutator.auditor.rule_failures().into_iter().next() {
            return Err(Box::new(failure));
        }
        if !plan.is_toml() {
            return Err(Box::new(not_toml(plan)));
        }
        let in_force = mutator.auditor.in_force(plan);
        let tasks = mutator.auditor.alone(plan, &in_force);
        let runs = mutator.auditor.observe(&tasks)?;
        if let Some(failure) = runs.iter().find_map(|run| run.failure.clone()) {
            return Err(Box::new(failure));
        }
        let faults = mutator.auditor.faults(plan, &in_force);
        Ok(Self {
            plan,
            brief: mutator.auditor.brief(),
            in_force,
            tasks,
            places: runs.iter().map(|run| places(&run.findings, None)).collect(),
            findings: runs.iter().map(|run| run.findings.len()).sum::<usize>() + faults.len(),
            faults: by_rule(faults, None),
            runs,
        })
    }

    /// The rules that notice a change, by id.
    fn noticed(&self, change: &Change, changed: &Plan) -> Vec<Arc<str>> {
        let mut noticed = Vec::new();
        for (code, places) in by_rule(self.brief.faults(changed, &self.in_force), Some(change)) {
            if self.faults.get(&code).is_none_or(|before| has_new(before, &places)) {
                noticed.push(code);
            }
        }
        let everything = touches_everything(self.plan, change, changed);
        for (at, (task, before)) in self.tasks.iter().zip(&self.places).enumerate() {
            if !everything && !self.reads(at, change) {
                continue;
            }
            let after = self.brief.rerun(changed, task);
            if after.failure.is_some() || has_new(before, &places(&after.findings, Some(change))) {
                noticed.push(Arc::clone(task.rule.id()));
            }
        }
        noticed.sort();
        noticed
    }

    /// Whether a rule read anything of what a change touches.
    fn reads(&self, rule: usize, change: &Change) -> bool {
        let reads = self.runs[rule].observed.as_ref().map(|observed| &observed.reads);
        let reads = reads.and_then(|reads| reads.first());
        reads.is_none_or(|reads| change.touched.iter().any(|node| reads.contains(*node)))
    }
}

/// Whether a change may reach rules that read nothing of what was changed: because it says how other figures are to be
/// read, because it changes which values can be read at all, or because a key is nowhere any more.
fn touches_everything(plan: &Plan, change: &Change, changed: &Plan) -> bool {
    let mistyped = |plan: &Plan| plan.faults().iter().any(|fault| fault.code == FaultCode::WrongType);
    let declares = |node| removals::subtree(plan.node(node)).into_iter().any(is_declaration);
    match &change.removed {
        None => !changed.has_shape_of(plan) || change.touched.iter().any(|node| is_declaration(plan.node(*node))),
        Some(removed) => {
            mistyped(plan)
                || mistyped(changed)
                || changed.key_names() != plan.key_names()
                || is_declaration(plan.node(removed.node))
                || declares(removed.node)
        }
    }
}

fn places<'f>(findings: impl IntoIterator<Item = &'f Finding>, change: Option<&Change>) -> Places {
    let mut places = Places::new();
    for finding in findings {
        let path = change.map_or_else(|| finding.path.clone(), |change| change.path_before(&finding.path));
        *places.entry(path).or_default() += 1;
    }
    places
}

fn by_rule(findings: Vec<Finding>, change: Option<&Change>) -> HashMap<Arc<str>, Places> {
    let mut by_rule: HashMap<Arc<str>, Vec<Finding>> = HashMap::new();
    for finding in findings {
        by_rule.entry(Arc::clone(&finding.rule)).or_default().push(finding);
    }
    by_rule.into_iter().map(|(rule, findings)| (rule, places(&findings, change))).collect()
}

/// Whether some place has more findings than before.
fn has_new(before: &Places, after: &Places) -> bool {
    after.iter().any(|(path, count)| before.get(path).copied().unwrap_or_default() < *count)
}

fn told(plan: &Plan, change: &Change, noticed_by: Vec<Arc<str>>) -> Mutation {
    let node = plan.node(change.node);
    Mutation {
        kind: change.kind,
        part: section(node, true),
        path: node.path(),
        name: id_path(node),
        span: plan.source().place(node.span()),
        was: change.was.clone(),
        became: change.became.clone(),
        noticed_by,
    }
}

fn report(
    base: &Base<'_>,
    mutations: Vec<Mutation>,
    (within_rounding, sample): (usize, Option<Sample>),
    kinds: &[MutationKind],
) -> MutationReport {
    let (mut score, mut figures) = (Score::default(), Score::default());
    let mut by_kind: BTreeMap<MutationKind, Score> = kinds.iter().map(|kind| (*kind, Score::default())).collect();
    let none = |rule: &Arc<str>| RuleScore { rule: Arc::clone(rule), noticed: 0, alone: 0 };
    let mut rules: BTreeMap<Arc<str>, RuleScore> =
        base.tasks.iter().map(|task| (Arc::clone(task.rule.id()), none(task.rule.id()))).collect();
    for mutation in &mutations {
        let noticed = !mutation.noticed_by.is_empty();
        score.add(noticed);
        by_kind.entry(mutation.kind).or_default().add(noticed);
        if mutation.kind.is_of_figures() {
            figures.add(noticed);
        }
        for rule in &mutation.noticed_by {
            let score = rules.entry(Arc::clone(rule)).or_insert_with(|| none(rule));
            score.noticed += 1;
            score.alone += usize::from(mutation.noticed_by.len() == 1);
        }
    }
    let mut rules: Vec<RuleScore> = rules.into_values().collect();
    rules.sort_by_key(|rule| std::cmp::Reverse(rule.noticed));
    MutationReport {
        schema: 1,
        tool: Tool::THIS,
        file: base.plan.source().shared_name(),
        findings_before: base.findings,
        not_run: base
            .brief
            .not_run(base.plan, std::slice::from_ref(base.plan))
            .map(|why| format!("{why}, and what only they would notice counts as not noticed")),
        sample,
        score,
        figures,
        kinds: by_kind.into_iter().map(|(kind, score)| KindScore { kind, score }).collect(),
        within_rounding,
        rules,
        mutations,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Auditor, Rules};

    const PLAN: &str = include_str!("../../plans/itu-2020-2023.toml");

    /// What a rule found, but for places, which move with the text.
    fn told(run: &RuleRun) -> Vec<String> {
        let told = |f: &Finding| format!("{} {} {} {:?} {:?}", f.fingerprint, f.path, f.message, f.working, f.help);
        run.findings.iter().map(told).chain([format!("{:?}", run.checks)]).collect()
    }

    /// The rules that a change does not touch are not run again; here they are, and must say what they said.
    #[test]
    fn rules_that_a_change_does_not_touch_say_the_same() {
        let rules = Rules::standard();
        let auditor = Auditor::new(&rules);
        let mutator = Mutator::new(&auditor).limit(Some(200)).seed(7);
        let plan = Plan::parse("plan.toml", PLAN);
        let base = Base::of(&mutator, &plan).unwrap();
        let mut changes = Vec::new();
        figures::changes(&plan, &Rounding::default(), &mut changes);
        removals::changes(&plan, &mut changes);
        references::changes(&plan, &mut changes);
        let _sample = sample(&mutator, &mut changes);
        let wrong = auditor.side_by_side(&changes, |change| {
            let Some(changed) = change.made(&plan) else { return (0, Vec::new()) };
            let (mut skipped, mut wrong) = (0, Vec::new());
            for (at, task) in base.tasks.iter().enumerate() {
                if !touches_everything(&plan, change, &changed) && !base.reads(at, change) {
                    skipped += 1;
                    let after = auditor.rerun(&changed, task);
                    if told(&after) != told(&base.runs[at]) {
                        wrong.push(format!("{} at {}: {:?}", task.rule.id(), plan.node(change.node).path(), change));
                    }
                }
            }
            (skipped, wrong)
        });
        let (skipped, wrong): (Vec<usize>, Vec<Vec<String>>) = wrong.unwrap().into_iter().unzip();
        assert!(skipped.iter().sum::<usize>() > changes.len() * base.tasks.len() / 2, "most rules are not touched");
        assert_eq!(wrong.concat(), [""; 0]);
    }
}
