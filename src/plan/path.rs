//! Paths as a plan's own text writes them: `objectives[I.1].total.2020`.
//!
//! A path names places in a plan from inside a plan (reconciliations, allocations) and from the command line. What it
//! selects is decided in `select`; this file only reads it.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// `.name`, mapped over arrays.
    Key(String),
    /// `[0]`, from 0.
    Index(usize),
    /// `[I.1]` or `["4"]`: the element with that id, or the value in that column.
    Id(String),
}

/// A path into a plan: names joined by dots; `[0]` takes an element by its place, `[I.1]` or `["4"]` by its id, or,
/// among a table's `values`, by the name of its column.
///
/// ```
/// use crossfoot::plan::{Plan, PlanPath};
///
/// let plan = Plan::parse("p", "[[objectives]]\nid = 'I.1'\ntotal = { 2020 = 5 }\n");
/// let path: PlanPath = "objectives[I.1].total.2020".parse().unwrap();
/// let found: Vec<String> = plan.select(&path).map(|node| node.path()).collect();
/// assert_eq!(found, ["objectives[0].total.2020"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanPath {
    pub(crate) steps: Vec<Step>,
}

impl PlanPath {
    /// The steps of a path, each with the bytes of its name in the text; quotation marks are part of a name, brackets are not.
    pub(crate) fn steps_in(text: &str) -> Result<Vec<(Step, Range<usize>)>, PathFault> {
        let mut reader = Reader { text, at: 0 };
        let name = reader.name()?;
        let mut steps = vec![(Step::Key(name), 0..reader.at)];
        while let Some(c) = reader.peek() {
            reader.at += c.len_utf8();
            let start = reader.at;
            match c {
                '.' => steps.push((Step::Key(reader.name()?), start..reader.at)),
                '[' => steps.push((reader.bracket()?, start..reader.at - 1)),
                _ => {
                    reader.at -= c.len_utf8();
                    return Err(reader.fault("expected `.` or `[`"));
                }
            }
        }
        Ok(steps)
    }

    /// The keys that it names.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Index(_) | Step::Id(_) => None,
        })
    }
}

/// A path that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathFault {
    /// Bytes from the start of the path.
    pub offset: usize,
    /// What was expected there.
    pub message: String,
}

impl fmt::Display for PathFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at character {}", self.message, self.offset + 1)
    }
}

impl std::error::Error for PathFault {}

impl FromStr for PlanPath {
    type Err = PathFault;

    fn from_str(text: &str) -> Result<Self, PathFault> {
        let steps = Self::steps_in(text)?.into_iter().map(|(step, _)| step).collect();
        Ok(Self { steps })
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn fault(&self, message: &str) -> PathFault {
        PathFault { offset: self.at, message: message.to_owned() }
    }

    fn name(&mut self) -> Result<String, PathFault> {
        if self.peek() == Some('"') {
            return self.quoted();
        }
        let rest = &self.text[self.at..];
        let end = rest.find(['.', '[', ']', '"']).unwrap_or(rest.len());
        if end == 0 {
            return Err(self.fault("expected the name of a key"));
        }
        self.at += end;
        Ok(rest[..end].trim().to_owned())
    }

    fn quoted(&mut self) -> Result<String, PathFault> {
        let start = self.at;
        let mut value = String::new();
        let mut escaped = false;
        for (at, c) in self.text[start + 1..].char_indices() {
            match c {
                _ if escaped => {
                    value.push(c);
                    escaped = false;
                }
                '\\' => escaped = true,
                '"' => {
                    self.at = start + 1 + at + 1;
                    return Ok(value);
                }
                _ => value.push(c),
            }
        }
        Err(self.fault("this quotation mark is never closed"))
    }

    fn bracket(&mut self) -> Result<Step, PathFault> {
        let step = if self.peek() == Some('"') {
            Step::Id(self.quoted()?)
        } else {
            let rest = &self.text[self.at..];
            let end = rest.find(']').ok_or_else(|| self.fault("expected `]`"))?;
            let inside = rest[..end].trim();
            if inside.is_empty() {
                return Err(self.fault("expected an index, an id or the name of a column"));
            }
            self.at += end;
            inside.parse().map_or_else(|_| Step::Id(inside.to_owned()), Step::Index)
        };
        if self.peek() != Some(']') {
            return Err(self.fault("expected `]`"));
        }
        self.at += 1;
        Ok(step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_keys_indexes_ids_and_columns() {
        let path: PlanPath = "tables[annexe-1].rows[\"I.1\"].values[TOTAL].\"a.b\"[0]".parse().unwrap();
        let expected = [
            Step::Key("tables".into()),
            Step::Id("annexe-1".into()),
            Step::Key("rows".into()),
            Step::Id("I.1".into()),
            Step::Key("values".into()),
            Step::Id("TOTAL".into()),
            Step::Key("a.b".into()),
            Step::Index(0),
        ];
        assert_eq!(path.steps, expected);
    }

    #[test]
    fn every_step_knows_its_bytes() {
        let text = "objectives[I.1].\"é.x\"[\"4\"].total";
        let steps = PlanPath::steps_in(text).unwrap();
        let names: Vec<&str> = steps.into_iter().map(|(_, range)| &text[range]).collect();
        assert_eq!(names, ["objectives", "I.1", "\"é.x\"", "\"4\"", "total"]);
    }

    #[test]
    fn says_where_a_path_breaks() {
        for (text, offset) in [("", 0), ("a..b", 2), ("a[", 2), ("a[]", 2), ("a\"", 1), ("a[\"b]", 2), ("a]b", 1)] {
            assert_eq!(text.parse::<PlanPath>().unwrap_err().offset, offset, "{text}");
        }
    }
}
