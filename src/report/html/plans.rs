//! What the plans say: a table of all plans where there are several, and of each the money, the shares, the risks and the trace.

use std::collections::HashMap;

use maud::{Markup, html};

use super::head::language;
use super::parts::{LONG, SHORT, cut, more};
use super::wording::Words;
use super::{money, risks, shares, trace};
use crate::finding::{Overview, Run, Severity};

/// Plans that are listed.
const MOST_LISTED: usize = 500;

/// Plans whose contents are drawn.
const MOST_DRAWN: usize = 12;

/// The plans with their counts, where there are several.
pub(super) fn table(run: &Run, w: &Words<'_>) -> Option<Markup> {
    let plans = &run.report.plans;
    if plans.len() < 2 {
        return None;
    }
    let mut counts: HashMap<&str, [usize; 3]> = HashMap::new();
    for finding in &run.report.findings {
        let at = match finding.severity {
            Severity::Error => 0,
            Severity::Warning => 1,
            Severity::Info => 2,
        };
        counts.entry(&finding.file).or_default()[at] += 1;
    }
    let titles: HashMap<&str, &str> = run.overviews.iter().map(|plan| (&*plan.file, plan.title.as_str())).collect();
    Some(html! {
        div.scroll { table.sortable {
            thead { tr {
                th scope="col" { (w.say("file")) }
                th scope="col" { (w.say("plan-title")) }
                @for name in ["errors-tile", "warnings-tile", "notes-tile", "figures", "open-tile"] { th.num scope="col" { (w.say(name)) } }
            } }
            tbody {
                @for plan in plans.iter().take(MOST_LISTED) {
                    tr {
                        td { bdi { (cut(&plan.file, SHORT, w)) } }
                        td { (cut(titles.get(&*plan.file).copied().unwrap_or_default(), SHORT, w)) }
                        @for n in counts.get(&*plan.file).copied().unwrap_or_default() { td.num data-v=(n) { (w.number(n)) } }
                        td.num data-v=(plan.figures) { (w.number(plan.figures)) }
                        @let open = plan.figures - plan.covered.min(plan.figures);
                        td.num data-v=(open) { (w.number(open)) }
                    }
                }
            }
        } }
        (more(plans.len().saturating_sub(MOST_LISTED), w))
    })
}

/// What plans say of themselves.
pub(super) fn overviews(run: &Run, w: &Words<'_>) -> Option<Markup> {
    let several = run.overviews.len() > 1;
    let drawn: Vec<Markup> = run
        .overviews
        .iter()
        .enumerate()
        .filter_map(|(at, plan)| overview(plan, at, several, w))
        .take(MOST_DRAWN)
        .collect();
    let left_out = run.overviews.len().saturating_sub(MOST_DRAWN);
    (!drawn.is_empty()).then(|| {
        html! {
            @for part in &drawn { (part) }
            @if drawn.len() == MOST_DRAWN { (more(left_out, w)) }
        }
    })
}

fn overview(plan: &Overview, at: usize, several: bool, w: &Words<'_>) -> Option<Markup> {
    let id = |part: &str| format!("{part}-{at}");
    let parts: Vec<(&str, Markup)> = [
        ("money", money::money(plan, &id("money"), w)),
        ("shares", shares::shares(plan, &id("shares"), w)),
        ("risk-map", risks::map(plan, &id("risks"), w)),
        ("coverage", risks::matrix(plan, w)),
        ("trace", trace::trace(plan, w)),
    ]
    .into_iter()
    .filter_map(|(name, part)| part.map(|part| (name, part)))
    .collect();
    (!parts.is_empty()).then(|| {
        html! {
            div.plan lang=[None::<&str>] {
                @if several {
                    h3.of { span lang=[language(plan)] { (cut(if plan.title.is_empty() { &plan.file } else { &plan.title }, LONG, w)) }
                        " " span.count { (cut(&plan.file, SHORT, w)) } }
                }
                @for (name, part) in &parts {
                    div.part.(name) { h3 id=(id(&format!("h-{name}"))) { (w.say(name)) } (part) }
                }
            }
        }
    })
}
