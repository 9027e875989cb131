//! The documents that are open in the editor, as it says they are.
//!
//! An edit that cannot be what the editor meant is told and leaves no harm: the text stays what it was, or the place is the
//! nearest there is. What a document holds is not known here.

use std::collections::BTreeMap;
use std::sync::Arc;

use lsp_types::{DidChangeTextDocumentParams, TextDocumentContentChangeEvent, TextDocumentItem, Uri};

use super::names::name_of;
use super::position::{Encoding, Lines};

/// The longest text that offsets of 32 bits reach.
const MOST_BYTES: usize = u32::MAX as usize - 1;

/// One open document.
#[derive(Debug)]
pub(super) struct Document {
    /// Its address as the editor wrote it.
    pub(super) uri: Uri,
    /// The version that the editor gave it last.
    pub(super) version: i32,
    /// Its text.
    pub(super) text: String,
    /// The lines of the text.
    pub(super) lines: Lines,
}

/// All of them, by name.
#[derive(Debug, Default)]
pub(super) struct Documents {
    open: BTreeMap<Arc<str>, Document>,
    pub(super) encoding: Encoding,
}

/// What became of an edit.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Edited {
    /// The document, where its text is another now.
    pub(super) changed: Option<Arc<str>>,
    /// What was wrong with the edit.
    pub(super) complaints: Vec<String>,
}

impl Documents {
    /// A document by name.
    pub(super) fn get(&self, name: &str) -> Option<&Document> {
        self.open.get(name)
    }

    /// All, by name.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &Document)> {
        self.open.iter()
    }

    /// Takes a document that was opened.
    pub(super) fn open(&mut self, item: TextDocumentItem) -> Arc<str> {
        let name: Arc<str> = name_of(&item.uri).into();
        self.enter(&name, item.uri, item.version, item.text);
        name
    }

    fn enter(&mut self, name: &Arc<str>, uri: Uri, version: i32, mut text: String) {
        cut(&mut text);
        let lines = Lines::of(&text);
        self.open.insert(Arc::clone(name), Document { uri, version, text, lines });
    }

    /// Forgets a document that was closed; none of that name is no harm.
    pub(super) fn close(&mut self, uri: &Uri) -> Option<Arc<str>> {
        self.open.remove_entry(name_of(uri).as_str()).map(|(name, _)| name)
    }

    /// Applies edits, in their order.
    pub(super) fn change(&mut self, params: DidChangeTextDocumentParams) -> Edited {
        let DidChangeTextDocumentParams { text_document, content_changes } = params;
        let name: Arc<str> = name_of(&text_document.uri).into();
        let shown = text_document.uri.as_str().to_owned();
        let mut edited = Edited::default();
        if !self.open.contains_key(&name) {
            // A whole text says all there is to know; a part of one that nobody has says nothing.
            let whole = content_changes.iter().rposition(|change| change.range.is_none());
            let Some(whole) = whole else {
                edited.complaints.push(format!("an edit of a document that is not open, {shown}: open it first"));
                return edited;
            };
            edited.complaints.push(format!("a text of a document that is not open, {shown}: taken as opened"));
            self.enter(&name, text_document.uri, text_document.version, content_changes[whole].text.clone());
            self.apply(&name, content_changes.into_iter().skip(whole + 1), &mut edited.complaints);
            edited.changed = Some(name);
            return edited;
        }
        let Some(document) = self.open.get_mut(&name) else { return edited };
        if text_document.version <= document.version {
            edited.complaints.push(format!(
                "an edit out of order is left out: {shown} has version {}, and the edit would make version {}",
                document.version, text_document.version
            ));
            return edited;
        }
        document.version = text_document.version;
        self.apply(&name, content_changes, &mut edited.complaints);
        edited.changed = Some(name);
        edited
    }

    fn apply(
        &mut self,
        name: &str,
        changes: impl IntoIterator<Item = TextDocumentContentChangeEvent>,
        complaints: &mut Vec<String>,
    ) {
        let encoding = self.encoding;
        let Some(document) = self.open.get_mut(name) else { return };
        for change in changes {
            match change.range {
                None => document.text = change.text,
                Some(range) => {
                    let last = document.lines.count();
                    if range.start.line as usize >= last || range.end.line as usize > last {
                        let line = range.start.line.max(range.end.line);
                        let shown = document.uri.as_str();
                        complaints.push(format!(
                            "an edit beyond the end of {shown} is made at its end: line {line} of {last}, counted from 0"
                        ));
                    }
                    let span = document.lines.span(&document.text, range, encoding);
                    document.text.replace_range(span.range(), &change.text);
                }
            }
            cut(&mut document.text);
            document.lines = Lines::of(&document.text);
        }
    }
}

/// Leaves out what offsets of 32 bits do not reach.
fn cut(text: &mut String) {
    if text.len() > MOST_BYTES {
        let end = (0..=MOST_BYTES).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
        text.truncate(end);
    }
}
