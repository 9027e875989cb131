//! Rules: where they come from, which of them run, and the cases that prove them.
//!
//! A rule is a file; its id is its path. This module finds and compiles rules, says on which terms they run, and holds them
//! against their cases. Over which plans they run, and what becomes of the findings, is the audit's business.

mod add;
mod after;
mod cases;
mod catalogue;
mod discover;
mod documents;
mod explain;
mod inforce;
mod open;
mod pack;
mod pages;
mod portfolio;
mod run;
mod select;
mod standard;
pub mod test;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use cases::{Case, CaseFault, CheckCounts, LostCases, Mark};
pub use catalogue::{Catalogue, FindingEntry, PackEntry, Param, RuleEntry};
pub use discover::RulesError;
use discover::Texts;
pub use explain::{Topic, UnknownTopic};
pub(crate) use inforce::InForce;
pub(crate) use open::{CasesRun, RuleRoot};
pub(crate) use pack::stated_name;
pub use pack::{PACK_FILE, Pack};
pub(crate) use pages::key_page;
pub use pages::{allowance_page, example_plan, fault_page, verb_page, verbs_page};
pub(crate) use portfolio::{portfolio_of, portfolios};
pub(crate) use run::{RuleRun, Settings, Terms};
pub use select::{Selected, UnknownRule};
pub(crate) use standard::is_standard;

use add::plain_fault;
pub(crate) use add::reserved;
use after::{Before, Kept};
use inforce::Told;

use crate::finding::{Evaluation, Failure, FailureKind, Severity};
use crate::plan::Plan;
use crate::script::{Form, Limits, Script, ScriptEngine, ScriptFault, Session, Verb};
use crate::source::SourceText;

/// Where a rule comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Built into crossfoot.
    Standard,
    /// A file, by the path that the user would open.
    File(Arc<str>),
    /// A file of a pack.
    Pack {
        /// The pack's name, which the rule's id begins with.
        name: Arc<str>,
        /// The pack's version.
        version: Arc<str>,
        /// The file, by the path that the user would open.
        file: Arc<str>,
    },
    /// Given by an embedding program.
    Given,
}

/// One rule, compiled.
#[derive(Clone, Debug)]
pub struct Rule {
    id: Arc<str>,
    origin: Origin,
    source: Arc<SourceText>,
    script: Arc<Script>,
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

    /// What runs.
    pub(crate) fn script(&self) -> &Arc<Script> {
        &self.script
    }

    /// The cases beside it.
    #[must_use]
    pub fn cases(&self) -> &[Case] {
        &self.cases
    }

    /// Whether it judges the plans of a portfolio together, with `collect` and `judge`.
    #[must_use]
    pub fn is_over_portfolios(&self) -> bool {
        matches!(self.script.form, Form::Portfolio { .. })
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
    engine: Arc<ScriptEngine>,
    verbs: Vec<Verb>,
    limits: Limits,
    rules: Vec<Arc<Rule>>,
    helpers: Vec<Arc<Rule>>,
    packs: Vec<Arc<Pack>>,
    failures: Vec<Failure>,
    /// Of each file that does not compile, the files that it imports.
    wants: BTreeMap<Arc<str>, Vec<Arc<str>>>,
    selected: Selected,
    sources: Vec<Arc<SourceText>>,
    /// Folders that rules were added from.
    folders: Vec<PathBuf>,
    /// Folders of TOML files that have the name of no rule, by the id that it would have.
    ruleless: Vec<(Arc<str>, PathBuf)>,
    told: Told,
    /// Texts of files as an editor has them, read in place of what is on disk.
    texts: Texts,
    /// What may be taken over.
    before: Before,
    kept: Kept,
}

/// A rule that is not compiled yet.
pub(crate) struct Draft {
    /// Its path below its root, such as `totals/outputs`.
    pub(crate) id: String,
    /// Whether it is shared code, which rules import.
    pub(crate) shared: bool,
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
        Self::with_engine(Arc::new(ScriptEngine::new(limits, &[])), limits)
    }

    /// What each rule may use.
    pub(crate) fn limits(&self) -> Limits {
        self.limits
    }

    fn with_engine(engine: Arc<ScriptEngine>, limits: Limits) -> Self {
        Self {
            engine,
            verbs: Vec::new(),
            limits,
            rules: Vec::new(),
            helpers: Vec::new(),
            packs: Vec::new(),
            failures: Vec::new(),
            wants: BTreeMap::new(),
            selected: Selected::default(),
            sources: Vec::new(),
            folders: Vec::new(),
            ruleless: Vec::new(),
            told: Told::default(),
            texts: Texts::default(),
            before: Before::default(),
            kept: Kept::default(),
        }
    }

    /// The standard rules.
    #[must_use]
    pub fn standard() -> Self {
        Self::empty().with_standard()
    }

    /// Adds the standard rules.
    #[must_use]
    pub fn with_standard(mut self) -> Self {
        self.add(standard::drafts(), None);
        self
    }

    /// Adds every rule of a folder and of the folders in it.
    ///
    /// A rule that does not compile is no error here: it is in [`Rules::failures`], and no other rule suffers from it.
    ///
    /// A folder that was added already is not added again.
    ///
    /// # Errors
    /// When the folder or a file in it cannot be read.
    pub fn with_dir(mut self, path: impl AsRef<Path>) -> Result<Self, RulesError> {
        self.add_dir(path.as_ref())?;
        Ok(self)
    }

    /// Has a file of rules read from this text in place of what is on disk, in the folders and packs that are added after it:
    /// an editor's text that is not saved yet.
    #[must_use]
    pub fn with_text_of(mut self, path: impl AsRef<Path>, text: &str) -> Self {
        self.texts.add(path.as_ref(), text);
        self
    }

    /// Adds one rule from its text.
    #[must_use]
    pub fn with_rule(mut self, id: &str, text: &str) -> Self {
        let text = discover::unindented(text);
        let source = SourceText::new(format!("{id}.rhai"), text);
        let draft = Draft { id: id.to_owned(), shared: false, origin: Origin::Given, source, cases: Vec::new() };
        self.add(vec![draft], None);
        self
    }

    /// Adds a case to a rule that was added before, under the name of its file, such as `fail-high.toml`.
    ///
    /// A case for a rule that is not there is in [`Rules::failures`].
    #[must_use]
    pub fn with_case(mut self, rule: &str, name: &str, text: &str) -> Self {
        // A text set off inside a program is moved to the left; any other is taken to the byte.
        let moved = text.starts_with('\n').then(|| discover::unindented(text));
        let case = Case::read(&format!("{rule}/{name}"), moved.as_deref().unwrap_or(text));
        match self.rules.iter_mut().find(|known| known.id.as_ref() == rule) {
            Some(rule) => {
                let rule = Arc::make_mut(rule);
                rule.cases.push(case);
                rule.cases.sort_by(|a, b| a.name().cmp(b.name()));
            }
            None => {
                let message = format!("there is no rule `{rule}` for the case `{name}`");
                let fault = plain_fault(message, None);
                let source = SourceText::new(case.name(), case.text());
                self.failures.push(failure(FailureKind::RuleCompile, &Arc::from(rule), &source, &fault, None));
            }
        }
        self
    }

    /// An engine for these rules that counts what they run.
    fn covering_engine(&self) -> ScriptEngine {
        ScriptEngine::new(self.limits, &self.verbs).covering()
    }

    /// Adds a verb written in Rust, for the rules that are added after it.
    #[must_use]
    pub fn with_verb(mut self, verb: Verb) -> Self {
        self.verbs.push(verb);
        self.engine = Arc::new(ScriptEngine::new(self.limits, &self.verbs));
        // What another engine has compiled does not know the verb.
        self.before = Before::default();
        self
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

    /// The shared code that rules import, by id. An audit never runs it; its cases do.
    #[must_use]
    pub fn helpers(&self) -> &[Arc<Rule>] {
        &self.helpers
    }

    /// The packs that were added, in that order.
    #[must_use]
    pub fn packs(&self) -> &[Arc<Pack>] {
        &self.packs
    }

    /// The text of a file of rules or shared code, by the name that messages show.
    #[must_use]
    pub fn source_of(&self, file: &str) -> Option<&Arc<SourceText>> {
        // Of a file that no longer compiles, the text that does not, and not that of the version that goes on.
        let rules = self.rules.iter().chain(&self.helpers).map(|rule| &rule.source);
        self.sources.iter().chain(rules).find(|source| source.name() == file)
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
