//! Hover over a figure: its value and interval, what it is part of, who looked at it, what was found.
//!
//! Who looked is told by running the rules, as `crossfoot coverage --at` does; of a very large plan only what its vocabulary
//! says is told, because an editor does not wait.

use super::View;
use super::hover::{code, escaped};
use super::links::{portfolio_of, table_of};
use super::sums::Sums;
use super::words::{counted, figure, label, share};
use crate::audit::Auditor;
use crate::audit::{FigureLooks, Look, LookSide};
use crate::figure::{Bound, Comparison, Decimal, Grade, Interval, compare};
use crate::finding::{Finding, Working, grouped, signed};
use crate::plan::vocabulary::keys_to;
use crate::plan::{NodeRef, Plan, PlanPath};
use crate::report::{harmless, plain_working};
use crate::script::{id_path, shown};

/// Nodes of all plans together up to which rules are run for one hover.
const MOST_NODES: usize = 200_000;

/// Addends that are shown of one comparison.
const MOST_ADDENDS: usize = 8;

/// Findings that name the figure and are shown.
const MOST_FINDINGS: usize = 8;

/// All that is known of a figure. `None` where the node is no figure.
pub(super) fn of_figure(view: &View<'_>, node: NodeRef<'_>) -> Option<String> {
    let written = node.plan().written(node.id())?;
    let unit = node.plan().unit_text(node.plan().unit(node.id()));
    let unit = if unit.is_empty() { String::new() } else { format!(" {}", escaped(unit)) };
    let value = written.value();
    let mut parts = vec![format!("**{}**", escaped(&id_path(node)))];
    let interval = node.plan().stated(node.id()).map(|stated| interval(&stated.interval));
    let lies = interval.map(|interval| format!(", the true value {interval}")).unwrap_or_default();
    parts.push(format!("**{}**{unit}{lies}", figure(value, value.scale())));
    let place = place(view, node);
    if !place.is_empty() {
        parts.push(place.join("\n"));
    }
    let (own, others) = findings(view, node);
    parts.extend(own.into_iter().map(of_finding));
    parts.extend(looks(view, node));
    if !others.is_empty() {
        parts.push(format!("Named in\n\n{}", others.into_iter().map(in_a_line).collect::<Vec<_>>().join("\n")));
    }
    Some(parts.join("\n\n"))
}

/// Where the true value lies, in words.
fn interval(interval: &Interval) -> String {
    let (lower, upper) = (interval.lower(), interval.upper());
    if lower.value == upper.value {
        return "is exactly this".to_owned();
    }
    let end = |bound: Bound| grouped(bound.value);
    let (open, close) = (if lower.closed { "[" } else { "(" }, if upper.closed { "]" } else { ")" });
    format!("in `{open}{}, {}{close}`", end(lower), end(upper))
}

/// What the figure belongs to, by the vocabulary.
fn place(view: &View<'_>, node: NodeRef<'_>) -> Vec<String> {
    let sums = Sums::new(view.plan);
    let mut lines = Vec::new();
    if keys_to(node) == ["tables", "rows", "values"]
        && let (Some(table), Some(row)) = (table_of(node), node.parent().and_then(|values| values.parent()))
    {
        let column = node.index().and_then(|at| table.get("columns")?.element(at));
        let column = column.map(|column| format!(", column {}", escaped(&column.display()))).unwrap_or_default();
        lines.push(format!("- row {}{column} of {}", escaped(&label(row)), escaped(&label(table))));
    } else if let Some(item) = node.ancestors().skip(1).find(|at| at.index().is_some()) {
        lines.push(format!("- of {}", escaped(&label(item))));
    }
    for parts in sums.parts(node) {
        let held = view.plan.stated(node.id()).and_then(|stated| compare(stated, parts.made).ok());
        if let Some(held) = held {
            let made = figure(parts.made.value, 0);
            let verb = if parts.count == 1 { "makes" } else { "make" };
            lines.push(format!("- {} {verb} {made}: {}", counted(parts.count, parts.noun), ended(&held)));
        }
    }
    if let (["objectives", "outputs", "cost", _], Some(year)) = (keys_to(node).as_slice(), node.name()) {
        let objective = node.ancestors().filter(|at| at.index().is_some()).last();
        let whole = objective.and_then(|objective| Some((objective, sums.objective_total(objective, year)?)));
        let value = view.plan.stated(node.id()).map(|stated| stated.value);
        if let (Some((objective, whole)), Some(value)) = (whole, value)
            && let Some(share) = share(value, whole)
        {
            lines.push(format!("- {share} of {}", escaped(&label(objective))));
        }
    }
    let amount = matches!(keys_to(node).as_slice(), ["objectives", "outputs", "cost", _] | ["objectives", "total", _]);
    let value = view.plan.stated(node.id()).map(|stated| stated.value).filter(|_| amount);
    let whole = node.name().and_then(|year| sums.plan_total(year));
    if let (Some(value), Some(whole)) = (value, whole) {
        lines.extend(share(value, whole).map(|share| format!("- {share} of the plan")));
    }
    lines
}

fn ended(held: &Comparison) -> String {
    let permits = figure(held.tolerance, 0);
    let difference = signed(shown(held.difference, 0));
    match held.grade {
        Grade::Equal => "equal".to_owned(),
        Grade::WithinRounding => format!("difference {difference}, within rounding, which permits {permits}"),
        Grade::Disagree => format!("difference {difference}, and rounding permits {permits}"),
    }
}

/// Who looked at the figure.
fn looks(view: &View<'_>, node: NodeRef<'_>) -> Option<String> {
    let plans: Vec<Plan> = portfolio_of(view, view.plan).into_iter().cloned().collect();
    if plans.iter().map(Plan::len).sum::<usize>() > MOST_NODES {
        let path = id_path(node);
        return Some(format!(
            "Who looked at it: {}",
            code(&format!("crossfoot coverage {} --at '{path}'", view.plan.name()))
        ));
    }
    let mut auditor = Auditor::new(view.rules);
    if let Some((year, month, day)) = view.today {
        auditor = auditor.today(year, month, day);
    }
    let looks = auditor.looks_at_figure(&plans, view.plan, node.id(), view.memory)?;
    Some(of_looks(view, &looks))
}

/// What each rule held the figure against: its plainest comparison in full, the others in number.
fn of_looks(view: &View<'_>, figure: &FigureLooks) -> String {
    let mut looks: Vec<&Look> = figure.looks.iter().collect();
    looks.sort_by_key(|look| look.own.figures + look.other.figures);
    let mut lines: Vec<String> = Vec::new();
    let mut rest = looks.as_slice();
    let mut shown: Vec<&str> = Vec::new();
    while let Some((look, others)) = rest.split_first() {
        rest = others;
        if shown.contains(&look.rule.as_ref()) {
            continue;
        }
        shown.push(&look.rule);
        lines.push(format!("- {}: {}", code(&look.rule), of_look(look)));
        lines.extend(addends(view, look));
        let more: Vec<&Look> = rest.iter().copied().filter(|other| other.rule == look.rule).collect();
        lines.extend(in_number(&more));
    }
    if !figure.only_read_by.is_empty() {
        let rules: Vec<String> = figure.only_read_by.iter().map(|rule| code(rule)).collect();
        lines.push(format!("- read, and held against nothing: {}", rules.join(", ")));
    }
    match figure.looks.is_empty() {
        true if lines.is_empty() => "No rule looked at it.".to_owned(),
        true => format!("No rule held it against anything:\n\n{}", lines.join("\n")),
        false => format!("Looked at by\n\n{}", lines.join("\n")),
    }
}

/// How the other comparisons of a rule ended.
fn in_number(more: &[&Look]) -> Option<String> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for look in more {
        match counts.iter_mut().find(|(outcome, _)| *outcome == look.outcome) {
            Some((_, count)) => *count += 1,
            None => counts.push((look.outcome, 1)),
        }
    }
    counts.sort_unstable();
    let counts: Vec<String> = counts.iter().map(|(outcome, n)| format!("{n} {}", outcome.replace('-', " "))).collect();
    let comparisons =
        if more.len() == 1 { "1 more comparison".to_owned() } else { format!("{} more comparisons", more.len()) };
    (!more.is_empty()).then(|| format!("  - in {comparisons}: {}", counts.join(", ")))
}

fn of_look(look: &Look) -> String {
    let outcome = look.outcome.replace('-', " ");
    let mut words = format!("{} against {}: {outcome}", side(&look.own, true), side(&look.other, false));
    if let (Some(difference), Some(tolerance)) = (&look.difference, &look.tolerance) {
        let number = |text: &str| text.parse::<Decimal>();
        if let Some(difference) = number(difference).ok().filter(|difference| !difference.is_zero()) {
            words += &format!(", difference {}", signed(difference));
        }
        if let (false, Ok(tolerance)) = (matches!(look.outcome, "true" | "false"), number(tolerance)) {
            words += &format!(", rounding permits {}", grouped(tolerance));
        }
    }
    words
}

/// A side, with where it comes from; the figure itself is not named again.
fn side(side: &LookSide, own: bool) -> String {
    let value = escaped(&side.value);
    match (side.figures, side.places.first()) {
        (0 | 1, _) if own => value,
        (1, Some(place)) => format!("{value} ({})", code(place)),
        (n, Some(_)) if own => format!("{value} from {n} figures, this one among them,"),
        (n, Some(_)) => format!("{value} from {n} figures"),
        _ => value,
    }
}

/// The figures that the longer side of a comparison was made of.
fn addends(view: &View<'_>, look: &Look) -> Vec<String> {
    let side = if look.other.figures > 1 { &look.other } else { &look.own };
    if side.figures < 2 {
        return Vec::new();
    }
    let line = |place: &String| match value_at(view.plan, place) {
        Some(value) => format!("  - {} = {}", code(place), figure(value, value.scale())),
        None => format!("  - {}", code(place)),
    };
    let mut lines: Vec<String> = side.places.iter().take(MOST_ADDENDS).map(line).collect();
    if side.figures > MOST_ADDENDS {
        lines.push(format!("  - and {} more", side.figures - MOST_ADDENDS));
    }
    lines
}

fn value_at(plan: &Plan, path: &str) -> Option<Decimal> {
    let path: PlanPath = path.parse().ok()?;
    let mut found = plan.select(&path);
    let node = found.next().filter(|_| found.next().is_none())?;
    Some(plan.written(node.id())?.value())
}

/// The findings about a figure, and those that name it among their places.
fn findings<'v>(view: &View<'v>, node: NodeRef<'_>) -> (Vec<&'v Finding>, Vec<&'v Finding>) {
    let here = |span: crate::source::Place| span.span() == node.span();
    let file = node.plan().name();
    let about = |finding: &Finding| *finding.file == *file && here(finding.span);
    let labelled = |finding: &Finding| {
        let mut labels = finding.labels.iter();
        labels.any(|label| label.file.as_deref().unwrap_or(&finding.file) == file && here(label.span))
    };
    let own = view.findings.iter().copied().filter(|finding| about(finding)).collect();
    let others = view.findings.iter().copied().filter(|finding| !about(finding) && labelled(finding));
    (own, others.take(MOST_FINDINGS).collect())
}

fn in_a_line(finding: &Finding) -> String {
    format!("- {} {}: {}", finding.severity, code(&finding.rule), escaped(&finding.message))
}

fn of_finding(finding: &Finding) -> String {
    let mut parts = vec![format!("**{}** {}: {}", finding.severity, code(&finding.rule), escaped(&finding.message))];
    parts.extend(finding.working.as_ref().map(of_working));
    parts.extend(finding.help.as_ref().map(|help| format!("help: {}", escaped(help))));
    parts.join("\n\n")
}

/// Columns of a working in a window over the text.
const WIDTH: usize = 80;

/// The working as the command shows it: its figures are aligned, which no table of an editor in a terminal does.
fn of_working(working: &Working) -> String {
    // Words of the plan cannot end the block that they stand in.
    let plain = plain_working(working, WIDTH);
    let lines: Vec<String> = plain.lines().map(|line| harmless(line).replace('`', "'")).collect();
    format!("```text\n{}\n```", lines.join("\n"))
}
