//! What is shown of a rule, and where its names lead.

use super::*;

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
