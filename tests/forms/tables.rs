//! The forms that are tables: read back by readers of their own.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use crossfoot::finding::Run;
use crossfoot::report::Format;

use super::reports::{many, rendered, small, text};
use super::runs;

fn book(run: &Run) -> Xlsx<Cursor<Vec<u8>>> {
    open(rendered(Format::Xlsx, run))
}

fn open(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

/// Every sheet as text: what a cell shows, and the formula that it has.
pub fn shown(bytes: Vec<u8>) -> String {
    let mut book = open(bytes);
    let mut shown = String::new();
    for name in book.sheet_names() {
        shown.push_str(&format!("== {name}\n"));
        let (cells, formulas) = (book.worksheet_range(&name).unwrap(), book.worksheet_formula(&name).unwrap());
        for (row, line) in cells.rows().enumerate() {
            let cells = line.iter().enumerate().map(|(column, cell)| {
                let at = (u32::try_from(row).unwrap(), u32::try_from(column).unwrap());
                match formulas.get_value(at).filter(|formula| !formula.is_empty()) {
                    Some(formula) => format!("{cell} (={formula})"),
                    None => cell.to_string(),
                }
            });
            shown.push_str(cells.collect::<Vec<_>>().join(" | ").trim_end_matches([' ', '|']));
            shown.push('\n');
        }
    }
    shown
}

/// What may be in a formula: places of cells, functions that are ours, numbers.
fn is_ours(formula: &str) -> bool {
    let known = ["SUM", "ROUND", "COUNTIFS", "IF", "Findings", "\"error\"", "\"warning\"", "\"info\"", "\"counts\""];
    let rest = known.iter().fold(formula.to_owned(), |rest, word| rest.replace(word, ""));
    rest.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || "$:(),*-/=!".contains(c))
        && rest.split(|c: char| !c.is_ascii_uppercase()).all(|letters| letters.len() <= 1)
}

#[test]
fn a_spreadsheet_computes_its_workings_and_nothing_of_a_plan() {
    for (name, run) in runs() {
        let mut book = book(&run);
        assert_eq!(
            book.sheet_names(),
            ["Summary", "Findings", "Workings", "Rules", "Coverage", "Not looked at", "Risks"],
            "{name}"
        );
        let mut formulas = 0;
        for sheet in book.sheet_names() {
            for (row, column, formula) in book.worksheet_formula(&sheet).unwrap().used_cells() {
                assert!(is_ours(formula), "{name}: {sheet} {row}:{column}: {formula}");
                formulas += 1;
            }
        }
        assert!(formulas > 2 || name == "empty", "{name}");
    }
    assert!(!is_ours("1+1") && !is_ours("SUM(A1:A9)&CMD(1)") && is_ours("ROUND(H2-H6,0)"));
}

/// The formula of a sum is over the rows of its addends, and comes to what the cell shows; the difference is of the two above it.
#[test]
fn formulas_come_to_what_the_finding_says() {
    for run in [small(), many(50)] {
        let mut book = book(&run);
        let (cells, formulas) =
            (book.worksheet_range("Workings").unwrap(), book.worksheet_formula("Workings").unwrap());
        let number = |row: u32| match cells.get_value((row - 1, 7)) {
            Some(Data::Float(number)) => *number,
            Some(Data::Int(number)) => *number as f64,
            other => panic!("row {row}: {other:?}"),
        };
        let (mut sums, mut differences) = (0, 0);
        for row in 2..=u32::try_from(cells.height()).unwrap() {
            let formula = formulas.get_value((row - 1, 7)).map(String::as_str).unwrap_or_default();
            if let Some(range) = formula.strip_prefix("SUM(H").and_then(|rest| rest.strip_suffix(')')) {
                let (first, last) = range.split_once(":H").unwrap();
                let (first, last): (u32, u32) = (first.parse().unwrap(), last.parse().unwrap());
                assert!(
                    (first..=last).all(|row| cells.get_value((row - 1, 3)) == Some(&Data::String("addend".into())))
                );
                assert!(((first..=last).map(number).sum::<f64>() - number(row)).abs() < 1e-9);
                sums += 1;
            } else if let Some(rest) = formula.strip_prefix("ROUND(H") {
                let (stated, rest) = rest.split_once("-H").unwrap();
                let (computed, _) = rest.split_once(',').unwrap();
                let made = number(stated.parse().unwrap()) - number(computed.parse().unwrap());
                assert!((made - number(row)).abs() < 1e-9);
                differences += 1;
            }
        }
        let with = run.report.findings.iter().filter(|finding| finding.working.is_some()).count();
        assert_eq!((sums, differences), (with, with));
    }
}

#[test]
fn texts_and_figures_of_a_spreadsheet_are_those_of_the_findings() {
    for (name, run) in runs() {
        let mut book = book(&run);
        let cells = book.worksheet_range("Findings").unwrap();
        assert_eq!(cells.height() - 1, run.report.findings.len() + run.report.suppressed.len(), "{name}");
        for (row, finding) in cells.rows().skip(1).zip(&run.report.findings) {
            let is = |at: usize, text: &str| row[at] == Data::String(text.to_owned());
            let clean = crossfoot::report::harmless(&finding.message).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
            assert!(is(2, &clean) || clean.len() > 8_000, "{name}: {:?} for {clean:?}", row[2]);
            assert!(is(1, finding.severity.word()) && is(6, &finding.rule), "{name}");
            if let Some(working) = &finding.working {
                assert_eq!(row[8].to_string(), working.stated.normalize().to_string(), "{name}");
            }
        }
    }
}

#[test]
fn csv_is_read_back_and_no_cell_is_a_formula() {
    for (name, run) in runs() {
        let text = text(Format::Csv, &run);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().unwrap().clone();
        let rows: Vec<csv::StringRecord> = reader.records().map(|record| record.unwrap()).collect();
        let report = &run.report;
        assert_eq!(rows.len(), report.findings.len() + report.suppressed.len() + report.errors.len(), "{name}");
        for (row, finding) in rows.iter().zip(&report.findings) {
            let cell = |column: &str| &row[header.iter().position(|name| name == column).unwrap()];
            assert_eq!((cell("rule"), cell("line")), (&*finding.rule, finding.span.start.line.to_string().as_str()));
            assert_eq!(cell("fingerprint"), finding.fingerprint.to_string());
            if let Some(working) = &finding.working {
                assert_eq!(cell("difference"), working.difference.to_string());
            }
        }
        for cell in rows.iter().flatten() {
            let begins = cell.trim_start().chars().next().unwrap_or(' ');
            let is_number = cell.parse::<f64>().is_ok();
            assert!(is_number || !"=+-@|%\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}".contains(begins), "{name}: {cell:?}");
        }
        // Between quotation marks, so that a semicolon or a tab of a text is no separator either.
        for line in text.lines() {
            let outside: String = line.split('"').step_by(2).collect();
            assert!(outside.chars().all(|c| c == ','), "{name}: {outside}");
        }
    }
}
