//! The keys, their shapes and their meaning. Words only; no behaviour.

/// What the value of a standard key looks like.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A text.
    Text,
    /// A number.
    Number,
    /// A share, in percent.
    Share,
    /// The name of a thing: a text or an integer.
    Id,
    /// An array of texts.
    Texts,
    /// An array of ids of other things.
    Ids,
    /// An array of years.
    Years,
    /// An array of numbers.
    Numbers,
    /// A table from a year to an amount; `all_years` may state their sum.
    ByYear,
    /// Rounding: a mode, or a table of mode, unit and keys.
    Rounding,
    /// A table from a key to the unit of the figures beneath it.
    Units,
    /// An array of paths, each a text, or an array of paths that are summed.
    Sides,
    /// A table.
    Table(&'static [Key]),
    /// An array of tables.
    Tables(&'static [Key]),
}

impl std::fmt::Display for Shape {
    /// In a few words, such as `array of texts`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Share => "percent",
            Self::Id => "text or integer",
            Self::Texts => "array of texts",
            Self::Ids => "array of ids",
            Self::Years => "array of years",
            Self::Numbers => "array of numbers",
            Self::ByYear => "table of year = amount",
            Self::Rounding => "text or table",
            Self::Units => "table of key = unit",
            Self::Sides => "array of paths",
            Self::Table(_) => "table",
            Self::Tables(_) => "array of tables",
        })
    }
}

/// A standard key.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// Its shape.
    pub shape: Shape,
    /// Whether its table must have it.
    pub required: bool,
    /// What it means, in one sentence.
    pub about: &'static str,
}

const fn key(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, shape, required: false, about }
}

const fn required(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, shape, required: true, about }
}

/// The keys at the top of a plan.
pub const ROOT: &[Key] = &[
    key("plan", Shape::Table(PLAN), "What the plan is, and what holds for all of it."),
    key(
        "scales",
        Shape::Table(SCALES),
        "The words that risks and mitigations are rated with, each scale from least to greatest.",
    ),
    key("units", Shape::Units, "Units of figures by the key they stand under, for keys of your own."),
    key("objectives", Shape::Tables(OBJECTIVES), "What the plan is to reach."),
    key("services", Shape::Tables(SERVICES), "Support services and their shares, which together make 100."),
    key("splits", Shape::Tables(SPLITS), "Named shares that must make a whole."),
    key("risks", Shape::Tables(RISKS), "What may go wrong."),
    key("mitigations", Shape::Tables(MITIGATIONS), "What is done against risks."),
    key("tables", Shape::Tables(TABLES), "Cross-tables: figures by row and column."),
    key("reconciliations", Shape::Tables(RECONCILIATIONS), "Places that state the same figure and must agree."),
];

const ROUNDING: Key = key(
    "rounding",
    Shape::Rounding,
    "How the figures beneath were rounded: \"nearest\", \"truncate\", \"exact\", or a table of mode, unit and keys.",
);

const PLAN: &[Key] = &[
    required("title", Shape::Text, "The plan's title."),
    required("years", Shape::Years, "The years that the plan covers; every cost must be given for each."),
    key("organisation", Shape::Text, "Whose plan it is."),
    key("language", Shape::Text, "The language of its texts, as a tag such as `fr`."),
    key("currency", Shape::Text, "The currency of its amounts, such as `CHF`."),
    key("source", Shape::Text, "The document that the figures were taken from."),
    key("share_years", Shape::Years, "The years that stated shares refer to; all years when absent."),
    key("total", Shape::ByYear, "The stated total of all objectives, or of all parts, by year."),
    key(
        "portfolio",
        Shape::Id,
        "The portfolio that the plan belongs to: rules over several plans judge those that name the same one together.",
    ),
    key("id", Shape::Id, "The plan's id within its portfolio."),
    key("parts", Shape::Tables(PLAN_PARTS), "The plans of the portfolio that this plan brings together."),
    key("sums_of_parts", Shape::Tables(SUMS_OF_PARTS), "Figures of this plan that are sums over all its parts."),
    ROUNDING,
];

const SCALES: &[Key] = &[
    key("likelihood", Shape::Texts, "Words for likelihood, from least to greatest."),
    key("impact", Shape::Texts, "Words for impact, from least to greatest; the last is high."),
    key(
        "status",
        Shape::Texts,
        "Words for the status of a mitigation, from least to most advanced; the first means only planned.",
    ),
];

const OBJECTIVES: &[Key] = &[
    required("id", Shape::Id, "The objective's number, such as `I.1`."),
    key("title", Shape::Text, "The objective's title."),
    key("share", Shape::Share, "Its share of the plan, in percent."),
    key("total", Shape::ByYear, "The stated total of its outputs, by year."),
    key("outcomes", Shape::Tables(OUTCOMES), "The changes it is to bring about."),
    key("outputs", Shape::Tables(OUTPUTS), "The goods and services it delivers."),
    ROUNDING,
];

const OUTCOMES: &[Key] = &[
    required("id", Shape::Id, "The outcome's number, such as `I.1-a`."),
    key("title", Shape::Text, "The outcome's title."),
    key("indicators", Shape::Texts, "What is measured."),
    key("means", Shape::Texts, "Means of measurement: where the data come from."),
];

const OUTPUTS: &[Key] = &[
    required("id", Shape::Id, "The output's number, such as `I.1-1`."),
    key("title", Shape::Text, "The output's title."),
    key("cost", Shape::ByYear, "Its cost, by year."),
    key("share", Shape::Share, "Its share of the plan, in percent."),
    key("share_of_objective", Shape::Share, "Its share of its objective, in percent."),
    ROUNDING,
];

const SERVICES: &[Key] = &[
    required("id", Shape::Id, "The service's number, such as `S.1`."),
    key("title", Shape::Text, "The service's title."),
    key("share", Shape::Share, "Its share of all services, in percent."),
    ROUNDING,
];

const SPLITS: &[Key] = &[
    required("id", Shape::Id, "A name for the split."),
    key("title", Shape::Text, "What is split."),
    key("total", Shape::Share, "The stated whole, in percent; 100 when absent."),
    required("parts", Shape::Tables(PARTS), "The parts."),
    ROUNDING,
];

const PARTS: &[Key] = &[
    key("id", Shape::Id, "A name for the part."),
    key("title", Shape::Text, "The part's title."),
    required("share", Shape::Share, "Its share of the whole, in percent."),
];

const RISKS: &[Key] = &[
    key("id", Shape::Id, "The risk's number."),
    required("title", Shape::Text, "What may go wrong."),
    key("category", Shape::Text, "The perspective it is seen from."),
    key("likelihood", Shape::Id, "How likely it is, in a word of the scale."),
    key("impact", Shape::Id, "How grave it would be, in a word of the scale."),
    key("mitigations", Shape::Ids, "The ids of the mitigations against it."),
];

const MITIGATIONS: &[Key] = &[
    required("id", Shape::Id, "The mitigation's number."),
    key("title", Shape::Text, "What is done."),
    key("owner", Shape::Text, "Who answers for it."),
    key("status", Shape::Text, "How far it is, in a word of the scale."),
];

const TABLES: &[Key] = &[
    required("id", Shape::Id, "A name for the table."),
    key("title", Shape::Text, "The table's title."),
    required("columns", Shape::Texts, "The names of the columns."),
    required("rows", Shape::Tables(ROWS), "The rows."),
    key("total_column", Shape::Text, "The column that states the sum of the others."),
    key("total_row", Shape::Id, "The id of the row that states the sum of the others."),
    key("unit", Shape::Text, "The unit of the values: `percent`, or a name; the plan's currency when absent."),
    key("rows_make", Shape::Number, "What the values of every row must make, such as 100."),
    key("allocation", Shape::Table(ALLOCATION), "Says that every value is a percent of its row's total."),
    ROUNDING,
];

const ROWS: &[Key] = &[
    required("id", Shape::Id, "The row's name."),
    key("title", Shape::Text, "The row's title."),
    required("values", Shape::Numbers, "The figures, in the order of the columns."),
    key("percent_of", Shape::Id, "The id of the row whose values this row states as percents of their sum."),
    ROUNDING,
];

const ALLOCATION: &[Key] = &[
    required("percents", Shape::Id, "The id of the table of percents, with the same rows and columns."),
    required("totals", Shape::Text, "The path to the totals that the percents are taken of, one for each row."),
];

const RECONCILIATIONS: &[Key] = &[
    key("id", Shape::Id, "A name for the reconciliation."),
    key("title", Shape::Text, "What is stated more than once."),
    required("figures", Shape::Sides, "Two or more places: each a path, or an array of paths that are summed."),
];

const PLAN_PARTS: &[Key] = &[
    required("plan", Shape::Id, "The id of the plan, in the same portfolio."),
    key("title", Shape::Text, "The part's title."),
    key("total", Shape::ByYear, "What this plan states as that plan's total, by year."),
    key("figures", Shape::Tables(SAME_FIGURES), "Figures that both plans state."),
];

const SAME_FIGURES: &[Key] = &[
    required("own", Shape::Text, "The path of the figure in this plan."),
    required("theirs", Shape::Text, "The path of the same figure in that plan."),
    key("title", Shape::Text, "What is stated in both."),
];

const SUMS_OF_PARTS: &[Key] = &[
    required("own", Shape::Text, "The path of the figure in this plan."),
    required("theirs", Shape::Text, "The path, in each part, of the figures that are added up."),
    key("title", Shape::Text, "What is added up."),
];
