//! Shared code: the files below `lib/` that rules of the same root import.
//!
//! All of it is read and compiled before any rule runs; an `import` finds what is here or nothing, and never reaches the file
//! system. Which files there are is decided above; what is wrong with a single file is found in `compile`.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rhai::{
    AST, ASTNode, Dynamic, EncapsulatedEnviron, Engine, EvalAltResult, Expr, FnAccess, FuncRegistration, Module,
    ModuleResolver, Position, RhaiFunc, Shared, Stmt,
};

use super::fault::ScriptFault;
use super::names;
use crate::plan::vocabulary::near;

type SharedModule = Shared<Module>;

/// The folder of shared code, below the root of a pack or of a folder of rules.
pub const LIB: &str = "lib";

/// One file of shared code, ready to be imported.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    module: SharedModule,
    /// Its functions that others may call, each with the number of its parameters.
    functions: Arc<[(String, usize)]>,
    /// The name of its file, as messages show it.
    pub(super) file: Arc<str>,
    /// Its text, for places of errors.
    pub(super) text: Arc<str>,
    /// Where its loops begin.
    pub(super) loops: Arc<[Position]>,
    /// What it imports itself, by path.
    beneath: Arc<BTreeMap<String, Self>>,
}

/// What the rules of one root can import, by path below the root, such as `lib/shares`.
///
/// A file that does not compile is in it as well, so that an import of it says so.
#[derive(Clone, Debug, Default)]
pub struct Library {
    units: BTreeMap<String, Option<Unit>>,
}

/// What one script imports.
#[derive(Clone, Debug, Default)]
pub(super) struct Imports {
    /// The files that the script and what it imports are made of, by path.
    pub(super) units: BTreeMap<String, Unit>,
    /// What is behind each name that the script gave.
    pub(super) names: BTreeMap<String, Named>,
}

impl Imports {
    /// The name of an import that has a function.
    pub(super) fn with_function(&self, function: &str) -> Option<&str> {
        let has = |named: &Named| named.functions.iter().flat_map(|all| all.iter()).any(|(name, _)| name == function);
        self.names.iter().find(|(_, named)| has(named)).map(|(name, _)| name.as_str())
    }
}

/// What an import gave a name.
#[derive(Clone, Debug, Default)]
pub(super) struct Named {
    path: String,
    /// `None` where nothing could be imported, which has a fault of its own.
    functions: Option<Arc<[(String, usize)]>>,
}

impl Imports {
    /// Whether there are none; a rule without imports runs as if there was no shared code.
    pub(super) fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// The name within the engine of a function behind an import.
    pub(super) fn full_name(&self, import: &str, function: &str) -> Option<String> {
        self.names.get(import).map(|named| names::full(function, &named.path))
    }
}

impl Library {
    /// The shared code of a root in which every file has compiled, by path.
    pub(crate) fn of<'s>(scripts: impl Iterator<Item = (&'s str, &'s super::Script)>) -> Self {
        Self { units: scripts.map(|(path, script)| (path.to_owned(), Some(unit(script)))).collect() }
    }

    /// Adds a file that did not compile.
    pub fn add_broken(&mut self, path: &str) {
        self.units.insert(path.to_owned(), None);
    }

    pub(super) fn add(&mut self, path: &str, unit: Unit) {
        self.units.insert(path.to_owned(), Some(unit));
    }

    fn paths(&self) -> impl Iterator<Item = &str> {
        self.units.keys().map(String::as_str)
    }
}

/// An `import` at the top of a file.
pub(super) struct Import {
    /// `None` where the path is not written out.
    pub(super) path: Option<String>,
    name: String,
    position: Position,
    path_position: Position,
}

/// The imports at the top of a file, in order.
pub(super) fn imports(ast: &AST) -> Vec<Import> {
    let import = |statement: &Stmt| match statement {
        Stmt::Import(import, position) => Some(Import {
            path: match &import.0 {
                Expr::StringConstant(path, _) => Some(path.to_string()),
                _ => None,
            },
            name: import.1.name.to_string(),
            position: *position,
            path_position: import.0.start_position(),
        }),
        _ => None,
    };
    ast.statements().iter().filter_map(import).collect()
}

/// Where a file imports a path.
pub(super) fn import_of(ast: &AST, path: &str) -> Option<Position> {
    imports(ast).into_iter().find(|import| import.path.as_deref() == Some(path)).map(|import| import.path_position)
}

/// Finds what a file imports in the library of its root; faults say what is wrong with each import.
pub(super) fn resolve(ast: &AST, library: &Library, most: usize, faults: &mut Vec<ScriptFault>) -> Imports {
    let found = imports(ast);
    let mut resolved = Imports::default();
    refuse_inside(ast, &found, faults);
    for import in &found {
        if import.name.is_empty() {
            let path = import.path.as_deref().unwrap_or("lib/shares");
            let fault = ScriptFault::new("an `import` gives what it imports a name", import.position);
            faults.push(fault.help(format!("write `import \"{path}\" as {};`", name_for(path))));
            continue;
        }
        if resolved.names.contains_key(&import.name) {
            let message = format!("two imports have the name `{}`", import.name);
            faults.push(ScriptFault::new(message, import.position).help("give one of them another name"));
            continue;
        }
        let named = match find(import, library) {
            Ok((path, unit)) => {
                let beneath = unit.beneath.iter().map(|(path, unit)| (path.clone(), unit.clone()));
                resolved.units.extend(beneath);
                resolved.units.insert(path.clone(), unit.clone());
                Named { path, functions: Some(Arc::clone(&unit.functions)) }
            }
            Err(fault) => {
                faults.push(fault);
                // Calls of it are not a second fault.
                Named::default()
            }
        };
        resolved.names.insert(import.name.clone(), named);
        if resolved.units.len().max(resolved.names.len()) > most {
            let message = format!("this file imports more than {most} others, by itself and through them");
            faults.push(ScriptFault::new(message, import.position).help("import only what is called"));
            break;
        }
    }
    resolved
}

/// A name for what stands at a path: its last part, as far as it can be a name.
fn name_for(path: &str) -> String {
    let last = path.rsplit('/').next().unwrap_or(path);
    last.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect()
}

fn find<'l>(import: &Import, library: &'l Library) -> Result<(String, &'l Unit), ScriptFault> {
    let fault = |message: String| ScriptFault::new(message, import.path_position);
    let Some(path) = import.path.as_deref() else {
        return Err(fault("the path of an `import` is written out".to_owned())
            .help("write `import \"lib/shares\" as shares;`: what a rule needs is known before it runs"));
    };
    check_path(path).map_err(|(message, help)| fault(message).help(help))?;
    match library.units.get(path) {
        Some(Some(unit)) => Ok((path.to_owned(), unit)),
        Some(None) => Err(fault(format!("the shared code `{path}` does not compile"))
            .help("its own error stands beside this one: mend it first")),
        None => {
            let known: Vec<&str> = library.paths().collect();
            let help = match (near(path, known.iter().copied()), known.as_slice()) {
                (Some(meant), _) => format!("did you mean `{meant}`?"),
                (None, []) => {
                    "shared code stands in a folder `lib` below the root of the pack or of the folder of rules; \
                               there is none here"
                        .to_owned()
                }
                (None, known) => format!("there is {}", known.join(", ")),
            };
            Err(fault(format!("there is no shared code `{path}`")).help(help))
        }
    }
}

/// Whether a path stays below `lib/`; if not, what is wrong and what to do.
fn check_path(path: &str) -> Result<(), (String, String)> {
    let wrong = |message: String, help: &str| Err((message, help.to_owned()));
    let below = "write a path below the root of the pack or of the folder of rules, such as `lib/shares`";
    if path.contains('\\') {
        return wrong(format!("`{path}` has a backslash"), "write `/` between the parts of a path, on every system");
    }
    if path.starts_with('/') || path.starts_with('~') || path.contains(':') {
        return wrong(format!("`{path}` leaves the rule's own pack: only what belongs to it can be imported"), below);
    }
    if path.split('/').any(|part| part == "..") {
        let message = format!("`{path}` leaves the rule's own pack: `..` is not followed");
        return wrong(
            message,
            "every path starts at the root of the pack or of the folder of rules, wherever the rule is",
        );
    }
    if path.split('/').any(|part| part.is_empty() || part == ".") {
        return wrong(format!("`{path}` is no plain path"), below);
    }
    if let Some(stem) = path.strip_suffix(".rhai") {
        return Err((format!("`{path}` has an extension"), format!("write `{stem}`")));
    }
    if path != LIB && !path.starts_with("lib/") {
        let help = "move what is shared into a file below `lib/`, and import it in both rules";
        return wrong(format!("`{path}` is no shared code: rules cannot import rules"), help);
    }
    Ok(())
}

/// An import anywhere but at the top would run with the function it stands in.
fn refuse_inside(ast: &AST, found: &[Import], faults: &mut Vec<ScriptFault>) {
    ast.walk(&mut |path: &[ASTNode]| {
        if let Some(ASTNode::Stmt(Stmt::Import(_, position))) = path.last()
            && !found.iter().any(|import| import.position == *position)
        {
            faults.push(
                ScriptFault::new("an `import` stands at the top of the file, outside of functions", *position)
                    .help("move it up, above the first function"),
            );
        }
        true
    });
}

/// What is wrong with a call of `name::function`, if anything.
pub(super) fn call_fault(
    imports: &Imports,
    name: &str,
    function: &str,
    arguments: usize,
    position: Position,
) -> Option<ScriptFault> {
    let functions = imports.names.get(name)?.functions.as_ref()?;
    let counts: Vec<usize> =
        functions.iter().filter(|(known, _)| known == function).map(|(_, parameters)| *parameters).collect();
    if counts.contains(&arguments) {
        return None;
    }
    if let Some(wanted) = counts.first() {
        let plural = if *wanted == 1 { "" } else { "s" };
        let message = format!("`{name}::{function}` takes {wanted} value{plural}, and is given {arguments}");
        return Some(ScriptFault::new(message, position));
    }
    let known: Vec<&str> = functions.iter().map(|(known, _)| known.as_str()).collect();
    let help = match near(function, known.iter().copied()) {
        Some(meant) => format!("did you mean `{name}::{meant}`?"),
        None if known.is_empty() => {
            "others can call none of its functions: take `private` away from those that they need".to_owned()
        }
        None => format!("it has {}", known.join(", ")),
    };
    Some(ScriptFault::new(format!("`{name}` has no function `{function}`"), position).help(help))
}

/// Makes a file of shared code ready to be imported. Nothing of it runs.
pub(super) fn unit(script: &super::Script) -> Unit {
    let defined = script.ast.iter_fn_def().filter(|function| function.access == FnAccess::Public);
    let named = defined.map(|function| (names::own(&function.name).to_owned(), function.params.len()));
    // `check` proves the file and is for its own cases; functions without a name are part of others.
    let mut functions: Vec<(String, usize)> =
        named.filter(|(name, _)| name != "check" && !name.starts_with(names::NAMELESS)).collect();
    functions.sort();
    Unit {
        module: Shared::new(module(script)),
        functions: functions.into(),
        file: Arc::clone(&script.file),
        text: Arc::from(script.text.as_str()),
        loops: script.loops.clone().into(),
        beneath: Arc::new(script.imports.units.clone()),
    }
}

/// The functions of a file, each of which sees the file's own and what it imports.
///
/// The engine would make the modules that a file imports part of its own, with all that they import: a module would then
/// grow with every path that leads through what is beneath it, and there can be more of those than anybody can wait for.
/// Nobody calls through two imports, so that a module here holds its own functions only.
fn module(script: &super::Script) -> Module {
    let imported = script.imports.names.iter().filter_map(|(name, named)| {
        let unit = script.imports.units.get(&named.path)?;
        Some((name.as_str().into(), Shared::clone(&unit.module)))
    });
    let environ = Shared::new(EncapsulatedEnviron {
        lib: std::iter::once(Shared::clone(script.ast.shared_lib())).collect(),
        imports: imported.collect(),
        constants: None,
    });
    let mut module = Module::new();
    for function in script.ast.iter_fn_def().filter(|function| function.access == FnAccess::Public) {
        let parameters = vec![std::any::TypeId::of::<Dynamic>(); function.params.len()];
        let scripted = RhaiFunc::Script { fn_def: Shared::clone(function), env: Some(Shared::clone(&environ)) };
        FuncRegistration::new(function.name.as_str()).set_into_module_raw(&mut module, parameters, scripted);
    }
    module.set_id(script.file.as_ref());
    module.build_index();
    module
}

thread_local! {
    static IMPORTS: RefCell<BTreeMap<String, SharedModule>> = const { RefCell::new(BTreeMap::new()) };
}

/// Does some work during which imports find what a script imports.
pub(super) fn with<T>(imports: &Imports, work: impl FnOnce() -> T) -> T {
    let modules = imports.units.iter().map(|(path, unit)| (path.clone(), Shared::clone(&unit.module))).collect();
    let outer = IMPORTS.replace(modules);
    let result = work();
    IMPORTS.set(outer);
    result
}

/// Finds modules among those that the running script imports.
pub(super) struct Loaded;

impl ModuleResolver for Loaded {
    fn resolve(
        &self,
        _: &Engine,
        _: Option<&str>,
        path: &str,
        position: Position,
    ) -> Result<SharedModule, Box<EvalAltResult>> {
        let found = IMPORTS.with_borrow(|imports| imports.get(path).cloned());
        found.ok_or_else(|| {
            let message = Dynamic::from(format!("there is no shared code `{path}`"));
            Box::new(EvalAltResult::ErrorRuntime(message, position))
        })
    }
}

/// The order in which files can be compiled, each after those that it imports; and the cycles, each as its files in order.
pub(super) fn order(imported: &BTreeMap<String, Vec<String>>) -> (Vec<String>, Vec<Vec<String>>) {
    let mut sorted = Sorted {
        imported,
        done: BTreeSet::new(),
        order: Vec::new(),
        open: Vec::new(),
        cycles: Vec::new(),
        circled: BTreeSet::new(),
    };
    imported.keys().for_each(|path| sorted.visit(path));
    (sorted.order, sorted.cycles)
}

struct Sorted<'i> {
    imported: &'i BTreeMap<String, Vec<String>>,
    done: BTreeSet<String>,
    order: Vec<String>,
    open: Vec<String>,
    cycles: Vec<Vec<String>>,
    /// The files of those.
    circled: BTreeSet<String>,
}

impl Sorted<'_> {
    fn visit(&mut self, path: &str) {
        if self.done.contains(path) {
            return;
        }
        if let Some(at) = self.open.iter().position(|open| open == path) {
            // There can be more circles than anybody can count; each file is told of one.
            let circle = &self.open[at..];
            if circle.iter().any(|path| !self.circled.contains(path)) {
                self.circled.extend(circle.iter().cloned());
                self.cycles.push(circle.to_vec());
            }
            return;
        }
        let Some(imported) = self.imported.get(path) else { return };
        self.open.push(path.to_owned());
        imported.iter().for_each(|other| self.visit(other));
        self.open.pop();
        self.done.insert(path.to_owned());
        self.order.push(path.to_owned());
    }
}
