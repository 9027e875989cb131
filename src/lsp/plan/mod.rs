//! What an editor is told of a plan: hints, hovers, definitions, renames, completions, outlines.
//!
//! Every function here is a question about a [`View`], answered in bytes of the plan's text. Nothing here knows a client, a
//! message or how editors count characters; nothing here reads a file or a clock. The text may be no TOML at the moment of
//! asking: answers then come from what could be read, and from the raw line.
//!
//! Cheap where it is asked often: [`hints`] costs what stands in the range that is asked about, and the parts of its totals.

mod allowances;
mod complete;
mod complete_values;
mod context;
mod cursor;
mod extents;
mod folds;
mod hints;
mod hover;
mod hover_figure;
mod lenses;
mod links;
mod places;
mod rename;
mod sums;
mod symbols;
#[cfg(test)]
mod tests;
mod words;

pub(super) use allowances::Settings;
pub(super) use complete::{Completion, CompletionKind, complete};
pub(super) use folds::{Fold, folds};
pub(super) use hints::{Hint, hints};
pub(super) use hover::hover;
pub(super) use lenses::{Lens, by_year, lenses};
pub(super) use places::{definition, references};
pub(super) use rename::{prepare_rename, rename};
pub(super) use symbols::{Symbol, SymbolKind, symbols, workspace_symbols};

use std::sync::Arc;

use crate::audit::Memory;
use crate::finding::Finding;
use crate::plan::Plan;
use crate::rules::Rules;
use crate::source::Span;

/// One plan as it is now, and what is known beside it.
#[derive(Clone)]
pub(super) struct View<'v> {
    /// The plan that is asked about.
    pub plan: &'v Plan,
    /// The findings on it.
    pub findings: Vec<&'v Finding>,
    /// What the rules found when they last ran, where that is remembered.
    pub memory: Option<&'v Memory>,
    /// The rules that audit it.
    pub rules: &'v Rules,
    /// All plans that are open or audited, the plan itself among them.
    pub plans: Vec<&'v Plan>,
    /// The configuration as it is written now; none where nothing is asked of it.
    pub settings: Option<Settings<'v>>,
    /// The day that rules take for today: year, month, day.
    pub today: Option<(i16, i8, i8)>,
}

/// A place in the text of a plan.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// The plan's name.
    pub file: Arc<str>,
    /// The bytes.
    pub span: Span,
}
