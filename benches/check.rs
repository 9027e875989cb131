//! Loading and checking a generated plan, beside the peers, in one run: `cargo bench`.
//!
//! A claim of speed is a ratio between rows of one run, never a number by itself.
#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark may stop at once when something is wrong")]

mod plans;

use std::collections::BTreeMap;

use crossfoot::{Auditor, Plan, Rules};
use divan::{Bencher, black_box};
use serde::Deserialize;

const SIZES: [usize; 2] = [200, 2_000];

fn main() {
    divan::main();
}

#[divan::bench(args = SIZES)]
fn load_crossfoot(bencher: Bencher, objectives: usize) {
    let text = plans::generate(objectives);
    bencher.counter(divan::counter::BytesCount::of_str(&text)).bench(|| Plan::parse("plan.toml", black_box(&text)));
}

#[divan::bench(args = SIZES)]
fn load_toml_typed(bencher: Bencher, objectives: usize) {
    let text = plans::generate(objectives);
    let counter = divan::counter::BytesCount::of_str(&text);
    bencher.counter(counter).bench(|| toml::from_str::<Typed>(black_box(&text)).unwrap());
}

#[divan::bench(args = SIZES)]
fn load_toml_parser_events(bencher: Bencher, objectives: usize) {
    let text = plans::generate(objectives);
    bencher.counter(divan::counter::BytesCount::of_str(&text)).bench(|| {
        let source = toml_parser::Source::new(black_box(&text));
        let tokens = source.lex().into_vec();
        toml_parser::parser::parse_document(&tokens, &mut (), &mut ());
        tokens.len()
    });
}

#[divan::bench(args = SIZES)]
fn check_all_standard_rules(bencher: Bencher, objectives: usize) {
    let text = plans::generate(objectives);
    let rules = Rules::standard();
    let counter = divan::counter::BytesCount::of_str(&text);
    bencher.counter(counter).bench(|| {
        let plan = Plan::parse("plan.toml", black_box(&text));
        Auditor::new(&rules).audit(&plan)
    });
}

/// Places in one long line against places in many short ones: every figure here is one that no rule looks at.
#[divan::bench(args = ["\n", " "])]
fn places_by_line_end_or_space(bencher: Bencher, between: &str) {
    let text = format!("n = [{}]\n", format!("7,{between}").repeat(20_000));
    let rules = Rules::standard();
    bencher.bench(|| Auditor::new(&rules).audit(&Plan::parse("plan.toml", black_box(&text))));
}

#[divan::bench(args = SIZES)]
fn output_totals_crossfoot(bencher: Bencher, objectives: usize) {
    let plan = Plan::parse("plan.toml", &plans::generate(objectives));
    let rules = Rules::standard().choose(&["totals/outputs"], &[]).unwrap();
    bencher.bench(|| Auditor::new(&rules).audit(black_box(&plan)));
}

#[divan::bench(args = SIZES)]
fn output_totals_regorus(bencher: Bencher, objectives: usize) {
    let value: toml::Value = toml::from_str(&plans::generate(objectives)).unwrap();
    let mut engine = regorus::Engine::new();
    engine.add_policy("totals.rego".into(), POLICY.into()).unwrap();
    engine.set_input(regorus::Value::from_json_str(&serde_json::to_string(&value).unwrap()).unwrap());
    bencher.bench_local(|| engine.eval_rule(black_box("data.totals.deny".into())).unwrap());
}

/// The same rule in Rego: the sum of the outputs of every objective, every year, within what rounding permits.
const POLICY: &str = r#"
package totals

import rego.v1

deny contains message if {
    some objective in input.objectives
    some year, stated in objective.total
    computed := sum([cost | some output in objective.outputs; cost := output.cost[year]])
    abs(stated - computed) > (count(objective.outputs) + 1) / 2
    message := sprintf("%v %v: %v %v", [objective.id, year, stated, computed])
}
"#;

#[derive(Deserialize)]
#[expect(dead_code, reason = "read into, never out of")]
struct Typed {
    objectives: Vec<Objective>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read into, never out of")]
struct Objective {
    id: String,
    title: String,
    total: BTreeMap<String, i64>,
    outputs: Vec<Output>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read into, never out of")]
struct Output {
    id: String,
    title: String,
    cost: BTreeMap<String, i64>,
}
