//! What an editor shows of rules, asked as an editor asks: at a cursor, in a folder with shared code.

mod cases;
mod everywhere;
mod faults;
mod show;
mod writing;

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
