//! From a rule's text to something that can run, with every fault that can be seen before running.
//!
//! A rule file holds a page in its `//!` header, literal constants, imports of shared code, and functions, of which `check`
//! is called, or `collect` and `judge`. All of it is read without running anything.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rhai::{AST, Dynamic, Map, Position};

use super::engine::ScriptEngine;
use super::fault::{ScriptFault, constant_at, of_parse};
use super::inspect::{check_assignments, check_params, check_statements, check_texts, loops};
use super::limits;
use super::modules::{self, Imports, Library};
use super::names::{self, Tokens};
use super::session::open_comment;
use crate::finding::Severity;

/// How a script is run; each function may take the rule's parameters beside its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `check(plan)`, over one plan.
    Check {
        /// Whether it takes the parameters.
        params: bool,
    },
    /// `collect(plan)` over each plan of a portfolio, and `judge(all)` once over what that gave.
    Portfolio {
        /// Whether `collect` takes the parameters.
        collect_params: bool,
        /// Whether `judge` does.
        judge_params: bool,
    },
    /// Not at all: shared code without a `check` of its own.
    Never,
}

/// A rule's script, compiled.
#[derive(Clone, Debug)]
pub struct Script {
    pub(super) ast: AST,
    /// The form whose rounds can be told apart, where there is one.
    pub(super) apart: Option<AST>,
    pub(super) text: String,
    /// The name of its file, as messages show it.
    pub(super) file: Arc<str>,
    /// How it is run.
    pub form: Form,
    pub(super) imports: Imports,
    /// Of shared code, its path below the root.
    shared: Option<String>,
    /// Lines of the `//!` header without their marks.
    pub page: String,
    /// `const SEVERITY`, if given.
    pub severity: Option<Severity>,
    /// `const HELP`, if given: what to do about any finding of the rule.
    pub help: Option<String>,
    pub(super) params: Map,
    /// Where its loops begin: the engine does not always say where it was when a rule is stopped.
    pub(super) loops: Vec<Position>,
}

impl Script {
    /// The first line of the page.
    #[must_use]
    pub fn title(&self) -> &str {
        self.page.lines().next().unwrap_or_default()
    }

    /// Whether what its rounds leave behind can be told apart.
    pub(crate) fn is_apart(&self) -> bool {
        self.apart.is_some()
    }

    /// Whether it imports shared code.
    pub(crate) fn imports_any(&self) -> bool {
        !self.imports.is_empty()
    }

    /// The name of one of its functions within the engine.
    pub(super) fn full_name(&self, function: &str) -> String {
        self.shared.as_ref().map_or_else(|| function.to_owned(), |path| names::full(function, path))
    }

    /// The names and values of `const PARAMS`, as texts.
    #[must_use]
    pub fn params(&self) -> Vec<(String, String)> {
        self.params.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
    }
}

/// The constants that mean something.
pub(super) const CONSTANTS: [&str; 3] = ["SEVERITY", "HELP", "PARAMS"];

/// What is compiled, and with what.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Draft<'d> {
    pub(crate) file: &'d str,
    pub(crate) text: &'d str,
    pub(crate) library: &'d Library,
    /// Of shared code, its path below the root. It need not be able to run by itself.
    pub(crate) shared: Option<&'d str>,
}

/// What compiling a file came to.
pub type Compiled = Result<Script, Vec<ScriptFault>>;

impl ScriptEngine {
    /// Compiles a rule that stands alone.
    ///
    /// # Errors
    /// Every fault that was found, in the order of the text.
    pub fn compile(&self, text: &str) -> Compiled {
        self.compile_with("", text, &Library::default())
    }

    /// Compiles a rule that may import shared code. The file's name is the one that messages show.
    ///
    /// # Errors
    /// Every fault that was found, in the order of the text.
    pub fn compile_with(&self, file: &str, text: &str, library: &Library) -> Compiled {
        self.compile_draft(Draft { file, text, library, shared: None })
    }

    /// Compiles the shared code of one root: each file by its path below the root (`lib/shares`), its name and its text.
    /// Files may import one another, but not in a circle.
    pub fn compile_shared(&self, files: &[(&str, &str, &str)]) -> (Library, BTreeMap<String, Compiled>) {
        let mut library = Library::default();
        let mut compiled = BTreeMap::new();
        let imported: BTreeMap<String, Vec<String>> =
            files.iter().map(|(path, _, text)| ((*path).to_owned(), self.imported_paths(text))).collect();
        let (order, cycles) = modules::order(&imported);
        let by_path: BTreeMap<&str, (&str, &str)> =
            files.iter().map(|(path, file, text)| (*path, (*file, *text))).collect();
        for path in order {
            let Some((file, text)) = by_path.get(path.as_str()) else { continue };
            let cycle = cycles.iter().find(|cycle| cycle.contains(&path));
            let result = match cycle {
                Some(cycle) => Err(vec![self.cycle_fault(&path, text, cycle)]),
                None => self.compile_draft(Draft { file, text, library: &library, shared: Some(&path) }),
            };
            match &result {
                Ok(script) => library.add(&path, modules::unit(script)),
                Err(_) => library.add_broken(&path),
            }
            compiled.insert(path, result);
        }
        (library, compiled)
    }

    /// The paths that a file imports; none where it cannot be parsed, which is found when it is compiled.
    pub fn imported_paths(&self, text: &str) -> Vec<String> {
        if text.len() > self.limits.source {
            return Vec::new();
        }
        let (parsed, _) = limits::within(self.limits, || self.engine.compile(text));
        let imports = parsed.map(|ast| modules::imports(&ast)).unwrap_or_default();
        // A file that imports more does not compile.
        imports.into_iter().take(self.limits.imports + 1).filter_map(|import| import.path).collect()
    }

    /// A circle of imports, told at the import that leads into it.
    fn cycle_fault(&self, path: &str, text: &str, cycle: &[String]) -> ScriptFault {
        let at = cycle.iter().position(|of| of == path).unwrap_or_default();
        let around: Vec<&str> = cycle[at..].iter().chain(&cycle[..at]).map(String::as_str).collect();
        let next = around.get(1).copied().unwrap_or(path);
        let (parsed, _) = limits::within(self.limits, || self.engine.compile(text));
        let position = parsed.ok().and_then(|ast| modules::import_of(&ast, next)).unwrap_or(Position::NONE);
        let message = format!("shared code imports itself in a circle: {} -> {path}", around.join(" -> "));
        ScriptFault::new(message, position).help("move what both need into a third file, which imports neither")
    }

    /// A comment that never ends, which the engine passes over with all that follows: a bracket after it goes unseen too.
    fn swallowed(&self, text: &str) -> Option<ScriptFault> {
        let begin = open_comment(text)?;
        let (after, _) = limits::within(self.limits, || self.engine.compile(format!("{text}\n)")));
        after.is_ok().then(|| never_closed(text, begin)).flatten()
    }

    fn compile_draft(&self, draft: Draft<'_>) -> Compiled {
        let text = draft.text;
        let too_long = self.too_long(text);
        if !too_long.is_empty() {
            return Err(too_long);
        }
        // A rule that stands alone needs no second parse, and nobody keeps its tokens.
        let alone = draft.shared.is_none() && !text.contains("import");
        let parse = || self.engine.compile(text);
        let work = || if alone { (parse(), Tokens::default()) } else { names::recording(parse) };
        let ((compiled, tokens), tripped) = limits::within(self.limits, work);
        if let Some(tripped) = tripped {
            return Err(vec![ScriptFault::new(tripped.to_string(), Position::NONE)]);
        }
        let ast = compiled.map_err(|error| vec![of_parse(&error, text)])?;
        if let Some(fault) = self.swallowed(text) {
            return Err(vec![fault]);
        }
        self.examine(draft, ast, &tokens)
    }

    /// What is wrong with a text before anything is read of it.
    pub(super) fn too_long(&self, text: &str) -> Vec<ScriptFault> {
        let most = self.limits.source;
        let fault = || ScriptFault::new(format!("the rule is longer than {most} bytes"), Position::NONE);
        (text.len() > most).then(fault).into_iter().collect()
    }

    /// What is to be said of a text that the engine could read.
    pub(super) fn examine(&self, draft: Draft<'_>, ast: AST, tokens: &Tokens) -> Compiled {
        let text = draft.text;
        let mut faults = Vec::new();
        let form = self.check_functions(&ast, draft, &mut faults);
        check_statements(&ast, &mut faults);
        check_assignments(&ast, &mut faults);
        check_texts(&ast, &mut faults);
        let imports = modules::resolve(&ast, draft.library, self.limits.imports, &mut faults);
        self.check_calls(&ast, &imports, &mut faults);
        let mut script = Script {
            text: text.to_owned(),
            file: Arc::from(draft.file),
            page: page(&ast),
            form,
            imports,
            severity: None,
            help: None,
            params: Map::new(),
            loops: loops(&ast),
            shared: draft.shared.map(ToOwned::to_owned),
            apart: None,
            ast,
        };
        read_constants(&mut script, &mut faults);
        check_params(&script.ast, &script.params, &mut faults);
        if draft.shared.is_some() {
            refuse_terms(&script, &mut faults);
        }
        if faults.is_empty() {
            if script.shared.is_some() || !script.imports.is_empty() {
                script.ast = self.with_full_names(&script, tokens)?;
            }
            script.ast.set_source(draft.file);
            if script.shared.is_none() && matches!(script.form, Form::Check { .. }) {
                script.apart = self.template.as_ref().and_then(|template| template.apart(&script.ast));
            }
            return Ok(script);
        }
        faults.sort_by_key(|fault| fault.position);
        faults.dedup();
        Err(faults)
    }

    /// The same script with names that tell its functions from those of other files.
    fn with_full_names(&self, script: &Script, tokens: &Tokens) -> Result<AST, Vec<ScriptFault>> {
        let own: BTreeSet<&str> = script.ast.iter_functions().map(|function| function.name).collect();
        let of_own = |name: &str| {
            let path = script.shared.as_deref().filter(|_| own.contains(name))?;
            Some(names::full(name, path))
        };
        let renamed = tokens.functions(of_own, |import, name| script.imports.full_name(import, name));
        let parse = || names::renaming(renamed, || self.engine.compile(&script.text));
        let (parsed, tripped) = limits::within(self.limits, parse);
        let told = |message: String| vec![ScriptFault::new(message, Position::NONE)];
        match (parsed, tripped) {
            (_, Some(tripped)) => Err(told(tripped.to_string())),
            (Ok(ast), None) => Ok(ast),
            (Err(error), None) => Err(vec![of_parse(&error, &script.text)]),
        }
    }

    /// `check` is there, or `collect` and `judge`, each with one parameter or two; no function takes the name of a verb.
    fn check_functions(&self, ast: &AST, draft: Draft<'_>, faults: &mut Vec<ScriptFault>) -> Form {
        let defined: BTreeSet<(&str, usize)> =
            ast.iter_functions().map(|function| (function.name, function.params.len())).collect();
        for (name, _) in defined.iter().filter(|(name, _)| self.names.contains(*name)) {
            let message = format!("the function `{name}` has the name of a verb, which it would hide");
            let fault = ScriptFault::new(message, Position::NONE).help("give it another name");
            faults.push(fault.or_in_function(draft.text, name));
        }
        for (name, _) in defined.iter().filter(|(name, _)| name.contains(names::MARK)) {
            let message = format!("the name `{name}` holds `{}`, which crossfoot uses itself", names::MARK);
            let fault = ScriptFault::new(message, Position::NONE).help("give the function another name");
            faults.push(fault.or_in_function(draft.text, name));
        }
        let parameters = |wanted: &str| defined.iter().find(|(name, _)| *name == wanted).map(|(_, count)| *count);
        let mut takes_params = |name: &str, first: &str, count: usize| {
            if !matches!(count, 1 | 2) {
                let message = format!(
                    "`{name}` takes {count} parameters: expected `{name}({first})` or `{name}({first}, params)`"
                );
                faults.push(ScriptFault::new(message, Position::NONE).or_in_function(draft.text, name));
            }
            count == 2
        };
        let (missing, help) = match (parameters("check"), parameters("collect"), parameters("judge")) {
            (Some(check), None, None) => return Form::Check { params: takes_params("check", "plan", check) },
            (None, Some(collect), Some(judge)) => {
                return Form::Portfolio {
                    collect_params: takes_params("collect", "plan", collect),
                    judge_params: takes_params("judge", "all", judge),
                };
            }
            (None, None, None) if draft.shared.is_some() => return Form::Never,
            (Some(_), collect, _) => {
                let other = if collect.is_some() { "collect" } else { "judge" };
                let message =
                    format!("a rule has `check`, or `collect` and `judge`: this one has `check` and `{other}`");
                let help = "`check(plan)` judges one plan; `collect(plan)` and `judge(all)` judge a portfolio of them";
                faults.push(ScriptFault::new(message, Position::NONE).or_in_function(draft.text, other).help(help));
                return Form::Never;
            }
            (None, None, None) => ("the rule has no function `check`", "write `fn check(plan) { ... }`"),
            (None, Some(_), None) => {
                ("the rule has `collect` and no function `judge`", "write `fn judge(all) { ... }`")
            }
            (None, None, Some(_)) => {
                ("the rule has `judge` and no function `collect`", "write `fn collect(plan) { ... }`")
            }
        };
        faults.push(ScriptFault::new(missing, Position::NONE).help(help));
        Form::Never
    }
}

/// A comment that begins at a byte and has no end.
pub(super) fn never_closed(text: &str, begin: usize) -> Option<ScriptFault> {
    let before = text.get(..begin)?;
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let place = (u32::try_from(line).ok()?, u32::try_from(column).ok()?);
    let fault = ScriptFault::new("this comment is never closed", Position::NONE).help("write `*/` where it ends");
    Some(ScriptFault { position: Some(place), ..fault })
}

/// Shared code runs on the terms of the rule that calls it; its own would be read by nobody.
fn refuse_terms(script: &Script, faults: &mut Vec<ScriptFault>) {
    let given = script.ast.iter_literal_variables(true, false).map(|(name, ..)| name);
    for name in given.filter(|name| CONSTANTS.contains(name)) {
        let help = match name {
            "PARAMS" => "give a function what it needs as a value: `fn of(plan, most)`",
            _ => "write it into the rules that import this file",
        };
        let fault = ScriptFault::new(format!("`{name}` means nothing in shared code"), Position::NONE).help(help);
        faults.push(ScriptFault { position: constant_at(&script.text, name), ..fault });
    }
}

fn read_constants(script: &mut Script, faults: &mut Vec<ScriptFault>) {
    let constants: Vec<(String, Dynamic)> =
        script.ast.iter_literal_variables(true, false).map(|(name, _, value)| (name.to_owned(), value)).collect();
    for (name, value) in constants {
        if let Err(message) = read_constant(script, &name, value) {
            let position = constant_at(&script.text, &name);
            faults.push(ScriptFault { position, ..ScriptFault::new(message, Position::NONE) });
        }
    }
}

fn read_constant(script: &mut Script, name: &str, value: Dynamic) -> Result<(), String> {
    let text = value.clone().into_immutable_string().ok();
    match (name, text) {
        ("SEVERITY", Some(text)) => {
            script.severity = Some(text.parse().map_err(|error| format!("SEVERITY: {error}"))?);
        }
        ("HELP", Some(text)) => script.help = Some(text.to_string()),
        ("PARAMS", _) if value.is_map() => script.params = value.cast::<Map>(),
        ("PARAMS", _) => return Err("PARAMS must be a map: `#{ name: value }`".to_owned()),
        ("SEVERITY" | "HELP", None) => return Err(format!("{name} must be a text")),
        _ => {}
    }
    Ok(())
}

/// The header's lines without their marks and the space after them.
fn page(ast: &AST) -> String {
    let line = |line: &str| {
        let text = line.trim_start().trim_start_matches("//!");
        text.strip_prefix(' ').unwrap_or(text).trim_end().to_owned()
    };
    let lines: Vec<String> = ast.doc().lines().map(line).collect();
    lines.join("\n").trim().to_owned()
}
