//! The examples run, and say what their comments promise.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// An example's binary: cargo builds the examples beside the command before it runs the tests.
fn example(name: &str) -> PathBuf {
    let binary = Path::new(env!("CARGO_BIN_EXE_crossfoot"));
    binary.with_file_name("examples").join(name).with_extension(std::env::consts::EXE_EXTENSION)
}

fn run(name: &str, arguments: &[&str]) -> (Output, String) {
    let output = Command::new(example(name)).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    (output, text)
}

#[test]
fn an_embedding_program_gets_findings_and_a_verdict() {
    let (output, text) = run("embed", &["plans/teaching/mistakes.toml"]);
    assert!(text.contains("plans/teaching/mistakes.toml:") && text.contains("totals/outputs"), "{text}");
    assert!(text.ends_with("Failed\n"), "{text}");
    assert_eq!(output.status.code(), Some(1));

    let (output, text) = run("embed", &["plans/teaching/clean.toml"]);
    assert_eq!((output.status.code(), text.as_str()), (Some(0), "Passed\n"));
}

#[test]
fn a_verb_of_ones_own_keeps_the_provenance_of_its_arguments() {
    let (_, text) = run("own_verb", &[]);
    assert!(text.contains("loan.due: stated 1 030, computed 1 020 (difference +10)"), "{text}");
    assert!(text.contains("1 000") && text.contains("amount = 1_000"), "the amount is labelled: {text}");
    assert!(text.contains("rate = 2"), "the rate is labelled: {text}");
}

#[test]
fn a_reporter_of_ones_own_needs_nothing_but_the_report() {
    let (_, text) = run("own_reporter", &["plans/teaching/mistakes.toml"]);
    assert!(text.starts_with("| rule | findings |\n|---|---|\n"), "{text}");
    assert!(text.contains("| totals/outputs | 1 |"), "{text}");
}
