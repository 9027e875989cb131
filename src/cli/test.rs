//! `crossfoot test`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;

use super::args::ColorArgs;
use super::{Stop, common, say, terminal, write_as, write_text};
use crossfoot::Rules;
use crossfoot::finding::FailureKind;
use crossfoot::plan::vocabulary::near;
use crossfoot::report::Written;
use crossfoot::rules::PACK_FILE;
use crossfoot::rules::test::{TestRun, TestText, Tester, json, junit, text};

/// Run the cases of rules and tell what is not as expected
///
/// A rule's cases are the small plans in the folder of its name. The expected finding is marked at its line, `#~ error: part of
/// the message`; a case without marks must give no finding.
///
/// Exit status: 0 when every case came out as it says; 1 when one did not, when --threshold is not reached, or when a rule
/// has no case, or cases have no rule, and --require-cases is given; 2 when a rule does not compile or nothing could be tested.
#[derive(Debug, clap::Args)]
pub(crate) struct Test {
    /// Rules (an id, a glob such as `house/*`, a folder), or paths: of a folder of rules, a rule, its cases, one case
    /// [default: all rules of your own]
    #[arg(value_name = "PATH|RULE")]
    what: Vec<String>,

    /// The folders of your rules (repeatable) [default: what crossfoot.toml says, or rules/]
    #[arg(long, value_name = "DIR")]
    rules: Vec<PathBuf>,

    /// The packs of your rules: folders with a pack.toml (repeatable) [default: what crossfoot.toml says]
    #[arg(long, value_name = "DIR")]
    pack: Vec<PathBuf>,

    /// Read this configuration [default: the nearest crossfoot.toml upward from here]
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,

    /// Read no configuration
    #[arg(long)]
    no_config: bool,

    /// Test the standard rules
    #[arg(long)]
    standard: bool,

    /// Run only cases whose `rule/case` has this text, or matches it where it is a glob
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,

    /// Rules without any case, and cases without a rule, make the exit status 1
    #[arg(long)]
    require_cases: bool,

    /// Tell which lines and branches of the rules no case has run
    #[arg(long)]
    coverage: bool,

    /// The least percent of lines and branches that cases must run, 0 to 100; implies --coverage
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    threshold: Option<u8>,

    /// Rewrite marks and counts of cases so that they say what is found; shows each change and asks
    #[arg(long, conflicts_with_all = ["coverage", "threshold", "format", "require_cases"])]
    update: bool,

    /// With --update: do not ask
    #[arg(long, short, requires = "update")]
    yes: bool,

    /// How the outcome is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Name every case, also those that came out as they say
    #[arg(long, short)]
    verbose: bool,

    #[command(flatten)]
    pub(crate) color: ColorArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, at a terminal
    Text,
    /// For programs
    Json,
    /// JUnit XML, for build servers
    Junit,
}

fn percent(text: &str) -> Result<u8, String> {
    text.trim_end_matches('%')
        .parse()
        .ok()
        .filter(|percent| *percent <= 100)
        .ok_or_else(|| "expected a whole number of percent from 0 to 100".to_owned())
}

pub(crate) fn run(args: &Test) -> Result<ExitCode, Stop> {
    let sets = sets(args)?;
    let testers = chosen(args, &sets)?;
    let runs: Vec<TestRun> = testers.iter().map(Tester::run).collect();
    if runs.iter().all(|run| run.cases().next().is_none() && run.failures.is_empty()) {
        return Err(no_case(args, &merged(runs)));
    }
    if args.update {
        return super::update::update(&testers, &runs, args.yes, args.color.when);
    }
    let run = merged(runs);
    let options = TestText { terminal: terminal::options(args.color.when), verbose: args.verbose };
    match args.format {
        Format::Text => write_text(&options.terminal, |out| text(&run, &options, out))?,
        Format::Json => write_as(Written::Json, |out| json(&run, out))?,
        Format::Junit => write_as(Written::Xml, |out| junit(&run, out))?,
    }
    let complaints = complaints(args, &run);
    let status = run.verdict().code().max(i32::from(!complaints.is_empty()));
    for complaint in &complaints {
        say(&format!("error: {complaint}"));
    }
    Ok(ExitCode::from(u8::try_from(status).unwrap_or(2)))
}

fn merged(runs: Vec<TestRun>) -> TestRun {
    let mut all = TestRun::default();
    runs.into_iter().for_each(|run| all.extend(run));
    all
}

/// What was asked for beyond the cases, and is not so.
fn complaints(args: &Test, run: &TestRun) -> Vec<String> {
    let mut complaints = Vec::new();
    let without = run.without_cases().count();
    if args.require_cases && without > 0 {
        complaints.push(if without == 1 {
            "1 rule has no case".to_owned()
        } else {
            format!("{without} rules have no case")
        });
    }
    let lost = run.without_rule.len();
    if args.require_cases && lost > 0 {
        complaints.push(if lost == 1 {
            "1 folder of cases has no rule".to_owned()
        } else {
            format!("{lost} folders of cases have no rule")
        });
    }
    let low = |threshold: &u8| run.coverage.as_ref().filter(|coverage| !coverage.reaches(*threshold));
    if let Some((threshold, coverage)) = args.threshold.as_ref().and_then(|least| Some((least, low(least)?))) {
        let (run, all) = coverage.total();
        complaints.push(format!(
            "the cases run {run} of {all} lines and branches: that is less than --threshold {threshold} percent"
        ));
    }
    complaints
}

fn no_case(args: &Test, run: &TestRun) -> Stop {
    if let Some(filter) = &args.filter {
        return Stop::new(format!("no case matches --filter {filter}"))
            .help("it is held against `rule/case`, such as `totals/outputs/fail-transposed`; -v names all cases");
    }
    if let Some(lost) = run.without_rule.first() {
        return Stop::new("there is no case to run").help(lost.to_string());
    }
    let first = run.without_cases().next();
    let help = first.map_or_else(String::new, |rule| {
        format!(
            "put small plans beside the rule, in {}/, such as fail-example.toml",
            rule.file.trim_end_matches(".rhai")
        )
    });
    Stop::new("there is no case to run").help(help)
}

/// The rules that are asked about, in sets whose ids do not meet: the user's own, those of paths elsewhere, the standard ones.
fn sets(args: &Test) -> Result<Vec<Rules>, Stop> {
    let folders = folders(args)?;
    let mut sets = Vec::new();
    let mut own = Rules::empty();
    for folder in &folders {
        own = load(own, folder)?;
    }
    if !folders.is_empty() {
        sets.push(own);
    }
    for what in &args.what {
        let path = Path::new(what);
        let known = sets.iter().any(|rules| Tester::new(rules).choose(what));
        if let (true, false, Some(folder)) = (path.exists(), known, home(path)) {
            sets.push(load(Rules::empty(), &folder)?);
        }
    }
    let unknown = |what: &String| !sets.iter().any(|rules| Tester::new(rules).choose(what));
    if args.standard || args.what.iter().any(unknown) {
        sets.push(Rules::standard());
    }
    if sets.is_empty() {
        return Err(Stop::new("there is no rule to test: there is no folder `rules` here").help(
            "name a folder of rules, or a rule; --standard tests the standard rules, `crossfoot init` starts a folder",
        ));
    }
    Ok(sets)
}

/// The folders of the user's own rules and their packs: those named, else those of crossfoot.toml, else `rules`.
fn folders(args: &Test) -> Result<Vec<PathBuf>, Stop> {
    let mut folders: Vec<PathBuf> = args.rules.iter().chain(&args.pack).cloned().collect();
    if folders.is_empty() && (!args.standard || !args.what.is_empty()) {
        if let Some(config) = common::config(args.config.as_deref(), args.no_config, &[])? {
            folders.extend(config.rule_folders().chain(config.pack_folders()).map(Path::to_owned));
        }
        if folders.is_empty() && Path::new("rules").is_dir() {
            folders.push(PathBuf::from("rules"));
        }
    }
    Ok(folders)
}

/// Adds a folder of rules, or a pack.
fn load(rules: Rules, folder: &Path) -> Result<Rules, Stop> {
    let is_pack = folder.join(PACK_FILE).is_file();
    let loaded = if is_pack { rules.with_pack(folder) } else { rules.with_dir(folder) };
    loaded.map_err(|error| Stop { help: error.help.clone(), ..Stop::new(error.to_string()) })
}

/// The folder of rules that a path belongs to: a pack or a folder named `rules` above it, or the one that holds the rule. A
/// file that is neither a rule nor beside one belongs to none.
fn home(path: &Path) -> Option<PathBuf> {
    let is_cases = |path: &Path| path.with_extension("rhai").is_file();
    let parent =
        |path: &Path| path.parent().map(|up| if up.as_os_str().is_empty() { Path::new(".") } else { up }.to_owned());
    let folder = if path.is_dir() && !is_cases(path) {
        path.to_owned()
    } else {
        let beside = parent(path)?;
        let is_rule = path.is_dir() || path.extension().is_some_and(|extension| extension == "rhai");
        match is_cases(&beside) {
            true => parent(&beside)?,
            false if is_rule => beside,
            false => return None,
        }
    };
    let is_root = |up: &&Path| up.join(PACK_FILE).is_file() || up.file_name().is_some_and(|name| name == "rules");
    let named = folder.ancestors().find(is_root);
    Some(named.map_or(folder.clone(), Path::to_owned))
}

/// A tester for each set of which something is asked.
fn chosen<'r>(args: &Test, sets: &'r [Rules]) -> Result<Vec<Tester<'r>>, Stop> {
    let mut testers: Vec<(Tester<'r>, bool)> = sets.iter().map(|rules| (Tester::new(rules), false)).collect();
    for what in &args.what {
        let mut known = false;
        for (tester, any) in &mut testers {
            // A rule of the user's own hides a standard one of the same name.
            if !known && tester.choose(what) {
                known = true;
                *any = true;
            }
        }
        if !known {
            return Err(unknown(what, sets, &testers));
        }
    }
    let standard = args.standard.then(|| testers.len() - 1);
    let testers = testers.into_iter().enumerate();
    let wanted = testers.filter(|(at, (_, any))| args.what.is_empty() || *any || Some(*at) == standard);
    Ok(wanted
        .map(|(_, (tester, _))| {
            let tester = tester.coverage(args.coverage || args.threshold.is_some());
            match &args.filter {
                Some(filter) => tester.filter(filter),
                None => tester,
            }
        })
        .collect())
}

fn unknown(what: &str, sets: &[Rules], testers: &[(Tester<'_>, bool)]) -> Stop {
    let ids: Vec<_> = testers.iter().flat_map(|(tester, _)| tester.ids()).collect();
    let stop = if Path::new(what).exists() {
        Stop::new(format!("{what} is no rule and no case of one"))
    } else {
        Stop::new(format!("there is no rule and no path `{what}`"))
    };
    // The rules of a pack that cannot be used are unknown, which is not their user's slip.
    let failures = sets.iter().flat_map(Rules::failures);
    if let Some(pack) = failures.into_iter().find(|failure| failure.kind == FailureKind::Pack) {
        return stop.help(format!("a pack cannot be used: {}: {}", pack.file, pack.message));
    }
    let last = |id: &&std::sync::Arc<str>| id.rsplit('/').next() == Some(what);
    let meant = near(what, ids.iter().map(AsRef::as_ref)).or(ids.iter().find(last).map(AsRef::as_ref));
    match meant {
        Some(meant) => stop.help(format!("did you mean {meant}?")),
        None => stop.help(
            "name a rule by its id, such as house/our-rule, a folder of rules, a rule's file, or one of its cases",
        ),
    }
}
