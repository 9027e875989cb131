//! The pages of rules, verbs and the loader's findings, as Markdown.
//!
//! One source for `docs/` and for what is read in a terminal. It writes Markdown and knows nothing of how that is shown.

use std::fmt::Write as _;

use super::{Case, Origin, Pack, Rule, Rules};
use crate::config::Level;
use crate::finding::AllowanceCode;
use crate::plan::FaultCode;
use crate::plan::vocabulary::{Key, Shape};
use crate::script::{EXAMPLE_PLAN, OPERATORS, VERBS, VerbDoc};
use crate::words::Words;

impl Rules {
    /// The page of a rule: its own header, with level, origin, help, parameters and cases.
    ///
    /// ```
    /// use crossfoot::Rules;
    ///
    /// let rules = Rules::standard();
    /// let page = rules.page(rules.get("totals/outputs").unwrap());
    /// assert!(page.starts_with("# totals/outputs\n\n**A stated total"));
    /// ```
    #[must_use]
    pub fn page(&self, rule: &Rule) -> String {
        self.page_in(rule, Words::english())
    }

    /// The same with the rule's own words in another language, where it has these; what is said about the rule is in English.
    #[must_use]
    pub fn page_in(&self, rule: &Rule, words: &Words) -> String {
        let level = self.level(rule.id(), rule.severity());
        let mut page = format!("# {}\n\n**{}**\n\n", rule.id(), words.phrase(rule.title()));
        let own = match rule.severity() {
            own if level == Level::At(own) => String::new(),
            own => format!(" (the rule's own level: {own})"),
        };
        let file = rule.source().name();
        let origin = match rule.origin() {
            Origin::Standard => format!("a standard rule, `{file}`"),
            Origin::File(_) => format!("`{file}`"),
            Origin::Pack { name, version, .. } => format!("the pack {name}, version {version}, `{file}`"),
            Origin::Given => "given by the program".to_owned(),
        };
        let _ = match self.helpers.iter().any(|helper| std::ptr::eq(helper.as_ref(), rule)) {
            true => writeln!(page, "Shared code, which rules import. Origin: {origin}."),
            false => writeln!(page, "Level: {level}{own}. Origin: {origin}."),
        };
        if rule.is_over_portfolios() {
            let _ = write!(page, "\nIt judges the plans of a portfolio together.\n");
        }
        let rest = rule.page().split_once('\n').map_or("", |(_, rest)| rest.trim());
        let rest = words.page(rule.title(), rest);
        if !rest.is_empty() {
            let _ = write!(page, "\n{rest}\n");
        }
        if let Some(help) = rule.help() {
            let _ = write!(page, "\n{}: *{}*.\n", words.text("help-with-each"), words.phrase(help));
        }
        let params = self.present_params(rule);
        if !params.is_empty() {
            let _ = write!(page, "\n## Parameters\n\n| parameter | value |\n|---|---|\n");
            for param in &params {
                let changed = if param.own == param.present {
                    String::new()
                } else {
                    format!(" (the rule's own value: {})", cell(&param.own))
                };
                let _ = writeln!(page, "| {} | {}{changed} |", param.name, cell(&param.present));
            }
        }
        write_cases(&mut page, rule.cases());
        page
    }
}

/// The page of a pack: what its `pack.toml` says, and its rules.
pub(super) fn pack_page(pack: &Pack, rules: &Rules) -> String {
    let mut page = format!("# {}\n\n", pack.name());
    if let Some(title) = pack.title() {
        let _ = write!(page, "**{title}**\n\n");
    }
    let _ = write!(page, "A pack of rules, version {}. Licence: {}.", pack.version(), pack.licence());
    if !pack.authors().is_empty() {
        let _ = write!(page, " Authors: {}.", pack.authors().join(", "));
    }
    let _ = write!(page, " It works with crossfoot {}.", pack.requires());
    if let Some(homepage) = pack.homepage() {
        let _ = write!(page, " More: <{homepage}>.");
    }
    let _ = write!(page, " Origin: `{}`.\n\n## Rules\n\n", pack.file());
    let is_in =
        |rule: &&std::sync::Arc<Rule>| matches!(rule.origin(), Origin::Pack { name, .. } if name == pack.name());
    for rule in rules.rules.iter().filter(is_in) {
        let _ = writeln!(page, "- `{}`: {}", rule.id(), rule.title());
    }
    page
}

/// The page of a key of the standard vocabulary: where it stands, what it looks like and means, and the keys beneath it.
pub(crate) fn key_page(path: &str, key: &Key) -> String {
    let required = if key.required { ", which its table must have" } else { "" };
    let mut page = format!("# {path}\n\n**{}**\n\n", key.about);
    let _ = writeln!(page, "A key of plans{required}: {}. In a rule it is `plan.{path}`.", key.shape);
    if let Shape::Table(keys) | Shape::Tables(keys) = key.shape {
        let _ = write!(page, "\n| key | what it is | what it means |\n|---|---|---|\n");
        for key in keys {
            let name = if key.required { format!("**{}**", key.name) } else { key.name.to_owned() };
            let _ = writeln!(page, "| {name} | {} | {} |", key.shape, cell(key.about));
        }
    }
    page
}

/// The names of a rule's cases, and what they are there for.
fn write_cases(page: &mut String, cases: &[Case]) {
    if cases.is_empty() {
        let _ = write!(page, "\n## Cases\n\nNo case proves this rule yet.\n");
        return;
    }
    let folder = cases[0].name().rsplit_once('/').map_or_else(String::new, |(folder, _)| format!(", in `{folder}/`"));
    let count = if cases.len() == 1 { "One case".to_owned() } else { format!("{} cases", cases.len()) };
    let _ = write!(page, "\n## Cases\n\n{count}{folder}:\n\n");
    for case in cases {
        let name = case.name().rsplit('/').next().unwrap_or_default();
        let name = name.strip_suffix(".toml").unwrap_or(name);
        let expects = if case.expects_findings() { "expects findings" } else { "expects no finding" };
        let _ = writeln!(page, "- `{name}` {expects}");
    }
}

/// A text in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// The page of a verb or an operator: how it is called, what it does, an example with what it gives.
///
/// ```
/// let verb = crossfoot::script::VERBS.iter().find(|verb| verb.name == "count").unwrap();
/// assert!(crossfoot::rules::verb_page(verb).contains("count(plan.objectives)      // 2"));
/// ```
#[must_use]
pub fn verb_page(verb: &VerbDoc) -> String {
    format!("# {}\n\n{}", verb.name, verb_body(verb))
}

fn verb_body(verb: &VerbDoc) -> String {
    format!("`{}`\n\n{}\n\n```rhai\n{}      // {}\n```\n", verb.signature, verb.about, verb.example, verb.gives)
}

/// The small plan that the examples of verbs speak of, as a section of a page.
#[must_use]
pub fn example_plan() -> String {
    format!("The examples speak of this plan:\n\n```toml\n{}\n```\n", EXAMPLE_PLAN.trim())
}

/// The page of all verbs and operators: `docs/verbs.md`.
#[must_use]
pub fn verbs_page() -> String {
    let mut page = format!(
        "# Verbs of the rule language\n\nGenerated from the verbs' own documentation; every example is run as a test. \
         `crossfoot explain VERB` prints one of them, and `crossfoot eval PLAN EXPRESSION` tries one on a plan of yours.\n\n\
         A *node* is one place of the plan: a table, a figure, a text. A *selection* is none, one or many of them. A verb is \
         called as `count(plan.objectives)` or as `plan.objectives.count()`; both are the same. {}\n",
        example_plan()
    );
    let _ = write!(page, "| verb | what it does |\n|---|---|\n");
    for verb in VERBS {
        let _ = writeln!(page, "| [{0}](#{0}) | {1} |", verb.name, cell(verb.brief()));
    }
    page.push('\n');
    for verb in VERBS {
        let _ = writeln!(page, "## {}\n\n{}", verb.name, verb_body(verb));
    }
    let _ = write!(page, "## Operators\n\n");
    for operator in OPERATORS {
        let _ = writeln!(page, "### `{}`\n\n{}", operator.name, verb_body(operator));
    }
    page.truncate(page.trim_end().len());
    page.push('\n');
    page
}

/// The page of one of the loader's own findings.
#[must_use]
pub fn fault_page(code: FaultCode) -> String {
    format!(
        "# {}\n\n**{}**\n\nLevel: {}. Found while loading a plan, before any rule runs.\n\n{}\n",
        code.id(),
        code.title(),
        code.severity(),
        code.page()
    )
}

/// The page of one kind of finding about allowances.
#[must_use]
pub fn allowance_page(code: AllowanceCode) -> String {
    format!(
        "# {}\n\n**{}**\n\nLevel: {}. Found by the audit itself, when it sets findings aside.\n\n{}\n",
        code.id(),
        code.title(),
        code.severity(),
        code.page()
    )
}
