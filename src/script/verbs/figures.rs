//! Verbs that compute with figures.

use std::sync::Arc;

use rhai::{Array, Dynamic, Engine, NativeCallContext};

use super::Outcome;
use crate::figure::{Cell, Computed, Decimal, Sum, TraceId};
use crate::finding::grouped;
use crate::plan::NodeId;
use crate::script::explain::shown;
use crate::script::figure::{Figure, FigureUnit, common_unit};
use crate::script::operand::Operand;
use crate::script::operators::give;
use crate::script::problem::Problem;
use crate::script::run::Run;
use crate::script::selection::{Missing, Nodes, Selection};
use crate::script::tag::run_of;

pub(super) fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Figure>("figure");
    engine.register_fn("to_string", |figure: &mut Figure| grouped(shown(figure.value(), 0)));
    engine.register_fn("to_debug", |figure: &mut Figure| format!("{} in {}", figure.value(), figure.computed.interval));
    engine.register_fn("sum", |context: NativeCallContext, selection: Selection| -> Outcome<Dynamic> {
        Ok(sum(&*run_of(&context)?, &selection)?)
    });
    engine.register_fn("sum", |context: NativeCallContext, array: Array| -> Outcome<Dynamic> {
        Ok(sum_array(&run_of(&context)?, &array)?)
    });
    engine.register_fn("min", |context: NativeCallContext, selection: Selection| -> Outcome<Dynamic> {
        Ok(extreme(&*run_of(&context)?, &selection, std::cmp::Ordering::Less)?)
    });
    engine.register_fn("max", |context: NativeCallContext, selection: Selection| -> Outcome<Dynamic> {
        Ok(extreme(&*run_of(&context)?, &selection, std::cmp::Ordering::Greater)?)
    });
    two(engine, "percent_of", |run, part, whole| part.percent_of(run, whole));
    two(engine, "share_of", |run, share, amount| share.share_of(run, amount));
    engine.register_fn("agrees", |context: NativeCallContext, a: Dynamic, b: Dynamic| -> Outcome<bool> {
        Ok(agrees(&*run_of(&context)?, &a, &b)?)
    });
    engine.register_fn("is_figure", |context: NativeCallContext, value: Dynamic| -> Outcome<bool> {
        Ok(matches!(Operand::read(&*run_of(&context)?, &value), Operand::Figure(_)))
    });
    engine.register_fn("figures", |selection: &mut Selection| {
        let figures = selection.flat().into_iter().filter(|id| selection.node(*id).kind().is_number());
        selection.with(figures.collect(), || Missing::Nothing(format!("a figure at {}", selection.describe())))
    });
    one(engine, "exact", |_, figure| Figure { computed: Computed::exact(figure.value()), ..figure.clone() });
    one(
        engine,
        "abs",
        |run, figure| if figure.value().is_sign_negative() { figure.negate(run) } else { figure.clone() },
    );
    one(engine, "lower", |_, figure| bound(figure, figure.computed.interval.lower().value));
    one(engine, "upper", |_, figure| bound(figure, figure.computed.interval.upper().value));
}

fn bound(figure: &Figure, value: Decimal) -> Figure {
    Figure { computed: Computed::exact(value), ..figure.clone() }
}

/// A verb of one figure; what is absent stays absent.
fn one(engine: &mut Engine, name: &'static str, work: fn(&Run, &Figure) -> Figure) {
    engine.register_fn(name, move |context: NativeCallContext, value: Dynamic| -> Outcome<Dynamic> {
        let run = run_of(&context)?;
        Ok(match Operand::read(&run, &value) {
            Operand::Figure(figure) => give(&work(&run, &figure)),
            Operand::Absent(absent) => Dynamic::from(absent),
            other => return Err(wanted(&run, name, &other).into()),
        })
    });
}

/// A verb of two figures; with one of them absent the result is absent.
fn two(engine: &mut Engine, name: &'static str, work: fn(&Run, &Figure, &Figure) -> Result<Figure, Problem>) {
    engine.register_fn(name, move |context: NativeCallContext, a: Dynamic, b: Dynamic| -> Outcome<Dynamic> {
        let run = run_of(&context)?;
        let (a, b) = (Operand::read(&run, &a), Operand::read(&run, &b));
        Ok(match (a, b) {
            (Operand::Figure(a), Operand::Figure(b)) => match work(&run, &a, &b) {
                Ok(figure) => give(&figure),
                Err(Problem::Inapplicable(why)) => {
                    Dynamic::from(Selection::root(run, 0).absent(Missing::Unusable(why.to_string())))
                }
                Err(problem) => return Err(problem.into()),
            },
            (Operand::Absent(absent), Operand::Figure(_) | Operand::Absent(_))
            | (Operand::Figure(_), Operand::Absent(absent)) => Dynamic::from(absent),
            (Operand::Figure(_) | Operand::Absent(_), other) | (other, _) => {
                return Err(wanted(&run, name, &other).into());
            }
        })
    });
}

fn wanted(run: &Run, name: &str, found: &Operand) -> Problem {
    Problem::new(format!("`{name}` wants a figure, and this is {}{}", found.words(run), found.hint()))
}

/// The sum of all figures of a selection; nothing at all sums to nothing, not to zero.
pub(super) fn sum(run: &Run, selection: &Selection) -> Result<Dynamic, Problem> {
    let flat = selection.flat();
    let plan = selection.the_plan();
    if let Some(wrong) = selection.gap.filter(|id| plan.is_mistyped(*id)) {
        let message = format!("{} has the wrong type", selection.one(wrong).describe());
        return Ok(Dynamic::from(selection.absent(Missing::Unusable(message))));
    }
    let mut total = Sum::new();
    let mut unit: Option<FigureUnit> = None;
    for id in &flat {
        let node = plan.node(*id);
        if plan.is_mistyped(*id) {
            let message = format!("{} has the wrong type", selection.one(*id).describe());
            return Ok(Dynamic::from(selection.absent(Missing::Unusable(message))));
        }
        if !node.kind().is_number() {
            let path = selection.one(*id).describe();
            let found = match node.children().find_map(|child| child.key()) {
                Some(key) => {
                    format!("a table; name one of its keys, such as [\"{key}\"], or add up all of them: `.values()`")
                }
                None => Operand::read_selection(run, &selection.one(*id)).words(run),
            };
            return Err(Problem::new(format!("`sum` wants figures, and {path} is {found}")));
        }
        let written = plan.written(*id);
        if written.is_none_or(|written| total.push_written(written, &plan.rounding_at(*id)).is_err()) {
            let message = format!("{} takes no part in comparisons", selection.one(*id).describe());
            return Ok(Dynamic::from(selection.absent(Missing::Unusable(message))));
        }
        unit = Some(same_unit(run, unit, run.unit(selection.plan, *id))?);
    }
    let Some(unit) = unit else {
        return Ok(Dynamic::from(nothing_in(selection)));
    };
    match total.finish() {
        Ok(computed) => {
            let trace = run.traces(|traces| trace_sum(traces, selection.plan, &flat));
            let gap = selection.gap.and_then(|id| u32::try_from(id.index()).ok());
            let gap = gap.map(|node| Cell { plan: selection.plan, node });
            Ok(Dynamic::from(Figure { computed, unit, trace, gap }))
        }
        Err(why) => Ok(Dynamic::from(selection.absent(Missing::Unusable(why.to_string())))),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "node numbers are 32 bits")]
fn trace_sum(traces: &mut crate::figure::Traces, plan: u32, nodes: &[NodeId]) -> TraceId {
    if let [one] = nodes {
        return traces.cell(Cell { plan, node: one.index() as u32 });
    }
    traces.sum(plan, nodes.iter().map(|id| id.index() as u32).collect())
}

fn same_unit(run: &Run, so_far: Option<FigureUnit>, next: FigureUnit) -> Result<FigureUnit, Problem> {
    match so_far {
        None => Ok(next),
        Some(unit) if unit == next || next == FigureUnit::None => Ok(unit),
        Some(FigureUnit::None) => Ok(next),
        Some(unit) => {
            let (a, b) = (run.unit_words(unit), run.unit_words(next));
            Err(Problem::new(format!("`sum` meets {a} and {b}, which cannot be added")))
        }
    }
}

/// The sum of the values of an array, each a figure or a selection; absent ones are passed over, as in a selection.
pub(super) fn sum_array(run: &Arc<Run>, array: &Array) -> Result<Dynamic, Problem> {
    let mut total: Option<Figure> = None;
    let mut absent = None;
    for value in array {
        let value = match value.read_lock::<Selection>() {
            Some(selection) => sum(run, &selection)?,
            None => value.clone(),
        };
        match Operand::read(run, &value) {
            Operand::Figure(figure) => {
                total = Some(match total {
                    Some(total) => total.add(run, &figure)?,
                    None => figure,
                });
            }
            Operand::Absent(selection) if selection.is_unusable() => return Ok(Dynamic::from(selection)),
            Operand::Absent(selection) => absent = Some(selection),
            other => return Err(wanted(run, "sum", &other)),
        }
    }
    match (total, absent) {
        (Some(figure), _) => Ok(give(&figure)),
        (None, Some(absent)) => Ok(Dynamic::from(absent)),
        (None, None) => {
            let missing = Missing::Nothing("the sum of an empty array".to_owned());
            Ok(Dynamic::from(Selection::root(Arc::clone(run), 0).absent(missing)))
        }
    }
}

/// The least or greatest figure of a selection.
fn extreme(run: &Run, selection: &Selection, wanted_order: std::cmp::Ordering) -> Result<Dynamic, Problem> {
    let mut best: Option<Figure> = None;
    for id in selection.flat() {
        match Operand::read_selection(run, &selection.one(id)) {
            Operand::Figure(figure) => {
                best = Some(match best {
                    Some(best) => {
                        common_unit(run, &best, &figure, "compared")?;
                        if figure.value().cmp(&best.value()) == wanted_order { figure } else { best }
                    }
                    None => figure,
                });
            }
            Operand::Absent(_) => {}
            other => return Err(wanted(run, "min` and `max", &other)),
        }
    }
    Ok(best.map_or_else(|| Dynamic::from(nothing_in(selection)), |figure| give(&figure)))
}

/// What a verb gives for a selection without a figure: what was asked for and is not there stays what is missing.
fn nothing_in(selection: &Selection) -> Selection {
    match selection.nodes {
        Nodes::Absent(_) => selection.clone(),
        _ => selection.absent(Missing::Nothing(format!("{} is empty", selection.describe()))),
    }
}

fn agrees(run: &Run, a: &Dynamic, b: &Dynamic) -> Result<bool, Problem> {
    match (Operand::read(run, a), Operand::read(run, b)) {
        (Operand::Figure(a), Operand::Figure(b)) => {
            common_unit(run, &a, &b, "compared")?;
            run.mark(a.trace);
            run.mark(b.trace);
            let comparison = crate::figure::compare(a.computed, b.computed)?;
            run.compared(&a, &b, comparison.grade.into(), (&comparison).into());
            Ok(comparison.grade != crate::figure::Grade::Disagree)
        }
        (Operand::Figure(_), other) | (other, _) => Err(wanted(run, "agrees", &other)),
    }
}
