//! A verb of your own, written in Rust, and a rule that uses it.
//!
//! The figure that the verb gives keeps the provenance of what it was given: the finding labels the amounts and the rate
//! without any work here.
#![expect(clippy::disallowed_methods, reason = "an example is a program: it writes its output")]

use crossfoot::figure::Decimal;
use crossfoot::report::{self, TextOptions};
use crossfoot::script::{Value, Verb};
use crossfoot::{Auditor, Plan, Rules};

const PLAN: &str = "
[loan]
amount = 1_000
rate = 2
due = 1_030
";

const RULE: &str = "
//! What is due is the amount with one year's interest.
fn check(plan) {
    expect_equal(plan.loan.due, with_interest(plan.loan.amount, plan.loan.rate));
}
";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let verb = Verb::new("with_interest", 2, |values| match values {
        [Value::Number(amount), Value::Number(rate)] => {
            let interest = amount.checked_mul(*rate).and_then(|product| product.checked_div(Decimal::ONE_HUNDRED));
            let due = interest.and_then(|interest| amount.checked_add(interest));
            due.map(Value::Number).ok_or_else(|| "the amount is too large".to_owned())
        }
        // What is absent makes the check not applicable.
        [Value::Nothing, _] | [_, Value::Nothing] => Ok(Value::Nothing),
        _ => Err("`with_interest` wants an amount and a rate".to_owned()),
    });
    let rules = Rules::empty().with_verb(verb).with_rule("house/interest", RULE);
    let report = Auditor::new(&rules).audit(&Plan::parse("loan.toml", PLAN));
    report::text(&report, &TextOptions::default(), &mut std::io::stdout().lock())?;
    Ok(())
}
