//! Verbs that an embedding program adds.
//!
//! Written against plain values, so that nobody needs to know the scripting engine; what such a verb computes keeps the
//! provenance of everything it was given.

use std::any::TypeId;
use std::sync::Arc;

use rhai::{Dynamic, Engine, EvalAltResult, NativeCallContext};

use super::figure::{Figure, FigureUnit};
use super::operand::Operand;
use super::operators::give;
use super::problem::Problem;
use super::run::Run;
use super::selection::{Missing, Selection};
use super::tag::run_of;
use crate::figure::{Computed, Decimal, TraceId};

/// A value that a verb takes or gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A figure or a number, without its rounding.
    Number(Decimal),
    /// A text, or a date as written.
    Text(String),
    /// A boolean.
    Boolean(bool),
    /// Several values, in document order.
    List(Vec<Self>),
    /// Something absent.
    Nothing,
}

type Work = dyn Fn(&[Value]) -> Result<Value, String> + Send + Sync;

/// A verb written in Rust.
///
/// ```
/// use crossfoot::script::{Value, Verb};
///
/// let double = Verb::new("double", 1, |values| match values {
///     [Value::Number(number)] => Ok(Value::Number(number + number)),
///     _ => Err("`double` wants one number".to_owned()),
/// });
/// assert_eq!(double.name(), "double");
/// ```
#[derive(Clone)]
pub struct Verb {
    name: Arc<str>,
    arguments: usize,
    work: Arc<Work>,
}

impl std::fmt::Debug for Verb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.name, self.arguments)
    }
}

impl Verb {
    /// A verb of this name and number of arguments. The work's error is shown to the rule's author at the call.
    pub fn new(
        name: &str,
        arguments: usize,
        work: impl Fn(&[Value]) -> Result<Value, String> + Send + Sync + 'static,
    ) -> Self {
        Self { name: Arc::from(name), arguments, work: Arc::new(work) }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn register(&self, engine: &mut Engine) {
        let types = vec![TypeId::of::<Dynamic>(); self.arguments];
        let verb = self.clone();
        engine.register_raw_fn(
            self.name.as_ref(),
            types,
            move |context: NativeCallContext, arguments: &mut [&mut Dynamic]| -> Result<Dynamic, Box<EvalAltResult>> {
                let run = run_of(&context)?;
                let mut trace = TraceId::CONSTANT;
                let values: Vec<Value> = arguments.iter().map(|value| read(&run, value, &mut trace)).collect();
                let result = (verb.work)(&values).map_err(Problem::new)?;
                Ok(into_dynamic(&run, verb.name(), result, trace))
            },
        );
    }
}

fn read(run: &Run, value: &Dynamic, trace: &mut TraceId) -> Value {
    match Operand::read(run, value) {
        Operand::Figure(figure) => {
            *trace = match *trace {
                TraceId::CONSTANT => figure.trace,
                other => run.traces(|traces| traces.other(other, figure.trace)),
            };
            Value::Number(figure.value())
        }
        Operand::Text(text) => Value::Text(text.to_string()),
        Operand::Boolean(value) => Value::Boolean(value),
        Operand::Date(text) => Value::Text(text),
        Operand::Absent(_) => Value::Nothing,
        Operand::Many(selection) => {
            let flat = selection.flat();
            Value::List(flat.into_iter().map(|id| read(run, &Dynamic::from(selection.one(id)), trace)).collect())
        }
        Operand::Other(words) => Value::Text(words),
    }
}

fn into_dynamic(run: &Arc<Run>, verb: &str, value: Value, trace: TraceId) -> Dynamic {
    match value {
        Value::Number(value) => {
            give(&Figure { computed: Computed::exact(value), unit: FigureUnit::None, trace, gap: None })
        }
        Value::Text(text) => text.into(),
        Value::Boolean(value) => value.into(),
        Value::List(values) => {
            Dynamic::from_array(values.into_iter().map(|value| into_dynamic(run, verb, value, trace)).collect())
        }
        Value::Nothing => {
            let missing = Missing::Nothing(format!("the result of `{verb}`"));
            Dynamic::from(Selection::root(Arc::clone(run), 0).absent(missing))
        }
    }
}
