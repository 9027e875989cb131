//! From the tree of `crossfoot.toml` to what it says.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use globset::{Glob, GlobBuilder, GlobMatcher};

use super::document::{Mistake, Mistakes, failure};
use super::{Config, ConfigError, LevelEntry, ParamEntry, Section, allow};
use crate::finding::FailOn;
use crate::plan::{Kind, NodeRef, Plan, rounding_of};
use crate::source::Span;

const KEYS: [&str; 12] = [
    "rules", "packs", "standard", "plans", "fail_on", "baseline", "rounding", "language", "levels", "params", "files",
    "allow",
];

/// Languages that reports are written in.
const LANGUAGES: [&str; 1] = ["en"];

pub(super) fn read(document: Plan, folder: PathBuf) -> Result<Config, ConfigError> {
    let mut mistakes = Mistakes::default();
    for fault in document.faults().iter().filter(|fault| fault.code.is_not_toml()) {
        let first = fault.related.as_ref().map(|(span, _)| document.source().position(span.start).line);
        let message = match first {
            Some(line) => format!("{}, first in line {line}", fault.message),
            None => fault.message.clone(),
        };
        mistakes.add(Mistake { span: fault.span, message, help: fault.help.clone() });
    }
    let mut config = Config {
        document: document.clone(),
        folder,
        rules: Vec::new(),
        packs: Vec::new(),
        standard: true,
        plans: Vec::new(),
        fail_on: None,
        language: None,
        baseline: None,
        whole: Section::default(),
        sections: Vec::new(),
        allowances: Vec::new(),
    };
    if mistakes.0.is_empty() {
        read_root(document.root(), &mut config, &mut mistakes);
    }
    if mistakes.0.is_empty() {
        return Ok(config);
    }
    let source = document.source();
    mistakes.0.sort_by_key(|mistake| mistake.span);
    let failures = mistakes.0.iter().map(|mistake| failure(source, mistake)).collect();
    Err(ConfigError { failures, sources: vec![Arc::clone(source)] })
}

fn read_root(root: NodeRef<'_>, config: &mut Config, mistakes: &mut Mistakes) {
    mistakes.only(root, &KEYS);
    config.rules = folders(root.get("rules"), "an array of folders of rules", &config.folder, mistakes);
    config.packs =
        folders(root.get("packs"), "an array of packs, each a folder with a pack.toml", &config.folder, mistakes);
    if let Some(node) = root.get("plans") {
        for (path, span) in mistakes.texts(node, "an array of files, folders or globs of plans") {
            if path.is_empty() || path.contains('\0') {
                mistakes.add(Mistake::new(span, "this is no path: expected a file, a folder or a glob of plans"));
            } else {
                config.plans.push(config.folder.join(path));
            }
        }
    }
    if let Some(standard) = root.get("standard") {
        config.standard = mistakes.boolean(standard).unwrap_or(true);
    }
    config.fail_on = root.get("fail_on").and_then(|node| fail_on(node, mistakes));
    if let Some(node) = root.get("baseline") {
        let path = mistakes.text(node, "the path of a baseline");
        match path {
            Some(path) if path.is_empty() => mistakes.add(Mistake::new(node.span(), "this is no path of a baseline")),
            path => config.baseline = path.map(|path| config.folder.join(path)),
        }
    }
    config.language = root.get("language").and_then(|node| language(node, mistakes));
    config.whole = section(root, mistakes);
    for table in root.get("files").map(|node| mistakes.tables(node, "tables: `[[files]]`")).unwrap_or_default() {
        if let Some(section) = files(table, mistakes) {
            config.sections.push(section);
        }
    }
    if let Some(node) = root.get("allow") {
        config.allowances = allow::read(node, mistakes);
    }
}

fn folders(node: Option<NodeRef<'_>>, expected: &str, base: &Path, mistakes: &mut Mistakes) -> Vec<(PathBuf, Span)> {
    let Some(node) = node else { return Vec::new() };
    let mut folders = Vec::new();
    for (text, span) in mistakes.texts(node, expected) {
        let path = base.join(&text);
        if path.is_dir() {
            folders.push((path, span));
        } else {
            let what = if path.exists() { "is no folder" } else { "is not there" };
            let mistake = Mistake::new(span, format!("the folder {text} {what}"));
            mistakes.add(mistake.help("paths are relative to the folder that crossfoot.toml stands in"));
        }
    }
    folders
}

fn fail_on(node: NodeRef<'_>, mistakes: &mut Mistakes) -> Option<FailOn> {
    let expected = "error, warning, info or never";
    let text = mistakes.text(node, expected)?;
    let level = match text.as_str() {
        "error" => FailOn::Error,
        "warning" => FailOn::Warning,
        "info" => FailOn::Info,
        "never" => FailOn::Never,
        _ => {
            mistakes.add(Mistake::new(node.span(), format!("`{text}` is no fail level: expected {expected}")));
            return None;
        }
    };
    Some(level)
}

fn language(node: NodeRef<'_>, mistakes: &mut Mistakes) -> Option<String> {
    let text = mistakes.text(node, "a language such as \"en\"")?;
    if !LANGUAGES.contains(&text.as_str()) {
        let known = LANGUAGES.join(", ");
        mistakes.add(Mistake::new(node.span(), format!("there are no texts in `{text}`: expected {known}")));
        return None;
    }
    Some(text)
}

/// One `[[files]]`.
fn files(table: NodeRef<'_>, mistakes: &mut Mistakes) -> Option<Section> {
    mistakes.only(table, &["match", "levels", "params", "rounding"]);
    let Some(node) = table.get("match") else {
        let mistake = Mistake::new(table.span(), "this says for no file what it says");
        mistakes.add(mistake.help("write, for example, `match = [\"plans/drafts/**\"]`"));
        return None;
    };
    let texts = mistakes.texts(node, "an array of globs");
    if texts.is_empty() {
        mistakes.add(Mistake::new(node.span(), "`match` names no file: expected at least one glob"));
    }
    let globs = texts.iter().filter_map(|(text, span)| glob(text, *span, mistakes)).collect();
    Some(Section { globs, ..section(table, mistakes) })
}

pub(super) fn glob(text: &str, span: Span, mistakes: &mut Mistakes) -> Option<GlobMatcher> {
    let pattern = text.trim_start_matches("./").trim_end_matches('/');
    match GlobBuilder::new(pattern).literal_separator(true).build() {
        Ok(glob) => Some(glob.compile_matcher()),
        Err(error) => {
            mistakes.add(Mistake::new(span, format!("this glob cannot be read: {}", error.kind())));
            None
        }
    }
}

/// Levels, parameters and rounding, of the whole file or of some plans.
fn section(table: NodeRef<'_>, mistakes: &mut Mistakes) -> Section {
    let mut section = Section::default();
    if let Some(node) = table.get("levels").filter(|node| mistakes.table(*node, "a table of rule = level")) {
        section.levels = node.children().filter_map(|entry| level(entry, mistakes)).collect();
    }
    if let Some(node) = table.get("params").filter(|node| mistakes.table(*node, "a table of rules")) {
        for rule in node.children() {
            if mistakes.table(rule, "a table of the rule's parameters, such as { most = 5 }") {
                section.params.extend(rule.children().map(|value| param(rule, value)));
            }
        }
    }
    if let Some(node) = table.get("rounding") {
        if node.kind() == Kind::Table {
            mistakes.only(node, &["mode", "unit"]);
        }
        match rounding_of(node) {
            Ok(rounding) => section.rounding = Some(rounding),
            Err(fault) => mistakes.add(Mistake { span: fault.span, message: fault.message, help: fault.help }),
        }
    }
    section
}

fn level(entry: NodeRef<'_>, mistakes: &mut Mistakes) -> Option<LevelEntry> {
    let text = mistakes.text(entry, "a level: error, warning, info or off")?;
    let pattern = entry.key().unwrap_or_default().to_owned();
    if let Err(error) = Glob::new(&pattern) {
        mistakes.add(Mistake::new(entry.key_span(), format!("`{pattern}` is no pattern for rules: {}", error.kind())));
        return None;
    }
    match text.parse() {
        Ok(level) => Some(LevelEntry { pattern, level, span: entry.key_span() }),
        Err(error) => {
            mistakes.add(Mistake::new(entry.span(), error.to_string()));
            None
        }
    }
}

fn param(rule: NodeRef<'_>, value: NodeRef<'_>) -> ParamEntry {
    ParamEntry {
        rule: rule.key().unwrap_or_default().to_owned(),
        rule_span: rule.key_span(),
        name: value.key().unwrap_or_default().to_owned(),
        name_span: value.key_span(),
        value: value.id(),
    }
}
