//! Verbs that select: where to look.

use std::collections::HashSet;

use rhai::{Array, Dynamic, Engine, EvalAltResult, FnPtr, INT, ImmutableString, Map, NativeCallContext};

use super::Outcome;
use crate::plan::{Kind, NodeId, PlanPath};
use crate::script::limits;
use crate::script::problem::Problem;
use crate::script::selection::{Missing, Nodes, Selection};

pub(super) fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Selection>("selection");
    engine.register_iterator::<Selection>();
    engine.register_indexer_get(|selection: &mut Selection, key: ImmutableString| -> Outcome<Selection> {
        let found = selection.key(&key);
        match matches!(found.nodes, Nodes::Absent(_)).then(|| slip(selection, &key)).flatten() {
            Some(problem) => Err(problem.into()),
            None => Ok(found),
        }
    });
    engine.register_indexer_get(|selection: &mut Selection, index: INT| selection.index(index));
    engine.register_indexer_get(|selection: &mut Selection, key: Selection| -> Outcome<Selection> {
        selection.key_of(&key).ok_or_else(|| {
            Problem::new(format!("{} is no key: expected one value, such as a year", key.describe())).into()
        })
    });
    engine.register_fn("to_string", |selection: &mut Selection| selection.display());
    engine.register_fn("to_debug", |selection: &mut Selection| selection.describe());
    engine.register_fn("count", |selection: &mut Selection| count(selection.flat().len()));
    engine.register_fn("is_empty", |selection: &mut Selection| selection.flat().is_empty());
    // What a verb computed is asked as what it computes from is: absent, or there.
    engine.register_fn("is_empty", |value: Dynamic| match value.read_lock::<ImmutableString>() {
        Some(text) => text.is_empty(),
        None => value.is_unit(),
    });
    engine.register_fn("first", |selection: &mut Selection| pick(selection, <[NodeId]>::first));
    engine.register_fn("last", |selection: &mut Selection| pick(selection, <[NodeId]>::last));
    engine.register_fn("find", |selection: &mut Selection, id: &str| find(selection, id));
    engine.register_fn("find", |selection: &mut Selection, id: INT| find(selection, &id.to_string()));
    engine.register_fn("find", |selection: &mut Selection, ids: Selection| find_all(selection, &ids));
    engine.register_fn("at", at);
    engine.register_fn("at", |selection: &mut Selection, path: Selection| at_stated(selection, &path));
    engine.register_fn("having", |selection: &mut Selection, path: &str| leading(selection, "having", path, true));
    engine.register_fn("lacking", |selection: &mut Selection, path: &str| leading(selection, "lacking", path, false));
    engine.register_fn("filter", filter);
    engine.register_fn("map", map);
    engine.register_fn("distinct", distinct);
    engine.register_fn("group_by", group_by);
    engine.register_fn("ids", |selection: &mut Selection| texts(&selection.key("id")));
    engine.register_fn("texts", |selection: &mut Selection| texts(selection));
    engine.register_fn("rank", |word: Selection, scale: Selection| rank(&word.display(), &scale));
    engine.register_fn("rank", |word: &str, scale: Selection| rank(word, &scale));
    engine.register_fn("keys", keys);
    engine.register_fn("values", values);
    engine.register_fn("key", |selection: &mut Selection| {
        selection.ids().first().and_then(|id| selection.node(*id).key()).unwrap_or_default().to_owned()
    });
    engine.register_fn("parent", parent);
}

/// A rule's key that is a slip of a standard one: one letter off, and nowhere in the plan.
fn slip(selection: &Selection, key: &str) -> Option<Problem> {
    if key.len() < 4 || selection.the_plan().name_of(key).is_some() {
        return None;
    }
    let meant = crate::plan::vocabulary::slip_of(key)?;
    Some(Problem::new(format!(
        "the plan has no `{key}`: did you mean `{meant}`? A key of your own wants a name less like a standard one"
    )))
}

fn count(n: usize) -> INT {
    INT::try_from(n).unwrap_or(INT::MAX)
}

fn pick(selection: &Selection, which: fn(&[NodeId]) -> Option<&NodeId>) -> Selection {
    let flat = selection.flat();
    let found = which(&flat).copied().into_iter().collect();
    selection.with(found, || Missing::Nothing(format!("{} is empty", selection.describe())))
}

fn find(selection: &Selection, id: &str) -> Selection {
    let found = selection.the_plan().step_id(selection.ids(), id);
    selection.with(found, || Missing::Nothing(format!("{}[{id}]", selection.describe())))
}

/// The elements whose id is one of several, in the order of the document.
fn find_all(selection: &Selection, ids: &Selection) -> Selection {
    let wanted = ids.flat();
    if let [one] = wanted.as_slice() {
        return find(selection, &ids.node(*one).display());
    }
    let wanted: HashSet<String> = wanted.into_iter().map(|id| ids.node(id).display().into_owned()).collect();
    let is_wanted =
        |id: &NodeId| selection.node(*id).get("id").is_some_and(|id| wanted.contains(id.display().as_ref()));
    let found = selection.flat().into_iter().filter(is_wanted).collect();
    selection.with(found, || Missing::Nothing(format!("{} with such an id", selection.describe())))
}

/// The nodes that a path leads to from each node of a selection.
fn at(selection: &mut Selection, path: &str) -> Outcome<Selection> {
    let parsed: PlanPath = path.parse().map_err(|fault| Problem::new(format!("\"{path}\" is no path: {fault}")))?;
    let found = selection.the_plan().select_from(selection.ids(), &parsed);
    Ok(selection.with(found, || Missing::Nothing(path.to_owned())))
}

/// What a path that the plan itself states leads to; one that cannot be read leads nowhere, and is the plan's own fault.
fn at_stated(selection: &Selection, path: &Selection) -> Selection {
    let text = path.display();
    let found = text.parse().map(|parsed| selection.the_plan().select_from(selection.ids(), &parsed));
    selection.with(found.unwrap_or_default(), || Missing::Nothing(text))
}

/// The nodes from which a path leads to something, or to nothing.
fn leading(selection: &Selection, verb: &str, path: &str, wanted: bool) -> Outcome<Selection> {
    let parsed: PlanPath =
        path.parse().map_err(|fault| Problem::new(format!("`{verb}`: \"{path}\" is no path: {fault}")))?;
    if let Some(problem) = parsed.keys().find_map(|key| slip(selection, key)) {
        return Err(problem.into());
    }
    let plan = selection.the_plan();
    // Most plans state few of the keys that rules know, and a key that is nowhere need not be looked for at each node.
    let nowhere = parsed.keys().any(|key| plan.name_of(key).is_none());
    let leads = |id: &NodeId| !nowhere && !plan.flatten(&plan.select_from(&[*id], &parsed)).is_empty();
    let found = selection.flat().into_iter().filter(|id| leads(id) == wanted).collect();
    Ok(selection.with(found, || Missing::Nothing(format!("nothing of {}", selection.describe()))))
}

fn filter(context: NativeCallContext, selection: &mut Selection, keep: FnPtr) -> Outcome<Selection> {
    let mut kept = Vec::new();
    for id in selection.flat() {
        selection.run.look_at(selection.plan, id);
        let answer: Dynamic = keep.call_within_context(&context, (selection.one(id),))?;
        if boolean(&answer, "filter")? {
            kept.push(id);
        }
    }
    Ok(selection.with(kept, || Missing::Nothing(format!("nothing of {}", selection.describe()))))
}

fn map(context: NativeCallContext, selection: &mut Selection, work: FnPtr) -> Outcome<Array> {
    let most = limits::current().array;
    let flat = selection.flat();
    if flat.len() > most {
        let problem =
            format!("`map` makes an array, which may have at most {most} elements, and these are {}", flat.len());
        return Err(Problem::new(problem).into());
    }
    let one = |id: NodeId| {
        selection.run.look_at(selection.plan, id);
        work.call_within_context(&context, (selection.one(id),))
    };
    flat.into_iter().map(one).collect()
}

/// The answer of a function that must say yes or no.
pub(super) fn boolean(answer: &Dynamic, verb: &str) -> Outcome<bool> {
    answer.as_bool().map_err(|_| {
        let words = crate::script::operand::words(answer);
        Box::<EvalAltResult>::from(Problem::new(format!(
            "the function of `{verb}` gave {words}: expected true or false"
        )))
    })
}

/// The first node of each value.
fn distinct(selection: &mut Selection) -> Selection {
    let mut seen = HashSet::new();
    let kept = selection.flat().into_iter().filter(|id| seen.insert(selection.node(*id).display().into_owned()));
    selection.with(kept.collect(), || Missing::Nothing(format!("nothing of {}", selection.describe())))
}

/// Groups tables by the value of a key: an array of `#{ key, items }`, in order of first appearance.
fn group_by(selection: &mut Selection, key: &str) -> Array {
    let mut order: Vec<(String, Vec<NodeId>)> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for id in selection.flat() {
        let Some(value) = selection.node(id).get(key) else { continue };
        let value = value.display().into_owned();
        let place = *places.entry(value.clone()).or_insert_with(|| {
            order.push((value, Vec::new()));
            order.len() - 1
        });
        order[place].1.push(id);
    }
    let group = |(value, items): (String, Vec<NodeId>)| {
        let mut map = Map::new();
        map.insert("key".into(), value.into());
        map.insert("items".into(), Dynamic::from(selection.with(items, || Missing::Nothing(String::new()))));
        Dynamic::from_map(map)
    };
    order.into_iter().map(group).collect()
}

/// The place of a word on a scale, from 1; 0 where it is not on it.
fn rank(word: &str, scale: &Selection) -> INT {
    let place = scale.flat().into_iter().position(|id| scale.node(id).display() == word);
    place.map_or(0, |place| count(place + 1))
}

fn texts(selection: &Selection) -> Array {
    selection.flat().into_iter().map(|id| selection.node(id).display().into_owned().into()).collect()
}

fn keys(selection: &mut Selection) -> Array {
    let nodes = selection.ids().iter().flat_map(|id| selection.node(*id).children());
    nodes.filter_map(|child| child.key().map(|key| key.to_owned().into())).collect()
}

/// What stands under the keys of each table.
fn values(selection: &mut Selection) -> Selection {
    let tables = selection.flat().into_iter().filter(|id| selection.node(*id).kind() == Kind::Table);
    let found = tables.flat_map(|id| selection.node(id).children().map(|child| child.id())).collect();
    selection.with(found, || Missing::Nothing(format!("what stands under the keys of {}", selection.describe())))
}

/// The table that each node stands in, arrays passed over; each table once.
fn parent(selection: &mut Selection) -> Selection {
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for id in selection.ids() {
        let mut at = selection.node(*id).parent();
        while let Some(node) = at.filter(|node| node.kind() == Kind::Array) {
            at = node.parent();
        }
        found.extend(at.map(|node| node.id()).filter(|id| seen.insert(*id)));
    }
    selection.with(found, || Missing::Nothing(format!("what {} stands in", selection.describe())))
}
