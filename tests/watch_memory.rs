//! Memory does not grow over ten thousand saves.
//!
//! By itself in this file, so that the process is the test's own.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may panic, and this one writes files")]

use std::fs;
use std::path::PathBuf;

use crossfoot::finding::Difference;
use crossfoot::live::{Asked, Disk, Live};
use crossfoot::report::TextOptions;
use crossfoot::watch::Batch;
use crossfoot::{Rules, report};

/// Memory of this process that is in use, in KiB.
fn resident() -> i64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

fn rules() -> Rules {
    Rules::standard().choose(&["totals/*", "risks/*"], &[]).unwrap()
}

#[test]
fn memory_does_not_grow_over_ten_thousand_saves() {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("plan.toml");
    let asked = Asked { plans: vec![path.clone()], ..Asked::default() };
    let mut disk = Disk::new(asked, Box::new(|_: &Rules| Ok(rules())));
    let mut live = Live::new(rules());
    let (mut before, mut grown_from) = (Vec::new(), 0);
    let batch = Batch { paths: [path.clone()].into(), ..Batch::default() };
    for save in 0..10_000_u32 {
        let costs = format!(
            "outputs = [{{ id = 'A-1', cost = {{ 2026 = {} }} }}, {{ id = 'A-2', cost = {{ 2026 = 2 }} }}]",
            save % 97
        );
        let broken = if save % 10 == 9 { "[" } else { "" };
        let text = format!("# {save}\n[[objectives]]\nid = 'A'\ntotal = {{ 2026 = {save} }}\n{costs}\n{broken}");
        fs::write(&path, text).unwrap();
        let mut looked = disk.look(&mut live, &batch);
        if looked.unsure {
            looked = disk.look(&mut live, &batch);
        }
        assert!(looked.changed);
        let checked = live.check();
        let difference = Difference::of(&before, &checked.report.findings);
        let mut out = Vec::new();
        report::difference(&difference, &checked.report, &TextOptions::default(), &mut out).unwrap();
        before.clone_from(&checked.report.findings);
        if save == 2_000 {
            grown_from = resident();
        }
    }
    let grown = resident() - grown_from;
    assert!(grown < 3 * 1024, "{grown} KiB in 8 000 saves");
}
