//! How a verb finds the run it belongs to: the engine hands a tag through every call of one evaluation.

use std::sync::Arc;

use rhai::{EvalAltResult, NativeCallContext};

use super::fault::place;
use super::problem::Problem;
use super::run::Run;

/// The run, as the engine carries it.
#[derive(Clone)]
pub(super) struct RunHandle(pub(super) Arc<Run>);

/// The run that a call belongs to, which is told of the call.
pub(super) fn run_of(context: &NativeCallContext) -> Result<Arc<Run>, Box<EvalAltResult>> {
    let tag = context.tag();
    let handle = tag.and_then(|tag| tag.read_lock::<RunHandle>().map(|handle| Arc::clone(&handle.0)));
    if let Some(run) = &handle {
        run.called(context.fn_name(), context.call_source(), place(context.call_position()));
    }
    handle.ok_or_else(|| Problem::new("this verb works only while a plan is audited").into())
}
