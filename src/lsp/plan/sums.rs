//! What the parts of a stated total make, and what an amount is a share of.
//!
//! It follows the standard vocabulary as the standard rules do, figure by figure and only for what is asked; where a part
//! states no figure it says nothing. It words nothing.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use crate::figure::{Computed, Decimal, Stated, Sum};
use crate::plan::vocabulary::{is_year, keys_to};
use crate::plan::{Kind, Name, NodeId, NodeRef, Plan};
use crate::source::Span;

/// What parts make.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parts {
    /// Their sum, with the rounding that is in it.
    pub made: Computed,
    /// How many they are.
    pub count: usize,
    /// What one of them is called.
    pub noun: &'static str,
}

type Cells = Rc<Vec<Option<Parts>>>;

/// Sums of one plan, each made once for one question.
pub(super) struct Sums<'p> {
    plan: &'p Plan,
    /// The column sums of cross-tables with a row of totals.
    down: RefCell<HashMap<NodeId, Option<Cells>>>,
    /// What the stated totals of the objectives make, by year; made once, for all years together.
    whole: OnceCell<HashMap<Name, Decimal>>,
    /// The total of an objective by year.
    of_objective: RefCell<HashMap<(NodeId, Name), Option<Decimal>>>,
}

impl<'p> Sums<'p> {
    pub(super) fn new(plan: &'p Plan) -> Self {
        Self { plan, down: RefCell::default(), whole: OnceCell::new(), of_objective: RefCell::default() }
    }

    /// What the parts of a stated figure make, each way in which the plan adds it up.
    pub(super) fn parts(&self, figure: NodeRef<'p>) -> Vec<Parts> {
        if !self.is_sound(figure) {
            return Vec::new();
        }
        match keys_to(figure).as_slice() {
            ["plan" | "objectives", "total", "all_years"]
            | ["objectives", "outputs", "cost", "all_years"]
            | ["plan", "parts", "total", "all_years"] => years(figure).into_iter().collect(),
            ["objectives", "total", _] => outputs(figure).into_iter().collect(),
            ["plan", "total", _] => self.objectives(figure).into_iter().collect(),
            ["objectives", "share"] => shares(figure, "outputs", "output").into_iter().collect(),
            ["splits", "total"] => shares(figure, "parts", "part").into_iter().collect(),
            ["tables", "rows", "values"] => self.cell(figure),
            _ => Vec::new(),
        }
    }

    /// The total of the objective that an output's cost of some year belongs to: as stated, else what the outputs make.
    pub(super) fn objective_total(&self, objective: NodeRef<'p>, year: Name) -> Option<Decimal> {
        if !self.is_sound(objective) {
            return None;
        }
        let mut known = self.of_objective.borrow_mut();
        *known.entry((objective.id(), year)).or_insert_with(|| {
            let stated = objective.get("total").and_then(|total| total.get_name(year));
            match stated {
                Some(stated) => self.plan.stated(stated.id()).map(|stated| stated.value),
                None => costs(objective.get("outputs")?, year).map(|parts| parts.made.value),
            }
        })
    }

    /// What the whole plan comes to in a year: as stated, else the totals that its objectives state.
    pub(super) fn plan_total(&self, year: Name) -> Option<Decimal> {
        if !self.plan.is_toml() {
            return None;
        }
        let root = self.plan.root();
        let stated = root.get("plan").and_then(|plan| plan.get("total")).and_then(|total| total.get_name(year));
        match stated {
            Some(stated) => self.plan.stated(stated.id()).map(|stated| stated.value),
            None => self.whole.get_or_init(|| every_total(self.plan).unwrap_or_default()).get(&year).copied(),
        }
    }

    /// Whether all that belongs to the item of a node could be read: a text that is no TOML leaves things out.
    pub(super) fn is_sound(&self, node: NodeRef<'p>) -> bool {
        if self.plan.is_toml() {
            return true;
        }
        let Some(item) = node.ancestors().filter(|at| at.index().is_some()).last() else { return false };
        let end = item.next().map_or(u32::MAX, |next| next.mention());
        let read = Span::new(item.mention(), end);
        let faults = self.plan.faults().iter().filter(|fault| fault.code.is_not_toml());
        !faults.map(|fault| fault.span).any(|span| span.start < read.end && read.start <= span.end)
    }

    /// The objectives of a plan, else its parts, that make its total.
    fn objectives(&self, total: NodeRef<'p>) -> Option<Parts> {
        let year = total.name()?;
        let root = self.plan.root();
        match root.get("objectives") {
            Some(objectives) => totals(objectives, year).or_else(|| {
                let outputs = self.plan.step_key(&[objectives.id()], self.plan.name_of("outputs")?);
                let outputs: Vec<NodeRef<'_>> = outputs.into_iter().map(|id| self.plan.node(id)).collect();
                sum(by_year(outputs.iter().flat_map(NodeRef::children), self.plan, "cost", year), "output")
            }),
            None => totals(root.get("plan")?.get("parts")?, year).map(|parts| Parts { noun: "part", ..parts }),
        }
    }

    /// The sums across and down that a cell of a cross-table states.
    fn cell(&self, cell: NodeRef<'p>) -> Vec<Parts> {
        let mut found = Vec::new();
        let place = || {
            let (at, row) = (cell.index()?, cell.parent()?.parent()?);
            Some((at, row, row.parent()?.parent()?))
        };
        let Some((at, row, table)) = place() else { return found };
        if total_column(table) == Some(at) {
            let others = row.get("values").into_iter().flat_map(|values| values.children());
            let others = others.filter(|other| other.index() != Some(at));
            found.extend(sum(others.map(|other| self.plan.stated(other.id())), "column"));
        }
        if is_total_row(table, row) {
            let down = Rc::clone(&self.down(table).unwrap_or_default());
            found.extend(down.get(at).copied().flatten());
        }
        found
    }

    /// The sums of every column of a table, without the row of totals and rows of percents.
    fn down(&self, table: NodeRef<'p>) -> Option<Cells> {
        let made = || {
            let mut sums: Vec<Option<(Sum, usize)>> = Vec::new();
            let rows: Vec<NodeRef<'_>> = table.get("rows")?.children().collect();
            let rows = rows.into_iter().filter(|row| !is_total_row(table, *row) && row.get("percent_of").is_none());
            for (number, row) in rows.enumerate() {
                let values: Vec<NodeRef<'_>> = row.get("values")?.children().collect();
                if number == 0 {
                    sums = vec![Some((Sum::new(), 0)); values.len()];
                } else if values.len() != sums.len() {
                    return None;
                }
                for (place, value) in sums.iter_mut().zip(values) {
                    *place = place.and_then(|(mut sum, count)| {
                        sum.push(&self.plan.stated(value.id())?);
                        Some((sum, count + 1))
                    });
                }
            }
            let parts = |(sum, count): (Sum, usize)| Some(Parts { made: sum.finish().ok()?, count, noun: "row" });
            Some(Rc::new(sums.into_iter().map(|place| place.and_then(parts)).collect()))
        };
        self.down.borrow_mut().entry(table.id()).or_insert_with(made).clone()
    }
}

/// The place of the column of totals.
fn total_column(table: NodeRef<'_>) -> Option<usize> {
    let name = table.get("total_column")?.display();
    table.get("columns")?.children().position(|column| column.display() == name)
}

fn is_total_row(table: NodeRef<'_>, row: NodeRef<'_>) -> bool {
    let name = table.get("total_row").filter(|name| name.is_value()).map(|name| name.display());
    name.is_some() && row.get("id").filter(|id| id.is_value()).map(|id| id.display()) == name
}

/// The sum of figures; `None` where one is missing, or there is none.
fn sum(figures: impl Iterator<Item = Option<Stated>>, noun: &'static str) -> Option<Parts> {
    let mut sum = Sum::new();
    let mut count = 0;
    for figure in figures {
        sum.push(&figure?);
        count += 1;
    }
    let made = sum.finish().ok()?;
    (count > 0).then_some(Parts { made, count, noun })
}

/// The figures that the items of a list state under a key for a year.
fn by_year<'p>(
    items: impl Iterator<Item = NodeRef<'p>>,
    plan: &'p Plan,
    key: &str,
    year: Name,
) -> impl Iterator<Item = Option<Stated>> {
    let key = plan.name_of(key);
    items.map(move |item| {
        let figure = item.get_name(key?)?.get_name(year)?;
        plan.stated(figure.id())
    })
}

/// The costs of some outputs in a year.
pub(super) fn costs(outputs: NodeRef<'_>, year: Name) -> Option<Parts> {
    sum(by_year(outputs.children(), outputs.plan(), "cost", year), "output")
}

/// The stated totals of some objectives or parts in a year.
fn totals(items: NodeRef<'_>, year: Name) -> Option<Parts> {
    sum(by_year(items.children(), items.plan(), "total", year), "objective")
}

/// The sums of the totals that all objectives state, by year; a year that one of them lacks has none.
fn every_total(plan: &Plan) -> Option<HashMap<Name, Decimal>> {
    let objectives = plan.root().get("objectives")?;
    let total = plan.name_of("total")?;
    let mut sums: HashMap<Name, (Sum, usize)> = HashMap::new();
    let mut count = 0;
    for objective in objectives.children() {
        count += 1;
        for year in objective.get_name(total).into_iter().flat_map(|total| total.children()) {
            if let (Some(name), Some(stated)) = (year.name(), plan.stated(year.id())) {
                let (sum, number) = sums.entry(name).or_default();
                sum.push(&stated);
                *number += 1;
            }
        }
    }
    let whole = sums.into_iter().filter(|(_, (_, number))| *number == count);
    Some(whole.filter_map(|(year, (sum, _))| Some((year, sum.finish().ok()?.value))).collect())
}

fn outputs(total: NodeRef<'_>) -> Option<Parts> {
    costs(total.parent()?.parent()?.get("outputs")?, total.name()?)
}

fn years(all: NodeRef<'_>) -> Option<Parts> {
    let years = all.parent()?;
    let years = years.children().filter(|year| year.key().is_some_and(is_year));
    sum(years.map(|year| year.plan().stated(year.id())), "year")
}

fn shares(whole: NodeRef<'_>, list: &str, noun: &'static str) -> Option<Parts> {
    let parts = whole.parent()?.get(list).filter(|list| list.kind() == Kind::Array)?;
    let share = |part: NodeRef<'_>| part.get("share").and_then(|share| share.plan().stated(share.id()));
    sum(parts.children().map(share), noun)
}
