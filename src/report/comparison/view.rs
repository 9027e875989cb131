//! What of a comparison is shown, in which order, and how much of it: the same in every form.

use crate::finding::{
    Comparison, FigureChange, Finding, ItemChanged, PlanAlone, PlanDifference, Wording, grouped, number,
};

/// What is shown of a comparison.
pub(super) struct View {
    /// Sentences that stand above all.
    pub(super) summary: Vec<String>,
    pub(super) parts: Vec<Part>,
}

/// What is shown of one plan, or of all together.
pub(super) struct Part {
    /// The plan's name and title; of all together, nothing.
    pub(super) title: Option<String>,
    /// How its money differs, in sentences, each with whether it is more, less, or neither.
    pub(super) money: Vec<(String, i8)>,
    pub(super) money_left_out: usize,
    pub(super) sections: Vec<Section>,
}

/// Rows under a heading.
pub(super) struct Section {
    pub(super) title: &'static str,
    /// The heads of the columns, with whether figures stand in them.
    pub(super) columns: &'static [(&'static str, bool)],
    pub(super) rows: Vec<Vec<String>>,
    pub(super) left_out: usize,
    /// Whether it is there for those who ask.
    pub(super) is_aside: bool,
}

const FIGURES: &[(&str, bool)] = &[("figure", false), ("was", true), ("is", true), ("difference", true), ("", true)];
const ITEMS: &[(&str, bool)] = &[("change", false), ("item", false)];
const VALUES: &[(&str, bool)] = &[("value", false), ("change", false)];
const FINDINGS: &[(&str, bool)] = &[("", false), ("severity", false), ("rule", false), ("finding", false)];
const PLANS: &[(&str, bool)] = &[("change", false), ("plan", false)];

/// Chooses what is shown, at most so many rows of each kind.
pub(super) fn view(comparison: &Comparison, wording: Wording, most: usize) -> View {
    let mut parts: Vec<Part> = Vec::new();
    let is_one =
        comparison.plans.len() == 1 && comparison.plans_added.is_empty() && comparison.plans_removed.is_empty();
    for plan in comparison.plans.iter().filter(|plan| !plan.is_empty()) {
        parts.push(of_plan(plan, wording, most, is_one));
    }
    let sections = vec![plans(comparison, wording, most), findings(comparison, most), remaining(comparison, most)];
    let sections: Vec<Section> = sections.into_iter().filter(|section| !section.rows.is_empty()).collect();
    if !sections.is_empty() {
        parts.push(Part { title: None, money: Vec::new(), money_left_out: 0, sections });
    }
    let counts = wording.counts(&comparison.summary);
    let nothing = wording.nothing(comparison).map(str::to_owned);
    let summary = match nothing {
        Some(nothing) => vec![nothing],
        None if counts.is_empty() => vec![wording.findings(&comparison.summary)],
        None => vec![counts, wording.findings(&comparison.summary)],
    };
    View { summary, parts }
}

fn of_plan(plan: &PlanDifference, wording: Wording, most: usize, is_one: bool) -> Part {
    let title = match (is_one, plan.title.as_str()) {
        (true, "") => None,
        (true, title) => Some(title.to_owned()),
        (false, "") => Some(plan.new.to_string()),
        (false, title) => Some(format!("{}: {title}", plan.new)),
    };
    let sign = |amount: &crate::finding::AmountChange| match amount.change.difference {
        Some(difference) if plan.old_currency.is_none() => i8::from(difference.is_sign_positive()) * 2 - 1,
        _ => 0,
    };
    let figures = plan.figures.iter().map(|figure| of_figure(figure, wording)).collect();
    let items =
        ItemChanged::ALL.into_iter().flat_map(|change| plan.items.iter().filter(move |item| item.change == change));
    let items = items.map(|item| vec![item.change.word().to_owned(), wording.item(item)]).collect();
    let value = |value: &crate::finding::ValueChange| {
        vec![wording.name(&value.name, value.old_name.as_ref()), wording.value(value)]
    };
    let values = plan.values.iter().map(value).collect();
    let sections = [
        section("Figures", FIGURES, figures, most),
        section("Items", ITEMS, items, most),
        section("Other values", VALUES, values, most),
    ];
    Part {
        title,
        money: plan.amounts.iter().take(most).map(|amount| (wording.amount(amount, plan), sign(amount))).collect(),
        money_left_out: plan.amounts.len().saturating_sub(most),
        sections: sections.into_iter().filter(|section| !section.rows.is_empty()).collect(),
    }
}

fn of_figure(figure: &FigureChange, wording: Wording) -> Vec<String> {
    let written =
        |value: Option<_>| value.map(|value| if figure.unit.is_empty() { number(value) } else { grouped(value) });
    let [by, percent] = wording.difference(figure);
    let (old, new) = (written(figure.change.old), written(figure.change.new));
    vec![
        wording.name(&figure.name, figure.old_name.as_ref()),
        old.unwrap_or_default(),
        new.unwrap_or_default(),
        by,
        percent,
    ]
}

fn plans(comparison: &Comparison, wording: Wording, most: usize) -> Section {
    let called = |plan: &PlanAlone| match plan.title.as_str() {
        "" => plan.file.to_string(),
        title => format!("{}: {title}", plan.file),
    };
    let row = |change: ItemChanged, plan: &PlanAlone| vec![change.word().to_owned(), called(plan)];
    let added = comparison.plans_added.iter().map(|plan| row(ItemChanged::Added, plan));
    let removed = comparison.plans_removed.iter().map(|plan| row(ItemChanged::Removed, plan));
    let base = |file: &str| file.rsplit(['/', ':', '\\']).next().unwrap_or(file).to_owned();
    let is_renamed = |plan: &&PlanDifference| comparison.plans.len() > 1 && base(&plan.old) != base(&plan.new);
    let renamed = comparison.plans.iter().filter(is_renamed);
    let renamed = renamed.map(|plan| {
        vec![ItemChanged::Renamed.word().to_owned(), format!("{} {} {}", plan.old, wording.arrow, plan.new)]
    });
    section("Plans", PLANS, added.chain(removed).chain(renamed).collect(), most)
}

fn findings(comparison: &Comparison, most: usize) -> Section {
    let findings = &comparison.findings;
    let with_file = comparison.plans.len() + comparison.plans_added.len() + comparison.plans_removed.len() > 1;
    let row = |word: &str, finding: &Finding| of_finding(word, finding, with_file);
    let new = findings.new.iter().map(|finding| row("new", finding));
    let fixed = findings.fixed.iter().map(|finding| row("fixed", finding));
    let gone = findings.gone.iter().map(|gone| row(gone.why, &gone.finding));
    let changed = findings.changed.iter().map(|finding| row("changed", finding));
    section("Findings", FINDINGS, new.chain(fixed).chain(gone).chain(changed).collect(), most)
}

fn remaining(comparison: &Comparison, most: usize) -> Section {
    let with_file = comparison.plans.len() > 1;
    let rows = comparison.findings.remaining.iter().map(|finding| of_finding("", finding, with_file)).collect();
    Section { is_aside: true, ..section("Findings that remain", FINDINGS, rows, most) }
}

fn of_finding(word: &str, finding: &Finding, with_file: bool) -> Vec<String> {
    let file = if with_file || finding.name.is_empty() { format!("{}: ", finding.file) } else { String::new() };
    let place = if finding.name.is_empty() { String::new() } else { format!("{}: ", finding.name) };
    let said = format!("{file}{place}{}", finding.message);
    vec![word.to_owned(), finding.severity.word().to_owned(), finding.rule.to_string(), said]
}

fn section(
    title: &'static str,
    columns: &'static [(&'static str, bool)],
    mut rows: Vec<Vec<String>>,
    most: usize,
) -> Section {
    let left_out = rows.len().saturating_sub(most);
    rows.truncate(most);
    Section { title, columns, rows, left_out, is_aside: false }
}
