//! What there is to audit with, as a list: rules, rules that do not compile, and what loading a plan finds.
//!
//! What is in force for a rule is asked here and nowhere else, so that a list, a page and an audit cannot differ.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use super::{Origin, Rule, Rules};
use crate::finding::{Failure, Severity};
use crate::plan::FaultCode;

/// The version of the list's JSON form.
const CONTRACT: u32 = 1;

/// Everything there is to audit with.
#[derive(Clone, Debug, Serialize)]
pub struct Catalogue {
    /// The version of this form.
    pub schema: u32,
    /// The rules that run, by id.
    pub rules: Vec<RuleEntry>,
    /// What loading a plan finds, before any rule runs.
    pub loader: Vec<LoaderEntry>,
    /// Rules that do not compile, with what is wrong. Not empty means exit status 2.
    pub errors: Vec<Failure>,
}

/// One rule of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleEntry {
    /// Its id.
    pub id: Arc<str>,
    /// The severity of its findings that is in force.
    pub level: Severity,
    /// The first line of its page.
    pub title: String,
    /// Where it comes from: `standard`, or the file.
    pub origin: String,
    /// How many cases prove it.
    pub cases: usize,
}

/// One kind of finding that loading a plan can make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LoaderEntry {
    /// Its id.
    pub id: &'static str,
    /// How grave it is.
    pub level: Severity,
    /// What it says.
    pub title: &'static str,
}

/// What is in force for a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InForce {
    /// The severity of its findings.
    pub level: Severity,
    /// Its parameters.
    pub params: Vec<Param>,
}

/// A parameter of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Param {
    /// Its name in `PARAMS`.
    pub name: String,
    /// The rule's own value, as a text.
    pub own: String,
    /// The value that is in force, as a text.
    pub present: String,
}

impl fmt::Display for Origin {
    /// `standard`, the file's path, or `program` for a rule that an embedding program gave.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Standard => f.write_str("standard"),
            Self::File(path) => f.write_str(path),
            Self::Given => f.write_str("program"),
        }
    }
}

impl Rules {
    /// What is in force for a rule: its level and the values of its parameters.
    #[must_use]
    pub fn in_force(&self, rule: &Rule) -> InForce {
        let param = |(name, own): (String, String)| Param { name, present: own.clone(), own };
        InForce { level: rule.severity(), params: rule.params().into_iter().map(param).collect() }
    }

    /// The list of everything that was chosen to run.
    ///
    /// ```
    /// use crossfoot::Rules;
    ///
    /// let catalogue = Rules::standard().choose(&["totals"], &[]).unwrap().catalogue();
    /// assert_eq!(catalogue.rules[0].id.as_ref(), "totals/objectives");
    /// assert_eq!(catalogue.rules[0].origin, "standard");
    /// assert!(catalogue.loader.is_empty());
    /// ```
    #[must_use]
    pub fn catalogue(&self) -> Catalogue {
        let entry = |rule: &Arc<Rule>| RuleEntry {
            id: Arc::clone(rule.id()),
            level: self.in_force(rule).level,
            title: rule.title().to_owned(),
            origin: rule.origin().to_string(),
            cases: rule.cases().len(),
        };
        let codes = FaultCode::ALL.into_iter().filter(|code| self.selected().takes(code.id()));
        let wanted = |failure: &&Failure| failure.rule.as_ref().is_none_or(|rule| self.selected().takes(rule));
        Catalogue {
            schema: CONTRACT,
            rules: self.iter().map(entry).collect(),
            loader: codes
                .map(|code| LoaderEntry { id: code.id(), level: code.severity(), title: code.title() })
                .collect(),
            errors: self.failures().iter().filter(wanted).cloned().collect(),
        }
    }
}
