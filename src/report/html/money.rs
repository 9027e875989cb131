//! Money by objective and year, as columns and as a table.

use maud::{Markup, html};

use super::chart::{Scale, at, drawing, fit, round_up};
use super::head::language;
use super::parts::{SHORT, cell, cut, float, more};
use super::wording::Words;
use crate::figure::Decimal;
use crate::finding::{Objective, Overview, YearAmount};

/// Objectives that get a colour of their own; the rest is one part.
const COLOURS: usize = 7;

/// Objectives that the table lists.
const MOST_LISTED: usize = 100;

/// Years that are drawn.
const MOST_YEARS: usize = 12;

const WIDTH: f64 = 440.0;
const HEIGHT: f64 = 270.0;

/// A part of each column.
struct Layer<'o> {
    name: String,
    about: &'o str,
    values: Vec<f64>,
}

pub(super) fn money(plan: &Overview, id: &str, w: &Words<'_>) -> Option<Markup> {
    let years = years(plan);
    let any = plan.objectives.iter().any(|objective| objective.amounts.iter().any(|amount| amount.best().is_some()));
    if years.is_empty() || !any {
        return None;
    }
    let layers = layers(plan, &years, w);
    Some(html! {
        div.pair {
            figure {
                (columns(plan, &years, &layers, id, w))
                (legend(plan, &layers, w))
                figcaption { (w.with("money-about", &[("unit", &named(&plan.currency, w))])) }
            }
            (table(plan, &years, w))
        }
        (more(plan.objectives.len().saturating_sub(MOST_LISTED), w))
    })
}

fn named(currency: &str, w: &Words<'_>) -> String {
    if currency.is_empty() { w.say("no-currency") } else { currency.to_owned() }
}

/// The years that any amount is of, in their order.
fn years(plan: &Overview) -> Vec<&str> {
    let mut years: Vec<&str> = Vec::new();
    let amounts = plan.objectives.iter().flat_map(|objective| &objective.amounts).chain(&plan.amounts);
    for amount in amounts {
        if !years.contains(&amount.year.as_str()) && years.len() < MOST_YEARS {
            years.push(&amount.year);
        }
    }
    years.sort_unstable();
    years
}

fn amount<'a>(amounts: &'a [YearAmount], year: &str) -> Option<&'a YearAmount> {
    amounts.iter().find(|amount| amount.year == year)
}

fn layers<'o>(plan: &'o Overview, years: &[&str], w: &Words<'_>) -> Vec<Layer<'o>> {
    let value = |objective: &Objective, year: &str| {
        amount(&objective.amounts, year).and_then(YearAmount::best).map(float).unwrap_or_default()
    };
    let of = |objective: &Objective| -> Vec<f64> { years.iter().map(|year| value(objective, year)).collect() };
    let own = if plan.objectives.len() > COLOURS + 1 { COLOURS } else { plan.objectives.len() };
    let mut layers: Vec<Layer<'_>> = plan.objectives[..own]
        .iter()
        .map(|objective| Layer { name: objective.id.clone(), about: &objective.title, values: of(objective) })
        .collect();
    let rest = &plan.objectives[own..];
    if !rest.is_empty() {
        let values = years.iter().map(|year| rest.iter().map(|objective| value(objective, year)).sum()).collect();
        layers.push(Layer { name: w.counted("others", rest.len()), about: "", values });
    }
    layers
}

fn columns(plan: &Overview, years: &[&str], layers: &[Layer<'_>], id: &str, w: &Words<'_>) -> Markup {
    let sum =
        |at: usize, sign: f64| layers.iter().map(|layer| layer.values[at] * sign).filter(|v| *v > 0.0).sum::<f64>();
    let top = (0..years.len()).map(|year| sum(year, 1.0)).fold(0.0, f64::max);
    let bottom = (0..years.len()).map(|year| sum(year, -1.0)).fold(0.0, f64::max);
    let (from, to) = (if bottom > 0.0 { -round_up(bottom) } else { 0.0 }, round_up(top));
    let y = Scale::new((from, to), (HEIGHT - 26.0, 24.0));
    let step = (WIDTH - 56.0) / years.len() as f64;
    let width = (step * 0.62).min(64.0);
    let body = html! {
        @for tick in 0..=4 {
            @let value = from + (to - from) * f64::from(tick) / 4.0;
            line.grid x1="52" x2=(at(WIDTH)) y1=(at(y.at(value))) y2=(at(y.at(value))) {}
            text.tick x="46" y=(at(y.at(value) + 4.0)) text-anchor="end" { (brief(value, w)) }
        }
        @for (number, year) in years.iter().enumerate() {
            @let x = 56.0 + step * (number as f64 + 0.5);
            @for (layer, (from, to)) in stacked(layers, number).into_iter().enumerate() {
                @let (high, low) = (y.at(from.max(to)), y.at(from.min(to)));
                @if low - high > 0.05 {
                    rect.layer.{ "c" (layer) } x=(at(x - width / 2.0)) y=(at(high)) width=(at(width)) height=(at((low - high - 1.0).max(0.4))) {
                        title { (layers[layer].name) ", " (year) ": " (grouped_float(layers[layer].values[number], w)) }
                    }
                }
            }
            text.total x=(at(x)) y=(at(y.at(sum(number, 1.0)) - 6.0)) text-anchor="middle" { (brief(sum(number, 1.0) - sum(number, -1.0), w)) }
            text.tick x=(at(x)) y=(at(HEIGHT - 8.0)) text-anchor="middle" { (fit(&label(year, w), 10)) }
        }
    };
    let title = w.with("money-title", &[("unit", &named(&plan.currency, w))]);
    let totals: Vec<String> = years
        .iter()
        .enumerate()
        .map(|(n, year)| format!("{year}: {}", grouped_float(sum(n, 1.0) - sum(n, -1.0), w)))
        .collect();
    drawing(id, (WIDTH, HEIGHT), &title, &w.with("money-desc", &[("totals", &totals.join("; "))]), &body)
}

/// Where each layer of a column begins and ends: what is more than nothing upward, what is less downward.
fn stacked(layers: &[Layer<'_>], year: usize) -> Vec<(f64, f64)> {
    let (mut up, mut down) = (0.0, 0.0);
    let mut parts = Vec::with_capacity(layers.len());
    for layer in layers {
        let edge = if layer.values[year] < 0.0 { &mut down } else { &mut up };
        parts.push((*edge, *edge + layer.values[year]));
        *edge += layer.values[year];
    }
    parts
}

/// A number for an axis: `16.2 M`.
fn brief(value: f64, w: &Words<'_>) -> String {
    let size = value.abs();
    let (by, unit) = match size {
        s if s >= 1e9 => (1e9, "\u{a0}G"),
        s if s >= 1e6 => (1e6, "\u{a0}M"),
        s if s >= 1e4 => (1e3, "\u{a0}k"),
        _ => (1.0, ""),
    };
    let text = format!("{:.1}", value / by);
    w.number(text.strip_suffix(".0").unwrap_or(&text)) + unit
}

fn grouped_float(value: f64, w: &Words<'_>) -> String {
    format!("{value}")
        .parse::<Decimal>()
        .map_or_else(|_| format!("{value:.0}"), |value| w.number(value.round_dp(2).normalize()))
}

/// A year as it is shown: the sum over all has a name.
fn label(year: &str, w: &Words<'_>) -> String {
    if year == "all_years" { w.say("all-years") } else { year.to_owned() }
}

fn legend(plan: &Overview, layers: &[Layer<'_>], w: &Words<'_>) -> Markup {
    html! {
        ul.legend lang=[language(plan)] {
            @for (number, layer) in layers.iter().enumerate() {
                li { span.swatch.{ "c" (number) } aria-hidden="true" {} b { (cut(&layer.name, 40, w)) } " " (cut(layer.about, SHORT, w)) }
            }
        }
    }
}

fn table(plan: &Overview, years: &[&str], w: &Words<'_>) -> Markup {
    html! {
        div.scroll { table.sortable {
            caption { (w.say("money-table")) }
            thead { tr {
                th scope="col" { (w.say("objective")) }
                @for year in years { th.num scope="col" { (cut(&label(year, w), 20, w)) } }
                th.num scope="col" { (w.say("share-stated")) }
            } }
            tbody {
                @for objective in plan.objectives.iter().take(MOST_LISTED) {
                    tr {
                        th scope="row" title=(cut(&objective.title, SHORT, w)) { (cut(&objective.id, 40, w)) }
                        @for year in years { (best(amount(&objective.amounts, year), w)) }
                        (cell(objective.share, w))
                    }
                }
            }
            @if !plan.amounts.is_empty() {
                tfoot { tr {
                    th scope="row" { (w.say("total")) }
                    @for year in years { (best(amount(&plan.amounts, year), w)) }
                    td {}
                } }
            }
        } }
    }
}

/// An amount as stated; in italics as computed, where none is stated; with a mark where the two are not the same.
fn best(amount: Option<&YearAmount>, w: &Words<'_>) -> Markup {
    let Some(amount) = amount else { return cell(None, w) };
    match (amount.stated, amount.computed) {
        (Some(stated), Some(computed)) if stated != computed => {
            let says = w.with("parts-make", &[("computed", &w.number(computed))]);
            html! { td.num.differs data-v=(stated) title=(says) { (w.number(stated)) sup aria-label=(says) { "\u{2260}" } } }
        }
        (None, Some(computed)) => {
            html! { td.num data-v=(computed) { i title=(w.say("not-stated")) { (w.number(computed)) } } }
        }
        (stated, _) => cell(stated, w),
    }
}
