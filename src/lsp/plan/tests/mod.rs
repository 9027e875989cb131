//! What an editor is told, tested with a mark for the cursor in a small text.

mod show;

use super::View;
use crate::source::Span;
use crate::{Plan, Rules};

/// The ITU plan of this repository.
fn itu() -> Plan {
    Plan::load(concat!(env!("CARGO_MANIFEST_DIR"), "/plans/itu-2020-2023.toml")).unwrap()
}

/// A view of one plan alone, without findings.
fn view<'v>(plan: &'v Plan, rules: &'v Rules) -> View<'v> {
    View { plan, findings: Vec::new(), rules, plans: vec![plan], today: None }
}

/// The whole of a plan's text.
fn all(plan: &Plan) -> Span {
    Span::new(0, u32::try_from(plan.source().text().len()).unwrap())
}
