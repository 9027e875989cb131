//! Audits after a change say what a fresh audit says, whatever was changed: plans, rules, or both.

#![allow(clippy::unwrap_used, reason = "a test may end where something is not as expected")]

use crossfoot::audit::Memory;
use crossfoot::live::Live;
use crossfoot::{Auditor, Plan, Report, Rules, report};
use fastrand::Rng;

const PLANS: [(&str, &str); 8] = [
    ("itu.toml", include_str!("../plans/itu-2020-2023.toml")),
    ("mistakes.toml", include_str!("../plans/teaching/mistakes.toml")),
    ("clean.toml", include_str!("../plans/teaching/clean.toml")),
    ("p/a.toml", include_str!("../plans/teaching/portfolio/budget.toml")),
    ("p/b.toml", include_str!("../plans/teaching/portfolio/transport.toml")),
    ("p/c.toml", include_str!("../plans/teaching/portfolio/water.toml")),
    ("years.toml", YEARS),
    ("own.toml", "# crossfoot: level totals/outputs = info\na = 1\n[[risks]]\nid = 1\nmitigations = [9]\n"),
];

/// A year is missing, and what would be written for it takes its style from what stands beside it, near and far.
const YEARS: &str = "[plan]\nyears = [2026, 2027]\nnote = 123_456\n[[objectives]]\nid = 'A'\ntotal = { 2026 = 7000, 2027 = 12_345 }\n\
    outputs = [{ id = 'x', cost = { 2026 = 7000 } }, { id = 'y', cost = { 2026 = 0, 2027 = 4321 } }]\n";

/// The text with the groups of a figure's digits taken out, or put in.
fn restyled(text: &str, rng: &mut Rng) -> String {
    let is_digit = |c: char| c.is_ascii_digit() || c == '_';
    let runs = text.match_indices(is_digit).map(|(at, _)| at).filter(|at| !text[..*at].ends_with(is_digit));
    let long: Vec<usize> = runs.filter(|at| text[*at..].chars().take_while(|c| is_digit(*c)).count() > 3).collect();
    let start = long[rng.usize(0..long.len())];
    let end = text[start..].find(|c| !is_digit(c)).map_or(text.len(), |end| start + end);
    let figure = &text[start..end];
    let other = match figure.replace('_', "") {
        plain if plain != figure => plain,
        plain => format!("{}_{}", &plain[..plain.len() - 3], &plain[plain.len() - 3..]),
    };
    format!("{}{other}{}", &text[..start], &text[end..])
}

fn json(report: &Report) -> String {
    let mut out = Vec::new();
    report::json(report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// One edit as people make them: a digit, a number, a line, a comment, a few characters of anything.
fn edited(text: &str, rng: &mut Rng) -> String {
    let mut text = text.to_owned();
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let line = rng.usize(0..lines.len());
    match rng.u32(0..10) {
        0..=3 => {
            let digits: Vec<usize> =
                text.bytes().enumerate().filter(|(_, b)| b.is_ascii_digit()).map(|(at, _)| at).collect();
            let at = digits[rng.usize(0..digits.len())];
            let with = ["7", "", "12", "0_1"][rng.usize(0..4)];
            text.replace_range(at..=at, with);
            return text;
        }
        4 => lines.insert(line, "# a comment\n"),
        5 => lines.insert(line, "\n"),
        6 => drop(lines.remove(line)),
        7 => lines.insert(line, lines[line]),
        8 => return restyled(&text, rng),
        _ => {
            let mut at = rng.usize(0..=text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            text.insert_str(
                at,
                ["é", "\"", "= ", "id = 'I.1'\n", "# crossfoot: allow totals/outputs: known\n"][rng.usize(0..5)],
            );
            return text;
        }
    }
    lines.concat()
}

#[test]
fn an_audit_after_a_change_says_what_a_fresh_audit_says() {
    let rules = Rules::standard();
    let auditor = Auditor::new(&rules).today(2026, 11, 24).note_rounding(true);
    let mut rng = Rng::with_seed(4);
    let objectives = objectives();
    let start: Vec<(&str, &str)> = PLANS.into_iter().chain([("objectives.toml", objectives.as_str())]).collect();
    let mut texts: Vec<String> = start.iter().map(|(_, text)| (*text).to_owned()).collect();
    let mut plans: Vec<Plan> = start.iter().map(|(name, text)| Plan::parse(name, text)).collect();
    let mut memory = Memory::new();
    let (mut runs, mut parts, mut reused) = (0, 0, 0);
    for round in 0..40 {
        let which = rng.usize(0..plans.len());
        // What is broken is mended again before long, so that most edits are of plans that rules run over.
        let text = if plans[which].is_toml() { edited(&texts[which], &mut rng) } else { start[which].1.to_owned() };
        plans[which] = plans[which].changed(&text);
        texts[which] = text;
        let again = json(&auditor.audit_again(&plans, &mut memory));
        assert_eq!(again, json(&auditor.audit_all(&plans)), "round {round}, {}:\n{}", start[which].0, texts[which]);
        runs += memory.work().runs;
        parts += memory.work().parts;
        reused += memory.work().reused;
    }
    assert!(reused > 2 * runs && parts > 3, "{runs} runs, {parts} of parts, {reused} taken over");
}

/// A plan of several objectives, of which one lacks what others have, and one does not add up.
fn objectives() -> String {
    let mut text = "[plan]\nyears = [2026, 2027]\n".to_owned();
    for (at, off) in [0, 0, 5, 0].into_iter().enumerate() {
        text += &format!("[[objectives]]\nid = 'O{at}'\ntotal = {{ 2026 = {}, 2027 = 30 }}\n", 10 + off);
        text +=
            "outputs = [{ id = 'a', cost = { 2026 = 4, 2027 = 20 } }, { id = 'b', cost = { 2026 = 6, 2027 = 10 } }]\n";
    }
    text
}

#[test]
fn a_rule_that_judges_items_apart_judges_only_the_item_that_changed() {
    let rules = Rules::standard().choose(&["totals/outputs"], &[]).unwrap();
    let auditor = Auditor::new(&rules);
    let mut plan = Plan::parse("plan.toml", &objectives());
    let mut memory = Memory::new();
    assert_eq!(auditor.audit_again(std::slice::from_ref(&plan), &mut memory).findings.len(), 1);
    let edits = [("2026 = 6", "2026 = 9", 2), ("2026 = 15", "2026 = 10", 1), ("2027 = 30", "2027 = 30_000", 2)];
    for (from, to, findings) in edits {
        plan = plan.changed(plan.source().text().replacen(from, to, 1));
        let report = auditor.audit_again(std::slice::from_ref(&plan), &mut memory);
        assert_eq!(report.findings.len(), findings, "{from} -> {to}");
        assert_eq!(json(&report), json(&auditor.audit(&plan)), "{from} -> {to}");
        assert_eq!((memory.work().runs, memory.work().parts), (1, 1), "{from} -> {to}");
    }
}

/// Rules whose rounds read elsewhere, look elsewhere, read more or less than before, or stand beside other work.
const APART: [(&str, &str); 6] = [
    ("own/first", "for o in plan.o { expect(o.v == plan.o[0].v, o.v, \"differs from the first\"); }"),
    ("own/own", "for o in plan.o { if o.on == 1 { expect_equal(o.a, o.b); } }"),
    ("own/base", "for o in plan.o { if o.on == 1 { expect_equal(o.a, plan.low); } }"),
    ("own/deep", "for o in plan.o { if o.on == 1 { if o.a == 1 { expect(o.b == o.v, o, \"b is not v\"); } } }"),
    (
        "own/around",
        "let least = plan.base; for o in plan.o { expect(o.v >= least, o.v, `below ${least}`); } expect_equal(plan.base, sum(plan.o.a));",
    ),
    (
        "own/twice",
        "for o in plan.o.having(\"v\") { expect_equal(o.a, o.v); } for o in plan.o { if o.v == 2 { not_applicable(); continue; } expect_derived(o.b, sum([o.a, o.v])); }",
    ),
];

#[test]
fn rounds_that_are_made_again_leave_what_a_whole_run_leaves() {
    let rule =
        |rules: Rules, (id, body): (&str, &str)| rules.with_rule(id, &format!("//! A.\nfn check(plan) {{ {body} }}"));
    let rules = APART.into_iter().fold(Rules::empty(), rule);
    assert!(rules.failures().is_empty(), "{:?}", rules.failures());
    let auditor = Auditor::new(&rules);
    let item = "[[o]]\non = 1\na = 1\nb = 1\nv = 1\n";
    let mut plan = Plan::parse("plan.toml", &format!("base = 1\nlow = 1\n{}", item.repeat(4)));
    let mut rng = Rng::with_seed(17);
    let mut memory = Memory::new();
    let mut parts = 0;
    for round in 0..600 {
        let mut text = plan.source().text().to_owned();
        let digits: Vec<usize> = text.match_indices(|c: char| c.is_ascii_digit()).map(|(at, _)| at).collect();
        let at = digits[rng.usize(0..digits.len())];
        text.replace_range(at..=at, ["0", "1", "2"][rng.usize(0..3)]);
        let edit = format!("round {round}: at {at}, {:?}", &text[at..=at]);
        plan = plan.changed(text);
        let again = json(&auditor.audit_again(std::slice::from_ref(&plan), &mut memory));
        assert_eq!(again, json(&auditor.audit(&plan)), "{edit}\n{}", plan.source().text());
        parts += memory.work().parts;
    }
    assert!(parts > 300, "{parts}");
}

/// A total that is wrong, and whose fix is written as the figures around it are.
#[test]
fn a_fix_that_is_taken_over_has_the_style_that_stands_around_it_now() {
    let rules = Rules::standard().choose(&["totals/outputs"], &[]).unwrap();
    let auditor = Auditor::new(&rules);
    let mut text = "[plan]\nyears = [2026]\n".to_owned();
    for (at, total) in ["10000", "15", "10000"].into_iter().enumerate() {
        text += &format!("[[objectives]]\nid = 'O{at}'\ntotal = {{ 2026 = {total} }}\n");
        text += "outputs = [{ id = 'a', cost = { 2026 = 4000 } }, { id = 'b', cost = { 2026 = 6000 } }]\n";
    }
    let mut rng = Rng::with_seed(8);
    let mut plan = Plan::parse("plan.toml", &text);
    let mut memory = Memory::new();
    let fixes = |report: &Report| report.findings.iter().flat_map(|finding| &finding.fixes).count();
    assert!(fixes(&auditor.audit_again(std::slice::from_ref(&plan), &mut memory)) > 0);
    let mut parts = 0;
    for round in 0..200 {
        plan = plan.changed(restyled(plan.source().text(), &mut rng));
        let again = json(&auditor.audit_again(std::slice::from_ref(&plan), &mut memory));
        assert_eq!(again, json(&auditor.audit(&plan)), "round {round}:\n{}", plan.source().text());
        parts += memory.work().parts;
    }
    assert!(parts > 30, "{parts}");
}

#[test]
fn a_fix_is_written_in_the_style_that_stands_around_it_now() {
    let rules = Rules::standard();
    let auditor = Auditor::new(&rules);
    let mut rng = Rng::with_seed(8);
    let mut plan = Plan::parse("plan.toml", YEARS);
    let mut memory = Memory::new();
    let fixes = |report: &Report| report.findings.iter().flat_map(|finding| &finding.fixes).count();
    assert!(fixes(&auditor.audit_again(std::slice::from_ref(&plan), &mut memory)) > 0);
    for round in 0..100 {
        let text = restyled(plan.source().text(), &mut rng);
        plan = plan.changed(&text);
        let again = json(&auditor.audit_again(std::slice::from_ref(&plan), &mut memory));
        assert_eq!(again, json(&auditor.audit(&Plan::parse("plan.toml", &text))), "round {round}:\n{text}");
    }
}

#[test]
fn one_figure_has_the_rules_run_that_read_it_and_no_others() {
    let rules = Rules::standard();
    let auditor = Auditor::new(&rules);
    let plan = Plan::parse("plan.toml", PLANS[0].1);
    let mut memory = Memory::new();
    let _first = auditor.audit_again(std::slice::from_ref(&plan), &mut memory);
    let mut work = |text: String| {
        let report = auditor.audit_again(&[plan.changed(&text)], &mut memory);
        assert_eq!(json(&report), json(&auditor.audit(&Plan::parse("plan.toml", &text))));
        memory.work().runs
    };
    let all = rules.iter().filter(|rule| !rule.is_over_portfolios()).count();
    let comment = work(PLANS[0].1.replacen("[plan]", "# a comment\n[plan]", 1));
    let figure = work(PLANS[0].1.replacen("5_228_418", "5_228_419", 1));
    let title = work(PLANS[0].1.replacen("title = \"Collaboration\"", "title = \"Coopération\"", 1));
    let shape = work(PLANS[0].1.replacen("share = 62.55\n", "", 1));
    assert!(comment <= 4, "{comment} of {all}: those that offer fixes look at what stands around");
    assert!(figure < all / 2 && figure > 2, "{figure} of {all}");
    assert!(title < all / 2, "{title} of {all}");
    assert!(shape >= all, "{shape} of {all}");
}

#[test]
fn a_plan_that_is_no_toml_keeps_what_was_found_before() {
    let mut live = Live::new(Rules::standard());
    live.set_text("plan.toml", PLANS[1].1);
    let before = live.check();
    assert!(before.stale.is_none() && !before.report.findings.is_empty());
    let broken = PLANS[1].1.replacen("[plan]", "[plan", 1);
    live.set_text("plan.toml", &broken);
    for _ in 0..2 {
        let checked = live.check();
        assert_eq!(checked.report.errors[0].message, "this file is not TOML, so no rule ran over it");
        let stale = checked.stale.unwrap();
        assert_eq!(stale.findings, before.report.findings);
        assert_eq!(stale.sources["plan.toml"].text(), PLANS[1].1);
    }
    live.set_text("plan.toml", PLANS[1].1);
    let after = live.check();
    assert!(after.stale.is_none());
    assert_eq!(json(&after.report), json(&before.report));
    assert!(live.remove("plan.toml") && live.check().report.plans.is_empty());
}

/// A folder of rules as it changes: what it holds, and what must run.
#[test]
fn a_rule_that_no_longer_compiles_goes_on_and_says_so_each_time() {
    let good = "//! A.\nimport \"lib/x\" as x;\nfn check(plan) { x::look(plan); }";
    let plain = "//! B.\nfn check(plan) { fail(plan.b, \"b\"); }";
    let lib = "fn look(plan) { fail(plan.a, \"a\"); }";
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    put("house/a.rhai", good);
    put("house/b.rhai", plain);
    put("lib/x.rhai", lib);
    let again = |rules: &Rules| Rules::after(rules).with_dir(folder.path()).unwrap();
    let told = |rules: &Rules| {
        let report = Auditor::new(rules).audit(&Plan::parse("p", "a = 1\nb = 2\n"));
        let found: Vec<String> = report.findings.iter().map(|finding| finding.message.clone()).collect();
        let help = report.errors.iter().map(|error| error.help.clone().unwrap_or_default());
        (found.join(" "), help.collect::<Vec<_>>().join("\n"))
    };
    let goes_on = "the last version that compiled goes on";
    let mut rules = again(&Rules::empty());
    assert_eq!(told(&rules), ("a b".to_owned(), String::new()));

    // Nothing changed: nothing is compiled, and every rule is the one that it was.
    let same = again(&rules);
    assert!(rules.iter().zip(same.iter()).all(|(a, b)| std::sync::Arc::ptr_eq(a, b)));

    put("house/b.rhai", "//! B.\nfn check(plan) { fail(plan.b, ");
    for _ in 0..3 {
        rules = again(&rules);
        let (found, help) = told(&rules);
        assert!(found == "a b" && help.contains(goes_on), "{found} {help}");
        assert_eq!(rules.kept().collect::<Vec<_>>(), ["house/b"]);
    }

    // Shared code that is broken takes those that import it with it; they go on with it as it was.
    put("house/b.rhai", &plain.replace("\"b\"", "\"B\""));
    put("lib/x.rhai", "fn look(plan) {");
    rules = again(&rules);
    assert_eq!(told(&rules).0, "a B");
    assert_eq!(rules.kept().collect::<Vec<_>>(), ["house/a", "lib/x"]);
    put("lib/x.rhai", &lib.replace("\"a\"", "\"A\""));
    rules = again(&rules);
    assert_eq!(told(&rules), ("A B".to_owned(), String::new()));

    // A function is gone that a rule calls; the shared code itself is in order, and stays so.
    put("lib/x.rhai", "fn other(plan) { fail(plan.a, \"other\"); }");
    for _ in 0..2 {
        rules = again(&rules);
        assert!(told(&rules).0 == "A B" && told(&rules).1.contains(goes_on));
        assert_eq!(rules.kept().collect::<Vec<_>>(), ["house/a"]);
    }

    // What is deleted is gone.
    std::fs::remove_file(folder.path().join("house/a.rhai")).unwrap();
    assert_eq!(told(&again(&rules)), ("B".to_owned(), String::new()));
}

/// What is not touched is not done again: not a rule beside the one that changed, not a plan beside the one that changed.
#[test]
fn only_what_a_change_touches_is_compiled_and_audited_again() {
    let rules = |before: &Rules, own: &str| Rules::after(before).with_standard().with_rule("house/own", own);
    let own = "//! A.\nfn check(plan) { expect_present(plan.objectives, \"title\"); }";
    let mut live = Live::new(rules(&Rules::empty(), own));
    for (name, text) in &PLANS[..3] {
        live.set_text(name, text);
    }
    let first = live.check().work;
    assert_eq!(first.reused, 0);

    // One plan of three.
    live.set_text(PLANS[1].0, &PLANS[1].1.replacen("[plan]", "new = 1\n[plan]", 1));
    let plan = live.check().work;
    assert!(plan.runs * 3 <= first.runs + 6 && plan.runs > 20, "{plan:?} of {first:?}");

    // One rule of many, over three plans; the others are the very same.
    let before: Vec<_> = live.rules().iter().cloned().collect();
    let next = rules(live.rules(), &own.replace("title", "id"));
    let same =
        |rule: &std::sync::Arc<crossfoot::rules::Rule>| before.iter().any(|old| std::sync::Arc::ptr_eq(old, rule));
    assert_eq!(
        next.iter().filter(|rule| !same(rule)).map(|rule| rule.id().to_string()).collect::<Vec<_>>(),
        ["house/own"]
    );
    live.set_rules(next);
    assert_eq!(live.check().work.runs, 3);

    // Nothing at all.
    assert_eq!(live.check().work.runs, 0);
}
