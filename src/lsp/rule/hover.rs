//! What there is to say about the word under the cursor: from the verbs' own documentation, the vocabulary, and the `///` lines
//! of functions.

use super::keywords::{CONSTANTS, ENTRIES, Keyword, WORDS, find};
use super::place::Place;
use super::{Hover, RuleText};
use crate::rules::{key_page, verb_page};
use crate::script::{Binding, Function, Kind, OPERATORS, Outline, VERBS, VerbDoc};

impl RuleText<'_> {
    /// What there is to say about an offset.
    pub(in crate::lsp) fn hover(&self, offset: u32) -> Option<Hover> {
        let at = self.outline.token_at(self.within(offset))?;
        let token = self.outline.tokens[at];
        let markdown = match token.kind {
            Kind::Word => self.about_word(at)?,
            Kind::Symbol => operator_page(self.word(at))?,
            Kind::Text { .. } => {
                let import = self.outline.imports.iter().find(|import| import.path_span == token.span)?;
                self.about_shared(&import.path)?
            }
            _ => return None,
        };
        Some(Hover { span: token.span, markdown })
    }

    fn about_word(&self, at: usize) -> Option<String> {
        let name = self.word(at);
        let before = |back: usize| at.checked_sub(back).map_or("", |at| self.word(at));
        let is_call = self.word(at + 1) == "(";
        match before(1) {
            "::" => {
                let import = self.outline.import(before(2))?;
                let source = self.root.shared().find(|(path, _)| *path == import.path)?.1;
                let outline = Outline::of(source.text());
                let page = function_page(before(2), outline.function(name)?);
                Some(format!("{page}\n\nShared code of `{}`.", import.path))
            }
            "." if is_call => verb(name).map(verb_markdown),
            "." if before(2) == "params" => self.about_param(name),
            "." => self.places().before(at - 1)?.child(name).and_then(|place| place_page(&place)),
            _ if self.word(at + 1) == "::" => self.about_shared(&self.outline.import(name)?.path),
            _ if is_call || before(1) == "fn" => {
                let own = self.outline.function(name);
                let entry = find(&ENTRIES, name).map(keyword_page);
                entry.or_else(|| own.map(|own| function_page("", own))).or_else(|| verb(name).map(verb_markdown))
            }
            _ => {
                let local = || self.about_local(at, name);
                local().or_else(|| find(&CONSTANTS, name).or_else(|| find(&WORDS, name)).map(keyword_page))
            }
        }
    }

    /// A variable or a parameter, with where in a plan it leads.
    fn about_local(&self, at: usize, name: &str) -> Option<String> {
        let token = self.outline.tokens[at];
        let locals = self.outline.locals(self.text, token.span.end);
        let local = locals.iter().find(|local| local.name == name)?;
        let (what, of) = match local.binding {
            Binding::Parameter if name == "params" => {
                let params = self.params().into_iter().map(|(name, _, value)| format!("\n- `{name}`: `{value}`"));
                return Some(format!(
                    "**params**: the rule's parameters, which `crossfoot.toml` can set.\n{}",
                    params.collect::<String>()
                ));
            }
            Binding::Parameter => ("a parameter", None),
            Binding::Each(from, to) => ("each of", self.source_of(from, to)),
            Binding::Given(open) => (
                "each of",
                self.places()
                    .chain_start(open.saturating_sub(2))
                    .and_then(|from| self.source_of(from, open.checked_sub(2)?)),
            ),
            Binding::Value(from, to) => ("the value of", self.source_of(from, to)),
            Binding::Other => ("a variable", None),
        };
        let mut page = match of {
            Some(of) => format!("**{name}**: {what} `{of}`"),
            None if matches!(what, "each of" | "the value of") => format!("**{name}**: a variable"),
            None => format!("**{name}**: {what}"),
        };
        let place = self.places().before(at + 1).filter(|place| place.key().is_some());
        if name == "plan" && local.binding == Binding::Parameter {
            page = "**plan**: the plan that is judged, as a selection of its whole.".to_owned();
        }
        if let Some(place) = place.and_then(|place| place_page(&place)) {
            page = format!("{page}\n\n{place}");
        }
        Some(page)
    }

    /// What stands at some tokens, where it is short enough to be shown.
    fn source_of(&self, from: usize, to: usize) -> Option<&str> {
        const MOST: usize = 60;
        let start = self.outline.tokens.get(from)?.span.start;
        let end = self.outline.tokens.get(to.checked_sub(1)?)?.span.end;
        let source = self.text.get(start as usize..end as usize)?;
        (source.len() <= MOST && !source.contains('\n')).then_some(source)
    }

    fn about_param(&self, name: &str) -> Option<String> {
        let params = self.params();
        let (_, _, value) = params.iter().find(|(param, ..)| *param == name)?;
        Some(format!(
            "**params.{name}**: a parameter of the rule.\n\nIts standard value is `{value}`; `crossfoot.toml` can set another."
        ))
    }

    /// The page of a file of shared code, with its functions.
    fn about_shared(&self, path: &str) -> Option<String> {
        let (_, source) = self.root.shared().find(|(known, _)| *known == path)?;
        let outline = Outline::of(source.text());
        let page = page_of(source.text(), &outline).unwrap_or_default();
        let functions = outline.functions.iter().filter(|function| is_offered(function));
        let list: String =
            functions.map(|function| format!("\n- `{}`{}", function.signature(), dashed(function))).collect();
        Some(format!("**{path}**\n\n{}\n{list}", page))
    }
}

/// The page of a file of shared code, without its signs.
pub(super) fn page_of(text: &str, outline: &Outline) -> Option<String> {
    let page = text.get(outline.page?.range())?;
    let lines: Vec<&str> = page.lines().map(|line| line.trim_start_matches("//!").trim()).collect();
    Some(lines.join("\n").trim().to_owned())
}

fn dashed(function: &Function) -> String {
    match function.docs.lines().next() {
        Some(first) if !first.is_empty() => format!(": {first}"),
        _ => String::new(),
    }
}

/// Whether those who import the file can call a function of it.
pub(super) fn is_offered(function: &Function) -> bool {
    !function.private && function.name != "check"
}

pub(super) fn verb(name: &str) -> Option<&'static VerbDoc> {
    VERBS.iter().find(|verb| verb.name == name)
}

/// The page of a verb, as it stands in the book of verbs, but for its heading.
pub(super) fn verb_markdown(verb: &'static VerbDoc) -> String {
    let page = verb_page(verb);
    let page = page.split_once("\n\n").map_or(page.as_str(), |(_, rest)| rest);
    page.trim_end().to_owned()
}

fn operator_page(symbol: &str) -> Option<String> {
    let has =
        |doc: &&'static VerbDoc| doc.name.split(' ').any(|name| name == symbol || (name == ".." && symbol == "..="));
    OPERATORS.iter().find(has).map(verb_markdown)
}

pub(super) fn keyword_page(keyword: &Keyword) -> String {
    let form = match keyword.form.split_once("{\n") {
        Some((head, _)) => format!("{head}{{ ... }}"),
        None => keyword.form.to_owned(),
    };
    format!("```rhai\n{form}\n```\n\n{}", keyword.about)
}

pub(super) fn function_page(import: &str, function: &Function) -> String {
    let lead = if import.is_empty() { String::new() } else { format!("{import}::") };
    let mut page = format!("```rhai\nfn {lead}{}\n```", function.signature());
    if !function.docs.is_empty() {
        page = format!("{page}\n\n{}", function.docs);
    }
    page
}

/// The page of a key of the vocabulary; nothing for the plan as a whole.
pub(super) fn place_page(place: &Place) -> Option<String> {
    let key = place.key()?;
    let page = key_page(&place.path, key);
    let page = page.split_once("\n\n").map_or(page.as_str(), |(_, rest)| rest);
    Some(page.trim_end().to_owned())
}
