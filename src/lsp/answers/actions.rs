//! What can be done about a finding, from where the cursor is: mend it, allow it, have its rule explained.

use std::collections::{BTreeMap, HashMap};
use std::str::FromStr as _;
use std::sync::Arc;

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse, Command, Diagnostic,
    DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};
use serde_json::{Value, json};
use similar::{DiffOp, DiffTag, TextDiff};

use super::paper::Paper;
use crate::finding::{Edit, Finding};
use crate::fix::Fixer;
use crate::lsp::client::{EXPLAIN, FIX_ALL};
use crate::lsp::diagnostics::Maker;
use crate::lsp::names::{name_of, uri_of};
use crate::lsp::project::Project;
use crate::lsp::server::Server;
use crate::plan::Plan;
use crate::source::Span;

impl Server {
    /// The actions for a range of an open plan or rule.
    pub(super) fn actions(&mut self, params: &CodeActionParams) -> CodeActionResponse {
        let name = name_of(&params.text_document.uri);
        let wanted = |kind: &CodeActionKind| {
            let only = params.context.only.as_ref();
            only.is_none_or(|only| only.iter().any(|asked| includes(asked.as_str(), kind.as_str())))
        };
        let of_rule = self.rule_actions(&name, params.range);
        if let Some(actions) = of_rule.filter(|_| wanted(&CodeActionKind::QUICKFIX)) {
            return actions.into_iter().map(CodeActionOrCommand::CodeAction).collect();
        }
        let Some(scene) = self.scene(&name) else { return Vec::new() };
        let mut actions = Vec::new();
        if wanted(&CodeActionKind::QUICKFIX) {
            let span = scene.paper.span(params.range);
            let findings: Vec<&Finding> =
                scene.findings().filter(|finding| touches(finding.span.span(), span)).collect();
            for finding in &findings {
                scene.quick_fixes(finding, &findings, &mut actions);
            }
            // First what mends any of them.
            for finding in &findings {
                scene.other_actions(finding, &mut actions);
            }
        }
        // Working it out takes an audit of its own: done when it is chosen, or when the editor asks for just this.
        let asked = params.context.only.is_some() || self.client.resolves_actions;
        if wanted(&FIX_ALL) && asked {
            actions.extend(scene.fix_all());
        }
        actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
    }
}

/// A plan with all changes that may be made without asking.
pub(super) struct Mended {
    /// The changes; none where there are none.
    pub(super) edit: Option<WorkspaceEdit>,
    /// How many findings were fixed and which are left, in a line.
    pub(super) told: String,
    /// How many are left.
    pub(super) left: usize,
}

/// What makes one text of another, by whole lines.
fn changes<'t>(before: &'t str, after: &'t str) -> impl Iterator<Item = (Span, String)> {
    let diff = TextDiff::from_lines(before, after);
    let starts = |text: &str| {
        let ends = text.split_inclusive('\n').scan(0, |end, line| {
            *end += line.len();
            Some(*end)
        });
        std::iter::once(0).chain(ends).collect::<Vec<usize>>()
    };
    let (old, new) = (starts(before), starts(after));
    let ops: Vec<DiffOp> = diff.ops().iter().copied().filter(|op| op.tag() != DiffTag::Equal).collect();
    ops.into_iter().filter_map(move |op| {
        let (from, to) = (op.old_range(), op.new_range());
        let span = Span::new(u32::try_from(*old.get(from.start)?).ok()?, u32::try_from(*old.get(from.end)?).ok()?);
        Some((span, after.get(*new.get(to.start)?..*new.get(to.end)?)?.to_owned()))
    })
}

/// Whether a kind that is asked for includes another: `source` includes `source.fixAll`.
fn includes(asked: &str, kind: &str) -> bool {
    kind.strip_prefix(asked).is_some_and(|rest| asked.is_empty() || rest.is_empty() || rest.starts_with('.'))
}

fn touches(a: Span, b: Span) -> bool {
    a.start <= b.end && b.start <= a.end
}

/// An open plan, with what was found in it.
struct Scene<'s> {
    server: &'s Server,
    paper: Paper<'s>,
    project: &'s Project,
    plan: &'s Plan,
}

impl<'s> Scene<'s> {
    fn findings(&self) -> impl Iterator<Item = &'s Finding> {
        let name = self.plan.name();
        let report = self.project.checked.as_ref().map(|checked| &checked.report);
        report.into_iter().flat_map(|report| &report.findings).filter(move |finding| &*finding.file == name)
    }

    fn diagnostic(&self, finding: &Finding) -> Option<Diagnostic> {
        let sources = &self.project.checked.as_ref()?.report.sources;
        let mut maker = Maker::new(self.server.documents.encoding, &self.server.client);
        Some(maker.finding(finding, sources.get(&finding.file)?, sources))
    }

    /// An action about a finding, by its title.
    fn action(&self, finding: &Finding) -> impl Fn(String) -> CodeAction + use<> {
        let diagnostics: Option<Vec<Diagnostic>> = self.diagnostic(finding).map(|diagnostic| vec![diagnostic]);
        move |title| CodeAction {
            title,
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: diagnostics.clone(),
            ..CodeAction::default()
        }
    }

    fn quick_fixes(&self, finding: &Finding, all: &[&Finding], actions: &mut Vec<CodeAction>) {
        let action = self.action(finding);
        for fix in &finding.fixes {
            let same = || all.iter().flat_map(|other| &other.fixes).filter(|other| other.edits == fix.edits);
            // Of several that make the same change one is offered, and a safe one where there is one.
            let first = same().find(|other| other.safe).or_else(|| same().next());
            if first.is_some_and(|first| !std::ptr::eq(first, fix)) {
                continue;
            }
            let of = if same().count() > 1 { format!(" ({})", finding.rule) } else { String::new() };
            let unsafe_ = if fix.safe { "" } else { "(unsafe) " };
            actions.push(CodeAction {
                edit: Some(self.edit(fix.edits.iter())),
                is_preferred: fix.safe.then_some(true),
                ..action(format!("{unsafe_}{}{of}", fix.title))
            });
        }
    }

    /// What can be done about a finding but mending it.
    fn other_actions(&self, finding: &Finding, actions: &mut Vec<CodeAction>) {
        let action = self.action(finding);
        if let Some(edit) = self.allowing(finding) {
            let title = format!("allow this finding of {} here: write the reason after the colon", finding.rule);
            actions.push(CodeAction { edit: Some(edit), ..action(title) });
        }
        let title = format!("explain {}", finding.rule);
        let command = Command {
            title: title.clone(),
            command: EXPLAIN.to_owned(),
            arguments: Some(vec![json!(finding.rule), json!(self.paper.document.uri)]),
        };
        actions.push(CodeAction { command: Some(command), ..action(title) });
    }

    /// The comment that allows a finding, on a line of its own above it. It has no reason yet, and allows nothing before it
    /// has one.
    fn allowing(&self, finding: &Finding) -> Option<WorkspaceEdit> {
        if finding.rule.starts_with("allowance/") || !self.project.live.rules().is_id(&finding.rule) {
            return None;
        }
        let text = self.paper.document.text.as_str();
        let before = text.get(..finding.span.start.offset as usize)?;
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = &text[start..];
        let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let comment = format!("{indent}# crossfoot: allow {}: {end}", finding.rule);
        let start = u32::try_from(start).ok()?;
        Some(self.edit_of(vec![TextEdit { range: self.paper.range(Span::new(start, start)), new_text: comment }]))
    }

    /// The action that makes all changes of the plan that may be made without asking. What it changes is worked out when the
    /// editor asks for it, where it knows how to ask.
    fn fix_all(&self) -> Option<CodeAction> {
        self.findings().flat_map(|finding| &finding.fixes).find(|fix| fix.safe)?;
        let action = CodeAction {
            title: "fix all that is safe in this file".to_owned(),
            kind: Some(FIX_ALL),
            data: Some(json!(self.paper.document.uri)),
            ..CodeAction::default()
        };
        let resolved = self.server.client.resolves_actions;
        let edit = || self.mended().edit;
        Some(if resolved { action } else { CodeAction { edit: edit(), data: None, ..action } })
    }

    /// What `crossfoot fix` would change in this plan.
    fn mended(&self) -> Mended {
        let plans: Vec<Plan> = self.project.live.plans().cloned().collect();
        let fixed = Fixer::new(self.project.live.auditor()).fix(&plans);
        let own = |file: &str| file == self.plan.name();
        let applied = fixed.applied.iter().filter(|applied| own(&applied.file)).count();
        let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
        for finding in fixed.left.findings.iter().filter(|finding| own(&finding.file)) {
            *rules.entry(&finding.rule).or_default() += 1;
        }
        let left: usize = rules.values().sum();
        let in_words = |(rule, count): (&&str, &usize)| match count {
            1 => (*rule).to_owned(),
            _ => format!("{count} of {rule}"),
        };
        let rules: Vec<String> = rules.iter().map(in_words).collect();
        let told = match left {
            0 => format!("{applied} fixed, none left"),
            _ => format!("{applied} fixed, {left} left: {}", rules.join(", ")),
        };
        let file = fixed.files.iter().find(|file| own(&file.file) && file.is_changed());
        let edit = file.map(|file| {
            let edits = changes(&file.before, &file.after);
            self.edit_of(edits.map(|(span, new_text)| TextEdit { range: self.paper.range(span), new_text }).collect())
        });
        Mended { edit, told, left }
    }

    fn edit<'e>(&self, edits: impl Iterator<Item = &'e Edit>) -> WorkspaceEdit {
        let edit = |edit: &Edit| TextEdit { range: self.paper.range(edit.span.span()), new_text: edit.text.clone() };
        self.edit_of(edits.map(edit).collect())
    }

    fn edit_of(&self, edits: Vec<TextEdit>) -> WorkspaceEdit {
        let name: Arc<str> = self.plan.source().shared_name();
        self.server.workspace_edit([(name, edits)])
    }
}

impl Server {
    /// An action with its edit, for an editor that asks for it only when it is chosen.
    pub(super) fn resolved(&self, action: CodeAction) -> CodeAction {
        let uri = action.data.as_ref().and_then(Value::as_str).and_then(|uri| Uri::from_str(uri).ok());
        let edit = uri.and_then(|uri| self.mended(&name_of(&uri))?.edit);
        CodeAction { edit, ..action }
    }

    /// What all changes that may be made without asking would make of an open plan.
    pub(super) fn mended(&self, name: &str) -> Option<Mended> {
        self.scene(name).map(|scene| scene.mended())
    }

    /// An open plan that is TOML.
    fn scene(&self, name: &str) -> Option<Scene<'_>> {
        let (document, project) = (self.documents.get(name)?, self.workspace.home(name)?);
        let plan = project.live.plan(name).filter(|plan| plan.is_toml())?;
        let paper = Paper { document, encoding: self.documents.encoding };
        Some(Scene { server: self, paper, project, plan })
    }

    /// Edits of several files, as the editor takes them: with versions where it knows those.
    pub(super) fn workspace_edit(&self, edits: impl IntoIterator<Item = (Arc<str>, Vec<TextEdit>)>) -> WorkspaceEdit {
        let of_file = |(name, edits): (Arc<str>, Vec<TextEdit>)| {
            let document = self.documents.get(&name);
            let uri = document.map(|document| document.uri.clone()).or_else(|| uri_of(&name))?;
            Some((uri, document.map(|document| document.version), edits))
        };
        let by_file = edits.into_iter().filter_map(of_file);
        if self.client.versioned_edits {
            let edits = by_file.map(|(uri, version, edits)| TextDocumentEdit {
                text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
                edits: edits.into_iter().map(OneOf::Left).collect(),
            });
            return WorkspaceEdit {
                document_changes: Some(DocumentChanges::Edits(edits.collect())),
                ..Default::default()
            };
        }
        #[expect(clippy::mutable_key_type, reason = "the protocol's type; an address is compared by its text")]
        let changes: HashMap<_, _> = by_file.map(|(uri, _, edits)| (uri, edits)).collect();
        WorkspaceEdit { changes: Some(changes), ..Default::default() }
    }
}
