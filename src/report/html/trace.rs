//! The trace: objective, outcome, indicator; output and its cost. What is missing on the way is said where it is missing.

use maud::{Markup, html};

use super::head::language;
use super::parts::{SHORT, cell, cut, more};
use super::wording::Words;
use crate::finding::{Objective, Outcome, Output, Overview};

/// Objectives that are shown.
const MOST_OBJECTIVES: usize = 40;

/// Outcomes, and outputs, that are shown of one objective.
const MOST_PARTS: usize = 25;

/// Indicators that are shown of one outcome.
const MOST_INDICATORS: usize = 12;

pub(super) fn trace(plan: &Overview, w: &Words<'_>) -> Option<Markup> {
    let is_told =
        plan.objectives.iter().any(|objective| !objective.outcomes.is_empty() || !objective.outputs.is_empty());
    is_told.then(|| {
        html! {
            p { (w.say("trace-about")) }
            div.trace {
                @for (at, of) in plan.objectives.iter().enumerate().take(MOST_OBJECTIVES) { (objective(of, at == 0, plan, w)) }
            }
            (more(plan.objectives.len().saturating_sub(MOST_OBJECTIVES), w))
        }
    })
}

fn objective(of: &Objective, open: bool, plan: &Overview, w: &Words<'_>) -> Markup {
    let total = of
        .amounts
        .iter()
        .filter_map(crate::finding::YearAmount::best)
        .try_fold(crate::figure::Decimal::ZERO, |sum, amount| sum.checked_add(amount));
    html! {
        details.objective open[open] {
            summary {
                b { (cut(&of.id, 40, w)) } " " span lang=[language(plan)] { (cut(&of.title, SHORT, w)) }
                @if let Some(total) = total.filter(|_| !of.amounts.is_empty()) { span.sum { (w.number(total)) " " (cut(&plan.currency, 12, w)) } }
            }
            div.ways lang=[language(plan)] {
                div {
                    h4 { (w.say("outcomes")) }
                    @if of.outcomes.is_empty() { p { span.tag.gap { (w.say("no-outcome")) } } }
                    ul { @for part in of.outcomes.iter().take(MOST_PARTS) { (outcome(part, w)) } }
                    (more(of.outcomes.len().saturating_sub(MOST_PARTS), w))
                }
                div {
                    h4 { (w.say("outputs")) }
                    @if of.outputs.is_empty() { p { span.tag.gap { (w.say("no-output")) } } } @else { (outputs(of, w)) }
                    (more(of.outputs.len().saturating_sub(MOST_PARTS), w))
                }
            }
        }
    }
}

fn outcome(of: &Outcome, w: &Words<'_>) -> Markup {
    html! {
        li {
            b { (cut(&of.id, 40, w)) } " " (cut(&of.title, SHORT, w))
            @if of.indicators.is_empty() { " " span.tag.gap { (w.say("no-indicator")) } }
            @if of.means.is_empty() { " " span.tag.gap { (w.say("no-means")) } }
            ul.indicators { @for indicator in of.indicators.iter().take(MOST_INDICATORS) { li { (cut(indicator, SHORT, w)) } } }
            (more(of.indicators.len().saturating_sub(MOST_INDICATORS), w))
        }
    }
}

fn outputs(of: &Objective, w: &Words<'_>) -> Markup {
    let mut years: Vec<&str> = Vec::new();
    for amount in of.outputs.iter().flat_map(|output| &output.amounts) {
        if !years.contains(&amount.year.as_str()) && years.len() < 12 {
            years.push(&amount.year);
        }
    }
    years.sort_unstable();
    html! {
        div.scroll { table.sortable {
            thead { tr { th scope="col" { (w.say("output")) } @for year in &years { th.num scope="col" { (cut(year, 12, w)) } } } }
            tbody { @for output in of.outputs.iter().take(MOST_PARTS) { (row(output, &years, w)) } }
        } }
    }
}

fn row(of: &Output, years: &[&str], w: &Words<'_>) -> Markup {
    html! {
        tr {
            th scope="row" {
                (cut(&of.id, 40, w)) " " span { (cut(&of.title, SHORT, w)) }
                @if of.amounts.is_empty() { " " span.tag.gap { (w.say("no-cost")) } }
            }
            @for year in years { (cell(of.amounts.iter().find(|amount| amount.year == *year).and_then(|amount| amount.stated), w)) }
        }
    }
}
