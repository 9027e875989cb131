//! One run of one rule, from the call of `check`, or of `collect` and `judge`, to what it recorded.
//!
//! A rule that fails or is stopped keeps the findings it has made and gets a fault; it never counts as passed.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

use rhai::{Array, CallFnOptions, Dynamic, EvalAltResult, Map, Scope};

use super::compile::{Form, Script};
use super::engine::ScriptEngine;
use super::fault::ScriptFault;
use super::groups;
use super::limits::{self, Limits};
use super::modules;
use super::problem::Problem;
use super::retrace::is_own_limit;
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
        let started = Instant::now();
        let (result, tripped) =
            limits::within(self.limits, || catch_unwind(AssertUnwindSafe(|| self.call(script, &run))));
        let fault = match (result, tripped) {
            (result, Some(tripped)) => {
                let mut fault = match result {
                    Ok(Err(error)) => self.fault_of(&error),
                    _ => ScriptFault::new("", rhai::Position::NONE),
                };
                fault.message = tripped.to_string();
                if fault.position.is_none()
                    && let Some((file, only)) = only_loop(script)
                {
                    fault.file = Some(file);
                    fault.position = super::fault::place(only);
                }
                Some(fault.help("look for a loop that never ends, or use a verb that works on a whole selection"))
            }
            (Ok(Ok(())), None) => None,
            (Ok(Err(error)), None) if is_own_limit(&error) => {
                let left = self.limits.deadline.saturating_sub(started.elapsed());
                Some(self.retraced(script, run.context.clone(), self.fault_of(&error), left))
            }
            (Ok(Err(error)), None) => Some(self.fault_of(&error)),
            (Err(_), None) => Some(
                ScriptFault::new("the engine failed while running this rule", rhai::Position::NONE)
                    .help("this is a fault of crossfoot, not of the rule: please report it with the rule"),
            ),
        };
        let fault = fault.map(|fault| placed(script, fault.seen_from(&script.file)));
        let record = run.take_record();
        let fault = fault.or_else(|| too_many(&record, self.limits));
        let looking_at = fault.as_ref().and_then(|_| run.looking_at()).map(|node| {
            let path = id_path(node);
            if path.is_empty() { node.plan().name().to_owned() } else { format!("{}: {path}", node.plan().name()) }
        });
        Outcome { record, fault, looking_at }
    }

    pub(super) fn call(&self, script: &Script, run: &Arc<Run>) -> Result<(), Box<EvalAltResult>> {
        modules::with(&script.imports, || match script.form {
            Form::Check { params } if run.context.apart => {
                let result = self.call_apart(script, run, params);
                // With as many, a change may make a whole run too long, and a few rounds would not tell.
                if limits::spent() > self.limits.operations / 2 {
                    run.not_apart();
                }
                result
            }
            Form::Check { params } => {
                let plan = Dynamic::from(Selection::root(Arc::clone(run), 0));
                self.call_one(script, run, "check", plan, params).map(|_| ())
            }
            Form::Portfolio { collect_params, judge_params } => {
                let mut all = Array::new();
                for plan in 0..u32::try_from(run.context.plans.len()).unwrap_or_default() {
                    let plan = Dynamic::from(Selection::root(Arc::clone(run), plan));
                    all.push(self.call_one(script, run, "collect", plan, collect_params)?);
                }
                self.call_one(script, run, "judge", Dynamic::from_array(all), judge_params).map(|_| ())
            }
            Form::Never => Err(Problem::new("this shared code has no `check(plan)` that its cases could run").into()),
        })
    }

    /// Runs the form of a rule whose rounds can be told apart: the statements of `check`, in a scope that has its arguments.
    fn call_apart(&self, script: &Script, run: &Arc<Run>, params: bool) -> Result<(), Box<EvalAltResult>> {
        let Some(apart) = &script.apart else { return Ok(()) };
        let check = script.ast.iter_functions().find(|function| function.name == "check");
        let names = check.map(|check| check.params).unwrap_or_default();
        let mut values = vec![Dynamic::from(Selection::root(Arc::clone(run), 0))];
        values.extend(params.then(|| params_of(script, run).into()));
        let mut scope = Scope::new();
        for (name, value) in names.iter().zip(values) {
            scope.push_dynamic(*name, value);
        }
        let options = CallFnOptions::new().eval_ast(true).with_tag(RunHandle(Arc::clone(run)));
        self.engine.call_fn_with_options(options, &mut scope, apart, groups::NOTHING, ())
    }

    fn call_one(
        &self,
        script: &Script,
        run: &Arc<Run>,
        function: &str,
        argument: Dynamic,
        takes_params: bool,
    ) -> Result<Dynamic, Box<EvalAltResult>> {
        // What stands outside of functions is constants, which nothing reads while running, and imports.
        let options = CallFnOptions::new()
            .eval_ast(!script.imports.is_empty())
            .rewind_scope(true)
            .with_tag(RunHandle(Arc::clone(run)));
        let mut scope = Scope::new();
        let function = script.full_name(function);
        if takes_params {
            let arguments = (argument, params_of(script, run));
            self.engine.call_fn_with_options(options, &mut scope, &script.ast, function, arguments)
        } else {
            self.engine.call_fn_with_options(options, &mut scope, &script.ast, function, (argument,))
        }
    }
}

fn params_of(script: &Script, run: &Run) -> Map {
    run.context.params.as_ref().map_or_else(|| script.params.clone(), |params| params.0.clone())
}

/// Where the one loop stands that a rule and what it imports have, if there is exactly one.
fn only_loop(script: &Script) -> Option<(Arc<str>, rhai::Position)> {
    let own = script.loops.iter().map(|at| (&script.file, *at));
    let imported = script.imports.units.values().flat_map(|unit| unit.loops.iter().map(|at| (&unit.file, *at)));
    let mut all = own.chain(imported);
    match (all.next(), all.next()) {
        (Some((file, only)), None) => Some((Arc::clone(file), only)),
        _ => None,
    }
}

/// Gives a fault a place where the engine told none: the function that failed, else where the run began.
fn placed(script: &Script, fault: ScriptFault) -> ScriptFault {
    let inner = fault.stack.first().map(|frame| frame.function.clone()).unwrap_or_default();
    if let Some(file) = &fault.file {
        let text = script.imports.units.values().find(|unit| unit.file == *file).map(|unit| Arc::clone(&unit.text));
        return text.map_or(fault.clone(), |text| fault.or_in_function(&text, &inner));
    }
    let text = &script.text;
    fault.or_in_function(text, &inner).or_in_function(text, "check").or_in_function(text, "collect")
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
