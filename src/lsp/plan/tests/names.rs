//! Going to what a name names, back, and renaming it.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::super::rename::Change;
use super::super::{definition, prepare_rename, references, rename};
use super::{itu, marked, view};
use crate::audit::Auditor;
use crate::plan::Plan;
use crate::rules::Rules;

/// The lines with what is gone to, from its first byte.
fn lines(plan: &Plan, places: &[super::super::Place]) -> Vec<String> {
    let text = plan.source().text();
    places.iter().map(|place| text[place.span.start as usize..].lines().next().unwrap().to_owned()).collect()
}

/// A text with the changes made.
fn changed(plan: &Plan, changes: &[Change]) -> String {
    let mut text = plan.source().text().to_owned();
    for change in changes.iter().filter(|change| *change.file == *plan.name()).rev() {
        text.replace_range(change.span.range(), &change.text);
    }
    text
}

fn renamed(text: &str, new: &str) -> Result<String, String> {
    let (plan, at) = marked(text);
    let rules = Rules::standard();
    rename(&view(&plan, &rules), at, new).map(|changes| changed(&plan, &changes))
}

const TOWN: &str = "
scales = { impact = ['low', 'high'] }
reconciliations = [{ figures = ['objectives[A].total.2026', ['tables[t].rows[A].values[Sum]']] }]
[[objectives]]
id = 'A'
total = { 2026 = 5 }
[[tables]]
id = 't'
columns = ['A', 'Sum']
total_column = 'Sum'
total_row = 'Sum'
rows = [{ id = 'A', values = [1, 2] }, { id = 'Sum', values = [1, 2] }, { id = 'pc', percent_of = 'Sum', values = [1, 2] }]
[[risks]]
impact = 'high'
mitigations = [4, '4', 5]
[[mitigations]]
id = 4 # the first
[[mitigations]]
id = 5
";

/// Puts the cursor at the start of a piece of the town's plan.
fn at(piece: &str, more: usize) -> String {
    let mut text = TOWN.to_owned();
    text.insert(TOWN.find(piece).unwrap() + more, '|');
    text
}

#[test]
fn a_name_leads_to_what_it_names() {
    for (piece, more, expected) in [
        ("[4, '4'", 1, "4 # the first"),
        ("'4', 5", 1, "4 # the first"),
        ("'high'\n", 2, "'high'] }"),
        ("[A].total", 1, "'A'\n"),
        (".total.2026", 2, "5 }"),
        ("[t].rows", 1, "'t'"),
        (".values[Sum]", 10, "'Sum']\ntotal_column"),
        ("'Sum'\ntotal_row", 2, "'Sum']\ntotal_column"),
        ("'Sum'\nrows", 2, "'Sum', values"),
        ("percent_of = 'Sum'", 15, "'Sum', values"),
        ("'A', values", 1, "'A'\ntotal"),
        ("'A', 'Sum']", 1, "'A'\ntotal"),
    ] {
        let (plan, place) = marked(&at(piece, more));
        let rules = Rules::standard();
        let found = definition(&view(&plan, &rules), place);
        let expected = expected.lines().next().unwrap();
        let found = lines(&plan, &found);
        assert!(found.len() == 1 && found[0].starts_with(expected), "{piece}: {found:?}");
    }
    let (plan, place) = marked(&at("5 }", 0));
    assert!(definition(&view(&plan, &Rules::standard()), place).is_empty());
}

#[test]
fn a_thing_leads_back_to_all_that_name_it() {
    let (plan, place) = marked(&at("'A'\ntotal", 1));
    let rules = Rules::standard();
    let found = references(&view(&plan, &rules), place, false);
    let expected = [
        "A].total.2026', ['tables[t].rows[A].values[Sum]']] }]",
        "A].values[Sum]']] }]",
        "'A', 'Sum']",
        "'A', values = [1, 2] }, ",
    ];
    let found = lines(&plan, &found);
    assert!(found.len() == 4 && found.iter().zip(expected).all(|(one, start)| one.starts_with(start)), "{found:?}");
    let (plan, place) = marked(&at("'4', 5", 1));
    let found = references(&view(&plan, &rules), place, true);
    assert_eq!(lines(&plan, &found), ["4, '4', 5]", "'4', 5]", "4 # the first"]);
}

/// A row and a column of a cross-table lead to their figures, and a figure back to both.
#[test]
fn rows_and_columns_lead_to_their_figures_and_back() {
    let text = "
[[objectives]]
id = 'A'
[[tables]]
id = 't'
columns = ['A', 'x', 'Sum']
total_column = 'Sum'
total_row = 'all'
rows = [
    { id = 'A', values = [11, 12, 13] },
    { id = 'b', values = [21, 22] },
    { id = 'all', values = [31, 32, 33] },
]
";
    let rules = Rules::standard();
    let ask = |piece: &str, more: usize| {
        let mut text = text.to_owned();
        let at = text.find(piece).unwrap() + more;
        text.insert(at, '|');
        let (plan, at) = marked(&text);
        let view = view(&plan, &rules);
        let of = |places: Vec<super::super::Place>| {
            let texts = places.iter().map(|place| plan.source().slice(place.span).to_owned());
            texts.collect::<Vec<_>>().join(" ")
        };
        (of(definition(&view, at)), of(references(&view, at, false)))
    };
    assert_eq!(ask("22]", 1).0, "'b' 'x'");
    assert_eq!(ask("13]", 0).0, "'A' 'Sum'");
    assert_eq!(ask("'b', v", 1), ("'b'".to_owned(), "21 22".to_owned()));
    assert_eq!(ask("'x', 'S", 1).1, "12 22 32");
    // Also from what refers to a row or a column, and from one that is named after something else.
    assert_eq!(ask("'all'\n", 1), ("'all'".to_owned(), "'all' 31 32 33".to_owned()));
    assert_eq!(ask("'Sum'\n", 1).1, "'Sum' 13 33");
    assert_eq!(ask("'A', values", 1), ("'A'".to_owned(), "'A' 'A' 11 12 13".to_owned()));
    assert_eq!(ask("'A', 'x'", 1).1, "'A' 'A' 11 21 31");
    assert_eq!(ask("'A'\n", 1).1, "'A' 'A'", "the objective itself has rows and columns, and no figures there");
}

#[test]
fn a_rename_reaches_every_name_and_keeps_how_it_is_written() {
    let town = renamed(&at("'A'\ntotal", 1), "B").unwrap();
    let expected = TOWN.replace("'A'", "'B'").replace("[A]", "[B]");
    assert_eq!(town, expected);
    // From a row or a path that is named after it, as well.
    assert_eq!(renamed(&at("'A', values", 1), "B").unwrap(), expected);
    assert_eq!(renamed(&at("[A].values", 1), "B").unwrap(), expected);
    let town = renamed(&at("4 # the first", 0), "7").unwrap();
    assert!(town.contains("[7, '7', 5]") && town.contains("id = 7 # the first"), "{town}");
    let town = renamed(&at("4 # the first", 0), "M-4").unwrap();
    assert!(town.contains("[\"M-4\", 'M-4', 5]") && town.contains("id = \"M-4\" # the first"), "{town}");
    let town = renamed(&at("'high'\n", 1), "it's high").unwrap();
    assert!(town.contains("'low', \"it's high\"]") && town.contains("impact = \"it's high\""), "{town}");
    // A step that a path cannot hold bare is quoted.
    let town = renamed(&at("'A'\ntotal", 1), "3").unwrap();
    assert!(town.contains("'objectives[\"3\"].total.2026', ['tables[t].rows[\"3\"].values[Sum]']"), "{town}");
    let town = renamed(&at("'Sum']", 1), "it's]").unwrap();
    assert!(town.contains("\"tables[t].rows[A].values[\\\"it's]\\\"]\""), "{town}");
}

#[test]
fn rows_that_an_allocation_matches_keep_one_name_and_rows_of_totals_are_nobodys() {
    let allocated = "
[[tables]]
id = 'keys'
rows = [{ id = 'North', values = [100] }]
[[tables]]
id = 'costs'
columns = ['T']
rows = [{ id = 'North', values = [5] }]
[[tables]]
id = 'amounts'
allocation = { percents = 'keys', totals = 'tables[costs].rows.values[T]' }
rows = [{ id = 'N|orth', values = [5] }]
[[tables]]
id = 'other'
rows = [{ id = 'North', values = [5] }]
";
    let after = renamed(allocated, "South").unwrap();
    assert_eq!((after.matches("South").count(), after.matches("North").count()), (3, 1), "{after}");
    let totals = "objectives = [{ id = 'S|um' }]\ntables = [{ total_row = 'Sum', rows = [{ id = 'Sum' }] }]\n";
    let after = renamed(totals, "A").unwrap();
    assert_eq!(after.matches("Sum").count(), 2, "{after}");
}

#[test]
fn a_rename_that_would_lose_something_is_refused_with_the_reason() {
    for (text, new, reason) in [
        (at("4 # the first", 0), "5", "`5` is taken: 5; choose another name"),
        (at("'low'", 1), "high", "`high` is taken; choose another name"),
        (at("'A'\ntotal", 1), "  ", "a name is missing"),
        (at("'A'\ntotal", 1), "a\nb", "stands on one line"),
        (at("'A'\ntotal", 1), "Sum", "`Sum` is taken; choose another name"),
        (at("5 }", 0), "6", "there is no name here"),
        (at("id = 't'", 1), "u", "there is no name here"),
        ("mitigations = [{ id = 1| }, { id = 1 }]".to_owned(), "2", "`1` names more than one thing"),
        ("plan = { years = [2026], share_years = [2|026] }".to_owned(), "2027", "a year is no name"),
        ("mitigations = [{ id = 1| }]\nx =".to_owned(), "2", "no TOML at the moment"),
    ] {
        let told = renamed(&text, new).unwrap_err();
        assert!(told.contains(reason), "{told}");
    }
    assert_eq!(renamed(&at("4 # the first", 0), "4").unwrap(), TOWN);
    let (plan, place) = marked(&at("[A].values", 1));
    let (span, name) = prepare_rename(&view(&plan, &Rules::standard()), place).unwrap();
    assert_eq!((plan.source().slice(span), name.as_str()), ("A", "A"));
}

#[test]
fn names_reach_into_the_other_plans_of_a_portfolio() {
    let whole = Plan::parse(
        "whole.toml",
        "[plan]\nid = 'W'\nportfolio = 'p'\nparts = [{ plan = 'R', figures = [{ own = 'x', theirs = 'tables[t].rows[a]' }] }]\n",
    );
    let part = Plan::parse(
        "part.toml",
        "plan = { id = 'R', portfolio = 'p' }\ntables = [{ id = 't', rows = [{ id = 'a' }] }]\n",
    );
    let other = Plan::parse("other.toml", "plan = { id = 'R', portfolio = 'q' }\n");
    let rules = Rules::standard();
    let plans = vec![&whole, &part, &other];
    let of = |plan, piece: &str, more: usize| {
        let plan: &Plan = plan;
        let at = u32::try_from(plan.source().text().find(piece).unwrap() + more).unwrap();
        (super::View { plans: plans.clone(), ..view(plan, &rules) }, at)
    };
    let (view, at) = of(&whole, "'R'", 1);
    let found = definition(&view, at);
    assert_eq!((found.len(), found[0].file.as_ref()), (1, "part.toml"));
    let changes = rename(&view, at, "Roads").unwrap();
    assert!(changed(&part, &changes).starts_with("plan = { id = 'Roads'"));
    assert!(changed(&whole, &changes).contains("plan = 'Roads', figures"));
    assert_eq!(changed(&other, &changes), other.source().text());
    let (view, at) = of(&part, "'a'", 1);
    let changes = rename(&view, at, "b").unwrap();
    assert!(
        changed(&whole, &changes).contains("theirs = 'tables[t].rows[b]'")
            && changed(&part, &changes).contains("id = 'b'")
    );
    let (view, at) = of(&whole, "'W'", 1);
    assert!(rename(&view, at, "R").unwrap_err().contains("`R` is taken"));
}

/// What a report says of a plan: how often each rule found something, and how many checks passed.
fn told(plan: &Plan, rules: &Rules) -> (BTreeMap<String, usize>, u64) {
    let report = Auditor::new(rules).audit(plan);
    let mut told = BTreeMap::new();
    for finding in &report.findings {
        *told.entry(finding.rule.to_string()).or_default() += 1;
    }
    (told, report.summary.checks.passed)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn a_renamed_itu_plan_says_the_same(place in 0.0..1.0_f64, new in "[a-z][a-z .0-9'\"\\]é\\\\-]{0,8}[0-9a-z]|[0-9]{3}") {
        let plan = itu();
        let rules = Rules::standard();
        let view = view(&plan, &rules);
        // From somewhere on, the first place that can be renamed.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place")]
        let from = (place * plan.source().text().len() as f64) as u32;
        let end = u32::try_from(plan.source().text().len()).unwrap();
        let at = (from..end).chain(0..from).find(|at| prepare_rename(&view, *at).is_ok()).unwrap();
        if let Ok(changes) = rename(&view, at, &new) {
            let after = plan.with_text(&changed(&plan, &changes));
            prop_assert!(after.is_toml(), "{:?}", after.faults());
            prop_assert_eq!(told(&plan, &rules), told(&after, &rules));
            // And back, also where a path had to write the name with marks of its own.
            let old = prepare_rename(&view, at).unwrap().1;
            let first = changes.first().map_or(0, |change| change.span.start);
            let view = super::view(&after, &rules);
            let is_new = |at: &u32| prepare_rename(&view, *at).is_ok_and(|(_, name)| name == new.trim());
            let back = rename(&view, (first..).find(is_new).unwrap(), &old).unwrap();
            prop_assert_eq!(told(&plan, &rules), told(&after.with_text(&changed(&after, &back)), &rules));
        }
    }
}
