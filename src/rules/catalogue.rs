//! What there is to audit with, as a list: rules, rules that do not compile, and what is found without a rule.
//!
//! Levels and parameters are those that hold where no plan says otherwise.

use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::{Origin, Pack, Rule, Rules};
use crate::config::Level;
use crate::finding::{AllowanceCode, Failure, Severity};
use crate::plan::FaultCode;

/// The version of the list's JSON form.
const CONTRACT: u32 = 1;

/// Everything there is to audit with.
#[derive(Clone, Debug, Serialize)]
pub struct Catalogue {
    /// The version of this form.
    pub schema: u32,
    /// The rules, by id; those that are off too.
    pub rules: Vec<RuleEntry>,
    /// The packs that rules come from, by name.
    pub packs: Vec<PackEntry>,
    /// What is found without a rule: while a plan is loaded, and about allowances.
    pub others: Vec<FindingEntry>,
    /// Rules and packs that cannot be used, with what is wrong. Not empty means exit status 2.
    pub errors: Vec<Failure>,
}

/// One rule of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleEntry {
    /// Its id.
    pub id: Arc<str>,
    /// The level that is in force.
    #[serde(serialize_with = "text")]
    pub level: Level,
    /// The first line of its page.
    pub title: String,
    /// Where it comes from: `standard`, `program`, a pack with its version, or the file.
    pub origin: String,
    /// Its file.
    pub file: Arc<str>,
    /// How many cases prove it.
    pub cases: usize,
}

/// One pack of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PackEntry {
    /// Its name, which the ids of its rules begin with.
    pub name: Arc<str>,
    /// Its version.
    pub version: String,
    /// The licence that it may be used under.
    pub licence: String,
    /// What it is for, if it says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Where to read more, if it says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub homepage: Option<String>,
    /// Its `pack.toml`.
    pub file: Arc<str>,
}

/// One kind of finding that no rule makes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FindingEntry {
    /// Its id.
    pub id: &'static str,
    /// The level that is in force.
    #[serde(serialize_with = "text")]
    pub level: Level,
    /// What it says.
    pub title: &'static str,
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

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
fn text<S: Serializer>(level: &Level, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(level)
}

impl fmt::Display for Origin {
    /// `standard`, `program` for a rule that an embedding program gave, a pack with its version, else the file's path.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Standard => f.write_str("standard"),
            Self::File(path) => f.write_str(path),
            Self::Pack { name, version, .. } => write!(f, "{name} {version}"),
            Self::Given => f.write_str("program"),
        }
    }
}

impl Rules {
    /// The parameters of a rule, with its own values and those that are in force.
    #[must_use]
    pub fn present_params(&self, rule: &Rule) -> Vec<Param> {
        let present = self.params(rule);
        let value = |name: &str| present.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
        let param =
            |(name, own): (String, String)| Param { present: value(&name).unwrap_or_else(|| own.clone()), name, own };
        rule.params().into_iter().map(param).collect()
    }

    /// The list of everything that was chosen to run.
    ///
    /// ```
    /// use crossfoot::Rules;
    ///
    /// let catalogue = Rules::standard().choose(&["totals"], &[]).unwrap().catalogue();
    /// assert_eq!(catalogue.rules[0].id.as_ref(), "totals/objectives");
    /// assert_eq!(catalogue.rules[0].origin, "standard");
    /// assert!(catalogue.others.is_empty());
    /// ```
    #[must_use]
    pub fn catalogue(&self) -> Catalogue {
        let entry = |rule: &Arc<Rule>| RuleEntry {
            id: Arc::clone(rule.id()),
            level: self.level(rule.id(), rule.severity()),
            title: rule.title().to_owned(),
            origin: rule.origin().to_string(),
            file: rule.source().shared_name(),
            cases: rule.cases().len(),
        };
        let other = |(id, severity, title): (&'static str, Severity, &'static str)| FindingEntry {
            id,
            level: self.level(id, severity),
            title,
        };
        let loader = FaultCode::ALL.into_iter().map(|code| (code.id(), code.severity(), code.title()));
        let allowances = AllowanceCode::ALL.into_iter().map(|code| (code.id(), code.severity(), code.title()));
        let others = loader.chain(allowances).filter(|(id, ..)| self.selected().takes(id));
        let pack = |pack: &Arc<Pack>| PackEntry {
            name: Arc::clone(pack.name()),
            version: pack.version(),
            licence: pack.licence().to_owned(),
            title: pack.title().map(ToOwned::to_owned),
            authors: pack.authors().to_vec(),
            homepage: pack.homepage().map(ToOwned::to_owned),
            file: pack.file(),
        };
        let mut packs: Vec<PackEntry> = self.packs().iter().map(pack).collect();
        packs.sort_by(|a, b| a.name.cmp(&b.name));
        Catalogue {
            schema: CONTRACT,
            rules: self.iter().map(entry).collect(),
            packs,
            others: others.map(other).collect(),
            errors: self.failures_of(|rule| self.selected().takes(rule)).into_iter().cloned().collect(),
        }
    }
}
