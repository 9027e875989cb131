//! What an expression came to, for a terminal: the value first, then what it was made of and where that stands.

use std::io::{self, Write};

use super::columns::{Cell, lines};
use super::harmless::harmless;
use super::style::Style;
use super::{TextOptions, counted, counted_u64, write_failure, write_finding};
use crate::figure::{Decimal, Interval};
use crate::finding::{
    ComputedFigure, Evaluated, Evaluation, ExpressionError, Failure, FailureKind, MapEntry, Part, Report, SelectedNode,
    grouped, number,
};
use crate::source::Place;

/// How much of a value's origin is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// The value, and in one line what it was made of.
    Brief,
    /// The value and the first places it was made of.
    Usual,
    /// All that the evaluation holds.
    All,
}

/// Places that the usual detail lists.
const USUAL: usize = 20;

/// Places more than that which are listed rather than left out.
const SPARE: usize = 4;

/// Places of a selection, and elements of a list, that the brief detail lists.
const BRIEF: usize = 8;

/// Characters of a text that a list shows.
const LONGEST: usize = 40;

/// Elements of an array within another that are shown in its line.
const NESTED: usize = 4;

/// Writes what an expression came to.
///
/// # Errors
/// When `out` refuses a write.
///
/// ```
/// use crossfoot::report::{Detail, TextOptions, evaluation};
/// use crossfoot::{Plan, script::Session};
///
/// let plan = Plan::parse("plan.toml", "costs = [10_000, 20]");
/// let sum = Session::new(&plan).evaluate("sum(plan.costs)");
/// let mut out = Vec::new();
/// evaluation(&sum, Detail::Usual, &TextOptions::default(), &mut out)?;
/// let out = String::from_utf8(out).unwrap();
/// assert!(out.starts_with("10 020\n"), "{out}");
/// assert!(out.contains("+      20  costs[1]  plan.toml:1:18"), "{out}");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn evaluation(
    evaluation: &Evaluation,
    detail: Detail,
    options: &TextOptions,
    out: &mut impl Write,
) -> io::Result<()> {
    let style = Style::new(*options);
    let report = Report::new(Vec::new(), Vec::new(), Vec::new(), Vec::new(), evaluation.sources.clone());
    for finding in &evaluation.findings {
        write_finding(&report, finding, &style, out)?;
    }
    if let Some(error) = &evaluation.error {
        return write_failure(&report, &failure(error), &style, out);
    }
    let Some(value) = &evaluation.value else { return Ok(()) };
    let checks = evaluation.checks;
    let all = checks.passed + checks.failed + checks.not_applicable;
    let silent =
        *value == Evaluated::Nothing && (all > 0 || !evaluation.findings.is_empty() || detail == Detail::Brief);
    if !silent {
        let name = evaluation.variable.as_ref().map(|name| format!("{name} = ")).unwrap_or_default();
        writeln!(out, "{name}{}", style.strong(&inline(value, false).replace('\r', "\u{fffd}")))?;
        write_origin(value, detail, &style, out)?;
    }
    if all > 0 {
        let rounding = match checks.within_rounding {
            0 => String::new(),
            n => format!(" ({n} within rounding)"),
        };
        let (checks, passed) = (counted_u64(all, "check", "checks"), checks.passed);
        let (failed, rest) = (evaluation.checks.failed, evaluation.checks.not_applicable);
        writeln!(out, "{checks}: {passed} passed{rounding}, {failed} failed, {rest} not applicable")?;
    }
    Ok(())
}

fn failure(error: &ExpressionError) -> Failure {
    Failure {
        span: error.span,
        stack: error.stack.clone(),
        looking_at: error.looking_at.clone(),
        help: error.help.clone(),
        ..Failure::new(FailureKind::RuleRun, Evaluation::NAME, error.message.as_str())
    }
}

/// A value in one line.
fn inline(value: &Evaluated, nested: bool) -> String {
    match value {
        Evaluated::Figure(figure) => with_unit(figure.value, &figure.unit),
        Evaluated::Selection { nodes, left_out } => match (nodes.as_slice(), left_out) {
            ([node], 0) => shown(node),
            _ => counted(nodes.len() + left_out, "place", "places"),
        },
        Evaluated::Absent { reason } => format!("absent: {reason}"),
        Evaluated::Text { value } if nested => format!("\"{}\"", in_one_line(value)),
        Evaluated::Text { value } | Evaluated::Date { value } => value.clone(),
        Evaluated::Boolean { value } => value.to_string(),
        Evaluated::List { items, left_out } if nested && items.len() <= NESTED && *left_out == 0 => {
            let items: Vec<String> = items.iter().map(|item| inline(item, true)).collect();
            format!("[{}]", items.join(", "))
        }
        Evaluated::Map { entries, left_out } if nested && entries.len() <= NESTED && *left_out == 0 => {
            let entry = |entry: &MapEntry| format!("{}: {}", entry.key, inline(&entry.value, true));
            format!("#{{ {} }}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        Evaluated::List { items, left_out } => {
            format!("array of {}", counted(items.len() + left_out, "element", "elements"))
        }
        Evaluated::Map { entries, left_out } => {
            format!("map of {}", counted(entries.len() + left_out, "key", "keys"))
        }
        Evaluated::Function => "a function".to_owned(),
        Evaluated::Nothing => "nothing: ()".to_owned(),
    }
}

/// The start of a text, in a list of others.
fn in_one_line(text: &str) -> String {
    let mut words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((at, _)) = words.char_indices().nth(LONGEST) {
        words.truncate(at);
        words.push_str("...");
    }
    words
}

fn with_unit(value: Decimal, unit: &str) -> String {
    match unit {
        "" => number(value),
        "percent" => format!("{} %", grouped(value)),
        unit => format!("{} {unit}", grouped(value)),
    }
}

fn shown(node: &SelectedNode) -> String {
    match node.figure.as_ref().map(|figure| figure.unit.as_str()) {
        None | Some("") => node.shown.clone(),
        Some("percent") => format!("{} %", node.shown),
        Some(unit) => format!("{} {unit}", node.shown),
    }
}

fn write_origin(value: &Evaluated, detail: Detail, style: &Style, out: &mut impl Write) -> io::Result<()> {
    match value {
        Evaluated::Figure(figure) => write_figure(figure, detail, style, out),
        Evaluated::Selection { nodes, left_out } => write_nodes(nodes, *left_out, detail, style, out),
        Evaluated::List { items, left_out } => {
            let rows = items.iter().map(|item| vec![Cell::plain(inline(item, true))]).collect();
            write_rows(rows, *left_out, detail, style, out)
        }
        Evaluated::Map { entries, left_out } => {
            let row = |entry: &MapEntry| {
                vec![Cell::plain(format!("{}:", entry.key)), Cell::plain(inline(&entry.value, true))]
            };
            write_rows(entries.iter().map(row).collect(), *left_out, detail, style, out)
        }
        _ => Ok(()),
    }
}

fn write_figure(figure: &ComputedFigure, detail: Detail, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let parts = figure.parts.len() + figure.parts_left_out;
    let from = counted(parts, "figure", "figures");
    let rounding = rounding(&figure.interval);
    if detail == Detail::Brief {
        let from = (parts > 0).then(|| format!("from {from}"));
        let remarks: Vec<String> = from.into_iter().chain(rounding).collect();
        if !remarks.is_empty() {
            writeln!(out, "  {}", style.dim(&remarks.join("; ")))?;
        }
    } else {
        if let Some(rounding) = rounding {
            writeln!(out, "  {}", style.dim(&rounding))?;
        }
        if parts > 0 {
            writeln!(out, "  {}", style.dim(&format!("from {from}:")))?;
        }
        let has_unit = !figure.unit.is_empty();
        let rows = figure.parts.iter().map(|part| part_row(part, has_unit)).collect();
        write_rows(rows, figure.parts_left_out, detail, style, out)?;
    }
    match &figure.lacking {
        Some(path) => writeln!(out, "  {}", harmless(&format!("the plan has no {path}, so the sum is not of all"))),
        None => Ok(()),
    }
}

fn part_row(part: &Part, has_unit: bool) -> Vec<Cell> {
    let value = if has_unit { grouped(part.value) } else { number(part.value) };
    let sign = match part.factor {
        Some(factor) if factor == Decimal::ONE => "+".to_owned(),
        Some(factor) if factor == Decimal::NEGATIVE_ONE => "-".to_owned(),
        Some(factor) => format!("{} x", grouped(factor.normalize())),
        None => String::new(),
    };
    vec![Cell::plain(sign), Cell::figure(value), Cell::plain(part.path.clone()), place(&part.file, part.span)]
}

fn place(file: &str, span: Place) -> Cell {
    Cell::dim(format!("{file}:{}:{}", span.start.line, span.start.column))
}

fn write_nodes(
    nodes: &[SelectedNode],
    left_out: usize,
    detail: Detail,
    style: &Style,
    out: &mut impl Write,
) -> io::Result<()> {
    if let ([node], 0) = (nodes, left_out) {
        if let Some(rounding) = node.figure.as_ref().and_then(|figure| rounding(&figure.interval)) {
            writeln!(out, "  {}", style.dim(&rounding))?;
        }
        let path = if node.path.is_empty() { String::new() } else { format!("{}  ", node.path) };
        let at = format!("at {path}{}:{}:{}", node.file, node.span.start.line, node.span.start.column);
        return writeln!(out, "  {}", style.dim(&harmless(&at)));
    }
    let row = |node: &SelectedNode| {
        let value =
            if node.figure.is_some() { Cell::figure(shown(node)) } else { Cell::plain(in_one_line(&shown(node))) };
        vec![value, Cell::plain(node.path.clone()), place(&node.file, node.span)]
    };
    write_rows(nodes.iter().map(row).collect(), left_out, detail, style, out)
}

/// Writes as many rows as the detail wants, and says how many more there are.
fn write_rows(
    mut rows: Vec<Vec<Cell>>,
    left_out: usize,
    detail: Detail,
    style: &Style,
    out: &mut impl Write,
) -> io::Result<()> {
    let most = match detail {
        Detail::Brief => BRIEF,
        Detail::Usual => USUAL,
        Detail::All => usize::MAX,
    };
    let all = rows.len();
    // A line that says "and 1 more" would take as much room as the one that it leaves out.
    if rows.len() > most.saturating_add(SPARE) || left_out > 0 {
        rows.truncate(most);
    }
    let more = all - rows.len() + left_out;
    for line in lines(&rows, style, style.options.width.saturating_sub(4)) {
        writeln!(out, "    {line}")?;
    }
    if more > 0 {
        writeln!(out, "    {}", style.dim(&format!("and {more} more")))?;
    }
    Ok(())
}

/// Decimal places of an interval's end that are shown: ends of quotients have no end themselves.
const PLACES: u32 = 8;

/// Where the true value lies, when it is not known exactly.
fn rounding(interval: &Interval) -> Option<String> {
    let (lower, upper) = (interval.lower(), interval.upper());
    if lower.value == upper.value {
        return None;
    }
    let end = |value: Decimal| grouped(value.round_dp(PLACES).normalize());
    let (above, below) = (if lower.closed { "" } else { "above " }, if upper.closed { "" } else { "below " });
    Some(format!("before rounding: {above}{} to {below}{}", end(lower.value), end(upper.value)))
}
