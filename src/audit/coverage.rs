//! Coverage: which figures no rule looked at, by place and by part of the plan.
//!
//! A figure is looked at when a check compared it (`docs/decisions/0002-coverage.md`). Everything here is told by the runs
//! themselves; nothing is guessed from a rule's text.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::{Auditor, not_toml, section};
use crate::finding::Failure;
use crate::plan::Plan;
use crate::script::{Marks, id_path};
use crate::source::Place;

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
}
