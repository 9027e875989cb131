//! What users see: help, findings, the list of rules. Each snapshot is read by a person before it is accepted.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::process::{Command, Output};

use crossfoot::Rules;

fn crossfoot(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_crossfoot"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("COLUMNS", "100")
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap()
}

/// Standard output, then standard error, then the exit status.
fn screen(arguments: &[&str]) -> String {
    let output = crossfoot(arguments);
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    format!("$ crossfoot {}\n{out}{err}[exit {}]\n", arguments.join(" "), output.status.code().unwrap())
}

#[test]
fn help() {
    insta::assert_snapshot!(screen(&["--help"]));
    insta::assert_snapshot!(screen(&["check", "--help"]));
    insta::assert_snapshot!(screen(&["schema", "--help"]));
}

#[test]
fn one_mistake_of_each_kind() {
    insta::assert_snapshot!(screen(&["check", "plans/teaching/mistakes.toml"]));
}

#[test]
fn a_clean_plan() {
    insta::assert_snapshot!(screen(&["check", "plans/teaching/clean.toml"]));
    insta::assert_snapshot!(screen(&["check", "plans/teaching/clean.toml", "--show-rounding", "--only", "shares"]));
}

#[test]
fn the_plan_of_the_itu() {
    insta::assert_snapshot!(screen(&["check", "plans/itu-2020-2023.toml"]));
}

#[test]
fn every_rule_by_id() {
    let rules = Rules::standard();
    let lines: Vec<String> =
        rules.iter().map(|rule| format!("{:<32} {:<8} {}", rule.id(), rule.severity().word(), rule.title())).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn colours_are_only_where_they_are_wanted() {
    let always = crossfoot(&["check", "plans/teaching/mistakes.toml", "--color", "always"]);
    assert!(String::from_utf8_lossy(&always.stdout).contains("\u{1b}["));
    let piped = crossfoot(&["check", "plans/teaching/mistakes.toml"]);
    assert!(!String::from_utf8_lossy(&piped.stdout).contains('\u{1b}'));
}
