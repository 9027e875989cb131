//! The algebra of intervals: laws, openness, and that the true result lies inside.

use super::super::{Bound, Inapplicable};
use super::*;

fn any_interval() -> impl Strategy<Value = Interval> {
    let bound = || (-20..=20_i64, any::<bool>()).prop_map(|(n, closed)| Bound { value: Decimal::new(n, 1), closed });
    (bound(), bound()).prop_filter_map("empty", |(a, b)| {
        let (lower, upper) = if a.value <= b.value { (a, b) } else { (b, a) };
        Interval::new(lower, upper)
    })
}

fn interval(text: &str) -> Interval {
    let (open, close) = (text.starts_with('('), text.ends_with(')'));
    let (low, high) = text.get(1..text.len() - 1).unwrap().split_once(", ").unwrap();
    let bound = |value, open: bool| Bound { value: decimal(value), closed: !open };
    Interval::new(bound(low, open), bound(high, close)).unwrap()
}

fn both(a: Option<Interval>, b: Option<Interval>) -> Option<Interval> {
    a?.meet(&b?)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn meet_is_commutative_and_associative(a in any_interval(), b in any_interval(), c in any_interval()) {
        prop_assert_eq!(a.meet(&b), b.meet(&a));
        // Of three: what lies in all of them is the same, whichever two are met first.
        prop_assert_eq!(both(a.meet(&b), Some(c)), both(Some(a), b.meet(&c)));
        prop_assert_eq!(a.meet(&a), Some(a));
        prop_assert_eq!(a.gap(&b).unwrap().is_none(), a.meet(&b).is_some());
        prop_assert_eq!(a.gap(&b), b.gap(&a));
    }

    #[test]
    fn what_lies_in_both_lies_in_the_meet(a in any_interval(), b in any_interval(), n in -200..=200_i64) {
        let value = Decimal::new(n, 2);
        let met = a.meet(&b).is_some_and(|met| met.contains(value));
        prop_assert_eq!(met, a.contains(value) && b.contains(value));
    }

    #[test]
    fn scaling_by_minus_one_twice_changes_nothing(a in any_interval(), k in -30..=30_i64) {
        let minus = -Decimal::ONE;
        prop_assert_eq!(a.scale(minus).unwrap().scale(minus).unwrap(), a);
        prop_assert_eq!(a.scale(minus).unwrap(), a.neg());
        prop_assert_eq!(a.scale(k.into()).unwrap(), a.mul(&Interval::exact(k.into())).unwrap());
        prop_assert_eq!(a.sub(&a).unwrap(), a.sub(&a).unwrap().neg());
    }

    #[test]
    fn true_results_lie_inside(
        a in any_interval(), b in any_interval(),
        x in 0..=20_i64, y in 0..=20_i64,
    ) {
        let (x, y) = (inside(&a, x), inside(&b, y));
        let (Some(x), Some(y)) = (x, y) else { return Ok(()) };
        prop_assert!(holds(&a.add(&b).unwrap(), &(&x + &y)));
        prop_assert!(holds(&a.sub(&b).unwrap(), &(&x - &y)));
        prop_assert!(holds(&a.mul(&b).unwrap(), &(&x * &y)));
        if let Ok(quotient) = a.div(&b) {
            prop_assert!(holds(&quotient, &(&x / &y)));
        }
        if let Ok(share) = a.share(&b) {
            prop_assert!(holds(&share, &(&x / (&x + &y))));
        }
    }

    #[test]
    fn ends_are_reached_when_closed_and_approached_when_open(a in any_interval(), b in any_interval()) {
        check_ends(&a.mul(&b).unwrap(), &a, &b, |x, y| Some(x * y))?;
        if let Ok(quotient) = a.div(&b) {
            check_ends(&quotient, &a, &b, |x, y| Some(x / y))?;
        }
        if let Ok(share) = a.share(&b) {
            check_ends(&share, &a, &b, |x, y| Some(x / (x + y)))?;
        }
    }

    #[test]
    fn any_figures_stay_inside_or_are_not_applicable(a in any_decimal(), b in any_decimal(), u in any_decimal()) {
        let (x, y) = (Interval::exact(a), Interval::exact(b));
        let (ra, rb) = (rational(a), rational(b));
        for (result, truth) in [(x.add(&y), &ra + &rb), (x.sub(&y), &ra - &rb), (x.mul(&y), &ra * &rb), (x.scale(b), &ra * &rb)] {
            prop_assert!(result.is_err() || holds(&result.unwrap(), &truth));
        }
        if !b.is_zero() {
            let result = x.div(&y);
            prop_assert!(result.is_err() || holds(&result.unwrap(), &(&ra / &rb)));
        }
        if let Ok(share) = x.share(&y) {
            prop_assert!(holds(&share, &(&ra / (&ra + &rb))));
        }
        for mode in Mode::ALL {
            if let Ok(stated) = Interval::stated(a, u, mode) {
                prop_assert!(stated.contains(a) && stated.width().is_ok());
            }
        }
    }
}

/// A value a number of twentieths into the interval, where it lies inside.
fn inside(interval: &Interval, twentieths: i64) -> Option<BigRational> {
    let (lower, upper) = (rational(interval.lower().value), rational(interval.upper().value));
    let value = &lower + (&upper - &lower) * BigRational::new(twentieths.into(), 20.into());
    holds(interval, &value).then_some(value)
}

/// No end is wider than the truth: a closed end is the result of two values inside; an open one is not, but results
/// come as close as one likes. The operations are monotone along the sides of the box, so its corners and the points
/// next to them tell.
fn check_ends(
    result: &Interval,
    a: &Interval,
    b: &Interval,
    f: impl Fn(&BigRational, &BigRational) -> Option<BigRational>,
) -> Result<(), TestCaseError> {
    let near = |interval: &Interval| -> Vec<BigRational> {
        let (lower, upper) = (rational(interval.lower().value), rational(interval.upper().value));
        let hair = (&upper - &lower) / BigInt::from(1_000_000_000_i64);
        let points = [&lower + &hair, &upper - &hair, lower.clone(), upper.clone()];
        points.into_iter().filter(|point| holds(interval, point)).collect()
    };
    let mut results: Vec<BigRational> = Vec::new();
    for x in near(a) {
        results.extend(near(b).iter().filter_map(|y| f(&x, y)));
    }
    let (least, most) = (results.iter().min().unwrap(), results.iter().max().unwrap());
    let slack = BigRational::new(1.into(), 100_000.into());
    let (lower, upper) = (rational(result.lower().value), rational(result.upper().value));
    prop_assert!(least - &lower <= slack, "{result} from {a} and {b}: least {least}");
    prop_assert!(&upper - most <= slack, "{result} from {a} and {b}: most {most}");
    // Where a decimal holds the end, it is attained exactly when it is closed.
    let last = BigRational::new(1.into(), BigInt::from(10).pow(20));
    if result.lower().closed {
        prop_assert!(least - &lower <= last, "{result} from {a} and {b}: closed below, least {least}");
    }
    if result.upper().closed {
        prop_assert!(&upper - most <= last, "{result} from {a} and {b}: closed above, most {most}");
    }
    Ok(())
}

#[test]
fn openness_through_products_and_quotients() {
    let mul = |a, b| interval(a).mul(&interval(b)).unwrap().to_string();
    assert_eq!(mul("[1, 2)", "(3, 4]"), "(3, 8)");
    assert_eq!(mul("[0, 2)", "(3, 4)"), "[0, 8)");
    assert_eq!(mul("(0, 2]", "[0, 3]"), "[0, 6]");
    assert_eq!(mul("(0, 2]", "[1, 3]"), "(0, 6]");
    assert_eq!(mul("[-1, 1)", "(-1, 1]"), "[-1, 1)");
    assert_eq!(mul("(0, 2)", "[0, 0]"), "[0, 0]");
    let div = |a, b| interval(a).div(&interval(b)).unwrap().to_string();
    assert_eq!(div("[1, 2)", "(4, 5]"), "[0.2, 0.5)");
    assert_eq!(div("[-2, 2)", "[-4, -2)"), "(-1, 1)");
    assert_eq!(div("[0, 2)", "(4, 8)"), "[0, 0.5)");
}

#[test]
fn dividing_by_what_may_be_zero_is_not_applicable() {
    let one = Interval::exact(Decimal::ONE);
    for divisor in ["[0, 0]", "[0, 2]", "[-2, 0]", "[-1, 1]", "(0, 2]", "[-2, 0)"] {
        assert_eq!(one.div(&interval(divisor)), Err(Inapplicable::DividesByZero), "{divisor}");
        let rest = interval(divisor).sub(&one).unwrap();
        assert_eq!(one.share(&rest), Err(Inapplicable::DividesByZero), "{divisor}");
    }
}

#[test]
fn shares_of_a_whole_are_narrower_than_quotients() {
    let (part, rest) = (figure("40").interval, figure("60").interval);
    let share = part.share(&rest).unwrap();
    let quotient = part.div(&part.add(&rest).unwrap()).unwrap();
    assert_eq!(share.to_string(), "[0.395, 0.405]");
    assert!(share.width().unwrap() < quotient.width().unwrap());
    let nothing = rounded("0", Mode::Exact).interval;
    assert_eq!(part.share(&nothing).unwrap().to_string(), "[1, 1]");
    assert_eq!(nothing.share(&part).unwrap().to_string(), "[0, 0]");
    // A part stated as zero may be a little above or below it.
    assert_eq!(
        figure("0").interval.share(&rounded("2", Mode::Exact).interval).unwrap().lower().value.round_dp(3),
        decimal("-0.333")
    );
    // Both negative is the same share.
    assert_eq!(part.neg().share(&rest.neg()).unwrap(), share);
    let cut = interval("[1, 2)").share(&interval("(2, 3]")).unwrap();
    assert_eq!(cut.to_string(), "[0.25, 0.5)");
}

#[test]
fn the_finest_unit_has_no_half_and_goes_outward() {
    let finest = Interval::stated(Decimal::new(1, 28), Decimal::new(1, 28), Mode::Nearest).unwrap();
    assert_eq!(finest.lower().value, Decimal::ZERO);
    assert_eq!(finest.upper().value, Decimal::new(2, 28));
}

#[test]
fn intervals_show_their_ends() {
    assert_eq!(Computed::exact(Decimal::ZERO).neg().value.to_string(), "0");
    assert_eq!(Interval::exact(Decimal::ZERO).neg().lower().value.to_string(), "0");
    assert_eq!(interval("[97.50, 100.5)").to_string(), "[97.5, 100.5)");
    assert_eq!(interval("(-1, 1]").scale(Decimal::ZERO).unwrap().to_string(), "[0, 0]");
    assert_eq!(interval("(-1, 0]").neg().to_string(), "[0, 1)");
    assert_eq!(interval("[1, 3]").gap(&interval("(3, 4]")).unwrap(), Some(Decimal::ZERO));
    assert_eq!(interval("[1, 3]").gap(&interval("(3.5, 4]")).unwrap(), Some(decimal("0.5")));
    assert_eq!(interval("[1, 3]").gap(&interval("[3, 4]")).unwrap(), None);
}
