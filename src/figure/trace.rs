//! Provenance: which cells of which plans a computed figure was made of, and how.
//!
//! An arena of additions, with an index in the figure: cheaper than carrying cells in each value, and a chain of a million
//! additions is dropped without recursion. A cell is two numbers here; what a plan is, this module must not know.

use std::collections::HashSet;
use std::sync::Arc;

use super::Decimal;

/// A figure's place: the number of a plan in the audit, and of a node in that plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cell {
    /// The plan.
    pub plan: u32,
    /// The node.
    pub node: u32,
}

/// Where a figure came from: an index into [`Traces`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TraceId(u32);

impl TraceId {
    /// Its number in the arena.
    #[must_use]
    pub const fn index(self) -> u32 {
        self.0
    }

    /// A figure that came from no cell: a constant of a rule.
    pub const CONSTANT: Self = Self(u32::MAX);
}

/// How one figure was made from others.
#[derive(Clone, Debug)]
enum Step {
    /// It is a cell.
    Cell(Cell),
    /// It is the sum of these nodes of one plan.
    Sum {
        plan: u32,
        nodes: Arc<[u32]>,
    },
    Add(TraceId, TraceId),
    Subtract(TraceId, TraceId),
    Scale(TraceId, Decimal),
    Product(TraceId, TraceId),
    Quotient(TraceId, TraceId),
    /// It depends on both, and nobody knows how.
    Other(TraceId, TraceId),
}

/// How a figure that is no sum was made of two others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Product(TraceId, TraceId),
    Quotient(TraceId, TraceId),
}

/// A cell that a figure was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TracedCell {
    /// The cell.
    pub cell: Cell,
    /// What it was multiplied by before it was added; `None` where it entered otherwise than by addition.
    pub factor: Option<Decimal>,
}

/// The arena of everything computed in one run of a rule.
///
/// ```
/// use crossfoot::figure::{Cell, TraceId, Traces};
///
/// let mut traces = Traces::default();
/// let a = traces.cell(Cell { plan: 0, node: 1 });
/// let b = traces.cell(Cell { plan: 0, node: 2 });
/// let difference = traces.subtract(a, b);
/// let factors: Vec<String> = traces.cells(difference).iter().map(|c| c.factor.unwrap().to_string()).collect();
/// assert_eq!(factors, ["1", "-1"]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Traces {
    steps: Vec<Step>,
}

impl Traces {
    fn push(&mut self, step: Step) -> TraceId {
        let Ok(index) = u32::try_from(self.steps.len()) else { return TraceId::CONSTANT };
        self.steps.push(step);
        TraceId(index)
    }

    /// A figure that is a cell.
    pub fn cell(&mut self, cell: Cell) -> TraceId {
        self.push(Step::Cell(cell))
    }

    /// The sum of nodes of one plan.
    pub fn sum(&mut self, plan: u32, nodes: Arc<[u32]>) -> TraceId {
        self.push(Step::Sum { plan, nodes })
    }

    /// The sum of two figures.
    pub fn add(&mut self, a: TraceId, b: TraceId) -> TraceId {
        match (a, b) {
            (TraceId::CONSTANT, other) | (other, TraceId::CONSTANT) => other,
            _ => self.push(Step::Add(a, b)),
        }
    }

    /// The difference of two figures.
    pub fn subtract(&mut self, a: TraceId, b: TraceId) -> TraceId {
        if b == TraceId::CONSTANT { a } else { self.push(Step::Subtract(a, b)) }
    }

    /// A figure times a constant.
    pub fn scale(&mut self, a: TraceId, factor: Decimal) -> TraceId {
        if a == TraceId::CONSTANT || factor == Decimal::ONE { a } else { self.push(Step::Scale(a, factor)) }
    }

    /// A figure that depends on two others in a way that is not known.
    pub fn other(&mut self, a: TraceId, b: TraceId) -> TraceId {
        self.push(Step::Other(a, b))
    }

    /// The product of two figures.
    pub fn product(&mut self, a: TraceId, b: TraceId) -> TraceId {
        self.push(Step::Product(a, b))
    }

    /// A figure by another.
    pub fn quotient(&mut self, a: TraceId, b: TraceId) -> TraceId {
        self.push(Step::Quotient(a, b))
    }

    /// The two figures whose product or quotient a figure is, and the constant that it was then multiplied by.
    pub(super) fn shape(&self, mut id: TraceId) -> Option<(Decimal, Shape)> {
        let mut factor = Decimal::ONE;
        loop {
            match self.steps.get(id.0 as usize)? {
                Step::Product(a, b) => return Some((factor, Shape::Product(*a, *b))),
                Step::Quotient(a, b) => return Some((factor, Shape::Quotient(*a, *b))),
                Step::Scale(inner, by) => {
                    factor = factor.checked_mul(*by)?;
                    id = *inner;
                }
                _ => return None,
            }
        }
    }

    /// The one cell that a figure is, if it is one.
    #[must_use]
    pub fn single(&self, id: TraceId) -> Option<Cell> {
        match self.steps.get(id.0 as usize)? {
            Step::Cell(cell) => Some(*cell),
            _ => None,
        }
    }

    /// Hands on every cell that a figure was made of and that was not handed on before: what was visited is not descended
    /// into again, so that many figures with one whole in common cost no more than one.
    pub fn visit(&self, id: TraceId, visited: &mut HashSet<u32>, mut visit: impl FnMut(Cell)) {
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            let Some(step) = self.steps.get(id.0 as usize).filter(|_| visited.insert(id.0)) else { continue };
            match step {
                Step::Cell(cell) => visit(*cell),
                Step::Sum { plan, nodes } => nodes.iter().for_each(|node| visit(Cell { plan: *plan, node: *node })),
                Step::Add(a, b)
                | Step::Subtract(a, b)
                | Step::Product(a, b)
                | Step::Quotient(a, b)
                | Step::Other(a, b) => open.extend([*a, *b]),
                Step::Scale(a, _) => open.push(*a),
            }
        }
    }

    /// Every cell that a figure was made of, in the order in which they entered; a cell that entered twice is there twice.
    #[must_use]
    pub fn cells(&self, id: TraceId) -> Vec<TracedCell> {
        let mut cells = Vec::new();
        let mut open = vec![(id, Some(Decimal::ONE))];
        while let Some((id, factor)) = open.pop() {
            let Some(step) = self.steps.get(id.0 as usize) else { continue };
            match step {
                Step::Cell(cell) => cells.push(TracedCell { cell: *cell, factor }),
                Step::Sum { plan, nodes } => {
                    let cell = |node: &u32| TracedCell { cell: Cell { plan: *plan, node: *node }, factor };
                    cells.extend(nodes.iter().map(cell));
                }
                Step::Add(a, b) => open.extend([(*b, factor), (*a, factor)]),
                Step::Subtract(a, b) => open.extend([(*b, times(factor, Decimal::NEGATIVE_ONE)), (*a, factor)]),
                Step::Scale(a, by) => open.push((*a, times(factor, *by))),
                Step::Product(a, b) | Step::Quotient(a, b) | Step::Other(a, b) => {
                    open.extend([(*b, None), (*a, None)]);
                }
            }
        }
        cells
    }
}

fn times(factor: Option<Decimal>, by: Decimal) -> Option<Decimal> {
    factor.and_then(|factor| factor.checked_mul(by))
}
