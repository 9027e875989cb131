//! The language server: what an editor shows of a plan while it is written.

#[allow(dead_code, unused_imports, reason = "the server asks it")]
mod plan;
