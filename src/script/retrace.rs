//! Where a run was when it came to a limit of the engine's own.
//!
//! The engine then tells nothing but where the run began. So the run is done once more by an engine that notes each step;
//! the same rule over the same plans goes the same way. Nothing else that such a run comes to is of use.

use std::cell::RefCell;
use std::sync::Arc;
use std::time::Duration;

use rhai::debugger::{DebuggerCommand, DebuggerEvent};
use rhai::{Engine, EvalAltResult, Position};

use super::compile::Script;
use super::engine::ScriptEngine;
use super::fault::ScriptFault;
use super::limits::{self, Limits};
use super::run::{Run, RunContext};

/// The step that was made last: the file and the place in it.
#[derive(Debug, Default)]
struct Step {
    file: String,
    at: Position,
}

thread_local! {
    static LAST: RefCell<Step> = RefCell::default();
}

/// Whether an error is one of a limit that the engine keeps by itself.
pub(super) fn is_own_limit(error: &EvalAltResult) -> bool {
    matches!(error, EvalAltResult::ErrorStackOverflow(..) | EvalAltResult::ErrorDataTooLarge(..))
}

impl ScriptEngine {
    /// Gives the fault of a run that came to such a limit the place where that was, in the time that the run has left.
    pub(super) fn retraced(
        &self,
        script: &Script,
        context: RunContext,
        fault: ScriptFault,
        left: Duration,
    ) -> ScriptFault {
        let limits = Limits { deadline: left, ..self.limits };
        let mut tracing = Self::new(limits, &self.own);
        note_steps(&mut tracing.engine);
        LAST.take();
        let run = Run::new(context);
        let (ended, _) = limits::within(limits, || tracing.call(script, &run));
        let last = LAST.take();
        // A run that is stopped while it is traced, being slower, was somewhere else.
        if !ended.is_err_and(|error| is_own_limit(&error)) || last.at.is_none() {
            return fault;
        }
        let file = Some(last.file).filter(|file| !file.is_empty()).map(Arc::from);
        ScriptFault { file, position: super::fault::place(last.at), ..fault }
    }
}

fn note_steps(engine: &mut Engine) {
    #[expect(deprecated, reason = "marked as likely to change, not as going away; nothing else sees where a run is")]
    engine.register_debugger(
        |_, debugger| debugger,
        |_, event, _, file, at| {
            // What is left on the way out of a failing function is no step.
            if matches!(event, DebuggerEvent::Start | DebuggerEvent::Step) && !at.is_none() {
                LAST.with_borrow_mut(|last| {
                    last.at = at;
                    let file = file.unwrap_or_default();
                    if last.file != file {
                        last.file.replace_range(.., file);
                    }
                });
            }
            Ok(DebuggerCommand::StepInto)
        },
    );
}
