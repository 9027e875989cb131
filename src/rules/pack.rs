//! Packs: folders of rules with a `pack.toml` that says what they are called and what they need.
//!
//! It reads and checks `pack.toml`, with every fault at its place; the rules of a pack are found and compiled as those of any
//! folder.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use semver::{Version, VersionReq};

use super::add;
use super::discover::{RulesError, leads_out};
use crate::finding::{Failure, FailureKind};
use crate::plan::vocabulary::near;
use crate::plan::{Kind, NodeRef, Plan};
use crate::source::{SourceText, Span};

/// The file that makes a folder of rules a pack.
pub const PACK_FILE: &str = "pack.toml";

/// What to write where there is no `pack.toml`.
const EXAMPLE: &str = "write a table [pack] with name = \"ours\", version = \"1.0.0\", requires = \">=0.1\" and \
                       licence = \"MIT\" into it";

/// What a pack says about itself.
#[derive(Clone, Debug)]
pub struct Pack {
    name: Arc<str>,
    version: Version,
    requires: VersionReq,
    licence: String,
    title: Option<String>,
    authors: Vec<String>,
    homepage: Option<String>,
    source: Arc<SourceText>,
    name_span: Span,
}

impl Pack {
    /// Its name, which the ids of its rules begin with.
    #[must_use]
    pub fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// Its version.
    #[must_use]
    pub fn version(&self) -> String {
        self.version.to_string()
    }

    /// The versions of crossfoot that it works with, such as `>=0.1`.
    #[must_use]
    pub fn requires(&self) -> String {
        self.requires.to_string()
    }

    /// The licence that it may be used under.
    #[must_use]
    pub fn licence(&self) -> &str {
        &self.licence
    }

    /// What it is for, in one sentence.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// Who wrote it.
    #[must_use]
    pub fn authors(&self) -> &[String] {
        &self.authors
    }

    /// Where to read more.
    #[must_use]
    pub fn homepage(&self) -> Option<&str> {
        self.homepage.as_deref()
    }

    /// The path of its `pack.toml`.
    #[must_use]
    pub fn file(&self) -> Arc<str> {
        self.source.shared_name()
    }

    /// Its `pack.toml`.
    #[must_use]
    pub fn source(&self) -> &Arc<SourceText> {
        &self.source
    }

    /// Whether two are one: the same file, which somebody named twice.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let real = |pack: &Self| Path::new(pack.source.name()).canonicalize().ok();
        real(self).is_some_and(|path| real(other) == Some(path))
    }

    /// Something that is wrong with its name.
    pub(super) fn name_failure(&self, message: String, help: String) -> Failure {
        failure(&self.source, Some(self.name_span), message, Some(help))
    }
}

impl fmt::Display for Pack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.version)
    }
}

/// What a `pack.toml` came to: the pack, or everything that is wrong with it and the text that it is wrong in.
pub(super) type Read = Result<Pack, (Arc<SourceText>, Vec<Failure>)>;

/// Reads the `pack.toml` of a folder.
///
/// # Errors
/// When the folder or the file is not there or cannot be read.
pub(super) fn read(folder: &Path) -> Result<Read, RulesError> {
    let fault = |path: &Path, message: &str| RulesError::new(path, message);
    if !folder.is_dir() {
        let what = if folder.exists() { "it is no folder; a pack is one" } else { "there is no such folder" };
        return Err(fault(folder, what));
    }
    let path = folder.join(PACK_FILE);
    if !path.is_file() {
        let help =
            format!("a pack has a file {PACK_FILE}: {EXAMPLE}; a folder of rules without one is named with --rules");
        return Err(fault(folder, &format!("there is no {PACK_FILE} in it")).help(help));
    }
    if folder.canonicalize().is_ok_and(|root| leads_out(&path, &root)) {
        return Err(fault(&path, "it is a link that leads out of the pack").help("copy what it leads to"));
    }
    let plan = Plan::load(&path).map_err(|error| fault(&path, &error.to_string()))?;
    Ok(read_plan(&plan))
}

/// The name that a folder's `pack.toml` states, whatever else is wrong with it; `None` where it is no pack.
pub(crate) fn stated_name(folder: &Path) -> Option<String> {
    let plan = Plan::load(folder.join(PACK_FILE)).ok()?;
    let name = plan.root().get("pack")?.get("name")?.str()?.into_owned();
    Some(name)
}

/// The keys of `[pack]`.
const KEYS: [&str; 7] = ["name", "version", "requires", "licence", "title", "authors", "homepage"];

fn read_plan(plan: &Plan) -> Read {
    let mut reader = Reader { source: plan.source(), failures: Vec::new() };
    let pack = reader.pack(plan);
    match pack {
        Some(pack) if reader.failures.is_empty() => Ok(pack),
        _ => Err((Arc::clone(plan.source()), reader.failures)),
    }
}

struct Reader<'s> {
    source: &'s Arc<SourceText>,
    failures: Vec<Failure>,
}

impl Reader<'_> {
    fn wrong(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.failures.push(failure(self.source, Some(span), message.into(), Some(help.into())));
    }

    fn pack(&mut self, plan: &Plan) -> Option<Pack> {
        if !plan.is_toml() {
            for fault in plan.faults().iter().filter(|fault| fault.code.is_not_toml()) {
                let help = fault.help.clone();
                self.failures.push(failure(self.source, Some(fault.span), fault.message.clone(), help));
            }
            return None;
        }
        let root = plan.root();
        for child in root.children().filter(|child| child.key() != Some("pack")) {
            let name = child.key().unwrap_or_default();
            let help = if KEYS.contains(&name) {
                format!("write `[pack]` on a line above `{name}`")
            } else {
                "a pack.toml has one table, `[pack]`".to_owned()
            };
            self.wrong(child.key_span(), format!("unknown key `{name}`"), help);
        }
        let Some(table) = root.get("pack").filter(|table| table.kind() == Kind::Table) else {
            let message = "this pack.toml has no table `[pack]`";
            self.failures.push(failure(self.source, None, message.to_owned(), Some(EXAMPLE.to_owned())));
            return None;
        };
        self.unknown_keys(table);
        let name = self.name(table);
        let version = self.version(table);
        let requires = self.requires(table);
        let licence = self.required(table, "licence", "the licence that the pack may be used under, such as \"MIT\"");
        let title = self.text(table, "title");
        let homepage = self.text(table, "homepage");
        let authors = self.authors(table);
        let (name, name_span) = name?;
        Some(Pack {
            name: Arc::from(name),
            version: version?,
            requires: requires?,
            licence: licence?.0,
            title: title.map(|(text, _)| text),
            authors,
            homepage: homepage.map(|(text, _)| text),
            source: Arc::clone(self.source),
            name_span,
        })
    }

    fn unknown_keys(&mut self, table: NodeRef<'_>) {
        for child in table.children() {
            let name = child.key().unwrap_or_default();
            if KEYS.contains(&name) {
                continue;
            }
            let meant = if name == "license" { Some("licence") } else { near(name, KEYS) };
            match meant {
                Some(meant) => self.wrong(
                    child.key_span(),
                    format!("unknown key `{name}`: did you mean `{meant}`?"),
                    format!("write `{meant}`"),
                ),
                None => self.wrong(
                    child.key_span(),
                    format!("unknown key `{name}`"),
                    format!("the keys of a pack are {}", KEYS.join(", ")),
                ),
            }
        }
    }

    fn text(&mut self, table: NodeRef<'_>, key: &str) -> Option<(String, Span)> {
        let node = table.get(key)?;
        match node.str() {
            Some(text) if !text.trim().is_empty() => Some((text.into_owned(), node.span())),
            Some(_) => {
                self.wrong(node.span(), format!("`{key}` is empty"), format!("write it, or leave `{key}` out"));
                None
            }
            None => {
                let found = node.kind().with_article();
                self.wrong(
                    node.span(),
                    format!("`{key}` is {found}: expected a text"),
                    format!("write `{key} = \"...\"`"),
                );
                None
            }
        }
    }

    fn required(&mut self, table: NodeRef<'_>, key: &str, about: &str) -> Option<(String, Span)> {
        // A misspelt key has its own fault and is not missing as well.
        let misspelt = |child: NodeRef<'_>| {
            let name = child.key().unwrap_or_default();
            !KEYS.contains(&name) && (near(name, [key]).is_some() || (name == "license" && key == "licence"))
        };
        if table.get(key).is_none() && !table.children().any(misspelt) {
            self.wrong(table.span(), format!("the pack has no `{key}`"), format!("add `{key} = \"...\"`: {about}"));
        }
        self.text(table, key)
    }

    fn name(&mut self, table: NodeRef<'_>) -> Option<(String, Span)> {
        let (name, span) = self.required(table, "name", "the ids of its rules begin with it")?;
        let plain = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            && !name.ends_with('-')
            && name.len() <= 40;
        if !plain {
            let help = "a name has lower-case letters, digits and hyphens, begins with a letter, does not end with a \
                        hyphen, and has up to 40 of them";
            self.wrong(span, format!("\"{name}\" is no name for a pack"), help);
            return None;
        }
        if let Some(whose) = add::reserved_first(&name) {
            let help = "give the pack a name of its own, such as that of who wrote it";
            self.wrong(span, format!("a pack cannot have the name `{name}`: {whose}"), help);
            return None;
        }
        Some((name, span))
    }

    fn version(&mut self, table: NodeRef<'_>) -> Option<Version> {
        let (text, span) = self.required(table, "version", "three numbers, such as \"1.0.0\"")?;
        match text.parse::<Version>() {
            Ok(version) => Some(version),
            Err(_) => {
                let message = format!("`{text}` is no version: expected three numbers, such as 1.0.0");
                self.wrong(span, message, format!("write `version = \"{}\"`", completed(&text)));
                None
            }
        }
    }

    fn requires(&mut self, table: NodeRef<'_>) -> Option<VersionReq> {
        let about = "the versions of crossfoot that the pack works with, such as \">=0.1\"";
        let (text, span) = self.required(table, "requires", about)?;
        // A lone letter for any version is known to few, and looks like a slip.
        let lone = text.trim().eq_ignore_ascii_case("x");
        let requires = match text.parse::<VersionReq>() {
            Ok(requires) if !lone => requires,
            _ => {
                let expected = "expected a comparison, such as >=0.1 or >=0.1, <0.3";
                let message = format!("`{text}` names no versions: {expected}");
                self.wrong(span, message, "write for example `requires = \">=0.1\"`");
                return None;
            }
        };
        let this = env!("CARGO_PKG_VERSION");
        if this.parse().is_ok_and(|this| requires.matches(&this)) {
            return Some(requires);
        }
        let message = format!("this pack needs crossfoot {text}, and this is {this}");
        self.wrong(span, message, "use a version of crossfoot that fits, or a version of the pack that fits this one");
        None
    }

    fn authors(&mut self, table: NodeRef<'_>) -> Vec<String> {
        let Some(node) = table.get("authors") else { return Vec::new() };
        let texts: Vec<String> =
            node.children().filter_map(|child| child.str().map(|text| text.into_owned())).collect();
        if node.kind() != Kind::Array || texts.len() != node.children().count() {
            self.wrong(node.span(), "`authors` is not an array of texts", "write `authors = [\"...\"]`");
        }
        texts
    }
}

/// A version with the numbers that are missing, where that is all that is wrong with it.
fn completed(text: &str) -> String {
    let padded = [".0", ".0.0"].map(|rest| format!("{text}{rest}"));
    padded.into_iter().find(|text| text.parse::<Version>().is_ok()).unwrap_or_else(|| "1.0.0".to_owned())
}

fn failure(source: &Arc<SourceText>, span: Option<Span>, message: String, help: Option<String>) -> Failure {
    Failure {
        span: span.map(|span| source.place(span)),
        help,
        ..Failure::new(FailureKind::Pack, source.shared_name(), message)
    }
}
