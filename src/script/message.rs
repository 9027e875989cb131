//! What a rule says: a template with holes, and what stands in them.
//!
//! A rule gives a plain text, whose holes `{id}`, `{key}` and `{}` the engine fills, or `says(template, #{ ... })` with holes of its
//! own. Either way the template is kept beside the finished text, so that another language can word the same. Nothing is filled
//! before a check fails.

use std::borrow::Cow;

use rhai::{Dynamic, Engine, ImmutableString, Map, NativeCallContext, Variant};

use super::explain::shown;
use super::figure::Figure;
use super::limits;
use super::problem::Problem;
use super::selection::Selection;
use super::tag::run_of;
use super::verbs::display;
use crate::figure::Decimal;
use crate::plan::NodeRef;
use crate::words::{Argument, Said, Written};

/// Longest message of a finding, in bytes: a rule must not fill the memory with words.
const LONGEST: usize = 2_000;

/// A message that is not bound to a place yet.
#[derive(Clone, Debug, Default)]
pub(super) struct Message {
    said: Said,
    /// Whether the rule itself gave a template with what stands in it.
    is_template: bool,
}

/// A value that a verb takes as a message. The message is made only where it is wanted.
pub(super) trait Spoken {
    fn message(&self) -> Message;
}

impl Spoken for ImmutableString {
    fn message(&self) -> Message {
        Message { said: Said::of(self.as_str().to_owned()), is_template: false }
    }
}

impl Spoken for Message {
    fn message(&self) -> Message {
        self.clone()
    }
}

/// What verbs can be registered for.
pub(super) trait Spoke: Spoken + Variant + Clone {}

impl<T: Spoken + Variant + Clone> Spoke for T {}

impl From<Said> for Message {
    fn from(said: Said) -> Self {
        Self { said, is_template: true }
    }
}

impl From<&'static str> for Message {
    fn from(text: &'static str) -> Self {
        Self { said: Said::of(text), is_template: false }
    }
}

impl Message {
    /// The message that a value of a rule is.
    pub(super) fn of(value: &Dynamic) -> Self {
        match value.read_lock::<Self>() {
            Some(message) => message.clone(),
            None => Self { said: Said::of(display(value)), is_template: false },
        }
    }

    /// With the value that `{}` stands for.
    pub(super) fn with_value(mut self, value: &str) -> Self {
        self.fill("value", || value.to_owned());
        self
    }

    fn fill(&mut self, hole: &'static str, text: impl FnOnce() -> String) {
        if !self.said.arguments.contains_key(hole) && self.said.asks_for(hole) {
            self.said.arguments.insert(Cow::Borrowed(hole), Argument::Text(text()));
        }
    }

    /// The text, with `{id}` and `{key}` those of the place that it is about, and how it was said.
    pub(super) fn filled(mut self, node: NodeRef<'_>) -> (String, Option<Said>) {
        self.fill("id", || {
            let mut owners = std::iter::successors(Some(node), NodeRef::parent);
            owners.find_map(|owner| owner.get("id")).map_or_else(|| node.path(), |id| id.display().into_owned())
        });
        self.fill("key", || node.key().unwrap_or_default().to_owned());
        self.whole()
    }

    /// The text as it is, and how it was said, where that is more than the text itself.
    pub(super) fn whole(self) -> (String, Option<Said>) {
        if !self.is_template && self.said.arguments.is_empty() {
            return (shortened(self.said.template.into_owned()), None);
        }
        let text = self.said.to_string();
        // What is too long is kept once.
        let said = Some(self.said).filter(|_| text.len() <= LONGEST);
        (shortened(text), said)
    }

    /// How it was said.
    pub(super) fn into_said(self) -> Said {
        self.said
    }
}

/// In English.
impl std::fmt::Display for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.said.fmt(f)
    }
}

fn shortened(mut message: String) -> String {
    if message.len() > LONGEST {
        let end = (0..=LONGEST).rev().find(|end| message.is_char_boundary(*end)).unwrap_or_default();
        // A new text, because the old one would keep its room.
        message = format!("{}...", &message[..end]);
    }
    message
}

/// Registers what makes messages.
pub(super) fn register(engine: &mut Engine) {
    engine.register_fn("to_string", |message: &mut Message| message.to_string());
    engine.register_fn(
        "says",
        |context: NativeCallContext,
         template: ImmutableString,
         holes: Map|
         -> Result<Message, Box<rhai::EvalAltResult>> {
            run_of(&context)?;
            Ok(says(&template, &holes)?)
        },
    );
}

fn says(template: &str, holes: &Map) -> Result<Message, Problem> {
    let mut said = Said::of(template.to_owned());
    let mut length = template.len();
    for (name, value) in holes {
        if !said.asks_for(name) {
            return Err(Problem::new(format!("`says`: the text has no hole `{{{name}}}`")));
        }
        let argument = argument(value);
        length += argument.length();
        if length > limits::current().text {
            return Err(Problem::new(format!("a text may have at most {} bytes", limits::current().text)));
        }
        said = said.with(name.to_string(), argument);
    }
    Ok(said.into())
}

/// What a value of a rule is in a hole: English shows it as it shows it between backquotes.
fn argument(value: &Dynamic) -> Argument {
    if let Some(message) = value.read_lock::<Message>() {
        return message.said.clone().into();
    }
    if let Some(figure) = value.read_lock::<Figure>() {
        return Written::Figure(shown(figure.value(), 0).to_string()).into();
    }
    if let Some(decimal) = value.read_lock::<Decimal>() {
        return Written::Figure(decimal.to_string()).into();
    }
    let text = display(value);
    let is_number = value.is_int()
        || value.read_lock::<Selection>().is_some_and(|selection| match selection.flat()[..] {
            [one] => selection.node(one).kind().is_number(),
            _ => false,
        });
    if is_number { Written::Number(text).into() } else { text.into() }
}
