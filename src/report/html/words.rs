//! All that the page says of its own, by name: one place to read it, and to say it in another language.
//!
//! It must not know where a text stands on the page.

use std::borrow::Cow;

/// The words of the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words;

impl Words {
    /// The language of the words, as a tag.
    #[expect(clippy::unused_self, reason = "another language is another value")]
    pub(super) fn language(self) -> &'static str {
        "en"
    }

    /// A text.
    #[expect(clippy::unused_self, reason = "another language is another value")]
    pub(super) fn say(self, key: &str) -> Cow<'static, str> {
        match TEXTS.binary_search_by_key(&key, |(known, _)| known) {
            Ok(at) => Cow::Borrowed(TEXTS[at].1),
            Err(_) => Cow::Owned(key.to_owned()),
        }
    }

    /// A text with what it speaks of.
    pub(super) fn with(self, key: &str, given: &[(&str, &str)]) -> String {
        let text = self.say(key);
        let mut said = String::with_capacity(text.len() + 20);
        let mut rest = &*text;
        // What is given is not read again: it may hold what looks like a name.
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            said.push_str(before);
            said.push_str(given.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
            rest = after;
        }
        said + rest
    }

    /// So many of something.
    pub(super) fn counted(self, key: &str, n: usize) -> String {
        let form = if n == 1 { "one" } else { "other" };
        self.with(&format!("{key}-{form}"), &[("n", &crate::finding::grouped(n.into()))])
    }
}

/// The texts, by name and in the order of names.
const TEXTS: &[(&str, &str)] = &[
    ("against-nothing", "against no risk"),
    ("all", "All"),
    ("all-looked-at", "None: a rule looked at every figure."),
    ("all-years", "All years"),
    ("and-more", "And {n} more, which are not shown."),
    ("aside-about", "These were found, and do not count: somebody has allowed them, or the baseline holds them."),
    ("aside-tile", "set aside"),
    ("audit-report", "Audit report"),
    ("broken", "This audit is not complete: {things} stood in the way."),
    ("by-baseline", "the baseline"),
    ("by-config", "the configuration"),
    ("by-inline", "a comment in the plan"),
    ("characters-left", "({n} more characters)"),
    (
        "checked",
        "{passed} of {total} checks passed, {rounding} of them because rounding explains the difference. {covered} of {figures} figures were looked at by a rule.",
    ),
    ("computed", "Computed"),
    ("computed-from-one", "Computed from {n} figure"),
    ("computed-from-other", "Computed from {n} figures"),
    ("contents", "Contents"),
    ("counts", "Counts"),
    ("coverage", "Which mitigation covers which risk"),
    (
        "coverage-about",
        "A dot says that the mitigation at the top is taken against the risk at the left. Rows without a dot are gaps.",
    ),
    ("covers", "covers"),
    ("currency", "Currency"),
    ("difference", "Difference"),
    ("disagrees", "disagrees"),
    ("equal", "the same"),
    ("error", "Error"),
    ("errors-one", "{n} error"),
    ("errors-only", "Errors"),
    ("errors-other", "{n} errors"),
    ("errors-tile", "errors"),
    ("failed", "Failed"),
    ("failed-many", "These plans do not all agree with themselves: {found}."),
    ("failed-one", "This plan does not agree with itself: {found}."),
    ("figure", "Figure"),
    ("figures", "figures"),
    ("file", "File"),
    ("filters", "Filter the findings"),
    ("finding", "Finding"),
    ("findings", "Findings"),
    (
        "findings-about",
        "Grouped by rule, errors first. Each finding shows the lines of the plan it is about; a figure in a frame is the one in question.",
    ),
    ("findings-left", "And {n} more findings of this rule, which are not shown here."),
    ("fixes-one", "{n} change would mend it"),
    ("fixes-other", "{n} changes would mend it"),
    ("found-so-far", "What could be checked has {found}."),
    ("gap", "no mitigation"),
    ("gone", "In the baseline, and no longer found"),
    ("impact", "Impact"),
    ("intervals", "True stated figure: {stated}. True computed figure: {computed}."),
    ("intervals-apart", "Rounding cannot explain the difference"),
    ("intervals-meet", "The two may be the same figure"),
    (
        "keys",
        "Keys: / search, j and k next and previous finding, e open or close all, t light or dark, Esc leave the search",
    ),
    ("likelihood", "Likelihood"),
    ("likely-cause", "Likely cause:"),
    ("line", "line {n}"),
    ("lines-of-plan", "Lines of the plan"),
    ("link-here", "Link to this finding"),
    ("list", "{firsts} and {last}"),
    ("made-by", "Made by {tool} {version}. The same plan and the same rules make the same report."),
    ("mitigation", "Mitigation"),
    ("mitigations", "Mitigations"),
    ("mitigations-table", "The mitigations"),
    ("money", "Money by objective and year"),
    (
        "money-about",
        "Amounts in {unit}, as the plan states them; where it states none, as the parts make them (in italics). \u{2260}: the parts make another figure; where rounding explains that, it is no finding.",
    ),
    ("money-desc", "Totals: {totals}. The table has every figure."),
    ("money-table", "Money by objective and year"),
    ("money-title", "Money by year, divided by objective, in {unit}"),
    ("no-cost", "no cost"),
    ("no-currency", "the plan’s unit"),
    ("no-figures", "There are no figures."),
    ("no-indicator", "no indicator"),
    ("no-means", "no means of measurement"),
    ("no-outcome", "no outcome"),
    ("no-output", "no output"),
    ("no-plan", "No plan was audited."),
    ("no-rules", "No rule ran."),
    ("no-scales", "The plan declares no scales: the words stand in the order in which it uses them."),
    ("none-match", "No finding matches."),
    ("not-applicable", "Not applicable"),
    ("not-listed", "not listed in the plan"),
    ("not-looked-at", "Figures that no rule looked at"),
    ("not-stated", "Not stated; computed from the parts"),
    ("note", "Note"),
    ("notes-one", "{n} note"),
    ("notes-only", "Notes"),
    ("notes-other", "{n} notes"),
    ("notes-tile", "notes"),
    ("nothing-found", "No rule found anything wrong."),
    ("number", "No."),
    ("objective", "Objective"),
    ("obstacles", "What stood in the way"),
    ("obstacles-about", "As long as these are there, a clean result would mean little."),
    ("of-which-rounding", "of which rounding"),
    ("off-the-map", "Not on the map, because their words are not on the scales: {risks}."),
    ("open-about", "{n} figures were compared with nothing; whether they are right, this report cannot say."),
    ("open-gap", "Gap"),
    ("open-tile", "figures not looked at"),
    ("or", "or:"),
    ("organisation", "Organisation"),
    ("origin", "Origin"),
    ("others", "{n} others"),
    ("outcome", "Outcome"),
    ("outcomes", "Outcomes and indicators"),
    ("output", "Output"),
    ("outputs", "Outputs and costs"),
    ("owner", "Owner"),
    ("pages-about", "What each rule checks, why, and what to do."),
    ("pages-of-rules", "Why each rule matters"),
    ("parts-make", "The parts make {computed}"),
    ("passed", "Passed"),
    ("passed-many", "These plans are in order: nothing was found."),
    ("passed-one", "This plan is in order: nothing was found."),
    ("passed-with-many", "These plans have no errors, but there is something to look at: {found}."),
    ("passed-with-one", "This plan has no errors, but there is something to look at: {found}."),
    ("period", "Period"),
    ("place", "Place"),
    ("places-left", "And {n} more places, which are not drawn."),
    ("plan-title", "Title"),
    ("plans", "Plans"),
    ("plans-one", "{n} plan"),
    ("plans-other", "{n} plans"),
    ("reason", "Reason"),
    ("reset", "Show all"),
    ("risk", "Risk"),
    ("risk-done", "something is done"),
    ("risk-gap", "no mitigation"),
    ("risk-map", "Risk map"),
    ("risk-map-title", "Risks by likelihood and impact"),
    ("risk-planned", "only planned"),
    ("risks-about", "{n} risks; {gaps} of them have no mitigation."),
    ("rounding-permits", "Rounding permits"),
    ("rule", "Rule"),
    ("rules-about", "Each check of a rule ends in one of three ways; where there was nothing to compare, it says so."),
    ("rules-that-ran", "Rules that ran"),
    ("rules-tile", "rules"),
    ("safe", "safe"),
    ("search", "Search"),
    ("set-aside", "Set aside"),
    ("set-aside-by", "By"),
    ("severity", "Severity"),
    ("share", "Share"),
    ("share-stated", "Share, %"),
    ("shares", "Stated and computed shares"),
    ("shares-about", "{n} stated shares were held against what they are shares of; {disagree} disagree."),
    ("shares-drawn", "The chart shows those that disagree and the largest, {n} in all."),
    ("shares-left-out", "The plan is so large that its shares were not compared for this report."),
    (
        "shares-legend",
        "Bar: computed, in percent. Stroke: stated. Red: they disagree, by the points that are written beside it.",
    ),
    ("shares-of", "They are said to be shares of {years}."),
    ("shares-table", "All shares as a table"),
    ("shares-title", "Stated and computed shares in percent"),
    ("shown", "{n} of {total} shown"),
    ("skip", "Skip to the report"),
    ("source", "Source"),
    ("stated", "Stated"),
    ("stated-from-one", "Stated figure: {n} addend"),
    ("stated-from-other", "Stated figure: {n} addends"),
    ("status", "Status"),
    ("stopped", "stopped"),
    ("the-plan", "What the plan says"),
    ("theme", "Light or dark"),
    ("theme-help", "Switch between light and dark (t)"),
    ("things-one", "{n} thing"),
    ("things-other", "{n} things"),
    ("title", "{plan} – audit report"),
    ("to-be-judged", "to be judged"),
    ("total", "Total"),
    ("trace", "From objective to cost"),
    (
        "trace-about",
        "What each objective is to change and how that is measured, and what it delivers and what that costs.",
    ),
    ("until", "Until"),
    ("value", "Value"),
    ("warning", "Warning"),
    ("warnings-one", "{n} warning"),
    ("warnings-only", "Warnings"),
    ("warnings-other", "{n} warnings"),
    ("warnings-tile", "warnings"),
    ("what-to-do", "What to do:"),
    ("why-it-matters", "Why it matters"),
    ("within-rounding", "within rounding"),
    ("working", "The working"),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of texts that the page asks for, as they stand in its files.
    fn asked() -> Vec<String> {
        let files = [
            include_str!("mod.rs"),
            include_str!("cards.rs"),
            include_str!("findings.rs"),
            include_str!("head.rs"),
            include_str!("money.rs"),
            include_str!("parts.rs"),
            include_str!("plans.rs"),
            include_str!("risks.rs"),
            include_str!("rules.rs"),
            include_str!("shares.rs"),
            include_str!("snippet.rs"),
            include_str!("trace.rs"),
            include_str!("working.rs"),
        ];
        files.iter().flat_map(|file| file.split('"').skip(1).step_by(2).map(str::to_owned)).collect()
    }

    #[test]
    fn every_text_has_its_place_and_is_asked_for() {
        assert!(TEXTS.is_sorted_by_key(|(key, _)| key));
        let asked = asked();
        let is_asked = |key: &str| asked.iter().any(|name| name == key);
        for (key, _) in TEXTS {
            let stem = key.rsplit_once('-').map_or("", |(stem, _)| stem);
            let by_number = key.ends_with("-one") || key.ends_with("-other") || key.ends_with("-many");
            assert!(
                is_asked(key) || by_number && (is_asked(stem) || is_asked(&format!("{stem}-{{several}}"))),
                "{key}"
            );
        }
    }

    #[test]
    fn what_is_given_is_not_read_as_a_name() {
        assert_eq!(Words.with("list", &[("firsts", "{last}"), ("last", "b")]), "{last} and b");
    }
}
