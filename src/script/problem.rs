//! What goes wrong inside a verb or an operator, in words for the rule's author.
//!
//! Becomes an error of the engine at the call's position; the position is the engine's business.

use rhai::{EvalAltResult, Position};

use crate::figure::Inapplicable;

/// Something a verb or operator refuses, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// The rule asks for something that has no answer: an error of the rule.
    Wrong(String),
    /// The figures cannot be compared: a check that comes to this is not applicable.
    Inapplicable(Inapplicable),
}

impl Problem {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self::Wrong(message.into())
    }
}

impl From<Inapplicable> for Problem {
    fn from(why: Inapplicable) -> Self {
        Self::Inapplicable(why)
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Wrong(message) => f.write_str(message),
            Self::Inapplicable(why) => write!(f, "{why}"),
        }
    }
}

impl From<Problem> for Box<EvalAltResult> {
    fn from(problem: Problem) -> Self {
        Box::new(EvalAltResult::ErrorRuntime(problem.to_string().into(), Position::NONE))
    }
}
