//! Which loops of a rule judge their items apart, as far as its text tells.
//!
//! A loop does when it stands in `check` itself and when its body uses nothing from outside but the plan and the parameters,
//! changes neither, and always comes to its end. What it cannot use it cannot have changed. In doubt the answer is no.

use std::collections::BTreeSet;

use rhai::{AST, ASTFlags, ASTNode, Expr, Position, Stmt};

/// The statements of `check`, with the items of such loops put into a call; `None` where there is no such loop.
pub(super) fn told_apart(ast: &AST, around: &dyn Fn(Expr, Position) -> Expr) -> Option<Vec<Stmt>> {
    let check = ast.iter_functions().find(|function| function.name == "check")?;
    let arguments: Vec<String> = check.params.iter().map(|name| (*name).to_owned()).collect();
    let mut statements = statements_of_check(ast);
    let mut outside: BTreeSet<String> = arguments.iter().cloned().collect();
    let mut any = false;
    for statement in &mut statements {
        if is_apart(statement, &arguments, &outside)
            && let Stmt::For(each, position) = statement
        {
            let items = std::mem::take(&mut each.2.expr);
            let begins = items.start_position();
            each.2.expr = around(items, if begins.is_none() { *position } else { begins });
            any = true;
        }
        if let Stmt::Var(definition, ..) = &*statement {
            outside.insert(definition.0.as_str().to_owned());
        }
    }
    any.then_some(statements)
}

fn statements_of_check(ast: &AST) -> Vec<Stmt> {
    let mut body = ast.clone_functions_only();
    body.retain_functions(|_, _, name, _| name == "check");
    let mut statements = Vec::new();
    body.walk(&mut |path: &[ASTNode]| {
        if let [ASTNode::Stmt(statement)] = path {
            statements.push((*statement).clone());
        }
        true
    });
    statements
}

/// Whether a statement is a loop whose rounds know nothing of one another. `outside` are the names that can be seen where it
/// begins, and `arguments` those of them that are the plan and the parameters.
fn is_apart(statement: &Stmt, arguments: &[String], outside: &BTreeSet<String>) -> bool {
    let Stmt::For(each, _) = statement else { return false };
    // A counter says how many rounds there were before.
    if each.1.is_some() || outside.contains(each.0.as_str()) {
        return false;
    }
    let mut apart = true;
    let mut path = Vec::new();
    for inner in each.2.body.statements() {
        inner.walk(&mut path, &mut |path: &[ASTNode]| {
            apart &= is_harmless(path, arguments, outside);
            apart
        });
    }
    apart
}

/// Whether the last node of a path hands nothing from one round to another.
fn is_harmless(path: &[ASTNode], arguments: &[String], outside: &BTreeSet<String>) -> bool {
    let is_outside = |name: &str| outside.contains(name);
    match path.last() {
        Some(ASTNode::Stmt(statement)) => match statement {
            Stmt::Var(definition, ..) => !is_outside(definition.0.as_str()),
            Stmt::For(each, _) => {
                let counter = each.1.as_ref().is_some_and(|counter| is_outside(counter.as_str()));
                !is_outside(each.0.as_str()) && !counter
            }
            Stmt::Assignment(assignment) => !is_outside(root(&assignment.1.lhs).unwrap_or_default()),
            Stmt::Share(names) => names.iter().all(|(name, _)| {
                arguments.first().is_some_and(|plan| name.as_str() == plan) || !is_outside(name.as_str())
            }),
            Stmt::Return(_, options, _) => options.intersects(ASTFlags::BREAK),
            Stmt::BreakLoop(_, options, _) => !options.intersects(ASTFlags::BREAK) || is_in_loop(path),
            Stmt::FnCall(call, _) => !call.capture_parent_scope,
            Stmt::TryCatch(..) | Stmt::Import(..) | Stmt::Export(..) => false,
            _ => true,
        },
        Some(ASTNode::Expr(expression)) => match expression {
            Expr::Variable(variable, ..) if variable.2.is_empty() => {
                is_read_only(&variable.1, path, arguments) || !is_outside(&variable.1)
            }
            Expr::FnCall(call, _) => !call.capture_parent_scope,
            Expr::ThisPtr(_) | Expr::Custom(..) => false,
            _ => true,
        },
        _ => true,
    }
}

/// Whether the use of a name cannot change what it stands for: the plan never changes, and of the parameters one is read.
fn is_read_only(name: &str, path: &[ASTNode], arguments: &[String]) -> bool {
    match arguments {
        [plan, ..] if plan == name => true,
        [_, params] if params == name => {
            let asked = path.len().checked_sub(2).map(|at| &path[at]);
            matches!(asked, Some(ASTNode::Expr(Expr::Dot(of, ..))) if matches!(&of.lhs, Expr::Variable(..)) && is_property(&of.rhs))
        }
        _ => false,
    }
}

fn is_property(expression: &Expr) -> bool {
    match expression {
        Expr::Property(..) => true,
        Expr::Dot(of, ..) => is_property(&of.lhs) && is_property(&of.rhs),
        _ => false,
    }
}

/// The variable that an assignment changes.
fn root(target: &Expr) -> Option<&str> {
    match target {
        Expr::Variable(variable, ..) => Some(&variable.1),
        Expr::Dot(of, ..) | Expr::Index(of, ..) => root(&of.lhs),
        _ => None,
    }
}

/// Whether a node stands in a loop within the body.
fn is_in_loop(path: &[ASTNode]) -> bool {
    let above = path.split_last().map(|(_, above)| above).unwrap_or_default();
    above.iter().any(|node| matches!(node, ASTNode::Stmt(Stmt::For(..) | Stmt::While(..) | Stmt::Do(..))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rhai::Engine;

    /// Which top-level loops of a body are told apart, as marks.
    fn marks(body: &str) -> String {
        let engine = Engine::new();
        let ast = engine.compile(format!("fn other(x) {{}} fn check(plan, params) {{ {body} }}")).unwrap();
        let marked = told_apart(&ast, &|_, position| Expr::Unit(position));
        let marked = marked.unwrap_or_else(|| statements_of_check(&ast));
        let mark = |statement: &Stmt| match statement {
            Stmt::For(each, _) => Some(if each.2.expr.is_unit() { '+' } else { '-' }),
            _ => None,
        };
        marked.iter().filter_map(mark).collect()
    }

    #[test]
    fn a_loop_that_uses_only_its_item_the_plan_and_parameters_is_apart() {
        for body in [
            "for a in plan.b { expect(a.c, a); }",
            "for a in plan.b { if a.c > params.most { continue; } let d = 0; for e in a.d { if e { break; } d += e; } other(d); }",
            "let z = 1; for a in plan.b { let d = plan.b.map(|x| x.y); other(`${a.id} ${params.deep.most}`); }",
            "for a in plan.b { let d = []; d.push(a); let f = |x| x + a; f.call(1); }",
            "for a in plan.b { throw a; }",
        ] {
            assert_eq!(marks(body), "+", "{body}");
        }
    }

    #[test]
    fn a_loop_that_hands_something_on_is_not() {
        for body in [
            "let n = 0; for a in plan.b { n += 1; }",
            "let seen = []; for a in plan.b { seen.push(a); }",
            "let seen = []; for a in plan.b { push(seen, a); }",
            "let n = 1; for a in plan.b { other(n); }",
            "for (a, n) in plan.b { other(n); }",
            "for a in plan.b { return; }",
            "for a in plan.b { break; }",
            "for a in plan.b { params.most = 1; }",
            "for a in plan.b { params.list.push(1); }",
            "for a in plan.b { push(params, 1); }",
            "for a in plan.b { plan = 5; }",
            "let n = 0; for a in plan.b { let f = || n += 1; f.call(); }",
            "let n = 0; for a in plan.b { n += 1; let n = 2; }",
            "if plan.x { for a in plan.b { other(a); } }",
        ] {
            assert!(!marks(body).contains('+'), "{body}");
        }
    }

    #[test]
    fn each_loop_is_asked_by_itself() {
        assert_eq!(
            marks("for a in plan.b {} let n = 0; for a in plan.b { n += 1; } for c in plan.d { other(c); }"),
            "+-+"
        );
    }
}
