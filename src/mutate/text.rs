//! A mutation run for a terminal: what nobody noticed, by place; then the scores.

use std::io::{self, Write};

use super::report::{Mutation, MutationReport, Score};
use crate::finding::Severity;
use crate::report::{Style, TextOptions, harmless};

/// Which mutations are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Show {
    /// Whether mutations that were noticed are shown too, with the rules that did.
    pub all: bool,
}

/// Writes a mutation run for a terminal.
///
/// # Errors
/// When `out` refuses a write.
pub fn text(report: &MutationReport, show: Show, options: &TextOptions, out: &mut impl Write) -> io::Result<()> {
    let style = Style::new(*options);
    let mut part = None;
    for mutation in report.mutations.iter().filter(|mutation| show.all || mutation.noticed_by.is_empty()) {
        if part != Some(&mutation.part) {
            if part.is_some() {
                writeln!(out)?;
            }
            writeln!(out, "{}", style.strong(&mutation.part))?;
            part = Some(&mutation.part);
        }
        write_mutation(report, mutation, &style, out)?;
    }
    if part.is_some() {
        writeln!(out)?;
    }
    if report.score.made == 0 {
        return writeln!(out, "{}: nothing in it can be changed so, one at a time", harmless(&report.file));
    }
    write_scores(report, &style, out)?;
    write_rules(report, &style, out)?;
    write_summary(report, &style, out)
}

/// Writes a mutation run as JSON, indented, with a final line end. Mutations that were noticed are left out unless all are
/// wanted; they are counted either way.
///
/// # Errors
/// When `out` refuses a write.
pub fn json(report: &MutationReport, options: Show, out: &mut impl Write) -> io::Result<()> {
    let only = MutationReport {
        mutations: report.mutations.iter().filter(|m| options.all || m.noticed_by.is_empty()).cloned().collect(),
        ..report.clone()
    };
    serde_json::to_writer_pretty(&mut *out, &only)?;
    out.write_all(b"\n")
}

fn write_mutation(report: &MutationReport, mutation: &Mutation, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let start = mutation.span.start;
    let became = mutation.became.as_deref().unwrap_or("(removed)");
    let noticed = if mutation.noticed_by.is_empty() {
        style.severity(Severity::Warning, "no rule noticed")
    } else {
        format!("noticed by {}", mutation.noticed_by.join(", "))
    };
    writeln!(
        out,
        "  {} {}: {}: {} -> {}: {noticed}",
        style.dim(&format!("{}:{}:{}:", harmless(&report.file), start.line, start.column)),
        mutation.kind.word(),
        harmless(&mutation.name),
        shortened(&mutation.was),
        shortened(became)
    )
}

/// Characters of a value that a line shows.
const LONGEST: usize = 60;

fn shortened(text: &str) -> String {
    let line = harmless(&text.replace('\n', " "));
    match line.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}...", &line[..at]),
        None => line,
    }
}

fn write_scores(report: &MutationReport, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let head = format!("{:<18} {:>6} {:>8} {:>7}", "kind", "made", "noticed", "score");
    writeln!(out, "{}", style.strong(&head))?;
    for kind in &report.kinds {
        write_score(kind.kind.word(), &kind.score, out)?;
    }
    write_score("figures", &report.figures, out)?;
    write_score("all", &report.score, out)?;
    writeln!(out)
}

fn write_score(name: &str, score: &Score, out: &mut impl Write) -> io::Result<()> {
    let percent = score.percent().map_or_else(|| "-".to_owned(), |percent| format!("{percent} %"));
    writeln!(out, "{name:<18} {:>6} {:>8} {percent:>7}", score.made, score.noticed)
}

fn write_rules(report: &MutationReport, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let width = report.rules.iter().map(|rule| rule.rule.chars().count()).max().unwrap_or(0).max(4);
    if report.score.noticed > 0 {
        writeln!(out, "{}", style.strong(&format!("{:<width$} {:>8} {:>6}", "rule", "noticed", "alone")))?;
    }
    for rule in report.rules.iter().filter(|rule| rule.noticed > 0) {
        writeln!(out, "{:<width$} {:>8} {:>6}", rule.rule, rule.noticed, rule.alone)?;
    }
    let idle: Vec<&str> = report.rules.iter().filter(|rule| rule.noticed == 0).map(|rule| rule.rule.as_ref()).collect();
    if !idle.is_empty() {
        style.write_hanging(out, 0, &format!("noticed nothing: {}", idle.join(", ")))?;
    }
    writeln!(out)
}

fn write_summary(report: &MutationReport, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let score = &report.score;
    let missed = score.made - score.noticed;
    let file = harmless(&report.file);
    let percent = score.percent().map_or_else(String::new, |percent| format!(" ({percent} %)"));
    writeln!(out, "{file}: {} of {} mutations noticed{percent}, {missed} not", score.noticed, score.made)?;
    if report.within_rounding > 0 {
        writeln!(out, "{} more were not made, because rounding explains them", report.within_rounding)?;
    }
    if let Some(sample) = report.sample {
        writeln!(out, "chosen at random among {}, with seed {}", sample.of, sample.seed)?;
    }
    if let Some(why) = &report.not_run {
        style.write_hanging(out, 0, &harmless(why))?;
    }
    match report.findings_before {
        0 => Ok(()),
        1 => writeln!(out, "the plan has 1 finding as it stands; only new ones count"),
        n => writeln!(out, "the plan has {n} findings as it stands; only new ones count"),
    }
}
