//! A page of Markdown for a terminal: paragraphs, headings, lists, code, tables, emphasis, links.
//!
//! Markdown in, lines out; it knows nothing of what the page is about. Without colour the marks that carry meaning stay
//! readable: code keeps its backquotes, headings are underlined.

use std::io::{self, Write};

use owo_colors::OwoColorize as _;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::TextOptions;
use super::columns::{Cell, in_line, lines, wrap};
use super::style::Style;

/// Lists and quotations in one another that are indented; deeper ones stand at the same depth.
const DEEPEST: usize = 12;

/// The least width of a paragraph, however narrow the terminal.
const LEAST: usize = 20;

/// Writes a page of Markdown for a terminal.
///
/// # Errors
/// When `out` refuses a write.
///
/// ```
/// use crossfoot::report::{TextOptions, page};
///
/// let mut out = Vec::new();
/// page("# Totals\n\nA *stated* total:\n\n- `total`\n- the sum\n", &TextOptions::default(), &mut out)?;
/// assert_eq!(String::from_utf8_lossy(&out), "Totals\n======\n\nA stated total:\n\n- `total`\n- the sum\n");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn page(markdown: &str, options: &TextOptions, out: &mut impl Write) -> io::Result<()> {
    let style = Style::new(*options);
    let mut reader = Reader { events: Parser::new_ext(markdown, Options::ENABLE_TABLES), style: &style };
    for line in reader.blocks(None, options.width.max(LEAST), 0).lines() {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

struct Reader<'p> {
    events: Parser<'p>,
    style: &'p Style,
}

/// What stands in a container, and whether blank lines stand between.
struct Blocks {
    blocks: Vec<Vec<String>>,
    apart: bool,
}

impl Blocks {
    fn lines(&self) -> Vec<String> {
        if self.apart { self.blocks.join(&String::new()) } else { self.blocks.concat() }
    }
}

/// A paragraph that is being read.
#[derive(Default)]
struct Inline {
    text: String,
    strong: usize,
    emphasis: usize,
    /// Where each open link leads, and where its text begins.
    links: Vec<(String, usize)>,
}

impl Reader<'_> {
    /// Everything up to the end of a container.
    fn blocks(&mut self, until: Option<TagEnd>, width: usize, depth: usize) -> Blocks {
        let mut blocks: Vec<Vec<String>> = Vec::new();
        let mut apart = until != Some(TagEnd::Item);
        let mut inline = Inline::default();
        let mut tight = false;
        // Containers that are too deep are read as if their marks were not there.
        let mut passed = 0_usize;
        while let Some(event) = self.events.next() {
            if self.inline(&event, &mut inline) {
                continue;
            }
            flush(&mut inline, &mut blocks, width);
            match event {
                Event::End(end) if passed > 0 && is_container(end) => passed -= 1,
                Event::End(end) if Some(end) == until => break,
                Event::Start(Tag::Heading { level, .. }) => blocks.push(self.heading(level, width)),
                Event::Start(Tag::CodeBlock(kind)) => blocks.push(self.code(&kind)),
                Event::Start(Tag::Table(_)) => blocks.push(self.table(width)),
                Event::Start(Tag::BlockQuote(_) | Tag::List(_) | Tag::Item) if depth >= DEEPEST => passed += 1,
                Event::Start(Tag::BlockQuote(kind)) => {
                    let bar = if self.style.options.unicode { "\u{2502} " } else { "| " };
                    let inner = self.blocks(Some(TagEnd::BlockQuote(kind)), narrower(width, 2), depth + 1).lines();
                    blocks.push(inner.iter().map(|line| format!("{}{line}", self.style.dim(bar))).collect());
                }
                // In a list whose items stand apart every text is a paragraph.
                Event::Start(Tag::Paragraph) => apart = true,
                Event::Start(Tag::List(first)) => blocks.push(self.list(first, width, depth)),
                Event::Rule => {
                    let line = if self.style.options.unicode { "\u{2500}" } else { "-" };
                    blocks.push(vec![self.style.dim(&line.repeat(width.min(40)))]);
                }
                Event::Html(html) => {
                    // A block of HTML comes line by line; it is shown, never interpreted.
                    let text = in_line(html.trim_end());
                    match blocks.last_mut().filter(|_| tight) {
                        Some(last) => last.push(text),
                        None => blocks.push(vec![text]),
                    }
                    tight = true;
                    continue;
                }
                _ => {}
            }
            tight = false;
        }
        flush(&mut inline, &mut blocks, width);
        Blocks { blocks, apart }
    }

    /// Reads what stands within a paragraph; whether the event was such a thing.
    fn inline(&self, event: &Event<'_>, to: &mut Inline) -> bool {
        match event {
            Event::Text(text) => self.add(text, to),
            Event::Code(code) | Event::InlineMath(code) | Event::DisplayMath(code) => {
                let code = in_line(code);
                let code = if self.style.options.color {
                    by_word(&code, |word| word.cyan().to_string())
                } else {
                    format!("`{code}`")
                };
                to.text.push_str(&code);
            }
            Event::InlineHtml(html) => self.add(html, to),
            Event::SoftBreak => to.text.push(' '),
            Event::HardBreak => to.text.push('\n'),
            Event::Start(Tag::Strong) => to.strong += 1,
            Event::End(TagEnd::Strong) => to.strong = to.strong.saturating_sub(1),
            Event::Start(Tag::Emphasis) => to.emphasis += 1,
            Event::End(TagEnd::Emphasis) => to.emphasis = to.emphasis.saturating_sub(1),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                to.links.push((in_line(dest_url), to.text.len()));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                let Some((url, start)) = to.links.pop() else { return true };
                // A path within the documentation leads nowhere from a terminal.
                if url.contains("://") && to.text.get(start..) != Some(url.as_str()) {
                    to.text.push_str(&format!(" ({})", self.style.dim(&url)));
                }
            }
            _ => return false,
        }
        true
    }

    fn add(&self, text: &str, to: &mut Inline) {
        let text = in_line(text);
        let styled = match (self.style.options.color, to.strong > 0, to.emphasis > 0) {
            (true, true, _) => by_word(&text, |word| word.bold().to_string()),
            (true, false, true) => by_word(&text, |word| word.italic().to_string()),
            _ => text,
        };
        to.text.push_str(&styled);
    }

    /// The text of everything up to an end, as one paragraph.
    fn one(&mut self, until: TagEnd) -> String {
        let mut inline = Inline::default();
        while let Some(event) = self.events.next() {
            if event == Event::End(until) {
                break;
            }
            self.inline(&event, &mut inline);
        }
        inline.text
    }

    fn heading(&mut self, level: HeadingLevel, width: usize) -> Vec<String> {
        let text = self.one(TagEnd::Heading(level));
        let mut shown: Vec<String> = wrap(&text, width);
        let longest = shown.iter().map(|line| textwrap::core::display_width(line)).max().unwrap_or_default();
        if self.style.options.color {
            let styled = |line: &String| match level {
                HeadingLevel::H1 => line.bold().underline().to_string(),
                _ => line.bold().to_string(),
            };
            return shown.iter().map(styled).collect();
        }
        match level {
            HeadingLevel::H1 => shown.push("=".repeat(longest)),
            HeadingLevel::H2 => shown.push("-".repeat(longest)),
            _ => {}
        }
        shown
    }

    /// A block of code, indented and never wrapped: where its lines end means something.
    fn code(&mut self, _: &CodeBlockKind<'_>) -> Vec<String> {
        let text = self.raw(TagEnd::CodeBlock);
        let line = |line: &str| match in_line(&line.replace('\t', "    ")) {
            line if line.trim().is_empty() => String::new(),
            line if self.style.options.color => format!("    {}", line.cyan()),
            line => format!("    {line}"),
        };
        text.lines().map(line).collect()
    }

    fn raw(&mut self, until: TagEnd) -> String {
        let mut text = String::new();
        for event in self.events.by_ref() {
            match event {
                Event::End(end) if end == until => break,
                Event::Text(part) => text.push_str(&part),
                _ => {}
            }
        }
        text
    }

    fn list(&mut self, first: Option<u64>, width: usize, depth: usize) -> Vec<String> {
        let mut items: Vec<Vec<String>> = Vec::new();
        let mut apart = false;
        let mut number = first;
        while let Some(event) = self.events.next() {
            match event {
                Event::End(TagEnd::List(_)) => break,
                Event::Start(Tag::Item) => {
                    let mark = number.map_or_else(|| "- ".to_owned(), |n| format!("{n}. "));
                    number = number.map(|n| n.saturating_add(1));
                    let inner = self.blocks(Some(TagEnd::Item), narrower(width, mark.len()), depth + 1);
                    apart |= inner.apart;
                    items.push(hanging(&mark, &inner.lines()));
                }
                _ => {}
            }
        }
        if apart { items.join(&String::new()) } else { items.concat() }
    }

    fn table(&mut self, width: usize) -> Vec<String> {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        let mut head = 0;
        while let Some(event) = self.events.next() {
            match event {
                Event::End(TagEnd::Table) => break,
                Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
                Event::End(TagEnd::TableHead) => head = rows.len(),
                Event::Start(Tag::TableCell) => {
                    let text = self.one(TagEnd::TableCell);
                    let text = if head == 0 && self.style.options.color {
                        by_word(&text, |w| w.bold().to_string())
                    } else {
                        text
                    };
                    if let Some(row) = rows.last_mut() {
                        row.push(Cell::ready(text));
                    }
                }
                _ => {}
            }
        }
        let mut shown = lines(&rows, self.style, width);
        let longest = shown.iter().map(|line| textwrap::core::display_width(line)).max().unwrap_or_default();
        let line = if self.style.options.unicode { "\u{2500}" } else { "-" };
        let heads = lines(rows.get(..head).unwrap_or_default(), self.style, width).len();
        if head > 0 {
            shown.insert(heads.min(shown.len()), self.style.dim(&line.repeat(longest)));
        }
        shown
    }
}

fn is_container(end: TagEnd) -> bool {
    matches!(end, TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item)
}

fn narrower(width: usize, by: usize) -> usize {
    width.saturating_sub(by).max(LEAST)
}

/// Ends the paragraph that is being read, if there is one.
fn flush(inline: &mut Inline, blocks: &mut Vec<Vec<String>>, width: usize) {
    if !inline.text.trim().is_empty() {
        blocks.push(wrap(inline.text.trim(), width));
    }
    inline.text.clear();
}

/// Lines under a mark that stands before the first.
fn hanging(mark: &str, lines: &[String]) -> Vec<String> {
    let indent = " ".repeat(mark.len());
    let line = |(at, line): (usize, &String)| match (at, line.is_empty()) {
        (0, _) => format!("{mark}{line}"),
        (_, true) => String::new(),
        _ => format!("{indent}{line}"),
    };
    if lines.is_empty() { vec![mark.trim_end().to_owned()] } else { lines.iter().enumerate().map(line).collect() }
}

/// Styles word by word, so that a line break within never carries a style into the margin.
fn by_word(text: &str, style: impl Fn(&str) -> String) -> String {
    let word = |word: &str| if word.is_empty() { String::new() } else { style(word) };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}
