//! What can be wrong with a plan before any rule has run.
//!
//! A closed set of codes, so that each can be documented and none can be forgotten; the wording of the loader's own
//! findings lives here, in one place. It does not know how a finding is shown.

use crate::source::Span;

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
    /// What to do about it.
    pub help: Option<String>,
    /// Another place that explains it, and what is there.
    pub related: Option<(Span, String)>,
}

impl Fault {
    pub(super) fn new(code: FaultCode, span: Span, message: impl Into<String>) -> Self {
        Self { code, span, node: None, message: message.into(), help: None, related: None }
    }

    pub(super) fn at(mut self, node: NodeId) -> Self {
        self.node = Some(node);
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(super) fn related(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related = Some((span, message.into()));
        self
    }
}
