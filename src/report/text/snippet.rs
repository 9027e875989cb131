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

use super::style::{Style, harmless, is_harmful};
use crate::finding::{Report, Severity};
use crate::source::{Place, SourceText};

/// Labels drawn for one finding besides its own place.
const MOST_LABELS: usize = 8;

/// A label longer than this many characters of source is drawn on its first line only.
const LONGEST: usize = 400;

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
            let Some(source) = self.report.sources.get(file) else { continue };
            let Some(labels) = self.files.get(file) else { continue };
            if source.text().is_empty() {
                writeln!(out, "  {} {file}", style.dim("in"))?;
                continue;
            }
            let drawing = Drawing::new(source, labels, self.severity);
            let mut drawn = String::new();
            if handler.render_report(&mut drawn, &drawing).is_ok() {
                write_body(&drawn, out)?;
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

/// What `miette` drew, without the empty header that stands above it.
fn write_body(drawn: &str, out: &mut impl Write) -> io::Result<()> {
    let lines = drawn.lines().skip_while(|line| !line.contains('[') && !line.contains(",-"));
    for line in lines.filter(|line| !line.trim().is_empty()) {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// One file's labels, as `miette` wants them.
#[derive(Debug)]
struct Drawing<'s> {
    code: Code<'s>,
    labels: Vec<LabeledSpan>,
    severity: Severity,
}

impl<'s> Drawing<'s> {
    fn new(source: &'s SourceText, labels: &[(Place, String, bool)], severity: Severity) -> Self {
        let labels = labels.iter().map(|(place, text, primary)| {
            let (start, len) = drawn_part(source, *place);
            let text = (!text.is_empty()).then(|| harmless(text));
            if *primary {
                LabeledSpan::new_primary_with_span(text, (start, len))
            } else {
                LabeledSpan::new_with_span(text, (start, len))
            }
        });
        Self { labels: labels.collect(), code: Code { source }, severity }
    }
}

/// The part of a span that is drawn: its first line, where it is long.
fn drawn_part(source: &SourceText, place: Place) -> (usize, usize) {
    let span = place.span();
    let text = source.slice(span);
    let first = text.lines().next().unwrap_or_default();
    let len = if text.len() > LONGEST || place.start.line != place.end.line { first.len() } else { text.len() };
    (span.start as usize, len)
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
}

impl SourceCode for Code<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let contents = read_lines(self.source, span, before, after)?;
        Ok(Box::new(contents))
    }
}

fn read_lines<'a>(
    source: &'a SourceText,
    span: &SourceSpan,
    before: usize,
    after: usize,
) -> Result<MietteSpanContents<'a>, MietteError> {
    let text = source.text();
    let narrow = |offset: usize| u32::try_from(offset).map_err(|_| MietteError::OutOfBounds);
    let first = source.position(narrow(span.offset())?).line.saturating_sub(u32::try_from(before).unwrap_or(0)).max(1);
    let last =
        source.position(narrow(span.offset() + span.len())?).line.saturating_add(u32::try_from(after).unwrap_or(0));
    let start = source.offset(first, 1) as usize;
    let end_line = source.offset(last, 1) as usize;
    let end = (end_line + source.line(last).len()).min(text.len());
    let part = text.get(start..end).ok_or(MietteError::OutOfBounds)?;
    let lines = part.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let data = SourceSpan::from((start, part.len()));
    Ok(MietteSpanContents::new_named(source.name().to_owned(), part.as_bytes(), data, first as usize - 1, 0, lines))
}
