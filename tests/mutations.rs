//! Every figure of the ITU plan is guarded: changing any one of them by more than rounding gives a finding that was not
//! there before.
//!
//! A figure is edited in the text, the plan is audited again, and the findings are held against those of the plan as it
//! stands, by fingerprint (rule and place). A finding that is still there with another working is not new, but for the
//! two figures that [`IN_FAILING_RELATIONS`] names.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crossfoot::figure::Decimal;
use crossfoot::plan::NodeRef;
use crossfoot::{Auditor, Plan, Report, Rules};

const PLAN: &str = include_str!("../plans/itu-2020-2023.toml");

/// Every relation that these figures are in fails as it stands, and does so at the same place when they change: a changed
/// working is all there can be.
const IN_FAILING_RELATIONS: [&str; 2] =
    ["objectives[0].outputs[0].share_of_objective", "objectives[5].outputs[1].share_of_objective"];

/// By how much an amount is changed: more than rounding explains in the widest sum, of 18 addends.
const AMOUNT: i64 = 40;

/// Rules that find most changes and are quick; the others are asked only about what these do not see.
const QUICK: [&str; 3] = ["totals", "shares/whole", "shares/outputs"];

fn standard(only: &[&str]) -> Rules {
    Rules::standard().choose(only, &[]).unwrap()
}

/// A figure to change.
struct Target {
    path: String,
    span: Range<usize>,
    value: Decimal,
    step: Decimal,
}

#[test]
fn a_change_of_any_figure_beyond_rounding_is_found() {
    let rules = [standard(&QUICK), standard(&[])];
    let plan = Plan::parse("plan.toml", PLAN);
    let before = Seen::of(&audit(&rules[1], PLAN));
    let targets: Vec<Target> = plan.figure_ids().filter_map(|id| target(plan.node(id))).collect();
    assert!(targets.len() > 380, "only {} figures are costs, totals, shares or values", targets.len());
    let changes: Vec<(&Target, Decimal)> =
        targets.iter().flat_map(|t| [(t, t.value + t.step), (t, t.value - t.step)]).collect();
    let same = &targets[0];
    assert!(!is_found(&rules, &before, same, same.value), "a figure that is not changed gives nothing new");
    let next = AtomicUsize::new(0);
    let survivors = Mutex::new(BTreeSet::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while let Some((target, value)) = changes.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if !is_found(&rules, &before, target, *value) {
                        let mut survivors = survivors.lock().unwrap();
                        survivors.insert(format!("{}: {} instead of {}", target.path, value, target.value));
                    }
                }
            });
        }
    });
    let survivors: Vec<String> = survivors.into_inner().unwrap().into_iter().collect();
    assert!(survivors.is_empty(), "{} changes go unseen:\n{}", survivors.len(), survivors.join("\n"));
}

fn audit(rules: &Rules, text: &str) -> Report {
    let report = Auditor::new(rules).audit(&Plan::parse("plan.toml", text));
    assert!(report.errors.is_empty(), "{:#?}", report.errors);
    report
}

/// What a report says, without its order.
struct Seen {
    places: HashSet<String>,
    workings: HashSet<String>,
}

impl Seen {
    fn of(report: &Report) -> Self {
        let place = |f: &crossfoot::finding::Finding| f.fingerprint.to_string();
        Self {
            places: report.findings.iter().map(place).collect(),
            workings: report.findings.iter().map(|f| format!("{} {:?}", place(f), f.working)).collect(),
        }
    }
}

fn is_found(rules: &[Rules], before: &Seen, target: &Target, value: Decimal) -> bool {
    let mut text = PLAN.to_owned();
    text.replace_range(target.span.clone(), &value.to_string());
    rules.iter().any(|rules| {
        let after = Seen::of(&audit(rules, &text));
        if IN_FAILING_RELATIONS.contains(&target.path.as_str()) {
            !after.workings.is_subset(&before.workings)
        } else {
            !after.places.is_subset(&before.places)
        }
    })
}

/// How to change a figure; `None` for years, ids and references, which are no amounts.
fn target(node: NodeRef<'_>) -> Option<Target> {
    let path = node.path();
    let key = path.trim_end_matches(|c: char| c == ']' || c.is_ascii_digit()).trim_end_matches(['[', '.']);
    let key = key.rsplit('.').next().unwrap_or_default();
    let written = node.plan().written(node.id())?;
    let value = written.value();
    let unit = Decimal::new(1, value.scale());
    let share = |addends: usize| unit * Decimal::from(addends + 1);
    let step = match key {
        "years" | "share_years" | "id" | "mitigations" => return None,
        "cost" => Decimal::from(AMOUNT),
        "total" if path.starts_with("splits") => share(siblings(node, "parts")),
        "total" => Decimal::from(AMOUNT),
        "share" if path.starts_with("services") => share(siblings(node.parent()?, "services")),
        "share" if path.starts_with("splits") => share(siblings(node.parent()?, "parts")),
        // An objective's share is in the sum of the objectives, and opposite the sum of its outputs.
        "share" if !path.contains("outputs") => share(siblings(node.parent()?, "objectives")),
        "share" | "share_of_objective" => share(siblings(node.parent()?, "outputs")),
        "rows_make" => Decimal::ONE,
        "values" => {
            let row = node.parent()?.parent()?;
            let table = row.parent()?.parent()?;
            if table.get("rounding").is_some() {
                Decimal::ONE
            } else if row.get("percent_of").is_some() {
                share(node.parent()?.children().count())
            } else {
                Decimal::from(AMOUNT)
            }
        }
        _ => panic!("{path}: what kind of figure is this?"),
    };
    let span = node.span();
    Some(Target { path, span: span.start as usize..span.end as usize, value, step })
}

/// How many items stand in a list beside an item, or beneath its table.
fn siblings(item: NodeRef<'_>, list: &str) -> usize {
    let beside = item.parent().filter(|parent| parent.key() == Some(list));
    beside.or_else(|| item.parent()?.get(list)).map_or(0, |list| list.children().count())
}
