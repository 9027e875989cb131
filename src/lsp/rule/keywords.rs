//! What the language's own words and the constants of a rule mean. Words only; no behaviour.

/// A word, what is written for it, and what it means.
#[derive(Clone, Copy, Debug)]
pub(super) struct Keyword {
    pub(super) name: &'static str,
    pub(super) form: &'static str,
    pub(super) about: &'static str,
}

const fn keyword(name: &'static str, form: &'static str, about: &'static str) -> Keyword {
    Keyword { name, form, about }
}

/// The constants that mean something.
pub(super) const CONSTANTS: [Keyword; 3] = [
    keyword(
        "SEVERITY",
        "const SEVERITY = \"warning\";",
        "The severity of the rule's findings: `error` unless it says otherwise. `crossfoot.toml` can set another level.",
    ),
    keyword(
        "HELP",
        "const HELP = \"what to do\";",
        "What to do about any finding of the rule. It stands under each of them.",
    ),
    keyword(
        "PARAMS",
        "const PARAMS = #{ most: 50 };",
        "What can be set without changing the rule, each with its standard value. The rule reads it as `params.most` after \
         `fn check(plan, params)`; `crossfoot.toml` sets other values.",
    ),
];

/// The functions that are called by crossfoot itself.
pub(super) const ENTRIES: [Keyword; 3] = [
    keyword(
        "check",
        "fn check(plan) {\n    \n}",
        "Judges one plan. It is called once for each; `fn check(plan, params)` takes the parameters as well. In shared code it \
         is for the file's own cases.",
    ),
    keyword(
        "collect",
        "fn collect(plan) {\n    plan\n}",
        "Takes from one plan of a portfolio what `judge` needs of it.",
    ),
    keyword(
        "judge",
        "fn judge(all) {\n    \n}",
        "Judges the plans of a portfolio together. `all` holds what `collect` gave for each, in the order of the plans.",
    ),
];

/// The words of the language.
pub(super) const WORDS: [Keyword; 13] = [
    keyword("let", "let name = value;", "Gives a value a name, which is known to the end of the block."),
    keyword(
        "for",
        "for each in all { ... }",
        "Goes through a selection or an array, one at a time. `for (each, at) in all` counts from 0.",
    ),
    keyword(
        "in",
        "for each in all { ... }",
        "What a loop goes through; or whether a value is among others: `2 in [1, 2]`.",
    ),
    keyword(
        "if",
        "if condition { ... } else { ... }",
        "Chooses; as a value it is what the block that was chosen ends with.",
    ),
    keyword("else", "if condition { ... } else { ... }", "What is done otherwise; `else if` asks again."),
    keyword("while", "while condition { ... }", "Repeats as long as a condition holds."),
    keyword("return", "return value;", "Ends the function."),
    keyword("continue", "continue;", "Goes on with the next round of a loop."),
    keyword("break", "break;", "Ends a loop."),
    keyword("true", "true", "What a condition is that holds."),
    keyword("false", "false", "What a condition is that does not hold."),
    keyword("fn", "fn name(value) { ... }", "A function: its last value is what it gives."),
    keyword(
        "import",
        "import \"lib/totals\" as totals;",
        "Gives shared code below `lib/` a name, at the top of the file. Its functions are called as `totals::of_plan(...)`.",
    ),
];

/// The values of `SEVERITY`, each with what it means.
pub(super) const SEVERITIES: [(&str, &str); 3] = [
    ("error", "The plan is wrong; a check fails with exit status 1."),
    ("warning", "The plan is probably wrong; `--fail-on warning` makes a check fail."),
    ("info", "Worth knowing; it never makes a check fail unless asked to."),
];

/// Finds a word in a list.
pub(super) fn find<'k>(keywords: &'k [Keyword], name: &str) -> Option<&'k Keyword> {
    keywords.iter().find(|keyword| keyword.name == name)
}
