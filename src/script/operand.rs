//! What a value of a rule is when an operator or verb reads it.
//!
//! The one place where the engine's values become figures and texts, so that no verb can read them differently.

use rhai::{Dynamic, ImmutableString};

use super::figure::Figure;
use super::run::Run;
use super::selection::{Missing, Nodes, Selection};
use crate::figure::Decimal;
use crate::plan::Kind;

/// A value, read.
pub(crate) enum Operand {
    Figure(Figure),
    Text(ImmutableString),
    Boolean(bool),
    /// A day or a moment of the plan, as written.
    Date(String),
    /// Nothing is there; the selection knows what was asked for.
    Absent(Selection),
    /// Several nodes where one value was wanted.
    Many(Selection),
    /// A table or an array of the plan, or a value of the engine that is none of these; in words.
    Other(String),
}

impl Operand {
    /// Reads a value.
    pub(crate) fn read(run: &Run, value: &Dynamic) -> Self {
        if let Ok(int) = value.as_int() {
            return Self::Figure(Figure::constant(Decimal::from(int)));
        }
        if let Some(figure) = value.read_lock::<Figure>() {
            return Self::Figure(figure.clone());
        }
        if let Some(selection) = value.read_lock::<Selection>() {
            return Self::read_selection(run, &selection);
        }
        if let Some(decimal) = value.read_lock::<Decimal>() {
            return Self::Figure(Figure::constant(*decimal));
        }
        if let Some(text) = value.read_lock::<ImmutableString>() {
            return Self::Text(text.clone());
        }
        if let Some(message) = value.read_lock::<super::message::Message>() {
            return Self::Text(message.to_string().into());
        }
        if let Some(day) = value.read_lock::<super::verbs::Day>() {
            return Self::Date(day.0.to_string());
        }
        if let Ok(boolean) = value.as_bool() {
            return Self::Boolean(boolean);
        }
        if let Ok(character) = value.as_char() {
            return Self::Text(character.to_string().into());
        }
        Self::Other(words(value))
    }

    /// Reads a selection.
    pub(crate) fn read_selection(run: &Run, selection: &Selection) -> Self {
        if matches!(selection.nodes, Nodes::Absent(_)) {
            return Self::Absent(selection.clone());
        }
        let flat = selection.flat();
        let [id] = flat.as_slice() else {
            return match flat.len() {
                0 => Self::Absent(selection.absent(Missing::Nothing(format!("{} is empty", selection.describe())))),
                _ => Self::Many(selection.clone()),
            };
        };
        let node = selection.node(*id);
        if selection.the_plan().is_mistyped(*id) {
            return Self::Absent(
                selection.absent(Missing::Unusable(format!("{} has the wrong type", selection.describe()))),
            );
        }
        match node.kind() {
            Kind::Integer | Kind::Float => match run.figure(selection.plan, *id) {
                Some(figure) => Self::Figure(figure),
                None => Self::Absent(
                    selection
                        .absent(Missing::Unusable(format!("{} takes no part in comparisons", selection.describe()))),
                ),
            },
            Kind::Text => Self::Text(node.str().unwrap_or_default().into_owned().into()),
            Kind::Boolean => Self::Boolean(node.bool().unwrap_or_default()),
            Kind::Date => Self::Date(node.text().to_owned()),
            Kind::Table => Self::Other(match selection.describe().as_str() {
                "" => "a table (the whole plan)".to_owned(),
                path => format!("a table, {path}"),
            }),
            Kind::Array => Self::Other("an array".to_owned()),
        }
    }

    /// The operand as the subject of a sentence.
    pub(crate) fn words(&self, run: &Run) -> String {
        match self {
            Self::Figure(figure) => match run.unit_words(figure.unit).as_str() {
                "a plain number" => format!("the number {}", figure.value()),
                unit => format!("{unit} ({})", figure.value()),
            },
            Self::Text(text) => format!("the text \"{}\"", shortened(text)),
            Self::Boolean(value) => format!("the boolean {value}"),
            Self::Date(text) => format!("the date {text}"),
            Self::Absent(selection) => format!("{}, which is absent", selection.describe()),
            Self::Many(selection) => format!("{} nodes ({})", selection.flat().len(), selection.describe()),
            Self::Other(words) => words.clone(),
        }
    }

    /// What to do instead, where there is something.
    pub(crate) fn hint(&self) -> &'static str {
        match self {
            Self::Absent(_) => {
                "; ask `.is_empty()` first, or use a verb such as `expect_equal`, which is then not applicable"
            }
            Self::Many(_) => "; use `sum`, `min`, `max` or `count`, or go through them with `for`",
            _ => "",
        }
    }
}

/// A value of the engine, in words.
pub(crate) fn words(value: &Dynamic) -> String {
    if value.is_unit() {
        "nothing: `()`".to_owned()
    } else if value.is_array() {
        "an array".to_owned()
    } else if value.is_map() {
        "a map".to_owned()
    } else if value.is_fnptr() {
        "a function".to_owned()
    } else if value.is_int() || value.is_decimal() {
        format!("the number {value}")
    } else if value.is_string() {
        "a text".to_owned()
    } else {
        format!("a {}", value.type_name())
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((at, _)) => format!("{}...", &text[..at]),
        None => text.to_owned(),
    }
}
