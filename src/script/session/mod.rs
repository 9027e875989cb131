//! Expressions tried over a plan: one at a time, with what was defined before them.
//!
//! The same engine, verbs, limits and checks before running as for rules, so that what works here works in a rule. What an
//! expression came to leaves as finished data ([`Evaluation`]); how it is shown is decided elsewhere.

mod complete;
mod scan;
mod value;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rhai::{AST, ASTNode, Dynamic, Expr, ParseErrorType, Position, Scope, Stmt};

pub use complete::{Candidate, Completion};
pub(crate) use complete::{Receiver, WORDS, is_name, receiver};
pub use scan::is_open;
pub(super) use scan::open_comment;
pub(crate) use scan::{Inside, Scan};

use super::engine::ScriptEngine;
use super::evaluate::on_large_stack;
use super::fault::{ANONYMOUS, ScriptFault, of_parse, word_slip};
use super::limits::{self, Limits};
use super::modules::{self, Library};
use super::run::{Run, RunContext};
use super::selection::{Selection, id_path};
use super::tag::RunHandle;
use super::verb::Verb;
use crate::finding::{Evaluated, Evaluation, ExpressionError, Severity};
use crate::plan::Plan;
use crate::plan::vocabulary::near;
use crate::source::{SourceText, Span};

/// The name under which an expression sees the plan.
const PLAN: &str = "plan";

/// A plan to try expressions on. What an expression defines, the next ones know.
///
/// ```
/// use crossfoot::Plan;
/// use crossfoot::finding::Evaluated;
/// use crossfoot::script::Session;
///
/// let plan = Plan::parse("plan.toml", "costs = [10, 20.5]");
/// let mut session = Session::new(&plan);
/// session.evaluate("let all = sum(plan.costs);");
/// let evaluation = session.evaluate("all * 2");
/// let Some(Evaluated::Figure(figure)) = evaluation.value else { panic!() };
/// assert_eq!(figure.value.to_string(), "61");
/// assert_eq!(figure.parts[1].path, "costs[1]");
///
/// let wrong = session.evaluate("summ(plan.costs)").error.unwrap();
/// assert_eq!(wrong.message, "unknown verb `summ`");
/// assert_eq!(wrong.help.unwrap(), "did you mean `sum`?");
/// ```
pub struct Session {
    engine: ScriptEngine,
    run: Arc<Run>,
    scope: Scope<'static>,
    /// Functions that were defined.
    functions: AST,
    /// What changed the scope, in order: run anew when the plan is.
    entries: Vec<String>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("entries", &self.entries).finish_non_exhaustive()
    }
}

impl Drop for Session {
    /// Values nested deeply are dropped by recursion, which wants the stack that made them.
    fn drop(&mut self) {
        let scope = std::mem::take(&mut self.scope);
        let _ = on_large_stack(move || drop(scope));
    }
}

impl Session {
    /// A session over a plan, with the standard limits.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        Self::with(Limits::STANDARD, &[], plan)
    }

    /// A session with limits and verbs of your own.
    #[must_use]
    pub fn with(limits: Limits, verbs: &[Verb], plan: &Plan) -> Self {
        let context = RunContext {
            rule: Arc::from(Evaluation::NAME),
            severity: Severity::Error,
            severities: Vec::new(),
            params: None,
            help: None,
            plans: vec![Arc::new(plan.clone())],
            today: None,
            note_rounding: false,
            observe: false,
            brief: false,
            most_findings: limits.findings,
            apart: false,
            only: None,
        };
        let mut session = Self {
            engine: ScriptEngine::new(limits, verbs),
            run: Run::new(context.clone()),
            scope: Scope::new(),
            functions: AST::empty(),
            entries: Vec::new(),
        };
        session.begin(context);
        session
    }

    /// Says which day expressions take for today.
    ///
    /// # Panics
    /// When there is no such day.
    #[must_use]
    pub fn today(mut self, year: i16, month: i8, day: i8) -> Self {
        let context = RunContext { today: Some(jiff::civil::date(year, month, day)), ..self.run.context.clone() };
        self.begin(context);
        self
    }

    /// The plan.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        self.run.plan(0)
    }

    /// The variables that are defined, beside `plan`, each once.
    #[must_use]
    pub fn variables(&self) -> Vec<String> {
        let names: std::collections::BTreeSet<&str> = self.scope.iter_raw().map(|(name, ..)| name).collect();
        names.into_iter().filter(|name| *name != PLAN).map(ToOwned::to_owned).collect()
    }

    /// Takes another plan, or the same one read anew, and defines anew what was defined. Gives back what could not be.
    pub fn reload(&mut self, plan: &Plan) -> Vec<Evaluation> {
        let entries = std::mem::take(&mut self.entries);
        self.functions = AST::empty();
        self.begin(RunContext { plans: vec![Arc::new(plan.clone())], ..self.run.context.clone() });
        let again = entries.iter().map(|entry| self.evaluate(entry));
        again.filter(|evaluation| evaluation.error.is_some()).collect()
    }

    /// Evaluates an expression, or statements of which the last gives the value. An error leaves everything as it was.
    pub fn evaluate(&mut self, text: &str) -> Evaluation {
        on_large_stack(|| self.evaluate_here(text)).unwrap_or_else(|error| {
            let fault = ScriptFault::new(format!("nothing can be evaluated: {error}"), Position::NONE)
                .help("expressions run on a thread that reserves 1 GiB of address space: raise the limit (ulimit -v)");
            self.ended(text, Err(fault))
        })
    }

    /// A scope with nothing but the plan.
    fn begin(&mut self, context: RunContext) {
        self.run = Run::new(context);
        self.engine.engine.set_default_tag(Dynamic::from(RunHandle(Arc::clone(&self.run))));
        self.scope = Scope::new();
        self.scope.push(PLAN, Selection::root(Arc::clone(&self.run), 0));
    }

    fn evaluate_here(&mut self, text: &str) -> Evaluation {
        let before = self.scope.clone();
        let result = self.compile(text).and_then(|ast| {
            let value = self.call(&ast, &self.engine.limits.clone())?;
            Ok((ast, value))
        });
        let result = result.map_err(|fault| self.at_its_call(fault, text));
        let (result, ast) = match result {
            Ok((ast, value)) => {
                let variable = variable(&ast).filter(|name| self.scope.contains(name));
                let value = variable.as_ref().and_then(|name| self.scope.get_value(name)).unwrap_or(value);
                (Ok((variable, value::of(&self.run, &value))), Some(ast))
            }
            Err(fault) => (Err(fault), None),
        };
        let evaluation = self.ended(text, result);
        match ast.filter(|_| evaluation.error.is_none()) {
            Some(ast) => {
                if changes(&ast) {
                    self.entries.push(text.to_owned());
                }
                self.functions = self.functions.merge(&ast.clone_functions_only());
            }
            None => self.scope = before,
        }
        evaluation
    }

    /// What was evaluated with what it recorded.
    fn ended(&self, text: &str, result: Result<(Option<String>, Evaluated), ScriptFault>) -> Evaluation {
        let source = Arc::new(SourceText::new(Evaluation::NAME, text));
        let mut record = self.run.take_record();
        let plans = self.run.context.plans.iter().map(|plan| plan.source());
        let sources: BTreeMap<_, _> =
            plans.chain([&source]).map(|source| (source.shared_name(), Arc::clone(source))).collect();
        record.findings.sort_by(|a, b| (&a.file, a.span).cmp(&(&b.file, b.span)));
        let result = match result {
            Ok(_) if record.too_many_findings => {
                let most = self.engine.limits.findings;
                Err(ScriptFault::new(format!("the expression made more than {most} findings"), Position::NONE))
            }
            other => other,
        };
        let (value, variable, error) = match result {
            Ok((variable, value)) => (Some(value), variable, None),
            Err(fault) => (None, None, Some(self.error(fault, &source))),
        };
        let (checks, findings) = (record.checks, record.findings);
        Evaluation {
            schema: Evaluation::SCHEMA,
            expression: Arc::from(text),
            variable,
            value,
            checks,
            findings,
            error,
            sources,
        }
    }

    fn error(&self, fault: ScriptFault, source: &SourceText) -> ExpressionError {
        let looking_at = self.run.looking_at().filter(|_| !fault.stack.is_empty()).map(id_path);
        ExpressionError {
            message: fault.message,
            span: fault.position.map(|(line, column)| source.place(word(source, line, column))),
            stack: fault.stack,
            looking_at: looking_at.filter(|path| !path.is_empty()),
            help: fault.help,
        }
    }

    /// Every fault that can be seen before running is looked for, as in a rule; the first is told.
    fn compile(&self, text: &str) -> Result<AST, ScriptFault> {
        let most = self.engine.limits.source;
        if text.len() > most {
            return Err(ScriptFault::new(format!("the expression is longer than {most} bytes"), Position::NONE));
        }
        let compile = || self.engine.engine.compile_with_scope(&self.scope, text);
        let (compiled, tripped) = limits::within(self.engine.limits, compile);
        if let Some(tripped) = tripped {
            return Err(ScriptFault::new(stopped(tripped), Position::NONE));
        }
        let ast = compiled.map_err(|error| match error.err_type() {
            ParseErrorType::VariableUndefined(name) => self.unknown_name(name, error.position(), text),
            _ => of_parse(&error, text),
        })?;
        if let Some(at) =
            unclosed_comment(text, |text| self.engine.engine.compile_with_scope(&self.scope, text).is_ok())
        {
            let place = SourceText::new(Evaluation::NAME, text).place(Span { start: at, end: at }).start;
            let position =
                Position::new(u16::try_from(place.line).unwrap_or(1), u16::try_from(place.column).unwrap_or(1));
            return Err(ScriptFault::new("this comment does not end", position).help("close it with `*/`"));
        }
        let mut faults = Vec::new();
        for function in ast.iter_functions().filter(|function| self.engine.names.contains(function.name)) {
            let message = format!("the function `{}` has the name of a verb, which it would hide", function.name);
            let fault = ScriptFault::new(message, Position::NONE).help("give it another name");
            faults.push(fault.or_in_function(text, function.name));
        }
        super::inspect::check_assignments(&ast, &mut faults);
        super::inspect::check_texts(&ast, &mut faults);
        // There is no root to import shared code from; an import is told so at its place.
        let imports = modules::resolve(&ast, &Library::default(), self.engine.limits.imports, &mut faults);
        self.engine.check_calls(&self.functions.merge(&ast), &imports, &mut faults);
        faults.sort_by_key(|fault| fault.position);
        faults.into_iter().next().map_or(Ok(ast), Err)
    }

    /// A name that is no variable: often a key of the plan without `plan.` before it.
    fn unknown_name(&self, name: &str, position: Position, text: &str) -> ScriptFault {
        let fault = ScriptFault::new(format!("`{name}` is not known here"), position);
        if let Some(help) = word_slip(name) {
            return fault.help(help);
        }
        if self.plan().root().get(name).is_some() {
            return fault.help(format!("the plan's own are reached through `plan`: write `plan.{name}`"));
        }
        let words = text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
        let words: Vec<&str> = words.collect();
        // A name that this very text defines.
        let defined =
            words.windows(2).filter(|pair| ["let", "for", "const"].contains(&pair[0])).map(|pair| pair[1].to_owned());
        let variables: Vec<String> = self.variables().into_iter().chain(defined).collect();
        match near(name, variables.iter().map(String::as_str).chain([PLAN])) {
            Some(meant) => fault.help(format!("did you mean `{meant}`?")),
            None => fault.help("`plan` is the plan; `let name = ...;` defines a name of your own"),
        }
    }

    /// A fault in a function that an earlier text defined has its place there; here it is where the function is called.
    fn at_its_call(&self, mut fault: ScriptFault, text: &str) -> ScriptFault {
        let earlier = |name: &str| match name {
            ANONYMOUS => !text.contains('|'),
            name => {
                let defined = self.functions.iter_functions().any(|function| function.name == name);
                defined && super::fault::function_at(text, name).is_none()
            }
        };
        if let Some(call) = fault.stack.last().filter(|frame| earlier(&frame.function)) {
            let name = if call.function == ANONYMOUS { "a function" } else { &format!("`{}`", call.function) };
            fault.message = format!("in {name} defined before: {}", fault.message);
            fault.position = Some((call.line, call.column));
            fault.stack.clear();
        }
        fault
    }

    fn call(&mut self, ast: &AST, limits: &Limits) -> Result<Dynamic, ScriptFault> {
        let Self { engine, scope, functions, .. } = self;
        let ast = &functions.merge(ast);
        let call = || catch_unwind(AssertUnwindSafe(|| engine.engine.eval_ast_with_scope::<Dynamic>(scope, ast)));
        match limits::within(*limits, call) {
            (result, Some(tripped)) => {
                let fault = match result {
                    Ok(Err(error)) => engine.fault_of(&error),
                    _ => ScriptFault::new("", Position::NONE),
                };
                let fault = ScriptFault { message: stopped(tripped), ..fault };
                Err(fault.help("look for a loop that never ends, or use a verb that works on a whole selection"))
            }
            (Ok(Ok(value)), None) => Ok(value),
            (Ok(Err(error)), None) => Err(engine.fault_of(&error)),
            (Err(_), None) => Err(ScriptFault::new("the engine failed while evaluating this", Position::NONE)
                .help("this is a fault of crossfoot: please report it with the expression")),
        }
    }
}

/// Where a comment begins that does not end, which the engine passes over. A text that is right is no longer right with a
/// bracket after it, unless a comment takes the bracket in.
fn unclosed_comment(text: &str, compiles: impl Fn(&str) -> bool) -> Option<u32> {
    let first = text.find("/*")?;
    if !compiles(&format!("{text}\n)")) {
        return None;
    }
    let at = open_comment(text).unwrap_or(first);
    u32::try_from(at).ok()
}

/// Why it was stopped; what stops a rule stops an expression.
fn stopped(tripped: limits::Tripped) -> String {
    tripped.to_string().replacen("the rule", "this", 1)
}

/// The word at a place; of a property, whose place is its dot, the property.
fn word(source: &SourceText, line: u32, column: u32) -> Span {
    let dot = source.word(line, column);
    let property = source.word(line, column + 1);
    match (source.slice(dot), source.slice(property)) {
        (".", word) if word.starts_with(|c: char| c.is_alphabetic()) => property,
        _ => dot,
    }
}

/// The variable that the last statement defines or assigns to.
fn variable(ast: &AST) -> Option<String> {
    match ast.statements().iter().rev().find(|statement| !matches!(statement, Stmt::Noop(_)))? {
        Stmt::Var(definition, ..) => Some(definition.0.as_str().to_owned()),
        Stmt::Assignment(assignment) => match &assignment.1.lhs {
            Expr::Variable(variable, ..) => Some(variable.1.to_string()),
            _ => None,
        },
        _ => None,
    }
}

/// Whether what was evaluated leaves something behind: a variable, a function, a grown array.
fn changes(ast: &AST) -> bool {
    let mut changes = ast.has_functions();
    ast.walk(&mut |path: &[ASTNode]| {
        changes |= match path.last() {
            Some(ASTNode::Stmt(Stmt::Var(..) | Stmt::Assignment(..))) => true,
            Some(ASTNode::Stmt(Stmt::FnCall(call, _))) => matches!(call.name.as_str(), "push" | "put"),
            Some(ASTNode::Expr(Expr::FnCall(call, _) | Expr::MethodCall(call, _))) => {
                matches!(call.name.as_str(), "push" | "put")
            }
            _ => false,
        };
        !changes
    });
    changes
}
