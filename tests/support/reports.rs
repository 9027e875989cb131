//! Runs that reports are made of: one with a little of everything, one that means harm, one with very many findings.

#![allow(dead_code, reason = "not every test needs all of them")]

use std::sync::Arc;

use crossfoot::finding::{Addend, Finding, Fingerprint, Label, PlanSummary, Report, Run, Severity, Working};
use crossfoot::report::{Format, TextOptions, render};
use crossfoot::source::{Place, Position, SourceText};
use crossfoot::{Auditor, Plan, Rules};

/// A run rendered.
pub fn rendered(format: Format, run: &Run) -> Vec<u8> {
    let mut out = Vec::new();
    render(format, run, &TextOptions { suppressed: true, ..TextOptions::default() }, &mut out).unwrap();
    out
}

/// A run rendered, as text.
pub fn text(format: Format, run: &Run) -> String {
    String::from_utf8(rendered(format, run)).unwrap()
}

/// A plan with an error, a warning, a note and a finding that is allowed. Its lines end as on Windows, and a place has several.
pub const SMALL: &str = "[plan]\r
title = \"Écoles\"\r
years = [2026]\r
currency = \"CHF\"\r
notes = [\r
  \"one\",\r
  \"two\",\r
]\r
\r
[[objectives]]\r
id = \"A\"\r
total = { 2026 = 9_742_780 }\r
outputs = [\r
  { id = \"A-1\", cost = { 2026 = 9_700_000 } },\r
  { id = \"A-2\", cost = { 2026 = 42_870.5 } },\r
]\r
\r
[[splits]]\r
id = \"s\"\r
title = \"Parts\"\r
parts = [{ title = \"a\", share = 84 }, { title = \"b\", share = 19 }] # crossfoot: allow shares/whole until 2027-03-31: the council knows\r
\r
[[risks]]\r
id = \"R-1\"\r
title = \"Flood\"\r
likelihood = \"high\"\r
impact = \"low\"\r
mitigations = [\"M-1\", \"M-9\"]\r
\r
[[mitigations]]\r
id = \"M-1\"\r
title = \"A wall\"\r
owner = \"Works\"\r
status = \"done\"\r
";

/// The rules that find something there, and one that fails.
pub fn rules() -> Rules {
    Rules::standard()
        .with_rule("house/notes", "//! Notes are short.\nfn check(plan) { note(plan.plan.notes, \"two notes\"); }")
        .with_rule("house/fails", "//! Fails.\nfn check(plan) { for o in plan.objectives { o.id + 1; } }")
        .choose(&["totals/outputs", "shares/whole", "risks/unknown-mitigation", "house/*"], &[])
        .unwrap()
}

pub fn small() -> Run {
    let rules = rules();
    Auditor::new(&rules).today(2026, 6, 30).run_of(&[Plan::parse("plans/small plan.toml", SMALL)])
}

/// Texts that mean harm: markup, formulas, escapes of a terminal, turned letters, ends of cells, commands and comments.
pub fn hostile_texts() -> Vec<String> {
    let mut texts: Vec<String> = [
        "=1+1",
        "@SUM(A1:A9)",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "\t=1+1",
        "\u{ff1d}1+1",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "]]> &lt;b&gt; &amp; \" ' <!-- -->",
        "a\u{1b}]0;pwn\u{7}b\u{1b}[2J\u{9b}2Jc",
        "d\u{202e}e\u{2066}f\u{61c}\u{200f}",
        "nul\u{0}ffff\u{ffff}\u{fffe}end",
        "![x](http://evil.example/x.png) [y](javascript:alert(1)) <http://evil.example> www.evil.example",
        "| a | b |\n|---|---|\n# h\n```\n- x",
        "::error file=a::b\n::set-output name=x::y\r\n##[error]z%0A::warning::w",
        "@everyone #123 `code` **bold** $x$ ~~no~~",
        "{0} {1} [link](1)",
        "\",\"=1+1\",\"",
        "_x0041_ _x000D_",
        "\\| \\` \\",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.push("x".repeat(10_000));
    texts.push("\u{1f600}\u{202e}é=".repeat(2_500));
    texts
}

/// A plan in which all of those are titles, ids and keys, and rules that repeat them.
pub fn hostile() -> Run {
    let mut plan = String::from("[plan]\nyears = [2026]\n");
    for (at, text) in hostile_texts().iter().enumerate() {
        let quoted = escaped(text);
        plan.push_str(&format!(
            "[[risks]]\nid = {quoted}\ntitle = {quoted}\nlikelihood = {quoted}\nimpact = 'high'\nmitigations = [{quoted}]\n\
             [[objectives]]\nid = {quoted}\ntitle = {quoted}\ntotal = {{ 2026 = 5 }}\n\
             outputs = [{{ id = {quoted}, cost = {{ 2026 = 1 }} }}, {{ id = 'o{at}', cost = {{ 2026 = 2 }} }}]\n",
        ));
    }
    let rules = Rules::standard().with_rule(
        "house/repeat",
        "//! <b>=1+1</b> @all\n//!\n//! Says what plans say.\nconst HELP = \"=1+1 <script>alert(1)</script>\";\n\
         fn check(plan) { for r in plan.risks { warn(r.title, text(r.title)); } }",
    );
    Auditor::new(&rules).run_of(&[Plan::parse("=evil,a:b%0A <x>.toml", &plan)])
}

/// A text as TOML writes it on one line.
fn escaped(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out + "\""
}

/// A run of so many findings, each with a working of two addends.
pub fn many(n: u32) -> Run {
    let line = "total = 3\n";
    let source = SourceText::new("many.toml", line.repeat(n as usize));
    let place = |line: u32, columns: (u32, u32)| {
        let at = |column: u32| Position { offset: (line - 1) * 10 + column - 1, line, column };
        Place { start: at(columns.0), end: at(columns.1) }
    };
    let finding = |at: u32| Finding {
        rule: ["totals/a", "totals/b", "shares/c"][at as usize % 3].into(),
        severity: [Severity::Error, Severity::Warning, Severity::Info][at as usize % 3],
        file: "many.toml".into(),
        message: format!("figure {at} is not what its parts make"),
        path: format!("rows[{at}].total"),
        name: format!("rows[{at}].total"),
        span: place(at + 1, (9, 10)),
        labels: vec![Label {
            file: None,
            path: format!("rows[{at}].a"),
            span: place(at + 1, (1, 6)),
            message: "+ 2".into(),
            said: None,
        }],
        working: Some(working(at)),
        help: Some("correct the figure".into()),
        said: None,
        help_said: None,
        fixes: Vec::new(),
        fingerprint: Fingerprint::of(&[&at.to_string()]),
    };
    let plans = vec![PlanSummary {
        file: "many.toml".into(),
        figures: n as usize,
        covered: n as usize,
        uncovered: Vec::new(),
        uncovered_left_out: 0,
    }];
    let name = source.shared_name();
    let sources = [(name, Arc::new(source))].into();
    Run::of(Report::new(plans, (0..n).map(finding).collect(), Vec::new(), Vec::new(), sources))
}

fn working(at: u32) -> Working {
    let value = |n: u32| n.into();
    let addend = |name: &str| Addend {
        file: None,
        path: format!("rows[{at}].{name}"),
        value: value(2),
        factor: None,
        change: None,
    };
    Working {
        stated: value(3),
        computed: value(4),
        difference: (-1).into(),
        tolerance: value(0),
        stated_interval: "[3, 3]".parse().unwrap(),
        computed_interval: "[4, 4]".parse().unwrap(),
        unit: String::new(),
        stated_addends: Vec::new(),
        addends: vec![addend("a"), addend("b")],
        addends_left_out: 0,
        is_sum: true,
        cause: None,
        cause_said: None,
        other_causes: Vec::new(),
        other_causes_said: Vec::new(),
    }
}
