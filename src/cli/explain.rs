//! `crossfoot explain`.

use std::io::{self, Write as _};
use std::process::ExitCode;

use super::args::{ColorArgs, RuleArgs};
use super::rules::{failures, write_topics};
use super::{Stop, common, terminal, write_text};
use crossfoot::report::TextOptions;
use crossfoot::rules::Topic;
use crossfoot::words::Words;
use crossfoot::{Rules, report};

#[derive(Debug, clap::Args)]
pub(crate) struct Explain {
    /// A rule or its file, a pack, a verb or operator of the rule language, a key of plans, or a finding such as
    /// `plan/unknown-key`
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,

    #[command(flatten)]
    rules: RuleArgs,

    /// Also print the rule's own text
    #[arg(long)]
    source: bool,

    /// Also print the plan that the examples of verbs speak of
    #[arg(long)]
    plan: bool,

    #[command(flatten)]
    pub(crate) color: ColorArgs,
}

pub(crate) fn run(args: &Explain) -> Result<ExitCode, Stop> {
    let rules = common::rules(&args.rules, &[])?;
    let options = terminal::options(args.color.when);
    let mut found = Vec::new();
    for name in &args.names {
        if name.trim().is_empty() {
            return Err(Stop::new("there is nothing to explain: a name is empty")
                .help("`crossfoot rules` lists the rules, `crossfoot explain verbs` the verbs"));
        }
        found.push(rules.topics(name).map_err(|unknown| {
            let help = match &unknown.meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "`crossfoot rules` lists the rules, `crossfoot explain verbs` the verbs".to_owned(),
            };
            Stop::new(unknown.to_string()).help(help)
        })?);
    }
    let mut code = 0;
    write_text(&options, |out| {
        for (at, topics) in found.iter().enumerate() {
            if at > 0 {
                writeln!(out)?;
            }
            code = code.max(write_topic(&rules, topics, args, &options, out)?);
        }
        let verbs = found.iter().flatten().any(|topic| matches!(topic, Topic::Verb(_)));
        if args.plan && verbs {
            writeln!(out)?;
            report::page(&crossfoot::rules::example_plan(), &options, out)?;
        }
        Ok(())
    })?;
    Ok(ExitCode::from(code))
}

/// The page of one thing, or a list of several. The exit status: 2 for a rule that does not compile.
fn write_topic(
    rules: &Rules,
    topics: &[Topic<'_>],
    args: &Explain,
    options: &TextOptions,
    out: &mut impl io::Write,
) -> io::Result<u8> {
    let [topic] = topics else {
        write_topics(topics, options, out)?;
        return Ok(0);
    };
    let Some(page) = topic.page_in(rules, Words::of(options.lang)) else {
        let faults = rules.failures().iter().filter(|failure| failure.rule.as_deref() == Some(topic.name()));
        report::problems(&failures(rules, faults.cloned().collect()), options, out)?;
        return Ok(2);
    };
    report::page(&page, options, out)?;
    if let (true, Topic::Rule(rule) | Topic::Shared(rule)) = (args.source, topic) {
        writeln!(out)?;
        report::page(&fenced(rule.source().text()), options, out)?;
    }
    Ok(0)
}

/// A text as a block of code, whatever marks stand in it.
fn fenced(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("## Source\n\n{fence}rhai\n{}\n{fence}\n", text.trim_end())
}
