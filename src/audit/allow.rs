//! Which findings are allowed, and what is wrong with allowances themselves.
//!
//! An allowance holds for one finding: its rule and its line (a comment in the plan) or its rule and its path
//! (`crossfoot.toml`). It suppresses nothing when it has no reason, has expired, or would allow whatever comes.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::config::{Allowance, Config};
use crate::finding::{AllowanceCode, Finding, Fingerprint, Suppressed, SuppressedBy};
use crate::plan::{Inline, Plan, Says};
use crate::rules::Rules;
use crate::source::{SourceText, Span};

/// What the audit knows when it asks what is allowed.
pub(super) struct Allowing<'a> {
    pub(super) rules: &'a Rules,
    pub(super) plans: &'a [Plan],
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

impl Allowing<'_> {
    /// Sorts findings into those that count and those that are allowed.
    pub(super) fn apply(&self, findings: Vec<Finding>) -> Allowed {
        let inline: Vec<(&Plan, Vec<Inline>)> = self.plans.iter().map(|plan| (plan, plan.inline())).collect();
        let mut allowed = Allowed::default();
        let mut held = Vec::new();
        let mut by_place: HashMap<(Arc<str>, String, At), usize> = HashMap::new();
        for (plan, comments) in &inline {
            for comment in comments {
                self.read_inline(plan, comment, &mut allowed.about, &mut held, &mut by_place);
            }
        }
        if let Some(config) = self.rules.config() {
            for allowance in config.allowances() {
                self.read_config(config, allowance, &mut allowed.about, &mut held, &mut by_place);
            }
        }
        for finding in findings {
            let key = |at| (Arc::clone(&finding.file), finding.rule.to_string(), at);
            let found = by_place
                .get(&key(At::Line(finding.span.start.line)))
                .or_else(|| by_place.get(&key(At::Path(finding.path.clone()))));
            match found {
                Some(at) => {
                    held[*at].used = true;
                    allowed.suppressed.push(suppressed(finding, &held[*at]));
                }
                None => allowed.findings.push(finding),
            }
        }
        let unused = held.iter().filter(|held| !held.used && held.tried);
        allowed.about.extend(unused.filter_map(|held| self.unused(held)));
        allowed
    }

    fn read_inline<'h>(
        &self,
        plan: &Plan,
        comment: &'h Inline,
        about: &mut Vec<Finding>,
        held: &mut Vec<Held<'h>>,
        by_place: &mut HashMap<(Arc<str>, String, At), usize>,
    ) {
        use AllowanceCode as Code;
        let source = plan.source();
        let mut wrong = |code, span, message: String, help: &str| {
            about.extend(self.finding(plan.name(), source, span, code, message, help));
        };
        let (rules, until, reason) = match &comment.says {
            Says::Unreadable(message) => {
                return wrong(
                    Code::Unreadable,
                    comment.span,
                    message.clone(),
                    "write `# crossfoot: allow RULE: reason` or `# crossfoot: level RULE = warning`",
                );
            }
            Says::Level { rule, rule_span, level } => {
                return self.check_inline_level(rule, level, |code, message, help| {
                    wrong(code, *rule_span, message, help);
                });
            }
            Says::Allow { rules, until, reason } => (rules, *until, reason),
        };
        for (rule, span) in rules {
            if let Err(mistake) = self.rules.check_allowed(rule) {
                wrong(Code::UnknownRule, *span, mistake.message, "name the rule as the finding does");
            } else if !self.rules.is_id(rule) {
                let message = format!("`{rule}` allows whatever several rules find here");
                wrong(Code::Blanket, *span, message, "name the one rule whose finding is allowed");
            } else if reason.is_empty() {
                let message = format!("{rule} is allowed here without a reason");
                let help = format!("say why: `# crossfoot: allow {rule}: agreed with the council in June`");
                wrong(Code::NoReason, comment.span, message, &help);
            } else if comment.line == 0 {
                let message = format!("{rule} is allowed here, and no line follows");
                wrong(Code::Unused, comment.span, message, "put the comment on or above the line of the finding");
            } else if let Some((message, help)) = self.expired(rule, until) {
                wrong(Code::Expired, comment.span, message, &help);
            } else {
                let at = At::Line(comment.line);
                by_place.entry((plan.source().shared_name(), rule.clone(), at)).or_insert(held.len());
                held.push(Held {
                    rule,
                    by: SuppressedBy::Inline,
                    reason,
                    until,
                    source: Arc::clone(source),
                    span: comment.span,
                    used: false,
                    tried: (self.ran)(plan.name(), rule),
                    place: "here".to_owned(),
                });
            }
        }
    }

    fn check_inline_level(&self, rule: &str, level: &str, mut wrong: impl FnMut(AllowanceCode, String, &str)) {
        use AllowanceCode as Code;
        if let Err(mistake) = self.rules.check_allowed(rule) {
            wrong(Code::UnknownRule, mistake.message, "name a rule, a glob or a folder of rules");
        } else if level == "off" {
            let message = format!("a plan cannot turn {rule} off by itself");
            wrong(Code::Blanket, message, "allow the one finding, or say `off` in crossfoot.toml, where it is seen");
        } else if level.parse::<crate::finding::Severity>().is_err() {
            let message = format!("`{level}` is no level: expected error, warning or info");
            wrong(Code::Unreadable, message, "write `# crossfoot: level RULE = warning`");
        }
    }

    fn read_config<'h>(
        &self,
        config: &Config,
        allowance: &'h Allowance,
        about: &mut Vec<Finding>,
        held: &mut Vec<Held<'h>>,
        by_place: &mut HashMap<(Arc<str>, String, At), usize>,
    ) {
        use AllowanceCode as Code;
        let concerned: Vec<&Plan> =
            self.plans.iter().filter(|plan| allowance.may_concern(&config.relative(plan.name()))).collect();
        if concerned.is_empty() {
            return;
        }
        let source = config.source();
        let rule = &allowance.rule;
        let mut wrong = |code, span, message: String, help: &str| {
            about.extend(self.finding(config.name(), source, span, code, message, help));
        };
        if !self.rules.is_id(rule) {
            let message = format!("`{rule}` allows whatever several rules find");
            return wrong(Code::Blanket, allowance.rule_span, message, "name the one rule whose finding is allowed");
        }
        let Some(path) = &allowance.path else {
            let message = format!("{rule} is allowed everywhere");
            let help = "name the place, `path = \"objectives[A].total.2026\"`, or turn the rule off in `[levels]`";
            return wrong(Code::Blanket, allowance.span, message, help);
        };
        if let Some((message, help)) = self.expired(rule, allowance.until) {
            return wrong(Code::Expired, allowance.span, message, &help);
        }
        let at = held.len();
        let (mut leads, mut ran) = (false, false);
        for plan in concerned {
            for node in plan.select(path) {
                leads = true;
                ran |= (self.ran)(plan.name(), rule);
                let key = (plan.source().shared_name(), rule.clone(), At::Path(node.path()));
                by_place.entry(key).or_insert(at);
            }
        }
        let place =
            if leads { allowance.path_text.clone() } else { format!("{} (no such place)", allowance.path_text) };
        held.push(Held {
            rule,
            by: SuppressedBy::Config,
            reason: &allowance.reason,
            until: allowance.until,
            source: Arc::clone(source),
            span: allowance.span,
            used: false,
            tried: ran || (!leads && (self.all_plans || allowance.file.is_some())),
            place: format!("at {place}"),
        });
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
        self.finding(source.name(), source, held.span, AllowanceCode::Unused, message, "remove it")
    }

    /// A finding about an allowance, if findings of its kind are wanted.
    fn finding(
        &self,
        file: &str,
        source: &SourceText,
        span: Span,
        code: AllowanceCode,
        message: String,
        help: &str,
    ) -> Option<Finding> {
        let plan = self.plans.iter().find(|plan| plan.name() == file);
        let level = self.rules.in_force(plan).level(code.id(), code.severity());
        let crate::config::Level::At(severity) = level else { return None };
        self.rules.selected().takes(code.id()).then(|| Finding {
            rule: Arc::from(code.id()),
            severity,
            file: source.shared_name(),
            fingerprint: Fingerprint::of(&[code.id(), &message, source.slice(span)]),
            message,
            path: String::new(),
            span: source.place(span),
            labels: Vec::new(),
            working: None,
            help: Some(help.to_owned()),
            fixes: Vec::new(),
        })
    }
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
