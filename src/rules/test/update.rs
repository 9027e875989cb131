//! Rewrites the marks of a case, and the line that says how its checks end, so that they say what was found.
//!
//! Everything else stays byte for byte: line ends, spaces, comments, and marks that a finding answers. It makes texts; it
//! writes no file.

use std::sync::Arc;

use super::lines::Lines;
use super::run::run_case;
use super::{CaseTest, CaseVerdict, Expectation, RuleTest, TestRun, Tester};
use crate::rules::{Case, CheckCounts, Origin, Rule};
use crate::script::on_large_stack;

/// A case with the text that says what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// Its file.
    pub file: Arc<str>,
    /// What it holds.
    pub before: String,
    /// What it would hold.
    pub after: String,
}

/// A case that cannot be made to say what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotUpdated {
    /// Its file.
    pub file: Arc<str>,
    /// Why not, and what to do.
    pub reason: String,
}

/// Longest part of a message that a mark takes, in characters.
const LONGEST: usize = 160;

/// How often a text is rewritten until it says what is found: a line added on top moves findings about the whole plan.
const ROUNDS: usize = 3;

impl Tester<'_> {
    /// For each case of a run that did not come out as it says, the text that says what was found.
    ///
    /// Each text was tried: with it the case comes out as it says. The run is one of this tester.
    ///
    /// ```
    /// use crossfoot::Rules;
    /// use crossfoot::rules::test::Tester;
    ///
    /// let rules = Rules::empty()
    ///     .with_rule("house/most", "fn check(plan) { expect_range(plan.share, 0, 50); }")
    ///     .with_case("house/most", "fail-more.toml", "share = 51\n");
    /// let tester = Tester::new(&rules);
    /// let (updates, refused) = tester.updates(&tester.run());
    /// assert_eq!(updates[0].after, "share = 51  #~ error: share is 51: expected 0 to 50\n");
    /// assert!(refused.is_empty());
    /// ```
    #[must_use]
    pub fn updates(&self, run: &TestRun) -> (Vec<Update>, Vec<NotUpdated>) {
        let (mut updates, mut refused) = (Vec::new(), Vec::new());
        for (tested, case) in run.cases().filter(|(_, case)| !case.is_as_expected()) {
            let updated = match self.find(tested, case) {
                Ok((rule, read)) => self.update(rule, read, case).map(|after| (read, after)),
                Err(reason) => Err(reason),
            };
            match updated {
                Ok((read, after)) => {
                    updates.push(Update { file: Arc::clone(&case.file), before: read.text().to_owned(), after })
                }
                Err(reason) => refused.push(NotUpdated { file: Arc::clone(&case.file), reason }),
            }
        }
        (updates, refused)
    }

    /// The rule and the case that were run. Of several folders, shared code may have the same id: the file tells.
    fn find(&self, tested: &RuleTest, case: &CaseTest) -> Result<(&Rule, &Case), String> {
        let mut all = self.rules.iter().chain(self.rules.helpers());
        let rule = all
            .find(|rule| *rule.id() == tested.rule && *rule.source().name() == *tested.file)
            .ok_or_else(|| format!("the rule {} is not among those that are tested here", tested.rule))?;
        let read = rule.cases().iter().find(|read| *read.name() == *case.file);
        Ok((rule, read.ok_or_else(|| format!("the rule {} has no such case", tested.rule))?))
    }

    fn update(&self, rule: &Rule, case: &Case, tested: &CaseTest) -> Result<String, String> {
        if *rule.origin() == Origin::Standard {
            return Err("it is built into crossfoot: copy the rule and its cases into a folder of your own".to_owned());
        }
        if let (false, Some(fault)) = (case.is_readable(), case.faults().first()) {
            return Err(fault.message.clone());
        }
        if *rule.origin() != Origin::Given && is_read_only(case.name()) {
            return Err("it is read-only: make it writable, or leave it as it is".to_owned());
        }
        let finds = tested.expectations.iter().any(|expectation| expectation.found.is_some());
        if case.stem().starts_with("pass") && finds {
            return Err("its name says that the rule finds nothing here, and it does: mend the rule or the case, or \
                        rename it to `fail-...`"
                .to_owned());
        }
        if tested.faults.is_empty() && tested.found == CheckCounts::default() {
            return Err(
                "the rule checks nothing at all here, so that the case would prove nothing: fill in the rule, or \
                        write `# checks: 0 passed, 0 failed, 0 not applicable` yourself"
                    .to_owned(),
            );
        }
        let (mut case, mut tested) = (case.clone(), tested.clone());
        for _ in 0..ROUNDS {
            case = case.with_text(&rewritten(&case, &tested));
            let again = || run_case(self.rules, None, rule, &case).0;
            tested = on_large_stack(again).map_err(|error| error.to_string())?;
            if tested.is_as_expected() {
                return Ok(case.text().to_owned());
            }
        }
        let fault = tested.faults.first().map(|fault| match fault.line {
            Some(line) => format!("line {line}: {}", fault.message),
            None => fault.message.clone(),
        });
        Err(fault.unwrap_or_else(|| "what is found cannot be marked".to_owned()))
    }
}

/// Whether a file is there that nobody may write. Replacing it would work all the same, where the folder can be written.
fn is_read_only(file: &str) -> bool {
    std::fs::metadata(file).is_ok_and(|found| found.permissions().readonly())
}

/// The text of a case with marks and counts that say what was found.
fn rewritten(case: &Case, tested: &CaseTest) -> String {
    let mut text = Lines::read(case, &kept(case, tested));
    if case.counts() != Some(tested.found) || !case.faults().is_empty() {
        text.put_counts(tested.found, tested.verdict() == CaseVerdict::NotApplicable);
    }
    for expectation in &tested.expectations {
        let (Some(found), true) = (&expectation.found, expectation.verdict != CaseVerdict::AsExpected) else {
            continue;
        };
        let message = match &expectation.marked {
            Some(marked) => marked.message.clone(),
            None => shortened(&found.message),
        };
        let severity = expectation.severity;
        let rest = if message.is_empty() { format!(" {severity}") } else { format!(" {severity}: {message}") };
        text.put_mark(found.line, rest);
    }
    text.write()
}

/// For each mark that a finding answers the line it stands on and the line it points to.
fn kept(case: &Case, tested: &CaseTest) -> Vec<(u32, u32)> {
    let mut answered: Vec<&Expectation> = tested.expectations.iter().collect();
    answered.retain(|expectation| expectation.verdict == CaseVerdict::AsExpected);
    let mut kept = Vec::new();
    for mark in case.marks() {
        let same = |expectation: &&Expectation| {
            let marked = expectation.marked.as_ref();
            expectation.severity == mark.severity
                && marked.is_some_and(|marked| marked.line == mark.line && marked.message == mark.message)
        };
        if let Some(at) = answered.iter().position(same) {
            answered.remove(at);
            kept.push((mark.stands, mark.line));
        }
    }
    kept
}

/// The part of a message that a mark takes: one line, without what cannot stand in a comment.
fn shortened(message: &str) -> String {
    let clean = message.split(|c: char| c.is_control()).next().unwrap_or_default();
    if clean.chars().count() <= LONGEST {
        return clean.trim().to_owned();
    }
    let cut: String = clean.chars().take(LONGEST).collect();
    cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use crate::Rules;
    use crate::rules::test::Tester;

    const RULE: &str = "fn check(plan) {
        for item in plan.items { expect(item.n < 5, item.n, `${item.n} is too much`); }
        if !plan.note.is_empty() { warn(plan.note, `a note`); }
        if !plan.bad.is_empty() { fail(plan, `bad`); }
        expect_range(plan.share, 0, 50);
    }";

    /// What a case becomes, twice: the second time nothing changes.
    fn updated(name: &str, text: &str) -> Result<String, String> {
        let rules = Rules::empty().with_rule("h/r", RULE).with_case("h/r", name, text);
        let tester = Tester::new(&rules);
        let (updates, refused) = tester.updates(&tester.run());
        if let Some(refused) = refused.first() {
            return Err(refused.reason.clone());
        }
        let after = updates.first().map_or(text, |update| &update.after).to_owned();
        let rules = Rules::empty().with_rule("h/r", RULE).with_case("h/r", name, &after);
        let tester = Tester::new(&rules);
        assert_eq!(tester.updates(&tester.run()), (vec![], vec![]), "{after}");
        Ok(after)
    }

    #[test]
    fn marks_say_what_is_found_and_all_else_stays() {
        let text = "# why\r\nitems = [\r\n\t{ n = 7 }, # six\r\n  { n = 9 }, #~ error: 9 is\r\n  #~^^ error: gone\r\n  { n = 1 },  #~ error: 1 is\r\n]";
        let after = "# why\r\nitems = [\r\n\t{ n = 7 }, # six  #~ error: 7 is too much\r\n  { n = 9 }, #~ error: 9 is\r\n  { n = 1 },\r\n]";
        assert_eq!(updated("a.toml", text).unwrap(), after);
    }

    #[test]
    fn a_mark_that_has_no_room_goes_below_and_others_still_point_right() {
        let text = "note = \"\"\"\nlong\n#~ no\n\"\"\"\nitems = [{ n = 5 }, { n = 6 }]  #~ error: 6\n\n#~^^ error: 8";
        let after = "note = \"\"\"\nlong\n#~ no\n\"\"\"\n#~^^^^ warning: a note\nitems = [{ n = 5 }, { n = 6 }]  #~ error: 6\n#~^ error: 5 is too much\n\n";
        assert_eq!(updated("a.toml", text).unwrap(), after);
    }

    #[test]
    fn a_finding_about_the_whole_plan_is_marked_below_the_first_line() {
        assert_eq!(updated("a.toml", "bad = 1").unwrap(), "bad = 1  #~ error: bad");
        let text = "\u{feff}# checks: 9 passed\nbad = 1\n";
        assert_eq!(
            updated("a.toml", text).unwrap(),
            "\u{feff}# checks: 0 passed, 1 failed, 1 not applicable\n#~^ error: bad\nbad = 1\n"
        );
    }

    #[test]
    fn nothing_checked_is_said_on_the_first_line() {
        let says = "# checks: 0 passed, 0 failed, 1 not applicable\n";
        assert_eq!(updated("a.toml", "x = 1\n").unwrap(), format!("{says}x = 1\n"));
        assert_eq!(updated("a.toml", "#:schema x\nx = 1").unwrap(), format!("#:schema x\n{says}x = 1"));
    }

    #[test]
    fn what_cannot_be_put_right_says_why() {
        assert!(updated("pass.toml", "items = [{ n = 6 }]\n").unwrap_err().contains("its name"));
        assert!(updated("fail.toml", "items = [{ n = 1 }]\n").unwrap_err().contains("no mark says"));
        let rules = Rules::empty().with_rule("h/r", "fn check(plan) {}").with_case("h/r", "a.toml", "x = 1");
        let tester = Tester::new(&rules);
        assert!(tester.updates(&tester.run()).1[0].reason.contains("checks nothing at all"));
        assert!(updated("a.toml", "items = [\n").unwrap_err().contains("the case's plan"));
        assert_eq!(
            updated("a.toml", "items = [{ n = 6 }]  #~ eror: x\n").unwrap(),
            "items = [{ n = 6 }]  #~ error: 6 is too much\n"
        );
    }
}
