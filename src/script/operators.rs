//! `+ - * / % **`, comparisons and signs, for every pair of values.
//!
//! The engine's built-in operators answer `false` where kinds differ and cut quotients of integers; here each operator is one
//! function for all values, which computes exactly or says what is wrong. No operator ever returns a silent wrong answer.

use std::cmp::Ordering;

use rhai::{Dynamic, Engine, EvalAltResult, INT, NativeCallContext};

use super::figure::{Figure, common_unit};
use super::look::{Distance, LookOutcome};
use super::operand::Operand;
use super::problem::Problem;
use super::run::Run;
use super::selection::{Missing, Selection};
use super::tag::run_of;
use crate::figure::Decimal;

type Outcome = Result<Dynamic, Box<EvalAltResult>>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
}

#[derive(Clone, Copy)]
enum Compare {
    Equal,
    Unequal,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

pub(super) fn register(engine: &mut Engine) {
    use Arithmetic as A;
    use Compare as C;
    // Without this the engine would use its own operators for its own types and never ask ours.
    engine.set_fast_operators(false);
    for (symbol, assign, operation) in [
        ("+", "+=", A::Add),
        ("-", "-=", A::Subtract),
        ("*", "*=", A::Multiply),
        ("/", "/=", A::Divide),
        ("%", "%=", A::Remainder),
        ("**", "**=", A::Power),
    ] {
        engine.register_fn(symbol, move |context: NativeCallContext, a: Dynamic, b: Dynamic| {
            arithmetic(&context, symbol, operation, &a, &b)
        });
        engine.register_fn(assign, move |context: NativeCallContext, a: &mut Dynamic, b: Dynamic| {
            let value = arithmetic(&context, symbol, operation, &a.clone(), &b)?;
            *a = value;
            Ok::<(), Box<EvalAltResult>>(())
        });
    }
    for (symbol, comparison) in [
        ("==", C::Equal),
        ("!=", C::Unequal),
        ("<", C::Less),
        ("<=", C::LessEqual),
        (">", C::Greater),
        (">=", C::GreaterEqual),
    ] {
        engine.register_fn(symbol, move |context: NativeCallContext, a: Dynamic, b: Dynamic| {
            let run = run_of(&context)?;
            compare(&run, symbol, comparison, &a, &b).map_err(Box::<EvalAltResult>::from)
        });
    }
    engine.register_fn("!", |context: NativeCallContext, value: Dynamic| -> Result<bool, Box<EvalAltResult>> {
        let run = run_of(&context)?;
        value.as_bool().map(|value| !value).map_err(|_| {
            let words = Operand::read(&run, &value).words(&run);
            let problem =
                format!("`!` wants a boolean, and this is {words}; of a place of the plan ask `place == true`");
            Problem::new(problem).into()
        })
    });
    engine.register_fn("-", |context: NativeCallContext, value: Dynamic| negate(&context, &value));
    engine.register_fn("+", |context: NativeCallContext, value: Dynamic| {
        let run = run_of(&context)?;
        match Operand::read(&run, &value) {
            Operand::Figure(_) => Ok::<Dynamic, Box<EvalAltResult>>(value),
            other => Err(Problem::new(format!("`+` wants a figure, and this is {}", other.words(&run))).into()),
        }
    });
}

fn negate(context: &NativeCallContext, value: &Dynamic) -> Outcome {
    if let Some(negative) = value.as_int().ok().and_then(INT::checked_neg) {
        return Ok(negative.into());
    }
    let run = run_of(context)?;
    match Operand::read(&run, value) {
        Operand::Figure(figure) => Ok(give(&figure.negate(&run))),
        Operand::Absent(selection) if selection.is_unusable() => Ok(Dynamic::from(selection)),
        other => {
            Err(Problem::new(format!("`-` wants a figure, and this is {}{}", other.words(&run), other.hint())).into())
        }
    }
}

fn arithmetic(context: &NativeCallContext, symbol: &str, operation: Arithmetic, a: &Dynamic, b: &Dynamic) -> Outcome {
    if let (Ok(a), Ok(b)) = (a.as_int(), b.as_int())
        && let Some(result) = integers(operation, a, b)
    {
        return result.map_err(|message| Problem::new(message).into());
    }
    let run = run_of(context)?;
    let (left, right) = (Operand::read(&run, a), Operand::read(&run, b));
    match (&left, &right) {
        (Operand::Figure(x), Operand::Figure(y)) => match figures(&run, operation, x, y) {
            Ok(figure) => Ok(give(&figure)),
            // A quotient by what may be zero is not applicable: it goes on as an absent figure, and ends in a check.
            Err(Problem::Inapplicable(why)) => {
                Ok(Dynamic::from(Selection::root(run, 0).absent(Missing::Unusable(why.to_string()))))
            }
            Err(problem) => Err(problem.into()),
        },
        (Operand::Text(x), Operand::Text(y)) if operation == Arithmetic::Add => Ok(super::verbs::joined(x, y)?.into()),
        (Operand::Absent(absent), Operand::Figure(_) | Operand::Absent(_)) if absent.is_unusable() => {
            Ok(Dynamic::from(absent.clone()))
        }
        (Operand::Figure(_), Operand::Absent(absent)) if absent.is_unusable() => Ok(Dynamic::from(absent.clone())),
        _ => Err(mismatch(&run, symbol, &left, &right).into()),
    }
}

/// Counts stay integers, so that they can be indexes; a quotient that is none becomes a decimal.
fn integers(operation: Arithmetic, a: INT, b: INT) -> Option<Result<Dynamic, String>> {
    let overflow = || "the result is too large for a count".to_owned();
    let checked = |value: Option<INT>| Some(value.map(Dynamic::from).ok_or_else(overflow));
    match operation {
        Arithmetic::Add => checked(a.checked_add(b)),
        Arithmetic::Subtract => checked(a.checked_sub(b)),
        Arithmetic::Multiply => checked(a.checked_mul(b)),
        Arithmetic::Remainder if b != 0 => checked(a.checked_rem(b)),
        Arithmetic::Divide if b != 0 && a.checked_rem(b) == Some(0) => checked(a.checked_div(b)),
        Arithmetic::Power => u32::try_from(b).ok().map(|b| a.checked_pow(b).map(Dynamic::from).ok_or_else(overflow)),
        _ => None,
    }
}

fn figures(run: &Run, operation: Arithmetic, a: &Figure, b: &Figure) -> Result<Figure, Problem> {
    match operation {
        Arithmetic::Add => a.add(run, b),
        Arithmetic::Subtract => a.subtract(run, b),
        Arithmetic::Multiply => a.multiply(run, b),
        Arithmetic::Divide => a.divide(run, b),
        Arithmetic::Remainder | Arithmetic::Power => constants(operation, a, b),
    }
}

/// Remainders and powers have no place in sums of rounded figures: they are for a rule's own constants.
fn constants(operation: Arithmetic, a: &Figure, b: &Figure) -> Result<Figure, Problem> {
    if !a.is_constant() || !b.is_constant() {
        return Err(Problem::new("`%` and `**` are for whole numbers of the rule, not for figures of the plan"));
    }
    let value = match operation {
        Arithmetic::Remainder => a.value().checked_rem(b.value()),
        _ => None,
    };
    value.map(Figure::constant).ok_or_else(|| Problem::new("this cannot be computed exactly"))
}

/// A figure as a value of the engine: an exact constant is a plain decimal.
pub(super) fn give(figure: &Figure) -> Dynamic {
    if figure.is_constant() && figure.is_exact() && figure.unit == super::figure::FigureUnit::None {
        Dynamic::from_decimal(figure.value())
    } else {
        Dynamic::from(figure.clone())
    }
}

fn compare(run: &Run, symbol: &str, comparison: Compare, a: &Dynamic, b: &Dynamic) -> Result<bool, Problem> {
    let (left, right) = (Operand::read(run, a), Operand::read(run, b));
    let mut looked = None;
    let order = match (&left, &right) {
        (Operand::Figure(x), Operand::Figure(y)) => {
            common_unit(run, x, y, "compared")?;
            // Two figures of the plan held against each other have been looked at; one held against a constant has not
            // been reconciled with anything.
            if !x.is_constant() && !y.is_constant() {
                run.mark(x.trace);
                run.mark(y.trace);
                looked = Some((x, y));
            }
            x.value().cmp(&y.value())
        }
        (Operand::Text(x), Operand::Text(y)) if matches!(comparison, Compare::Equal | Compare::Unequal) => {
            x.as_str().cmp(y.as_str())
        }
        (Operand::Text(_), Operand::Text(_)) => {
            let message = format!("`{symbol}` cannot order texts; `rank(word, scale)` is a word's place on a scale");
            return Err(Problem::new(message));
        }
        (Operand::Date(x), Operand::Date(y)) => super::verbs::order(x, y)?,
        (Operand::Boolean(x), Operand::Boolean(y)) if matches!(comparison, Compare::Equal | Compare::Unequal) => {
            x.cmp(y)
        }
        _ => return compare_other(run, symbol, comparison, a, b, (&left, &right)),
    };
    let holds = match comparison {
        Compare::Equal => order == Ordering::Equal,
        Compare::Unequal => order != Ordering::Equal,
        Compare::Less => order == Ordering::Less,
        Compare::LessEqual => order != Ordering::Greater,
        Compare::Greater => order == Ordering::Greater,
        Compare::GreaterEqual => order != Ordering::Less,
    };
    if let Some((x, y)) = looked {
        let outcome = if holds { LookOutcome::Holds } else { LookOutcome::DoesNotHold };
        // An operator compares the numbers as written: rounding permits nothing.
        let difference = x.value().checked_sub(y.value()).unwrap_or(Decimal::MAX);
        run.compared(x, y, outcome, Distance { difference, tolerance: Decimal::ZERO });
    }
    Ok(holds)
}

/// Arrays of one length are equal when their elements are; days that a rule made compare as days.
fn compare_other(
    run: &Run,
    symbol: &str,
    comparison: Compare,
    a: &Dynamic,
    b: &Dynamic,
    read: (&Operand, &Operand),
) -> Result<bool, Problem> {
    if let (Some(x), Some(y)) = (a.read_lock::<rhai::Array>(), b.read_lock::<rhai::Array>()) {
        if !matches!(comparison, Compare::Equal | Compare::Unequal) || x.len().max(y.len()) > 1_000 {
            return Err(Problem::new(format!("`{symbol}` cannot compare these two arrays; go through their elements")));
        }
        let mut equal = x.len() == y.len();
        for (x, y) in x.iter().zip(y.iter()) {
            equal = equal && compare(run, symbol, Compare::Equal, x, y)?;
        }
        return Ok(equal == matches!(comparison, Compare::Equal));
    }
    if a.is_unit() || b.is_unit() {
        let ask = if matches!(comparison, Compare::Unequal) { "!x.is_empty()" } else { "x.is_empty()" };
        let message =
            format!("`{symbol}` cannot compare with `()`, which is no value; ask `{ask}` whether something is there");
        return Err(Problem::new(message));
    }
    Err(mismatch(run, symbol, read.0, read.1))
}

fn mismatch(run: &Run, symbol: &str, left: &Operand, right: &Operand) -> Problem {
    if let Some(none) = [left, right].into_iter().find(|side| matches!(side, Operand::Absent(_) | Operand::Many(_))) {
        return Problem::new(format!(
            "`{symbol}` wants two values, and one side is {}{}",
            none.words(run),
            none.hint()
        ));
    }
    let joins = symbol == "+" && matches!((left, right), (Operand::Text(_), _) | (_, Operand::Text(_)));
    let hint = if joins { "; to join texts and figures write `` `${a} ${b}` ``" } else { "" };
    let (left, right) = (left.words(run), right.words(run));
    if left == right {
        let hint = if left == "an array" { "; `push` adds to one" } else { "" };
        return Problem::new(format!("`{symbol}` cannot take two values that are each {left}{hint}"));
    }
    Problem::new(format!("`{symbol}` cannot take {left} and {right}: they are of different kinds{hint}"))
}
