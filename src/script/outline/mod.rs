//! What can be seen of a rule's text that is being written: its page, imports, constants and functions, each with its place.
//!
//! Half of it may be missing. Nothing here is compiled or run, and nothing is said to be wrong: that is for the compiler.

mod lex;
mod locals;
mod read;

pub(crate) use lex::{Kind, Token, tokens};
pub(crate) use locals::Binding;

use crate::source::Span;

/// A text taken apart.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outline {
    /// All tokens, in order; comments too.
    pub(crate) tokens: Vec<Token>,
    /// The lines of the page, from the first to the last.
    pub(crate) page: Option<Span>,
    pub(crate) imports: Vec<Import>,
    pub(crate) constants: Vec<Constant>,
    pub(crate) functions: Vec<Function>,
}

/// `import "lib/totals" as totals;`
#[derive(Clone, Debug)]
pub(crate) struct Import {
    pub(crate) span: Span,
    /// What stands between the quotation marks.
    pub(crate) path: String,
    pub(crate) path_span: Span,
    pub(crate) name: String,
}

/// `const HELP = "...";`
#[derive(Clone, Debug)]
pub(crate) struct Constant {
    pub(crate) span: Span,
    pub(crate) name: String,
    pub(crate) name_span: Span,
    /// What it is set to, as written.
    pub(crate) value: Span,
}

/// `fn check(plan) { ... }`
#[derive(Clone, Debug)]
pub(crate) struct Function {
    /// From `fn`, or the `private` before it, to the brace that closes it.
    pub(crate) span: Span,
    pub(crate) name: String,
    pub(crate) name_span: Span,
    pub(crate) params: Vec<(String, Span)>,
    /// What its `///` lines say.
    pub(crate) docs: String,
    /// Whether those who import the file cannot call it.
    pub(crate) private: bool,
    /// With its braces; the second may be missing.
    pub(crate) body: Option<Span>,
    /// Whether the second is there.
    pub(crate) closed: bool,
}

impl Function {
    /// How it is called: `of(objectives, year)`.
    pub(crate) fn signature(&self) -> String {
        let params: Vec<&str> = self.params.iter().map(|(name, _)| name.as_str()).collect();
        format!("{}({})", self.name, params.join(", "))
    }
}

impl Outline {
    /// Takes a text apart.
    pub(crate) fn of(text: &str) -> Self {
        read::outline(text)
    }

    /// The function that an offset is in.
    pub(crate) fn function_at(&self, offset: u32) -> Option<&Function> {
        self.functions.iter().rev().find(|function| (function.span.start..=function.span.end).contains(&offset))
    }

    pub(crate) fn function(&self, name: &str) -> Option<&Function> {
        self.functions.iter().find(|function| function.name == name)
    }

    pub(crate) fn import(&self, name: &str) -> Option<&Import> {
        self.imports.iter().find(|import| import.name == name)
    }

    /// The place of the token that an offset stands in or just behind, words before others.
    pub(crate) fn token_at(&self, offset: u32) -> Option<usize> {
        let touches = |token: &Token| (token.span.start..=token.span.end).contains(&offset);
        let first = self.tokens.partition_point(|token| token.span.end < offset);
        let here = self.tokens.iter().enumerate().skip(first).take_while(|(_, token)| touches(token));
        here.map(|(at, _)| at).min_by_key(|at| {
            let token = self.tokens[*at];
            (token.kind != Kind::Word, token.span.end == offset)
        })
    }
}
