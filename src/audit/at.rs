//! Where a path from outside leads in a plan, and what was meant where it leads nowhere.

use crate::plan::vocabulary::near;
use crate::plan::{Kind, NodeId, Plan, PlanPath, Step};
use crate::script::id_path;

/// A path that leads to no figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoFigure {
    /// What is wrong.
    pub message: String,
    /// What was meant, or what there is.
    pub help: Option<String>,
}

impl std::fmt::Display for NoFigure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for NoFigure {}

/// Names that a help lists.
const MOST_NAMES: usize = 12;

/// The figures at a path and beneath it; where there are none, how many steps the path leads, and why not further.
pub(super) fn figures_at(plan: &Plan, text: &str) -> Result<Vec<NodeId>, (usize, NoFigure)> {
    let path: PlanPath = text.parse().map_err(|fault| {
        let message = format!("`{text}` is no path: {fault}");
        (0, NoFigure { message, help: Some("write a path such as `objectives[I.1].total.2026`".to_owned()) })
    })?;
    let mut nodes = vec![NodeId::ROOT];
    for (at, step) in path.steps.iter().enumerate() {
        let next = take(plan, &nodes, step);
        if next.is_empty() {
            return Err((at, lost(plan, &nodes, step)));
        }
        nodes = next;
    }
    let mut figures = Vec::new();
    let mut open = nodes.clone();
    open.reverse();
    while let Some(id) = open.pop() {
        let node = plan.node(id);
        match node.kind() {
            Kind::Integer | Kind::Float if plan.written(id).is_some() => figures.push(id),
            Kind::Table | Kind::Array => {
                let mut below: Vec<NodeId> = node.children().map(|child| child.id()).collect();
                below.reverse();
                open.extend(below);
            }
            _ => {}
        }
    }
    if figures.is_empty() {
        let what = plan.node(nodes[0]).kind().with_article();
        let message = format!("`{text}` is {what} without a figure");
        return Err((path.steps.len(), NoFigure { message, help: None }));
    }
    Ok(figures)
}

fn take(plan: &Plan, nodes: &[NodeId], step: &Step) -> Vec<NodeId> {
    match step {
        Step::Key(key) => plan.name_of(key).map(|name| plan.step_key(nodes, name)).unwrap_or_default(),
        Step::Index(index) => plan.step_index(nodes, *index),
        Step::Id(id) => plan.step_id(nodes, id),
    }
}

/// Says at which step a path was lost, and what there is instead.
fn lost(plan: &Plan, nodes: &[NodeId], step: &Step) -> NoFigure {
    let place = id_path(plan.node(nodes[0]));
    let place = if place.is_empty() { "the plan".to_owned() } else { format!("`{place}`") };
    let (asked, names) = match step {
        Step::Key(key) => (format!("no key `{key}`"), keys(plan, nodes)),
        Step::Index(index) => (format!("no element [{index}]"), Vec::new()),
        Step::Id(id) => (format!("nothing with the id or column `{id}`"), ids(plan, nodes)),
    };
    let word = match step {
        Step::Key(word) | Step::Id(word) => word.as_str(),
        Step::Index(_) => "",
    };
    let help = match near(word, names.iter().map(String::as_str)) {
        Some(meant) => Some(format!("did you mean `{meant}`?")),
        None if names.is_empty() => match step {
            Step::Index(_) => Some(match elements(plan, nodes) {
                0 => "there is no list with elements".to_owned(),
                1 => "there is 1 element, [0]".to_owned(),
                n => format!("there are {n} elements, counted from 0"),
            }),
            _ => None,
        },
        None => Some(format!("there is {}", listed(&names))),
    };
    NoFigure { message: format!("{place} has {asked}"), help }
}

fn elements(plan: &Plan, nodes: &[NodeId]) -> usize {
    nodes.iter().map(|id| plan.node(*id)).filter(|node| node.kind() == Kind::Array).map(|n| n.children().count()).sum()
}

fn listed(names: &[String]) -> String {
    let first = names.iter().take(MOST_NAMES).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(MOST_NAMES) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}

fn keys(plan: &Plan, nodes: &[NodeId]) -> Vec<String> {
    let flat = plan.flatten(nodes);
    once(flat.iter().flat_map(|id| plan.node(*id).children()).filter_map(|child| child.key().map(ToOwned::to_owned)))
}

fn ids(plan: &Plan, nodes: &[NodeId]) -> Vec<String> {
    let columns = nodes.iter().filter_map(|id| {
        let values = plan.node(*id);
        let table = values.parent()?.parent()?.parent().filter(|_| values.key() == Some("values"))?;
        Some(table.get("columns")?.children())
    });
    let columns = columns.flatten().map(|column| column.display().into_owned());
    let flat = plan.flatten(nodes);
    let ids = flat.iter().filter_map(|id| Some(plan.node(*id).get("id")?.display().into_owned()));
    once(columns.chain(ids))
}

/// Each name once, in order of first appearance.
fn once(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    names.filter(|name| seen.insert(name.clone())).collect()
}
