//! Which fixes of one audit can be made together: from the parts upward, and none against another.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::outcome::{Applied, Refused};
use crate::finding::{Edit, Finding, Fix};

/// A fix that may be applied, with its finding.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) finding: Finding,
    pub(super) fix: Fix,
    pub(super) told: Applied,
}

impl Candidate {
    /// What it changes, and in which file.
    pub(super) fn edits(&self) -> (Arc<str>, Vec<Edit>) {
        (Arc::clone(&self.finding.file), self.fix.edits.clone())
    }
}

/// The fixes of one round.
#[derive(Debug, Default)]
pub(super) struct Round {
    /// Those that are made now.
    pub(super) now: Vec<Candidate>,
    /// Those that are not made, and why. What waits for others is not among them.
    pub(super) refused: Vec<Refused>,
    /// Whether some of this round let rules see more than before.
    pub(super) reveals: bool,
}

/// What stands in the way of a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Bar {
    /// Another changes the same bytes in another way.
    Contradicts(usize),
    /// Another goes first.
    Waits,
}

impl Round {
    /// Sorts candidates into those that go together, those that contradict each other, and those that wait: a figure that
    /// is computed from one that another fix sets waits until that is done.
    pub(super) fn of(candidates: Vec<Candidate>) -> Self {
        let mut bars: Vec<Option<Bar>> = vec![None; candidates.len()];
        let edits = sorted_edits(&candidates);
        overlaps(&edits, &mut bars);
        let free: BTreeMap<(&str, u32), (u32, usize)> = edits
            .iter()
            .filter(|(at, _)| bars[*at].is_none())
            .map(|(at, edit)| {
                let span = edit.span.span();
                ((&*candidates[*at].finding.file, span.start), (span.end, *at))
            })
            .collect();
        let waits: Vec<bool> = candidates
            .iter()
            .enumerate()
            .map(|(at, candidate)| is_made_of(candidate, at, &candidates, &free))
            .collect();
        let free_and_waiting = bars.iter().zip(&waits).filter(|(bar, waits)| bar.is_none() && **waits).count();
        let free_count = bars.iter().filter(|bar| bar.is_none()).count();
        // Each is made of another: there is no first.
        let in_circle = free_and_waiting > 0 && free_and_waiting == free_count;
        let mut round = Self::default();
        for (at, candidate) in candidates.iter().enumerate() {
            match &bars[at] {
                Some(Bar::Contradicts(other)) => {
                    round.refused.push(candidate.refused(contradiction(&candidates[*other])));
                }
                Some(Bar::Waits) => {}
                None if waits[at] && in_circle => {
                    round
                        .refused
                        .push(candidate.refused("it and another fix are each made of what the other would set"));
                }
                None if waits[at] => {}
                None => round.now.push(candidate.clone()),
            }
        }
        round
    }

    /// Only those candidates that let rules see more, where there are any: what they reveal is judged after.
    pub(super) fn revealing_first(mut self, reveals: impl Fn(&Candidate) -> bool) -> Self {
        if self.now.iter().any(&reveals) {
            self.now.retain(reveals);
            self.reveals = true;
        }
        self
    }
}

fn contradiction(other: &Candidate) -> String {
    let name = &other.finding.name;
    let place = if name.is_empty() { String::new() } else { format!(" at {name}") };
    format!("it contradicts {}{place}, which would {}", other.finding.rule, other.fix.title)
}

/// Every edit with the number of its candidate, by file and place.
fn sorted_edits(candidates: &[Candidate]) -> Vec<(usize, &Edit)> {
    let all = candidates.iter().enumerate();
    let mut edits: Vec<(usize, &Edit)> =
        all.flat_map(|(at, c)| c.fix.edits.iter().map(move |edit| (at, edit))).collect();
    edits.sort_by_key(|(at, edit)| (&candidates[*at].finding.file, edit.span.span(), *at));
    edits
}

/// Finds edits that overlap without being the same. Of insertions at one place the first goes and the others wait.
fn overlaps(edits: &[(usize, &Edit)], bars: &mut [Option<Bar>]) {
    for (first, (a, edit)) in edits.iter().enumerate() {
        let span = edit.span.span();
        for (b, other) in &edits[first + 1..] {
            let with = other.span.span();
            let same_place = with.start == span.start;
            if with.start >= span.end && !same_place || with.start < span.start {
                break;
            }
            if a == b || (*edit == *other) {
                continue;
            }
            // What is taken out of one list takes a comma with it, which two of them may share.
            let both_go = edit.text.is_empty() && other.text.is_empty() && span != with;
            if (span.is_empty() && same_place) || both_go {
                bars[*b].get_or_insert(Bar::Waits);
            } else {
                bars[*a] = Some(Bar::Contradicts(*b));
                bars[*b] = Some(Bar::Contradicts(*a));
            }
        }
    }
}

/// Whether a figure that a finding was computed from is one that another candidate sets.
fn is_made_of(
    candidate: &Candidate,
    own: usize,
    candidates: &[Candidate],
    free: &BTreeMap<(&str, u32), (u32, usize)>,
) -> bool {
    let labels = candidate.finding.labels.iter().map(|label| (&label.file, label.span));
    let told = candidate.fix.made_of.iter().map(|figure| (&figure.file, figure.span));
    labels.chain(told).any(|(file, span)| {
        let file = file.as_deref().unwrap_or(&candidate.finding.file);
        let span = span.span();
        let found = free.range((file, span.start)..(file, span.end.max(span.start + 1))).next();
        found.is_some_and(|(_, (_, at))| *at != own && candidates[*at].fix.edits != candidate.fix.edits)
    })
}
