//! How far a table with a header reaches: to the last value before a header that is not of its own.
//!
//! The tree knows a table's header; outline and folding want all that belongs to it. Blank lines and comments after the last
//! value belong to what follows.

use std::collections::HashMap;

use crate::plan::{NodeId, NodeRef, Plan};
use crate::source::Span;

/// The extent of every table with a header.
pub(super) fn extents(plan: &Plan) -> HashMap<NodeId, Span> {
    let mut found = HashMap::new();
    let mut open: Vec<NodeRef<'_>> = Vec::new();
    let mut end = 0;
    for at in 1..plan.len() {
        let node = plan.node(NodeId::from_index(at));
        if node.has_header() {
            let stands_in = |table: &NodeRef<'_>| node.ancestors().any(|above| above.id() == table.id());
            while let Some(table) = open.pop_if(|table| !stands_in(table)) {
                found.insert(table.id(), Span::new(table.span().start, end.max(table.span().end)));
            }
            open.push(node);
        }
        // The header of a table that was named before is further on.
        if node.is_value() || node.is_bracketed() || node.has_header() {
            end = end.max(node.span().end);
        }
    }
    for table in open {
        found.insert(table.id(), Span::new(table.span().start, end.max(table.span().end)));
    }
    found
}
