//! The sheets beside the workings: the verdict, the findings, the rules, what was looked at, the risks.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rust_xlsxwriter::{Workbook, XlsxError};

use super::super::{GRAVEST_FIRST, counted, counts, coverage as looked_at, reason, subject, verdict};
use super::table::{Cell, Table, number};
use super::{MOST_FINDINGS, MOST_ROWS};
use crate::finding::{Finding, Overview, Report, Suppressed, Working};

/// What came of it, and what stood in the way.
pub(super) fn summary(book: &mut Workbook, report: &Report) -> Result<(), XlsxError> {
    let mut table = Table::new(book, "Summary", &[("audit of plans", 28.0), ("", 12.0), ("", 90.0)])?;
    table.push([Cell::text("verdict"), Cell::Empty, Cell::text(verdict(report))])?;
    table.push([Cell::text("counts"), Cell::Empty, Cell::text(counts(report))])?;
    table.push([Cell::text("coverage"), Cell::Empty, Cell::text(looked_at(report))])?;
    let listed = report.findings.len() + report.suppressed.len();
    for severity in GRAVEST_FIRST {
        let n = report.findings.iter().filter(|finding| finding.severity == severity).count();
        let count = if listed > MOST_FINDINGS || listed == 0 {
            Cell::count(n)
        } else {
            let (last, word) = (listed + 1, severity.word());
            let formula = format!("COUNTIFS(Findings!$B$2:$B${last},\"{word}\",Findings!$O$2:$O${last},\"counts\")");
            Cell::Formula(formula, n.into())
        };
        table.push([Cell::text(severity.word()), count])?;
    }
    table.push([Cell::text("do not count"), Cell::count(report.suppressed.len())])?;
    for failure in report.errors.iter().take(MOST_ROWS) {
        let help = failure.help.as_ref().map(|help| format!(" What to do: {help}")).unwrap_or_default();
        let text = format!("{}: {}{help}", subject(failure), failure.message);
        table.push([Cell::text("stood in the way"), Cell::Empty, Cell::text(text)])?;
    }
    table.push([
        Cell::text("made by"),
        Cell::Empty,
        Cell::text(format!("{} {}", report.tool.name, report.tool.version)),
    ])?;
    table.end(None)
}

/// Findings, those that do not count at the end.
pub(super) fn findings(book: &mut Workbook, report: &Report) -> Result<(), XlsxError> {
    let columns = [
        ("no.", 6.0),
        ("severity", 10.0),
        ("message", 60.0),
        ("what to do", 40.0),
        ("file", 24.0),
        ("line", 8.0),
        ("rule", 20.0),
        ("place", 38.0),
        ("stated", 16.0),
        ("computed", 16.0),
        ("difference", 14.0),
        ("rounding permits", 14.0),
        ("unit", 10.0),
        ("likely cause", 44.0),
        ("status", 12.0),
        ("reason", 40.0),
    ];
    let mut table = Table::new(book, "Findings", &columns)?;
    let counted_ones = report.findings.iter().map(|finding| (finding, None));
    let aside = report.suppressed.iter().map(|suppressed| (&suppressed.finding, Some(suppressed)));
    for (at, (finding, suppressed)) in counted_ones.chain(aside).take(MOST_FINDINGS).enumerate() {
        let row = table.next();
        table.push(finding_row(at, row, finding, suppressed))?;
    }
    let left_out = (report.findings.len() + report.suppressed.len()).saturating_sub(MOST_FINDINGS);
    let more = counted(left_out, "further finding is", "further findings are");
    table.end(
        (left_out > 0).then(|| {
            format!("{more} left out; the sheet Rules counts them, and the forms csv, json and jsonl have all")
        }),
    )
}

fn finding_row<'r>(at: usize, row: u32, finding: &'r Finding, suppressed: Option<&'r Suppressed>) -> [Cell<'r>; 16] {
    let working = finding.working.as_ref();
    [
        Cell::count(at + 1),
        Cell::text(finding.severity.word()),
        Cell::text(finding.message.as_str()),
        Cell::text(finding.help.as_deref().unwrap_or_default()),
        Cell::text(&*finding.file),
        Cell::count(finding.span.start.line as usize),
        Cell::text(&*finding.rule),
        Cell::text(finding.name.as_str()),
        Cell::figure(working.map(|working| working.stated)),
        Cell::figure(working.map(|working| working.computed)),
        working.map_or(Cell::Empty, |working| difference(working, row)),
        Cell::figure(working.map(|working| working.tolerance.normalize())),
        Cell::text(working.map_or("", |working| &working.unit)),
        Cell::text(working.and_then(|working| working.cause.as_deref()).unwrap_or_default()),
        Cell::text(if suppressed.is_some() { "set aside" } else { "counts" }),
        Cell::Text(suppressed.map_or(Cow::Borrowed(""), |suppressed| reason(suppressed).into())),
    ]
}

fn difference(working: &Working, row: u32) -> Cell<'static> {
    let places = working.stated.scale().max(working.computed.scale());
    if number(working.stated).is_none() || number(working.computed).is_none() {
        return Cell::Figure(working.difference);
    }
    Cell::Formula(format!("ROUND(I{row}-J{row},{places})"), working.difference)
}

/// The rules, and how their checks ended.
pub(super) fn rules(book: &mut Workbook, report: &Report) -> Result<(), XlsxError> {
    let columns = [
        ("rule", 26.0),
        ("what it says", 60.0),
        ("severity", 10.0),
        ("findings", 10.0),
        ("passed", 10.0),
        ("within rounding", 10.0),
        ("failed", 10.0),
        ("not applicable", 10.0),
        ("from", 20.0),
        ("stopped", 10.0),
    ];
    let mut table = Table::new(book, "Rules", &columns)?;
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &report.findings {
        *found.entry(&finding.rule).or_default() += 1;
    }
    for rule in &report.rules {
        let checks = rule.checks;
        table.push([
            Cell::text(&*rule.rule),
            Cell::text(&*rule.title),
            Cell::text(rule.severity.word()),
            Cell::count(found.remove(&*rule.rule).unwrap_or_default()),
            Cell::Figure(checks.passed.into()),
            Cell::Figure(checks.within_rounding.into()),
            Cell::Figure(checks.failed.into()),
            Cell::Figure(checks.not_applicable.into()),
            Cell::text(rule.origin.as_str()),
            Cell::text(if rule.stopped { "yes" } else { "" }),
        ])?;
    }
    // What is found without a rule, while a plan is loaded.
    for (rule, n) in found {
        table.push([Cell::text(rule), Cell::Empty, Cell::Empty, Cell::count(n)])?;
    }
    table.end(None)
}

/// How much of each plan was looked at.
pub(super) fn coverage(book: &mut Workbook, report: &Report) -> Result<(), XlsxError> {
    let columns = [("plan", 40.0), ("figures", 12.0), ("looked at", 12.0), ("not looked at", 14.0), ("share", 10.0)];
    let mut table = Table::new(book, "Coverage", &columns)?;
    for plan in report.plans.iter().take(MOST_ROWS) {
        let row = table.next();
        let open = plan.figures.saturating_sub(plan.covered);
        #[expect(clippy::cast_precision_loss, reason = "a share is shown with one decimal place")]
        let share = if plan.figures == 0 { 0.0 } else { plan.covered as f64 / plan.figures as f64 };
        table.push([
            Cell::text(&*plan.file),
            Cell::count(plan.figures),
            Cell::count(plan.covered),
            Cell::Formula(format!("B{row}-C{row}"), open.into()),
            Cell::Percent(format!("IF(B{row}=0,0,C{row}/B{row})"), share),
        ])?;
    }
    let left_out = report.plans.len().saturating_sub(MOST_ROWS);
    table.end(
        (left_out > 0).then(|| format!("{} not listed", counted(left_out, "further plan is", "further plans are"))),
    )
}

/// Figures that no rule looked at.
pub(super) fn unseen(book: &mut Workbook, report: &Report) -> Result<(), XlsxError> {
    let mut table = Table::new(book, "Not looked at", &[("plan", 40.0), ("line", 8.0), ("figure at", 60.0)])?;
    let figures = report.plans.iter().flat_map(|plan| plan.uncovered.iter().map(|figure| (&plan.file, figure)));
    for (file, figure) in figures.take(MOST_ROWS) {
        table.push([
            Cell::text(&**file),
            Cell::count(figure.span.start.line as usize),
            Cell::text(figure.path.as_str()),
        ])?;
    }
    let all: usize = report.plans.iter().map(|plan| plan.uncovered.len() + plan.uncovered_left_out).sum();
    let listed = report.plans.iter().map(|plan| plan.uncovered.len()).sum::<usize>().min(MOST_ROWS);
    let more = counted(all - listed, "further figure is", "further figures are");
    table.end((all > listed).then(|| format!("{more} not listed")))
}

/// Risks, one row for each mitigation against each.
pub(super) fn risks(book: &mut Workbook, overviews: &[Overview]) -> Result<(), XlsxError> {
    let columns = [
        ("plan", 24.0),
        ("id", 8.0),
        ("risk", 50.0),
        ("category", 18.0),
        ("likelihood", 12.0),
        ("impact", 12.0),
        ("mitigation", 10.0),
        ("what is done", 50.0),
        ("owner", 20.0),
        ("status", 14.0),
    ];
    let mut table = Table::new(book, "Risks", &columns)?;
    let mut left_out = 0;
    let mut written = 0;
    for overview in overviews {
        let known: BTreeMap<&str, _> = overview.mitigations.iter().map(|known| (known.id.as_str(), known)).collect();
        for risk in &overview.risks {
            let none = [String::new()];
            let against = if risk.mitigations.is_empty() { &none[..] } else { &risk.mitigations };
            for id in against {
                if written >= MOST_ROWS {
                    left_out += 1;
                    continue;
                }
                written += 1;
                let mitigation = known.get(id.as_str());
                let of = |field: fn(&crate::finding::Mitigation) -> &str| mitigation.map_or("", |known| field(known));
                let done = match (mitigation, id.as_str()) {
                    (Some(known), _) => known.title.as_str(),
                    (None, "") => "nothing",
                    (None, _) => "the plan has no such mitigation",
                };
                table.push([
                    Cell::text(&*overview.file),
                    Cell::text(risk.id.as_str()),
                    Cell::text(risk.title.as_str()),
                    Cell::text(risk.category.as_str()),
                    Cell::text(risk.likelihood.as_str()),
                    Cell::text(risk.impact.as_str()),
                    Cell::text(id.clone()),
                    Cell::text(done),
                    Cell::text(of(|known| &known.owner)),
                    Cell::text(of(|known| &known.status)),
                ])?;
            }
        }
    }
    table.end((left_out > 0).then(|| format!("{} not listed", counted(left_out, "further row is", "further rows are"))))
}
