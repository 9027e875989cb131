//! What can be seen of a script without running it, beyond what the engine's own parser sees: statements that would never run,
//! assignments that would escape the limits, calls of what does not exist.

use std::collections::BTreeSet;

use rhai::{AST, ASTNode, Expr, Position, Stmt};

use super::compile::CONSTANTS;
use super::engine::ScriptEngine;
use super::fault::ScriptFault;
use super::modules::{self, Imports};
use super::names;

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
                faults.push(self.unknown_verb(name, *position));
            }
            true
        });
    }
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
