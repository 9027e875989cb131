//! Colours and line widths of the terminal report, decided once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;

use owo_colors::OwoColorize as _;
use textwrap::core::display_width;

use super::TextOptions;
use super::harmless::{harmless, is_harmful};
use crate::finding::Severity;
use crate::source::SourceText;
use crate::words::Words;

/// The least width that is written for, however narrow the terminal.
const LEAST: usize = 40;

pub(crate) struct Style {
    pub(crate) options: TextOptions,
    /// Harmless copies of sources that need one, by name; each source is searched once.
    shown: RefCell<HashMap<String, Option<Arc<str>>>>,
}

impl Style {
    pub(crate) fn new(options: TextOptions) -> Self {
        Self { options, shown: RefCell::default() }
    }

    /// The words of the language that is written in.
    pub(crate) fn words(&self) -> &'static Words {
        Words::of(self.options.lang)
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
        let options = self.wrapping().initial_indent(&first).subsequent_indent(&then);
        writeln!(out, "{}", textwrap::fill(text, options))
    }

    /// Writes what a finding says: a word, plain and styled, what it is about, and the message, which goes on beneath where it is
    /// too long.
    pub(crate) fn write_headline(
        &self,
        out: &mut impl Write,
        (plain, styled): (&str, &str),
        subject: &str,
        message: &str,
    ) -> io::Result<()> {
        let subject = harmless(subject);
        let message = harmless(message);
        let lead = display_width(plain) + display_width(&subject) + 1;
        let first = message.split(' ').next().map_or(0, display_width);
        // A first word that does not fit stands beneath.
        let lead = if lead + first <= self.options.width.max(LEAST) { lead } else { 0 };
        let indent = " ".repeat(if lead > 0 { lead } else { 2 });
        let filled = textwrap::fill(&message, self.wrapping().initial_indent(&indent).subsequent_indent("  "));
        let mut lines = filled.lines().map(str::trim_start);
        let beside = if lead > 0 { lines.next().unwrap_or_default() } else { "" };
        writeln!(out, "{}", format!("{styled}{} {}", self.dim(&subject), self.strong(beside)).trim_end())?;
        lines.try_for_each(|line| writeln!(out, "  {}", self.strong(line)))
    }

    /// Writes a path under a label; one that is too long goes on beneath, broken before the name of a part.
    pub(crate) fn write_path(&self, out: &mut impl Write, label: &str, path: &str) -> io::Result<()> {
        let path = harmless(path);
        let indent = display_width(label) + 3;
        let room = self.options.width.max(LEAST).saturating_sub(indent).max(1);
        let mut lines = vec![String::new()];
        for part in parts(&path) {
            match lines.last_mut() {
                Some(line) if line.is_empty() || display_width(line) + display_width(part) <= room => {
                    line.push_str(part)
                }
                _ => lines.push(part.to_owned()),
            }
        }
        writeln!(out, "  {} {}", self.dim(label), lines[0])?;
        lines[1..].iter().try_for_each(|line| writeln!(out, "{}{line}", " ".repeat(indent)))
    }

    fn wrapping(&self) -> textwrap::Options<'static> {
        textwrap::Options::new(self.options.width.max(LEAST))
            .break_words(false)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
    }

    /// Writes a labelled paragraph, wrapped to the terminal's width and indented under its label.
    pub(crate) fn write_wrapped(&self, out: &mut impl Write, label: &str, text: &str) -> io::Result<()> {
        let label = self.words().with("label", &[("label", label.into())]);
        let indent = " ".repeat(display_width(&label) + 3);
        let options = self.wrapping().initial_indent(&indent).subsequent_indent(&indent);
        let wrapped = textwrap::fill(&harmless(text), options);
        writeln!(out, "  {}{}", self.dim(&label), &wrapped[indent.len() - 1..])
    }
}

/// A path in parts: each begins with its point. What stands in brackets is one, and may hold points of its own.
fn parts(path: &str) -> Vec<&str> {
    let (mut parts, mut from, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, c) in path.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            '.' | ' ' if depth == 0 && at > from => {
                parts.push(&path[from..at]);
                from = at;
            }
            _ => {}
        }
    }
    parts.push(&path[from..]);
    parts
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
