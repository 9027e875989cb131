//! What an audit finds that another did not.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::round::Candidate;
use crate::finding::{AllowanceCode, Finding, Fingerprint, Label, Report};

/// What was found before a fix.
pub(super) struct Before {
    by_fingerprint: HashMap<(Arc<str>, Arc<str>, Fingerprint), usize>,
    /// By words too: what stands in a list moves up when something before it is taken out, and its fingerprint with it.
    by_words: HashMap<(Arc<str>, Arc<str>, String), usize>,
    of_rule: HashMap<(Arc<str>, Arc<str>), usize>,
    /// Where each rule found something: the rule, and file and path.
    places: HashSet<(Arc<str>, String)>,
    errors: usize,
}

impl Before {
    pub(super) fn of(report: &Report) -> Self {
        let mut before = Self {
            by_fingerprint: HashMap::new(),
            by_words: HashMap::new(),
            of_rule: HashMap::new(),
            places: HashSet::new(),
            errors: report.errors.len(),
        };
        for finding in &report.findings {
            let (file, rule) = place(finding);
            *before.by_fingerprint.entry((file.clone(), rule.clone(), finding.fingerprint)).or_default() += 1;
            *before.by_words.entry((file.clone(), rule.clone(), finding.message.clone())).or_default() += 1;
            before.places.insert((Arc::clone(&rule), placed(&file, &finding.path)));
            *before.of_rule.entry((file, rule)).or_default() += 1;
        }
        before
    }

    /// The findings that were not there before. That an allowance is not needed any more is no harm that a fix does.
    pub(super) fn new_findings<'f>(&self, after: &'f Report) -> Vec<&'f Finding> {
        let mut known = self.by_fingerprint.clone();
        let mut words = self.by_words.clone();
        let mut take_words = |finding: &Finding| {
            let (file, rule) = place(finding);
            take(&mut words, &(file, rule, finding.message.clone()))
        };
        let mut open: Vec<&Finding> = Vec::new();
        for finding in &after.findings {
            let (file, rule) = place(finding);
            if take(&mut known, &(file, rule, finding.fingerprint)) {
                take_words(finding);
            } else {
                open.push(finding);
            }
        }
        open.retain(|finding| {
            !take_words(finding) && !self.gathers(finding) && *finding.rule != *AllowanceCode::Unused.id()
        });
        open
    }

    /// Whether a finding, no comparison of its own, only speaks of places at which its rule found something before: many shares that
    /// did not fit are now told as one, because their years are seen to be wrong.
    fn gathers(&self, finding: &Finding) -> bool {
        let is_known = |label: &Label| {
            let file = label.file.as_deref().unwrap_or(&finding.file);
            self.places.contains(&(Arc::clone(&finding.rule), placed(file, &label.path)))
        };
        finding.working.is_none() && !finding.labels.is_empty() && finding.labels.iter().all(is_known)
    }

    /// Nothing stands in the way of the audit that did not before.
    pub(super) fn holds_still(&self, after: &Report) -> Result<(), String> {
        match after.errors.last() {
            Some(error) if after.errors.len() > self.errors => {
                Err(format!("it would stop the audit: {}: {}", error.file, error.message))
            }
            _ => Ok(()),
        }
    }

    /// The findings of these fixes are gone.
    pub(super) fn has_lost(&self, after: &Report, fixes: &[Candidate]) -> Result<(), String> {
        let mut left: HashMap<(Arc<str>, Arc<str>), usize> = HashMap::new();
        for finding in &after.findings {
            *left.entry(place(finding)).or_default() += 1;
        }
        let mut mended: HashMap<(Arc<str>, Arc<str>), usize> = HashMap::new();
        for candidate in fixes {
            *mended.entry(place(&candidate.finding)).or_default() += 1;
        }
        for (rule, mended) in mended {
            let before = self.of_rule.get(&rule).copied().unwrap_or_default();
            if left.get(&rule).copied().unwrap_or_default() + mended > before {
                return Err("its own finding would still be there".to_owned());
            }
        }
        Ok(())
    }
}

fn placed(file: &str, path: &str) -> String {
    format!("{file}\n{path}")
}

/// Why a fix is refused that would bring this finding.
pub(super) fn brings(new: &Finding) -> String {
    let name = if new.name.is_empty() { String::new() } else { format!(" at {}", new.name) };
    format!("it would bring {}{name}: {}", new.rule, new.message)
}

fn place(finding: &Finding) -> (Arc<str>, Arc<str>) {
    (Arc::clone(&finding.file), Arc::clone(&finding.rule))
}

fn take<K: std::hash::Hash + Eq>(counts: &mut HashMap<K, usize>, key: &K) -> bool {
    match counts.get_mut(key) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    }
}
