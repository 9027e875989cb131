//! What is offered while a rule is written.

use super::*;

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
