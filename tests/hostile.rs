//! Hostile rules, each in a process of its own, so that what would abort or fill the memory is seen and stops nothing else.
//!
//! Each must end in time, within bounds of memory, without a panic or an abort, and never as passed. The child is this very
//! test program, told by the environment which rule to run.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may end where something is not as expected, and this one starts itself"
)]

#[allow(dead_code, reason = "an editor can do more than is asked of it here")]
#[path = "support/editor.rs"]
mod editor;

use std::io::Read as _;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crossfoot::finding::FailOn;
use crossfoot::script::Limits;
use crossfoot::{Auditor, Plan, Rules};

/// A rule's body in words and in code.
const HOSTILE: &[(&str, &str)] = &[
    ("an empty loop", "loop { }"),
    ("loops in functions given to verbs", "loop { [1, 2, 3].map(|x| { for n in 0..100000 { } x }); }"),
    ("nested functions", "let a = []; for n in 0..1000 { a.push(n); } a.map(|x| a.map(|y| a.map(|z| z)));"),
    ("a text doubled", "let t = \"ab\"; loop { t += t; }"),
    ("comparing long texts", "let t = \"ab\"; for n in 0..14 { t += t; } loop { if t == t + \"\" { } }"),
    (
        "copies of long texts in an array",
        "let t = \"ab\"; for n in 0..14 { t += t; } let a = []; loop { a.push(t + \"x\"); }",
    ),
    ("arrays of arrays", "let a = [1]; loop { a = [a, a, a, a]; }"),
    ("an array in itself", "let a = []; loop { a = [a]; }"),
    ("comparing deep arrays", "let a = []; for n in 0..2000 { a = [a]; } let b = a; loop { a == b; }"),
    ("printing deep arrays", "let a = []; for n in 0..2000 { a = [a]; } warn(plan, `${a}`); loop { `${a}`; }"),
    ("maps in maps", "let m = #{}; loop { m = #{ a: m, b: m }; }"),
    ("a map by key", "let m = #{}; let n = 0; loop { m[`k${n}`] = n; n += 1; }"),
    (
        "long texts in a map",
        "let t = \"ab\"; for n in 0..14 { t += t; } let m = #{}; let n = 0; loop { m[`k${n}`] = t + n; n += 1; }",
    ),
    (
        "long texts by index",
        "let t = \"ab\"; for n in 0..14 { t += t; } let a = [0]; loop { a[0] = [a[0], t + \"x\"]; }",
    ),
    ("functions in functions", "let f = |x| x; loop { let g = f; f = |x| g.call(x); }"),
    ("calls without end", "again(plan);"),
    ("calls through functions", "let f = |g, n| g.call(g, n + 1); f.call(f, 0);"),
    ("all words of all texts", "loop { plan.texts.texts().map(|t| t.split(\" \").join(\"-\")); }"),
    ("splits of long texts", "let t = \",\"; for n in 0..13 { t += t; } loop { t.split(\",\"); }"),
    (
        "joins of long arrays",
        "let a = []; for n in 0..1000 { a.push(\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"); } loop { a.join(\",\"); }",
    ),
    ("distances of long texts", "let t = \"ab\"; for n in 0..9 { t += t; } loop { distance(t, t + \"x\"); }"),
    ("regular expressions without end", "let n = 0; loop { matches(\"x\", `(a{1,90}){1,90}${n}`); n += 1; }"),
    (
        "a regular expression that backtracks",
        "let t = \"a\"; for n in 0..15 { t += t; } loop { matches(t, \"(a*)*b\"); }",
    ),
    ("findings without end", "loop { warn(plan, \"again and again and again and again and again and again\"); }"),
    ("long findings without end", "let t = \"ab\"; for n in 0..14 { t += t; } loop { warn(plan, t); }"),
    ("figures without end", "let t = plan.n[0]; loop { t += plan.n[1]; }"),
    ("a large sum again and again", "loop { sum(plan.n) + sum(plan.n); }"),
    ("selections without end", "loop { plan.n.filter(|x| true).distinct().group_by(\"a\"); }"),
    ("sums of sums", "let s = []; loop { s.push(sum(plan.n)); }"),
    (
        "expectations of a sum without end",
        "let t = sum(plan.n); loop { t += sum(plan.n); expect_equal(t, plan.n[0] * 1000000); }",
    ),
    ("a range without end", "for n in 0..9223372036854775807 { }"),
    ("powers", "let n = 2; loop { n = 3 ** 39; n = n * 1.5; n = n / 7; }"),
    ("a failing operator in a function", "loop { [1].map(|x| x + \"a\"); }"),
    ("an absent value asked for again", "loop { plan.a.b.c.d.e.f.g.h; }"),
    ("dates without end", "loop { date(\"2026-01-01\") < today(); }"),
];

/// Rules that are hostile to the compiler.
fn sources() -> Vec<(&'static str, String)> {
    let constants: String = (1..26).map(|n| format!("const A{n} = [A{}, A{}];\n", n - 1, n - 1)).collect::<String>();
    vec![
        ("constants of constants", format!("const A0 = [1];\n{constants}fn check(plan) {{ loop {{ }} }}")),
        ("many tokens", format!("fn check(plan) {{ {} }}", "1;".repeat(30_000))),
        (
            "many variables",
            format!(
                "fn check(plan) {{ {} loop {{ }} }}",
                (0..5_000).map(|n| format!("let v{n}=1;")).collect::<String>()
            ),
        ),
        ("deep brackets", format!("fn check(plan) {{ {}", "(".repeat(60_000))),
        ("deep braces", format!("fn check(plan) {{ {}", "{".repeat(60_000))),
        ("deep maps", format!("fn check(plan) {{ let x = {}", "#{a:".repeat(15_000))),
        ("deep functions", format!("fn check(plan) {{ let x = {}", "|x|".repeat(20_000))),
        ("deep texts", format!("fn check(plan) {{ let x = {}", "`${".repeat(20_000))),
        ("long chains", format!("fn check(plan) {{ plan{}; loop {{ }} }}", ".a".repeat(30_000))),
        ("long conditions", format!("fn check(plan) {{ {} }}", "if true { } else ".repeat(4_000))),
        ("long additions", format!("fn check(plan) {{ let x = {}1; loop {{ }} }}", "1+".repeat(20_000))),
        ("many comments", format!("{}fn check(plan) {{ loop {{ }} }}", "//!\n".repeat(15_000))),
        (
            "assigning to a constant map",
            "const PARAMS = #{ a: 1 };\nfn check(plan, params) { params.a = 5; loop { } }".to_owned(),
        ),
        ("no text at all", "\u{0}\u{1}\u{2}".to_owned()),
    ]
}

fn all() -> Vec<(String, String)> {
    let with_check =
        |body: &str| format!("fn again(x) {{ again(x) }}\nfn check(plan) {{ expect(true, plan, \"\"); {body} }}");
    let bodies = HOSTILE.iter().map(|(name, body)| ((*name).to_owned(), with_check(body)));
    bodies.chain(sources().into_iter().map(|(name, text)| (name.to_owned(), text))).collect()
}

const WHICH: &str = "CROSSFOOT_HOSTILE_RULE";

/// How long a rule may run in the child, and how much longer the child may take.
const DEADLINE: Duration = Duration::from_millis(400);
const PATIENCE: Duration = Duration::from_secs(60);

/// Kilobytes of memory that the child may have used at its worst.
const MEMORY: u64 = 250_000;

/// The child: one rule, an answer as its exit status. Does nothing unless it is told which.
#[test]
fn child() {
    let Some(which) = std::env::var_os(WHICH) else { return };
    let which: usize = which.to_str().unwrap().parse().unwrap();
    let (_, rule) = &all()[which];
    let limits = Limits { deadline: DEADLINE, ..Limits::STANDARD };
    let plan = format!("n = [{}]\ntexts = [{}]\n", "7,\n".repeat(5_000), "'a b c d',\n".repeat(2_000));
    let rules = Rules::with_limits(limits).with_rule("hostile/rule", rule);
    let report = Auditor::new(&rules).today(2026, 6, 30).audit(&Plan::parse("plan.toml", &plan));
    let stopped = report.verdict(FailOn::Never).code() == 2 && !report.errors.is_empty();
    let told =
        report.errors.iter().all(|failure| failure.message.len() > 5 && !failure.message.contains("engine failed"));
    let peak = peak_memory().unwrap_or_default();
    drop(report);
    assert!(stopped, "the rule counts as run");
    assert!(told, "a failure without words");
    assert!(peak < MEMORY, "{peak} kB were used");
}

/// Nothing of a rule runs while it is written, however hostile it is: an editor that has it open is answered soon.
#[test]
fn no_hostile_rule_holds_up_an_editor() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = editor::Editor::start(&editor::able(), &[folder.path()]);
    let mut late = Vec::new();
    for (at, (name, rule)) in all().into_iter().enumerate() {
        let path = folder.path().join(format!("rules/hostile/r{at}.rhai"));
        let started = Instant::now();
        session.open(&path, "rhai", &rule);
        let last = rule.lines().count().saturating_sub(1);
        let column = rule.lines().last().map_or(0, |line| line.encode_utf16().count().min(60));
        for method in ["completion", "hover", "signatureHelp", "definition"] {
            let position = serde_json::json!({ "position": { "line": last, "character": column } });
            session.about(&format!("textDocument/{method}"), &path, &position);
        }
        session.about("textDocument/codeLens", &path, &serde_json::json!({}));
        session.shown(&path);
        session.tell("textDocument/didClose", serde_json::json!({ "textDocument": { "uri": editor::uri(&path) } }));
        if started.elapsed() > Duration::from_secs(60) {
            late.push(format!("{name}: {:?}", started.elapsed()));
        }
    }
    assert_eq!(session.end(), crossfoot::lsp::Ended::Well);
    assert!(late.is_empty(), "{}", late.join("\n"));
}

/// The most memory that this process has had, in kilobytes, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

/// Runs one rule in a child; what is wrong with how it ended.
fn escaped(which: usize, name: &str) -> Option<String> {
    let started = Instant::now();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child", "--nocapture"])
        .env(WHICH, which.to_string())
        .env_remove("RUST_BACKTRACE")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if started.elapsed() > PATIENCE {
            child.kill().unwrap();
            child.wait().unwrap();
            return Some(format!("{name}: still running after {PATIENCE:?}"));
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    if status.success() && started.elapsed() < DEADLINE + Duration::from_secs(20) {
        return None;
    }
    let lines: Vec<&str> = said.lines().filter(|line| !line.trim().is_empty()).take(3).collect();
    Some(format!("{name}: {status} after {:?}: {}", started.elapsed(), lines.join(" ")))
}

#[test]
fn no_hostile_rule_escapes() {
    let rules = all();
    let next = AtomicUsize::new(0);
    let wrong = Mutex::new(Vec::new());
    // Two at a time: most of them are busy until their deadline.
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let which = next.fetch_add(1, Ordering::Relaxed);
                    let Some((name, _)) = rules.get(which) else { break };
                    wrong.lock().unwrap().extend(escaped(which, name));
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{} rules:\n{}", wrong.len(), wrong.join("\n"));
}
