//! One file's text with its name and the starts of its lines.
//!
//! It must not know what the text means.

use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

/// A range of bytes in a source text, end excluded.
///
/// Offsets are 32 bits: a source of 4 GiB or more is refused when it is loaded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

impl Span {
    /// The range from `start` to `end`, in bytes.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// As a range that indexes a string.
    #[must_use]
    pub const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// Whether the span holds no byte.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }
}

/// A point in a source text, as people and the JSON contract name it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// Bytes from the start of the file, from 0.
    pub offset: u32,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// Where a span begins and ends, as people and the JSON contract name it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The first character.
    pub start: Position,
    /// The point after the last character.
    pub end: Position,
}

impl Place {
    /// The byte range.
    #[must_use]
    pub const fn span(self) -> Span {
        Span::new(self.start.offset, self.end.offset)
    }
}

/// The bytes of a file are not UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotUtf8 {
    /// Offset of the first byte that is no UTF-8, from 0.
    pub offset: usize,
    /// The line it stands in, from 1.
    pub line: usize,
    /// The byte itself.
    pub byte: u8,
}

/// The text of one file, its name as reports show it, and its lines.
///
/// ```
/// use crossfoot::source::{SourceText, Span};
///
/// let text = SourceText::new("plan.toml", "a = 1\r\nprix = 2\n");
/// let place = text.place(Span::new(14, 15));
/// assert_eq!((place.start.line, place.start.column), (2, 8));
/// assert_eq!(text.slice(Span::new(14, 15)), "2");
/// ```
#[derive(Debug)]
pub struct SourceText {
    name: Arc<str>,
    text: String,
    /// Offsets of line starts; made when first asked for, because a clean file is never asked.
    lines: OnceLock<Vec<u32>>,
    /// Characters before every [`BLOCK`] bytes, so that a column costs the same in a long line as in a short one.
    characters: OnceLock<Vec<u32>>,
}

/// Bytes between two counts of characters.
const BLOCK: usize = 1_024;

/// Bytes from the start of a line that are counted as they stand, without the counts of blocks.
const SHORT: usize = 512;

const BYTE_ORDER_MARK: char = '\u{feff}';

impl SourceText {
    /// A text under the name that reports will show.
    #[must_use]
    pub fn new(name: impl Into<Arc<str>>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into(), lines: OnceLock::new(), characters: OnceLock::new() }
    }

    /// A text from the bytes of a file.
    ///
    /// # Errors
    /// [`NotUtf8`] with the offset of the first byte that does not belong.
    pub fn from_bytes(name: impl Into<Arc<str>>, bytes: Vec<u8>) -> Result<Self, NotUtf8> {
        String::from_utf8(bytes).map(|text| Self::new(name, text)).map_err(|error| {
            let offset = error.utf8_error().valid_up_to();
            let bytes = error.as_bytes();
            NotUtf8 {
                offset,
                line: 1 + bytes[..offset].iter().filter(|byte| **byte == b'\n').count(),
                byte: bytes.get(offset).copied().unwrap_or_default(),
            }
        })
    }

    /// The name that reports show: the path as the user wrote it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name, shared.
    #[must_use]
    pub fn shared_name(&self) -> Arc<str> {
        Arc::clone(&self.name)
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span; empty where the span does not lie in the text.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Line and column of both ends of a span.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        Place { start: self.position(span.start), end: self.position(span.end) }
    }

    /// Line and column of a byte offset; an offset beyond the end is the end.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let offset = (offset as usize).min(self.text.len());
        let lines = self.line_starts();
        let line = lines.partition_point(|start| *start as usize <= offset).max(1);
        let start = lines[line - 1] as usize;
        let mut characters = match self.text.as_bytes().get(start..offset).filter(|line| line.len() <= SHORT) {
            Some(line) => begin(line),
            None => self.characters_before(offset) - self.characters_before(start),
        };
        // A byte-order mark is no character that a person would count.
        if start == 0 && offset >= BYTE_ORDER_MARK.len_utf8() && self.text.starts_with(BYTE_ORDER_MARK) {
            characters -= 1;
        }
        #[expect(clippy::cast_possible_truncation, reason = "sources are under 4 GiB")]
        Position { offset: offset as u32, line: line as u32, column: characters + 1 }
    }

    /// How many characters begin before a byte offset.
    fn characters_before(&self, offset: usize) -> u32 {
        let marks = self.characters.get_or_init(|| {
            let mut total = 0;
            let blocks = self.text.as_bytes().chunks(BLOCK);
            let before = blocks.map(|block| {
                let before = total;
                total += begin(block);
                before
            });
            before.collect()
        });
        let block = (offset / BLOCK).min(marks.len().saturating_sub(1));
        let counted = marks.get(block).copied().unwrap_or_default();
        counted + begin(self.text.as_bytes().get(block * BLOCK..offset).unwrap_or_default())
    }

    /// The byte offset of a line and column, both from 1, the column in characters; a column beyond the line is its end.
    #[must_use]
    pub fn offset(&self, line: u32, column: u32) -> u32 {
        let start = (line as usize).checked_sub(1).and_then(|index| self.line_starts().get(index).copied());
        let Some(start) = start else { return u32::try_from(self.text.len()).unwrap_or(u32::MAX) };
        let characters = self.line(line).chars().take((column as usize).saturating_sub(1));
        #[expect(clippy::cast_possible_truncation, reason = "sources are under 4 GiB")]
        let bytes = characters.map(char::len_utf8).sum::<usize>() as u32;
        start + bytes
    }

    /// The word or the text between quotation marks that begins at a line and column, both from 1; where none begins, one
    /// character.
    ///
    /// ```
    /// use crossfoot::source::SourceText;
    ///
    /// let text = SourceText::new("rule", "let all = summ(plan);");
    /// assert_eq!(text.slice(text.word(1, 11)), "summ");
    /// ```
    #[must_use]
    pub fn word(&self, line: u32, column: u32) -> Span {
        let start = self.offset(line, column);
        let rest = self.text.get(start as usize..).unwrap_or_default();
        let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let line = rest.lines().next().unwrap_or_default();
        let text = line.strip_prefix('"').and_then(|inside| inside.find('"')).map_or(0, |end| end + 2);
        let first = rest.chars().next().map_or(0, char::len_utf8);
        #[expect(clippy::cast_possible_truncation, reason = "sources are under 4 GiB")]
        Span::new(start, start + word.max(text).max(first) as u32)
    }

    /// The text of a line, from 1, without its line end.
    #[must_use]
    pub fn line(&self, line: u32) -> &str {
        let lines = self.line_starts();
        let Some(start) = (line as usize).checked_sub(1).and_then(|index| lines.get(index)) else {
            return "";
        };
        let rest = self.text.get(*start as usize..).unwrap_or_default();
        rest.split('\n').next().unwrap_or_default().trim_end_matches('\r')
    }

    fn line_starts(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            #[expect(clippy::cast_possible_truncation, reason = "sources are under 4 GiB")]
            let after = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1);
            std::iter::once(0).chain(after).collect()
        })
    }
}

/// How many characters begin in some bytes of a text.
#[expect(clippy::cast_possible_truncation, reason = "sources are under 4 GiB")]
fn begin(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_lines_from_one() {
        let text = SourceText::new("t", "\u{feff}é = 1\nb = 2");
        assert_eq!(text.position(3), Position { offset: 3, line: 1, column: 1 });
        assert_eq!(text.position(5), Position { offset: 5, line: 1, column: 2 });
        assert_eq!(text.position(10), Position { offset: 10, line: 2, column: 1 });
        assert_eq!(text.position(9999).line, 2);
        assert_eq!(text.line(2), "b = 2");
        assert_eq!(text.line(3), "");
        assert_eq!(text.line(0), "");
    }

    #[test]
    fn a_byte_that_is_no_utf8_has_its_offset_and_line() {
        let fault = SourceText::from_bytes("t", b"a = 1\nb = \"\xff\"".to_vec()).unwrap_err();
        assert_eq!(fault, NotUtf8 { offset: 11, line: 2, byte: 0xff });
    }
}
