//! One finding: what is wrong, where, the plan's own lines, the working, the likely cause, what to do.

use maud::{Markup, html};

use super::findings::Index;
use super::parts::{LONG, SHORT, badge, class, cut, more};
use super::wording::Words;
use super::{snippet, working};
use crate::finding::{Finding, Fix, Run};

/// Fixes that are shown of one finding.
const MOST_FIXES: usize = 5;

/// Edits that are shown of one fix.
const MOST_EDITS: usize = 12;

/// A finding and what is known around it.
pub(super) struct Card<'r> {
    pub(super) finding: &'r Finding,
    /// Its name on the page, which other pages may lead to.
    pub(super) id: String,
    pub(super) run: &'r Run,
    pub(super) index: &'r Index<'r>,
}

pub(super) fn card(card: &Card<'_>, w: &Words<'_>) -> Markup {
    let Card { finding, id, run, index } = card;
    html! {
        article.card.finding.(class(finding.severity)) id=(id) tabindex="-1" aria-labelledby={ (id) "-h" }
            data-severity=(class(finding.severity)) data-rule=(finding.rule) data-objective=(index.objectives(finding))
            data-file=(index.file(&finding.file)) {
            header {
                (badge(finding.severity, w))
                h4 id={ (id) "-h" } { bdi { (cut(&w.message(finding), LONG, w)) } }
                a.self href={ "#" (id) } title=(w.say("link-here")) aria-label=(w.say("link-here")) { "#" }
            }
            (place(finding, w))
            (snippet::snippet(finding, run, w))
            @if let Some(made) = &finding.working { (working::working(made, id, w)) }
            @if let Some(help) = &finding.help { p.help { b { (w.say("what-to-do")) } " " (cut(&w.worded(help, finding.help_said.as_ref()), LONG, w)) } }
            (fixes(finding, run, w))
        }
    }
}

/// The file, the line, and the place by ids.
pub(super) fn place(finding: &Finding, w: &Words<'_>) -> Markup {
    html! {
        p.place {
            bdi { (cut(&finding.file, SHORT, w)) } ", " (w.line(finding.span.start.line))
            @if !finding.name.is_empty() { " \u{b7} " code { (cut(&finding.name, SHORT, w)) } }
        }
    }
}

fn fixes(finding: &Finding, run: &Run, w: &Words<'_>) -> Markup {
    html! {
        @if !finding.fixes.is_empty() {
            details.fixes {
                summary { (w.counted("fixes", finding.fixes.len())) }
                ul {
                    @for fix in finding.fixes.iter().take(MOST_FIXES) {
                        li {
                            (cut(&w.worded(&fix.title, fix.said.as_ref()), LONG, w)) " "
                            span.tag { (w.say(if fix.safe { "safe" } else { "to-be-judged" })) }
                            (edits(fix, finding, run, w))
                        }
                    }
                }
                (more(finding.fixes.len().saturating_sub(MOST_FIXES), w))
            }
        }
    }
}

/// What a fix writes, and in place of what.
fn edits(fix: &Fix, finding: &Finding, run: &Run, w: &Words<'_>) -> Markup {
    let source = run.report.sources.get(&finding.file);
    html! {
        @for edit in fix.edits.iter().take(MOST_EDITS) {
            @let old = source.map(|source| source.slice(edit.span.span())).unwrap_or_default();
            div.edit {
                (w.line(edit.span.start.line)) ": "
                @if !old.trim().is_empty() { del { (cut(old.trim(), SHORT, w)) } " " }
                @if !edit.text.trim().is_empty() { ins { (cut(edit.text.trim(), SHORT, w)) } }
            }
        }
        (more(fix.edits.len().saturating_sub(MOST_EDITS), w))
    }
}
