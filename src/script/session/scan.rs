//! A look at an unfinished text: which brackets are open, and what the cursor stands in.
//!
//! No parser: what is half written cannot be parsed. It knows texts, comments, brackets and chains such as `a.b[c].d`.

/// What the text is at its end, at one depth of brackets.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Level {
    /// The bracket that opened it, and where; nothing at the top.
    pub(super) bracket: Option<(char, usize)>,
    /// Where the chain that is being written begins.
    pub(super) chain: Option<usize>,
    /// Where the chain's last dot stands, when a name may follow it.
    pub(super) dot: Option<usize>,
    /// Where the word that is being written begins.
    pub(super) word: Option<usize>,
}

/// A text or comment that is not closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inside {
    Code,
    /// A text between such marks, and where it begins.
    Text(char, usize),
    /// A comment up to the end of its line.
    Comment,
    /// A comment between `/*` and `*/`: how deep, for such comments nest, and where the outermost begins.
    Block(usize, usize),
}

/// What a text is at its end.
#[derive(Clone, Debug)]
pub(super) struct Scan {
    /// From the outermost to the innermost.
    pub(super) levels: Vec<Level>,
    pub(super) inside: Inside,
}

impl Scan {
    pub(super) fn of(text: &str) -> Self {
        let mut scan = Self { levels: vec![Level::default()], inside: Inside::Code };
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            match scan.inside {
                Inside::Comment if c == '\n' => scan.inside = Inside::Code,
                Inside::Comment => {}
                Inside::Block(depth, begin) => match (c, chars.peek()) {
                    ('/', Some((_, '*'))) => {
                        chars.next();
                        scan.inside = Inside::Block(depth + 1, begin);
                    }
                    ('*', Some((_, '/'))) => {
                        chars.next();
                        scan.inside = if depth > 1 { Inside::Block(depth - 1, begin) } else { Inside::Code };
                    }
                    _ => {}
                },
                Inside::Text(_, _) if c == '\\' => drop(chars.next()),
                Inside::Text(mark, _) if c == mark => scan.inside = Inside::Code,
                // A text between double marks ends with its line; it is a mistake then, and nothing more can follow.
                Inside::Text('"', _) if c == '\n' => scan.inside = Inside::Code,
                Inside::Text(..) => {}
                Inside::Code if c == '/' && chars.peek().is_some_and(|(_, next)| *next == '/') => {
                    scan.inside = Inside::Comment;
                }
                Inside::Code if c == '/' && chars.peek().is_some_and(|(_, next)| *next == '*') => {
                    chars.next();
                    scan.inside = Inside::Block(1, at);
                }
                Inside::Code => scan.code(at, c),
            }
        }
        scan
    }

    pub(super) fn last(&self) -> Level {
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
            ')' | ']' | '}' if depth > 1 => {
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
        Inside::Block(_, begin) => Some(begin),
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
