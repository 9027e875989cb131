//! The report as a spreadsheet: the verdict, findings, their workings with formulas that compute again, rules, coverage, risks.
//!
//! A finance officer changes a figure in a working and sees what the sum would be. Formulas are made of places of cells and never of
//! a text of a plan. The same run gives the same bytes: the file says that it was made on a fixed day.

mod sheets;
mod table;
mod workings;

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::finding::Run;

/// Findings that are listed. A sheet can hold a million rows, but nobody's program opens that at once.
const MOST_FINDINGS: usize = 20_000;

/// Rows of workings, figures that nobody looked at, and risks.
const MOST_ROWS: usize = 50_000;

/// Writes a run as a spreadsheet.
///
/// # Errors
/// When `out` refuses a write.
///
/// ```
/// use crossfoot::{Auditor, Plan, Rules, report};
///
/// let mut out = Vec::new();
/// report::xlsx(&Auditor::new(&Rules::standard()).run_of(&[Plan::parse("plan.toml", "")]), &mut out)?;
/// assert!(out.starts_with(b"PK"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn xlsx(run: &Run, out: &mut impl Write) -> io::Result<()> {
    let bytes = book(run).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn book(run: &Run) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let made_by = format!("{} {}", run.report.tool.name, run.report.tool.version);
    let properties = DocProperties::new().set_title("Audit of plans").set_author(made_by).set_creation_datetime(&made);
    book.set_properties(&properties);
    sheets::summary(&mut book, &run.report)?;
    sheets::findings(&mut book, &run.report)?;
    workings::workings(&mut book, &run.report)?;
    sheets::rules(&mut book, &run.report)?;
    sheets::coverage(&mut book, &run.report)?;
    sheets::unseen(&mut book, &run.report)?;
    sheets::risks(&mut book, &run.overviews)?;
    book.save_to_buffer()
}
