//! The HTML report as text: read by another reader, element by element, and what it says of a small plan.
//!
//! What it is in a browser is tried in `tests/browser.rs`.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may end where something is not as expected")]

#[path = "support/hostile_plan.rs"]
mod hostile_plan;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crossfoot::finding::{Failure, FailureKind, Gone, Report, Run, Suppressed, SuppressedBy};
use crossfoot::words::{Lang, Words};
use crossfoot::{Auditor, Plan, Rules, report};
use quick_xml::Reader;
use quick_xml::events::Event;
use sha2::Digest as _;

/// A plan with one finding of each weight, an allowance, a gap among its risks and a figure that no rule looks at.
const PLAN: &str = "\
[plan]
title = 'Roads & bridges'
organisation = 'Town of Vale'
language = 'en'
currency = 'EUR'
years = [2026, 2027]

[scales]
likelihood = ['low', 'high']
impact = ['small', 'great']
status = ['planned', 'under way']

[[objectives]]
id = 'A'
title = 'Safe roads'
share = 60
total = { 2026 = 31, 2027 = 30 }
outcomes = [{ id = 'A-a', title = 'Fewer accidents', indicators = ['accidents'], means = [] }]
outputs = [
    { id = 'A-1', title = 'Lamps', cost = { 2026 = 10, 2027 = 12 } },
    { id = 'A-2', title = 'Crossings', cost = { 2026 = 12, 2027 = 18 } },
]

[[risks]]
title = 'Flood'
likelihood = 'high'
impact = 'great'
mitigations = []

[[risks]]
title = 'Frost'
likelihood = 'low'
impact = 'great'
mitigations = ['1']

[[mitigations]]
id = '1'
title = 'Salt'
owner = 'Works'
status = 'planned'

[extra]
figure = 7
";

fn run_of(name: &str, text: &str) -> Run {
    Auditor::new(&Rules::standard()).run_of(&[Plan::parse(name, text)])
}

fn html(run: &Run) -> String {
    let mut bytes = Vec::new();
    report::html(run, Words::english(), &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// Plans, and reports of none, that lead to pages of every kind.
fn runs() -> Vec<(&'static str, Run)> {
    let file = |path: &str| std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let rules = Rules::standard();
    let both = ["plans/teaching/mistakes.toml", "plans/teaching/clean.toml"].map(|path| Plan::parse(path, &file(path)));
    let empty = |errors| Report::new(vec![], vec![], errors, vec![], BTreeMap::default());
    let broken = Failure::new(FailureKind::File, "plan.toml", "cannot be read").help("see who may read it");
    let mut aside = run_of("plan.toml", PLAN);
    let finding = aside.report.findings[0].clone();
    let gone = Gone {
        file: finding.file.clone(),
        rule: finding.rule.clone(),
        path: finding.name.clone(),
        message: finding.message.clone(),
        fingerprint: finding.fingerprint.to_string(),
    };
    let suppressed = Suppressed {
        finding,
        by: SuppressedBy::Config,
        reason: Some("agreed <in council>".into()),
        until: Some("2027-03-31".into()),
        file: Some("crossfoot.toml".into()),
        span: None,
    };
    aside.report.set_aside(vec![suppressed], vec![gone]);
    vec![
        ("itu", run_of("plans/itu-2020-2023.toml", &file("plans/itu-2020-2023.toml"))),
        ("two plans", Auditor::new(&rules).run_of(&both)),
        ("small", run_of("plan.toml", PLAN)),
        ("set aside", aside),
        ("hostile", hostile_plan::run()),
        ("no TOML", run_of("plan.toml", "[plan")),
        ("empty", run_of("plan.toml", "")),
        ("no plan", Run::of(empty(vec![]))),
        ("an obstacle", Run::of(empty(vec![broken]))),
    ]
}

/// Elements that have no end.
const VOID: [&str; 4] = ["meta", "input", "br", "hr"];

/// A page as another reader sees it.
#[derive(Default)]
struct Seen {
    /// What is read, a line for each block, cells apart.
    said: String,
    ids: Vec<String>,
    links: Vec<String>,
    /// All attributes by name, with their values.
    attributes: BTreeMap<String, BTreeSet<String>>,
    elements: BTreeSet<String>,
}

/// Reads a page strictly: each element ends where it must, and nothing is left open.
fn read(page: &str) -> Seen {
    let mut seen = Seen::default();
    let (start, rest) = page.split_once("<style>").unwrap();
    let (_, rest) = rest.split_once("</style>").unwrap();
    let (middle, script) = rest.split_once("<script>").unwrap();
    let (_, end) = script.split_once("</script>").unwrap();
    let text = format!("{start}{middle}{end}").replace("<!DOCTYPE html>", "");
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_dangling_amp = false;
    let mut open: Vec<String> = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) | Event::Empty(element) => {
                let name = String::from_utf8(element.name().as_ref().to_vec()).unwrap();
                seen.said.push_str(match name.as_str() {
                    "h1" => "\n# ",
                    "h2" => "\n\n## ",
                    "h3" => "\n\n### ",
                    "h4" | "li" | "p" | "tr" | "div" | "summary" | "figcaption" | "caption" | "title" | "desc" => "\n",
                    "td" | "th" | "dd" | "option" => " | ",
                    "svg" => "\n(drawing)",
                    "text" | "circle" | "mark" | "output" => " ",
                    _ => "",
                });
                for attribute in element.html_attributes() {
                    let attribute = attribute.unwrap();
                    let key = String::from_utf8(attribute.key.as_ref().to_vec()).unwrap();
                    let value = quick_xml::escape::unescape(std::str::from_utf8(&attribute.value).unwrap())
                        .unwrap()
                        .into_owned();
                    match key.as_str() {
                        "id" => seen.ids.push(value.clone()),
                        "href" => seen.links.push(value.clone()),
                        _ => {}
                    }
                    seen.attributes.entry(key).or_default().insert(value);
                }
                seen.elements.insert(name.clone());
                if !VOID.contains(&name.as_str()) {
                    open.push(name);
                }
            }
            Event::End(element) => {
                let name = String::from_utf8(element.name().as_ref().to_vec()).unwrap();
                if !VOID.contains(&name.as_str()) {
                    assert_eq!(open.pop(), Some(name), "after {}", seen.said);
                }
            }
            Event::Text(text) => seen.said.push_str(&text.decode().unwrap()),
            Event::GeneralRef(reference) => {
                let known = [("lt", '<'), ("gt", '>'), ("amp", '&'), ("quot", '"')];
                let name = reference.decode().unwrap();
                let meant = known.iter().find(|(known, _)| *known == name).map(|(_, c)| *c);
                seen.said.push(meant.unwrap_or_else(|| panic!("&{name};")));
            }
            Event::Eof => break,
            other => panic!("{other:?}"),
        }
    }
    assert!(open.is_empty(), "{open:?} are left open");
    seen
}

#[test]
fn another_reader_finds_nothing_left_open_no_name_twice_and_no_link_to_nowhere() {
    for (name, run) in runs() {
        let page = html(&run);
        assert!(page.starts_with("<!DOCTYPE html>") && page.len() < 400_000, "{name}: {} bytes", page.len());
        let seen = read(&page);
        let ids: BTreeSet<&String> = seen.ids.iter().collect();
        assert_eq!(ids.len(), seen.ids.len(), "{name}: {:?}", twice(&seen.ids));
        for link in &seen.links {
            let known = link.strip_prefix('#').is_some_and(|id| seen.ids.iter().any(|known| known == id));
            assert!(known, "{name}: {link}");
        }
        for (attribute, values) in &seen.attributes {
            let refers = matches!(attribute.as_str(), "aria-labelledby" | "aria-describedby");
            assert!(!refers || values.iter().all(|id| ids.contains(id)), "{name}: {attribute}: {values:?}");
            assert!(!attribute.starts_with("on") && attribute != "src" && attribute != "style", "{name}: {attribute}");
        }
        for element in ["script", "iframe", "img", "link", "base", "object", "embed"] {
            assert!(!seen.elements.contains(element), "{name}: {element}");
        }
    }
}

fn twice(ids: &[String]) -> Vec<&String> {
    ids.iter().filter(|id| ids.iter().filter(|other| other == id).count() > 1).collect()
}

#[test]
fn nothing_but_the_pages_own_script_may_run_and_nothing_be_asked_for() {
    let page = html(&run_of("plan.toml", PLAN));
    let script = page.split_once("<script>").unwrap().1.split_once("</script>").unwrap().0;
    let hash: Vec<u8> = sha2::Sha256::digest(script.as_bytes()).to_vec();
    let hash = base64(&hash);
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'"
    );
    // maud escapes nothing of this but the quotation mark, which it has none of.
    assert!(page.contains(&format!("content=\"{policy}\"")), "the script's hash is sha256-{hash}");
    assert!(!script.contains("innerHTML") && !script.contains("eval("));
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for at in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * at) & 63) as usize];
            text.push(if at <= three.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

#[test]
fn a_small_plan_with_one_finding_of_each_kind() {
    let (_, run) = runs().into_iter().find(|(name, _)| *name == "set aside").unwrap();
    let said = read(&html(&run)).said;
    // The pages of rules are those of docs/rules/, and most rules had nothing to do.
    let (before, rules) = said.split_once("## Rules that ran").unwrap();
    let of_totals = rules.lines().filter(|line| line.contains("| totals/outputs")).collect::<Vec<_>>().join("\n");
    let lines: Vec<&str> = before.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    insta::assert_snapshot!(format!("{}\n...\n{of_totals}", lines.join("\n")));
}

#[test]
fn what_is_read_later_makes_the_same_page() {
    for (name, run) in runs() {
        let read = Run::read(&run.to_json()).unwrap();
        assert!(html(&read) == html(&run), "{name}");
    }
}

#[test]
fn of_many_what_is_left_out_is_counted() {
    let mut run = run_of("plan.toml", PLAN);
    let known = run.report.findings.clone();
    run.report.findings = known.iter().cycle().take(100_000).cloned().collect();
    run.overviews = vec![run.overviews[0].clone(); 1_000];
    let plan = run.report.plans[0].clone();
    run.report.plans = vec![plan; 10_000];
    let objective = run.overviews[0].objectives[0].clone();
    run.overviews[0].objectives = vec![objective; 5_000];
    let page = html(&run);
    assert!(page.len() < 2_500_000, "{} bytes", page.len());
    let shown = page.matches("<article class=\"card finding").count();
    let left: usize = page
        .match_indices(" more findings of this rule")
        .map(|(at, _)| page[..at].rsplit("And ").next().unwrap().replace(' ', "").parse::<usize>().unwrap())
        .sum();
    assert_eq!(shown + left, 100_000);
    for said in ["And 9500 more", "And 988 more", "And 4900 more"] {
        assert!(page.contains(said), "{said}");
    }
}

#[test]
fn many_rules_share_the_room() {
    let mut run = run_of("plan.toml", PLAN);
    let known = run.report.findings[0].clone();
    run.report.findings = (0..30_000)
        .map(|n| crossfoot::finding::Finding { rule: format!("house/r{:05}", n / 3).into(), ..known.clone() })
        .collect();
    let page = html(&run);
    assert_eq!(page.matches("<article class=\"card finding").count(), 400);
    assert!(page.len() < 2_500_000 && page.contains("And 9600 more"), "{} bytes", page.len());
}

/// French texts are short of nothing, and what the plan says stays as it says it.
#[test]
fn the_council_reads_it_in_french() {
    let (_, run) = runs().remove(0);
    let mut bytes = Vec::new();
    report::html(&run, Words::of(Lang::named("fr").unwrap()), &mut bytes).unwrap();
    let page = String::from_utf8(bytes).unwrap();
    std::fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join("fr.html"), &page).unwrap();
    let said = read(&page).said;
    for text in [
        "Ce plan ne concorde pas avec lui-même\u{a0}: 12 erreurs et 5 avertissements.",
        "les produits",
        "9\u{202f}742\u{202f}870",
        "L’arrondi ne peut pas expliquer l’écart",
        "Cause probable\u{a0}:",
    ] {
        assert!(said.contains(text), "{text}");
    }
    // The titles of rules are the rules' own.
    for english in ["Stated", "computed", "html-", "What to do", "Likely", "Rounding", "of objective"] {
        let (before, _) = said.split_once("## Pourquoi").unwrap();
        let line = before.lines().find(|line| line.contains(english));
        assert!(line.is_none(), "{english}: {line:?}");
    }
}
