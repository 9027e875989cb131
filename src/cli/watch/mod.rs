//! `crossfoot watch`: checks again on every save, and shows what is different.

mod exec;
mod keys;
mod screen;
mod serve;
mod session;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use super::args::{BaselineArgs, ColorArgs, DayArgs, Format, RuleArgs};
use super::outputs::{Output, output};
use super::{Stop, common};
use crossfoot::finding::{Failure, FailureKind};
use crossfoot::live::{Asked, Disk, Live, Wanted};
use crossfoot::watch::Settings;
use crossfoot::{Report, Rules};
use session::Session;

#[derive(Debug, clap::Args)]
pub(crate) struct Watch {
    /// Files, directories or globs [default: the plans of crossfoot.toml, plans/, or the current directory]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Show all findings at each check, not the difference
    #[arg(long)]
    full: bool,

    /// Begin each check on an empty screen
    #[arg(long, overrides_with = "no_clear")]
    clear: bool,

    /// Leave on the screen what is there [default]
    #[arg(long)]
    no_clear: bool,

    /// Ring the terminal's bell when a check finds something new
    #[arg(long)]
    bell: bool,

    /// Run a command of the shell after each check in which something changed; docs/watch.md lists what it is told
    #[arg(long, value_name = "CMD")]
    exec: Option<String>,

    /// How checks are written: as text, or as JSON, one object a line (docs/watch.md)
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Write the whole report to a file after each check, in any of the forms of `check --output`
    #[arg(long, value_name = "[FORMAT=]FILE", value_parser = output)]
    report: Option<Output>,

    /// Show the report as a page in the browser, anew at each check: at a free port of this machine, or at ADDRESS, such as 8080
    /// or 127.0.0.1:8080
    #[arg(long, value_name = "ADDRESS", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    serve: Option<String>,

    /// Let `--serve` name an address that other machines can reach, and answer them under any name
    #[arg(long, requires = "serve")]
    serve_any: bool,

    /// Look again every so many seconds, 2 unless said otherwise, instead of waiting for the system to tell: for network
    /// drives
    #[arg(
        long,
        value_name = "SECONDS",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "2",
        value_parser = clap::value_parser!(u64).range(1..=86_400)
    )]
    poll: Option<u64>,

    /// Wait until a file has been quiet for so many milliseconds
    #[arg(long, value_name = "MS", default_value_t = 50, value_parser = clap::value_parser!(u64).range(10..=60_000))]
    debounce: u64,

    #[command(flatten)]
    rules: RuleArgs,

    #[command(flatten)]
    pub(crate) baseline: BaselineArgs,

    /// Also show differences that rounding explains
    #[arg(long)]
    show_rounding: bool,

    #[command(flatten)]
    pub(crate) day: DayArgs,

    #[command(flatten)]
    pub(crate) color: ColorArgs,
}

impl Watch {
    fn asked(&self) -> Asked {
        let wanted = |named: &Option<PathBuf>, none: bool| match named {
            Some(path) => Wanted::Named(path.clone()),
            None if none => Wanted::None,
            None => Wanted::Usual,
        };
        Asked {
            plans: self.paths.clone(),
            rules: self.rules.rules.clone(),
            packs: self.rules.pack.clone(),
            config: wanted(&self.rules.config, self.rules.no_config),
            baseline: wanted(&self.baseline.file, self.baseline.none),
        }
    }

    fn settings(&self) -> Settings {
        Settings { debounce: Duration::from_millis(self.debounce), poll: self.poll.map(Duration::from_secs) }
    }
}

pub(crate) fn run(args: &Watch) -> Result<ExitCode, Stop> {
    refuse(args)?;
    common::today(args.day.today.as_deref())?;
    let (rules, mistakes) = match common::rules(&args.rules, &args.paths) {
        Ok(rules) => (rules, None),
        // A file can be mended while it is watched; what is wrong with the arguments cannot.
        Err(Stop { mistakes: Some(mistakes), .. }) if args.rules.config.as_ref().is_none_or(|file| file.exists()) => {
            (Rules::empty(), Some(mistakes))
        }
        Err(stop) => return Err(stop),
    };
    let (rule_args, paths) = (args.rules.clone(), args.paths.clone());
    let make = move |before: &Rules| common::rules_after(before, &rule_args, &paths).map_err(in_the_way);
    let mut disk = Disk::new(args.asked(), Box::new(make)).patience(args.settings().debounce);
    if let Some(mistakes) = mistakes {
        disk = disk.without_rules(mistakes);
    }
    Session::new(args, Live::new(rules), disk)?.run()
}

/// Refuses what can never be watched.
fn refuse(args: &Watch) -> Result<(), Stop> {
    for path in &args.paths {
        if path.as_os_str() == "-" {
            return Err(Stop::new("standard input cannot be watched: it is read once")
                .help("name files or folders; `crossfoot check -` reads standard input"));
        }
        let number = path.to_string_lossy().parse::<u64>().ok().filter(|_| args.poll.is_some() && !path.exists());
        if let Some(seconds) = number {
            return Err(Stop::new(format!("there is no file or folder {seconds}"))
                .help(format!("to look again every {seconds} seconds write --poll={seconds}")));
        }
        let text = path.to_string_lossy();
        let is_address = text.parse::<u16>().is_ok() || text.parse::<std::net::SocketAddr>().is_ok();
        if args.serve.is_some() && is_address && !path.exists() {
            return Err(Stop::new(format!("there is no file or folder {text}"))
                .help(format!("to serve the report there write --serve={text}")));
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let is_glob = path.to_string_lossy().contains(['*', '?', '[', '{']);
        if !path.exists() && !path.is_symlink() && !is_glob && !folder.is_dir() {
            let message =
                format!("{}: there is no such file, and no folder {} for it", path.display(), folder.display());
            return Err(
                Stop::new(message).help("name a file or folder that is there, or one that may yet appear in a folder")
            );
        }
    }
    Ok(())
}

/// What stands in the way of the rules, as the report of a check would tell it.
fn in_the_way(stop: Stop) -> Box<Report> {
    if let Some(mistakes) = stop.mistakes {
        return mistakes;
    }
    let failure = Failure { help: stop.help, ..Failure::new(FailureKind::Config, "crossfoot", stop.message) };
    Box::new(Report::new(Vec::new(), Vec::new(), vec![failure], Vec::new(), std::collections::BTreeMap::default()))
}
