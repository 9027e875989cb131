//! The words of the page: those of `words/*/html.ftl`, and figures and findings in the same language.
//!
//! It must not know where a text stands on the page.

use std::fmt::Display;

use crate::finding::Finding;
use crate::words::{self, Hole, Said};

/// The words of the page in one language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words<'w>(pub(super) &'w words::Words);

impl Words<'_> {
    /// The language of the words, as a tag.
    pub(super) fn language(&self) -> &'static str {
        self.0.lang().tag()
    }

    /// A text.
    pub(super) fn say(&self, key: &str) -> String {
        self.0.text(&format!("html-{key}"))
    }

    /// A text with what it speaks of, as it is written.
    pub(super) fn with(&self, key: &str, given: &[(&str, &str)]) -> String {
        let holes: Vec<(&str, Hole<'_>)> = given.iter().map(|(name, text)| (*name, Hole::from(*text))).collect();
        self.0.with(&format!("html-{key}"), &holes)
    }

    /// So many of something.
    pub(super) fn counted(&self, key: &str, n: usize) -> String {
        self.0.with(&format!("html-{key}"), &[("n", n.into())])
    }

    /// The line of a file: a name rather than a number.
    pub(super) fn line(&self, line: u32) -> String {
        self.with("line", &[("n", &line.to_string())])
    }

    /// A figure.
    pub(super) fn number(&self, value: impl Display) -> String {
        self.0.number(value)
    }

    /// A difference, with its sign.
    pub(super) fn signed(&self, value: impl Display) -> String {
        self.0.signed(value)
    }

    /// A day.
    pub(super) fn date(&self, day: &str) -> String {
        self.0.date(day)
    }

    /// What a rule or the engine has said, where what stands in its holes is known; else the same by its English text.
    pub(super) fn worded(&self, english: &str, said: Option<&Said>) -> String {
        self.0.worded(english, said)
    }

    /// What a finding says.
    pub(super) fn message(&self, finding: &Finding) -> String {
        self.worded(&finding.message, finding.said.as_ref())
    }

    /// What is the same at each place, such as the title of a rule.
    pub(super) fn phrase(&self, english: &str) -> String {
        self.0.phrase(english)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::words::{Lang, Words};

    /// The names of texts that the page asks for, as they stand in its files.
    fn asked() -> BTreeSet<String> {
        let files = [
            include_str!("mod.rs"),
            include_str!("cards.rs"),
            include_str!("findings.rs"),
            include_str!("head.rs"),
            include_str!("money.rs"),
            include_str!("parts.rs"),
            include_str!("plans.rs"),
            include_str!("risks.rs"),
            include_str!("rules.rs"),
            include_str!("shares.rs"),
            include_str!("snippet.rs"),
            include_str!("trace.rs"),
            include_str!("working.rs"),
            include_str!("wording.rs"),
        ];
        let texts = files.iter().flat_map(|file| file.split('"').skip(1).step_by(2));
        texts
            .flat_map(|text| [text.to_owned(), text.replace("{several}", "one"), text.replace("{several}", "many")])
            .collect()
    }

    #[test]
    fn every_language_has_the_texts_of_the_page_and_no_others() {
        let texts = |lang| -> Vec<_> {
            Words::of(lang).keys().into_iter().filter(|(key, _)| key.starts_with("html-")).collect()
        };
        let english = texts(Lang::ENGLISH);
        let asked = asked();
        let unasked: Vec<_> = english.iter().filter(|(key, _)| !asked.contains(&key["html-".len()..])).collect();
        assert!(english.len() > 100 && unasked.is_empty(), "{unasked:?}");
        for lang in Lang::all() {
            assert_eq!(texts(lang), english, "{}", lang.tag());
        }
    }
}
