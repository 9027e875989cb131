//! The engine, built up from nothing: what is not added here does not exist for a rule.
//!
//! No package of the engine's but iteration over ranges; every limit set; no `eval`, `try` or `switch`; `import` finds
//! nothing but what was loaded before; no optimiser, which would run constants of hostile rules while compiling and fold
//! comparisons that are ours to make.

use std::collections::BTreeSet;

use rhai::{Dynamic, Engine, LexError, OptimizationLevel, Token};

use super::groups::{self, Template};
use super::limits::{self, Limits};
use super::modules::Loaded;
use super::selection::Selection;
use super::verb::Verb;
use super::{names, operators, verbs};

/// Symbols that rules do without, each with what to do instead.
pub(super) const REFUSED: [(&str, &str); 5] = [
    ("eval", "write the expression itself"),
    ("export", "every function of a file below `lib/` can be called by those who import it"),
    ("try", "ask before, with `.is_empty()`; an error in a rule is reported with its place"),
    ("switch", "use `if` and `else if`"),
    ("Fn", "write `|x| ...`"),
];

/// Compiles and runs rules. One engine serves any number of rules and threads.
pub struct ScriptEngine {
    pub(super) engine: Engine,
    pub(super) limits: Limits,
    /// Names that a rule can call.
    pub(super) names: BTreeSet<String>,
    /// The verbs among those that are not of the language.
    pub(super) own: Vec<Verb>,
    /// Makes the form of rules whose rounds can be told apart.
    pub(super) template: Option<Template>,
}

impl std::fmt::Debug for ScriptEngine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ScriptEngine").field("limits", &self.limits).finish_non_exhaustive()
    }
}

impl ScriptEngine {
    /// An engine with the verbs of the language and further ones.
    #[must_use]
    pub fn new(limits: Limits, own: &[Verb]) -> Self {
        let mut engine = Engine::new_raw();
        set_limits(&mut engine, &limits);
        operators::register(&mut engine);
        verbs::register(&mut engine);
        groups::register(&mut engine);
        for verb in own {
            verb.register(&mut engine);
        }
        let mut names: BTreeSet<String> = verbs::docs::VERBS.iter().map(|verb| verb.name.to_owned()).collect();
        names.extend(verbs::docs::PLUMBING.iter().map(|name| (*name).to_owned()));
        names.extend(own.iter().map(|verb| verb.name().to_owned()));
        let template = Template::of(&engine);
        Self { engine, limits, names, own: own.to_vec(), template }
    }
}

fn set_limits(engine: &mut Engine, limits: &Limits) {
    engine.set_optimization_level(OptimizationLevel::None);
    // The interner is one lock for all threads.
    engine.set_max_strings_interned(0);
    // The budget counts operations over all callbacks and stops first; the engine's own count is a second lock.
    engine.set_max_operations(limits.operations.saturating_mul(2));
    engine.set_max_call_levels(limits.call_depth);
    engine.set_max_expr_depths(limits.expression_depth, limits.expression_depth);
    engine.set_max_string_size(limits.text);
    engine.set_max_array_size(limits.array);
    engine.set_max_map_size(limits.map);
    engine.set_max_variables(limits.variables);
    engine.set_max_functions(limits.functions);
    engine.set_max_modules(limits.imports);
    engine.set_module_resolver(Loaded);
    engine.set_strict_variables(true);
    engine.set_fail_on_invalid_map_property(true);
    for (symbol, _) in REFUSED {
        engine.disable_symbol(symbol);
    }
    read_selections_by_value(engine);
    engine.on_print(|_| {});
    engine.on_debug(|_, _, _| {});
    // The engine starts its count anew in every callback; the budget does not.
    engine.on_progress(|_| limits::operation().then(|| Dynamic::from("stopped")));
    #[expect(deprecated, reason = "marked as likely to change, not as going away; nothing else counts tokens")]
    engine.on_parse_token(|token, position, _| {
        if limits::token() {
            Token::LexError(Box::new(LexError::UnexpectedInput("the rule is too long".into())))
        } else {
            names::token(token, position)
        }
    });
}

/// Has variables that hold a selection read as values.
///
/// A function that uses a variable from outside makes the engine share it, and a verb called on a shared variable then
/// locks it for as long as the function runs: `plan.risks.filter(|risk| risk.id == plan.first)` would be a data race with
/// itself. Selections never change, so that a copy of the handle says the same.
fn read_selections_by_value(engine: &mut Engine) {
    #[expect(deprecated, reason = "marked as likely to change, not as going away; nothing else reaches variables")]
    engine.on_var(|name, _, context| {
        let shared = context.scope().get(name).filter(|value| value.is_shared());
        Ok(shared.and_then(|value| value.read_lock::<Selection>().map(|selection| Dynamic::from(selection.clone()))))
    });
}
