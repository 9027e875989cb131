//! How much of a change rounding explains, figure by figure.
//!
//! Read off the comparisons that were made over the plan as it stands, never off whether a rule notices: a figure that no
//! rule compares has a bound too, and a change beyond it counts against the rules. `docs/mutation.md` says the same in words.

use std::cell::RefCell;
use std::collections::HashMap;

use super::change::Change;
use crate::figure::Decimal;
use crate::plan::{Kind, NodeId, Plan};
use crate::script::Looks;

/// The greatest change that rounding explains, by figure.
#[derive(Debug, Default)]
pub(super) struct Rounding {
    compared: HashMap<NodeId, Decimal>,
    /// How many figures stand side by side in a table or list, once counted.
    counted: RefCell<HashMap<NodeId, usize>>,
}

impl Rounding {
    /// Reads off the comparisons of one rule. Where a figure enters by addition, a change of it moves the comparison by as
    /// much, times its factor; where it enters otherwise (a share, a product), nothing is read off.
    pub(super) fn learn(&mut self, looks: &Looks) {
        for look in &looks.all {
            let Some(distance) = look.distance else { continue };
            let Some(room) = distance.tolerance.checked_add(distance.difference.abs()) else { continue };
            let mut factors: HashMap<u32, Option<Decimal>> = HashMap::new();
            for (side, sign) in look.sides.iter().zip([Decimal::ONE, Decimal::NEGATIVE_ONE]) {
                for traced in looks.cells(side) {
                    let own = traced.factor.and_then(|factor| factor.checked_mul(sign));
                    let sum = factors.entry(traced.cell.node).or_insert(Some(Decimal::ZERO));
                    *sum = sum.and_then(|sum| sum.checked_add(own?));
                }
            }
            for (node, factor) in factors {
                let Some(factor) = factor.filter(|factor| !factor.is_zero()) else { continue };
                let Some(permitted) = room.checked_div(factor.abs()) else { continue };
                let least = self.compared.entry(NodeId::from_index(node as usize)).or_insert(permitted);
                *least = permitted.min(*least);
            }
        }
    }

    /// The greatest change of a figure that rounding explains. A figure that no comparison adds up could stand in a sum of
    /// all that stand beside it: each of them, and the sum, may be rounded by one unit.
    fn permitted(&self, plan: &Plan, figure: NodeId) -> Option<Decimal> {
        if let Some(permitted) = self.compared.get(&figure) {
            return Some(*permitted);
        }
        unit(plan, figure)?.checked_mul(Decimal::from(self.beside(plan, figure) + 1))
    }

    /// The largest number of figures that stand beside a figure: in its table or array, or the same figure in the items of
    /// a list that it stands in.
    fn beside(&self, plan: &Plan, figure: NodeId) -> usize {
        let mut counted = self.counted.borrow_mut();
        let mut most = 1;
        let mut at = plan.node(figure);
        while let Some(parent) = at.parent() {
            let alike = *counted.entry(parent.id()).or_insert_with(|| {
                let list = parent.kind() == Kind::Array;
                parent.children().filter(|child| list || child.kind().is_number()).count()
            });
            most = most.max(alike);
            at = parent;
        }
        most
    }

    /// The least change of a figure, in whole units, that rounding does not explain.
    pub(super) fn beyond(&self, plan: &Plan, figure: NodeId) -> Option<Decimal> {
        let unit = unit(plan, figure)?;
        let units = self.permitted(plan, figure)?.checked_div(unit)?.floor();
        units.checked_add(Decimal::ONE)?.checked_mul(unit)
    }

    /// Whether rounding explains all that a change does to figures. A figure that is left out is no question of rounding.
    pub(super) fn explains(&self, plan: &Plan, change: &Change) -> bool {
        let explained = |(figure, amount): &(NodeId, Decimal)| {
            let permitted = self.permitted(plan, *figure).and_then(|permitted| permitted.checked_add(change.coarser));
            permitted.is_some_and(|permitted| amount.abs() <= permitted)
        };
        !change.amounts.is_empty() && change.amounts.iter().all(explained)
    }
}

/// The unit that a figure is rounded to: that of its last digit, or the one declared.
fn unit(plan: &Plan, figure: NodeId) -> Option<Decimal> {
    let written = plan.written(figure)?;
    let digit = Decimal::try_new(1, written.value().scale()).ok()?;
    Some(plan.stated(figure).map_or(digit, |stated| stated.unit.max(digit)))
}
