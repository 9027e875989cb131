//! A comparison of two drafts, written down: for a terminal, for programs, as Markdown, as a page.
//!
//! What is shown is chosen and cut once, in `view`; each form only lays it out. Nothing is compared here and nothing is worded.

mod html;
mod markdown;
mod text;
mod view;

use std::io::{self, Write};

use super::TextOptions;
use super::Written;
use crate::finding::Comparison;

/// A form that a comparison is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ComparisonFormat {
    /// For people, at a terminal.
    Text,
    /// For programs.
    Json,
    /// For a page of text, such as the description of a change.
    Markdown,
    /// For a browser: one file.
    Html,
}

impl ComparisonFormat {
    /// What must be made harmless where it is written.
    #[must_use]
    pub const fn written(self) -> Written {
        match self {
            Self::Text | Self::Markdown => Written::Plain,
            Self::Json => Written::Json,
            Self::Html => Written::Xml,
        }
    }
}

/// Writes a comparison.
///
/// # Errors
/// When `out` refuses a write.
///
/// ```
/// use crossfoot::compare::{Draft, compare};
/// use crossfoot::report::{ComparisonFormat, TextOptions, comparison};
/// use crossfoot::{Auditor, Plan, Rules};
///
/// let rules = Rules::standard();
/// let draft = |text: &str| Draft::of("plan.toml", Plan::parse("plan.toml", text));
/// let compared = compare(&Auditor::new(&rules), &draft("a = 1_000\n"), &draft("a = 1_100\n"));
/// let mut out = Vec::new();
/// comparison(&compared, ComparisonFormat::Text, &TextOptions::default(), &mut out)?;
/// assert!(String::from_utf8_lossy(&out).contains("a  1000  1100  +100  +10.0 %"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn comparison(
    comparison: &Comparison,
    format: ComparisonFormat,
    options: &TextOptions,
    out: &mut impl Write,
) -> io::Result<()> {
    match format {
        ComparisonFormat::Text => text::write(comparison, options, out),
        ComparisonFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, comparison)?;
            out.write_all(b"\n")
        }
        ComparisonFormat::Markdown => markdown::write(comparison, out),
        ComparisonFormat::Html => html::write(comparison, out),
    }
}
