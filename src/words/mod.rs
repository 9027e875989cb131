//! Languages: the tool's own texts in a reader's language, and figures and dates as that language writes them.
//!
//! A language is a folder of Fluent files below `words/`, one file for each area that prints (`figures.ftl`, `report.ftl`, ...);
//! the folders are built in, and a folder more is a language more. English is the language of the code, of JSON and of what is
//! missing elsewhere. This module reads no environment and knows no finding: who prints asks it for words.
//!
//! ```
//! use crossfoot::words::{Lang, Words};
//! let words = Words::of(Lang::named("fr-CH").unwrap());
//! assert_eq!(words.text("month-8"), "août");
//! assert_eq!(words.percent("37.2"), "37,2\u{202f}%");
//! ```

mod figures;
mod fluent;
mod lang;
mod said;

pub use lang::Lang;
pub(crate) use said::grouped;
pub use said::{Argument, Said, Written, key_of};

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use figures::Figures;
use fluent::Texts;

/// What stands in a hole of a text.
///
/// ```
/// use crossfoot::words::Hole;
/// assert_eq!(Hole::from(3_usize), Hole::Count(3));
/// assert_eq!(Hole::from("I.1"), Hole::Text("I.1".into()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hole<'h> {
    /// Text as it is: a name, a path, a figure that is written already.
    Text(Cow<'h, str>),
    /// How many: it also decides between singular and plural.
    Count(u64),
    /// A figure, in plain digits such as `-1234.50`; it is written as the language writes it.
    Figure(String),
}

impl Hole<'_> {
    /// A figure: whatever shows itself in plain digits.
    ///
    /// ```
    /// use crossfoot::figure::Decimal;
    /// use crossfoot::words::Hole;
    /// assert_eq!(Hole::figure(Decimal::new(12345, 2)), Hole::Figure("123.45".to_owned()));
    /// ```
    #[must_use]
    pub fn figure(value: impl fmt::Display) -> Self {
        Self::Figure(value.to_string())
    }
}

impl<'h> From<&'h str> for Hole<'h> {
    fn from(text: &'h str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'h> From<&'h String> for Hole<'h> {
    fn from(text: &'h String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Hole<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<usize> for Hole<'_> {
    fn from(count: usize) -> Self {
        Self::Count(count as u64)
    }
}

impl From<u64> for Hole<'_> {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

/// The words of one language.
#[derive(Debug)]
pub struct Words {
    lang: Lang,
    texts: Texts,
    figures: Figures,
}

impl Words {
    /// The words of a language, which are read once.
    ///
    /// ```
    /// use crossfoot::words::{Lang, Words};
    /// assert_eq!(Words::of(Lang::ENGLISH).text("language-name"), "English");
    /// assert_eq!(Words::english().text("language-name"), "English");
    /// ```
    #[must_use]
    pub fn of(lang: Lang) -> &'static Self {
        static WORDS: OnceLock<Vec<(Lang, OnceLock<Words>)>> = OnceLock::new();
        let all = WORDS.get_or_init(|| Lang::all().map(|lang| (lang, OnceLock::new())).collect());
        match all.iter().find(|(known, _)| *known == lang) {
            Some((_, words)) => words.get_or_init(|| Self::read(lang)),
            // A `Lang` can only be one of those.
            None => Self::of(Lang::ENGLISH),
        }
    }

    /// The words of the language that everything has words in.
    #[must_use]
    pub fn english() -> &'static Self {
        Self::of(Lang::ENGLISH)
    }

    fn read(lang: Lang) -> Self {
        let texts = Texts::read(lang);
        let says = |key| texts.format(key, &[]).unwrap_or_default();
        let figures = Figures::new(lang.tag(), &says("group-separator"), says("counts-are-grouped") == "yes");
        Self { lang, texts, figures }
    }

    /// Which language it is.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// A text without holes.
    ///
    /// A text that the language lacks is there in English; a test sees to it that none lacks any. A key that no language knows
    /// comes back as it is.
    ///
    /// ```
    /// use crossfoot::words::{Lang, Words};
    /// let french = Words::of(Lang::named("fr").unwrap());
    /// assert_eq!(french.text("month-8"), "août");
    /// assert_eq!(french.text("no-such-key"), "no-such-key");
    /// ```
    #[must_use]
    pub fn text(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// A text whose holes are filled.
    ///
    /// ```
    /// use crossfoot::words::{Hole, Words};
    /// let words = Words::english();
    /// assert_eq!(words.with("percent", &[("number", "37.2".into())]), "37.2 %");
    /// ```
    #[must_use]
    pub fn with(&self, key: &str, holes: &[(&str, Hole<'_>)]) -> String {
        self.known(key, holes).unwrap_or_else(|| key.to_owned())
    }

    /// A text whose holes are filled, if there is such a text in this language or in English.
    ///
    /// ```
    /// use crossfoot::words::Words;
    /// assert_eq!(Words::english().known("no-such-key", &[]), None);
    /// ```
    #[must_use]
    pub fn known(&self, key: &str, holes: &[(&str, Hole<'_>)]) -> Option<String> {
        let holes: Vec<(&str, Hole<'_>)> = holes
            .iter()
            .map(|(name, hole)| match hole {
                Hole::Figure(figure) => (*name, Hole::from(self.number(figure))),
                other => (*name, other.clone()),
            })
            .collect();
        self.texts
            .format(key, &holes)
            .or_else(|| (self.lang != Lang::ENGLISH).then(|| Self::of(Lang::ENGLISH).known(key, &holes))?)
    }

    /// A figure: `9 742 870` in English, `9 742 870,5` with narrow spaces that do not break in French. All its decimals are shown.
    ///
    /// The value is whatever shows itself in plain digits, such as a [`Decimal`](crate::figure::Decimal); what does not stays as it is.
    ///
    /// ```
    /// use crossfoot::figure::Decimal;
    /// use crossfoot::words::{Lang, Words};
    /// let figure: Decimal = "-9742870.50".parse().unwrap();
    /// assert_eq!(Words::english().number(figure), "-9 742 870.50");
    /// let french = Words::of(Lang::named("fr").unwrap());
    /// assert_eq!(french.number(figure), "-9\u{202f}742\u{202f}870,50");
    /// ```
    #[must_use]
    pub fn number(&self, value: impl fmt::Display) -> String {
        self.figures.number(&value.to_string())
    }

    /// A figure always with its sign, unless it is zero: a difference.
    ///
    /// ```
    /// use crossfoot::words::Words;
    /// assert_eq!(Words::english().signed("1240000"), "+1 240 000");
    /// ```
    #[must_use]
    pub fn signed(&self, value: impl fmt::Display) -> String {
        let plain = value.to_string();
        let number = self.number(&plain);
        let is_positive = !plain.starts_with('-') && plain.contains(|c| matches!(c, '1'..='9'));
        if is_positive { format!("+{number}") } else { number }
    }

    /// How many: not grouped in English, as one writes `12345 checks`.
    ///
    /// ```
    /// use crossfoot::words::{Lang, Words};
    /// assert_eq!(Words::english().count(12_345), "12345");
    /// assert_eq!(Words::of(Lang::named("fr").unwrap()).count(12_345), "12\u{202f}345");
    /// ```
    #[must_use]
    pub fn count(&self, count: u64) -> String {
        self.figures.count(count)
    }

    /// Percent: `37.2 %`, `37,2 %`.
    ///
    /// ```
    /// use crossfoot::words::{Lang, Words};
    /// assert_eq!(Words::english().percent("37.2"), "37.2 %");
    /// assert_eq!(Words::of(Lang::named("fr").unwrap()).percent("37.2"), "37,2\u{202f}%");
    /// ```
    #[must_use]
    pub fn percent(&self, value: impl fmt::Display) -> String {
        self.with("percent", &[("number", Hole::figure(value))])
    }

    /// An amount of money; without a currency it is the figure alone.
    ///
    /// ```
    /// use crossfoot::words::Words;
    /// assert_eq!(Words::english().amount("9742870", "CHF"), "9 742 870 CHF");
    /// assert_eq!(Words::english().amount("9742870", ""), "9 742 870");
    /// ```
    #[must_use]
    pub fn amount(&self, value: impl fmt::Display, currency: &str) -> String {
        if currency.is_empty() {
            return self.number(value);
        }
        self.with("amount", &[("number", Hole::figure(value)), ("currency", currency.into())])
    }

    /// A day, from the form `2027-03-31`; what is no such day comes back as it is.
    ///
    /// ```
    /// use crossfoot::words::{Lang, Words};
    /// let french = Words::of(Lang::named("fr").unwrap());
    /// assert_eq!(Words::english().date("2027-03-31"), "31 March 2027");
    /// assert_eq!(french.date("2027-08-01"), "1er août 2027");
    /// assert_eq!(french.date("soon"), "soon");
    /// ```
    #[must_use]
    pub fn date(&self, day: &str) -> String {
        let parts: Vec<&str> = day.split('-').collect();
        let [year, month, day_of_month] = parts[..] else { return day.to_owned() };
        let (Ok(1..=9999), Ok(month @ 1..=12), Ok(of_month @ 1..=31)) =
            (year.parse::<u32>(), month.parse::<u32>(), day_of_month.parse::<u64>())
        else {
            return day.to_owned();
        };
        let month = self.text(&format!("month-{month}"));
        self.with("date", &[("day", of_month.into()), ("month", month.into()), ("year", year.into())])
    }

    /// Every key that this language has itself, with the names of its holes; for tests, and for who translates.
    #[must_use]
    pub fn keys(&self) -> Vec<(String, Vec<String>)> {
        self.texts.keys()
    }
}

#[cfg(test)]
mod tests;
