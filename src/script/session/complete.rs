//! What may stand where the cursor is: verbs, variables, and the keys and ids that the plan has at that very place.
//!
//! What stands before the dot is evaluated, in the sandbox and for a moment only; so a completion is as true for a
//! variable or a filtered selection as for a path. It changes nothing.

use std::collections::HashSet;
use std::time::Duration;

use rhai::Map;

use super::scan::{Inside, Level, Scan};
use super::{PLAN, Session, on_large_stack};
use crate::plan::{Kind, NodeId, NodeRef};
use crate::report::is_harmful;
use crate::script::limits::Limits;
use crate::script::selection::Selection;
use crate::script::verbs::docs::VERBS;

/// Words of the language that begin something.
pub(crate) const WORDS: [&str; 9] = ["let", "for", "if", "else", "while", "return", "true", "false", "in"];

/// Nodes whose keys are gathered, and keys or ids that are offered.
const MOST_NODES: usize = 20_000;
const MOST: usize = 200;

/// What may stand at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// The byte from which a candidate's text replaces what is there.
    pub start: usize,
    /// What may stand there: keys first, in the order of the plan.
    pub candidates: Vec<Candidate>,
}

/// One thing that may stand at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What is written there.
    pub text: String,
    /// What it is called in a list.
    pub shown: String,
}

impl Candidate {
    fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { shown: text.clone(), text }
    }
}

impl Session {
    /// What may stand at the cursor, a byte offset into the text.
    ///
    /// ```
    /// use crossfoot::{Plan, script::Session};
    ///
    /// let plan = Plan::parse("plan.toml", "[[objectives]]\nid = 'I.1'\ntotal = { 2026 = 5 }\n");
    /// let mut session = Session::new(&plan);
    /// let mut offered = |text: &str| -> Vec<String> {
    ///     session.complete(text, text.len()).candidates.into_iter().map(|c| c.text).collect()
    /// };
    /// assert_eq!(offered("count(plan.obj"), ["objectives"]);
    /// assert_eq!(offered("plan.objectives."), ["id", "total"]);
    /// assert_eq!(offered("plan.objectives.total[\""), ["2026\"]"]);
    /// assert_eq!(offered("plan.objectives.find(\""), ["I.1\")"]);
    /// ```
    pub fn complete(&mut self, text: &str, cursor: usize) -> Completion {
        let before = text.get(..cursor).unwrap_or(text);
        let scan = Scan::of(before);
        match scan.inside {
            Inside::Comment | Inside::Block(_) => Completion::default(),
            Inside::Text(mark, at) => self.in_text(before, &scan, mark, at),
            Inside::Code => {
                let level = scan.last();
                match (level.chain, level.dot) {
                    (Some(chain), Some(dot)) => self.after_dot(before, &scan, chain, dot),
                    _ => self.word(before, level.word.unwrap_or(before.len())),
                }
            }
        }
    }

    /// A word of its own: a variable, a verb, a word of the language.
    fn word(&self, before: &str, start: usize) -> Completion {
        let word = before.get(start..).unwrap_or_default();
        let variables = self.variables();
        let names = [PLAN].into_iter().chain(variables.iter().map(String::as_str));
        let verbs = VERBS.iter().map(|verb| verb.name).chain(WORDS);
        // With nothing written yet, the names are what is looked for; the verbs are too many.
        let names = names.chain(verbs.filter(|_| !word.is_empty()));
        let names = once_each(names.filter(|name| name.starts_with(word)));
        Completion { start, candidates: names.into_iter().map(Candidate::new).collect() }
    }

    fn after_dot(&mut self, before: &str, scan: &Scan, chain: usize, dot: usize) -> Completion {
        let prefix = before[dot + 1..].trim_start();
        let keys = self.keys_of(before, scan, &before[chain..dot]);
        let keys: Vec<&String> = keys.iter().filter(|key| key.starts_with(prefix)).collect();
        let all_names = keys.iter().all(|key| is_name(key));
        let verbs = VERBS.iter().map(|verb| verb.name).filter(|verb| verb.starts_with(prefix));
        let verbs = verbs.filter(|_| keys.is_empty() || !prefix.is_empty());
        // A key that is no name stands in brackets, in place of the dot.
        let lead = if all_names { "" } else { "." };
        let key = |key: &&String| match is_name(key) {
            true => Candidate { text: format!("{lead}{key}"), shown: (*key).clone() },
            false => Candidate { text: format!("[{}]", quoted(key)), shown: (*key).clone() },
        };
        let verb = |verb: &str| Candidate { text: format!("{lead}{verb}"), shown: verb.to_owned() };
        let start = if all_names { before.len() - prefix.len() } else { dot };
        Completion { start, candidates: keys.iter().map(key).chain(verbs.map(verb)).collect() }
    }

    /// Between quotation marks: a key after `[`, an id in `find(`.
    fn in_text(&mut self, before: &str, scan: &Scan, mark: char, at: usize) -> Completion {
        let [.., outer, inner] = scan.levels.as_slice() else { return Completion::default() };
        let Some((bracket, open)) = inner.bracket.filter(|_| mark == '"') else { return Completion::default() };
        if !before[open + 1..at].trim().is_empty() {
            return Completion::default();
        }
        let (found, close) = match (bracket, receiver(before, *outer, open)) {
            ('[', Receiver::Whole(chain)) => (self.keys_of(before, scan, chain), "\"]"),
            ('(', Receiver::Call("find", chain)) => (self.ids_of(chain), "\")"),
            _ => return Completion::default(),
        };
        let prefix = &before[at + 1..];
        let fits = found.into_iter().filter(|word| word.starts_with(prefix));
        let candidates = fits.map(|word| Candidate { text: format!("{}{close}", escaped(&word)), shown: word });
        Completion { start: at + 1, candidates: candidates.collect() }
    }

    /// The keys that the places of a chain have, in the order of the plan.
    fn keys_of(&mut self, before: &str, scan: &Scan, chain: &str) -> Vec<String> {
        match self.places(before, scan, chain) {
            Some(Peeked::Keys(keys)) => keys,
            Some(Peeked::Selection(selection)) => {
                let flat = selection.flat();
                let nodes = flat.iter().take(MOST_NODES).map(|id| selection.node(*id));
                once_each(nodes.flat_map(|node| node.children().filter_map(|child| child.key())))
            }
            None => {
                let plan = self.plan();
                let nodes = (0..plan.len().min(MOST_NODES)).map(|at| plan.node(NodeId::from_index(at)));
                once_each(nodes.filter_map(|node| node.key()).filter(|key| is_name(key)))
            }
        }
    }

    fn ids_of(&mut self, chain: &str) -> Vec<String> {
        let Some(Peeked::Selection(selection)) = self.peek(chain) else { return Vec::new() };
        let flat = selection.flat();
        let nodes = flat.iter().take(MOST_NODES).map(|id| selection.node(*id));
        let ids = nodes.filter_map(|node: NodeRef<'_>| node.get("id")).filter(|id| id.kind() != Kind::Table);
        let ids: Vec<String> = ids.map(|id| id.display().into_owned()).collect();
        once_each(ids.iter().map(String::as_str))
    }

    /// The places that a chain leads to. The parameter of a function that is given to a verb stands for what the verb
    /// works on: in `plan.objectives.filter(|o| o.` it is `plan.objectives`.
    fn places(&mut self, before: &str, scan: &Scan, chain: &str) -> Option<Peeked> {
        if let Some(peeked) = self.peek(chain) {
            return Some(peeked);
        }
        let root = chain.find(|c: char| !c.is_alphanumeric() && c != '_').map_or(chain, |end| &chain[..end]);
        for pair in scan.levels.windows(2).rev() {
            let [outer, inner] = pair else { continue };
            let Some(('(', open)) = inner.bracket else { continue };
            let parameters = before[open + 1..].trim_start().strip_prefix('|').and_then(|rest| rest.split_once('|'));
            let is_parameter = parameters.is_some_and(|(names, _)| names.split(',').any(|name| name.trim() == root));
            if let (true, Receiver::Call(_, receiver)) = (is_parameter, receiver(before, *outer, open)) {
                let rest = &chain[root.len()..];
                return self.peek(&format!("{receiver}{rest}"));
            }
        }
        None
    }

    /// What a chain comes to, evaluated for a moment; everything stays as it was.
    fn peek(&mut self, chain: &str) -> Option<Peeked> {
        let limits = Limits { deadline: Duration::from_millis(300), operations: 1_000_000, ..self.engine.limits };
        let peek = || {
            let before = self.scope.clone();
            let ast = self.compile(chain).ok()?;
            let value = self.call(&ast, &limits);
            self.scope = before;
            self.run.take_record();
            let value = value.ok()?;
            if let Some(map) = value.read_lock::<Map>() {
                return Some(Peeked::Keys(map.keys().map(ToString::to_string).collect()));
            }
            // A figure or a text has no keys of its own.
            Some(value.try_cast::<Selection>().map_or(Peeked::Keys(Vec::new()), Peeked::Selection))
        };
        on_large_stack(peek).ok()?
    }
}

/// What a chain came to.
enum Peeked {
    Selection(Selection),
    /// The keys of a map; none where it is a value of another kind.
    Keys(Vec<String>),
}

/// What stands before a bracket.
pub(crate) enum Receiver<'t> {
    /// A chain: `plan.objectives` before `[`.
    Whole(&'t str),
    /// A call of a verb on a chain: `find` and `plan.objectives` before `(`.
    Call(&'t str, &'t str),
    None,
}

/// What stands before the bracket at `open`, at the depth around it.
pub(crate) fn receiver(before: &str, outer: Level, open: usize) -> Receiver<'_> {
    match (outer.chain, outer.dot, outer.word) {
        (Some(chain), Some(dot), Some(word)) if before[open..].starts_with('(') => {
            Receiver::Call(before[word..open].trim(), &before[chain..dot])
        }
        (Some(chain), ..) if before[open..].starts_with('[') && chain < open => Receiver::Whole(&before[chain..open]),
        _ => Receiver::None,
    }
}

fn once_each<'w>(words: impl Iterator<Item = &'w str>) -> Vec<String> {
    let mut seen = HashSet::new();
    words.filter(|word| seen.insert(*word)).take(MOST).map(ToOwned::to_owned).collect()
}

/// Whether a key can stand after a dot.
pub(crate) fn is_name(key: &str) -> bool {
    let first = key.chars().next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
    first && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn quoted(key: &str) -> String {
    format!("\"{}\"", escaped(key))
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '"' => escaped.extend(['\\', c]),
            c if is_harmful(c) || c.is_control() => escaped.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => escaped.push(c),
        }
    }
    escaped
}
