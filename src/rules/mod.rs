//! Rules: where they come from, which of them run, and the cases that prove them.
//!
//! A rule is a file; its id is its path. This module finds and compiles rules and collects what is wrong with them; it
//! runs none of them over a user's plan.

mod cases;
mod catalogue;
mod discover;
mod explain;
mod pages;
mod run;
mod select;
mod standard;

use std::path::Path;
use std::sync::Arc;

pub use cases::{Case, CaseResult, CheckCounts, Mark};
pub use catalogue::{Catalogue, InForce, LoaderEntry, Param, RuleEntry};
pub use discover::RulesError;
pub use explain::{Topic, UnknownTopic};
pub use pages::{example_plan, fault_page, verb_page, verbs_page};
pub(crate) use run::{RuleRun, Settings};
pub use select::{Selected, UnknownRule};

use crate::finding::{Evaluation, Failure, FailureKind, Severity};
use crate::plan::Plan;
use crate::script::{Limits, Script, ScriptEngine, ScriptFault, Session, Verb, on_large_stack};
use crate::source::SourceText;

/// Where a rule comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Built into crossfoot.
    Standard,
    /// A file, by the path that the user would open.
    File(Arc<str>),
    /// Given by an embedding program.
    Given,
}

/// One rule, compiled.
#[derive(Debug)]
pub struct Rule {
    id: Arc<str>,
    origin: Origin,
    source: Arc<SourceText>,
    script: Script,
    cases: Vec<Case>,
}

impl Rule {
    /// Its id: its path below the folder of rules, such as `totals/outputs`.
    #[must_use]
    pub fn id(&self) -> &Arc<str> {
        &self.id
    }

    /// The first line of its page.
    #[must_use]
    pub fn title(&self) -> &str {
        self.script.title()
    }

    /// Its page: the `//!` header of the file, as Markdown.
    #[must_use]
    pub fn page(&self) -> &str {
        &self.script.page
    }

    /// The severity of its findings: `SEVERITY`, or error.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.script.severity.unwrap_or(Severity::Error)
    }

    /// What to do about any of its findings: `HELP`, if given.
    #[must_use]
    pub fn help(&self) -> Option<&str> {
        self.script.help.as_deref()
    }

    /// Its parameters, with their values as texts.
    #[must_use]
    pub fn params(&self) -> Vec<(String, String)> {
        self.script.params()
    }

    /// Where it comes from.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Its text.
    #[must_use]
    pub fn source(&self) -> &Arc<SourceText> {
        &self.source
    }

    /// The cases beside it.
    #[must_use]
    pub fn cases(&self) -> &[Case] {
        &self.cases
    }
}

/// A set of rules, ready to audit with.
///
/// ```
/// use crossfoot::Rules;
///
/// let rules = Rules::empty().with_rule("house/title", "
///     //! Every objective has a title.
///     fn check(plan) { expect_present(plan.objectives, \"title\"); }
/// ");
/// assert_eq!(rules.iter().next().unwrap().title(), "Every objective has a title.");
/// assert!(rules.failures().is_empty());
/// ```
#[derive(Debug)]
pub struct Rules {
    engine: ScriptEngine,
    verbs: Vec<Verb>,
    limits: Limits,
    rules: Vec<Arc<Rule>>,
    failures: Vec<Failure>,
    selected: Selected,
    sources: Vec<Arc<SourceText>>,
}

/// A rule that is not compiled yet.
pub(crate) struct Draft {
    pub(crate) id: String,
    pub(crate) origin: Origin,
    pub(crate) source: SourceText,
    pub(crate) cases: Vec<Case>,
}

impl Rules {
    /// No rules at all.
    #[must_use]
    pub fn empty() -> Self {
        Self::with_limits(Limits::STANDARD)
    }

    /// No rules, with limits of your own.
    #[must_use]
    pub fn with_limits(limits: Limits) -> Self {
        Self {
            engine: ScriptEngine::new(limits, &[]),
            verbs: Vec::new(),
            limits,
            rules: Vec::new(),
            failures: Vec::new(),
            selected: Selected::default(),
            sources: Vec::new(),
        }
    }

    /// The standard rules.
    #[must_use]
    pub fn standard() -> Self {
        Self::empty().with_standard()
    }

    /// Adds the standard rules.
    #[must_use]
    pub fn with_standard(self) -> Self {
        self.add(standard::drafts())
    }

    /// Adds every rule of a folder and of the folders in it.
    ///
    /// A rule that does not compile is no error here: it is in [`Rules::failures`], and no other rule suffers from it.
    ///
    /// # Errors
    /// When the folder or a file in it cannot be read.
    pub fn with_dir(self, path: impl AsRef<Path>) -> Result<Self, RulesError> {
        let drafts = discover::drafts(path.as_ref())?;
        Ok(self.add(drafts))
    }

    /// Adds one rule from its text.
    #[must_use]
    pub fn with_rule(self, id: &str, text: &str) -> Self {
        let text = discover::unindented(text);
        let source = SourceText::new(format!("{id}.rhai"), text);
        self.add(vec![Draft { id: id.to_owned(), origin: Origin::Given, source, cases: Vec::new() }])
    }

    /// Adds a verb written in Rust, for the rules that are added after it.
    #[must_use]
    pub fn with_verb(mut self, verb: Verb) -> Self {
        self.verbs.push(verb);
        self.engine = ScriptEngine::new(self.limits, &self.verbs);
        self
    }

    fn add(mut self, drafts: Vec<Draft>) -> Self {
        let engine = &self.engine;
        let compile = || drafts.iter().map(|draft| engine.compile(draft.source.text())).collect::<Vec<_>>();
        let compiled = on_large_stack(compile).unwrap_or_else(|error| {
            let fault = ScriptFault { message: error.to_string(), position: None, stack: Vec::new(), help: None };
            drafts.iter().map(|_| Err(vec![fault.clone()])).collect()
        });
        for (draft, result) in drafts.into_iter().zip(compiled) {
            self.add_one(draft, result);
        }
        self.rules.sort_by(|a, b| a.id.cmp(&b.id));
        self
    }

    fn add_one(&mut self, draft: Draft, result: Result<Script, Vec<ScriptFault>>) {
        let id: Arc<str> = Arc::from(draft.id.as_str());
        let source = Arc::new(draft.source);
        if let Some(other) = self.rules.iter().find(|rule| rule.id == id) {
            let message = format!("two rules have the id `{id}`: the other is {}", other.source.name());
            let fault = ScriptFault { message, position: None, stack: Vec::new(), help: None };
            let help = match other.origin {
                Origin::Standard => "rename the file, or leave the standard rules out with --no-standard",
                _ => "rename one of the two files",
            };
            let fault = ScriptFault { help: Some(help.to_owned()), ..fault };
            self.failures.push(failure(FailureKind::RuleCompile, &id, &source, &fault, None));
            self.sources.push(source);
            return;
        }
        match result {
            Ok(script) => {
                let rule = Rule { id, origin: draft.origin, source, script, cases: draft.cases };
                self.rules.push(Arc::new(rule));
            }
            Err(faults) => {
                let failures = faults.iter().map(|fault| failure(FailureKind::RuleCompile, &id, &source, fault, None));
                self.failures.extend(failures);
                self.sources.push(source);
            }
        }
    }

    /// The rules that run, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Rule>> {
        self.rules.iter().filter(|rule| self.selected.takes(&rule.id))
    }

    /// A rule by its id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Arc<Rule>> {
        self.rules.iter().find(|rule| rule.id.as_ref() == id)
    }

    /// What is wrong with rules that were added.
    #[must_use]
    pub fn failures(&self) -> &[Failure] {
        &self.failures
    }

    /// The texts of rules that do not compile, for printers that show lines.
    #[must_use]
    pub fn failed_sources(&self) -> &[Arc<SourceText>] {
        &self.sources
    }

    /// A session over a plan, to try expressions with the verbs and limits of these rules.
    #[must_use]
    pub fn session(&self, plan: &Plan) -> Session {
        Session::with(self.limits, &self.verbs, plan)
    }

    /// Evaluates one expression, or statements of which the last gives the value, over a plan.
    ///
    /// ```
    /// use crossfoot::finding::Evaluated;
    /// use crossfoot::{Plan, Rules};
    ///
    /// let plan = Plan::parse("plan.toml", "[[objectives]]\nid = 'A'\n");
    /// let evaluation = Rules::standard().evaluate(&plan, "plan.objectives[0].id == \"A\"");
    /// assert_eq!(evaluation.value, Some(Evaluated::Boolean { value: true }));
    /// ```
    #[must_use]
    pub fn evaluate(&self, plan: &Plan, expression: &str) -> Evaluation {
        self.session(plan).evaluate(expression)
    }

    /// Which rules were chosen to run.
    #[must_use]
    pub fn selected(&self) -> &Selected {
        &self.selected
    }
}

/// A fault of a rule as a failure of the audit.
pub(crate) fn failure(
    kind: FailureKind,
    id: &Arc<str>,
    source: &SourceText,
    fault: &ScriptFault,
    looking_at: Option<String>,
) -> Failure {
    Failure {
        kind,
        rule: Some(Arc::clone(id)),
        file: source.shared_name(),
        message: fault.message.clone(),
        span: fault.position.map(|(line, column)| source.place(source.word(line, column))),
        stack: fault.stack.clone(),
        looking_at,
        help: fault.help.clone(),
    }
}
