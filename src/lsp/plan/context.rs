//! What is being written at a place: a key of which table, a value of which key, a header.
//!
//! The text is seldom TOML at that moment, so this reads the raw statement up to the cursor; the tree only says in which table
//! the statement stands. It knows no vocabulary.

use crate::plan::vocabulary::keys_to;
use crate::plan::{Kind, NodeRef, Plan};

/// What is being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A key.
    Key,
    /// A value, or an element of an array.
    Value,
    /// A header, from its first bracket.
    Header,
    /// Nothing that could be completed: a comment, or what stands behind a value.
    Nothing,
}

/// What is being written at a place, and where.
#[derive(Clone, Debug)]
pub(super) struct Context<'p> {
    /// What it is.
    pub what: What,
    /// The keys that lead to it: to the table that a key is written in, or to the value.
    pub keys: Vec<String>,
    /// The keys that stand in the same brackets before it.
    pub seen: Vec<String>,
    /// The innermost table or array of the tree that the place stands in; the root where there is none.
    pub within: NodeRef<'p>,
    /// Whether it stands in brackets.
    pub in_brackets: bool,
    /// Whether the key has parts before a dot.
    pub is_dotted: bool,
    /// Where the word begins; within quotation marks, behind the first.
    pub start: usize,
    /// The quotation mark that is open.
    pub quote: Option<char>,
}

/// What is being written at a byte offset.
pub(super) fn context(plan: &Plan, at: usize) -> Context<'_> {
    let text = plan.source().text();
    let at = floor(text, at);
    let last = u32::try_from(at).ok().and_then(|at| plan.last_mentioned(at.saturating_sub(1)));
    let line = text[..at].rfind('\n').map_or(0, |at| at + 1);
    let containers: Vec<NodeRef<'_>> =
        last.into_iter().flat_map(NodeRef::ancestors).filter(|n| holds(*n, at)).collect();
    let table = last.and_then(|last| last.ancestors().find(|node| node.has_header())).unwrap_or(plan.root());
    let header = text[line..at].trim_start_matches(['\u{feff}', ' ', '\t']);
    let is_header = header.starts_with('[') && containers.iter().all(|node| node.span().start as usize >= line);
    if is_header {
        let what = if header.contains(['#', '=']) || header.contains("] ") { What::Nothing } else { What::Header };
        let start = at - header.len();
        return Context {
            what,
            keys: keys_to(table).into_iter().map(ToOwned::to_owned).collect(),
            seen: Vec::new(),
            within: table,
            in_brackets: false,
            is_dotted: false,
            start,
            quote: None,
        };
    }
    let first = containers.last().map_or(line, |node| node.mention() as usize);
    let start = text[..first.min(line)].rfind('\n').map_or(0, |at| at + 1);
    let mut scan = Scan::new(keys_to(table).into_iter().map(ToOwned::to_owned).collect(), start);
    scan.read(&text[start..at]);
    scan.context(containers.first().copied().unwrap_or(table))
}

/// The last boundary of a character at an offset or before it.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Whether a place lies between the brackets of a value. One that is never closed holds the lines that are indented.
fn holds(node: NodeRef<'_>, at: usize) -> bool {
    let span = node.span().range();
    if !node.is_bracketed() || span.start >= at {
        return false;
    }
    let text = node.plan().source().text();
    let close = if node.kind() == Kind::Table { '}' } else { ']' };
    if text[span.clone()].ends_with(close) {
        return at < span.end;
    }
    let mut lines = text[span.start..at].split('\n').skip(1);
    lines.all(|line| line.trim().is_empty() || line.starts_with([' ', '\t']))
}

/// What the scanner expects next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Key,
    Value,
    After,
}

/// A bracket that is open.
struct Frame {
    is_table: bool,
    keys: Vec<String>,
    seen: Vec<String>,
}

/// Reads a statement up to the cursor.
struct Scan {
    frames: Vec<Frame>,
    /// The parts of the key that is being read.
    parts: Vec<String>,
    state: State,
    word: String,
    /// Where the word begins.
    start: usize,
    /// The quotation mark of a text that is open at the end.
    quote: Option<char>,
    in_comment: bool,
    base: usize,
}

impl Scan {
    fn new(keys: Vec<String>, base: usize) -> Self {
        let frames = vec![Frame { is_table: true, keys, seen: Vec::new() }];
        let (word, start) = (String::new(), base);
        Self { frames, parts: Vec::new(), state: State::Key, word, start, quote: None, in_comment: false, base }
    }

    fn read(&mut self, text: &str) {
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let rest = &text[at..];
            at += match c {
                '#' => self.comment(rest),
                '"' | '\'' => self.text(rest, c, at),
                _ => {
                    self.take(c, at);
                    c.len_utf8()
                }
            };
        }
        if self.quote.is_none() && self.word.is_empty() {
            self.start = self.base + text.len();
        }
    }

    fn comment(&mut self, rest: &str) -> usize {
        let end = rest.find('\n');
        self.in_comment = end.is_none();
        end.unwrap_or(rest.len())
    }

    /// A text or a key in quotation marks.
    fn text(&mut self, rest: &str, mark: char, at: usize) -> usize {
        let triple: String = [mark; 3].iter().collect();
        let close = if rest.starts_with(&triple) { triple.as_str() } else { &triple[..1] };
        let inside = &rest[close.len()..];
        let mut escaped = false;
        let end = inside.char_indices().find(|(at, c)| {
            let closes = !escaped && inside[*at..].starts_with(close);
            escaped = mark == '"' && *c == '\\' && !escaped;
            closes || (close.len() == 1 && *c == '\n')
        });
        match end {
            Some((end, c)) if c != '\n' => {
                self.end_word();
                if self.state == State::Key {
                    inside[..end].clone_into(&mut self.word);
                    self.start = self.base + at;
                } else {
                    self.state = State::After;
                }
                close.len() * 2 + end
            }
            Some((end, _)) => close.len() + end,
            None => {
                self.quote = Some(mark);
                inside.clone_into(&mut self.word);
                self.start = self.base + at + close.len();
                rest.len()
            }
        }
    }

    fn take(&mut self, c: char, at: usize) {
        let in_array = self.frames.last().is_some_and(|frame| !frame.is_table);
        match c {
            '.' if self.state == State::Key => self.end_part(),
            '=' if self.state == State::Key => {
                self.end_part();
                let key = self.parts.first().cloned();
                if let Some(frame) = self.frames.last_mut() {
                    frame.seen.extend(key);
                }
                self.state = State::Value;
            }
            '{' | '[' if self.state == State::Value => {
                let keys = self.keys();
                self.frames.push(Frame { is_table: c == '{', keys, seen: Vec::new() });
                self.parts.clear();
                self.end_word();
                self.state = if c == '{' { State::Key } else { State::Value };
            }
            '}' | ']' => {
                if self.frames.len() > 1 {
                    self.frames.pop();
                }
                self.end_word();
                self.parts.clear();
                self.state = State::After;
            }
            ',' => {
                self.end_word();
                self.parts.clear();
                self.state = if in_array { State::Value } else { State::Key };
            }
            '\n' if self.frames.len() == 1 => {
                self.end_word();
                self.parts.clear();
                self.state = State::Key;
            }
            c if c.is_whitespace() || c == '\u{feff}' => {
                if self.state == State::Value && !self.word.is_empty() {
                    self.state = State::After;
                }
                if self.state != State::Key {
                    self.end_word();
                }
            }
            c => {
                if self.word.is_empty() {
                    self.start = self.base + at;
                }
                self.word.push(c);
            }
        }
    }

    fn end_word(&mut self) {
        self.word.clear();
    }

    fn end_part(&mut self) {
        self.parts.push(std::mem::take(&mut self.word));
    }

    /// The keys that lead to the value that is being read.
    fn keys(&self) -> Vec<String> {
        let frame = self.frames.last();
        frame.into_iter().flat_map(|frame| &frame.keys).chain(&self.parts).cloned().collect()
    }

    fn context(self, within: NodeRef<'_>) -> Context<'_> {
        let what = match self.state {
            _ if self.in_comment => What::Nothing,
            State::Key => What::Key,
            State::Value => What::Value,
            State::After => What::Nothing,
        };
        Context {
            what,
            keys: self.keys(),
            within,
            in_brackets: self.frames.len() > 1,
            is_dotted: !self.parts.is_empty(),
            start: self.start,
            quote: self.quote,
            seen: self.frames.into_iter().next_back().map(|frame| frame.seen).unwrap_or_default(),
        }
    }
}
