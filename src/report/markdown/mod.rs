//! The report as Markdown: for a comment, a wiki, or the summary of a workflow's job.
//!
//! The verdict, the counts, what stood in the way, then each finding with its working as a table, the gravest first. Such places take
//! only so much: what does not fit is counted by rule, and the page says so.

mod escape;

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{GRAVEST_FIRST, addend, counted, counts, coverage, findings_of, place, reason, subject, unit, verdict};
use crate::finding::{Failure, Finding, Report, Run, Severity, Working, grouped, signed};
use escape::{cell, code, text};

/// Bytes of a page that is to be a comment: GitHub takes 65 536 characters.
const COMMENT: usize = 60_000;

/// Bytes of a summary: GitHub takes 1 MiB from all steps of a job, and shows no part of more.
const SUMMARY: usize = 500_000;

/// Rows of a table of plans, failures, rules or addends; the others are counted.
const ROWS: usize = 20;

/// Writes a run as Markdown that fits into a comment.
///
/// # Errors
/// When `out` refuses a write.
///
/// ```
/// use crossfoot::{Auditor, Plan, Rules, report};
///
/// let plan = Plan::parse("plan.toml", "[[splits]]\nid = 's'\nparts = [{ share = 84 }, { share = 19 }]\n");
/// let mut out = Vec::new();
/// report::markdown(&Auditor::new(&Rules::standard()).run_of(&[plan]), &mut out)?;
/// assert!(String::from_utf8_lossy(&out).contains("| computed | 103 % |"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn markdown(run: &Run, out: &mut impl Write) -> io::Result<()> {
    write_page(&run.report, COMMENT, out)
}

/// Writes a run as Markdown for the summary of a job of a GitHub workflow: as [`markdown`], with room for more.
///
/// # Errors
/// When `out` refuses a write.
pub fn github_summary(run: &Run, out: &mut impl Write) -> io::Result<()> {
    write_page(&run.report, SUMMARY, out)
}

fn write_page(report: &Report, most: usize, out: &mut impl Write) -> io::Result<()> {
    let mut page = head(report);
    page.push_str(&failures(report, most / 3));
    let mut left_out = Vec::new();
    for severity in GRAVEST_FIRST {
        let of: Vec<&Finding> = report.findings.iter().filter(|finding| finding.severity == severity).collect();
        if of.is_empty() {
            continue;
        }
        page.push_str(&format!("## {}\n\n", findings_of(severity, of.len())));
        for finding in of {
            // Once one is left out all are, so that what is told is the beginning.
            let told = if left_out.is_empty() { told(finding) } else { String::new() };
            if left_out.is_empty() && page.len() + told.len() <= most - RESERVE {
                page.push_str(&told);
            } else {
                left_out.push(finding);
            }
        }
    }
    page.push_str(&rest(&left_out, most));
    page.push_str(&aside(report, (most - RESERVE / 2).saturating_sub(page.len())));
    page.push_str(&format!("\n{} {}\n", report.tool.name, report.tool.version));
    out.write_all(page.as_bytes())
}

/// Bytes that are kept for what is said of findings that are left out.
const RESERVE: usize = 12_000;

fn head(report: &Report) -> String {
    let mut page =
        format!("# Audit of plans\n\n**{}**\n\n{}. {}.\n\n", verdict(report), counts(report), coverage(report));
    if report.plans.is_empty() {
        return page;
    }
    page.push_str("| plan | errors | warnings | notes | figures | looked at |\n|---|--:|--:|--:|--:|--:|\n");
    let mut found: BTreeMap<(&str, Severity), usize> = BTreeMap::new();
    for finding in &report.findings {
        *found.entry((&finding.file, finding.severity)).or_default() += 1;
    }
    for plan in report.plans.iter().take(ROWS) {
        let of = |severity| found.get(&(&*plan.file, severity)).copied().unwrap_or_default();
        let [errors, warnings, notes] = GRAVEST_FIRST.map(of);
        let (figures, covered) = (plan.figures, plan.covered);
        page.push_str(&format!("| {} | {errors} | {warnings} | {notes} | {figures} | {covered} |\n", cell(&plan.file)));
    }
    if report.plans.len() > ROWS {
        page.push_str(&format!(
            "\n{} are not listed.\n",
            counted(report.plans.len() - ROWS, "more plan", "more plans")
        ));
    }
    page.push('\n');
    page
}

/// What stood in the way, as far as it fits.
fn failures(report: &Report, most: usize) -> String {
    if report.errors.is_empty() {
        return String::new();
    }
    let mut page = "## What stood in the way\n\n".to_owned();
    for (at, failure) in report.errors.iter().enumerate() {
        let line = failed(failure);
        if at >= ROWS || page.len() + line.len() > most {
            page.push_str(&format!("- and {} more\n", report.errors.len() - at));
            break;
        }
        page.push_str(&line);
    }
    page.push('\n');
    page
}

fn failed(failure: &Failure) -> String {
    let place = failure.span.map(|span| format!(":{}:{}", span.start.line, span.start.column)).unwrap_or_default();
    let place = code(&format!("{}{place}", failure.file));
    let help = failure.help.as_ref().map(|help| format!(" What to do: {}", text(help))).unwrap_or_default();
    format!("- {}, {place}: {}{help}\n", text(&subject(failure)), text(&failure.message))
}

/// A finding, in full.
fn told(finding: &Finding) -> String {
    let mut page = format!("### {}\n\n", text(&finding.message));
    page.push_str(&format!("{} {} {}", finding.severity, code(&finding.rule), code(&place(finding))));
    if !finding.name.is_empty() {
        page.push_str(&format!(" at {}", code(&finding.name)));
    }
    page.push_str("\n\n");
    if let Some(working) = &finding.working {
        page.push_str(&table(working));
    }
    if let Some(help) = &finding.help {
        page.push_str(&format!("What to do: {}\n\n", text(help)));
    }
    for fix in &finding.fixes {
        let by = if fix.safe { "`crossfoot fix` does this" } else { "a fix that needs a decision" };
        page.push_str(&format!("Fix: {} ({by})\n\n", text(&fix.title)));
    }
    page
}

/// The working as a table: what was stated, each addend, what they make, the difference.
fn table(working: &Working) -> String {
    let unit = text(&unit(working));
    let unit = if unit.is_empty() { unit } else { format!(" {unit}") };
    let mut rows = "| | figure | |\n|---|--:|---|\n".to_owned();
    let mut row =
        |name: &str, figure: &str, remark: &str| rows.push_str(&format!("| {name} | {figure} | {remark} |\n"));
    let many = |addends: &[crate::finding::Addend]| addends.len() > 1;
    if many(&working.stated_addends) {
        for part in working.stated_addends.iter().take(ROWS) {
            row("part of stated", &addend(part, working.is_sum), &cell(&part.path));
        }
    }
    row("stated", &format!("{}{unit}", grouped(working.stated)), "");
    if many(&working.addends) {
        let name = if working.is_sum { "addend" } else { "made of" };
        for part in working.addends.iter().take(ROWS) {
            row(name, &addend(part, working.is_sum), &cell(&part.path));
        }
    }
    let of = |addends: &[crate::finding::Addend]| if many(addends) { addends.len().saturating_sub(ROWS) } else { 0 };
    let more = of(&working.stated_addends) + of(&working.addends) + working.addends_left_out;
    if more > 0 {
        row("", "", &format!("and {} more", grouped(more.into())));
    }
    row("computed", &format!("{}{unit}", grouped(working.computed)), "");
    let permits = format!("rounding permits {}", grouped(working.tolerance.normalize()));
    row("difference", &format!("{}{unit}", signed(working.difference)), &permits);
    rows.push('\n');
    if let Some(cause) = &working.cause {
        rows.push_str(&format!("Likely cause: {}\n\n", text(cause)));
    }
    for cause in &working.other_causes {
        rows.push_str(&format!("Or: {}\n\n", text(cause)));
    }
    rows
}

/// The findings that did not fit, by rule.
fn rest(left_out: &[&Finding], most: usize) -> String {
    if left_out.is_empty() {
        return String::new();
    }
    let mut by_rule: BTreeMap<(&str, std::cmp::Reverse<Severity>), usize> = BTreeMap::new();
    for finding in left_out {
        *by_rule.entry((&finding.rule, std::cmp::Reverse(finding.severity))).or_default() += 1;
    }
    let n = grouped(left_out.len().into());
    let mut page = format!(
        "## Not shown: {n}\n\nThis page holds {} bytes at most. Further findings by rule; `--output html=FILE` and `--output xlsx=FILE` show them.\n\n\
         | rule | severity | findings |\n|---|---|--:|\n",
        grouped(most.into())
    );
    for ((rule, severity), n) in by_rule.iter().take(ROWS) {
        page.push_str(&format!("| {} | {} | {} |\n", cell(rule), severity.0, grouped((*n).into())));
    }
    if by_rule.len() > ROWS {
        page.push_str(&format!("\nand {}.\n", counted(by_rule.len() - ROWS, "more rule", "more rules")));
    }
    page.push('\n');
    page
}

/// What does not count, and why, as far as it fits.
fn aside(report: &Report, most: usize) -> String {
    let mut page = String::new();
    if report.suppressed.is_empty() {
        return page;
    }
    page.push_str(&format!(
        "## {}\n\n",
        counted(report.suppressed.len(), "finding does not count", "findings do not count")
    ));
    for (at, suppressed) in report.suppressed.iter().enumerate() {
        let finding = &suppressed.finding;
        let (place, because) = (code(&place(finding)), text(&reason(suppressed)));
        let line = format!("- {place} {}, because: {because}\n", text(&finding.message));
        if page.len() + line.len() > most.saturating_sub(100) {
            page.push_str(&format!("- and {} more\n", report.suppressed.len() - at));
            break;
        }
        page.push_str(&line);
    }
    page
}
