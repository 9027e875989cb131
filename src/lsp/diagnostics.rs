//! What a check says, as the diagnostics of files.
//!
//! The words are those of the report: the message, the working, the likely cause, the help. Which file is shown where, and
//! when, is decided elsewhere.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use lsp_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location, NumberOrString, Range,
};
use serde_json::json;

use super::client::Client;
use super::names::uri_of;
use super::position::{Encoding, Lines};
use crate::finding::{Failure, FailureKind, Finding, Label, Report, Severity, Working, grouped, signed};
use crate::plan::Stretch;
use crate::source::{SourceText, Span};

/// Who says it.
pub(super) const SOURCE: &str = "crossfoot";

/// The most places that one diagnostic names.
const MOST_RELATED: usize = 100;

/// The diagnostics of files, by name.
pub(super) type ByFile = BTreeMap<Arc<str>, Vec<Diagnostic>>;

/// Makes diagnostics for one editor.
#[derive(Debug)]
pub(super) struct Maker<'m> {
    pub(super) encoding: Encoding,
    pub(super) client: &'m Client,
    lines: BTreeMap<Arc<str>, Lines>,
}

impl<'m> Maker<'m> {
    pub(super) fn new(encoding: Encoding, client: &'m Client) -> Self {
        Self { encoding, client, lines: BTreeMap::new() }
    }

    /// The range of a span of a text.
    pub(super) fn range(&mut self, source: &SourceText, span: Span) -> Range {
        let lines = self.lines.entry(source.shared_name()).or_insert_with(|| Lines::of(source.text()));
        lines.range(source.text(), span, self.encoding)
    }

    /// What an audit of the plans as they are now found.
    pub(super) fn add_report(&mut self, report: &Report, by_file: &mut ByFile) {
        for finding in &report.findings {
            if let Some(source) = report.sources.get(&finding.file) {
                let diagnostic = self.finding(finding, source, &report.sources);
                by_file.entry(Arc::clone(&finding.file)).or_default().push(diagnostic);
            }
        }
    }

    /// What was found in the last good versions of plans, where it is now.
    pub(super) fn add_stale(
        &mut self,
        stale: &Report,
        now: &BTreeMap<Arc<str>, Arc<SourceText>>,
        by_file: &mut ByFile,
    ) {
        for finding in &stale.findings {
            let (Some(old), Some(new)) = (stale.sources.get(&finding.file), now.get(&finding.file)) else { continue };
            let stretch = Stretch::between(old.text(), new.text());
            let mut diagnostic = self.plain(finding, format!("stale: {}", words(finding)));
            if self.client.tags {
                diagnostic.tags = Some(vec![DiagnosticTag::UNNECESSARY]);
            }
            diagnostic.range = self.range(new, stretch.nearest(finding.span.span()));
            by_file.entry(Arc::clone(&finding.file)).or_default().push(diagnostic);
        }
    }

    /// What stood in the way.
    pub(super) fn failure(&mut self, failure: &Failure, source: Option<&SourceText>) -> Diagnostic {
        let range = match (failure.span, source) {
            (Some(place), Some(source)) => self.range(source, place.span()),
            (Some(place), None) => {
                let at = lsp_types::Position::new(place.start.line.saturating_sub(1), 0);
                Range::new(at, at)
            }
            (None, _) => Range::default(),
        };
        let mut message = failure.message.clone();
        if let Some(looking_at) = &failure.looking_at {
            let _ = write!(message, "\nwhile looking at {looking_at}");
        }
        for frame in &failure.stack {
            let file = frame.file.as_ref().map(|file| format!(" of {file}")).unwrap_or_default();
            let _ = write!(message, "\ncalled from {}, line {}{file}", frame.function, frame.line);
        }
        if let Some(help) = &failure.help {
            let _ = write!(message, "\nhelp: {help}");
        }
        Diagnostic {
            range,
            severity: Some(DiagnosticSeverity::ERROR),
            code: Some(NumberOrString::String(code_of(failure.kind).to_owned())),
            source: Some(SOURCE.to_owned()),
            message,
            ..Diagnostic::default()
        }
    }

    /// A finding, at its place in a text.
    pub(super) fn finding(
        &mut self,
        finding: &Finding,
        source: &SourceText,
        sources: &BTreeMap<Arc<str>, Arc<SourceText>>,
    ) -> Diagnostic {
        let mut diagnostic = self.plain(finding, words(finding));
        diagnostic.range = self.range(source, finding.span.span());
        if self.client.related && !finding.labels.is_empty() {
            let labels = finding.labels.iter().take(MOST_RELATED);
            let related: Vec<_> = labels.filter_map(|label| self.related(label, finding, sources)).collect();
            diagnostic.related_information = Some(related).filter(|related| !related.is_empty());
            if let Some(more) = finding.labels.len().checked_sub(MOST_RELATED).filter(|more| *more > 0) {
                let _ = write!(diagnostic.message, "\n{MOST_RELATED} places are named, and {more} more are not");
            }
        }
        diagnostic
    }

    fn related(
        &mut self,
        label: &Label,
        finding: &Finding,
        sources: &BTreeMap<Arc<str>, Arc<SourceText>>,
    ) -> Option<DiagnosticRelatedInformation> {
        let file = label.file.as_ref().unwrap_or(&finding.file);
        let range = self.range(sources.get(file)?, label.span.span());
        let message = if label.message.is_empty() { label.path.clone() } else { label.message.clone() };
        Some(DiagnosticRelatedInformation { location: Location { uri: uri_of(file)?, range }, message })
    }

    /// A finding without its place.
    fn plain(&self, finding: &Finding, message: String) -> Diagnostic {
        let unused = self.client.tags && finding.rule.as_ref() == "allowance/unused";
        Diagnostic {
            range: Range::default(),
            severity: Some(match finding.severity {
                Severity::Error => DiagnosticSeverity::ERROR,
                Severity::Warning => DiagnosticSeverity::WARNING,
                Severity::Info => DiagnosticSeverity::INFORMATION,
            }),
            code: Some(NumberOrString::String(finding.rule.to_string())),
            source: Some(SOURCE.to_owned()),
            message,
            tags: unused.then(|| vec![DiagnosticTag::UNNECESSARY]),
            data: self.client.data.then(|| json!(finding.fingerprint.to_string())),
            ..Diagnostic::default()
        }
    }
}

/// The code that a failure is shown under.
fn code_of(kind: FailureKind) -> &'static str {
    match kind {
        FailureKind::File => "file",
        FailureKind::Plan => "plan",
        FailureKind::Config => "config",
        FailureKind::Baseline => "baseline",
        FailureKind::Pack => "pack",
        FailureKind::RuleCompile => "rule-compile",
        FailureKind::RuleRun => "rule-run",
    }
}

/// A finding in words: the message, the working, the help.
fn words(finding: &Finding) -> String {
    let mut words = finding.message.clone();
    if let Some(working) = &finding.working {
        write_working(working, &mut words);
    }
    if let Some(help) = &finding.help {
        let _ = write!(words, "\nhelp: {help}");
    }
    words
}

fn write_working(working: &Working, out: &mut String) {
    let unit = match working.unit.as_str() {
        "" => String::new(),
        "percent" => " %".to_owned(),
        unit => format!(" {unit}"),
    };
    let from = match working.addends.len() + working.addends_left_out {
        0 | 1 => String::new(),
        n => format!(" from {n} figures"),
    };
    let _ = write!(
        out,
        "\nstated {}{unit}, computed {}{unit}{from}, difference {}{unit} (rounding permits {})",
        grouped(working.stated),
        grouped(working.computed),
        signed(working.difference),
        grouped(working.tolerance.normalize())
    );
    for (at, cause) in working.cause.iter().chain(&working.other_causes).enumerate() {
        let _ = write!(out, "\n{}: {cause}", if at == 0 { "likely cause" } else { "or" });
    }
}
