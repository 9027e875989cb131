//! The lines of a file with what is to be seen in them, drawn by `miette`.
//!
//! Few labels are drawn; the rest is counted. Lines are found through the index of lines, so that a label at the end of a
//! large file costs no more than one at its start.

use std::collections::BTreeMap;
use std::io::{self, Write};

use std::sync::Arc;

use textwrap::core::display_width;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use super::clip::{Mark, clip};
use super::columns::in_line;
use super::harmless::harmless;
use super::style::Style;
use crate::finding::{Report, Severity};
use crate::source::{Place, SourceText};

/// Labels drawn for one finding besides its own place.
const MOST_LABELS: usize = 8;

/// Longest stretch of source that a label marks, in bytes.
const LONGEST: usize = 300;

/// Columns before a line besides the digits of its number.
const MARGIN: usize = 4;

/// The least room for a line, however narrow the terminal.
const LEAST: usize = 24;

/// A place, what is written beside it, and whether it is the finding's own.
type Label = (Place, String, bool);

pub(super) struct Snippet<'r> {
    report: &'r Report,
    severity: Severity,
    main: Arc<str>,
    files: BTreeMap<Arc<str>, Vec<Label>>,
    labels: usize,
}

impl<'r> Snippet<'r> {
    pub(super) fn new(report: &'r Report, file: &Arc<str>, place: Place, severity: Severity, text: String) -> Self {
        let files = BTreeMap::from([(Arc::clone(file), vec![(place, text, true)])]);
        Self { report, severity, main: Arc::clone(file), files, labels: 0 }
    }

    pub(super) fn label(&mut self, file: &Arc<str>, place: Place, text: String) {
        self.labels += 1;
        if self.labels <= MOST_LABELS {
            self.files.entry(Arc::clone(file)).or_default().push((place, text, false));
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
                writeln!(out, "  {} {}", style.dim(&style.words().text("in-file")), in_line(file))?;
                continue;
            }
            let shown = style.shown(source);
            let text = shown.as_deref().unwrap_or_else(|| source.text());
            let drawing = Drawing::new(source, text, labels, self.severity, style);
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
                style.dim(&style.words().with("more-not-drawn", &[("count", (self.labels - MOST_LABELS).into())]))
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
struct Drawing {
    code: Code,
    labels: Vec<LabeledSpan>,
    severity: Severity,
}

impl Drawing {
    /// Of a source and the text to show of it, which has the same length.
    fn new(source: &SourceText, text: &str, labels: &[Label], severity: Severity, style: &Style) -> Self {
        let mut lines: BTreeMap<u32, Vec<(Mark, &Label)>> = BTreeMap::new();
        for label in labels {
            let (start, len) = drawn_part(source, label.0);
            let line = source.position(u32::try_from(start).unwrap_or(u32::MAX)).line;
            let text = if label.1.is_empty() { 0 } else { display_width(&label.1) };
            lines.entry(line).or_default().push((Mark { start, end: start + len, text }, label));
        }
        let digits = lines.keys().next_back().map_or(1, |line| line.to_string().len());
        let room = style.options.width.saturating_sub(digits + MARGIN).max(LEAST);
        let ellipsis = if style.options.unicode { "\u{2026}" } else { "..." };
        let mut code = Code { name: in_line(source.name()), text: String::new(), lines: Vec::new() };
        let mut drawn = Vec::new();
        for (number, labels) in lines {
            let start = source.offset(number, 1);
            let end = (start as usize + source.line(number).len()).min(text.len());
            let start = start as usize + marked(source.text(), start);
            let whole = text.get(start..end.max(start)).unwrap_or_default();
            let marks = labels.iter().map(|(mark, _)| mark.within(start, whole)).collect::<Vec<_>>();
            let (line, places) = clip(whole, &marks, room, ellipsis);
            let offset = code.add(number, &line);
            drawn.extend(places.into_iter().zip(labels).map(|((start, len), (_, label))| {
                let text = (!label.1.is_empty()).then(|| harmless(&label.1));
                let span = (offset + start, len);
                if label.2 {
                    LabeledSpan::new_primary_with_span(text, span)
                } else {
                    LabeledSpan::new_with_span(text, span)
                }
            }));
        }
        Self { labels: drawn, code, severity }
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

impl std::fmt::Display for Drawing {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Drawing {}

impl Diagnostic for Drawing {
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

/// The lines of a source that have labels, as they are drawn, with their numbers.
#[derive(Debug)]
struct Code {
    name: String,
    text: String,
    /// The number of each line, and where it begins in the text.
    lines: Vec<(u32, usize)>,
}

impl Code {
    /// Adds a line; where it begins.
    fn add(&mut self, number: u32, line: &str) -> usize {
        if !self.lines.is_empty() {
            self.text.push('\n');
        }
        self.lines.push((number, self.text.len()));
        self.text.push_str(line);
        self.text.len() - line.len()
    }
}

impl SourceCode for Code {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let line_at = |offset: usize| self.lines.iter().rposition(|(_, start)| *start <= offset);
        let (Some(first), Some(last)) = (line_at(span.offset()), line_at(span.offset() + span.len())) else {
            return Err(MietteError::OutOfBounds);
        };
        let (number, start) = self.lines[first];
        let end = self.lines.get(last + 1).map_or(self.text.len(), |(_, next)| next - 1);
        let part = self.text.get(start..end).ok_or(MietteError::OutOfBounds)?;
        let data = SourceSpan::from((start, part.len()));
        let line = number as usize - 1;
        let count = last - first + 1;
        Ok(Box::new(MietteSpanContents::new_named(self.name.clone(), part.as_bytes(), data, line, 0, count)))
    }
}
