//! Completion, at the moments when the text is seldom TOML.

use super::super::{Completion, complete};
use super::{marked, view};
use crate::rules::Rules;

fn completions(text: &str) -> Vec<Completion> {
    let (plan, at) = marked(text);
    complete(&view(&plan, &Rules::empty()), at)
}

/// The labels, the first so many.
fn labels(text: &str) -> Vec<String> {
    completions(text).into_iter().map(|completion| completion.label).collect()
}

/// The text after choosing the completion of a label.
fn chosen(text: &str, label: &str) -> String {
    let found = completions(text);
    let one = found.iter().find(|completion| completion.label == label);
    let one = one.unwrap_or_else(|| panic!("{label} not among {:?}", labels(text)));
    let mut after = text.replacen('|', "", 1);
    after.replace_range(one.replace.range(), &one.insert);
    after
}

const TOP: &str = "
plan = { years = [2026, 2027] }
scales = { impact = ['low', 'high'], status = [] }
mitigations = [{ id = 4, title = 'Fence', status = 'done' }, { id = 'M-5' }]
";

fn with(text: &str) -> String {
    format!("{TOP}{text}")
}

#[test]
fn keys_are_those_that_the_table_lacks() {
    assert_eq!(
        labels("[[risks]]\ntitle = 'x'\n|\nimpact = 'low'")[..4],
        ["id", "category", "likelihood", "mitigations"]
    );
    assert_eq!(labels("[[risks]]\nimp|")[..2], ["title", "id"]);
    assert_eq!(chosen("[[risks]]\nimp|", "impact"), "[[risks]]\nimpact = \"$1\"");
    assert_eq!(chosen("[[risks]]\nimp| = 'low'", "impact"), "[[risks]]\nimpact = 'low'");
    assert_eq!(chosen("risks = [{ id = 1, t| }]", "title"), "risks = [{ id = 1, title = \"$1\" }]");
    assert_eq!(labels("risks = [{ id = 1, |"), ["title", "category", "likelihood", "impact", "mitigations"]);
    assert!(labels("[[own]]\n|").iter().all(|label| label.starts_with('[')));
    assert_eq!(chosen("|", "objectives"), "[[objectives]]\n$1");
    assert_eq!(chosen("[[objectives]]\nou|", "outputs"), "[[objectives]]\n[[objectives.outputs]]\n$1");
    assert_eq!(labels("plan.|")[..2], ["title", "years"]);
    assert_eq!(labels("x = 5 |").len() + labels("x = 'a' |").len() + labels("# |").len(), 0);
}

#[test]
fn years_are_offered_the_missing_ones() {
    assert_eq!(labels(&with("[[objectives]]\ntotal = { |")), ["2026", "2027", "all_years"]);
    assert_eq!(labels(&with("[[objectives]]\ntotal = { 2026 = 5, | }")), ["2027", "all_years"]);
    assert_eq!(labels(&with("[[objectives]]\ntotal.2026 = 5\ntotal.|")), ["2027", "all_years"]);
    assert_eq!(labels(&with("[objectives.total]\n2027 = 5\n|\n")), ["2026", "all_years"]);
    assert_eq!(labels(&with("objectives = [{ outputs = [{ cost = {\n  2026 = 5,\n  2|")), ["2027", "all_years"]);
    let whole = chosen(&with("[[objectives]]\nto|"), "total");
    assert!(whole.ends_with("total = { 2026 = $1, 2027 = $2 }"), "{whole}");
}

#[test]
fn names_come_with_their_titles_and_as_they_are_written() {
    let text = with("[[risks]]\nmitigations = [|");
    let found = completions(&text);
    let shown: Vec<(&str, &str, &str)> =
        found.iter().map(|c| (c.label.as_str(), c.detail.as_str(), c.insert.as_str())).collect();
    assert_eq!(shown, [("4", "Fence", "4"), ("M-5", "", "\"M-5\"")]);
    assert_eq!(labels(&with("[[risks]]\nmitigations = [4, |]")), ["M-5"]);
    assert_eq!(
        chosen("mitigations = [{ id = 'M-5' }]\nrisks = [{ mitigations = ['M|'] }]", "M-5"),
        "mitigations = [{ id = 'M-5' }]\nrisks = [{ mitigations = ['M-5'] }]"
    );
    assert!(chosen(&with("[[risks]]\nmitigations = [\"M|"), "M-5").ends_with("[\"M-5\""));
    // A value with nothing yet, and words that are used elsewhere.
    assert_eq!(labels(&with("[[risks]]\nimpact = |")), ["low", "high"]);
    assert!(chosen(&with("[[risks]]\nimpact = |\ntitle = 'x'"), "high").ends_with("impact = \"high\"\ntitle = 'x'"));
    assert_eq!(labels("[[mitigations]]\nstatus = 'done'\n[[mitigations]]\nstatus = \"|\""), ["done"]);
    let table = "[[tables]]\nid = 't'\ncolumns = ['a', 'Sum']\nrows = [{ id = 'r' }]\n";
    assert_eq!(labels(&format!("{table}total_column = '|'")), ["a", "Sum"]);
    assert_eq!(labels(&format!("{table}total_row = |")), ["r"]);
    assert_eq!(labels(&format!("{table}[tables.allocation]\npercents = |")), ["t"]);
    assert_eq!(labels("[plan]\nrounding = \"|\""), ["nearest", "truncate", "exact"]);
}

#[test]
fn a_path_is_completed_step_by_step() {
    let plan = "
[[objectives]]
id = 'I.1'
title = 'Collaboration'
total = { 2026 = 5 }
[[tables]]
id = 't'
columns = ['GS direct', 'a]']
rows = [{ id = '7', values = [1, 2] }]
[[reconciliations]]
figures = [";
    let at = |typed: &str| format!("{plan}{typed}");
    let step = |typed: &str, label: &str| chosen(&at(typed), label)[plan.len()..].to_owned();
    assert_eq!(labels(&at("\"|")), ["objectives", "tables", "reconciliations"]);
    assert_eq!(step("|", "objectives"), "\"objectives\"");
    assert_eq!(step("\"obj|\"]", "objectives"), "\"objectives\"]");
    assert_eq!(step("\"objectives[|\"]", "I.1"), "\"objectives[I.1]\"]");
    assert_eq!(step("\"objectives[I.|]\"", "I.1"), "\"objectives[I.1]\"");
    assert_eq!(labels(&at("'objectives[I.1].|'")), ["total"]);
    assert_eq!(labels(&at("'objectives[I.1].total.2|'")), ["2026"]);
    assert_eq!(step("'tables[t].rows[|", "7"), "'tables[t].rows[\"7\"]");
    assert_eq!(step("\"tables[t].rows[|\"", "7"), "\"tables[t].rows[\\\"7\\\"]\"");
    assert_eq!(labels(&at("'tables[t].rows[\"7\"].values[|")), ["GS direct", "a]"]);
    assert_eq!(
        step("['objectives[I.1].total.2026', 'tables[t].rows.values[GS|", "GS direct"),
        "['objectives[I.1].total.2026', 'tables[t].rows.values[GS direct]"
    );
    assert_eq!(completions(&at("'objectives[|"))[0].detail, "Collaboration");
}

#[test]
fn headers_are_those_of_the_vocabulary() {
    assert_eq!(
        labels("[[objectives]]\n[|")[..3],
        ["[[objectives]]", "[[objectives.outcomes]]", "[[objectives.outputs]]"]
    );
    assert_eq!(chosen("[[objectives]]\n[[obj|]]", "[[objectives.outputs]]"), "[[objectives]]\n[[objectives.outputs]]");
    assert_eq!(chosen("[tab|", "[[tables]]"), "[[tables]]");
    assert!(!labels("[plan]\n[|").contains(&"[plan]".to_owned()));
    assert!(labels("[plan] |").is_empty());
}
