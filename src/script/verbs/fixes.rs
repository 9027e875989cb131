//! What a rule shows and offers with a finding: `#{ at: node, says: text }` and `#{ fix: title, ... }`.
//!
//! Reads what the rule wrote and refuses what has another form, so that a fix that cannot be is told to its author at once;
//! how a plan's text is changed is the business of `crate::plan::edit`.

use std::collections::HashSet;

use rhai::{Array, Dynamic, Map};

use super::texts::display;
use crate::figure::Cell;
use crate::finding::{Finding, Fix, MadeOf};
use crate::plan::edit::{NewValue, TextEdit, add_key, remove, rename_key, set_value};
use crate::plan::vocabulary::near;
use crate::plan::{NodeId, NodeRef, Plan};
use crate::script::expect::{self, Subject};
use crate::script::figure::Figure;
use crate::script::mend;
use crate::script::message::Message;
use crate::script::operand::{Operand, words};
use crate::script::problem::Problem;
use crate::script::run::Run;
use crate::script::selection::Selection;

/// More places than this are those of a quotient without end.
const ENDLESS: u32 = 20;

/// Fixes that one finding may offer, and bytes of a fix's title: a rule must not fill the memory with them.
const MOST_FIXES: usize = 20;

/// Figures that a fix is said to be made of.
const MOST_MADE_OF: usize = 1_000;

const LONGEST_TITLE: usize = 200;

/// The keys of a fix, each with those that go with it.
const KINDS: [(&str, &[&str]); 4] = [
    ("set", &["fix", "safe", "to"]),
    ("remove", &["fix", "safe"]),
    ("add", &["fix", "safe", "key", "to"]),
    ("rename", &["fix", "safe", "to"]),
];

/// Adds to a finding what its rule shows and offers.
pub(super) fn read(run: &Run, finding: &mut Finding, subject: Subject, shown: &Array) -> Result<(), Problem> {
    for value in shown {
        let map = value.read_lock::<Map>().ok_or_else(|| {
            Problem::new(format!(
                "{} is neither a place to show, `#{{ at: node, says: text }}`, nor a fix, `#{{ fix: title, ... }}`",
                words(value)
            ))
        })?;
        if map.contains_key("fix") {
            let fix = fix(run, subject, &map)?;
            if finding.fixes.len() >= MOST_FIXES {
                return Err(Problem::new(format!("a finding offers at most {MOST_FIXES} fixes")));
            }
            finding.fixes.extend(fix.filter(|_| !run.context.brief));
        } else {
            let at = map.get("at").and_then(|at| expect::subject_of(run, at));
            let (Some(at), Some(says)) = (at, map.get("says").map(Message::of)) else {
                return Err(Problem::new("a place to show is `#{ at: node, says: text }`"));
            };
            expect::point_to(run, finding, at.node(run), || says);
        }
    }
    Ok(())
}

/// A fix, where it can be written into the file that the finding is in.
fn fix(run: &Run, subject: Subject, map: &Map) -> Result<Option<Fix>, Problem> {
    let (kind, node) = kind(map)?;
    let title = title(map)?;
    let shown = title.to_string();
    if shown.len() > LONGEST_TITLE || shown.chars().any(char::is_control) {
        return Err(Problem::new(format!("the title of a fix is one line of at most {LONGEST_TITLE} bytes")));
    }
    let safe = match map.get("safe") {
        None => false,
        Some(safe) => safe
            .as_bool()
            .map_err(|_| Problem::new(format!("`safe` of a fix is true or false, and this is {}", words(safe))))?,
    };
    let (plan, id) = place(kind, node)?;
    let value = if kind == "remove" { None } else { Some(map.get("to").ok_or_else(|| lacks(kind, "to"))?) };
    let mut cells = Vec::new();
    let edits = match (kind, value) {
        ("rename", _) => Change::Rename(text(map, "to")?),
        ("add", Some(to)) => match value_of(run, to, &mut cells)? {
            Some(value) => Change::Add(text(map, "key")?, value),
            None => return Ok(None),
        },
        ("set", Some(to)) => match value_of(run, to, &mut cells)? {
            Some(value) => Change::Set(value),
            None => return Ok(None),
        },
        _ => Change::Remove,
    };
    if plan != subject.plan || run.context.brief {
        return Ok(None);
    }
    let plan = run.plan(plan);
    let made_of_left_out = cells.len().saturating_sub(MOST_MADE_OF);
    let made_of: Vec<MadeOf> = cells.iter().take(MOST_MADE_OF).map(|cell| made_of(run, plan, *cell)).collect();
    let fix = |edits: Vec<_>| Fix { made_of, made_of_left_out, ..mend::fix(plan, title.into_said(), safe, &edits) };
    Ok(edits.of(plan, plan.node(id)).map(fix))
}

/// A figure that what a fix writes into a plan was computed from.
fn made_of(run: &Run, plan: &Plan, cell: Cell) -> MadeOf {
    let node = run.node(cell);
    let source = node.plan().source();
    let file = (source.name() != plan.name()).then(|| source.shared_name());
    MadeOf { file, path: node.path(), span: source.place(node.span()) }
}

/// What a fix does, and where.
fn kind(map: &Map) -> Result<(&'static str, &Dynamic), Problem> {
    let mut found = KINDS.iter().filter_map(|(kind, with)| Some((*kind, *with, map.get(*kind)?)));
    let (Some((kind, with, node)), None) = (found.next(), found.next()) else {
        return Err(Problem::new(
            "a fix does one thing: `set: node, to: value`, `remove: node`, `add: table, key: text, to: value` or \
             `rename: node, to: text`",
        ));
    };
    if let Some(other) = map.keys().find(|key| *key != kind && !with.contains(&key.as_str())) {
        let meant = near(other, with.iter().copied());
        let meant = meant.map(|meant| format!(": did you mean `{meant}`?")).unwrap_or_default();
        return Err(Problem::new(format!("a fix with `{kind}` has no `{other}`{meant}")));
    }
    Ok((kind, node))
}

fn lacks(kind: &str, key: &str) -> Problem {
    Problem::new(format!("a fix with `{kind}` wants `{key}` too"))
}

fn text(map: &Map, key: &str) -> Result<String, Problem> {
    let value = map.get(key).ok_or_else(|| Problem::new(format!("this fix wants `{key}` too, a text")))?;
    let is_text = value.is_string() || value.is::<Selection>();
    let text = display(value);
    if is_text && !text.trim().is_empty() {
        return Ok(text);
    }
    Err(Problem::new(format!("`{key}` of a fix is a text, and this is {}", words(value))))
}

/// What a fix is called.
fn title(map: &Map) -> Result<Message, Problem> {
    match map.get("fix") {
        Some(title) if title.is::<Message>() => Ok(Message::of(title)),
        _ => text(map, "fix").map(|title| Message::of(&Dynamic::from(title))),
    }
}

/// The one node that a fix is about.
fn place(kind: &str, value: &Dynamic) -> Result<(u32, NodeId), Problem> {
    let selection = value.read_lock::<Selection>();
    match selection.as_ref().map(|selection| selection.ids()) {
        Some([id]) => Ok((selection.as_ref().map_or(0, |selection| selection.plan), *id)),
        Some([]) => {
            let absent = selection.as_ref().map(|selection| selection.describe()).unwrap_or_default();
            Err(Problem::new(format!("`{kind}` of a fix wants a place of the plan, and {absent} is absent")))
        }
        Some(many) => Err(Problem::new(format!("`{kind}` of a fix wants one place, and these are {}", many.len()))),
        None => Err(Problem::new(format!("`{kind}` of a fix wants a place of the plan, and this is {}", words(value)))),
    }
}

/// A value to be written, and the figures that it was computed from; `None` where it is absent.
fn value_of(run: &Run, value: &Dynamic, cells: &mut Vec<Cell>) -> Result<Option<NewValue>, Problem> {
    if let Some(array) = value.read_lock::<Array>() {
        let values: Result<Option<Vec<NewValue>>, Problem> =
            array.iter().map(|value| value_of(run, value, cells)).collect();
        return Ok(values?.map(NewValue::Array));
    }
    Ok(Some(match Operand::read(run, value) {
        Operand::Figure(Figure { computed, trace, .. }) => {
            run.traces(|traces| traces.visit(trace, &mut HashSet::new(), |cell| cells.push(cell)));
            NewValue::Figure(computed.value)
        }
        Operand::Text(text) => NewValue::Text(text.to_string()),
        Operand::Boolean(value) => NewValue::Boolean(value),
        Operand::Absent(_) => return Ok(None),
        other => {
            let words = other.words(run);
            return Err(Problem::new(format!(
                "`to` of a fix is a figure, a text, a boolean or an array of these, and this is {words}"
            )));
        }
    }))
}

/// What is to be done to a node.
enum Change {
    Set(NewValue),
    Remove,
    Add(String, NewValue),
    Rename(String),
}

impl Change {
    /// The edits; `None` where the change cannot be written, or would change nothing.
    fn of(self, plan: &Plan, node: NodeRef<'_>) -> Option<Vec<TextEdit>> {
        match self {
            Self::Set(value) => {
                let edit = set_value(node, &stated_like(plan, node.id(), value)?)?;
                (edit.text != node.text()).then(|| vec![edit])
            }
            Self::Remove => remove(node),
            Self::Add(key, value) => {
                let endless = matches!(value, NewValue::Figure(figure) if figure.normalize().scale() > ENDLESS);
                if endless { None } else { add_key(node, &key, &value) }
            }
            Self::Rename(name) => rename_key(node, &name),
        }
    }
}

/// A quotient without end is stated in the unit of the figure that it replaces.
fn stated_like(plan: &Plan, node: NodeId, value: NewValue) -> Option<NewValue> {
    let NewValue::Figure(figure) = value else { return Some(value) };
    if figure.normalize().scale() <= ENDLESS {
        return Some(value);
    }
    let unit = plan.stated(node)?.unit;
    plan.rounding_at(node).mode().round(figure, unit).filter(|rounded| rounded.scale() <= ENDLESS).map(NewValue::Figure)
}
