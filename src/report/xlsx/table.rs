//! One sheet as a table: a header that stays, a filter, cells of three kinds. Texts of plans are texts and never formulas.
//!
//! It must not know what the table is of.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, Formula, Workbook, Worksheet, XlsxError};

use super::super::cut;
use super::super::harmless;
use crate::figure::Decimal;

/// The longest text of a cell, in characters: Excel takes 32 767 units.
const LONGEST: usize = 8_000;

/// A column: its heading, how wide it is, in characters.
pub(super) type Column = (&'static str, f64);

/// What a cell holds.
pub(super) enum Cell<'t> {
    Empty,
    Text(Cow<'t, str>),
    Figure(Decimal),
    /// A formula, made of places of cells alone, and what it comes to.
    Formula(String, Decimal),
    /// A part of a whole, shown in percent.
    Percent(String, f64),
}

impl<'t> Cell<'t> {
    pub(super) fn text(text: impl Into<Cow<'t, str>>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn count(n: usize) -> Self {
        Self::Figure(n.into())
    }

    pub(super) fn figure(value: Option<Decimal>) -> Self {
        value.map_or(Self::Empty, Self::Figure)
    }
}

/// A sheet that is being written.
pub(super) struct Table<'b> {
    sheet: &'b mut Worksheet,
    columns: usize,
    /// The row that comes next, from 0.
    row: u32,
    wrapped: Format,
    percent: Format,
    /// By the number of decimal places.
    numbers: BTreeMap<u32, Format>,
}

impl<'b> Table<'b> {
    /// A new sheet with its header.
    pub(super) fn new(book: &'b mut Workbook, name: &str, columns: &[Column]) -> Result<Self, XlsxError> {
        let sheet = book.add_worksheet();
        sheet.set_name(name)?;
        let header = Format::new().set_bold().set_background_color(Color::RGB(0x00E8_EDF2)).set_align(FormatAlign::Top);
        for (at, (title, width)) in (0..).zip(columns) {
            sheet.set_column_width(at, *width)?;
            sheet.write_string_with_format(0, at, *title, &header)?;
        }
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_repeat_rows(0, 0)?;
        sheet.set_landscape();
        sheet.set_print_fit_to_pages(1, 0);
        let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let percent = Format::new().set_num_format("0.0%").set_align(FormatAlign::Top);
        Ok(Self { sheet, columns: columns.len(), row: 1, wrapped, percent, numbers: BTreeMap::new() })
    }

    /// The number of the row that comes next, as formulas name it.
    pub(super) fn next(&self) -> u32 {
        self.row + 1
    }

    /// Writes a row.
    pub(super) fn push<'t>(&mut self, cells: impl IntoIterator<Item = Cell<'t>>) -> Result<(), XlsxError> {
        for (at, cell) in (0..).zip(cells) {
            self.cell(at, cell)?;
        }
        self.row += 1;
        Ok(())
    }

    fn cell(&mut self, at: u16, cell: Cell<'_>) -> Result<(), XlsxError> {
        let row = self.row;
        match cell {
            Cell::Empty => {}
            Cell::Text(text) => {
                let text = clean(&text);
                self.sheet.write_string_with_format(row, at, text, &self.wrapped)?;
            }
            Cell::Figure(value) => match number(value) {
                Some(number) => {
                    let format = self.numbers.entry(value.scale()).or_insert_with(|| number_format(value.scale()));
                    self.sheet.write_number_with_format(row, at, number, format)?;
                }
                None => {
                    self.sheet.write_string_with_format(row, at, value.to_string(), &self.wrapped)?;
                }
            },
            Cell::Formula(formula, value) => {
                let format = self.numbers.entry(value.scale()).or_insert_with(|| number_format(value.scale()));
                let formula = Formula::new(formula).set_result(value.to_string());
                self.sheet.write_formula_with_format(row, at, formula, format)?;
            }
            Cell::Percent(formula, value) => {
                let formula = Formula::new(formula).set_result(value.to_string());
                self.sheet.write_formula_with_format(row, at, formula, &self.percent)?;
            }
        }
        Ok(())
    }

    /// Ends the table: its rows can be filtered. What it has to say of rows that are not there stands below.
    pub(super) fn end(self, left_out: Option<String>) -> Result<(), XlsxError> {
        let last = u16::try_from(self.columns.saturating_sub(1)).unwrap_or(u16::MAX);
        self.sheet.autofilter(0, 0, self.row.saturating_sub(1).max(1), last)?;
        if let Some(left_out) = left_out {
            self.sheet.write_string(self.row + 1, 0, left_out)?;
        }
        Ok(())
    }
}

/// A text that a spreadsheet can hold and that does not steer who reads it.
fn clean(text: &str) -> String {
    cut(&harmless(text), LONGEST).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

/// A decimal as the number of a spreadsheet, which holds fifteen digits; one with more is a text, not another number.
pub(super) fn number(value: Decimal) -> Option<f64> {
    let digits = value.normalize().mantissa().unsigned_abs();
    (digits < 1_000_000_000_000_000).then(|| value.to_string().parse().ok()).flatten()
}

fn number_format(places: u32) -> Format {
    let format = match places {
        0 => "#,##0".to_owned(),
        places => format!("#,##0.{}", "0".repeat(places.min(28) as usize)),
    };
    Format::new().set_num_format(format).set_align(FormatAlign::Top)
}
