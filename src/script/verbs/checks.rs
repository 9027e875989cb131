//! Verbs that judge: each check ends in passed, failed or not applicable.

use std::collections::HashMap;
use std::sync::Arc;

use rhai::{Array, Dynamic, Engine, ImmutableString, NativeCallContext};

use super::Outcome;
use super::figures::{sum, sum_array};
use super::fixes;
use super::texts::display;
use crate::figure::Cell;
use crate::finding::Severity;
use crate::plan::NodeId;
use crate::plan::vocabulary::near;
use crate::script::expect::{self, Relation, Subject};
use crate::script::mend;
use crate::script::message::{Message, Spoke, Spoken};
use crate::script::operand::Operand;
use crate::script::problem::Problem;
use crate::script::run::Run;
use crate::script::selection::{Selection, id_path};
use crate::script::tag::run_of;
use crate::words::{Said, Written};

pub(super) fn register(engine: &mut Engine) {
    for (verb, relation) in [("expect_equal", Relation::Equal), ("expect_derived", Relation::Derived)] {
        engine.register_fn(verb, move |context: NativeCallContext, stated: Dynamic, computed: Dynamic| {
            done(expect::equal(&*run_of(&context)?, &stated, &computed, relation, None))
        });
    }
    engine.register_fn("expect_sum", |context: NativeCallContext, stated: Dynamic, addends: Selection| {
        done(expect_sum(&*run_of(&context)?, &stated, &addends, None))
    });
    engine.register_fn("expect_sum", |context: NativeCallContext, stated: Dynamic, addends: Array| {
        done(expect_sum_of_all(&run_of(&context)?, &stated, &addends, None))
    });
    engine.register_fn("not_applicable", |context: NativeCallContext| -> Outcome<()> {
        expect::not_applicable(&*run_of(&context)?);
        Ok(())
    });
    register_each(engine);
    register_with::<ImmutableString>(engine);
    register_with::<Message>(engine);
}

/// The checks with a message of the rule's own: a text, or what `says` made.
fn register_with<M: Spoke>(engine: &mut Engine) {
    engine.register_fn("expect", |context: NativeCallContext, condition: bool, node: Dynamic, message: M| {
        let run = run_of(&context)?;
        let subject = expect::subject_of(&run, &node);
        done(expect::holds(&run, condition, subject, || message.message()))
    });
    for (verb, relation) in [("expect_equal", Relation::Equal), ("expect_derived", Relation::Derived)] {
        engine.register_fn(verb, move |context: NativeCallContext, stated: Dynamic, computed: Dynamic, message: M| {
            done(expect::equal(&*run_of(&context)?, &stated, &computed, relation, Some(&message)))
        });
    }
    engine.register_fn("expect_sum", |context: NativeCallContext, stated: Dynamic, addends: Selection, message: M| {
        done(expect_sum(&*run_of(&context)?, &stated, &addends, Some(&message)))
    });
    engine.register_fn("expect_sum", |context: NativeCallContext, stated: Dynamic, addends: Array, message: M| {
        done(expect_sum_of_all(&run_of(&context)?, &stated, &addends, Some(&message)))
    });
    register_each_with::<M>(engine);
    for (verb, severity) in [("fail", None), ("warn", Some(Severity::Warning)), ("note", Some(Severity::Info))] {
        engine.register_fn(verb, move |context: NativeCallContext, node: Dynamic, message: M| {
            done(said(&*run_of(&context)?, verb, severity, &node, &message, &Array::new()))
        });
        engine.register_fn(verb, move |context: NativeCallContext, node: Dynamic, message: M, shown: Array| {
            done(said(&*run_of(&context)?, verb, severity, &node, &message, &shown))
        });
    }
}

/// The elements of an array that must be places of plans.
fn selections(array: &Array) -> Result<Vec<Selection>, Problem> {
    let one = |value: &Dynamic| {
        value.read_lock::<Selection>().map(|selection| selection.clone()).ok_or_else(|| {
            let words = crate::script::operand::words(value);
            Problem::new(format!("`expect_unique` wants places of plans, and the array holds {words}"))
        })
    };
    array.iter().map(one).collect()
}

/// Verbs that check each node of a selection.
fn register_each(engine: &mut Engine) {
    engine.register_fn(
        "expect_range",
        |context: NativeCallContext, figures: Selection, low: Dynamic, high: Dynamic| {
            done(range(&*run_of(&context)?, &figures, &low, &high, None))
        },
    );
    engine.register_fn("expect_in", |context: NativeCallContext, values: Selection, allowed: Dynamic| {
        done(membership(&*run_of(&context)?, &values, &allowed, None))
    });
    engine.register_fn("expect_unique", |context: NativeCallContext, values: Selection| {
        done(unique(&*run_of(&context)?, &[values], None))
    });
    engine.register_fn("expect_unique", |context: NativeCallContext, values: Array| {
        done(unique(&*run_of(&context)?, &selections(&values)?, None))
    });
    engine.register_fn("expect_present", |context: NativeCallContext, tables: Selection, key: &str| {
        done(present(&*run_of(&context)?, &tables, key, None))
    });
}

fn register_each_with<M: Spoke>(engine: &mut Engine) {
    engine.register_fn(
        "expect_range",
        |context: NativeCallContext, figures: Selection, low: Dynamic, high: Dynamic, message: M| {
            done(range(&*run_of(&context)?, &figures, &low, &high, Some(&message)))
        },
    );
    engine.register_fn("expect_in", |context: NativeCallContext, values: Selection, allowed: Dynamic, message: M| {
        done(membership(&*run_of(&context)?, &values, &allowed, Some(&message)))
    });
    engine.register_fn("expect_unique", |context: NativeCallContext, values: Selection, message: M| {
        done(unique(&*run_of(&context)?, &[values], Some(&message)))
    });
    engine.register_fn("expect_unique", |context: NativeCallContext, values: Array, message: M| {
        done(unique(&*run_of(&context)?, &selections(&values)?, Some(&message)))
    });
    engine.register_fn("expect_present", |context: NativeCallContext, tables: Selection, key: &str, message: M| {
        done(present(&*run_of(&context)?, &tables, key, Some(&message)))
    });
}

/// A finding in a rule's own words, with what it shows and offers. Without a severity of its own it is a failed check.
fn said(
    run: &Run,
    verb: &str,
    severity: Option<Severity>,
    node: &Dynamic,
    message: &dyn Spoken,
    shown: &Array,
) -> Result<(), Problem> {
    let subject = expect::subject_of(run, node).ok_or_else(|| match severity {
        None => Problem::new("a check that fails must name a node of the plan"),
        Some(_) => Problem::new(format!("`{verb}` must name a node of the plan, such as `{verb}(risk, \"...\")`")),
    })?;
    let message = if run.context.brief { Message::default() } else { message.message() };
    let mut finding = expect::about(run, subject, severity.unwrap_or_else(|| run.severity(subject.plan)), message);
    fixes::read(run, &mut finding, subject, shown)?;
    match severity {
        None => expect::failed(run, finding),
        Some(_) => expect::found(run, finding),
    }
    Ok(())
}

fn done(result: Result<(), Problem>) -> Outcome<()> {
    Ok(result?)
}

fn expect_sum(run: &Run, stated: &Dynamic, addends: &Selection, message: Option<&dyn Spoken>) -> Result<(), Problem> {
    expect::equal(run, stated, &sum(run, addends)?, Relation::Derived, message)
}

/// A stated figure equals the sum of several figures or selections. Where one of them is absent, the sum is not of all, and
/// the check is not applicable.
fn expect_sum_of_all(
    run: &Arc<Run>,
    stated: &Dynamic,
    addends: &Array,
    message: Option<&dyn Spoken>,
) -> Result<(), Problem> {
    let absent = |value: &Dynamic| value.read_lock::<Selection>().is_some_and(|selection| selection.flat().is_empty());
    if addends.is_empty() || addends.iter().any(absent) {
        expect::not_applicable(run);
        return Ok(());
    }
    expect::equal(run, stated, &sum_array(run, addends)?, Relation::Derived, message)
}

/// Each figure lies between two bounds, both included. A bound is no reconciliation: it does not count as looking at.
fn range(
    run: &Run,
    figures: &Selection,
    low: &Dynamic,
    high: &Dynamic,
    message: Option<&dyn Spoken>,
) -> Result<(), Problem> {
    let (low, high) = (limit(run, low)?, limit(run, high)?);
    let plan = figures.the_plan();
    each(run, figures, |id, subject| {
        let value = match plan.value(id) {
            Some(value) => value,
            None => match Operand::read_selection(run, &figures.one(id)) {
                Operand::Figure(figure) => figure.value(),
                Operand::Absent(_) => {
                    expect::not_applicable(run);
                    return Ok(());
                }
                other => {
                    return Err(Problem::new(format!(
                        "`expect_range` wants figures, and this is {}",
                        other.words(run)
                    )));
                }
            },
        };
        let inside = low.is_none_or(|low| value >= low) && high.is_none_or(|high| value <= high);
        let default = || {
            let template = match (low, high) {
                (Some(_), Some(_)) => "{place} is {value}: expected {low} to {high}",
                (Some(_), None) => "{place} is {value}: expected {low} or more",
                (None, Some(_)) => "{place} is {value}: expected {high} or less",
                (None, None) => "{place} is {value}",
            };
            let mut said = Said::of(template).text("place", id_path(subject.node(run)));
            for (name, figure) in [("value", Some(value)), ("low", low), ("high", high)] {
                if let Some(figure) = figure {
                    said = said.with(name, Written::Number(figure.to_string()));
                }
            }
            said.into()
        };
        expect::holds(run, inside, Some(subject), || message.map_or_else(default, Spoken::message))
    })
}

/// A bound: a figure, or `()` for none.
fn limit(run: &Run, bound: &Dynamic) -> Result<Option<crate::figure::Decimal>, Problem> {
    if bound.is_unit() {
        return Ok(None);
    }
    match Operand::read(run, bound) {
        Operand::Figure(figure) => Ok(Some(figure.value())),
        other => Err(Problem::new(format!("a bound is {}: expected a figure, or `()` for none", other.words(run)))),
    }
}

/// Does the same for each node, arrays flattened; an empty selection is not applicable.
fn each(
    run: &Run,
    selection: &Selection,
    mut work: impl FnMut(NodeId, Subject) -> Result<(), Problem>,
) -> Result<(), Problem> {
    each_of(run, std::slice::from_ref(selection), |_, id, subject| work(id, subject))
}

/// The same for the nodes of several selections, which may be of several plans; only all of them empty is not applicable.
fn each_of(
    run: &Run,
    selections: &[Selection],
    mut work: impl FnMut(&Selection, NodeId, Subject) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let mut any = false;
    for selection in selections {
        for id in selection.flat() {
            any = true;
            run.look_at(selection.plan, id);
            if selection.the_plan().is_mistyped(id) {
                expect::not_applicable(run);
                continue;
            }
            work(selection, id, Subject { plan: selection.plan, node: id })?;
        }
    }
    if !any {
        expect::not_applicable(run);
    }
    Ok(())
}

/// Each value is among those allowed.
fn membership(run: &Run, values: &Selection, allowed: &Dynamic, message: Option<&dyn Spoken>) -> Result<(), Problem> {
    let mut places: HashMap<String, Option<(u32, NodeId)>> = HashMap::new();
    let mut allow = |selection: &Selection| {
        for id in selection.flat() {
            let node = selection.node(id);
            let node = node.get("id").unwrap_or(node);
            places.insert(node.display().into_owned(), Some((selection.plan, node.id())));
        }
    };
    if let Some(selection) = allowed.read_lock::<Selection>() {
        allow(&selection);
    } else if let Some(array) = allowed.read_lock::<Array>() {
        array.iter().filter_map(|value| value.read_lock::<Selection>()).for_each(|selection| allow(&selection));
        let plain = array.iter().filter(|value| !value.is::<Selection>());
        places.extend(plain.map(|value| (display(value), None)));
    } else {
        return Err(Problem::new("`expect_in` wants a selection or an array of what is allowed"));
    }
    if places.is_empty() {
        expect::not_applicable(run);
        return Ok(());
    }
    each(run, values, |id, subject| {
        let node = values.node(id);
        let value = node.display();
        let found = places.get(value.as_ref());
        run.mark_nodes(subject.plan, &[id]);
        if let Some(Some((plan, place))) = found {
            run.mark_nodes(*plan, &[*place]);
        }
        let same = found.copied().flatten().map(|(plan, place)| cell(plan, place));
        let other = if found.is_some() { value.clone().into_owned() } else { allowed_words(places.len()) };
        run.matched(node, subject.plan, (other, same), found.is_some());
        let default = || {
            let mut known: Vec<&str> = places.keys().map(String::as_str).collect();
            known.sort_unstable();
            known.truncate(12);
            Said::of("{place} is \"{given}\": expected one of {known}")
                .text("place", id_path(node))
                .text("given", &*value)
                .text("known", known.join(", "))
                .into()
        };
        if found.is_some() {
            expect::passed(run);
            return Ok(());
        }
        let message = message.map_or_else(default, |message| message.message().with_value(&value));
        let mut finding = expect::about(run, subject, run.severity(subject.plan), message);
        let mut known: Vec<&str> = places.keys().map(String::as_str).collect();
        known.sort_unstable();
        let meant = near(&value, known);
        if let Some(meant) = meant {
            let help = Said::of("did you mean \"{meant}\"?").text("meant", meant);
            finding.help = Some(help.to_string());
            finding.help_said = Some(help);
        }
        if !run.context.brief {
            finding.fixes = mend::unknown_value(node, meant);
        }
        expect::failed(run, finding);
        Ok(())
    })
}

fn cell(plan: u32, node: NodeId) -> Cell {
    Cell { plan, node: u32::try_from(node.index()).unwrap_or(u32::MAX) }
}

fn allowed_words(n: usize) -> String {
    if n == 1 { "the one value that is allowed".to_owned() } else { format!("{n} values that are allowed") }
}

fn others(n: usize) -> String {
    match n {
        0 => "no value before it".to_owned(),
        1 => "1 value before it".to_owned(),
        n => format!("{n} values before it"),
    }
}

/// No value is given twice; the finding points to the first.
fn unique(run: &Run, values: &[Selection], message: Option<&dyn Spoken>) -> Result<(), Problem> {
    let mut first: HashMap<String, Subject> = HashMap::new();
    each_of(run, values, |values, id, subject| {
        let value = values.node(id).display().into_owned();
        run.mark_nodes(subject.plan, &[id]);
        let Some(before) = first.get(&value) else {
            run.matched(values.node(id), subject.plan, (others(first.len()), None), true);
            first.insert(value, subject);
            expect::passed(run);
            return Ok(());
        };
        let place = Some(cell(before.plan, before.node));
        run.matched(values.node(id), subject.plan, (value.clone(), place), false);
        let default = || Said::of("\"{given}\" is given twice").text("given", &*value).into();
        let message = message.map_or_else(default, |message| message.message().with_value(&value));
        let mut finding = expect::about(run, subject, run.severity(subject.plan), message);
        expect::point_to(run, &mut finding, before.node(run), || "first given here".into());
        expect::failed(run, finding);
        Ok(())
    })
}

/// Each table has a key, and its value is not empty.
fn present(run: &Run, tables: &Selection, key: &str, message: Option<&dyn Spoken>) -> Result<(), Problem> {
    each(run, tables, |id, subject| {
        let node = tables.node(id);
        let value = node.get(key);
        let blank = |node: crate::plan::NodeRef<'_>| {
            tables.the_plan().flatten(&[node.id()]).is_empty() || node.str().is_some_and(|text| text.trim().is_empty())
        };
        let there = value.is_some_and(|value| !blank(value));
        // What is there and empty is shown itself; what is missing, by the table that lacks it.
        let subject = value.map_or(subject, |value| Subject { node: value.id(), ..subject });
        let message = || {
            let name = tables.one(id).display();
            let default = || Said::of("{place} has no {key}").text("place", id_path(node)).text("key", key).into();
            message.map_or_else(default, |message| message.message().with_value(&name))
        };
        expect::holds(run, there, Some(subject), message)
    })
}
