//! The comments of a TOML text, and where a comment could stand.
//!
//! Comments carry what is said *about* a plan, such as the marks of cases. This module finds them, so that a `#` in a text
//! is never taken for one; what a comment says is for others to read.

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::load::narrow;
use crate::source::Span;

/// The comments of a text, and its texts of several lines.
#[derive(Clone, Debug, Default)]
pub(crate) struct Comments {
    /// From each `#` to the end of its line, in order.
    pub(crate) spans: Vec<Span>,
    /// Texts of several lines, in order: no comment can begin in one.
    texts: Vec<Span>,
}

impl Comments {
    /// Reads a text, which may also be no TOML.
    pub(crate) fn of(text: &str) -> Self {
        let mut comments = Self::default();
        for token in Source::new(text).lex() {
            match token.kind() {
                TokenKind::Comment => comments.spans.push(narrow(token.span())),
                TokenKind::MlBasicString | TokenKind::MlLiteralString => comments.texts.push(narrow(token.span())),
                _ => {}
            }
        }
        comments
    }

    /// Whether a byte offset lies inside a text of several lines.
    pub(crate) fn in_text(&self, offset: u32) -> bool {
        let after = self.texts.partition_point(|span| span.start < offset);
        after.checked_sub(1).and_then(|at| self.texts.get(at)).is_some_and(|span| offset < span.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_in_a_text_is_no_comment() {
        let text = "a = '# no'  # yes\nb = \"\"\"\n# no\n\"\"\" # too\n[t] # and\n";
        let comments = Comments::of(text);
        let found: Vec<&str> = comments.spans.iter().map(|span| &text[span.range()]).collect();
        assert_eq!(found, ["# yes", "# too", "# and"]);
        let at = |needle: &str| u32::try_from(text.find(needle).unwrap()).unwrap();
        assert!(comments.in_text(at("\n# no")) && !comments.in_text(at(" # too")) && !comments.in_text(0));
    }
}
