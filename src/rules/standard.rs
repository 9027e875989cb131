//! The standard rules, built into the binary.

use include_dir::{Dir, DirEntry, include_dir};

use super::cases::Case;
use super::discover::is_shared;
use super::{Draft, Origin};
use crate::files;
use crate::source::SourceText;

static RULES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");

pub(super) fn drafts() -> Vec<Draft> {
    let mut drafts = Vec::new();
    collect(&RULES, &mut drafts);
    drafts
}

/// Whether a standard rule, or code that they share, has an id; nothing is compiled to know it.
pub(crate) fn is_standard(id: &str) -> bool {
    RULES.get_file(format!("{id}.rhai")).is_some()
}

fn collect(dir: &Dir<'_>, drafts: &mut Vec<Draft>) {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(dir) => collect(dir, drafts),
            DirEntry::File(file) => {
                let path = files::shown(file.path());
                let Some(id) = path.strip_suffix(".rhai") else { continue };
                let text = file.contents_utf8().unwrap_or_default();
                drafts.push(Draft {
                    shared: is_shared(id),
                    id: id.to_owned(),
                    origin: Origin::Standard,
                    source: SourceText::new(format!("rules/{path}"), text),
                    cases: cases(id),
                });
            }
        }
    }
}

fn cases(id: &str) -> Vec<Case> {
    let Some(dir) = RULES.get_dir(id) else { return Vec::new() };
    let toml = dir.files().filter(|file| file.path().extension().is_some_and(|extension| extension == "toml"));
    let mut cases: Vec<Case> = toml
        .map(|file| {
            Case::read(&format!("rules/{}", file.path().to_string_lossy()), file.contents_utf8().unwrap_or_default())
        })
        .collect();
    cases.sort_by(|a, b| a.name().cmp(b.name()));
    cases
}
