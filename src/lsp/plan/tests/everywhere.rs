//! Every question at every place, also of texts that are broken, empty or strange.

use super::super::{
    complete, definition, folds, hints, hover, lenses, prepare_rename, references, rename, symbols, workspace_symbols,
};
use super::{all, itu, view};
use crate::plan::Plan;
use crate::rules::Rules;

/// A small plan with something of everything.
const SMALL: &str = "\u{feff}# début
#: deux
plan = { years = [2026], \"tïtle\" = \"é\", total = { 2026 = 5, all_years = 5 } }
[scales]
impact = ['bas', '''haut''']
[[objectives]]
id = \"A\\u0042\"
'total'.2026 = 5
outputs = [{ id = 1, cost = { 2026 = 5.0 } }]
[[tables]]
id = 't'
columns = ['x', \"\"\"y\"\"\"]
total_column = 'y'
rows = [{ id = 'r', values = [1, 1] }]
[[risks]]
impact = 'bas'
mitigations = [4, \"5\"]
[[mitigations]]
id = 4
[[reconciliations]]
figures = ['objectives[AB].total.2026', \"tables[t].rows[r].values[\\\"y\\\"]\"]
";

/// Asks everything at a place.
fn ask(plan: &Plan, rules: &Rules, at: u32) {
    let view = view(plan, rules);
    let text = plan.source().text();
    for place in definition(&view, at).iter().chain(&references(&view, at, true)) {
        assert!(text.get(place.span.range()).is_some());
    }
    let _ = prepare_rename(&view, at);
    if let Some(hover) = hover(&view, at) {
        assert!(text.get(hover.span.range()).is_some() && !hover.markdown.is_empty());
    }
    for completion in complete(&view, at) {
        let replace = completion.replace;
        assert!(text.get(replace.range()).is_some() && replace.start as usize <= text.len(), "{completion:?}");
    }
    for change in rename(&view, at, "é]").unwrap_or_default() {
        assert!(text.get(change.span.range()).is_some());
    }
}

/// Asks what is asked of a whole text.
fn ask_all(plan: &Plan, rules: &Rules) {
    let view = view(plan, rules);
    let text = plan.source().text();
    for hint in hints(&view, all(plan)) {
        assert!(text.is_char_boundary(hint.at as usize) && !hint.text.is_empty());
    }
    for span in lenses(&view).iter().map(|lens| lens.span).chain(folds(&view).iter().map(|fold| fold.span)) {
        assert!(text.get(span.range()).is_some());
    }
    let mut open = symbols(&view);
    while let Some(symbol) = open.pop() {
        let (outer, inner) = (symbol.span, symbol.select);
        assert!(
            text.get(outer.range()).is_some() && outer.start <= inner.start && inner.end <= outer.end,
            "{symbol:?}"
        );
        assert!(symbol.children.iter().all(|child| outer.start <= child.span.start && child.span.end <= outer.end));
        assert!(!symbol.name.is_empty());
        open.extend(symbol.children);
    }
    workspace_symbols(&view, "a");
}

#[test]
fn no_place_of_a_plan_is_a_fault() {
    let rules = Rules::empty();
    let plan = itu();
    ask_all(&plan, &rules);
    let end = u32::try_from(plan.source().text().len()).unwrap();
    (0..end + 2).filter(|at| at % 13 == 0 || *at + 600 > end).for_each(|at| ask(&plan, &rules, at));
    for text in
        ["", "\n", "\u{feff}", "[", "[[", "=", "a =", "[[objectives]]", "[a]\n[a]\n", "x = [[[", "\"\".\"\" = {}"]
    {
        let plan = Plan::parse("p", text);
        ask_all(&plan, &rules);
        (0..8).for_each(|at| ask(&plan, &rules, at));
    }
}

#[test]
fn no_beginning_of_a_plan_is_a_fault() {
    let rules = Rules::empty();
    assert!(Plan::parse("p", SMALL).is_toml(), "{:?}", Plan::parse("p", SMALL).faults());
    for end in 0..=SMALL.len() {
        let Some(text) = SMALL.get(..end) else { continue };
        for text in [text.to_owned(), format!("{text}\n[[risks]]\nid = 3\n")] {
            let plan = Plan::parse("p", &text);
            ask_all(&plan, &rules);
            let from = u32::try_from(end).unwrap().saturating_sub(12);
            (from..from + 14).for_each(|at| ask(&plan, &rules, at));
        }
    }
    let plan = Plan::parse("p", SMALL);
    (0..u32::try_from(SMALL.len()).unwrap() + 3).for_each(|at| ask(&plan, &rules, at));
}
