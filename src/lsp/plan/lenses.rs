//! Code lenses: above an objective, how its outputs stand to the totals that it states.
//!
//! One line that stays readable with many years: years that agree are counted, those that do not are named.

use super::View;
use super::sums::{Sums, costs};
use super::words::{counted, figure};
use crate::figure::{Grade, compare};
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
}

/// The lines above the objectives of a plan.
pub(in crate::lsp) fn lenses(view: &View<'_>) -> Vec<Lens> {
    let sums = Sums::new(view.plan);
    let objectives = view.plan.root().get("objectives").filter(|list| list.kind() == Kind::Array);
    let objectives = objectives.into_iter().flat_map(|list| list.children());
    let lens = |objective: NodeRef<'_>| Some(Lens { span: objective.span(), title: title(&sums, objective)? });
    objectives.filter_map(lens).collect()
}

fn title<'p>(sums: &Sums<'p>, objective: NodeRef<'p>) -> Option<String> {
    if !sums.is_sound(objective) {
        return None;
    }
    let outputs = objective.get("outputs").filter(|list| list.kind() == Kind::Array)?;
    let count = counted(outputs.children().count(), "output");
    let years: Vec<NodeRef<'_>> = match objective.get("total") {
        Some(total) => total.children().filter(|year| year.key().is_some_and(is_year)).collect(),
        None => return Some(unstated(outputs, count)),
    };
    let held: Vec<Held<'_>> = years.iter().filter_map(|year| against(outputs, *year)).collect();
    let apart = held.iter().filter_map(|held| held.told.clone());
    let words: Vec<String> = std::iter::once(count).chain(apart).chain(agreeing(&held)).collect();
    Some(words.join(" · "))
}

/// How the outputs stand to one stated year.
struct Held<'p> {
    year: &'p str,
    /// What they make.
    made: String,
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
        return Some(Held { year: key, made: String::new(), grade: None, told });
    };
    let held = compare(stated, parts.made).ok()?;
    let made = figure(parts.made.value, stated.value.scale());
    let difference = signed(shown(held.difference, 0));
    let apart = held.grade == Grade::Disagree;
    let told = apart.then(|| format!("{key}: {made} ≠ stated, difference {difference}"));
    Some(Held { year: key, made, grade: Some(held.grade), told })
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
    let exact = || format!("sum = stated {}", in_years(equal, Grade::Equal));
    let rounded = || format!("within rounding {}", in_years(within, Grade::WithinRounding));
    Some(match (equal, within) {
        (0, 0) => return None,
        (1, 0) if only => format!("sum {} = stated", held.first()?.made),
        (0, 1) if only => format!("sum {} ≈ stated, within rounding", held.first()?.made),
        (_, 0) => exact(),
        (0, _) => format!("sum ≈ stated, {}", rounded()),
        _ => format!("{}, {}", exact(), rounded()),
    })
}

/// Years whose sums are shown where no total is stated.
const MOST_YEARS: usize = 4;

/// What the outputs make where the objective states no total.
fn unstated(outputs: NodeRef<'_>, count: String) -> String {
    let mut words = vec![count];
    let years = outputs.children().next().and_then(|first| first.get("cost"));
    let years = years.into_iter().flat_map(|cost| cost.children()).filter(|year| year.key().is_some_and(is_year));
    let sum = |year: NodeRef<'_>| {
        let parts = costs(outputs, year.name()?)?;
        Some(format!("{}: {}", year.key()?, figure(parts.made.value, 0)))
    };
    words.extend(years.take(MOST_YEARS).filter_map(sum));
    words.join(" · ")
}
