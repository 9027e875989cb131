//! What a name stands for: a rule, a pack, a verb or operator, a key of plans, a finding that no rule makes, or several of them.

use std::fmt;
use std::sync::Arc;

use super::pages::{key_page, pack_page};
use super::{Pack, Rule, Rules, allowance_page, fault_page, verb_page};
use crate::finding::{AllowanceCode, Failure};
use crate::plan::FaultCode;
use crate::plan::vocabulary::{Key, ROOT, Shape, near};
use crate::script::{OPERATORS, VERBS, VerbDoc};
use crate::words::Words;

/// Something that has a page.
#[derive(Clone, Debug)]
pub enum Topic<'r> {
    /// A rule.
    Rule(&'r Arc<Rule>),
    /// Code that rules import.
    Shared(&'r Arc<Rule>),
    /// A rule that does not compile, with the first of what is wrong.
    Broken(&'r Failure),
    /// A pack.
    Pack(&'r Arc<Pack>),
    /// A verb or an operator of the rule language.
    Verb(&'static VerbDoc),
    /// A key of the standard vocabulary.
    Key {
        /// Where it stands, such as `objectives.total`.
        path: String,
        /// The key.
        key: &'static Key,
    },
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
            Self::Pack(pack) => pack.name(),
            Self::Verb(verb) => verb.name,
            Self::Key { path, .. } => path,
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
            Self::Pack(pack) => pack.title().unwrap_or_default(),
            Self::Verb(verb) => verb.brief(),
            Self::Key { key, .. } => key.about,
            Self::Fault(code) => code.title(),
            Self::Allowance(code) => code.title(),
        }
    }

    /// Where it comes from, of what is read from files.
    #[must_use]
    pub fn origin(&self) -> Option<String> {
        match self {
            Self::Rule(rule) | Self::Shared(rule) => Some(rule.origin().to_string()),
            Self::Pack(pack) => Some(pack.file().to_string()),
            Self::Broken(failure) => Some(failure.file.to_string()),
            Self::Verb(_) | Self::Key { .. } | Self::Fault(_) | Self::Allowance(_) => None,
        }
    }

    /// Its file, of what is read from files.
    fn file(&self) -> Option<&str> {
        match self {
            Self::Rule(rule) | Self::Shared(rule) => Some(rule.source().name()),
            Self::Pack(pack) => Some(pack.source().name()),
            Self::Broken(failure) => Some(&failure.file),
            Self::Verb(_) | Self::Key { .. } | Self::Fault(_) | Self::Allowance(_) => None,
        }
    }

    /// The kind of thing it is, in a word.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Shared(_) => "shared code",
            Self::Rule(_) => "rule",
            Self::Broken(_) => "rule that does not compile",
            Self::Pack(_) => "pack",
            Self::Verb(_) => "verb",
            Self::Key { .. } => "key",
            Self::Fault(_) | Self::Allowance(_) => "finding",
        }
    }

    /// Its page, as Markdown; of a rule that does not compile there is none.
    #[must_use]
    pub fn page(&self, rules: &Rules) -> Option<String> {
        self.page_in(rules, Words::english())
    }

    /// The same in another language, as far as it has words for it.
    #[must_use]
    pub fn page_in(&self, rules: &Rules, words: &Words) -> Option<String> {
        match self {
            Self::Rule(rule) | Self::Shared(rule) => Some(rules.page_in(rule, words)),
            Self::Broken(_) => None,
            Self::Pack(pack) => Some(pack_page(pack, rules)),
            Self::Verb(verb) => Some(verb_page(verb)),
            Self::Key { path, key } => Some(key_page(path, key)),
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
        write!(f, "no rule, verb, key of plans or finding is called `{}`", self.name)
    }
}

impl std::error::Error for UnknownTopic {}

impl Rules {
    /// What a name stands for: an id, a pack's or a verb's name, a rule's file, or the path of a key such as `objectives.total`
    /// means itself; `verbs` and `operators` all of these; any other name all that it may mean: what is in a folder of that name,
    /// rules whose last name it is, such as `outputs` of `totals/outputs`, and keys of plans.
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
    /// assert_eq!(names("outputs"), ["shares/outputs", "totals/outputs", "objectives.outputs"]);
    /// assert_eq!(names("share_years"), ["plan.share_years"]);
    /// assert_eq!(rules.topics("summ").unwrap_err().meant.unwrap(), "sum");
    /// ```
    pub fn topics(&self, name: &str) -> Result<Vec<Topic<'_>>, UnknownTopic> {
        let wanted = name.trim_end_matches('/').trim_end_matches("()");
        let all = self.all_topics();
        let chosen = |test: &dyn Fn(&str) -> bool| -> Vec<Topic<'_>> {
            all.iter().filter(|topic| test(topic.name())).cloned().collect()
        };
        // A key at the top has a path of one word, which may be the name of other things as well.
        let chosen_whole = || -> Vec<Topic<'_>> {
            let is_word = |topic: &Topic<'_>| matches!(topic, Topic::Key { path, .. } if !path.contains('.'));
            all.iter().filter(|topic| topic.name() == wanted && !is_word(topic)).cloned().collect()
        };
        let operators = || -> Vec<Topic<'_>> {
            let has = |doc: &&VerbDoc| doc.name.split(' ').any(|symbol| symbol == wanted);
            OPERATORS.iter().filter(has).map(Topic::Verb).collect()
        };
        let every = |name: &str, docs: &'static [VerbDoc]| -> Vec<Topic<'_>> {
            docs.iter().filter(|_| wanted == name).map(Topic::Verb).collect()
        };
        let plain = |path: &str| path.trim_start_matches("./").replace('\\', "/");
        let in_file = || -> Vec<Topic<'_>> {
            let is_file = |topic: &&Topic<'_>| topic.file().is_some_and(|file| plain(file) == plain(wanted));
            all.iter().filter(is_file).cloned().collect()
        };
        let in_folder = |id: &str| id.strip_prefix(wanted).is_some_and(|rest| rest.starts_with('/'));
        let last_name = |id: &str| id.rsplit_once('/').is_some_and(|(_, last)| last == wanted);
        let last_key = |topic: &&Topic<'_>| matches!(topic, Topic::Key { key, .. } if key.name == wanted);
        let whole = [chosen_whole(), operators(), every("verbs", VERBS), every("operators", OPERATORS), in_file()];
        if let Some(found) = whole.into_iter().find(|found| !found.is_empty()) {
            return Ok(found);
        }
        let keys = all.iter().filter(last_key).cloned();
        let named: Vec<Topic<'_>> = chosen(&in_folder).into_iter().chain(chosen(&last_name)).chain(keys).collect();
        if !named.is_empty() {
            return Ok(named);
        }
        // As rules write it: `plan.objectives.total`.
        let of_plan = wanted.strip_prefix("plan.").map(|path| chosen(&|name| name == path)).unwrap_or_default();
        if !of_plan.is_empty() {
            return Ok(of_plan);
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
        topics.extend(self.packs().iter().map(Topic::Pack));
        topics.extend(VERBS.iter().chain(OPERATORS).map(Topic::Verb));
        push_keys("", ROOT, &mut topics);
        topics
    }
}

/// The keys of a table and of the tables in it, each by its path.
fn push_keys(above: &str, keys: &'static [Key], topics: &mut Vec<Topic<'_>>) {
    for key in keys {
        let path = if above.is_empty() { key.name.to_owned() } else { format!("{above}.{}", key.name) };
        let below = path.clone();
        topics.push(Topic::Key { path, key });
        if let Shape::Table(keys) | Shape::Tables(keys) = key.shape {
            push_keys(&below, keys, topics);
        }
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
    let last = |id: &'_ str| id.rsplit(['/', '.']).next().map(ToOwned::to_owned);
    let lasts: Vec<String> = names().filter_map(last).collect();
    let found = near(wanted, lasts.iter().map(String::as_str))?;
    names().find(|name| name.rsplit(['/', '.']).next() == Some(found)).map(ToOwned::to_owned)
}
