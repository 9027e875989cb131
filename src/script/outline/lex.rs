//! The tokens of a rule's text, whole or half written, with their places.
//!
//! The engine's own tokens end where it cannot go on, and carry lines instead of bytes. These never end early: what is not
//! closed reaches to the end of its line or of the text. What the tokens mean is not known here.

use crate::source::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A name or a word of the language.
    Word,
    Number,
    /// A text, or a piece of one between backquotes; it begins with its mark, or with the `}` of what was put in.
    Text {
        mark: char,
        closed: bool,
    },
    /// `//!`, a line of the page.
    Page,
    /// `///`, a line about what follows.
    Doc,
    Comment {
        /// Whether it is one between `/*` and `*/`.
        block: bool,
        closed: bool,
    },
    Symbol,
}

/// A token and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) span: Span,
}

impl Token {
    pub(crate) fn text(self, of: &str) -> &str {
        of.get(self.span.range()).unwrap_or_default()
    }

    /// Whether it says nothing to the engine.
    pub(crate) const fn is_comment(self) -> bool {
        matches!(self.kind, Kind::Page | Kind::Doc | Kind::Comment { .. })
    }
}

/// Symbols of several characters, the longest first.
const SYMBOLS: [&str; 21] = [
    "..=", "**=", "==", "!=", "<=", ">=", "&&", "||", "::", "..", "**", "+=", "-=", "*=", "/=", "%=", "#{", "=>", "->",
    "<<", ">>",
];

/// The tokens of a text, in order.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut lexer = Lexer { text, at: 0, tokens: Vec::new(), inserts: Vec::new() };
    while lexer.next() {}
    lexer.tokens
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    tokens: Vec<Token>,
    /// Of each text between backquotes that a `${` interrupts: how many braces are open in it.
    inserts: Vec<usize>,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Takes the next token; whether there was one.
    fn next(&mut self) -> bool {
        let rest = self.rest();
        let trimmed = rest.trim_start();
        self.at += rest.len() - trimmed.len();
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return false };
        let (kind, length) = match first {
            _ if rest.starts_with("//") => line_comment(rest),
            _ if rest.starts_with("/*") => block_comment(rest),
            '"' | '\'' => in_line(rest, first),
            '`' => {
                self.piece(1);
                return true;
            }
            '}' if self.inserts.last() == Some(&0) => {
                self.inserts.pop();
                self.push(Kind::Symbol, 1);
                self.piece(0);
                return true;
            }
            c if c.is_ascii_digit() => (Kind::Number, number(rest)),
            c if is_name(c) => (Kind::Word, rest.find(|c| !is_name(c)).unwrap_or(rest.len())),
            c => {
                let several = SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol));
                (Kind::Symbol, several.map_or(c.len_utf8(), |symbol| symbol.len()))
            }
        };
        let opens = rest.get(..length).is_some_and(|symbol| kind == Kind::Symbol && symbol.ends_with('{'));
        match (first, self.inserts.last_mut()) {
            ('{' | '#', Some(open)) if opens => *open += 1,
            ('}', Some(open)) if kind == Kind::Symbol => *open -= 1,
            _ => {}
        }
        self.push(kind, length);
        true
    }

    /// A piece of a text between backquotes, up to its end or to what is put in.
    fn piece(&mut self, begin: usize) {
        let rest = self.rest();
        let after = rest.get(begin..).unwrap_or_default();
        let mark = after.find('`').map_or(rest.len(), |at| begin + at);
        let insert = after.find("${").map(|at| begin + at).filter(|at| *at < mark);
        let length = insert.unwrap_or_else(|| (mark + 1).min(rest.len()));
        let closed = insert.is_some() || mark < rest.len();
        self.push(Kind::Text { mark: '`', closed }, length);
        if insert.is_some() {
            self.push(Kind::Symbol, 2);
            self.inserts.push(0);
        }
    }

    fn push(&mut self, kind: Kind, length: usize) {
        let end = self.at + length;
        #[expect(clippy::cast_possible_truncation, reason = "sources are under 4 GiB")]
        let span = Span::new(self.at as u32, end as u32);
        self.at = end;
        if length > 0 {
            self.tokens.push(Token { kind, span });
        }
    }
}

/// Whether a character can stand in a name.
fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn line_comment(rest: &str) -> (Kind, usize) {
    let kind = if rest.starts_with("//!") {
        Kind::Page
    } else if rest.starts_with("///") && !rest.starts_with("////") {
        Kind::Doc
    } else {
        Kind::Comment { block: false, closed: false }
    };
    let end = rest.find('\n').unwrap_or(rest.len());
    (kind, rest.get(..end).unwrap_or_default().trim_end_matches('\r').len())
}

/// Comments between `/*` and `*/` nest.
fn block_comment(rest: &str) -> (Kind, usize) {
    let bytes = rest.as_bytes();
    let (mut depth, mut at) = (0_usize, 0);
    while at < bytes.len() {
        match &bytes[at..] {
            [b'/', b'*', ..] => {
                depth += 1;
                at += 2;
            }
            [b'*', b'/', ..] => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return (Kind::Comment { block: true, closed: true }, at);
                }
            }
            _ => at += 1,
        }
    }
    (Kind::Comment { block: true, closed: false }, rest.len())
}

/// A text that ends with its line, closed or not.
fn in_line(rest: &str, mark: char) -> (Kind, usize) {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '\n' if !escaped => return (Kind::Text { mark, closed: false }, at),
            c if c == mark && !escaped => return (Kind::Text { mark, closed: true }, at + 1),
            c => escaped = c == '\\' && !escaped,
        }
    }
    (Kind::Text { mark, closed: false }, rest.len())
}

fn number(rest: &str) -> usize {
    let digits = |text: &str| text.find(|c| !is_name(c)).unwrap_or(text.len());
    let whole = digits(rest);
    let after = rest.get(whole..).and_then(|rest| rest.strip_prefix('.'));
    match after {
        Some(places) if places.starts_with(|c: char| c.is_ascii_digit()) => whole + 1 + digits(places),
        _ => whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text).into_iter().map(|token| token.text(text)).collect()
    }

    #[test]
    fn what_stands_in_a_text_is_taken_apart() {
        assert_eq!(
            words("f(`a ${b.c({1}) + `x${y}z`} d`)"),
            [
                "f", "(", "`a ", "${", "b", ".", "c", "(", "{", "1", "}", ")", "+", "`x", "${", "y", "}", "z`", "}",
                " d`", ")",
            ]
        );
        assert_eq!(
            words("x \"a \\\" // b\" 'c' /* /* */ d */ 1.5 1..2 // e"),
            ["x", "\"a \\\" // b\"", "'c'", "/* /* */ d */", "1.5", "1", "..", "2", "// e",]
        );
    }

    #[test]
    fn what_is_not_closed_ends_with_its_line_or_with_the_text() {
        assert_eq!(words("\"a\nb"), ["\"a", "b"]);
        assert_eq!(words("`a\nb"), ["`a\nb"]);
        assert_eq!(words("a /* b\nc"), ["a", "/* b\nc"]);
        assert_eq!(words("`a ${"), ["`a ", "${"]);
    }
}
