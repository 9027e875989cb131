//! Rules as scripts: the engine, its limits, the plan as a rule sees it, and the verbs.
//!
//! The only module that knows the scripting engine. It compiles a rule and runs it over plans; which rules there are, where
//! they come from and when they run is decided above.

mod compile;
mod cover;
mod draft;
mod engine;
mod evaluate;
mod expect;
mod explain;
mod fault;
mod figure;
mod groups;
mod inspect;
mod limits;
mod look;
mod mend;
mod message;
mod modules;
mod names;
mod operand;
mod operators;
mod outline;
mod params;
mod problem;
mod retrace;
mod run;
mod selection;
mod session;
mod tag;
mod verb;
mod verbs;

pub(crate) use compile::Draft as CompileDraft;
pub use compile::{Compiled, Form, Script};
pub use cover::Way;
pub(crate) use cover::{Visits, visits};
pub use engine::ScriptEngine;
pub use evaluate::on_large_stack;
pub(crate) use explain::shown;
pub use fault::ScriptFault;
pub(crate) use groups::{Segment, Segments, Tally};
pub use limits::Limits;
pub(crate) use look::{Look, LookOutcome, Looks};
pub use modules::{LIB, Library};
pub(crate) use outline::{Binding, Function, Kind, Outline, Token};
pub(crate) use params::Params;
pub(crate) use run::{Marks, RunContext};
pub(crate) use selection::{id_path, identity};
pub use session::{Candidate, Completion, Session, is_open};
pub(crate) use session::{Inside, Receiver, Scan, WORDS, is_name, receiver};
pub use verb::{Value, Verb};
pub use verbs::docs::{EXAMPLE_PLAN, OPERATORS, VERBS, VerbDoc};
