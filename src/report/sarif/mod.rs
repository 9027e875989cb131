//! The report as SARIF 2.1.0, which code hosts and editors read.
//!
//! Every finding with its place, the places that explain it, its fixes and its fingerprint; the rules with their pages; what does not
//! count as suppressed, with the reason; what stood in the way as notifications of a run that did not succeed. A region always
//! is the text of its snippet; where that would be very long there is none.

mod model;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use serde_json::{Value, json};

use super::plain_working;
use super::reason;
use crate::finding::{Failure, FailureKind, Finding, Fix, Run, Severity, Suppressed, SuppressedBy};
use crate::source::Place;
use model::{
    Artifact, ArtifactLocation, Change, Configuration, Content, Driver, Help, Invocation, Kind, Location, Log, Logical,
    Message, Notification, Outcome, Physical, Reference, Region, Replacement, Rule, Suppression, Tool,
};

/// The name of our fingerprints among others. It changes when what they are made of does.
const FINGERPRINT: &str = "crossfoot/v1";

/// The longest snippet, in bytes, and in lines: a saved run holds no more lines of one place.
const LONGEST_SNIPPET: (usize, u32) = (4_000, 40);

/// Writes a run as SARIF 2.1.0, on one line: with many findings the spaces would be half of it.
///
/// # Errors
/// When `out` refuses a write.
///
/// ```
/// use crossfoot::{Auditor, Plan, Rules, report};
///
/// let mut out = Vec::new();
/// report::sarif(&Auditor::new(&Rules::standard()).run_of(&[Plan::parse("plan.toml", "")]), &mut out)?;
/// assert!(String::from_utf8_lossy(&out).contains("\"version\":\"2.1.0\""));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn sarif(run: &Run, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &Printer::new(run).log())?;
    out.write_all(b"\n")
}

struct Printer<'r> {
    run: &'r Run,
    /// The ids of all rules, by which results point into the list of them.
    rules: BTreeMap<&'r str, usize>,
}

impl<'r> Printer<'r> {
    fn new(run: &'r Run) -> Self {
        let report = &run.report;
        let found = report.findings.iter().chain(report.suppressed.iter().map(|suppressed| &suppressed.finding));
        let ran = report.rules.iter().map(|rule| &*rule.rule);
        let failed = report.errors.iter().filter_map(|failure| failure.rule.as_deref());
        let ids: BTreeSet<&str> = found.map(|finding| &*finding.rule).chain(ran).chain(failed).collect();
        Self { run, rules: ids.into_iter().enumerate().map(|(at, id)| (id, at)).collect() }
    }

    fn log(&self) -> Log<'r> {
        let report = &self.run.report;
        let counted = report.findings.iter().map(|finding| self.outcome(finding, Vec::new()));
        let suppressed = report.suppressed.iter();
        let aside = suppressed.map(|suppressed| self.outcome(&suppressed.finding, vec![self.suppression(suppressed)]));
        let kinds: BTreeSet<String> = report.errors.iter().map(|failure| kind(failure.kind)).collect();
        let run = model::Run {
            tool: Tool {
                driver: Driver {
                    name: &report.tool.name,
                    semantic_version: &report.tool.version,
                    rules: self.rules.keys().map(|id| self.rule(id)).collect(),
                    notifications: kinds.into_iter().map(|id| Kind { id }).collect(),
                },
            },
            invocations: [self.invocation()],
            artifacts: report.plans.iter().map(|plan| artifact(&plan.file, plan.figures, plan.covered)).collect(),
            column_kind: "unicodeCodePoints",
            results: counted.chain(aside).collect(),
            properties: json!({ "summary": report.summary }),
        };
        Log { schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] }
    }

    fn rule(&self, id: &'r str) -> Rule<'r> {
        let page = self.run.pages.get(id);
        let summary = self.run.report.rules.iter().find(|rule| &*rule.rule == id);
        let title = page.map(|page| page.title.as_str()).or(summary.map(|rule| &*rule.title));
        Rule {
            id,
            short_description: title.filter(|title| !title.is_empty()).map(message),
            help: page.map(|page| Help { text: &page.text, markdown: &page.text }),
            default_configuration: summary.map(|rule| Configuration { level: level(rule.severity) }),
            properties: summary.map(|rule| json!({ "origin": rule.origin, "checks": rule.checks })),
        }
    }

    fn invocation(&self) -> Invocation<'r> {
        let errors = &self.run.report.errors;
        let is_setup = |kind| {
            matches!(kind, FailureKind::Config | FailureKind::Baseline | FailureKind::Pack | FailureKind::RuleCompile)
        };
        let of = |setup: bool| errors.iter().filter(move |failure| is_setup(failure.kind) == setup);
        Invocation {
            execution_successful: errors.is_empty(),
            tool_execution_notifications: of(false).map(|failure| self.notification(failure)).collect(),
            tool_configuration_notifications: of(true).map(|failure| self.notification(failure)).collect(),
        }
    }

    fn notification(&self, failure: &'r Failure) -> Notification<'r> {
        let mut text = failure.message.clone();
        for frame in &failure.stack {
            let file = frame.file.as_ref().unwrap_or(&failure.file);
            text.push_str(&format!("\ncalled {}, {file}:{}:{}", frame.function, frame.line, frame.column));
        }
        if let Some(at) = &failure.looking_at {
            text.push_str(&format!("\nlooking at {at}"));
        }
        if let Some(help) = &failure.help {
            text.push_str(&format!("\nhelp: {help}"));
        }
        Notification {
            level: "error",
            descriptor: Reference { id: kind(failure.kind).into(), index: None },
            associated_rule: failure.rule.as_deref().map(|id| self.reference(id)),
            message: message(text),
            locations: vec![self.location(&failure.file, failure.span)],
        }
    }

    fn reference(&self, id: &'r str) -> Reference<'r> {
        Reference { id: Cow::Borrowed(id), index: self.rules.get(id).copied() }
    }

    fn outcome(&self, finding: &'r Finding, suppressions: Vec<Suppression<'r>>) -> Outcome<'r> {
        let mut location = self.location(&finding.file, Some(finding.span));
        if !finding.name.is_empty() {
            location.logical_locations.push(Logical { fully_qualified_name: &finding.name });
        }
        let related = finding.labels.iter().enumerate().map(|(at, label)| {
            let file = label.file.as_ref().unwrap_or(&finding.file);
            let logical = (!label.path.is_empty()).then_some(Logical { fully_qualified_name: &label.path });
            let message = Some(message(label.message.as_str()));
            let logical_locations = logical.into_iter().collect();
            Location { id: Some(at + 1), message, logical_locations, ..self.location(file, Some(label.span)) }
        });
        Outcome {
            rule_id: &finding.rule,
            rule_index: self.rules.get(&*finding.rule).copied(),
            level: level(finding.severity),
            message: message(words(finding)),
            related_locations: related.collect(),
            partial_fingerprints: BTreeMap::from([(FINGERPRINT, finding.fingerprint.to_string())]),
            fixes: finding.fixes.iter().map(|fix| self.fix(finding, fix)).collect(),
            suppressions,
            properties: finding.working.as_ref().map(|working| json!({ "path": finding.path, "working": working })),
            locations: [location],
        }
    }

    fn fix(&self, finding: &'r Finding, fix: &'r Fix) -> model::Fix<'r> {
        let replacement = |edit: &'r crate::finding::Edit| Replacement {
            deleted_region: self.region(&finding.file, edit.span),
            inserted_content: Content { text: &edit.text },
        };
        let artifact_location = ArtifactLocation { uri: uri(&finding.file) };
        let replacements = fix.edits.iter().map(replacement).collect();
        model::Fix {
            description: message(fix.title.as_str()),
            artifact_changes: [Change { artifact_location, replacements }],
            properties: json!({ "safe": fix.safe }),
        }
    }

    fn suppression(&self, suppressed: &'r Suppressed) -> Suppression<'r> {
        let kind = match suppressed.by {
            SuppressedBy::Inline => "inSource",
            SuppressedBy::Config | SuppressedBy::Baseline => "external",
        };
        let location = suppressed.file.as_deref().map(|file| self.location(file, suppressed.span));
        Suppression { kind, status: "accepted", justification: reason(suppressed), location }
    }

    fn location(&self, file: &str, span: Option<Place>) -> Location<'r> {
        let artifact_location = ArtifactLocation { uri: uri(file) };
        let region = span.map(|span| self.region(file, span));
        let physical_location = Physical { artifact_location, region };
        Location { id: None, physical_location, logical_locations: Vec::new(), message: None }
    }

    fn region(&self, file: &str, place: Place) -> Region<'r> {
        let Place { start, end } = place;
        let (bytes, lines) = LONGEST_SNIPPET;
        let is_short = place.span().len() <= bytes && end.line.saturating_sub(start.line) < lines;
        let source = self.run.report.sources.get(file).filter(|_| is_short);
        // The text of a source that is not there is not known; that of an empty span is.
        let snippet = source.map(|source| Content { text: source.slice(place.span()) });
        Region {
            start_line: start.line.max(1),
            start_column: start.column.max(1),
            end_line: end.line.max(1),
            end_column: end.column.max(1),
            byte_offset: start.offset,
            byte_length: place.span().len(),
            snippet,
        }
    }
}

/// What a finding says: its message, the working, what to do.
fn words(finding: &Finding) -> String {
    let mut text = finding.message.clone();
    if let Some(working) = &finding.working {
        text.push_str(&format!("\n{}", plain_working(working, 100)));
    }
    if let Some(help) = &finding.help {
        text.push_str(&format!("\nhelp: {help}"));
    }
    text
}

/// A message. In one of SARIF `[a](b)` is a link and `{0}` stands for an argument: a plan's text is neither. Braces that hold no
/// number are left alone, because readers show them as they stand.
fn message<'r>(text: impl Into<Cow<'r, str>>) -> Message<'r> {
    let mut text = text.into();
    if text.contains("](") {
        text = text.replace("](", "] (").into();
    }
    if text.split('{').skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
        text = text.replace('{', "{{").replace('}', "}}").into();
    }
    Message { text }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// The name of a kind of failure, as the report's contract writes it.
fn kind(kind: FailureKind) -> String {
    match serde_json::to_value(kind) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}

fn artifact(file: &str, figures: usize, covered: usize) -> Artifact {
    Artifact {
        location: ArtifactLocation { uri: uri(file) },
        roles: ["analysisTarget"],
        properties: json!({ "figures": figures, "covered": covered }),
    }
}

/// A file's name as a reference: every byte that means something in one, or nothing, is written as its number.
fn uri(file: &str) -> String {
    let absolute = if file.starts_with('/') { "file://" } else { "" };
    let mut uri = absolute.to_owned();
    for byte in file.replace('\\', "/").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
