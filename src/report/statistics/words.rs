//! The words of statistics, in one place.

use crate::finding::{Concentration, PlanStatistics, RiskName, RiskStatistics, grouped};

pub(super) const NO_MONEY: &str = "the plan states no money by objective";
pub(super) const TOO_LARGE: &str = "some sums are left out: they are too large for a figure";
pub(super) const NEGATIVE: &str =
    "some amounts are negative: shares of the whole and concentration would say little and are left out";
pub(super) const ALL: &str = "all";
pub(super) const SUM: &str = "sum";
pub(super) const SHARE: &str = "share";
pub(super) const NO_STATUS: &str = "no status";

pub(super) fn headline(plan: &PlanStatistics) -> String {
    if plan.title.is_empty() { plan.file.to_string() } else { format!("{}: {}", plan.file, plan.title) }
}

pub(super) fn money(plan: &PlanStatistics) -> String {
    of_currency("Money by objective and year", &plan.currency)
}

pub(super) fn years(plan: &PlanStatistics) -> String {
    of_currency("Money by year", &plan.currency)
}

pub(super) fn largest(plan: &PlanStatistics) -> String {
    of_currency("Largest outputs", &plan.currency)
}

fn of_currency(title: &str, currency: &str) -> String {
    if currency.is_empty() { title.to_owned() } else { format!("{title}, {currency}") }
}

pub(super) fn outputs_left_out(n: usize) -> String {
    format!("and {n} more")
}

pub(super) fn outputs_without_money(n: usize) -> String {
    let (outputs, state) = if n == 1 { ("output", "states") } else { ("outputs", "state") };
    format!("{n} {outputs} {state} no money")
}

pub(super) fn top(of: &Concentration) -> Vec<String> {
    let (one, many) = if of.over == "outputs" { ("output", "outputs") } else { ("objective", "objectives") };
    let line = |top: &crate::finding::TopShare| match top.largest {
        1 => format!("the largest {one} has {} % of the money", top.share),
        n => format!("the {n} largest {many} have {} %", top.share),
    };
    of.top.iter().map(line).collect()
}

pub(super) fn herfindahl(of: &Concentration) -> String {
    format!(
        "Herfindahl-Hirschman index {}: as concentrated as {} {} of equal size; there are {} with money",
        of.herfindahl,
        grouped(of.effective),
        of.over,
        of.count
    )
}

pub(super) fn risks(risks: &RiskStatistics) -> String {
    format!("Risks by likelihood (down) and impact (across): {}", risks.count)
}

pub(super) fn unrated(n: usize) -> String {
    format!("{n} without a likelihood or an impact")
}

pub(super) fn mitigations(risks: &RiskStatistics) -> String {
    format!("Mitigations by status: {}", risks.mitigations)
}

pub(super) fn without_mitigation(risks: &RiskStatistics) -> String {
    format!("Risks without mitigation: {} of {}", risks.without_mitigation.len(), risks.count)
}

pub(super) fn risk(risk: &RiskName) -> [String; 2] {
    let word = |word: &str| if word.is_empty() { "?".to_owned() } else { word.to_owned() };
    let rated = format!("{} / {}", word(&risk.likelihood), word(&risk.impact));
    let rated = if rated == "? / ?" { String::new() } else { rated };
    let called = if risk.id.is_empty() { risk.title.clone() } else { format!("{} {}", risk.id, risk.title) };
    let called = if called.is_empty() { format!("line {}", risk.line) } else { called };
    [rated, called]
}

pub(super) fn risks_left_out(n: usize) -> String {
    format!("and {n} more; --format json has all")
}
