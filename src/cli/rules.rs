//! `crossfoot rules`.

use std::io;
use std::process::ExitCode;

use super::args::{ColorArgs, RuleArgs};
use super::{Stop, common, terminal, write_as, write_text};
use crossfoot::config::Level;
use crossfoot::report::{Cell, TextOptions, Written};
use crossfoot::rules::{Catalogue, Topic};
use crossfoot::words::Words;
use crossfoot::{Report, Rules, report};

#[derive(Debug, clap::Args)]
pub(crate) struct Listing {
    /// List only these: an id, a glob such as `totals/*`, or a folder
    #[arg(value_name = "RULE")]
    patterns: Vec<String>,

    #[command(flatten)]
    rules: RuleArgs,

    /// How the list is written
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    format: ListFormat,

    #[command(flatten)]
    pub(crate) color: ColorArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum ListFormat {
    /// For people, at a terminal
    Text,
    /// For programs
    Json,
}

pub(crate) fn run(args: &Listing) -> Result<ExitCode, Stop> {
    let mut wanted = args.rules.clone();
    wanted.only.extend(args.patterns.iter().cloned());
    let rules = common::rules(&wanted, &[])?;
    let catalogue = rules.catalogue();
    match args.format {
        ListFormat::Json => write_as(Written::Json, |out| {
            serde_json::to_writer_pretty(&mut *out, &catalogue)?;
            io::Write::write_all(out, b"\n")
        })?,
        ListFormat::Text => {
            let options = terminal::options(args.color.when);
            write_text(&options, |out| write_list(&rules, &catalogue, &options, out))?;
        }
    }
    Ok(ExitCode::from(if catalogue.errors.is_empty() { 0 } else { 2 }))
}

fn write_list(rules: &Rules, catalogue: &Catalogue, options: &TextOptions, out: &mut impl io::Write) -> io::Result<()> {
    let words = Words::of(options.lang);
    let rule_row = |rule: &crossfoot::rules::RuleEntry| {
        vec![
            Cell::strong(rule.id.as_ref()),
            level(rule.level),
            Cell::dim(rule.origin.clone()),
            Cell::plain(words.phrase(&rule.title)),
        ]
    };
    let rows: Vec<Vec<Cell>> = catalogue.rules.iter().map(rule_row).collect();
    report::columns(&rows, options, out)?;
    if !catalogue.others.is_empty() {
        if !rows.is_empty() {
            writeln!(out, "\nFound without a rule, while a plan is loaded or a finding is set aside:\n")?;
        }
        let row = |entry: &crossfoot::rules::FindingEntry| {
            vec![Cell::strong(entry.id), level(entry.level), Cell::plain(entry.title)]
        };
        report::columns(&catalogue.others.iter().map(row).collect::<Vec<_>>(), options, out)?;
    }
    if !catalogue.errors.is_empty() {
        writeln!(out)?;
        report::problems(&failures(rules, catalogue.errors.clone()), options, out)?;
    }
    Ok(())
}

fn level(level: Level) -> Cell {
    match level {
        Level::At(severity) => Cell::severity(severity),
        Level::Off => Cell::dim(level.to_string()),
    }
}

/// What is wrong with rules, as a report that can show their lines.
pub(super) fn failures(rules: &Rules, failures: Vec<crossfoot::finding::Failure>) -> Report {
    let sources = rules.failed_sources().iter();
    let sources = sources.map(|source| (source.shared_name(), std::sync::Arc::clone(source))).collect();
    Report::new(Vec::new(), Vec::new(), failures, Vec::new(), sources)
}

/// A list of things that have a page. Of what kind they are is said where they are of several kinds, and where they come from
/// where two have one name.
pub(super) fn write_topics(topics: &[Topic<'_>], options: &TextOptions, out: &mut impl io::Write) -> io::Result<()> {
    let several = topics.windows(2).any(|pair| pair[0].kind() != pair[1].kind());
    let namesakes =
        topics.iter().enumerate().any(|(at, topic)| topics[..at].iter().any(|other| other.name() == topic.name()));
    let row = |topic: &Topic<'_>| {
        let origin = namesakes.then(|| Cell::dim(topic.origin().unwrap_or_default()));
        let kind = several.then(|| Cell::dim(topic.kind()));
        [
            Some(Cell::strong(topic.name())),
            kind,
            origin,
            Some(Cell::plain(Words::of(options.lang).phrase(topic.title()))),
        ]
        .into_iter()
        .flatten()
        .collect()
    };
    report::columns(&topics.iter().map(row).collect::<Vec<Vec<Cell>>>(), options, out)
}
