//! A saved run is rendered as it was; one that was tampered with is refused or rendered, and never more.

#![allow(clippy::unwrap_used, reason = "a test may end where something is not as expected")]

use crossfoot::finding::Run;
use crossfoot::report::{Format, TextOptions, render};
use crossfoot::{Auditor, Plan, Rules};
use fastrand::Rng;

fn rendered(format: Format, run: &Run) -> Vec<u8> {
    let mut out = Vec::new();
    render(format, run, &TextOptions::default(), &mut out).unwrap();
    out
}

fn run_of(texts: &[(&str, &str)]) -> Run {
    let plans: Vec<Plan> = texts.iter().map(|(name, text)| Plan::parse(name, text)).collect();
    Auditor::new(&Rules::standard()).today(2026, 11, 24).note_rounding(true).run_of(&plans)
}

const MISTAKES: &str = include_str!("../plans/teaching/mistakes.toml");

#[test]
fn what_is_rendered_later_is_what_was_rendered_at_once() {
    let crlf = MISTAKES.replace('\n', "\r\n");
    let marked = format!("\u{feff}{MISTAKES}");
    let plans: [(&str, &str); 6] = [
        ("itu.toml", include_str!("../plans/itu-2020-2023.toml")),
        ("mistakes.toml", MISTAKES),
        ("crlf.toml", &crlf),
        ("marked.toml", &marked),
        ("broken.toml", "[plan\na = é"),
        ("empty.toml", ""),
    ];
    let runs = plans.iter().map(|plan| run_of(&[*plan])).chain([run_of(&plans), run_of(&[])]);
    for run in runs {
        let read = Run::read(&run.to_json()).unwrap();
        for format in Format::ALL {
            assert!(rendered(format, &run) == rendered(format, &read), "{} of {:?}", format.name(), run.report.plans);
        }
    }
}

/// The text with one number, letter or word of it another.
fn tampered(json: &str, rng: &mut Rng) -> String {
    let mut text = json.to_owned();
    let is_digit = |c: char| c.is_ascii_digit();
    match rng.u32(0..3) {
        0 => {
            let runs: Vec<usize> =
                text.match_indices(is_digit).map(|(at, _)| at).filter(|at| !text[..*at].ends_with(is_digit)).collect();
            let start = runs[rng.usize(0..runs.len())];
            let end = text[start..].find(|c| !is_digit(c)).map_or(text.len(), |end| start + end);
            text.replace_range(start..end, ["0", "1", "999999999", "4294967295", "17"][rng.usize(0..5)]);
        }
        1 => {
            let quotes: Vec<usize> = text.match_indices(": \"").map(|(at, _)| at + 3).collect();
            text.insert_str(
                quotes[rng.usize(0..quotes.len())],
                ["<b>", "=1+1", "\\u001b[31m", "\\u202e", "-"][rng.usize(0..5)],
            );
        }
        _ => {
            let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
            lines.remove(rng.usize(0..lines.len()));
            return lines.concat();
        }
    }
    text
}

#[test]
fn a_run_that_was_tampered_with_is_refused_or_rendered() {
    let json = run_of(&[("mistakes.toml", MISTAKES)]).to_json();
    let mut rng = Rng::with_seed(5);
    let mut read = 0;
    for _ in 0..150 {
        let Ok(run) = Run::read(&tampered(&json, &mut rng)) else { continue };
        read += 1;
        Format::ALL.into_iter().for_each(|format| drop(rendered(format, &run)));
    }
    assert!(read > 50, "{read}");
}

#[test]
fn what_cannot_be_a_run_is_refused_with_the_reason() {
    let json = run_of(&[("plan.toml", "a = 1\n")]).to_json();
    let why = |text: &str| Run::read(text).unwrap_err().to_string();
    assert!(why("").starts_with("this is no saved run: EOF"));
    assert!(why("[]").starts_with("this is no saved run: "));
    assert!(why(&json[..json.len() / 2]).starts_with("this is no saved run: EOF"));
    assert!(why(&json.replace("\"texts\"", "\"text\"")).starts_with("this is a report and no saved run"));
    let newer = why(&json.replace("\"schema\": 1", "\"schema\": 2"));
    assert!(
        newer.starts_with("this run was saved by crossfoot ") && newer.contains("version 2 of the contract"),
        "{newer}"
    );
    let huge = json.replace("\"length\": 6", "\"length\": 4294967295");
    assert!(why(&huge).contains("4294967295 bytes"), "{}", why(&huge));
}
