//! Every fault of a text that is being written, also behind the first place where the engine cannot read on.
//!
//! The engine stops at the first such place. What it stands in is then left out, and the rest is read again, until all of it was
//! read: a drafter who has begun a function still sees what is wrong with the others.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use rhai::{AST, ASTNode, Expr, ParseError, ParseErrorType, Position, Scope};

use super::compile::{Draft, never_closed};
use super::engine::ScriptEngine;
use super::fault::{ScriptFault, of_parse, of_undefined};
use super::limits::{self, Limits};
use super::names::Tokens;
use super::outline::{Function, Kind, Outline, Token};
use crate::source::{SourceText, Span};

/// How often the rest of a text is read again, and for how long.
const MOST_READINGS: usize = 64;
const MOST_TIME: Duration = Duration::from_millis(250);

impl ScriptEngine {
    /// Every fault of a text, in the order of the text. Nothing of it runs.
    pub(crate) fn faults(&self, draft: Draft<'_>) -> Vec<ScriptFault> {
        let too_long = self.too_long(draft.text);
        if !too_long.is_empty() {
            return too_long;
        }
        let mut reading = Reading {
            engine: self,
            draft,
            source: SourceText::new("", draft.text),
            outline: Outline::of(draft.text),
            text: draft.text.to_owned(),
            scope: Scope::new(),
            faults: Vec::new(),
            left_out: BTreeMap::new(),
            whole: BTreeSet::new(),
        };
        reading.without_open_comment();
        reading.read();
        let mut faults = reading.faults;
        faults.sort_by(|a, b| (a.position, &a.message).cmp(&(b.position, &b.message)));
        faults.dedup();
        faults
    }
}

/// A text that is read again and again, each time without what could not be read.
struct Reading<'d> {
    engine: &'d ScriptEngine,
    draft: Draft<'d>,
    source: SourceText,
    outline: Outline,
    /// The text, with spaces in place of what is left out.
    text: String,
    /// Names that nothing defines, as if something did.
    scope: Scope<'static>,
    faults: Vec<ScriptFault>,
    /// What is left out, and whether its braces stay.
    left_out: BTreeMap<Span, bool>,
    /// Names of functions that are left out as a whole.
    whole: BTreeSet<String>,
}

impl Reading<'_> {
    /// A comment that never ends has the rest of the text in it, also what would close its function.
    fn without_open_comment(&mut self) {
        let is_open = |token: &&Token| matches!(token.kind, Kind::Comment { block: true, closed: false });
        let Some(comment) = self.outline.tokens.last().filter(is_open).map(|token| token.span) else { return };
        self.faults.extend(never_closed(self.draft.text, comment.range().start));
        match self.outline.function_at(comment.start).cloned() {
            Some(function) => self.leave_function(&function),
            None => self.leave(comment, false),
        };
    }

    fn read(&mut self) {
        let began = Instant::now();
        for _ in 0..MOST_READINGS {
            let limits = Limits { deadline: MOST_TIME.saturating_sub(began.elapsed()), ..self.engine.limits };
            let parse = || self.engine.engine.compile_with_scope(&self.scope, &self.text);
            let (parsed, tripped) = limits::within(limits, parse);
            if let Some(tripped) = tripped {
                // Of a text that takes too long to read once there is nothing else to say.
                if self.faults.is_empty() {
                    self.faults.push(ScriptFault::new(tripped.to_string(), Position::NONE));
                }
                return;
            }
            match parsed {
                Ok(ast) => return self.examine(ast),
                Err(error) if self.leave_out(&error) => {}
                Err(_) => return,
            }
        }
    }

    /// What is wrong with what could be read.
    fn examine(&mut self, ast: AST) {
        self.undefined(&ast);
        let draft = Draft { text: &self.text, ..self.draft };
        let found = self.engine.examine(draft, ast, &Tokens::default());
        let known: BTreeSet<_> = self.faults.iter().filter_map(|fault| fault.position).collect();
        let new = |fault: &ScriptFault| fault.position.is_none_or(|at| !known.contains(&at));
        let of_left_out =
            |fault: &ScriptFault| self.whole.iter().any(|name| fault.message.contains(&format!("`{name}`")));
        self.faults
            .extend(found.err().unwrap_or_default().into_iter().filter(|fault| new(fault) && !of_left_out(fault)));
    }

    /// Every place of the names that nothing defines.
    fn undefined(&mut self, ast: &AST) {
        let names: BTreeSet<String> = self.scope.iter_raw().map(|(name, ..)| name.to_owned()).collect();
        let mut places = Vec::new();
        ast.walk(&mut |path: &[ASTNode]| {
            if let Some(ASTNode::Expr(Expr::Variable(variable, short, position))) = path.last()
                && (short.is_none() && variable.0.is_none() && names.contains(variable.1.as_str()))
            {
                places.push((variable.1.to_string(), *position));
            }
            true
        });
        let told: BTreeSet<_> = self.faults.iter().filter_map(|fault| fault.position).collect();
        let faults = places.iter().map(|(name, at)| of_undefined(name, *at, self.draft.text));
        self.faults.extend(faults.filter(|fault| fault.position.is_some_and(|at| !told.contains(&at))));
    }

    /// Takes note of what stands in the way, and leaves it out; whether there was something to leave out.
    fn leave_out(&mut self, error: &ParseError) -> bool {
        let fault = of_parse(error, self.draft.text);
        if let ParseErrorType::VariableUndefined(name) = error.err_type()
            && !self.scope.contains(name)
        {
            self.faults.push(fault);
            self.scope.push(name.to_string(), ());
            return true;
        }
        let length = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        let offset = fault.position.map_or(length, |(line, column)| self.source.offset(line, column));
        if let Some(function) = self.unclosed_before(offset) {
            self.faults.push(self.never_closed(&function));
            return self.leave_function(&function);
        }
        self.faults.push(fault);
        if let Some(function) = self.outline.function_at(offset).cloned() {
            return self.leave_function(&function);
        }
        let imports = self.outline.imports.iter().map(|import| import.span);
        let constants = self.outline.constants.iter().map(|constant| constant.span);
        let span = imports.chain(constants).find(|span| (span.start..=span.end).contains(&offset));
        span.is_some_and(|span| self.leave(span, false))
    }

    /// A function before an offset whose last brace is missing: what follows is read as if it stood in it.
    fn unclosed_before(&self, offset: u32) -> Option<Function> {
        let open = |function: &&Function| function.body.is_some() && !function.closed && function.span.end <= offset;
        let left_out = |function: &&Function| function.body.is_some_and(|body| self.left_out.contains_key(&body));
        self.outline.functions.iter().filter(open).find(|function| !left_out(function)).cloned()
    }

    fn never_closed(&self, function: &Function) -> ScriptFault {
        let place = self.source.position(function.name_span.start);
        let fault = ScriptFault::new(format!("the function `{}` is never closed", function.name), Position::NONE);
        ScriptFault {
            position: Some((place.line, place.column)),
            ..fault.help("write `}` where it ends; each `{` within it needs one as well")
        }
    }

    /// Leaves out the body of a function; where that was done already, all of it.
    fn leave_function(&mut self, function: &Function) -> bool {
        match function.body.filter(|body| body.len() > 2) {
            Some(body) if self.leave(body, true) => true,
            _ => {
                self.whole.insert(function.name.clone());
                self.leave(function.span, false)
            }
        }
    }

    /// Leaves out a span, perhaps but for its braces; whether it was not left out yet.
    fn leave(&mut self, span: Span, braces: bool) -> bool {
        let within = |other: &Span| span.start <= other.start && other.end <= span.end;
        if self.left_out.keys().any(|other| other.start <= span.start && span.end <= other.end) {
            return false;
        }
        self.left_out.retain(|other, _| !within(other));
        self.left_out.insert(span, braces);
        self.text = without(self.draft.text, &self.left_out);
        true
    }
}

/// A text with spaces in place of some spans, as many as these have characters, so that every place stays what it was.
fn without(text: &str, spans: &BTreeMap<Span, bool>) -> String {
    let mut left = String::with_capacity(text.len());
    let mut done = 0;
    for (span, braces) in spans {
        left.push_str(text.get(done..span.range().start).unwrap_or_default());
        done = span.range().end;
        let gone = text.get(span.range()).unwrap_or_default();
        let last = gone.chars().count().saturating_sub(1);
        left.extend(gone.chars().enumerate().map(|(at, c)| match c {
            _ if *braces && at == 0 => '{',
            _ if *braces && at == last => '}',
            '\n' => '\n',
            _ => ' ',
        }));
    }
    left.push_str(text.get(done..).unwrap_or_default());
    left
}
