//! The arguments, as types. Words only; no behaviour.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use super::outputs::OutputArgs;
use crossfoot::words::Lang;

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
    Report(super::report::Report),
    /// Compare two drafts: figures, items and findings that are other ones
    ///
    /// Items are known again by their ids and titles, so that lines may move and figures be written anew without a difference. Both
    /// drafts are judged by the rules that are in force for NEW. REV:path is a file or folder as git has it, such as
    /// HEAD:plans/plan.toml; paths begin at the top of the repository, or with ./ in the working folder.
    ///
    /// Exit status: 0, also where something differs; 1 with --exit-code where something does; 2 when a draft cannot be read or is no
    /// TOML.
    Diff(super::diff::Diff),
    /// Show where the money of plans goes, how concentrated it is, and how risks are spread
    ///
    /// No rule runs, and nothing is judged. Exit status: 0; 2 when a plan cannot be read or is no TOML.
    Stats(super::stats::Stats),
    /// Check again on every save, and show what is different
    ///
    /// Shows the findings once, and from then on those that are new, a line for each that is fixed, and how things stand.
    /// Follows plans, rules, cases, packs, crossfoot.toml and the baseline. Keys: Enter checks again, f shows all findings, r
    /// shows differences within rounding, q ends, ? lists the keys.
    ///
    /// Exit status: 0 when it is ended by q or its reader goes away; 130 by Ctrl-C; 2 when it cannot begin.
    Watch(super::watch::Watch),
    /// Apply the fixes that findings offer, and say what is left
    ///
    /// Applies what is safe: a total or share that its parts determine, a year whose figure is known, a slipped key. What is
    /// not safe is applied only when it is named with --unsafe, or asked for with --interactive. Everything else of a plan
    /// stays as it is, byte for byte.
    ///
    /// Exit status: as `crossfoot check` gives for what is left; 2 also when a file could not be written, because it was changed
    /// meanwhile or has changes that git does not have.
    Fix(super::fix::Fix),
    /// Record today's findings, so that later runs report only what is new
    #[command(subcommand)]
    Baseline(Baseline),
    Init(super::scaffold::Init),
    New(super::scaffold::New),
    Test(super::test::Test),
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
    /// List the rules: id, level, title and origin
    ///
    /// Also lists what loading a plan finds before any rule runs. Exit status: 0; 2 when a rule does not compile.
    Rules(super::rules::Listing),
    /// Explain a rule, a verb of the rule language, or a finding
    ///
    /// Prints the page of each: of a rule its header with level, origin, parameters and cases; of a verb how it is called
    /// and an example. A name that several have, such as `outputs`, and a folder, such as `totals`, list them; so do
    /// `verbs` and `operators`.
    Explain(super::explain::Explain),
    /// Try an expression of the rule language on a plan
    ///
    /// Prints the value and the places of the plan that it was made of. Put the expression between single quotation marks, so
    /// that the shell leaves it alone: crossfoot eval plan.toml 'sum(plan.objectives.total["2026"])'.
    ///
    /// Exit status: 0; 1 when a check in the expression failed; 2 when it is wrong or the plan cannot be read.
    Eval(super::eval::Eval),
    /// Try expressions on a plan, one after the other
    ///
    /// At a terminal: with history, and completion of verbs and of the plan's own keys by the tab key; `:help` lists the
    /// commands. From a pipe: line by line, without prompts; the exit status is then the worst of what `eval` would give.
    Repl(super::repl::Repl),
    /// Serve an editor: findings, fixes and computed figures while a plan or a rule is written
    ///
    /// Speaks the Language Server Protocol over standard input and output; editors start it by themselves. docs/editors.md
    /// says how to set up Neovim, Helix, Emacs and VS Code. Exit status: 0; 1 when the editor said `exit` without `shutdown`; 2 for
    /// wrong arguments.
    Lsp(super::lsp::Lsp),
    /// Print a JSON Schema: of plans, for editors, or of what commands print with `--format json`
    Schema {
        /// Which schema
        #[arg(value_enum, default_value_t = SchemaKind::Plan)]
        what: SchemaKind,
    },
    /// Print the completions of a shell
    ///
    /// For example: crossfoot completions bash > ~/.local/share/bash-completion/completions/crossfoot; crossfoot completions fish
    /// > ~/.config/fish/completions/crossfoot.fish; for zsh, into the file _crossfoot of a folder of $fpath.
    Completions(super::generate::Completions),
    /// Print a man page, or write all of them into a folder
    Man(super::generate::Man),
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum SchemaKind {
    /// The standard vocabulary of plans
    Plan,
    /// The report of `check --format json`
    Report,
    /// A saved run, of `check --format run`
    Run,
    /// A line of `check --format jsonl`
    Lines,
    /// How two drafts differ, of `diff --format json`
    Diff,
    /// What plans come to in numbers, of `stats --format json`
    Stats,
    /// What `fix --format json` did
    Fix,
    /// A line of `watch --format json`
    Watch,
    /// How cases came out, of `test --format json`
    Test,
    /// What rules noticed, of `mutate --format json`
    Mutate,
    /// What `coverage --format json` says, with `--at` and without
    Coverage,
    /// The value of `eval --format json`
    Eval,
}

/// Which rules there are, and which of them run: the same for every command that runs rules.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct RuleArgs {
    /// Add the rules of a folder (repeatable)
    #[arg(long, value_name = "DIR")]
    pub(crate) rules: Vec<PathBuf>,

    /// Add the rules of a pack: a folder with a pack.toml (repeatable)
    #[arg(long, value_name = "DIR")]
    pub(crate) pack: Vec<PathBuf>,

    /// Leave the standard rules out
    #[arg(long)]
    pub(crate) no_standard: bool,

    /// Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) only: Vec<String>,

    /// Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) skip: Vec<String>,

    /// Set the level of rules: error, warning, info or off (repeatable)
    #[arg(long, value_name = "RULE=LEVEL")]
    pub(crate) level: Vec<String>,

    /// Set a parameter of a rule, as TOML (repeatable)
    #[arg(long, value_name = "RULE.NAME=VALUE")]
    pub(crate) param: Vec<String>,

    /// Read this configuration [default: the nearest crossfoot.toml upward from the plans]
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub(crate) config: Option<PathBuf>,

    /// Read no configuration
    #[arg(long)]
    pub(crate) no_config: bool,
}

/// What is known already: the same for every command that checks.
#[derive(Debug, clap::Args)]
pub(crate) struct BaselineArgs {
    /// Leave out what this baseline holds [default: what crossfoot.toml says]
    #[arg(id = "baseline", long = "baseline", value_name = "FILE", conflicts_with = "no_baseline")]
    pub(crate) file: Option<PathBuf>,

    /// Use no baseline
    #[arg(id = "no_baseline", long = "no-baseline")]
    pub(crate) none: bool,
}

/// The day of a check: the same for every command that runs rules over plans.
#[derive(Debug, clap::Args)]
pub(crate) struct DayArgs {
    /// The day that rules take for today [default: the system's at each check, in UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) today: Option<String>,
}

/// How the output looks: the same for every command that shows something to people.
#[derive(Debug, clap::Args)]
pub(crate) struct ColorArgs {
    /// Whether to colour the output; NO_COLOR is heeded
    #[arg(id = "color", long = "color", value_enum, value_name = "WHEN", default_value_t = When::Auto)]
    pub(crate) when: When,

    /// The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]
    #[arg(long, value_name = "LANGUAGE", value_parser = language)]
    pub(crate) lang: Option<Lang>,
}

fn language(tag: &str) -> Result<Lang, String> {
    let known: Vec<&str> = Lang::all().map(Lang::tag).collect();
    Lang::named(tag).ok_or_else(|| format!("this language is not known: write one of {}", known.join(", ")))
}

#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    /// Files, directories, globs, or `-` for standard input [default: the plans of crossfoot.toml, plans/, or the
    /// current directory]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) rules: RuleArgs,

    #[command(flatten)]
    pub(crate) output: OutputArgs,

    /// The least severity that makes the exit status 1 [default: what crossfoot.toml says, or error]
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(crate) fail_on: Option<FailLevel>,

    #[command(flatten)]
    pub(crate) baseline: BaselineArgs,

    /// Also show findings that are allowed or in the baseline
    #[arg(long)]
    pub(crate) show_suppressed: bool,

    /// Also show differences that rounding explains
    #[arg(long)]
    pub(crate) show_rounding: bool,

    #[command(flatten)]
    pub(crate) day: DayArgs,

    #[command(flatten)]
    pub(crate) color: ColorArgs,

    /// Print nothing but what stood in the way; the exit status tells the rest
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Baseline {
    /// Write the findings of the plans to a baseline
    ///
    /// An existing baseline is replaced: what has gone leaves it, what is new enters it.
    Write(BaselineWrite),
}

#[derive(Debug, clap::Args)]
pub(crate) struct BaselineWrite {
    /// Files, directories, or globs [default: the plans of crossfoot.toml, plans/, or the current directory]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) rules: RuleArgs,

    /// The file [default: what crossfoot.toml says, or crossfoot-baseline.json]
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) day: DayArgs,
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
