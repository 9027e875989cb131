//! Verbs for texts. Each works on a text of the rule and on a text of the plan alike.

use rhai::{Array, Dynamic, Engine, INT, NativeCallContext};

use super::Outcome;
use crate::figure::{Decimal, RoundingStrategy};
use crate::finding::grouped;
use crate::script::limits;
use crate::script::operand::Operand;
use crate::script::problem::Problem;
use crate::script::run::Run;
use crate::script::tag::run_of;

pub(super) fn register(engine: &mut Engine) {
    engine.register_fn("to_string", |text: &mut rhai::ImmutableString| text.clone());
    engine.register_fn("to_string", |value: INT| value.to_string());
    engine.register_fn("to_string", |value: bool| value.to_string());
    engine.register_fn("to_string", |value: char| value.to_string());
    engine.register_fn("to_string", |value: &mut Decimal| grouped(*value));
    engine.register_fn("text", |context: NativeCallContext, value: Dynamic| -> Outcome<String> {
        Ok(text(&*run_of(&context)?, "text", &value)?)
    });
    engine.register_fn("text", |context: NativeCallContext, value: Dynamic, places: INT| -> Outcome<String> {
        Ok(rounded(&*run_of(&context)?, &value, places)?)
    });
    of_text(engine, "trim", |text| text.trim().to_owned().into());
    of_text(engine, "to_lower", |text| text.to_lowercase().into());
    of_text(engine, "to_upper", |text| text.to_uppercase().into());
    of_text(engine, "length", |text| INT::try_from(text.chars().count()).unwrap_or(INT::MAX).into());
    of_two(engine, "starts_with", |text, start| text.starts_with(start).into());
    of_two(engine, "ends_with", |text, end| text.ends_with(end).into());
    of_two(engine, "includes", |text, part| text.contains(part).into());
    engine.register_fn("distance", |context: NativeCallContext, a: Dynamic, b: Dynamic| -> Outcome<INT> {
        let run = run_of(&context)?;
        let (a, b) = (text(&run, "distance", &a)?, text(&run, "distance", &b)?);
        let work = a.len().saturating_mul(b.len());
        if work > 4_000_000 {
            return Err(Problem::new("`distance`: these texts are too long: at most 2000 characters each").into());
        }
        if limits::work(work as u64 / 8) {
            return Err(Problem::new("stopped").into());
        }
        Ok(INT::try_from(strsim::damerau_levenshtein(&a, &b)).unwrap_or(INT::MAX))
    });
    of_two(engine, "split", |text, by| {
        let parts: Array = if by.is_empty() {
            vec![text.to_owned().into()]
        } else {
            text.split(by).map(|part| part.to_owned().into()).collect()
        };
        parts.into()
    });
    engine.register_fn("matches", |context: NativeCallContext, value: Dynamic, pattern: &str| -> Outcome<bool> {
        let run = run_of(&context)?;
        let text = text(&run, "matches", &value)?;
        let regex =
            run.regex(pattern).map_err(|fault| Problem::new(format!("this is no regular expression: {fault}")))?;
        Ok(regex.is_match(&text))
    });
}

fn of_text(engine: &mut Engine, name: &'static str, work: fn(&str) -> Dynamic) {
    engine.register_fn(name, move |context: NativeCallContext, value: Dynamic| -> Outcome<Dynamic> {
        Ok(work(&text(&*run_of(&context)?, name, &value)?))
    });
}

fn of_two(engine: &mut Engine, name: &'static str, work: fn(&str, &str) -> Dynamic) {
    engine.register_fn(name, move |context: NativeCallContext, a: Dynamic, b: Dynamic| -> Outcome<Dynamic> {
        let run = run_of(&context)?;
        let (a, b) = (text(&run, name, &a)?, text(&run, name, &b)?);
        if a.len().saturating_mul(b.len()) > 100_000_000 {
            return Err(Problem::new(format!("`{name}`: these texts are too long")).into());
        }
        Ok(work(&a, &b))
    });
}

/// The text of a value: of a text itself, of a number or date as written.
pub(super) fn text(run: &Run, verb: &str, value: &Dynamic) -> Result<String, Problem> {
    match Operand::read(run, value) {
        Operand::Text(text) => Ok(text.to_string()),
        Operand::Figure(_) => Ok(display(value)),
        Operand::Date(text) => Ok(text),
        Operand::Boolean(value) => Ok(value.to_string()),
        other => Err(Problem::new(format!("`{verb}` wants a text, and this is {}{}", other.words(run), other.hint()))),
    }
}

/// A figure for reading, with so many places. It is a text, so that nothing can be held against what was rounded.
fn rounded(run: &Run, value: &Dynamic, places: INT) -> Result<String, Problem> {
    let places = u32::try_from(places).ok().filter(|places| *places <= Decimal::MAX_SCALE);
    let places = places.ok_or_else(|| {
        Problem::new(format!("`text`: a figure may be shown with 0 to {} places", Decimal::MAX_SCALE))
    })?;
    match Operand::read(run, value) {
        Operand::Figure(figure) => {
            let strategy = RoundingStrategy::MidpointAwayFromZero;
            let mut shown = figure.value().round_dp_with_strategy(places, strategy);
            shown.rescale(places);
            Ok(grouped(shown))
        }
        // As between backquotes: a message is made before the check finds that it does not apply.
        Operand::Absent(absent) => Ok(absent.display()),
        other => Err(Problem::new(format!("`text` wants a figure, and this is {}{}", other.words(run), other.hint()))),
    }
}

/// A value as people read it; the engine itself would give the name of its type.
pub(in crate::script) fn display(value: &Dynamic) -> String {
    if let Some(selection) = value.read_lock::<crate::script::selection::Selection>() {
        return selection.display();
    }
    if let Some(figure) = value.read_lock::<crate::script::figure::Figure>() {
        return figure.value().to_string();
    }
    if let Some(message) = value.read_lock::<crate::script::message::Message>() {
        return message.to_string();
    }
    if let Some(day) = value.read_lock::<super::Day>() {
        return day.0.to_string();
    }
    value.to_string()
}

/// Two texts as one, within the limit on texts.
pub(in crate::script) fn joined(a: &str, b: &str) -> Result<String, Problem> {
    if a.len() + b.len() > limits::current().text {
        return Err(Problem::new(format!("a text may have at most {} bytes", limits::current().text)));
    }
    Ok([a, b].concat())
}
