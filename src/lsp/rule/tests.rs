//! What an editor shows of rules, asked as an editor asks: at a cursor, in a folder with shared code.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::*;

/// A folder of rules with shared code and a rule with cases, and a desk over it.
struct Folder {
    dir: tempfile::TempDir,
    desk: RuleDesk,
}

const SHARED: &str = "\
//! What a plan comes to.
//!
//! Ask `totals::of(objectives, year)`.

/// The stated totals of some objectives.
///
/// Where one states none, the costs of its outputs.
fn of(objectives, year) {
    let totals = objectives.total[year];
    if count(totals) < count(objectives) { objectives.outputs.cost[year] } else { totals }
}

private fn hidden(x) { x }

fn check(plan) { expect_sum(plan.a, plan.b); }
";

const RULE: &str = r#"//! A stated total is what its outputs make.

import "lib/totals" as totals;

const SEVERITY = "warning";
const PARAMS = #{ most: 50, names: ["a", "b"] };

/// Whether a year is wanted.
fn is_wanted(year) { year != "all_years" }

fn check(plan, params) {
    for objective in plan.objectives {
        for year in objective.total.keys() {
            if is_wanted(year) && count(objective.outputs) < params.most {
                expect_sum(totals::of(objective, year), objective.outputs.cost[year]);
            }
        }
    }
}
"#;

impl Folder {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let folder = Self { dir, desk: RuleDesk::default() };
        folder.write("rules/lib/totals.rhai", SHARED);
        folder.write("rules/house/most.rhai", RULE);
        folder.write("rules/house/most/pass-sum.toml", CASE_PASSES);
        folder.write("rules/house/most/fail-high.toml", CASE_FAILS);
        folder
    }

    fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// The rule with another text, and the offset of the cursor `◆` in it.
    fn open(&mut self, marked: &str) -> (PathBuf, u32) {
        let offset = u32::try_from(marked.find('◆').unwrap_or_default()).unwrap();
        let file = self.path("rules/house/most.rhai");
        self.desk.set_text(&file, marked.replace('◆', ""));
        (file, offset)
    }

    fn ask<T>(&mut self, marked: &str, ask: impl FnOnce(&RuleText<'_>, u32) -> T) -> T {
        let (file, offset) = self.open(marked);
        self.desk.with(&file, |text| ask(text, offset)).unwrap()
    }

    fn labels(&mut self, marked: &str) -> Vec<String> {
        self.ask(marked, |text, offset| text.complete(offset).items.into_iter().map(|item| item.label).collect())
    }

    fn told(&mut self, text: &str) -> Vec<String> {
        let shown = |text: &RuleText<'_>, told: Told| {
            let line = text.text[..told.span.start as usize].matches('\n').count() + 1;
            let at = &text.text[told.span.range()];
            let help = told.help.map(|help| format!(" | {help}")).unwrap_or_default();
            format!("{:?} {line} `{at}`: {}{help}", told.weight, told.message)
        };
        self.ask(text, |text, _| text.diagnose().into_iter().map(|told| shown(text, told)).collect())
    }

    fn hover(&mut self, marked: &str) -> String {
        self.ask(marked, |text, offset| {
            text.hover(offset)
                .map_or("nothing".to_owned(), |hover| format!("{}: {}", &text.text[hover.span.range()], hover.markdown))
        })
    }
}

const CASE_PASSES: &str =
    "objectives = [{ id = 'A', total = { 2026 = 5 }, outputs = [{ id = 'A-1', cost = { 2026 = 5 } }] }]\n";
const CASE_FAILS: &str =
    "[[objectives]]\nid = 'A'\ntotal = { 2026 = 60 }  #~ warning\noutputs = [{ id = 'A-1', cost = { 2026 = 5 } }]\n";

/// A rule around one statement.
fn rule(body: &str) -> String {
    format!("//! A page.\nimport \"lib/totals\" as totals;\nfn check(plan) {{\n    {body}\n}}\n")
}

#[test]
fn a_rule_that_is_in_order_has_nothing_told_of_it() {
    assert_eq!(Folder::new().told(RULE), Vec::<String>::new());
}

#[test]
fn all_faults_are_told_with_what_was_meant() {
    let text = "
import \"lib/totls\" as totals;
const SEVERITY = \"bad\";

fn first(plan) {
    let objctive = plan.objectives;
    expct_sum(objective, 1);
    objctiv.total
}

fn second(plan) {
    let x = plan.objectivs.outputs.cst;
    if x > { 1 }
}

fn check(plan) {
    totals::of(plan);
    summ(plan.objectives.share) + params.most;
}
";
    insta::assert_snapshot!(Folder::new().told(text).join("\n"));
}

#[test]
fn a_missing_brace_is_told_where_its_function_begins() {
    let text = "//! A page.\nfn one(plan) {\n    if plan.a > 1 { 2 \n}\n\nfn check(plan) {\n    summ(plan.b)\n}\n";
    assert_eq!(
        Folder::new().told(text),
        [
            "Error 2 `one`: the function `one` is never closed | write `}` where it ends; each `{` within it needs one as well",
            "Error 7 `summ`: unknown verb `summ` | did you mean `sum`?",
        ]
    );
}

#[test]
fn what_would_help_a_rule_is_told_too() {
    let mut folder = Folder::new();
    std::fs::remove_dir_all(folder.path("rules/house/most")).unwrap();
    assert_eq!(
        folder.told("fn check(plan) { expect_sum(plan.plan.totl, plan.objectives.totals); plan.own.totl; }"),
        [
            "Warning 1 `check`: this file has no page: nobody is told what it is for | begin it with `//! A sentence that is \
         true when the rule finds nothing.`",
            "Hint 1 `check`: no case proves this rule yet | `crossfoot new case house/most fail-high` writes a first one",
            "Warning 1 `totl`: `totl` is no standard key of `plan` | did you mean `total`?",
            "Warning 1 `totals`: `totals` is no standard key of `objectives` | did you mean `total`?",
        ]
    );
}

#[test]
fn what_is_half_written_has_few_faults() {
    let mut folder = Folder::new();
    let mut shown = Vec::new();
    for body in [
        "plan.",
        "plan.objectives.",
        "let x = ",
        "for o in plan.objectives {",
        "expect_sum(plan.objectives.total, ",
        "if plan.a > 1",
        "let all = \"abc",
        "let all = `abc ${",
        "totals::",
        "tot",
        "/* a remark",
    ] {
        let told = folder.told(&rule(body));
        shown.push(format!("{body}\n    {}", told.join("\n    ")));
    }
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn shared_code_is_held_to_its_own_terms_and_seen_as_it_is_open() {
    let mut folder = Folder::new();
    let shared = folder.path("rules/lib/totals.rhai");
    assert_eq!(
        folder.told(&rule("expect_sum(totals::off(plan, 1), 1);")),
        ["Error 4 `off`: `totals` has no function `off` | it has of"]
    );
    folder.desk.set_text(&shared, SHARED.replace("fn of(", "fn off("));
    let file = folder.path("rules/house/most.rhai");
    assert_eq!(folder.desk.touched_by(&shared), std::slice::from_ref(&file));
    assert_eq!(folder.desk.diagnose(&file), []);
    folder.desk.set_text(&shared, "//! A page.\nconst HELP = \"no\";\nfn of(a) { summ(a) }\n".to_owned());
    let told: Vec<String> = folder.desk.diagnose(&shared).into_iter().map(|told| told.message).collect();
    assert_eq!(told, ["`HELP` means nothing in shared code", "unknown verb `summ`"]);
    assert_eq!(folder.desk.diagnose(&file)[0].message, "the shared code `lib/totals` does not compile");
    folder.desk.close(&shared);
    assert_eq!(folder.desk.diagnose(&file)[0].message, "`totals` has no function `off`");
}

#[test]
fn completion_offers_what_may_stand_there() {
    let mut folder = Folder::new();
    let starts = |found: &[String], first: &[&str]| assert_eq!(&found[..first.len()], first);
    starts(&folder.labels(&rule("plan.◆")), &["plan", "scales", "units", "objectives"]);
    starts(&folder.labels(&rule("plan.objectives.outputs.◆")), &["id", "title", "cost", "share", "share_of_objective"]);
    starts(&folder.labels(&rule("plan.objectives.outputs.sh◆")), &["share", "share_of_objective", "share_of"]);
    starts(&folder.labels(&rule("for risk in plan.risks { `${risk.◆`")), &["id", "title", "category"]);
    starts(&folder.labels(&rule("plan.risks.filter(|r| r.lik◆)")), &["likelihood"]);
    starts(&folder.labels(&rule("let all = plan.objectives; all.fi◆")), &["first", "find", "filter", "figures"]);
    assert_eq!(folder.labels(&rule("totals::◆")), ["of"]);
    assert_eq!(folder.labels(&rule("expect_s◆")), ["expect_sum"]);
    assert_eq!(folder.labels(&rule("let whole = 1; wh◆")), ["whole", "while"]);
    assert_eq!(folder.labels(&rule("tot◆")), ["totals"]);
    assert_eq!(folder.labels(&rule("plan.objectives.having(\"out◆")), ["outcomes", "outputs"]);
    assert_eq!(folder.labels("import \"◆"), ["lib/totals"]);
    assert_eq!(folder.labels("const SEVERITY = \"◆"), ["error", "warning", "info"]);
    assert_eq!(folder.labels("const ◆"), ["SEVERITY", "HELP", "PARAMS"]);
    assert_eq!(
        folder.labels("//! A page\n◆")[..4],
        ["fn check(plan)", "fn collect(plan)", "fn judge(all)", "const SEVERITY = \"warning\";"]
    );
    assert_eq!(folder.labels(&RULE.replace("params.most", "params.◆")), ["most", "names"]);
    for nothing in ["// plan.◆", "let ◆", "\"plan.◆\"", "plan.risks.filter(|◆"] {
        assert_eq!(folder.labels(&rule(nothing)), Vec::<String>::new(), "{nothing}");
    }
}

#[test]
fn a_completion_carries_how_it_is_called_and_what_it_does() {
    let mut folder = Folder::new();
    let item = |folder: &mut Folder, marked: &str| {
        folder.ask(&rule(marked), |text, offset| {
            let items = text.complete(offset);
            assert_eq!(&text.text[items.span.range()], marked.split(['.', ':']).next_back().unwrap().replace('◆', ""));
            let item = items.items.into_iter().next().unwrap();
            format!("{}\n{}\n{}", item.label, item.detail.unwrap_or_default(), item.docs.unwrap_or_default())
        })
    };
    let shown = ["count◆", "totals::o◆", "plan.objectives.tot◆", "tota◆"].map(|marked| item(&mut folder, marked));
    insta::assert_snapshot!(shown.join("\n----\n"));
}

#[test]
fn hover_tells_what_stands_under_the_cursor() {
    let mut folder = Folder::new();
    let places = [
        ("expect_sum(totals", "expect_◆sum(totals"),
        ("totals::of(", "totals::◆of("),
        ("totals::of(", "tot◆als::of("),
        ("outputs.cost[", "outputs.co◆st["),
        ("objective.total", "obj◆ective.total"),
        ("params.most", "params.m◆ost"),
        ("const SEVERITY", "const SEV◆ERITY"),
        ("is_wanted(year) &&", "is_w◆anted(year) &&"),
        ("&& count", "&◆& count"),
        ("!= ", "!=◆ "),
        ("check(plan", "ch◆eck(plan"),
        ("if is", "i◆f is"),
        ("\"all_years\"", "\"all◆_years\""),
    ];
    let shown = places.map(|(from, to)| folder.hover(&RULE.replacen(from, to, 1)));
    insta::assert_snapshot!(shown.join("\n----\n"));
}

#[test]
fn the_parts_of_a_file_are_listed() {
    let listed = Folder::new().ask(RULE, |text, _| {
        let line = |symbol: Symbol| {
            let all = &text.text[symbol.span.range()];
            assert!(all.contains(&text.text[symbol.name_span.range()]));
            format!("{:?} {} {}", symbol.kind, symbol.name, symbol.detail)
        };
        text.symbols().into_iter().map(line).collect::<Vec<_>>()
    });
    assert_eq!(
        listed,
        [
            "Import totals lib/totals",
            "Constant SEVERITY \"warning\"",
            "Constant PARAMS #{ most: 50, names: [\"a\", \"b\"] }",
            "Function is_wanted (year)",
            "Function check (plan, params)",
        ]
    );
}

#[test]
fn a_name_leads_to_where_it_is_defined() {
    let mut folder = Folder::new();
    let mut target = |from: &str, to: &str| {
        folder.ask(&RULE.replacen(from, to, 1), |text, offset| {
            let Some(target) = text.definition(offset) else { return "nowhere".to_owned() };
            let of = target.text.as_deref().unwrap_or(text.text);
            let file = target
                .file
                .map(|file| file.strip_prefix(text.file.ancestors().nth(3).unwrap()).unwrap().display().to_string());
            let line = of[..target.span.start as usize].matches('\n').count() + 1;
            format!("{}{line} `{}`", file.map(|file| format!("{file}:")).unwrap_or_default(), &of[target.span.range()])
        })
    };
    assert_eq!(target("totals::of(", "totals::o◆f("), "rules/lib/totals.rhai:8 `of`");
    assert_eq!(target("\"lib/totals\"", "\"lib/◆totals\""), "rules/lib/totals.rhai:1 ``");
    assert_eq!(target("totals::of(", "tot◆als::of("), "3 `import \"lib/totals\" as totals;`");
    assert_eq!(target("if is_wanted", "if is_◆wanted"), "9 `is_wanted`");
    assert_eq!(target("objective.total", "object◆ive.total"), "12 `objective`");
    assert_eq!(target("params.most", "params.m◆ost"), "6 `most`");
    assert_eq!(target("params.most", "par◆ams.most"), "11 `params`");
    assert_eq!(target("expect_sum(", "expect◆_sum("), "nowhere");
}

#[test]
fn the_parameter_that_is_being_written_is_known() {
    let mut folder = Folder::new();
    let mut active = |body: &str| {
        folder.ask(&rule(body), |text, offset| {
            let shown = |signature: Signature| {
                let param = signature.params.get(signature.active).map(|span| &signature.label[span.range()]);
                format!("{} [{}]", signature.label, param.unwrap_or_default())
            };
            text.signatures(offset).into_iter().map(shown).collect::<Vec<_>>()
        })
    };
    assert_eq!(
        active("expect_sum(◆"),
        ["expect_sum(stated, addends) [stated]", "expect_sum(stated, addends, message) [stated]"]
    );
    assert_eq!(
        active("expect_sum(f(1, 2), [3, 4], ◆)"),
        ["expect_sum(stated, addends) [addends]", "expect_sum(stated, addends, message) [message]"]
    );
    assert_eq!(active("plan.objectives.find(◆)")[0], "find(selection, id) [id]");
    assert_eq!(active("totals::of(plan.objectives, ◆"), ["totals::of(objectives, year) [year]"]);
    assert_eq!(
        active("plan.risks.filter(|a, b| ◆"),
        ["filter(selection, |node| boolean) -> selection [|node| boolean]"]
    );
    assert_eq!(active("if (◆"), Vec::<String>::new());
    assert_eq!(active("◆"), Vec::<String>::new());
}

#[test]
fn the_cases_run_with_the_text_that_is_open() {
    let mut folder = Folder::new();
    let (file, _) = folder.open(RULE);
    let lenses = |folder: &mut Folder| {
        let last = folder.desk.last_run(&file).cloned();
        folder
            .desk
            .with(&file, |text| text.lenses(last.as_ref()))
            .unwrap()
            .into_iter()
            .map(|lens| lens.title)
            .collect::<Vec<_>>()
    };
    assert_eq!(lenses(&mut folder), ["▶ run 2 cases"]);
    let run = folder.desk.run_cases(&file).unwrap();
    assert_eq!(run.to_string(), "2 cases: 2 passed", "{}", run.told);
    assert_eq!(lenses(&mut folder), ["▶ run 2 cases", "2 cases: 2 passed"]);
    // The text that is open counts, not the one on disk; and a verdict is of one text only.
    folder.open(&RULE.replace("< params.most", "> params.most"));
    assert_eq!(lenses(&mut folder), ["▶ run 2 cases"]);
    let run = folder.desk.run_cases(&file).unwrap();
    assert_eq!(run.to_string(), "2 cases: 0 passed, 2 failed (fail-high, pass-sum)");
    assert!(run.told.contains("missing"), "{}", run.told);
    folder.open(&RULE.replace("expect_sum", "expct_sum"));
    assert_eq!(folder.desk.run_cases(&file).unwrap().to_string(), "the rule does not compile: no case was run");
}

#[test]
fn cases_that_never_end_are_given_up() {
    let mut folder = Folder::new();
    for at in 0..20 {
        folder.write(&format!("rules/house/most/fail-{at}.toml"), CASE_FAILS);
    }
    let (file, _) = folder.open("//! A page.\nfn check(plan) { while true { } }\n");
    let began = Instant::now();
    let run = folder.desk.run_cases(&file).unwrap();
    assert!(began.elapsed() < Duration::from_secs(60), "{:?}", began.elapsed());
    assert_eq!((run.cases, run.failed.len()), (22, 22));
    assert!(run.told.contains("the rule was stopped"), "{}", run.told);
}

/// Every question, at one offset.
fn ask_all(text: &RuleText<'_>, offset: u32) {
    let items = text.complete(offset);
    assert!(text.text.get(items.span.range()).is_some());
    if let Some(hover) = text.hover(offset) {
        assert!(text.text.get(hover.span.range()).is_some());
    }
    for signature in text.signatures(offset) {
        assert!(signature.params.iter().all(|span| signature.label.get(span.range()).is_some()));
    }
    if let Some(target) = text.definition(offset) {
        let of = target.text.as_deref().unwrap_or(text.text);
        assert!(of.get(target.span.range()).is_some());
    }
}

fn standard_rules() -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")).into_iter();
    let mut files: Vec<PathBuf> = files.map(|entry| entry.unwrap().into_path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "rhai"));
    assert!(files.len() > 25);
    files
}

#[test]
fn every_offset_of_every_standard_rule_has_an_answer_and_no_rule_a_fault() {
    let mut desk = RuleDesk::default();
    for file in standard_rules() {
        let text = std::fs::read_to_string(&file).unwrap();
        let length = u32::try_from(text.len()).unwrap();
        desk.set_text(&file, text);
        assert_eq!(desk.diagnose(&file), [], "{}", file.display());
        desk.with(&file, |text| (0..=length + 2).step_by(3).for_each(|offset| ask_all(text, offset)));
    }
}

#[test]
fn every_misspelt_verb_of_a_standard_rule_is_told() {
    let mut desk = RuleDesk::default();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/shares/money.rhai");
    let text = std::fs::read_to_string(&file).unwrap();
    desk.set_text(&file, text.replace("expect", "expct"));
    assert_eq!(desk.diagnose(&file).len(), 3);
}

#[test]
fn every_prefix_of_a_rule_has_an_answer() {
    let mut folder = Folder::new();
    let text = RULE.replace("all_years", "ÄÖ${→}");
    for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
        let (file, _) = folder.open(&text[..end]);
        folder.desk.with(&file, |text| {
            for told in text.diagnose() {
                assert!(text.text.get(told.span.range()).is_some());
                assert!(end < 3 || !told.span.is_empty(), "{end}: {told:?}");
            }
            text.symbols();
            for offset in [end / 2, end.saturating_sub(1), end] {
                ask_all(text, u32::try_from(offset).unwrap());
            }
        });
    }
}

#[test]
fn no_hostile_text_holds_up_an_editor() {
    let mut folder = Folder::new();
    let deep =
        |open: &str, close: &str| format!("fn check(plan) {{ {}1{} }}", open.repeat(20_000), close.repeat(20_000));
    let texts = [
        deep("(", ")"),
        deep("[", "]"),
        deep("#{a:", "}"),
        deep("{", "}"),
        deep("|x| ", ""),
        deep("`${", "}`"),
        "`${".repeat(20_000),
        "/*".repeat(30_000),
        "fn a(".repeat(10_000),
        "fn f() {\n".repeat(6_000),
        "fn f() { x }\n".repeat(4_000),
        format!("fn check(plan) {{ plan{} }}", ".a".repeat(20_000)),
        format!("fn check(plan) {{ {} }}", "let a = a; ".repeat(5_000)),
        format!("fn check(plan) {{ {} }}", "for a in plan { ".repeat(3_000)),
        format!("fn check(plan) {{ {} }}", (0..3_000).map(|n| format!("x{n}; ")).collect::<String>()),
        "\u{202e}\u{0}é".repeat(5_000),
        "x".repeat(70_000),
    ];
    for text in texts {
        let began = Instant::now();
        let (file, _) = folder.open(&text);
        folder.desk.with(&file, |open| {
            open.diagnose();
            ask_all(open, u32::try_from(text.len() / 2).unwrap());
            ask_all(open, u32::try_from(text.len()).unwrap());
        });
        let begin: String = text.chars().take(40).collect();
        assert!(began.elapsed() < Duration::from_secs(60), "{begin} took {:?}", began.elapsed());
    }
}
