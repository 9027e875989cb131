//! The top of the page: whose plan it is, the verdict in a sentence, and the counts.

use maud::{Markup, html};

use super::parts::{LONG, SHORT, cut};
use super::wording::Words;
use crate::finding::{FailOn, Overview, Run, Verdict};

/// Of what stood in the way, so much is shown.
const MOST_OBSTACLES: usize = 50;

/// What the page is called.
pub(super) fn title(run: &Run, w: &Words<'_>) -> String {
    let about = match run.report.plans.as_slice() {
        [plan] => {
            let title = run.overviews.iter().map(|overview| overview.title.as_str()).find(|title| !title.is_empty());
            title.unwrap_or(&plan.file).to_owned()
        }
        plans => w.counted("n-plans", plans.len()),
    };
    w.with("title", &[("plan", &cut(&about, SHORT, w))])
}

pub(super) fn head(run: &Run, w: &Words<'_>) -> Markup {
    let only = match run.overviews.as_slice() {
        [overview] => Some(overview),
        _ => None,
    };
    let plans = &run.report.plans;
    html! {
        header {
            p.kicker { (w.say("audit-report")) }
            @match only {
                Some(overview) if !overview.title.is_empty() => {
                    h1 lang=[language(overview)] { (cut(&overview.title, LONG, w)) }
                }
                _ if plans.len() == 1 => { h1 { (cut(&plans[0].file, LONG, w)) } }
                _ => { h1 { (w.counted("n-plans", plans.len())) } }
            }
            @if let Some(overview) = only { (about(overview, w)) }
            (verdict(run, w))
            (counts(run, w))
        }
    }
}

/// The language of a plan's texts, for screen readers.
pub(super) fn language(overview: &Overview) -> Option<&str> {
    Some(overview.language.as_str()).filter(|language| !language.is_empty())
}

fn about(overview: &Overview, w: &Words<'_>) -> Markup {
    let period = match overview.years.as_slice() {
        [] => String::new(),
        [year] => year.clone(),
        [first, .., last] => format!("{first}\u{2013}{last}"),
    };
    let facts = [
        ("organisation", overview.organisation.as_str()),
        ("period", &period),
        ("currency", &overview.currency),
        ("source", &overview.source),
        ("file", &overview.file),
    ];
    html! {
        dl.facts {
            @for (name, value) in facts.into_iter().filter(|(_, value)| !value.is_empty()) {
                div { dt { (w.say(name)) } dd { bdi { (cut(value, LONG, w)) } } }
            }
        }
    }
}

fn verdict(run: &Run, w: &Words<'_>) -> Markup {
    let report = &run.report;
    let summary = &report.summary;
    let found = listed(
        &[("errors", summary.error), ("warnings", summary.warning), ("notes", summary.info)]
            .into_iter()
            .filter(|(_, n)| *n > 0)
            .map(|(key, n)| w.counted(key, n))
            .collect::<Vec<_>>(),
        w,
    );
    let several = if report.plans.len() == 1 { "one" } else { "many" };
    let (class, sentence) = match report.verdict(FailOn::Error) {
        Verdict::Broken => ("error", w.counted("broken", report.errors.len())),
        Verdict::Failed => ("error", w.with(&format!("failed-{several}"), &[("found", &found)])),
        Verdict::Passed if report.plans.is_empty() => ("warning", w.say("no-plan")),
        Verdict::Passed if found.is_empty() => ("ok", w.say(&format!("passed-{several}"))),
        Verdict::Passed => ("warning", w.with(&format!("passed-with-{several}"), &[("found", &found)])),
    };
    let also = report.verdict(FailOn::Error) == Verdict::Broken && !found.is_empty();
    html! {
        div.verdict.(class) role="status" {
            p.sentence { (sentence) }
            @if also { p { (w.with("found-so-far", &[("found", &found)])) } }
            @if !report.plans.is_empty() { p { (checks(run, w)) } }
        }
    }
}

/// How much was checked, in a sentence.
fn checks(run: &Run, w: &Words<'_>) -> String {
    let checks = run.report.summary.checks;
    let figures: usize = run.report.plans.iter().map(|plan| plan.figures).sum();
    let covered: usize = run.report.plans.iter().map(|plan| plan.covered).sum();
    let total = checks.passed + checks.failed;
    w.with(
        "checked",
        &[
            ("passed", &w.number(checks.passed)),
            ("total", &w.number(total)),
            ("rounding", &w.number(checks.within_rounding)),
            ("covered", &w.number(covered)),
            ("figures", &w.number(figures)),
        ],
    )
}

/// `a, b and c`.
fn listed(parts: &[String], w: &Words<'_>) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [firsts @ .., last] => w.with("list", &[("firsts", &firsts.join(", ")), ("last", last)]),
    }
}

fn counts(run: &Run, w: &Words<'_>) -> Markup {
    let report = &run.report;
    let summary = &report.summary;
    let figures: usize = report.plans.iter().map(|plan| plan.figures).sum();
    let covered: usize = report.plans.iter().map(|plan| plan.covered).sum();
    let number = |n: usize| w.number(n);
    let tiles = [
        ("errors-tile", "error", summary.error, number(summary.error)),
        ("warnings-tile", "warning", summary.warning, number(summary.warning)),
        ("notes-tile", "info", summary.info, number(summary.info)),
        ("aside-tile", "plain", summary.suppressed, number(summary.suppressed)),
        ("rules-tile", "plain", report.rules.len(), number(report.rules.len())),
        ("open-tile", "plain", figures - covered.min(figures), number(figures - covered.min(figures))),
    ];
    html! {
        ul.tiles aria-label=(w.say("counts")) {
            @for (name, class, n, shown) in tiles {
                li.(if n == 0 { "none" } else { class }) { b { (shown) } " " span { (w.say(name)) } }
            }
        }
    }
}

/// What the audit could not do.
pub(super) fn obstacles(run: &Run, w: &Words<'_>) -> Option<Markup> {
    let errors = &run.report.errors;
    (!errors.is_empty()).then(|| {
        html! {
            p { (w.say("obstacles-about")) }
            @for failure in errors.iter().take(MOST_OBSTACLES) {
                article.card.error {
                    p { b { (cut(&failure.message, LONG, w)) } }
                    p.place {
                        bdi { (cut(&failure.file, SHORT, w)) }
                        @if let Some(place) = failure.span { ":" (place.start.line) ":" (place.start.column) }
                        @if let Some(rule) = &failure.rule { " \u{b7} " (cut(rule, SHORT, w)) }
                        @if let Some(at) = &failure.looking_at { " \u{b7} " (cut(at, SHORT, w)) }
                    }
                    @if let Some(help) = &failure.help { p.help { (cut(help, LONG, w)) } }
                }
            }
            (super::parts::more(errors.len().saturating_sub(MOST_OBSTACLES), w))
        }
    })
}
