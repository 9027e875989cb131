//! Which findings are allowed, and what is wrong with allowances themselves.
//!
//! An allowance holds for one finding: its rule and its line (a comment in the plan) or its rule and its path
//! (`crossfoot.toml`). It suppresses nothing when it has no reason, has expired, or would allow whatever comes.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::config::{Allowance, Config, says_something};
use crate::finding::{AllowanceCode, Finding, Fingerprint, Suppressed, SuppressedBy};
use crate::plan::{Inline, Plan, Says};
use crate::rules::{InForce, Rules};
use crate::source::{SourceText, Span};

/// What the audit knows when it asks what is allowed.
pub(super) struct Allowing<'a> {
    pub(super) rules: &'a Rules,
    pub(super) plans: &'a [Plan],
    /// What holds for each plan.
    pub(super) in_force: &'a [InForce<'a>],
    pub(super) today: Option<Date>,
    /// Whether these are all plans that the configuration speaks of.
    pub(super) all_plans: bool,
    /// Whether a rule ran over a file to its end, so that it would have found what is there.
    pub(super) ran: &'a dyn Fn(&str, &str) -> bool,
}

/// What became of the findings.
#[derive(Default)]
pub(super) struct Allowed {
    pub(super) findings: Vec<Finding>,
    pub(super) suppressed: Vec<Suppressed>,
    /// Findings about the allowances.
    pub(super) about: Vec<Finding>,
}

/// Where a finding is allowed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum At {
    Line(u32),
    Path(String),
}

/// One allowance that holds.
struct Held<'a> {
    rule: &'a str,
    by: SuppressedBy,
    reason: &'a str,
    until: Option<Date>,
    source: Arc<SourceText>,
    span: Span,
    used: bool,
    /// Whether it would have been used if it were needed: its rule ran where it speaks of.
    tried: bool,
    /// What it is about, for the finding that it is not used.
    place: String,
}

/// What was read of allowances: those that hold, by place, and what is wrong with others.
#[derive(Default)]
pub(super) struct Read<'a> {
    about: Vec<Finding>,
    held: Vec<Held<'a>>,
    by_place: HashMap<(Arc<str>, String, At), usize>,
}

impl<'a> Read<'a> {
    /// An allowance that holds at some places of plans.
    fn hold(&mut self, held: Held<'a>, places: impl IntoIterator<Item = (Arc<str>, At)>) {
        for (file, at) in places {
            self.by_place.entry((file, held.rule.to_owned(), at)).or_insert(self.held.len());
        }
        self.held.push(held);
    }

    /// The allowance that a finding falls under.
    pub(super) fn of(&self, finding: &Finding) -> Option<usize> {
        if self.by_place.is_empty() {
            return None;
        }
        let key = |at| (Arc::clone(&finding.file), finding.rule.to_string(), at);
        let by_line = self.by_place.get(&key(At::Line(finding.span.start.line)));
        by_line.or_else(|| self.by_place.get(&key(At::Path(finding.path.clone())))).copied()
    }
}

impl<'a> Allowing<'a> {
    /// The allowances that hold.
    pub(super) fn read(&self) -> Read<'a> {
        let mut read = Read::default();
        for (plan, in_force) in self.plans.iter().zip(self.in_force) {
            for (at, comment) in in_force.comments.iter().enumerate() {
                let conflict = in_force.conflicts.iter().find(|(other, _)| *other == at);
                self.read_comment(plan, comment, conflict.map(|(_, words)| words.as_str()), &mut read);
            }
        }
        if let Some(config) = self.rules.config() {
            for allowance in config.allowances() {
                self.read_config(config, allowance, &mut read);
            }
        }
        read
    }

    /// Sorts findings into those that count and those that are allowed.
    pub(super) fn apply(&self, mut read: Read<'a>, findings: Vec<Finding>) -> Allowed {
        let mut allowed = Allowed::default();
        for finding in findings {
            match read.of(&finding) {
                Some(at) => {
                    read.held[at].used = true;
                    allowed.suppressed.push(suppressed(finding, &read.held[at]));
                }
                None => allowed.findings.push(finding),
            }
        }
        let unused = read.held.iter().filter(|held| !held.used && held.tried);
        let unused: Vec<Finding> = unused.filter_map(|held| self.unused(held)).collect();
        allowed.about = read.about;
        allowed.about.extend(unused);
        allowed
    }

    fn read_comment(&self, plan: &Plan, comment: &'a Inline, conflict: Option<&str>, read: &mut Read<'a>) {
        use AllowanceCode as Code;
        let about = |rule: Option<&str>, span, code, message: String, help: &str| {
            self.finding(About { file: plan.name(), source: plan.source(), span, rule }, code, message, help)
        };
        match &comment.says {
            Says::Unreadable(message) => {
                let help = "write `# crossfoot: allow RULE: reason` or `# crossfoot: level RULE = warning`";
                read.about.extend(about(None, comment.span, Code::Unreadable, message.clone(), help));
            }
            Says::Level { rule, rule_span, level } => {
                let wrong = match conflict {
                    Some(words) => Some((Code::Unreadable, words.to_owned(), "leave one of the two")),
                    None => self.wrong_level(rule, level),
                };
                if let Some((code, message, help)) = wrong {
                    read.about.extend(about(Some(rule), *rule_span, code, message, help));
                }
            }
            Says::Allow { rules, until, reason } => {
                for (rule, span) in rules {
                    match self.wrong_comment(comment, rule, *until, reason) {
                        Some((code, message, help)) => {
                            let place =
                                if matches!(code, Code::UnknownRule | Code::Blanket) { *span } else { comment.span };
                            read.about.extend(about(Some(rule), place, code, message, &help));
                        }
                        None => {
                            let held = Held {
                                rule,
                                by: SuppressedBy::Inline,
                                reason,
                                until: *until,
                                source: Arc::clone(plan.source()),
                                span: comment.span,
                                used: false,
                                tried: (self.ran)(plan.name(), rule),
                                place: "here".to_owned(),
                            };
                            read.hold(held, [(plan.source().shared_name(), At::Line(comment.line))]);
                        }
                    }
                }
            }
        }
    }

    /// Why a comment allows nothing of a rule.
    fn wrong_comment(
        &self,
        comment: &Inline,
        rule: &str,
        until: Option<Date>,
        reason: &str,
    ) -> Option<(AllowanceCode, String, String)> {
        use AllowanceCode as Code;
        if let Err(mistake) = self.rules.check_allowed(rule) {
            Some((Code::UnknownRule, mistake.message, "name the rule as the finding does".to_owned()))
        } else if !self.rules.is_id(rule) {
            let message = format!("`{rule}` allows whatever several rules find here");
            Some((Code::Blanket, message, "name the one rule whose finding is allowed".to_owned()))
        } else if !says_something(reason) {
            let help = format!("say why: `# crossfoot: allow {rule}: agreed with the council in June`");
            Some((Code::NoReason, format!("{rule} is allowed here without a reason"), help))
        } else if comment.line == 0 {
            let help = "put the comment on or above the line of the finding".to_owned();
            Some((Code::Unused, format!("{rule} is allowed here, and no line follows"), help))
        } else {
            self.expired(rule, until).map(|(message, help)| (Code::Expired, message, help))
        }
    }

    /// Why a comment sets no level.
    fn wrong_level(&self, rule: &str, level: &str) -> Option<(AllowanceCode, String, &'static str)> {
        use AllowanceCode as Code;
        if let Err(mistake) = self.rules.check_allowed(rule) {
            Some((Code::UnknownRule, mistake.message, "name a rule, a glob or a folder of rules"))
        } else if level == "off" {
            let help = "allow the one finding, or say `off` in crossfoot.toml, where it is seen";
            Some((Code::Blanket, format!("a plan cannot turn {rule} off by itself"), help))
        } else if level.parse::<crate::finding::Severity>().is_err() {
            let message = format!("`{level}` is no level: expected error, warning or info");
            Some((Code::Unreadable, message, "write `# crossfoot: level RULE = warning`"))
        } else {
            None
        }
    }

    fn read_config(&self, config: &'a Config, allowance: &'a Allowance, read: &mut Read<'a>) {
        let of_plan = self.plans.iter().zip(self.in_force);
        let concerned: Vec<&Plan> =
            of_plan.filter(|(_, in_force)| allowance.may_concern(&in_force.relative)).map(|(plan, _)| plan).collect();
        if concerned.is_empty() {
            return;
        }
        if let Some((code, span, message, help)) = self.wrong_config(allowance) {
            let about = About { file: config.name(), source: config.source(), span, rule: Some(&allowance.rule) };
            read.about.extend(self.finding(about, code, message, &help));
            return;
        }
        let Some(path) = &allowance.path else { return };
        let mut places = Vec::new();
        let mut ran = false;
        for plan in concerned {
            for node in plan.select(path) {
                ran |= (self.ran)(plan.name(), &allowance.rule);
                places.push((plan.source().shared_name(), At::Path(node.path())));
            }
        }
        let leads = !places.is_empty();
        let held = Held {
            rule: &allowance.rule,
            by: SuppressedBy::Config,
            reason: &allowance.reason,
            until: allowance.until,
            source: Arc::clone(config.source()),
            span: allowance.span,
            used: false,
            tried: ran || (!leads && (self.all_plans || allowance.file.is_some())),
            place: format!("at {}{}", allowance.path_text, if leads { "" } else { " (no such place)" }),
        };
        read.hold(held, places);
    }

    /// Why an allowance of the configuration allows nothing.
    fn wrong_config(&self, allowance: &Allowance) -> Option<(AllowanceCode, Span, String, String)> {
        let rule = &allowance.rule;
        if !self.rules.is_id(rule) {
            let message = format!("`{rule}` allows whatever several rules find");
            let help = "name the one rule whose finding is allowed".to_owned();
            return Some((AllowanceCode::Blanket, allowance.rule_span, message, help));
        }
        if allowance.path.is_none() {
            let help = "name the place, `path = \"objectives[A].total.2026\"`, or turn the rule off in `[levels]`";
            let message = format!("{rule} is allowed everywhere");
            return Some((AllowanceCode::Blanket, allowance.span, message, help.to_owned()));
        }
        let (message, help) = self.expired(rule, allowance.until)?;
        Some((AllowanceCode::Expired, allowance.span, message, help))
    }

    /// What to say of an allowance whose last day has passed, or cannot be told from the others.
    fn expired(&self, rule: &str, until: Option<Date>) -> Option<(String, String)> {
        let until = until?;
        match self.today {
            Some(today) if today <= until => None,
            Some(_) => Some((
                format!("the allowance of {rule} expired on {until}"),
                "mend what the rule finds, or agree on another day".to_owned(),
            )),
            None => Some((
                format!("the allowance of {rule} holds until {until}, and the day of the audit is not known"),
                "say it with `--today` or `Auditor::today`".to_owned(),
            )),
        }
    }

    fn unused(&self, held: &Held<'_>) -> Option<Finding> {
        let message = format!("the allowance of {} is not used: nothing was found {}", held.rule, held.place);
        let source = &held.source;
        let about = About { file: source.name(), source, span: held.span, rule: Some(held.rule) };
        self.finding(about, AllowanceCode::Unused, message, "remove it")
    }

    /// A finding about an allowance, if findings of its kind, or about its rule, are wanted.
    fn finding(&self, about: About<'_>, code: AllowanceCode, message: String, help: &str) -> Option<Finding> {
        let selected = self.rules.selected();
        let by_rule = about.rule.is_some_and(|rule| selected.takes(rule) && !selected.leaves_out(code.id()));
        if !by_rule && !selected.takes(code.id()) {
            return None;
        }
        let place = self.plans.iter().position(|plan| plan.name() == about.file);
        let level = match place {
            Some(at) => self.in_force[at].level(code.id(), code.severity()),
            None => self.rules.level(code.id(), code.severity()),
        };
        let crate::config::Level::At(severity) = level else { return None };
        let source = about.source;
        Some(Finding {
            rule: Arc::from(code.id()),
            severity,
            file: source.shared_name(),
            fingerprint: Fingerprint::of(&[code.id(), &message, source.slice(about.span)]),
            message,
            said: None,
            path: String::new(),
            name: String::new(),
            span: source.place(about.span),
            labels: Vec::new(),
            working: None,
            help: Some(help.to_owned()),
            help_said: None,
            fixes: Vec::new(),
        })
    }
}

/// Where a finding about an allowance stands, and the rule that it speaks of.
struct About<'a> {
    file: &'a str,
    source: &'a SourceText,
    span: Span,
    rule: Option<&'a str>,
}

fn suppressed(finding: Finding, held: &Held<'_>) -> Suppressed {
    Suppressed {
        finding,
        by: held.by,
        reason: Some(held.reason.to_owned()),
        until: held.until.map(|day| day.to_string()),
        file: Some(held.source.shared_name()),
        span: Some(held.source.place(held.span)),
    }
}
