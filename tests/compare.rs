//! What differs between two drafts, by ids and titles: what is told, and what makes no difference.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crossfoot::Plan;
use crossfoot::compare::{Draft, DraftPlan, plan_difference};
use crossfoot::finding::{ItemChanged, PlanDifference, Wording};
use proptest::prelude::*;
use proptest::sample::subsequence;

fn plan(text: &str) -> DraftPlan {
    let plan = Draft::of("plan.toml", Plan::parse("plan.toml", text)).plans.remove(0);
    assert!(plan.plan.is_toml(), "{text}\n{:?}", plan.plan.faults());
    plan
}

/// What is told of two texts, a line for each difference.
fn told(old: &str, new: &str) -> Vec<String> {
    let difference = plan_difference(&plan(old), &plan(new));
    let words = Wording::ASCII;
    let figures = difference.figures.iter().map(|figure| {
        let stated =
            |value: Option<_>| value.map_or("-".to_owned(), |value: crossfoot::figure::Decimal| value.to_string());
        let name = words.name(&figure.name, figure.old_name.as_ref());
        format!("{name}: {} -> {}", stated(figure.change.old), stated(figure.change.new))
    });
    let items = difference.items.iter().map(|item| format!("{} {}", item.change.word(), words.item(item)));
    let values = difference
        .values
        .iter()
        .map(|value| format!("{}: {}", words.name(&value.name, value.old_name.as_ref()), words.value(value)));
    figures.chain(items).chain(values).collect()
}

#[test]
fn each_kind_of_difference_is_told_by_what_it_is() {
    let two = |first: &str, second: &str| {
        format!("objectives = [{{ id = 'A', outputs = [{first}] }}, {{ id = 'B', outputs = [{second}] }}]")
    };
    let (one, other) = ("{ id = '1', title = 'Course', cost = { 2026 = 10 } }", "{ id = '2', title = 'Visits' }");
    let cases: &[(String, String, &[&str])] = &[
        // Figures of any document, written otherwise or not.
        ("a.b = 1_000\nc = 0x10".into(), "c = 16.0\na = { b = 1000.0 }".into(), &[]),
        ("a = 1\nb = 2".into(), "a = 3\nc = 2".into(), &["a: 1 -> 3", "c: - -> 2", "b: 2 -> -"]),
        ("list = [1, 2]".into(), "list = [1, 2, 3]".into(), &["list[2]: - -> 3"]),
        ("a = 1".into(), "a = 'one'".into(), &["a: \"1\" -> \"one\""]),
        // Items, by id.
        (two(one, other), two(one, "{ id = '2', title = 'Trips' }"), &["renamed output 2: \"Visits\" -> \"Trips\""]),
        (two(one, other), two(&one.replace("'1'", "'7'"), other), &["renamed output 1 -> 7: Course"]),
        (
            two(one, other),
            two("", &format!("{other}, {one}")),
            &["moved output 1 \"Course\": objective A -> objective B"],
        ),
        (
            two(one, other),
            two("", &format!("{other}, {}", one.replace("'1'", "'3'").replace("10", "11"))),
            &[
                "objectives[B].outputs[3].cost.2026 (was objectives[A].outputs[1].cost.2026): 10 -> 11",
                "renamed output 1 -> 3: Course",
                "moved output 3 \"Course\": objective A -> objective B",
            ],
        ),
        (
            two(one, other),
            "objectives = [{ id = 'B', outputs = [{ id = '2', title = 'Visits' }] }]".into(),
            &["removed objective A, with 1 item in it"],
        ),
        (two("", other), two(one, other), &["added output 1 \"Course\" of objective A: 10 in 2026"]),
        // What several have in common tells none of them apart.
        (
            two(one, one),
            two("", &format!("{one}, {one}")),
            &[
                "added output 1 \"Course\" of objective B: 10 in 2026",
                "removed output 1 \"Course\" of objective A: 10 in 2026",
            ],
        ),
        (
            "risks = [{ id = 1, title = 'x' }, { id = 2, title = 'x' }]".into(),
            "risks = [{ id = 8, title = 'x' }, { id = 9, title = 'x' }]".into(),
            &["added risk 8 \"x\"", "added risk 9 \"x\"", "removed risk 1 \"x\"", "removed risk 2 \"x\""],
        ),
        // Without ids: by title, and by nearly the same title over the same content.
        (
            "risks = [{ title = 'Flood' }, { title = 'Fire' }]".into(),
            "risks = [{ title = 'Fire' }, { title = 'Flood' }]".into(),
            &[],
        ),
        (
            "risks = [{ title = 'A great flood', impact = 'high' }]".into(),
            "risks = [{ title = 'A great fire', impact = 'high' }]".into(),
            &["renamed risk: \"A great flood\" -> \"A great fire\""],
        ),
        (
            "risks = [{ title = 'Flood', impact = 'high' }]".into(),
            "risks = [{ title = 'Strike', impact = 'high' }]".into(),
            &["added risk \"Strike\"", "removed risk \"Flood\""],
        ),
        ("own = [{ n = 1 }, { n = 2 }]".into(), "own = [{ n = 2 }, { n = 1 }]".into(), &[]),
        // Lists of texts and ids have no order, but for scales, whose order is what they mean.
        (
            "risks = [{ id = 'R', mitigations = [1, 2] }]".into(),
            "risks = [{ id = 'R', mitigations = [3, 1] }]".into(),
            &["risks[R].mitigations: with \"3\", without \"2\""],
        ),
        (
            "scales.impact = ['low', 'high']".into(),
            "scales.impact = ['high', 'low']".into(),
            &["scales.impact: \"low, high\" -> \"high, low\""],
        ),
        ("means = []".into(), "a = []".into(), &[]),
        // A cross-table's figures are known by row and column.
        (
            "tables = [{ id = 't', columns = ['X', 'Y'], rows = [{ id = 'r', values = [1, 2] }] }]".into(),
            "tables = [{ id = 't', columns = ['Y', 'X'], rows = [{ id = 'r', values = [2, 5] }] }]".into(),
            &["tables[t].rows[r].values[X]: 1 -> 5"],
        ),
    ];
    for (old, new, expected) in cases {
        let mut found = told(old, new);
        let is_told = found.iter().all(|line| expected.contains(&line.as_str())) && found.len() == expected.len();
        if !is_told {
            found.sort();
            panic!("{old}\n{new}\n{found:#?}");
        }
    }
}

#[test]
fn money_is_told_by_objective_and_year() {
    let text = |a: &str, b: &str| {
        format!(
            "[plan]\ncurrency = 'CHF'\nyears = [2022]\n[[objectives]]\nid = 'A'\ntotal = {{ {a} }}\n[[objectives]]\nid = 'B'\noutputs = [{{ id = 'x', cost = {{ {b} }} }}]\n"
        )
    };
    let told = |old: &str, new: &str| {
        let difference = plan_difference(&plan(old), &plan(new));
        difference.amounts.iter().map(|amount| Wording::ASCII.amount(amount, &difference)).collect::<Vec<_>>()
    };
    let old = text("2022 = 12_156_863, 2023 = 0", "2022 = 5");
    assert_eq!(
        told(&old, &text("2022 = 13_396_863, 2023 = 7", "2022 = 4")),
        [
            "Whole plan, 2022: +1 239 999 CHF (+10.2 %)",
            "Objective A, 2022: +1 240 000 CHF (+10.2 %)",
            "Objective A, 2023: +7 CHF",
            "Objective B, 2022: -1 CHF (-20.0 %)",
        ]
    );
    // A total that is stated now where the parts made it before is no change of money.
    assert_eq!(told(&old, &old.replace("outputs", "total = { 2022 = 5.0 }\noutputs")), Vec::<String>::new());
    // In another currency no difference is one.
    let euros = old.replace("CHF", "EUR").replace("12_156_863", "11_000_000");
    assert_eq!(told(&old, &euros)[1], "Objective A, 2022: 11 000 000 EUR, was 12 156 863 CHF");
    let without_a = old.replace("id = 'A'", "id = 'C'");
    assert!(told(&old, &without_a).contains(&"Objective C (added), 2022: 12 156 863 CHF".to_owned()));
    assert!(told(&old, &without_a).contains(&"Objective A (removed), 2022: was 12 156 863 CHF".to_owned()));
    let huge = |n: &str| text(&format!("2022 = {n}"), "2022 = 5");
    let change = &told(&huge("1"), &huge("9000000000000000000000000000"))[1];
    assert_eq!(change, "Objective A, 2022: +8 999 999 999 999 999 999 999 999 999 CHF");
}

#[test]
fn long_texts_are_shown_where_they_begin_to_differ() {
    let long = |end: &str| format!("note = '{}{end}'", "word ".repeat(2_000));
    let [line] = told(&long("old"), &long("new")).try_into().unwrap();
    assert!(line.len() < 300 && line.contains("word old\"") && line.contains("word new\""), "{line}");
}

/// An item of a plan that is made up: its list, its ids and titles, its values, and what stands in it.
#[derive(Clone, Debug)]
struct Made {
    id: Option<u8>,
    title: Option<u8>,
    figures: BTreeMap<u8, i32>,
    means: Vec<u8>,
    within: Vec<Made>,
}

fn made(depth: u32) -> BoxedStrategy<Made> {
    let within =
        if depth == 0 { Just(Vec::new()).boxed() } else { prop::collection::vec(made(depth - 1), 0..4).boxed() };
    let figures = prop::collection::btree_map(0..4_u8, -3_000..3_000_i32, 0..3);
    let name = || prop::option::weighted(0.8, 0..6_u8);
    (name(), name(), figures, prop::collection::vec(0..4_u8, 0..3), within)
        .prop_map(|(id, title, figures, means, within)| Made { id, title, figures, means, within })
        .boxed()
}

/// A plan of made-up items, and how it is written.
fn written(items: &[Made], style: u64) -> String {
    let mut random = fastrand(style);
    let mut text = String::from("[plan]\ntitle = 'made up'\ncurrency = 'CHF'\n");
    write_items(&mut text, items, "objectives", &mut random);
    text
}

/// A source of choices that gives the same for the same seed.
fn fastrand(mut seed: u64) -> impl FnMut(usize) -> usize {
    move |below| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    }
}

fn shuffled<T: Clone>(list: &[T], random: &mut impl FnMut(usize) -> usize) -> Vec<T> {
    let mut list = list.to_vec();
    for at in (1..list.len()).rev() {
        list.swap(at, random(at + 1));
    }
    list
}

fn write_items(text: &mut String, items: &[Made], list: &str, random: &mut impl FnMut(usize) -> usize) {
    for item in shuffled(items, random) {
        write!(text, "[[{list}]] # {}\n", random(1_000)).unwrap();
        let mut lines = vec![format!(
            "means = {:?}",
            shuffled(&item.means, random).iter().map(|n| format!("m{n}")).collect::<Vec<_>>()
        )];
        lines.extend(item.id.map(|id| format!("id = {id}")));
        lines.extend(item.title.map(|title| format!("title = 'title {title}'")));
        for (key, figure) in &item.figures {
            let figure = match random(3) {
                0 => figure.to_string(),
                1 => format!("{figure}.0"),
                _ if figure.abs() > 999 => format!("{}_{:03}", figure / 1_000, figure.abs() % 1_000),
                _ => format!("{figure}.00"),
            };
            lines.push(format!("total.202{key} = {figure}"));
        }
        text.push_str(&shuffled(&lines, random).join(if random(2) == 0 { "\n" } else { "  # a comment\n" }));
        text.push_str("\n\n");
        write_items(text, &item.within, &format!("{list}.outputs"), random);
    }
}

/// What is told of two drafts, as it reads from the other side too: what was and what is, without names.
fn mirrored(difference: &PlanDifference, other_way: bool) -> Vec<String> {
    let pair = |old: String, new: String| if other_way { format!("{new} <> {old}") } else { format!("{old} <> {new}") };
    let figures = difference.figures.iter().map(|figure| {
        assert_eq!(figure.change.difference, figure.change.old.zip(figure.change.new).map(|(old, new)| new - old));
        pair(
            format!("{:?} {:?}", figure.change.old, figure.old_line),
            format!("{:?} {:?}", figure.change.new, figure.new_line),
        )
    });
    let items = difference.items.iter().map(|item| {
        let change = match item.change {
            ItemChanged::Removed if other_way => ItemChanged::Added,
            ItemChanged::Added if other_way => ItemChanged::Removed,
            same => same,
        };
        format!(
            "{change:?} {} {} {}",
            item.list,
            item.holds,
            pair(format!("{:?}", item.old), format!("{:?}", item.new))
        )
    });
    let values = difference.values.iter().map(|value| {
        pair(
            format!("{:?} {:?} {:?}", value.old, value.removed, value.old_line),
            format!("{:?} {:?} {:?}", value.new, value.added, value.new_line),
        )
    });
    let amounts = difference.amounts.iter().map(|of| {
        let objective = of.objective.as_ref().map(|_| ());
        format!("{objective:?} {} {}", of.year, pair(format!("{:?}", of.change.old), format!("{:?}", of.change.new)))
    });
    let mut all: Vec<String> = figures.chain(items).chain(values).chain(amounts).collect();
    all.sort();
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_same_items_in_another_order_and_their_figures_written_otherwise_are_no_difference(
        items in prop::collection::vec(made(1), 0..5),
        styles in (any::<u64>(), any::<u64>()),
    ) {
        let (old, new) = (written(&items, styles.0), written(&items, styles.1));
        let difference = plan_difference(&plan(&old), &plan(&new));
        prop_assert!(difference.is_empty(), "{old}\n----\n{new}\n{difference:#?}");
    }

    #[test]
    fn from_the_other_side_the_difference_is_the_same(
        (items, kept) in prop::collection::vec(made(1), 0..5).prop_flat_map(|items| {
            let kept = subsequence(items.clone(), 0..=items.len());
            (Just(items), kept)
        }),
        further in prop::collection::vec(made(1), 0..3),
        styles in (any::<u64>(), any::<u64>()),
    ) {
        let new: Vec<Made> = kept.into_iter().chain(further).collect();
        let (old, new) = (plan(&written(&items, styles.0)), plan(&written(&new, styles.1)));
        let (there, back) = (plan_difference(&old, &new), plan_difference(&new, &old));
        prop_assert_eq!(mirrored(&there, false), mirrored(&back, true));
    }
}
