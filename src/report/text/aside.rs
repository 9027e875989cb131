//! What does not count: findings that are allowed or known, and known ones that have gone.

use std::io::{self, Write};

use super::harmless::harmless;
use super::snippet::Snippet;
use super::style::Style;
use crate::finding::{Report, Suppressed, SuppressedBy};
use crate::words::Lang;

/// Writes each finding that does not count, with its line and the reason.
pub(super) fn write_suppressed(report: &Report, style: &Style, out: &mut impl Write) -> io::Result<()> {
    for suppressed in &report.suppressed {
        let (finding, words) = (&suppressed.finding, style.words());
        let word = words.text(match suppressed.by {
            SuppressedBy::Inline | SuppressedBy::Config => "allowed",
            SuppressedBy::Baseline => "known",
        });
        let message = words.worded(&finding.message, finding.said.as_ref());
        style.write_headline(out, (&word, &style.strong(&word)), &format!("[{}]", finding.rule), &message)?;
        Snippet::new(report, &finding.file, finding.span, finding.severity, String::new()).write(style, out)?;
        write_reason(suppressed, style, out)?;
        writeln!(out)?;
    }
    Ok(())
}

fn write_reason(suppressed: &Suppressed, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let words = style.words();
    let because = words.text("because");
    let Some(reason) = &suppressed.reason else {
        return style.write_wrapped(out, &because, &words.text("the-baseline-holds-it"));
    };
    let reason = match &suppressed.until {
        Some(day) => {
            // English keeps the form in which allowances are written.
            let day = if words.lang() == Lang::ENGLISH { day.clone() } else { words.date(day) };
            words.with("reason-until", &[("reason", reason.into()), ("day", day.into())])
        }
        None => reason.clone(),
    };
    style.write_wrapped(out, &because, &reason)?;
    if let (SuppressedBy::Config, Some(file), Some(span)) = (suppressed.by, &suppressed.file, suppressed.span) {
        writeln!(out, "  {} {}:{}", style.dim(&words.text("said-in")), harmless(file), span.start.line)?;
    }
    Ok(())
}

/// Writes what the baseline holds and the plans do not any more.
pub(super) fn write_gone(report: &Report, style: &Style, out: &mut impl Write) -> io::Result<()> {
    if report.gone.is_empty() {
        return Ok(());
    }
    let words = style.words();
    let gone = words.with("baseline-gone", &[("count", report.gone.len().into())]);
    writeln!(out, "{}", style.strong(&gone))?;
    for gone in &report.gone {
        let place = if gone.path.is_empty() { gone.file.to_string() } else { format!("{}: {}", gone.file, gone.path) };
        writeln!(out, "  {} {} {}", harmless(&place), style.dim(&format!("[{}]", gone.rule)), harmless(&gone.message))?;
    }
    style.write_wrapped(out, &words.text("help"), &words.text("baseline-gone-help"))?;
    writeln!(out)
}

/// How many findings do not count, by what suppresses them.
pub(super) fn write_count(report: &Report, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let count = |wanted: &dyn Fn(SuppressedBy) -> bool| report.suppressed.iter().filter(|s| wanted(s.by)).count();
    let known = count(&|by| by == SuppressedBy::Baseline);
    let words = style.words();
    let parts = [(report.suppressed.len() - known, "count-allowed"), (known, "count-known")];
    let counted = |(n, key): &(usize, &str)| words.with(key, &[("count", (*n).into())]);
    let parts: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(counted).collect();
    let mut text =
        words.with("do-not-count", &[("count", report.suppressed.len().into()), ("parts", parts.join(", ").into())]);
    if !style.options.suppressed {
        text.push_str("; ");
        text.push_str(&words.text("show-suppressed"));
    }
    writeln!(out, "{text}")
}
