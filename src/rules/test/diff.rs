//! What rewriting a case would change, as a diff for people.

use std::io::{self, Write};

use similar::{ChangeTag, TextDiff};

use super::Update;
use crate::finding::Severity;
use crate::report::{Style, TextOptions, harmless};

/// Writes what an update changes in a case: the changed lines with two lines around them.
///
/// # Errors
/// When `out` refuses a write.
pub fn write_diff(update: &Update, options: &TextOptions, out: &mut impl Write) -> io::Result<()> {
    let style = Style::new(*options);
    writeln!(out, "{}", style.strong(&update.file))?;
    let diff = TextDiff::from_lines(&update.before, &update.after);
    for (at, group) in diff.grouped_ops(2).iter().enumerate() {
        if at > 0 {
            writeln!(out, "  {}", style.dim("..."))?;
        }
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let line = change.old_index().or(change.new_index()).map_or(0, |index| index + 1);
            let text = change.value().trim_start_matches('\u{feff}').trim_end_matches(['\r', '\n']);
            let text = harmless(text);
            let number = style.dim(&format!("{line:>4}"));
            match change.tag() {
                ChangeTag::Equal => writeln!(out, "{number}   {text}")?,
                ChangeTag::Delete => {
                    writeln!(out, "{number} {}", style.severity(Severity::Error, &format!("- {text}")))?
                }
                ChangeTag::Insert => writeln!(out, "     {}", style.severity(Severity::Info, &format!("+ {text}")))?,
            }
        }
    }
    Ok(())
}
