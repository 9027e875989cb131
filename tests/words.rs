//! Languages as readers meet them: nothing that a rule or the engine says lacks its words in any language, and a whole report in
//! French reads as one.

#![allow(clippy::unwrap_used, reason = "a test may end where something is not as expected")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crossfoot::words::{Lang, Words, key_of};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Files below a folder with an ending, by path.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The texts between quotes of a source, comments left out, each with the code before it.
fn literals(text: &str) -> Vec<(String, String)> {
    let (mut found, mut before, mut open, mut escaped) = (Vec::new(), String::new(), None::<String>, false);
    for c in text.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(str::chars) {
        match &mut open {
            Some(literal) if escaped => {
                literal.push(c);
                escaped = false;
            }
            Some(_) if c == '\\' => escaped = true,
            Some(literal) if c == '"' => {
                found.push((std::mem::take(&mut before), std::mem::take(literal)));
                open = None;
            }
            Some(literal) => literal.push(c),
            None if c == '"' && before.ends_with('\'') => before.push(c),
            None if c == '"' => open = Some(String::new()),
            None => before.push(c),
        }
    }
    found
}

/// Every template that standard rules say: whatever has a space in it.
fn of_rules() -> BTreeSet<String> {
    let mut templates = BTreeSet::new();
    for file in files(&root().join("rules"), "rhai") {
        let text = fs::read_to_string(&file).unwrap();
        let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let spoken = code.split('`').skip(1).step_by(2).find(|text| text.contains(' '));
        // What is put together between backquotes can be told in no other language.
        assert!(spoken.is_none(), "{}: write says(...) for `{}`", file.display(), spoken.unwrap_or_default());
        let spaced = literals(&text).into_iter().map(|(_, literal)| literal);
        // What is only handed to `join` is no sentence.
        templates.extend(spaced.filter(|literal| literal.trim().contains(' ')));
    }
    templates
}

/// The titles of the standard rules.
fn titles() -> BTreeSet<String> {
    crossfoot::Rules::standard().iter().map(|rule| rule.title().to_string()).collect()
}

/// Every template that the engine says: what `Said::of` is given, and the few texts that labels and helps are.
fn of_engine() -> BTreeSet<String> {
    let mut templates = BTreeSet::new();
    for file in files(&root().join("src"), "rs") {
        let text = fs::read_to_string(&file).unwrap();
        if file.ends_with("words/said.rs") || file.ends_with("words/tests.rs") {
            continue;
        }
        if !text.contains("Said::of(") {
            continue;
        }
        let (code, _) = text.split_once("#[cfg(test)]").unwrap_or((&text, ""));
        for (before, literal) in literals(code) {
            let is_said = ["Said::of(", "slip(", "of("].iter().any(|said| before.trim_end().ends_with(said));
            if literal.contains(' ') && (is_said || literal.contains("{place}")) {
                templates.insert(literal);
            }
        }
    }
    templates.insert("first given here".to_owned());
    // What loading finds and expects: kinds of values with their articles, and plain messages and helps.
    for file in ["src/plan/tree.rs", "src/plan/vocabulary/check.rs", "src/plan/receiver.rs", "src/plan/mod.rs"] {
        let text = fs::read_to_string(root().join(file)).unwrap();
        let is_article = |literal: &str| literal.starts_with("a ") || literal.starts_with("an ");
        let is_told = |before: &str| {
            [".help(", "span,", "narrow(span),", "Span::default(),"].iter().any(|end| before.trim_end().ends_with(end))
        };
        let (code, _) = text.split_once("#[cfg(test)]").unwrap_or((&text, ""));
        let told = literals(code).into_iter().filter(|(before, literal)| is_article(literal) || is_told(before));
        templates.extend(told.map(|(_, literal)| literal).filter(|literal| literal.contains(' ')));
    }
    // What never happens is told to nobody.
    templates.retain(|template| !template.contains("GiB") && !template.contains("NodeId"));
    templates.insert("`{key}`".to_owned());
    templates
}

/// The names of the holes of a template.
fn holes(template: &str) -> Vec<String> {
    let is_name = |name: &&str| name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    let names = template.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name);
    let names = names.filter(is_name);
    let names = names.map(|name| if name.is_empty() { "value" } else { name }.to_owned());
    names.collect::<BTreeSet<String>>().into_iter().collect()
}

#[test]
fn every_language_has_words_for_all_that_rules_and_the_engine_say() {
    let mut templates: BTreeMap<String, String> = BTreeMap::new();
    for template in of_rules().into_iter().chain(of_engine()).chain(titles()) {
        if let Some(other) = templates.insert(key_of(&template), template.clone()) {
            // Two that differ only in their marks are one to a translator.
            assert_eq!(holes(&other), holes(&template), "{other} and {template} have one key");
        }
    }
    assert!(templates.len() > 100, "{templates:#?}");
    let english: BTreeSet<String> = Words::english().keys().into_iter().map(|(key, _)| key).collect();
    for lang in Lang::all().filter(|lang| *lang != Lang::ENGLISH) {
        let known: BTreeMap<String, Vec<String>> =
            Words::of(lang).keys().into_iter().filter(|(key, _)| !english.contains(key)).collect();
        let pages: BTreeSet<String> = titles().iter().map(|title| format!("{}.page", key_of(title))).collect();
        let without: Vec<&String> = pages.iter().filter(|page| !known.contains_key(*page)).collect();
        assert!(without.is_empty(), "{} lacks pages: {without:?}", lang.tag());
        let known: BTreeMap<String, Vec<String>> = known.into_iter().filter(|(key, _)| !pages.contains(key)).collect();
        let missing: Vec<String> = templates
            .iter()
            .filter(|(key, _)| !known.contains_key(*key))
            .map(|(key, english)| format!("# {english}\n{key} ="))
            .collect();
        assert!(missing.is_empty(), "{} lacks words:\n\n{}", lang.tag(), missing.join("\n"));
        for (key, asked) in &known {
            let template = templates.get(key).unwrap_or_else(|| panic!("{}: nobody says {key}", lang.tag()));
            assert_eq!(asked, &holes(template), "{}: the holes of {key}", lang.tag());
        }
    }
}

/// A report as text in French.
fn in_french(run: &crossfoot::finding::Run, width: usize) -> String {
    let lang = Lang::named("fr").unwrap();
    let options = crossfoot::report::TextOptions { lang, width, ..Default::default() };
    let mut out = Vec::new();
    crossfoot::report::render(crossfoot::report::Format::Text, run, &options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn audited(file: &str) -> crossfoot::finding::Run {
    // By a path that does not name this machine.
    let text = fs::read_to_string(root().join(file)).unwrap();
    let plan = crossfoot::Plan::parse(file, &text);
    crossfoot::Auditor::new(&crossfoot::Rules::standard()).today(2027, 1, 1).run_of(&[plan])
}

#[test]
fn the_report_of_a_real_plan_reads_as_french() {
    insta::assert_snapshot!(in_french(&audited("plans/itu-2020-2023.toml"), 100));
}

/// Every rule finds something there, so that this is the French of each.
#[test]
fn each_mistake_is_told_in_french() {
    let french = in_french(&audited("plans/teaching/mistakes.toml"), 1_000);
    // The messages and causes alone: the rest is as in the report above.
    let starts = ["erreur", "avertissement", "note", "  cause probable", "  que faire", "  correction"];
    let lines: Vec<&str> = french.lines().filter(|line| starts.iter().any(|start| line.starts_with(start))).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

/// A saved run is language-neutral: French is made from templates and arguments, long after.
#[test]
fn a_saved_run_can_be_told_in_french() {
    let run = audited("plans/itu-2020-2023.toml");
    let saved = crossfoot::finding::Run::read(&run.to_json()).unwrap();
    assert_eq!(in_french(&saved, 100), in_french(&run, 100));
}
