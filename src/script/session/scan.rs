//! A look at an unfinished text: which brackets are open, and what the cursor stands in.
//!
//! No parser: what is half written cannot be parsed. It knows brackets, chains such as `a.b[c].d`, and from the tokens what is
//! text and what is comment.

use crate::script::outline::{Kind, Token, tokens};

/// What the text is at its end, at one depth of brackets.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Level {
    /// The bracket that opened it, and where; nothing at the top. Of what is put into a text, the text's mark and beginning.
    pub(crate) bracket: Option<(char, usize)>,
    /// Where the chain that is being written begins.
    pub(crate) chain: Option<usize>,
    /// Where the chain's last dot stands, when a name may follow it.
    pub(crate) dot: Option<usize>,
    /// Where the word that is being written begins.
    pub(crate) word: Option<usize>,
}

/// A text or comment that is not closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Inside {
    Code,
    /// A text between such marks, and where it begins.
    Text(char, usize),
    /// A comment up to the end of its line.
    Comment,
    /// A comment between `/*` and `*/`, and where it begins.
    Block(usize),
}

/// What a text is at its end.
#[derive(Clone, Debug)]
pub(crate) struct Scan {
    /// From the outermost to the innermost.
    pub(crate) levels: Vec<Level>,
    pub(crate) inside: Inside,
}

impl Scan {
    pub(crate) fn of(text: &str) -> Self {
        let mut scan = Self { levels: vec![Level::default()], inside: Inside::Code };
        let mut done = 0;
        for token in tokens(text) {
            let span = token.span.range();
            scan.spaces(text, done, span.start);
            done = span.end;
            scan.token(token, token.text(text));
        }
        scan.spaces(text, done, text.len());
        scan
    }

    /// What stands between two tokens: spaces, and ends of lines, which end comments and texts between quotation marks.
    fn spaces(&mut self, text: &str, from: usize, to: usize) {
        let between = text.get(from..to).unwrap_or_default();
        let ends = matches!(self.inside, Inside::Comment | Inside::Text('"' | '\'', _)) && between.contains('\n');
        if ends {
            self.inside = Inside::Code;
        }
        if self.inside == Inside::Code {
            between.char_indices().for_each(|(at, c)| self.code(from + at, c));
        }
    }

    fn token(&mut self, token: Token, text: &str) {
        let at = token.span.range().start;
        match token.kind {
            Kind::Comment { block: true, closed: true } => {}
            Kind::Comment { block: true, closed: false } => self.inside = Inside::Block(at),
            Kind::Page | Kind::Doc | Kind::Comment { .. } => self.inside = Inside::Comment,
            Kind::Text { mark, closed } => {
                // What goes on after a value that was put in begins without a mark.
                let goes_on = matches!(self.inside, Inside::Text(..));
                if !goes_on {
                    self.code(at, mark);
                }
                let ends = closed && text.ends_with(mark) && (goes_on || text.len() > 1);
                if ends {
                    self.inside = Inside::Code;
                }
            }
            Kind::Symbol if text == "${" => {
                let Inside::Text(mark, begin) = self.inside else { return };
                self.levels.push(Level { bracket: Some((mark, begin)), ..Level::default() });
                self.inside = Inside::Code;
            }
            Kind::Symbol | Kind::Word | Kind::Number => {
                text.char_indices().for_each(|(begin, c)| self.code(at + begin, c));
            }
        }
    }

    pub(crate) fn last(&self) -> Level {
        self.levels.last().copied().unwrap_or_default()
    }

    fn code(&mut self, at: usize, c: char) {
        let depth = self.levels.len();
        let Some(level) = self.levels.last_mut() else { return };
        match c {
            '"' | '\'' | '`' => {
                level.begin(at);
                level.word = None;
                self.inside = Inside::Text(c, at);
            }
            '.' => {
                level.dot = level.chain.map(|_| at);
                level.word = None;
            }
            '(' | '[' | '{' => {
                if c == '{' {
                    (level.chain, level.dot, level.word) = (None, None, None);
                }
                level.begin(at);
                self.levels.push(Level { bracket: Some((c, at)), ..Level::default() });
            }
            '}' if matches!(level.bracket, Some(('`', _))) => {
                let Some((mark, begin)) = level.bracket else { return };
                self.levels.pop();
                self.inside = Inside::Text(mark, begin);
            }
            ')' | ']' | '}' if depth > 1 && !matches!(level.bracket, Some(('`', _))) => {
                self.levels.pop();
                if let Some(level) = self.levels.last_mut() {
                    (level.dot, level.word) = (None, None);
                    if c == '}' {
                        level.chain = None;
                    }
                }
            }
            c if c.is_alphanumeric() || c == '_' => {
                if level.word.is_none() {
                    if level.dot.is_none() {
                        level.chain = Some(at);
                    }
                    level.word = Some(at);
                }
            }
            c if c.is_whitespace() => {
                // After a dot the name may still come; after a word only what goes on from it, such as a dot.
                if level.word.take().is_some() {
                    level.dot = None;
                }
            }
            _ => (level.chain, level.dot, level.word) = (None, None, None),
        }
    }
}

impl Level {
    fn begin(&mut self, at: usize) {
        if self.chain.is_none() {
            self.chain = Some(at);
        }
    }
}

/// Where a comment begins that does not end.
pub(in crate::script) fn open_comment(text: &str) -> Option<usize> {
    match Scan::of(text).inside {
        Inside::Block(begin) => Some(begin),
        _ => None,
    }
}

/// Whether a text goes on in the next line: a bracket or a text between backquotes is not closed.
///
/// ```
/// use crossfoot::script::is_open;
///
/// assert!(is_open("for o in plan.objectives {"));
/// assert!(is_open("sum(\n  plan.costs"));
/// assert!(!is_open("sum(plan.costs) // ("));
/// assert!(!is_open("sum(plan.costs) /* ( */"));
/// assert!(!is_open("\"(\""));
/// ```
#[must_use]
pub fn is_open(text: &str) -> bool {
    let scan = Scan::of(text);
    scan.levels.len() > 1 || matches!(scan.inside, Inside::Text('`', _))
}
