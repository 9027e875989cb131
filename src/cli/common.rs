//! What several commands share: the rules they work with, the plans they read, the day.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::Stop;
use super::args::RuleArgs;
use crossfoot::config::{Config, Level};
use crossfoot::finding::{Failure, FailureKind};
use crossfoot::plan::LoadError;
use crossfoot::plan::files::{Input, NoPlan, inputs};
use crossfoot::rules::RulesError;
use crossfoot::{Plan, Rules};

/// The rules that a command works with, and what the configuration of the plans at these paths says of them.
pub(crate) fn rules(args: &RuleArgs, paths: &[PathBuf]) -> Result<Rules, Stop> {
    rules_onto(Rules::empty(), args, paths)
}

/// The same after those that were in force until now: what has not changed is taken over.
pub(crate) fn rules_after(before: &Rules, args: &RuleArgs, paths: &[PathBuf]) -> Result<Rules, Stop> {
    rules_onto(Rules::after(before), args, paths)
}

fn rules_onto(none: Rules, args: &RuleArgs, paths: &[PathBuf]) -> Result<Rules, Stop> {
    let config = config(args.config.as_deref(), args.no_config, paths)?;
    let standard = !args.no_standard && config.as_ref().is_none_or(Config::standard);
    let mut rules = if standard { none.with_standard() } else { none };
    for folder in &args.rules {
        rules = rules.with_dir(folder).map_err(unreadable)?;
    }
    for folder in &args.pack {
        rules = rules.with_pack(folder).map_err(unreadable)?;
    }
    if let Some(config) = config {
        rules = rules.with_config(config)?;
    }
    for text in &args.level {
        rules = with_level(rules, text)?;
    }
    for text in &args.param {
        rules = rules.with_param_written(text).map_err(|message| Stop::new(format!("--param {message}")))?;
    }
    if rules.iter().next().is_none() && rules.failures().is_empty() {
        return Err(Stop::new("there is no rule to check with")
            .help("leave out --no-standard, or name a folder with --rules DIR or --pack DIR"));
    }
    // The rules of a pack that cannot be used are unknown, which is not their user's slip.
    let unusable = rules.failures().iter().find(|failure| failure.kind == FailureKind::Pack);
    let unusable = unusable.map(|failure| format!("a pack cannot be used: {}: {}", failure.file, failure.message));
    let help = unusable.or_else(|| unused_folder(args, &rules));
    let rules = rules.choose(&args.only, &args.skip).map_err(|error| Stop { help, ..Stop::new(error.to_string()) })?;
    let any_chosen = rules.iter().next().is_some()
        || rules.failures().iter().filter_map(|failure| failure.rule.as_ref()).any(|rule| rules.selected().takes(rule))
        || crossfoot::plan::FaultCode::ALL.iter().any(|code| rules.selected().takes(code.id()));
    if any_chosen {
        Ok(rules)
    } else {
        Err(Stop::new("no rule is left to check with: --skip leaves out all that --only takes"))
    }
}

/// What to do about a folder of rules that is there and that nobody has named.
fn unused_folder(args: &RuleArgs, rules: &Rules) -> Option<String> {
    let configured = rules.config().is_some_and(|config| config.rule_folders().next().is_some());
    let is_unused = args.rules.is_empty() && !configured && Path::new("rules").is_dir();
    is_unused.then(|| {
        "there is a folder `rules` here: name it with --rules rules, or in crossfoot.toml with rules = [\"rules\"]"
            .to_owned()
    })
}

fn with_level(rules: Rules, text: &str) -> Result<Rules, Stop> {
    let stop = |message: String| Stop::new(format!("--level {text}: {message}"));
    let (pattern, level) =
        text.split_once('=').ok_or_else(|| stop("expected RULE=LEVEL, such as totals/outputs=warning".to_owned()))?;
    let level = level.trim().parse::<Level>().map_err(|error| stop(error.to_string()))?;
    rules.with_level(pattern.trim(), level).map_err(|error| stop(error.to_string()))
}

/// The configuration of the plans: the one that is named, or the nearest upward from each path, which must be one.
pub(crate) fn config(named: Option<&Path>, none: bool, paths: &[PathBuf]) -> Result<Option<Config>, Stop> {
    if none {
        return Ok(None);
    }
    if let Some(path) = named {
        return Ok(Some(Config::load(path)?));
    }
    let here = [PathBuf::from(".")];
    let starts = if paths.is_empty() { &here } else { paths };
    let mut found: Option<(PathBuf, PathBuf)> = None;
    for path in starts {
        let start = if path.as_os_str() == "-" { &here[0] } else { path };
        let Some(file) = Config::locate(start) else { continue };
        let file = file.strip_prefix("./").map(PathBuf::from).unwrap_or(file);
        let real = file.canonicalize().unwrap_or_else(|_| file.clone());
        match &found {
            Some((_, other)) if *other != real => {
                let (first, _) = found.unwrap_or_default();
                let message =
                    format!("these plans belong to two configurations: {} and {}", first.display(), file.display());
                return Err(Stop::new(message)
                    .help("check them one after the other, or name one configuration with --config FILE"));
            }
            Some(_) => {}
            None => found = Some((file, real)),
        }
    }
    Ok(found.map(|(file, _)| Config::load(file)).transpose()?)
}

/// The files that a command works on: those named, else those of the configuration.
pub(crate) fn plans(paths: &[PathBuf], rules: &Rules) -> (Vec<Input>, Vec<NoPlan>) {
    let configured = rules.config().map(Config::plans).unwrap_or_default();
    inputs(if paths.is_empty() { configured } else { paths })
}

/// Every plan that can be read, and what stood in the way of the others.
pub(crate) fn load_all(paths: &[PathBuf], rules: &Rules) -> (Vec<Plan>, Vec<Failure>) {
    let (plans, failures) = load_each(paths, rules);
    (plans.into_iter().map(|(_, plan)| plan).collect(), failures)
}

/// The same, each with where it was read: the name that it is shown by is not always enough to find it again.
pub(crate) fn load_each(paths: &[PathBuf], rules: &Rules) -> (Vec<(Input, Plan)>, Vec<Failure>) {
    let (found, missing) = plans(paths, rules);
    let mut failures: Vec<Failure> =
        missing.into_iter().map(|no_plan| failure(&no_plan.path, no_plan.message, no_plan.help)).collect();
    let mut plans = Vec::new();
    for input in found {
        match load(&input, rules) {
            Ok(plan) => plans.push((input, plan)),
            Err(failure) => failures.push(*failure),
        }
    }
    (plans, failures)
}

/// A folder of rules that cannot be read.
fn unreadable(error: RulesError) -> Stop {
    Stop { help: error.help.clone(), ..Stop::new(error.to_string()) }
}

/// The day that rules take for today. The clock is read here and nowhere else.
pub(crate) fn today(given: Option<&str>) -> Result<(i16, i8, i8), Stop> {
    let date = match given {
        Some(text) => text
            .parse::<jiff::civil::Date>()
            .map_err(|_| Stop::new(format!("--today {text}: expected a date such as 2026-12-31")))?,
        None => jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date(),
    };
    Ok((date.year(), date.month(), date.day()))
}

/// A plan to look into, with the rounding that its nearest configuration states; what else that says is about rules.
pub(crate) fn load_alone(input: &Input) -> Result<Plan, Stop> {
    let start = match input {
        Input::File(path) => path.as_path(),
        Input::Stdin => Path::new("."),
    };
    let config = Config::locate(start).map(Config::load).transpose()?;
    load_with(input, config.as_ref()).map_err(|failure| {
        let stop = Stop::new(failure.message);
        failure.help.into_iter().fold(stop, Stop::help)
    })
}

/// A plan from a file or from standard input.
pub(crate) fn load(input: &Input, rules: &Rules) -> Result<Plan, Box<Failure>> {
    load_with(input, rules.config())
}

pub(crate) fn load_with(input: &Input, config: Option<&Config>) -> Result<Plan, Box<Failure>> {
    let rounding = |name: &str| config.map(|config| config.rounding_for(name)).unwrap_or_default();
    let (name, loaded) = match input {
        Input::File(path) => {
            let name = path.display().to_string();
            let loaded = Plan::load_rounded(path, rounding(&name));
            (name, loaded)
        }
        Input::Stdin => {
            let name = "<stdin>".to_owned();
            let mut bytes = Vec::new();
            let read = std::io::stdin().lock().read_to_end(&mut bytes);
            let read = read.map_err(|error| LoadError::Io { path: name.clone(), error });
            (name.clone(), read.and_then(|_| Plan::from_bytes_rounded(name.as_str(), bytes, rounding(&name))))
        }
    };
    loaded.map_err(|error| Box::new(failure(&name, error.to_string(), None)))
}

/// What stands in the way of reading a file.
pub(crate) fn failure(file: &str, message: String, help: Option<String>) -> Failure {
    Failure { help, ..Failure::new(FailureKind::File, file, message) }
}
