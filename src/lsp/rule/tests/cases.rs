//! The cases of a rule, run from the editor.

use super::*;

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
    // A verdict is of one state of the shared code.
    let shared = folder.path("rules/lib/totals.rhai");
    folder.desk.changed_on_disk(&shared);
    assert_eq!(lenses(&mut folder), ["▶ run 2 cases"]);
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
