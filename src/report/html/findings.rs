//! Findings, grouped by rule, the gravest first; of many the first of each rule, and how many are left out.
//!
//! Which are shown depends on the report alone, so that the same run makes the same page.

use std::collections::{BTreeMap, HashMap};

use maud::{Markup, html};

use super::cards::{self, Card};
use super::parts::{SHORT, anchor, class, cut, more};
use super::wording::Words;
use crate::finding::{Finding, Fingerprint, Run, Severity};

/// Findings that are shown of one rule.
const MOST_OF_RULE: usize = 40;

/// Findings that are shown in all: a page of so many opens at once.
const MOST: usize = 400;

/// Rules whose findings are shown or counted.
const MOST_RULES: usize = 400;

/// The findings of one rule.
struct Group<'r> {
    rule: &'r str,
    worst: Severity,
    findings: Vec<&'r Finding>,
}

/// Objectives and files by the numbers that the filters know them by.
pub(super) struct Index<'r> {
    files: Vec<&'r str>,
    /// The file, the id and the title of each objective; its number is its place here.
    objectives: Vec<(&'r str, &'r str, &'r str)>,
    /// By file and path, the number of the objective.
    paths: HashMap<(&'r str, &'r str), usize>,
}

/// Objectives that can be chosen in a filter.
const MOST_OBJECTIVES: usize = 200;

impl<'r> Index<'r> {
    fn of(run: &'r Run) -> Self {
        let mut files: Vec<&str> = run.report.findings.iter().map(|finding| &*finding.file).collect();
        files.dedup();
        let mut objectives = Vec::new();
        let mut paths = HashMap::new();
        for overview in &run.overviews {
            for objective in overview.objectives.iter().take(MOST_OBJECTIVES.saturating_sub(objectives.len())) {
                paths.insert((&*overview.file, objective.path.as_str()), objectives.len());
                objectives.push((&*overview.file, objective.id.as_str(), objective.title.as_str()));
            }
        }
        Self { files, objectives, paths }
    }

    /// The numbers of the objectives that a finding concerns, as the filter reads them.
    pub(super) fn objectives(&self, finding: &Finding) -> String {
        let own = (&*finding.file, finding.path.as_str());
        let labels = finding.labels.iter().map(|l| (l.file.as_deref().unwrap_or(&finding.file), l.path.as_str()));
        let mut found: Vec<usize> = std::iter::once(own).chain(labels).filter_map(|at| self.objective(at)).collect();
        found.sort_unstable();
        found.dedup();
        found.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    fn objective(&self, (file, path): (&str, &str)) -> Option<usize> {
        let end = path.strip_prefix("objectives[")?.find(']')? + "objectives[".len() + 1;
        self.paths.get(&(file, &path[..end])).copied()
    }

    /// The number of a file.
    pub(super) fn file(&self, file: &str) -> usize {
        self.files.binary_search(&file).unwrap_or_default()
    }
}

pub(super) fn findings(run: &Run, w: &Words<'_>) -> Markup {
    let findings = &run.report.findings;
    if findings.is_empty() {
        return html! { p.good { (w.say("nothing-found")) } };
    }
    let groups = groups(findings);
    let index = Index::of(run);
    let mut open = MOST;
    let of_rule = (MOST / groups.len().max(1)).clamp(1, MOST_OF_RULE);
    let mut seen: HashMap<Fingerprint, usize> = HashMap::new();
    html! {
        (filters(&groups, &index, w))
        p.hint { (w.say("findings-about")) }
        @for group in groups.iter().take(MOST_RULES) {
            @let shown = group.findings.len().min(of_rule).min(open);
            @let _ = open -= shown;
            div.group {
                h3 {
                    @if let Some(page) = run.pages.get(group.rule) { (cut(w.phrase(&page.title).trim_end_matches('.'), SHORT, w)) }
                    @else { (cut(group.rule, SHORT, w)) }
                    " " span.count { (w.number(group.findings.len())) }
                }
                @if run.pages.contains_key(group.rule) {
                    p.rule { a href={ "#" (anchor("rule", group.rule)) } { (w.say("why-it-matters")) } " \u{b7} " code { (cut(group.rule, SHORT, w)) } }
                }
                @for finding in &group.findings[..shown] {
                    @let times = seen.entry(finding.fingerprint).and_modify(|n| *n += 1).or_insert(1);
                    (cards::card(&Card { finding, id: id(finding, *times), run, index: &index }, w))
                }
                @if shown < group.findings.len() {
                    p.more { (w.counted("findings-left", (group.findings.len() - shown).into())) }
                }
            }
        }
        (more(groups.len().saturating_sub(MOST_RULES), w))
        p #none-left hidden { (w.say("none-match")) }
    }
}

/// The name of a finding on the page: its fingerprint, and for a second one with the same which it is.
fn id(finding: &Finding, times: usize) -> String {
    if times == 1 { format!("f-{}", finding.fingerprint) } else { format!("f-{}-{times}", finding.fingerprint) }
}

fn groups(findings: &[Finding]) -> Vec<Group<'_>> {
    let mut by_rule: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        by_rule.entry(&finding.rule).or_default().push(finding);
    }
    let mut groups: Vec<Group<'_>> = by_rule
        .into_iter()
        .map(|(rule, mut findings)| {
            // One rule may find errors and warnings; the graver ones are not to be left out.
            findings.sort_by_key(|finding| rank(finding.severity));
            Group { rule, worst: findings[0].severity, findings }
        })
        .collect();
    groups.sort_by_key(|group| rank(group.worst));
    groups
}

fn rank(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Info => 2,
    }
}

fn filters(groups: &[Group<'_>], index: &Index<'_>, w: &Words<'_>) -> Markup {
    let has = |severity| groups.iter().any(|group| group.findings.iter().any(|finding| finding.severity == severity));
    let severities =
        [(Severity::Error, "errors-only"), (Severity::Warning, "warnings-only"), (Severity::Info, "notes-only")];
    let several_files = index.files.len() > 1;
    html! {
        form #filters role="search" aria-label=(w.say("filters")) hidden {
            label { span { (w.say("search")) } input type="search" name="q" autocomplete="off"; }
            label { span { (w.say("severity")) }
                select name="severity" {
                    option value="" { (w.say("all")) }
                    @for (severity, name) in severities.into_iter().filter(|(severity, _)| has(*severity)) {
                        option value=(class(severity)) { (w.say(name)) }
                    }
                }
            }
            label { span { (w.say("rule")) }
                select name="rule" {
                    option value="" { (w.say("all")) }
                    @for group in groups.iter().take(MOST_RULES) { option value=(group.rule) { (cut(group.rule, SHORT, w)) } }
                }
            }
            @if !index.objectives.is_empty() {
                label { span { (w.say("objective")) }
                    select name="objective" {
                        option value="" { (w.say("all")) }
                        @for (number, (file, id, title)) in index.objectives.iter().enumerate() {
                            option value=(number) { (cut(id, 40, w)) " " (cut(title, 60, w)) @if several_files { " (" (cut(file, 60, w)) ")" } }
                        }
                    }
                }
            }
            @if several_files {
                label { span { (w.say("file")) }
                    select name="file" {
                        option value="" { (w.say("all")) }
                        @for (number, file) in index.files.iter().enumerate().take(MOST_RULES) { option value=(number) { (cut(file, 80, w)) } }
                    }
                }
            }
            button type="reset" { (w.say("reset")) }
            output aria-live="polite" data-shown=(w.with("shown", &[("n", "{n}"), ("total", "{total}")])) {}
        }
    }
}
