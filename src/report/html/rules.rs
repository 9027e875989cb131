//! What is said of rules: how they ended, their pages, what was set aside, and the figures that none looked at.

use maud::{Markup, html};

use super::cards::place;
use super::markdown::markdown;
use super::parts::{LONG, SHORT, anchor, badge, cut, more};
use super::wording::Words;
use crate::finding::{Run, Suppressed, SuppressedBy};

/// Rules that are listed, and pages that are shown.
const MOST_RULES: usize = 500;

/// Findings set aside that are listed.
const MOST_ASIDE: usize = 200;

/// Figures nobody looked at that are listed.
const MOST_OPEN: usize = 200;

/// Bytes of pages that are shown in all.
const MOST_TEXT: usize = 400_000;

/// The rules that ran, and how their checks ended.
pub(super) fn table(run: &Run, w: &Words<'_>) -> Markup {
    let rules = &run.report.rules;
    if rules.is_empty() {
        return html! { p { (w.say("no-rules")) } };
    }
    let number = |n: u64| html! { td.num data-v=(n) { (w.number(n)) } };
    html! {
        p { (w.say("rules-about")) }
        div.scroll { table.sortable {
            thead { tr {
                th scope="col" { (w.say("rule")) }
                th scope="col" { (w.say("severity")) }
                @for name in ["failed", "passed", "of-which-rounding", "not-applicable"] { th.num scope="col" { (w.say(name)) } }
                th scope="col" { (w.say("origin")) }
            } }
            tbody {
                @for rule in rules.iter().take(MOST_RULES) {
                    tr {
                        th scope="row" {
                            @if run.pages.contains_key(&rule.rule) { a href={ "#" (anchor("rule", &rule.rule)) } { (cut(&rule.rule, SHORT, w)) } } @else { (cut(&rule.rule, SHORT, w)) }
                            br; small { (cut(&w.phrase(&rule.title), SHORT, w)) }
                            @if rule.stopped { " " span.tag.gap { (w.say("stopped")) } }
                        }
                        td { (badge(rule.severity, w)) }
                        (number(rule.checks.failed)) (number(rule.checks.passed)) (number(rule.checks.within_rounding)) (number(rule.checks.not_applicable))
                        td { (cut(&rule.origin, SHORT, w)) }
                    }
                }
            }
        } }
        (more(rules.len().saturating_sub(MOST_RULES), w))
    }
}

/// The pages of the rules that ran or found something.
pub(super) fn pages(run: &Run, w: &Words<'_>) -> Option<Markup> {
    let mut room = MOST_TEXT;
    let shown: Vec<_> = run
        .pages
        .iter()
        .take(MOST_RULES)
        .take_while(|(_, page)| {
            let fits = page.text.len() <= room;
            room = room.saturating_sub(page.text.len());
            fits
        })
        .collect();
    (!shown.is_empty()).then(|| {
        html! {
            p { (w.say("pages-about")) }
            @for (rule, page) in &shown {
                details.page id=(anchor("rule", rule)) {
                    summary { code { (cut(rule, SHORT, w)) } " " (cut(&w.phrase(&page.title), SHORT, w)) }
                    div.markdown { (markdown(&page.text)) }
                }
            }
            (more(run.pages.len() - shown.len(), w))
        }
    })
}

/// Figures that no rule looked at.
pub(super) fn uncovered(run: &Run, w: &Words<'_>) -> Markup {
    let plans = &run.report.plans;
    let open: usize = plans.iter().map(|plan| plan.uncovered.len() + plan.uncovered_left_out).sum();
    if open == 0 {
        return html! { p.good { (w.say(if plans.iter().any(|plan| plan.figures > 0) { "all-looked-at" } else { "no-figures" })) } };
    }
    let all = plans.iter().flat_map(|plan| plan.uncovered.iter().map(move |figure| (plan, figure)));
    html! {
        p { (w.counted("open-about", open)) }
        div.scroll { table.sortable {
            thead { tr { th scope="col" { (w.say("figure")) } th scope="col" { (w.say("place")) } th.num scope="col" { (w.say("value")) } } }
            tbody {
                @for (plan, figure) in all.take(MOST_OPEN) {
                    tr {
                        th scope="row" { code { (cut(&figure.path, SHORT, w)) } }
                        td data-v=(figure.span.start.line) { bdi { (cut(&plan.file, SHORT, w)) } ", " (w.line(figure.span.start.line)) }
                        td.num { @if let Some(source) = run.report.sources.get(&plan.file) { (cut(source.slice(figure.span.span()), 40, w)) } }
                    }
                }
            }
        } }
        (more(open.saturating_sub(MOST_OPEN), w))
    }
}

/// Findings that do not count, and findings of the baseline that have gone.
pub(super) fn set_aside(run: &Run, w: &Words<'_>) -> Option<Markup> {
    let (aside, gone) = (&run.report.suppressed, &run.report.gone);
    (!aside.is_empty() || !gone.is_empty()).then(|| {
        html! {
            @if !aside.is_empty() {
                p { (w.say("aside-about")) }
                div.scroll { table.sortable {
                    thead { tr { @for name in ["severity", "finding", "set-aside-by", "reason", "until"] { th scope="col" { (w.say(name)) } } } }
                    tbody { @for suppressed in aside.iter().take(MOST_ASIDE) { (row(suppressed, w)) } }
                } }
                (more(aside.len().saturating_sub(MOST_ASIDE), w))
            }
            @if !gone.is_empty() {
                h3 { (w.say("gone")) }
                ul { @for gone in gone.iter().take(MOST_ASIDE) {
                    li { (cut(&gone.message, LONG, w)) " " small { (cut(&gone.file, SHORT, w)) " \u{b7} " code { (cut(&gone.path, SHORT, w)) } } }
                } }
                (more(gone.len().saturating_sub(MOST_ASIDE), w))
            }
        }
    })
}

fn row(of: &Suppressed, w: &Words<'_>) -> Markup {
    let by = match of.by {
        SuppressedBy::Inline => "by-inline",
        SuppressedBy::Config => "by-config",
        SuppressedBy::Baseline => "by-baseline",
    };
    html! {
        tr {
            td { (badge(of.finding.severity, w)) }
            th scope="row" { (cut(&w.message(&of.finding), LONG, w)) (place(&of.finding, w)) }
            td { (w.say(by)) @if let (Some(file), Some(span)) = (&of.file, of.span) { br; small { (cut(file, SHORT, w)) ":" (span.start.line) } } }
            td { (cut(of.reason.as_deref().unwrap_or("\u{2013}"), LONG, w)) }
            td { (of.until.as_deref().map_or_else(|| "\u{2013}".to_owned(), |day| w.date(day))) }
        }
    }
}
