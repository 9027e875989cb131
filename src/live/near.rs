//! Which findings are near to an edit: what a drafter looks for first is what the last save has done.
//!
//! It compares texts by their lines, and knows nothing of what a finding is about.

use std::collections::HashMap;
use std::sync::Arc;

use super::Known;
use crate::finding::Finding;
use crate::source::{Place, SourceText};

/// The first and the last line that were edited, from 1.
type Lines = (usize, usize);

/// Farther away than any line.
const FAR: usize = usize::MAX;

impl Known {
    /// Puts findings of this check in order by how near they are to what was edited since the one before: by lines from the first
    /// to the last edited one of a file, counted from the nearest place that a finding names. Those that name no file that was
    /// edited come last; what is equally near stays in its order.
    ///
    /// ```
    /// use crossfoot::Rules;
    /// use crossfoot::live::{Known, Live};
    ///
    /// let rule = "//! Small.\nfn check(plan) { for n in plan.all { expect(n <= plan.most, n, \"more\"); } }";
    /// let mut live = Live::new(Rules::empty().with_rule("house/small", rule));
    /// let mut know = |text: &str| {
    ///     live.set_text("plan.toml", text);
    ///     let checked = live.check();
    ///     Known::of(&live, &checked, None)
    /// };
    /// let before = know("all = [\n20,\n30,\n]\nmost = 50\n");
    /// let after = know("all = [\n20,\n30,\n]\nmost = 10\n");
    /// let mut new = before.difference(&after).new;
    /// after.nearest_first(&before, &mut new);
    /// assert_eq!([new[0].span.start.line, new[1].span.start.line], [3, 2]);
    /// ```
    pub fn nearest_first(&self, before: &Self, findings: &mut [Finding]) {
        let edited = self.edited(before);
        let far = |file: &Arc<str>, span: Place| {
            let (first, last) = *edited.get(file)?;
            let (start, end) = (span.start.line as usize, span.end.line as usize);
            Some(first.saturating_sub(end).max(start.saturating_sub(last)))
        };
        findings.sort_by_cached_key(|finding| {
            let own = far(&finding.file, finding.span).unwrap_or(FAR);
            let labels = finding.labels.iter();
            let labels = labels.filter_map(|label| far(label.file.as_ref().unwrap_or(&finding.file), label.span));
            (labels.min().unwrap_or(FAR).min(own), own)
        });
    }

    /// What was edited of each plan; of one that was not there, or could not be read, all of it.
    fn edited(&self, before: &Self) -> HashMap<&Arc<str>, Lines> {
        let edited = |name: &Arc<str>, text: Option<&Arc<SourceText>>| match (
            before.plans.get(name).and_then(Option::as_ref),
            text,
        ) {
            (Some(before), Some(text)) if before.text() == text.text() => None,
            (Some(before), Some(text)) => Some(edited_lines(before.text(), text.text())),
            _ => Some((1, FAR)),
        };
        self.plans.iter().filter_map(|(name, text)| Some((name, edited(name, text.as_ref())?))).collect()
    }
}

/// The lines of a text that are not those of the one before; of lines that were only taken out, the one after them.
fn edited_lines(before: &str, after: &str) -> Lines {
    let lines = after.lines().count();
    let start = before.lines().zip(after.lines()).take_while(|(a, b)| a == b).count();
    let most = before.lines().count().min(lines) - start;
    let end = before.lines().rev().zip(after.lines().rev()).take(most).take_while(|(a, b)| a == b).count();
    (start + 1, (lines - end).max(start + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_were_edited_lie_between_those_that_were_not() {
        let before = "a\nb\nc\nb\n";
        for (after, lines) in [
            ("a\nx\nc\nb\n", (2, 2)),
            ("a\nb\nc\nb\nd\n", (5, 5)),
            ("x\nb\nc\ny\n", (1, 4)),
            ("a\nb\nb\n", (3, 3)),
            ("a\nb\nc\nb\nc\nb\n", (5, 6)),
            ("", (1, 1)),
            ("a\nb\nc\nb", (5, 5)),
        ] {
            assert_eq!(edited_lines(before, after), lines, "{after:?}");
        }
        assert_eq!(edited_lines("", "a\nb\n"), (1, 2));
    }
}
