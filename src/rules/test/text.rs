//! A test run for a terminal: a diff of expected and found for each case that did not come out as it says, one summary.
//!
//! What came out well is counted and not told, unless asked for.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::coverage::percent;
use super::{CaseTest, CaseVerdict, Coverage, RuleTest, TestRun};
use crate::finding::Severity;
use crate::report::{Style, TextOptions, failures, harmless};
use crate::rules::Origin;

/// How a test run is told.
#[derive(Clone, Copy, Debug, Default)]
pub struct TestText {
    /// What the terminal can do.
    pub terminal: TextOptions,
    /// Whether to name every case, also those that came out as they say.
    pub verbose: bool,
}

/// Writes a test run for a terminal.
///
/// # Errors
/// When `out` refuses a write.
///
/// ```
/// use crossfoot::Rules;
/// use crossfoot::rules::test::{TestText, Tester, text};
///
/// let rules = Rules::standard();
/// let mut tester = Tester::new(&rules);
/// assert!(tester.choose("totals/outputs"));
/// let mut out = Vec::new();
/// text(&tester.run(), &TestText::default(), &mut out)?;
/// assert!(String::from_utf8_lossy(&out).contains("of 1 rule: 4 as expected"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn text(run: &TestRun, options: &TestText, out: &mut impl Write) -> io::Result<()> {
    let style = Style::new(options.terminal);
    failures(&run.failures, &run.sources, &style, out)?;
    for (rule, case) in run.cases() {
        if !case.is_as_expected() {
            write_case(case, &style, out)?;
            writeln!(out)?;
        } else if options.verbose {
            writeln!(out, "{} {}/{}", style.dim("ok"), rule.rule, case.case)?;
        }
    }
    for rule in run.without_cases() {
        write_without_cases(rule, &style, out)?;
    }
    for lost in &run.without_rule {
        writeln!(out, "{}: {lost}, so nothing runs them", style.severity(Severity::Warning, "warning"))?;
        style.write_wrapped(out, "help", "give the folder the name of the rule that they are for, or remove it")?;
        writeln!(out)?;
    }
    if let Some(coverage) = &run.coverage {
        write_coverage(coverage, &style, out)?;
    }
    write_summary(run, &style, out)
}

/// The diff of one case, in plain characters, for reports that are read elsewhere.
pub(super) fn plain(case: &CaseTest) -> String {
    let mut out = Vec::new();
    let style = Style::new(TextOptions { unicode: false, ..TextOptions::default() });
    // Writing to memory does not fail.
    let _ = write_body(case, &style, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// What is not as expected in a case, in a few words.
pub(super) fn counted(case: &CaseTest) -> String {
    let mut parts = Vec::new();
    for verdict in [CaseVerdict::WrongPlace, CaseVerdict::Missing, CaseVerdict::Noisy] {
        let n = case.expectations.iter().filter(|expectation| expectation.verdict == verdict).count();
        if n > 0 {
            parts.push(format!(
                "{n} {}",
                if verdict == CaseVerdict::WrongPlace { "in the wrong place" } else { verdict.words() }
            ));
        }
    }
    match case.verdict() {
        verdict @ (CaseVerdict::NotApplicable | CaseVerdict::WrongCounts) => parts.push(verdict.words().to_owned()),
        CaseVerdict::Faulty => parts.insert(0, "at fault".to_owned()),
        _ => {}
    }
    parts.join(", ")
}

fn write_case(case: &CaseTest, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let word = style.severity(Severity::Error, "failed");
    writeln!(out, "{word} {}: {}", style.strong(&case.file), counted(case))?;
    write_body(case, style, out)
}

fn write_body(case: &CaseTest, style: &Style, out: &mut impl Write) -> io::Result<()> {
    for fault in &case.faults {
        let line = fault.line.map(|line| format!("line {line}: ")).unwrap_or_default();
        writeln!(out, "  {line}{}", harmless(&fault.message))?;
        if let Some(help) = &fault.help {
            style.write_wrapped(out, "help", help)?;
        }
    }
    write_diff(case, style, out)?;
    if case.verdict() == CaseVerdict::NotApplicable {
        writeln!(out, "  the rule found nothing to check here: no check passed or failed")?;
        let help = format!("if that is what the case shows, write `# checks: {}` on its first line", case.found);
        style.write_wrapped(out, "help", &help)?;
    }
    match case.expected {
        Some(expected) if expected != case.found => {
            writeln!(out, "  checks {}", removed(style, &format!("- expected {expected}")))?;
            writeln!(out, "         {}", added(style, &format!("+ found    {}", case.found)))
        }
        _ => Ok(()),
    }
}

/// What was expected and what was found, under the lines of the case.
fn write_diff(case: &CaseTest, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let mut lines: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    let wrong = case.expectations.iter().filter(|expectation| expectation.verdict != CaseVerdict::AsExpected);
    for expectation in wrong {
        let severity = expectation.severity.word();
        let said = |message: &str| {
            if message.is_empty() { severity.to_owned() } else { format!("{severity}: {}", harmless(message)) }
        };
        let moved = expectation.verdict == CaseVerdict::WrongPlace;
        let (marked, found) = (expectation.marked.as_ref(), expectation.found.as_ref());
        if let Some(marked) = marked {
            let place = found.filter(|_| moved).map(|found| format!(" (found on line {})", found.line));
            let text = format!("- expected {}{}", said(&marked.message), place.unwrap_or_default());
            lines.entry(marked.line).or_default().push(removed(style, &text));
        }
        if let Some(found) = found {
            let place = marked.filter(|_| moved).map(|marked| format!(" (expected on line {})", marked.line));
            let text = format!("+ found    {}{}", said(&found.message), place.unwrap_or_default());
            lines.entry(found.line).or_default().push(added(style, &text));
        }
    }
    let bar = style.dim(if style.options.unicode { "│" } else { "|" });
    let width = lines.keys().last().map_or(0, |line| line.to_string().len());
    for (line, texts) in &lines {
        let room = style.options.width.max(40) - width - 5;
        writeln!(out, "  {} {bar} {}", style.dim(&format!("{line:>width$}")), clipped(case.line(*line), room))?;
        for text in texts {
            writeln!(out, "  {:>width$} {bar} {text}", "")?;
        }
    }
    Ok(())
}

/// As much of a line as there is room for.
fn clipped(line: &str, room: usize) -> String {
    let line = harmless(line.trim_start_matches('\u{feff}'));
    if line.chars().count() <= room {
        return line;
    }
    line.chars().take(room.saturating_sub(3)).chain("...".chars()).collect()
}

fn removed(style: &Style, text: &str) -> String {
    style.severity(Severity::Error, text)
}

fn added(style: &Style, text: &str) -> String {
    style.severity(Severity::Info, text)
}

fn write_without_cases(rule: &RuleTest, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let word = style.severity(Severity::Warning, "warning");
    writeln!(out, "{word}: the rule {} has no case, so nothing shows that it works ({})", rule.rule, rule.file)?;
    let help = match rule.origin {
        Origin::File(_) | Origin::Pack { .. } => format!(
            "put small plans beside it, in {}/: one that passes and one that fails, such as fail-example.toml",
            rule.file.trim_end_matches(".rhai")
        ),
        _ => "give it one with `Rules::with_case`".to_owned(),
    };
    style.write_wrapped(out, "help", &help)?;
    writeln!(out)
}

fn write_coverage(coverage: &Coverage, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let width = coverage.rules.iter().map(|rule| rule.rule.len()).max().unwrap_or_default();
    for rule in &coverage.rules {
        let (run, all) = (rule.lines_run + rule.branches_run, rule.lines + rule.branches);
        let share = percent(run, all);
        let share = if run == all { share } else { style.severity(Severity::Warning, &share) };
        writeln!(
            out,
            "{:<width$}  lines {}/{}, branches {}/{}, {share}",
            rule.rule, rule.lines_run, rule.lines, rule.branches_run, rule.branches
        )?;
        let lines = rule.lines_not_run.iter().map(|line| (line.line, "never run", &line.text));
        let ways = rule.branches_not_run.iter().map(|way| (way.line, way.words(), &way.text));
        let mut open: Vec<_> = lines.chain(ways).collect();
        open.sort_by_key(|(line, ..)| *line);
        for (line, words, text) in open {
            writeln!(out, "  {}:{line}: {words}: {}", rule.file, harmless(text))?;
        }
    }
    let (run, all) = coverage.total();
    writeln!(out, "cases run {} of the lines and branches ({run} of {all})\n", percent(run, all))
}

fn write_summary(run: &TestRun, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let cases = run.cases().count();
    let with_cases = run.rules.iter().filter(|rule| !rule.cases.is_empty()).count();
    let of = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let verdicts: Vec<String> = CaseVerdict::ALL
        .into_iter()
        .map(|verdict| (verdict, run.count(verdict)))
        .filter(|(verdict, n)| *n > 0 || *verdict == CaseVerdict::AsExpected)
        .map(|(verdict, n)| {
            let text = format!("{n} {}", verdict.words());
            if verdict == CaseVerdict::AsExpected { text } else { style.severity(Severity::Error, &text) }
        })
        .collect();
    // Where nothing could be run there is nothing to count.
    if cases > 0 || run.failures.is_empty() {
        writeln!(
            out,
            "{} of {}: {}",
            of(cases, "case", "cases"),
            of(with_cases, "rule", "rules"),
            verdicts.join(", ")
        )?;
    }
    if !run.failures.is_empty() {
        let mut rules: Vec<_> = run.failures.iter().filter_map(|failure| failure.rule.as_ref()).collect();
        rules.dedup();
        let what = match rules.len() {
            // A pack that cannot be used, or a link that leads out: nobody knows how many rules those are.
            0 => "some rules were".to_owned(),
            1 => "1 rule was".to_owned(),
            n => format!("{n} rules were"),
        };
        let text = format!("{what} not tested: what is wrong stands above");
        writeln!(out, "{}", style.severity(Severity::Error, &text))?;
    }
    Ok(())
}
