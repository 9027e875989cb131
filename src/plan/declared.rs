//! What a plan declares of its figures: how they were rounded, and in which unit they are stated.
//!
//! A declaration holds for everything beneath the table it stands in; the nearest one wins; `[plan]` speaks for the whole
//! document. This is the one place where standard keys give figures a meaning; it compares no figures.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::fault::{Fault, FaultCode};
use super::names::Name;
use super::tree::{Kind, NodeId};
use super::{NodeRef, Plan};
use crate::figure::{Mode, Rounding};

/// The unit that a figure is stated in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Unit {
    /// None is declared: the figure goes with any other.
    #[default]
    None,
    /// Percent: `62.55` means 62.55 of 100.
    Percent,
    /// A currency or another unit, by its place among the units that the plan names.
    Named(u16),
}

#[derive(Debug, Default)]
pub(super) struct Declared {
    whole: Rounding,
    by_table: HashMap<u32, Local, FxBuildHasher>,
    keys: UnitKeys,
    currency: Unit,
    units: Vec<(Name, Unit)>,
    /// Units of cross-tables that state one, by table.
    tables: HashMap<u32, Unit, FxBuildHasher>,
    /// The units that the plan names.
    texts: Vec<String>,
}

/// The rounding declared in one table.
#[derive(Debug, Default)]
struct Local {
    whole: Option<Rounding>,
    keys: Vec<(Name, Rounding)>,
}

/// The standard keys that give a figure its unit, as far as the plan uses them.
#[derive(Debug, Default)]
struct UnitKeys {
    share: Option<Name>,
    share_of_objective: Option<Name>,
    cost: Option<Name>,
    total: Option<Name>,
    values: Option<Name>,
    splits: Option<Name>,
}

impl Declared {
    /// What a plan declares; `rounding` holds where it declares none.
    pub(super) fn read(plan: &Plan, rounding: Rounding, faults: &mut Vec<Fault>) -> Self {
        let mut declared = Self { keys: UnitKeys::find(plan), whole: rounding, ..Self::default() };
        declared.read_units(plan, faults);
        declared.read_rounding(plan, faults);
        declared
    }

    /// Whether any unit is declared that a figure could exceed.
    pub(super) fn any_unit(&self) -> bool {
        let exceeds = |rounding: &Rounding| rounding.unit().is_some();
        exceeds(&self.whole)
            || self.by_table.values().any(|local| {
                local.whole.as_ref().is_some_and(exceeds) || local.keys.iter().any(|(_, rounding)| exceeds(rounding))
            })
    }

    pub(super) fn rounding(&self, plan: &Plan, id: NodeId) -> Rounding {
        if self.by_table.is_empty() {
            return self.whole;
        }
        let mut passed: [Option<Name>; 4] = [None; 4];
        let mut at = Some(plan.node(id));
        while let Some(node) = at {
            if let Some(rounding) = self.by_table.get(&node.id().0).and_then(|local| local.of(&passed)) {
                return rounding;
            }
            if let Some(name) = node.name() {
                passed.rotate_right(1);
                passed[0] = Some(name);
            }
            at = node.parent();
        }
        self.whole
    }

    pub(super) fn unit(&self, plan: &Plan, id: NodeId) -> Unit {
        let mut at = Some(plan.node(id));
        while let Some(node) = at {
            if let Some(unit) = node.name().and_then(|name| self.unit_of_key(node, name)) {
                return unit;
            }
            at = node.parent();
        }
        Unit::None
    }

    fn unit_of_key(&self, node: NodeRef<'_>, name: Name) -> Option<Unit> {
        if let Some((_, unit)) = self.units.iter().find(|(key, _)| *key == name) {
            return Some(*unit);
        }
        let name = Some(name);
        let keys = &self.keys;
        if name == keys.share || name == keys.share_of_objective {
            Some(Unit::Percent)
        } else if name == keys.cost {
            Some(self.currency)
        } else if name == keys.total {
            Some(if keys.splits.is_some() && node.parent()?.parent()?.name() == keys.splits {
                Unit::Percent
            } else {
                self.currency
            })
        } else if name == keys.values {
            Some(self.unit_of_values(node))
        } else {
            None
        }
    }

    /// The values of a cross-table: percent in a row of percents, else the table's unit, else the plan's currency.
    fn unit_of_values(&self, values: NodeRef<'_>) -> Unit {
        let Some(row) = values.parent() else { return Unit::None };
        if row.get("percent_of").is_some() {
            return Unit::Percent;
        }
        let table = row.parent().and_then(|rows| rows.parent()).map(|table| table.id());
        let stated = table.and_then(|table| self.tables.get(&table.0));
        stated.copied().unwrap_or(self.currency)
    }

    /// The text of a named unit.
    pub(super) fn unit_text(&self, unit: Unit) -> &str {
        match unit {
            Unit::None => "",
            Unit::Percent => "percent",
            Unit::Named(at) => self.texts.get(at as usize).map_or("", String::as_str),
        }
    }

    fn unit_named(&mut self, text: &str) -> Unit {
        match text {
            "" | "none" => return Unit::None,
            "percent" | "%" => return Unit::Percent,
            _ => {}
        }
        let at = self.texts.iter().position(|known| known == text).unwrap_or_else(|| {
            self.texts.push(text.to_owned());
            self.texts.len() - 1
        });
        u16::try_from(at).map_or(Unit::None, Unit::Named)
    }

    fn read_units(&mut self, plan: &Plan, faults: &mut Vec<Fault>) {
        if let Some(currency) = plan.root().get("plan").and_then(|p| p.get("currency")).and_then(|c| c.str()) {
            self.currency = self.unit_named(&currency);
        }
        for table in plan.root().get("tables").into_iter().flat_map(|tables| tables.children()) {
            if let Some(unit) = table.get("unit").and_then(|unit| unit.str()) {
                let unit = self.unit_named(&unit);
                self.tables.insert(table.id().0, unit);
            }
        }
        let Some(units) = plan.root().get("units").filter(|units| units.kind() == Kind::Table) else { return };
        for entry in units.children() {
            match (entry.name(), entry.str()) {
                (Some(name), Some(unit)) => {
                    let unit = self.unit_named(&unit);
                    self.units.push((name, unit));
                }
                _ => faults.push(
                    Fault::new(FaultCode::Declaration, entry.span(), "expected the name of a unit, as a text")
                        .at(entry.id())
                        .help("write, for example, `staff = \"posts\"` or `growth = \"percent\"`"),
                ),
            }
        }
    }

    fn read_rounding(&mut self, plan: &Plan, faults: &mut Vec<Fault>) {
        let Some(name) = plan.tree.names.find("rounding") else { return };
        for index in 1..plan.len() {
            let node = plan.node(NodeId::from_index(index));
            if node.name() != Some(name) {
                continue;
            }
            let Some(table) = node.parent() else { continue };
            match local(node) {
                Ok(local) if table.path() == "plan" => {
                    self.whole = local.whole.unwrap_or(self.whole);
                    if !local.keys.is_empty() {
                        self.by_table.insert(NodeId::ROOT.0, local);
                    }
                }
                Ok(local) => {
                    self.by_table.insert(table.id().0, local);
                }
                Err(fault) => faults.push(*fault),
            }
        }
    }
}

impl Local {
    /// The rounding for a figure that was reached through these keys, nearest to this table first.
    fn of(&self, passed: &[Option<Name>]) -> Option<Rounding> {
        let of_key = passed.iter().flatten().find_map(|name| self.keys.iter().find(|(key, _)| key == name));
        of_key.map(|(_, rounding)| *rounding).or(self.whole)
    }
}

impl UnitKeys {
    fn find(plan: &Plan) -> Self {
        let find = |key| plan.tree.names.find(key);
        Self {
            share: find("share"),
            share_of_objective: find("share_of_objective"),
            cost: find("cost"),
            total: find("total"),
            values: find("values"),
            splits: find("splits"),
        }
    }
}

fn local(node: NodeRef<'_>) -> Result<Local, Box<Fault>> {
    if node.kind() == Kind::Text {
        return Ok(Local { whole: Some(mode(node)?.into()), keys: Vec::new() });
    }
    if node.kind() != Kind::Table {
        return Err(fault(node, "expected a mode or a table of mode, unit and keys"));
    }
    let mut local = Local::default();
    if node.get("mode").is_some() || node.get("unit").is_some() {
        local.whole = Some(rounding(node)?);
    }
    if let Some(keys) = node.get("keys") {
        for entry in keys.children() {
            if let Some(name) = entry.name() {
                local.keys.push((name, rounding(entry)?));
            }
        }
    }
    if local.whole.is_none() && local.keys.is_empty() {
        return Err(fault(node, "this declares nothing: expected `mode`, `unit` or `keys`"));
    }
    Ok(local)
}

/// The rounding that a node declares, as a mode or as a table of mode and unit.
///
/// # Errors
/// A fault that says what was expected.
pub(crate) fn rounding(node: NodeRef<'_>) -> Result<Rounding, Box<Fault>> {
    if node.kind() == Kind::Text {
        return Ok(mode(node)?.into());
    }
    if node.kind() != Kind::Table || (node.get("mode").is_none() && node.get("unit").is_none()) {
        return Err(fault(node, "expected a mode, or a table of mode and unit"));
    }
    let mode = node.get("mode").map(mode).transpose()?.unwrap_or_default();
    let Some(unit) = node.get("unit") else { return Ok(mode.into()) };
    let written = crate::figure::Written::parse(unit.text()).ok();
    written
        .and_then(|written| Rounding::new(mode, Some(written.value())).ok())
        .ok_or_else(|| fault(unit, "expected a unit greater than zero, such as 1000 or 0.1"))
}

fn mode(node: NodeRef<'_>) -> Result<Mode, Box<Fault>> {
    node.str()
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| fault(node, "expected \"nearest\", \"truncate\" or \"exact\""))
}

fn fault(node: NodeRef<'_>, message: &str) -> Box<Fault> {
    Box::new(
        Fault::new(FaultCode::Declaration, node.span(), format!("rounding: {message}"))
            .at(node.id())
            .help("write `rounding = \"exact\"`, or `rounding = { mode = \"nearest\", unit = 1000 }`"),
    )
}

/// Keys whose value says how other figures are to be read.
const DECLARATIONS: [&str; 4] = ["rounding", "units", "unit", "currency"];

/// Whether a node says how other figures are to be read, or stands beneath what does.
pub(crate) fn is_declaration(node: NodeRef<'_>) -> bool {
    let mut at = Some(node);
    while let Some(node) = at {
        if node.key().is_some_and(|key| DECLARATIONS.contains(&key)) {
            return true;
        }
        at = node.parent();
    }
    false
}
