//! `crossfoot init` and `crossfoot new`.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{Stop, common, write_out};
use crossfoot::scaffold::{self, Place, ScaffoldError, Scaffolded};

/// Start a folder with a plan, a rule of your own and a configuration
///
/// Files that are there are left as they are. Exit status: 0, also when all of it was there; 2 when something cannot be
/// written.
#[derive(Debug, clap::Args)]
pub(crate) struct Init {
    /// The folder; made if it is not there
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
}

/// Write the first form of a rule or of a case, to be filled in
///
/// They go into the first folder of rules that the nearest crossfoot.toml upward names. An id that begins with the name of a
/// pack of it goes into that pack.
#[derive(Debug, clap::Args)]
pub(crate) struct New {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// A rule with its page, and three cases that fail until it is filled in
    Rule {
        /// The id: a folder and a name, such as `house/largest-share`
        #[arg(value_name = "ID")]
        id: String,

        /// The folder of rules, or the pack [default: what crossfoot.toml says, or rules/]
        #[arg(long, value_name = "DIR")]
        rules: Option<PathBuf>,
    },
    /// A further case of a rule
    Case {
        /// The rule's id
        #[arg(value_name = "RULE")]
        rule: String,

        /// The case's name, such as `fail-two-years`
        #[arg(value_name = "NAME")]
        name: String,

        /// The folder of rules, or the pack [default: what crossfoot.toml says, or rules/]
        #[arg(long, value_name = "DIR")]
        rules: Option<PathBuf>,
    },
}

pub(crate) fn init(args: &Init) -> Result<ExitCode, Stop> {
    let made = scaffold::init(&args.dir).map_err(stop)?;
    let cd = (args.dir != Path::new(".")).then(|| format!("cd {}", args.dir.display()));
    let next = [
        ("crossfoot check", "audits the plan"),
        ("crossfoot test", "runs the cases of the rule"),
        ("crossfoot new rule house/our-rule", "begins a rule of your own"),
    ];
    tell(&made, cd.as_deref(), &next)
}

pub(crate) fn new(args: &New) -> Result<ExitCode, Stop> {
    match &args.what {
        What::Rule { id, rules } => {
            let place = place(id, rules.as_deref())?;
            let made = scaffold::new_rule(&place).map_err(stop)?;
            let folder = rules.as_ref().map(|folder| format!(" --rules {}", folder.display())).unwrap_or_default();
            let test = format!("crossfoot test {}{folder}", place.id);
            tell(&made, None, &[(&*test, "says what is still to be filled in")])
        }
        What::Case { rule, name, rules } => {
            let made = scaffold::new_case(&place(rule, rules.as_deref())?, name).map_err(stop)?;
            let file =
                made.written.first().map(|path| format!("crossfoot test {}", path.display())).unwrap_or_default();
            tell(&made, None, &[(&*file, "runs it")])
        }
    }
}

/// Where a rule belongs: into the folder that is named, else where the configuration says.
fn place(id: &str, folder: Option<&Path>) -> Result<Place, Stop> {
    let config = common::config(None, false, &[]);
    match folder {
        // With a folder named, what is wrong with the configuration stands in nobody's way.
        Some(folder) => Place::within(folder, config.unwrap_or_default().as_ref(), id).map_err(stop),
        None => Ok(Place::find(config?.as_ref(), id)),
    }
}

fn stop(error: ScaffoldError) -> Stop {
    let help = match &error {
        ScaffoldError::Id(_) => "write for example `crossfoot new rule house/largest-share`",
        ScaffoldError::CaseName(_) => "write for example `crossfoot new case house/largest-share fail-two-years`",
        ScaffoldError::OfPack(..) => "leave --rules out: the pack is found by its name",
        ScaffoldError::NoRule(_) => "name a rule by its id, or the folder of rules with --rules DIR",
        ScaffoldError::Exists(_) => "give another name, or go on with the file that is there",
        ScaffoldError::NoFolder(_) => "name a folder",
        ScaffoldError::Io(..) => return Stop::new(error.to_string()),
    };
    Stop::new(error.to_string()).help(help)
}

/// What was written and kept, and what to try next.
fn tell(made: &Scaffolded, first: Option<&str>, next: &[(&str, &str)]) -> Result<ExitCode, Stop> {
    let shown = |path: &Path| path.strip_prefix("./").unwrap_or(path).display().to_string();
    write_out(|out| {
        for path in &made.written {
            writeln!(out, "wrote {}", shown(path))?;
        }
        for path in &made.kept {
            writeln!(out, "kept  {}, which was there", shown(path))?;
        }
        writeln!(out, "\nNext:")?;
        if let Some(first) = first {
            writeln!(out, "  {first}")?;
        }
        let width = next.iter().map(|(command, _)| command.len()).max().unwrap_or_default();
        next.iter().try_for_each(|(command, does)| writeln!(out, "  {command:<width$}   {does}"))
    })?;
    Ok(ExitCode::SUCCESS)
}
