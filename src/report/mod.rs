//! Printers: a finished report in, bytes out.
//!
//! One file per format; none imports another, none words a finding or decides an exit status.

mod json;
mod schema;
mod text;

pub use json::json;
pub use schema::json_schema;
pub(crate) use text::harmless;
pub use text::{TextOptions, text};
