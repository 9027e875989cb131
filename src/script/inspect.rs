//! What can be seen of a script without running it, beyond what the engine's own parser sees: statements that would never run,
//! assignments that would escape the limits, calls of what does not exist.

use std::collections::BTreeSet;

use rhai::{AST, ASTNode, Expr, Map, Position, Stmt};

use super::compile::CONSTANTS;
use super::engine::ScriptEngine;
use super::fault::ScriptFault;
use super::modules::{self, Imports};
use super::names;
use crate::plan::vocabulary::near;

impl ScriptEngine {
    /// Every call names a verb, a function of the rule or one of what it imports, also in branches that no plan has reached
    /// yet.
    pub(super) fn check_calls(&self, ast: &AST, imports: &Imports, faults: &mut Vec<ScriptFault>) {
        let own: BTreeSet<&str> = ast.iter_functions().map(|function| function.name).collect();
        ast.walk(&mut |path: &[ASTNode]| {
            let (call, position) = match path.last() {
                Some(ASTNode::Expr(Expr::FnCall(call, position) | Expr::MethodCall(call, position))) => {
                    (call, position)
                }
                Some(ASTNode::Stmt(Stmt::FnCall(call, position))) => (call, position),
                Some(ASTNode::Expr(Expr::Variable(variable, _, position))) if !variable.2.is_empty() => {
                    let (of, name) = (variable.2.root(), variable.1.as_str());
                    let message = format!("`{of}::{name}` is no value: shared code offers functions only");
                    let fault = ScriptFault::new(message, *position);
                    faults.push(fault.help(format!("call it: `{of}::{name}(...)`; for a verb, `|x| {of}::{name}(x)`")));
                    return true;
                }
                _ => return true,
            };
            let name = call.name.as_str();
            if let [of, deeper @ ..] = call.namespace.path.as_slice() {
                if deeper.is_empty() {
                    faults.extend(modules::call_fault(imports, &of.name, name, call.args.len(), *position));
                } else {
                    let message = "a function is called by the name of one import";
                    faults.push(ScriptFault::new(message, *position).help("import the file that has it as well"));
                }
                return true;
            }
            let known = call.op_token.is_some() || self.names.contains(name) || own.contains(name);
            if !known && !name.starts_with(names::NAMELESS) {
                let fault = self.unknown_verb(name, *position);
                faults.push(match imports.with_function(name) {
                    Some(of) => fault.help(format!("`{of}` has it: write `{of}::{name}(...)`")),
                    None => fault,
                });
            }
            true
        });
    }
}

/// What `check`, `collect` and `judge` read of their parameters is in `PARAMS`. In functions that they call, and in those that a
/// verb calls, that is found while running.
pub(super) fn check_params(ast: &AST, params: &Map, faults: &mut Vec<ScriptFault>) {
    for name in ["check", "collect", "judge"] {
        let function = ast.iter_functions().find(|function| function.name == name && function.params.len() == 2);
        let Some(own) = function.and_then(|function| function.params.get(1).copied()) else { continue };
        let mut body = ast.clone_functions_only();
        body.retain_functions(|_, _, other, _| other == name);
        faults.extend(asked_of(&body, own).into_iter().filter_map(|(key, position)| {
            (!params.contains_key(key.as_str())).then(|| unknown_param(params, &key, position))
        }));
    }
}

/// The properties that are asked of a variable, unless something else takes its name.
fn asked_of(ast: &AST, name: &str) -> Vec<(String, Position)> {
    let mut asked = Vec::new();
    let mut hidden = false;
    ast.walk(&mut |path: &[ASTNode]| {
        match path.last() {
            Some(ASTNode::Stmt(Stmt::Var(definition, ..))) => hidden |= definition.0.as_str() == name,
            Some(ASTNode::Stmt(Stmt::For(each, ..))) => hidden |= each.0.as_str() == name,
            Some(ASTNode::Expr(Expr::Dot(of, ..))) => {
                let is_it = matches!(&of.lhs, Expr::Variable(variable, ..) if variable.1 == name);
                asked.extend(property(&of.rhs).filter(|_| is_it));
            }
            _ => {}
        }
        true
    });
    if hidden { Vec::new() } else { asked }
}

/// The property that stands first after a dot.
fn property(expression: &Expr) -> Option<(String, Position)> {
    match expression {
        Expr::Property(property, position) => Some((property.2.to_string(), *position)),
        Expr::Dot(of, ..) | Expr::Index(of, ..) => property(&of.lhs),
        _ => None,
    }
}

fn unknown_param(params: &Map, name: &str, position: Position) -> ScriptFault {
    if params.is_empty() {
        return ScriptFault::new(format!("the rule has no PARAMS, and so no `{name}` in it"), position)
            .help(format!("write `const PARAMS = #{{ {name}: 5 }};` at the top of the file"));
    }
    let known: Vec<&str> = params.keys().map(|key| key.as_str()).collect();
    let help = match near(name, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("it has {}", known.join(", ")),
    };
    ScriptFault::new(format!("PARAMS has no `{name}`"), position).help(help)
}

/// A value that a plain text would show as it is written. What constants say is for people.
pub(super) fn check_texts(ast: &AST, faults: &mut Vec<ScriptFault>) {
    ast.walk(&mut |path: &[ASTNode]| {
        let in_constant = matches!(path.first(), Some(ASTNode::Stmt(Stmt::Var(_, options, _))) if options.intersects(rhai::ASTFlags::CONSTANT));
        if let Some(ASTNode::Expr(Expr::StringConstant(text, position))) = path.last()
            && text.contains("${")
            && !in_constant
        {
            let message = "`${...}` puts a value in only between backquotes, and this text stands between quotation marks";
            faults.push(ScriptFault::new(message, *position).help("write `` `...` `` in place of \"...\""));
        }
        true
    });
}

/// Outside of functions a rule has constants, imports and nothing else: nothing there is ever run.
pub(super) fn check_statements(ast: &AST, faults: &mut Vec<ScriptFault>) {
    for statement in ast.statements() {
        match statement {
            // What is wrong with an import is said where it is resolved.
            Stmt::Noop(_) | Stmt::Import(..) => {}
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

/// Where loops begin: the engine does not always say where it was when a rule is stopped.
pub(super) fn loops(ast: &AST) -> Vec<Position> {
    let mut loops = Vec::new();
    ast.walk(&mut |path: &[ASTNode]| {
        if let Some(ASTNode::Stmt(Stmt::While(_, position) | Stmt::Do(_, _, position))) = path.last() {
            loops.push(*position);
        }
        true
    });
    loops
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
