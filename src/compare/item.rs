//! A plan as a list of items, each with the values of its own.
//!
//! An item is a table of a list, and the whole document is the first. What stands in tables within it is its own, what stands in
//! lists of tables within it is items again. Nothing here is compared.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::figure::Decimal;
use crate::finding::shortened;
use crate::plan::vocabulary::{Shape, keys_to, shape_over};
use crate::plan::{Kind, NodeId, NodeRef, Plan};

/// Characters of a title that stands in a path.
const MOST: usize = 40;

/// The items of a plan, the whole document first and each after the one it stands in.
pub(super) struct Items<'p> {
    pub(super) plan: &'p Plan,
    pub(super) all: Vec<Item>,
}

pub(super) struct Item {
    pub(super) node: NodeId,
    /// The item that it stands in; of the first, itself.
    pub(super) parent: usize,
    /// The keys that lead to its list, such as `objectives.outputs`.
    pub(super) list: String,
    pub(super) id: String,
    pub(super) title: String,
    /// Its path by ids.
    pub(super) name: String,
    /// Its own values.
    pub(super) leaves: Vec<Leaf>,
    /// Stands for all that it holds, wherever it stands: its values and its items, but not its id and title.
    pub(super) content: u64,
}

/// A value of an item.
pub(super) struct Leaf {
    /// Its path within the item.
    pub(super) path: String,
    /// The last key of that path, or the column that it stands in.
    pub(super) last: String,
    pub(super) node: NodeId,
    pub(super) value: Value,
}

#[derive(PartialEq, Eq, Hash)]
pub(super) enum Value {
    /// Equal however it is written.
    Figure(Decimal),
    Text(String),
    /// Texts or ids whose order says nothing, sorted.
    List(Vec<String>),
}

impl<'p> Items<'p> {
    pub(super) fn of(plan: &'p Plan) -> Self {
        let root = Item {
            node: NodeId::ROOT,
            parent: 0,
            list: String::new(),
            id: String::new(),
            title: String::new(),
            name: String::new(),
            leaves: Vec::new(),
            content: 0,
        };
        let mut items = Self { plan, all: vec![root] };
        items.table(plan.root(), 0, "");
        items.digest();
        items
    }

    /// The items that an item stands in, itself first.
    pub(super) fn above(&self, at: usize) -> impl Iterator<Item = &Item> {
        let next = |at: &usize| (*at != 0).then(|| self.all[*at].parent);
        std::iter::successors(Some(at), next).map(|at| &self.all[at])
    }

    /// The line that a node begins in.
    pub(super) fn line(&self, node: NodeId) -> u32 {
        self.plan.source().position(self.plan.node(node).mention()).line
    }

    /// Reads the values of a table into an item.
    fn table(&mut self, table: NodeRef<'p>, item: usize, before: &str) {
        for child in table.children() {
            let key = child.key().unwrap_or_default();
            let path = if before.is_empty() { key.to_owned() } else { format!("{before}.{key}") };
            self.value(child, item, path, key);
        }
    }

    fn value(&mut self, node: NodeRef<'p>, item: usize, path: String, last: &str) {
        match node.kind() {
            Kind::Table => self.table(node, item, &path),
            Kind::Array => self.array(node, item, path),
            // What an item is called is told of the item, not of two of its values.
            _ if item != 0 && (path == "id" || path == "title") => {}
            _ => {
                let value = scalar(node);
                self.all[item].leaves.push(Leaf { path, last: last.to_owned(), node: node.id(), value });
            }
        }
    }

    fn array(&mut self, array: NodeRef<'p>, item: usize, path: String) {
        if let Some(value) = list(array, item == 0 && path.starts_with("scales.")) {
            let last = array.key().unwrap_or_default().to_owned();
            self.all[item].leaves.push(Leaf { path, last, node: array.id(), value });
            return;
        }
        let mut seen: HashMap<String, usize> = HashMap::new();
        for (at, element) in array.children().enumerate() {
            if element.kind() == Kind::Table {
                self.item(element, item, &path);
                continue;
            }
            let column = column(array, at).unwrap_or_else(|| at.to_string());
            let times = seen.entry(column.clone()).or_default();
            *times += 1;
            let step = if *times > 1 { format!("{column}, {times}") } else { column.clone() };
            self.value(element, item, format!("{path}[{step}]"), &column);
        }
    }

    fn item(&mut self, node: NodeRef<'p>, parent: usize, path: &str) {
        let said = |key: &str| {
            let value = node.get(key).filter(|value| !matches!(value.kind(), Kind::Table | Kind::Array));
            value.map(|value| value.display().into_owned()).unwrap_or_default()
        };
        let (id, title) = (said("id"), said("title"));
        let above = &self.all[parent];
        let joined = |before: &str| if before.is_empty() { path.to_owned() } else { format!("{before}.{path}") };
        let called = match (id.as_str(), title.as_str()) {
            ("", "") => node.index().unwrap_or_default().to_string(),
            ("", title) => shortened(title, MOST),
            (id, _) => id.to_owned(),
        };
        let name = format!("{}[{called}]", joined(&above.name));
        let list = joined(&above.list);
        self.all.push(Item { node: node.id(), parent, list, id, title, name, leaves: Vec::new(), content: 0 });
        self.table(node, self.all.len() - 1, "");
    }

    /// Sums up what every item holds. Sums and not sequences, so that no order counts.
    fn digest(&mut self) {
        let mut within: Vec<u64> = vec![0; self.all.len()];
        for at in (0..self.all.len()).rev() {
            let item = &self.all[at];
            let own = item.leaves.iter().map(|leaf| hash(&(&leaf.path, &leaf.value)));
            let content = own.fold(within[at], u64::wrapping_add);
            let (parent, named) = (item.parent, hash(&(&item.list, &item.id, &item.title, content)));
            self.all[at].content = content;
            if at != 0 {
                within[parent] = within[parent].wrapping_add(named);
            }
        }
    }
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn scalar(node: NodeRef<'_>) -> Value {
    match node.plan().written(node.id()) {
        Some(written) => Value::Figure(written.value().normalize()),
        None => Value::Text(node.display().into_owned()),
    }
}

/// An array as one value: a list of texts, and of what the vocabulary says is no figure. Where the order of the words is what
/// they mean, as in scales, it is one text.
fn list(array: NodeRef<'_>, ordered: bool) -> Option<Value> {
    let shape = shape_over(&keys_to(array));
    let of_names = matches!(shape, Some(Shape::Ids | Shape::Years | Shape::Texts | Shape::Sides));
    let is_in_table = column(array, 0).is_some();
    let all_texts = !is_in_table && array.children().all(|element| element.kind() == Kind::Text);
    if !(of_names || all_texts) || array.children().any(|element| element.kind() == Kind::Table) {
        return None;
    }
    let mut texts: Vec<String> = array.children().map(words).collect();
    if ordered {
        return Some(Value::Text(texts.join(", ")));
    }
    texts.sort();
    Some(Value::List(texts))
}

/// A value in words that do not depend on how it is laid out.
fn words(node: NodeRef<'_>) -> String {
    if node.kind() == Kind::Array {
        return node.children().map(words).collect::<Vec<_>>().join(" + ");
    }
    match scalar(node) {
        Value::Figure(figure) => figure.to_string(),
        _ => node.display().into_owned(),
    }
}

/// The column that an element of a cross-table's `values` stands in.
fn column(values: NodeRef<'_>, index: usize) -> Option<String> {
    let row = values.parent().filter(|_| values.key() == Some("values"))?;
    let table = row.parent()?.parent()?;
    Some(table.get("columns")?.element(index)?.display().into_owned())
}
