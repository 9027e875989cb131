//! How a comparison is said: every sentence of it, for every printer, in one place.

use super::super::wording::{grouped, signed};
use super::{
    AmountChange, Change, Comparison, ComparisonSummary, FigureChange, ItemChange, ItemChanged, ItemSide, Money,
    PlanDifference, ValueChange,
};
use crate::figure::Decimal;

/// Characters of a text that are shown at most.
const MOST: usize = 120;

/// Says things of a comparison, with the arrow that what it is written to can show.
#[derive(Clone, Copy, Debug)]
pub struct Wording {
    /// Stands between what was and what is.
    pub arrow: &'static str,
}

impl Default for Wording {
    fn default() -> Self {
        Self { arrow: "\u{2192}" }
    }
}

impl Wording {
    /// For what can show no more than ASCII.
    pub const ASCII: Self = Self { arrow: "->" };

    /// A change of money as a council would read it: `Objective I.1, 2022: +1 240 000 CHF (+10.2 %)`.
    #[must_use]
    pub fn amount(&self, amount: &AmountChange, plan: &PlanDifference) -> String {
        let of = match &amount.objective {
            Some(objective) => match amount.only {
                Some(change) => format!("Objective {} ({})", called(objective), change.word()),
                None => format!("Objective {}", called(objective)),
            },
            None => "Whole plan".to_owned(),
        };
        format!("{of}, {}: {}", year(&amount.year), self.by(amount, plan))
    }

    fn by(&self, amount: &AmountChange, plan: &PlanDifference) -> String {
        let change = &amount.change;
        let money = |amount: Decimal, currency: &str| spaced(&grouped(amount), currency);
        let now = |amount| money(amount, &plan.currency);
        let was = |amount| money(amount, plan.old_currency.as_ref().unwrap_or(&plan.currency));
        match (change.old, change.new) {
            (Some(old), Some(new)) if plan.old_currency.is_some() => format!("{}, was {}", now(new), was(old)),
            (Some(old), Some(new)) => match change.difference {
                Some(difference) => {
                    let percent = self.percent(change).map(|percent| format!(" ({percent})")).unwrap_or_default();
                    format!("{}{percent}", spaced(&signed(difference), &plan.currency))
                }
                None => format!("{}, was {}", now(new), was(old)),
            },
            (None, Some(new)) if amount.only.is_some() => now(new),
            (Some(old), None) if amount.only.is_some() => format!("was {}", was(old)),
            (None, Some(new)) => format!("{}, was not stated", now(new)),
            (Some(old), None) => format!("not stated any more, was {}", was(old)),
            (None, None) => String::new(),
        }
    }

    /// By how many percent: `+10.2 %`. What rounds to nothing is said to be less than can be written.
    #[must_use]
    pub fn percent(&self, change: &Change) -> Option<String> {
        let percent = change.percent?;
        let is_nothing = percent.is_zero() && change.difference.is_some_and(|difference| !difference.is_zero());
        Some(if is_nothing { "less than 0.1 %".to_owned() } else { format!("{} %", signed(percent)) })
    }

    /// By how much a figure differs, and by how many percent; of percents, by how many points.
    #[must_use]
    pub fn difference(&self, figure: &FigureChange) -> [String; 2] {
        let change = &figure.change;
        match (change.old, change.new) {
            (None, _) => ["added".to_owned(), String::new()],
            (_, None) => ["removed".to_owned(), String::new()],
            _ => {
                let difference = change.difference.map(signed).unwrap_or_default();
                if figure.unit == "percent" {
                    return [difference, "points".to_owned()];
                }
                [difference, self.percent(change).unwrap_or_default()]
            }
        }
    }

    /// What a figure is called, and what it was called where that was another.
    #[must_use]
    pub fn name(&self, name: &str, old_name: Option<&String>) -> String {
        old_name.map_or_else(|| name.to_owned(), |old| format!("{name} (was {old})"))
    }

    /// What became of an item, without the word for it.
    #[must_use]
    pub fn item(&self, item: &ItemChange) -> String {
        let noun = noun(&item.list);
        match (&item.old, &item.new) {
            (Some(old), Some(new)) if item.change == ItemChanged::Renamed => self.renamed(noun, old, new),
            (Some(old), Some(new)) => {
                format!("{}: {} {} {}", titled(noun, new), within(old), self.arrow, within(new))
            }
            (Some(side), None) | (None, Some(side)) => {
                let of = if side.parent.is_some() { format!(" of {}", within(side)) } else { String::new() };
                format!("{}{of}{}{}", titled(noun, side), holding(item.holds), money(&item.amounts))
            }
            (None, None) => String::new(),
        }
    }

    fn renamed(&self, noun: &str, old: &ItemSide, new: &ItemSide) -> String {
        let arrow = self.arrow;
        if old.title == new.title {
            let number = |id: &str| if id.is_empty() { "without a number".to_owned() } else { id.to_owned() };
            return format!("{noun} {} {arrow} {}: {}", number(&old.id), number(&new.id), shortened(&new.title, MOST));
        }
        let [was, is] = shortened_pair(&old.title, &new.title, MOST);
        let ids = match (old.id == new.id, new.id.is_empty()) {
            (true, true) => noun.to_owned(),
            (true, false) => format!("{noun} {}", new.id),
            (false, _) => format!("{noun} {} {arrow} {}", old.id, new.id),
        };
        format!("{ids}: \"{was}\" {arrow} \"{is}\"")
    }

    /// How a value that is no figure differs, without its name.
    #[must_use]
    pub fn value(&self, value: &ValueChange) -> String {
        let quoted = |text: &str| format!("\"{text}\"");
        if !value.added.is_empty() || !value.removed.is_empty() {
            let listed = |texts: &[String]| {
                let shown = texts.iter().take(5).map(|text| quoted(&shortened(text, MOST)));
                let more = texts.len().saturating_sub(5);
                let more = (more > 0).then(|| format!("{more} more"));
                shown.chain(more).collect::<Vec<_>>().join(", ")
            };
            let with = (!value.added.is_empty()).then(|| format!("with {}", listed(&value.added)));
            let without = (!value.removed.is_empty()).then(|| format!("without {}", listed(&value.removed)));
            return [with, without].into_iter().flatten().collect::<Vec<_>>().join(", ");
        }
        match (&value.old, &value.new) {
            (Some(old), Some(new)) => {
                let [old, new] = shortened_pair(old, new, MOST);
                format!("{} {} {}", quoted(&old), self.arrow, quoted(&new))
            }
            (None, Some(new)) => format!("{}, was not stated", quoted(&shortened(new, MOST))),
            (Some(old), None) => format!("not stated any more, was {}", quoted(&shortened(old, MOST))),
            (None, None) => String::new(),
        }
    }

    /// The counts of what differs in plans, in a line; nothing where nothing does.
    #[must_use]
    pub fn counts(&self, summary: &ComparisonSummary) -> String {
        let item = |n: usize, word: &str| (n > 0).then(|| format!("{} {word}", counted(n, "item", "items")));
        let parts = [
            (summary.figures > 0).then(|| format!("{} changed", counted(summary.figures, "figure", "figures"))),
            item(summary.added, "added"),
            item(summary.removed, "removed"),
            item(summary.renamed, "renamed"),
            item(summary.moved, "moved"),
            (summary.values > 0).then(|| format!("{} changed", counted(summary.values, "other value", "other values"))),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// The counts of findings, in a line.
    #[must_use]
    pub fn findings(&self, summary: &ComparisonSummary) -> String {
        let gone = match summary.findings_gone {
            0 => String::new(),
            n => format!(", {n} gone without being mended"),
        };
        format!(
            "findings: {} new, {} fixed{gone}, {} remaining",
            summary.findings_new, summary.findings_fixed, summary.findings_remaining
        )
    }

    /// That nothing differs, or nothing that a plan states.
    #[must_use]
    pub fn nothing(&self, comparison: &Comparison) -> Option<&'static str> {
        (!comparison.differs()).then_some("nothing differs: the same figures, items and findings")
    }
}

/// What an item is called where its kind is known: its id, else its title.
fn called(side: &ItemSide) -> String {
    if side.id.is_empty() { shortened(&side.title, MOST) } else { side.id.clone() }
}

/// A noun, the id and the title of an item, as far as it has them.
fn titled(noun: &str, side: &ItemSide) -> String {
    let id = if side.id.is_empty() { String::new() } else { format!(" {}", side.id) };
    let title = match side.title.as_str() {
        "" => String::new(),
        title => format!(" \"{}\"", shortened(title, MOST)),
    };
    match format!("{noun}{id}{title}") {
        nameless if nameless == noun => format!("{noun} in line {}", side.line),
        named => named,
    }
}

fn within(side: &ItemSide) -> String {
    match (&side.parent_list, &side.parent) {
        (Some(list), Some(parent)) => format!("{} {}", noun(list), shortened(parent, MOST)),
        _ => "the top".to_owned(),
    }
}

fn holding(items: usize) -> String {
    match items {
        0 => String::new(),
        n => format!(", with {} in it", counted(n, "item", "items")),
    }
}

fn money(amounts: &[Money]) -> String {
    if amounts.is_empty() {
        return String::new();
    }
    let of: Vec<String> =
        amounts.iter().map(|money| format!("{} in {}", grouped(money.amount), year(&money.year))).collect();
    format!(": {}", of.join(", "))
}

fn year(year: &str) -> &str {
    if year == "all_years" { "all years" } else { year }
}

/// What one item of a list is called.
fn noun(list: &str) -> &str {
    let key = list.rsplit('.').next().unwrap_or(list);
    match key {
        "objectives" => "objective",
        "outcomes" => "outcome",
        "outputs" => "output",
        "services" => "service",
        "splits" => "split",
        "parts" => "part",
        "risks" => "risk",
        "mitigations" => "mitigation",
        "tables" => "table",
        "rows" => "row",
        "reconciliations" => "reconciliation",
        own => own,
    }
}

fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

fn spaced(figure: &str, currency: &str) -> String {
    if currency.is_empty() { figure.to_owned() } else { format!("{figure} {currency}") }
}

/// A text of so many characters at most; what is left out is marked.
///
/// ```
/// assert_eq!(crossfoot::finding::shortened("a long title", 7), "a long\u{2026}");
/// ```
#[must_use]
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}\u{2026}", kept.trim_end())
}

/// Two texts, shortened so that the place where they begin to differ is seen.
fn shortened_pair(old: &str, new: &str, most: usize) -> [String; 2] {
    let same = old.chars().zip(new.chars()).take_while(|(old, new)| old == new).count();
    let from = same.saturating_sub(most / 4);
    let is_long = [old, new].iter().any(|text| text.chars().count() > most);
    [old, new].map(|text| {
        if !is_long || from == 0 {
            return shortened(text, most);
        }
        let rest: String = text.chars().skip(from).collect();
        format!("\u{2026}{}", shortened(&rest, most))
    })
}
