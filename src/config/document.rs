//! Reads tables strictly: each key is asked for by name, and what nobody asked for is a mistake.
//!
//! It knows no key by itself.

use crate::finding::{Failure, FailureKind};
use crate::plan::vocabulary::near;
use crate::plan::{Kind, NodeRef};
use crate::source::{SourceText, Span};

/// One mistake, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    pub(crate) span: Span,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

impl Mistake {
    pub(crate) fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: None }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// A mistake as a failure of the audit.
pub(crate) fn failure(source: &SourceText, mistake: &Mistake) -> Failure {
    Failure {
        span: Some(source.place(mistake.span)),
        help: mistake.help.clone(),
        ..Failure::new(FailureKind::Config, source.shared_name(), mistake.message.as_str())
    }
}

/// A configuration that could not be read at all.
pub(super) fn no_file(name: &str, message: String) -> Failure {
    Failure::new(FailureKind::Config, name, message)
}

/// Collects mistakes while tables are read.
#[derive(Debug, Default)]
pub(crate) struct Mistakes(pub(crate) Vec<Mistake>);

impl Mistakes {
    pub(crate) fn add(&mut self, mistake: Mistake) {
        self.0.push(mistake);
    }

    /// Every key of a table is among those known.
    pub(crate) fn only(&mut self, table: NodeRef<'_>, known: &[&str]) {
        for child in table.children() {
            let key = child.key().unwrap_or_default();
            if known.contains(&key) {
                continue;
            }
            let mistake = match near(key, known.iter().copied()) {
                Some(meant) => Mistake::new(child.key_span(), format!("unknown key `{key}`: did you mean `{meant}`?")),
                None => Mistake::new(child.key_span(), format!("unknown key `{key}`"))
                    .help(format!("expected one of {}", known.join(", "))),
            };
            self.add(mistake);
        }
    }

    /// The value is of another type than expected.
    pub(crate) fn wrong(&mut self, node: NodeRef<'_>, expected: &str) {
        let key = node.key().map_or_else(|| "this element".to_owned(), |key| format!("`{key}`"));
        let message = format!("{key} is {}: expected {expected}", node.kind().with_article());
        self.add(Mistake::new(node.span(), message));
    }

    /// A text.
    pub(crate) fn text(&mut self, node: NodeRef<'_>, expected: &str) -> Option<String> {
        let text = node.str().map(std::borrow::Cow::into_owned);
        if text.is_none() {
            self.wrong(node, expected);
        }
        text
    }

    /// An array of texts, each with its place.
    pub(crate) fn texts(&mut self, node: NodeRef<'_>, expected: &str) -> Vec<(String, Span)> {
        if node.kind() != Kind::Array {
            self.wrong(node, expected);
            return Vec::new();
        }
        let mut texts = Vec::new();
        for element in node.children() {
            if let Some(text) = self.text(element, "a text") {
                texts.push((text, element.span()));
            }
        }
        texts
    }

    /// A boolean.
    pub(crate) fn boolean(&mut self, node: NodeRef<'_>) -> Option<bool> {
        let value = node.bool();
        if value.is_none() {
            self.wrong(node, "true or false");
        }
        value
    }

    /// A table.
    pub(crate) fn table(&mut self, node: NodeRef<'_>, expected: &str) -> bool {
        let is = node.kind() == Kind::Table;
        if !is {
            self.wrong(node, expected);
        }
        is
    }

    /// The tables of an array of tables.
    pub(crate) fn tables<'p>(&mut self, node: NodeRef<'p>, expected: &str) -> Vec<NodeRef<'p>> {
        if node.kind() != Kind::Array {
            self.wrong(node, expected);
            return Vec::new();
        }
        node.children().filter(|child| self.table(*child, expected)).collect()
    }
}
