//! The texts of one language, read from its Fluent files. The only file that names Fluent.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use intl_memoizer::Memoizable;
use unic_langid::LanguageIdentifier;

use super::lang::FOLDER;
use super::{Hole, Lang, Words};

/// The texts of one language.
pub(super) struct Texts {
    bundle: FluentBundle<FluentResource>,
    /// The sources, for who wants to know what there is.
    sources: Vec<String>,
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Texts").field("files", &self.sources.len()).finish_non_exhaustive()
    }
}

impl Texts {
    /// Reads the files of a language. What is wrong in one is left out: a test has read them all before they were built in.
    pub(super) fn read(lang: Lang) -> Self {
        let tag: LanguageIdentifier = lang.tag().parse().unwrap_or_default();
        let mut texts = Self { bundle: FluentBundle::new_concurrent(vec![tag]), sources: Vec::new() };
        // Marks that hold directions apart are for pages that mix them; who prints such a page sets them itself.
        texts.bundle.set_use_isolating(false);
        texts.bundle.set_formatter(Some(|value, memoizer| match value {
            FluentValue::Number(number) => {
                // Counts are whole and far below what is exact in floating point.
                memoizer.with_try_get::<Counts, _, _>((), |counts| counts.0.count(number.value as u64)).ok()
            }
            _ => None,
        }));
        for file in FOLDER.get_dir(lang.tag()).into_iter().flat_map(|folder| folder.files()) {
            if file.path().extension().is_some_and(|extension| extension == "ftl") {
                texts.add(file.contents_utf8().unwrap_or_default());
            }
        }
        texts
    }

    fn add(&mut self, source: &str) {
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(rest, _)| rest);
        // The first text of a key stays; that there is no second a test has seen.
        let _ = self.bundle.add_resource(resource);
        self.sources.push(source.to_owned());
    }

    /// A text with its holes filled; `None` where there is none of this key. `key.attribute` is an attribute.
    pub(super) fn format(&self, key: &str, holes: &[(&str, Hole<'_>)]) -> Option<String> {
        let (id, attribute) = key.split_once('.').map_or((key, None), |(id, attribute)| (id, Some(attribute)));
        let message = self.bundle.get_message(id)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        let args: FluentArgs<'_> = holes.iter().map(|(name, hole)| (*name, value(hole))).collect();
        // A hole that nobody fills shows its name; a test has seen that texts ask for nothing unknown.
        Some(self.bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned())
    }

    /// Every key, with the names of its holes.
    pub(super) fn keys(&self) -> Vec<(String, Vec<String>)> {
        self.sources.iter().flat_map(|source| keys_in(source)).collect()
    }
}

/// Every key of a source, with the names of its holes.
pub(super) fn keys_in(source: &str) -> Vec<(String, Vec<String>)> {
    let mut keys = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in source.lines().filter(|line| !line.trim_start().starts_with('#')) {
        if let Some((key, text)) = head(line, open.as_ref().map(|(key, _)| key.as_str())) {
            keys.extend(open.replace((key, text.to_owned())));
        } else if let Some((_, text)) = &mut open {
            text.push_str(line);
        }
    }
    keys.extend(open);
    keys.into_iter().map(|(key, text)| (key, holes(&text))).collect()
}

/// The key that a line begins, and what follows it.
fn head<'l>(line: &'l str, before: Option<&str>) -> Option<(String, &'l str)> {
    let (name, text) = line.split_once('=')?;
    let name = name.trim_end();
    let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    if is_name(name) {
        return Some((name.to_owned(), text));
    }
    let attribute = name.trim_start().strip_prefix('.').filter(|name| is_name(name))?;
    let of = before?.split('.').next()?;
    Some((format!("{of}.{attribute}"), text))
}

/// The names of the holes of a text: `$name`.
fn holes(text: &str) -> Vec<String> {
    let names = text.split('$').skip(1).map(|rest| {
        rest.split(|c: char| !(c.is_ascii_alphanumeric() || "-_".contains(c))).next().unwrap_or_default().to_owned()
    });
    names.filter(|name| !name.is_empty()).collect::<BTreeSet<String>>().into_iter().collect()
}

fn value<'h>(hole: &'h Hole<'_>) -> FluentValue<'h> {
    match hole {
        Hole::Text(text) => FluentValue::String(Cow::Borrowed(text)),
        Hole::Count(count) => FluentValue::from(*count),
        // Figures are written before they come here.
        Hole::Figure(figure) => FluentValue::String(Cow::Borrowed(figure)),
    }
}

/// Writes counts in the language that Fluent writes in.
struct Counts(&'static Words);

impl Memoizable for Counts {
    type Args = ();
    type Error = ();

    fn construct(lang: LanguageIdentifier, (): ()) -> Result<Self, ()> {
        Ok(Self(Words::of(Lang::named(lang.language.as_str()).unwrap_or(Lang::ENGLISH))))
    }
}
