//! `crossfoot.toml`: what people tell crossfoot about their plans, kept beside them.
//!
//! It is read strictly: an unknown key, a wrong type or a folder that is not there is a mistake with its place, and a
//! configuration with a mistake is not used at all, so that no audit ever passes under rules that nobody asked for. This module
//! reads what was written; whether a rule of that name exists is known one floor higher.

mod allow;
mod document;
mod find;
mod read;

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use globset::GlobMatcher;

pub use allow::Allowance;
pub(crate) use allow::{Written, says_something, written};
pub(crate) use document::{Mistake, failure};

use crate::figure::Rounding;
use crate::finding::{FailOn, Failure, Severity};
use crate::plan::{NodeId, NodeRef, Plan};
use crate::source::{SourceText, Span};

/// The largest configuration that is read, in bytes.
const MOST_BYTES: u64 = 1 << 20;

/// The name of the file.
pub const FILE_NAME: &str = "crossfoot.toml";

/// How grave a rule's findings are, or that it does not run.
///
/// ```
/// use crossfoot::config::Level;
/// use crossfoot::finding::Severity;
///
/// assert_eq!("warning".parse(), Ok(Level::At(Severity::Warning)));
/// assert_eq!("off".parse(), Ok(Level::Off));
/// assert!("none".parse::<Level>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// The rule does not run.
    Off,
    /// Its findings are of this severity.
    At(Severity),
}

/// A word that is no level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLevel(pub String);

impl std::fmt::Display for UnknownLevel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}` is no level: expected error, warning, info or off", self.0)
    }
}

impl std::error::Error for UnknownLevel {}

impl FromStr for Level {
    type Err = UnknownLevel;

    fn from_str(text: &str) -> Result<Self, UnknownLevel> {
        match text {
            "off" => Ok(Self::Off),
            other => other.parse().map(Self::At).map_err(|_| UnknownLevel(text.to_owned())),
        }
    }
}

impl std::fmt::Display for Level {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Off => f.pad("off"),
            Self::At(severity) => f.pad(severity.word()),
        }
    }
}

/// What is wrong with a configuration: each mistake with its place.
#[derive(Clone, Debug)]
pub struct ConfigError {
    /// The mistakes, by place.
    pub failures: Vec<Failure>,
    /// The texts that they point into, where they could be read at all.
    pub sources: Vec<Arc<SourceText>>,
}

impl std::fmt::Display for ConfigError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, failure) in self.failures.iter().enumerate() {
            let line = failure.span.map(|span| format!(":{}", span.start.line)).unwrap_or_default();
            write!(f, "{}{}{line}: {}", if at > 0 { "\n" } else { "" }, failure.file, failure.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigError {}

/// A configuration, read.
///
/// ```
/// use crossfoot::config::Config;
/// use crossfoot::finding::FailOn;
///
/// let config = Config::parse("crossfoot.toml", "fail_on = 'warning'\n[levels]\n'shares/*' = 'info'\n").unwrap();
/// assert_eq!(config.fail_on(), Some(FailOn::Warning));
///
/// let wrong = Config::parse("crossfoot.toml", "fail_om = 'warning'\n").unwrap_err();
/// assert_eq!(wrong.to_string(), "crossfoot.toml:1: unknown key `fail_om`: did you mean `fail_on`?");
/// ```
#[derive(Clone, Debug)]
pub struct Config {
    /// The file as a tree; values of parameters are read from it.
    document: Plan,
    /// The folder it stands in, as it was reached.
    folder: PathBuf,
    pub(crate) rules: Vec<(PathBuf, Span)>,
    pub(crate) packs: Vec<(PathBuf, Span)>,
    standard: bool,
    plans: Vec<PathBuf>,
    fail_on: Option<FailOn>,
    language: Option<String>,
    baseline: Option<PathBuf>,
    pub(crate) whole: Section,
    pub(crate) sections: Vec<Section>,
    pub(crate) allowances: Vec<Allowance>,
}

/// What holds for all plans, or for those that some globs take.
#[derive(Clone, Debug, Default)]
pub(crate) struct Section {
    pub(crate) globs: Vec<GlobMatcher>,
    pub(crate) levels: Vec<LevelEntry>,
    pub(crate) params: Vec<ParamEntry>,
    pub(crate) rounding: Option<Rounding>,
}

/// The level of the rules that a pattern takes.
#[derive(Clone, Debug)]
pub(crate) struct LevelEntry {
    pub(crate) pattern: String,
    pub(crate) level: Level,
    /// Where the pattern is written.
    pub(crate) span: Span,
}

/// The value of one parameter of one rule.
#[derive(Clone, Debug)]
pub(crate) struct ParamEntry {
    pub(crate) rule: String,
    pub(crate) rule_span: Span,
    pub(crate) name: String,
    pub(crate) name_span: Span,
    pub(crate) value: NodeId,
}

impl Config {
    /// Reads a configuration from its file.
    ///
    /// # Errors
    /// When the file cannot be read, or has mistakes: all of them.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, ConfigError> {
        let path = path.as_ref();
        let folder = path.parent().map(Path::to_owned).unwrap_or_default();
        let name = crate::files::shown(path);
        let unread =
            |message: String| ConfigError { failures: vec![document::no_file(&name, message)], sources: Vec::new() };
        let bytes = crate::files::read(path, MOST_BYTES).map_err(|error| unread(format!("cannot be read: {error}")))?;
        let document = Plan::from_bytes(name.as_str(), bytes).map_err(|error| unread(error.to_string()))?;
        read::read(document, folder)
    }

    /// Reads a configuration from its text; paths in it are relative to the folder of `name`.
    ///
    /// # Errors
    /// When it has mistakes: all of them.
    pub fn parse(name: &str, text: &str) -> Result<Self, ConfigError> {
        let folder = Path::new(name).parent().map(Path::to_owned).unwrap_or_default();
        read::read(Plan::parse(name, text), folder)
    }

    /// The nearest `crossfoot.toml` upward from a file or folder. The file may not exist yet; its folder is where the search
    /// begins.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn find(start: impl AsRef<Path>) -> Result<Option<Self>, ConfigError> {
        find::upward(start.as_ref()).map(Self::load).transpose()
    }

    /// Where [`Config::find`] would look: the path of the nearest `crossfoot.toml` upward from a file or folder.
    #[must_use]
    pub fn locate(start: impl AsRef<Path>) -> Option<PathBuf> {
        find::upward(start.as_ref())
    }

    /// The folders in which [`Config::locate`] looks, the nearest first: up to the one that has a configuration, or to the
    /// root. In each of them one may appear that is nearer.
    ///
    /// ```
    /// use crossfoot::config::Config;
    ///
    /// let folder = tempfile::tempdir()?;
    /// let plans = folder.path().join("plans");
    /// std::fs::create_dir(&plans)?;
    /// std::fs::write(folder.path().join("crossfoot.toml"), "")?;
    /// assert_eq!(Config::searched(&plans), [plans.as_path(), folder.path()]);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn searched(start: impl AsRef<Path>) -> Vec<PathBuf> {
        find::searched(start.as_ref())
    }

    /// Its text.
    #[must_use]
    pub fn source(&self) -> &Arc<SourceText> {
        self.document.source()
    }

    /// Its file, as reports show it.
    #[must_use]
    pub fn name(&self) -> &str {
        self.document.name()
    }

    /// The folders of rules that it names.
    pub fn rule_folders(&self) -> impl Iterator<Item = &Path> {
        self.rules.iter().map(|(path, _)| path.as_path())
    }

    /// The packs that it names.
    pub fn pack_folders(&self) -> impl Iterator<Item = &Path> {
        self.packs.iter().map(|(path, _)| path.as_path())
    }

    /// Whether the standard rules run.
    #[must_use]
    pub fn standard(&self) -> bool {
        self.standard
    }

    /// The files, folders and globs of plans that are audited when none is named.
    #[must_use]
    pub fn plans(&self) -> &[PathBuf] {
        &self.plans
    }

    /// The least severity that makes an audit fail, if it says so.
    #[must_use]
    pub fn fail_on(&self) -> Option<FailOn> {
        self.fail_on
    }

    /// The language that reports are to be written in, if it says so.
    #[must_use]
    pub fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// The baseline that findings are held against, if it names one.
    #[must_use]
    pub fn baseline(&self) -> Option<&Path> {
        self.baseline.as_deref()
    }

    /// What it allows.
    #[must_use]
    pub fn allowances(&self) -> &[Allowance] {
        &self.allowances
    }

    /// How the figures of a plan were rounded where the plan does not say.
    #[must_use]
    pub fn rounding_for(&self, plan: &str) -> Rounding {
        let relative = self.relative(plan);
        let sections = self.sections_for(&relative).filter_map(|section| section.rounding);
        sections.last().or(self.whole.rounding).unwrap_or_default()
    }

    /// The sections that hold for a plan, the later ones before the earlier in force.
    pub(crate) fn sections_for<'c>(&'c self, relative: &'c str) -> impl Iterator<Item = &'c Section> {
        self.sections.iter().filter(move |section| section.globs.iter().any(|glob| glob.is_match(relative)))
    }

    /// A plan's path as this file's globs see it: relative to the folder that the configuration stands in.
    pub(crate) fn relative(&self, plan: &str) -> String {
        crate::files::relative(&self.folder, plan)
    }

    /// A value as it stands in the file.
    pub(crate) fn node(&self, id: NodeId) -> NodeRef<'_> {
        self.document.node(id)
    }

    /// A mistake that only those can see who know the rules.
    pub(crate) fn failure(&self, mistake: &Mistake) -> Failure {
        failure(self.source(), mistake)
    }
}
