//! A short name for a finding that survives lines moved, objectives re-ordered and figures re-formatted.
//!
//! It is made of the rule and of places named by id, never of lines, indexes or figures.

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A fingerprint: 64 bits, written as 16 hexadecimal digits.
///
/// ```
/// use crossfoot::finding::Fingerprint;
///
/// let print = Fingerprint::of(&["totals/outputs", "objectives[I.1].total.2020"]);
/// assert_eq!(print, Fingerprint::of(&["totals/outputs", "objectives[I.1].total.2020"]));
/// assert_eq!(print.to_string().len(), 16);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// The fingerprint of these parts, in this order: FNV-1a, 64 bits (Fowler, Noll and Vo), with a zero byte after
    /// each part. Chosen because it is fixed for ever; it guards against chance, not against malice.
    #[must_use]
    pub fn of(parts: &[&str]) -> Self {
        const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
        const PRIME: u64 = 0x0000_0100_0000_01b3;
        let bytes = parts.iter().flat_map(|part| part.bytes().chain(std::iter::once(0)));
        Self(bytes.fold(BASIS, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME)))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'d> Deserialize<'d> for Fingerprint {
    fn deserialize<D: Deserializer<'d>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        u64::from_str_radix(&text, 16).map(Self).map_err(|_| D::Error::custom("a fingerprint is 16 hexadecimal digits"))
    }
}
