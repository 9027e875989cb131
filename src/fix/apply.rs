//! Edits to a text: sorted, held against one another, and made from the end.

use super::round::Candidate;
use crate::finding::Edit;
use crate::plan::Plan;

/// Edits that cannot be made together, or not in this text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// Two of them change the same bytes, or insert at the same place.
    Overlap {
        /// Where the second of the two begins, in bytes.
        offset: u32,
    },
    /// The text has no such place.
    Outside {
        /// Where the edit begins, in bytes.
        offset: u32,
    },
}

impl std::fmt::Display for Unfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Overlap { offset } => write!(f, "two edits overlap at byte {offset}"),
            Self::Outside { offset } => write!(f, "the text has no place for an edit at byte {offset}"),
        }
    }
}

impl std::error::Error for Unfit {}

/// A text after some edits; what they do not speak of is as it was, byte for byte. The same edit given twice is made once.
///
/// # Errors
/// When two edits overlap, or one is of a place that the text does not have.
///
/// ```
/// use crossfoot::finding::Edit;
/// use crossfoot::fix::{Unfit, apply};
/// use crossfoot::source::{SourceText, Span};
///
/// let text = SourceText::new("plan.toml", "a = 1 # one\r\n");
/// let edit = |start, end, with: &str| Edit { span: text.place(Span::new(start, end)), text: with.to_owned() };
/// assert_eq!(apply(text.text(), &[edit(4, 5, "2"), edit(0, 1, "b")]), Ok("b = 2 # one\r\n".to_owned()));
/// assert_eq!(apply(text.text(), &[edit(0, 5, "2"), edit(4, 5, "b")]), Err(Unfit::Overlap { offset: 4 }));
/// ```
pub fn apply(text: &str, edits: &[Edit]) -> Result<String, Unfit> {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| (edit.span.span(), &edit.text));
    edits.dedup_by(|a, b| a.span == b.span && a.text == b.text);
    let mut out = String::with_capacity(text.len() + 64);
    let mut at = 0;
    let mut last = None;
    for edit in edits {
        let span = edit.span.span();
        let offset = span.start;
        if (span.start as usize) < at || last == Some(span) {
            return Err(Unfit::Overlap { offset });
        }
        let kept = text.get(at..span.start as usize).filter(|_| text.get(span.range()).is_some());
        out.push_str(kept.ok_or(Unfit::Outside { offset })?);
        out.push_str(&edit.text);
        at = span.end as usize;
        last = Some(span);
    }
    out.push_str(&text[at..]);
    Ok(out)
}

/// The plans after some fixes.
pub(super) fn to_plans(plans: &[Plan], fixes: &[Candidate]) -> Result<Vec<Plan>, String> {
    let one = |plan: &Plan| {
        let of_plan = fixes.iter().filter(|candidate| *candidate.finding.file == *plan.name());
        let edits: Vec<Edit> = of_plan.flat_map(|candidate| candidate.fix.edits.iter().cloned()).collect();
        if edits.is_empty() {
            return Ok(plan.clone());
        }
        apply(plan.source().text(), &edits).map(|text| plan.with_text(&text)).map_err(|unfit| unfit.to_string())
    };
    plans.iter().map(one).collect()
}
