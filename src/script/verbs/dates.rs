//! Verbs for days. Days are civil dates without a place or a clock.

use std::cmp::Ordering;

use jiff::civil::{Date, DateTime};
use rhai::{Dynamic, Engine, INT, NativeCallContext};

use super::Outcome;
use crate::script::operand::Operand;
use crate::script::problem::Problem;
use crate::script::run::Run;
use crate::script::tag::run_of;

/// A day, as a rule holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::script) struct Day(pub(in crate::script) Date);

pub(super) fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Day>("date");
    engine.register_fn("to_string", |day: &mut Day| day.0.to_string());
    engine.register_fn("date", |context: NativeCallContext, value: Dynamic| -> Outcome<Dynamic> {
        let run = run_of(&context)?;
        Ok(match Operand::read(&run, &value) {
            Operand::Absent(absent) => Dynamic::from(absent),
            _ => Dynamic::from(Day(day(&run, "date", &value)?)),
        })
    });
    engine.register_fn("today", |context: NativeCallContext| -> Outcome<Day> {
        let run = run_of(&context)?;
        let today = run.context.today.ok_or_else(|| {
            Problem::new("`today` is not known: give it from outside, with `--today` or `Auditor::today`")
        })?;
        Ok(Day(today))
    });
    engine.register_fn("days_between", |context: NativeCallContext, a: Dynamic, b: Dynamic| -> Outcome<INT> {
        let run = run_of(&context)?;
        let (from, to) = (day(&run, "days_between", &a)?, day(&run, "days_between", &b)?);
        let span = from.until(to).map_err(|error| Problem::new(error.to_string()))?;
        Ok(INT::from(span.get_days()))
    });
}

fn day(run: &Run, verb: &str, value: &Dynamic) -> Result<Date, Problem> {
    let text = match Operand::read(run, value) {
        Operand::Date(text) => text,
        Operand::Text(text) => text.to_string(),
        other => {
            let (words, hint) = (other.words(run), other.hint());
            return Err(Problem::new(format!("`{verb}` wants a date, and this is {words}{hint}")));
        }
    };
    let head = text.get(..10).unwrap_or(&text);
    head.parse().map_err(|_| Problem::new(format!("\"{text}\" is no date: expected one such as 2026-12-31")))
}

/// Which of two dates, as written in a plan, is earlier.
pub(in crate::script) fn order(a: &str, b: &str) -> Result<Ordering, Problem> {
    Ok(moment(a)?.cmp(&moment(b)?))
}

fn moment(text: &str) -> Result<DateTime, Problem> {
    let local = text.trim_end_matches(['Z', 'z']).replace(' ', "T");
    if let Ok(day) = local.parse::<Date>() {
        return Ok(day.to_datetime(jiff::civil::Time::midnight()));
    }
    local.parse().map_err(|_| Problem::new(format!("{text} cannot be compared: only days and local moments can")))
}
