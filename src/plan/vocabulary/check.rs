//! Holds a plan against the vocabulary: wrong types, missing required keys, slips of standard keys.
//!
//! It looks at shapes only; whether figures agree is for rules.

use super::keys::{Key, ROOT, Shape};
use super::near::near;
use crate::figure::Written;
use crate::plan::fault::{Fault, FaultCode};
use crate::plan::tree::Kind;
use crate::plan::{NodeRef, Plan, PlanPath};
use crate::words::Said;

pub(in crate::plan) fn check(plan: &Plan, faults: &mut Vec<Fault>) {
    Checker { faults }.table(plan.root(), ROOT);
}

struct Checker<'f> {
    faults: &'f mut Vec<Fault>,
}

impl Checker<'_> {
    fn table(&mut self, table: NodeRef<'_>, keys: &'static [Key]) {
        let mut seen = 0_u32;
        for child in table.children() {
            let Some(name) = child.key() else { continue };
            if let Some(at) = keys.iter().position(|key| key.name == name) {
                seen |= 1 << at;
                self.value(child, &keys[at]);
            } else if let Some(meant) = near(name, keys.iter().map(|key| key.name)) {
                // What is misspelt is not missing as well.
                seen |= keys.iter().position(|key| key.name == meant).map_or(0, |at| 1 << at);
                self.slip(child, name, meant);
            }
        }
        for (at, key) in keys.iter().enumerate() {
            if key.required && seen & (1 << at) == 0 {
                self.missing(table, key);
            }
        }
    }

    fn value(&mut self, node: NodeRef<'_>, key: &'static Key) {
        match key.shape {
            Shape::Text => self.expect(node, key, node.kind() == Kind::Text, "a text"),
            Shape::Number | Shape::Share => self.expect(node, key, node.kind().is_number(), "a number"),
            Shape::Id => self.expect(node, key, is_id(node), "a text or an integer"),
            Shape::Texts => self.elements(node, key, |n| n.kind() == Kind::Text, "an array of texts"),
            Shape::Ids => self.elements(node, key, is_id, "an array of ids"),
            Shape::Years => self.elements(node, key, |n| n.kind() == Kind::Integer, "an array of years"),
            Shape::Numbers => self.elements(node, key, |n| n.kind().is_number(), "an array of numbers"),
            Shape::ByYear => self.by_year(node, key),
            Shape::Rounding => {} // read, with its faults, where declarations are read
            Shape::Units => self.expect(node, key, node.kind() == Kind::Table, "a table"),
            Shape::Sides => self.sides(node, key),
            Shape::Table(keys) => {
                self.expect(node, key, node.kind() == Kind::Table, "a table");
                if node.kind() == Kind::Table {
                    self.table(node, keys);
                }
            }
            Shape::Tables(keys) => {
                self.elements(node, key, |n| n.kind() == Kind::Table, "an array of tables");
                for child in node.children().filter(|child| node.kind() == Kind::Array && child.kind() == Kind::Table) {
                    self.table(child, keys);
                }
            }
        }
    }

    fn by_year(&mut self, node: NodeRef<'_>, key: &'static Key) {
        self.expect(node, key, node.kind() == Kind::Table, "a table from years to amounts, such as { 2026 = 1_000 }");
        if node.kind() != Kind::Table {
            return;
        }
        for child in node.children() {
            let name = child.key().unwrap_or_default();
            let is_year = is_year(name);
            if is_year || name == "all_years" {
                if !child.kind().is_number() {
                    self.wrong(child, of_key(&format!("{}.{name}", key.name)), "a number");
                }
            } else if let Some(meant) = near(name, ["all_years"]) {
                self.slip(child, name, meant);
            } else if name.bytes().any(|b| b.is_ascii_digit()) {
                let message = Said::of("`{name}` is no year: expected four digits, or `all_years`").text("name", name);
                self.faults.push(Fault::new(FaultCode::UnknownKey, child.key_span(), message).at(child.id()));
            }
        }
    }

    fn sides(&mut self, node: NodeRef<'_>, key: &'static Key) {
        self.elements(node, key, is_side, "an array of paths, or of arrays of paths");
        for id in node.plan().flatten(&[node.id()]) {
            let path = node.plan().node(id);
            let Some(Err(fault)) = path.str().map(|text| text.parse::<PlanPath>()) else { continue };
            let message = Said::of("this is no path: {fault}").text("fault", fault.to_string());
            self.faults.push(
                Fault::new(FaultCode::WrongType, path.span(), message)
                    .at(id)
                    .help("write a path such as `objectives[I.1].total.2026`"),
            );
        }
    }

    fn elements(
        &mut self,
        node: NodeRef<'_>,
        key: &'static Key,
        fits: fn(NodeRef<'_>) -> bool,
        expected: &'static str,
    ) {
        if node.kind() != Kind::Array {
            return self.wrong(node, of_key(key.name), expected);
        }
        for child in node.children().filter(|child| !fits(*child)) {
            self.wrong(child, Said::of("this element of `{key}`").text("key", key.name), element(key.shape));
        }
    }

    fn expect(&mut self, node: NodeRef<'_>, key: &'static Key, fits: bool, expected: &'static str) {
        if !fits {
            self.wrong(node, of_key(key.name), expected);
        }
    }

    fn wrong(&mut self, node: NodeRef<'_>, what: Said, expected: &'static str) {
        let message = Said::of("{what} is {found}: expected {expected}")
            .with("what", what)
            .with("found", Said::of(node.kind().with_article()))
            .with("expected", Said::of(expected));
        let mut fault = Fault::new(FaultCode::WrongType, node.span(), message).at(node.id());
        let inside = node.str().map(|text| text.trim().trim_end_matches(['%', ' ']).to_owned());
        if let Some(number) = inside.filter(|text| expected.contains("number") && Written::parse(text).is_ok()) {
            fault = fault.help(Said::of("write {number} without quotation marks").text("number", number));
        }
        self.faults.push(fault);
    }

    fn missing(&mut self, table: NodeRef<'_>, key: &'static Key) {
        let place = table.path();
        let message = Said::of("`{place}` has no `{key}`").text("place", place).text("key", key.name);
        let help = Said::of("add `{key} = ...`: {about}").text("key", key.name).text("about", lower_first(key.about));
        self.faults.push(Fault::new(FaultCode::MissingKey, table.span(), message).at(table.id()).help(help));
    }

    fn slip(&mut self, node: NodeRef<'_>, name: &str, meant: &str) {
        let message = Said::of("unknown key `{name}`: did you mean `{meant}`?").text("name", name).text("meant", meant);
        let help = Said::of("write `{meant}`; a key of your own wants a name that is less like a standard one");
        self.faults.push(
            Fault::new(FaultCode::UnknownKey, node.key_span(), message)
                .at(node.id())
                .meant(meant)
                .help(help.text("meant", meant)),
        );
    }
}

/// A key, as messages name it.
fn of_key(key: &str) -> Said {
    Said::of("`{key}`").text("key", key)
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

fn is_id(node: NodeRef<'_>) -> bool {
    matches!(node.kind(), Kind::Text | Kind::Integer)
}

fn is_side(node: NodeRef<'_>) -> bool {
    match node.kind() {
        Kind::Text => true,
        Kind::Array => node.children().all(|child| child.kind() == Kind::Text),
        _ => false,
    }
}

/// What one element of an array must be.
fn element(shape: Shape) -> &'static str {
    match shape {
        Shape::Texts => "a text",
        Shape::Ids => "an id: a text or an integer",
        Shape::Years => "a year such as 2026",
        Shape::Numbers => "a number",
        Shape::Sides => "a path, or an array of paths",
        _ => "a table",
    }
}

/// Whether a key is a year: four digits.
pub(crate) fn is_year(key: &str) -> bool {
    key.len() == 4 && key.bytes().all(|b| b.is_ascii_digit())
}
