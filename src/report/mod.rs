//! Printers: a finished value in, bytes out: a report, a page, the value of an expression.
//!
//! One file per format; none imports another, none words a finding or decides an exit status.

mod format;
mod html;
mod json;
mod schema;
mod text;

pub use format::{Format, render};
pub use html::{html, html_live};
pub use json::json;
pub use schema::{Document, json_schema};
pub use text::{
    Cell, Detail, Harmless, Since, TextOptions, Written, brief, columns, difference, evaluation, harmless,
    nothing_checked, obstacles_once, page, problems, status, text,
};
pub(crate) use text::{Style, failures, is_harmful, plain_working};
