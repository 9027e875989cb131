//! Several plans in one case, for rules over portfolios.
//!
//! ```toml
//! #--- whole.toml
//! plan = { portfolio = "p", id = "whole", title = "The whole", years = [2026] }
//! #--- part.toml
//! plan = { portfolio = "p", id = "part", title = "A part", years = [2026] }
//! ```
//!
//! It splits texts and knows nothing of marks: each plan keeps the lines that it has in the file.

use crate::plan::Plan;

/// Begins a plan of its own; the rest of the line is its name.
const DIVIDER: &str = "#---";

/// The name of the plan that a line begins, if it begins one. A line of hyphens begins none: it sets something off.
pub(super) fn name_in(line: &str) -> Option<&str> {
    line.strip_prefix(DIVIDER).filter(|rest| !rest.starts_with('-')).map(str::trim)
}

/// The plans of a case: one, unless lines `#--- name.toml` divide it. What stands above the first is no plan.
pub(super) fn plans(name: &str, text: &str) -> Vec<Plan> {
    let mut documents: Vec<(String, String)> = Vec::new();
    for (above, line) in text.lines().enumerate() {
        if let Some(own) = name_in(line) {
            let own = if own.is_empty() { format!("{}.toml", documents.len() + 1) } else { own.to_owned() };
            // Empty lines in place of what stands above keep the numbers of the lines.
            documents.push((format!("{name}/{own}"), "\n".repeat(above + 1)));
        } else if let Some((_, document)) = documents.last_mut() {
            document.push_str(line);
            document.push('\n');
        }
    }
    if documents.is_empty() {
        return vec![Plan::parse(name, text)];
    }
    documents.iter().map(|(name, text)| Plan::parse(name, text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_plan_keeps_its_lines() {
        let plans = plans("case.toml", "# checks: 1 passed\n#--- a.toml\nx = 1\n\n#--- b.toml\ny = 2\n");
        let place = |at: usize, key: &str| {
            let node = plans[at].root().get(key).map(|node| node.key_span());
            node.map(|span| plans[at].source().place(span).start.line)
        };
        assert_eq!((plans[0].name(), place(0, "x")), ("case.toml/a.toml", Some(3)));
        assert_eq!((plans[1].name(), place(1, "y")), ("case.toml/b.toml", Some(6)));
        assert_eq!(super::plans("one.toml", "x = 1").len(), 1);
    }
}
