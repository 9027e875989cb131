//! Names and what they name: where a reference leads, and what refers to a thing.
//!
//! A thing is known by the value that names it first: the `id` of an item, a column's name, a word of a scale, a plan's id.
//! Which keys refer to what is said by the vocabulary; this file follows them, through paths and into other plans.

use std::ops::Range;
use std::sync::Arc;

use super::cursor::within_text;
use super::{Place, View};
use crate::plan::vocabulary::{NAMED_IN_TABLES, Reference, WITH_REFERENCES, is_id, keys_to, reference};
use crate::plan::{Kind, NodeId, NodeRef, Plan, PlanPath, Step};

/// Where a reference leads: to the value that names a thing.
#[derive(Clone, Debug)]
pub(super) struct Link<'p> {
    /// The bytes of the name in the decoded value, where the value is a path.
    pub part: Option<Range<usize>>,
    /// What it names.
    pub target: NodeRef<'p>,
}

/// A value that names a thing, with the part of it that does.
#[derive(Clone, Debug)]
pub(super) struct Mention<'p> {
    /// The value.
    pub node: NodeRef<'p>,
    /// The bytes of the name in the decoded value, where the value is a path.
    pub part: Option<Range<usize>>,
}

impl Mention<'_> {
    /// Where it is written; the whole value where its part cannot be told apart.
    pub(super) fn place(&self) -> Place {
        let part = self.part.as_ref().and_then(|part| within_text(self.node, part));
        Place { file: self.node.plan().source().shared_name(), span: part.unwrap_or(self.node.span()) }
    }
}

/// Whether two nodes are one.
pub(super) fn same(one: NodeRef<'_>, other: NodeRef<'_>) -> bool {
    one.id() == other.id() && Arc::ptr_eq(one.plan().source(), other.plan().source())
}

/// Whether a node names a thing that others can refer to.
pub(super) fn is_name(node: NodeRef<'_>) -> bool {
    let fits = matches!(node.kind(), Kind::Text | Kind::Integer);
    let keys = keys_to(node);
    fits && (is_id(node)
        || matches!(keys.as_slice(), ["plan", "id"])
        || (node.index().is_some() && matches!(keys.as_slice(), ["tables", "columns"] | ["scales", _])))
}

/// Where a value leads, if it is a reference.
pub(super) fn links<'v>(view: &View<'v>, node: NodeRef<'v>) -> Vec<Link<'v>> {
    let whole = |targets: Vec<NodeRef<'v>>| targets.into_iter().map(|target| Link { part: None, target }).collect();
    let Some(kind) = reference(node) else { return whole(named_in_table(node).into_iter().collect()) };
    let (plan, name) = (node.plan(), node.display());
    match kind {
        Reference::Item(list) => whole(by_id(plan.root().get(list), &name)),
        Reference::Row => whole(by_id(table_of(node).and_then(|table| table.get("rows")), &name)),
        Reference::Column => whole(word(table_of(node).and_then(|table| table.get("columns")), &name)),
        Reference::Scale(scale) => whole(word(plan.root().get("scales").and_then(|scales| scales.get(scale)), &name)),
        Reference::Year => whole(word(plan.root().get("plan").and_then(|plan| plan.get("years")), &name)),
        Reference::Plan => whole(plans_named(view, plan, &name).into_iter().filter_map(plan_id).collect()),
        Reference::Path => steps(plan, &name),
        Reference::PathInPart => parts_of(view, node).into_iter().flat_map(|part| steps(part, &name)).collect(),
    }
}

/// The nodes that a path in a value leads to, in whichever plan.
pub(super) fn at_path<'v>(view: &View<'v>, node: NodeRef<'v>) -> Vec<NodeRef<'v>> {
    let plans = match reference(node) {
        Some(Reference::Path) => vec![node.plan()],
        Some(Reference::PathInPart) => parts_of(view, node),
        _ => return Vec::new(),
    };
    let Some(Ok(path)) = node.str().map(|text| text.parse::<PlanPath>()) else { return Vec::new() };
    plans.into_iter().flat_map(|plan| plan.select(&path)).collect()
}

/// The plans that a path in `theirs` is meant for.
pub(super) fn parts_of<'v>(view: &View<'v>, node: NodeRef<'v>) -> Vec<&'v Plan> {
    let parts = match keys_to(node).as_slice() {
        // One part: that in which the path stands.
        ["plan", "parts", "figures", _] => {
            node.ancestors().filter(|at| at.index().is_some()).last().into_iter().collect()
        }
        _ => {
            return plans_of_parts(view, node.plan());
        }
    };
    plans_of(view, node.plan(), parts)
}

/// The plans that a plan brings together.
pub(super) fn plans_of_parts<'v>(view: &View<'v>, plan: &'v Plan) -> Vec<&'v Plan> {
    let parts = plan.root().get("plan").and_then(|plan| plan.get("parts"));
    plans_of(view, plan, parts.into_iter().flat_map(|parts| parts.children()).collect())
}

fn plans_of<'v>(view: &View<'v>, plan: &Plan, parts: Vec<NodeRef<'v>>) -> Vec<&'v Plan> {
    let names = parts.into_iter().filter_map(|part: NodeRef<'v>| part.get("plan"));
    names.flat_map(|name| plans_named(view, plan, &name.display())).collect()
}

/// The id that a plan has in its portfolio.
fn plan_id(plan: &Plan) -> Option<NodeRef<'_>> {
    plan.root().get("plan")?.get("id")
}

/// The portfolio that a plan belongs to.
fn portfolio(plan: &Plan) -> Option<String> {
    Some(plan.root().get("plan")?.get("portfolio")?.display().into_owned())
}

/// The plans of the portfolio of a plan, itself among them.
pub(super) fn portfolio_of<'v>(view: &View<'v>, plan: &Plan) -> Vec<&'v Plan> {
    let own = portfolio(plan);
    let is_own = |other: &&&Plan| Arc::ptr_eq(other.source(), plan.source());
    let belongs = |other: &&&Plan| is_own(other) || (own.is_some() && portfolio(other) == own);
    view.plans.iter().filter(belongs).copied().collect()
}

fn plans_named<'v>(view: &View<'v>, from: &Plan, name: &str) -> Vec<&'v Plan> {
    let has = |plan: &&Plan| plan_id(plan).is_some_and(|id| id.display() == name);
    portfolio_of(view, from).into_iter().filter(has).collect()
}

/// The cross-table that a node stands in.
pub(super) fn table_of(node: NodeRef<'_>) -> Option<NodeRef<'_>> {
    node.ancestors().find(|at| at.index().is_some() && keys_to(*at) == ["tables"])
}

/// The ids of the items of a list that have this id.
fn by_id<'p>(list: Option<NodeRef<'p>>, id: &str) -> Vec<NodeRef<'p>> {
    let Some(list) = list else { return Vec::new() };
    let plan = list.plan();
    let items = plan.step_id(&[list.id()], id);
    items.into_iter().filter_map(|item| plan.node(item).get("id")).collect()
}

/// The elements of a list that are this word.
fn word<'p>(list: Option<NodeRef<'p>>, word: &str) -> Vec<NodeRef<'p>> {
    let words = list.into_iter().flat_map(|list| list.children());
    words.filter(|found| found.is_value() && found.display() == word).collect()
}

/// What the names in a path name.
pub(super) fn steps<'p>(plan: &'p Plan, text: &str) -> Vec<Link<'p>> {
    let Ok(steps) = PlanPath::steps_in(text) else { return Vec::new() };
    let mut links = Vec::new();
    let mut nodes = vec![NodeId::ROOT];
    for (step, part) in steps {
        nodes = match &step {
            Step::Key(key) => plan.name_of(key).map(|name| plan.step_key(&nodes, name)).unwrap_or_default(),
            Step::Index(index) => plan.step_index(&nodes, *index),
            Step::Id(id) => {
                let found = plan.step_id(&nodes, id);
                let names = found.iter().filter_map(|node| name_of(plan.node(*node)));
                links.extend(names.map(|target| Link { part: Some(part.clone()), target }));
                found
            }
        };
    }
    links
}

/// What names an item, or a value of a cross-table by its column.
fn name_of(node: NodeRef<'_>) -> Option<NodeRef<'_>> {
    if keys_to(node) == ["tables", "rows", "values"] {
        return table_of(node)?.get("columns")?.element(node.index()?);
    }
    node.get("id")
}

/// The objective, output or service that a row or a column of a cross-table is named after.
pub(super) fn named_in_table(node: NodeRef<'_>) -> Option<NodeRef<'_>> {
    let is_column = match keys_to(node).as_slice() {
        ["tables", "rows", "id"] => false,
        ["tables", "columns"] if node.index().is_some() => true,
        _ => return None,
    };
    let total = table_of(node)?.get(if is_column { "total_column" } else { "total_row" });
    let name = node.display();
    if total.is_some_and(|total| total.is_value() && total.display() == name) {
        return None;
    }
    let plan = node.plan();
    NAMED_IN_TABLES.iter().find_map(|keys| {
        let mut lists = vec![NodeId::ROOT];
        for key in *keys {
            lists = plan.step_key(&lists, plan.name_of(key)?);
        }
        let found = plan.step_id(&lists, &name);
        found.into_iter().find_map(|item| plan.node(item).get("id"))
    })
}

/// All values that name one thing: its own id and, in cross-tables, the rows and columns that are named after it.
pub(super) fn names_of<'v>(view: &View<'v>, name: NodeRef<'v>) -> Vec<NodeRef<'v>> {
    let plan = name.plan();
    let thing = named_in_table(name).unwrap_or(name);
    let text = thing.display();
    let mut names = vec![thing];
    let add = |names: &mut Vec<NodeRef<'v>>, node: NodeRef<'v>| {
        if !names.iter().any(|known| same(*known, node)) {
            names.push(node);
        }
    };
    for table in plan.root().get("tables").into_iter().flat_map(|tables| tables.children()) {
        let rows = table.get("rows").into_iter().flat_map(|rows| rows.children()).filter_map(|row| row.get("id"));
        let columns = table.get("columns").into_iter().flat_map(|columns| columns.children());
        for node in columns.chain(rows).filter(|node| node.is_value() && node.display() == text) {
            if named_in_table(node).is_some_and(|named| same(named, thing)) {
                add(&mut names, node);
            }
        }
    }
    for row in allocated_with(view, thing) {
        add(&mut names, row);
    }
    names
}

/// The rows of other tables that an allocation matches with a row by its id.
fn allocated_with<'v>(view: &View<'v>, row: NodeRef<'v>) -> Vec<NodeRef<'v>> {
    let Some(own) = table_of(row).filter(|_| keys_to(row) == ["tables", "rows", "id"]) else { return Vec::new() };
    let name = row.display();
    let tables = row.plan().root().get("tables").into_iter().flat_map(|tables| tables.children());
    let mut found: Vec<NodeRef<'v>> = Vec::new();
    let mut together = vec![own];
    let groups: Vec<Vec<NodeRef<'v>>> = tables.filter_map(|table| allocation(view, table)).collect();
    // What is matched with what is matched is one thing as well.
    let mut at = 0;
    while at < together.len() {
        let one = together[at];
        for table in groups.iter().filter(|group| group.iter().any(|table| same(*table, one))).flatten() {
            if !together.iter().any(|known| same(*known, *table)) {
                together.push(*table);
            }
        }
        at += 1;
    }
    for table in together {
        found.extend(by_id(table.get("rows"), &name));
    }
    found
}

/// The tables that an allocation brings together: that of the amounts, that of the percents and those of the totals.
fn allocation<'v>(view: &View<'v>, table: NodeRef<'v>) -> Option<Vec<NodeRef<'v>>> {
    let allocation = table.get("allocation")?;
    let mut tables = vec![table];
    let percents = allocation.get("percents").map(|percents| links(view, percents)).unwrap_or_default();
    tables.extend(percents.iter().filter_map(|link| link.target.parent()));
    let totals = allocation.get("totals").map(|totals| at_path(view, totals)).unwrap_or_default();
    for total in totals.into_iter().filter_map(table_of) {
        if !tables.iter().any(|known| same(*known, total)) {
            tables.push(total);
        }
    }
    Some(tables)
}

/// Every value in all plans that refers to one of these names, in the order of the plans and their texts.
pub(super) fn mentions<'v>(view: &View<'v>, names: &[NodeRef<'v>]) -> Vec<Mention<'v>> {
    // In a path a name may stand with escapes.
    let escaped = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    let texts = names.iter().map(|name| name.display().into_owned());
    let texts: Vec<String> = texts.flat_map(|text| [escaped(&text), text]).collect();
    let mut found = Vec::new();
    for plan in &view.plans {
        for node in references_in(plan) {
            let value = node.display();
            if !texts.iter().any(|text| value.contains(text.as_str())) {
                continue;
            }
            for link in links(view, node) {
                let known = names.iter().any(|name| same(*name, link.target));
                let again = |mention: &Mention<'_>| same(mention.node, node) && mention.part == link.part;
                // A path in `theirs` leads into several plans by one name.
                if known && !found.iter().rev().take(8).any(again) {
                    found.push(Mention { node, part: link.part });
                }
            }
        }
    }
    found
}

/// Every path in all plans that leads to a figure.
pub(super) fn paths_to<'v>(view: &View<'v>, figure: NodeRef<'v>) -> Vec<Mention<'v>> {
    let is_path = |node: &NodeRef<'_>| matches!(reference(*node), Some(Reference::Path | Reference::PathInPart));
    let paths = view.plans.iter().flat_map(|plan| references_in(plan)).filter(is_path);
    let leads = paths.filter(|node| at_path(view, *node).iter().any(|found| same(*found, figure)));
    leads.map(|node| Mention { node, part: None }).collect()
}

/// Every reference of a plan, in the order of the text.
fn references_in(plan: &Plan) -> Vec<NodeRef<'_>> {
    let mut found = Vec::new();
    let mut open: Vec<NodeRef<'_>> = WITH_REFERENCES.iter().filter_map(|key| plan.root().get(key)).collect();
    while let Some(node) = open.pop() {
        if node.is_value() {
            found.extend(Some(node).filter(|node| reference(*node).is_some()));
        } else {
            open.extend(node.children().filter(|child| !child.kind().is_number() || child.index().is_some()));
        }
    }
    found.sort_by_key(|node| node.span());
    found
}
