//! What fixing came to, for a terminal and for programs, and what it changes, as a diff.

use std::io::{self, Write};

use serde::Serialize;
use similar::TextDiff;

use super::outcome::{Applied, Fixed, FixedFile, Refused, Written};
use crate::finding::{Finding, Report, Severity, Tool};
use crate::report::{Style, TextOptions, harmless};

/// Findings that are listed as left; `crossfoot check` shows all of them.
const MOST_LEFT: usize = 20;

/// Writes what fixing came to: what was applied, what was refused, what is left.
///
/// # Errors
/// When `out` refuses a write.
pub fn text(fixed: &Fixed, files: &[Written], options: &TextOptions, out: &mut impl Write) -> io::Result<()> {
    let style = Style::new(*options);
    for file in files {
        write_file(fixed, file, &style, out)?;
    }
    if !fixed.refused.is_empty() {
        writeln!(out, "{}", style.strong("not applied:"))?;
        write_refused(&fixed.refused, &style, out)?;
    }
    if fixed.more {
        let text = format!("stopped after {} rounds: run it again for what is left to fix", fixed.rounds);
        writeln!(out, "{}", style.strong(&text))?;
    }
    let is_done = files.iter().all(|file| !file.changed || file.written || file.text.is_some());
    if fixed.applied.is_empty()
        && fixed.refused.is_empty()
        && fixed.left.findings.is_empty()
        && !fixed.left.plans.is_empty()
    {
        writeln!(out, "nothing to fix")?;
        return write_errors(&fixed.left, &style, out);
    }
    write_left(fixed, is_done, &style, out)
}

/// Fixes that were refused; of several with one reason, the reason stands once, beneath them.
fn write_refused(refused: &[Refused], style: &Style, out: &mut impl Write) -> io::Result<()> {
    let first = |at: &usize| refused[..*at].iter().all(|other| other.why != refused[*at].why);
    for why in (0..refused.len()).filter(first).map(|at| &refused[at].why) {
        for one in refused.iter().filter(|one| one.why == *why) {
            write_fix(&one.fix, style, out)?;
        }
        style.write_hanging(out, 4, &harmless(&format!("because {why}")))?;
    }
    Ok(())
}

fn write_file(fixed: &Fixed, file: &Written, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let applied: Vec<&Applied> = fixed.applied.iter().filter(|fix| fix.file == file.file).collect();
    if applied.is_empty() && file.why.is_none() {
        return Ok(());
    }
    let n = match applied.len() {
        1 => "1 fix".to_owned(),
        n => format!("{n} fixes"),
    };
    let what = if file.written || file.text.is_some() { n } else { format!("{n}, not written") };
    writeln!(out, "{}", style.strong(&format!("{}: {what}", file.file)))?;
    for fix in applied {
        write_fix(fix, style, out)?;
    }
    match &file.why {
        Some(why) => style.write_wrapped(out, &style.severity(Severity::Error, "error"), why),
        None => Ok(()),
    }
}

fn write_fix(fix: &Applied, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let place = if fix.name.is_empty() { fix.file.to_string() } else { fix.name.clone() };
    let safety = if fix.safe { "" } else { "unsafe, " };
    let rule = style.dim(&format!("[{safety}{}]", fix.rule));
    style.write_hanging(out, 2, &format!("{} {rule}", harmless(&format!("{place}: {}", what_it_does(fix)))))
}

/// Values that are longer are not shown beside those that take their place.
const LONGEST_SHOWN: usize = 30;

/// What a fix does, with the value that was there.
fn what_it_does(fix: &Applied) -> String {
    match (&fix.was, &fix.is) {
        (Some(was), Some(is)) if was.len() <= LONGEST_SHOWN && fix.title == format!("set it to {is}") => {
            format!("{was} -> {is}")
        }
        (Some(was), Some(is)) if was.len() <= LONGEST_SHOWN && fix.title.ends_with(&format!(" to {is}")) => {
            format!("{}, was {was}", fix.title)
        }
        _ => fix.title.clone(),
    }
}

/// What is left, or would be, where not all that changed was written.
fn write_left(fixed: &Fixed, is_done: bool, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let left = &fixed.left;
    let summary = &left.summary;
    let counts = [
        (summary.error, Severity::Error, "error", "errors"),
        (summary.warning, Severity::Warning, "warning", "warnings"),
        (summary.info, Severity::Info, "note", "notes"),
    ];
    let counted = |(n, severity, one, many): &(usize, Severity, &str, &str)| {
        style.severity(*severity, &format!("{n} {}", if *n == 1 { one } else { many }))
    };
    let parts: Vec<String> = counts.iter().filter(|(n, ..)| *n > 0).map(counted).collect();
    if left.plans.is_empty() && !left.errors.is_empty() {
        writeln!(out, "{}", style.severity(Severity::Error, "no plan was read"))?;
    } else if parts.is_empty() {
        writeln!(out, "{}", if is_done { "nothing is left" } else { "nothing would be left" })?;
    } else {
        writeln!(out, "{}: {}", if is_done { "left" } else { "would be left" }, parts.join(", "))?;
    }
    for finding in left.findings.iter().take(MOST_LEFT) {
        write_finding(finding, style, out)?;
    }
    let more = left.findings.len().saturating_sub(MOST_LEFT);
    if more > 0 {
        writeln!(out, "  and {more} more; `crossfoot check` shows all")?;
    }
    let unsafe_only = |finding: &&Finding| !finding.fixes.is_empty() && finding.fixes.iter().all(|fix| !fix.safe);
    match left.findings.iter().filter(unsafe_only).count() {
        _ if fixed.asked => {}
        0 => {}
        1 => writeln!(out, "1 of them offers a fix that is not safe: `crossfoot fix --interactive` asks for it")?,
        n => writeln!(out, "{n} of them offer a fix that is not safe: `crossfoot fix --interactive` asks for each")?,
    }
    write_errors(left, style, out)
}

fn write_errors(left: &Report, style: &Style, out: &mut impl Write) -> io::Result<()> {
    for error in &left.errors {
        let text = format!("{}: {}", error.file, error.message);
        style.write_wrapped(out, &style.severity(Severity::Error, "error"), &text)?;
    }
    Ok(())
}

fn write_finding(finding: &Finding, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let word = style.severity(finding.severity, finding.severity.word());
    let message = style.words().worded(&finding.message, finding.said.as_ref());
    let place = style.dim(&format!("{}:{}", finding.file, finding.span.start.line));
    let rule = style.dim(&format!("[{}]", finding.rule));
    style.write_hanging(out, 2, &format!("{place} {word}{rule} {}", harmless(&message)))
}

/// Writes what fixing changes in a file, as a unified diff that `patch` and `git apply` take.
///
/// # Errors
/// When `out` refuses a write.
pub fn diff(file: &FixedFile, options: &TextOptions, out: &mut impl Write) -> io::Result<()> {
    if !file.is_changed() {
        return Ok(());
    }
    let style = Style::new(*options);
    let diff = TextDiff::from_lines(&file.before, &file.after);
    // A name with blanks ends at a tab, else `patch` takes its first word.
    let tab = if file.file.contains(' ') { "\t" } else { "" };
    let name = &format!("{}{tab}", file.file);
    let unified = diff.unified_diff().context_radius(2).header(name, name).to_string();
    if !options.color {
        return out.write_all(unified.as_bytes());
    }
    for line in unified.split_inclusive('\n') {
        let (text, end) = line.strip_suffix('\n').map_or((line, ""), |text| (text, "\n"));
        let styled = match line.as_bytes().first() {
            Some(b'+') => style.severity(Severity::Info, text),
            Some(b'-') => style.severity(Severity::Error, text),
            Some(b'@') => style.dim(text),
            _ => harmless(text),
        };
        write!(out, "{styled}{end}")?;
    }
    Ok(())
}

/// The version of the JSON document that this program writes.
const CONTRACT: u32 = 1;

/// The document of `crossfoot fix --format json`.
#[derive(Serialize)]
struct Document<'f> {
    schema: u32,
    tool: Tool,
    files: &'f [Written],
    applied: &'f [Applied],
    refused: &'f [Refused],
    rounds: usize,
    more: bool,
    left: &'f Report,
}

/// Writes what fixing came to as one JSON document: the files, what was applied, what was refused, and the report of what is
/// left.
///
/// # Errors
/// When `out` refuses a write.
pub fn json(fixed: &Fixed, files: &[Written], out: &mut impl Write) -> io::Result<()> {
    let document = Document {
        schema: CONTRACT,
        tool: Tool::THIS,
        files,
        applied: &fixed.applied,
        refused: &fixed.refused,
        rounds: fixed.rounds,
        more: fixed.more,
        left: &fixed.left,
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    out.write_all(b"\n")
}
