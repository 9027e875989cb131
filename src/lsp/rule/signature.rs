//! How what is being called can be called, and which of its parameters is being written.

use super::hover::{function_page, verb, verb_markdown};
use super::{RuleText, Signature};
use crate::script::{Kind, Outline};
use crate::source::Span;

impl RuleText<'_> {
    /// The ways in which the call around an offset can be written.
    pub(in crate::lsp) fn signatures(&self, offset: u32) -> Vec<Signature> {
        self.call_around(self.within(offset)).map_or_else(Vec::new, |(open, written)| self.of_call(open, written))
    }

    /// The bracket of the call around an offset, and how many commas stand between the two.
    fn call_around(&self, offset: u32) -> Option<(usize, usize)> {
        let end = self.outline.tokens.partition_point(|token| token.span.end <= offset);
        let inside = self.outline.tokens.get(end).filter(|token| token.span.start < offset);
        if inside.is_some_and(|token| token.is_comment()) {
            return None;
        }
        let function = self.outline.function_at(offset)?;
        let (mut depth, mut commas, mut in_bars) = (0_usize, 0, false);
        for at in (0..end).rev().take_while(|at| self.outline.tokens[*at].span.start > function.span.start) {
            match self.word(at) {
                ")" | "]" | "}" => depth += 1,
                "(" if depth == 0 => {
                    let named = at.checked_sub(1).and_then(|before| self.outline.tokens.get(before));
                    return named.filter(|token| token.kind == Kind::Word).map(|_| (at, commas));
                }
                "[" | "{" | "#{" | "${" if depth == 0 => commas = 0,
                "(" | "[" | "{" | "#{" | "${" => depth -= 1,
                ";" if depth == 0 => return None,
                // Between the bars of a function without a name commas stand between its own parameters.
                "," if depth == 0 && !in_bars => commas += 1,
                "|" if depth == 0 => in_bars = !in_bars,
                _ => {}
            }
        }
        None
    }

    fn of_call(&self, open: usize, written: usize) -> Vec<Signature> {
        let Some(name) = open.checked_sub(1) else { return Vec::new() };
        let before = |back: usize| name.checked_sub(back).map_or("", |at| self.word(at));
        let (method, called) = (before(1) == ".", self.word(name));
        if before(1) == "::" {
            let import = self.outline.import(before(2));
            let source = import.and_then(|import| self.root.shared().find(|(path, _)| *path == import.path));
            let Some((_, source)) = source else { return Vec::new() };
            let outline = Outline::of(source.text());
            let lead = format!("{}::", before(2));
            return outline
                .function(called)
                .map(|function| {
                    signature(&format!("{lead}{}", function.signature()), written, function_page(before(2), function))
                })
                .into_iter()
                .collect();
        }
        if let Some(own) = self.outline.function(called).filter(|_| !method && before(1) != "fn") {
            return vec![signature(&own.signature(), written, own.docs.clone())];
        }
        let Some(verb) = verb(called).filter(|_| before(1) != "fn") else { return Vec::new() };
        // What stands before the dot is the first parameter.
        let written = written + usize::from(method);
        ways(verb.signature, verb.name).into_iter().map(|way| signature(way, written, verb_markdown(verb))).collect()
    }
}

/// The ways of a verb's signature: `a(x) or a(x, y)` has two; `a(x or y)` has one.
fn ways<'s>(signature: &'s str, name: &str) -> Vec<&'s str> {
    let or = format!(" or {name}(");
    let mut ways = Vec::new();
    let mut rest = signature;
    while let Some(at) = rest.find(&or) {
        ways.push(&rest[..at]);
        rest = &rest[at + " or ".len()..];
    }
    ways.push(rest);
    ways
}

fn signature(label: &str, written: usize, docs: String) -> Signature {
    let params = params(label);
    let active = written.min(params.len().saturating_sub(1));
    Signature { label: label.to_owned(), params, active, docs }
}

/// The places of the parameters in a signature.
fn params(label: &str) -> Vec<Span> {
    let Some((open, close)) = label.find('(').zip(label.rfind(')')) else { return Vec::new() };
    let inside = label.get(open + 1..close).unwrap_or_default();
    let mut params = Vec::new();
    let mut at = open + 1;
    for param in inside.split(',').filter(|param| !param.trim().is_empty()) {
        let start = at + (param.len() - param.trim_start().len());
        at += param.len() + 1;
        let span = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        params.push(Span::new(span(start), span(start + param.trim().len())));
    }
    params
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_taken_apart() {
        assert_eq!(ways("f(x or y) or f(x, z) -> w", "f"), ["f(x or y)", "f(x, z) -> w"]);
        let label = "find(selection, id) -> selection";
        let found: Vec<&str> = params(label).into_iter().map(|span| &label[span.range()]).collect();
        assert_eq!(found, ["selection", "id"]);
        assert!(params("today()").is_empty());
    }
}
