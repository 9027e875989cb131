//! How decimals travel: as texts, so that no reader's floating point can change them.

use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serializer};

use crate::figure::Decimal;

/// Anything that is shown as a text and read from one.
pub(super) mod text {
    use super::{Deserialize as _, Deserializer, FromStr, Serializer};
    use serde::de::Error as _;

    pub(in crate::finding) fn serialize<T: std::fmt::Display, S: Serializer>(
        value: &T,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_str(value)
    }

    pub(in crate::finding) fn deserialize<'d, T, D>(deserializer: D) -> Result<T, D::Error>
    where
        T: FromStr<Err: std::fmt::Display>,
        D: Deserializer<'d>,
    {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// A decimal that may be absent.
pub(super) mod optional {
    use super::{Decimal, Deserialize as _, Deserializer, Serializer};
    use serde::de::Error as _;

    #[expect(clippy::ref_option, reason = "the signature is serde's")]
    pub(in crate::finding) fn serialize<S: Serializer>(
        value: &Option<Decimal>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => serializer.collect_str(value),
            None => serializer.serialize_none(),
        }
    }

    pub(in crate::finding) fn deserialize<'d, D: Deserializer<'d>>(
        deserializer: D,
    ) -> Result<Option<Decimal>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.map(|text| text.parse().map_err(D::Error::custom)).transpose()
    }
}
