//! What a name stands for: a rule, a verb or operator, a finding that no rule makes, or several of them.

use std::fmt;
use std::sync::Arc;

use super::{Rule, Rules, allowance_page, fault_page, verb_page};
use crate::finding::{AllowanceCode, Failure};
use crate::plan::FaultCode;
use crate::plan::vocabulary::near;
use crate::script::{OPERATORS, VERBS, VerbDoc};

/// Something that has a page.
#[derive(Clone, Debug)]
pub enum Topic<'r> {
    /// A rule.
    Rule(&'r Arc<Rule>),
    /// Code that rules import.
    Shared(&'r Arc<Rule>),
    /// A rule that does not compile, with the first of what is wrong.
    Broken(&'r Failure),
    /// A verb or an operator of the rule language.
    Verb(&'static VerbDoc),
    /// What loading a plan can find.
    Fault(FaultCode),
    /// What can be wrong with an allowance.
    Allowance(AllowanceCode),
}

impl Topic<'_> {
    /// Its id or name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Rule(rule) | Self::Shared(rule) => rule.id(),
            Self::Broken(failure) => failure.rule.as_deref().unwrap_or_default(),
            Self::Verb(verb) => verb.name,
            Self::Fault(code) => code.id(),
            Self::Allowance(code) => code.id(),
        }
    }

    /// What it is, in one line.
    #[must_use]
    pub fn title(&self) -> &str {
        match self {
            Self::Rule(rule) | Self::Shared(rule) => rule.title(),
            Self::Broken(failure) => &failure.message,
            Self::Verb(verb) => verb.brief(),
            Self::Fault(code) => code.title(),
            Self::Allowance(code) => code.title(),
        }
    }

    /// The kind of thing it is, in a word.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Shared(_) => "shared code",
            Self::Rule(_) => "rule",
            Self::Broken(_) => "rule that does not compile",
            Self::Verb(_) => "verb",
            Self::Fault(_) | Self::Allowance(_) => "finding",
        }
    }

    /// Its page, as Markdown; of a rule that does not compile there is none.
    #[must_use]
    pub fn page(&self, rules: &Rules) -> Option<String> {
        match self {
            Self::Rule(rule) | Self::Shared(rule) => Some(rules.page(rule)),
            Self::Broken(_) => None,
            Self::Verb(verb) => Some(verb_page(verb)),
            Self::Fault(code) => Some(fault_page(*code)),
            Self::Allowance(code) => Some(allowance_page(*code)),
        }
    }
}

/// A name that nothing has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownTopic {
    /// The name as given.
    pub name: String,
    /// What may have been meant.
    pub meant: Option<String>,
}

impl fmt::Display for UnknownTopic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no rule, verb or finding is called `{}`", self.name)
    }
}

impl std::error::Error for UnknownTopic {}

impl Rules {
    /// What a name stands for: an id or a verb's name means itself; a rule's last name, such as `outputs` of
    /// `totals/outputs`, all that have it; a folder, such as `totals`, all that is in it; `verbs` and `operators` all of these.
    ///
    /// # Errors
    /// When nothing has that name.
    ///
    /// ```
    /// use crossfoot::Rules;
    ///
    /// let rules = Rules::standard();
    /// let names = |name: &str| -> Vec<String> {
    ///     rules.topics(name).unwrap().iter().map(|topic| topic.name().to_owned()).collect()
    /// };
    /// assert_eq!(names("sum"), ["sum"]);
    /// assert_eq!(names("outputs"), ["shares/outputs", "totals/outputs"]);
    /// assert_eq!(rules.topics("summ").unwrap_err().meant.unwrap(), "sum");
    /// ```
    pub fn topics(&self, name: &str) -> Result<Vec<Topic<'_>>, UnknownTopic> {
        let wanted = name.trim_end_matches('/').trim_end_matches("()");
        let all = self.all_topics();
        let chosen = |test: &dyn Fn(&str) -> bool| -> Vec<Topic<'_>> {
            all.iter().filter(|topic| test(topic.name())).cloned().collect()
        };
        let operators = || -> Vec<Topic<'_>> {
            let has = |doc: &&VerbDoc| doc.name.split(' ').any(|symbol| symbol == wanted);
            OPERATORS.iter().filter(has).map(Topic::Verb).collect()
        };
        let every = |name: &str, docs: &'static [VerbDoc]| -> Vec<Topic<'_>> {
            docs.iter().filter(|_| wanted == name).map(Topic::Verb).collect()
        };
        let in_folder = |id: &str| id.strip_prefix(wanted).is_some_and(|rest| rest.starts_with('/'));
        let last_name = |id: &str| id.rsplit_once('/').is_some_and(|(_, last)| last == wanted);
        let whole = [chosen(&|id| id == wanted), operators(), every("verbs", VERBS), every("operators", OPERATORS)];
        for found in whole.into_iter().chain([chosen(&last_name), chosen(&in_folder)]) {
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Err(UnknownTopic { name: name.to_owned(), meant: meant(wanted, &all) })
    }

    fn all_topics(&self) -> Vec<Topic<'_>> {
        let mut broken: Vec<&Failure> = Vec::new();
        for failure in self.failures().iter().filter(|failure| failure.rule.is_some()) {
            if !broken.iter().any(|other| other.rule == failure.rule) {
                broken.push(failure);
            }
        }
        let rules = self
            .rules
            .iter()
            .map(Topic::Rule)
            .chain(self.helpers.iter().map(Topic::Shared))
            .chain(broken.into_iter().map(Topic::Broken));
        let others = FaultCode::ALL.into_iter().map(Topic::Fault);
        let others = others.chain(AllowanceCode::ALL.into_iter().map(Topic::Allowance));
        let mut topics: Vec<Topic<'_>> = rules.chain(others).collect();
        topics.sort_by(|a, b| a.name().cmp(b.name()));
        topics.extend(VERBS.iter().chain(OPERATORS).map(Topic::Verb));
        topics
    }
}

/// The name that was meant: of a whole name a slip of one, of a last name a slip of a last name.
fn meant(wanted: &str, all: &[Topic<'_>]) -> Option<String> {
    let names = || all.iter().map(Topic::name);
    if let Some(name) = near(wanted, names()) {
        return Some(name.to_owned());
    }
    if wanted.contains('/') {
        return None;
    }
    let last = |id: &'_ str| id.rsplit('/').next().map(ToOwned::to_owned);
    let lasts: Vec<String> = names().filter_map(last).collect();
    let found = near(wanted, lasts.iter().map(String::as_str))?;
    names().find(|name| name.rsplit('/').next() == Some(found)).map(ToOwned::to_owned)
}
