//! The money of a plan: by objective and year, the largest outputs, how concentrated it is.

use std::io::{self, Write};

use super::bar::bar;
use super::words;
use crate::figure::Decimal;
use crate::finding::{Money, ObjectiveMoney, PlanStatistics, grouped, shortened};
use crate::report::{Cell, Style, TextOptions, columns, harmless};

/// Columns of a bar, and the least that are worth one.
const BAR: usize = 20;
const LEAST_BAR: usize = 8;

/// Columns of a title at least, and at most.
const TITLE: usize = 12;
const LONG_TITLE: usize = 40;

/// Objectives that are listed.
const MOST: usize = 200;

pub(super) fn write(
    plan: &PlanStatistics,
    style: &Style,
    options: &TextOptions,
    out: &mut impl Write,
) -> io::Result<()> {
    let money = &plan.money;
    if money.total.is_none() && money.amounts.is_empty() && !money.too_large {
        return style.write_hanging(out, 2, words::NO_MONEY);
    }
    writeln!(out)?;
    let fits = room(plan, options) >= TITLE;
    if !money.objectives.is_empty() {
        heading(&words::money(plan), style, out)?;
        if fits {
            write_table(plan, options, out)?
        } else {
            write_list(plan, options, out)?
        }
        let more = money.objectives.len().saturating_sub(MOST);
        if more > 0 {
            writeln!(out, "  {}", words::risks_left_out(more))?;
        }
    }
    if !fits || money.objectives.is_empty() {
        if !money.objectives.is_empty() {
            writeln!(out)?;
        }
        heading(&words::years(plan), style, out)?;
        write_years(plan, options, out)?;
    }
    for (is_so, note) in [(money.too_large, words::TOO_LARGE), (money.has_negative, words::NEGATIVE)] {
        if is_so {
            style.write_hanging(out, 2, note)?;
        }
    }
    Ok(())
}

fn heading(text: &str, style: &Style, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}", style.strong(&text.replace('\n', " ")))
}

fn written(amount: Option<Decimal>) -> String {
    amount.map(grouped).unwrap_or_default()
}

fn percent(share: Option<Decimal>) -> String {
    share.map(|share| format!("{share} %")).unwrap_or_default()
}

fn of_year<'m>(amounts: &'m [Money], year: &str) -> Option<&'m Money> {
    amounts.iter().find(|money| money.year == year)
}

/// The columns that a title has beside the figures of a table.
fn room(plan: &PlanStatistics, options: &TextOptions) -> usize {
    let money = &plan.money;
    let figures = money.objectives.iter().flat_map(|objective| &objective.amounts).chain(&money.amounts);
    let widest = figures.map(|money| grouped(money.amount).len()).max().unwrap_or_default().max(4);
    let total = money.objectives.iter().map(|objective| written(objective.total).len()).max().unwrap_or_default();
    let total = total.max(written(money.total).len());
    let ids = money.objectives.iter().map(|objective| objective.id.chars().count()).max().unwrap_or_default();
    let taken = 2 + ids + 2 + (widest + 2) * money.years.len() + total + 2 + 9 + LEAST_BAR + 2;
    options.width.saturating_sub(taken)
}

fn write_table(plan: &PlanStatistics, options: &TextOptions, out: &mut impl Write) -> io::Result<()> {
    let money = &plan.money;
    let room = room(plan, options);
    let widest = money.objectives.iter().map(|objective| harmless(&objective.title).chars().count()).max();
    let title = room.min(widest.unwrap_or_default()).min(LONG_TITLE);
    let bars = (LEAST_BAR + room - title).min(BAR);
    let most = money.objectives.iter().filter_map(|objective| objective.total).max().unwrap_or_default();
    let heads = money.years.iter().map(|year| Cell::figure(year.as_str()));
    let first = ["", "", ""].map(Cell::dim).into_iter();
    let mut rows: Vec<Vec<Cell>> =
        vec![first.chain(heads).chain([words::SUM, words::SHARE, ""].map(Cell::figure)).collect()];
    for objective in money.objectives.iter().take(MOST) {
        let amounts = money
            .years
            .iter()
            .map(|year| Cell::figure(written(of_year(&objective.amounts, year).map(|money| money.amount))));
        let bar = objective.share.map(|_| bar(objective.total.unwrap_or_default(), most, bars, options.unicode));
        let lead = ["", &objective.id, &shortened(&objective.title, title)].map(Cell::plain);
        let end = [
            Cell::figure(written(objective.total)),
            Cell::figure(percent(objective.share)),
            Cell::plain(bar.unwrap_or_default()),
        ];
        rows.push(lead.into_iter().chain(amounts).chain(end).collect());
    }
    let amounts =
        money.years.iter().map(|year| Cell::figure(written(of_year(&money.amounts, year).map(|money| money.amount))));
    let end = [Cell::figure(written(money.total)), Cell::plain(""), Cell::plain("")];
    rows.push(["", words::ALL, ""].map(Cell::plain).into_iter().chain(amounts).chain(end).collect());
    columns(&rows, options, out)
}

/// Objectives one beneath the other, where a table has no room.
fn write_list(plan: &PlanStatistics, options: &TextOptions, out: &mut impl Write) -> io::Result<()> {
    let money = &plan.money;
    let most = money.objectives.iter().filter_map(|objective| objective.total).max().unwrap_or_default();
    for objective in money.objectives.iter().take(MOST) {
        columns(&[vec![Cell::plain(""), Cell::strong(titled(objective))]], options, out)?;
        let bar = objective.share.map(|_| bar(objective.total.unwrap_or_default(), most, BAR, options.unicode));
        let total = [written(objective.total), percent(objective.share), bar.unwrap_or_default()];
        if objective.total.is_some() {
            let lead = Cell::plain("  ");
            columns(&[[lead].into_iter().chain(total.map(Cell::plain)).collect()], options, out)?;
        }
        let years: Vec<String> =
            objective.amounts.iter().map(|money| format!("{}: {}", money.year, grouped(money.amount))).collect();
        if years.len() > 1 {
            columns(&[vec![Cell::plain("  "), Cell::plain(years.join(", "))]], options, out)?;
        }
    }
    Ok(())
}

fn titled(objective: &ObjectiveMoney) -> String {
    format!("{} {}", objective.id, objective.title).trim().to_owned()
}

fn write_years(plan: &PlanStatistics, options: &TextOptions, out: &mut impl Write) -> io::Result<()> {
    let money = &plan.money;
    let most = money.amounts.iter().map(|money| money.amount).max().unwrap_or_default();
    let row = |of: &Money| {
        let bar = bar(of.amount, most, BAR, options.unicode);
        vec![Cell::plain(""), Cell::plain(of.year.as_str()), Cell::figure(grouped(of.amount)), Cell::plain(bar)]
    };
    let mut rows: Vec<Vec<Cell>> = money.amounts.iter().map(row).collect();
    if let Some(total) = money.total {
        rows.push(vec![Cell::plain(""), Cell::plain(words::ALL), Cell::figure(grouped(total)), Cell::plain("")]);
    }
    columns(&rows, options, out)
}

pub(super) fn write_outputs(
    plan: &PlanStatistics,
    style: &Style,
    options: &TextOptions,
    out: &mut impl Write,
) -> io::Result<()> {
    let outputs = &plan.outputs;
    if outputs.largest.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    heading(&words::largest(plan), style, out)?;
    let widest = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or_default();
    let ids = widest(&mut outputs.largest.iter().map(|output| output.id.chars().count()));
    let totals = widest(&mut outputs.largest.iter().map(|output| grouped(output.total).len()));
    let room = options.width.saturating_sub(2 + ids + 2 + totals + 2 + 9 + 2 + LEAST_BAR);
    let titles = widest(&mut outputs.largest.iter().map(|output| harmless(&output.title).chars().count()));
    let title = room.min(titles).min(2 * LONG_TITLE).max(6);
    let bars = (LEAST_BAR + room.saturating_sub(title)).min(BAR);
    let most = outputs.largest[0].total;
    let row = |output: &crate::finding::OutputMoney| {
        let drawn = output.share.map(|_| bar(output.total, most, bars, options.unicode)).unwrap_or_default();
        vec![
            Cell::plain(""),
            Cell::plain(output.id.as_str()),
            Cell::plain(shortened(&output.title, title)),
            Cell::figure(grouped(output.total)),
            Cell::figure(percent(output.share)),
            Cell::plain(drawn),
        ]
    };
    let rows: Vec<Vec<Cell>> = outputs.largest.iter().map(row).collect();
    columns(&rows, options, out)?;
    let more = outputs.with_money - outputs.largest.len();
    if more > 0 {
        writeln!(out, "  {}", words::outputs_left_out(more))?;
    }
    let without = outputs.count - outputs.with_money;
    if without > 0 { writeln!(out, "  {}", words::outputs_without_money(without)) } else { Ok(()) }
}

pub(super) fn write_concentration(plan: &PlanStatistics, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let Some(of) = &plan.concentration else { return Ok(()) };
    writeln!(out, "\n{}", style.strong("Concentration"))?;
    for line in words::top(of) {
        style.write_hanging(out, 2, &line)?;
    }
    style.write_hanging(out, 2, &words::herfindahl(of))
}
