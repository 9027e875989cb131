//! What the tool says about a plan, kept as it was said: an English template and what stands in its holes.
//!
//! From the two any language can word it, today or from a saved run. The template is the key: nothing has to be numbered, a rule's
//! author writes plain English, and what no language knows is still a sentence. English is filled here without any catalogue,
//! so that who reads English pays for no other language.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Hole, Lang, Words};

/// A template with what stands in its holes.
///
/// ```
/// use crossfoot::words::{Lang, Said, Words};
/// let said = Said::of("mitigation {} has no owner").text("value", "12");
/// assert_eq!(said.to_string(), "mitigation 12 has no owner");
/// let french = Words::of(Lang::named("fr").unwrap());
/// assert_eq!(french.said(&said), "la mesure d’atténuation 12 n’a pas de responsable");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The English text with its holes: `{name}`; `{}` is the hole `value`.
    pub template: Cow<'static, str>,
    /// What stands in the holes, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub arguments: BTreeMap<Cow<'static, str>, Argument>,
}

/// What stands in a hole of a [`Said`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Argument {
    /// Text as it is.
    Text(String),
    /// What each language writes in its own way.
    Written(Written),
}

/// An argument that each language writes in its own way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Written {
    /// A figure in plain digits, which is grouped where people read it.
    Figure(String),
    /// A difference, always with its sign.
    Difference(String),
    /// A number that may be a year: grouped only from five digits on, and in English not at all.
    Number(String),
    /// How many.
    Count(u64),
    /// A part that is said itself.
    Said(Box<Said>),
}

impl Said {
    /// A text, without anything in its holes yet.
    #[must_use]
    pub fn of(template: impl Into<Cow<'static, str>>) -> Self {
        Self { template: template.into(), arguments: BTreeMap::new() }
    }

    /// With something in a hole.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, argument: impl Into<Argument>) -> Self {
        self.arguments.insert(name.into(), argument.into());
        self
    }

    /// With a text in a hole.
    #[must_use]
    pub fn text(self, name: &'static str, text: impl Into<String>) -> Self {
        self.with(name, Argument::Text(text.into()))
    }

    /// With a figure in a hole.
    #[must_use]
    pub fn figure(self, name: &'static str, value: impl fmt::Display) -> Self {
        self.with(name, Written::Figure(value.to_string()))
    }

    /// With a difference in a hole.
    #[must_use]
    pub fn difference(self, name: &'static str, value: impl fmt::Display) -> Self {
        self.with(name, Written::Difference(value.to_string()))
    }

    /// With a count in a hole.
    #[must_use]
    pub fn count(self, name: &'static str, count: usize) -> Self {
        self.with(name, Written::Count(count as u64))
    }

    /// The English text, and beside it how it was said, where something stands in its holes.
    #[must_use]
    pub fn apart(self) -> (String, Option<Self>) {
        (self.to_string(), Some(self).filter(|said| !said.arguments.is_empty()))
    }

    /// Whether the template has a hole of this name.
    #[must_use]
    pub fn asks_for(&self, name: &str) -> bool {
        pieces(&self.template).any(|piece| piece == Piece::Hole(name))
    }
}

impl Argument {
    /// About how many bytes it holds.
    #[must_use]
    pub fn length(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Written(Written::Figure(text) | Written::Difference(text) | Written::Number(text)) => text.len(),
            Self::Written(Written::Count(_)) => 8,
            Self::Written(Written::Said(said)) => {
                said.template.len() + said.arguments.values().map(Self::length).sum::<usize>()
            }
        }
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Written> for Argument {
    fn from(written: Written) -> Self {
        Self::Written(written)
    }
}

impl From<Said> for Argument {
    fn from(said: Said) -> Self {
        Self::Written(Written::Said(Box::new(said)))
    }
}

impl From<&'static str> for Said {
    fn from(text: &'static str) -> Self {
        Self::of(text)
    }
}

impl From<String> for Said {
    fn from(text: String) -> Self {
        Self::of(text)
    }
}

/// In English.
impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for piece in pieces(&self.template) {
            match piece {
                Piece::Text(text) => f.write_str(text)?,
                Piece::Hole(name) => match self.arguments.get(name) {
                    Some(argument) => argument.fmt(f)?,
                    None if name == "value" => f.write_str("{}")?,
                    None => write!(f, "{{{name}}}")?,
                },
            }
        }
        Ok(())
    }
}

/// In English.
impl fmt::Display for Argument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) | Self::Written(Written::Number(text)) => f.write_str(text),
            Self::Written(Written::Figure(value)) => f.write_str(&grouped(value)),
            Self::Written(Written::Difference(value)) => {
                let sign = if is_positive(value) { "+" } else { "" };
                write!(f, "{sign}{}", grouped(value))
            }
            Self::Written(Written::Count(count)) => count.fmt(f),
            Self::Written(Written::Said(said)) => said.fmt(f),
        }
    }
}

impl Words {
    /// What was said, in this language; in English where the language has no words for it.
    #[must_use]
    pub fn said(&self, said: &Said) -> String {
        if self.lang() == Lang::ENGLISH {
            return said.to_string();
        }
        let holes: Vec<(&str, Hole<'_>)> =
            said.arguments.iter().map(|(name, argument)| (&**name, self.hole(argument))).collect();
        self.known(&key_of(&said.template), &holes).unwrap_or_else(|| said.to_string())
    }

    /// A text without holes that is kept in English, such as the help of a rule; itself where the language has no words for it.
    ///
    /// ```
    /// use crossfoot::words::{Lang, Words};
    /// let french = Words::of(Lang::named("fr").unwrap());
    /// assert_eq!(french.phrase("first given here"), "première mention ici");
    /// assert_eq!(french.phrase("nobody has translated this"), "nobody has translated this");
    /// ```
    #[must_use]
    pub fn phrase(&self, english: &str) -> String {
        if self.lang() == Lang::ENGLISH {
            return english.to_owned();
        }
        self.known(&key_of(english), &[]).unwrap_or_else(|| english.to_owned())
    }

    /// A text beside which it is kept how it was said, if it is.
    #[must_use]
    pub fn worded(&self, english: &str, said: Option<&Said>) -> String {
        match said {
            Some(said) if self.lang() != Lang::ENGLISH => self.said(said),
            _ => self.phrase(english),
        }
    }

    /// The page of a rule without its title, by the rule's English title; `english` where the language has no words for it.
    ///
    /// ```
    /// use crossfoot::words::{Lang, Words};
    /// let french = Words::of(Lang::named("fr").unwrap());
    /// assert!(french.page("Every risk has a mitigation.", "").starts_with("Laisser sans réponse un risque"));
    /// assert_eq!(french.phrase("Every risk has a mitigation."), "Chaque risque a une mesure d’atténuation.");
    /// assert_eq!(french.page("A rule of the house.", "Why, and what to do."), "Why, and what to do.");
    /// ```
    #[must_use]
    pub fn page(&self, title: &str, english: &str) -> String {
        if self.lang() == Lang::ENGLISH {
            return english.to_owned();
        }
        self.known(&format!("{}.page", key_of(title)), &[]).unwrap_or_else(|| english.to_owned())
    }

    fn hole<'h>(&self, argument: &'h Argument) -> Hole<'h> {
        match argument {
            Argument::Text(text) => text.into(),
            Argument::Written(Written::Figure(value)) => self.number(value).into(),
            Argument::Written(Written::Difference(value)) => self.signed(value).into(),
            Argument::Written(Written::Number(value)) => {
                let whole = value.trim_start_matches('-');
                let is_year = whole.len() < 5 && whole.bytes().all(|byte| byte.is_ascii_digit());
                if is_year { value.into() } else { self.number(value.replace('_', "")).into() }
            }
            Argument::Written(Written::Count(count)) => (*count).into(),
            Argument::Written(Written::Said(said)) => self.said(said).into(),
        }
    }
}

/// The key that catalogues know a template by: its words in small letters with hyphens between, names of holes among them.
///
/// ```
/// use crossfoot::words::key_of;
/// assert_eq!(key_of("the plan's share of {id}, {}"), "the-plans-share-of-id-value");
/// assert_eq!(key_of("2 of these"), "x-2-of-these");
/// ```
#[must_use]
pub fn key_of(template: &str) -> String {
    let mut key = String::with_capacity(template.len());
    let mut push = |text: &str| {
        let mut apart = true;
        for c in text.chars().filter(|c| *c != '\'') {
            if !c.is_ascii_alphanumeric() && c != '_' {
                apart = true;
                continue;
            }
            if apart && !key.is_empty() {
                key.push('-');
            } else if key.is_empty() && !c.is_ascii_alphabetic() {
                key.push_str("x-");
            }
            apart = false;
            key.push(c.to_ascii_lowercase());
        }
    };
    for piece in pieces(template) {
        match piece {
            Piece::Text(text) | Piece::Hole(text) => push(text),
        }
    }
    key
}

/// A piece of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    Text(&'t str),
    Hole(&'t str),
}

/// The pieces of a template. Braces around anything but a name are text.
pub(super) fn pieces(template: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some((name, after)) = hole_at(rest) {
            rest = after;
            return Some(Piece::Hole(name));
        }
        let end = rest.char_indices().skip(1).find(|(at, c)| *c == '{' && hole_at(&rest[*at..]).is_some());
        let (text, after) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
        rest = after;
        Some(Piece::Text(text))
    })
}

/// The hole that a text begins with, and what follows it.
fn hole_at(text: &str) -> Option<(&str, &str)> {
    let (name, after) = text.strip_prefix('{')?.split_once('}')?;
    let is_name = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    is_name.then_some((if name.is_empty() { "value" } else { name }, after))
}

fn is_positive(plain: &str) -> bool {
    !plain.starts_with('-') && plain.bytes().any(|byte| matches!(byte, b'1'..=b'9'))
}

/// Plain digits in groups of three, as English has them here: `-1 234.50`.
pub(crate) fn grouped(plain: &str) -> String {
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut out = String::with_capacity(plain.len() + plain.len() / 3 + 1);
    out.push_str(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}
