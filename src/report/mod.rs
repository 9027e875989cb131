//! Printers: a finished value in, bytes out: a report, a page, the value of an expression.
//!
//! One file per format; none imports another, none words a finding or decides an exit status.

mod comparison;
mod csv;
mod format;
mod github;
mod gitlab;
mod html;
mod json;
mod jsonl;
mod junit;
mod markdown;
mod phrases;
mod sarif;
mod schema;
mod statistics;
mod text;
mod xlsx;

pub use self::csv::csv;
pub use comparison::{ComparisonFormat, comparison};
pub use format::{Format, render};
pub use github::github;
pub use gitlab::gitlab;
pub use html::{html, html_live};
pub use json::json;
pub use jsonl::jsonl;
pub use junit::junit;
pub use markdown::{github_summary, markdown};
use phrases::{
    GRAVEST_FIRST, addend, counted, counts, coverage, cut, findings_of, in_line, place, reason, subject, unit, verdict,
};
pub use sarif::sarif;
pub use schema::{Document, json_schema};
pub use statistics::{statistics_json, statistics_text};
pub use text::{
    Cell, Detail, Harmless, Since, TextOptions, Written, brief, columns, difference, evaluation, harmless,
    nothing_checked, obstacles_once, page, problems, status, text,
};
pub(crate) use text::{Style, failures, is_harmful, plain_working};
pub use xlsx::xlsx;
