//! What may stand where the cursor is: verbs, keys of the vocabulary, variables, functions, shared code, constants.
//!
//! The cursor is found as at the prompt of `crossfoot repl`. There a plan says which keys it has; here the vocabulary does.

use super::hover::{function_page, is_offered, keyword_page, page_of, place_page, verb_markdown};
use super::keywords::{CONSTANTS, ENTRIES, Keyword, SEVERITIES, WORDS as KEYWORDS, find};
use super::place::Place;
use super::{Item, ItemKind, Items, RuleText};
use crate::plan::vocabulary::{Key, ROOT, Shape};
use crate::script::{Binding, Function, Inside, Outline, Receiver, Scan, VERBS, VerbDoc, WORDS, is_name, receiver};
use crate::source::Span;

impl RuleText<'_> {
    /// What may stand at an offset.
    pub(in crate::lsp) fn complete(&self, offset: u32) -> Items {
        let offset = self.within(offset);
        let before = &self.text[..offset as usize];
        let scan = Scan::of(before);
        let level = scan.last();
        let (start, items) = match scan.inside {
            Inside::Comment | Inside::Block(_) => (before.len(), Vec::new()),
            Inside::Text(mark, at) => (at + mark.len_utf8(), self.in_text(before, &scan, mark, at)),
            Inside::Code => match (level.chain, level.dot) {
                (Some(chain), Some(dot)) => {
                    (level.word.unwrap_or(before.len()), self.after_dot(&before[chain..dot], dot))
                }
                _ => {
                    let start = level.word.unwrap_or(before.len());
                    (start, self.word_at(before, start))
                }
            },
        };
        let written = before.get(start..).unwrap_or_default();
        let fits = |item: &Item| item.label.to_lowercase().starts_with(&written.to_lowercase());
        let items = items.into_iter().filter(fits).collect();
        let start = u32::try_from(start).unwrap_or(offset);
        Items { span: Span::new(start.min(offset), offset), items }
    }

    /// A name of its own.
    fn word_at(&self, before: &str, start: usize) -> Vec<Item> {
        let lead = before[..start].trim_end();
        if let Some(import) = lead.strip_suffix("::") {
            let name = import.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
            return self.shared_functions(name);
        }
        // What is being named is new.
        let word_before = lead.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
        if matches!(word_before, "let" | "for" | "as") || lead.ends_with('|') && lead.ends_with("(|") {
            return Vec::new();
        }
        let offset = u32::try_from(before.len()).unwrap_or(u32::MAX);
        let in_body = |function: &&Function| function.body.is_some_and(|body| body.start < offset);
        if self.outline.function_at(offset).is_none() {
            return if matches!(word_before, "fn" | "const") { self.named_parts(word_before) } else { self.parts() };
        }
        match self.outline.function_at(offset).filter(in_body) {
            Some(_) => self.names(offset),
            None if word_before == "fn" => self.named_parts("fn"),
            None => Vec::new(),
        }
    }

    /// What can stand outside of functions, as far as it is not there.
    fn parts(&self) -> Vec<Item> {
        let part = |keyword: &Keyword| Item {
            kind: ItemKind::Part,
            label: keyword.form.lines().next().unwrap_or_default().trim_end_matches([' ', '{']).to_owned(),
            insert: Some(keyword.form.to_owned()),
            detail: None,
            docs: Some(keyword_page(keyword)),
        };
        let functions = ENTRIES.iter().filter(|entry| self.outline.function(entry.name).is_none());
        let constants =
            CONSTANTS.iter().filter(|constant| !self.outline.constants.iter().any(|known| known.name == constant.name));
        let imports = self.root.shared().map(|(path, _)| {
            let name = path.rsplit('/').next().unwrap_or(path).replace(|c: char| !c.is_ascii_alphanumeric(), "_");
            Item {
                kind: ItemKind::Part,
                label: format!("import \"{path}\""),
                insert: Some(format!("import \"{path}\" as {name};")),
                detail: None,
                docs: self.shared_page(path),
            }
        });
        functions.map(part).chain(constants.map(part)).chain(imports).collect()
    }

    /// The names of parts that mean something, after `fn` or `const`.
    fn named_parts(&self, word: &str) -> Vec<Item> {
        let known = if word == "fn" { &ENTRIES } else { &CONSTANTS };
        let item = |keyword: &Keyword| {
            let rest = keyword.form.strip_prefix(word).unwrap_or(keyword.form).trim_start();
            Item {
                kind: ItemKind::Part,
                label: keyword.name.to_owned(),
                insert: Some(rest.to_owned()),
                detail: Some(keyword.form.lines().next().unwrap_or_default().to_owned()),
                docs: Some(keyword.about.to_owned()),
            }
        };
        known.iter().map(item).collect()
    }

    /// Variables, functions, imports, verbs, words.
    fn names(&self, offset: u32) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        for local in self.outline.locals(self.text, offset).into_iter().rev() {
            let detail = if local.binding == Binding::Parameter { "parameter" } else { "variable" };
            items.push(item(ItemKind::Variable, &local.name, Some(detail), None));
        }
        let own = self.outline.functions.iter().filter(|function| find(&ENTRIES, &function.name).is_none());
        items.extend(own.map(|function| function_item("", function)));
        for import in self.outline.imports.iter().filter(|import| !import.name.is_empty()) {
            items.push(Item {
                kind: ItemKind::Import,
                insert: Some(format!("{}::", import.name)),
                ..item(ItemKind::Import, &import.name, Some(&import.path), self.shared_page(&import.path))
            });
        }
        items.extend(VERBS.iter().map(verb_item));
        let words = WORDS.iter().map(|word| {
            let docs = find(&KEYWORDS, word).map(keyword_page);
            item(ItemKind::Word, word, None, docs)
        });
        items.extend(words);
        items
    }

    fn shared_functions(&self, name: &str) -> Vec<Item> {
        let import = self.outline.import(name);
        let source = import.and_then(|import| self.root.shared().find(|(path, _)| *path == import.path));
        let Some((_, source)) = source else { return Vec::new() };
        let outline = Outline::of(source.text());
        outline.functions.iter().filter(|function| is_offered(function)).map(|f| function_item(name, f)).collect()
    }

    /// Keys, and verbs as they are asked of a value.
    fn after_dot(&self, chain: &str, dot: usize) -> Vec<Item> {
        if chain.trim() == "params" {
            let params = self.params().into_iter();
            return params.map(|(name, _, value)| item(ItemKind::Key, name, Some(value), None)).collect();
        }
        let dot = u32::try_from(dot).unwrap_or(u32::MAX);
        let end = self.outline.tokens.partition_point(|token| token.span.end <= dot);
        let keys = match self.places().before(end) {
            Some(place) => keys_of(&place),
            None if chain.ends_with(['"', '`', '\'']) => Vec::new(),
            None => every_key(),
        };
        keys.into_iter().chain(VERBS.iter().map(verb_item)).collect()
    }

    /// Between quotation marks.
    fn in_text(&self, before: &str, scan: &Scan, mark: char, at: usize) -> Vec<Item> {
        if mark != '"' {
            return Vec::new();
        }
        let lead = before[..at].trim_end();
        let line = lead.rsplit('\n').next().unwrap_or_default().trim_start();
        if line == "import" {
            let shared = self.root.shared().map(|(path, _)| path);
            return shared.map(|path| item(ItemKind::Value, path, None, self.shared_page(path))).collect();
        }
        if line.strip_prefix("const").is_some_and(|rest| rest.trim_start().starts_with("SEVERITY")) {
            let value = |(name, about): &(&str, &str)| item(ItemKind::Value, name, Some(about), None);
            return SEVERITIES.iter().map(value).collect();
        }
        let [.., outer, inner] = scan.levels.as_slice() else { return Vec::new() };
        let Some((_, open)) = inner.bracket.filter(|(_, open)| before[open + 1..at].trim().is_empty()) else {
            return Vec::new();
        };
        // The paths that these verbs take begin where their selection is.
        let takes_path = |verb: &str| matches!(verb, "having" | "lacking" | "at" | "expect_present");
        match receiver(before, *outer, open) {
            Receiver::Call(verb, _) if takes_path(verb) => {
                let dot = outer.dot.and_then(|dot| u32::try_from(dot).ok()).unwrap_or_default();
                let end = self.outline.tokens.partition_point(|token| token.span.end <= dot);
                self.places().before(end).map(|place| keys_of(&place)).unwrap_or_default()
            }
            _ => Vec::new(),
        }
    }

    fn shared_page(&self, path: &str) -> Option<String> {
        let (_, source) = self.root.shared().find(|(known, _)| *known == path)?;
        page_of(source.text(), &Outline::of(source.text()))
    }
}

fn item(kind: ItemKind, label: &str, detail: Option<&str>, docs: Option<String>) -> Item {
    Item { kind, label: label.to_owned(), insert: None, detail: detail.map(ToOwned::to_owned), docs }
}

fn verb_item(verb: &'static VerbDoc) -> Item {
    item(ItemKind::Verb, verb.name, Some(verb.signature), Some(verb_markdown(verb)))
}

fn function_item(import: &str, function: &Function) -> Item {
    let docs = function_page(import, function);
    item(ItemKind::Function, &function.name, Some(&function.signature()), Some(docs))
}

fn keys_of(place: &Place) -> Vec<Item> {
    let key = |key: &Key| {
        let docs = place.child(key.name).and_then(|place| place_page(&place));
        item(ItemKind::Key, key.name, Some(&key.shape.to_string()), docs.or_else(|| Some(key.about.to_owned())))
    };
    place.keys().iter().map(key).collect()
}

/// Every key of the vocabulary once, where nothing says which can stand here.
fn every_key() -> Vec<Item> {
    fn collect(keys: &'static [Key], items: &mut Vec<Item>) {
        for key in keys {
            if is_name(key.name) && !items.iter().any(|item| item.label == key.name) {
                items.push(item(ItemKind::Key, key.name, Some(&key.shape.to_string()), Some(key.about.to_owned())));
            }
            if let Shape::Table(below) | Shape::Tables(below) = key.shape {
                collect(below, items);
            }
        }
    }
    let mut items = Vec::new();
    collect(ROOT, &mut items);
    items
}
