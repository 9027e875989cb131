//! The lines of a file with what is to be seen in them, drawn by `miette`.
//!
//! Few labels are drawn; the rest is counted. Lines are found through the index of lines, so that a label at the end of a
//! large file costs no more than one at its start.

use std::collections::BTreeMap;
use std::io::{self, Write};

use std::sync::Arc;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use super::columns::in_line;
use super::harmless::harmless;
use super::style::Style;
use crate::finding::{Report, Severity};
use crate::source::{Place, SourceText};

/// Labels drawn for one finding besides its own place.
const MOST_LABELS: usize = 8;

/// Longest stretch of source that a label marks, and longest line that is drawn whole, in bytes.
const LONGEST: usize = 300;

/// Of a longer line, how much is drawn on either side of the label, in bytes.
const AROUND: usize = 60;

pub(super) struct Snippet<'r> {
    report: &'r Report,
    severity: Severity,
    main: Arc<str>,
    files: BTreeMap<Arc<str>, Vec<(Place, String, bool)>>,
    labels: usize,
}

impl<'r> Snippet<'r> {
    pub(super) fn new(report: &'r Report, file: &Arc<str>, place: Place, severity: Severity, text: String) -> Self {
        let files = BTreeMap::from([(Arc::clone(file), vec![(place, text, true)])]);
        Self { report, severity, main: Arc::clone(file), files, labels: 0 }
    }

    pub(super) fn label(&mut self, file: &Arc<str>, place: Place, text: &str) {
        self.labels += 1;
        if self.labels <= MOST_LABELS {
            self.files.entry(Arc::clone(file)).or_default().push((place, text.to_owned(), false));
        }
    }

    pub(super) fn write(&self, style: &Style, out: &mut impl Write) -> io::Result<()> {
        let characters = if style.options.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
        let mut styles = if style.options.color { ThemeStyles::ansi() } else { ThemeStyles::none() };
        if style.options.color {
            styles.highlights = vec![styles.highlights.first().copied().unwrap_or_default()];
        }
        let theme = GraphicalTheme { characters, styles };
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_width(style.options.width.max(40))
            .with_links(false)
            .without_cause_chain()
            .with_context_lines(0)
            .with_wrap_lines(false);
        // The finding's own file first, then the others by name.
        let mut order: Vec<&Arc<str>> = self.files.keys().collect();
        order.sort_by_key(|file| (**file != self.main, (*file).clone()));
        for file in order {
            let (Some(source), Some(labels)) = (self.report.sources.get(file), self.files.get(file)) else { continue };
            if without_mark(source.text()).is_empty() {
                writeln!(out, "  {} {}", style.dim("in"), in_line(file))?;
                continue;
            }
            let drawing = Drawing::new(source, style.shown(source), labels, self.severity);
            let mut drawn = String::new();
            if handler.render_report(&mut drawn, &drawing).is_ok() {
                let place = labels.first().map(|(place, ..)| *place).unwrap_or_default();
                write_body(&drawn, &in_line(file), place, style, out)?;
            }
        }
        if self.labels > MOST_LABELS {
            writeln!(
                out,
                "  {}",
                style.dim(&format!("and {} more figures that are not drawn", self.labels - MOST_LABELS))
            )?;
        }
        Ok(())
    }
}

/// What `miette` drew, as one frame: it draws one for each group of lines, and names the first column of the line.
fn write_body(drawn: &str, file: &str, place: Place, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let (top, bottom, gap) = if style.options.unicode { ("╭─", "╰─", "⋮") } else { (",-", "`-", ":") };
    let lines: Vec<&str> = drawn.lines().filter(|line| !line.trim().is_empty()).collect();
    let is_top = |line: &str| plain(line).trim_start().starts_with(top) && line.contains(file);
    let is_bottom = |line: &str| {
        let line = plain(line);
        let line = line.trim();
        line.starts_with(bottom) && line.chars().skip(1).all(|c| matches!(c, '─' | '-'))
    };
    // Line numbers of two and of three digits stand in one frame: what was drawn narrower moves to the right.
    let indent = |line: &str| plain(line).chars().take_while(|c| *c == ' ').count();
    let widest = lines.iter().filter(|line| is_top(line)).map(|line| indent(line)).max().unwrap_or_default();
    let mut shift = String::new();
    let mut begun = false;
    for (at, line) in lines.iter().enumerate() {
        if is_top(line) {
            shift = " ".repeat(widest - indent(line));
            let margin = " ".repeat(widest);
            if begun {
                writeln!(out, "{margin}{gap}")?;
            } else {
                let name = format!("{file}:{}:{}", place.start.line, place.start.column);
                writeln!(out, "{margin}{top}[{}]", style.strong(&name))?;
            }
            begun = true;
        } else if begun && (!is_bottom(line) || at + 1 == lines.len()) {
            writeln!(out, "{shift}{}", line.trim_end())?;
        }
    }
    Ok(())
}

/// A drawn line without its colours.
fn plain(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut escape = false;
    for c in line.chars() {
        match c {
            '\u{1b}' => escape = true,
            'm' if escape => escape = false,
            _ if escape => {}
            _ => plain.push(c),
        }
    }
    plain
}

/// One file's labels, as `miette` wants them.
#[derive(Debug)]
struct Drawing<'s> {
    code: Code<'s>,
    labels: Vec<LabeledSpan>,
    severity: Severity,
}

impl<'s> Drawing<'s> {
    fn new(
        source: &'s SourceText,
        shown: Option<Arc<str>>,
        labels: &[(Place, String, bool)],
        severity: Severity,
    ) -> Self {
        let labels = labels.iter().map(|(place, text, primary)| {
            let (start, len) = drawn_part(source, *place);
            let text = (!text.is_empty()).then(|| harmless(text));
            if *primary {
                LabeledSpan::new_primary_with_span(text, (start, len))
            } else {
                LabeledSpan::new_with_span(text, (start, len))
            }
        });
        Self { labels: labels.collect(), code: Code { source, shown }, severity }
    }
}

/// The part of a span that is drawn: its first line, and of a long line the beginning.
fn drawn_part(source: &SourceText, place: Place) -> (usize, usize) {
    let span = place.span();
    let first = source.slice(span).lines().next().unwrap_or_default();
    let start = span.start as usize + marked(source.text(), span.start);
    let first = &first[(start - span.start as usize).min(first.len())..];
    let mut len = first.len().min(LONGEST);
    while !first.is_char_boundary(len) {
        len -= 1;
    }
    if len > 0 { (start, len) } else { a_character(source, u32::try_from(start).unwrap_or(span.start)) }
}

/// The length of the byte order mark at a place: it is no part of what is drawn.
fn marked(text: &str, at: u32) -> usize {
    if at == 0 { text.len() - without_mark(text).len() } else { 0 }
}

fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// The character at an empty span, or the one before it at the end of a line: something to point at.
fn a_character(source: &SourceText, at: u32) -> (usize, usize) {
    let at = at as usize;
    let (before, after) = source.text().split_at_checked(at).unwrap_or_default();
    match (after.chars().next(), before.chars().next_back()) {
        (Some(next), _) if !next.is_control() => (at, next.len_utf8()),
        (_, Some(last)) if last != '\n' => (at - last.len_utf8(), last.len_utf8()),
        _ => (at, 0),
    }
}

impl std::fmt::Display for Drawing<'_> {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Drawing<'_> {}

impl Diagnostic for Drawing<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.code)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

/// A source text, read by lines, with its name.
#[derive(Debug)]
struct Code<'s> {
    source: &'s SourceText,
    /// The text to show instead, of the same length, where the source holds what must not reach a terminal.
    shown: Option<Arc<str>>,
}

impl SourceCode for Code<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let text = self.shown.as_deref().unwrap_or_else(|| self.source.text());
        let contents = read_lines(self.source, text, span, before, after)?;
        Ok(Box::new(contents))
    }
}

/// The surroundings of a span in a line too long to draw.
fn clipped(text: &str, span: &SourceSpan, start: usize, end: usize) -> (usize, usize) {
    let mut from = span.offset().saturating_sub(AROUND).max(start);
    let mut to = (span.offset() + span.len() + AROUND).min(end);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    while !text.is_char_boundary(to) {
        to += 1;
    }
    (from, to)
}

fn read_lines<'a>(
    source: &SourceText,
    text: &'a str,
    span: &SourceSpan,
    before: usize,
    after: usize,
) -> Result<MietteSpanContents<'a>, MietteError> {
    let narrow = |offset: usize| u32::try_from(offset).map_err(|_| MietteError::OutOfBounds);
    let first = source.position(narrow(span.offset())?).line.saturating_sub(u32::try_from(before).unwrap_or(0)).max(1);
    let last =
        source.position(narrow(span.offset() + span.len())?).line.saturating_add(u32::try_from(after).unwrap_or(0));
    let start = source.offset(first, 1);
    let start = start as usize + marked(source.text(), start);
    let end_line = source.offset(last, 1) as usize;
    let end = (end_line + source.line(last).len()).min(text.len());
    let (start, end) = if end - start > LONGEST { clipped(text, span, start, end) } else { (start, end) };
    let part = text.get(start..end).ok_or(MietteError::OutOfBounds)?;
    let lines = part.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let data = SourceSpan::from((start, part.len()));
    Ok(MietteSpanContents::new_named(in_line(source.name()), part.as_bytes(), data, first as usize - 1, 0, lines))
}
