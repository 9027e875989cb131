//! Finds the parts of a file among its tokens.
//!
//! A brace that is missing must not swallow the rest of the file: `fn` at the start of a line begins a function, whatever is open.

use super::lex::{Kind, Token, tokens};
use super::{Constant, Function, Import, Outline};
use crate::source::Span;

pub(super) fn outline(text: &str) -> Outline {
    let tokens = tokens(text);
    let mut reader = Reader { text, tokens: &tokens, at: 0, found: Outline::default() };
    while reader.at < tokens.len() {
        reader.part();
    }
    let mut found = reader.found;
    let pages = || tokens.iter().filter(|token| token.kind == Kind::Page);
    found.page =
        pages().next().zip(pages().next_back()).map(|(first, last)| Span::new(first.span.start, last.span.end));
    found.tokens = tokens;
    found
}

struct Reader<'t> {
    text: &'t str,
    tokens: &'t [Token],
    at: usize,
    found: Outline,
}

impl Reader<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.text(self.text))
    }

    /// The next token from a place on that is no comment.
    fn skip(&self, mut at: usize) -> usize {
        while self.tokens.get(at).is_some_and(|token| token.is_comment()) {
            at += 1;
        }
        at
    }

    fn begins_line(&self, at: usize) -> bool {
        let start = self.tokens.get(at).map_or(0, |token| token.span.range().start);
        start == 0 || self.text.as_bytes().get(start - 1) == Some(&b'\n')
    }

    /// Whether a part of the file begins here, also where a brace is missing before it.
    fn begins_part(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == Kind::Word)
            && matches!(self.word(at), "fn" | "private" | "import" | "const")
            && self.begins_line(at)
    }

    fn part(&mut self) {
        match self.word(self.at) {
            "import" => self.import(),
            "const" => self.constant(),
            "fn" => self.function(self.at),
            "private" if self.word(self.skip(self.at + 1)) == "fn" => {
                let begin = self.at;
                self.at = self.skip(self.at + 1);
                self.function(begin);
            }
            _ => self.at += 1,
        }
    }

    /// The end of a statement that begins here: after its `;`, or before what begins the next part.
    fn end_of_statement(&self) -> usize {
        let mut at = self.at + 1;
        let mut depth = 0_usize;
        while at < self.tokens.len() && !self.begins_part(at) {
            match self.word(at) {
                "(" | "[" | "{" | "#{" | "${" => depth += 1,
                ")" | "]" | "}" => depth = depth.saturating_sub(1),
                ";" if depth == 0 => return at + 1,
                _ => {}
            }
            at += 1;
        }
        // What stands above the next part, such as the comment about it, is not of this statement.
        while at > self.at + 1 && self.tokens.get(at - 1).is_some_and(|token| token.is_comment()) {
            at -= 1;
        }
        at
    }

    fn span(&self, from: usize, to: usize) -> Span {
        let start = self.tokens.get(from).map_or(0, |token| token.span.start);
        let end = to.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(start, |token| token.span.end);
        Span::new(start, end.max(start))
    }

    fn import(&mut self) {
        let end = self.end_of_statement();
        let path = self.skip(self.at + 1);
        let span = self.span(self.at, end);
        if let Some(Token { kind: Kind::Text { .. }, span: path_span }) = self.tokens.get(path).copied() {
            let name = if self.word(path + 1) == "as" && path + 2 < end { self.word(path + 2) } else { "" };
            let (name, path) = (name.to_owned(), self.word(path).trim_matches(['"', '`']).to_owned());
            self.found.imports.push(Import { span, path, path_span, name });
        }
        self.at = end;
    }

    fn constant(&mut self) {
        let end = self.end_of_statement();
        let span = self.span(self.at, end);
        if let Some(Token { kind: Kind::Word, span: name_span }) = self.tokens.get(self.at + 1).copied() {
            let last = if self.word(end - 1) == ";" { end - 1 } else { end };
            let value = self.span(self.at + 3, last.max(self.at + 3));
            self.found.constants.push(Constant { span, name: self.word(self.at + 1).to_owned(), name_span, value });
        }
        self.at = end;
    }

    /// A function whose `fn` stands here; `begin` is where its `private` does.
    fn function(&mut self, begin: usize) {
        let docs = self.docs_above(begin);
        let name = self.skip(self.at + 1);
        let Some(Token { kind: Kind::Word, span: name_span }) = self.tokens.get(name).copied() else {
            self.at += 1;
            return;
        };
        let mut at = name + 1;
        let mut params = Vec::new();
        if self.word(at) == "(" {
            at += 1;
            while at < self.tokens.len() && !matches!(self.word(at), ")" | "{") && !self.begins_part(at) {
                if self.tokens[at].kind == Kind::Word {
                    params.push((self.word(at).to_owned(), self.tokens[at].span));
                }
                at += 1;
            }
            at += usize::from(self.word(at) == ")");
        }
        at = self.skip(at);
        let (end, body, closed) = self.body(at);
        let span = self.span(begin, end.max(at));
        let function = Function {
            span: Span::new(span.start, body.map_or(span.end, |body| body.end)),
            name: self.word(name).to_owned(),
            name_span,
            params,
            docs,
            private: begin != self.at,
            body,
            closed,
        };
        self.found.functions.push(function);
        self.at = end.max(at);
    }

    /// The body that begins at a token, after the token behind it, and whether it is closed.
    fn body(&self, open: usize) -> (usize, Option<Span>, bool) {
        if self.word(open) != "{" {
            return (open, None, false);
        }
        let mut at = open;
        let mut depth = 0_usize;
        while at < self.tokens.len() && (at == open || !self.begins_part(at)) {
            match self.word(at) {
                "{" | "#{" | "${" => depth += 1,
                "}" => depth = depth.saturating_sub(1),
                _ => {}
            }
            at += 1;
            if depth == 0 {
                return (at, Some(self.span(open, at)), true);
            }
        }
        while at > open + 1 && self.tokens.get(at - 1).is_some_and(|token| token.kind == Kind::Doc) {
            at -= 1;
        }
        // What is written next belongs to it still.
        let rest = self.text.get(..self.start(at)).unwrap_or(self.text).trim_end_matches('\n').len();
        let begin = self.span(open, open + 1);
        let last = self.span(open, at).end;
        #[expect(clippy::cast_possible_truncation, reason = "sources are under 4 GiB")]
        (at, Some(Span::new(begin.start, last.max(rest as u32))), false)
    }

    /// Where a token begins, or the text ends.
    fn start(&self, at: usize) -> usize {
        self.tokens.get(at).map_or(self.text.len(), |token| token.span.range().start)
    }

    fn docs_above(&self, begin: usize) -> String {
        let mut lines: Vec<&str> = Vec::new();
        for token in self.tokens.get(..begin).unwrap_or_default().iter().rev() {
            if token.kind != Kind::Doc {
                break;
            }
            let line = token.text(self.text).trim_start_matches('/');
            lines.push(line.strip_prefix(' ').unwrap_or(line).trim_end());
        }
        lines.reverse();
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "//! A page.\n//! More.\n\nimport \"lib/a\" as a;\nconst PARAMS = #{ most: 1; };\n/// Says.\n/// So.\n\
                        fn check(plan, params) { if x { `${#{ a: 1 }}` } }\nprivate fn b() { 1 }\n";

    #[test]
    fn the_parts_of_a_file_have_their_places() {
        let outline = outline(TEXT);
        let slice = |span: Span| &TEXT[span.range()];
        assert_eq!(outline.page.map(slice), Some("//! A page.\n//! More."));
        let import = &outline.imports[0];
        assert_eq!((slice(import.span), slice(import.path_span)), ("import \"lib/a\" as a;", "\"lib/a\""));
        assert_eq!((import.path.as_str(), import.name.as_str()), ("lib/a", "a"));
        assert_eq!(slice(outline.constants[0].value), "#{ most: 1; }");
        let [check, other] = outline.functions.as_slice() else { panic!("{outline:?}") };
        assert_eq!((check.signature().as_str(), check.docs.as_str()), ("check(plan, params)", "Says.\nSo."));
        assert_eq!(check.body.map(slice), Some("{ if x { `${#{ a: 1 }}` } }"));
        assert_eq!((slice(other.span), other.private), ("private fn b() { 1 }", true));
    }

    #[test]
    fn a_missing_brace_does_not_swallow_the_next_function() {
        let text = "fn a(x) {\n  if x {\n/// About b.\nfn b(y) { y }\nfn c(";
        let outline = outline(text);
        let names: Vec<&str> = outline.functions.iter().map(|function| function.name.as_str()).collect();
        assert_eq!(names, ["a", "b", "c"]);
        assert_eq!(&text[outline.functions[0].span.range()], "fn a(x) {\n  if x {");
        assert_eq!(outline.functions[1].docs, "About b.");
    }
}
