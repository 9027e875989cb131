//! Which statements of a rule were run: what there is to run, and what a run went through.
//!
//! Only an engine made for it pays: it is told to stop at every step and counts the step instead. A statement is known by
//! where its node lies in memory, which is the same for every run of one compiled rule. It knows no cases and words nothing.

use std::cell::RefCell;
use std::collections::HashMap;

use rhai::debugger::DebuggerCommand;
use rhai::{ASTNode, Engine, Expr, Stmt};

use super::compile::Script;
use super::engine::ScriptEngine;

/// A node of a compiled rule.
type Key = usize;

/// How often each node was gone through.
#[derive(Clone, Debug, Default)]
pub(crate) struct Visits(HashMap<Key, u64>);

/// What there is to run in a rule.
#[derive(Debug, Default)]
pub(crate) struct Ground {
    /// Statements, by line.
    statements: Vec<(u32, Key)>,
    branches: Vec<Branch>,
}

/// One way that a condition or a loop can go.
#[derive(Clone, Copy, Debug)]
struct Branch {
    line: u32,
    way: Way,
    /// The statement that branches.
    whole: Key,
    /// The first statement of the block that stands for this way, or for the other way.
    block: Key,
    /// Whether the block stands for the other way: this one was gone as often as the rest of the times.
    other: bool,
}

/// The ways that rules branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// The condition of an `if` is true.
    True,
    /// The condition of an `if` is false, whether or not it has an `else`.
    False,
    /// The body of a loop is entered.
    Body,
}

thread_local! {
    static VISITS: RefCell<Option<HashMap<Key, u64>>> = const { RefCell::new(None) };
}

/// Does some work and says what it went through, on an engine that was made for it.
pub(crate) fn visits<T>(work: impl FnOnce() -> T) -> (T, Visits) {
    let outer = VISITS.replace(Some(HashMap::new()));
    let result = work();
    (result, Visits(VISITS.replace(outer).unwrap_or_default()))
}

impl Visits {
    pub(crate) fn merge(&mut self, other: &Self) {
        for (key, times) in &other.0 {
            *self.0.entry(*key).or_default() += times;
        }
    }

    fn of(&self, key: Key) -> u64 {
        self.0.get(&key).copied().unwrap_or_default()
    }
}

impl ScriptEngine {
    /// The same engine, but counting every statement that runs. Slower, so only where somebody asks.
    #[must_use]
    pub(crate) fn covering(mut self) -> Self {
        count_steps(&mut self.engine);
        self
    }
}

fn count_steps(engine: &mut Engine) {
    #[expect(deprecated, reason = "marked as likely to change, not as going away; nothing else sees statements run")]
    engine.register_debugger(
        |_, debugger| debugger,
        |_, _, node, _, _| {
            VISITS.with_borrow_mut(|visits| {
                if let Some(visits) = visits {
                    *visits.entry(key(&node)).or_default() += 1;
                }
            });
            Ok(DebuggerCommand::StepInto)
        },
    );
}

fn key(node: &ASTNode) -> Key {
    match node {
        ASTNode::Stmt(statement) => std::ptr::from_ref::<Stmt>(statement) as Key,
        ASTNode::Expr(expression) => std::ptr::from_ref::<Expr>(expression) as Key,
        _ => 0,
    }
}

impl Script {
    /// What there is to run.
    pub(crate) fn ground(&self) -> Ground {
        let mut ground = Ground::default();
        self.ast.walk(&mut |path: &[ASTNode]| {
            if let (Some(ASTNode::Stmt(statement)), false) = (path.last(), path.iter().any(is_no_statement)) {
                ground.add(statement);
            }
            true
        });
        ground.statements.sort_unstable();
        ground.statements.dedup();
        ground.branches.sort_by_key(|branch| (branch.line, branch.whole, branch.way));
        ground
    }
}

impl Ground {
    fn add(&mut self, statement: &Stmt) {
        let Some(own) = entry(statement) else { return };
        let place = match statement {
            Stmt::Block(_) => return,
            Stmt::Expr(expression) if matches!(**expression, Expr::Stmt(_)) => return,
            Stmt::Expr(expression) => expression.start_position(),
            Stmt::Assignment(assignment) => assignment.1.lhs.start_position(),
            other => other.position(),
        };
        let Some(line) = place.line().and_then(|line| u32::try_from(line).ok()) else { return };
        self.statements.push((line, own));
        match statement {
            Stmt::If(flow, _) => {
                let body = first(flow.body.statements());
                let Some(block) = body.or_else(|| first(flow.branch.statements())) else { return };
                let is_else = body.is_none();
                for (way, other) in [(Way::True, is_else), (Way::False, !is_else)] {
                    self.branches.push(Branch { line, way, whole: own, block, other });
                }
            }
            Stmt::For(flow, _) => self.add_body(line, own, flow.2.body.statements()),
            Stmt::While(flow, _) | Stmt::Do(flow, _, _) => self.add_body(line, own, flow.body.statements()),
            _ => {}
        }
    }

    fn add_body(&mut self, line: u32, whole: Key, body: &[Stmt]) {
        if let Some(block) = first(body) {
            self.branches.push(Branch { line, way: Way::Body, whole, block, other: false });
        }
    }

    /// Lines on which a statement begins, each with whether one of them was run.
    pub(crate) fn lines(&self, visits: &Visits) -> Vec<(u32, bool)> {
        let mut lines: Vec<(u32, bool)> = Vec::new();
        for (line, key) in &self.statements {
            let run = visits.of(*key) > 0;
            match lines.last_mut() {
                Some((last, any)) if last == line => *any |= run,
                _ => lines.push((*line, run)),
            }
        }
        lines
    }

    /// The ways of conditions and loops by line, each with whether it was gone.
    pub(crate) fn branches(&self, visits: &Visits) -> Vec<(u32, Way, bool)> {
        let gone = |branch: &Branch| {
            let block = visits.of(branch.block);
            if branch.other { visits.of(branch.whole) > block } else { block > 0 }
        };
        self.branches.iter().map(|branch| (branch.line, branch.way, gone(branch))).collect()
    }
}

/// Constants are read without running anything, and a value in a text runs when the text does.
fn is_no_statement(node: &ASTNode) -> bool {
    match node {
        ASTNode::Stmt(Stmt::Var(_, options, _)) => options.intersects(rhai::ASTFlags::CONSTANT),
        ASTNode::Expr(Expr::InterpolatedString(..)) => true,
        _ => false,
    }
}

/// What is counted when a block is entered: its first statement that leaves a trace.
fn first(statements: &[Stmt]) -> Option<Key> {
    statements.iter().find_map(entry)
}

/// What is counted when a statement begins. The engine passes over expressions used as statements, and over blocks.
fn entry(statement: &Stmt) -> Option<Key> {
    match statement {
        Stmt::Noop(_) | Stmt::Share(_) => None,
        Stmt::Block(block) => first(block.statements()),
        Stmt::Expr(expression) => begin(expression),
        other => Some(key(&ASTNode::Stmt(other))),
    }
}

/// What is counted once when an expression begins. Of `a.b[c].d` that is `a`: the engine stops at an index twice.
fn begin(expression: &Expr) -> Option<Key> {
    match expression {
        Expr::Stmt(block) => first(block.statements()),
        Expr::Dot(chain, ..) | Expr::Index(chain, ..) => begin(&chain.lhs),
        other => Some(key(&ASTNode::Expr(other))),
    }
}
