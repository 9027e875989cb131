//! What the terminal can do: colour, characters, width; and the language of who sits before it.

use std::io::IsTerminal as _;
use std::sync::OnceLock;

use crossfoot::report::TextOptions;
use crossfoot::words::Lang;

use super::args::When;

/// Columns where there is no terminal to ask.
const WIDTH: usize = 100;

/// How a report on standard output looks.
pub(crate) fn options(color: When) -> TextOptions {
    of(color, std::io::stdout().is_terminal())
}

/// How messages on standard error look.
pub(crate) fn error_options(color: When) -> TextOptions {
    of(color, std::io::stderr().is_terminal())
}

fn of(color: When, terminal: bool) -> TextOptions {
    TextOptions {
        color: match color {
            When::Always => true,
            When::Never => false,
            When::Auto => terminal && !is_set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb"),
        },
        unicode: has_unicode(),
        width: width(terminal),
        suppressed: false,
        lang: lang(),
    }
}

/// The language that was asked for.
static ASKED: OnceLock<Lang> = OnceLock::new();

/// Has everything from now on in this language; the first who asks is heard.
pub(crate) fn speak(lang: Lang) {
    let _ = ASKED.set(lang);
}

/// The language that was asked for, if any was.
pub(crate) fn asked() -> Option<Lang> {
    ASKED.get().copied()
}

/// The language of what is shown: as asked, else that of the environment.
pub(crate) fn lang() -> Lang {
    asked().unwrap_or_else(|| Lang::of_locale(&locale(["LC_ALL", "LC_MESSAGES", "LANG"]).unwrap_or_default()))
}

/// The first of these variables that says something.
fn locale(names: [&str; 3]) -> Option<String> {
    names.iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
}

/// Whether an environment variable is set and not empty (no-color.org).
fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}

/// Whether the locale says so; where nothing is said, everything today can.
fn has_unicode() -> bool {
    locale(["LC_ALL", "LC_CTYPE", "LANG"]).is_none_or(|locale| {
        let locale = locale.to_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

fn width(terminal: bool) -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let asked = || terminal_size::terminal_size().filter(|_| terminal).map(|(width, _)| usize::from(width.0));
    columns.or_else(asked).unwrap_or(WIDTH)
}
