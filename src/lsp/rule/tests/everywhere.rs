//! Every question at every place, also of texts that are broken or hostile.

use super::*;

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
