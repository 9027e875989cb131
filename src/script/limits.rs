//! Everything that a rule may use, as numbers, and the budget that holds a running rule to them.
//!
//! The engine's own defaults differ between debug and release builds and leave operations unlimited, so each limit is set
//! here, the same everywhere. The budget is per run and per thread, and sticky: once tripped, every later question trips
//! again, so that no `catch`, comparator or callback can swallow it.

use std::cell::RefCell;
use std::time::{Duration, Instant};

/// What a rule may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Operations of one run of a rule over one plan.
    pub operations: u64,
    /// How long one run of a rule over one plan may take.
    pub deadline: Duration,
    /// Calls within calls.
    pub call_depth: usize,
    /// Expressions within expressions, and blocks within blocks.
    pub expression_depth: usize,
    /// Bytes of a text.
    pub text: usize,
    /// Elements of an array.
    pub array: usize,
    /// Keys of a map.
    pub map: usize,
    /// Variables alive at once.
    pub variables: usize,
    /// Functions that a rule may define.
    pub functions: usize,
    /// Files of shared code that a rule may import, by itself and through them.
    pub imports: usize,
    /// Bytes of a rule's source.
    pub source: usize,
    /// Tokens of a rule's source.
    pub tokens: usize,
    /// Findings of one run of a rule over one plan.
    pub findings: usize,
}

impl Limits {
    /// The limits that are used unless others are given.
    pub const STANDARD: Self = Self {
        operations: 20_000_000,
        deadline: Duration::from_secs(10),
        call_depth: 32,
        expression_depth: 64,
        text: 65_536,
        array: 10_000,
        map: 1_000,
        variables: 256,
        functions: 64,
        imports: 64,
        source: 65_536,
        tokens: 50_000,
        findings: 10_000,
    };

    /// Stack of the threads that rules are compiled and run on, in bytes. Only what is touched is used; nested values
    /// are compared and dropped by recursion inside the engine, and this much held every hostile script that was tried.
    pub const STACK: usize = 1 << 30;
}

impl Default for Limits {
    fn default() -> Self {
        Self::STANDARD
    }
}

/// Why a rule was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tripped {
    Operations(u64),
    Deadline(Duration),
    Tokens(usize),
}

impl std::fmt::Display for Tripped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Operations(most) => write!(f, "the rule was stopped: it used more than {most} operations"),
            Self::Deadline(most) => write!(f, "the rule was stopped: it took longer than {} s", most.as_secs_f64()),
            Self::Tokens(most) => write!(f, "the rule is too long: it has more than {most} tokens"),
        }
    }
}

#[derive(Debug)]
struct Budget {
    limits: Limits,
    operations: u64,
    tokens: usize,
    started: Instant,
    tripped: Option<Tripped>,
}

thread_local! {
    static BUDGET: RefCell<Option<Budget>> = const { RefCell::new(None) };
}

/// Gives the work a budget of its own and says, whatever the work returned, whether the budget tripped.
pub(super) fn within<T>(limits: Limits, work: impl FnOnce() -> T) -> (T, Option<Tripped>) {
    let fresh = Budget { limits, operations: 0, tokens: 0, started: Instant::now(), tripped: None };
    let outer = BUDGET.replace(Some(fresh));
    let result = work();
    let tripped = BUDGET.replace(outer).and_then(|budget| budget.tripped);
    (result, tripped)
}

/// How many operations the work that is running on this thread has used so far.
pub(super) fn spent() -> u64 {
    BUDGET.with_borrow(|budget| budget.as_ref().map_or(0, |budget| budget.operations))
}

/// The limits that hold for what is running on this thread.
pub(super) fn current() -> Limits {
    BUDGET.with_borrow(|budget| budget.as_ref().map_or(Limits::STANDARD, |budget| budget.limits))
}

/// Counts one operation; the answer is whether to stop.
pub(super) fn operation() -> bool {
    BUDGET.with_borrow_mut(|budget| {
        let Some(budget) = budget else { return false };
        budget.operations += 1;
        if budget.tripped.is_none() {
            if budget.operations > budget.limits.operations {
                budget.tripped = Some(Tripped::Operations(budget.limits.operations));
            } else if budget.operations.is_multiple_of(256) && budget.started.elapsed() > budget.limits.deadline {
                budget.tripped = Some(Tripped::Deadline(budget.limits.deadline));
            }
        }
        budget.tripped.is_some()
    })
}

/// Counts native work that no operation interrupts, in operations; the answer is whether to stop.
pub(super) fn work(operations: u64) -> bool {
    BUDGET.with_borrow_mut(|budget| {
        let Some(budget) = budget else { return false };
        budget.operations = budget.operations.saturating_add(operations);
        if budget.tripped.is_none() {
            if budget.operations > budget.limits.operations {
                budget.tripped = Some(Tripped::Operations(budget.limits.operations));
            } else if budget.started.elapsed() > budget.limits.deadline {
                budget.tripped = Some(Tripped::Deadline(budget.limits.deadline));
            }
        }
        budget.tripped.is_some()
    })
}

/// Counts one token while compiling; the answer is whether to stop.
pub(super) fn token() -> bool {
    BUDGET.with_borrow_mut(|budget| {
        let Some(budget) = budget else { return false };
        budget.tokens += 1;
        if budget.tokens > budget.limits.tokens && budget.tripped.is_none() {
            budget.tripped = Some(Tripped::Tokens(budget.limits.tokens));
        } else if budget.tokens.is_multiple_of(256) && budget.started.elapsed() > budget.limits.deadline {
            budget.tripped = Some(Tripped::Deadline(budget.limits.deadline));
        }
        budget.tripped.is_some()
    })
}
