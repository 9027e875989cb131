//! What keeps a text of a plan, a rule or an argument from steering the terminal that shows it.
//!
//! The printers use [`harmless`] for each text; [`Harmless`] is the last door before a terminal or a pipe, for what a
//! message was made of elsewhere. It must not know what is written.

use std::io::{self, Write};

/// A text with everything replaced that could steer a terminal or change the order of characters: control characters other
/// than a line end and a tab, and the marks that turn the direction of writing.
///
/// ```
/// use crossfoot::report::harmless;
///
/// assert_eq!(harmless("a\u{1b}[2J\u{202e}b\tc\r\n"), "a\u{fffd}[2J\u{fffd}b\tc\n");
/// ```
#[must_use]
pub fn harmless(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\r' if rest.peek() == Some(&'\n') => {}
            c if is_harmful(c) => shown.push('\u{fffd}'),
            c => shown.push(c),
        }
    }
    shown
}

/// Control characters, and those that turn the direction of writing.
pub(crate) fn is_harmful(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t')) || is_direction(c)
}

fn is_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What is written, and so what stands in place of a harmful character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// Text without colours: a replacement character.
    Plain,
    /// Text with the colours of a report, which pass.
    Coloured,
    /// JSON: the same character, escaped.
    Json,
    /// XML: the same character, as a reference; one that XML cannot hold is left out.
    Xml,
}

/// A writer that lets nothing harmful through.
///
/// ```
/// use std::io::Write as _;
///
/// use crossfoot::report::{Harmless, Written};
///
/// let mut json = Harmless::new(Written::Json, Vec::new());
/// write!(json, "\"a\u{202e}b\"")?;
/// assert_eq!(json.into_inner(), br#""a\u202eb""#);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Harmless<W> {
    written: Written,
    inner: W,
    /// The beginning of a character, a line end or a colour whose rest is still to come.
    begun: Vec<u8>,
}

impl<W: Write> Harmless<W> {
    /// A writer before another.
    pub fn new(written: Written, inner: W) -> Self {
        Self { written, inner, begun: Vec::new() }
    }

    /// The writer behind.
    pub fn into_inner(self) -> W {
        self.inner
    }

    fn pass(&mut self, text: &str) -> io::Result<usize> {
        if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t')) {
            self.inner.write_all(text.as_bytes())?;
            return Ok(text.len());
        }
        let mut shown = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let len = match (c, self.written) {
                ('\u{1b}', Written::Coloured) => match colour(rest) {
                    Colour::Whole(len) => {
                        shown.push_str(&rest[..len]);
                        len
                    }
                    Colour::Begun => break,
                    Colour::Other => replaced(c, self.written, &mut shown),
                },
                ('\r', _) if rest.len() == 1 => break,
                ('\r', _) if rest[1..].starts_with('\n') => 1,
                (c, _) if is_harmful(c) => replaced(c, self.written, &mut shown),
                // The two that no XML can hold besides control characters.
                (c @ ('\u{fffe}' | '\u{ffff}'), Written::Xml) => c.len_utf8(),
                (c, _) => {
                    shown.push(c);
                    c.len_utf8()
                }
            };
            rest = &rest[len..];
        }
        self.inner.write_all(shown.as_bytes())?;
        Ok(text.len() - rest.len())
    }
}

impl<W: Write> Write for Harmless<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.begun.extend_from_slice(bytes);
        let all = std::mem::take(&mut self.begun);
        let mut from = 0;
        for chunk in all.utf8_chunks() {
            let done = self.pass(chunk.valid())?;
            from += done;
            if done < chunk.valid().len() {
                break;
            }
            let invalid = chunk.invalid();
            // Three bytes at most begin a character that may yet be whole.
            if !invalid.is_empty() && from + invalid.len() < all.len() {
                self.inner.write_all("\u{fffd}".as_bytes())?;
                from += invalid.len();
            }
        }
        self.begun = all[from..].to_vec();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if !std::mem::take(&mut self.begun).is_empty() {
            self.inner.write_all("\u{fffd}".as_bytes())?;
        }
        self.inner.flush()
    }
}

/// Writes what stands for a harmful character; gives back its length.
fn replaced(c: char, written: Written, shown: &mut String) -> usize {
    match written {
        Written::Plain | Written::Coloured => shown.push('\u{fffd}'),
        Written::Json => shown.push_str(&format!("\\u{:04x}", u32::from(c))),
        Written::Xml if is_direction(c) || u32::from(c) >= 0x7f => shown.push_str(&format!("&#x{:X};", u32::from(c))),
        Written::Xml => {}
    }
    c.len_utf8()
}

/// What begins with an escape character.
enum Colour {
    /// A colour, of so many bytes.
    Whole(usize),
    Begun,
    Other,
}

fn colour(text: &str) -> Colour {
    let Some(numbers) = text[1..].strip_prefix('[') else {
        return if text.len() == 1 { Colour::Begun } else { Colour::Other };
    };
    let end = numbers.find(|c: char| !c.is_ascii_digit() && c != ';');
    match end {
        Some(end) if numbers[end..].starts_with('m') => Colour::Whole(end + 3),
        None if numbers.len() < 20 => Colour::Begun,
        _ => Colour::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn through(written: Written, parts: &[&[u8]]) -> String {
        let mut door = Harmless::new(written, Vec::new());
        parts.iter().for_each(|part| door.write_all(part).unwrap());
        door.flush().unwrap();
        String::from_utf8(door.into_inner()).unwrap()
    }

    #[test]
    fn a_character_is_known_though_it_comes_in_parts() {
        assert_eq!(
            through(Written::Plain, &[b"a\xe2", b"\x80", b"\xaeb\xc3", b"\xa9\r", b"\nc\r", b"d"]),
            "a\u{fffd}bé\nc\u{fffd}d"
        );
        assert_eq!(through(Written::Plain, &[b"a\xffb\xe2"]), "a\u{fffd}b\u{fffd}");
    }

    #[test]
    fn colours_pass_where_they_are_wanted_and_nothing_else_does() {
        let parts: &[&[u8]] = &[b"\x1b[1;31mred\x1b", b"[0m\x1b[2J\x1b]0;t\x07\xc2\x9b2J"];
        assert_eq!(
            through(Written::Coloured, parts),
            "\u{1b}[1;31mred\u{1b}[0m\u{fffd}[2J\u{fffd}]0;t\u{fffd}\u{fffd}2J"
        );
        assert!(!through(Written::Plain, parts).contains('\u{1b}'));
    }

    #[test]
    fn programs_read_the_same_characters() {
        assert_eq!(through(Written::Json, &["\"\u{202e}\u{9b}\"\n".as_bytes()]), "\"\\u202e\\u009b\"\n");
        assert_eq!(through(Written::Xml, &["<a b='\u{202e}'>\u{1b}\u{ffff}</a>".as_bytes()]), "<a b='&#x202E;'></a>");
    }
}
