//! What can be wrong with a plan before any rule has run.
//!
//! A closed set of codes, so that each can be documented and none can be forgotten; the wording of the loader's own
//! findings lives here, in one place. It does not know how a finding is shown.

use crate::finding::Severity;
use crate::source::Span;
use crate::words::Said;

use super::NodeId;

/// The kinds of fault that loading a plan can find. Their ids stand in reports where a rule's id would.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FaultCode {
    /// The text is not TOML.
    Syntax,
    /// A key or table given twice, or extended where it is closed.
    DuplicateKey,
    /// Tables or arrays nested too deeply.
    TooDeep,
    /// A number with more significant digits than can be kept exactly.
    TooManyDigits,
    /// `inf` or `nan`.
    NotFinite,
    /// A figure with more digits than its declared unit allows.
    ExcessDigits,
    /// A key that looks like a slip of a standard one.
    UnknownKey,
    /// A standard key with a value of the wrong type.
    WrongType,
    /// A standard key that must be there and is not.
    MissingKey,
    /// A declaration of rounding or units that cannot be understood.
    Declaration,
    /// A plan that states nothing.
    Empty,
}

impl FaultCode {
    /// All codes, in the order of their documentation.
    pub const ALL: [Self; 11] = [
        Self::Syntax,
        Self::DuplicateKey,
        Self::TooDeep,
        Self::TooManyDigits,
        Self::NotFinite,
        Self::ExcessDigits,
        Self::UnknownKey,
        Self::WrongType,
        Self::MissingKey,
        Self::Declaration,
        Self::Empty,
    ];

    /// The id under which findings of this kind are reported.
    ///
    /// ```
    /// use crossfoot::plan::FaultCode;
    /// assert_eq!(FaultCode::UnknownKey.id(), "plan/unknown-key");
    /// ```
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Syntax => "toml/syntax",
            Self::DuplicateKey => "toml/duplicate-key",
            Self::TooDeep => "toml/too-deep",
            Self::TooManyDigits => "figure/too-many-digits",
            Self::NotFinite => "figure/not-finite",
            Self::ExcessDigits => "figure/excess-digits",
            Self::UnknownKey => "plan/unknown-key",
            Self::WrongType => "plan/wrong-type",
            Self::MissingKey => "plan/missing-key",
            Self::Declaration => "plan/declaration",
            Self::Empty => "plan/empty",
        }
    }

    /// Whether the fault means that the file is not TOML, so that no rule can run over it.
    #[must_use]
    pub const fn is_not_toml(self) -> bool {
        matches!(self, Self::Syntax | Self::DuplicateKey | Self::TooDeep)
    }

    /// One line on what it means, for lists of rules.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Syntax => "The file is not TOML.",
            Self::DuplicateKey => "A key or table is given twice.",
            Self::TooDeep => "Tables or arrays are nested too deeply.",
            Self::TooManyDigits => "A number has more significant digits than can be kept exactly.",
            Self::NotFinite => "A number is infinite or no number.",
            Self::ExcessDigits => "A figure has more digits than its declared unit allows.",
            Self::UnknownKey => "A key looks like a slip of a standard one.",
            Self::WrongType => "A standard key has a value of the wrong type.",
            Self::MissingKey => "A required key is missing.",
            Self::Declaration => "A declaration of rounding or units cannot be understood.",
            Self::Empty => "The plan is empty.",
        }
    }

    /// How grave a finding of this kind is.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::UnknownKey | Self::Empty => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// The rest of its page, as Markdown: why it matters, and what to do.
    #[must_use]
    pub const fn page(self) -> &'static str {
        match self {
            Self::Syntax => {
                "\
The file cannot be read as TOML, so no rule runs over it and the exit status is 2. Every such place is shown, not only the first.

What to do: mend what the finding points to. The slips that are seen most:

```toml
share = 32.8               # a decimal point, not a comma
cost = { 2026 = 50_000 }   # underscores between thousands, not spaces
title = \"Water\"            # straight quotation marks
```"
            }
            Self::DuplicateKey => {
                "\
TOML allows each key once in a table. Which of the two values is meant, nobody can tell, so the file is no TOML: no rule runs
over it, and the exit status is 2. The finding also shows where the key was given first.

What to do: remove or rename one of the two. The items of a list are written with a header in double brackets each:

```toml
[[objectives]]
id = \"A\"

[[objectives]]
id = \"B\"
```"
            }
            Self::TooDeep => {
                "\
Tables and arrays may stand in one another up to 128 deep. No plan needs more; a file that has more was usually made by a
program that went wrong. No rule runs over it, and the exit status is 2.

What to do: look at what made the file."
            }
            Self::TooManyDigits => {
                "\
Figures are kept exactly, with at most 28 digits. A number with more would have to be rounded, and that is never done silently:
it takes no part in any comparison.

What to do: state the figure in a larger unit. If it is no figure but a number such as an account's, write it as a text."
            }
            Self::NotFinite => {
                "\
TOML allows `inf` and `nan`; a plan cannot add them up. The value takes no part in any comparison.

What to do: write the figure, or leave the key out where there is none. What is left out is *not applicable*, never zero."
            }
            Self::ExcessDigits => {
                "\
The plan declares a unit for this figure, such as thousands, and the figure has digits below that unit. Either the declaration or
the figure is wrong, so the figure takes no part in any comparison.

What to do: write the figure in whole units, or declare the rounding that it has:

```toml
rounding = { mode = \"nearest\", unit = 1000 }   # 1_234_000, not 1_234_567
```"
            }
            Self::UnknownKey => {
                "\
A plan may carry keys of its own, so an unknown key is no mistake in itself. This one differs from a standard key by a letter or
two, and the standard key is what the rules look for: what stands under the wrong one is never audited.

What to do: correct the key. If it is meant to be your own, give it a name less like the standard one."
            }
            Self::WrongType => {
                "\
A standard key holds something else than the rules expect, such as a text where a figure should be. The rules leave the value alone,
so it is not audited.

What to do: write what the finding says was expected. A figure stands without quotation marks; costs and totals are given by year:

```toml
share = 62.5
cost = { 2026 = 10, 2027 = 20 }
```"
            }
            Self::MissingKey => {
                "\
A table of the plan lacks a key that it must have, such as the `id` by which other places refer to it.

What to do: add the key. `crossfoot schema` describes every table; editors that read the schema complete the keys."
            }
            Self::Declaration => {
                "\
What cannot be understood is as if it were not there: figures are then taken as rounded to their last written digit, and keys of your own
have no unit.

What to do: write it in one of these forms.

```toml
rounding = \"exact\"                             # or \"nearest\", \"truncate\"
rounding = { mode = \"nearest\", unit = 1000 }   # thousands
rounding = { keys = { share = \"truncate\" } }   # one key

[units]
staff = \"posts\"
```"
            }
            Self::Empty => {
                "\
The file is TOML and states nothing. A plan that says nothing cannot be wrong, and that is no reason to call it clean.

What to do: write the plan, or leave the file out of what is audited. A plan begins like this:

```toml
[plan]
title = \"Plan 2026-2027\"
years = [2026, 2027]

[[objectives]]
id = \"A\"
```"
            }
        }
    }
}

/// One fault of a plan, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What kind of fault it is.
    pub code: FaultCode,
    /// Where it is.
    pub span: Span,
    /// The node it concerns, when there is one.
    pub node: Option<NodeId>,
    /// What is wrong and what was expected.
    pub message: String,
    /// How that was said, where something stands in its holes.
    pub said: Option<Said>,
    /// What to do about it.
    pub help: Option<String>,
    /// How that was said, where something stands in its holes.
    pub help_said: Option<Said>,
    /// Another place that explains it, and what is there.
    pub related: Option<(Span, String)>,
    /// Of a key that looks like a slip, the key that was meant.
    pub meant: Option<String>,
}

impl Fault {
    pub(super) fn new(code: FaultCode, span: Span, message: impl Into<Said>) -> Self {
        let (message, said) = message.into().apart();
        Self { code, span, node: None, message, said, help: None, help_said: None, related: None, meant: None }
    }

    pub(super) fn at(mut self, node: NodeId) -> Self {
        self.node = Some(node);
        self
    }

    pub(super) fn help(mut self, help: impl Into<Said>) -> Self {
        let (help, said) = help.into().apart();
        self.help = Some(help);
        self.help_said = said;
        self
    }

    pub(super) fn meant(mut self, key: &str) -> Self {
        self.meant = Some(key.to_owned());
        self
    }

    pub(super) fn related(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related = Some((span, message.into()));
        self
    }
}
