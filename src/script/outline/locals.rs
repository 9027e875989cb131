//! The names that are known at a place of a function: its parameters, variables, and the parameters of functions without a name.

use super::lex::{Kind, Token};
use super::{Function, Outline};
use crate::source::Span;

/// A name that is known at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Local {
    pub(crate) name: String,
    /// Where it is named first.
    pub(crate) span: Span,
    pub(crate) binding: Binding,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Binding {
    /// A parameter of the function that it is in.
    Parameter,
    /// A value, which stands at some tokens.
    Value(usize, usize),
    /// Each element of what stands at some tokens.
    Each(usize, usize),
    /// Each element of what the verb works on whose bracket opens at a token.
    Given(usize),
    /// Its place in an array, or the like.
    Other,
}

impl Outline {
    /// The names that are known at an offset, the innermost last.
    pub(crate) fn locals(&self, text: &str, offset: u32) -> Vec<Local> {
        let Some(function) = self.function_at(offset) else { return Vec::new() };
        let mut seen = Seen { text, tokens: &self.tokens, depth: 0, known: Vec::new() };
        seen.parameters(function);
        let Some(body) = function.body else { return seen.into_locals() };
        let begin = self.tokens.partition_point(|token| token.span.start < body.start);
        let mut at = begin;
        while self.tokens.get(at).is_some_and(|token| token.span.end <= offset) {
            seen.token(at);
            at += 1;
        }
        seen.known.retain(|(_, from, _)| *from < at);
        seen.into_locals()
    }
}

struct Seen<'t> {
    text: &'t str,
    tokens: &'t [Token],
    depth: usize,
    /// Each with the depth of brackets that it is known in, and the token after which it is.
    known: Vec<(usize, usize, Local)>,
}

impl Seen<'_> {
    fn parameters(&mut self, function: &Function) {
        for (name, span) in &function.params {
            let local = Local { name: name.clone(), span: *span, binding: Binding::Parameter };
            self.known.push((0, 0, local));
        }
    }

    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.text(self.text))
    }

    fn add(&mut self, at: usize, depth: usize, from: usize, binding: Binding) {
        if let Some(Token { kind: Kind::Word, span }) = self.tokens.get(at).copied() {
            let name = self.word(at).to_owned();
            self.known.push((depth, from, Local { name, span, binding }));
        }
    }

    fn token(&mut self, at: usize) {
        match self.word(at) {
            "{" | "#{" | "(" | "[" | "${" => self.depth += 1,
            "}" | ")" | "]" => {
                self.depth = self.depth.saturating_sub(1);
                let depth = self.depth;
                self.known.retain(|(of, from, _)| *of <= depth || *from > at);
            }
            "let" | "const" => {
                let end = self.until(at, &[";"]);
                let binding = if self.word(at + 2) == "=" { Binding::Value(at + 3, end) } else { Binding::Other };
                self.add(at + 1, self.depth, end, binding);
            }
            "for" => self.each(at),
            "|" => self.given(at),
            _ => {}
        }
    }

    /// `for name in ... {` and `for (name, at) in ... {`; they are known in the block only.
    fn each(&mut self, at: usize) {
        let several = self.word(at + 1) == "(";
        let name = at + 1 + usize::from(several);
        // `v, at)` or `v`
        let into = if several { name + 4 } else { name + 1 };
        let end = self.until(into, &["{", ";"]);
        let binding = if self.word(into) == "in" { Binding::Each(into + 1, end) } else { Binding::Other };
        self.add(name, self.depth + 1, end, binding);
        if several && self.word(name + 1) == "," {
            self.add(name + 2, self.depth + 1, end, Binding::Other);
        }
    }

    /// `|name, other|` after a bracket or a comma: a function that is given to a verb.
    fn given(&mut self, at: usize) {
        let before = at.checked_sub(1).map_or("", |before| self.word(before));
        if !matches!(before, "(" | "," | "=") {
            return;
        }
        let binding = match before {
            "(" => Binding::Given(at - 1),
            _ => Binding::Other,
        };
        let mut next = at + 1;
        while self.tokens.get(next).is_some_and(|token| token.kind == Kind::Word) {
            let first = next == at + 1;
            self.add(next, self.depth, next, if first { binding } else { Binding::Other });
            next += 1 + usize::from(self.word(next + 1) == ",");
        }
    }

    /// The next of some symbols outside of brackets.
    fn until(&self, from: usize, ends: &[&str]) -> usize {
        let mut depth = 0_usize;
        let mut at = from;
        while at < self.tokens.len() {
            let word = self.word(at);
            if depth == 0 && ends.contains(&word) {
                break;
            }
            match word {
                "{" | "#{" | "(" | "[" | "${" => depth += 1,
                "}" | ")" | "]" if depth == 0 => break,
                "}" | ")" | "]" => depth -= 1,
                _ => {}
            }
            at += 1;
        }
        at
    }

    /// Of several of one name, the last hides the others.
    fn into_locals(self) -> Vec<Local> {
        let mut locals: Vec<Local> = Vec::new();
        for (_, _, local) in self.known {
            locals.retain(|other| other.name != local.name);
            locals.push(local);
        }
        locals
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(marked: &str) -> Vec<String> {
        let offset = marked.find('◆').unwrap();
        let text = marked.replace('◆', "");
        let outline = Outline::of(&text);
        let locals = outline.locals(&text, u32::try_from(offset).unwrap());
        locals.into_iter().map(|local| local.name).collect()
    }

    #[test]
    fn a_name_is_known_in_its_block_and_after_it_is_written() {
        assert_eq!(known("fn f(a) { let b = 1; for c in a { let d = 2; ◆ } let e = 3; }"), ["a", "b", "c", "d"]);
        assert_eq!(known("fn f(a) { for c in a { let d = 2; } ◆ let e = 3; }"), ["a"]);
        assert_eq!(known("fn f(a) { a.map(|x, y| x + ◆) }"), ["a", "x", "y"]);
        assert_eq!(known("fn f(a) { a.map(|x| x); ◆ }"), ["a"]);
        assert_eq!(known("fn f(a) { for (v, at) in a { `${◆"), ["a", "v", "at"]);
        assert_eq!(known("fn f(a) { for b in a.filter(|x| g(x)) { ◆"), ["a", "b"]);
        assert_eq!(known("fn f(a) { let b = a.◆; }"), ["a"]);
        assert_eq!(known("fn f(a) { let a = 1; ◆"), ["a"]);
        assert_eq!(known("fn f(a) { }\n◆"), Vec::<String>::new());
    }
}
