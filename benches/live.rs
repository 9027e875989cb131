//! A check after a change beside a full check, in one run: `cargo bench --bench live`.
//!
//! A claim of speed is a ratio between rows of one run, never a number by itself. What watches and what serves an editor do
//! beside this is a read, a debounce and a screen.
#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark may stop at once when something is wrong")]

mod plans;

use crossfoot::finding::Difference;
use crossfoot::live::{Asked, Disk, Live};
use crossfoot::report::TextOptions;
use crossfoot::watch::Batch;
use crossfoot::{Auditor, Plan, Rules};
use divan::{Bencher, black_box};

/// Objectives of five outputs each; the last is a plan of 26 MB.
const SIZES: [usize; 3] = [200, 2_000, 20_000];

const ITU: &str = include_str!("../plans/itu-2020-2023.toml");

fn main() {
    divan::main();
}

fn live(text: &str) -> Live {
    let mut live = Live::new(Rules::standard());
    live.set_text("plan.toml", text);
    drop(live.check());
    live
}

/// Checks two texts in turn.
fn check_again(bencher: Bencher, texts: [String; 2]) {
    let mut live = live(&texts[0]);
    let mut at = 0;
    bencher.bench_local(move || {
        at += 1;
        live.set_text("plan.toml", &texts[at % 2]);
        live.check()
    });
}

fn with_another_figure(text: &str) -> String {
    let at = text.find("cost = { 2026 = ").unwrap() + "cost = { 2026 = ".len();
    let mut text = text.to_owned();
    text.replace_range(at..=at, "77");
    text
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn full_check(bencher: Bencher, objectives: usize) {
    let (text, rules) = (plans::generate(objectives), Rules::standard());
    bencher.bench(|| Auditor::new(&rules).audit(&Plan::parse("plan.toml", black_box(&text))));
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn after_one_figure(bencher: Bencher, objectives: usize) {
    let text = plans::generate(objectives);
    let other = with_another_figure(&text);
    check_again(bencher, [text, other]);
}

#[divan::bench]
fn itu_full_check(bencher: Bencher) {
    let rules = Rules::standard();
    bencher.bench(|| Auditor::new(&rules).audit(&Plan::parse("plan.toml", black_box(ITU))));
}

#[divan::bench]
fn itu_after_one_figure(bencher: Bencher) {
    check_again(bencher, [ITU.to_owned(), ITU.replacen("5_228_418", "5_228_419", 1)]);
}

#[divan::bench]
fn itu_after_a_line(bencher: Bencher) {
    check_again(bencher, [ITU.to_owned(), ITU.replacen("share = 62.55\n", "", 1)]);
}

/// Rules of which one has changed, beside all of them anew.
#[divan::bench]
fn rules_anew(bencher: Bencher) {
    bencher.bench(|| Rules::standard().with_rule("house/own", black_box(OWN)));
}

#[divan::bench]
fn rules_after_one_changed(bencher: Bencher) {
    let before = Rules::standard().with_rule("house/own", "fn check(plan) {}");
    bencher.bench(|| Rules::after(&before).with_standard().with_rule("house/own", black_box(OWN)));
}

const OWN: &str = "//! Titles.\nfn check(plan) { expect_present(plan.objectives, \"title\"); }";

/// From the save of a file to the text on the screen, as `crossfoot watch` goes: beside the debounce, that is all there is.
fn save_to_screen(bencher: Bencher, texts: [String; 2]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.toml");
    std::fs::write(&path, &texts[0]).unwrap();
    let asked = Asked { plans: vec![path.clone()], ..Asked::default() };
    let mut disk = Disk::new(asked, Box::new(|before| Ok(Rules::after(before).with_standard())));
    let mut live = Live::new(Rules::standard());
    disk.look(&mut live, &Batch::default());
    let mut before = live.check().report.findings;
    let batch = Batch { paths: [path.clone()].into(), ..Batch::default() };
    let mut at = 0;
    bencher
        .with_inputs(|| {
            at += 1;
            std::fs::write(&path, &texts[at % 2]).unwrap();
        })
        .bench_local_values(|()| {
            assert!(disk.look(&mut live, &batch).changed);
            let report = live.check().report;
            let difference = Difference::of(&before, &report.findings);
            let mut screen = Vec::new();
            crossfoot::report::difference(&difference, &report, &TextOptions::default(), &mut screen).unwrap();
            before = report.findings;
            screen
        });
}

#[divan::bench]
fn itu_save_to_screen(bencher: Bencher) {
    save_to_screen(bencher, [ITU.to_owned(), ITU.replacen("5_228_418", "5_228_419", 1)]);
}

/// A figure that is stated in several places, so that eight findings come and go: most of this is drawing them.
#[divan::bench]
fn itu_save_of_eight_mistakes_to_screen(bencher: Bencher) {
    save_to_screen(bencher, [ITU.to_owned(), ITU.replace("9_742_870", "9_742_780")]);
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn one_figure_save_to_screen(bencher: Bencher, objectives: usize) {
    let text = plans::generate(objectives);
    let other = with_another_figure(&text);
    save_to_screen(bencher, [text, other]);
}
