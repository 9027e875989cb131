//! Verbs for arrays and maps of a rule's own, few and bounded.
//!
//! The engine's own packages for them hold some forty functions each, several of which escape its limits; a rule needs
//! these.

use rhai::packages::{BasicIteratorPackage, Package};
use rhai::{Array, Dynamic, Engine, FnPtr, INT, ImmutableString, Map, NativeCallContext};

use super::Outcome;
use super::selecting::boolean;
use crate::script::limits;
use crate::script::problem::Problem;

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
