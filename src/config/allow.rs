//! Allowances: findings that somebody knows of and accepts, for a reason and perhaps until a day.
//!
//! What they suppress is decided where findings are; this file reads them.

use globset::GlobMatcher;
use jiff::civil::Date;

use super::document::{Mistake, Mistakes};
use super::read::glob;
use crate::plan::{Kind, NodeRef, Plan, PlanPath};
use crate::source::Span;

const EXAMPLE: &str = "reason = \"agreed with the council in June\"";

/// One finding that is allowed, by rule and path.
#[derive(Clone, Debug)]
pub struct Allowance {
    pub(crate) rule: String,
    pub(crate) rule_span: Span,
    pub(crate) path: Option<PlanPath>,
    pub(crate) path_text: String,
    pub(crate) file: Option<GlobMatcher>,
    pub(crate) reason: String,
    pub(crate) until: Option<Date>,
    /// The entry, as findings about it point to it.
    pub(crate) span: Span,
}

impl Allowance {
    /// The rule whose finding is allowed.
    #[must_use]
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// The path of the node that the finding is about, as written; empty where none is.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path_text
    }

    /// Why it is allowed.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// The last day it holds, such as `2027-03-31`.
    #[must_use]
    pub fn until(&self) -> Option<String> {
        self.until.map(|day| day.to_string())
    }

    /// Whether it could stand for a finding of a plan of this path, relative to the configuration.
    pub(crate) fn may_concern(&self, relative: &str) -> bool {
        self.file.as_ref().is_none_or(|glob| glob.is_match(relative))
    }
}

/// An allowance as it stands in a configuration, whatever else is wrong there.
#[derive(Clone, Debug)]
pub(crate) struct Written<'p> {
    /// The whole entry.
    pub(crate) entry: NodeRef<'p>,
    /// Its path.
    pub(crate) path: Option<NodeRef<'p>>,
    /// Its reason.
    pub(crate) reason: Option<NodeRef<'p>>,
    /// The plans that it is about; none where every one may be meant.
    file: Option<Option<GlobMatcher>>,
}

impl Written<'_> {
    /// Whether it is about a plan of this path, relative to the configuration.
    pub(crate) fn may_concern(&self, relative: &str) -> bool {
        match &self.file {
            None => true,
            Some(glob) => glob.as_ref().is_some_and(|glob| glob.is_match(relative)),
        }
    }
}

/// The allowances of a configuration as they stand in it.
pub(crate) fn written(document: &Plan) -> Vec<Written<'_>> {
    let entries = document.root().get("allow").into_iter().flat_map(|list| list.children());
    entries.map(as_written).collect()
}

fn as_written(entry: NodeRef<'_>) -> Written<'_> {
    let text = |key| entry.get(key).filter(|node| node.kind() == Kind::Text);
    let matcher = |node: NodeRef<'_>| glob(&node.display(), node.span(), &mut Mistakes::default());
    Written { entry, path: text("path"), reason: text("reason"), file: text("file").map(matcher) }
}

/// Reads `[[allow]]`.
pub(super) fn read(node: NodeRef<'_>, mistakes: &mut Mistakes) -> Vec<Allowance> {
    let tables = mistakes.tables(node, "tables: `[[allow]]`");
    tables.into_iter().filter_map(|table| entry(table, mistakes)).collect()
}

/// Whether a reason holds a letter or a digit, of whatever script: blanks and invisible characters are none.
pub(crate) fn says_something(reason: &str) -> bool {
    reason.chars().any(char::is_alphanumeric)
}

fn entry(table: NodeRef<'_>, mistakes: &mut Mistakes) -> Option<Allowance> {
    mistakes.only(table, &["rule", "path", "file", "reason", "until"]);
    let span = table.span();
    let Some(rule) = table.get("rule") else {
        let mistake = Mistake::new(span, "an allowance names its rule");
        mistakes.add(mistake.help("write, for example, `rule = \"totals/outputs\"`"));
        return None;
    };
    let rule_span = rule.span();
    let rule = mistakes.text(rule, "the id of a rule")?;
    let reason = match table.get("reason") {
        Some(reason) => mistakes.text(reason, "a text")?,
        None => String::new(),
    };
    if !says_something(&reason) {
        let mistake = Mistake::new(span, format!("the allowance of {rule} gives no reason"));
        mistakes.add(mistake.help(format!("say why it is allowed: `{EXAMPLE}`")));
        return None;
    };
    let path_text = table.get("path").and_then(|path| mistakes.text(path, "a path")).unwrap_or_default();
    let path = (!path_text.is_empty()).then(|| path_text.parse::<PlanPath>());
    let path = match path.transpose() {
        Ok(path) => path,
        Err(fault) => {
            let place = table.get("path").map_or(span, |path| path.span());
            mistakes.add(Mistake::new(place, format!("this path cannot be read: {fault}")));
            return None;
        }
    };
    let file = table.get("file").and_then(|file| {
        let text = mistakes.text(file, "the path or glob of a plan")?;
        glob(&text, file.span(), mistakes)
    });
    let until = match table.get("until") {
        Some(until) => Some(day(until, mistakes)?),
        None => None,
    };
    Some(Allowance { rule, rule_span, path, path_text, file, reason, until, span })
}

/// A day, as a TOML date or as a text.
fn day(node: NodeRef<'_>, mistakes: &mut Mistakes) -> Option<Date> {
    let text = match node.kind() {
        Kind::Date | Kind::Text => node.display().into_owned(),
        _ => {
            mistakes.wrong(node, "a day such as 2027-03-31");
            return None;
        }
    };
    let parsed = text.parse().ok().filter(|_| text.len() == 10);
    if parsed.is_none() {
        mistakes.add(Mistake::new(node.span(), format!("{text} is no day: expected one such as 2027-03-31")));
    }
    parsed
}
