//! A case as lines that marks are put on and taken from, and all else left to the byte.
//!
//! It decides no more than where a mark finds room; which marks there are is decided by [`update`](super::update).

use crate::plan::Comments;
use crate::rules::cases::{mark_in, says_checks};
use crate::rules::{Case, CheckCounts};
use crate::source::SourceText;

/// Longest line to which a mark is added, in characters; beyond it the mark goes below.
const WIDEST: usize = 120;

/// A text as lines that marks are put on and taken from.
pub(super) struct Lines {
    /// A byte-order mark, where there is one: it stays what the file begins with.
    begin: &'static str,
    lines: Vec<Line>,
    ending: &'static str,
}

struct Line {
    /// Its number in the old text; 0 for a new one.
    number: u32,
    /// What stands before its mark, spaces and all.
    content: String,
    mark: Option<PutMark>,
    ending: String,
    /// Whether it ends inside a text of several lines, where no comment can stand.
    in_text: bool,
}

struct PutMark {
    /// The number in the old text of the line it points to.
    target: u32,
    /// What stands after `#~` and the carets.
    rest: String,
}

impl Line {
    fn new(content: String, ending: &str) -> Self {
        Self { number: 0, content, mark: None, ending: ending.to_owned(), in_text: false }
    }

    fn is_only_mark(&self) -> bool {
        self.mark.is_some() && self.content.trim().is_empty()
    }

    /// Whether a mark of this length can stand at its end.
    fn has_room(&self, length: usize) -> bool {
        let content = self.content.trim();
        let plain = !content.is_empty() && !content.starts_with('#');
        plain && self.mark.is_none() && !self.in_text && self.content.chars().count() + length <= WIDEST
    }
}

impl Lines {
    /// The lines of a case with those of its marks that are kept, each by where it stands and where it points to.
    pub(super) fn read(case: &Case, kept: &[(u32, u32)]) -> Self {
        let bare = case.text().strip_prefix('\u{feff}');
        let (begin, text) = bare.map_or(("", case.text()), |text| ("\u{feff}", text));
        let source = SourceText::new("case", text);
        let comments = Comments::of(text);
        let crlf = text.find('\n').is_some_and(|at| text[..at].ends_with('\r'));
        let mut lines = Vec::new();
        let mut offset = 0;
        for (number, whole) in (1_u32..).zip(text.split_inclusive('\n')) {
            let content = whole.trim_end_matches('\n').trim_end_matches('\r');
            let end = offset + u32::try_from(content.len()).unwrap_or(u32::MAX);
            let mut line = Line::new(content.to_owned(), &whole[content.len()..]);
            line.number = number;
            line.in_text = comments.in_text(end);
            let comment = comments.spans.iter().find(|span| span.start >= offset && span.start <= end);
            let site = comment.and_then(|span| {
                let (before, after) = mark_in(source.slice(*span).trim_end())?;
                Some(((span.start - offset) as usize + before.len(), after.trim_start_matches('^').to_owned()))
            });
            offset += u32::try_from(whole.len()).unwrap_or(u32::MAX);
            if let Some((at, rest)) = site {
                line.content.truncate(at);
                let target = kept.iter().find(|(stands, _)| *stands == number).map(|(_, target)| *target);
                line.mark = target.map(|target| PutMark { target, rest });
                if line.mark.is_none() {
                    line.content.truncate(line.content.trim_end().len());
                    if line.content.is_empty() {
                        continue;
                    }
                }
            }
            lines.push(line);
        }
        Self { begin, lines, ending: if crlf { "\r\n" } else { "\n" } }
    }

    /// Says how the checks end, in place of what says so, or on the first line where nothing does and something must.
    pub(super) fn put_counts(&mut self, counts: CheckCounts, must: bool) {
        let text = format!("# checks: {counts}");
        let says = |line: &Line| line.mark.is_none() && !line.in_text && says_checks(&line.content);
        match self.lines.iter().position(says) {
            Some(first) => {
                self.lines[first].content = text;
                let mut at = first + 1;
                while at < self.lines.len() {
                    if says(&self.lines[at]) {
                        self.lines.remove(at);
                    } else {
                        at += 1;
                    }
                }
            }
            None if must => {
                let schema = self.lines.first().is_some_and(|line| line.content.starts_with("#:schema"));
                self.end_line(usize::from(schema));
                self.lines.insert(usize::from(schema), Line::new(text, self.ending));
            }
            None => {}
        }
    }

    /// Marks a line of the old text: at its end where there is room, else below the first line whose end takes a comment.
    pub(super) fn put_mark(&mut self, target: u32, rest: String) {
        let host = self.lines.iter().position(|line| line.number >= target).unwrap_or(self.lines.len());
        if let Some(line) = self.lines.get_mut(host).filter(|line| line.has_room(rest.chars().count() + 4)) {
            line.content.truncate(line.content.trim_end().len());
            line.content.push_str("  ");
            line.mark = Some(PutMark { target, rest });
            return;
        }
        let indent = self.lines.get(host).map_or("", |line| {
            let rest = line.content.trim_start_matches([' ', '\t']);
            &line.content[..line.content.len() - rest.len()]
        });
        let mut new = Line::new(indent.to_owned(), self.ending);
        new.mark = Some(PutMark { target, rest });
        let mut at = host;
        while self.lines.get(at).is_some_and(|line| line.in_text) {
            at += 1;
        }
        at = (at + 1).min(self.lines.len());
        while self.lines.get(at).is_some_and(Line::is_only_mark) {
            at += 1;
        }
        self.end_line(at);
        self.lines.insert(at, new);
    }

    /// Ends the line before a new one, where the text does not.
    fn end_line(&mut self, before: usize) {
        let last = before.checked_sub(1).and_then(|at| self.lines.get_mut(at));
        if let Some(last) = last.filter(|last| last.ending.is_empty()) {
            last.ending = self.ending.to_owned();
        }
    }

    pub(super) fn write(&self) -> String {
        let place = |target: u32| self.lines.iter().position(|line| line.number >= target).unwrap_or_default();
        let mut text = self.begin.to_owned();
        for (at, line) in self.lines.iter().enumerate() {
            text.push_str(&line.content);
            if let Some(mark) = &line.mark {
                let carets = at.saturating_sub(place(mark.target));
                text.push_str("#~");
                text.extend(std::iter::repeat_n('^', carets));
                text.push_str(&mark.rest);
            }
            text.push_str(&line.ending);
        }
        text
    }
}
