//! A run as one page of HTML: for reviewers, who get one file, open it and understand it.
//!
//! It needs no network, and no JavaScript but for search, filters and sorting. All that a plan says is text: the markup is made by
//! `maud`, which escapes it, and a policy in the page forbids every request. It draws what the run says and decides nothing.

mod cards;
mod chart;
mod findings;
mod head;
mod markdown;
mod money;
mod parts;
mod plans;
mod risks;
mod rules;
mod shares;
mod snippet;
mod trace;
mod wording;
mod working;

use std::io::{self, Write};

use maud::{DOCTYPE, Markup, PreEscaped, html as markup};

use crate::finding::Run;
use crate::words;
use wording::Words;

/// How the page looks.
const STYLE: &str = include_str!("page.css");

/// What the page can do where scripts run.
const SCRIPT: &str = include_str!("page.js");

/// The hash of the script, which alone the page permits: what a plan might smuggle in does not run.
const SCRIPT_HASH: &str = "sha256-/O0DdcF3XN2JKK84InmChpIIWJu1MBq6otwhVF9Me4E=";

/// Writes a run as one self-contained page of HTML.
///
/// # Errors
/// When `out` refuses a write.
///
/// ```
/// use crossfoot::words::Words;
/// use crossfoot::{Auditor, Plan, Rules, report};
///
/// let rules = Rules::standard();
/// let plan = Plan::parse("plan.toml", "[plan]\ntitle = 'Roads & <b>bridges</b>'\n");
/// let mut out = Vec::new();
/// report::html(&Auditor::new(&rules).run_of(&[plan]), Words::english(), &mut out)?;
/// let page = String::from_utf8_lossy(&out);
/// assert!(page.starts_with("<!DOCTYPE html>") && page.contains("Roads &amp; &lt;b&gt;bridges&lt;/b&gt;"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn html(run: &Run, words: &words::Words, out: &mut impl Write) -> io::Result<()> {
    out.write_all(super::harmless(&document(run, None, words).into_string()).as_bytes())
}

/// The same page as a server shows it: it asks where it came from, and nobody else, for what is new, and shows that. `check` is the
/// number of the check that it shows.
///
/// # Errors
/// When `out` refuses a write.
///
/// ```
/// use crossfoot::words::Words;
/// use crossfoot::{Auditor, Rules, report};
///
/// let mut out = Vec::new();
/// report::html_live(&Auditor::new(&Rules::standard()).run_of(&[]), 1, Words::english(), &mut out)?;
/// assert!(String::from_utf8_lossy(&out).contains("connect-src 'self'"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn html_live(run: &Run, check: u64, words: &words::Words, out: &mut impl Write) -> io::Result<()> {
    out.write_all(super::harmless(&document(run, Some(check), words).into_string()).as_bytes())
}

fn document(run: &Run, live: Option<u64>, words: &words::Words) -> Markup {
    let w = &Words(words);
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src '{SCRIPT_HASH}'; base-uri 'none'; form-action 'none'{}",
        if live.is_some() { "; connect-src 'self'" } else { "" }
    );
    let sections = sections(run, w);
    markup! {
        (DOCTYPE)
        html lang=(w.language()) data-live=[live] {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                meta name="generator" content={ (run.report.tool.name) " " (run.report.tool.version) };
                title { (head::title(run, w)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#main" { (w.say("skip")) }
                (head::head(run, w))
                nav aria-label=(w.say("contents")) {
                    ul { @for section in &sections { li { a href={ "#" (section.id) } { (section.title) } } } }
                    button type="button" #theme hidden title=(w.say("theme-help")) aria-label=(w.say("theme")) { "\u{25d0}" }
                }
                main #main {
                    @for section in &sections {
                        section id=(section.id) aria-labelledby={ "h-" (section.id) } {
                            h2 id={ "h-" (section.id) } { (section.title) }
                            (section.body)
                        }
                    }
                }
                footer { p { (w.with("made-by", &[("tool", &run.report.tool.name), ("version", &run.report.tool.version)])) } }
                div #keys hidden { (w.say("keys")) }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}

/// A part of the page, with what leads to it.
struct Section {
    id: &'static str,
    title: String,
    body: Markup,
}

/// The parts of the page that have something to say, in their order.
fn sections(run: &Run, w: &Words<'_>) -> Vec<Section> {
    let parts: [(&'static str, &str, Option<Markup>); 8] = [
        ("obstacles", "obstacles", head::obstacles(run, w)),
        ("plans", "plans", plans::table(run, w)),
        ("findings", "findings", Some(findings::findings(run, w))),
        ("plan", "the-plan", plans::overviews(run, w)),
        ("aside", "set-aside", rules::set_aside(run, w)),
        ("uncovered", "not-looked-at", Some(rules::uncovered(run, w))),
        ("rules", "rules-that-ran", Some(rules::table(run, w))),
        ("pages", "pages-of-rules", rules::pages(run, w)),
    ];
    let section = |(id, title, body): (&'static str, &str, Option<Markup>)| {
        body.map(|body| Section { id, title: w.say(title), body })
    };
    parts.into_iter().filter_map(section).collect()
}
