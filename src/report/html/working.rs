//! The working under a finding: a small table, the rounding intervals drawn on a line, the addends, the likely cause.

use maud::{Markup, html};

use super::chart::{Scale, at, drawing};
use super::parts::{LONG, SHORT, cut, float, more, share, unit};
use super::wording::Words;
use crate::figure::{Decimal, Interval};
use crate::finding::{Addend, Working};

/// Addends that are listed.
const MOST_ADDENDS: usize = 60;

pub(super) fn working(working: &Working, id: &str, w: &Words<'_>) -> Markup {
    let unit = unit(&working.unit);
    let row = |name: &str, figure: String| {
        html! { tr { th scope="row" { (w.say(name)) } td.num { (figure) (unit) } } }
    };
    html! {
        div.working {
            table {
                caption.hidden { (w.say("working")) }
                tbody {
                    (row("stated", w.number(working.stated)))
                    (row("computed", figure(working.computed, w)))
                    (row("difference", w.signed(short(working.difference))))
                    (row("rounding-permits", share(working.tolerance, w)))
                }
            }
            (line(working, id, w))
        }
        @if let Some(cause) = &working.cause {
            p.cause { b { (w.say("likely-cause")) } " " (cut(&w.worded(cause, working.cause_said.as_ref()), LONG, w)) }
            @for (at, other) in working.other_causes.iter().enumerate() { p.cause { b { (w.say("or")) } " " (cut(&w.worded(other, working.other_causes_said.get(at)), LONG, w)) } }
        }
        (addends(&working.stated_addends, "stated-from", w))
        @if working.addends.len() > 1 || working.addends_left_out > 0 { (addends(&working.addends, "computed-from", w)) }
        (more(working.addends_left_out, w))
    }
}

/// A figure of a division has more digits than anybody reads.
fn figure(value: Decimal, w: &Words<'_>) -> String {
    w.number(short(value))
}

fn short(value: Decimal) -> Decimal {
    if value.scale() <= 8 { value } else { value.round_dp(8).normalize() }
}

fn addends(addends: &[Addend], name: &str, w: &Words<'_>) -> Markup {
    html! {
        @if !addends.is_empty() {
            details.addends {
                summary { (w.counted(name, addends.len())) }
                div.scroll { table {
                    tbody {
                        @for addend in addends.iter().take(MOST_ADDENDS) {
                            tr {
                                td { code { (cut(&addend.path, SHORT, w)) } }
                                td.num { (factor(addend, w)) (w.number(addend.value)) }
                            }
                        }
                    }
                } }
                (more(addends.len().saturating_sub(MOST_ADDENDS), w))
            }
        }
    }
}

fn factor(addend: &Addend, w: &Words<'_>) -> String {
    match addend.factor {
        Some(factor) if factor == -Decimal::ONE => "\u{2212} ".to_owned(),
        Some(factor) if factor != Decimal::ONE => format!("{} \u{d7} ", w.number(factor.normalize())),
        _ => String::new(),
    }
}

/// How wide the drawing is.
const WIDTH: f64 = 400.0;

/// The least width of an interval that can be seen.
const LEAST: f64 = 3.0;

/// The two intervals on one line: where the true figures may lie, given how they were rounded.
fn line(working: &Working, id: &str, w: &Words<'_>) -> Markup {
    let (stated, computed) = (working.stated_interval, working.computed_interval);
    let ends = [stated, computed].map(|interval| (float(interval.lower().value), float(interval.upper().value)));
    let least = ends.iter().map(|(from, _)| *from).fold(f64::INFINITY, f64::min);
    let most = ends.iter().map(|(_, to)| *to).fold(f64::NEG_INFINITY, f64::max);
    let room = (most - least) * 0.12;
    let scale = Scale::new((least - room, most + room), (80.0, WIDTH - 8.0));
    let meet = stated.meet(&computed).is_some();
    let title = w.say(if meet { "intervals-meet" } else { "intervals-apart" });
    let about = w.with("intervals", &[("stated", &shown(stated, w)), ("computed", &shown(computed, w))]);
    let bar = |y: f64, class: &str, name: &str, (from, to): (f64, f64), value: Decimal| {
        let (start, end) = (scale.at(from), scale.at(to));
        let start = if end - start < LEAST { (start + end - LEAST) / 2.0 } else { start };
        let (width, middle) = ((end - start).max(LEAST), scale.at(float(value)));
        html! {
            text.name x="0" y=(at(y + 4.0)) { (w.say(name)) }
            line.axis x1="80" x2=(at(WIDTH - 8.0)) y1=(at(y)) y2=(at(y)) {}
            rect.(class) x=(at(start)) y=(at(y - 6.0)) width=(at(width)) height="12" rx="2" {}
            line.(class) x1=(at(middle)) x2=(at(middle)) y1=(at(y - 9.0)) y2=(at(y + 9.0)) {}
        }
    };
    let body = html! {
        (bar(18.0, "stated", "stated", ends[0], working.stated))
        (bar(48.0, "computed", "computed", ends[1], working.computed))
        @if !meet {
            @let (left, right) = if ends[0].1 < ends[1].0 { (ends[0].1, ends[1].0) } else { (ends[1].1, ends[0].0) };
            rect.apart x=(at(scale.at(left))) y="8" width=(at((scale.at(right) - scale.at(left)).max(0.0))) height="50" {}
        }
    };
    html! {
        figure.interval {
            (drawing(&format!("{id}-i"), (WIDTH, 64.0), &title, &about, &body))
            figcaption { (title) ". " (about) }
        }
    }
}

/// An interval as people read it.
fn shown(interval: Interval, w: &Words<'_>) -> String {
    let (lower, upper) = (interval.lower(), interval.upper());
    if lower.value == upper.value {
        return share(lower.value, w);
    }
    format!("{} \u{2026} {}", share(lower.value, w), share(upper.value, w))
}
