//! `crossfoot repl`: expressions on a plan, one after the other, from a terminal or from a pipe.

mod commands;
mod editor;

use std::cell::RefCell;
use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::rc::Rc;

use super::args::{ColorArgs, RuleArgs};
use super::eval::{Loaded, checked, input};
use super::rules::write_topics;
use super::{Stop, common, errors, terminal, write_out, write_text};
use commands::{COMMANDS, Command};
use crossfoot::finding::Evaluation;
use crossfoot::plan::files::Input;
use crossfoot::report::{Cell, Detail, TextOptions};
use crossfoot::script::{Session, VERBS, is_open};
use crossfoot::{Rules, report};

#[derive(Debug, clap::Args)]
pub(crate) struct Repl {
    /// The plan, a file
    #[arg(value_name = "PLAN")]
    plan: PathBuf,

    #[command(flatten)]
    rules: RuleArgs,

    /// The day that `today()` gives [default: the system's, in UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<String>,

    #[command(flatten)]
    pub(crate) color: ColorArgs,
}

pub(crate) fn run(args: &Repl) -> Result<ExitCode, Stop> {
    let (year, month, day) = common::today(args.today.as_deref())?;
    let input = input(&args.plan);
    if input == Input::Stdin {
        return Err(Stop::new("standard input is where expressions are read from: name a file for the plan"));
    }
    let options = terminal::options(args.color.when);
    let rules = common::rules(&args.rules, std::slice::from_ref(&args.plan))?;
    let plan = match load(&input, &rules)? {
        Loaded::Plan(plan) => plan,
        Loaded::NotToml(report) => {
            let options = terminal::error_options(args.color.when);
            report::problems(&report, &options, &mut errors(&options))?;
            return Ok(ExitCode::from(2));
        }
    };
    let session = Rc::new(RefCell::new(rules.session(&plan).today(year, month, day)));
    let mut prompt = Prompt { session, rules, input, options, last: None, worst: 0 };
    if io::stdin().is_terminal() {
        let figures = plan.figures();
        write_out(|out| writeln!(out, "{}: {figures} figures. `:help` lists the commands.", plan.name()))?;
        editor::run(&mut prompt)?;
        return Ok(ExitCode::SUCCESS);
    }
    prompt.run_lines()?;
    Ok(ExitCode::from(prompt.worst))
}

/// Reads the plan, with the rounding that the configuration of its rules states.
fn load(input: &Input, rules: &Rules) -> Result<Loaded, Stop> {
    let plan = common::load(input, rules).map_err(|failure| {
        let stop = Stop::new(failure.message);
        failure.help.into_iter().fold(stop, Stop::help)
    })?;
    Ok(checked(plan))
}

/// Whether to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Entry,
    End,
}

struct Prompt {
    /// Shared with the editor, which completes from it.
    session: Rc<RefCell<Session>>,
    rules: Rules,
    input: Input,
    options: TextOptions,
    last: Option<Evaluation>,
    /// The worst exit status of what was evaluated.
    worst: u8,
}

impl Prompt {
    /// Reads entries from standard input, without prompts.
    fn run_lines(&mut self) -> Result<(), Stop> {
        let mut entry = String::new();
        for line in io::stdin().lock().lines() {
            let line = line.map_err(|error| Stop::new(format!("cannot read standard input: {error}")))?;
            entry.push_str(&line);
            if is_open(&entry) && !entry.trim_start().starts_with(':') {
                entry.push('\n');
                continue;
            }
            if self.enter(&std::mem::take(&mut entry))? == Next::End {
                return Ok(());
            }
        }
        self.enter(&entry).map(|_| ())
    }

    /// Does what one entry asks for.
    fn enter(&mut self, entry: &str) -> Result<Next, Stop> {
        let entry = entry.trim();
        if entry.is_empty() {
            return Ok(Next::Entry);
        }
        match entry.strip_prefix(':') {
            Some(command) => match Command::read(command) {
                Ok(Command::Quit) => return Ok(Next::End),
                Ok(command) => self.obey(&command)?,
                Err(message) => self.complain(&message, 2)?,
            },
            None => {
                let evaluation = self.session.borrow_mut().evaluate(entry);
                self.show(&evaluation, Detail::Brief)?;
                self.last = Some(evaluation);
            }
        }
        Ok(Next::Entry)
    }

    fn show(&mut self, evaluation: &Evaluation, detail: Detail) -> Result<(), Stop> {
        self.worst = self.worst.max(u8::try_from(evaluation.verdict().code()).unwrap_or(2));
        Ok(write_text(&self.options, |out| report::evaluation(evaluation, detail, &self.options, out))?)
    }

    fn complain(&mut self, message: &str, status: u8) -> Result<(), Stop> {
        self.worst = self.worst.max(status);
        Ok(write_out(|out| writeln!(out, "error: {message}"))?)
    }

    fn obey(&mut self, command: &Command) -> Result<(), Stop> {
        let options = self.options;
        match command {
            Command::Help => {
                let row = |(name, about): &(&str, &str)| vec![Cell::strong(*name), Cell::plain(*about)];
                write_text(&options, |out| {
                    writeln!(
                        out,
                        "An expression is evaluated: `sum(plan.objectives.total[\"2026\"])`. `let x = ...;` defines `x`."
                    )?;
                    report::columns(&COMMANDS.iter().map(row).collect::<Vec<_>>(), &options, out)
                })?;
            }
            Command::Verbs => {
                let row = |verb: &crossfoot::script::VerbDoc| vec![Cell::strong(verb.name), Cell::plain(verb.brief())];
                write_text(&options, |out| report::columns(&VERBS.iter().map(row).collect::<Vec<_>>(), &options, out))?;
            }
            Command::Explain(name) => self.explain(name)?,
            Command::Why => match self.last.take() {
                Some(last) => {
                    write_text(&options, |out| report::evaluation(&last, Detail::All, &options, out))?;
                    self.last = Some(last);
                }
                None => self.complain("nothing was evaluated yet", 0)?,
            },
            Command::Reload => self.reload()?,
            Command::Quit => {}
        }
        Ok(())
    }

    fn explain(&mut self, name: &str) -> Result<(), Stop> {
        let message = match self.rules.topics(name) {
            Ok(topics) => {
                let page = if let [topic] = topics.as_slice() { topic.page(&self.rules) } else { None };
                return Ok(write_text(&self.options, |out| match page {
                    Some(page) => report::page(&page, &self.options, out),
                    None => write_topics(&topics, &self.options, out),
                })?);
            }
            Err(unknown) => match &unknown.meant {
                Some(meant) => format!("{unknown}: did you mean `{meant}`?"),
                None => format!("{unknown}; `:verbs` lists the verbs"),
            },
        };
        self.complain(&message, 2)
    }

    /// Reads the plan anew. Where that fails, the one that was read before stays.
    fn reload(&mut self) -> Result<(), Stop> {
        let plan = match load(&self.input, &self.rules) {
            Ok(Loaded::Plan(plan)) => plan,
            Ok(Loaded::NotToml(report)) => {
                write_text(&self.options, |out| report::problems(&report, &self.options, out))?;
                return self.complain("the plan as it was read before is kept", 2);
            }
            Err(stop) => return self.complain(&format!("{}; the plan as it was read before is kept", stop.message), 2),
        };
        let failed = self.session.borrow_mut().reload(&plan);
        self.last = None;
        write_out(|out| writeln!(out, "{}: {} figures", plan.name(), plan.figures()))?;
        for evaluation in failed {
            self.complain(&format!("`{}` is no longer defined:", evaluation.expression), 2)?;
            self.show(&evaluation, Detail::Brief)?;
        }
        Ok(())
    }
}
