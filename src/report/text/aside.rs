//! What does not count: findings that are allowed or known, and known ones that have gone.

use std::io::{self, Write};

use super::counted;
use super::harmless::harmless;
use super::snippet::Snippet;
use super::style::Style;
use crate::finding::{Report, Suppressed, SuppressedBy};

/// Writes each finding that does not count, with its line and the reason.
pub(super) fn write_suppressed(report: &Report, style: &Style, out: &mut impl Write) -> io::Result<()> {
    for suppressed in &report.suppressed {
        let finding = &suppressed.finding;
        let word = match suppressed.by {
            SuppressedBy::Inline | SuppressedBy::Config => "allowed",
            SuppressedBy::Baseline => "known",
        };
        style.write_headline(out, (word, &style.strong(word)), &format!("[{}]", finding.rule), &finding.message)?;
        Snippet::new(report, &finding.file, finding.span, finding.severity, String::new()).write(style, out)?;
        write_reason(suppressed, style, out)?;
        writeln!(out)?;
    }
    Ok(())
}

fn write_reason(suppressed: &Suppressed, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let Some(reason) = &suppressed.reason else {
        return style.write_wrapped(out, "because", "the baseline holds it");
    };
    let until = suppressed.until.as_ref().map(|day| format!(" (until {day})")).unwrap_or_default();
    style.write_wrapped(out, "because", &format!("{reason}{until}"))?;
    if let (SuppressedBy::Config, Some(file), Some(span)) = (suppressed.by, &suppressed.file, suppressed.span) {
        writeln!(out, "  {} {}:{}", style.dim("said in"), harmless(file), span.start.line)?;
    }
    Ok(())
}

/// Writes what the baseline holds and the plans do not any more.
pub(super) fn write_gone(report: &Report, style: &Style, out: &mut impl Write) -> io::Result<()> {
    if report.gone.is_empty() {
        return Ok(());
    }
    let n = counted(report.gone.len(), "finding", "findings");
    writeln!(out, "{}", style.strong(&format!("{n} of the baseline gone:")))?;
    for gone in &report.gone {
        let place = if gone.path.is_empty() { gone.file.to_string() } else { format!("{}: {}", gone.file, gone.path) };
        writeln!(out, "  {} {} {}", harmless(&place), style.dim(&format!("[{}]", gone.rule)), harmless(&gone.message))?;
    }
    style.write_wrapped(out, "help", "`crossfoot baseline write` takes them out of the baseline")?;
    writeln!(out)
}

/// How many findings do not count, by what suppresses them.
pub(super) fn write_count(report: &Report, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let count = |wanted: &dyn Fn(SuppressedBy) -> bool| report.suppressed.iter().filter(|s| wanted(s.by)).count();
    let known = count(&|by| by == SuppressedBy::Baseline);
    let parts = [(report.suppressed.len() - known, "allowed"), (known, "in the baseline")];
    let parts: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    let n = counted(report.suppressed.len(), "finding does", "findings do");
    let hint = if style.options.suppressed { "" } else { "; --show-suppressed shows them" };
    writeln!(out, "{n} not count: {}{hint}", parts.join(", "))
}
