//! What `crossfoot rules` and `crossfoot explain` show, and pages of Markdown as a terminal shows them.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use crossfoot::Rules;
use crossfoot::finding::AllowanceCode;
use crossfoot::plan::FaultCode;
use crossfoot::report::{TextOptions, page};
use proptest::prelude::*;
use support::{crossfoot, screen};

/// A folder of rules with a page that has everything, and a rule that does not compile.
fn house() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("house/least")).unwrap();
    let rule = "//! A share is not too small.\n//!\n//! Shares below the least are **not** worth a line of their own:\n//!\n\
                //! - `share` is in percent,\n//!   of the plan;\n//! - see <https://example.org/shares>.\n//!\n\
                //! ```toml\n//! share = 5   # fits\n//! ```\n\n\
                const SEVERITY = \"warning\";\nconst HELP = \"join it with another\";\n\
                const PARAMS = #{ least: 2.5, word: \"a|b\" };\n\n\
                fn check(plan, params) {\n    expect_range(plan.objectives.share, params.least, ());\n}\n";
    std::fs::write(folder.path().join("house/least.rhai"), rule).unwrap();
    std::fs::write(folder.path().join("house/least/pass.toml"), "[[objectives]]\nid = \"A\"\nshare = 5\n").unwrap();
    std::fs::write(folder.path().join("house/broken.rhai"), "//! Broken.\nfn check(plan) {\n    summ(plan.a);\n}\n")
        .unwrap();
    folder
}

/// A screen with a folder's own name taken out.
fn screen_of(folder: &tempfile::TempDir, arguments: &[&str]) -> String {
    let path = folder.path().to_str().unwrap();
    let arguments: Vec<&str> = arguments.iter().copied().chain(["--rules", path]).collect();
    screen(80, &arguments).replace(path, "RULES")
}

#[test]
fn the_list_of_rules() {
    insta::assert_snapshot!(screen(80, &["rules"]));
    insta::assert_snapshot!(screen(80, &["rules", "iati/date*", "--pack", "examples/packs/iati"]));
    let folder = house();
    // The name of a temporary folder is as long as the system makes it, so that only parts can be held.
    let listed = screen_of(&folder, &["rules", "house", "--no-standard"]);
    assert!(listed.contains("house/least  warning  RULES/house/least.rhai  A share is not"), "{listed}");
    assert!(listed.contains("[rule house/broken does not compile] unknown verb `summ`"), "{listed}");
    assert!(listed.ends_with("[exit 2]\n"), "{listed}");
    assert!(!listed.contains("toml/syntax"), "{listed}");
}

#[test]
fn the_list_as_json_has_what_a_program_needs() {
    let output = crossfoot(80, &["rules", "totals/*", "plan", "--format", "json"]);
    let list: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(list["rules"].as_array().unwrap().len(), 4);
    let outputs = &list["rules"][1];
    assert_eq!((outputs["id"].as_str(), outputs["level"].as_str()), (Some("totals/outputs"), Some("error")));
    assert_eq!((outputs["origin"].as_str(), outputs["cases"].as_u64()), (Some("standard"), Some(4)));
    assert_eq!(list["others"][0]["id"], "plan/unknown-key");
    assert_eq!(list["errors"], serde_json::json!([]));
    let folder = house();
    let path = folder.path().to_str().unwrap();
    let output = crossfoot(80, &["rules", "house", "--rules", path, "--format", "json"]);
    let list: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(list["errors"][0]["message"], "unknown verb `summ`");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_rule_a_verb_an_operator_and_a_finding_are_explained() {
    insta::assert_snapshot!(screen(80, &["explain", "totals/outputs", "percent_of", "<=", "plan/declaration"]));
    let folder = house();
    insta::assert_snapshot!(screen_of(&folder, &["explain", "house/least", "--source"]));
    std::fs::create_dir_all(folder.path().join("lib")).unwrap();
    std::fs::write(
        folder.path().join("lib/shares.rhai"),
        "//! Shares.\nfn half(x) { x / 2 }\nfn check(plan) { half(1); }\n",
    )
    .unwrap();
    let shared = screen_of(&folder, &["explain", "lib/shares"]);
    assert!(shared.contains("Shared code, which rules import. Origin: `RULES/lib/shares.rhai`."), "{shared}");
    let broken = screen_of(&folder, &["explain", "house/broken"]);
    assert!(broken.contains("did you mean `sum`?") && broken.ends_with("[exit 2]\n"), "{broken}");
}

#[test]
fn levels_and_parameters_are_those_in_force() {
    let folder = house();
    let arguments = ["explain", "house/least", "--param", "house/least.least=4", "--level", "house/least=info"];
    let page = screen_of(&folder, &arguments);
    assert!(page.contains("Level: info (the rule's own level: warning)."), "{page}");
    assert!(page.contains("4 (the rule's own value: 2.5)"), "{page}");
    let listed = screen(
        80,
        &["rules", "shares/whole", "plan/empty", "--level", "shares/whole=off", "--level", "plan/empty=error"],
    );
    assert!(listed.contains("shares/whole  off  standard  Shares of one whole"), "{listed}");
    assert!(listed.contains("plan/empty  error  The plan is empty."), "{listed}");
}

#[test]
fn names_of_several_things_list_them_and_unknown_ones_say_what_was_meant() {
    insta::assert_snapshot!(
        [
            screen(80, &["explain", "outputs"]),
            screen(80, &["explain", "figure/"]),
            screen(80, &["explain", "totals/output"]),
            screen(80, &["explain", "unmitigatd"]),
            screen(80, &["explain", "expect_sums"]),
            screen(80, &["explain", "nothing-like-it"]),
            screen(80, &["explain", "rank", "--plan"]),
        ]
        .join("\n")
    );
}

#[test]
fn a_folder_a_file_a_pack_and_a_key_are_explained() {
    let pack = ["--pack", "examples/packs/iati"];
    insta::assert_snapshot!(
        [
            screen(80, &["explain", "totals"]),
            screen(80, &["explain", "share_years"]),
            screen(80, &["explain", "plan.objectives.outputs"]),
            screen(80, &["explain", "./rules/shares/outputs.rhai"]),
            screen(80, &["explain", "share_yeers"]),
            screen(80, &[&["explain", "iati"], pack.as_slice()].concat()),
        ]
        .join("\n")
    );
    let output = crossfoot(80, &["rules", "iati/loop", "--pack", "examples/packs/iati", "--format", "json"]);
    let list: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let pack = &list["packs"][0];
    assert_eq!((pack["name"].as_str(), pack["version"].as_str()), (Some("iati"), Some("1.0.0")));
    assert_eq!(pack["licence"], "MIT OR Apache-2.0");
    assert_eq!(pack["file"], "examples/packs/iati/pack.toml");
}

#[test]
fn shared_code_of_one_name_is_told_apart_by_where_it_comes_from() {
    let folder = house();
    std::fs::create_dir_all(folder.path().join("lib")).unwrap();
    std::fs::write(folder.path().join("lib/totals.rhai"), "//! Own totals.\nfn half(x) { x / 2 }\n").unwrap();
    let both = screen_of(&folder, &["explain", "lib/totals"]);
    assert!(both.contains("lib/totals  RULES/lib/totals.rhai  Own totals."), "{both}");
    assert!(both.contains("lib/totals  standard  "), "{both}");
    let file = folder.path().join("lib/totals.rhai");
    let one = screen_of(&folder, &["explain", file.to_str().unwrap()]);
    assert!(one.contains("Own totals.\n\nShared code, which rules import. Origin: `RULES/lib/totals.rhai`."), "{one}");
    let standard = screen_of(&folder, &["explain", "rules/lib/totals.rhai"]);
    assert!(standard.contains("What a plan comes to"), "{standard}");
}

#[test]
fn every_rule_verb_and_finding_has_a_page() {
    let rules = Rules::standard();
    let listed = screen(80, &["explain", "verbs"]);
    for verb in crossfoot::script::VERBS {
        assert!(listed.contains(&format!("\n{} ", verb.name)), "{listed}");
        assert!(verb.brief().ends_with('.'), "{}", verb.name);
    }
    for rule in rules.iter() {
        let topics = rules.topics(rule.id()).unwrap();
        assert_eq!(topics.len(), 1, "{}", rule.id());
        assert!(topics[0].page(&rules).unwrap().contains(rule.title()), "{}", rule.id());
    }
    for verb in crossfoot::script::VERBS.iter().chain(crossfoot::script::OPERATORS) {
        let name = verb.name.split(' ').next().unwrap();
        let page = rules.topics(name).unwrap()[0].page(&rules).unwrap();
        assert!(page.contains(verb.signature) && page.contains(verb.example), "{name}");
    }
    for code in AllowanceCode::ALL {
        let page = rules.topics(code.id()).unwrap()[0].page(&rules).unwrap();
        assert!(page.contains("What to do: "), "{}", code.id());
    }
    for code in FaultCode::ALL {
        let page = rules.topics(code.id()).unwrap()[0].page(&rules).unwrap();
        assert!(page.contains("What to do: "), "{}", code.id());
        // A loader's finding is graded in one place.
        assert!(page.contains(&format!("Level: {}.", code.severity())), "{}", code.id());
    }
}

/// Lines of a page for a terminal of a width, without colours.
fn shown(markdown: &str, width: usize) -> String {
    let mut out = Vec::new();
    page(markdown, &TextOptions { width, ..TextOptions::default() }, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn markdown_is_readable_in_a_terminal() {
    let markdown = "# One\n\nA paragraph that is long enough to be wrapped, with `code`, *emphasis*,\n**strength** and a \
                    [link](https://example.org/a) or [path](other.md).\n\n## Two\n\n1. first\n2. second, which is longer than \
                    a line of the terminal\n   - inner\n\n     apart\n\n> quoted\n> text\n\n| verb | what it does |\n|---|---|\n| sum | adds \
                    up all there is to be added up |\n| `count` | counts |\n\n```rhai\nlet a = 1;\n\tlet b = 2;\n```\n\n---\n\n### Three\n\nline  \nbreak\n\n<b>html</b>\n";
    insta::assert_snapshot!(shown(markdown, 40));
    for width in [0, 1, 20, 40, 80] {
        for line in shown(markdown, width).lines() {
            let words = line.trim_start().split(' ').count();
            assert!(line.chars().count() <= width.max(20) + 4 || words == 1, "{width}: {line}");
        }
    }
}

#[test]
fn a_page_cannot_steer_the_terminal_nor_exhaust_the_stack() {
    let out = shown("a \u{1b}[31mred\u{7} `\u{9b}c` \u{202e}turned\n\n    \u{1b}]0;title\u{7}\n", 80);
    assert!(!out.chars().any(|c| c.is_control() && c != '\n') && !out.contains('\u{202e}'), "{out:?}");
    let deep = shown(&format!("{} bottom", "> ".repeat(20_000)), 40);
    assert!(deep.contains("bottom"), "{}", deep.len());
    let deep = shown(&format!("{}- bottom", "- ".repeat(20_000)), 40);
    assert!(deep.contains("bottom"), "{}", deep.len());
}

#[test]
fn colours_are_only_where_they_are_wanted_and_never_carry_over_a_line() {
    let options = TextOptions { color: true, width: 20, ..TextOptions::default() };
    let mut out = Vec::new();
    page("**strong words that are wrapped over several lines**", &options, &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert!(out.lines().count() > 2);
    for line in out.lines() {
        assert_eq!(line.matches("\u{1b}[1m").count(), line.matches("\u{1b}[0m").count(), "{line:?}");
        assert!(line.contains("\u{1b}[1m"), "{line:?}");
    }
    let piped = crossfoot(80, &["explain", "totals/outputs"]);
    assert!(!piped.stdout.contains(&0x1b));
    let always = crossfoot(80, &["explain", "totals/outputs", "--color", "always"]);
    assert!(always.stdout.contains(&0x1b));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_markdown_is_shown_without_harm(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "# ", "- ", "1. ", "> ", "```", "`", "*", "**", "_", "[a](b)", "![", "](", ")", "|", "|---|", "\n", "\n\n", "    ",
                "<b>", "<!--", "word", "é", "\u{1b}[2J", "\u{202e}", "\t", "\r", "\\", "&#27;", "---", "https://x.org",
            ]),
            0..40,
        ),
        width in 0_usize..60,
    ) {
        let out = shown(&pieces.concat(), width);
        prop_assert!(!out.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'), "{:?}", out);
    }
}
