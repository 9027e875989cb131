//! Positions as editors name them: a line and a column from 0, the column in UTF-16 units or in bytes, as was agreed.
//!
//! The only file that knows UTF-16. Everything else of crossfoot speaks of bytes; what the text means is not known here.

use lsp_types::{ClientCapabilities, Position, PositionEncodingKind, Range};

use crate::source::Span;

/// What a column counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of 16 bits: what every editor knows, and what holds where nothing was agreed.
    #[default]
    Utf16,
}

impl Encoding {
    /// The first that the editor names and crossfoot knows.
    pub(super) fn agreed(client: &ClientCapabilities) -> Self {
        let named = client.general.as_ref().and_then(|general| general.position_encodings.as_ref());
        let mut known = named.into_iter().flatten().filter_map(|kind| match kind.as_str() {
            "utf-8" => Some(Self::Utf8),
            "utf-16" => Some(Self::Utf16),
            _ => None,
        });
        known.next().unwrap_or_default()
    }

    /// As the protocol names it.
    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    /// How many columns a character takes.
    const fn width(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
        }
    }
}

/// The starts of a text's lines, which end at `\n`, `\r\n` or `\r`, as the protocol says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lines {
    starts: Vec<u32>,
    /// The UTF-16 units before each block of bytes: many places of one long line are not counted from its start each.
    units: Vec<u32>,
}

/// The bytes of a block.
const BLOCK: usize = 64;

/// The UTF-16 units of the characters that begin in some bytes.
fn units_in(bytes: &[u8]) -> usize {
    bytes.iter().map(|byte| usize::from(byte & 0xC0 != 0x80) + usize::from(*byte >= 0xF0)).sum()
}

impl Lines {
    /// The lines of a text of less than 4 GiB.
    pub(super) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            let ends = *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
            if ends {
                starts.push(narrow(at + 1));
            }
        }
        let sums = bytes.chunks(BLOCK).scan(0, |before, block| {
            let at = *before;
            *before += units_in(block);
            Some(narrow(at))
        });
        let units = sums.collect();
        Self { starts, units }
    }

    /// How many lines there are; a text that ends with a line end has one more, which is empty.
    pub(super) fn count(&self) -> usize {
        self.starts.len()
    }

    /// The bytes of a line, from 0, without its end.
    fn line<'t>(&self, text: &'t str, line: usize) -> Option<(usize, &'t str)> {
        let start = *self.starts.get(line)? as usize;
        let end = self.starts.get(line + 1).map_or(text.len(), |next| *next as usize);
        let whole = text.get(start..end)?;
        Some((start, whole.trim_end_matches(['\r', '\n'])))
    }

    /// The byte that a position means. A column beyond the line is the line's end, a line beyond the text is the text's end,
    /// and a column within a character is that character's start.
    pub(super) fn offset(&self, text: &str, position: Position, encoding: Encoding) -> u32 {
        let Some((start, line)) = self.line(text, position.line as usize) else { return narrow(text.len()) };
        let wanted = position.character as usize;
        let mut column = 0;
        for (at, c) in line.char_indices() {
            column += encoding.width(c);
            if column > wanted {
                return narrow(start + at);
            }
        }
        narrow(start + line.len())
    }

    /// The position of a byte: of one within a character that character's, of one within a line end the line's end.
    pub(super) fn position(&self, text: &str, offset: u32, encoding: Encoding) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let Some((start, content)) = self.line(text, line) else { return Position::default() };
        let within = (offset as usize).saturating_sub(start).min(content.len());
        let boundary = (0..=within).rev().find(|at| content.is_char_boundary(*at)).unwrap_or_default();
        let column: usize = match encoding {
            Encoding::Utf8 => boundary,
            Encoding::Utf16 => self.units(text, start + boundary) - self.units(text, start),
        };
        Position::new(narrow(line), narrow(column))
    }

    /// The UTF-16 units before a byte at which a character begins.
    fn units(&self, text: &str, at: usize) -> usize {
        let block = at / BLOCK;
        match self.units.get(block) {
            Some(before) => *before as usize + units_in(&text.as_bytes()[block * BLOCK..at]),
            // The end of a text that fills its blocks.
            None => units_in(text.as_bytes()),
        }
    }

    /// The bytes that a range means; one that is given from its end to its start is turned.
    pub(super) fn span(&self, text: &str, range: Range, encoding: Encoding) -> Span {
        let (a, b) = (self.offset(text, range.start, encoding), self.offset(text, range.end, encoding));
        Span::new(a.min(b), a.max(b))
    }

    /// The range of some bytes.
    pub(super) fn range(&self, text: &str, span: Span, encoding: Encoding) -> Range {
        let start = self.position(text, span.start, encoding);
        Range::new(start, self.position(text, span.end.max(span.start), encoding))
    }
}

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_long_line_is_counted_as_a_short_one() {
        for text in ["é😀x".repeat(70), "a".repeat(64), format!("{}\n{}", "ü".repeat(100), "😀".repeat(64))] {
            let lines = Lines::of(&text);
            for at in 0..=text.len() {
                for encoding in [Encoding::Utf8, Encoding::Utf16] {
                    assert_eq!(lines.position(&text, narrow(at), encoding), slow_position(&text, at, encoding), "{at}");
                }
            }
        }
    }

    /// The same by walking the text character by character, without any index.
    fn slow_position(text: &str, offset: usize, encoding: Encoding) -> Position {
        let (mut line, mut column) = (0, 0);
        let mut before = None;
        for (at, c) in text.char_indices() {
            let within_end = before == Some('\r') && c == '\n';
            if at >= offset && !(within_end && at == offset) {
                break;
            }
            if at + c.len_utf8() > offset && !within_end {
                break;
            }
            if within_end && at == offset {
                break;
            }
            match c {
                '\n' => (line, column) = (line + 1, 0),
                '\r' if !text[at + 1..].starts_with('\n') => (line, column) = (line + 1, 0),
                '\r' => {}
                _ => column += encoding.width(c),
            }
            before = Some(c);
        }
        Position::new(line, u32::try_from(column).unwrap())
    }

    fn text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just("\n"),
            Just("\r\n"),
            Just("\r"),
            Just("a"),
            Just(" = 1"),
            Just("é"),
            Just("€"),
            Just("𝛑"),
            Just("👩‍👩‍👧")
        ];
        proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    fn encodings() -> impl Strategy<Value = Encoding> {
        prop_oneof![Just(Encoding::Utf8), Just(Encoding::Utf16)]
    }

    proptest! {
        #[test]
        fn a_byte_has_the_position_that_walking_finds((text, encoding) in (text(), encodings()), at in 0..200_usize) {
            let at = at.min(text.len());
            let lines = Lines::of(&text);
            prop_assert_eq!(lines.position(&text, narrow(at), encoding), slow_position(&text, at, encoding));
        }

        #[test]
        fn there_and_back_is_the_same_character((text, encoding) in (text(), encodings()), at in 0..200_usize) {
            let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
            let in_line_end = at > 0 && text.as_bytes()[at - 1] == b'\r' && text.as_bytes().get(at) == Some(&b'\n');
            let lines = Lines::of(&text);
            let back = lines.offset(&text, lines.position(&text, narrow(at), encoding), encoding);
            prop_assert_eq!(back as usize, if in_line_end { at - 1 } else { at });
        }

        #[test]
        fn any_position_at_all_means_a_byte_of_the_text(
            (text, encoding) in (text(), encodings()), line in 0..60_u32, column in prop_oneof![0..60_u32, Just(u32::MAX)],
        ) {
            let lines = Lines::of(&text);
            let at = lines.offset(&text, Position::new(line, column), encoding) as usize;
            prop_assert!(text.is_char_boundary(at));
            if line as usize >= lines.count() {
                prop_assert_eq!(at, text.len());
            }
        }
    }

    #[test]
    fn a_column_counts_what_was_agreed() {
        let text = "é𝛑 = 1\r\nb\r";
        let lines = Lines::of(text);
        assert_eq!(lines.count(), 3);
        assert_eq!(lines.position(text, 6, Encoding::Utf16), Position::new(0, 3));
        assert_eq!(lines.position(text, 6, Encoding::Utf8), Position::new(0, 6));
        // The second half of a pair is its character's start; a column beyond the line is its end, before the line end.
        assert_eq!(lines.offset(text, Position::new(0, 2), Encoding::Utf16), 2);
        assert_eq!(lines.offset(text, Position::new(0, 99), Encoding::Utf16), 10);
        assert_eq!(lines.offset(text, Position::new(1, 1), Encoding::Utf16), 13);
        assert_eq!(lines.offset(text, Position::new(2, 0), Encoding::Utf16), 14);
    }
}
