//! What is shown without being asked for: hints, lenses, outline, folds.

use super::super::{hints, lenses};
use super::{all, itu, view};
use crate::{Plan, Rules};

/// A text with its hints where an editor shows them.
fn hinted(text: &str) -> String {
    let plan = Plan::parse("p", text);
    let rules = Rules::standard();
    let mut shown = text.to_owned();
    for hint in hints(&view(&plan, &rules), all(&plan)).iter().rev() {
        shown.insert_str(hint.at as usize, &format!("«{}»", hint.text));
    }
    shown
}

#[test]
fn a_total_shows_what_its_parts_make_and_an_amount_its_share() {
    let one_year = "
[[objectives]]
id = 'A'
total = { 2026 = 31 }
outputs = [
    { cost = { 2026 = 10 } },
    { cost = { 2026 = 20 } },
]
";
    assert_eq!(
        hinted(one_year),
        "
[[objectives]]
id = 'A'
total = { 2026 = 31«parts make 30, difference +1 within rounding · 100.0 % of the plan» }
outputs = [
    { cost = { 2026 = 10«32.3 % of A · 32.3 % of the plan» } },
    { cost = { 2026 = 20«64.5 % of A · 64.5 % of the plan» } },
]
"
    );
    let apart = one_year.replace("31", "50");
    assert!(hinted(&apart).contains("50«parts make 30, difference +20: rounding permits 1.5"), "{}", hinted(&apart));
    let equal = one_year.replace("31", "30");
    assert!(hinted(&equal).contains("30«= 30 · 100.0 % of the plan»"), "{}", hinted(&equal));
}

#[test]
fn hints_say_nothing_where_nothing_is_known() {
    // An output without a cost, a text for a number, a year that only the total has, a table that is no table.
    for text in [
        "objectives = [{ total = { 2026 = 3 }, outputs = [{ cost = { 2026 = 3 } }, { id = 'x' }] }]",
        "objectives = [{ total = { 2026 = '3' }, outputs = [{ cost = { 2026 = '3' } }] }]",
        "objectives = [{ total = { 2026 = 3 }, outputs = 7 }]",
        "tables = [{ total_row = [], rows = [{ id = [], values = [1] }] }]",
        "own = { total = 3, parts = [1, 2] }",
        "objectives = 3",
    ] {
        let shown = hinted(text);
        assert!(!shown.contains("make") && !shown.contains('✓'), "{shown}");
    }
}

#[test]
fn while_a_text_is_no_toml_totals_of_what_was_read_in_full_keep_their_hints() {
    let text = "
[[objectives]]
total = { 2026 = 5 }
outputs = [{ cost = { 2026 = 5 } }]
[[objectives]]
total = { 2026 = 7 }
outputs = [{ cost = { 2026 = 7 } }, { cost =
";
    let shown = hinted(text);
    assert!(shown.contains("total = { 2026 = 5«= 5» }") && shown.contains("total = { 2026 = 7 }"), "{shown}");
}

#[test]
fn the_itu_plan_with_its_hints() {
    let plan = itu();
    let rules = Rules::standard();
    let text = plan.source().text();
    let mut shown = text.to_owned();
    for hint in hints(&view(&plan, &rules), all(&plan)).iter().rev() {
        shown.insert_str(hint.at as usize, &format!("«{}»", hint.text));
    }
    let lines: Vec<&str> = shown.lines().filter(|line| line.contains('«')).collect();
    insta::assert_snapshot!("itu_hints", lines.join("\n"));
    let lenses = lenses(&view(&plan, &rules));
    let lenses: Vec<&str> = lenses.iter().map(|lens| lens.title.as_str()).collect();
    insta::assert_snapshot!("itu_lenses", lenses.join("\n"));
}
