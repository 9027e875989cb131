//! Rules that go through a list and judge each item apart, so that after a change only the items that changed need be judged
//! again.
//!
//! Most rules are a loop over objectives, risks or tables. Where it can be seen in the text that no round of such a loop hands
//! anything to the next, the rule is also compiled in a second form, in which the loop tells when a round begins and can be
//! held to some of its items. A run in that form notes what each round left behind ([`Segment`]). The first form stays what
//! audits run that remember nothing. What a change means is decided above: nothing here knows of changes.

mod loops;
mod segments;

use std::sync::Arc;

use rhai::{AST, ASTNode, Dynamic, Engine, EvalAltResult, Expr, FnCallExpr, NativeCallContext, Position, Stmt};

pub(crate) use segments::{Segment, Segments, Tally};

use super::run::Run;
use super::selection::{Selection, SelectionIter};
use super::tag::run_of;

/// The function that stands around what a loop goes through. No rule can call it, because no rule may name it.
const APART: &str = "items_apart";

/// The function that is called once the statements have run: the engine runs statements only before it calls something.
pub(super) const NOTHING: &str = "nothing_more";

/// What the second form of a rule is made with.
pub(super) struct Template {
    call: FnCallExpr,
    functions: AST,
}

impl Template {
    /// Asks the engine for the calls that are put in, because only it knows how it finds a function.
    pub(super) fn of(engine: &Engine) -> Option<Self> {
        let ast = engine.compile(format!("fn {NOTHING}() {{}} fn around(items) {{ {APART}(items) }}")).ok()?;
        let mut call = None;
        let mut functions = ast.clone_functions_only();
        functions.walk(&mut |path| {
            if let Some(ASTNode::Stmt(Stmt::FnCall(found, _)) | ASTNode::Expr(Expr::FnCall(found, _))) = path.last() {
                call = Some((**found).clone());
            }
            true
        });
        functions.retain_functions(|_, _, name, _| name == NOTHING);
        Some(Self { call: call?, functions })
    }

    fn around(&self, items: Expr, position: Position) -> Expr {
        let mut call = self.call.clone();
        call.args = std::iter::once(items).collect();
        call.into_fn_call_expr(position)
    }

    /// The second form of a rule; `None` where no loop of `check` judges its items apart.
    pub(super) fn apart(&self, ast: &AST) -> Option<AST> {
        let statements = loops::told_apart(ast, &|items, position| self.around(items, position))?;
        let imports = ast.statements().iter().filter(|statement| matches!(statement, Stmt::Import(..))).cloned();
        let statements: Vec<Stmt> = imports.chain(statements).collect();
        let mut apart = AST::new(statements, Arc::clone(ast.shared_lib())).merge(&self.functions);
        if let Some(source) = ast.source() {
            apart.set_source(source);
        }
        Some(apart)
    }
}

pub(super) fn register(engine: &mut Engine) {
    engine.register_iterator::<Apart>();
    engine.register_fn(APART, |context: NativeCallContext, items: Dynamic| -> Result<Dynamic, Box<EvalAltResult>> {
        let run = run_of(&context)?;
        let Some(selection) = items.read_lock::<Selection>().map(|selection| selection.clone()) else {
            // What is no part of a plan has no place that a change could be in.
            run.not_apart();
            return Ok(items);
        };
        Ok(Dynamic::from(Apart { run, selection }))
    });
}

/// The items of a loop whose rounds know nothing of one another.
#[derive(Clone)]
struct Apart {
    run: Arc<Run>,
    selection: Selection,
}

/// Goes through such items, and tells the run where it is.
struct ApartIter {
    run: Arc<Run>,
    items: SelectionIter,
}

impl IntoIterator for Apart {
    type Item = Selection;
    type IntoIter = ApartIter;

    fn into_iter(self) -> ApartIter {
        ApartIter { run: self.run, items: self.selection.into_iter() }
    }
}

impl Iterator for ApartIter {
    type Item = Selection;

    fn next(&mut self) -> Option<Selection> {
        let run = &self.run;
        let next = self.items.find(|item| item.ids().first().is_some_and(|id| run.is_wanted(*id)));
        self.run.begins(next.as_ref().and_then(|item| item.ids().first().copied()));
        next
    }
}

#[cfg(test)]
mod tests {
    use super::super::engine::ScriptEngine;
    use super::super::limits::Limits;

    #[test]
    fn a_rule_that_goes_through_a_list_has_a_second_form() {
        let engine = ScriptEngine::new(Limits::STANDARD, &[]);
        let apart = |text: &str| engine.compile(text).unwrap().is_apart();
        assert!(apart("//! A.\nfn check(plan) { for a in plan.a { expect(a.b == 1, a, \"no\"); } }"));
        assert!(!apart("//! A.\nfn check(plan) { expect(plan.a.b == 1, plan.a, \"no\"); }"));
    }
}
