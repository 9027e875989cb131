//! What holds for a rule over a plan: whether it runs, how grave its findings are, its parameters.
//!
//! Said in up to four places, of which the first that speaks wins: a flag (or the embedding program), a comment in the plan,
//! `crossfoot.toml` (its `[[files]]` before the rest of it, a later one before an earlier), the rule itself. What was written is
//! held against the rules once, when it is given; nothing unknown gets as far as an audit.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Rule, Rules, RulesError, Terms, UnknownRule};
use crate::config::{Config, ConfigError, Level, LevelEntry, Mistake, Section};
use crate::figure::Rounding;
use crate::finding::{AllowanceCode, Failure, FailureKind, Severity};
use crate::plan::{FaultCode, Inline, Kind, NodeRef, Plan, Says};
use crate::script::{Params, Value};

/// Levels and parameters that one source states, by rule.
#[derive(Clone, Debug, Default)]
pub(super) struct Stated {
    levels: HashMap<String, Level>,
    params: HashMap<String, Vec<(String, Value)>>,
}

/// What was said of rules beside the rules themselves.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// By flags.
    flags: Stated,
    config: Option<Arc<Config>>,
    whole: Stated,
    /// One for each `[[files]]`, in order.
    sections: Vec<Stated>,
}

/// What holds for one plan.
#[derive(Debug)]
pub(crate) struct InForce<'r> {
    rules: &'r Rules,
    inline: HashMap<String, Level>,
    /// Those that speak of the plan, the first before the others.
    config: Vec<&'r Stated>,
    /// The plan's comments that speak to crossfoot.
    pub(crate) comments: Vec<Inline>,
    /// Levels of such comments that contradict others before them: which comment, and in which words.
    pub(crate) conflicts: Vec<(usize, String)>,
    /// The plan's path as the configuration's globs see it.
    pub(crate) relative: String,
}

/// One level for the rules that a pattern takes.
struct Entry<'e> {
    pattern: &'e str,
    level: Level,
}

/// Two patterns that say different things of one rule, by their places among the entries.
struct Conflict {
    id: String,
    first: usize,
    second: usize,
}

impl InForce<'_> {
    /// The level of a rule, or of what is found without one, for this plan.
    pub(crate) fn level(&self, id: &str, own: Severity) -> Level {
        let flag = self.rules.told.flags.levels.get(id).copied();
        let inline = || self.inline.get(id).copied();
        let config = || self.config.iter().find_map(|stated| stated.levels.get(id).copied());
        flag.or_else(inline).or_else(config).unwrap_or(Level::At(own))
    }

    /// How a rule runs over this plan; `None` where it is off.
    pub(crate) fn terms(&self, rule: &Rule) -> Option<Terms> {
        match self.level(rule.id(), rule.severity()) {
            Level::Off => None,
            Level::At(severity) => Some(Terms { severity, by_plan: Vec::new(), params: self.params(rule) }),
        }
    }

    /// A rule's parameters for this plan, where they are not its own.
    pub(crate) fn params(&self, rule: &Rule) -> Option<Params> {
        let sources = self.config.iter().rev().copied().chain(std::iter::once(&self.rules.told.flags));
        let changes: Vec<&(String, Value)> =
            sources.filter_map(|stated| stated.params.get(rule.id().as_ref())).flatten().collect();
        let values = changes.iter().map(|(name, value)| (name.as_str(), value));
        (!changes.is_empty()).then(|| rule.script.params_with(values))
    }
}

impl Rules {
    /// Takes over what a configuration says: its folders of rules and packs are added, its levels and parameters hold from now
    /// on. Rules from elsewhere are added before it, so that it can speak of them. Whether the standard rules are there is
    /// the caller's business ([`Config::standard`]).
    ///
    /// # Errors
    /// When the configuration speaks of rules or parameters that do not exist, or says two things of one rule: all such
    /// mistakes, each with its place.
    ///
    /// ```
    /// use crossfoot::config::Config;
    /// use crossfoot::Rules;
    ///
    /// let config = Config::parse("crossfoot.toml", "[levels]\n'totals/output' = 'info'\n").unwrap();
    /// let mistakes = Rules::standard().with_config(config).unwrap_err();
    /// assert!(mistakes.to_string().contains("did you mean `totals/outputs`?"));
    /// ```
    pub fn with_config(mut self, config: Config) -> Result<Self, ConfigError> {
        let config = Arc::new(config);
        let mut failures: Vec<Failure> = Vec::new();
        let unread =
            |error: RulesError, span| config.failure(&Mistake { span, message: error.to_string(), help: error.help });
        for (path, span) in &config.rules {
            failures.extend(self.add_dir(path).err().map(|error| unread(error, *span)));
        }
        for (path, span) in &config.packs {
            failures.extend(self.add_pack(path).err().map(|error| unread(error, *span)));
        }
        let mut mistakes = Vec::new();
        self.told.whole = self.resolve(&config, &config.whole, &mut mistakes);
        self.told.sections = config.sections.iter().map(|s| self.resolve(&config, s, &mut mistakes)).collect();
        for allowance in &config.allowances {
            if let Err(mistake) = self.check_allowed(&allowance.rule) {
                mistakes.push(Mistake { span: allowance.rule_span, ..mistake });
            }
        }
        failures.extend(mistakes.iter().map(|mistake| config.failure(mistake)));
        failures.sort_by_key(|failure| failure.span);
        failures.dedup();
        if !failures.is_empty() {
            // A rule may be unknown because its pack cannot be used: then that is the first thing to say.
            let packs = self.failures.into_iter().filter(|failure| failure.kind == FailureKind::Pack);
            let sources = self.sources.into_iter().chain([Arc::clone(config.source())]).collect();
            return Err(ConfigError { failures: packs.chain(failures).collect(), sources });
        }
        self.told.config = Some(config);
        Ok(self)
    }

    /// Sets the level of the rules that a pattern takes, before all that a plan, a configuration or a rule says.
    ///
    /// # Errors
    /// When the pattern matches no rule.
    ///
    /// ```
    /// use crossfoot::config::Level;
    /// use crossfoot::{Auditor, Plan, Rules};
    ///
    /// let rules = Rules::standard().with_level("shares/whole", Level::Off).unwrap();
    /// let plan = Plan::parse("p", "[[splits]]\nid = 's'\nparts = [{ share = 84 }, { share = 19 }]\n");
    /// assert!(Auditor::new(&rules).audit(&plan).findings.is_empty());
    /// ```
    pub fn with_level(mut self, pattern: &str, level: Level) -> Result<Self, UnknownRule> {
        let matcher = self.pattern(pattern)?;
        let ids: Vec<String> = self.known_ids().filter(|id| matcher.is_match(id)).map(ToOwned::to_owned).collect();
        self.told.flags.levels.extend(ids.into_iter().map(|id| (id, level)));
        Ok(self)
    }

    /// Sets a parameter of a rule, before all that a configuration or the rule says.
    ///
    /// # Errors
    /// In words, when there is no such rule or parameter, or the value is of another kind than the rule's own.
    pub fn with_param(mut self, rule: &str, name: &str, value: Value) -> Result<Self, String> {
        let known = self.get(rule).ok_or_else(|| match self.pattern(rule) {
            Err(unknown) => unknown.to_string(),
            Ok(_) => format!("`{rule}` has no parameters"),
        })?;
        known.script.check_param(name, &value)?;
        self.told.flags.params.entry(rule.to_owned()).or_default().push((name.to_owned(), value));
        Ok(self)
    }

    /// As [`Rules::with_param`], written as a flag: `house/largest-share.most=60`. The value is TOML; a word that is none is
    /// a text.
    ///
    /// # Errors
    /// As [`Rules::with_param`], and when the text is of another form.
    ///
    /// ```
    /// use crossfoot::Rules;
    ///
    /// let rules = Rules::empty().with_rule("house/most", "
    ///     const PARAMS = #{ most: 5 };
    ///     fn check(plan, params) { expect_range(plan.objectives.share, 0, params.most); }
    /// ");
    /// let rules = rules.with_param_written("house/most.most=60").unwrap();
    /// let rule = rules.get("house/most").unwrap();
    /// assert_eq!(rules.params(rule), [("most".to_owned(), "60".to_owned())]);
    /// ```
    pub fn with_param_written(self, text: &str) -> Result<Self, String> {
        let form = || format!("`{text}`: expected RULE.NAME=VALUE, such as house/largest-share.most=60");
        let (place, written) = text.split_once('=').ok_or_else(form)?;
        let (rule, name) = place.trim().rsplit_once('.').ok_or_else(form)?;
        let document = Plan::parse("value", &format!("value = {written}"));
        let node = document.root().get("value").filter(|_| document.is_toml());
        let value = match node {
            Some(node) => value(node)?,
            None => Value::Text(written.trim().to_owned()),
        };
        self.with_param(rule, name, value).map_err(|message| format!("{rule}: {message}"))
    }

    /// The configuration that was taken over.
    #[must_use]
    pub fn config(&self) -> Option<&Config> {
        self.told.config.as_deref()
    }

    /// How the figures of a plan were rounded where the plan does not say so: as the configuration has it.
    ///
    /// ```
    /// use crossfoot::Rules;
    ///
    /// assert_eq!(Rules::standard().rounding_for("plan.toml"), Default::default());
    /// ```
    #[must_use]
    pub fn rounding_for(&self, plan: &str) -> Rounding {
        self.config().map(|config| config.rounding_for(plan)).unwrap_or_default()
    }

    /// The level of a rule, or of a finding that no rule makes, where no plan says otherwise.
    #[must_use]
    pub fn level(&self, id: &str, own: Severity) -> Level {
        self.in_force(None).level(id, own)
    }

    /// The values of a rule's parameters, as texts, where no plan says otherwise.
    #[must_use]
    pub fn params(&self, rule: &Rule) -> Vec<(String, String)> {
        self.in_force(None).params(rule).map_or_else(|| rule.params(), |params| params.texts())
    }

    /// What holds for a plan.
    pub(crate) fn in_force(&self, plan: Option<&Plan>) -> InForce<'_> {
        let mut config = Vec::new();
        let mut relative = String::new();
        if let (Some(known), Some(plan)) = (&self.told.config, plan) {
            relative = known.relative(plan.name());
            let speaks = |at: &usize| known.sections[*at].globs.iter().any(|glob| glob.is_match(&relative));
            let sections = (0..known.sections.len()).rev().filter(speaks);
            config.extend(sections.map(|at| &self.told.sections[at]));
        }
        config.push(&self.told.whole);
        let comments = plan.map(Plan::inline).unwrap_or_default();
        let (inline, conflicts) = self.inline_levels(&comments);
        InForce { rules: self, inline, config, comments, conflicts, relative }
    }

    /// The levels that a plan's own comments state, and those that contradict one before them. What cannot be read is a
    /// finding, made elsewhere.
    fn inline_levels(&self, comments: &[Inline]) -> (HashMap<String, Level>, Vec<(usize, String)>) {
        let mut entries = Vec::new();
        let mut places = Vec::new();
        for (at, comment) in comments.iter().enumerate() {
            let Says::Level { rule, level, .. } = &comment.says else { continue };
            if let (Ok(_), Ok(severity)) = (self.pattern(rule), level.parse::<Severity>()) {
                entries.push(Entry { pattern: rule, level: Level::At(severity) });
                places.push(at);
            }
        }
        if entries.is_empty() {
            return Default::default();
        }
        let (levels, conflicts) = self.settle(&entries);
        let words = |conflict: Conflict| {
            let (first, second) = (&entries[conflict.first], &entries[conflict.second]);
            let message = format!(
                "two levels for `{}`: `{}` says {} here, `{}` said {} before",
                conflict.id, second.pattern, second.level, first.pattern, first.level
            );
            (places[conflict.second], message)
        };
        (levels, conflicts.into_iter().map(words).collect())
    }

    /// The level of each rule that some entries speak of: its id goes before a pattern. Of two entries that say different
    /// things the first holds, and the second is in conflict with it.
    fn settle(&self, entries: &[Entry<'_>]) -> (HashMap<String, Level>, Vec<Conflict>) {
        let mut by: HashMap<&str, usize> = HashMap::new();
        let mut conflicts = Vec::new();
        let ids: Vec<&str> = self.known_ids().collect();
        let names: HashSet<&str> = entries.iter().map(|entry| entry.pattern).collect();
        for (at, entry) in entries.iter().enumerate() {
            let Ok(matcher) = self.pattern(entry.pattern) else { continue };
            for id in ids.iter().copied().filter(|id| matcher.is_match(id)) {
                if id != entry.pattern && names.contains(id) {
                    continue;
                }
                let first = *by.entry(id).or_insert(at);
                if entries[first].level != entry.level {
                    conflicts.push(Conflict { id: id.to_owned(), first, second: at });
                }
            }
        }
        (by.into_iter().map(|(id, at)| (id.to_owned(), entries[at].level)).collect(), conflicts)
    }

    /// Whether an allowance may name this rule: an id, of a rule or of a finding that can be allowed.
    pub(crate) fn check_allowed(&self, id: &str) -> Result<(), Mistake> {
        let mistake = |message: String| Mistake::new(crate::source::Span::default(), message);
        if AllowanceCode::ALL.iter().any(|code| code.id() == id) {
            return Err(mistake(format!("`{id}` is about allowances themselves and cannot be allowed")));
        }
        if FaultCode::ALL.iter().any(|code| code.id() == id && code.is_not_toml()) {
            return Err(mistake(format!("`{id}` cannot be allowed: no rule can run over a file that is no TOML")));
        }
        self.pattern(id).map(drop).map_err(|unknown| mistake(unknown.to_string()))
    }

    /// Whether this is the id of one rule, or of one kind of finding that no rule makes.
    pub(crate) fn is_id(&self, id: &str) -> bool {
        self.known_ids().any(|known| known == id)
    }

    fn resolve(&self, config: &Config, section: &Section, mistakes: &mut Vec<Mistake>) -> Stated {
        let mut stated = Stated::default();
        self.resolve_levels(config, &section.levels, &mut stated, mistakes);
        for entry in &section.params {
            let Some(rule) = self.get(&entry.rule) else {
                let message = match self.pattern(&entry.rule) {
                    Err(unknown) => unknown.to_string(),
                    Ok(_) => format!("`{}` is not one rule: parameters are stated for one rule at a time", entry.rule),
                };
                mistakes.push(Mistake::new(entry.rule_span, message));
                continue;
            };
            let node = config.node(entry.value);
            let checked = value(node).and_then(|value| rule.script.check_param(&entry.name, &value).map(|()| value));
            match checked {
                Ok(value) => {
                    stated.params.entry(entry.rule.clone()).or_default().push((entry.name.clone(), value));
                }
                Err(message) => mistakes.push(Mistake::new(entry.name_span, message)),
            }
        }
        stated
    }

    /// An id beats a pattern; two patterns must not say two things of one rule.
    fn resolve_levels(
        &self,
        config: &Config,
        entries: &[LevelEntry],
        stated: &mut Stated,
        mistakes: &mut Vec<Mistake>,
    ) {
        let mut known = Vec::new();
        for entry in entries {
            if let Err(unknown) = self.pattern(&entry.pattern) {
                mistakes.push(Mistake::new(entry.span, unknown.to_string()));
            } else if FaultCode::ALL.iter().any(|code| code.is_not_toml() && code.id() == entry.pattern) {
                let message = format!("`{}` has no level: no rule can run over a file that is no TOML", entry.pattern);
                mistakes.push(Mistake::new(entry.span, message));
            } else {
                known.push(entry);
            }
        }
        let plain: Vec<Entry<'_>> =
            known.iter().map(|entry| Entry { pattern: &entry.pattern, level: entry.level }).collect();
        let (levels, conflicts) = self.settle(&plain);
        stated.levels = levels;
        for Conflict { id, first, second } in conflicts {
            let (first, second) = (known[first], known[second]);
            let line = config.source().position(first.span.start).line;
            let message = format!(
                "two levels for `{id}`: `{}` says {} here, `{}` says {} in line {line}",
                second.pattern, second.level, first.pattern, first.level
            );
            let mistake = Mistake::new(second.span, message);
            mistakes.push(mistake.help("name the rule itself: an id goes before a pattern"));
        }
    }
}

/// A value of a configuration as a rule's parameter.
fn value(node: NodeRef<'_>) -> Result<Value, String> {
    Ok(match node.kind() {
        Kind::Integer | Kind::Float => match node.plan().written(node.id()) {
            Some(written) => Value::Number(written.value()),
            None => return Err(format!("{} is no number that can be kept exactly", node.text())),
        },
        Kind::Text | Kind::Date => Value::Text(node.display().into_owned()),
        Kind::Boolean => Value::Boolean(node.bool().unwrap_or_default()),
        Kind::Array => Value::List(node.children().map(value).collect::<Result<_, _>>()?),
        Kind::Table => {
            let name = node.key().unwrap_or_default();
            return Err(format!("`{name}` is a table: expected a number, a text, a boolean or an array"));
        }
    })
}
