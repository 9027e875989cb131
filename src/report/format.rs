//! The forms that a run can be rendered in, by name.
//!
//! One table for the command line, the library and the documentation; each printer is a file of its own.

use std::io::{self, BufWriter, Write};

use super::{Harmless, TextOptions, Written};
use crate::finding::Run;
use crate::words::Words;

/// A form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// For people, at a terminal.
    Text,
    /// For programs: the report.
    Json,
    /// For programs that read as it comes: one finding a line.
    JsonLines,
    /// For code hosts and editors.
    Sarif,
    /// For build servers.
    Junit,
    /// For GitHub: annotations of a workflow.
    Github,
    /// For GitHub: the summary of a job.
    GithubSummary,
    /// For GitLab: code quality.
    Gitlab,
    /// For a comment or a wiki.
    Markdown,
    /// One finding a row.
    Csv,
    /// A spreadsheet.
    Xlsx,
    /// The whole run, to be rendered later.
    Run,
    /// For people: one page, to be opened in a browser.
    Html,
}

impl Format {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 13] = [
        Self::Text,
        Self::Json,
        Self::JsonLines,
        Self::Sarif,
        Self::Junit,
        Self::Github,
        Self::GithubSummary,
        Self::Gitlab,
        Self::Markdown,
        Self::Csv,
        Self::Xlsx,
        Self::Html,
        Self::Run,
    ];

    /// Its name on the command line.
    ///
    /// ```
    /// use crossfoot::report::Format;
    /// assert!(Format::ALL.iter().all(|format| Format::named(format.name()) == Some(*format)));
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::JsonLines => "jsonl",
            Self::Sarif => "sarif",
            Self::Junit => "junit",
            Self::Github => "github",
            Self::GithubSummary => "github-summary",
            Self::Gitlab => "gitlab",
            Self::Markdown => "markdown",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Run => "run",
            Self::Html => "html",
        }
    }

    /// What it is for, in a line.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Text => "For people, at a terminal",
            Self::Json => "For programs: see `crossfoot schema report`",
            Self::JsonLines => "For programs that read as it comes: one finding a line, then a summary",
            Self::Sarif => "For code hosts and editors: SARIF 2.1.0",
            Self::Junit => "For build servers: JUnit XML, a suite for each plan",
            Self::Github => "For a GitHub workflow: annotations",
            Self::GithubSummary => "For a GitHub workflow: the summary of a job, as Markdown",
            Self::Gitlab => "For GitLab: a code quality report",
            Self::Markdown => "For a comment or a wiki",
            Self::Csv => "One finding a row, for programs",
            Self::Xlsx => "A spreadsheet: findings, workings with formulas, coverage, risks",
            Self::Run => "The whole run, for `crossfoot report` to render later",
            Self::Html => "For people: one page, to be opened in a browser",
        }
    }

    /// The form of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Whether it shows more than the report: what plans say of themselves, and the pages of rules.
    #[must_use]
    pub const fn shows_more(self) -> bool {
        matches!(self, Self::Run | Self::Sarif | Self::Xlsx | Self::Html)
    }

    /// What must be made harmless where it is written to a terminal; `None` where the bytes are no text for people and programs
    /// take them as they are.
    #[must_use]
    pub const fn written(self) -> Option<Written> {
        match self {
            Self::Text | Self::Github | Self::GithubSummary | Self::Markdown | Self::Csv | Self::Html => {
                Some(Written::Plain)
            }
            Self::Json | Self::JsonLines | Self::Sarif | Self::Gitlab | Self::Run => Some(Written::Json),
            Self::Junit => Some(Written::Xml),
            Self::Xlsx => None,
        }
    }
}

/// Renders a run.
///
/// ```
/// use crossfoot::report::{Format, TextOptions, render};
/// use crossfoot::{Auditor, Plan, Rules};
///
/// let rules = Rules::standard();
/// let run = Auditor::new(&rules).run_of(&[Plan::parse("plan.toml", "a = 1\n")]);
/// let mut out = Vec::new();
/// render(Format::Json, &run, &TextOptions::default(), &mut out)?;
/// assert!(out.starts_with(b"{\n  \"schema\": 1,"));
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// When `out` refuses a write.
pub fn render(format: Format, run: &Run, options: &TextOptions, out: &mut impl Write) -> io::Result<()> {
    let render = |out: &mut dyn Write| match format {
        Format::Text => super::text(&run.report, options, &mut { out }),
        Format::Json => super::json(&run.report, &mut { out }),
        Format::JsonLines => super::jsonl(run, &mut { out }),
        Format::Sarif => super::sarif(run, &mut { out }),
        Format::Junit => super::junit(run, &mut { out }),
        Format::Github => super::github(run, &mut { out }),
        Format::GithubSummary => super::github_summary(run, &mut { out }),
        Format::Gitlab => super::gitlab(run, &mut { out }),
        Format::Markdown => super::markdown(run, &mut { out }),
        Format::Csv => super::csv(run, &mut { out }),
        Format::Xlsx => super::xlsx(run, &mut { out }),
        Format::Html => super::html(run, Words::of(options.lang), &mut { out }),
        Format::Run => out.write_all(run.to_json().as_bytes()),
    };
    let written = match format.written() {
        Some(Written::Plain) if options.color => Written::Coloured,
        Some(written) => written,
        None => return render(out),
    };
    // Printers write word by word, and what is harmless is seen at a glance only over more.
    let mut door = BufWriter::with_capacity(1 << 16, Harmless::new(written, out));
    render(&mut door)?;
    door.flush()
}
