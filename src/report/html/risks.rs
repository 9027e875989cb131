//! The risk map, likelihood by impact, and the coverage matrix, risk by mitigation.

use std::collections::{BTreeMap, HashMap};

use maud::{Markup, html};

use super::chart::{at, drawing, fit};
use super::head::language;
use super::parts::{LONG, SHORT, cut, more};
use super::wording::Words;
use crate::finding::{Mitigation, Overview, Risk};

/// Risks that are drawn and listed.
const MOST_RISKS: usize = 60;

/// Mitigations that get a column.
const MOST_MITIGATIONS: usize = 40;

/// Steps of a scale that are drawn.
const MOST_STEPS: usize = 7;

const WIDTH: f64 = 440.0;
const LEFT: f64 = 92.0;

/// A risk's number on the page.
fn number(at: usize) -> String {
    format!("R{}", at + 1)
}

/// Mitigations by id.
fn by_id(plan: &Overview) -> HashMap<&str, &Mitigation> {
    plan.mitigations.iter().map(|mitigation| (mitigation.id.as_str(), mitigation)).collect()
}

/// How far a risk is met.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Met {
    /// Something is done.
    Done,
    /// All that is named is only begun: in the first step of the scale.
    Planned,
    /// Nothing, or nothing that the plan lists.
    Gap,
}

fn met(risk: &Risk, known: &HashMap<&str, &Mitigation>, plan: &Overview) -> Met {
    let found: Vec<_> = risk.mitigations.iter().filter_map(|id| known.get(id.as_str())).collect();
    let first = plan.scales.status.first();
    match found.as_slice() {
        [] => Met::Gap,
        found if first.is_some() && found.iter().all(|mitigation| Some(&mitigation.status) == first) => Met::Planned,
        _ => Met::Done,
    }
}

fn class(met: Met) -> &'static str {
    match met {
        Met::Done => "done",
        Met::Planned => "planned",
        Met::Gap => "gap",
    }
}

/// The steps of a scale, from least to greatest; where a plan declares none, the words that it uses.
fn steps<'p>(declared: &'p [String], used: impl Iterator<Item = &'p String>) -> Vec<&'p str> {
    let mut steps: Vec<&str> = declared.iter().map(String::as_str).collect();
    if steps.is_empty() {
        for word in used.filter(|word| !word.is_empty()) {
            if !steps.contains(&word.as_str()) {
                steps.push(word);
            }
        }
    }
    steps.truncate(MOST_STEPS);
    steps
}

pub(super) fn map(plan: &Overview, id: &str, w: &Words<'_>) -> Option<Markup> {
    if plan.risks.is_empty() {
        return None;
    }
    let known = by_id(plan);
    let likelihood = steps(&plan.scales.likelihood, plan.risks.iter().map(|risk| &risk.likelihood));
    let impact = steps(&plan.scales.impact, plan.risks.iter().map(|risk| &risk.impact));
    let gaps = plan.risks.iter().filter(|risk| met(risk, &known, plan) == Met::Gap).count();
    let sentence = w.with("risks-about", &[("n", &plan.risks.len().to_string()), ("gaps", &gaps.to_string())]);
    let declared = !plan.scales.likelihood.is_empty() && !plan.scales.impact.is_empty();
    Some(html! {
        p { (sentence) @if !declared && !likelihood.is_empty() { " " (w.say("no-scales")) } }
        div.pair {
            @if !likelihood.is_empty() && !impact.is_empty() {
                figure {
                    (grid(plan, &likelihood, &impact, id, &sentence, w))
                    figcaption { @for (class, name) in [("done", "risk-done"), ("planned", "risk-planned"), ("gap", "risk-gap")] { span.key { span.dot.(class) {} (w.say(name)) } " " } }
                }
            }
            (list(plan, &known, w))
        }
        (more(plan.risks.len().saturating_sub(MOST_RISKS), w))
    })
}

fn grid(plan: &Overview, likelihood: &[&str], impact: &[&str], id: &str, about: &str, w: &Words<'_>) -> Markup {
    let known = by_id(plan);
    let mut cells: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    let mut off = Vec::new();
    for (at, risk) in plan.risks.iter().enumerate().take(MOST_RISKS) {
        let place = |steps: &[&str], word: &str| steps.iter().position(|step| *step == word);
        match (place(likelihood, &risk.likelihood), place(impact, &risk.impact)) {
            (Some(row), Some(column)) => cells.entry((row, column)).or_default().push(at),
            _ => off.push(number(at)),
        }
    }
    let width = (WIDTH - LEFT) / impact.len() as f64;
    let in_row = ((width - 12.0) / 33.0).floor().max(1.0) as usize;
    let fullest = cells.values().map(|risks| risks.len().div_ceil(in_row)).max().unwrap_or(1);
    let height = (fullest as f64 * 33.0 + 14.0).max(70.0);
    let bottom = height * likelihood.len() as f64 + 8.0;
    // How grave a cell is: its steps from the least, in five parts.
    let steps = (likelihood.len() + impact.len()).saturating_sub(2).max(1);
    let body = html! {
        @for row in 0..likelihood.len() {
            @let y = height * (likelihood.len() - 1 - row) as f64 + 4.0;
            text.name x=(at(LEFT - 8.0)) y=(at(y + height / 2.0 + 4.0)) text-anchor="end" { (fit(likelihood[row], 13)) }
            @for column in 0..impact.len() {
                @let x = LEFT + width * column as f64;
                rect.cell.{ "g" ((row + column) * 4 / steps) } x=(at(x + 1.5)) y=(at(y + 1.5)) width=(at(width - 3.0)) height=(at(height - 3.0)) rx="3" {}
                @for (place, risk) in cells.get(&(row, column)).into_iter().flatten().enumerate() {
                    @let (cx, cy) = (x + 22.0 + (place % in_row) as f64 * 33.0, y + 22.0 + (place / in_row) as f64 * 33.0);
                    g.risk.(class(met(&plan.risks[*risk], &known, plan))) {
                        title { (number(*risk)) ": " (cut(&plan.risks[*risk].title, SHORT, w)) }
                        circle cx=(at(cx)) cy=(at(cy)) r="14" {}
                        text x=(at(cx)) y=(at(cy + 4.0)) text-anchor="middle" { (number(*risk)) }
                    }
                }
            }
        }
        @for (column, word) in impact.iter().enumerate() {
            text.name x=(at(LEFT + width * (column as f64 + 0.5))) y=(at(bottom + 14.0)) text-anchor="middle" { (fit(word, (width / 7.0) as usize)) }
        }
        text.axis x=(at(LEFT + (WIDTH - LEFT) / 2.0)) y=(at(bottom + 34.0)) text-anchor="middle" { (w.say("impact")) " \u{2192}" }
        text.axis x="12" y=(at(bottom / 2.0)) text-anchor="middle" transform={ "rotate(-90 12 " (at(bottom / 2.0)) ")" } { (w.say("likelihood")) " \u{2192}" }
    };
    html! {
        (drawing(id, (WIDTH, bottom + 42.0), &w.say("risk-map-title"), about, &body))
        @if !off.is_empty() { p.more { (w.with("off-the-map", &[("risks", &off.join(", "))])) } }
    }
}

fn list(plan: &Overview, known: &HashMap<&str, &Mitigation>, w: &Words<'_>) -> Markup {
    html! {
        div.scroll { table.sortable.risks {
            thead { tr { @for name in ["risk", "likelihood", "impact", "mitigations"] { th scope="col" { (w.say(name)) } } } }
            tbody lang=[language(plan)] {
                @for (at, risk) in plan.risks.iter().enumerate().take(MOST_RISKS) {
                    tr {
                        th scope="row" data-v=(at) { b { (number(at)) } " " (cut(&risk.title, SHORT, w)) @if !risk.category.is_empty() { br; small { (cut(&risk.category, 80, w)) } } }
                        td data-v=(place(&plan.scales.likelihood, &risk.likelihood)) { (cut(&risk.likelihood, 40, w)) }
                        td data-v=(place(&plan.scales.impact, &risk.impact)) { (cut(&risk.impact, 40, w)) }
                        td data-v=(risk.mitigations.len()) {
                            @if risk.mitigations.is_empty() { span.tag.gap { (w.say("gap")) } }
                            @for id in risk.mitigations.iter().take(MOST_MITIGATIONS) { (status(id, known, w)) }
                        }
                    }
                }
            }
        } }
    }
}

/// Where a word stands on its scale, for sorting.
fn place(scale: &[String], word: &str) -> usize {
    scale.iter().position(|step| step == word).unwrap_or(scale.len())
}

/// A mitigation with its status, or that there is none of that id.
fn status(id: &str, known: &HashMap<&str, &Mitigation>, w: &Words<'_>) -> Markup {
    match known.get(id) {
        Some(mitigation) => html! {
            span.tag title=(cut(&mitigation.title, LONG, w)) { b { (cut(id, 40, w)) } " " (cut(&mitigation.status, 60, w)) }
        },
        None => html! { span.tag.gap { b { (cut(id, 40, w)) } " " (w.say("not-listed")) } },
    }
}

pub(super) fn matrix(plan: &Overview, w: &Words<'_>) -> Option<Markup> {
    if plan.risks.is_empty() || plan.mitigations.is_empty() {
        return None;
    }
    let columns: Vec<&Mitigation> = plan.mitigations.iter().take(MOST_MITIGATIONS).collect();
    let known = by_id(plan);
    let idle = |mitigation: &Mitigation| !plan.risks.iter().any(|risk| risk.mitigations.contains(&mitigation.id));
    Some(html! {
        p { (w.say("coverage-about")) }
        div.scroll { table.matrix {
            thead { tr {
                th scope="col" { (w.say("risk")) }
                @for mitigation in &columns {
                    th.idle[idle(mitigation)] scope="col" title=(cut(&mitigation.title, SHORT, w)) { (cut(&mitigation.id, 12, w)) }
                }
                th scope="col" { (w.say("open-gap")) }
            } }
            tbody {
                @for (at, risk) in plan.risks.iter().enumerate().take(MOST_RISKS) {
                    @let gap = met(risk, &known, plan) == Met::Gap;
                    tr.gap[gap] {
                        th scope="row" { b { (number(at)) } " " span lang=[language(plan)] { (cut(&risk.title, 80, w)) } }
                        @for mitigation in &columns {
                            @if risk.mitigations.contains(&mitigation.id) { td.on { span aria-label=(w.say("covers")) role="img" { "\u{25cf}" } } } @else { td {} }
                        }
                        td { @if gap { span.tag.gap { (w.say("gap")) } } }
                    }
                }
            }
        } }
        (more(plan.mitigations.len().saturating_sub(MOST_MITIGATIONS), w))
        details.data {
            summary { (w.say("mitigations-table")) }
            div.scroll { table.sortable {
                thead { tr { @for name in ["number", "mitigation", "owner", "status"] { th scope="col" { (w.say(name)) } } } }
                tbody lang=[language(plan)] {
                    @for mitigation in &columns {
                        tr {
                            th scope="row" { (cut(&mitigation.id, 40, w)) }
                            td { (cut(&mitigation.title, LONG, w)) @if idle(mitigation) { " " span.tag.gap { (w.say("against-nothing")) } } }
                            td { (cut(&mitigation.owner, SHORT, w)) }
                            td data-v=(place(&plan.scales.status, &mitigation.status)) { (cut(&mitigation.status, 60, w)) }
                        }
                    }
                }
            } }
        }
    })
}
