//! From a case's text to its marks and counts, with every fault that can be seen before running it.
//!
//! Marks stand in comments and nowhere else: what looks like one in a text of the plan is the plan's.

use std::collections::BTreeSet;

use super::{Case, CaseFault, CheckCounts, Mark};
use crate::plan::Comments;
use crate::rules::documents;
use crate::source::{SourceText, Span};

const COUNTS_FORM: &str = "write `# checks: 1 passed, 0 failed, 0 not applicable`";
const MARK_FORM: &str = "write `#~ error: part of the message` at the end of the line where the finding begins, \
                         or `#~^ error: part of the message` on a line of its own below it";

impl Case {
    /// Reads a case.
    ///
    /// ```
    /// use crossfoot::rules::Case;
    ///
    /// let case = Case::read("fail-high.toml", "share = 60  #~ error: more than 50\n");
    /// assert_eq!(case.marks()[0].line, 1);
    /// assert!(Case::read("fail-unmarked.toml", "share = 60\n").faults()[0].message.contains("no mark"));
    /// ```
    #[must_use]
    pub fn read(name: &str, text: &str) -> Self {
        let mut case = Self {
            name: name.to_owned(),
            text: text.to_owned(),
            marks: Vec::new(),
            counts: None,
            counts_line: None,
            faults: Vec::new(),
            readable: true,
        };
        let source = SourceText::new("case", text);
        let comments = Comments::of(text).spans;
        for span in &comments {
            case.read_comment(&source, *span);
        }
        case.check_plans(&source, &comments);
        case.check_name();
        case
    }

    fn read_comment(&mut self, source: &SourceText, span: Span) {
        let position = source.position(span.start);
        let comment = source.slice(span).trim_end();
        if let Some((_, mark)) = mark_in(comment) {
            match read_mark(source, position.line, mark) {
                Ok(mark) => self.marks.push(mark),
                Err(fault) => self.faults.push(fault),
            }
        } else if position.column == 1 && says_checks(comment) {
            self.read_counts(position.line, comment);
        }
    }

    fn read_counts(&mut self, line: u32, comment: &str) {
        match comment.strip_prefix("# checks:").and_then(read_counts) {
            Some(_) if self.counts_line.is_some() => {
                let message = "a second line says how the checks end";
                self.faults.push(CaseFault::new(Some(line), message).help("leave one of the two"));
            }
            Some(counts) => {
                self.counts = Some(counts);
                self.counts_line = Some(line);
            }
            None => {
                let message = "this line cannot be read: it looks like one that says how the checks end";
                self.faults.push(CaseFault::new(Some(line), message).help(COUNTS_FORM));
            }
        }
    }

    /// The plans of a case are told apart by their names.
    fn check_plans(&mut self, source: &SourceText, comments: &[Span]) {
        let mut names = BTreeSet::new();
        for span in comments.iter().filter(|span| source.position(span.start).column == 1) {
            let Some(name) = documents::name_in(source.slice(*span)) else { continue };
            let line = Some(source.position(span.start).line);
            if name.is_empty() {
                let fault = CaseFault::new(line, "this line begins a plan and gives it no name");
                self.faults.push(fault.help("write a name, such as `#--- part.toml`"));
            } else if !names.insert(name) {
                let fault = CaseFault::new(line, format!("two plans of this case have the name `{name}`"));
                self.faults.push(fault.help("give one of them another name"));
            }
        }
        self.faults.sort_by_key(|fault| fault.line);
    }

    /// The name of a case says what is expected of it, and so do its marks; the two must agree.
    fn check_name(&mut self) {
        let expects = self.expects_findings();
        if self.stem().starts_with("fail") && !expects {
            let message = "no mark says what the rule should find: a case named `fail...` expects a finding";
            self.faults.push(CaseFault::new(None, message).help(MARK_FORM));
        } else if let (true, Some(mark)) = (self.stem().starts_with("pass"), self.marks.first()) {
            let message = "a finding is marked, but a case named `pass...` expects none";
            let help = "rename the file to `fail-...`, or take the mark away";
            self.faults.push(CaseFault::new(Some(mark.stands), message).help(help));
        }
    }
}

/// The text before a comment's mark and the text of the mark after `#~`. A mark begins the comment or stands after a space in it.
pub(in crate::rules) fn mark_in(comment: &str) -> Option<(&str, &str)> {
    let at = comment.match_indices("#~").map(|(at, _)| at).find(|at| {
        let before = &comment[..*at];
        before.is_empty() || before.ends_with([' ', '\t'])
    })?;
    Some((&comment[..at], &comment[at + 2..]))
}

fn read_mark(source: &SourceText, stands: u32, text: &str) -> Result<Mark, CaseFault> {
    let rest = text.trim_start_matches('^');
    let up = u32::try_from(text.len() - rest.len()).unwrap_or(u32::MAX);
    let (severity, message) = rest.split_once(':').unwrap_or((rest, ""));
    let Ok(severity) = severity.trim().parse() else {
        let message = match severity.trim() {
            "" => "this mark names no severity: expected error, warning or info".to_owned(),
            other => format!("this mark cannot be read: expected error, warning or info, found `{other}`"),
        };
        return Err(CaseFault::new(Some(stands), message).help(MARK_FORM));
    };
    let nowhere = |message: String| {
        let help = "a mark points to the line where the finding begins: `#~` to its own, `#~^` to the one above, \
                    `#~^^` to the second above";
        CaseFault::new(Some(stands), message).help(help)
    };
    let Some(line) = stands.checked_sub(up).filter(|line| *line > 0) else {
        return Err(nowhere(format!("this mark points nowhere: {up} lines up from line {stands}")));
    };
    // A finding about the plan as a whole begins at its first line, whatever stands there.
    let content = source.line(line).trim_start().trim_start_matches('\u{feff}');
    if line > 1 && (content.is_empty() || content.starts_with('#')) {
        return Err(nowhere(format!("this mark points to line {line}, where nothing of the plan stands")));
    }
    Ok(Mark { line, severity, message: message.trim().to_owned(), stands })
}

/// Whether a comment means to say how the checks end, well written or not.
pub(in crate::rules) fn says_checks(comment: &str) -> bool {
    let words = comment.trim_start_matches('#').trim_start().to_lowercase();
    words.starts_with("checks:") || words.starts_with("check:")
}

fn read_counts(text: &str) -> Option<CheckCounts> {
    let mut counts = [None; 3];
    for part in text.split(',') {
        let (number, word) = part.trim().split_once(' ')?;
        let which = ["passed", "failed", "not applicable"].iter().position(|known| *known == word.trim())?;
        if counts[which].replace(number.parse().ok()?).is_some() {
            return None;
        }
    }
    let [passed, failed, not_applicable] = counts.map(Option::unwrap_or_default);
    Some(CheckCounts { passed, failed, not_applicable })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(name: &str, text: &str) -> Vec<(Option<u32>, String)> {
        Case::read(name, text).faults.into_iter().map(|fault| (fault.line, fault.message)).collect()
    }

    #[test]
    fn marks_point_to_their_lines() {
        let text = "# checks: 1 passed, 2 failed, 0 not applicable\na = 1  # why #~ error: x: y\n#~^ warning\n#~^^^ info: root\n";
        let case = Case::read("fail.toml", text);
        let marks: Vec<_> = case.marks.iter().map(|mark| (mark.line, mark.severity.word(), &*mark.message)).collect();
        assert_eq!(marks, [(2, "error", "x: y"), (2, "warning", ""), (1, "info", "root")]);
        assert_eq!(case.counts, Some(CheckCounts { passed: 1, failed: 2, not_applicable: 0 }));
        assert_eq!(case.faults, []);
    }

    #[test]
    fn what_looks_like_a_mark_in_a_text_is_none() {
        let text = "a = '#~ error: no'\nb = \"\"\"\n#~ error: no\n# checks: 9 passed\n\"\"\"\n# written `#~ error`\n";
        let case = Case::read("pass.toml", text);
        assert_eq!((case.marks.len(), case.counts, case.faults.len()), (0, None, 0));
    }

    #[test]
    fn a_case_that_proves_nothing_says_so_with_its_line() {
        let has = |name, text, line, part: &str| {
            let faults = faults(name, text);
            assert!(faults.iter().any(|(at, message)| *at == line && message.contains(part)), "{faults:?}");
        };
        has("d/fail-a.toml", "a = 1\n", None, "no mark says");
        has("d/pass-a.toml", "a = 1 #~ error: x\n", Some(1), "expects none");
        has("x.toml", "a = 1\n#~^^^ error: x\n", Some(2), "3 lines up from line 2");
        has("x.toml", "a = 1\n\n#~^ error: x\n", Some(3), "points to line 2");
        has("x.toml", "a = 1\n#~ error: x\n", Some(2), "points to line 2");
        has("x.toml", "a = 1  #~ eror: x\n", Some(1), "found `eror`");
        has("x.toml", "a = 1  #~\n", Some(1), "names no severity");
        has("x.toml", "# checks: 1 past\n", Some(1), "cannot be read");
        has("x.toml", "#checks: 1 passed\n", Some(1), "cannot be read");
        has("x.toml", "# checks: 1 passed, 2 passed\n", Some(1), "cannot be read");
        has("x.toml", "# checks: 1 passed\n# checks: 1 passed\n", Some(2), "second line");
    }
}
