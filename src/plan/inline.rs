//! Comments of a plan that speak to crossfoot: `# crossfoot: allow totals/outputs: agreed with the council`.
//!
//! Reads them and says which line they speak of. Whether a rule of that name exists, and what is allowed by it, is decided
//! where rules and findings are.

use jiff::civil::Date;
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::Plan;
use super::load::narrow;
use crate::source::{SourceText, Span};

/// What such a comment begins with, after its `#`.
const CALL: &str = "crossfoot:";

/// One comment that speaks to crossfoot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inline {
    /// The comment.
    pub span: Span,
    /// The line it speaks of, from 1: its own or, where it stands alone, the next that holds something. 0 where there is none.
    pub line: u32,
    /// What it says.
    pub says: Says,
}

/// What a comment says to crossfoot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// `allow RULE [until DAY]: reason`: the findings of these rules on the line are known and accepted.
    Allow {
        /// The ids as written, each with its place.
        rules: Vec<(String, Span)>,
        /// The last day it holds.
        until: Option<Date>,
        /// Why; empty where nothing is said.
        reason: String,
    },
    /// `level RULE = LEVEL`: how grave the rule's findings are in this plan.
    Level {
        /// The id, glob or folder as written.
        rule: String,
        /// Where it is written.
        rule_span: Span,
        /// The word for the level, as written.
        level: String,
    },
    /// None of these, in words.
    Unreadable(String),
}

impl Plan {
    /// The comments that speak to crossfoot, in the order of the text.
    ///
    /// ```
    /// use crossfoot::plan::{Plan, Says};
    ///
    /// let plan = Plan::parse("p", "# crossfoot: allow totals/outputs: agreed in June\ntotal = 5\n");
    /// let inline = plan.inline();
    /// assert_eq!(inline[0].line, 2);
    /// assert!(matches!(&inline[0].says, Says::Allow { reason, .. } if reason == "agreed in June"));
    /// ```
    #[must_use]
    pub fn inline(&self) -> Vec<Inline> {
        let text = self.source.text();
        if !text.contains(CALL) {
            return Vec::new();
        }
        let comments = Source::new(text).lex().filter(|token| token.kind() == TokenKind::Comment);
        comments.filter_map(|token| read(&self.source, narrow(token.span()))).collect()
    }
}

fn read(source: &SourceText, span: Span) -> Option<Inline> {
    let comment = source.slice(span);
    let words = comment.trim_start_matches('#').trim_start().strip_prefix(CALL)?;
    // Spans of words are found by where their text stands in the comment.
    let offset = |part: &str| span.start + (part.as_ptr() as usize - comment.as_ptr() as usize) as u32;
    let place = |part: &str| Span::new(offset(part), offset(part) + part.len() as u32);
    let words = words.trim();
    let (verb, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
    let says = match verb {
        "allow" => allow(rest, place),
        "level" => level(rest, place),
        _ => Says::Unreadable(format!("`{verb}` is nothing that a comment can say: expected `allow` or `level`")),
    };
    Some(Inline { span, line: line_of(source, span), says })
}

fn allow(text: &str, place: impl Fn(&str) -> Span) -> Says {
    let (head, reason) = text.split_once(':').unwrap_or((text, ""));
    let (names, until) = match head.split_once(" until ") {
        Some((names, day)) => (names, Some(day.trim())),
        None => (head, None),
    };
    let until = match until.map(str::parse) {
        None => None,
        Some(Ok(day)) => Some(day),
        Some(Err(_)) => {
            let day = until.unwrap_or_default();
            return Says::Unreadable(format!("`{day}` is no day: expected `until 2027-03-31: reason`"));
        }
    };
    let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
    let rules: Vec<(String, Span)> = names.map(|name| (name.to_owned(), place(name))).collect();
    match rules.iter().find(|(name, _)| name.contains(char::is_whitespace)) {
        Some((name, _)) => Says::Unreadable(format!(
            "`{name}` is no rule: expected `allow RULE: reason`, or `allow RULE until 2027-03-31: reason`"
        )),
        None if rules.is_empty() => Says::Unreadable("no rule is named: expected `allow RULE: reason`".to_owned()),
        None => Says::Allow { rules, until, reason: reason.trim().to_owned() },
    }
}

fn level(text: &str, place: impl Fn(&str) -> Span) -> Says {
    match text.split_once('=') {
        Some((rule, level)) if !rule.trim().is_empty() => {
            let rule = rule.trim();
            Says::Level { rule: rule.to_owned(), rule_span: place(rule), level: level.trim().to_owned() }
        }
        _ => Says::Unreadable("expected `level RULE = warning`".to_owned()),
    }
}

/// The line that a comment speaks of.
fn line_of(source: &SourceText, comment: Span) -> u32 {
    let line = source.position(comment.start).line;
    if !source.line(line).trim_start().starts_with('#') {
        return line;
    }
    let last = source.position(u32::MAX).line;
    let holds = |line: &u32| {
        let text = source.line(*line).trim();
        !text.is_empty() && !text.starts_with('#')
    };
    (line + 1..=last).find(holds).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(text: &str) -> Vec<(u32, Says)> {
        Plan::parse("p", text).inline().into_iter().map(|inline| (inline.line, inline.says)).collect()
    }

    #[test]
    fn a_comment_speaks_of_its_line_or_of_the_next_that_holds_something() {
        let text = "a = '# crossfoot: allow x/y: no comment'\n\
                    b = 1 # crossfoot: allow x/y: own line\n\
                    # crossfoot: allow x/y, x/z until 2027-03-31: the next\n\n# another\nc = 2\n# crossfoot: allow x/y: none\n";
        let found = says(text);
        let lines: Vec<u32> = found.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [2, 6, 0]);
        let Says::Allow { rules, until, reason } = &found[1].1 else { panic!("{found:?}") };
        assert_eq!(rules.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["x/y", "x/z"]);
        assert_eq!(until.map(|day| day.to_string()).as_deref(), Some("2027-03-31"));
        assert_eq!(reason, "the next");
        assert_eq!(&text[rules[1].1.range()], "x/z");
    }

    #[test]
    fn what_cannot_be_read_says_what_was_expected() {
        for text in [
            "# crossfoot: alow x/y",
            "# crossfoot: allow",
            "# crossfoot: allow x/y because",
            "# crossfoot:",
            "# crossfoot: allow x/y until soon: r",
            "# crossfoot: level x/y",
        ] {
            assert!(matches!(&says(text)[0].1, Says::Unreadable(words) if words.contains("expected")), "{text}");
        }
    }
}
