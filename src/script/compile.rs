//! From a rule's text to something that can run, with every fault that can be seen before running.
//!
//! A rule file holds a page in its `//!` header, literal constants, and functions, of which `check` is called. All of it is
//! read without running anything.

use rhai::{AST, ASTNode, Dynamic, Expr, Map, Position, Stmt};

use super::engine::ScriptEngine;
use super::fault::{ScriptFault, constant_at, of_parse};
use super::limits;
use crate::finding::Severity;

/// A rule's script, compiled.
#[derive(Clone, Debug)]
pub struct Script {
    pub(super) ast: AST,
    pub(super) text: String,
    pub(super) takes_params: bool,
    /// Lines of the `//!` header without their marks.
    pub page: String,
    /// `const SEVERITY`, if given.
    pub severity: Option<Severity>,
    /// `const HELP`, if given: what to do about any finding of the rule.
    pub help: Option<String>,
    pub(super) params: Map,
    /// Where its loops begin: the engine does not always say where it was when a rule is stopped.
    pub(super) loops: Vec<Position>,
}

impl Script {
    /// The first line of the page.
    #[must_use]
    pub fn title(&self) -> &str {
        self.page.lines().next().unwrap_or_default()
    }

    /// The names and values of `const PARAMS`, as texts.
    #[must_use]
    pub fn params(&self) -> Vec<(String, String)> {
        self.params.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
    }
}

const CONSTANTS: [&str; 3] = ["SEVERITY", "HELP", "PARAMS"];

impl ScriptEngine {
    /// Compiles a rule.
    ///
    /// # Errors
    /// Every fault that was found, in the order of the text.
    pub fn compile(&self, text: &str) -> Result<Script, Vec<ScriptFault>> {
        if text.len() > self.limits.source {
            let most = self.limits.source;
            return Err(vec![ScriptFault::new(format!("the rule is longer than {most} bytes"), Position::NONE)]);
        }
        let (compiled, tripped) = limits::within(self.limits, || self.engine.compile(text));
        if let Some(tripped) = tripped {
            return Err(vec![ScriptFault::new(tripped.to_string(), Position::NONE)]);
        }
        let ast = compiled.map_err(|error| vec![of_parse(&error, text)])?;
        let mut faults = Vec::new();
        let takes_params = self.check_functions(&ast, text, &mut faults);
        check_statements(&ast, &mut faults);
        check_assignments(&ast, &mut faults);
        self.check_calls(&ast, &mut faults);
        let mut script = Script {
            text: text.to_owned(),
            page: page(&ast),
            takes_params,
            severity: None,
            help: None,
            params: Map::new(),
            loops: loops(&ast),
            ast,
        };
        read_constants(&mut script, &mut faults);
        if faults.is_empty() {
            return Ok(script);
        }
        faults.sort_by_key(|fault| fault.position);
        faults.dedup();
        Err(faults)
    }

    /// `check` is there, with one parameter or two; no function takes the name of a verb.
    fn check_functions(&self, ast: &AST, text: &str, faults: &mut Vec<ScriptFault>) -> bool {
        let mut check = None;
        let mut names: Vec<(String, usize)> =
            ast.iter_functions().map(|function| (function.name.to_owned(), function.params.len())).collect();
        names.sort();
        for (name, params) in names {
            if name == "check" {
                check = Some(params);
            } else if self.names.contains(&name) {
                let message = format!("the function `{name}` has the name of a verb, which it would hide");
                let fault = ScriptFault::new(message, Position::NONE).help("give it another name");
                faults.push(fault.or_in_function(text, &name));
            }
        }
        match check {
            Some(1) => false,
            Some(2) => true,
            Some(n) => {
                let message = format!("`check` takes {n} parameters: expected `check(plan)` or `check(plan, params)`");
                faults.push(ScriptFault::new(message, Position::NONE).or_in_function(text, "check"));
                false
            }
            None => {
                faults.push(
                    ScriptFault::new("the rule has no function `check`", Position::NONE)
                        .help("write `fn check(plan) { ... }`"),
                );
                false
            }
        }
    }

    /// Every call names a verb or a function of the rule, also in branches that no plan has reached yet.
    pub(super) fn check_calls(&self, ast: &AST, faults: &mut Vec<ScriptFault>) {
        let own: Vec<String> = ast.iter_functions().map(|function| function.name.to_owned()).collect();
        ast.walk(&mut |path: &[ASTNode]| {
            if let Some(ASTNode::Expr(Expr::FnCall(call, position) | Expr::MethodCall(call, position))) = path.last() {
                let name = call.name.as_str();
                let known = call.op_token.is_some() || self.names.contains(name) || own.iter().any(|own| own == name);
                if !known && !name.starts_with("anon$") {
                    faults.push(self.unknown_verb(name, *position));
                }
            }
            if let Some(ASTNode::Stmt(Stmt::FnCall(call, position))) = path.last() {
                let name = call.name.as_str();
                if !self.names.contains(name) && !own.iter().any(|own| own == name) && call.op_token.is_none() {
                    faults.push(self.unknown_verb(name, *position));
                }
            }
            true
        });
    }
}

/// Outside of functions a rule has constants and nothing else: nothing there is ever run.
fn check_statements(ast: &AST, faults: &mut Vec<ScriptFault>) {
    for statement in ast.statements() {
        match statement {
            Stmt::Noop(_) => {}
            Stmt::Var(definition, options, position) if options.intersects(rhai::ASTFlags::CONSTANT) => {
                let name = definition.0.as_str();
                if !CONSTANTS.contains(&name) {
                    faults.push(
                        ScriptFault::new(format!("the constant `{name}` is visible to no function"), *position)
                            .help("put it into `const PARAMS = #{ ... }` and write `fn check(plan, params)`"),
                    );
                } else if definition.1.get_literal_value(None).is_none() {
                    let message = format!("`{name}` must be written out: it is read without running the rule");
                    faults.push(ScriptFault::new(message, *position));
                }
            }
            other => faults.push(
                ScriptFault::new("a statement outside of a function is never run", other.position())
                    .help("move it into `fn check(plan)`"),
            ),
        }
    }
}

fn loops(ast: &AST) -> Vec<Position> {
    let mut loops = Vec::new();
    ast.walk(&mut |path: &[ASTNode]| {
        if let Some(ASTNode::Stmt(Stmt::While(_, position) | Stmt::Do(_, _, position))) = path.last() {
            loops.push(*position);
        }
        true
    });
    loops
}

fn read_constants(script: &mut Script, faults: &mut Vec<ScriptFault>) {
    let constants: Vec<(String, Dynamic)> =
        script.ast.iter_literal_variables(true, false).map(|(name, _, value)| (name.to_owned(), value)).collect();
    for (name, value) in constants {
        if let Err(message) = read_constant(script, &name, value) {
            let position = constant_at(&script.text, &name);
            faults.push(ScriptFault { position, ..ScriptFault::new(message, Position::NONE) });
        }
    }
}

fn read_constant(script: &mut Script, name: &str, value: Dynamic) -> Result<(), String> {
    let text = value.clone().into_immutable_string().ok();
    match (name, text) {
        ("SEVERITY", Some(text)) => {
            script.severity = Some(text.parse().map_err(|error| format!("SEVERITY: {error}"))?);
        }
        ("HELP", Some(text)) => script.help = Some(text.to_string()),
        ("PARAMS", _) if value.is_map() => script.params = value.cast::<Map>(),
        ("PARAMS", _) => return Err("PARAMS must be a map: `#{ name: value }`".to_owned()),
        ("SEVERITY" | "HELP", None) => return Err(format!("{name} must be a text")),
        _ => {}
    }
    Ok(())
}

/// Only variables are assigned to: growing a map through `map[key] = value` escapes the engine's limits, and values that
/// hold themselves can lock it.
pub(super) fn check_assignments(ast: &AST, faults: &mut Vec<ScriptFault>) {
    ast.walk(&mut |path: &[ASTNode]| {
        if let Some(ASTNode::Stmt(Stmt::Assignment(assignment))) = path.last() {
            let target = &assignment.1.lhs;
            if !matches!(target, Expr::Variable(..)) {
                faults.push(
                    ScriptFault::new("an element of an array or a map cannot be assigned to", target.start_position())
                        .help("write `push(array, value)` or `put(map, key, value)`; a plan is never changed"),
                );
            }
        }
        true
    });
}

/// The header's lines without their marks and the space after them.
fn page(ast: &AST) -> String {
    let line = |line: &str| {
        let text = line.trim_start().trim_start_matches("//!");
        text.strip_prefix(' ').unwrap_or(text).trim_end().to_owned()
    };
    let lines: Vec<String> = ast.doc().lines().map(line).collect();
    lines.join("\n").trim().to_owned()
}
