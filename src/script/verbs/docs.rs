//! The documentation of every verb: signature, what it does, and an example that a test runs.
//!
//! The examples speak of one small plan, [`EXAMPLE_PLAN`].

/// The documentation of one verb.
#[derive(Clone, Copy, Debug)]
pub struct VerbDoc {
    /// The verb.
    pub name: &'static str,
    /// How it is called, and what it gives.
    pub signature: &'static str,
    /// What it does, in one or two sentences.
    pub about: &'static str,
    /// An expression over the example plan.
    pub example: &'static str,
    /// What the expression gives; of a check, how it ends.
    pub gives: &'static str,
}

impl VerbDoc {
    /// What it does, in its first sentence.
    ///
    /// ```
    /// let sum = crossfoot::script::VERBS.iter().find(|verb| verb.name == "sum").unwrap();
    /// assert_eq!(sum.brief(), "The sum of all figures, with its interval.");
    /// ```
    #[must_use]
    pub fn brief(&self) -> &'static str {
        self.about.find(". ").map_or(self.about, |end| &self.about[..=end])
    }
}

const fn verb(
    name: &'static str,
    signature: &'static str,
    about: &'static str,
    example: &'static str,
    gives: &'static str,
) -> VerbDoc {
    VerbDoc { name, signature, about, example, gives }
}

/// The plan that the examples of verbs speak of.
pub const EXAMPLE_PLAN: &str = r#"
[plan]
title = "Example"
currency = "CHF"
years = [2026, 2027]
start = 2026-01-15

[scales]
impact = ["Low", "High"]

[[objectives]]
id = "A"
title = "Water"
share = 62.5
total = { 2026 = 30, 2027 = 42 }
outputs = [
    { id = "A-1", cost = { 2026 = 10, 2027 = 20 } },
    { id = "A-2", cost = { 2026 = 20, 2027 = 21 } },
]

[[objectives]]
id = "B"
title = "Roads"
share = 37.5

[[risks]]
title = "Flood"
impact = "High"
mitigations = [1, 7]

[[mitigations]]
id = 1
owner = "Office"
"#;

/// Names that the engine calls by itself, or that are parts of verbs; not documented as verbs.
pub(in crate::script) const PLUMBING: [&str; 7] =
    ["to_string", "to_debug", "range", "call", "curry", "contains", "is_shared"];

/// Every verb of the rule language.
pub const VERBS: &[VerbDoc] = &[
    // selecting
    verb(
        "count",
        "count(selection) -> number",
        "How many nodes the selection holds; an array counts as its elements. Also how many elements an array of the rule has, or keys a map.",
        "count(plan.objectives)",
        "2",
    ),
    verb(
        "is_empty",
        "is_empty(value) -> boolean",
        "Whether nothing is there: the key is missing, or the array has no element. Also of what a verb gave, of an array, a map or a text of the rule, and of `()`.",
        r#"plan.objectives.total["2031"].is_empty()"#,
        "true",
    ),
    verb(
        "first",
        "first(selection) -> selection",
        "The first node; of an array, its first element.",
        "plan.objectives.first().title",
        "Water",
    ),
    verb(
        "last",
        "last(selection) -> selection",
        "The last node; of an array, its last element.",
        "plan.objectives.last().title",
        "Roads",
    ),
    verb(
        "find",
        "find(selection, id) or find(array, id) -> selection",
        "The elements with this id, or with one of the ids of a selection; in a cross-table's `values`, the value in this column. Empty where there is none. Of an array of plans, the plan with this id in its portfolio.",
        r#"plan.objectives.find("B").title"#,
        "Roads",
    ),
    verb(
        "at",
        "at(selection, path) -> selection",
        "What a path in a text leads to. Names are joined by dots, ids and indexes stand in brackets, as reconciliations write it.",
        r#"plan.at("objectives[A].total.2027")"#,
        "42",
    ),
    verb(
        "having",
        "having(selection, path) -> selection",
        "The nodes under which a path leads to something. The path is written as for `at`, and goes through arrays.",
        r#"plan.objectives.having("outputs.cost").title"#,
        "Water",
    ),
    verb(
        "lacking",
        "lacking(selection, path) -> selection",
        "The nodes under which a path leads to nothing: those that `having` leaves out.",
        r#"plan.objectives.lacking("outputs").title"#,
        "Roads",
    ),
    verb(
        "filter",
        "filter(selection, |node| boolean) -> selection",
        "The nodes, or elements of an array, for which the function gives true. In `|o| ...` the name `o` stands for one of them after the other.",
        "plan.objectives.filter(|o| o.share > 50).title",
        "Water",
    ),
    verb(
        "distinct",
        "distinct(selection) -> selection",
        "The nodes without those whose value was there before.",
        "count(plan.risks.impact.distinct())",
        "1",
    ),
    verb(
        "group_by",
        "group_by(selection, key) -> array of #{ key, items }",
        "Groups tables by the value of a key, in order of first appearance. Of each group, `key` is the value and `items` are the tables.",
        r#"plan.objectives.group_by("title").map(|g| g.key).join("/")"#,
        "Water/Roads",
    ),
    verb(
        "ids",
        "ids(selection) -> array of texts",
        "The ids of the nodes that have one.",
        r#"plan.objectives.ids().join(" ")"#,
        "A B",
    ),
    verb(
        "texts",
        "texts(selection) -> array of texts",
        "The values of the nodes as texts.",
        r#"plan.plan.years.texts().join("-")"#,
        "2026-2027",
    ),
    verb(
        "rank",
        "rank(word, scale) -> number",
        "The place of a word on a scale, from 1; 0 where it is not on it. Texts themselves have no order.",
        "rank(plan.risks[0].impact, plan.scales.impact)",
        "2",
    ),
    verb(
        "keys",
        "keys(selection or map) -> array of texts",
        "The keys of a table or of a map.",
        r#"plan.objectives[0].total.keys().join(" ")"#,
        "2026 2027",
    ),
    verb(
        "values",
        "values(selection) -> selection",
        "What stands under the keys of each table, in order. Of a table of years that is every year, and `all_years` as well where it is stated; without it they are `.values().filter(|v| v.key() != \"all_years\")`.",
        "plan.objectives[0].total.values()",
        "30, 42",
    ),
    verb(
        "key",
        "key(selection) -> text",
        "The key that the first node stands under, such as its year.",
        r#"plan.objectives[0].total["2027"].key()"#,
        "2027",
    ),
    verb(
        "parent",
        "parent(selection) -> selection",
        "The table that each node stands in, each table once.",
        "plan.objectives.outputs[0].parent().title",
        "Water",
    ),
    // computing
    verb(
        "sum",
        "sum(selection or array) -> figure",
        "The sum of all figures, with its interval. Where there is no figure there is no sum, which is not zero: a check with it is not applicable.",
        r#"sum(plan.objectives.outputs.cost["2026"])"#,
        "30",
    ),
    verb("min", "min(selection) -> figure", "The least figure.", r#"min(plan.objectives.outputs.cost["2027"])"#, "20"),
    verb(
        "max",
        "max(selection) -> figure",
        "The greatest figure.",
        r#"max(plan.objectives.outputs.cost["2027"])"#,
        "21",
    ),
    verb(
        "percent_of",
        "percent_of(part, whole) -> figure in percent",
        "What percent of the whole the part is. When the part is one of the whole's addends, its rounding is counted once.",
        r#"percent_of(plan.objectives[0].outputs[0].cost["2026"], plan.objectives[0].total["2026"])"#,
        "33.333333",
    ),
    verb(
        "share_of",
        "share_of(share, amount) -> figure",
        "A share, in percent, of an amount.",
        r#"share_of(50, plan.objectives[0].total["2026"])"#,
        "15",
    ),
    verb(
        "agrees",
        "agrees(a, b) -> boolean",
        "Whether two figures agree within rounding: their intervals meet.",
        r#"agrees(plan.objectives[0].total["2027"], sum(plan.objectives[0].outputs.cost["2027"]))"#,
        "true",
    ),
    verb(
        "is_figure",
        "is_figure(value) -> boolean",
        "Whether there is one figure that can be compared: present, a number, without excess digits.",
        r#"is_figure(plan.objectives[0].total["2031"])"#,
        "false",
    ),
    verb(
        "figures",
        "figures(selection) -> selection",
        "Those of the nodes that are numbers; texts, tables and all else are left out.",
        "count(figures(plan.plan.years))",
        "2",
    ),
    verb(
        "exact",
        "exact(figure) -> figure",
        "The same figure, taken as not rounded: its interval is the figure alone.",
        r#"agrees(exact(plan.objectives[0].total["2027"]), 42.4)"#,
        "false",
    ),
    verb("abs", "abs(figure) -> figure", "The figure without its sign.", "abs(-3)", "3"),
    verb(
        "lower",
        "lower(figure) -> figure",
        "The lower end of a figure's interval.",
        "lower(plan.objectives[0].share)",
        "62.45",
    ),
    verb(
        "upper",
        "upper(figure) -> figure",
        "The upper end of a figure's interval.",
        "upper(plan.objectives[0].share)",
        "62.55",
    ),
    // judging
    verb(
        "expect",
        "expect(condition, node, message)",
        "Passes when the condition is true, else fails at the node with the message.",
        r#"expect(count(plan.objectives) == 2, plan, "expected two objectives")"#,
        "1 passed",
    ),
    verb(
        "expect_equal",
        "expect_equal(stated, computed) or expect_equal(stated, computed, message)",
        "Passes when two figures agree within rounding, or two texts are the same. Not applicable when one is absent.",
        r#"expect_equal(plan.objectives[0].total["2026"], 30)"#,
        "1 passed",
    ),
    verb(
        "expect_sum",
        "expect_sum(stated, addends) or expect_sum(stated, addends, message)",
        "Passes when the stated figure agrees with the sum of the addends: a selection, or an array of figures and selections, also of several plans. Not applicable when the stated figure or one of the array is absent, or when there are no addends.",
        r#"expect_sum(plan.objectives[1].total["2026"], plan.objectives[1].outputs.cost["2026"])"#,
        "1 not applicable",
    ),
    verb(
        "expect_derived",
        "expect_derived(stated, computed) or expect_derived(stated, computed, message)",
        "Like expect_equal, and says that the stated figure is by definition what is computed, so that `crossfoot fix` may set it where its parts determine it. Of a sum, expect_sum says so; where both sides are only stated, use expect_equal.",
        r#"expect_derived(plan.objectives[0].share, percent_of(72, 115.2))"#,
        "1 passed",
    ),
    verb(
        "expect_range",
        "expect_range(figures, low, high) or expect_range(figures, low, high, message)",
        "For each figure: passes when it lies between the bounds, both included; `()` is no bound.",
        "expect_range(plan.objectives.share, 0, 50)",
        "1 passed, 1 failed",
    ),
    verb(
        "expect_in",
        "expect_in(values, allowed) or expect_in(values, allowed, message)",
        "For each value: passes when it is among those allowed, a selection, or an array of values and selections; of tables, their ids. `{}` in the message is the value.",
        r#"expect_in(plan.risks.mitigations, plan.mitigations, "no mitigation {}")"#,
        "1 passed, 1 failed",
    ),
    verb(
        "expect_unique",
        "expect_unique(values) or expect_unique(values, message)",
        "For each value of a selection, or of an array of selections: passes when it has not been given before. `{}` in the message is the value.",
        "expect_unique([plan.objectives.id, plan.objectives.outputs.id])",
        "4 passed",
    ),
    verb(
        "expect_present",
        "expect_present(tables, key) or expect_present(tables, key, message)",
        "For each table: passes when the key is there and not empty. `{}` in the message is the table's id.",
        r#"expect_present(plan.objectives, "total")"#,
        "1 passed, 1 failed",
    ),
    verb(
        "not_applicable",
        "not_applicable()",
        "Counts one check as not applicable, where the rule itself finds that there is nothing to compare.",
        "not_applicable()",
        "1 not applicable",
    ),
    verb(
        "fail",
        "fail(node, message) or fail(node, message, shown)",
        "A failed check at the node, with the rule's severity. What it shows and offers besides is an array of places, #{ at: node, says: text }, and of fixes, #{ fix: title, set: node, to: value }, with `remove: node`, `add: table, key: text, to: value` or `rename: node, to: text` in place of `set` and `to`. A fix is applied without asking only with `safe: true`.",
        r#"fail(plan.objectives[1].share, "the shares make 100", [#{ fix: "state 37.4", set: plan.objectives[1].share, to: 37.4 }])"#,
        "1 failed",
    ),
    verb(
        "says",
        "says(template, #{ hole: value, ... }): message",
        "A message with holes of its own: `{name}` stands for the value of that name. The template is kept, so that another language can word the message. Every verb that takes a message takes it, and so do `says:` and `fix:`; `{id}`, `{key}` and `{}` need no value.",
        r#"fail(plan.objectives[1].share, says("{what} of {id} is a guess", #{ what: "the share" }))"#,
        "1 failed",
    ),
    verb(
        "warn",
        "warn(node, message) or warn(node, message, shown)",
        "A warning at the node, whatever the rule's severity. Counts no check.",
        r#"warn(plan.risks[0], "this risk is vague")"#,
        "1 warning",
    ),
    verb(
        "note",
        "note(node, message) or note(node, message, shown)",
        "A remark at the node, for information. Counts no check.",
        r#"note(plan.risks[0], "this risk is new")"#,
        "1 info",
    ),
    // texts
    verb(
        "text",
        "text(value) or text(figure, places) -> text",
        "A value as a text: a number or a date as it is written. With places, a figure for people to read, rounded half away from zero: it is a text, so that no rounded figure is compared with another.",
        "text(percent_of(1, 3), 1)",
        "33.3",
    ),
    verb(
        "matches",
        "matches(text, regex) -> boolean",
        "Whether a regular expression matches somewhere in the text.",
        r#"matches(plan.objectives[0].outputs[0].id, "^[A-Z]-[0-9]+$")"#,
        "true",
    ),
    verb(
        "starts_with",
        "starts_with(text, start) -> boolean",
        "Whether the text begins with another.",
        r#"plan.objectives[0].title.starts_with("Wa")"#,
        "true",
    ),
    verb(
        "ends_with",
        "ends_with(text, end) -> boolean",
        "Whether the text ends with another.",
        r#"plan.objectives[0].title.ends_with("er")"#,
        "true",
    ),
    verb(
        "includes",
        "includes(text, part) -> boolean",
        "Whether the text includes another.",
        r#"plan.objectives[0].title.includes("ate")"#,
        "true",
    ),
    verb(
        "length",
        "length(text) -> number",
        "How many characters the text has.",
        "length(plan.objectives[0].title)",
        "5",
    ),
    verb("trim", "trim(text) -> text", "The text without white space at its ends.", r#"trim("  a ")"#, "a"),
    verb(
        "to_lower",
        "to_lower(text) -> text",
        "The text in small letters.",
        "to_lower(plan.objectives[0].title)",
        "water",
    ),
    verb(
        "to_upper",
        "to_upper(text) -> text",
        "The text in capital letters.",
        "to_upper(plan.objectives[0].title)",
        "WATER",
    ),
    verb(
        "split",
        "split(text, by) -> array of texts",
        "The parts of a text between those places where another stands.",
        r#"split("a-b", "-").join("+")"#,
        "a+b",
    ),
    verb(
        "distance",
        "distance(a, b) -> number",
        "How many edits make one text of the other (Damerau and Levenshtein).",
        r#"distance("Water", "Watre")"#,
        "1",
    ),
    // dates
    verb(
        "date",
        "date(value) -> date",
        "The day of a date of the plan, or of a text such as \"2026-12-31\".",
        r#"date(plan.plan.start) < date("2026-12-31")"#,
        "true",
    ),
    verb(
        "today",
        "today() -> date",
        "The day of the audit: that of `--today`, else the system's. The example is run on 2026-06-30.",
        r#"today() == date("2026-06-30")"#,
        "true",
    ),
    verb(
        "days_between",
        "days_between(from, to) -> number",
        "How many days lie between two dates.",
        r#"days_between(plan.plan.start, "2026-01-31")"#,
        "16",
    ),
    // arrays
    verb("push", "push(array, value)", "Adds a value to an array of the rule.", "let a = []; a.push(1); count(a)", "1"),
    verb(
        "put",
        "put(map, key, value)",
        "Sets a key of a map of the rule.",
        r#"let m = #{}; m.put("a", 1); count(m)"#,
        "1",
    ),
    verb(
        "map",
        "map(selection or array, |value| value) -> array",
        "What the function makes of each node, or of each element.",
        r#"plan.objectives.map(|o| `${o.id} ${o.title}`).join(", ")"#,
        "A Water, B Roads",
    ),
    verb("join", "join(array, by) -> text", "The elements as one text.", r#"["a", "b"].join(", ")"#, "a, b"),
];

/// Every operator of the rule language. A name of several symbols, as `== !=`, documents each of them.
pub const OPERATORS: &[VerbDoc] = &[
    verb(
        "+",
        "a + b -> figure or text",
        "The sum of two figures, with its interval and the places that it came from; of two texts, one after the other. A share and an amount cannot be added, and what is absent is an error: ask `.is_empty()` first, or use `sum`.",
        r#"plan.objectives[0].total["2026"] + plan.objectives[0].total["2027"]"#,
        "72",
    ),
    verb(
        "-",
        "a - b -> figure, -a -> figure",
        "The difference of two figures; before one figure, the figure with its sign turned.",
        r#"plan.objectives[0].total["2027"] - plan.objectives[0].total["2026"]"#,
        "12",
    ),
    verb(
        "*",
        "a * b -> figure",
        "A figure times a number. A share of an amount is `share_of(share, amount)`.",
        r#"2 * plan.objectives[0].total["2026"]"#,
        "60",
    ),
    verb(
        "/",
        "a / b -> figure",
        "The exact quotient: 3.5, not 3. Where the divisor may be zero the quotient is absent, and a check with it is not applicable.",
        "7 / 2",
        "3.5",
    ),
    verb("%", "a % b -> number", "What a division of two whole numbers of the rule leaves over.", "7 % 2", "1"),
    verb("**", "a ** b -> number", "A whole number of the rule, raised to a power.", "2 ** 10", "1024"),
    verb(
        "== !=",
        "a == b -> boolean, a != b -> boolean",
        "Whether two values are equal as written, or differ. Values of different kinds, and absent ones, are an error, never `false`. Whether two figures are equal within rounding, `agrees` says.",
        "plan.objectives[1].share == 37.50",
        "true",
    ),
    verb(
        "< <= > >=",
        "a < b -> boolean, a <= b -> boolean, a > b -> boolean, a >= b -> boolean",
        "Compares two figures as written, or two dates. Texts have no order; `rank` gives a word's place on a scale.",
        "plan.objectives[0].share > 50",
        "true",
    ),
    verb(
        "&& || !",
        "a && b -> boolean, a || b -> boolean, !a -> boolean",
        "Both, one of them at least, and not. Of `a && b` the second is asked only when the first is true; of `a || b` only when it is false.",
        "!plan.risks.is_empty() && plan.risks[0].impact == \"High\"",
        "true",
    ),
    verb("in", "a in array -> boolean", "Whether a value is among the elements of an array.", "2 in [1, 2]", "true"),
    verb(
        "..",
        "a..b -> range, a..=b -> range",
        "The whole numbers from `a` up to `b`, without `b` or with it, to go through with `for`.",
        "let n = 0; for i in 1..=3 { n += i; } n",
        "6",
    ),
];

/// How a verb is called.
pub(in crate::script) fn signature(name: &str) -> Option<&'static str> {
    VERBS.iter().find(|verb| verb.name == name).map(|verb| verb.signature)
}
