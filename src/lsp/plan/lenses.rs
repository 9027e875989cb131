//! Code lenses: above an objective, how its outputs stand to the totals that it states.
//!
//! One line that stays readable with many years: years that agree are counted, those that do not are named.

use super::View;
use super::sums::{Sums, costs};
use super::words::{counted, figure, label};
use crate::figure::{Computed, Grade, Sum, compare};
use crate::finding::signed;
use crate::plan::vocabulary::is_year;
use crate::plan::{Kind, NodeRef};
use crate::script::shown;
use crate::source::Span;

/// A line that an editor shows above another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::lsp) struct Lens {
    /// What it stands above.
    pub span: Span,
    /// The line.
    pub title: String,
    /// Which of the plan's objectives it is about, from 0.
    pub objective: usize,
}

/// The lines above the objectives of a plan.
pub(in crate::lsp) fn lenses(view: &View<'_>) -> Vec<Lens> {
    let sums = Sums::new(view.plan);
    let objectives = view.plan.root().get("objectives").filter(|list| list.kind() == Kind::Array);
    let objectives = objectives.into_iter().flat_map(|list| list.children());
    let lens = |(number, objective): (usize, NodeRef<'_>)| {
        Some(Lens { span: objective.span(), title: title(&sums, objective)?, objective: number })
    };
    objectives.enumerate().filter_map(lens).collect()
}

/// The sums of an objective's outputs, year by year, a line each; none where it has no outputs.
pub(in crate::lsp) fn by_year(view: &View<'_>, objective: usize) -> Option<String> {
    let sums = Sums::new(view.plan);
    let objective = view.plan.root().get("objectives")?.element(objective)?;
    let outputs = outputs_of(&sums, objective)?;
    let stated = |year: NodeRef<'_>| {
        let held = against(outputs, year)?;
        Some(held.told.unwrap_or_else(|| {
            let agrees = if held.grade == Some(Grade::Equal) { "= stated" } else { "≈ stated, within rounding" };
            format!("{}: {} {agrees}", held.year, held.made)
        }))
    };
    let made = |year: NodeRef<'_>| {
        let parts = costs(outputs, year.name()?)?;
        Some(format!("{}: {}, no total is stated", year.key()?, figure(parts.made.value, 0)))
    };
    let lines: Vec<String> = match objective.get("total") {
        Some(total) => years_in(total).filter_map(stated).collect(),
        None => years_of_outputs(outputs).filter_map(made).collect(),
    };
    let count = counted(outputs.children().count(), "output");
    Some(std::iter::once(format!("{}: {count}", label(objective))).chain(lines).collect::<Vec<_>>().join("\n"))
}

/// The outputs of an objective, where all of them could be read.
fn outputs_of<'p>(sums: &Sums<'p>, objective: NodeRef<'p>) -> Option<NodeRef<'p>> {
    objective.get("outputs").filter(|list| list.kind() == Kind::Array && sums.is_sound(objective))
}

fn years_in(table: NodeRef<'_>) -> impl Iterator<Item = NodeRef<'_>> {
    table.children().filter(|year| year.key().is_some_and(is_year))
}

fn years_of_outputs(outputs: NodeRef<'_>) -> impl Iterator<Item = NodeRef<'_>> {
    let first = outputs.children().next().and_then(|first| first.get("cost"));
    first.into_iter().flat_map(years_in)
}

fn title<'p>(sums: &Sums<'p>, objective: NodeRef<'p>) -> Option<String> {
    let outputs = outputs_of(sums, objective)?;
    let count = counted(outputs.children().count(), "output");
    let Some(total) = objective.get("total") else { return Some(unstated(outputs, count)) };
    let held: Vec<Held<'_>> = years_in(total).filter_map(|year| against(outputs, year)).collect();
    let count = match whole(&held) {
        Some(sum) => format!("{count}, sum {sum}"),
        None => count,
    };
    let apart: Vec<String> = held.iter().filter_map(|held| held.told.clone()).collect();
    Some(match agreeing(&held) {
        Some(agreeing) if apart.is_empty() => format!("{count} {agreeing}"),
        agreeing => std::iter::once(count).chain(apart).chain(agreeing).collect::<Vec<_>>().join(" · "),
    })
}

/// What the outputs make in all stated years together; none where a year lacks a cost.
fn whole(held: &[Held<'_>]) -> Option<String> {
    let mut sum = Sum::new();
    for year in held {
        sum.push_computed(&year.parts?);
    }
    let made = sum.finish().ok().filter(|_| !held.is_empty())?;
    Some(figure(made.value, held.iter().map(|year| year.places).max().unwrap_or_default()))
}

/// How the outputs stand to one stated year.
struct Held<'p> {
    year: &'p str,
    /// What they make; `None` where not every output states a cost.
    parts: Option<Computed>,
    /// The same as it is shown.
    made: String,
    /// The decimal places that the total is stated with.
    places: u32,
    /// How the two agree; `None` where not every output states a cost.
    grade: Option<Grade>,
    /// What is said of a year that does not agree.
    told: Option<String>,
}

fn against<'p>(outputs: NodeRef<'p>, year: NodeRef<'p>) -> Option<Held<'p>> {
    let stated = year.plan().stated(year.id())?;
    let key = year.key()?;
    let Some(parts) = costs(outputs, year.name()?) else {
        let told = Some(format!("{key}: not every output states a cost"));
        return Some(Held { year: key, parts: None, made: String::new(), places: 0, grade: None, told });
    };
    let held = compare(stated, parts.made).ok()?;
    let made = figure(parts.made.value, stated.value.scale());
    let difference = signed(shown(held.difference, 0));
    let apart = held.grade == Grade::Disagree;
    let told = apart.then(|| format!("{key}: {made} ≠ stated, difference {difference}"));
    let (parts, places) = (Some(parts.made), stated.value.scale());
    Some(Held { year: key, parts, made, places, grade: Some(held.grade), told })
}

/// The years that agree, in a few words.
fn agreeing(held: &[Held<'_>]) -> Option<String> {
    let of = |grade| held.iter().filter(move |held| held.grade == Some(grade));
    let (equal, within) = (of(Grade::Equal).count(), of(Grade::WithinRounding).count());
    let only = held.len() == 1;
    let in_years = |count: usize, grade| match of(grade).next() {
        Some(one) if count == 1 => format!("in {}", one.year),
        _ if count == held.len() => format!("in all {count} years"),
        _ => format!("in {count} years"),
    };
    let exact = || format!("= stated {}", in_years(equal, Grade::Equal));
    let rounded = || format!("within rounding {}", in_years(within, Grade::WithinRounding));
    Some(match (equal, within) {
        (0, 0) => return None,
        (1, 0) if only => "= stated".to_owned(),
        (0, 1) if only => "≈ stated, within rounding".to_owned(),
        (_, 0) => exact(),
        (0, _) => format!("≈ stated, {}", rounded()),
        _ => format!("{}, {}", exact(), rounded()),
    })
}

/// Years whose sums are shown where no total is stated.
const MOST_YEARS: usize = 4;

/// What the outputs make where the objective states no total.
fn unstated(outputs: NodeRef<'_>, count: String) -> String {
    let mut words = vec![count];
    let sum = |year: NodeRef<'_>| {
        let parts = costs(outputs, year.name()?)?;
        Some(format!("{}: {}", year.key()?, figure(parts.made.value, 0)))
    };
    words.extend(years_of_outputs(outputs).take(MOST_YEARS).filter_map(sum));
    words.join(" · ")
}
