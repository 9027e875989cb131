//! The state between two events of the parser: where the next key and the next value go.
//!
//! The parser checks the grammar; this file adds what the grammar cannot say: which tables and keys may be defined again
//! (TOML 1.1, "Table"), how deeply things may be nested, that dates exist and numbers can be kept exactly. What the keys
//! mean is not its business.

use toml_parser::decoder::{Encoding, ScalarKind};
use toml_parser::parser::EventReceiver;
use toml_parser::{ErrorSink, Source, Span as RawSpan};

use super::fault::{Fault, FaultCode};
use super::load::{MAX_DEPTH, MAX_FAULTS, narrow};
use super::names::Name;
use super::tree::{Builder, Kind, NodeId, flag};
use crate::figure::{NumberFault, Written};
use crate::source::Span;
use crate::words::{self, Said};

/// Where the next value goes.
#[derive(Clone, Copy)]
enum Slot {
    Key {
        parent: NodeId,
        name: Name,
        key: Span,
    },
    /// The key was refused: its value is read, so that its own faults are found, and hangs nowhere.
    Nowhere,
}

enum Frame {
    Array(NodeId),
    Inline { table: NodeId, slot: Option<Slot> },
}

pub(super) struct Receiver<'s> {
    source: Source<'s>,
    pub(super) builder: Builder,
    /// The table that key-value lines are added to; a refused header leads to a table that hangs nowhere.
    current: NodeId,
    slot: Option<Slot>,
    frames: Vec<Frame>,
    /// Parts of the key or header being read.
    key: Vec<(Name, Span)>,
    header: Option<(bool, u32)>,
    pub(super) faults: Vec<Fault>,
    scratch: String,
    too_deep: usize,
    /// Depth of the current table below the root.
    base_depth: usize,
}

impl<'s> Receiver<'s> {
    pub(super) fn new(source: Source<'s>) -> Self {
        Self {
            source,
            // About one node in 24 bytes of a plan; growing once more is cheaper than reserving too much.
            builder: Builder::new(source.input().len() / 28 + 16),
            current: NodeId::ROOT,
            slot: None,
            frames: Vec::new(),
            key: Vec::new(),
            header: None,
            faults: Vec::new(),
            scratch: String::new(),
            too_deep: 0,
            base_depth: 0,
        }
    }

    fn fault(&mut self, fault: Fault) {
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(fault);
        }
    }

    fn table_for_keys(&self) -> NodeId {
        match self.frames.last() {
            Some(Frame::Inline { table, .. }) => *table,
            _ => self.current,
        }
    }

    fn set_slot(&mut self, slot: Slot) {
        match self.frames.last_mut() {
            Some(Frame::Inline { slot: place, .. }) => *place = Some(slot),
            _ => self.slot = Some(slot),
        }
    }

    fn take_slot(&mut self) -> Option<Slot> {
        match self.frames.last_mut() {
            Some(Frame::Inline { slot, .. }) => slot.take(),
            _ => self.slot.take(),
        }
    }

    /// Hangs a new value where it belongs.
    fn attach(&mut self, node: NodeId) {
        if let Some(Frame::Array(array)) = self.frames.last() {
            let array = *array;
            self.builder.attach_element(array, node);
            return;
        }
        if let Some(Slot::Key { parent, name, key }) = self.take_slot() {
            self.builder.attach_key(parent, node, name, key);
        }
    }

    /// Finds the table that a dotted key's last part goes into, making tables on the way.
    fn resolve_key(&mut self) -> Slot {
        let Some((last, prefix)) = self.key.split_last().map(|(last, prefix)| (*last, prefix.to_vec())) else {
            return Slot::Nowhere;
        };
        let mut table = self.table_for_keys();
        if self.base_depth + self.frames.len() + prefix.len() > MAX_DEPTH {
            self.fault_too_deep(last.1);
            return Slot::Nowhere;
        }
        for (name, key) in prefix {
            table = match self.builder.tree.child(table, name) {
                None => {
                    let made = self.make_table(key, flag::DOTTED);
                    self.builder.attach_key(table, made, name, key);
                    made
                }
                Some(found) if self.open_to_dots(found) => {
                    // A dotted key defines every table on its way: no header may define it again.
                    let node = self.builder.node(found);
                    node.flags = node.flags & !flag::IMPLICIT | flag::DOTTED;
                    found
                }
                Some(found) => {
                    self.fault_duplicate(name, key, found);
                    return Slot::Nowhere;
                }
            };
        }
        let (name, key) = last;
        if let Some(found) = self.builder.tree.child(table, name) {
            self.fault_duplicate(name, key, found);
            return Slot::Nowhere;
        }
        Slot::Key { parent: table, name, key }
    }

    fn open_to_dots(&mut self, id: NodeId) -> bool {
        let node = self.builder.node(id);
        node.kind == Kind::Table && (node.has(flag::DOTTED) || node.has(flag::IMPLICIT)) && !node.has(flag::CLOSED)
    }

    fn make_table(&mut self, span: Span, flags: u8) -> NodeId {
        let id = self.builder.push(Kind::Table, span);
        self.builder.node(id).flags |= flags;
        id
    }

    /// Opens the table of a `[header]` or the next element of a `[[header]]`.
    fn open_header(&mut self, array: bool, span: Span) {
        let parts = std::mem::take(&mut self.key);
        self.slot = None;
        self.frames.clear();
        self.base_depth = parts.len();
        let target = if parts.len() > MAX_DEPTH {
            self.fault_too_deep(span);
            None
        } else {
            self.walk_header(&parts, array, span)
        };
        // What stands under a refused header is read for its own faults and hangs nowhere.
        self.current = target.unwrap_or_else(|| {
            self.base_depth = 0;
            self.builder.push(Kind::Table, span)
        });
    }

    fn walk_header(&mut self, parts: &[(Name, Span)], array: bool, span: Span) -> Option<NodeId> {
        let (&(name, key), prefix) = parts.split_last()?;
        let mut table = NodeId::ROOT;
        for &(name, key) in prefix {
            table = match self.builder.tree.child(table, name) {
                None => {
                    let made = self.make_table(span, flag::IMPLICIT);
                    self.builder.attach_key(table, made, name, key);
                    made
                }
                Some(found) => self.enter(found).or_else(|| {
                    self.fault_duplicate(name, key, found);
                    None
                })?,
            };
        }
        let found = self.builder.tree.child(table, name);
        if array {
            self.open_element(table, found, name, key, span)
        } else {
            self.open_table(table, found, name, key, span)
        }
    }

    /// The table that a header's inner part leads into: the table itself, or the last element of an array of tables.
    fn enter(&mut self, id: NodeId) -> Option<NodeId> {
        let node = *self.builder.node(id);
        match node.kind {
            Kind::Table if !node.has(flag::CLOSED) => Some(id),
            Kind::Array if node.has(flag::OF_TABLES) => self.builder.last(id),
            _ => None,
        }
    }

    fn open_table(
        &mut self,
        parent: NodeId,
        found: Option<NodeId>,
        name: Name,
        key: Span,
        span: Span,
    ) -> Option<NodeId> {
        let Some(found) = found else {
            let made = self.make_table(span, 0);
            self.builder.attach_key(parent, made, name, key);
            return Some(made);
        };
        let node = self.builder.node(found);
        if node.kind == Kind::Table && node.has(flag::IMPLICIT) {
            node.flags &= !flag::IMPLICIT;
            (node.start, node.end) = (span.start, span.end);
            return Some(found);
        }
        self.fault_duplicate(name, key, found);
        None
    }

    fn open_element(
        &mut self,
        parent: NodeId,
        found: Option<NodeId>,
        name: Name,
        key: Span,
        span: Span,
    ) -> Option<NodeId> {
        let list = match found {
            None => {
                let list = self.builder.push(Kind::Array, span);
                self.builder.node(list).flags |= flag::OF_TABLES;
                self.builder.attach_key(parent, list, name, key);
                list
            }
            Some(found) if self.builder.node(found).has(flag::OF_TABLES) => found,
            Some(found) => {
                self.fault_duplicate(name, key, found);
                return None;
            }
        };
        let element = self.make_table(span, 0);
        self.builder.attach_element(list, element);
        Some(element)
    }

    fn fault_duplicate(&mut self, name: Name, key: Span, found: NodeId) {
        let first = self.builder.tree.key_span(found);
        let word = self.builder.tree.names.text(name);
        let kind = self.builder.tree.get(found).kind.with_article();
        let fault = Fault::new(FaultCode::DuplicateKey, key, Said::of("`{key}` is given twice").text("key", word))
            .related(first, format!("first given here, as {kind}"))
            .help("keep one of the two, or give the second another name");
        self.fault(fault);
    }

    fn fault_too_deep(&mut self, span: Span) {
        let message = Said::of("nested more than {levels} levels deep").count("levels", MAX_DEPTH);
        self.fault(Fault::new(FaultCode::TooDeep, span, message).help("a plan needs about six; flatten this part"));
    }

    /// Whether one more level may be opened.
    fn may_nest(&mut self, span: RawSpan) -> bool {
        if self.too_deep > 0 || self.base_depth + self.frames.len() >= MAX_DEPTH {
            if self.too_deep == 0 {
                self.fault_too_deep(narrow(span));
            }
            self.too_deep += 1;
            return false;
        }
        true
    }

    fn close(&mut self, span: RawSpan) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        if let Some(Frame::Array(id) | Frame::Inline { table: id, .. }) = self.frames.pop() {
            self.builder.node(id).end = narrow(span).end;
        }
    }

    fn check_number(&mut self, id: NodeId, text: &str, span: Span) {
        let Err(fault) = Written::check(text) else { return };
        self.builder.node(id).flags |= flag::NO_FIGURE;
        let fault = match fault {
            NumberFault::TooManyDigits { digits } => Fault::new(
                FaultCode::TooManyDigits,
                span,
                Said::of("this number has {digits} significant digits; at most 28 can be kept exactly")
                    .with("digits", words::Written::Number(digits.to_string())),
            )
            .help("state the figure in a larger unit, or write it as a text"),
            NumberFault::NotFinite => {
                Fault::new(FaultCode::NotFinite, span, Said::of("`{text}` is no figure: expected a finite number").text("text", text))
                    .help("write the figure, or leave the key out where there is none")
            }
            NumberFault::NotANumber => Fault::new(FaultCode::Syntax, span, Said::of("`{text}` is no number").text("text", text))
                .help("write a number such as 1_200.50 or 0xff, or put quotation marks around a text"),
            NumberFault::OutOfRange => Fault::new(
                FaultCode::TooManyDigits,
                span,
                "this number is too large or too small to be kept exactly: 28 digits before and after the point are the most",
            )
            .help("state the figure in another unit, or write it as a text"),
        };
        self.fault(fault.at(id));
    }
}

impl EventReceiver for Receiver<'_> {
    fn std_table_open(&mut self, span: RawSpan, _error: &mut dyn ErrorSink) {
        self.key.clear();
        self.header = Some((false, narrow(span).start));
    }

    fn std_table_close(&mut self, span: RawSpan, _error: &mut dyn ErrorSink) {
        if let Some((array, start)) = self.header.take() {
            self.open_header(array, Span::new(start, narrow(span).end));
        }
    }

    fn array_table_open(&mut self, span: RawSpan, _error: &mut dyn ErrorSink) {
        self.key.clear();
        self.header = Some((true, narrow(span).start));
    }

    fn array_table_close(&mut self, span: RawSpan, error: &mut dyn ErrorSink) {
        self.std_table_close(span, error);
    }

    fn inline_table_open(&mut self, span: RawSpan, _error: &mut dyn ErrorSink) -> bool {
        if !self.may_nest(span) {
            return false;
        }
        let table = self.make_table(narrow(span), flag::CLOSED);
        self.attach(table);
        self.frames.push(Frame::Inline { table, slot: None });
        self.key.clear();
        true
    }

    fn inline_table_close(&mut self, span: RawSpan, _error: &mut dyn ErrorSink) {
        self.close(span);
    }

    fn array_open(&mut self, span: RawSpan, _error: &mut dyn ErrorSink) -> bool {
        if !self.may_nest(span) {
            return false;
        }
        let array = self.builder.push(Kind::Array, narrow(span));
        self.builder.node(array).flags |= flag::CLOSED;
        self.attach(array);
        self.frames.push(Frame::Array(array));
        true
    }

    fn array_close(&mut self, span: RawSpan, _error: &mut dyn ErrorSink) {
        self.close(span);
    }

    fn simple_key(&mut self, span: RawSpan, encoding: Option<Encoding>, error: &mut dyn ErrorSink) {
        let Some(raw) = self.source.get(span) else { return };
        let raw = toml_parser::Raw::new_unchecked(raw.as_str(), encoding, span);
        self.scratch.clear();
        raw.decode_key(&mut self.scratch, error);
        let name = self.builder.tree.names.intern(&self.scratch);
        self.key.push((name, narrow(span)));
    }

    fn key_val_sep(&mut self, _span: RawSpan, _error: &mut dyn ErrorSink) {
        let slot = self.resolve_key();
        self.key.clear();
        self.set_slot(slot);
    }

    fn scalar(&mut self, span: RawSpan, encoding: Option<Encoding>, error: &mut dyn ErrorSink) {
        let Some(raw) = self.source.get(span) else { return };
        let text = raw.as_str();
        if text.is_empty() {
            let fault = Fault::new(FaultCode::Syntax, narrow(span), "a value is missing here");
            self.fault(fault.help("write a number, a text in quotes, a date, `[...]` or `{...}`"));
            return;
        }
        let mut sound = true;
        let mut errors = |fault| {
            sound = false;
            error.report_error(fault);
        };
        let raw = toml_parser::Raw::new_unchecked(text, encoding, span);
        let kind = match raw.decode_scalar(&mut (), &mut errors) {
            ScalarKind::String => Kind::Text,
            ScalarKind::Boolean(_) => Kind::Boolean,
            ScalarKind::DateTime => Kind::Date,
            ScalarKind::Float => Kind::Float,
            ScalarKind::Integer(_) => Kind::Integer,
        };
        let span = narrow(span);
        let id = self.builder.push(kind, span);
        self.attach(id);
        match kind {
            _ if !sound => self.builder.node(id).flags |= flag::NO_FIGURE,
            Kind::Integer | Kind::Float => self.check_number(id, text, span),
            Kind::Date if text.parse::<toml_datetime::Datetime>().is_err() => {
                let message = Said::of("`{text}` is no date or time that exists").text("text", text);
                self.fault(Fault::new(FaultCode::Syntax, span, message).at(id));
            }
            _ => {}
        }
    }

    fn value_sep(&mut self, _span: RawSpan, _error: &mut dyn ErrorSink) {
        self.key.clear();
    }

    fn newline(&mut self, _span: RawSpan, _error: &mut dyn ErrorSink) {
        // A line that ended early leaves nothing behind for the next one.
        if self.frames.is_empty() && self.too_deep == 0 {
            self.key.clear();
            self.slot = None;
            self.header = None;
        }
    }
}
