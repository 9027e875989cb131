//! The prompt at a terminal: line editing, history, completion.

use std::cell::RefCell;
use std::ffi::OsString;
use std::path::PathBuf;
use std::rc::Rc;

use rustyline::completion::{Completer, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{CompletionType, Config, Context, Editor, Helper};

use super::{Next, Prompt, Stop, commands};
use crossfoot::report::harmless;
use crossfoot::script::{OPERATORS, Session, VERBS, is_open};

/// Entries that the history keeps.
const MOST_ENTRIES: usize = 2_000;

pub(super) fn run(prompt: &mut Prompt) -> Result<(), Stop> {
    let no_terminal = |error: ReadlineError| Stop::new(format!("cannot use the terminal: {error}"));
    let config = Config::builder().completion_type(CompletionType::List).max_history_size(MOST_ENTRIES);
    let config = config.map_err(no_terminal)?.build();
    let mut editor: Editor<Aid, FileHistory> = Editor::with_config(config).map_err(no_terminal)?;
    editor.set_helper(Some(Aid { session: Rc::clone(&prompt.session) }));
    let history = history_file(|name| std::env::var_os(name));
    if let Some(path) = &history {
        // A history that is not there yet, or cannot be kept, is no reason to refuse work.
        let _ = path.parent().map(std::fs::create_dir_all);
        let _ = editor.load_history(path);
    }
    loop {
        match editor.readline("> ") {
            Ok(entry) => {
                let _ = editor.add_history_entry(entry.as_str());
                if let Some(path) = &history {
                    let _ = editor.append_history(path);
                }
                if prompt.enter(&entry)? == Next::End {
                    return Ok(());
                }
            }
            Err(ReadlineError::Interrupted) => {}
            Err(ReadlineError::Eof) => return Ok(()),
            Err(error) => return Err(no_terminal(error)),
        }
    }
}

/// Where the history is kept: `CROSSFOOT_HISTORY`, else below the user's folder of states. Never in a project; nowhere, where
/// the variable is set and empty.
fn history_file(environment: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    if let Some(path) = environment("CROSSFOOT_HISTORY") {
        return (!path.is_empty()).then(|| PathBuf::from(path));
    }
    let absolute = |name: &str| environment(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || absolute("HOME").map(|home| home.join(".local/state"));
    let states = absolute("XDG_STATE_HOME").or_else(|| absolute("LOCALAPPDATA")).or_else(home)?;
    Some(states.join("crossfoot").join("history"))
}

/// What helps while typing.
struct Aid {
    session: Rc<RefCell<Session>>,
}

impl Helper for Aid {}
impl Highlighter for Aid {}
impl Hinter for Aid {
    type Hint = String;
}

impl Validator for Aid {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        let entry = context.input();
        let open = is_open(entry) && !entry.trim_start().starts_with(':');
        Ok(if open { ValidationResult::Incomplete } else { ValidationResult::Valid(None) })
    }
}

impl Completer for Aid {
    type Candidate = Pair;

    fn complete(&self, line: &str, cursor: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        let before = line.get(..cursor).unwrap_or(line);
        if let Some(command) = before.strip_prefix(':') {
            return Ok(complete_command(command));
        }
        let completion = self.session.borrow_mut().complete(line, cursor);
        let pairs = completion.candidates.into_iter();
        let pairs = pairs.map(|candidate| Pair { display: shown(&candidate.shown), replacement: candidate.text });
        Ok((completion.start, pairs.collect()))
    }
}

/// A candidate in a list: in one line, and harmless.
fn shown(candidate: &str) -> String {
    harmless(candidate).replace(['\n', '\t'], " ")
}

/// What may stand after a colon: a command, and after `:explain` a verb.
fn complete_command(command: &str) -> (usize, Vec<Pair>) {
    let pair = |word: &str| Pair { display: word.to_owned(), replacement: word.to_owned() };
    match command.split_once(' ') {
        Some(("explain", verb)) => {
            let docs = VERBS.iter().chain(OPERATORS).map(|verb| verb.name);
            (":explain ".len(), docs.filter(|name| name.starts_with(verb)).map(pair).collect())
        }
        Some(_) => (command.len() + 1, Vec::new()),
        None => (1, commands::names().filter(|name| name.starts_with(command)).map(pair).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn the_history_is_kept_where_the_user_says_and_never_in_the_project() {
        let file = |set: &[(&str, &str)]| {
            let found = |name: &str| set.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value));
            history_file(found).map(|path| path.display().to_string())
        };
        assert_eq!(file(&[("CROSSFOOT_HISTORY", "h"), ("HOME", "/u")]).as_deref(), Some("h"));
        assert_eq!(file(&[("CROSSFOOT_HISTORY", ""), ("HOME", "/u")]), None);
        assert_eq!(file(&[("XDG_STATE_HOME", "/s"), ("HOME", "/u")]).as_deref(), Some("/s/crossfoot/history"));
        assert_eq!(
            file(&[("XDG_STATE_HOME", "s"), ("HOME", "/u")]).as_deref(),
            Some("/u/.local/state/crossfoot/history")
        );
        assert_eq!(file(&[("HOME", "u")]), None);
        assert_eq!(file(&[]), None);
    }

    #[test]
    fn a_key_cannot_steer_the_terminal_where_it_is_offered() {
        assert_eq!(shown("a\u{1b}[2J\nb\u{202e}"), "a\u{fffd}[2J b\u{fffd}");
    }

    #[test]
    fn commands_and_their_verbs_are_completed() {
        let words =
            |text: &str| -> Vec<String> { complete_command(text).1.into_iter().map(|pair| pair.replacement).collect() };
        assert_eq!(words("re"), ["reload"]);
        assert_eq!(words("explain expect_s"), ["expect_sum"]);
        assert_eq!(words("reload x"), [""; 0]);
        assert_eq!(complete_command("explain ra").0, ":explain ".len());
    }
}
