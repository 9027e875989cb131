//! Which ids a rule of the user's own may have.

use std::fmt;

use crate::rules::{is_standard, reserved};
use crate::script::LIB;

/// An id that a rule cannot have, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadId {
    /// The id as given.
    pub id: String,
    /// What is wrong with it.
    pub reason: String,
}

impl fmt::Display for BadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` cannot be the id of a rule: {}", self.id, self.reason)
    }
}

impl std::error::Error for BadId {}

/// Whether a rule of the user's own may have this id: a path of lower-case names such as `house/largest-share`, in a folder,
/// and neither the id of a standard rule nor one of what is found without rules.
///
/// # Errors
/// What is wrong with it.
///
/// ```
/// use crossfoot::scaffold::check_id;
/// assert!(check_id("house/largest-share").is_ok());
/// assert!(check_id("totals/outputs").unwrap_err().reason.contains("standard rule"));
/// ```
pub fn check_id(id: &str) -> Result<(), BadId> {
    check(id, id)
}

/// The same for a rule that stands at a path of its folder or pack.
pub(super) fn check(id: &str, path: &str) -> Result<(), BadId> {
    let bad = |reason: &str| Err(BadId { id: id.to_owned(), reason: reason.to_owned() });
    let parts: Vec<&str> = id.split('/').collect();
    if id.ends_with(".rhai") {
        return bad("it is given without the ending .rhai");
    }
    if !parts.iter().all(|part| is_name(part)) {
        return bad("each part is a name of the letters a to z, digits and hyphens, and begins with a letter");
    }
    let [folders @ .., _] = parts.as_slice() else { return bad("it is empty") };
    if folders.is_empty() {
        return bad("it stands in a folder");
    }
    if path.split_once('/').is_some_and(|(first, _)| first == LIB) {
        return bad("the folder lib at the root holds code that rules share, and no rules");
    }
    match reserved(id) {
        Some(whose) => bad(whose),
        None if is_standard(id) => bad("a standard rule has it"),
        None => Ok(()),
    }
}

/// Whether a word leads to a rule of a folder and nowhere out of it; a rule that is there may have any name.
pub(super) fn check_path(id: &str) -> Result<(), BadId> {
    let leads_out = |part: &str| part.is_empty() || part == "." || part == ".." || part.contains('\\');
    if id.split('/').any(leads_out) {
        return Err(BadId {
            id: id.to_owned(),
            reason: "it is the path of a rule below the folder of rules".to_owned(),
        });
    }
    Ok(())
}

/// Whether a word can name a rule, a folder of rules or a case.
pub(super) fn is_name(word: &str) -> bool {
    let plain = word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    plain && word.starts_with(|c: char| c.is_ascii_lowercase()) && !word.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_would_not_work_are_refused() {
        for id in
            ["", "/", "a", "house/", "/a", "house//a", "House/a", "house/a b", "house/1a", "../a", "a/..", "house/ä"]
        {
            assert!(check_id(id).is_err(), "{id}");
        }
        for (id, why) in
            [("house/a.rhai", ".rhai"), ("lib/a", "share"), ("totals/years", "standard"), ("plan/empty", "loader")]
        {
            assert!(check_id(id).unwrap_err().reason.contains(why), "{id}");
        }
        for id in ["house/a", "house/sub/a-2b", "house/lib", "house/lib/a", "totals/ours"] {
            assert_eq!(check_id(id), Ok(()), "{id}");
        }
    }
}
