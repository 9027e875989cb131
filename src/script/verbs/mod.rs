//! The verbs of the rule language.
//!
//! Each family of verbs is a file that registers them; [`docs`] documents every one with an example that is run as a
//! test. A verb reads operands, works natively over whole selections, and leaves judging to `expect`.

mod arrays;
mod checks;
mod dates;
pub(super) mod docs;
mod figures;
mod fixes;
mod selecting;
mod texts;

use rhai::{Engine, EvalAltResult};

pub(super) use dates::{Day, order};
pub(super) use texts::{display, joined};

/// What a verb gives back.
type Outcome<T> = Result<T, Box<EvalAltResult>>;

/// Registers every verb.
pub(super) fn register(engine: &mut Engine) {
    selecting::register(engine);
    figures::register(engine);
    checks::register(engine);
    texts::register(engine);
    dates::register(engine);
    arrays::register(engine);
    crate::script::message::register(engine);
}
