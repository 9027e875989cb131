//! Verbs for arrays and maps of a rule's own, few and bounded.
//!
//! The engine's own packages for them hold some forty functions each, several of which escape its limits; a rule needs
//! these.

use std::sync::Arc;

use rhai::packages::{BasicIteratorPackage, Package};
use rhai::{Array, Dynamic, Engine, FnPtr, INT, ImmutableString, Map, NativeCallContext};

use super::Outcome;
use super::selecting::boolean;
use crate::plan::NodeId;
use crate::script::limits;
use crate::script::problem::Problem;
use crate::script::run::Run;
use crate::script::selection::{Missing, Selection};
use crate::script::tag::run_of;

pub(super) fn register(engine: &mut Engine) {
    BasicIteratorPackage::new().register_into_engine(engine);
    engine.register_iterator::<Array>();
    engine.register_fn("count", |array: &mut Array| INT::try_from(array.len()).unwrap_or(INT::MAX));
    engine.register_fn("is_empty", |array: &mut Array| array.is_empty());
    engine.register_fn("push", |array: &mut Array, value: Dynamic| -> Outcome<()> {
        if array.len() >= limits::current().array {
            return Err(Problem::new(format!("an array may have at most {} elements", limits::current().array)).into());
        }
        array.push(value);
        Ok(())
    });
    engine.register_fn("contains", |context: NativeCallContext, array: &mut Array, value: Dynamic| -> Outcome<bool> {
        for element in array.iter() {
            let equal: bool = context.call_native_fn("==", (element.clone(), value.clone()))?;
            if equal {
                return Ok(true);
            }
        }
        Ok(false)
    });
    engine.register_fn("join", |array: &mut Array, by: &str| -> Outcome<String> {
        let mut joined = String::new();
        for (at, element) in array.iter().enumerate() {
            let part = super::texts::display(element);
            joined = super::texts::joined(&joined, if at > 0 { by } else { "" })?;
            joined = super::texts::joined(&joined, &part)?;
        }
        Ok(joined)
    });
    register_functions(engine);
    engine.register_fn("find", |context: NativeCallContext, array: &mut Array, id: Dynamic| -> Outcome<Selection> {
        Ok(find(&run_of(&context)?, array, &super::texts::display(&id))?)
    });
    engine.register_fn("keys", |map: &mut Map| map.keys().map(|key| key.to_string().into()).collect::<Array>());
    engine.register_fn("put", |map: &mut Map, key: ImmutableString, value: Dynamic| -> Outcome<()> {
        if map.len() >= limits::current().map && !map.contains_key(key.as_str()) {
            return Err(Problem::new(format!("a map may have at most {} keys", limits::current().map)).into());
        }
        map.insert(key.as_str().into(), value);
        Ok(())
    });
    engine.register_fn("contains", |map: &mut Map, key: ImmutableString| map.contains_key(key.as_str()));
    engine.register_fn("is_empty", |map: &mut Map| map.is_empty());
    engine.register_fn("count", |map: &mut Map| INT::try_from(map.len()).unwrap_or(INT::MAX));
}

/// The first place of an array that has an id; of a whole plan, that is the id that it has in its portfolio.
fn find(run: &Arc<Run>, array: &Array, id: &str) -> Result<Selection, Problem> {
    for value in array {
        let Some(selection) = value.read_lock::<Selection>() else {
            let words = crate::script::operand::words(value);
            return Err(Problem::new(format!("`find` wants places of plans, and the array holds {words}")));
        };
        let has_id = |at: &NodeId| {
            let node = selection.node(*at);
            let table = if node.parent().is_none() { node.get("plan") } else { Some(node) };
            table.and_then(|table| table.get("id")).is_some_and(|own| own.display() == id)
        };
        if let Some(found) = selection.flat().into_iter().find(has_id) {
            return Ok(selection.one(found));
        }
    }
    Ok(Selection::root(Arc::clone(run), 0).absent(Missing::Nothing(format!("nothing with the id {id}"))))
}

/// Verbs that call a function of the rule for each element.
fn register_functions(engine: &mut Engine) {
    engine.register_fn("filter", |context: NativeCallContext, array: &mut Array, keep: FnPtr| -> Outcome<Array> {
        let mut kept = Array::new();
        for element in array.iter() {
            let answer: Dynamic = keep.call_within_context(&context, (element.clone(),))?;
            if boolean(&answer, "filter")? {
                kept.push(element.clone());
            }
        }
        Ok(kept)
    });
    engine.register_fn("map", |context: NativeCallContext, array: &mut Array, work: FnPtr| -> Outcome<Array> {
        array.iter().map(|element| work.call_within_context(&context, (element.clone(),))).collect()
    });
}
