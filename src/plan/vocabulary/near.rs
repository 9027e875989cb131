//! "Did you mean": the nearest of some words, if it is near enough.
//!
//! Serves keys, verbs, rule ids and options alike; it must not know which.

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
