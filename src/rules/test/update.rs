//! Rewrites the marks of a case, and the line that says how its checks end, so that they say what was found.
//!
//! Everything else stays byte for byte: line ends, spaces, comments, and marks that a finding answers. It makes texts; it
//! writes no file.

use std::sync::Arc;

use super::run::run_case;
use super::{CaseTest, CaseVerdict, Expectation, TestRun, Tester};
use crate::plan::Comments;
use crate::rules::cases::{mark_in, says_checks};
use crate::rules::{Case, CheckCounts, Origin, Rule};
use crate::script::on_large_stack;
use crate::source::SourceText;

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

/// Longest line to which a mark is added, in characters; beyond it the mark goes below.
const WIDEST: usize = 120;

/// How often a text is rewritten until it says what is found: a line added on top moves findings about the whole plan.
const ROUNDS: usize = 3;

impl Tester<'_> {
    /// For each case of a run that did not come out as it says, the text that says what was found.
    ///
    /// Each text was tried: with it the case comes out as it says.
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
            let Some(rule) = self.rules.get(&tested.rule) else { continue };
            let Some(read) = rule.cases().iter().find(|read| *read.name() == *case.file) else { continue };
            match self.update(rule, read, case) {
                Ok(after) => {
                    updates.push(Update { file: Arc::clone(&case.file), before: read.text().to_owned(), after })
                }
                Err(reason) => refused.push(NotUpdated { file: Arc::clone(&case.file), reason }),
            }
        }
        (updates, refused)
    }

    fn update(&self, rule: &Rule, case: &Case, tested: &CaseTest) -> Result<String, String> {
        if *rule.origin() == Origin::Standard {
            return Err("it is built into crossfoot: copy the rule and its cases into a folder of your own".to_owned());
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

/// A text as lines that marks are put on and taken from.
struct Lines {
    /// A byte-order mark, where there is one: it stays what the file begins with.
    begin: &'static str,
    lines: Vec<Line>,
    ending: &'static str,
}

struct Line {
    /// Its number in the old text; 0 for a new one.
    number: u32,
    /// What stands before its mark, spaces and all.
    content: String,
    mark: Option<PutMark>,
    ending: String,
    /// Whether it ends inside a text of several lines, where no comment can stand.
    in_text: bool,
}

struct PutMark {
    /// The number in the old text of the line it points to.
    target: u32,
    /// What stands after `#~` and the carets.
    rest: String,
}

impl Line {
    fn new(content: String, ending: &str) -> Self {
        Self { number: 0, content, mark: None, ending: ending.to_owned(), in_text: false }
    }

    fn is_only_mark(&self) -> bool {
        self.mark.is_some() && self.content.trim().is_empty()
    }

    /// Whether a mark of this length can stand at its end.
    fn has_room(&self, length: usize) -> bool {
        let content = self.content.trim();
        let plain = !content.is_empty() && !content.starts_with('#');
        plain && self.mark.is_none() && !self.in_text && self.content.chars().count() + length <= WIDEST
    }
}

impl Lines {
    /// The lines of a case with those of its marks that are kept, each by where it stands and where it points to.
    fn read(case: &Case, kept: &[(u32, u32)]) -> Self {
        let bare = case.text().strip_prefix('\u{feff}');
        let (begin, text) = bare.map_or(("", case.text()), |text| ("\u{feff}", text));
        let source = SourceText::new("case", text);
        let comments = Comments::of(text);
        let crlf = text.find('\n').is_some_and(|at| text[..at].ends_with('\r'));
        let mut lines = Vec::new();
        let mut offset = 0;
        for (number, whole) in (1_u32..).zip(text.split_inclusive('\n')) {
            let content = whole.trim_end_matches('\n').trim_end_matches('\r');
            let end = offset + u32::try_from(content.len()).unwrap_or(u32::MAX);
            let mut line = Line::new(content.to_owned(), &whole[content.len()..]);
            line.number = number;
            line.in_text = comments.in_text(end);
            let comment = comments.spans.iter().find(|span| span.start >= offset && span.start <= end);
            let site = comment.and_then(|span| {
                let (before, after) = mark_in(source.slice(*span).trim_end())?;
                Some(((span.start - offset) as usize + before.len(), after.trim_start_matches('^').to_owned()))
            });
            offset += u32::try_from(whole.len()).unwrap_or(u32::MAX);
            if let Some((at, rest)) = site {
                line.content.truncate(at);
                let target = kept.iter().find(|(stands, _)| *stands == number).map(|(_, target)| *target);
                line.mark = target.map(|target| PutMark { target, rest });
                if line.mark.is_none() {
                    line.content.truncate(line.content.trim_end().len());
                    if line.content.is_empty() {
                        continue;
                    }
                }
            }
            lines.push(line);
        }
        Self { begin, lines, ending: if crlf { "\r\n" } else { "\n" } }
    }

    /// Says how the checks end, in place of what says so, or on the first line where nothing does and something must.
    fn put_counts(&mut self, counts: CheckCounts, must: bool) {
        let text = format!("# checks: {counts}");
        let says = |line: &Line| line.mark.is_none() && !line.in_text && says_checks(&line.content);
        match self.lines.iter().position(says) {
            Some(first) => {
                self.lines[first].content = text;
                let mut at = first + 1;
                while at < self.lines.len() {
                    if says(&self.lines[at]) {
                        self.lines.remove(at);
                    } else {
                        at += 1;
                    }
                }
            }
            None if must => {
                let schema = self.lines.first().is_some_and(|line| line.content.starts_with("#:schema"));
                self.end_line(usize::from(schema));
                self.lines.insert(usize::from(schema), Line::new(text, self.ending));
            }
            None => {}
        }
    }

    /// Marks a line of the old text: at its end where there is room, else below the first line whose end takes a comment.
    fn put_mark(&mut self, target: u32, rest: String) {
        let host = self.lines.iter().position(|line| line.number >= target).unwrap_or(self.lines.len());
        if let Some(line) = self.lines.get_mut(host).filter(|line| line.has_room(rest.chars().count() + 4)) {
            line.content.truncate(line.content.trim_end().len());
            line.content.push_str("  ");
            line.mark = Some(PutMark { target, rest });
            return;
        }
        let indent = self.lines.get(host).map_or("", |line| {
            let rest = line.content.trim_start_matches([' ', '\t']);
            &line.content[..line.content.len() - rest.len()]
        });
        let mut new = Line::new(indent.to_owned(), self.ending);
        new.mark = Some(PutMark { target, rest });
        let mut at = host;
        while self.lines.get(at).is_some_and(|line| line.in_text) {
            at += 1;
        }
        at = (at + 1).min(self.lines.len());
        while self.lines.get(at).is_some_and(Line::is_only_mark) {
            at += 1;
        }
        self.end_line(at);
        self.lines.insert(at, new);
    }

    /// Ends the line before a new one, where the text does not.
    fn end_line(&mut self, before: usize) {
        let last = before.checked_sub(1).and_then(|at| self.lines.get_mut(at));
        if let Some(last) = last.filter(|last| last.ending.is_empty()) {
            last.ending = self.ending.to_owned();
        }
    }

    fn write(&self) -> String {
        let place = |target: u32| self.lines.iter().position(|line| line.number >= target).unwrap_or_default();
        let mut text = self.begin.to_owned();
        for (at, line) in self.lines.iter().enumerate() {
            text.push_str(&line.content);
            if let Some(mark) = &line.mark {
                let carets = at.saturating_sub(place(mark.target));
                text.push_str("#~");
                text.extend(std::iter::repeat_n('^', carets));
                text.push_str(&mark.rest);
            }
            text.push_str(&line.ending);
        }
        text
    }
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
