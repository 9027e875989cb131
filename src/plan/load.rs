//! From the events of `toml_parser` to the tree, in one pass.
//!
//! The document is handed to the parser in pieces, so that parsing needs little beside the tree. Every fault is collected,
//! and there is always a tree at the end. What becomes of an event is decided in `receiver`.

use toml_parser::lexer::Token;
use toml_parser::parser::{ValidateWhitespace, parse_document};
use toml_parser::{ErrorSink, Expected, ParseError, Source, Span as RawSpan};

use super::fault::{Fault, FaultCode};
use super::hints;
use super::receiver::Receiver;
use super::tree::{Kind, NodeId, Tree, flag};
use crate::source::Span;

/// How deeply tables and arrays may be nested; beyond it a document is hostile or broken.
pub const MAX_DEPTH: usize = 128;

/// Faults kept for one file; a file with more is broken in one way, many times.
pub(super) const MAX_FAULTS: usize = 100;

/// Tokens handed to the parser at a time, at least: bounds what parsing needs beside the tree.
const CHUNK: usize = 16 * 1024;

/// Reads a document. The text must be shorter than 4 GiB.
pub(super) fn load(text: &str) -> (Tree, Vec<Fault>) {
    let source = Source::new(text);
    let mut receiver = Receiver::new(source);
    let mut errors = Errors::default();
    let mut chunk = Vec::with_capacity(CHUNK + 256);
    let mut open: Vec<Span> = Vec::new();
    for token in source.lex() {
        use toml_parser::lexer::TokenKind as T;
        chunk.push(token);
        match token.kind() {
            T::LeftSquareBracket | T::LeftCurlyBracket => open.push(narrow(token.span())),
            T::RightSquareBracket | T::RightCurlyBracket => drop(open.pop()),
            // Between two lines, outside of any bracket, the parser keeps no state: the document can be cut here.
            T::Newline if open.is_empty() && chunk.len() >= CHUNK => {
                parse(&chunk, source, &mut receiver, &mut errors);
                chunk.clear();
            }
            _ => {}
        }
    }
    parse(&chunk, source, &mut receiver, &mut errors);
    let faults = receiver.faults.into_iter().chain(errors.0);
    let mut faults: Vec<Fault> = faults.map(|fault| hints::hinted(text, fault)).collect();
    let too_deep = faults.iter().any(|fault| fault.code == FaultCode::TooDeep);
    if let Some(first) = open.first().filter(|_| !too_deep) {
        hints::only_unclosed(text, *first, &mut faults);
    }
    faults.sort_by_key(|fault| (fault.span, fault.code));
    faults.dedup_by(|a, b| a.span == b.span && a.code == b.code);
    faults.truncate(MAX_FAULTS);
    let mut tree = receiver.builder.finish();
    mark_declarations(&mut tree);
    (tree, faults)
}

/// A unit declared under `rounding` says how figures were rounded and is none itself.
fn mark_declarations(tree: &mut Tree) {
    let Some(rounding) = tree.names.find("rounding") else { return };
    let is_rounding = |tree: &Tree, at: usize| {
        let node = &tree.nodes[at];
        let parent = node.parent as usize;
        node.name == rounding.number() && tree.nodes.get(parent).is_some_and(|parent| parent.kind == Kind::Table)
    };
    let mut open: Vec<NodeId> =
        (1..tree.nodes.len()).filter(|at| is_rounding(tree, *at)).map(NodeId::from_index).collect();
    while let Some(id) = open.pop() {
        open.extend(tree.children(id));
        tree.nodes[id.index()].flags |= flag::NO_FIGURE;
    }
}

fn parse(tokens: &[Token], source: Source<'_>, receiver: &mut Receiver<'_>, errors: &mut Errors) {
    let mut checked = ValidateWhitespace::new(receiver, source);
    parse_document(tokens, &mut checked, errors);
}

/// The parser's errors as faults.
#[derive(Default)]
struct Errors(Vec<Fault>);

impl ErrorSink for Errors {
    fn report_error(&mut self, error: ParseError) {
        if self.0.len() >= MAX_FAULTS {
            return;
        }
        let span = error.unexpected().or(error.context()).map_or_else(Span::default, narrow);
        let mut message = error.description().to_owned();
        if let Some(expected) = error.expected().filter(|expected| !expected.is_empty()) {
            let words: Vec<String> = expected.iter().map(expected_word).collect();
            message = format!("{message}: expected {}", words.join(", "));
        }
        self.0.push(Fault::new(FaultCode::Syntax, span, message));
    }
}

fn expected_word(expected: &Expected) -> String {
    match expected {
        Expected::Literal("\n") => "a new line".to_owned(),
        Expected::Literal(text) => format!("`{text}`"),
        Expected::Description(text) => (*text).to_owned(),
        _ => "something else".to_owned(),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the text is shorter than 4 GiB")]
pub(super) fn narrow(span: RawSpan) -> Span {
    Span::new(span.start() as u32, span.end() as u32)
}
