//! Two drafts of plans, compared: which figures, items and findings are other ones.
//!
//! What is the same thing in both drafts is told by ids and titles, never by lines. Both are judged by the same rules. It must not
//! know where drafts come from, nor how a comparison is shown.

mod differ;
mod item;
mod money;
mod pairs;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::audit::Auditor;
use crate::finding::{
    Comparison, Difference, Failure, Finding, ItemChanged, PlanAlone, PlanDifference, Renamed, Report, Why,
};
use crate::plan::Plan;
use crate::source::SourceText;
use item::Items;
use pairs::Pairs;

/// One draft: a plan, or the plans of a folder.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// What the user calls it.
    pub name: String,
    /// Its plans.
    pub plans: Vec<DraftPlan>,
    /// What stood in the way of reading others.
    pub errors: Vec<Failure>,
}

/// One plan of a draft.
#[derive(Clone, Debug)]
pub struct DraftPlan {
    /// What it is known again by in the other draft: its path below the folder, or nothing where the draft is one plan.
    pub key: String,
    /// What the user calls it, such as `HEAD:plan.toml`.
    pub shown: Arc<str>,
    /// The plan, under the name by which a configuration knows it.
    pub plan: Plan,
}

impl Draft {
    /// A draft that is one plan.
    #[must_use]
    pub fn of(name: impl Into<String>, plan: Plan) -> Self {
        let name = name.into();
        let plans = vec![DraftPlan { key: String::new(), shown: name.as_str().into(), plan }];
        Self { name, plans, errors: Vec::new() }
    }
}

/// Compares two drafts; the findings of both are those of this auditor.
///
/// ```
/// use crossfoot::compare::{Draft, compare};
/// use crossfoot::{Auditor, Plan, Rules};
///
/// let rules = Rules::standard();
/// let draft = |text: &str| Draft::of("plan.toml", Plan::parse("plan.toml", text));
/// let (old, new) = (draft("[[risks]]\nid = 'R'\ntitle = 'Flood'\n"), draft("[[risks]]\nid = 'R'\ntitle = 'High water'\n"));
/// let comparison = compare(&Auditor::new(&rules), &old, &new);
/// assert_eq!((comparison.summary.renamed, comparison.summary.findings_new), (1, 0));
/// assert!(!compare(&Auditor::new(&rules), &old, &old).differs());
/// ```
#[must_use]
pub fn compare(auditor: &Auditor<'_>, old: &Draft, new: &Draft) -> Comparison {
    let mut comparison = Comparison::new(old.name.as_str(), new.name.as_str());
    let (together, removed, added) = together(old, new);
    comparison.plans = together.iter().map(|(old, new)| plan_difference(old, new)).collect();
    comparison.plans_added = added.iter().map(|plan| alone(plan)).collect();
    comparison.plans_removed = removed.iter().map(|plan| alone(plan)).collect();
    let audit = |draft: &Draft| {
        let plans: Vec<Plan> = draft.plans.iter().map(|plan| plan.plan.clone()).collect();
        auditor.audit_all(&plans)
    };
    let reports = [audit(old), audit(new)];
    for (draft, report) in [old, new].into_iter().zip(&reports) {
        add_obstacles(&mut comparison, draft, report);
    }
    comparison.findings = findings(&comparison, &together, &removed, &reports).into();
    comparison.counted()
}

/// How one plan differs from another.
///
/// ```
/// use crossfoot::Plan;
/// use crossfoot::compare::{Draft, plan_difference};
///
/// let plan = |text: &str| Draft::of("p", Plan::parse("p", text)).plans.remove(0);
/// let difference = plan_difference(&plan("a = 1_000"), &plan("a = 1200"));
/// assert_eq!((difference.figures[0].name.as_str(), difference.figures[0].change.difference), ("a", Some(200.into())));
/// ```
#[must_use]
pub fn plan_difference(old: &DraftPlan, new: &DraftPlan) -> PlanDifference {
    let items = (Items::of(&old.plan), Items::of(&new.plan));
    let pairs = Pairs::of(&items.0, &items.1);
    let mut difference = differ::difference(&items.0, &items.1, &pairs);
    (difference.old, difference.new) = (Arc::clone(&old.shown), Arc::clone(&new.shown));
    money::add(&mut difference, (&old.plan, &items.0), (&new.plan, &items.1), &pairs);
    difference
}

/// Plans that are compared, the earlier one first.
type Together<'d> = Vec<(&'d DraftPlan, &'d DraftPlan)>;

/// The plans that both drafts have, and those of either alone: the same by their keys, else by the ids that they state, else by their
/// whole text. Such as are no TOML are none of them.
fn together<'d>(old: &'d Draft, new: &'d Draft) -> (Together<'d>, Vec<&'d DraftPlan>, Vec<&'d DraftPlan>) {
    let mut partners: HashMap<usize, usize> = HashMap::new();
    let mut taken: HashSet<usize> = HashSet::new();
    let names: [fn(&DraftPlan) -> Option<String>; 3] = [
        |plan| Some(plan.key.clone()),
        |plan| Some(plan.plan.root().get("plan")?.get("id")?.display().into_owned()),
        |plan| Some(plan.plan.source().text().to_owned()),
    ];
    for name in names {
        let mut open: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, plan) in old.plans.iter().enumerate().filter(|(at, _)| !taken.contains(at)) {
            name(plan).into_iter().for_each(|name| open.entry(name).or_default().push(at));
        }
        for (at, plan) in new.plans.iter().enumerate() {
            if partners.contains_key(&at) {
                continue;
            }
            // What several are called by tells none of them apart.
            if let Some([partner]) = name(plan).and_then(|name| open.remove(&name)).as_deref() {
                partners.insert(at, *partner);
                taken.insert(*partner);
            }
        }
    }
    let is_toml = |plan: &&DraftPlan| plan.plan.is_toml();
    let both = |(at, plan): (usize, &'d DraftPlan)| Some((&old.plans[*partners.get(&at)?], plan));
    let together = new.plans.iter().enumerate().filter_map(both);
    let together = together.filter(|(old, new)| old.plan.is_toml() && new.plan.is_toml()).collect();
    let removed = old.plans.iter().enumerate().filter(|(at, _)| !taken.contains(at)).map(|(_, plan)| plan);
    let added = new.plans.iter().enumerate().filter(|(at, _)| !partners.contains_key(at)).map(|(_, plan)| plan);
    (together, removed.filter(is_toml).collect(), added.filter(is_toml).collect())
}

fn alone(plan: &DraftPlan) -> PlanAlone {
    let title = crate::audit::overview(&plan.plan).title;
    PlanAlone { file: Arc::clone(&plan.shown), title, figures: plan.plan.figures() }
}

/// Adds what stood in the way of a draft, each thing once, under the names that the user knows.
fn add_obstacles(comparison: &mut Comparison, draft: &Draft, report: &Report) {
    let shown = |file: &Arc<str>| {
        let plan = draft.plans.iter().find(|plan| plan.plan.name() == &**file);
        plan.map_or_else(|| Arc::clone(file), |plan| Arc::clone(&plan.shown))
    };
    let faults = report.findings.iter().filter(|finding| report.is_fault(finding));
    comparison.faults.extend(faults.map(|fault| Finding { file: shown(&fault.file), ..fault.clone() }));
    for error in draft.errors.iter().chain(&report.errors) {
        let error = Failure { file: shown(&error.file), ..error.clone() };
        // A rule that does not compile is told by the audit of either draft.
        if !comparison.errors.contains(&error) {
            comparison.errors.push(error);
        }
    }
    let told: HashSet<&str> = comparison.errors.iter().map(|error| &*error.file).collect();
    for (name, source) in report.sources.iter().map(|(name, source)| (shown(name), source)) {
        if told.contains(&*name) {
            let is_other = *name != *source.name();
            let named = || Arc::new(SourceText::new(Arc::clone(&name), source.text()));
            comparison.sources.insert(Arc::clone(&name), if is_other { named() } else { Arc::clone(source) });
        }
    }
}

/// How the findings differ of the plans that were compared or that one draft alone has.
fn findings(
    comparison: &Comparison,
    together: &Together<'_>,
    removed: &[&DraftPlan],
    [old, new]: &[Report; 2],
) -> Difference {
    let renamed = together.iter().filter(|(old, new)| old.plan.name() != new.plan.name());
    let renamed = renamed.map(|(old, new)| Renamed { from: old.plan.name().into(), to: new.plan.name().into() });
    // A plan that cannot be read has no findings, which mends none.
    let broken: HashSet<&str> = [old, new]
        .into_iter()
        .flat_map(|report| report.findings.iter().filter(|finding| report.is_fault(finding)))
        .map(|fault| &*fault.file)
        .collect();
    let counted = |report: &Report| -> Vec<Finding> {
        report.findings.iter().filter(|finding| !broken.contains(&*finding.file)).cloned().collect()
    };
    let gone: HashSet<&str> = removed.iter().map(|plan| plan.plan.name()).collect();
    let differences = together.iter().zip(&comparison.plans);
    let removed: HashMap<&str, HashSet<&str>> =
        differences.map(|((old, _), difference)| (old.plan.name(), places_gone(difference))).collect();
    let suppressed: HashSet<_> =
        new.suppressed.iter().map(|aside| (&aside.finding.rule, aside.finding.fingerprint)).collect();
    Difference::over_names(&counted(old), &counted(new), renamed.collect()).set_apart(|finding| {
        if gone.contains(&*finding.file) {
            return Some(Why::PlanGone);
        }
        if suppressed.contains(&(&finding.rule, finding.fingerprint)) {
            return Some(Why::Suppressed);
        }
        // What was compared and is not there any more was not mended by that.
        let places = removed.get(&*finding.file).filter(|_| finding.working.is_some())?;
        within(&finding.name).any(|place| places.contains(place)).then_some(Why::NotChecked)
    })
}

/// The figures and items that the later draft has no more, by the names that they had.
fn places_gone(difference: &PlanDifference) -> HashSet<&str> {
    let figures = difference.figures.iter().filter(|figure| figure.change.new.is_none());
    let items = difference.items.iter().filter(|item| item.change == ItemChanged::Removed);
    figures.map(|figure| figure.name.as_str()).chain(items.map(|item| item.name.as_str())).collect()
}

/// A name, and the names of what it stands in.
fn within(name: &str) -> impl Iterator<Item = &str> {
    let ends = name.match_indices('.').map(|(at, _)| at).chain([name.len()]);
    ends.map(|end| &name[..end])
}
