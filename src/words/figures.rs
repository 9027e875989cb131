//! Figures as a language writes them. Nothing here goes through floating point, and no digit is lost.

use std::fmt;

use fixed_decimal::Decimal as Digits;
use icu_decimal::options::{DecimalFormatterOptions, GroupingStrategy};
use icu_decimal::{DecimalFormatter, parts};
use icu_locale_core::Locale;
use writeable::{Part, PartsWrite, Writeable as _};

/// How one language writes figures.
pub(super) struct Figures {
    /// `None` only if the data knows no language at all.
    formatter: Option<DecimalFormatter>,
    /// What parts groups, where it is not what the language mostly has.
    separator: Option<String>,
    counts_are_grouped: bool,
}

impl fmt::Debug for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Figures").field("separator", &self.separator).finish_non_exhaustive()
    }
}

impl Figures {
    pub(super) fn new(tag: &str, separator: &str, counts_are_grouped: bool) -> Self {
        let mut options = DecimalFormatterOptions::default();
        options.grouping_strategy = Some(GroupingStrategy::Always);
        let locale: Locale = tag.parse().unwrap_or(Locale::UNKNOWN);
        Self {
            formatter: DecimalFormatter::try_new((&locale).into(), options).ok(),
            separator: (!separator.is_empty()).then(|| separator.to_owned()),
            counts_are_grouped,
        }
    }

    pub(super) fn count(&self, count: u64) -> String {
        if self.counts_are_grouped { self.number(&count.to_string()) } else { count.to_string() }
    }

    /// A figure of plain digits as the language writes it; what is none stays as it is.
    pub(super) fn number(&self, plain: &str) -> String {
        let (Some(formatter), Ok(digits)) = (&self.formatter, plain.parse::<Digits>()) else { return plain.to_owned() };
        let mut text = Regrouped { text: String::with_capacity(plain.len() * 2), separator: self.separator.as_deref() };
        // A text takes whatever is written to it.
        let _ = formatter.format(&digits).write_to_parts(&mut text);
        text.text
    }
}

/// A text into which a figure is written with another separator than the one of its language.
struct Regrouped<'s> {
    text: String,
    separator: Option<&'s str>,
}

impl fmt::Write for Regrouped<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.text.push_str(text);
        Ok(())
    }
}

impl PartsWrite for Regrouped<'_> {
    type SubPartsWrite = Self;

    fn with_part(&mut self, part: Part, mut write: impl FnMut(&mut Self) -> fmt::Result) -> fmt::Result {
        let start = self.text.len();
        write(self)?;
        if let (true, Some(separator)) = (part == parts::GROUP, self.separator) {
            self.text.truncate(start);
            self.text.push_str(separator);
        }
        Ok(())
    }
}
