//! Every rule kind of the IATI standard ruleset, said in the rule language in one to five lines, over a plan that passes,
//! one that fails at a known place, and one that has nothing to check.
//!
//! The kinds: <https://iatistandard.org/en/iati-standard/ruleset/>; the examples are the ruleset's own, in small.

#![allow(clippy::unwrap_used, reason = "a test may end where something is not as expected")]

use crossfoot::{Auditor, Plan, Report, Rules};

struct Kind {
    name: &'static str,
    /// The rule, without `fn check(plan) {` and `}`.
    body: &'static str,
    passes: &'static str,
    fails: &'static str,
    /// Where it fails.
    at: &'static str,
    /// A plan in which there is nothing to check; empty where there is always something.
    nothing: &'static str,
}

const KINDS: [Kind; 20] = [
    Kind {
        name: "no_more_than_one",
        body: r#"for a in plan.activities { expect(count(a.status) <= 1, a.status, "more than one status"); }"#,
        passes: "activities = [{ status = ['open'] }, { }]",
        fails: "activities = [{ status = ['open', 'closed'] }]",
        at: "activities[0].status",
        nothing: "own = 1",
    },
    Kind {
        name: "atleast_one",
        body: r#"expect_present(plan.activities, "title");"#,
        passes: "activities = [{ title = 'T' }, { title = ['T', 'U'] }]",
        fails: "activities = [{ title = 'T' }, { title = [] }]",
        at: "activities[1].title",
        nothing: "own = 1",
    },
    Kind {
        name: "only_one_of",
        body: r#"for a in plan.activities {
            let given = ["sector", "tag"].filter(|key| !a[key].is_empty());
            expect(count(given) == 1, a, `expected sector or tag, found ${count(given)} of them`);
        }"#,
        passes: "activities = [{ sector = 1 }, { tag = 2 }]",
        fails: "activities = [{ sector = 1 }, { sector = 1, tag = 2 }]",
        at: "activities[1]",
        nothing: "own = 1",
    },
    Kind {
        name: "one_or_all",
        body: r#"for a in plan.activities {
            let parts = ["start", "end"].filter(|key| !a[key].is_empty());
            expect(!a.period.is_empty() || count(parts) == 2, a, "expected a period, or start and end");
        }"#,
        passes: "activities = [{ period = 'all' }, { start = 1, end = 2 }]",
        fails: "activities = [{ period = 'all' }, { start = 1 }]",
        at: "activities[1]",
        nothing: "own = 1",
    },
    Kind {
        name: "dependent",
        body: r#"for a in plan.activities {
            let given = ["amount", "currency"].filter(|key| !a[key].is_empty());
            expect(count(given) != 1, a, `${given.join("")} stands alone`);
        }"#,
        passes: "activities = [{ amount = 1, currency = 'CHF' }, { }]",
        fails: "activities = [{ currency = 'CHF' }]",
        at: "activities[0]",
        nothing: "own = 1",
    },
    Kind {
        name: "sum",
        body: r#"for a in plan.activities { expect_equal(sum(a.sectors.percentage), 100); }"#,
        passes: "activities = [{ sectors = [{ percentage = 33.3 }, { percentage = 33.3 }, { percentage = 33.3 }] }]",
        fails: "activities = [{ sectors = [{ percentage = 33.3 }, { percentage = 33.3 }, { percentage = 33.1 }] }]",
        at: "activities[0].sectors[0].percentage",
        nothing: "activities = [{ sectors = [] }]",
    },
    Kind {
        name: "strict_sum",
        body: r#"for a in plan.activities { expect_equal(exact(sum(a.sectors.percentage)), 100); }"#,
        passes: "activities = [{ sectors = [{ percentage = 66.6 }, { percentage = 33.4 }] }]",
        fails: "activities = [{ sectors = [{ percentage = 66.6 }, { percentage = 33.3 }] }]",
        at: "activities[0].sectors[0].percentage",
        nothing: "activities = [{ sectors = [] }]",
    },
    Kind {
        name: "range",
        body: r#"expect_range(plan.activities.percentage, 0, 100);"#,
        passes: "activities = [{ percentage = 0 }, { percentage = 100.0 }]",
        fails: "activities = [{ percentage = 50 }, { percentage = 100.1 }]",
        at: "activities[1].percentage",
        nothing: "activities = [{ }]",
    },
    Kind {
        name: "date_order",
        body: r#"for a in plan.activities {
            if a.start.is_empty() || a.end.is_empty() { not_applicable(); }
            else { expect(a.start <= a.end, a.end, "it ends before it starts"); }
        }"#,
        passes: "activities = [{ start = 2026-01-01, end = 2026-01-01 }]",
        fails: "activities = [{ start = 2026-01-02, end = 2026-01-01 }]",
        at: "activities[0].end",
        nothing: "activities = [{ start = 2026-01-02 }]",
    },
    Kind {
        name: "date_now",
        body: r#"for day in plan.activities.updated { expect(date(day) <= today(), day, "it lies in the future"); }"#,
        passes: "activities = [{ updated = 2026-06-30 }, { updated = '2020-01-01' }]",
        fails: "activities = [{ updated = 2026-06-30 }, { updated = 2026-07-01T00:00:00 }]",
        at: "activities[1].updated",
        nothing: "activities = [{ }]",
    },
    Kind {
        name: "time_limit",
        body: r#"for b in plan.budgets {
            expect(days_between(b.start, b.end) <= 366, b, "a budget covers more than a year");
        }"#,
        passes: "budgets = [{ start = 2026-01-01, end = 2026-12-31 }]",
        fails: "budgets = [{ start = 2026-01-01, end = 2027-12-31 }]",
        at: "budgets[0]",
        nothing: "own = 1",
    },
    Kind {
        name: "between_dates",
        body: r#"for a in plan.activities {
            for day in a.transactions.date {
                expect(day >= a.start && day <= a.end, day, "outside of the activity's dates");
            }
        }"#,
        passes: "activities = [{ start = 2026-01-01, end = 2026-12-31, transactions = [{ date = 2026-12-31 }] }]",
        fails: "activities = [{ start = 2026-01-01, end = 2026-12-31, transactions = [{ date = 2027-01-01 }] }]",
        at: "activities[0].transactions[0].date",
        nothing: "activities = [{ start = 2026-01-01, end = 2026-12-31 }]",
    },
    Kind {
        name: "regex_matches",
        body: r#"for id in plan.activities.id { expect(matches(id, "^[A-Z]{2}-[0-9]+$"), id, `${id} is no identifier`); }"#,
        passes: "activities = [{ id = 'CH-1' }]",
        fails: "activities = [{ id = 'CH-1' }, { id = 'ch-1' }]",
        at: "activities[1].id",
        nothing: "activities = [{ }]",
    },
    Kind {
        name: "regex_no_matches",
        body: r#"for id in plan.activities.id { expect(!matches(id, "[/&|?]"), id, `${id} has a forbidden character`); }"#,
        passes: "activities = [{ id = 'CH-1' }]",
        fails: "activities = [{ id = 'CH/1' }]",
        at: "activities[0].id",
        nothing: "activities = [{ }]",
    },
    Kind {
        name: "startswith",
        body: r#"for id in plan.activities.id {
            expect(id.starts_with(plan.organisation.ref), id, `${id} does not begin with ${plan.organisation.ref}`);
        }"#,
        passes: "organisation.ref = 'CH'\nactivities = [{ id = 'CH-1' }]",
        fails: "organisation.ref = 'CH'\nactivities = [{ id = 'FR-1' }]",
        at: "activities[0].id",
        nothing: "organisation.ref = 'CH'\nactivities = [{ }]",
    },
    Kind {
        name: "unique",
        body: r#"expect_unique(plan.activities.id);"#,
        passes: "activities = [{ id = 'a' }, { id = 'b' }]",
        fails: "activities = [{ id = 'a' }, { id = 'b' }, { id = 'a' }]",
        at: "activities[2].id",
        nothing: "activities = []",
    },
    Kind {
        name: "if_then",
        body: r#"for a in plan.activities.filter(|a| !a.status.is_empty() && a.status == "closed") {
            expect_present(a, "end", "a closed activity has no end");
        }"#,
        passes: "activities = [{ status = 'closed', end = 2026-01-01 }, { status = 'open' }, { }]",
        fails: "activities = [{ status = 'closed' }]",
        at: "activities[0]",
        nothing: "activities = [{ status = 'open' }, { }]",
    },
    Kind {
        name: "loop",
        body: r#"for a in plan.activities {
            for b in a.budgets { expect_equal(b.total, sum(b.lines.value)); }
        }"#,
        passes: "activities = [{ budgets = [{ total = 3, lines = [{ value = 1 }, { value = 2 }] }] }]",
        fails: "activities = [{ budgets = [{ total = 30, lines = [{ value = 1 }, { value = 2 }] }] }]",
        at: "activities[0].budgets[0].total",
        nothing: "activities = [{ budgets = [{ lines = [{ value = 1 }] }] }]",
    },
    Kind {
        name: "no_spaces",
        body: r#"for id in plan.activities.id { expect(text(id) == trim(id), id, "white space at an end"); }"#,
        passes: "activities = [{ id = 'a b' }, { id = 7 }]",
        fails: "activities = [{ id = 'a b ' }]",
        at: "activities[0].id",
        nothing: "activities = [{ }]",
    },
    Kind {
        name: "no_percent",
        body: r#"for share in plan.activities.percentage { expect(!share.includes("%"), share, "write 50, not 50 %"); }"#,
        passes: "activities = [{ percentage = 50 }, { percentage = '50' }]",
        fails: "activities = [{ percentage = '50 %' }]",
        at: "activities[0].percentage",
        nothing: "activities = [{ }]",
    },
];

fn audit(kind: &Kind, plan: &str) -> Report {
    let rules = Rules::empty().with_rule("iati/kind", &format!("fn check(plan) {{\n{}\n}}", kind.body));
    let plan = Plan::parse("plan.toml", plan);
    assert!(plan.is_toml(), "{}: {:?}", kind.name, plan.faults());
    let report = Auditor::new(&rules).today(2026, 6, 30).audit(&plan);
    assert_eq!(report.errors, [], "{}: {}", kind.name, kind.body);
    report
}

#[test]
fn every_kind_of_rule_can_be_said_in_five_lines() {
    for kind in &KINDS {
        let lines = kind.body.lines().filter(|line| line.trim().len() > 1).count();
        assert!(lines <= 5, "{} takes {lines} lines", kind.name);
        assert!(kind.body.lines().all(|line| line.chars().count() <= 120), "{}", kind.name);
    }
}

#[test]
fn what_is_right_passes() {
    for kind in &KINDS {
        let checks = audit(kind, kind.passes).summary.checks;
        assert!(checks.passed > 0 && checks.failed == 0, "{}: {checks:?}", kind.name);
    }
}

#[test]
fn what_is_wrong_fails_once_and_at_its_place() {
    for kind in &KINDS {
        let report = audit(kind, kind.fails);
        assert_eq!(report.summary.checks.failed, 1, "{}", kind.name);
        let at: Vec<&str> =
            report.findings.iter().filter(|f| f.rule.as_ref() == "iati/kind").map(|f| f.path.as_str()).collect();
        assert_eq!(at, [kind.at], "{}", kind.name);
    }
}

#[test]
fn where_there_is_nothing_to_check_nothing_passes() {
    for kind in &KINDS {
        let checks = audit(kind, kind.nothing).summary.checks;
        assert_eq!((checks.passed, checks.failed), (0, 0), "{}: {checks:?}", kind.name);
    }
}
