//! The report as JSON: the contract that other programs read.

use std::io::{self, Write};

use crate::finding::Report;

/// Writes a report as JSON, indented, with a final line end.
///
/// Its JSON Schema is [`json_schema`](super::json_schema).
///
/// # Errors
/// When `out` refuses a write.
///
/// ```
/// use crossfoot::{Auditor, Plan, Rules, report};
///
/// let rules = Rules::standard();
/// let audit = Auditor::new(&rules).audit(&Plan::parse("plan.toml", ""));
/// let mut out = Vec::new();
/// report::json(&audit, &mut out)?;
/// assert!(String::from_utf8_lossy(&out).starts_with("{\n  \"schema\": 1,"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn json(report: &Report, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, report)?;
    out.write_all(b"\n")
}
