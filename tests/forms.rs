//! Reports in the forms that programs and hosts read: each against a snapshot that a person has read, and against a reader of its
//! own: the official schema, an XML reader, a spreadsheet reader, a parser of commands.

#![allow(clippy::unwrap_used, reason = "a test may end where something is not as expected")]

#[path = "forms/documents.rs"]
mod documents;
#[path = "forms/escapes.rs"]
mod escapes;
#[path = "support/reports.rs"]
mod reports;
#[path = "forms/tables.rs"]
mod tables;

use crossfoot::Plan;
use crossfoot::finding::{Report, Run};
use crossfoot::report::Format;
use reports::{hostile, many, small, text};

/// What is in no run of a small plan.
fn itu() -> Run {
    let name = "plans/itu-2020-2023.toml";
    let rules = crossfoot::Rules::standard();
    let plans = [Plan::load(name).unwrap(), Plan::parse("broken.toml", "a = \nb = [1,\n[plan]\n[plan]\n")];
    crossfoot::Auditor::new(&rules).note_rounding(true).run_of(&plans)
}

fn empty() -> Run {
    Run::of(Report::new(Vec::new(), Vec::new(), Vec::new(), Vec::new(), std::collections::BTreeMap::new()))
}

/// Runs of every kind, with how they are called where one is not as it should be.
fn runs() -> Vec<(&'static str, Run)> {
    vec![("small", small()), ("itu", itu()), ("hostile", hostile()), ("empty", empty()), ("many", many(300))]
}

#[test]
fn every_form_as_a_person_reads_it() {
    let run = small();
    for format in [
        Format::JsonLines,
        Format::Sarif,
        Format::Junit,
        Format::Github,
        Format::GithubSummary,
        Format::Gitlab,
        Format::Markdown,
        Format::Csv,
    ] {
        let mut shown = text(format, &run);
        if format == Format::Sarif {
            let value: serde_json::Value = serde_json::from_str(&shown).unwrap();
            shown = format!("{value:#}");
        }
        let shown = shown.replace(env!("CARGO_PKG_VERSION"), "VERSION");
        insta::assert_snapshot!(format.name(), shown);
    }
    insta::assert_snapshot!(
        "xlsx",
        tables::shown(reports::rendered(Format::Xlsx, &run)).replace(env!("CARGO_PKG_VERSION"), "VERSION")
    );
}

/// The same run gives the same bytes, and a run that was saved gives those of the run.
#[test]
fn a_saved_run_is_rendered_to_the_same_bytes() {
    for (name, run) in runs() {
        let saved = Run::read(&run.to_json()).unwrap();
        for format in Format::ALL {
            let (one, other) = (reports::rendered(format, &run), reports::rendered(format, &saved));
            assert!(one == other, "{name} as {}", format.name());
            assert!(one == reports::rendered(format, &run), "{name} as {}, again", format.name());
        }
    }
}
