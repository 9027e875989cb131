//! "Did you mean": the nearest of some words, if it is near enough.
//!
//! Serves keys, verbs, rule ids and options alike; it must not know which.

use std::sync::OnceLock;

use super::keys::{Key, ROOT, Shape};

/// The candidate that `word` is most likely a slip of, if any is near: another case, or an edit distance (Damerau and
/// Levenshtein, transpositions count once) of one for words of up to five characters and of two beyond.
///
/// ```
/// use crossfoot::plan::vocabulary::near;
/// assert_eq!(near("objektives", ["objectives", "risks"]), Some("objectives"));
/// assert_eq!(near("budget", ["objectives", "risks"]), None);
/// ```
pub fn near<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let lower = word.to_lowercase();
    let most = if word.chars().count() <= 5 { 1 } else { 2 };
    let common = |candidate: &str| candidate.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
    candidates
        .into_iter()
        .filter(|candidate| *candidate != word)
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= most && *distance < candidate.chars().count().max(2) - 1)
        // Of two that are as near, the one that begins alike: slips are rarer at the start of a word.
        .min_by_key(|(distance, candidate)| (*distance, std::cmp::Reverse(common(candidate))))
        .map(|(_, candidate)| candidate)
}

/// The standard key that a word is one slip away from (a letter wrong, missing, too many, or two exchanged), unless it is a
/// standard key itself.
///
/// ```
/// use crossfoot::plan::vocabulary::slip_of;
/// assert_eq!(slip_of("objectivs"), Some("objectives"));
/// assert_eq!(slip_of("objectives"), None);
/// assert_eq!(slip_of("sponsors"), None);
/// ```
#[must_use]
pub fn slip_of(word: &str) -> Option<&'static str> {
    let keys = standard_keys();
    if keys.contains(&word) {
        return None;
    }
    keys.iter().copied().find(|key| key.len() >= 4 && strsim::damerau_levenshtein(word, key) == 1)
}

/// Every standard key, at whatever depth.
fn standard_keys() -> &'static [&'static str] {
    static KEYS: OnceLock<Vec<&'static str>> = OnceLock::new();
    fn collect(keys: &'static [Key], found: &mut Vec<&'static str>) {
        for key in keys {
            found.push(key.name);
            if let Shape::Table(below) | Shape::Tables(below) = key.shape {
                collect(below, found);
            }
        }
    }
    KEYS.get_or_init(|| {
        let mut found = vec!["all_years"];
        collect(ROOT, &mut found);
        found.sort_unstable();
        found.dedup();
        found
    })
}
