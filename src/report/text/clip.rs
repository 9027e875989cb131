//! Lines that are longer than the terminal is wide: what stands around the labels is kept, the rest is left out.
//!
//! A line that the terminal breaks takes its labels out of their columns. It knows columns and bytes, and no source.

use textwrap::core::display_width;

/// Columns between the middle of what is marked and the text of its label.
const HANDLE: usize = 4;

/// Columns of a tab.
const TAB: usize = 4;

/// What is marked in a line, in bytes, and how many columns its label's text takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: usize,
}

impl Mark {
    /// The same, from the start of a line, and not beyond its end.
    pub(super) fn within(self, start: usize, line: &str) -> Self {
        let inside = |at: usize| {
            let mut at = at.saturating_sub(start).min(line.len());
            while !line.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        Self { start: inside(self.start), end: inside(self.end), ..self }
    }
}

/// A line in so many columns, and where in it each mark is: start and length in bytes.
pub(super) fn clip(line: &str, marks: &[Mark], room: usize, ellipsis: &str) -> (String, Vec<(usize, usize)>) {
    let as_is = || (line.to_owned(), marks.iter().map(|mark| (mark.start, mark.end - mark.start)).collect());
    // Where no character takes less than a quarter of a column, a longer line does not fit.
    if line.len() <= room * 4 {
        let whole: (String, Vec<(usize, usize)>) = as_is();
        if fits(&whole, marks, room) {
            return whole;
        }
    }
    let most = (room / marks.len().max(1)).saturating_sub(2 * display_width(ellipsis)).max(HANDLE);
    let short: Vec<Mark> =
        marks.iter().map(|mark| Mark { end: forward(line, mark.start, most).min(mark.end), ..*mark }).collect();
    let (mut least, mut too_many) = (0, room + 1);
    let mut best = around(line, &short, 0, ellipsis);
    while least + 1 < too_many {
        let middle = least.midpoint(too_many);
        let tried = around(line, &short, middle, ellipsis);
        if fits(&tried, &short, room) {
            (least, best) = (middle, tried);
        } else {
            too_many = middle;
        }
    }
    best
}

/// Whether a line and the texts of its labels stand within some columns.
fn fits((line, places): &(String, Vec<(usize, usize)>), marks: &[Mark], room: usize) -> bool {
    let label = |((start, len), mark): (&(usize, usize), &Mark)| {
        let middle = columns(&line[..*start]) + columns(&line[*start..start + len]) / 2;
        mark.text == 0 || middle + HANDLE + mark.text <= room
    };
    columns(line) <= room && places.iter().zip(marks).all(label)
}

/// What stands within so many columns of the marks, with an ellipsis for each part that is left out.
fn around(line: &str, marks: &[Mark], columns: usize, ellipsis: &str) -> (String, Vec<(usize, usize)>) {
    let mut parts: Vec<(usize, usize)> =
        marks.iter().map(|mark| (backward(line, mark.start, columns), forward(line, mark.end, columns))).collect();
    parts.sort_unstable();
    let mut kept: Vec<(usize, usize)> = Vec::new();
    for (from, to) in parts {
        match kept.last_mut() {
            // An ellipsis is no shorter than what it would stand for.
            Some((_, end)) if from <= *end + ellipsis.len() => *end = to.max(*end),
            _ => kept.push((from, to)),
        }
    }
    let mut text = String::new();
    let mut moved = Vec::new();
    for (from, to) in &kept {
        if *from > 0 {
            text.push_str(ellipsis);
        }
        moved.push(text.len());
        text.push_str(&line[*from..*to]);
    }
    if kept.last().is_some_and(|(_, to)| *to < line.len()) {
        text.push_str(ellipsis);
    }
    let place = |mark: &Mark| {
        let at = kept.iter().rposition(|(from, _)| *from <= mark.start).unwrap_or_default();
        (moved[at] + mark.start - kept[at].0, mark.end - mark.start)
    };
    let places = marks.iter().map(place).collect();
    (text, places)
}

/// The place so many columns after another, or the end of the line.
fn forward(line: &str, from: usize, most: usize) -> usize {
    let mut left = most;
    for (at, c) in line[from..].char_indices() {
        match left.checked_sub(width(c)) {
            Some(rest) => left = rest,
            None => return from + at,
        }
    }
    line.len()
}

/// The place so many columns before another, or the start of the line.
fn backward(line: &str, to: usize, most: usize) -> usize {
    let mut left = most;
    for (at, c) in line[..to].char_indices().rev() {
        match left.checked_sub(width(c)) {
            Some(rest) => left = rest,
            None => return at + c.len_utf8(),
        }
    }
    0
}

fn columns(text: &str) -> usize {
    text.chars().map(width).sum()
}

fn width(c: char) -> usize {
    if c == '\t' { TAB } else { display_width(c.encode_utf8(&mut [0; 4])) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clipped(line: &str, marked: &[(&str, usize)], room: usize) -> (String, Vec<String>) {
        let mark = |(what, text): &(&str, usize)| {
            let start = line.find(what).unwrap();
            Mark { start, end: start + what.len(), text: *text }
        };
        let marks: Vec<Mark> = marked.iter().map(mark).collect();
        let (text, places) = clip(line, &marks, room, "\u{2026}");
        let marked = places.iter().map(|(start, len)| text[*start..start + len].to_owned()).collect();
        (text, marked)
    }

    const LINE: &str = "  { id = 'A-1', title = 'pl\u{e4}tze', cost = { 2026 = 10, 2027 = 200 } },";

    #[test]
    fn what_fits_is_drawn_whole() {
        assert_eq!(clipped(LINE, &[("10", 4)], 80), (LINE.to_owned(), vec!["10".to_owned()]));
    }

    #[test]
    fn what_does_not_fit_is_left_out_away_from_the_marks() {
        let (text, marked) = clipped(LINE, &[("10", 4)], 30);
        assert_eq!((columns(&text) <= 30, marked), (true, vec!["10".to_owned()]), "{text}");
        let (text, marked) = clipped(LINE, &[("A-1", 0), ("200", 0)], 30);
        assert_eq!(marked, ["A-1", "200"], "{text}");
        assert!(columns(&text) <= 30 && text.matches('\u{2026}').count() == 2, "{text}");
    }

    #[test]
    fn the_text_of_a_label_stands_within_as_well() {
        let (text, _) = clipped(LINE, &[("200", 20)], 30);
        assert!(columns(&text[..text.find("200").unwrap()]) + 1 + HANDLE + 20 <= 30, "{text}");
    }

    #[test]
    fn wherever_the_marks_are_it_ends_and_marks_what_was_marked() {
        let line = "a\tb\u{4e00}\u{4e8c}cde".repeat(60);
        let bounds: Vec<usize> = line.char_indices().map(|(at, _)| at).chain([line.len()]).collect();
        let mut random = fastrand::Rng::with_seed(1);
        for _ in 0..500 {
            let mark = |random: &mut fastrand::Rng| {
                let start = random.usize(..bounds.len());
                let end = (start + random.usize(..6)).min(bounds.len() - 1);
                Mark { start: bounds[start], end: bounds[end], text: random.usize(..12) }
            };
            let marks: Vec<Mark> = (0..random.usize(1..4)).map(|_| mark(&mut random)).collect();
            let (text, places) = clip(&line, &marks, 60, "...");
            assert!(columns(&text) <= 60, "{text}");
            for ((start, len), mark) in places.iter().zip(&marks) {
                assert_eq!(&text[*start..start + len], &line[mark.start..mark.end]);
            }
        }
    }
}
