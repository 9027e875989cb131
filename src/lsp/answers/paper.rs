//! An open document, between the positions that an editor counts and the bytes that the answers are worked out in.

use lsp_types::{Position, Range};

use crate::lsp::documents::Document;
use crate::lsp::position::Encoding;
use crate::source::Span;

/// An open document, by positions.
#[derive(Clone, Copy)]
pub(super) struct Paper<'d> {
    pub(super) document: &'d Document,
    pub(super) encoding: Encoding,
}

impl Paper<'_> {
    /// Where some bytes stand.
    pub(super) fn range(self, span: Span) -> Range {
        self.document.lines.range(&self.document.text, span, self.encoding)
    }

    /// The bytes of a range.
    pub(super) fn span(self, range: Range) -> Span {
        self.document.lines.span(&self.document.text, range, self.encoding)
    }

    /// The byte at a position.
    pub(super) fn at(self, position: Position) -> u32 {
        self.document.lines.offset(&self.document.text, position, self.encoding)
    }
}
