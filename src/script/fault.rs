//! What is wrong with a rule, in words for its author: the place in the rule, the calls that led there, what to do.
//!
//! Translates the engine's errors; the engine's own words reach a user only where there is nothing better to say.

use std::sync::Arc;

use rhai::{EvalAltResult, ParseError, ParseErrorType, Position};

use super::engine::{REFUSED, ScriptEngine};
use super::names;
use super::outline::Outline;
use crate::finding::Frame;
use crate::plan::vocabulary::near;
use crate::source::SourceText;

/// A fault of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptFault {
    /// What is wrong.
    pub message: String,
    /// The file it is in, when it is not the rule's own: shared code that the rule imports.
    pub file: Option<Arc<str>>,
    /// Line and column in that file, in characters, from 1.
    pub position: Option<(u32, u32)>,
    /// The calls that led there, innermost first.
    pub stack: Vec<Frame>,
    /// What to do about it.
    pub help: Option<String>,
}

impl ScriptFault {
    pub(super) fn new(message: impl Into<String>, position: Position) -> Self {
        Self { message: message.into(), file: None, position: place(position), stack: Vec::new(), help: None }
    }

    /// Points to a function where the engine does not say which place in it is meant.
    pub(super) fn or_in_function(mut self, text: &str, name: &str) -> Self {
        self.position = self.position.or_else(|| function_at(text, name));
        self
    }

    /// Leaves out the name of a file that is the rule's own.
    pub(super) fn seen_from(mut self, own: &str) -> Self {
        self.file = self.file.filter(|file| **file != *own);
        for frame in &mut self.stack {
            frame.file = frame.file.take().filter(|file| **file != *own);
        }
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

pub(super) fn place(position: Position) -> Option<(u32, u32)> {
    let number = |n: Option<usize>| n.and_then(|n| u32::try_from(n).ok());
    let line = number(position.line())?;
    Some((line, number(position.position()).unwrap_or(1)))
}

/// A parse error of a rule, in words.
pub(super) fn of_parse(error: &ParseError, text: &str) -> ScriptFault {
    if let ParseErrorType::VariableUndefined(name) = error.err_type() {
        return of_undefined(name, error.position(), text);
    }
    let fault = plainly(error);
    match (fault.help.is_none(), fault.position.and_then(|(line, column)| slip_at(text, line, column))) {
        (true, Some(help)) => fault.help(help),
        _ => fault,
    }
}

/// A name that nothing defines.
pub(super) fn of_undefined(name: &str, position: Position, text: &str) -> ScriptFault {
    let fault = ScriptFault::new(format!("`{name}` is not known here"), position);
    let slip = word_slip(name).map(ToOwned::to_owned).or_else(|| import_slip(text, name, fault.position));
    let meant = || local_meant(text, name, fault.position).map(|meant| format!("did you mean `{meant}`?"));
    match slip.or_else(meant) {
        Some(help) => fault.help(help),
        None => fault.help("only a function's own parameters and variables are; settings of a rule go into `PARAMS`"),
    }
}

/// The variable or parameter, known at a place, that a name is a slip of.
fn local_meant(text: &str, name: &str, position: Option<(u32, u32)>) -> Option<String> {
    let (line, column) = position?;
    let offset = SourceText::new("", text).offset(line, column);
    let locals = Outline::of(text).locals(text, offset);
    near(name, locals.iter().map(|local| local.name.as_str())).map(ToOwned::to_owned)
}

/// What to write instead of a word that other languages have.
pub(super) fn word_slip(word: &str) -> Option<&'static str> {
    match word {
        "and" => Some("write `&&` for and"),
        "or" => Some("write `||` for or"),
        "not" => Some("write `!` for not: `!x.is_empty()`"),
        "then" | "do" => Some("write the block in braces: `if x { ... }`"),
        "None" | "null" | "nil" => Some("nothing is `()`; ask `.is_empty()` whether something is there"),
        "True" => Some("write `true`"),
        "False" => Some("write `false`"),
        "params" => Some("write `fn check(plan, params)`, and `const PARAMS = #{ ... };` at the top of the file"),
        _ => None,
    }
}

/// A function of shared code that is asked of the import as if that were a value: `years.over_all(...)`.
fn import_slip(text: &str, name: &str, position: Option<(u32, u32)>) -> Option<String> {
    let imports = |line: &str| {
        let words: Vec<&str> = line.trim().trim_end_matches(';').split_whitespace().collect();
        words.first() == Some(&"import") && words.ends_with(&["as", name])
    };
    text.lines().find(|line| imports(line))?;
    let (line, column) = position?;
    let content = text.lines().nth((line as usize).checked_sub(1)?)?;
    let after: String = content.chars().skip((column as usize).saturating_sub(1) + name.chars().count()).collect();
    let function: String = after.strip_prefix('.')?.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    Some(format!("`{name}` is shared code: write `{name}::{function}(...)`"))
}

/// What to write instead, where the place shows a slip that people make who know other notations.
fn slip_at(text: &str, line: u32, column: u32) -> Option<&'static str> {
    let content = text.lines().nth((line as usize).checked_sub(1)?)?;
    let here: String = content.chars().skip((column as usize).saturating_sub(1)).collect();
    let before: String = content.chars().take((column as usize).saturating_sub(1)).collect();
    let word: String = here.chars().take_while(|c| c.is_alphanumeric()).collect();
    if let Some(help) = word_slip(&word) {
        return Some(help);
    }
    if here.starts_with(['\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}', '\u{2019}', '\u{ab}', '\u{bb}']) {
        return Some("texts stand between straight double quotation marks: \"...\"");
    }
    let digit = |c: char| c.is_ascii_digit();
    if here.strip_prefix(',').is_some_and(|rest| rest.starts_with(digit)) && before.ends_with(digit) {
        return Some("a decimal point is written as a point: 1.5");
    }
    if content.contains("elif") || content.contains("elseif") {
        return Some("write `else if`");
    }
    if here.starts_with('\'') || before.ends_with('\'') || content.matches('\'').count() > 1 {
        return Some("texts stand between double quotation marks: \"...\"");
    }
    if before.ends_with('.') && here.starts_with(|c: char| c.is_ascii_digit()) {
        return Some("a key that is a number stands in brackets: [\"2026\"]");
    }
    None
}

fn plainly(error: &ParseError) -> ScriptFault {
    let position = error.position();
    let text = error.err_type().to_string();
    let refused =
        REFUSED.iter().find(|(symbol, _)| text.contains(&format!("'{symbol}'")) || text == format!("{symbol} "));
    if let (Some((symbol, instead)), true) = (refused, is_symbol_error(error.err_type())) {
        return ScriptFault::new(format!("`{symbol}` is not part of the rule language"), position).help(*instead);
    }
    match error.err_type() {
        ParseErrorType::ModuleUndefined(name) => ScriptFault::new(format!("nothing is imported as `{name}`"), position)
            .help(format!("write `import \"lib/{name}\" as {name};` at the top of the file, above the first function")),
        _ => ScriptFault::new(lower_first(&text), position),
    }
}

fn is_symbol_error(error: &ParseErrorType) -> bool {
    matches!(error, ParseErrorType::BadInput(_) | ParseErrorType::Reserved(_) | ParseErrorType::UnknownOperator(_))
}

impl ScriptEngine {
    /// An error of a running rule, in words.
    pub(super) fn fault_of(&self, error: &EvalAltResult) -> ScriptFault {
        let mut stack = Vec::new();
        let mut at = error;
        let mut file: Option<Arc<str>> = None;
        while let EvalAltResult::ErrorInFunctionCall(name, source, inner, position) = at {
            let (line, column) = place(*position).unwrap_or_default();
            stack.push(Frame { file: file.clone(), function: friendly(name), line, column });
            // The function's own file: from here on, places are in it.
            file = Some(source.as_str()).filter(|source| !source.is_empty()).map(Arc::from);
            at = inner;
        }
        stack.reverse();
        // The outermost call is the engine calling `check`, which has no place in the rule.
        stack.retain(|frame| frame.line > 0);
        let mut fault = self.innermost(at);
        fault.stack = stack;
        fault.file = file;
        fault
    }

    fn innermost(&self, error: &EvalAltResult) -> ScriptFault {
        let position = error.position();
        match error {
            EvalAltResult::ErrorFunctionNotFound(signature, _) => self.not_found(signature, position),
            EvalAltResult::ErrorRuntime(value, _) => ScriptFault::new(value.to_string(), position),
            EvalAltResult::ErrorStackOverflow(_) => ScriptFault::new(
                format!("functions call each other more than {} levels deep", self.limits.call_depth),
                position,
            )
            .help("look for a function that calls itself without an end; a verb works on a whole selection at once"),
            EvalAltResult::ErrorDataTooLarge(what, _) => {
                let what = match what.to_lowercase() {
                    what if what.contains("string") => "a text grew too long",
                    what if what.contains("map") => "a map grew too large",
                    _ => "an array grew too large",
                };
                ScriptFault::new(what, position)
                    .help("look for a loop that never ends, or for a value that is put into itself")
            }
            EvalAltResult::ErrorMismatchDataType(expected, found, _) if found.ends_with("::Selection") => {
                let message = format!("expected {}, found a place of the plan", type_words(expected));
                ScriptFault::new(message, position).help("ask what it is: `plan.flag == true`, `.is_empty()`")
            }
            EvalAltResult::ErrorDataRace(..) => {
                ScriptFault::new("a function given to a verb uses the very value that the verb works on", position)
                    .help("take what the function needs into a variable of its own before: `let all = count(list);`")
            }
            EvalAltResult::ErrorPropertyNotFound(name, _) => {
                ScriptFault::new(format!("this map has no `{name}`"), position)
                    .help("look for a slip in the name; where a key may be missing, ask `map.contains(\"name\")` first")
            }
            EvalAltResult::ErrorMismatchDataType(expected, found, _) => {
                ScriptFault::new(format!("expected {}, found {}", type_words(expected), type_words(found)), position)
            }
            _ => {
                let message = without_position(error);
                ScriptFault::new(no_property(&message).unwrap_or_else(|| lower_first(&message)), position)
            }
        }
    }

    fn not_found(&self, signature: &str, position: Position) -> ScriptFault {
        let name = names::own(signature.split([' ', '(']).next().unwrap_or(signature));
        if name.starts_with(names::NAMELESS) {
            return ScriptFault::new(
                "a function without a name is called outside of the file that it stands in",
                position,
            )
            .help("call it where it stands, or write `|x| ...` in the file that calls it");
        }
        let arguments = signature.split_once('(').map_or("", |(_, rest)| rest.trim_end_matches(')'));
        if self.names.contains(name) {
            let words: Vec<String> = arguments.split(", ").filter(|a| !a.is_empty()).map(type_words).collect();
            let given = if words.is_empty() { "nothing".to_owned() } else { words.join(", ") };
            let help = super::verbs::docs::signature(name).map(|signature| format!("write `{signature}`"));
            let fault = ScriptFault::new(format!("`{name}` cannot be called with {given}"), position);
            return match help {
                Some(help) => fault.help(help),
                None => fault,
            };
        }
        self.unknown_verb(name, position)
    }

    /// A call of something that does not exist.
    pub(super) fn unknown_verb(&self, name: &str, position: Position) -> ScriptFault {
        let fault = ScriptFault::new(format!("unknown verb `{name}`"), position);
        if let Some((_, ours)) = ELSEWHERE.iter().find(|(elsewhere, _)| *elsewhere == name) {
            return fault.help(format!("here it is `{ours}`"));
        }
        match near(name, self.names.iter().map(String::as_str)) {
            Some(meant) => fault.help(format!("did you mean `{meant}`?")),
            None => fault.help("`crossfoot explain verbs` lists all there are"),
        }
    }
}

/// Verbs by the names that other languages have for them.
const ELSEWHERE: [(&str, &str); 16] = [
    ("len", "count"),
    ("size", "count"),
    ("length_of", "length"),
    ("contains", "includes"),
    ("starts", "starts_with"),
    ("ends", "ends_with"),
    ("lower_case", "to_lower"),
    ("upper_case", "to_upper"),
    ("append", "push"),
    ("total", "sum"),
    ("add", "sum"),
    ("assert", "expect"),
    ("error", "fail"),
    ("print", "note"),
    ("round", "text(figure, places)"),
    ("where", "filter"),
];

/// Where a rule defines a function. The engine keeps no such place.
pub(super) fn function_at(text: &str, name: &str) -> Option<(u32, u32)> {
    let defines = |line: &str| {
        let (before, after) = line.split_once("fn ")?;
        let rest = after.trim_start().strip_prefix(name)?;
        let alone = rest.trim_start().starts_with('(') && before.trim_end().is_empty();
        alone.then(|| before.chars().count())
    };
    let (line, column) = (1_u32..).zip(text.lines()).find_map(|(at, line)| Some((at, defines(line)?)))?;
    Some((line, u32::try_from(column).ok()? + 1))
}

/// Where a rule defines a constant.
pub(super) fn constant_at(text: &str, name: &str) -> Option<(u32, u32)> {
    let defines = |line: &str| line.trim_start().strip_prefix("const ")?.trim_start().strip_prefix(name).map(|_| ());
    (1_u32..).zip(text.lines()).find_map(|(at, line)| defines(line).map(|()| (at, 1)))
}

/// What a function without a name is called.
pub(super) const ANONYMOUS: &str = "a function given to a verb";

/// A function's name as its author knows it.
fn friendly(name: &str) -> String {
    if name.starts_with(names::NAMELESS) { ANONYMOUS.to_owned() } else { names::own(name).to_owned() }
}

fn without_position(error: &EvalAltResult) -> String {
    let mut copy = error.to_string();
    if let Some(at) = copy.rfind(" (line ") {
        copy.truncate(at);
    }
    copy
}

/// A property of something that has none, in words.
fn no_property(message: &str) -> Option<String> {
    let (name, rest) = message.strip_prefix("Unknown property '")?.split_once('\'')?;
    let kind = rest.split('\'').nth(1)?;
    Some(format!("{} has no `{name}`: only places of the plan and maps have keys", type_words(kind)))
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// The engine's names of types, in the language's own words.
fn type_words(name: &str) -> String {
    match name.trim() {
        "i64" => "a number".to_owned(),
        "decimal" => "a decimal".to_owned(),
        "bool" => "a boolean".to_owned(),
        "string" | "&str | ImmutableString | String" | "ImmutableString" => "a text".to_owned(),
        "array" => "an array".to_owned(),
        "map" => "a map".to_owned(),
        // The engine's list of types is cut at its first bracket.
        "()" | "(" => "nothing".to_owned(),
        "Fn" => "a function".to_owned(),
        "" => "nothing".to_owned(),
        other => format!("a {other}"),
    }
}
