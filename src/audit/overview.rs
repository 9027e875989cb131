//! What a plan says of itself, for those who review it: read once, by the standard vocabulary, into finished values.
//!
//! It judges nothing: how shares compare is told by the comparisons that rules made.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Auditor;
use crate::figure::{Decimal, Sum};
use crate::finding::{
    AllowanceCode, Mitigation, Objective, Outcome, Output, Overview, Page, Risk, Run, Scales, Service, ShareComparison,
    ShareOutcome, YearAmount,
};
use crate::plan::{FaultCode, NodeId, NodeRef, Plan, Unit};
use crate::rules::{allowance_page, fault_page};
use crate::script::{Look, LookOutcome, id_path};

/// Nodes of a plan up to which its shares are compared for the overview: the rules run once more for it.
const MOST_NODES: usize = 200_000;

impl Auditor<'_> {
    /// An audit of plans as a whole run: the report, and all that is to be shown beside it.
    ///
    /// ```
    /// use crossfoot::{Auditor, Plan, Rules};
    ///
    /// let rules = Rules::standard();
    /// let plan = Plan::parse("plan.toml", "[plan]\ntitle = 'Roads'\n[[risks]]\ntitle = 'Flood'\nmitigations = []\n");
    /// let run = Auditor::new(&rules).run_of(std::slice::from_ref(&plan));
    /// assert_eq!((run.overviews[0].title.as_str(), run.overviews[0].risks[0].title.as_str()), ("Roads", "Flood"));
    /// assert!(run.pages.contains_key("risks/unmitigated"));
    /// ```
    #[must_use]
    pub fn run_of(&self, plans: &[Plan]) -> Run {
        self.run_with(self.audit_all(plans), plans)
    }

    /// A run of a report that was made of these plans.
    #[must_use]
    pub fn run_with<'p>(&self, report: crate::finding::Report, plans: impl IntoIterator<Item = &'p Plan>) -> Run {
        let page = |rule: &Arc<crate::rules::Rule>| {
            let page = Page { title: rule.title().to_owned(), text: rule.page().to_owned() };
            (Arc::clone(rule.id()), page)
        };
        let overviews = plans.into_iter().map(|plan| self.overview(plan)).collect();
        let mut pages: BTreeMap<_, _> = self.rules.iter().map(page).collect();
        let aside = report.suppressed.iter().map(|suppressed| &suppressed.finding);
        for finding in report.findings.iter().chain(aside) {
            if !pages.contains_key(&finding.rule)
                && let Some(page) = page_without_rule(&finding.rule)
            {
                pages.insert(Arc::clone(&finding.rule), page);
            }
        }
        Run { report, overviews, pages }
    }

    /// What a plan says of itself, and how its shares compare with what rules held them against. Of a plan that is no TOML,
    /// only its name.
    ///
    /// ```
    /// use crossfoot::{Auditor, Plan, Rules};
    ///
    /// let rules = Rules::standard();
    /// let text = "[[objectives]]\nid = 'A'\ntotal = { 2026 = 10 }\noutputs = [{ id = 'a', cost = { 2026 = 9 } }]\n";
    /// let overview = Auditor::new(&rules).overview(&Plan::parse("plan.toml", text));
    /// let year = &overview.objectives[0].amounts[0];
    /// assert_eq!((year.stated, year.computed), (Some(10.into()), Some(9.into())));
    /// ```
    #[must_use]
    pub fn overview(&self, plan: &Plan) -> Overview {
        if !plan.is_toml() {
            return Overview { file: plan.source().shared_name(), ..Overview::default() };
        }
        let compared = plan.len() <= MOST_NODES;
        let shares = if compared { self.shares(plan) } else { Vec::new() };
        Overview { shares, shares_left_out: !compared, ..read(plan) }
    }

    /// The comparisons that rules made of one stated share each, in the order of the document.
    fn shares(&self, plan: &Plan) -> Vec<ShareComparison> {
        let in_force = self.in_force(plan);
        let tasks = self.alone(plan, &in_force);
        let Ok(runs) = self.observe(&tasks) else { return Vec::new() };
        let mut found: BTreeMap<NodeId, ShareComparison> = BTreeMap::new();
        for (task, run) in tasks.iter().zip(&runs) {
            let Some(observed) = &run.observed else { continue };
            for look in &observed.looks.all {
                let share = |at: usize| match observed.looks.cells(&look.sides[at]).as_slice() {
                    [one] if one.factor == Some(Decimal::ONE) => Some(NodeId::from_index(one.cell.node as usize)),
                    _ => None,
                };
                let both = (share(0), share(1));
                // Two stated figures are a reconciliation; a constant has no figures and is a check of the whole.
                let (at, id) = match both {
                    (Some(id), None) => (0, id),
                    (None, Some(id)) => (1, id),
                    _ => continue,
                };
                let has_parts = !observed.looks.cells(&look.sides[1 - at]).is_empty();
                if !has_parts || plan.unit(id) != Unit::Percent {
                    continue;
                }
                let Some(comparison) = compared(plan, id, task.rule.id(), look, at) else { continue };
                // Of several, the one that fails, else the one that says most: that which permits least.
                let rank = |of: &ShareComparison| (of.outcome != ShareOutcome::Disagree, of.tolerance);
                if found.get(&id).is_none_or(|known| rank(&comparison) < rank(known)) {
                    found.insert(id, comparison);
                }
            }
        }
        found.into_values().collect()
    }
}

/// The page of what is found without a rule, while a plan is loaded or a finding is set aside.
fn page_without_rule(id: &str) -> Option<Page> {
    let fault = FaultCode::ALL.into_iter().find(|code| code.id() == id);
    let fault = fault.map(|code| (code.title(), fault_page(code)));
    let found = fault.or_else(|| {
        let code = AllowanceCode::ALL.into_iter().find(|code| code.id() == id)?;
        Some((code.title(), allowance_page(code)))
    });
    found.map(|(title, text)| Page { title: title.to_owned(), text })
}

fn compared(plan: &Plan, id: NodeId, rule: &Arc<str>, look: &Look, at: usize) -> Option<ShareComparison> {
    let outcome = match look.outcome {
        LookOutcome::Equal => ShareOutcome::Equal,
        LookOutcome::WithinRounding => ShareOutcome::WithinRounding,
        LookOutcome::Disagree => ShareOutcome::Disagree,
        _ => return None,
    };
    // The verbs that judge; what a rule only asks is no verdict on the share.
    if !look.verb.starts_with("expect_") {
        return None;
    }
    let distance = look.distance?;
    let stated = plan.stated(id)?.value;
    let less = if at == 0 { distance.difference } else { -distance.difference };
    let node = plan.node(id);
    Some(ShareComparison {
        rule: Arc::clone(rule),
        path: node.path(),
        name: id_path(node),
        line: line(node),
        stated,
        computed: stated.checked_sub(less)?,
        tolerance: distance.tolerance,
        outcome,
    })
}

/// What a plan says of itself by the standard vocabulary, without any rule: its shares are not compared with anything.
///
/// ```
/// use crossfoot::{Plan, audit};
///
/// let overview = audit::overview(&Plan::parse("plan.toml", "[plan]\ntitle = 'Roads'\nyears = [2026]\n"));
/// assert_eq!((overview.title.as_str(), overview.years.as_slice()), ("Roads", &["2026".to_owned()][..]));
/// ```
#[must_use]
pub fn overview(plan: &Plan) -> Overview {
    if plan.is_toml() { read(plan) } else { Overview { file: plan.source().shared_name(), ..Overview::default() } }
}

/// What the plan says by the standard vocabulary.
fn read(plan: &Plan) -> Overview {
    let root = plan.root();
    let about = root.get("plan");
    let said = |key: &str| about.and_then(|about| about.get(key)).map(|node| words(node)).unwrap_or_default();
    let listed = |key: &str| about.and_then(|about| about.get(key)).map(texts).unwrap_or_default();
    let objectives: Vec<Objective> = items(root, "objectives").map(objective).collect();
    let years = listed("years");
    let total = about.and_then(|about| about.get("total"));
    Overview {
        file: plan.source().shared_name(),
        title: said("title"),
        organisation: said("organisation"),
        language: said("language"),
        currency: said("currency"),
        source: said("source"),
        share_years: listed("share_years"),
        amounts: amounts(total, &years, |year| {
            let of = |objective: &Objective| objective.amounts.iter().find(|amount| amount.year == year)?.best();
            sum(objectives.iter().map(of))
        }),
        years,
        services: items(root, "services").map(service).collect(),
        scales: scales(root),
        risks: items(root, "risks").map(risk).collect(),
        mitigations: items(root, "mitigations").map(mitigation).collect(),
        objectives,
        ..Overview::default()
    }
}

fn objective(node: NodeRef<'_>) -> Objective {
    let outputs: Vec<Output> = items(node, "outputs").map(output).collect();
    let mut years: Vec<String> = Vec::new();
    for amount in outputs.iter().flat_map(|output| &output.amounts) {
        if !years.contains(&amount.year) {
            years.push(amount.year.clone());
        }
    }
    Objective {
        id: said(node, "id"),
        title: said(node, "title"),
        path: node.path(),
        line: line(node),
        share: figure(node, "share"),
        amounts: amounts(node.get("total"), &years, |year| {
            sum(outputs.iter().map(|output| output.amounts.iter().find(|amount| amount.year == year)?.stated))
        }),
        outcomes: items(node, "outcomes").map(outcome).collect(),
        outputs,
    }
}

fn outcome(node: NodeRef<'_>) -> Outcome {
    Outcome {
        id: said(node, "id"),
        title: said(node, "title"),
        path: node.path(),
        line: line(node),
        indicators: node.get("indicators").map(texts).unwrap_or_default(),
        means: node.get("means").map(texts).unwrap_or_default(),
    }
}

fn output(node: NodeRef<'_>) -> Output {
    Output {
        id: said(node, "id"),
        title: said(node, "title"),
        path: node.path(),
        line: line(node),
        amounts: amounts(node.get("cost"), &[], |_| None),
        share: figure(node, "share"),
        share_of_objective: figure(node, "share_of_objective"),
    }
}

fn service(node: NodeRef<'_>) -> Service {
    Service { id: said(node, "id"), title: said(node, "title"), share: figure(node, "share") }
}

fn scales(root: NodeRef<'_>) -> Scales {
    let of = |key: &str| root.get("scales").and_then(|scales| scales.get(key)).map(texts).unwrap_or_default();
    Scales { likelihood: of("likelihood"), impact: of("impact"), status: of("status") }
}

fn risk(node: NodeRef<'_>) -> Risk {
    Risk {
        id: said(node, "id"),
        title: said(node, "title"),
        category: said(node, "category"),
        likelihood: said(node, "likelihood"),
        impact: said(node, "impact"),
        mitigations: node.get("mitigations").map(texts).unwrap_or_default(),
        path: node.path(),
        line: line(node),
    }
}

fn mitigation(node: NodeRef<'_>) -> Mitigation {
    Mitigation {
        id: said(node, "id"),
        title: said(node, "title"),
        owner: said(node, "owner"),
        status: said(node, "status"),
        path: node.path(),
        line: line(node),
    }
}

/// The elements of a list under a key.
fn items<'p>(node: NodeRef<'p>, key: &str) -> impl Iterator<Item = NodeRef<'p>> {
    node.get(key).into_iter().flat_map(|list| list.children()).filter(|item| item.index().is_some())
}

/// The amounts of a table of years, in its order, and of these years where it has none.
fn amounts(
    table: Option<NodeRef<'_>>,
    years: &[String],
    computed: impl Fn(&str) -> Option<Decimal>,
) -> Vec<YearAmount> {
    let stated = table.into_iter().flat_map(|table| table.children());
    let mut amounts: Vec<YearAmount> = stated
        .filter_map(|node| {
            let year = node.key()?.to_owned();
            Some(YearAmount { computed: computed(&year), stated: node.plan().value(node.id()), year })
        })
        .collect();
    for year in years {
        if !amounts.iter().any(|amount| amount.year == *year)
            && let Some(made) = computed(year)
        {
            amounts.push(YearAmount { year: year.clone(), stated: None, computed: Some(made) });
        }
    }
    amounts
}

/// The sum of figures, if there are any and each is there.
fn sum(figures: impl Iterator<Item = Option<Decimal>>) -> Option<Decimal> {
    let mut sum = Sum::new();
    let mut any = false;
    for figure in figures {
        sum.push_computed(&crate::figure::Computed::exact(figure?));
        any = true;
    }
    any.then(|| sum.finish().ok().map(|sum| sum.value)).flatten()
}

fn figure(node: NodeRef<'_>, key: &str) -> Option<Decimal> {
    node.get(key).and_then(|figure| figure.plan().value(figure.id()))
}

fn said(node: NodeRef<'_>, key: &str) -> String {
    node.get(key).map(words).unwrap_or_default()
}

fn words(node: NodeRef<'_>) -> String {
    node.display().into_owned()
}

fn texts(node: NodeRef<'_>) -> Vec<String> {
    node.children().map(words).collect()
}

fn line(node: NodeRef<'_>) -> u32 {
    node.plan().source().position(node.mention()).line
}
