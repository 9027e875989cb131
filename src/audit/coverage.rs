//! Coverage: which figures no rule looked at, and for a figure, which rules did and what they held it against.
//!
//! A figure is looked at when a check compared it (`docs/decisions/0002-coverage.md`). Everything here is told by the runs
//! themselves; nothing is guessed from a rule's text.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use serde::Serialize;

use super::at::{NoFigure, figures_at};
use super::{Auditor, not_toml, section};
use crate::figure::{Cell, Decimal};
use crate::finding::Failure;
use crate::plan::{NodeId, Plan};
use crate::rules::{Rule, RuleRun, Rules};
use crate::script::{self, LookOutcome, Marks, id_path, shown};
use crate::source::{Place, SourceText};

/// How much of a plan the rules look at.
#[derive(Clone, Debug, Serialize)]
pub struct Coverage {
    /// The file, as the user named it.
    pub file: Arc<str>,
    /// How many figures the plan states.
    pub figures: usize,
    /// How many of them a rule compared with something.
    pub covered: usize,
    /// The same by part of the plan, in the order of the document.
    pub tables: Vec<TableCoverage>,
    /// The figures that no rule looked at, in the order of the document.
    pub uncovered: Vec<OpenFigure>,
    /// What the tool could not do; what is uncovered may then be so for that reason alone.
    pub errors: Vec<Failure>,
}

impl Coverage {
    /// Whether at least so many percent of the figures are looked at. A plan without figures has nothing open.
    #[must_use]
    pub fn reaches(&self, percent: u32) -> bool {
        self.covered as u64 * 100 >= self.figures as u64 * u64::from(percent)
    }
}

/// How much of one part of a plan is looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableCoverage {
    /// The part: the key at the top of the plan, or a cross-table by its id.
    pub table: String,
    /// How many figures it states.
    pub figures: usize,
    /// How many of them a rule compared with something.
    pub covered: usize,
}

/// A figure that no rule looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpenFigure {
    /// Its path.
    pub path: String,
    /// Its path with ids in place of indexes.
    pub name: String,
    /// Where it is.
    pub span: Place,
    /// The figure as written.
    pub value: String,
}

/// Who looked at some figures of a plan.
#[derive(Clone, Debug, Serialize)]
pub struct Looks {
    /// The file, as the user named it.
    pub file: Arc<str>,
    /// The figures that were asked about, in the order of the document.
    pub figures: Vec<FigureLooks>,
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
    /// The first of them, by id.
    pub places: Vec<String>,
}

/// Figures that one side of a comparison lists.
const MOST_PLACES: usize = 100;

impl Auditor<'_> {
    /// Which figures of a plan no rule looks at, by place and by part of the plan.
    ///
    /// A plan that is no TOML states no figure yet; [`Auditor::audit`] says what is wrong with it.
    ///
    /// ```
    /// use crossfoot::{Auditor, Plan, Rules};
    ///
    /// let rules = Rules::standard();
    /// let plan = Plan::parse("plan.toml", "[[splits]]\nid = 's'\nparts = [{ share = 84 }, { share = 16 }]\n[own]\nstaff = 7\n");
    /// let coverage = Auditor::new(&rules).coverage(&plan);
    /// assert_eq!((coverage.figures, coverage.covered), (3, 2));
    /// assert_eq!(coverage.uncovered[0].path, "own.staff");
    /// assert!(coverage.reaches(66) && !coverage.reaches(67));
    /// ```
    #[must_use]
    pub fn coverage(&self, plan: &Plan) -> Coverage {
        let (looked, failures) = self.looked(std::slice::from_ref(plan)).pop().unwrap_or_default();
        self.coverage_of(plan, &looked, failures)
    }

    /// As [`Auditor::coverage`] for each of several plans; what rules over portfolios compare is looked at as well.
    #[must_use]
    pub fn coverage_all(&self, plans: &[Plan]) -> Vec<Coverage> {
        let looked = self.looked(plans).into_iter();
        plans.iter().zip(looked).map(|(plan, (looked, failures))| self.coverage_of(plan, &looked, failures)).collect()
    }

    fn coverage_of(&self, plan: &Plan, looked: &Marks, failures: Vec<Failure>) -> Coverage {
        let mut coverage = Coverage {
            file: plan.source().shared_name(),
            figures: 0,
            covered: 0,
            tables: Vec::new(),
            uncovered: Vec::new(),
            errors: self.rule_failures(),
        };
        if !plan.is_toml() {
            coverage.errors.push(not_toml(plan));
            return coverage;
        }
        coverage.errors.extend(failures);
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for id in plan.figure_ids() {
            let node = plan.node(id);
            let name = section(node, false);
            let at = *places.entry(name.clone()).or_insert_with(|| {
                coverage.tables.push(TableCoverage { table: name, figures: 0, covered: 0 });
                coverage.tables.len() - 1
            });
            let covered = looked.contains(id);
            coverage.figures += 1;
            coverage.covered += usize::from(covered);
            coverage.tables[at].figures += 1;
            coverage.tables[at].covered += usize::from(covered);
            if !covered {
                coverage.uncovered.push(OpenFigure {
                    path: node.path(),
                    name: id_path(node),
                    span: plan.source().place(node.span()),
                    value: node.text().to_owned(),
                });
            }
        }
        coverage
    }

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
    /// assert_eq!((look.rule.as_ref(), look.verb.as_ref(), look.outcome), ("shares/whole", "expect_sum", "equal"));
    /// assert_eq!((look.own.figures, look.other.value.as_str(), look.tolerance.as_deref()), (2, "100", Some("1")));
    /// assert!(Auditor::new(&rules).looks_at(&plan, "splits[t]").is_err());
    /// # Ok::<(), crossfoot::audit::NoFigure>(())
    /// ```
    pub fn looks_at(&self, plan: &Plan, path: &str) -> Result<Looks, NoFigure> {
        if !plan.is_toml() {
            let Failure { message, help, .. } = not_toml(plan);
            return Err(NoFigure { message: format!("{}: {message}", plan.name()), help });
        }
        let figures = figures_at(plan, path)?;
        let runs = self.observe(plan).map_err(|failure| NoFigure { message: failure.message, help: failure.help })?;
        let mut found: BTreeMap<NodeId, FigureLooks> = figures.iter().map(|id| (*id, empty(plan, *id))).collect();
        let mut errors = self.rule_failures();
        for (rule, run) in self.chosen(plan).into_iter().zip(&runs) {
            add(plan, (self.rules, rule), run, &mut found);
            errors.extend(run.failure.clone());
        }
        let figures = figures.iter().filter_map(|id| found.remove(id)).collect();
        Ok(Looks { file: plan.source().shared_name(), figures, errors })
    }
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

/// Adds what one rule did with the figures that are asked about.
fn add(plan: &Plan, (rules, rule): (&Rules, &Rule), run: &RuleRun, found: &mut BTreeMap<NodeId, FigureLooks>) {
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
        for (at, own) in cells.iter().enumerate() {
            for cell in own {
                let id = NodeId::from_index(cell.node as usize);
                // What is on both sides is shown on the first.
                let again = at == 1 && cells[0].contains(cell);
                let Some(figure) = found.get_mut(&id).filter(|_| !again) else { continue };
                figure
                    .looks
                    .push(Look { rule_file: file_of(look, rules, rule), ..one(plan, rule, look, (at, &cells)) });
            }
        }
    }
    for (id, figure) in found.iter_mut() {
        if before.get(id) == Some(&figure.looks.len()) && observed.reads.contains(*id) {
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

fn one(plan: &Plan, rule: &Rule, look: &script::Look, (at, cells): (usize, &[Vec<Cell>])) -> Look {
    let side = |at: usize| LookSide {
        value: look.sides[at].value.clone(),
        figures: cells[at].len(),
        places: cells[at]
            .iter()
            .take(MOST_PLACES)
            .map(|cell| id_path(plan.node(NodeId::from_index(cell.node as usize))))
            .collect(),
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
