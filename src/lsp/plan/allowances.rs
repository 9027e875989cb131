//! Names of things where findings are allowed: in paths of the configuration, and in paths that comments and reasons write.
//!
//! What is allowed by it is not known here. A name that stands in no path is prose, and left alone.

use std::ops::Range;

use super::extents::extents;
use super::links::{Link, Mention, plans_of_parts, steps};
use super::places::among;
use super::rename::{Change, in_path, step};
use super::{Place, View};
use crate::config::{Written, written};
use crate::plan::{NodeRef, Plan, PlanPath, Says};
use crate::source::Span;

/// The configuration that some plans are audited under, as it is written now.
#[derive(Clone, Debug)]
pub(in crate::lsp) struct Settings<'v> {
    /// The file as a tree.
    pub document: &'v Plan,
    /// The plans that are audited under it, each with its path relative to the file.
    pub plans: Vec<(&'v Plan, String)>,
}

/// Where comments and the configuration write one of these names, all of one plan.
pub(super) fn places<'v>(view: &View<'v>, names: &[NodeRef<'v>]) -> Vec<Place> {
    let mut found = in_comments(view, names);
    for (entry, path) in in_config(view, names) {
        found.extend(path.iter().map(Mention::place));
        found.extend(in_reason(view, &entry, names));
    }
    found
}

/// The changes that write another name there.
///
/// # Errors
/// When the configuration is no TOML, so that names in it would be missed.
pub(super) fn rename<'v>(view: &View<'v>, names: &[NodeRef<'v>], new: &str) -> Result<Vec<Change>, String> {
    if let Some(settings) = view.settings.as_ref().filter(|settings| !settings.document.is_toml()) {
        let name = settings.document.name();
        return Err(format!("{name} is no TOML at the moment, and names in it would be missed: mend it first"));
    }
    let plain = |place: Place| Change { file: place.file, span: place.span, text: step(new) };
    let mut changes: Vec<Change> = in_comments(view, names).into_iter().map(plain).collect();
    for (entry, path) in in_config(view, names) {
        if !path.is_empty() && is_others_too(view, &entry, names) {
            changes.push(again(&entry, &in_path(&path, new)));
            continue;
        }
        changes.extend(in_path(&path, new));
        changes.extend(in_reason(view, &entry, names).into_iter().map(plain));
    }
    Ok(changes)
}

/// Where comments that speak to crossfoot write a name in a path of their own plan, or else of the plan's parts.
fn in_comments<'v>(view: &View<'v>, names: &[NodeRef<'v>]) -> Vec<Place> {
    let mut found = Vec::new();
    for plan in &view.plans {
        for comment in plan.inline().iter().filter(|comment| matches!(comment.says, Says::Allow { .. })) {
            let text = plan.source().slice(comment.span);
            for path in paths_in(text) {
                let mut links: Vec<Link<'v>> = steps(plan, &text[path.clone()]);
                if links.is_empty() {
                    let parts = plans_of_parts(view, plan).into_iter();
                    links = parts.flat_map(|part| steps(part, &text[path.clone()])).collect();
                }
                let start = comment.span.start + offset(path.start);
                found.extend(parts_of(&links, names).map(|part| Place {
                    file: plan.source().shared_name(),
                    span: Span::new(start + offset(part.start), start + offset(part.end)),
                }));
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// The allowances of the configuration that concern the plan of these names, each with the places of its path that write one.
fn in_config<'v>(view: &View<'v>, names: &[NodeRef<'v>]) -> Vec<(Written<'v>, Vec<Mention<'v>>)> {
    let (Some(settings), Some(plan)) = (&view.settings, names.first().map(|name| name.plan())) else {
        return Vec::new();
    };
    let relative = settings.plans.iter().find(|(other, _)| other.name() == plan.name()).map(|(_, relative)| relative);
    let Some(relative) = relative else { return Vec::new() };
    let entries = written(settings.document).into_iter().filter(|entry| entry.may_concern(relative));
    let with_path = |entry: Written<'v>| {
        let links = entry.path.map(|node| (node, steps(plan, &node.display())));
        let mentions = links.into_iter().flat_map(|(node, links)| {
            parts_of(&links, names).map(|part| Mention { node, part: Some(part) }).collect::<Vec<_>>()
        });
        let mentions = mentions.collect();
        (entry, mentions)
    };
    entries.map(with_path).collect()
}

/// Where the reason of an allowance writes a name in a path.
fn in_reason<'v>(view: &View<'v>, entry: &Written<'v>, names: &[NodeRef<'v>]) -> Vec<Place> {
    let (Some(node), Some(plan)) = (entry.reason, names.first().map(|name| name.plan())) else { return Vec::new() };
    let Some(text) = node.str().filter(|_| !is_others_too(view, entry, names)) else { return Vec::new() };
    let mut found = Vec::new();
    for path in paths_in(&text) {
        let links = steps(plan, &text[path.clone()]);
        let parts = parts_of(&links, names).map(|part| path.start + part.start..path.start + part.end);
        // What is written with escapes is left as it is: it is a remark.
        let spans = parts.filter_map(|part| super::cursor::within_text(node, &part));
        found.extend(spans.map(|span| Place { file: node.plan().source().shared_name(), span }));
    }
    found
}

/// Whether the path of an allowance leads somewhere in another plan as well, which keeps its names.
fn is_others_too<'v>(view: &View<'v>, entry: &Written<'v>, names: &[NodeRef<'v>]) -> bool {
    let path = entry.path.and_then(|node| node.str()?.parse::<PlanPath>().ok());
    let (Some(settings), Some(path)) = (&view.settings, path) else { return false };
    let is_other = |plan: &Plan| names.iter().all(|name| name.plan().name() != plan.name());
    let others = settings.plans.iter().filter(|(plan, relative)| is_other(plan) && entry.may_concern(relative));
    others.into_iter().any(|(plan, _)| plan.select(&path).next().is_some())
}

/// An allowance once more behind itself, with changes within it: the first stays for the other plans.
fn again(entry: &Written<'_>, changes: &[Change]) -> Change {
    let (node, source) = (entry.entry, entry.entry.plan().source());
    let text = source.text();
    let whole = if node.has_header() { extents(node.plan()).get(&node.id()).copied() } else { None };
    let whole = whole.unwrap_or(node.span());
    let mut copy = source.slice(whole).to_owned();
    for change in changes.iter().rev() {
        let within = |at: u32| (at - whole.start) as usize;
        copy.replace_range(within(change.span.start)..within(change.span.end), &change.text);
    }
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let (at, copy) = if node.has_header() {
        let rest = &text[whole.end as usize..];
        let line = rest.find(['\r', '\n']).unwrap_or(rest.len());
        (whole.end + offset(line), format!("{newline}{newline}{copy}"))
    } else {
        (whole.end, format!(", {copy}"))
    };
    Change { file: source.shared_name(), span: Span::new(at, at), text: copy }
}

/// The parts of a path that write one of these names.
fn parts_of<'l>(links: &'l [Link<'_>], names: &'l [NodeRef<'_>]) -> impl Iterator<Item = Range<usize>> + 'l {
    let mut last = None;
    let of_names = links.iter().filter(|link| among(names, link.target)).filter_map(|link| link.part.clone());
    // In several parts of a portfolio one step leads to several things.
    of_names.filter(move |part| last.replace(part.clone()).as_ref() != Some(part))
}

/// What reads as a path with a name in brackets, in a text of any kind: `objectives[A].total`.
fn paths_in(text: &str) -> Vec<Range<usize>> {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let mut found: Vec<Range<usize>> = Vec::new();
    for (open, _) in text.match_indices('[') {
        if found.last().is_some_and(|path| open < path.end) {
            continue;
        }
        let words = text[..open].trim_end_matches(|c| is_word(c) || c == '.');
        let keys = text[words.len()..open].trim_start_matches('.');
        let mut end = open;
        while let Some(length) = step_length(&text[end..], is_word) {
            end += length;
        }
        let path = open - keys.len()..end;
        if end > open && PlanPath::steps_in(&text[path.clone()]).is_ok() {
            found.push(path);
        }
    }
    found
}

/// The bytes of the next step of a path, if what follows is one.
fn step_length(rest: &str, is_word: impl Fn(char) -> bool) -> Option<usize> {
    if let Some(key) = rest.strip_prefix('.') {
        let length = key.find(|c| !is_word(c)).unwrap_or(key.len());
        return (length > 0).then_some(1 + length);
    }
    let name = rest.strip_prefix('[')?;
    let Some(quoted) = name.strip_prefix('"') else { return name.find(']').map(|at| at + 2) };
    let mut escaped = false;
    let close = quoted.find(|c| {
        let closes = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        closes
    })?;
    quoted[close + 1..].starts_with(']').then_some(close + 4)
}

fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_told_from_prose() {
        let found = |text: &'static str| paths_in(text).into_iter().map(|path| &text[path]).collect::<Vec<_>>();
        assert_eq!(
            found("as in objectives[A].total.2026, see tables[t].rows[\"a]\"]."),
            ["objectives[A].total.2026", "tables[t].rows[\"a]\"]"]
        );
        assert_eq!(found("(risks[4]) ...risks[5]... é[x]"), ["risks[4]", "risks[5]", "é[x]"]);
        assert_eq!(found("[1] of [A], a[], b[\"x] and d[\"x\\\"]"), Vec::<&str>::new());
    }
}
