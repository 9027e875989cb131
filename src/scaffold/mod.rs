//! First files: a folder to start in, a rule to fill in, a case.
//!
//! What is there already is never written over. Templates are files beside this module, so that they can be read and tested
//! as what they are.

mod id;
mod place;
mod write;

use std::path::Path;

pub use id::{BadId, check_id};
pub use place::Place;
pub use write::{ScaffoldError, Scaffolded};

use write::Writer;

macro_rules! template {
    ($path:literal) => {
        include_str!(concat!("templates/", $path))
    };
}

/// Writes what a folder needs to begin with: `crossfoot.toml`, a first plan with its JSON Schema, and one working rule of the
/// user's own with its page and cases. Files that are there are left as they are.
///
/// # Errors
/// When the folder is a file, or something cannot be written.
///
/// ```
/// let dir = tempfile::tempdir().unwrap();
/// let made = crossfoot::scaffold::init(dir.path()).unwrap();
/// assert!(made.written.iter().any(|path| path.ends_with("plans/plan.toml")));
/// let again = crossfoot::scaffold::init(dir.path()).unwrap();
/// assert_eq!((again.written.len(), again.kept.len()), (0, made.written.len()));
/// ```
pub fn init(folder: &Path) -> Result<Scaffolded, ScaffoldError> {
    let schema = format!("{:#}\n", crate::plan::vocabulary::json_schema());
    let files = [
        ("crossfoot.toml", template!("init/crossfoot.toml")),
        ("plans/plan.toml", template!("init/plan.toml")),
        ("plans/plan.schema.json", &schema),
        ("rules/house/largest-share.rhai", template!("init/largest-share.rhai")),
        ("rules/house/largest-share/pass-half.toml", template!("init/largest-share/pass-half.toml")),
        (
            "rules/house/largest-share/fail-more-than-half.toml",
            template!("init/largest-share/fail-more-than-half.toml"),
        ),
        ("rules/house/largest-share/not-applicable.toml", template!("init/largest-share/not-applicable.toml")),
    ];
    let mut writer = Writer::new(folder)?;
    for (path, text) in files {
        writer.write(path, text)?;
    }
    Ok(writer.done)
}

/// Writes a rule to be filled in, with its page, and three cases that fail until it is.
///
/// # Errors
/// When the id cannot be one of a rule, when the rule is there already, or when something cannot be written.
///
/// ```
/// use crossfoot::scaffold::{Place, new_rule};
///
/// let dir = tempfile::tempdir().unwrap();
/// let place = Place::within(dir.path(), None, "house/titles").unwrap();
/// let made = new_rule(&place).unwrap();
/// assert_eq!(made.written[0], dir.path().join("house/titles.rhai"));
/// assert!(new_rule(&place).is_err());
/// assert!(new_rule(&Place::within(dir.path(), None, "Titles").unwrap()).is_err());
/// ```
pub fn new_rule(place: &Place) -> Result<Scaffolded, ScaffoldError> {
    id::check(&place.id, &place.path)?;
    let mut writer = Writer::new(&place.folder)?;
    if !writer.write(&format!("{}.rhai", place.path), template!("rule/rule.rhai"))? {
        return Err(ScaffoldError::Exists(place.rule()));
    }
    for (name, text) in [
        ("pass-example.toml", template!("rule/pass-example.toml")),
        ("fail-example.toml", template!("rule/fail-example.toml")),
        ("not-applicable.toml", template!("rule/not-applicable.toml")),
    ] {
        writer.write(&format!("{}/{name}", place.path), text)?;
    }
    Ok(writer.done)
}

/// Writes a further case of a rule, to be filled in. What it holds follows from how its name begins: `pass`, `fail`,
/// `not-applicable`, or something else.
///
/// # Errors
/// When there is no such rule, the name cannot be one of a case, the case is there already, or it cannot be written.
///
/// ```
/// use crossfoot::scaffold::{Place, new_case, new_rule};
///
/// let dir = tempfile::tempdir().unwrap();
/// let place = Place::within(dir.path(), None, "house/titles").unwrap();
/// new_rule(&place).unwrap();
/// let made = new_case(&place, "fail-empty").unwrap();
/// assert_eq!(made.written, [dir.path().join("house/titles/fail-empty.toml")]);
/// ```
pub fn new_case(place: &Place, name: &str) -> Result<Scaffolded, ScaffoldError> {
    let name = name.strip_suffix(".toml").unwrap_or(name);
    if !id::is_name(name) {
        return Err(ScaffoldError::CaseName(name.to_owned()));
    }
    id::check_path(&place.path)?;
    if !place.rule().is_file() {
        return Err(ScaffoldError::NoRule(place.rule()));
    }
    let text = match name.split('-').next() {
        Some("pass") => template!("rule/pass-example.toml"),
        Some("fail") => template!("rule/fail-example.toml"),
        Some("not") => template!("rule/not-applicable.toml"),
        _ => template!("rule/case.toml"),
    };
    let mut writer = Writer::new(&place.folder)?;
    let path = format!("{}/{name}.toml", place.path);
    if writer.write(&path, text)? { Ok(writer.done) } else { Err(ScaffoldError::Exists(place.folder.join(path))) }
}
