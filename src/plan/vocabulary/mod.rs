//! The standard vocabulary: the keys that the standard rules speak, each with its type and what it means.
//!
//! One table of keys ([`ROOT`]) is the only source: the JSON Schema, the check of a plan and the documentation are made from
//! it, so they cannot drift apart. Unknown keys are allowed: a plan may carry its own data. What the figures under
//! these keys must satisfy is the business of rules, not of this module.

mod check;
mod keys;
mod meaning;
mod near;
mod schema;

pub(super) use check::check;
pub(crate) use check::is_year;
pub use keys::{Key, ROOT, Shape};
pub(crate) use meaning::{
    NAMED_IN_TABLES, Reference, WITH_REFERENCES, is_id, key_at, keys_in, keys_to, reference, reference_at, shape_over,
};
pub use near::{near, slip_of};
pub use schema::json_schema;
