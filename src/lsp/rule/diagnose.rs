//! What is wrong with a file of rules, and what would help it.
//!
//! Faults are the compiler's, word by word, so that the editor and the command say the same.

use super::place::Place;
use super::{RuleText, Told, Weight};
use crate::plan::vocabulary::near;
use crate::script::{Kind, is_name};
use crate::source::{SourceText, Span};

/// A rule fits on a screen; in a text with more tokens no slips are looked for, each of which costs a walk through its function.
const MOST_TOKENS: usize = 5_000;

impl RuleText<'_> {
    /// All that is to be told of the text, in its order.
    pub(in crate::lsp) fn diagnose(&self) -> Vec<Told> {
        let source = SourceText::new("", self.text);
        let faults = self.root.faults(self.file, self.text);
        let place = |position: Option<(u32, u32)>| match position {
            Some((line, column)) => source.word(line, column),
            None => self.head(),
        };
        let fault = |fault: crate::script::ScriptFault| Told {
            weight: Weight::Error,
            span: self.shown(place(fault.position)),
            message: fault.message,
            help: fault.help,
        };
        let mut told: Vec<Told> = faults.into_iter().map(fault).collect();
        told.extend(self.without_page());
        told.extend(self.without_cases());
        told.extend(self.slips());
        told.sort_by_key(|told| (told.span.start, told.span.end));
        told
    }

    /// The word that was meant where another is written, if what is told of it says so.
    pub(in crate::lsp) fn meant(&self, told: &Told) -> Option<String> {
        let meant = told.help.as_deref()?.strip_prefix("did you mean `")?.strip_suffix("`?")?;
        // What is told of a function of shared code names it with its import, which is written right already.
        let meant = meant.rsplit("::").next().filter(|meant| is_name(meant))?;
        let written = self.text.get(told.span.range())?;
        let is_told = told.message.split('`').any(|part| part.rsplit("::").next() == Some(written));
        (is_told && is_name(written)).then(|| meant.to_owned())
    }

    /// Where something stands that is about the file as a whole: the function that is run, or the first line.
    fn head(&self) -> Span {
        let runs = ["check", "judge", "collect"].iter().find_map(|name| self.outline.function(name));
        let first = self.text.lines().next().unwrap_or_default().trim_end();
        let line = Span::new(0, u32::try_from(first.len()).unwrap_or(u32::MAX));
        runs.map_or(line, |function| function.name_span)
    }

    /// A span that an editor can show: within the text, and of one character at least where there is one.
    fn shown(&self, span: Span) -> Span {
        let start = self.within(span.start);
        let end = self.within(span.end.max(start));
        if end > start {
            return Span::new(start, end);
        }
        // At the end of the text, what stands before it is shown.
        let before = self.text[..start as usize].trim_end();
        let last = before.chars().next_back().map_or(0, char::len_utf8);
        let end = u32::try_from(before.len()).unwrap_or(start);
        Span::new(end - u32::try_from(last).unwrap_or(0), end)
    }

    fn without_page(&self) -> Option<Told> {
        let empty = |span: Span| {
            let page = self.text.get(span.range()).unwrap_or_default();
            page.lines().all(|line| line.trim_start_matches("//!").trim().is_empty())
        };
        self.outline.page.is_none_or(empty).then(|| Told {
            weight: Weight::Warning,
            span: self.head(),
            message: "this file has no page: nobody is told what it is for".to_owned(),
            help: Some("begin it with `//! A sentence that is true when the rule finds nothing.`".to_owned()),
        })
    }

    fn without_cases(&self) -> Option<Told> {
        let runs = self.outline.functions.iter().any(|function| matches!(&*function.name, "check" | "judge"));
        (runs && self.root.count_cases(self.file) == 0).then(|| Told {
            weight: Weight::Hint,
            span: self.head(),
            message: "no case proves this rule yet".to_owned(),
            help: Some(format!("`crossfoot new case {} fail-high` writes a first one", self.root.id_of(self.file))),
        })
    }

    /// Keys that the standard vocabulary does not have where it has one that is written almost so. A plan may have keys of
    /// its own, so that this is never an error.
    fn slips(&self) -> Vec<Told> {
        if self.outline.tokens.len() > MOST_TOKENS {
            return Vec::new();
        }
        let places = self.places();
        let slip = |at: usize| {
            let token = self.outline.tokens[at];
            if token.kind != Kind::Word || at < 2 || self.word(at - 1) != "." || self.word(at + 1) == "(" {
                return None;
            }
            let name = self.word(at);
            let place: Place = places.before(at - 1).filter(Place::is_closed)?;
            if place.child(name).is_some() {
                return None;
            }
            let meant = near(name, place.keys().iter().map(|key| key.name))?;
            let of = if place.path.is_empty() { "plans".to_owned() } else { format!("`{}`", place.path) };
            Some(Told {
                weight: Weight::Warning,
                span: token.span,
                message: format!("`{name}` is no standard key of {of}"),
                help: Some(format!("did you mean `{meant}`?")),
            })
        };
        (0..self.outline.tokens.len()).filter_map(slip).collect()
    }
}
