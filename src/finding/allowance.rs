//! What can be wrong with an allowance. The codes stand in reports where a rule's id would.

use super::Severity;

/// The kinds of finding that allowances themselves give rise to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AllowanceCode {
    /// Its last day has passed.
    Expired,
    /// It allows nothing that was found.
    Unused,
    /// It would allow whatever comes, not one finding.
    Blanket,
    /// It gives no reason.
    NoReason,
    /// It names a rule that does not exist.
    UnknownRule,
    /// The comment cannot be read.
    Unreadable,
}

impl AllowanceCode {
    /// All codes, in the order of their documentation.
    pub const ALL: [Self; 6] =
        [Self::Expired, Self::Unused, Self::Blanket, Self::NoReason, Self::UnknownRule, Self::Unreadable];

    /// The id under which findings of this kind are reported.
    ///
    /// ```
    /// use crossfoot::finding::AllowanceCode;
    /// assert_eq!(AllowanceCode::Expired.id(), "allowance/expired");
    /// ```
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Expired => "allowance/expired",
            Self::Unused => "allowance/unused",
            Self::Blanket => "allowance/blanket",
            Self::NoReason => "allowance/no-reason",
            Self::UnknownRule => "allowance/unknown-rule",
            Self::Unreadable => "allowance/unreadable",
        }
    }

    /// One line on what it means, for lists of rules.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Expired => "An allowance has expired.",
            Self::Unused => "An allowance allows nothing that was found.",
            Self::Blanket => "An allowance would allow whatever comes.",
            Self::NoReason => "An allowance gives no reason.",
            Self::UnknownRule => "An allowance names a rule that does not exist.",
            Self::Unreadable => "A comment to crossfoot cannot be read.",
        }
    }

    /// How grave it is, unless a configuration says otherwise.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::Expired | Self::Unused => Severity::Warning,
            Self::Blanket | Self::NoReason | Self::UnknownRule | Self::Unreadable => Severity::Error,
        }
    }
}
