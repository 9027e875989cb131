//! The sheet of workings: every figure of a comparison in a row of its own, and beside it what it comes to, as a formula.

use rust_xlsxwriter::{Workbook, XlsxError};

use super::super::counted;
use super::table::{Cell, Table, number};
use super::{MOST_FINDINGS, MOST_ROWS};
use crate::figure::Decimal;
use crate::finding::{Addend, Finding, Report, Working};

/// Writes the sheet.
pub(super) fn workings(book: &mut Workbook, report: &Report) -> Result<(), XlsxError> {
    let columns = [
        ("finding", 8.0),
        ("rule", 20.0),
        ("place", 38.0),
        ("what", 16.0),
        ("figure at", 44.0),
        ("figure", 16.0),
        ("times", 8.0),
        ("counts", 16.0),
        ("unit", 10.0),
    ];
    let mut table = Table::new(book, "Workings", &columns)?;
    let with =
        report.findings.iter().enumerate().filter_map(|(at, finding)| Some((at, finding, finding.working.as_ref()?)));
    let (mut written, mut left_out) = (0, 0);
    for (at, finding, working) in with {
        let rows = working.addends.len() + working.stated_addends.len() + 4;
        if at >= MOST_FINDINGS || written + rows > MOST_ROWS {
            left_out += 1;
            continue;
        }
        written += rows;
        Rows { table: &mut table, at, finding, working }.write()?;
    }
    let more = counted(left_out, "further working is", "further workings are");
    table.end((left_out > 0).then(|| format!("{more} left out; the forms json and jsonl have all")))
}

/// The rows of one working.
struct Rows<'t, 'b, 'r> {
    table: &'t mut Table<'b>,
    at: usize,
    finding: &'r Finding,
    working: &'r Working,
}

impl Rows<'_, '_, '_> {
    fn write(mut self) -> Result<(), XlsxError> {
        let working = self.working;
        let places = working.stated.scale().max(working.computed.scale());
        let stated = self.side("stated", "part of stated", working.stated, &working.stated_addends, false)?;
        let whole = working.is_sum && working.addends_left_out == 0;
        let computed = self.side("computed", "addend", working.computed, &working.addends, whole)?;
        let difference = if number(working.stated).is_some() && number(working.computed).is_some() {
            // Rounded to the places that are there, because a spreadsheet computes in binary.
            Cell::Formula(format!("ROUND(H{stated}-H{computed},{places})"), working.difference)
        } else {
            Cell::Figure(working.difference)
        };
        self.row("difference", None, difference)?;
        self.row("rounding permits", None, Cell::Figure(working.tolerance.normalize()))
    }

    /// One side of the comparison: what it was made of, and the figure itself, in the row that is given back.
    fn side(&mut self, name: &str, part: &str, figure: Decimal, parts: &[Addend], sum: bool) -> Result<u32, XlsxError> {
        let first = self.table.next();
        if parts.len() > 1 {
            for addend in parts {
                self.row(part, Some((addend, sum)), Cell::Empty)?;
            }
        }
        let (last, row) = (self.table.next() - 1, self.table.next());
        let adds_up = sum && parts.len() > 1 && total(parts) == Some(figure);
        let cell = if adds_up { Cell::Formula(format!("SUM(H{first}:H{last})"), figure) } else { Cell::Figure(figure) };
        self.row(name, None, cell)?;
        Ok(row)
    }

    fn row(&mut self, what: &str, addend: Option<(&Addend, bool)>, counts: Cell<'_>) -> Result<(), XlsxError> {
        let row = self.table.next();
        let one = Decimal::ONE;
        let (path, figure, factor, counts) = match addend {
            None => ("", Cell::Empty, Cell::Empty, counts),
            Some((addend, sum)) => {
                let factor = addend.factor.unwrap_or(one);
                let made = factor.checked_mul(addend.value).filter(|_| sum && number(addend.value).is_some());
                let counts = match made {
                    Some(made) => Cell::Formula(format!("F{row}*G{row}"), made),
                    None => Cell::Empty,
                };
                let factor = if sum { Cell::Figure(factor) } else { Cell::figure(addend.factor) };
                (addend.path.as_str(), Cell::Figure(addend.value), factor, counts)
            }
        };
        let Self { at, finding, working, .. } = self;
        let path = match addend.and_then(|(addend, _)| addend.file.as_deref()) {
            Some(file) => format!("{file}: {path}"),
            None => path.to_owned(),
        };
        self.table.push([
            Cell::count(*at + 1),
            Cell::text(&*finding.rule),
            Cell::text(finding.name.as_str()),
            Cell::text(what),
            Cell::text(path),
            figure,
            factor,
            counts,
            Cell::text(working.unit.as_str()),
        ])
    }
}

/// What addends come to, if a spreadsheet can add them.
fn total(parts: &[Addend]) -> Option<Decimal> {
    parts.iter().try_fold(Decimal::ZERO, |sum, addend| {
        number(addend.value)?;
        sum.checked_add(addend.value.checked_mul(addend.factor.unwrap_or(Decimal::ONE))?)
    })
}
