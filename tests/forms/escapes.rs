//! Texts of plans in forms that have markup or commands: nothing of theirs is one.

use std::collections::BTreeMap;

use crossfoot::finding::{Run, Severity};
use crossfoot::report::Format;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::reports::{hostile, hostile_texts, many, rendered, text};
use super::{empty, runs};

/// A command of a workflow, read as GitHub's runner reads it.
struct Command {
    kind: String,
    values: BTreeMap<String, String>,
    message: String,
}

fn unescape(text: &str, further: &[(&str, &str)]) -> String {
    let text = further.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
}

fn command(line: &str) -> Option<Command> {
    let (head, message) = line.trim_start().strip_prefix("::")?.split_once("::")?;
    let (kind, values) = head.split_once(' ').unwrap_or((head, ""));
    let value = |part: &str| {
        let (key, value) = part.split_once('=').unwrap();
        (key.to_owned(), unescape(value, &[("%3A", ":"), ("%2C", ",")]))
    };
    let values = values.split(',').filter(|part| !part.is_empty()).map(value).collect();
    Some(Command { kind: kind.to_owned(), values, message: unescape(message, &[]) })
}

#[test]
fn commands_of_a_workflow_are_read_back_and_a_text_gives_none() {
    for (name, run) in runs() {
        let report = &run.report;
        let text = text(Format::Github, &run);
        let commands: Vec<Command> = text.lines().filter_map(command).collect();
        // The older form of commands is found anywhere in a line that is no newer one.
        assert!(text.lines().all(|line| command(line).is_some() || !line.contains("##[")), "{name}");
        let of = |severity| report.findings.iter().filter(move |finding| finding.severity == severity);
        let expected = [
            ("error", (report.errors.len() + of(Severity::Error).count()).min(10)),
            ("warning", of(Severity::Warning).count().min(10)),
            ("notice", of(Severity::Info).count().min(10)),
        ];
        for (kind, n) in expected {
            assert_eq!(commands.iter().filter(|command| command.kind == kind).count(), n, "{name}: {kind}");
        }
        assert_eq!(commands.len(), expected.iter().map(|(_, n)| n).sum::<usize>(), "{name}");
        let warnings = commands.iter().filter(|command| command.kind == "warning");
        for (command, finding) in warnings.zip(of(Severity::Warning)) {
            assert_eq!(command.values["file"], *finding.file, "{name}");
            assert_eq!(command.values["line"], finding.span.start.line.to_string());
            assert_eq!(command.values["title"], *finding.rule);
            let message = crossfoot::report::harmless(&finding.message);
            assert!(command.message.starts_with(&message) || message.len() > 4_000, "{name}: {}", command.message);
            let one_line = finding.span.start.line == finding.span.end.line;
            assert_eq!(command.values.contains_key("col"), one_line, "{name}");
        }
        let left_out = text.contains("not annotated, because GitHub shows 10 of a kind");
        assert_eq!(left_out, report.findings.len() + report.errors.len() > commands.len(), "{name}: {text}");
    }
}

/// What a reader of Markdown makes of a page: its headings, the text of all, and what is neither text nor ours.
fn read(page: &str) -> (Vec<String>, String, Vec<String>) {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_MATH;
    let (mut headings, mut text, mut foreign, mut heading) = (Vec::new(), String::new(), Vec::new(), None);
    for event in Parser::new_ext(page, options) {
        match &event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => headings.extend(heading.take()),
            // Nobody is told that they were mentioned, and no number becomes a reference; in code neither is seen.
            Event::Text(part) if part.split(['@', '#']).skip(1).any(|rest| rest.starts_with(char::is_alphanumeric)) => {
                foreign.push(part.to_string());
            }
            Event::Text(part) | Event::Code(part) => {
                text.push_str(part);
                heading.iter_mut().for_each(|heading| heading.push_str(part));
            }
            Event::InlineHtml(html) if &**html == "<!-- -->" => {}
            Event::Start(
                Tag::Paragraph
                | Tag::Table(_)
                | Tag::TableHead
                | Tag::TableRow
                | Tag::TableCell
                | Tag::List(None)
                | Tag::Item,
            )
            | Event::End(_) => {}
            // The verdict.
            Event::Start(Tag::Strong) if text.matches("Audit of plans").count() == 1 && !text.contains("looked at") => {
            }
            other => foreign.push(format!("{other:?}")),
        }
    }
    (headings, text, foreign)
}

#[test]
fn markdown_is_text_tables_and_headings_of_ours_alone() {
    for (name, run) in runs() {
        for format in [Format::Markdown, Format::GithubSummary] {
            let page = text(format, &run);
            let (headings, shown, foreign) = read(&page);
            assert_eq!(foreign, Vec::<String>::new(), "{name} as {}", format.name());
            for severity in [Severity::Error, Severity::Warning, Severity::Info] {
                let n = run.report.findings.iter().filter(|finding| finding.severity == severity).count();
                let said = headings.iter().any(|heading| heading.starts_with(&format!("{n} ")));
                assert!(n == 0 || said, "{name}: {headings:?}");
            }
            // Of each finding, its first words are there or it is counted among those that are not shown.
            let (mut told, mut findings) = (0, run.report.findings.iter());
            let first =
                |message: &str| message.chars().take(20).take_while(|c| c.is_alphanumeric()).collect::<String>();
            assert!(findings.all(|finding| {
                let is_told = headings.iter().any(|heading| heading.contains(&first(&finding.message)));
                told += usize::from(is_told);
                is_told || page.contains("## Not shown: ")
            }));
            assert!(told > 0 || run.report.findings.is_empty(), "{name}");
            assert!(shown.contains("crossfoot"), "{name}");
            let most = if format == Format::Markdown { 65_536 } else { 1 << 20 };
            assert!(page.len() < most, "{name} as {}: {} bytes", format.name(), page.len());
        }
    }
}

/// A harmful character, said anew here so that it is not held against itself.
fn harm(text: &str) -> Option<char> {
    let turns = "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";
    text.chars().find(|c| c.is_control() && *c != '\n' && *c != '\t' || turns.contains(*c))
}

#[test]
fn no_form_has_a_harmful_character_as_it_is() {
    let run = hostile();
    assert!(run.report.findings.len() > 3 * hostile_texts().len(), "{}", run.report.findings.len());
    for format in Format::ALL {
        let bytes = rendered(format, &run);
        // Those that are no text are read by readers of their own.
        if format.written().is_some() {
            assert_eq!(harm(std::str::from_utf8(&bytes).unwrap()), None, "{}", format.name());
        }
        assert!(bytes.len() < 20_000_000, "{}: {}", format.name(), bytes.len());
    }
    // A program that reads JSON has the characters nevertheless.
    for format in [Format::Json, Format::JsonLines, Format::Sarif, Format::Run] {
        let all: String = text(format, &run).lines().map(|line| format!("{line}\n")).collect();
        assert!(all.contains("\\u202e") && !all.contains('\u{202e}'), "{}", format.name());
    }
}

/// How often a form speaks of a finding.
fn spoken_of(format: Format, run: &Run) -> usize {
    text(format, run).matches("is not what its parts make").count()
}

#[test]
fn many_findings_are_all_there_or_it_is_said_how_many_are_not() {
    let n = 100_000;
    let run = many(n);
    let all = n as usize;
    for format in [Format::JsonLines, Format::Sarif, Format::Gitlab, Format::Csv] {
        assert_eq!(spoken_of(format, &run), all, "{}", format.name());
    }
    assert_eq!(spoken_of(Format::Github, &run), 30);
    assert!(text(Format::Github, &run).contains("33324 errors, 33323 warnings, 33323 notes"));
    let page = text(Format::Markdown, &run);
    let told = page.matches("\n### ").count();
    let left_out = format!("## Not shown: {}", crossfoot::finding::grouped((all - told).into()));
    assert!(told > 50 && page.len() < 65_536 && page.contains(&left_out), "{told}: {left_out}");
    // A case of JUnit tells a thousand of its rule, and its message says how many there are.
    let junit = text(Format::Junit, &run);
    assert!(junit.contains("(and 33333 more errors)") && junit.contains("32334 more are not told here"));
    let book = rendered(Format::Xlsx, &run);
    assert!(book.len() < 10_000_000);
    assert!(super::tables::shown(book).contains("80000 further findings are left out"));
}

#[test]
fn no_plan_and_no_finding_give_a_whole_file() {
    for format in Format::ALL {
        assert!(!rendered(format, &empty()).is_empty(), "{}", format.name());
    }
    assert_eq!(text(Format::Gitlab, &empty()), "[]\n");
    assert_eq!(text(Format::Csv, &empty()).lines().count(), 1);
    assert!(text(Format::Markdown, &empty()).contains("**No plan was audited.**"));
    assert_eq!(text(Format::JsonLines, &empty()).lines().count(), 1);
}
