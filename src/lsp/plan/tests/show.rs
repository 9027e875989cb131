//! What is shown without being asked for: hints, lenses, outline, folds.

use super::super::{Symbol, by_year, folds, hints, lenses, symbols, workspace_symbols};
use super::{all, itu, view};
use crate::plan::Plan;
use crate::rules::Rules;

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
[[objectives.outputs]]
cost = { 2026 = 4 }
[[objectives.outp
cost = { 2026 = 3 }
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

/// The outline as an editor draws it.
fn drawn(symbols: &[Symbol], depth: usize) -> Vec<String> {
    let of = |symbol: &Symbol| {
        let line = format!("{}{:?}: {} ({})", "  ".repeat(depth), symbol.kind, symbol.name, symbol.detail);
        std::iter::once(line).chain(drawn(&symbol.children, depth + 1)).collect::<Vec<_>>()
    };
    symbols.iter().flat_map(of).collect()
}

#[test]
fn the_outline_names_things_as_people_do() {
    let plan = itu();
    let rules = Rules::empty();
    let outline = symbols(&view(&plan, &rules));
    let drawn = drawn(&outline, 0);
    let first_of: Vec<&String> = {
        let mut kinds = std::collections::HashSet::new();
        drawn.iter().filter(|line| kinds.insert(line.split(':').next().unwrap())).collect()
    };
    insta::assert_snapshot!("itu_outline", first_of.iter().map(|line| line.as_str()).collect::<Vec<_>>().join("\n"));
    let objective = outline.iter().find(|symbol| symbol.name == "I.1 Collaboration").unwrap();
    let text = plan.source().slice(objective.span);
    assert!(text.starts_with("[[objectives]]") && text.ends_with("2023 = 597_811 }"), "{text}");
    assert_eq!(plan.source().slice(objective.select), "\"I.1\"");
    let inline = Plan::parse("p", "objectives = [{ title = 'x', outputs = [{}] }]\n[own]\na = 1\n");
    let outline = symbols(&view(&inline, &rules));
    let names: Vec<&str> = outline.iter().map(|symbol| symbol.name.as_str()).collect();
    assert_eq!(names, ["x", "own"]);
    assert_eq!(outline[0].children[0].name, "objectives[0].outputs[0]");
}

#[test]
fn a_search_finds_letters_in_their_order_the_closest_first() {
    let plans = [
        Plan::parse(
            "a.toml",
            "objectives = [{ id = 'A', title = 'Roads', outputs = [{ id = 'A-1', title = 'Réparation' }] }]",
        ),
        Plan::parse(
            "b.toml",
            "mitigations = [{ id = 1, title = 'A road map' }, { id = 2, title = 'Rain or a drought' }]",
        ),
    ];
    let rules = Rules::empty();
    let view = super::View { plans: plans.iter().collect(), ..view(&plans[0], &rules) };
    let names = |query| workspace_symbols(&view, query).into_iter().map(|found| found.name).collect::<Vec<_>>();
    assert_eq!(names("ROAD"), ["A Roads", "1 A road map", "2 Rain or a drought"]);
    assert_eq!(names("répa"), ["A-1 Réparation"]);
    assert_eq!(names("").len(), 4);
    let found = &workspace_symbols(&view, "répa")[0];
    assert_eq!((found.file.as_ref(), found.within.as_str()), ("a.toml", "A Roads"));
    assert_eq!(plans[0].source().slice(found.span), "'A-1'");
}

#[test]
fn tables_long_values_and_blocks_of_comments_fold() {
    let text = "# one\n# block\n\n# alone\n[a] # of a\nx = [\n  1,\n]\ny = 2\n# of b\n# again\n\n[a.b]\nt = \"\"\"\n\n\"\"\"\n[c]\n[[d]]\nz = 1\n";
    let plan = Plan::parse("p", text);
    let folds = folds(&view(&plan, &Rules::empty()));
    let shown: Vec<(&str, bool)> = folds.iter().map(|fold| (&text[fold.span.range()], fold.is_comment)).collect();
    assert_eq!(
        shown,
        [
            ("# one\n# block", true),
            ("[a] # of a\nx = [\n  1,\n]\ny = 2\n# of b\n# again\n\n[a.b]\nt = \"\"\"\n\n\"\"\"", false),
            ("[\n  1,\n]", false),
            ("# of b\n# again", true),
            ("[a.b]\nt = \"\"\"\n\n\"\"\"", false),
            ("\"\"\"\n\n\"\"\"", false),
            ("[[d]]\nz = 1", false),
        ]
    );
}

#[test]
fn a_lens_names_the_years_that_do_not_agree() {
    let lens = |objective: &str| {
        let plan = Plan::parse("p", &format!("[[objectives]]\n{objective}"));
        let lenses = lenses(&view(&plan, &Rules::empty()));
        lenses.into_iter().map(|lens| lens.title).collect::<Vec<_>>().join("; ")
    };
    let outputs = "outputs = [{ cost = { 2026 = 10, 2027 = 5 } }, { cost = { 2026 = 20, 2027 = 6 } }]\n";
    let total = |total: &str| lens(&format!("{outputs}total = {total}"));
    assert_eq!(total("{ 2026 = 30 }"), "2 outputs, sum 30 = stated");
    assert_eq!(total("{ 2026 = 31 }"), "2 outputs, sum 30 ≈ stated, within rounding");
    assert_eq!(
        total("{ 2026 = 40, 2027 = 11 }"),
        "2 outputs, sum 41 · 2026: 30 ≠ stated, difference +10 · = stated in 2027"
    );
    assert_eq!(
        total("{ 2026 = 30, 2027 = 11, 2028 = 4 }"),
        "2 outputs · 2028: not every output states a cost · = stated in 2 years"
    );
    assert_eq!(total("{ 2026 = 30, 2027 = 11 }"), "2 outputs, sum 41 = stated in all 2 years");
    assert_eq!(total("{ 2026 = 30, 2027 = 12 }"), "2 outputs, sum 41 = stated in 2026, within rounding in 2027");
    assert_eq!(lens(outputs), "2 outputs · 2026: 30 · 2027: 11");
    assert_eq!(lens("id = 'x'"), "");
}

#[test]
fn an_objective_is_shown_year_by_year() {
    let told = |objective: &str| {
        let plan = Plan::parse("p", &format!("[[objectives]]\nid = 'A'\n{objective}"));
        by_year(&view(&plan, &Rules::empty()), 0).unwrap_or_default()
    };
    let outputs = "outputs = [{ cost = { 2026 = 10, 2027 = 5 } }, { cost = { 2026 = 20, 2027 = 6 } }]\n";
    assert_eq!(
        told(&format!("{outputs}total = {{ 2026 = 30, 2027 = 12, 2028 = 1 }}")),
        "A: 2 outputs\n2026: 30 = stated\n2027: 11 ≈ stated, within rounding\n2028: not every output states a cost"
    );
    assert_eq!(told(outputs), "A: 2 outputs\n2026: 30, no total is stated\n2027: 11, no total is stated");
    assert_eq!(told("title = 'no outputs'"), "");
}

#[test]
fn a_cross_table_and_a_portfolio_show_what_makes_their_totals() {
    let table = hinted(
        "
[[tables]]
columns = ['a', 'Sum']
total_column = 'Sum'
total_row = 'Sum'
rows = [{ id = 'x', values = [1, 1] }, { id = 'y', values = [2, 9] }, { id = 'Sum', values = [3, 10] }, { id = 'p', percent_of = 'Sum', values = [30, 100] }]
",
    );
    assert!(table.contains("values = [1, 1«✓»]") && table.contains("values = [2, 9«≠ 2»]"), "{table}");
    assert!(table.contains("values = [3«✓», 10«≠ 3 ✓»]"), "{table}");
    let plan = hinted("plan = { parts = [{ total = { 2026 = 3 } }, { total = { 2026 = 4 } }], total = { 2026 = 7 } }");
    assert!(plan.contains("2026 = 7«= 7»"), "{plan}");
    let years = hinted("objectives = [{ total = { 2026 = 3, 2027 = 4, all_years = 9 } }]");
    assert!(years.contains("all_years = 9«≠ 7 100.0 %»"), "{years}");
    // Where an objective states no total for a year, nobody knows the whole.
    let lacking = hinted("objectives = [{ total = { 2026 = 3 } }, { total = { 2026 = 1, 2027 = 4 } }]");
    assert!(lacking.contains("2026 = 1«25.0 %», 2027 = 4 }"), "{lacking}");
}
