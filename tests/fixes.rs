//! `crossfoot fix`: what is safe is done, what is not is asked for, and everything else of a plan stays as it is.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may panic, run programs and write files")]

mod support;

#[allow(dead_code, reason = "not every test asks for every program")]
#[path = "support/programs.rs"]
mod programs;

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crossfoot::baseline::Baseline;
use crossfoot::fix::{Fixed, Fixer};
use crossfoot::{Auditor, Plan, Rules};
use proptest::prelude::*;
use tempfile::TempDir;

fn fixed_with(rules: &Rules, text: &str, unsafe_of: &[&str]) -> Fixed {
    let plan = Plan::parse("plan.toml", text);
    let auditor = Auditor::new(rules).today(2026, 1, 1);
    Fixer::new(auditor).also_unsafe(rules.matching(unsafe_of).unwrap()).fix(&[plan])
}

/// The text after the safe fixes of the standard rules, what was done and what was refused.
fn fixed(text: &str) -> (String, Vec<String>, Vec<String>) {
    told(&fixed_with(&Rules::standard(), text, &[]))
}

fn told(fixed: &Fixed) -> (String, Vec<String>, Vec<String>) {
    let applied = fixed.applied.iter().map(|fix| format!("{}: {}", fix.name, fix.title));
    let refused = fixed.refused.iter().map(|refused| format!("{}: {}", refused.fix.name, refused.why));
    (fixed.files[0].after.clone(), applied.collect(), refused.collect())
}

/// A folder with these files, in none of which git has a say.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossfoot"));
    command.args(arguments).current_dir(folder).env("COLUMNS", "100").env("LC_ALL", "C.UTF-8");
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).stdin(Stdio::null()).output().unwrap()
}

fn answered(folder: &Path, arguments: &[&str], answers: &str) -> Output {
    let mut child = command(folder, arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(answers.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn shown(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// One objective whose total its outputs do not make.
const STALE: &str = "[[objectives]]\nid = \"A\"\ntotal = { 2026 = 8_765 } # voted\n\
    outcomes = [{ id = \"A-a\", indicators = [\"x\"], means = [\"y\"] }]\n\
    outputs = [{ id = \"A-1\", cost = { 2026 = 4_740 } }, { id = \"A-2\", cost = { 2026 = 4_760 } }]\n";

#[test]
fn a_total_is_set_to_what_its_parts_make_and_nothing_else_changes() {
    let (text, applied, refused) = fixed(STALE);
    assert_eq!(text, STALE.replace("8_765", "9_500"));
    assert_eq!(applied, ["objectives[A].total.2026: set it to 9_500"]);
    assert!(refused.is_empty());
}

#[test]
fn line_ends_a_byte_order_mark_and_a_missing_last_line_end_are_kept() {
    let windows = format!("\u{feff}{}", STALE.trim_end().replace('\n', "\r\n"));
    let (text, ..) = fixed(&windows);
    assert_eq!(text, windows.replace("8_765", "9_500"));
}

#[test]
fn a_share_is_set_where_the_money_determines_it_and_not_where_it_does_not() {
    let plan = |money: [&str; 2]| {
        format!(
            "[plan]\nyears = [2026]\n[[objectives]]\nid = 'A'\nshare = 62.50\ntotal = {{ 2026 = {} }}\n\
             [[objectives]]\nid = 'B'\nshare = 40.00\ntotal = {{ 2026 = {} }}\n",
            money[0], money[1]
        )
    };
    let (text, applied, _) = fixed(&plan(["60_000", "40_000"]));
    assert!(text.contains("share = 60.00\n"), "{text}");
    assert_eq!(applied, ["objectives[A].share: set it to 60.00"]);
    // Six of ten, each rounded, is anything from 55 to 65 percent.
    let rough = plan(["6", "4"]).replace("62.50", "70.50");
    let (text, applied, _) = fixed(&rough);
    assert_eq!((text, applied), (rough, vec![]));
}

#[test]
fn a_stated_figure_that_is_truncated_stays_truncated() {
    let plan = "[plan]\nyears = [2026]\nrounding = { keys = { share = 'truncate' } }\n[[objectives]]\nid = 'A'\nshare = 50.0\n\
                total = { 2026 = 66_670 }\n[[objectives]]\nid = 'B'\nshare = 33.3\ntotal = { 2026 = 33_330 }\n";
    let (text, applied, _) = fixed(plan);
    assert_eq!(applied, ["objectives[A].share: set it to 66.6"]);
    assert_eq!(text, plan.replace("50.0", "66.6"));
}

#[test]
fn what_is_stated_more_coarsely_than_its_total_does_not_determine_it() {
    let coarse = STALE.replace("4_740", "4.8e3");
    assert_eq!(fixed(&coarse).0, coarse);
}

/// The figures that the plan's own rules would have set without asking.
fn safe_fixes(text: &str) -> Vec<String> {
    let report = Auditor::new(&Rules::standard()).today(2026, 1, 1).audit(&Plan::parse("plan.toml", text));
    let offers = report.findings.iter().flat_map(|finding| finding.fixes.iter().map(move |fix| (finding, fix)));
    offers.filter(|(_, fix)| fix.safe).map(|(finding, fix)| format!("{}: {}", finding.name, fix.title)).collect()
}

fn itu(from: &str, to: &str) -> String {
    let text = include_str!("../plans/itu-2020-2023.toml");
    assert_eq!(text.matches(from).count(), 1, "{from}");
    text.replace(from, to)
}

#[test]
fn a_share_of_a_cost_that_is_in_doubt_is_not_set() {
    let (one, other) = (
        "objectives[I.1].outputs[I.1-1].share_of_objective: set it to 59.5",
        "objectives[I.6].outputs[I.6-2].share_of_objective: set it to 56.2",
    );
    assert_eq!(safe_fixes(&itu("share = 62.55", "share = 62.55")), [one, other]);
    // The cost is transposed, so its objective's total fails, and every share that is made of the cost waits for an answer.
    let plan = itu("2020 = 5_228_418", "2020 = 5_282_418");
    assert_eq!(safe_fixes(&plan), [other]);
    let text = fixed(&plan).0;
    assert_eq!(text, plan.replace("share_of_objective = 53.2", "share_of_objective = 56.2"));
    // With the answer, they are as they were.
    let (text, ..) = told(&fixed_with(&Rules::standard(), &plan, &["totals/outputs"]));
    assert!(text.contains("2020 = 5_228_418") && text.contains("share_of_objective = 59.5"), "{text}");
}

#[test]
fn one_digit_that_may_be_in_the_total_or_in_a_part_is_asked_about() {
    let plan = itu("2023 = 5_012_333", "2023 = 5_012_383");
    assert!(!safe_fixes(&plan).iter().any(|fix| fix.contains("total")), "{:?}", safe_fixes(&plan));
    assert!(fixed(&plan).0.contains("2023 = 9_475_203"));
    // Not so where no digit of a part explains it.
    assert_eq!(safe_fixes(STALE), ["objectives[A].total.2026: set it to 9_500"]);
    assert!(safe_fixes(&STALE.replace("8_765", "9_600")).is_empty());
}

#[test]
fn a_digit_too_many_in_a_part_is_not_carried_into_totals_and_shares() {
    let plan = itu("2023 = 5_012_333", "2023 = 25_012_333");
    let report = Auditor::new(&Rules::standard()).today(2026, 1, 1).audit(&Plan::parse("plan.toml", &plan));
    let total = report.findings.iter().find(|finding| finding.name == "objectives[I.1].total.2023").unwrap();
    assert_eq!(
        total.working.as_ref().unwrap().cause.as_deref(),
        Some("a digit too many in objectives[I.1].outputs[I.1-1].cost.2023: 25 012 333 for 5 012 333")
    );
    assert!(!safe_fixes(&plan).iter().any(|fix| fix.contains("I.1]")), "{:?}", safe_fixes(&plan));
}

#[test]
fn no_share_above_the_whole_is_set() {
    let plan = "[plan]\nyears = [2026]\n[[objectives]]\nid = 'A'\ntotal = { 2026 = 71_234 }\n\
                outputs = [{ id = 'x', share_of_objective = 65.2, cost = { 2026 = 88_417 } }]\n";
    let rules = Rules::standard().choose(&["shares/money"], &[]).unwrap();
    let report = Auditor::new(&rules).audit(&Plan::parse("plan.toml", plan));
    let fixes: Vec<_> =
        report.findings.iter().flat_map(|finding| &finding.fixes).map(|fix| (fix.safe, &*fix.title)).collect();
    assert_eq!(fixes, [(false, "set it to 124.1")]);
}

#[test]
fn a_total_that_another_place_confirms_is_not_set() {
    let second = |note: &str| {
        format!("note = {note}\n{STALE}[[reconciliations]]\nid = 'r'\nfigures = ['objectives[A].total.2026', 'note']\n")
    };
    assert!(safe_fixes(&second("8_765")).is_empty());
    // A place that says something else confirms nothing.
    assert_eq!(safe_fixes(&second("7_123")), ["objectives[A].total.2026: set it to 9_500"]);
}

#[test]
fn a_total_is_left_alone_where_the_likely_cause_is_in_a_part() {
    // 31 and 19 make the 50 that is stated: the part is transposed, and the total may well be what was voted.
    let plan = "[[objectives]]\nid = 'A'\ntotal = { 2026 = 50 }\n\
                outputs = [{ id = 'A-1', cost = { 2026 = 13 } }, { id = 'A-2', cost = { 2026 = 19 } }]\n";
    assert_eq!(fixed(plan).0, plan);
    let rules = Rules::standard();
    let (text, applied, _) = told(&fixed_with(&rules, plan, &["totals/outputs"]));
    assert_eq!(applied, ["objectives[A].total.2026: set objectives[A].outputs[A-1].cost.2026 to 31"]);
    assert_eq!(text, plan.replace("13", "31"));
    // A figure that is missing from the sum is no reason to lower the total.
    let gap = plan.replace("cost = { 2026 = 13 }", "cost = { 2027 = 13 }");
    assert_eq!(fixed(&gap).0, gap);
}

#[test]
fn two_sums_that_are_off_by_the_same_amount_blame_the_figure_they_share() {
    let table = |cell: &str, total: &str| {
        format!(
            "[[tables]]\nid = 't'\ncolumns = ['N', 'S', 'Total']\ntotal_column = 'Total'\ntotal_row = 'Total'\n\
             [[tables.rows]]\nid = 'A'\nvalues = [{cell}, 22_222, {total}]\n\
             [[tables.rows]]\nid = 'B'\nvalues = [33_333, 44_444, 77_777]\n\
             [[tables.rows]]\nid = 'Total'\nvalues = [44_444, 66_666, 111_110]\n"
        )
    };
    // The cell is wrong: its row and its column fail, and neither total is touched.
    let (text, applied, _) = fixed(&table("11_358", "33_333"));
    assert_eq!((text, applied), (table("11_358", "33_333"), vec![]));
    let rules = Rules::standard();
    let (text, applied, _) = told(&fixed_with(&rules, &table("11_358", "33_333"), &["totals"]));
    assert_eq!(text, table("11_111", "33_333"), "{applied:?}");
    // The total of a row is wrong: the row fails, and so does the column of totals, whose own total is right.
    let (text, applied, _) = fixed(&table("11_111", "33_580"));
    assert_eq!(text, table("11_111", "33_333"), "{applied:?}");
    assert_eq!(applied.len(), 1);
}

#[test]
fn a_grand_total_waits_for_the_sums_beneath_it() {
    let table = "[[tables]]\nid = 't'\ncolumns = ['N', 'S', 'Total']\ntotal_column = 'Total'\ntotal_row = 'Total'\n\
                 [[tables.rows]]\nid = 'A'\nvalues = [11_111, 22_222, 33_333]\n\
                 [[tables.rows]]\nid = 'Total'\nvalues = [11_111, 22_340, 99_000]\n";
    let rules = Rules::standard().choose(&["totals/tables"], &[]).unwrap();
    let report = Auditor::new(&rules).audit(&Plan::parse("plan.toml", table));
    assert_eq!(report.findings.iter().filter(|finding| finding.fixes.iter().any(|fix| fix.safe)).count(), 3);
    let (text, applied, refused) = told(&fixed_with(&rules, table, &[]));
    // Across and down would set it to two different figures. Once the total of the column is set from its one row, both sums agree on the grand total, and it is set as well.
    assert!(text.ends_with("values = [11_111, 22_222, 33_333]\n"), "{applied:?} {refused:?}");
}

#[test]
fn a_missing_year_is_stated_where_it_is_known() {
    let plan = "[plan]\nyears = [2026, 2027]\ntotal = { 2026 = 10_000 } # all\n[[objectives]]\nid = 'A'\n\
                total = {2026=10_000,2027=9_500}\n[[objectives.outputs]]\nid = 'A-1'\n[objectives.outputs.cost]\n2026 = 10_000 # one\n2027 = 9_500\n\
                [[objectives.outputs]]\nid = 'A-2'\n[objectives.outputs.cost]\n2027 = 0 # none\n";
    let (text, mut applied, _) = fixed(plan);
    let expected = plan
        .replace("total = { 2026 = 10_000 } # all", "total = { 2026 = 10_000, 2027 = 9_500 } # all")
        .replace("2027 = 0 # none", "2026 = 0\n2027 = 0 # none");
    assert_eq!(text, expected);
    applied.sort();
    assert_eq!(
        applied,
        [
            "objectives[A].outputs[A-2].cost: state 0 for 2026: the others make the total",
            "plan.total: state the sum of its parts for 2027"
        ]
    );
    // What the total leaves is only a guess, and so is 0 where nothing proves it.
    let guess = plan.replace("2026 = 10_000 # one", "2026 = 8_000 # one");
    let (text, applied, _) = fixed(&guess);
    assert!(!text.contains("2026 = 2_000\n"), "{applied:?}");
    let rules = Rules::standard();
    let (text, ..) = told(&fixed_with(&rules, &guess, &["structure/years"]));
    assert!(text.contains("2026 = 2_000\n2027 = 0 # none"), "{text}");
}

#[test]
fn a_slipped_key_is_corrected_though_the_rules_then_find_what_it_hid() {
    let plan = STALE.replace("[[objectives]]", "[[objectivs]]");
    let (text, applied, _) = fixed(&plan);
    assert_eq!(applied, ["objectivs: rename it to `objectives`", "objectives[A].total.2026: set it to 9_500"]);
    assert_eq!(text, STALE.replace("8_765", "9_500"));
    // Not over a key that is there.
    let taken = "[plan]\ntitle = 'x'\ntitel = 'y'\n";
    assert_eq!(fixed(taken).0, taken);
}

#[test]
fn a_reference_to_nothing_is_removed_only_when_its_rule_is_named() {
    let plan = "[[risks]]\ntitle = 'Flood'\nmitigations = [\n    1, # dike\n    7, # gone\n]\n[[mitigations]]\nid = 1\nowner = 'x'\nstatus = 'y'\n";
    assert_eq!(fixed(plan).0, plan);
    let rules = Rules::standard();
    let (text, applied, _) = told(&fixed_with(&rules, plan, &["risks/unknown-mitigation"]));
    assert_eq!(text, plan.replace("    7, # gone\n", ""));
    assert_eq!(applied, ["risks[0].mitigations[1]: remove 7"]);
    assert_eq!(told(&fixed_with(&rules, plan, &["shares"])).0, plan);
}

#[test]
fn totals_above_a_total_are_set_with_it_or_none_is() {
    // The plan's total agrees with the stale one; it follows.
    let above = format!("[plan]\ntotal = {{ 2026 = 8_765 }}\n{STALE}");
    let (text, applied, _) = fixed(&above);
    assert_eq!(text, above.replace("8_765", "9_500"));
    assert_eq!(applied.len(), 2);
    // What then cannot be mended is not brought about.
    let pinned = format!("{above}[[reconciliations]]\nid = 'r'\nfigures = ['plan.total.2026', 'note']\n");
    let pinned = pinned.replace("[plan]", "note = 8_765\n[plan]");
    let (text, applied, refused) = fixed(&pinned);
    assert_eq!((text, applied), (pinned, vec![]));
    assert_eq!(
        refused,
        ["objectives[A].total.2026: it would bring totals/objectives at plan.total.2026: \
            the objectives do not make the plan's total for 2026"]
    );
}

#[test]
fn what_is_allowed_is_never_touched() {
    let allowed = STALE.replace("# voted", "# crossfoot: allow totals/outputs: the council voted so");
    assert_eq!(fixed(&allowed).0, allowed);
    let report = Auditor::new(&Rules::standard()).audit(&Plan::parse("plan.toml", &allowed));
    assert_eq!(report.suppressed.len(), 1, "{:?}", report.findings);
    // Nor is what a baseline holds.
    let (rules, plan) = (Rules::standard(), Plan::parse("plan.toml", STALE));
    let baseline = Baseline::of(&Auditor::new(&rules).audit(&plan), "");
    let fixed = Fixer::new(Auditor::new(&rules).baseline(&baseline)).fix(&[plan]);
    assert!(!fixed.files[0].is_changed() && fixed.applied.is_empty());
}

/// A rule of a user's own, with these lines in its check.
fn own(lines: &str) -> (TempDir, Rules) {
    let text = format!("//! Own.\n//!\n//! Own.\n\nfn check(plan) {{\n{lines}\n}}\n");
    let folder = folder(&[("house/own.rhai", &text)]);
    let rules = Rules::empty().with_dir(folder.path()).unwrap();
    (folder, rules)
}

#[test]
fn a_rule_offers_fixes_of_its_own() {
    let (_folder, rules) = own(
        "if plan.a != 2 { fail(plan.a, \"a\", [#{ fix: \"say 2\", safe: true, set: plan.a, to: 2 }]); }\n\
         if plan.t.x.is_empty() { warn(plan.t, \"t\", [#{ fix: \"add x\", safe: true, add: plan.t, key: \"x\", to: \"y\" }]); }\n\
         if count(plan.l) > 1 { note(plan.l[0], \"l\", [#{ fix: \"less\", safe: true, remove: plan.l[0] }]); }\n\
         if !plan.old.is_empty() { fail(plan.old, \"o\", [#{ fix: \"new\", rename: plan.old, to: \"young\" }]); }\n\
         if plan.y[0] == 1 { fail(plan.y, \"y\", [#{ fix: \"all\", safe: true, set: plan.y, to: plan.z.texts() }]); }",
    );
    let plan = "a = 1 # a\nl = [1, 2]\nold = 'v'\ny = [1] # y\nz = [2, 3]\n[t] # t\nw = 'z'\n";
    let fixed = fixed_with(&rules, plan, &[]);
    assert_eq!(
        fixed.files[0].after,
        "a = 2 # a\nl = [2]\nold = 'v'\ny = [2, 3] # y\nz = [2, 3]\n[t] # t\nw = 'z'\nx = 'y'\n"
    );
    let fixed = fixed_with(&rules, plan, &["house/own"]);
    assert!(fixed.files[0].after.contains("young = 'v'"));
    assert!(fixed.left.findings.is_empty());
}

#[test]
fn a_fix_of_the_wrong_form_is_an_error_at_its_place() {
    let cases = [
        ("#{ fix: \"x\", set: plan.a }", "a fix with `set` wants `to` too"),
        ("#{ fix: \"x\", to: 1 }", "a fix does one thing"),
        ("#{ fix: \"x\", set: plan.a, remove: plan.a }", "a fix does one thing"),
        ("#{ fix: \"x\", sett: plan.a, to: 1 }", "a fix does one thing"),
        ("#{ fix: \"x\", set: plan.a, to: 1, sfe: true }", "a fix with `set` has no `sfe`: did you mean `safe`?"),
        ("#{ fix: \"x\", remove: plan.a, to: 1 }", "a fix with `remove` has no `to`"),
        ("#{ fix: \"x\", set: plan.b, to: 1 }", "`set` of a fix wants a place of the plan, and b is absent"),
        ("#{ fix: \"x\", set: plan.l.x, to: 1 }", "`set` of a fix wants one place, and these are 2"),
        ("#{ fix: \"x\", set: 3, to: 1 }", "`set` of a fix wants a place of the plan, and this is the number 3"),
        ("#{ fix: 3, set: plan.a, to: 1 }", "`fix` of a fix is a text, and this is the number 3"),
        ("#{ fix: \"x\", safe: 1, set: plan.a, to: 1 }", "`safe` of a fix is true or false"),
        ("#{ fix: \"x\", set: plan.a, to: plan }", "`to` of a fix is a figure, a text, a boolean or an array"),
        ("#{ fix: \"x\", add: plan, to: 1 }", "this fix wants `key` too, a text"),
        ("#{ fix: \"two\\nlines\", remove: plan.l[0] }", "the title of a fix is one line of at most 200 bytes"),
        (&"#{ fix: \"x\", remove: plan.l[0] }, ".repeat(21), "a finding offers at most 20 fixes"),
        ("3", "the number 3 is neither a place to show"),
        ("#{ at: plan.a }", "a place to show is `#{ at: node, says: text }`"),
    ];
    for (shown, expected) in cases {
        let (_folder, rules) = own(&format!("fail(plan.a, \"a\", [{shown}]);"));
        let report = Auditor::new(&rules).audit(&Plan::parse("plan.toml", "a = 1\nl = [{ x = 1 }, { x = 2 }]\n"));
        let failure = report.errors.first().unwrap_or_else(|| panic!("{shown}: {:?}", report.findings));
        assert!(failure.message.contains(expected), "{shown}: {}", failure.message);
        assert_eq!(failure.span.unwrap().start.line, 6, "{shown}");
    }
}

#[test]
fn fixes_that_overlap_are_refused_and_told() {
    let (_folder, rules) =
        own("if plan.a == 1 { fail(plan.a, \"two\", [#{ fix: \"say 2\", safe: true, set: plan.a, to: 2 }]);\n\
         fail(plan, \"three\", [#{ fix: \"say 3\", safe: true, set: plan.a, to: 3 }]); }\n\
         if plan.b == 1 { fail(plan.b, \"b\", [#{ fix: \"say 2\", safe: true, set: plan.b, to: 2 }]); }");
    let (text, applied, refused) = told(&fixed_with(&rules, "a = 1\nb = 1\n", &[]));
    assert_eq!(text, "a = 1\nb = 2\n");
    assert_eq!(applied, ["b: say 2"]);
    assert_eq!(
        refused,
        [": it contradicts house/own at a, which would say 2", "a: it contradicts house/own, which would say 3"]
    );
}

#[test]
fn a_fix_that_does_not_mend_its_finding_is_refused() {
    let (_folder, rules) = own(
        "if plan.a > 0 { fail(plan.a, \"a\", [#{ fix: \"one less\", safe: true, set: plan.a, to: plan.a - 1 }]); }",
    );
    let (text, _, refused) = told(&fixed_with(&rules, "a = 5\n", &[]));
    assert_eq!((text.as_str(), refused), ("a = 5\n", vec!["a: its own finding would still be there".to_owned()]));
    assert_eq!(told(&fixed_with(&rules, "a = 1\n", &[])).0, "a = 0\n");
}

#[test]
fn there_are_at_most_ten_rounds() {
    let lines: Vec<String> = (1..15).map(|at| format!("expect_derived(plan.t{at}, plan.t{} + 0);", at - 1)).collect();
    let (_folder, rules) = own(&lines.join("\n"));
    let plan: String = (0..15).map(|at| format!("t{at} = {}\n", 1_000 + 137 * at)).collect();
    // Each total waits for the one below it.
    let fixed = fixed_with(&rules, &plan, &[]);
    assert_eq!((fixed.rounds, fixed.applied.len(), fixed.more), (10, 10, true));
    let again = fixed_with(&rules, &fixed.files[0].after, &[]);
    assert_eq!((again.rounds, again.applied.len(), again.more), (4, 4, false));
    assert!(again.left.findings.is_empty());
}

#[test]
fn fixing_twice_changes_nothing() {
    let rules = Rules::standard();
    let files = ["plans/itu-2020-2023.toml", "plans/teaching/mistakes.toml", "plans/teaching/clean.toml"];
    for file in files {
        for named in [&[][..], &["totals", "shares", "risks", "structure"]] {
            let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
            let once = fixed_with(&rules, &text, named);
            let twice = fixed_with(&rules, &once.files[0].after, named);
            assert_eq!(once.files[0].after, twice.files[0].after, "{file}");
            assert!(twice.applied.is_empty() && !once.more, "{file}: {:?}", twice.applied);
        }
    }
}

#[test]
fn the_real_plan_gets_two_shares_from_its_money() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("plans/itu-2020-2023.toml")).unwrap();
    let fixed = fixed_with(&Rules::standard(), &text, &[]);
    let (after, applied, refused) = told(&fixed);
    assert_eq!(
        applied,
        [
            "objectives[I.1].outputs[I.1-1].share_of_objective: set it to 59.5",
            "objectives[I.6].outputs[I.6-2].share_of_objective: set it to 56.2"
        ]
    );
    assert!(refused.is_empty());
    let changed: Vec<_> = text.lines().zip(after.lines()).filter(|(before, after)| before != after).collect();
    assert_eq!(
        changed,
        [
            ("share_of_objective = 59.2", "share_of_objective = 59.5"),
            ("share_of_objective = 53.2", "share_of_objective = 56.2")
        ]
    );
    // With the shares go the findings of the rules that held them against other shares.
    let left: Vec<&str> = fixed.left.findings.iter().map(|finding| &*finding.rule).collect();
    assert!(!left.contains(&"shares/whole") && !left.contains(&"shares/consistent"), "{left:?}");
}

/// Plans with totals, costs and shares, some of which somebody got wrong, left out or misspelt.
fn plans() -> impl Strategy<Value = String> {
    let cost = 1_000_u32..99_999;
    let outputs = prop::collection::vec((cost.clone(), cost, 0..12_u8), 1..4);
    let objective = (outputs, prop_oneof![3 => Just(0_i64), 1 => -900_i64..900], 0..10_u8);
    (prop::collection::vec(objective, 1..4), any::<bool>(), prop_oneof![Just(0_i64), 1_i64..5_000]).prop_map(
        |(objectives, crlf, wrong)| {
            let mut text = String::new();
            let mut all = [0_i64, 0];
            for (at, (outputs, off, slip)) in objectives.iter().enumerate() {
                let key = if *slip == 0 { "totl" } else { "total" };
                let sums =
                    outputs.iter().fold([0, 0], |sum, (a, b, _)| [sum[0] + i64::from(*a), sum[1] + i64::from(*b)]);
                all = [all[0] + sums[0], all[1] + sums[1]];
                let second = if *slip == 1 { String::new() } else { format!(", 2027 = {}", sums[1]) };
                text += &format!(
                    "\n[[objectives]] # {at}\nid = 'O{at}'\n{key} = {{ 2026 = {}{second} }} # of O{at}\n",
                    sums[0] + off
                );
                for (number, (a, b, missing)) in outputs.iter().enumerate() {
                    text += &format!("\n[[objectives.outputs]]\nid = 'O{at}-{number}' # output\n");
                    text += &match missing {
                        0 => format!("cost = {{ 2026 = {a} }}\n"),
                        1 => format!("cost = {{2027 = {b}}} # half\n"),
                        2 => format!("cost = {{ 2026 = {a}, 2027 = {b}, all_years = {} }}\n", a + b + 9),
                        _ => format!("cost = {{ 2026 = {a}, 2027 = {b} }}\n"),
                    };
                }
            }
            let head =
                format!("[plan]\nyears = [2026, 2027]\ntotal = {{ 2026 = {}, 2027 = {} }}\n", all[0] + wrong, all[1]);
            let text = format!("{head}{text}");
            if crlf { text.replace('\n', "\r\n") } else { text }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fixing_a_plan_brings_nothing_and_a_second_time_changes_nothing(text in plans(), all in any::<bool>()) {
        let rules = Rules::standard();
        let named: &[&str] = if all { &["totals", "structure"] } else { &[] };
        let before = Auditor::new(&rules).audit(&Plan::parse("plan.toml", &text));
        let once = fixed_with(&rules, &text, named);
        let after = &once.files[0].after;
        let twice = fixed_with(&rules, after, named);
        prop_assert_eq!(after, &twice.files[0].after);
        prop_assert!(twice.applied.is_empty() && !once.more);
        prop_assert_eq!(once.applied.is_empty(), text == *after);
        // A key that was slipped hid what its rules find; else nothing is left that was not there.
        if !text.contains("totl") {
            prop_assert!(once.left.findings.len() <= before.findings.len());
            for finding in &once.left.findings {
                prop_assert!(before.findings.iter().any(|was| was.fingerprint == finding.fingerprint || was.message == finding.message), "{:?}\n{text}\n{after}", finding);
            }
        }
        // Comments and line ends stand where they stood.
        let comments = |text: &str| text.split('\n').filter_map(|line| line.split_once('#').map(|(_, comment)| comment.to_owned())).collect::<Vec<_>>();
        prop_assert_eq!(comments(&text), comments(after));
        prop_assert_eq!(text.contains("\r\n"), after.contains("\r\n"));
        prop_assert!(!text.contains("\r\n") || after.matches('\n').count() == after.matches("\r\n").count());
    }
}

#[test]
fn a_dry_run_prints_a_diff_that_patch_takes_and_writes_nothing() {
    let windows = STALE.replace('\n', "\r\n");
    let folder = folder(&[("plan.toml", &windows)]);
    let output = run(folder.path(), &["fix", "--dry-run", "plan.toml"]);
    assert_eq!(code(&output), 0, "{}", shown(&output));
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "--- plan.toml\n+++ plan.toml\n@@ -1,5 +1,5 @@\n [[objectives]]\r\n id = \"A\"\r\n-total = { 2026 = 8_765 } # voted\r\n\
         +total = { 2026 = 9_500 } # voted\r\n outcomes = [{ id = \"A-a\", indicators = [\"x\"], means = [\"y\"] }]\r\n \
         outputs = [{ id = \"A-1\", cost = { 2026 = 4_740 } }, { id = \"A-2\", cost = { 2026 = 4_760 } }]\r\n"
    );
    assert_eq!(fs::read_to_string(folder.path().join("plan.toml")).unwrap(), windows);
}

#[test]
fn only_the_named_files_are_written_and_the_exit_status_is_of_what_is_left() {
    let folder = folder(&[("a.toml", STALE), ("b.toml", STALE)]);
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let output = run(folder.path(), &["fix", "a.toml"]);
    assert_eq!(code(&output), 0);
    insta::assert_snapshot!("fixed", shown(&output));
    assert_eq!((read("a.toml"), read("b.toml")), (STALE.replace("8_765", "9_500"), STALE.to_owned()));
    let again = run(folder.path(), &["fix", "a.toml"]);
    assert_eq!((code(&again), shown(&again).as_str()), (0, "nothing to fix\n"));
    fs::write(folder.path().join("c.toml"), "[[splits]]\nid = 's'\nparts = [{ share = 84 }, { share = 19 }]\n")
        .unwrap();
    assert_eq!(code(&run(folder.path(), &["fix", "."])), 1);
    assert_eq!(code(&run(folder.path(), &["fix", ".", "--fail-on", "never"])), 0);
}

#[test]
fn a_plan_from_standard_input_goes_to_standard_output() {
    let folder = folder(&[]);
    let output = answered(folder.path(), &["fix", "-"], &STALE.replace('\n', "\r\n"));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), STALE.replace("8_765", "9_500").replace('\n', "\r\n"));
    let output = run(folder.path(), &["fix", "-", "-i"]);
    assert_eq!(code(&output), 2);
    assert!(shown(&output).contains("cannot both come from standard input"));
}

#[test]
fn each_fix_is_asked_for_with_its_finding_above_it() {
    let plan = format!(
        "{STALE}[[risks]]\ntitle = 'Flood'\nmitigations = [1, 7, 8]\n[[mitigations]]\nid = 1\nowner = 'x'\nstatus = 'y'\n"
    );
    let folder = folder(&[("plan.toml", &plan)]);
    let output = answered(folder.path(), &["fix", "-i", "plan.toml"], "y\n?\nn\ny\n");
    insta::assert_snapshot!("asked", shown(&output));
    let expected = plan.replace("8_765", "9_500").replace("[1, 7, 8]", "[1, 7]");
    assert_eq!(fs::read_to_string(folder.path().join("plan.toml")).unwrap(), expected);
    // The end of the answers is no consent, and `q` keeps what was applied.
    fs::write(folder.path().join("plan.toml"), &plan).unwrap();
    answered(folder.path(), &["fix", "-i", "plan.toml"], "");
    assert_eq!(fs::read_to_string(folder.path().join("plan.toml")).unwrap(), plan);
    answered(folder.path(), &["fix", "-i", "plan.toml"], "a\nq\n");
    assert_eq!(fs::read_to_string(folder.path().join("plan.toml")).unwrap(), plan.replace("8_765", "9_500"));
}

#[test]
fn a_file_that_was_changed_meanwhile_is_never_overwritten() {
    let folder = folder(&[("a.toml", STALE), ("b.toml", STALE)]);
    let mut child = command(folder.path(), &["fix", "-i", "a.toml", "b.toml"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The question stands: the plans have been read.
    let mut read = Vec::new();
    let out = child.stdout.as_mut().unwrap();
    while !read.ends_with(b"[?]: ") {
        let mut byte = [0];
        out.read_exact(&mut byte).unwrap();
        read.push(byte[0]);
    }
    fs::write(folder.path().join("a.toml"), "# somebody's own\n").unwrap();
    child.stdin.take().unwrap().write_all(b"y\ny\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(code(&output), 2);
    assert!(shown(&output).contains("changed meanwhile by somebody else"), "{}", shown(&output));
    let text = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!((text("a.toml").as_str(), text("b.toml")), ("# somebody's own\n", STALE.replace("8_765", "9_500")));
}

#[test]
fn a_file_that_git_does_not_have_as_it_is_needs_force() {
    let folder = folder(&[("plan.toml", STALE), ("other.toml", STALE)]);
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"];
        let output = Command::new("git").args(identity).args(arguments).current_dir(folder.path()).output();
        output.is_ok_and(|output| output.status.success())
    };
    if !git(&["init", "-q"]) {
        return programs::skipped("there is no `git`");
    }
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert!(git(&["add", "plan.toml"]) && git(&["commit", "-q", "-m", "x"]));
    // Committed: it is written. New: git does not have it, so it is not.
    let output = run(folder.path(), &["fix", "plan.toml", "other.toml"]);
    assert_eq!(code(&output), 2);
    insta::assert_snapshot!("uncommitted", shown(&output));
    assert_eq!((read("plan.toml"), read("other.toml")), (STALE.replace("8_765", "9_500"), STALE.to_owned()));
    fs::write(folder.path().join("plan.toml"), STALE.replace("voted", "moved")).unwrap();
    assert_eq!(code(&run(folder.path(), &["fix", "plan.toml"])), 2);
    assert_eq!(code(&run(folder.path(), &["fix", "--dry-run", "plan.toml"])), 0);
    let output = command(folder.path(), &["fix", "-i", "plan.toml"]).stdin(Stdio::null()).output().unwrap();
    // It is told once.
    assert_eq!((code(&output), shown(&output).matches("changes that git").count()), (2, 1), "{}", shown(&output));
    assert_eq!(read("plan.toml"), STALE.replace("voted", "moved"));
    assert_eq!(code(&run(folder.path(), &["fix", "--force", "plan.toml"])), 0);
    assert_eq!(read("plan.toml"), STALE.replace("voted", "moved").replace("8_765", "9_500"));
}

#[test]
fn what_git_could_not_bring_back_needs_force() {
    let folder = folder(&[("ignored.toml", STALE), ("kept.toml", STALE), (".gitignore", "ignored.toml\n")]);
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"];
        let output = Command::new("git").args(identity).args(arguments).current_dir(folder.path()).output();
        output.is_ok_and(|output| output.status.success())
    };
    if !git(&["init", "-q"]) {
        return programs::skipped("there is no `git`");
    }
    assert!(git(&["add", "kept.toml"]) && git(&["commit", "-q", "-m", "x"]));
    let refused = |output: &Output, says: &str| {
        assert_eq!(code(output), 2, "{}", shown(output));
        let text = shown(output).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(says) && text.contains("`crossfoot fix --force`"), "{text}");
    };
    // Git is silent about what it ignores.
    refused(&run(folder.path(), &["fix", "ignored.toml"]), "git ignores it and could not bring it back");
    // A repository of somebody else's, about which git says nothing.
    let mut other = command(folder.path(), &["fix", "kept.toml"]);
    other.env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1").env("HOME", folder.path()).stdin(Stdio::null());
    refused(
        &other.output().unwrap(),
        "git does not say whether it has the file as it is (fatal: detected dubious ownership",
    );
    // A repository that is broken.
    fs::rename(folder.path().join(".git"), folder.path().join("elsewhere")).unwrap();
    fs::write(folder.path().join(".git"), "gitdir: nowhere\n").unwrap();
    refused(&run(folder.path(), &["fix", "kept.toml"]), "git does not say whether it has the file as it is (fatal:");
    for name in ["ignored.toml", "kept.toml"] {
        assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap(), STALE);
        assert_eq!(code(&run(folder.path(), &["fix", "--force", name])), 0);
        assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap(), STALE.replace("8_765", "9_500"));
    }
}

#[test]
fn a_plan_with_nothing_to_fix_is_told_so() {
    let folder = folder(&[("plan.toml", &STALE.replace("8_765", "9_500"))]);
    assert_eq!(shown(&run(folder.path(), &["fix", "plan.toml"])), "nothing to fix\n");
    assert_eq!(shown(&answered(folder.path(), &["fix", "-i", "plan.toml"], "")), "nothing to fix\n");
}

#[test]
fn every_safe_fix_that_is_not_applied_is_told_with_its_reason() {
    // What waits for a fix that is refused is told as well, and why.
    let (_folder, rules) = own("expect_sum(plan.b, plan.a); expect_sum(plan.c, plan.b);\n\
         if plan.b != 8765 { fail(plan.b, \"b is voted\"); }");
    let fixed = fixed_with(&rules, "a = 9500\nb = 8765\nc = 7123\n", &[]);
    let (_, applied, refused) = told(&fixed);
    assert!(applied.is_empty());
    assert_eq!(
        refused,
        [
            "b: its own finding would still be there",
            "c: it is made of a figure that another fix would set, and that was not applied"
        ]
    );
}

#[test]
fn one_document_says_what_was_done() {
    let folder = folder(&[("plan.toml", STALE)]);
    let output = run(folder.path(), &["fix", "--format", "json", "plan.toml"]);
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["files"][0]["written"], true);
    assert_eq!(document["applied"][0]["title"], "set it to 9_500");
    assert_eq!(document["refused"], serde_json::json!([]));
    assert_eq!(document["left"]["summary"]["error"], 0);
}

#[test]
fn wrong_input_is_told_with_what_to_do() {
    let folder = folder(&[("plan.toml", STALE), ("broken.toml", "a = \n")]);
    let output = run(folder.path(), &["fix", "--unsafe", "totals/output", "plan.toml"]);
    assert_eq!(code(&output), 2);
    assert!(shown(&output).contains("--unsafe: unknown rule `totals/output`: did you mean `totals/outputs`?"));
    let output = run(folder.path(), &["fix", "broken.toml", "nowhere.toml", "plan.toml"]);
    assert_eq!(code(&output), 2);
    let text = shown(&output);
    assert!(text.contains("nowhere.toml") && text.contains("toml/syntax"), "{text}");
    let output = run(folder.path(), &["fix", "nowhere.toml"]);
    assert_eq!((code(&output), shown(&output).lines().next()), (2, Some("no plan was read")));
    assert_eq!(fs::read_to_string(folder.path().join("plan.toml")).unwrap(), STALE.replace("8_765", "9_500"));
    assert_eq!(fs::read_to_string(folder.path().join("broken.toml")).unwrap(), "a = \n");
}

#[test]
fn a_finding_says_what_would_mend_it() {
    let output = support::crossfoot(100, &["check", "plans/itu-2020-2023.toml", "--only", "shares/money"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("\n  fix: set it to 59.5 (crossfoot fix)\n"), "{text}");
    assert!(text.contains("\n  fix, unsafe: declare 2020-2023\n"), "{text}");
}

#[cfg(unix)]
#[test]
fn of_a_link_the_plan_behind_it_is_written_and_a_folder_that_refuses_is_told() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = folder(&[("real/plan.toml", STALE)]);
    symlink("real/plan.toml", folder.path().join("link.toml")).unwrap();
    let real = folder.path().join("real/plan.toml");
    assert_eq!(code(&run(folder.path(), &["fix", "link.toml"])), 0);
    assert_eq!(fs::read_to_string(&real).unwrap(), STALE.replace("8_765", "9_500"));
    assert!(folder.path().join("link.toml").is_symlink());
    fs::write(&real, STALE).unwrap();
    fs::set_permissions(folder.path().join("real"), fs::Permissions::from_mode(0o555)).unwrap();
    let output = run(folder.path(), &["fix", "real/plan.toml"]);
    fs::set_permissions(folder.path().join("real"), fs::Permissions::from_mode(0o755)).unwrap();
    // Who may write everywhere is not refused.
    if code(&output) == 2 {
        assert!(shown(&output).contains("it cannot be written"), "{}", shown(&output));
        assert_eq!(fs::read_to_string(&real).unwrap(), STALE);
    }
}

#[test]
fn figures_of_a_plan_that_was_only_looked_at_for_style_are_not_read() {
    // A fix looks at its neighbours; who reads a figure is told of rules alone.
    let plan = "[plan]\nyears = [2026]\nother = 123_456\n[[objectives]]\nid = 'A'\ntotal = { 2026 = 95 }\noutputs = [{ id = 'x', cost = { 2026 = 97 } }]\n";
    let rules = Rules::standard();
    let looks = Auditor::new(&rules).looks_at(&Plan::parse("plan.toml", plan), "plan.other").unwrap();
    assert!(looks.figures[0].only_read_by.is_empty(), "{:?}", looks.figures[0].only_read_by);
}

#[test]
fn what_several_plans_make_is_set_in_the_plan_that_sums_them_up() {
    let part = "[plan]\nid = 'p'\nportfolio = 'x'\ncurrency = 'EUR'\nyears = [2026]\ntotal = { 2026 = 40_000 }\n";
    let whole = "[plan]\nid = 'w'\nportfolio = 'x'\ncurrency = 'EUR'\nyears = [2026]\ntotal = { 2026 = 41_500 } # approved\n\
                 [[plan.parts]]\nplan = 'p'\ntotal = { 2026 = 40_000 }\n";
    let plans = [Plan::parse("part.toml", part), Plan::parse("whole.toml", whole)];
    let rules = Rules::standard();
    let fixed = Fixer::new(Auditor::new(&rules)).fix(&plans);
    assert_eq!(fixed.files[0].after, part);
    assert_eq!(
        fixed.files[1].after,
        whole.replace("41_500", "40_000"),
        "{:?} {:?}",
        fixed.applied,
        fixed.left.findings
    );
}

#[test]
fn what_is_missing_or_named_twice_leaves_nothing_safe() {
    let fixes = |text: &str| -> Vec<String> {
        let report = Auditor::new(&Rules::standard()).audit(&Plan::parse("plan.toml", text));
        let safe = report.findings.iter().flat_map(|finding| &finding.fixes).filter(|fix| fix.safe);
        safe.map(|fix| fix.title.clone()).collect()
    };
    let head = "[plan]\nyears = [2026, 2027]\n";
    // An output without any cost is missing from the sum, however many others there are.
    let output = "[[objectives]]\nid = 'A'\ntotal = { 2026 = 300, 2027 = 300 }\n\
        outputs = [{ id = 'A-0', cost = { 2026 = 57, 2027 = 61 } }, { id = 'A-1' }]\n";
    assert_eq!(fixes(&format!("{head}{output}")), [""; 0]);
    // Two columns of totals are two places for one sum.
    let columns = "[[tables]]\nid = 't'\ncolumns = ['N', 'T', 'T']\ntotal_column = 'T'\nrows = [{ id = 'A', values = [5, 600, 600] }]\n";
    assert_eq!(fixes(columns), [""; 0]);
    // All years of the plan, and no other, make the figure for all years.
    let years = |amounts: &str| format!("{head}[[objectives]]\nid = 'A'\ntotal = {{ {amounts} }}\n");
    assert_eq!(fixes(&years("2026 = 100, all_years = 377")), [""; 0]);
    assert_eq!(fixes(&years("2026 = 100, 2027 = 100, 2028 = 5, all_years = 200")), [""; 0]);
    assert_eq!(fixes(&years("2026 = 100, 2027 = 100, all_years = 377")), ["set it to 200"]);
}

#[test]
fn a_key_is_not_corrected_to_one_that_its_value_does_not_fit() {
    let text = "[[objectives]]\nid = 'A'\nshares = [1]\n";
    let rules = Rules::standard();
    let fixed = Fixer::new(Auditor::new(&rules)).fix(&[Plan::parse("plan.toml", text)]);
    assert!(fixed.applied.is_empty(), "{:?}", fixed.files);
    assert!(fixed.refused.iter().any(|refused| refused.why.contains("plan/wrong-type")), "{:?}", fixed.refused);
}

#[test]
fn neighbours_that_refer_to_nothing_go_one_after_the_other() {
    let text = "[[risks]]\nid = 1\nmitigations = [1, 9, 8] # all\n[[mitigations]]\nid = 1\n";
    let rules = Rules::standard();
    let named = rules.matching(&["risks/unknown-mitigation"]).unwrap();
    let fixed = Fixer::new(Auditor::new(&rules)).also_unsafe(named).fix(&[Plan::parse("plan.toml", text)]);
    assert_eq!(fixed.files[0].after, text.replace("[1, 9, 8]", "[1]"));
}

#[test]
fn a_comma_on_a_line_of_its_own_ends_the_figure_before_it() {
    let text = "[plan]\nyears = [2026, 2027]\n[[objectives]]\nid = 'A'\ntotal = { 2026 = 70, 2027 = 0 }\n\
        [[objectives.outputs]]\nid = 'A-1'\ncost = { # a\n    2026 = 70 # b\n    , # c\n}\n\
        [[objectives.outputs]]\nid = 'A-2'\ncost = { 2026 = 0, 2027 = 0 }\n";
    let rules = Rules::standard();
    let fixed = Fixer::new(Auditor::new(&rules)).fix(&[Plan::parse("plan.toml", text)]);
    assert_eq!(fixed.files[0].after, text.replace(", # c\n", ", # c\n    2027 = 0,\n"));
}
