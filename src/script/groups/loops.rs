//! Which loops of a rule judge their items apart, as far as its text tells.
//!
//! A loop does when it stands in `check` itself, when its body changes nothing from outside, and when it always comes to its
//! end. What a body could change is known: it may assign, call one of the two verbs that change what they are called on, call a
//! function as a method, or have a closure that keeps a variable. In doubt the answer is no.

use std::collections::BTreeSet;

use rhai::{AST, ASTFlags, ASTNode, Expr, Position, Stmt};

/// Verbs that change what they are called on, and the one that calls a function that may.
const CHANGING: [&str; 3] = ["push", "put", "call"];

/// What is known where a loop begins.
struct Outside {
    /// The name of the plan, which nothing can change.
    plan: String,
    /// The names that can be seen.
    names: BTreeSet<String>,
    /// Functions of the rule, which can change what they are called on as methods.
    functions: BTreeSet<String>,
}

/// The statements of `check`, with the items of such loops put into a call; `None` where there is no such loop.
pub(super) fn told_apart(ast: &AST, around: &dyn Fn(Expr, Position) -> Expr) -> Option<Vec<Stmt>> {
    let check = ast.iter_functions().find(|function| function.name == "check")?;
    let names: Vec<String> = check.params.iter().map(|name| (*name).to_owned()).collect();
    let mut outside = Outside {
        plan: names.first()?.clone(),
        names: names.into_iter().collect(),
        functions: ast.iter_functions().map(|function| function.name.to_owned()).collect(),
    };
    let mut statements = statements_of_check(ast);
    let mut any = false;
    for statement in &mut statements {
        let is_apart = outside.is_apart(statement);
        if !is_apart && outside.keeps_a_variable(statement) {
            break;
        }
        if is_apart && let Stmt::For(each, position) = statement {
            let items = std::mem::take(&mut each.2.expr);
            let begins = items.start_position();
            each.2.expr = around(items, if begins.is_none() { *position } else { begins });
            any = true;
        }
        if let Stmt::Var(definition, ..) = &*statement {
            outside.names.insert(definition.0.as_str().to_owned());
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

impl Outside {
    /// Whether a statement has a closure that keeps more than the plan: what it keeps may change whenever it is called.
    fn keeps_a_variable(&self, statement: &Stmt) -> bool {
        let mut keeps = false;
        statement.walk(&mut Vec::new(), &mut |path: &[ASTNode]| {
            keeps |= matches!(path.last(), Some(ASTNode::Stmt(Stmt::Share(names))) if names.iter().any(|(name, _)| name.as_str() != self.plan));
            !keeps
        });
        keeps
    }

    /// Whether a statement is a loop whose rounds know nothing of one another.
    fn is_apart(&self, statement: &Stmt) -> bool {
        let Stmt::For(each, _) = statement else { return false };
        // A counter says how many rounds there were before.
        if each.1.is_some() || self.has(each.0.as_str()) {
            return false;
        }
        let mut apart = true;
        let mut path = Vec::new();
        for inner in each.2.body.statements() {
            inner.walk(&mut path, &mut |path: &[ASTNode]| {
                apart &= self.is_harmless(path);
                apart
            });
        }
        apart
    }

    fn has(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// Whether the last node of a path hands nothing from one round to another.
    fn is_harmless(&self, path: &[ASTNode]) -> bool {
        match path.last() {
            Some(ASTNode::Stmt(statement)) => match statement {
                Stmt::Var(definition, ..) => !self.has(definition.0.as_str()),
                Stmt::For(each, _) => {
                    let counter = each.1.as_ref().is_some_and(|counter| self.has(counter.as_str()));
                    !self.has(each.0.as_str()) && !counter
                }
                Stmt::Assignment(assignment) => !self.has(root(&assignment.1.lhs).unwrap_or_default()),
                Stmt::Share(names) => {
                    names.iter().all(|(name, _)| name.as_str() == self.plan || !self.has(name.as_str()))
                }
                Stmt::Return(_, options, _) => options.intersects(ASTFlags::BREAK),
                Stmt::BreakLoop(_, options, _) => !options.intersects(ASTFlags::BREAK) || is_in_loop(path),
                Stmt::FnCall(call, _) => !call.capture_parent_scope,
                Stmt::TryCatch(..) | Stmt::Import(..) | Stmt::Export(..) => false,
                _ => true,
            },
            Some(ASTNode::Expr(expression)) => match expression {
                Expr::Variable(variable, ..) if variable.2.is_empty() && self.has(&variable.1) => {
                    variable.1 == self.plan || self.is_read(path)
                }
                Expr::FnCall(call, _) => !call.capture_parent_scope,
                Expr::ThisPtr(_) | Expr::Custom(..) => false,
                _ => true,
            },
            _ => true,
        }
    }

    /// Whether the use of a variable at the end of a path only reads it.
    fn is_read(&self, path: &[ASTNode]) -> bool {
        let mut above = path.iter().rev().skip(1);
        let mut used = above.next();
        // Along a chain such as `list[0].names.push(x)`, what is called on any part of it may change the whole.
        let mut chain = None;
        while let Some(ASTNode::Expr(link @ (Expr::Dot(..) | Expr::Index(..)))) = used {
            chain = Some(*link);
            used = above.next();
        }
        let is_changed = match used {
            Some(
                ASTNode::Expr(Expr::FnCall(call, _) | Expr::MethodCall(call, _)) | ASTNode::Stmt(Stmt::FnCall(call, _)),
            ) => CHANGING.contains(&call.name.as_str()),
            _ => false,
        };
        !is_changed && chain.is_none_or(|chain| self.changes_nothing(chain))
    }

    fn changes_nothing(&self, chain: &Expr) -> bool {
        match chain {
            Expr::Dot(of, ..) | Expr::Index(of, ..) => self.changes_nothing(&of.lhs) && self.changes_nothing(&of.rhs),
            Expr::MethodCall(call, _) => {
                !CHANGING.contains(&call.name.as_str()) && !self.functions.contains(call.name.as_str())
            }
            _ => true,
        }
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
            "let n = 1; let l = [[1]]; for a in plan.b { other(n); expect(n < count(l), l[0][0]); }",
            "let l = [1]; for a in plan.b { other(l.map(|x| x)); }",
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
            "let l = [[1]]; for a in plan.b { l[0].push(1); }",
            "let l = #{ x: [1] }; for a in plan.b { l.x.push(1); }",
            "let l = #{ x: [1] }; for a in plan.b { if l.x.other() { } }",
            "let l = [1]; for a in plan.b { l.other(); }",
            "let n = 0; let f = || n += 1; for a in plan.b { f.call(); }",
            "let n = 0; let f = || n += 1; for a in plan.b { a.map(f); }",
            "let f = []; for a in plan.b { let n = 0; f.push(|| n += 1); } for a in plan.b { a.map(f[0]); }",
            "let n = 0; if plan.x { let f = || n += 1; other(f); } for a in plan.b { other(n); }",
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
