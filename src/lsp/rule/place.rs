//! Where in a plan an expression leads, as far as the standard vocabulary and a glance at the rule can say.
//!
//! No plan is looked at: a rule is written for all of them. What is not sure is `None`, never a guess that looks sure.

use crate::plan::vocabulary::{Key, ROOT, Shape};
use crate::script::{Binding, Kind, Outline, Token};

/// Names that lead to names that lead to names: how far that is followed.
const MOST_STEPS: usize = 12;

/// The longest chain that is followed, and the longest pair of brackets in it, in tokens.
const MOST_TOKENS: usize = 500;

/// Verbs that give some of the nodes that they work on, or what stands in them.
const SAME: [&str; 10] =
    ["filter", "find", "first", "last", "distinct", "having", "lacking", "figures", "exact", "values"];

/// A place of the standard vocabulary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Its path, such as `objectives.outputs`; empty for the plan as a whole.
    pub(super) path: String,
    /// Whether it is one year's figure of what the path names.
    year: bool,
}

impl Place {
    pub(super) const PLAN: Self = Self { path: String::new(), year: false };

    /// The key that it stands under; none for the plan as a whole.
    pub(super) fn key(&self) -> Option<&'static Key> {
        let mut keys = ROOT;
        let mut found = None;
        for name in self.path.split('.').filter(|name| !name.is_empty()) {
            let key = keys.iter().find(|key| key.name == name)?;
            keys = below(key);
            found = Some(key);
        }
        found
    }

    /// The keys beneath it.
    pub(super) fn keys(&self) -> &'static [Key] {
        match self.key() {
            _ if self.year => &[],
            Some(key) => below(key),
            None => ROOT,
        }
    }

    /// Whether the vocabulary knows every key beneath it.
    pub(super) fn is_closed(&self) -> bool {
        !self.keys().is_empty()
    }

    pub(super) fn child(&self, name: &str) -> Option<Self> {
        if self.is_by_year() {
            return Some(Self { year: true, ..self.clone() });
        }
        self.keys().iter().find(|key| key.name == name)?;
        let path = if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) };
        Some(Self { path, year: false })
    }

    pub(super) fn is_by_year(&self) -> bool {
        !self.year && self.key().is_some_and(|key| matches!(key.shape, Shape::ByYear))
    }

    fn parent(&self) -> Self {
        if self.year {
            return Self { year: false, ..self.clone() };
        }
        let path = self.path.rsplit_once('.').map_or("", |(above, _)| above);
        Self { path: path.to_owned(), year: false }
    }
}

fn below(key: &'static Key) -> &'static [Key] {
    match key.shape {
        Shape::Table(keys) | Shape::Tables(keys) => keys,
        _ => &[],
    }
}

/// Finds places in one text.
#[derive(Clone, Copy)]
pub(super) struct Places<'t> {
    pub(super) text: &'t str,
    pub(super) outline: &'t Outline,
}

impl<'t> Places<'t> {
    fn token(&self, at: usize) -> Option<Token> {
        self.outline.tokens.get(at).copied()
    }

    fn word(&self, at: usize) -> &'t str {
        self.token(at).map_or("", |token| token.text(self.text))
    }

    fn is_word(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.kind == Kind::Word)
    }

    /// Where the tokens from one to another lead, all of them together.
    pub(super) fn of(&self, from: usize, to: usize) -> Option<Place> {
        self.follow(from, to, 0)
    }

    /// Where the chain that ends before a token leads, such as the one before a dot.
    pub(super) fn before(&self, end: usize) -> Option<Place> {
        self.of(self.chain_start(end)?, end)
    }

    /// The first token of the chain that ends before a token: of `a.b(c)[d]`, `a`.
    pub(super) fn chain_start(&self, end: usize) -> Option<usize> {
        let mut at = end.checked_sub(1)?;
        while end - at < MOST_TOKENS {
            while matches!(self.word(at), ")" | "]") {
                at = self.opening(at)?.checked_sub(1)?;
            }
            if !self.is_word(at) {
                return None;
            }
            match at.checked_sub(1).map(|before| self.word(before)) {
                Some(".") => at = at.checked_sub(2)?,
                _ => return Some(at),
            }
        }
        None
    }

    /// The bracket that a closing one belongs to.
    fn opening(&self, close: usize) -> Option<usize> {
        let mut depth = 0_usize;
        let mut at = close;
        while close - at < MOST_TOKENS {
            match self.word(at) {
                ")" | "]" | "}" => depth += 1,
                "(" | "[" | "{" | "#{" | "${" => depth = depth.checked_sub(1)?,
                _ => {}
            }
            if depth == 0 {
                return Some(at);
            }
            at = at.checked_sub(1)?;
        }
        None
    }

    fn closing(&self, open: usize) -> usize {
        let mut depth = 0_usize;
        let mut at = open;
        while at < self.outline.tokens.len() {
            match self.word(at) {
                "(" | "[" | "{" | "#{" | "${" => depth += 1,
                ")" | "]" | "}" => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                break;
            }
            at += 1;
        }
        at
    }

    fn follow(&self, from: usize, to: usize, steps: usize) -> Option<Place> {
        if from >= to || steps > MOST_STEPS || !self.is_word(from) {
            return None;
        }
        let mut place = self.named(from, steps)?;
        let mut at = from + 1;
        while at < to {
            let word = self.word(at);
            match word {
                "." if self.is_word(at + 1) && self.word(at + 2) == "(" => {
                    place = self.after_verb(place, self.word(at + 1))?;
                    at = self.closing(at + 2) + 1;
                }
                "." if self.is_word(at + 1) => {
                    place = place.child(self.word(at + 1))?;
                    at += 2;
                }
                "[" => {
                    if place.is_by_year() {
                        place.year = true;
                    }
                    at = self.closing(at) + 1;
                }
                _ => return None,
            }
        }
        Some(place)
    }

    fn after_verb(&self, place: Place, verb: &str) -> Option<Place> {
        match verb {
            "parent" => Some(place.parent()),
            "values" | "figures" if place.is_by_year() => Some(Place { year: true, ..place }),
            verb if SAME.contains(&verb) => Some(place),
            _ => None,
        }
    }

    /// What a name at a token stands for.
    fn named(&self, at: usize, steps: usize) -> Option<Place> {
        let (name, offset) = (self.word(at), self.token(at)?.span.start);
        let locals = self.outline.locals(self.text, offset);
        let local = locals.iter().find(|local| local.name == name)?;
        match local.binding {
            Binding::Parameter if name == "plan" => Some(Place::PLAN),
            Binding::Value(from, to) | Binding::Each(from, to) => self.follow(from, to, steps + 1),
            Binding::Given(open) => {
                // `plan.risks.filter(|risk| ...)`: what stands before `.filter(`.
                let dot = open.checked_sub(2).filter(|dot| self.word(*dot) == ".")?;
                self.follow(self.chain_start(dot)?, dot, steps + 1)
            }
            Binding::Parameter => by_name(name),
            Binding::Other => None,
        }
    }
}

/// What a parameter is called like: an `objective` is one of the objectives. Names of several things say nothing.
fn by_name(name: &str) -> Option<Place> {
    fn search(name: &str, keys: &'static [Key], above: &Place, found: &mut Vec<Place>) {
        for key in keys {
            let Some(place) = above.child(key.name) else { continue };
            if matches!(key.shape, Shape::Tables(_)) && (key.name == name || key.name.strip_suffix('s') == Some(name)) {
                found.push(place.clone());
            }
            search(name, below(key), &place, found);
        }
    }
    let mut found = Vec::new();
    search(name, ROOT, &Place::PLAN, &mut found);
    (found.len() == 1).then(|| found.swap_remove(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the chain before `◆` leads.
    fn place(marked: &str) -> Option<String> {
        let offset = u32::try_from(marked.find('◆').unwrap()).unwrap();
        let text = marked.replace('◆', "");
        let outline = Outline::of(&text);
        let end = outline.tokens.partition_point(|token| token.span.end <= offset);
        let place = Places { text: &text, outline: &outline }.before(end)?;
        Some(if place.year { format!("{} in a year", place.path) } else { place.path })
    }

    #[test]
    fn names_are_followed_to_where_they_come_from() {
        let leads = |marked: &str, path: &str| assert_eq!(place(marked).as_deref(), Some(path), "{marked}");
        leads("fn check(plan) { plan◆ }", "");
        leads("fn check(plan) { plan.objectives◆ }", "objectives");
        leads("fn check(plan) { for o in plan.objectives { o.outputs◆", "objectives.outputs");
        leads(
            "fn check(plan) { for (o, at) in plan.objectives { o.outputs[0].cost[\"2026\"]◆",
            "objectives.outputs.cost in a year",
        );
        leads("fn check(plan) { let all = plan.objectives.filter(|o| o.share > 1); all.outputs◆", "objectives.outputs");
        leads("fn check(plan) { plan.risks.filter(|risk| risk◆", "risks");
        leads("fn check(plan) { plan.risks.map(|r| `${r.mitigations◆", "risks.mitigations");
        leads("fn check(plan) { plan.risks.first().parent()◆", "");
        leads("fn f(table, row) { row◆", "tables.rows");
    }

    #[test]
    fn what_is_not_sure_is_not_said() {
        for marked in [
            "fn check(plan) { plan.house◆ }",
            "fn check(plan) { (plan)◆ }",
            "fn check(plan) { plan.objectives.map(|o| o.id)◆ }",
            "fn judge(all) { all◆ }",
            "fn f(part) { part◆ }",
            "fn f() { x◆ }",
            "◆",
            ")◆",
            "fn f(a) { let a = a; a◆ }",
        ] {
            assert_eq!(place(marked), None, "{marked}");
        }
    }
}
