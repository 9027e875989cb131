//! Stated shares beside computed ones, as bars and as a table.

use maud::{Markup, html};

use super::chart::{Scale, at, drawing, fit, round_up};
use super::parts::{SHORT, anchor, cut, float, more, share};
use super::wording::Words;
use crate::finding::{Overview, ShareComparison, ShareOutcome};

/// Shares that are drawn.
const MOST_DRAWN: usize = 24;

/// Shares that are listed.
const MOST_LISTED: usize = 300;

const WIDTH: f64 = 440.0;
const ROW: f64 = 19.0;
const NAMES: f64 = 168.0;

pub(super) fn shares(plan: &Overview, id: &str, w: &Words<'_>) -> Option<Markup> {
    if plan.shares.is_empty() {
        return plan.shares_left_out.then(|| html! { p.more { (w.say("shares-left-out")) } });
    }
    let disagree = plan.shares.iter().filter(|share| share.outcome == ShareOutcome::Disagree).count();
    let sentence =
        w.with("shares-about", &[("n", &plan.shares.len().to_string()), ("disagree", &disagree.to_string())]);
    let drawn = drawn(&plan.shares);
    Some(html! {
        p { (sentence) @if !plan.share_years.is_empty() { " " (w.with("shares-of", &[("years", &plan.share_years.join(", "))])) } }
        div.pair {
            figure {
                (bars(&drawn, id, &sentence, w))
                figcaption { (w.say("shares-legend")) @if drawn.len() < plan.shares.len() { " " (w.counted("shares-drawn", drawn.len())) } }
            }
            (table(plan, w))
        }
        (more(plan.shares.len().saturating_sub(MOST_LISTED), w))
    })
}

/// Those that disagree and the greatest, in the order of the document.
fn drawn(shares: &[ShareComparison]) -> Vec<&ShareComparison> {
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by_key(|at| (shares[*at].outcome != ShareOutcome::Disagree, std::cmp::Reverse(shares[*at].stated)));
    order.truncate(MOST_DRAWN);
    order.sort_unstable();
    order.into_iter().map(|at| &shares[at]).collect()
}

/// What a share is of, in a few characters: the ids in its path.
fn name(share: &ShareComparison, w: &Words<'_>) -> String {
    let mut ids: Vec<&str> = share.name.split('[').skip(1).filter_map(|part| part.split(']').next()).collect();
    let field = share.name.rsplit(['.', ']']).next().unwrap_or_default();
    let whole = w.say("of-objective");
    let field = if field == "share_of_objective" { &whole } else { field };
    if ids.is_empty() {
        ids.push(field);
    } else if field != "share" && !field.is_empty() {
        ids.push(field);
    }
    // The id of a part often begins with that of the whole.
    if ids.len() > 1 && ids[1].starts_with(ids[0]) {
        ids.remove(0);
    }
    ids.join(" ").replace('_', " ")
}

fn bars(shares: &[&ShareComparison], id: &str, about: &str, w: &Words<'_>) -> Markup {
    let most = shares.iter().flat_map(|share| [float(share.stated), float(share.computed)]).fold(0.0, f64::max);
    let end = round_up(most);
    let x = Scale::new((0.0, end), (NAMES, WIDTH - 58.0));
    let height = ROW * shares.len() as f64 + 24.0;
    let body = html! {
        @for tick in 0..=4 {
            @let value = end * f64::from(tick) / 4.0;
            line.grid x1=(at(x.at(value))) x2=(at(x.at(value))) y1="0" y2=(at(height - 20.0)) {}
            text.tick x=(at(x.at(value))) y=(at(height - 6.0)) text-anchor="middle" { (w.number(at(value))) }
        }
        @for (row, share) in shares.iter().enumerate() {
            @let y = ROW * row as f64 + 3.0;
            @let wrong = share.outcome == ShareOutcome::Disagree;
            @let start = x.at(0.0);
            @let (stated, computed) = (x.at(float(share.stated)), x.at(float(share.computed)));
            text.name.wrong[wrong] x=(at(NAMES - 8.0)) y=(at(y + 10.0)) text-anchor="end" { (fit(&name(share, w), 22)) }
            rect.computed.wrong[wrong] x=(at(start)) y=(at(y + 2.0)) width=(at((computed - start).max(0.0))) height="9" rx="1" {}
            line.stated.wrong[wrong] x1=(at(stated)) x2=(at(stated)) y1=(at(y - 1.0)) y2=(at(y + 14.0)) {}
            @if wrong {
                text.wrong.tick x=(at(stated.max(computed) + 6.0)) y=(at(y + 10.0)) { (w.signed((share.stated - share.computed).round_dp(2).normalize())) }
            }
        }
    };
    drawing(id, (WIDTH, height), &w.say("shares-title"), about, &body)
}

fn table(plan: &Overview, w: &Words<'_>) -> Markup {
    html! {
        details.data open[plan.shares.len() <= 12] {
            summary { (w.say("shares-table")) }
            div.scroll { table.sortable {
                thead { tr {
                    th scope="col" { (w.say("share")) }
                    @for name in ["stated", "computed", "difference", "rounding-permits"] { th.num scope="col" { (w.say(name)) } }
                    th scope="col" { (w.say("outcome")) }
                } }
                tbody { @for share in plan.shares.iter().take(MOST_LISTED) { (row(share, w)) } }
            } }
        }
    }
}

fn row(of: &ShareComparison, w: &Words<'_>) -> Markup {
    let difference = (of.stated - of.computed).round_dp(4).normalize();
    let (class, word) = match of.outcome {
        ShareOutcome::Equal => ("ok", "equal"),
        ShareOutcome::WithinRounding => ("ok", "within-rounding"),
        ShareOutcome::Disagree => ("wrong", "disagrees"),
    };
    html! {
        tr {
            th scope="row" { (cut(&name(of, w), 60, w)) " " small { (w.line(of.line)) } }
            td.num data-v=(of.stated) { (share(of.stated, w)) }
            td.num data-v=(of.computed) { (share(of.computed, w)) }
            td.num data-v=(difference) { (w.signed(difference)) }
            td.num data-v=(of.tolerance) { (share(of.tolerance, w)) }
            td.(class) { (w.say(word)) @if of.outcome == ShareOutcome::Disagree { " " a href={ "#" (anchor("rule", &of.rule)) } { (cut(&of.rule, SHORT, w)) } } }
        }
    }
}
