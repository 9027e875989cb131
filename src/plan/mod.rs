//! A plan: a TOML document as a flat, read-only tree, where every key and value knows its bytes.
//!
//! Any TOML document is a plan. On top of it stands the standard vocabulary ([`vocabulary`]), which the standard rules
//! speak. This module knows nothing of rules, scripts, findings or reports.

mod changed;
mod comments;
mod declared;
pub(crate) mod edit;
mod fault;
pub mod files;
mod hints;
mod inline;
mod load;
mod names;
mod node;
mod path;
mod positions;
mod reads;
mod receiver;
mod select;
mod tree;
pub mod vocabulary;

use std::path::Path;
use std::sync::Arc;

use changed::Since;
pub(crate) use changed::{Change, Stretch};
pub(crate) use comments::Comments;
pub use declared::Unit;
pub(crate) use declared::{is_declaration, rounding as rounding_of};
pub use fault::{Fault, FaultCode};
pub use inline::{Inline, Says};
pub use load::MAX_DEPTH;
pub use names::Name;
pub use node::NodeRef;
pub(crate) use path::Step;
pub use path::{PathFault, PlanPath};
pub(crate) use reads::Reads;
pub use tree::{Kind, NodeId};

use crate::figure::{Decimal, Rounding, Stated, Written};
use crate::source::{NotUtf8, SourceText, Span};
use declared::Declared;
use tree::{Tree, flag};

/// A plan, loaded. A clone is the same plan, not a copy.
///
/// ```
/// use crossfoot::plan::Plan;
///
/// let plan = Plan::parse("plan.toml", "[[objectives]]\nid = 'I.1'\ntotal = { 2020 = 9_742_870 }\n");
/// let total = plan.root().get("objectives").and_then(|n| n.element(0)).and_then(|n| n.get("total")).unwrap();
/// assert_eq!(total.get("2020").unwrap().path(), "objectives[0].total.2020");
/// assert_eq!(plan.figures(), 1);
/// assert!(plan.faults().is_empty());
/// ```
#[derive(Clone, Debug)]
pub struct Plan {
    source: Arc<SourceText>,
    tree: Arc<Tree>,
    declared: Arc<Declared>,
    faults: Arc<[Fault]>,
    /// Nodes whose value has the wrong type, in order; a finding says so, and rules leave them alone.
    mistyped: Arc<[NodeId]>,
    figures: usize,
    /// How figures were rounded where the plan declares nothing.
    rounding: Rounding,
    /// Where it is noted what is read, if anybody watches.
    reads: Option<Arc<Reads>>,
    /// The plan that it was made from, and how it differs.
    since: Option<Arc<Since>>,
}

/// A plan could not be read at all.
#[derive(Debug)]
pub enum LoadError {
    /// The system refused, or there is no such file.
    Io {
        /// The path as given.
        path: String,
        /// What the system said.
        error: std::io::Error,
    },
    /// The file is a directory.
    Directory {
        /// The path as given.
        path: String,
    },
    /// The file is not UTF-8.
    NotUtf8 {
        /// The path as given.
        path: String,
        /// Where.
        fault: NotUtf8,
    },
    /// The file is too large for 32-bit offsets.
    TooLarge {
        /// The path as given.
        path: String,
    },
}

impl std::fmt::Display for LoadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Io { path, error } => write!(f, "cannot read {path}: {error}"),
            Self::Directory { path } => write!(f, "{path} is a directory, not a plan"),
            Self::NotUtf8 { path, fault } => write!(
                f,
                "{path} is not UTF-8: byte 0x{:02x} at offset {} (line {}); save the file as UTF-8",
                fault.byte, fault.offset, fault.line
            ),
            Self::TooLarge { path } => write!(f, "{path} is 4 GiB or larger; split the plan into several files"),
        }
    }
}

impl std::error::Error for LoadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { error, .. } => Some(error),
            _ => None,
        }
    }
}

impl Plan {
    /// Reads a plan from a file.
    ///
    /// Faults of the plan itself (even that it is no TOML) are not errors: they are in [`Plan::faults`].
    ///
    /// # Errors
    /// When the file cannot be read, is a directory, is not UTF-8, or is 4 GiB or larger.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, LoadError> {
        Self::load_rounded(path, Rounding::default())
    }

    /// Reads a plan from a file; where it declares no rounding, its figures were rounded like this.
    ///
    /// # Errors
    /// As [`Plan::load`].
    pub fn load_rounded(path: impl AsRef<Path>, rounding: Rounding) -> Result<Self, LoadError> {
        let path = path.as_ref();
        let name = crate::files::shown(path);
        if path.is_dir() {
            return Err(LoadError::Directory { path: name });
        }
        let bytes = std::fs::read(path).map_err(|error| LoadError::Io { path: name.clone(), error })?;
        Self::from_bytes_rounded(name, bytes, rounding)
    }

    /// A plan from bytes, under the name that reports show.
    ///
    /// # Errors
    /// When the bytes are not UTF-8, or too many.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, LoadError> {
        Self::from_bytes_rounded(name, bytes, Rounding::default())
    }

    /// A plan from bytes; where it declares no rounding, its figures were rounded like this.
    ///
    /// # Errors
    /// As [`Plan::from_bytes`].
    ///
    /// ```
    /// use crossfoot::figure::Mode;
    /// use crossfoot::plan::Plan;
    ///
    /// let plan = Plan::from_bytes_rounded("plan.toml", b"share = 33".to_vec(), Mode::Exact.into()).unwrap();
    /// let stated = plan.stated(plan.root().get("share").unwrap().id()).unwrap();
    /// assert_eq!(stated.interval.to_string(), "[33, 33]");
    /// ```
    pub fn from_bytes_rounded(name: impl Into<String>, bytes: Vec<u8>, rounding: Rounding) -> Result<Self, LoadError> {
        let name = name.into();
        if u32::try_from(bytes.len()).is_err() {
            return Err(LoadError::TooLarge { path: name });
        }
        let source =
            SourceText::from_bytes(name.as_str(), bytes).map_err(|fault| LoadError::NotUtf8 { path: name, fault })?;
        Ok(Self::from_source(source, rounding))
    }

    /// A plan from a text, under the name that reports show. A text of 4 GiB or more is cut off.
    #[must_use]
    pub fn parse(name: &str, text: &str) -> Self {
        Self::from_source(SourceText::new(name, cut(text)), Rounding::default())
    }

    /// A plan of the same name with another text; where it declares no rounding, its figures were rounded as this plan's.
    /// A text of 4 GiB or more is cut off.
    ///
    /// ```
    /// use crossfoot::figure::Mode;
    /// use crossfoot::plan::Plan;
    ///
    /// let plan = Plan::from_bytes_rounded("plan.toml", b"share = 33".to_vec(), Mode::Exact.into()).unwrap();
    /// let changed = plan.with_text("share = 34");
    /// let stated = changed.stated(changed.root().get("share").unwrap().id()).unwrap();
    /// assert_eq!((changed.name(), stated.interval.to_string().as_str()), ("plan.toml", "[34, 34]"));
    /// ```
    #[must_use]
    pub fn with_text(&self, text: &str) -> Self {
        Self::from_source(SourceText::new(self.name(), cut(text)), self.rounding)
    }

    /// How its figures were rounded where it does not say so itself.
    #[must_use]
    pub fn rounding(&self) -> Rounding {
        self.rounding
    }

    /// The same plan; where it declares no rounding, its figures were rounded like this.
    #[must_use]
    pub fn with_rounding(self, rounding: Rounding) -> Self {
        if rounding == self.rounding {
            return self;
        }
        Self::from_source(SourceText::new(self.source.shared_name(), self.source.text()), rounding)
    }

    fn from_source(source: SourceText, rounding: Rounding) -> Self {
        let (tree, mut faults) = load::load(source.text());
        let mut plan = Self {
            source: Arc::new(source),
            tree: Arc::new(tree),
            declared: Arc::default(),
            faults: Arc::default(),
            mistyped: Arc::default(),
            figures: 0,
            rounding,
            reads: None,
            since: None,
        };
        plan.figures = plan.tree.nodes.iter().filter(|node| is_figure(node)).count();
        let mut declared = Vec::new();
        // Also of a text that is no TOML at the moment: whoever types goes on seeing units and rounding.
        plan.declared = Arc::new(Declared::read(&plan, rounding, &mut declared));
        if !faults.iter().any(|fault| fault.code.is_not_toml()) {
            faults.append(&mut declared);
            vocabulary::check(&plan, &mut faults);
            plan.check_digits(&mut faults);
            if plan.is_empty() {
                faults.push(
                    Fault::new(FaultCode::Empty, Span::default(), "this plan is empty: it states nothing")
                        .help("`crossfoot schema` describes what a plan may hold; docs/vocabulary.md lists it"),
                );
            }
        }
        faults.sort_by_key(|fault| (fault.span, fault.code));
        let wrong = faults.iter().filter(|fault| fault.code == FaultCode::WrongType).filter_map(|fault| fault.node);
        let mut wrong: Vec<NodeId> = wrong.collect();
        wrong.sort();
        plan.mistyped = wrong.into();
        plan.faults = faults.into();
        plan
    }

    /// Everything that was wrong with the plan before any rule ran, by place.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Whether the text is TOML; if not, rules do not run over the plan.
    #[must_use]
    pub fn is_toml(&self) -> bool {
        !self.faults.iter().any(|fault| fault.code.is_not_toml())
    }

    /// The name that reports show.
    #[must_use]
    pub fn name(&self) -> &str {
        self.source.name()
    }

    /// The text it was read from.
    #[must_use]
    pub fn source(&self) -> &Arc<SourceText> {
        &self.source
    }

    /// How many figures the plan states: every number that is finite and can be kept exactly.
    #[must_use]
    pub fn figures(&self) -> usize {
        self.figures
    }

    /// Every figure, in document order of first mention.
    pub fn figure_ids(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.tree.nodes.iter().enumerate().filter(|(_, node)| is_figure(node)).map(|(i, _)| NodeId::from_index(i))
    }

    /// How many nodes there are; the indexes of [`NodeId`]s are below it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tree.nodes.len()
    }

    /// Whether the plan holds nothing at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tree.nodes.len() <= 1
    }

    /// The root table.
    #[must_use]
    pub fn root(&self) -> NodeRef<'_> {
        self.node(NodeId::ROOT)
    }

    /// A node by its number.
    ///
    /// # Panics
    /// When the number comes from another, larger plan.
    #[must_use]
    pub fn node(&self, id: NodeId) -> NodeRef<'_> {
        NodeRef::new(self, id)
    }

    /// The number of a key's name, if the plan has that key anywhere.
    #[must_use]
    pub fn name_of(&self, key: &str) -> Option<Name> {
        self.tree.names.find(key)
    }

    /// What a number states, with the rounding declared for it.
    ///
    /// `None` when the node is no figure or has excess digits: it then takes no part in any comparison.
    #[must_use]
    pub fn stated(&self, id: NodeId) -> Option<Stated> {
        self.written(id)?.stated(&self.declared.rounding(self, id)).ok()
    }

    /// The value that a number states, where it takes part in comparisons: that of [`Plan::stated`], without its interval.
    pub(crate) fn value(&self, id: NodeId) -> Option<Decimal> {
        let written = self.written(id)?;
        let rounding = self.declared.rounding(self, id);
        match rounding.unit() {
            None => Some(written.value()),
            Some(_) => written.stated(&rounding).ok().map(|stated| stated.value),
        }
    }

    /// How a figure was rounded, by what the plan declares for it.
    #[must_use]
    pub fn rounding_at(&self, id: NodeId) -> Rounding {
        self.declared.rounding(self, id)
    }

    /// A number as it is written. `None` when the node is no figure.
    #[must_use]
    pub fn written(&self, id: NodeId) -> Option<Written> {
        self.note(id);
        let node = self.tree.get(id);
        if !is_figure(node) {
            return None;
        }
        Written::parse(self.source.slice(Span::new(node.start, node.end))).ok()
    }

    /// Whether a standard key has a value of the wrong type here. The plan's faults say so, and no comparison can use it.
    #[must_use]
    pub fn is_mistyped(&self, id: NodeId) -> bool {
        self.mistyped.binary_search(&id).is_ok()
    }

    /// The unit that a figure is stated in.
    #[must_use]
    pub fn unit(&self, id: NodeId) -> Unit {
        self.declared.unit(self, id)
    }

    /// The text of a unit, such as `CHF` or `percent`.
    #[must_use]
    pub fn unit_text(&self, unit: Unit) -> &str {
        self.declared.unit_text(unit)
    }

    /// Excess digits are a finding of their own, found once here and not by each rule that meets the figure.
    fn check_digits(&self, faults: &mut Vec<Fault>) {
        if !self.declared.any_unit() {
            return;
        }
        for id in self.figure_ids() {
            let Some(written) = self.written(id) else { continue };
            let rounding = self.declared.rounding(self, id);
            if let (Err(_), Some(unit)) = (written.stated(&rounding), rounding.unit()) {
                let node = self.node(id);
                let message =
                    crate::words::Said::of("{figure} has more digits than its declared unit of {unit} allows")
                        .text("figure", node.text())
                        .with("unit", crate::words::Written::Number(unit.to_string()));
                faults.push(
                    Fault::new(FaultCode::ExcessDigits, node.span(), message)
                        .at(id)
                        .help("write the figure in whole units, or declare the rounding that it has"),
                );
            }
        }
    }
}

/// A text as far as 32-bit offsets reach.
fn cut(text: &str) -> &str {
    let mut end = text.len().min(u32::MAX as usize - 1);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn is_figure(node: &tree::Node) -> bool {
    node.kind.is_number() && !node.has(flag::NO_FIGURE)
}
