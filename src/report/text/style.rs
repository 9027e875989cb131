//! Colours and line widths of the terminal report, decided once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;

use owo_colors::OwoColorize as _;

use super::TextOptions;
use super::harmless::{harmless, is_harmful};
use crate::finding::Severity;
use crate::source::SourceText;

pub(crate) struct Style {
    pub(crate) options: TextOptions,
    /// Harmless copies of sources that need one, by name; each source is searched once.
    shown: RefCell<HashMap<String, Option<Arc<str>>>>,
}

impl Style {
    pub(crate) fn new(options: TextOptions) -> Self {
        Self { options, shown: RefCell::default() }
    }

    /// What to show in place of a source, of the same length in bytes, where it holds what must not reach a terminal.
    pub(super) fn shown(&self, source: &SourceText) -> Option<Arc<str>> {
        let mut shown = self.shown.borrow_mut();
        let made = shown
            .entry(source.name().to_owned())
            .or_insert_with(|| source.text().contains(is_harmful).then(|| same_length(source.text()).into()));
        made.clone()
    }

    pub(crate) fn severity(&self, severity: Severity, text: &str) -> String {
        let text = harmless(text);
        if !self.options.color {
            return text;
        }
        match severity {
            Severity::Error => text.red().bold().to_string(),
            Severity::Warning => text.yellow().bold().to_string(),
            Severity::Info => text.cyan().bold().to_string(),
        }
    }

    pub(crate) fn strong(&self, text: &str) -> String {
        let text = harmless(text);
        if self.options.color { text.bold().to_string() } else { text }
    }

    pub(crate) fn dim(&self, text: &str) -> String {
        let text = harmless(text);
        if self.options.color { text.dimmed().to_string() } else { text }
    }

    /// Writes a line that goes on beneath itself where it is too long: indented by so many columns, and by two more from the
    /// second line on. Colours take no width; what is written must be harmless.
    pub(crate) fn write_hanging(&self, out: &mut impl Write, indent: usize, text: &str) -> io::Result<()> {
        let (first, then) = (" ".repeat(indent), " ".repeat(indent + 2));
        let options = textwrap::Options::new(self.options.width.max(40))
            .initial_indent(&first)
            .subsequent_indent(&then)
            .break_words(false)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        writeln!(out, "{}", textwrap::fill(text, options))
    }

    /// Writes a labelled paragraph, wrapped to the terminal's width and indented under its label.
    pub(crate) fn write_wrapped(&self, out: &mut impl Write, label: &str, text: &str) -> io::Result<()> {
        let indent = " ".repeat(label.len() + 4);
        let options = textwrap::Options::new(self.options.width.max(40))
            .initial_indent(&indent)
            .subsequent_indent(&indent)
            .break_words(false)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        let wrapped = textwrap::fill(&harmless(text), options);
        writeln!(out, "  {}{}", self.dim(&format!("{label}:")), &wrapped[indent.len() - 1..])
    }
}

/// A text with harmful characters replaced by as many question marks as they have bytes, so that offsets stay true.
fn same_length(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        // A line may end so.
        if is_harmful(c) && !text[at..].starts_with("\r\n") {
            shown.extend(std::iter::repeat_n('?', c.len_utf8()));
        } else {
            shown.push(c);
        }
    }
    shown
}
