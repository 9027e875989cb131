//! For a figure: which rules looked at it, and what they held it against.
//!
//! Told by the comparisons that the runs kept. Several plans are asked about as an audit would run over them, so that rules
//! over portfolios are seen as well; it does not say how much is looked at.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use serde::Serialize;

use super::again::Readers;
use super::at::{NoFigure, figures_at};
use super::portfolio::{Task, tasks};
use super::{Auditor, Memory, not_toml};
use crate::figure::{Cell, Decimal};
use crate::finding::Failure;
use crate::plan::{NodeId, Plan};
use crate::rules::{Rule, RuleRun, Rules};
use crate::script::{self, LookOutcome, id_path, shown};
use crate::source::{Place, SourceText};

/// Who looked at some figures of a plan.
#[derive(Clone, Debug, Serialize)]
pub struct Looks {
    /// The file, as the user named it.
    pub file: Arc<str>,
    /// The figures that were asked about, in the order of the document.
    pub figures: Vec<FigureLooks>,
    /// What did not look because it was not run, as a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_run: Option<String>,
    /// What the tool could not do; a rule that was stopped shows the comparisons it made before.
    pub errors: Vec<Failure>,
}

/// A figure, and who looked at it.
#[derive(Clone, Debug, Serialize)]
pub struct FigureLooks {
    /// Its path.
    pub path: String,
    /// Its path with ids in place of indexes.
    pub name: String,
    /// Where it is.
    pub span: Place,
    /// The figure as written.
    pub value: String,
    /// The comparisons it took part in, by rule, in the order in which they were made.
    pub looks: Vec<Look>,
    /// Rules that read it and held it against nothing, or only against a bound of their own.
    pub only_read_by: Vec<Arc<str>>,
}

/// One comparison that a figure took part in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Look {
    /// The rule.
    pub rule: Arc<str>,
    /// The file that compared: the rule's, or that of shared code which it imports.
    pub rule_file: Arc<str>,
    /// The line in that file, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The verb or operator.
    pub verb: Arc<str>,
    /// The side that the figure is on.
    pub own: LookSide,
    /// What it was held against.
    pub other: LookSide,
    /// How it ended: `equal`, `within-rounding`, `disagree`, `passed`, `failed`, `true` or `false`.
    pub outcome: &'static str,
    /// Its own side less the other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difference: Option<String>,
    /// The difference that rounding permits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<String>,
}

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LookSide {
    /// What it came to.
    pub value: String,
    /// How many figures of the plan it was made of; none is a constant of the rule.
    pub figures: usize,
    /// The first of them, by id; those of another plan with its file: `plan.total.2026 in town/roads.toml`.
    pub places: Vec<String>,
}

/// Figures that one side of a comparison lists.
const MOST_PLACES: usize = 100;

impl Auditor<'_> {
    /// Which rules look at the figures at a path, or beneath it, and what they hold them against.
    ///
    /// # Errors
    /// When the path leads to no figure; the error says what may have been meant.
    ///
    /// ```
    /// use crossfoot::{Auditor, Plan, Rules};
    ///
    /// let rules = Rules::standard();
    /// let plan = Plan::parse("plan.toml", "[[splits]]\nid = 's'\nparts = [{ share = 84 }, { share = 16 }]\n");
    /// let looks = Auditor::new(&rules).looks_at(&plan, "splits[s].parts[0].share")?;
    /// let look = &looks.figures[0].looks[0];
    /// assert_eq!((look.rule.as_ref(), look.verb.as_ref(), look.outcome), ("shares/whole", "expect_equal", "equal"));
    /// assert_eq!((look.own.figures, look.other.value.as_str(), look.tolerance.as_deref()), (2, "100", Some("1")));
    /// assert!(Auditor::new(&rules).looks_at(&plan, "splits[t]").is_err());
    /// # Ok::<(), crossfoot::audit::NoFigure>(())
    /// ```
    pub fn looks_at(&self, plan: &Plan, path: &str) -> Result<Looks, NoFigure> {
        let found = self.looks_at_all(std::slice::from_ref(plan), path)?;
        found.into_iter().next().ok_or_else(|| NoFigure { message: format!("no plan has `{path}`"), help: None })
    }

    /// As [`Auditor::looks_at`] for each of several plans that has the path; what rules over portfolios compare is told as
    /// well.
    ///
    /// # Errors
    /// When the path leads to no figure in any of the plans; the error is about the plan where it leads furthest.
    pub fn looks_at_all(&self, plans: &[Plan], path: &str) -> Result<Vec<Looks>, NoFigure> {
        let mut errors = self.rule_failures();
        let mut asked: Vec<(&Plan, Vec<NodeId>)> = Vec::new();
        let mut lost: Option<(usize, NoFigure)> = None;
        for plan in plans {
            if !plan.is_toml() {
                errors.push(not_toml(plan));
                continue;
            }
            match figures_at(plan, path) {
                Ok(figures) => asked.push((plan, figures)),
                Err((steps, why)) if lost.as_ref().is_none_or(|(most, _)| steps > *most) => {
                    let message = format!("{}: {}", plan.name(), why.message);
                    lost = Some((steps, if plans.len() > 1 { NoFigure { message, ..why } } else { why }));
                }
                Err(_) => {}
            }
        }
        if let (true, Some((_, why))) = (asked.is_empty(), lost) {
            return Err(why);
        }
        if asked.is_empty() {
            let why = errors.pop().map(|failure| (format!("{}: {}", failure.file, failure.message), failure.help));
            let (message, help) = why.unwrap_or_else(|| ("there is no plan to look into".to_owned(), None));
            return Err(NoFigure { message, help });
        }
        self.looks_of(plans, &asked, &errors, None)
    }

    /// As [`Auditor::looks_at`] for one figure by its node, as an audit of all these plans would look at it. `None` where the
    /// plan is no TOML or not among them, or no rule could run. Rules that did not read the figure in the audit that is
    /// remembered are not run, nor are rounds that did not.
    pub(crate) fn looks_at_figure(
        &self,
        plans: &[Plan],
        plan: &Plan,
        figure: NodeId,
        memory: Option<&Memory>,
    ) -> Option<FigureLooks> {
        if !plan.is_toml() {
            return None;
        }
        let readers = memory.and_then(|memory| memory.readers(plan, figure));
        let looks = self.looks_of(plans, &[(plan, vec![figure])], &[], readers.as_ref()).ok()?;
        looks.into_iter().next()?.figures.into_iter().next()
    }

    fn looks_of(
        &self,
        plans: &[Plan],
        asked: &[(&Plan, Vec<NodeId>)],
        errors: &[Failure],
        readers: Option<&Readers>,
    ) -> Result<Vec<Looks>, NoFigure> {
        let in_force: Vec<_> = plans.iter().map(|plan| self.in_force(plan)).collect();
        let is_asked = |rule: &&Arc<Rule>| readers.is_none_or(|readers| readers.contains_key(rule.id()));
        let rules: Vec<&Arc<Rule>> = self.rules.iter().filter(is_asked).collect();
        let mut tasks = tasks(&rules, plans, &in_force, &self.rules.in_force(None));
        tasks.retain(|task| asked.iter().any(|(plan, _)| place_of(plan, task).is_some()));
        let only = |task: &Task<'_>| readers?.get(task.rule.id())?.clone();
        let runs = self
            .observe_parts(&tasks, only)
            .map_err(|failure| NoFigure { message: failure.message, help: failure.help })?;
        let of = |(plan, figures): &(&Plan, Vec<NodeId>)| {
            let mut found: BTreeMap<NodeId, FigureLooks> = figures.iter().map(|id| (*id, empty(plan, *id))).collect();
            let mut errors = errors.to_vec();
            for (task, run) in tasks.iter().zip(&runs) {
                let Some(own) = place_of(plan, task) else { continue };
                add(task, own, self.rules, run, &mut found);
                errors.extend(run.failure.clone());
            }
            Looks {
                file: plan.source().shared_name(),
                figures: figures.iter().filter_map(|id| found.remove(id)).collect(),
                not_run: self.not_run(plan, plans).map(|why| format!("{why}; name its other plans too")),
                errors,
            }
        };
        Ok(asked.iter().map(of).collect())
    }
}

/// The number that a plan has in a run.
fn place_of(plan: &Plan, task: &Task<'_>) -> Option<u32> {
    let at = task.plans.iter().position(|other| Arc::ptr_eq(other.source(), plan.source()))?;
    u32::try_from(at).ok()
}

fn empty(plan: &Plan, id: NodeId) -> FigureLooks {
    let node = plan.node(id);
    FigureLooks {
        path: node.path(),
        name: id_path(node),
        span: plan.source().place(node.span()),
        value: node.text().to_owned(),
        looks: Vec::new(),
        only_read_by: Vec::new(),
    }
}

/// Adds what one run did with the figures that are asked about, which are those of the run's plan number `own`.
fn add(task: &Task<'_>, own: u32, rules: &Rules, run: &RuleRun, found: &mut BTreeMap<NodeId, FigureLooks>) {
    let rule = task.rule;
    let Some(observed) = &run.observed else { return };
    let before: BTreeMap<NodeId, usize> = found.iter().map(|(id, figure)| (*id, figure.looks.len())).collect();
    for look in &observed.looks.all {
        let cells: Vec<Vec<Cell>> = look
            .sides
            .iter()
            .map(|side| {
                // A part that is in its whole too is one figure.
                let mut seen = HashSet::new();
                let cells = observed.looks.cells(side).into_iter().map(|traced| traced.cell);
                cells.filter(|cell| seen.insert(*cell)).collect()
            })
            .collect();
        for (at, side) in cells.iter().enumerate() {
            for cell in side.iter().filter(|cell| cell.plan == own) {
                let id = NodeId::from_index(cell.node as usize);
                // What is on both sides is shown on the first.
                let again = at == 1 && cells[0].contains(cell);
                let Some(figure) = found.get_mut(&id).filter(|_| !again) else { continue };
                figure.looks.push(Look { rule_file: file_of(look, rules, rule), ..one(task, own, look, (at, &cells)) });
            }
        }
    }
    for (id, figure) in found.iter_mut() {
        if before.get(id) == Some(&figure.looks.len()) && observed.reads[own as usize].contains(*id) {
            figure.only_read_by.push(Arc::clone(rule.id()));
        }
    }
}

/// The file that a comparison was called from. The engine names the file that runs: of a function that a rule hands to shared
/// code that is the latter, and only what stands at the place can tell the two apart.
fn file_of(look: &script::Look, rules: &Rules, rule: &Rule) -> Arc<str> {
    let own = rule.source().shared_name();
    let stands_in = |source: &SourceText| {
        let (line, column) = look.at.unwrap_or_default();
        let offset = source.offset(line, column) as usize;
        source.text().get(offset..).is_some_and(|rest| rest.starts_with(look.verb.as_ref()))
    };
    let other = look.file.as_deref().filter(|file| **file != *own).and_then(|file| rules.source_of(file));
    other.filter(|source| stands_in(source)).map_or(own, |source| source.shared_name())
}

fn one(task: &Task<'_>, own: u32, look: &script::Look, (at, cells): (usize, &[Vec<Cell>])) -> Look {
    let rule = task.rule;
    let place = |cell: &Cell| {
        let plan = task.plans[cell.plan as usize];
        let path = id_path(plan.node(NodeId::from_index(cell.node as usize)));
        if cell.plan == own { path } else { format!("{path} in {}", plan.name()) }
    };
    let side = |at: usize| LookSide {
        value: look.sides[at].value.clone(),
        figures: cells[at].len(),
        places: cells[at].iter().take(MOST_PLACES).map(place).collect(),
    };
    let text = |value: Decimal| shown(value, 0).to_string();
    let own_less_other = |difference: Decimal| if at == 0 { difference } else { -difference };
    Look {
        rule: Arc::clone(rule.id()),
        rule_file: rule.source().shared_name(),
        line: look.at.map(|(line, _)| line),
        verb: Arc::clone(&look.verb),
        own: side(at),
        other: side(1 - at),
        outcome: match look.outcome {
            LookOutcome::Equal => "equal",
            LookOutcome::WithinRounding => "within-rounding",
            LookOutcome::Disagree => "disagree",
            LookOutcome::Passed => "passed",
            LookOutcome::Failed => "failed",
            LookOutcome::Holds => "true",
            LookOutcome::DoesNotHold => "false",
        },
        difference: look.distance.map(|distance| text(own_less_other(distance.difference))),
        tolerance: look.distance.map(|distance| text(distance.tolerance)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_of_a_figure_after_an_audit_is_what_is_told_without() {
        let texts =
            [include_str!("../../plans/itu-2020-2023.toml"), include_str!("../../plans/teaching/mistakes.toml")];
        let rules = Rules::standard();
        let auditor = Auditor::new(&rules);
        for text in texts {
            let plan = Plan::parse("plan.toml", text);
            let mut memory = Memory::new();
            let plans = std::slice::from_ref(&plan);
            drop(auditor.audit_again(plans, &mut memory));
            let told = |figure: NodeId, memory: Option<&Memory>| {
                serde_json::to_string(&auditor.looks_at_figure(plans, &plan, figure, memory).unwrap()).unwrap()
            };
            let every = (plan.figures() / 25).max(1);
            for figure in plan.figure_ids().step_by(every) {
                assert_eq!(told(figure, Some(&memory)), told(figure, None), "{}", plan.node(figure).path());
            }
        }
    }
}
