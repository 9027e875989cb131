//! `crossfoot fix`.

use std::collections::HashSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use super::args::{BaselineArgs, ColorArgs, DayArgs, FailLevel, RuleArgs};
use super::figures::Format;
use super::{Stop, answer, ask, check, common, errors, overwrite, say, terminal, write_as, write_exactly, write_text};
use crossfoot::finding::Failure;
use crossfoot::fix::{Fixed, FixedFile, Fixer, Written, diff, json, text};
use crossfoot::plan::files::Input;
use crossfoot::report::{self, TextOptions};
use crossfoot::{Auditor, Plan, Rules};

/// The name that reports show for standard input.
const STDIN: &str = "<stdin>";

#[derive(Debug, clap::Args)]
pub(crate) struct Fix {
    /// Files, directories, globs, or `-` for standard input, whose fixed text is printed [default: the plans of
    /// crossfoot.toml, plans/, or the current directory]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// Print what would change as a diff, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// Ask for each fix, safe or not, with its finding shown above it
    #[arg(long, short, conflicts_with_all = ["unsafe_of", "format"])]
    pub(crate) interactive: bool,

    /// Apply the unsafe fixes of these rules too: an id, a glob such as `risks/*`, or a folder (repeatable)
    #[arg(long = "unsafe", value_name = "RULE", value_delimiter = ',')]
    pub(crate) unsafe_of: Vec<String>,

    /// Write files that have changes which git does not have yet, or several names (hard links)
    #[arg(long)]
    pub(crate) force: bool,

    #[command(flatten)]
    pub(crate) rules: RuleArgs,

    /// How the result is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,

    /// The exit status is 1 when a finding of this severity or above is left [default: error]
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(crate) fail_on: Option<FailLevel>,

    #[command(flatten)]
    pub(crate) baseline: BaselineArgs,

    #[command(flatten)]
    pub(crate) day: DayArgs,

    #[command(flatten)]
    pub(crate) color: ColorArgs,
}

pub(crate) fn run(args: &Fix) -> Result<ExitCode, Stop> {
    if args.interactive && args.paths.iter().any(|path| path.as_os_str() == "-") {
        return Err(Stop::new("the plan and the answers cannot both come from standard input")
            .help("name the plan's file, or leave out --interactive"));
    }
    let rules = common::rules(&args.rules, &args.paths)?;
    let unsafe_of = rules.matching(&args.unsafe_of).map_err(|error| Stop::new(format!("--unsafe: {error}")))?;
    let (year, month, day) = common::today(args.day.today.as_deref())?;
    let baseline = check::baseline_of(&args.baseline, &rules)?;
    let (loaded, mut failures) = common::load_each(&args.paths, &rules);
    let (inputs, plans) = told_apart(loaded, &mut failures);
    let mut auditor = Auditor::new(&rules).today(year, month, day).all_plans(args.paths.is_empty());
    if let Some(baseline) = &baseline {
        auditor = auditor.baseline(baseline);
    }
    let fixer = Fixer::new(auditor).also_unsafe(unsafe_of);
    let tells_before = args.interactive && !args.dry_run;
    let guarded = if tells_before { guarded(&inputs, &plans, args.force) } else { Vec::new() };
    let mut fixed = if args.interactive {
        let report = auditor.audit_all(&plans);
        ask::each(&fixer, &plans, report, &guarded, args.color.when)?
    } else {
        fixer.fix(&plans)
    };
    let files: Vec<Written> = inputs.iter().zip(&fixed.files).map(|(input, file)| write(args, input, file)).collect();
    finish(args, &rules, &mut fixed, &files, failures, !guarded.is_empty())
}

/// Shows what came of it, and says how it ended.
fn finish(
    args: &Fix,
    rules: &Rules,
    fixed: &mut Fixed,
    files: &[Written],
    failures: Vec<Failure>,
    guarded: bool,
) -> Result<ExitCode, Stop> {
    fixed.left.add_failures(failures);
    print(args, fixed, files)?;
    let stopped = guarded || files.iter().any(|file| file.why.is_some());
    let code = if stopped { 2 } else { fixed.left.verdict(check::level(args.fail_on, rules)).code() };
    Ok(ExitCode::from(u8::try_from(code).unwrap_or(2)))
}

fn print(args: &Fix, fixed: &Fixed, files: &[Written]) -> Result<(), Stop> {
    if args.format == Format::Json {
        write_as(report::Written::Json, |out| json(fixed, files, out))?;
        return Ok(());
    }
    let options = terminal::options(args.color.when);
    // What is printed for others to read on, a diff or a text, stands alone on standard output.
    let text_of = |file: &&FixedFile| &*file.file == STDIN && !args.dry_run;
    if args.dry_run {
        let mut shown = Vec::new();
        fixed.files.iter().try_for_each(|file| diff(file, &options, &mut shown))?;
        if options.color {
            write_text(&options, |out| out.write_all(&shown))?;
        } else {
            write_exactly(&shown)?;
        }
    } else if let Some(file) = fixed.files.iter().find(text_of) {
        write_exactly(file.after.as_bytes())?;
    } else {
        write_text(&options, |out| text(fixed, files, &options, out))?;
        return Ok(());
    }
    let options: TextOptions = terminal::error_options(args.color.when);
    let _ = text(fixed, files, &options, &mut errors(&options));
    Ok(())
}

/// Plans and where they were read, but for those that are shown by a name that another has: what is found in one would be mended
/// in the other. Names that are no text may be shown alike.
fn told_apart(loaded: Vec<(Input, Plan)>, failures: &mut Vec<Failure>) -> (Vec<Input>, Vec<Plan>) {
    let mut names = HashSet::new();
    let is_new = |(_, plan): &(Input, Plan)| {
        let name = plan.source().shared_name();
        let is_new = names.insert(Arc::clone(&name));
        if !is_new {
            let message =
                "another plan here is shown by the same name, and what is found in the two cannot be told apart";
            failures.push(common::failure(&name, message.to_owned(), Some("fix them one by one".to_owned())));
        }
        is_new
    };
    loaded.into_iter().filter(is_new).unzip()
}

/// Writes a file that fixes change, unless something stands in the way.
fn write(args: &Fix, input: &Input, file: &FixedFile) -> Written {
    let changed = file.is_changed();
    let mut written = Written { file: file.file.clone(), changed, written: false, why: None, text: None };
    match input {
        Input::Stdin => written.text = Some(file.after.clone()),
        Input::File(path) if changed && !args.dry_run => match replace(args, path, file) {
            Ok(()) => written.written = true,
            Err(why) => written.why = Some(why),
        },
        Input::File(_) => {}
    }
    written
}

fn replace(args: &Fix, path: &Path, file: &FixedFile) -> Result<(), String> {
    match overwrite::why_not(path, args.force) {
        Some(why) => Err(why),
        None => answer::replace(path, &file.before, &file.after),
    }
}

/// Files that may not be written, which are told before anybody is asked about the others.
fn guarded(inputs: &[Input], plans: &[Plan], forced: bool) -> Vec<String> {
    let why_not = |(input, plan): (&Input, &Plan)| match input {
        Input::File(path) => overwrite::why_not(path, forced).map(|why| (plan.name().to_owned(), why)),
        Input::Stdin => None,
    };
    let guarded: Vec<(String, String)> = inputs.iter().zip(plans).filter_map(why_not).collect();
    for (file, why) in &guarded {
        say(&format!("error: {file}: {why}"));
    }
    guarded.into_iter().map(|(file, _)| file).collect()
}
