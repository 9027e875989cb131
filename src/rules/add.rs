//! How files become rules: a root's shared code is compiled first, then what may import it; ids are made, and held against
//! those that are there.
//!
//! It finds no files and runs no rule.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::after::Built;
use super::{Draft, Origin, Pack, Rule, Rules, RulesError, discover, failure, pack};
use crate::finding::{AllowanceCode, Failure, FailureKind};
use crate::plan::FaultCode;
use crate::script::{Compiled, LIB, Library, ScriptEngine, ScriptFault, on_large_stack};

impl Rules {
    /// Adds the rules of a pack: a folder with a `pack.toml`. Their ids begin with the pack's name.
    ///
    /// A `pack.toml` that is wrong, or a name that is taken, is no error here: it is in [`Rules::failures`], the pack's rules
    /// are left out, and all others run. A pack that was added already is not added again.
    ///
    /// # Errors
    /// When the folder has no `pack.toml`, or it or a file in it cannot be read.
    ///
    /// ```
    /// use crossfoot::Rules;
    ///
    /// let rules = Rules::empty().with_pack("examples/packs/iati")?;
    /// assert_eq!(rules.packs()[0].name().as_ref(), "iati");
    /// assert!(rules.get("iati/date-order").is_some());
    /// # Ok::<(), crossfoot::rules::RulesError>(())
    /// ```
    pub fn with_pack(mut self, path: impl AsRef<Path>) -> Result<Self, RulesError> {
        self.add_pack(path.as_ref())?;
        Ok(self)
    }

    pub(super) fn add_pack(&mut self, path: &Path) -> Result<(), RulesError> {
        let pack = match pack::read(path)? {
            Ok(pack) => pack,
            Err((source, failures)) => {
                self.sources.push(source);
                self.failures.extend(failures);
                return Ok(());
            }
        };
        if self.packs.iter().any(|other| other.is_same(&pack)) {
            return Ok(());
        }
        if let Some(failure) = self.name_taken(&pack) {
            self.sources.push(Arc::clone(pack.source()));
            self.failures.push(failure);
            return Ok(());
        }
        let found = discover::find(path, Some(&pack), &self.texts)?;
        let name = Arc::clone(pack.name());
        self.packs.push(Arc::new(pack));
        self.failures.extend(found.refused);
        let ruleless = found.ruleless.into_iter();
        self.ruleless.extend(ruleless.map(|cases| (format!("{name}/{}", discover::id_of(path, &cases)).into(), cases)));
        self.add(found.drafts, Some(&name));
        Ok(())
    }

    /// Adds the rules of a folder, unless it was added before.
    pub(super) fn add_dir(&mut self, path: &Path) -> Result<(), RulesError> {
        let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if !self.folders.contains(&real) {
            let found = discover::find(path, None, &self.texts)?;
            self.folders.push(real);
            self.failures.extend(found.refused);
            let ruleless = found.ruleless.into_iter();
            self.ruleless.extend(ruleless.map(|cases| (discover::id_of(path, &cases).into(), cases)));
            self.add(found.drafts, None);
        }
        Ok(())
    }

    /// What stands in the way of a pack's name: another pack, or a folder of rules.
    fn name_taken(&self, pack: &Pack) -> Option<Failure> {
        let name = pack.name();
        if let Some(other) = self.packs.iter().find(|other| other.name() == name) {
            let message =
                format!("two packs have the name `{name}`: the other is {}, version {}", other.file(), other.version());
            return Some(pack.name_failure(message, "leave one of the two out, or give it another name".to_owned()));
        }
        let below = |rule: &&Arc<Rule>| rule.id.split_once('/').is_some_and(|(first, _)| first == name.as_ref());
        let rule = self.rules.iter().find(below)?;
        let message = format!(
            "the pack `{name}` has the name of a folder of rules, such as {}: their ids could not be told apart",
            rule.source.name()
        );
        Some(pack.name_failure(message, "give the pack another name, or rename the folder".to_owned()))
    }

    /// Adds the files of one root: shared code first, then the rules that may import it.
    pub(super) fn add(&mut self, drafts: Vec<Draft>, pack: Option<&str>) {
        let built = self.build(&drafts, |drafts, library| {
            on_large_stack(|| compile(&self.engine, drafts, library)).unwrap_or_else(|error| {
                let fault = plain_fault(error.to_string(), None);
                drafts.iter().map(|_| Err(vec![fault.clone()])).collect()
            })
        });
        let failed = drafts
            .iter()
            .zip(&built)
            .filter(|(_, result)| matches!(result, Built::Anew(compiled) if compiled.is_err()));
        let wants: Vec<_> = failed.map(|(draft, _)| self.wants(draft, &drafts)).collect();
        self.wants.extend(wants);
        for (mut draft, result) in drafts.into_iter().zip(built) {
            if let Some(pack) = pack {
                draft.id = format!("{pack}/{}", draft.id);
            }
            self.add_one(draft, result);
        }
        self.rules.sort_by(|a, b| a.id.cmp(&b.id));
        self.helpers.sort_by(|a, b| (&a.id, a.source.name()).cmp(&(&b.id, b.source.name())));
    }

    /// A file that does not compile, and the files of the same root that it imports.
    fn wants(&self, draft: &Draft, all: &[Draft]) -> (Arc<str>, Vec<Arc<str>>) {
        let paths = self.engine.imported_paths(draft.source.text());
        let imported = all.iter().filter(|other| other.shared && paths.contains(&other.id));
        (draft.source.shared_name(), imported.map(|other| other.source.shared_name()).collect())
    }

    /// What is wrong with rules of which some are wanted, and with the shared code that those import, by themselves and
    /// through others: without that nobody could tell why they do not compile.
    pub(crate) fn failures_of(&self, wanted: impl Fn(&str) -> bool) -> Vec<&Failure> {
        let told = |failure: &&Failure| failure.rule.as_deref().is_none_or(&wanted);
        let mut files: BTreeSet<&str> = self.failures.iter().filter(told).map(|failure| &*failure.file).collect();
        let mut open: Vec<&str> = files.iter().copied().collect();
        while let Some(file) = open.pop() {
            let imported = self.wants.get(file).into_iter().flatten().map(|file| &**file);
            open.extend(imported.filter(|file| files.insert(file)));
        }
        let needed = |failure: &&Failure| told(failure) || files.contains(&*failure.file);
        self.failures.iter().filter(needed).collect()
    }

    fn add_one(&mut self, draft: Draft, built: Built) {
        let id: Arc<str> = Arc::from(draft.id.as_str());
        if let Some(fault) = self.id_taken(&id, &draft.origin).filter(|_| !draft.shared) {
            let source = Arc::new(draft.source);
            self.failures.push(failure(FailureKind::RuleCompile, &id, &source, &fault, None));
            self.sources.push(source);
            return;
        }
        let (script, source) = match built {
            Built::Same(rule) if rule.cases == draft.cases => return self.add_rule(draft.shared, rule),
            Built::Same(rule) => (Arc::clone(&rule.script), Arc::clone(&rule.source)),
            Built::Anew(compiled) => match *compiled {
                Ok(script) => (Arc::new(script), Arc::new(draft.source)),
                Err(faults) => return self.add_failed(&id, draft, &faults),
            },
        };
        let rule = Rule { id, origin: draft.origin, source, script, cases: draft.cases };
        self.add_rule(draft.shared, Arc::new(rule));
    }

    fn add_rule(&mut self, shared: bool, rule: Arc<Rule>) {
        if shared { self.helpers.push(rule) } else { self.rules.push(rule) }
    }

    fn add_failed(&mut self, id: &Arc<str>, draft: Draft, faults: &[ScriptFault]) {
        let told = |fault| failure(FailureKind::RuleCompile, id, &draft.source, fault, None);
        let mut failures: Vec<Failure> = faults.iter().map(told).collect();
        self.keep(&draft, &mut failures);
        self.failures.extend(failures);
        self.sources.push(Arc::new(draft.source));
    }

    /// What stands in the way of a rule's id: another rule, what is found without rules, or a pack of its folder's name.
    fn id_taken(&self, id: &str, origin: &Origin) -> Option<ScriptFault> {
        if let Some(whose) = reserved(id) {
            return Some(plain_fault(format!("the id `{id}` is taken: {whose}"), Some("rename the file")));
        }
        if let Some(other) = self.rules.iter().find(|rule| rule.id.as_ref() == id) {
            let message = format!("two rules have the id `{id}`: the other is {}", other.source.name());
            let help = match other.origin {
                Origin::Standard => "rename the file, or leave the standard rules out with --no-standard",
                _ => "rename one of the two files",
            };
            return Some(plain_fault(message, Some(help)));
        }
        let first = id.split_once('/').map(|(first, _)| first);
        let pack = self.packs.iter().find(|pack| first == Some(pack.name()))?;
        if matches!(origin, Origin::Pack { name, .. } if name == pack.name()) {
            return None;
        }
        let message =
            format!("the id `{id}` begins with the name of a pack, {}: they could not be told apart", pack.file());
        Some(plain_fault(message, Some("rename the folder, or leave the pack out")))
    }
}

/// Who has an id that no rule can have: what is found without rules stands in reports under ids as well.
pub(crate) fn reserved(id: &str) -> Option<&'static str> {
    if FaultCode::ALL.iter().any(|code| code.id() == id) {
        Some("findings of the loader have that id")
    } else if AllowanceCode::ALL.iter().any(|code| code.id() == id) {
        Some("findings about allowances have that id")
    } else {
        None
    }
}

/// Who has a name that no pack can have: the ids of its rules would begin like those of others.
pub(super) fn reserved_first(name: &str) -> Option<&'static str> {
    let begins = |id: &str| id.split_once('/').is_some_and(|(first, _)| first == name);
    if FaultCode::ALL.iter().any(|code| begins(code.id())) {
        Some("the ids of findings of the loader begin with it")
    } else if AllowanceCode::ALL.iter().any(|code| begins(code.id())) {
        Some("the ids of findings about allowances begin with it")
    } else if name == LIB {
        Some("the paths of shared code begin with it")
    } else if ["rule", "rules", "standard", "crossfoot"].contains(&name) {
        Some("it would be taken for crossfoot's own")
    } else {
        None
    }
}

/// Compiles files of one root; the results are in the order of the files. The root's shared code is among them, unless it is
/// given.
fn compile(engine: &ScriptEngine, drafts: &[&Draft], library: Option<Library>) -> Vec<Compiled> {
    let shared = drafts.iter().filter(|draft| draft.shared);
    let files: Vec<(&str, &str, &str)> =
        shared.map(|draft| (draft.id.as_str(), draft.source.name(), draft.source.text())).collect();
    let (library, mut helpers) = match library {
        Some(library) => (library, BTreeMap::new()),
        None if files.is_empty() => Default::default(),
        None => engine.compile_shared(&files),
    };
    let one = |draft: &&Draft| match helpers.remove(&draft.id).filter(|_| draft.shared) {
        Some(helper) => helper,
        None => engine.compile_with(draft.source.name(), draft.source.text(), &library),
    };
    drafts.iter().map(one).collect()
}

/// A fault of a rule as a whole.
pub(super) fn plain_fault(message: String, help: Option<&str>) -> ScriptFault {
    ScriptFault { message, file: None, position: None, stack: Vec::new(), help: help.map(ToOwned::to_owned) }
}
