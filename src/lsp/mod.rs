//! The language server.

mod rule;
