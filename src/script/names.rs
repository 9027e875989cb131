//! Names that keep the functions of one file apart from those of another.
//!
//! The engine remembers which function a call meant by its name alone, for all files of a run together: a rule and a file that
//! it imports may both have a function `name`, and one would then silently call the other's. So the functions of shared code
//! get the path of their file into their names, where they are defined and where they are called, while the tokens of a
//! second parse go by. What users read is always the name that they wrote, and places stay what they were.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::Write as _;

use rhai::{Position, Token};

/// Stands between a function's own name and the path of its file. The engine wants names of letters, digits and `_`, so
/// that a rule could write it too: such a name is refused.
pub(super) const MARK: &str = "__in__";

/// What the engine's names of functions without a name begin with.
pub(super) const NAMELESS: &str = "anon$";

/// The name of a function of shared code within the engine.
pub(super) fn full(name: &str, path: &str) -> String {
    let mut full = format!("{name}{MARK}");
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() {
            full.push(char::from(byte));
        } else {
            let _ = write!(full, "_{byte:02x}");
        }
    }
    full
}

/// A function's name as its author wrote it.
pub(super) fn own(name: &str) -> &str {
    name.split(MARK).next().unwrap_or(name)
}

/// A token, as far as names need to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Seen {
    Name(String, Position),
    Open,
    Colons,
    Other,
}

/// The tokens of a text, in order.
#[derive(Debug, Default)]
pub(super) struct Tokens(Vec<Seen>);

/// The names that take another one, by place.
pub(super) type Renamed = HashMap<Position, String>;

#[derive(Debug, Default)]
enum Mode {
    #[default]
    Off,
    Record(Tokens),
    Rename(Renamed),
}

thread_local! {
    static MODE: RefCell<Mode> = const { RefCell::new(Mode::Off) };
}

/// Parses something, and tells the tokens that went by.
pub(super) fn recording<T>(work: impl FnOnce() -> T) -> (T, Tokens) {
    let outer = MODE.replace(Mode::Record(Tokens::default()));
    let result = work();
    match MODE.replace(outer) {
        Mode::Record(tokens) => (result, tokens),
        _ => (result, Tokens::default()),
    }
}

/// Parses something with other names at some places.
pub(super) fn renaming<T>(renamed: Renamed, work: impl FnOnce() -> T) -> T {
    let outer = MODE.replace(Mode::Rename(renamed));
    let result = work();
    MODE.set(outer);
    result
}

/// A token goes by.
pub(super) fn token(token: Token, position: Position) -> Token {
    MODE.with_borrow_mut(|mode| match mode {
        Mode::Off => token,
        Mode::Record(tokens) => {
            tokens.0.push(match &token {
                Token::Identifier(name) => Seen::Name(name.to_string(), position),
                // `()` is one token.
                Token::LeftParen | Token::Unit => Seen::Open,
                Token::DoubleColon => Seen::Colons,
                _ => Seen::Other,
            });
            token
        }
        Mode::Rename(renamed) => match renamed.get(&position) {
            Some(name) if matches!(token, Token::Identifier(_)) => Token::Identifier(Box::new(name.as_str().into())),
            _ => token,
        },
    })
}

impl Tokens {
    /// The full names of all functions that are defined or called: of the file's own, and of those behind an import.
    pub(super) fn functions(
        &self,
        of_own: impl Fn(&str) -> Option<String>,
        of_import: impl Fn(&str, &str) -> Option<String>,
    ) -> Renamed {
        let mut renamed = Renamed::new();
        for (at, seen) in self.0.iter().enumerate() {
            let Seen::Name(name, position) = seen else { continue };
            if self.0.get(at + 1) != Some(&Seen::Open) {
                continue;
            }
            let before = |back: usize| at.checked_sub(back).and_then(|at| self.0.get(at));
            let full = match (before(2), before(1)) {
                (Some(Seen::Name(import, _)), Some(Seen::Colons)) => of_import(import, name),
                _ => of_own(name),
            };
            renamed.extend(full.map(|full| (*position, full)));
        }
        renamed
    }
}
