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

    /// The rest of its page, as Markdown: why it matters, and what to do.
    #[must_use]
    pub const fn page(self) -> &'static str {
        match self {
            Self::Expired => {
                "\
An allowance holds until its last day. After that day what it allowed counts again, so that nothing is set aside for ever by oversight.

What to do: mend what was allowed, or decide anew and give the allowance another day."
            }
            Self::Unused => {
                "\
The rule ran and found nothing at this place. What was wrong has been mended, or the allowance names another place than was meant; left
as it is, it would hide the next mistake there.

What to do: remove the allowance, or correct its place."
            }
            Self::Blanket => {
                "\
An allowance sets aside a finding that somebody has looked at. One that takes many rules or every place would set aside findings
that nobody has seen yet, so it allows nothing.

What to do: name one rule and one place. A rule that is not wanted at all gets the level `off`."
            }
            Self::NoReason => {
                "\
The next reader must be able to tell why a finding was set aside. Without a reason an allowance allows nothing.

What to do: add the reason, in words that will still be understood in a year."
            }
            Self::UnknownRule => {
                "\
No rule has this id, so the allowance allows nothing. The rule was renamed, or the id has a slip.

What to do: correct the id; `crossfoot rules` lists them all."
            }
            Self::Unreadable => {
                "\
A comment of the plan speaks to crossfoot and cannot be understood, so it is as if it were not there.

What to do: write what the finding says was expected, or leave the comment out."
            }
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
