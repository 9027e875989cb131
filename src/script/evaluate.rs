//! One run of one rule, from the call of `check` to what it recorded.
//!
//! A rule that fails or is stopped keeps the findings it has made and gets a fault; it never counts as passed.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rhai::{CallFnOptions, Dynamic, Scope};

use super::compile::Script;
use super::engine::ScriptEngine;
use super::fault::ScriptFault;
use super::limits::{self, Limits};
use super::run::{Record, Run, RunContext};
use super::selection::{Selection, id_path};
use super::tag::RunHandle;

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) record: Record,
    /// Why the rule did not end as it should.
    pub(crate) fault: Option<ScriptFault>,
    /// The plan and the path of the node that was looked at when it failed.
    pub(crate) looking_at: Option<String>,
}

impl ScriptEngine {
    /// Runs a rule over the plans of a context.
    pub(crate) fn run(&self, script: &Script, context: RunContext) -> Outcome {
        let run = Run::new(context);
        let (result, tripped) =
            limits::within(self.limits, || catch_unwind(AssertUnwindSafe(|| self.call(script, &run))));
        let fault = match (result, tripped) {
            (result, Some(tripped)) => {
                let mut fault = match result {
                    Ok(Err(error)) => self.fault_of(&error),
                    _ => ScriptFault::new("", rhai::Position::NONE),
                };
                fault.message = tripped.to_string();
                if let ([only], None) = (script.loops.as_slice(), fault.position) {
                    fault.position = super::fault::place(*only);
                }
                Some(fault.help("look for a loop that never ends, or use a verb that works on a whole selection"))
            }
            (Ok(Ok(_)), None) => None,
            (Ok(Err(error)), None) => Some(self.fault_of(&error)),
            (Err(_), None) => Some(
                ScriptFault::new("the engine failed while running this rule", rhai::Position::NONE)
                    .help("this is a fault of crossfoot, not of the rule: please report it with the rule"),
            ),
        };
        let fault = fault.map(|fault| {
            let inner = fault.stack.iter().map(|frame| frame.function.clone()).next().unwrap_or_default();
            fault.or_in_function(&script.text, &inner).or_in_function(&script.text, "check")
        });
        let record = run.take_record();
        let fault = fault.or_else(|| too_many(&record, self.limits));
        let looking_at = fault.as_ref().and_then(|_| run.looking_at()).map(|node| {
            let path = id_path(node);
            if path.is_empty() { node.plan().name().to_owned() } else { format!("{}: {path}", node.plan().name()) }
        });
        Outcome { record, fault, looking_at }
    }

    fn call(&self, script: &Script, run: &Arc<Run>) -> Result<Dynamic, Box<rhai::EvalAltResult>> {
        let options = CallFnOptions::new().eval_ast(false).rewind_scope(true).with_tag(RunHandle(Arc::clone(run)));
        let plan = Selection::root(Arc::clone(run), 0);
        let mut scope = Scope::new();
        if script.takes_params {
            let params = run.context.params.as_ref().map_or_else(|| script.params.clone(), |params| params.0.clone());
            let arguments = (plan, params);
            self.engine.call_fn_with_options(options, &mut scope, &script.ast, "check", arguments)
        } else {
            self.engine.call_fn_with_options(options, &mut scope, &script.ast, "check", (plan,))
        }
    }
}

fn too_many(record: &Record, limits: Limits) -> Option<ScriptFault> {
    record.too_many_findings.then(|| {
        ScriptFault::new(format!("the rule made more than {} findings", limits.findings), rhai::Position::NONE)
            .help("the findings made so far are kept; look for a check that fails for every figure")
    })
}

/// Does some work on a thread with the stack that rules need.
///
/// Values nested deeply are compared and dropped by recursion inside the scripting engine; a small stack would abort the
/// process. The stack is reserved, not used: only what is touched costs memory.
///
/// # Errors
/// When the system gives no such thread.
pub fn on_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> std::io::Result<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("crossfoot-rules".to_owned()).stack_size(Limits::STACK);
        let handle = thread.spawn_scoped(scope, work)?;
        handle.join().map_err(|_| std::io::Error::other("the thread that runs rules ended unexpectedly"))
    })
}
