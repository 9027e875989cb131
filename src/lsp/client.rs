//! What the editor can do, what crossfoot therefore says that it can, and what the drafter has set.
//!
//! Only that is offered which the editor says it understands.

use lsp_types::notification::{DidChangeConfiguration, DidChangeWatchedFiles, Notification as _};
use lsp_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CodeLensOptions,
    CompletionOptions, ExecuteCommandOptions, FoldingRangeProviderCapability, HoverProviderCapability, MarkupKind,
    OneOf, RenameOptions, SaveOptions, ServerCapabilities, SignatureHelpOptions, TextDocumentSyncCapability,
    TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions, WorkDoneProgressOptions,
    WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};
use serde_json::{Value, json};

use super::position::Encoding;

/// The kind of the action that mends all that may be mended without asking.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.crossfoot");

/// Shows the page of a rule.
pub(super) const EXPLAIN: &str = "crossfoot.explainRule";
/// Runs the cases of a rule.
pub(super) const RUN_CASES: &str = "crossfoot.runCases";

/// The files that the editor tells of when they change: plans, cases, packs and configurations; rules; baselines.
const WATCHED: [&str; 3] = ["**/*.toml", "**/*.rhai", "**/*.json"];
/// Shows what the outputs of an objective make, year by year.
pub(super) const SHOW_OBJECTIVE: &str = "crossfoot.showObjective";
/// Makes all changes of a plan that may be made without asking, and says what is left.
pub(super) const FIX_FILE: &str = "crossfoot.fixAll";

/// What the editor can do.
#[derive(Clone, Debug, Default)]
pub(super) struct Client {
    pub(super) related: bool,
    pub(super) tags: bool,
    pub(super) data: bool,
    pub(super) code_actions: bool,
    pub(super) resolves_actions: bool,
    pub(super) versioned_edits: bool,
    pub(super) hierarchical_symbols: bool,
    pub(super) markdown: bool,
    pub(super) snippets: bool,
    pub(super) prepares_rename: bool,
    pub(super) applies_edits: bool,
    pub(super) watches: bool,
    pub(super) configures: bool,
    pub(super) registers_configuration: bool,
    pub(super) refreshes_hints: bool,
    pub(super) refreshes_lenses: bool,
}

impl Client {
    pub(super) fn of(capabilities: &ClientCapabilities) -> Self {
        let workspace = capabilities.workspace.as_ref();
        let text = capabilities.text_document.as_ref();
        let diagnostics = text.and_then(|text| text.publish_diagnostics.as_ref());
        let edits = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let formats = text.and_then(|text| text.hover.as_ref()?.content_format.as_ref());
        let yes = |flag: Option<bool>| flag.unwrap_or(false);
        Self {
            related: yes(diagnostics.and_then(|it| it.related_information)),
            tags: diagnostics.is_some_and(|it| it.tag_support.is_some()),
            data: yes(diagnostics.and_then(|it| it.data_support)),
            code_actions: text.is_some_and(|it| {
                it.code_action.as_ref().is_some_and(|actions| actions.code_action_literal_support.is_some())
            }),
            resolves_actions: text.is_some_and(|it| {
                let resolve = it.code_action.as_ref().and_then(|actions| actions.resolve_support.as_ref());
                resolve.is_some_and(|resolve| resolve.properties.iter().any(|property| property == "edit"))
            }),
            versioned_edits: yes(edits.and_then(|it| it.document_changes)),
            hierarchical_symbols: yes(
                text.and_then(|it| it.document_symbol.as_ref()?.hierarchical_document_symbol_support)
            ),
            markdown: formats.is_none_or(|formats| formats.contains(&MarkupKind::Markdown)),
            snippets: yes(text.and_then(|it| it.completion.as_ref()?.completion_item.as_ref()?.snippet_support)),
            prepares_rename: yes(text.and_then(|it| it.rename.as_ref()?.prepare_support)),
            applies_edits: yes(workspace.and_then(|it| it.apply_edit)),
            watches: yes(workspace.and_then(|it| it.did_change_watched_files.as_ref()?.dynamic_registration)),
            configures: yes(workspace.and_then(|it| it.configuration)),
            registers_configuration: yes(
                workspace.and_then(|it| it.did_change_configuration.as_ref()?.dynamic_registration)
            ),
            refreshes_hints: yes(workspace.and_then(|it| it.inlay_hint.as_ref()?.refresh_support)),
            refreshes_lenses: yes(workspace.and_then(|it| it.code_lens.as_ref()?.refresh_support)),
        }
    }

    /// What the editor is asked to tell of by itself: files that change, settings.
    pub(super) fn registrations(&self) -> Value {
        let mut registrations = Vec::new();
        if self.watches {
            let watchers = WATCHED.map(|glob| json!({ "globPattern": glob }));
            registrations.push(json!({
                "id": "files", "method": DidChangeWatchedFiles::METHOD, "registerOptions": { "watchers": watchers },
            }));
        }
        if self.registers_configuration {
            let options = json!({ "section": "crossfoot" });
            registrations.push(json!({
                "id": "settings", "method": DidChangeConfiguration::METHOD, "registerOptions": options,
            }));
        }
        json!({ "registrations": registrations })
    }

    /// What crossfoot can do for this editor.
    pub(super) fn offer(&self, encoding: Encoding) -> ServerCapabilities {
        let sync = TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions { include_text: Some(false) })),
            ..TextDocumentSyncOptions::default()
        };
        let actions = CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, FIX_ALL]),
            resolve_provider: Some(self.resolves_actions),
            ..CodeActionOptions::default()
        };
        let rename = RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        };
        let triggers = ["=", ".", "[", "\"", "'"].map(ToOwned::to_owned);
        ServerCapabilities {
            position_encoding: Some(encoding.kind()),
            text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            completion_provider: Some(CompletionOptions {
                trigger_characters: Some(triggers.to_vec()),
                ..CompletionOptions::default()
            }),
            signature_help_provider: Some(SignatureHelpOptions {
                trigger_characters: Some(vec!["(".to_owned(), ",".to_owned()]),
                ..SignatureHelpOptions::default()
            }),
            definition_provider: Some(OneOf::Left(true)),
            references_provider: Some(OneOf::Left(true)),
            document_symbol_provider: Some(OneOf::Left(true)),
            workspace_symbol_provider: Some(OneOf::Left(true)),
            folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
            inlay_hint_provider: Some(OneOf::Left(true)),
            code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(false) }),
            code_action_provider: self.code_actions.then_some(CodeActionProviderCapability::Options(actions)),
            rename_provider: Some(if self.prepares_rename { OneOf::Right(rename) } else { OneOf::Left(true) }),
            execute_command_provider: Some(ExecuteCommandOptions {
                commands: [EXPLAIN, RUN_CASES, SHOW_OBJECTIVE, FIX_FILE].map(ToOwned::to_owned).to_vec(),
                ..ExecuteCommandOptions::default()
            }),
            workspace: Some(WorkspaceServerCapabilities {
                workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                    supported: Some(true),
                    change_notifications: Some(OneOf::Left(true)),
                }),
                file_operations: None,
            }),
            ..ServerCapabilities::default()
        }
    }
}

/// What the drafter has set in the editor, under `crossfoot`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Settings {
    /// Whether differences within rounding are shown.
    pub(super) rounding: bool,
    /// Whether computed totals and shares stand beside the figures.
    pub(super) hints: bool,
    /// Whether lines stand above objectives and rules.
    pub(super) lenses: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { rounding: false, hints: true, lenses: true }
    }
}

impl Settings {
    /// These settings, with what an editor sends of them; and what it sends that is none.
    pub(super) fn with(mut self, sent: &Value) -> (Self, Vec<String>) {
        let mut complaints = Vec::new();
        let section = sent.get("crossfoot").unwrap_or(sent);
        for (key, value) in section.as_object().into_iter().flatten() {
            let setting = match key.as_str() {
                "showRounding" => &mut self.rounding,
                "inlayHints" => &mut self.hints,
                "codeLens" => &mut self.lenses,
                _ => {
                    let known = "showRounding, inlayHints and codeLens";
                    complaints.push(format!("crossfoot has no setting `{key}`: there are {known}"));
                    continue;
                }
            };
            match value {
                Value::Bool(value) => *setting = *value,
                Value::Null => {}
                _ => complaints.push(format!("the setting `{key}` of crossfoot is {value}: expected true or false")),
            }
        }
        (self, complaints)
    }
}
