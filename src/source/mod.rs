//! The text of files, and places in it.
//!
//! Everything inside crossfoot speaks of byte ranges ([`Span`]); a line and a column are made at the edge, here and
//! nowhere else, so that no two front ends can disagree about a position. This module knows nothing of TOML, plans or rules.

mod text;

pub use text::{NotUtf8, Place, Position, SourceText, Span};
