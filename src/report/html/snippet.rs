//! The plan's own lines, with what is to be seen in them marked, and said beneath.
//!
//! Few lines are shown; the rest is counted. Of a very long line only what stands near a mark is shown.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use maud::{Markup, html};

use super::parts::{SHORT, cut};
use super::wording::Words;
use crate::finding::{Finding, Run};
use crate::source::{Place, SourceText};

/// Labels that are drawn for one finding besides its own place.
const MOST_LABELS: usize = 8;

/// Characters of a line that is shown whole.
const WHOLE: usize = 160;

/// Characters that are kept on both sides of a mark in a longer line.
const NEAR: usize = 50;

/// Characters of a mark that are kept.
const LONGEST: usize = 120;

/// What is marked in a line.
struct Mark<'f> {
    range: Range<usize>,
    says: Cow<'f, str>,
    own: bool,
}

/// The marks of one file, by line.
type Lines<'f> = BTreeMap<u32, Vec<Mark<'f>>>;

pub(super) fn snippet(finding: &Finding, run: &Run, w: &Words<'_>) -> Markup {
    let mut files: BTreeMap<&str, Lines<'_>> = BTreeMap::new();
    let own = (&*finding.file, finding.span, Cow::Borrowed(""), true);
    let labels = finding.labels.iter().map(|label| {
        (
            label.file.as_deref().unwrap_or(&finding.file),
            label.span,
            Cow::Owned(w.worded(&label.message, label.said.as_ref())),
            false,
        )
    });
    for (file, span, says, own) in std::iter::once(own).chain(labels.take(MOST_LABELS)) {
        let Some(source) = run.report.sources.get(file) else { continue };
        let mark = Mark { range: range(source, span), says, own };
        files.entry(file).or_default().entry(span.start.line).or_default().push(mark);
    }
    // The finding's own file first, then the others by name.
    let mut order: Vec<&str> = files.keys().copied().collect();
    order.sort_by_key(|file| (*file != &*finding.file, *file));
    let several = order.len() > 1;
    html! {
        @for file in order {
            @if let Some(source) = run.report.sources.get(file) {
                @if several { p.place { bdi { (cut(file, SHORT, w)) } } }
                (table(source, &files[file], w))
            }
        }
        @if finding.labels.len() > MOST_LABELS {
            p.more { (w.counted("places-left", finding.labels.len() - MOST_LABELS)) }
        }
    }
}

fn table(source: &SourceText, lines: &Lines<'_>, w: &Words<'_>) -> Markup {
    let mut last = None;
    html! {
        div.lines tabindex="0" role="group" aria-label=(w.say("lines-of-plan")) {
            @for (number, marks) in lines {
                @if last.is_some_and(|last| last + 1 < *number) { div.gap aria-hidden="true" { "\u{22ee}" } }
                @let _ = last = Some(*number);
                div.l {
                    span.n { (number) }
                    code { (line(source.line(*number), marks)) }
                    @let said = said(source.line(*number), marks);
                    @if !said.is_empty() { span.says { @for text in &said { span { (cut(text, SHORT, w)) } } } }
                }
            }
        }
    }
}

/// What a line's marks say, in the order of the line; what only repeats the figure that is marked says nothing.
fn said<'m>(line: &str, marks: &'m [Mark<'_>]) -> Vec<&'m str> {
    let bare = |text: &str| text.replace(['_', ' '], "");
    let repeats = |mark: &Mark<'_>| {
        bare(mark.says.trim_start_matches('+')) == bare(line.get(mark.range.clone()).unwrap_or_default())
    };
    let mut marks: Vec<_> = marks.iter().filter(|mark| !mark.says.is_empty() && !repeats(mark)).collect();
    marks.sort_by_key(|mark| mark.range.start);
    marks.iter().map(|mark| &*mark.says).collect()
}

/// The bytes of a mark within its first line.
fn range(source: &SourceText, place: Place) -> Range<usize> {
    let line = source.line(place.start.line);
    let line = line.trim_end_matches(['\n', '\r']);
    let from = source.offset(place.start.line, 1);
    let start = ((place.start.offset.saturating_sub(from)) as usize).min(line.len());
    let end = ((place.end.offset.saturating_sub(from)) as usize).clamp(start, line.len());
    // A place between two characters is shown at the one before or after.
    let end = if end > start { end } else { line[start..].chars().next().map_or(end, |c| start + c.len_utf8()) };
    start..end
}

/// A line with its marks; places that are not near one are left out of a long line.
fn line(text: &str, marks: &[Mark<'_>]) -> Markup {
    let text = text.trim_end_matches(['\n', '\r']);
    let long = text.chars().nth(WHOLE).is_some();
    let mut sorted: Vec<&Mark<'_>> = marks.iter().collect();
    sorted.sort_by_key(|mark| (mark.range.start, !mark.own));
    let mut parts: Vec<(&str, Option<bool>)> = Vec::new();
    let mut done = 0;
    for mark in sorted {
        // Of two marks at one place the finding's own is drawn.
        let (start, end) = (mark.range.start.max(done), mark.range.end);
        let (Some(before), Some(marked)) = (text.get(done..start), text.get(start..end)) else { continue };
        parts.extend([(before, None), (marked, Some(mark.own))]);
        done = end;
    }
    parts.push((text.get(done..).unwrap_or_default(), None));
    let last = parts.len() - 1;
    html! {
        @for (at, (part, marked)) in parts.iter().enumerate() {
            @match marked {
                None if long => (near(part, at > 0, at < last)),
                None => (part),
                Some(own) => { mark.own[*own] { (if long { shortened(part, LONGEST, 0) } else { (*part).to_owned() }) } }
            }
        }
    }
}

/// What is kept of a part between marks: its beginning where a mark stands before it, its end where one stands behind.
fn near(part: &str, after: bool, before: bool) -> String {
    let whole = if after || before { 0 } else { WHOLE };
    shortened(part, if after { NEAR } else { whole }, if before { NEAR } else { 0 })
}

/// So many characters of the beginning and of the end.
fn shortened(text: &str, first: usize, last: usize) -> String {
    let n = text.chars().count();
    if n <= first + last + 1 {
        return text.to_owned();
    }
    let head: String = text.chars().take(first).collect();
    let tail: String = text.chars().skip(n - last).collect();
    format!("{head}\u{2026}{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_line_what_stands_near_a_mark_is_shown() {
        let text = format!("{}MARK{}", "a".repeat(10_000), "b".repeat(10_000));
        let shown = line(&text, &[Mark { range: 10_000..10_004, says: "".into(), own: true }]).into_string();
        let expected =
            format!("\u{2026}{}<mark class=\"own\">MARK</mark>{}\u{2026}", "a".repeat(NEAR), "b".repeat(NEAR));
        assert_eq!(shown, expected);
    }

    #[test]
    fn marks_that_overlap_or_lie_outside_lose_no_text() {
        let marks = [
            Mark { range: 2..6, says: "".into(), own: false },
            Mark { range: 4..8, says: "".into(), own: false },
            Mark { range: 90..95, says: "".into(), own: false },
        ];
        let shown = line("abcdefghij", &marks).into_string();
        assert_eq!(shown, "ab<mark>cdef</mark><mark>gh</mark>ij");
    }
}
