//! Inlay hints: beside a stated total what its parts make, beside an amount its share, beside a path what stands there.
//!
//! Where several figures stand on a line a hint is a mark and a number, and its tooltip says the rest. Where the plan does not
//! say enough there is no hint.

use super::View;
use super::sums::{Parts, Sums};
use super::words::{counted, figure, label, long, share, short};
use crate::figure::{Sum, compare};
use crate::plan::vocabulary::{Reference, keys_to, reference};
use crate::plan::{Kind, NodeId, NodeRef};
use crate::source::Span;

/// Words that an editor shows in a line, as if they stood there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::lsp) struct Hint {
    /// The byte after which they are shown.
    pub at: u32,
    /// The words.
    pub text: String,
    /// The same at full length.
    pub tooltip: String,
}

/// The hints of what the text mentions within a range, in order.
pub(in crate::lsp) fn hints(view: &View<'_>, range: Span) -> Vec<Hint> {
    let sums = Sums::new(view.plan);
    let of = |node: NodeRef<'_>| match node.kind() {
        Kind::Integer | Kind::Float => of_figure(&sums, node),
        Kind::Text => of_path(node),
        _ => None,
    };
    // What hangs nowhere was refused when the plan was read.
    view.plan.mentioned(range).filter(|node| node.parent().is_some()).filter_map(of).collect()
}

fn of_figure<'p>(sums: &Sums<'p>, node: NodeRef<'p>) -> Option<Hint> {
    let mut shorts = Vec::new();
    let mut longs = Vec::new();
    let mut tooltip = Vec::new();
    for parts in sums.parts(node) {
        let (short, long, full) = held(node, &parts)?;
        shorts.push(short);
        longs.push(long);
        tooltip.push(full);
    }
    // A sum across and a sum down that say the same are said once.
    shorts.dedup();
    longs.dedup();
    for (share, whole) in shares(sums, node) {
        if shorts.is_empty() || whole == PLAN {
            longs.push(format!("{share} of {whole}"));
        }
        tooltip.push(format!("{share} of {whole}"));
        if shorts.is_empty() || keys_to(node).get(1) == Some(&"total") {
            shorts.push(share);
        }
    }
    let text = if has_neighbour(node) { shorts.join(" ") } else { longs.join(" · ") };
    (!text.is_empty()).then(|| Hint { at: node.span().end, text, tooltip: tooltip.join("\n") })
}

/// What parts make against what is stated: short, long, and long with what the parts are.
fn held(node: NodeRef<'_>, parts: &Parts) -> Option<(String, String, String)> {
    let stated = node.plan().stated(node.id())?;
    let held = compare(stated, parts.made).ok()?;
    let places = stated.value.scale();
    // A cell of a table may be the sum of its row and of its column.
    let name = if matches!(parts.noun, "row" | "column") { format!("{}s", parts.noun) } else { "parts".to_owned() };
    let long = long(&name, &parts.made, &held, places);
    let full = format!("{} from {}", long, counted(parts.count, parts.noun));
    Some((short(&parts.made, &held, places), long, full))
}

const PLAN: &str = "the plan";

/// The shares of an amount in its objective and in the plan, each with the name of the whole.
fn shares<'p>(sums: &Sums<'p>, node: NodeRef<'p>) -> Vec<(String, String)> {
    let found = || {
        let value = node.plan().stated(node.id())?.value;
        let year = node.name()?;
        let of_plan = || share(value, sums.plan_total(year)?).map(|share| (share, PLAN.to_owned()));
        match keys_to(node).as_slice() {
            ["objectives", "total", _] => Some(of_plan().into_iter().collect()),
            ["objectives", "outputs", "cost", _] => {
                let objective = node.parent()?.parent()?.parent()?.parent()?;
                let name = objective.get("id").map_or_else(|| label(objective), |id| id.display().into_owned());
                let whole = sums.objective_total(objective, year);
                let of_objective = whole.and_then(|whole| share(value, whole)).map(|share| (share, name));
                Some(of_objective.into_iter().chain(of_plan()).collect())
            }
            _ => None,
        }
    };
    found().unwrap_or_default()
}

/// Whether another figure of the same table or array stands on the line.
fn has_neighbour(node: NodeRef<'_>) -> bool {
    let plan = node.plan();
    let text = plan.source().text();
    let on_line = |from: u32, to: u32| text.get(from as usize..to as usize).is_some_and(|text| !text.contains('\n'));
    let beside = |other: NodeRef<'_>| other.parent().map(|n| n.id()) == node.parent().map(|n| n.id());
    let before = node.id().index().checked_sub(1).map(|at| plan.node(NodeId::from_index(at)));
    before.is_some_and(|other| beside(other) && on_line(other.span().end, node.mention()))
        || node.next().is_some_and(|other| on_line(node.span().end, other.mention()))
}

/// What the figures at a path come to.
fn of_path(node: NodeRef<'_>) -> Option<Hint> {
    if reference(node) != Some(Reference::Path) {
        return None;
    }
    let plan = node.plan();
    let nodes: Vec<NodeId> = plan.select(&node.str()?.parse().ok()?).map(|node| node.id()).collect();
    let mut sum = Sum::new();
    let mut count = 0;
    let mut places = 0;
    for id in plan.flatten(&nodes) {
        let stated = plan.stated(id)?;
        places = places.max(stated.value.scale());
        sum.push(&stated);
        count += 1;
    }
    let value = figure(sum.finish().ok()?.value, places);
    // The totals of an allocation are taken one by one.
    let one_by_one = keys_to(node).first() == Some(&"tables");
    let text = match count {
        0 => return None,
        _ if one_by_one => counted(count, "figure"),
        1 => format!("= {value}"),
        _ => format!("= {value} from {}", counted(count, "figure")),
    };
    Some(Hint { at: node.span().end, tooltip: text.clone(), text })
}
