//! What an editor shows of a file of rules: faults, completions, hovers, symbols, definitions, and what became of its cases.
//!
//! Functions of a text and an offset, both in bytes. How an editor counts, and when it asks, is known beside this module only.

mod complete;
mod desk;
mod diagnose;
mod hover;
mod keywords;
mod place;
mod signature;
mod symbols;

#[cfg(test)]
mod tests;

pub(super) use desk::RuleDesk;

use std::path::{Path, PathBuf};

use crate::rules::RuleRoot;
use crate::script::Outline;
use crate::source::Span;
use place::Places;

/// A text of a file of rules.
pub(super) struct RuleText<'r> {
    pub(super) root: &'r RuleRoot,
    pub(super) file: &'r Path,
    pub(super) text: &'r str,
    outline: Outline,
}

/// How much something that is told of a text matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// The rule does not run.
    Error,
    /// It runs, and may not say what it should.
    Warning,
    /// It could be better.
    Hint,
}

/// Something that is told of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) weight: Weight,
    pub(super) span: Span,
    pub(super) message: String,
    /// What to do about it.
    pub(super) help: Option<String>,
}

/// What kind of thing may stand at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ItemKind {
    /// A key of plans, or a parameter of the rule.
    Key,
    Variable,
    Function,
    Verb,
    Import,
    /// A word of the language.
    Word,
    /// One of some values, such as a severity.
    Value,
    /// A part of a file, to be filled in.
    Part,
}

/// One thing that may stand at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) kind: ItemKind,
    /// What it is called, and what is written unless `insert` says otherwise.
    pub(super) label: String,
    pub(super) insert: Option<String>,
    /// How it is called, or what it is, in a few words.
    pub(super) detail: Option<String>,
    /// What it does, as Markdown.
    pub(super) docs: Option<String>,
}

/// What may stand at a place, in order, and what of the text it would replace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Items {
    pub(super) span: Span,
    pub(super) items: Vec<Item>,
}

/// What there is to say about a place, as Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hover {
    pub(super) span: Span,
    pub(super) markdown: String,
}

/// What kind of part of a file something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SymbolKind {
    Import,
    Constant,
    Function,
}

/// A part of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Symbol {
    pub(super) kind: SymbolKind,
    pub(super) name: String,
    pub(super) detail: String,
    /// All of it.
    pub(super) span: Span,
    /// Its name.
    pub(super) name_span: Span,
}

/// Where something is defined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    /// The file, unless it is the one that was asked about.
    pub(super) file: Option<PathBuf>,
    /// The text of that file, for its lines.
    pub(super) text: Option<String>,
    pub(super) span: Span,
}

/// How what is being called can be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Signature {
    pub(super) label: String,
    /// Where the parameters stand in the label, in bytes.
    pub(super) params: Vec<Span>,
    /// The parameter that is being written.
    pub(super) active: usize,
    pub(super) docs: String,
}

/// Something that is shown above a function, and runs the cases of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lens {
    pub(super) span: Span,
    pub(super) title: String,
}

impl<'r> RuleText<'r> {
    pub(super) fn new(root: &'r RuleRoot, file: &'r Path, text: &'r str) -> Self {
        Self { root, file, text, outline: Outline::of(text) }
    }

    fn places(&self) -> Places<'_> {
        Places { text: self.text, outline: &self.outline }
    }

    fn word(&self, at: usize) -> &str {
        self.outline.tokens.get(at).map_or("", |token| token.text(self.text))
    }

    /// An offset that stands between two characters of the text.
    fn within(&self, offset: u32) -> u32 {
        let mut at = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        u32::try_from(at).unwrap_or(u32::MAX)
    }

    /// The parameters that `PARAMS` states, each with its place and its value as written.
    fn params(&self) -> Vec<(&str, Span, &str)> {
        let Some(constant) = self.outline.constants.iter().find(|constant| constant.name == "PARAMS") else {
            return Vec::new();
        };
        let inside = |at: &usize| {
            let span = self.outline.tokens[*at].span;
            constant.value.start < span.start && span.end < constant.value.end
        };
        let mut params = Vec::new();
        let mut depth = 0_usize;
        let tokens: Vec<usize> = (0..self.outline.tokens.len()).filter(inside).collect();
        for (nth, at) in tokens.iter().copied().enumerate() {
            match self.word(at) {
                "{" | "#{" | "(" | "[" => depth += 1,
                "}" | ")" | "]" => depth = depth.saturating_sub(1),
                ":" if depth == 0 && nth > 0 => {
                    let name = tokens[nth - 1];
                    params.push((
                        self.word(name),
                        self.outline.tokens[name].span,
                        self.value_from(at + 1, constant.value),
                    ));
                }
                _ => {}
            }
        }
        params
    }

    /// A value of a map as written, up to its comma or the map's end.
    fn value_from(&self, first: usize, within: Span) -> &str {
        let mut depth = 0_usize;
        let start = self.outline.tokens.get(first).map_or(within.end, |token| token.span.start);
        let mut end = start;
        for at in first..self.outline.tokens.len() {
            let word = self.word(at);
            match word {
                "{" | "#{" | "(" | "[" => depth += 1,
                "," | "}" | ")" | "]" if depth == 0 => break,
                "}" | ")" | "]" => depth -= 1,
                _ => {}
            }
            end = self.outline.tokens[at].span.end;
        }
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }
}
