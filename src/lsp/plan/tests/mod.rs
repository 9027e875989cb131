//! What an editor is told, tested with a mark for the cursor in a small text.

mod everywhere;
mod hovers;
mod names;
mod show;
mod writing;

use super::View;
use crate::plan::Plan;
use crate::rules::Rules;
use crate::source::Span;

/// The ITU plan of this repository.
fn itu() -> Plan {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/plans/itu-2020-2023.toml");
    Plan::parse("itu.toml", &std::fs::read_to_string(path).unwrap())
}

/// A view of one plan alone, without findings.
fn view<'v>(plan: &'v Plan, rules: &'v Rules) -> View<'v> {
    View { plan, findings: Vec::new(), rules, memory: None, plans: vec![plan], settings: None, today: None }
}

/// A plan from a text without the mark `|`, and where it stood.
fn marked(text: &str) -> (Plan, u32) {
    let at = text.find('|').unwrap();
    (Plan::parse("p", &text.replacen('|', "", 1)), u32::try_from(at).unwrap())
}

/// The whole of a plan's text.
fn all(plan: &Plan) -> Span {
    Span::new(0, u32::try_from(plan.source().text().len()).unwrap())
}
