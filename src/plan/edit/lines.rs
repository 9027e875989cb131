//! Where lines, blanks, commas and comments stand around a place of a TOML text.

/// Where the line of a byte begins.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    if start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8().min(at) } else { start }
}

/// Where the line of a byte ends, before its line end.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    if text[at..end].ends_with('\r') { end - 1 } else { end }
}

/// The byte after the line end that stands at a place; the place itself at the end of the text.
pub(super) fn after_line_end(text: &str, end: usize) -> usize {
    let rest = &text[end..];
    if rest.starts_with("\r\n") {
        end + 2
    } else if rest.starts_with('\n') {
        end + 1
    } else {
        end
    }
}

/// The line end that a new line at this place should have: that of its own line, else of the first line, else a line feed.
pub(super) fn line_ending(text: &str, at: usize) -> &'static str {
    let own = line_end(text, at);
    let crlf = if own < text.len() {
        text[own..].starts_with("\r\n")
    } else {
        text.find('\n').is_some_and(|first| text[..first].ends_with('\r'))
    };
    if crlf { "\r\n" } else { "\n" }
}

/// The byte after blanks.
pub(super) fn skip_blanks(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start_matches([' ', '\t']).len()
}

/// The first of the blanks before a place.
pub(super) fn back_over_blanks(text: &str, at: usize) -> usize {
    text[..at].trim_end_matches([' ', '\t']).len()
}

/// Where the comma after an item is, if it has one: only blanks, line ends and comments may stand between.
pub(super) fn comma_after(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        match text[at..].chars().next()? {
            ' ' | '\t' | '\r' | '\n' => at += 1,
            '#' => at = line_end(text, at),
            ',' => return Some(at),
            _ => return None,
        }
    }
}

/// Whether nothing but blanks stands before a place on its line.
pub(super) fn begins_line(text: &str, at: usize) -> bool {
    text[line_start(text, at)..at].bytes().all(|byte| matches!(byte, b' ' | b'\t'))
}

/// The end of the line of an item, where nothing follows it there but a comma and a comment.
pub(super) fn ends_line(text: &str, from: usize) -> Option<usize> {
    let mut at = skip_blanks(text, from);
    if text[at..].starts_with(',') {
        at = skip_blanks(text, at + 1);
    }
    let end = line_end(text, at);
    (at == end || text[at..].starts_with('#')).then_some(end)
}
