//! What is different between two reports: findings that are new, that have gone, that remain, and of those the ones that
//! say something else now.
//!
//! A finding is the same one when file, rule and fingerprint are: lines that have moved and figures that were written anew
//! make no difference by themselves. It knows nothing of how the reports came about.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Finding, Fingerprint, Report};

/// The difference between two lists of findings, each in the order of its own list. Whoever knows more than the lists says
/// what became of plans, and which findings have gone without being mended.
///
/// ```
/// use crossfoot::finding::Difference;
/// use crossfoot::{Auditor, Plan, Rules};
///
/// let rules = Rules::standard();
/// let audit = |text: &str| Auditor::new(&rules).audit(&Plan::parse("plan.toml", text));
/// let before = audit("[[splits]]\nid = 's'\nparts = [{ share = 84 }, { share = 19 }]\n");
/// let after = audit("[[splits]]\nid = 's'\nparts = [{ share = 84 }, { share = 18 }]\n");
///
/// let difference = Difference::between(&before, &after);
/// assert!(difference.new.is_empty() && difference.fixed.is_empty());
/// assert_eq!((difference.remaining.len(), difference.changed.len()), (1, 1));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Found now, and not before.
    pub new: Vec<Finding>,
    /// Found before, and not any more: as they were.
    pub fixed: Vec<Finding>,
    /// Found before and not any more, though nothing was mended.
    pub gone: Vec<Departed>,
    /// Found before and now: as they are now.
    pub remaining: Vec<Finding>,
    /// Of those that remain, the ones whose severity, message or working is another.
    pub changed: Vec<Changed>,
    /// Plans that are there under another name.
    pub renamed: Vec<Renamed>,
    /// Plans that are not there any more.
    pub gone_plans: Vec<Arc<str>>,
    /// Files that stood in the way and do not any more.
    pub mended: Vec<Arc<str>>,
}

/// A finding that has gone, though nothing was mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departed {
    /// As it was.
    pub finding: Finding,
    /// Why it has gone.
    pub why: Why,
}

/// Why a finding has gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Its plan is not there any more.
    PlanGone,
    /// What it compared is not compared any more.
    NotChecked,
    /// It is there, and does not count: an allowance or the baseline says so.
    Suppressed,
}

impl Why {
    /// In words.
    ///
    /// ```
    /// assert_eq!(crossfoot::finding::Why::NotChecked.words(), "no longer checked");
    /// ```
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::PlanGone => "plan gone",
            Self::NotChecked => "no longer checked",
            Self::Suppressed => "does not count",
        }
    }
}

/// A plan that is there under another name, with the same text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// As it was called.
    pub from: Arc<str>,
    /// As it is called.
    pub to: Arc<str>,
}

/// A finding that remains and says something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// As it was.
    pub before: Finding,
    /// As it is.
    pub after: Finding,
}

/// What makes a finding the same one.
type Key<'f> = (&'f str, &'f str, Fingerprint);

fn key(finding: &Finding) -> Key<'_> {
    (&finding.file, &finding.rule, finding.fingerprint)
}

impl Difference {
    /// The difference between two reports. What is allowed or in a baseline counts as not found.
    #[must_use]
    pub fn between(before: &Report, after: &Report) -> Self {
        Self::of(&before.findings, &after.findings)
    }

    /// The difference between two lists of findings.
    #[must_use]
    pub fn of(before: &[Finding], after: &[Finding]) -> Self {
        Self::over_names(before, after, Vec::new())
    }

    /// The same where some plans have another name: findings of theirs remain.
    ///
    /// ```
    /// use crossfoot::finding::{Difference, Renamed};
    /// use crossfoot::{Auditor, Plan, Rules};
    ///
    /// let rules = Rules::standard();
    /// let audit = |name: &str| {
    ///     let text = "[[splits]]\nid = 's'\nparts = [{ share = 84 }, { share = 19 }]\n";
    ///     Auditor::new(&rules).audit(&Plan::parse(name, text)).findings
    /// };
    /// let renamed = vec![Renamed { from: "a.toml".into(), to: "b.toml".into() }];
    /// let difference = Difference::over_names(&audit("a.toml"), &audit("b.toml"), renamed);
    /// assert_eq!((difference.new.len(), difference.fixed.len(), difference.remaining.len()), (0, 0, 1));
    /// ```
    #[must_use]
    pub fn over_names(before: &[Finding], after: &[Finding], renamed: Vec<Renamed>) -> Self {
        let names: HashMap<&str, &str> = renamed.iter().map(|renamed| (&*renamed.from, &*renamed.to)).collect();
        let mut open: HashMap<Key<'_>, Vec<usize>> = HashMap::new();
        for (at, finding) in before.iter().enumerate().rev() {
            let (file, rule, fingerprint) = key(finding);
            let file = names.get(file).copied().unwrap_or(file);
            open.entry((file, rule, fingerprint)).or_default().push(at);
        }
        let mut difference = Self::default();
        for finding in after {
            match open.get_mut(&key(finding)).and_then(Vec::pop) {
                None => difference.new.push(finding.clone()),
                Some(at) => {
                    if says_something_else(&before[at], finding) {
                        difference.changed.push(Changed { before: before[at].clone(), after: finding.clone() });
                    }
                    difference.remaining.push(finding.clone());
                }
            }
        }
        let mut gone: Vec<usize> = open.into_values().flatten().collect();
        gone.sort_unstable();
        difference.fixed = gone.into_iter().map(|at| before[at].clone()).collect();
        difference.renamed = renamed;
        difference
    }

    /// Sets apart, of what counts as fixed, the findings that have gone for another reason.
    #[must_use]
    pub fn set_apart(self, why: impl Fn(&Finding) -> Option<Why>) -> Self {
        let (mut fixed, mut gone) = (Vec::new(), self.gone);
        for finding in self.fixed {
            match why(&finding) {
                Some(why) => gone.push(Departed { finding, why }),
                None => fixed.push(finding),
            }
        }
        Self { fixed, gone, ..self }
    }

    /// Whether nothing is different.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let findings = self.new.is_empty() && self.fixed.is_empty() && self.gone.is_empty() && self.changed.is_empty();
        findings && self.renamed.is_empty() && self.gone_plans.is_empty() && self.mended.is_empty()
    }
}

fn says_something_else(before: &Finding, after: &Finding) -> bool {
    (before.severity, &before.message, &before.working) != (after.severity, &after.message, &after.working)
}

#[cfg(test)]
mod tests {
    use std::slice;

    use super::*;
    use crate::finding::Severity;
    use crate::source::Place;

    fn finding(file: &str, rule: &str, name: &str, message: &str) -> Finding {
        Finding {
            rule: Arc::from(rule),
            severity: Severity::Error,
            file: Arc::from(file),
            message: message.to_owned(),
            said: None,
            path: name.to_owned(),
            name: name.to_owned(),
            span: Place::default(),
            labels: Vec::new(),
            working: None,
            help: None,
            help_said: None,
            fixes: Vec::new(),
            fingerprint: Fingerprint::of(&[rule, name]),
        }
    }

    #[test]
    fn a_finding_is_known_again_by_file_rule_and_fingerprint() {
        let known = finding("a.toml", "totals/outputs", "x", "1 too many");
        let moved = Finding { span: Place::default(), path: "other".into(), ..known.clone() };
        assert!(Difference::of(slice::from_ref(&known), &[moved]).is_empty());
        for other in [finding("b.toml", "totals/outputs", "x", "1"), finding("a.toml", "shares/sum", "x", "1")] {
            let difference = Difference::of(slice::from_ref(&known), slice::from_ref(&other));
            assert_eq!((difference.new, difference.fixed), (vec![other], vec![known.clone()]));
        }
    }

    #[test]
    fn equal_ones_are_counted() {
        let twice = [finding("a", "r", "x", "m"), finding("a", "r", "x", "m")];
        let once = &twice[..1];
        assert_eq!(Difference::of(&twice, once).fixed.len(), 1);
        let grown = Difference::of(once, &twice);
        assert_eq!((grown.new.len(), grown.remaining.len()), (1, 1));
    }

    #[test]
    fn what_remains_and_says_something_else_is_told() {
        let (before, after) = (finding("a", "r", "x", "1 too many"), finding("a", "r", "x", "2 too many"));
        let difference = Difference::of(slice::from_ref(&before), slice::from_ref(&after));
        assert_eq!(difference.changed, [Changed { before, after: after.clone() }]);
        assert_eq!(difference.remaining, [after]);
    }
}
