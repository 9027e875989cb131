//! The arguments, as types. Words only; no behaviour.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Audits plans: totals, shares, risks and structure, with exact figures and rounding as intervals.
#[derive(Debug, Parser)]
#[command(name = "crossfoot", version, max_term_width = 100, arg_required_else_help = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Audit plans and report what does not agree
    ///
    /// Exit status: 0 when no finding is at or above the fail level; 1 when one is; 2 when something stood in the way (a
    /// file that cannot be read or is no TOML, a rule that does not compile or fails, wrong arguments).
    Check(Check),
    /// Change a plan in one place at a time, and list the changes that no rule notices
    ///
    /// Exit status: 0; 1 when the score is below --threshold; 2 when something stood in the way (a plan that cannot be read
    /// or is no TOML, a rule that does not compile or fails, wrong arguments).
    Mutate(super::mutate::Mutate),
    /// List the figures that no rule looks at, or who looks at a figure
    ///
    /// Exit status: 0; 1 when the coverage is below --threshold; 2 when something stood in the way (a plan that cannot be
    /// read or is no TOML, a rule that does not compile or fails, a path that leads to no figure, wrong arguments).
    Coverage(super::coverage::Coverage),
    /// Print a JSON Schema: of plans, for editors, or of the report
    Schema {
        /// Which schema
        #[arg(value_enum, default_value_t = SchemaKind::Plan)]
        what: SchemaKind,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum SchemaKind {
    /// The standard vocabulary of plans
    Plan,
    /// The report of `check --format json`
    Report,
}

/// Which rules there are, and which of them run: the same for every command that runs rules.
#[derive(Debug, clap::Args)]
pub(crate) struct RuleArgs {
    /// Add the rules of a folder (repeatable)
    #[arg(long, value_name = "DIR")]
    pub(crate) rules: Vec<PathBuf>,

    /// Leave the standard rules out
    #[arg(long)]
    pub(crate) no_standard: bool,

    /// Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable)
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) only: Vec<String>,

    /// Do not run these rules: an id, a glob or a folder (repeatable)
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) skip: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    /// Files, directories, globs, or `-` for standard input [default: plans/, or the current directory]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) rules: RuleArgs,

    /// How the report is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,

    /// The least severity that makes the exit status 1
    #[arg(long, value_enum, default_value_t = FailLevel::Error)]
    pub(crate) fail_on: FailLevel,

    /// Also show differences that rounding explains
    #[arg(long)]
    pub(crate) show_rounding: bool,

    /// The day that rules take for today [default: the system's, in UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) today: Option<String>,

    /// Whether to colour the output; NO_COLOR is heeded
    #[arg(long, value_enum, default_value_t = When::Auto)]
    pub(crate) color: When,

    /// Print nothing but what stood in the way; the exit status tells the rest
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, at a terminal
    Text,
    /// For programs: see `crossfoot schema report`
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailLevel {
    /// Errors
    Error,
    /// Warnings and errors
    Warning,
    /// Any finding
    Info,
    /// Nothing
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    /// When the output is a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
