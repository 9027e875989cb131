//! crossfoot audits plans: strategic and operational plans and results-based budgets.
//!
//! It loads a plan's data from TOML, runs audit rules that users write in Rhai, and reports what does not agree, with the
//! working and the likely cause.
//!
//! ```
//! use crossfoot::finding::FailOn;
//! use crossfoot::{Auditor, Plan, Rules, report};
//!
//! let rules = Rules::standard();
//! let plan = Plan::parse("plan.toml", "
//!     [[objectives]]
//!     id = 'A'
//!     total = { 2026 = 31 }
//!     outcomes = [{ id = 'A-a', indicators = ['x'], means = ['y'] }]
//!     outputs = [{ id = 'A-1', cost = { 2026 = 10 } }, { id = 'A-2', cost = { 2026 = 12 } }]
//! ");
//! let audit = Auditor::new(&rules).audit(&plan);
//! assert_eq!(audit.findings[0].rule.as_ref(), "totals/outputs");
//! assert_eq!(audit.verdict(FailOn::Error).code(), 1);
//!
//! let mut out = Vec::new();
//! report::json(&audit, &mut out)?;
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! A module imports only from lower floors: [`source`], [`figure`], [`files`], [`watch`] and [`words`] at the bottom, then
//! [`finding`], [`plan`], [`report`] and [`baseline`], [`config`] and [`script`] (the only one that knows the scripting engine), [`rules`],
//! [`audit`], then [`compare`], [`mutate`], [`fix`], [`scaffold`] and [`live`], and [`lsp`] on top.

pub mod audit;
pub mod baseline;
pub mod compare;
pub mod config;
pub mod figure;
pub mod files;
pub mod finding;
pub mod fix;
pub mod live;
pub mod lsp;
pub mod mutate;
pub mod plan;
pub mod report;
pub mod rules;
pub mod scaffold;
pub mod script;
pub mod source;
pub mod watch;
pub mod words;

pub use audit::Auditor;
pub use finding::Report;
pub use plan::Plan;
pub use rules::Rules;

/// The README's own Rust, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// The Rust of the page about testing rules, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../docs/testing-rules.md")]
struct TestingRules;
