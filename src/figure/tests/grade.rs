//! The cases every implementation must pass, and what a comparison shows.

use super::super::{Bound, ExcessDigits, Grade, compare};
use super::*;

/// One row: addends, stated, the sum's interval, the stated figure's interval, the verdict.
fn row(addends: &[Computed], stated: Stated, sum: &str, interval: &str, grade: Grade) {
    let mut total = super::super::Sum::new();
    addends.iter().for_each(|addend| total.push_computed(addend));
    let total = total.finish().unwrap();
    assert_eq!((total.interval.to_string(), stated.interval.to_string()), (sum.into(), interval.into()));
    assert_eq!(compare(stated, total).unwrap().grade, grade);
}

fn times(stated: Stated, factor: i64) -> Computed {
    Computed::from(stated).scale(factor.into()).unwrap()
}

#[test]
fn cases_every_implementation_must_pass() {
    use Grade::{Disagree, Equal, WithinRounding};
    let thirds = times(figure("33"), 1);
    row(&[thirds; 3], figure("100"), "[97.5, 100.5]", "[99.5, 100.5]", WithinRounding);
    row(&[thirds; 2], figure("67"), "[65, 67]", "[66.5, 67.5]", WithinRounding);
    row(&[thirds; 2], figure("68"), "[65, 67]", "[67.5, 68.5]", Disagree);
    let fine = times(figure("33.3"), 1);
    row(&[fine; 3], rounded("100", Mode::Exact), "[99.75, 100.05]", "[100, 100]", WithinRounding);
    let thousands = |text, factor| times(declared(text, 1000), factor);
    let net = [thousands("12000", 1), thousands("2000", -1)];
    row(&net, declared("11000", 1000), "[9000, 11000]", "[10500, 11500]", WithinRounding);
    let weighted = [thousands("3000", 2), thousands("1000", -2)];
    // The table says "within rounding" here; but the two are the same number, and equal wins.
    row(&weighted, declared("4000", 1000), "[2000, 6000]", "[3500, 4500]", Equal);
    let nine = times(rounded("9", Mode::Truncate), 1);
    row(&[nine], rounded("10", Mode::Exact), "[9, 10)", "[10, 10]", Disagree);
    let minus = times(rounded("100", Mode::Truncate), -1);
    row(&[minus], rounded("-101", Mode::Exact), "(-101, -100]", "[-101, -101]", Disagree);
    let unit = Decimal::ONE_THOUSAND;
    let thousands = Rounding::new(Mode::Nearest, Some(unit)).unwrap();
    assert_eq!(written("1500").stated(&thousands), Err(ExcessDigits { value: decimal("1500"), unit }));
}

#[test]
fn touching_at_an_open_end_is_a_gap_of_zero() {
    let comparison = compare(rounded("10", Mode::Exact), rounded("9", Mode::Truncate)).unwrap();
    assert_eq!((comparison.grade, comparison.gap), (Grade::Disagree, Decimal::ZERO));
    assert_eq!((comparison.difference, comparison.tolerance), (Decimal::ONE, decimal("0.5")));
}

#[test]
fn the_same_number_is_equal_whatever_its_interval() {
    let open = Interval::new(Bound::open(Decimal::ZERO), Bound::open(Decimal::ONE)).unwrap();
    let comparison = compare(Computed { value: Decimal::ONE, interval: open }, Computed::exact(Decimal::ONE)).unwrap();
    assert_eq!((comparison.grade, comparison.gap), (Grade::Equal, Decimal::ZERO));
    assert_eq!(compare(figure("1.50"), figure("1.5")).unwrap().grade, Grade::Equal);
}

#[test]
fn the_tolerance_is_half_the_units() {
    let parts: Vec<_> = ["9742870", "1", "22"].map(figure).to_vec();
    let comparison = compare(figure("9742890"), total(&parts)).unwrap();
    assert_eq!((comparison.grade, comparison.tolerance), (Grade::Disagree, Decimal::TWO));
    assert_eq!((comparison.difference, comparison.gap), (decimal("-3"), Decimal::ONE));
}

#[test]
fn what_cannot_be_held_is_not_applicable() {
    let (least, most) = (Computed::exact(Decimal::MIN), Computed::exact(Decimal::MAX));
    assert!(compare(least, most).is_err());
    assert_eq!(compare(most, most).unwrap().grade, Grade::Equal);
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn exact_inputs_reduce_to_equality(a in any_decimal(), b in any_decimal()) {
        if let Ok(comparison) = compare(Computed::exact(a), Computed::exact(b)) {
            let expected = if a == b { Grade::Equal } else { Grade::Disagree };
            prop_assert_eq!(comparison.grade, expected);
        }
        prop_assert_eq!(compare(Computed::exact(a), Computed::exact(a)).unwrap().grade, Grade::Equal);
    }

    #[test]
    fn the_verdict_is_the_plain_formula_for_one_unit(
        addends in prop::collection::vec(-99_999..=99_999_i64, 0..20),
        off in -30..=30_i64,
        scale in 0..=3_u32,
    ) {
        let text = |mantissa: i64| Decimal::new(mantissa, scale).to_string();
        let parts: Vec<_> = addends.iter().map(|&addend| figure(&text(addend))).collect();
        let stated = addends.iter().sum::<i64>() + off;
        let comparison = compare(figure(&text(stated)), total(&parts)).unwrap();
        // |S - X| <= (n + 1) * u / 2, in units. Of no addends the sum is exactly zero.
        let permitted = 2 * off.abs() <= i64::try_from(addends.len()).unwrap() + 1;
        prop_assert_eq!(comparison.grade != Grade::Disagree, permitted);
        prop_assert_eq!(comparison.grade == Grade::Equal, off == 0);
    }

    #[test]
    fn moving_a_total_by_more_than_the_units_always_disagrees(
        addends in prop::collection::vec(-99_999..=99_999_i64, 0..20),
        error in -10..=10_i64,
        beyond in 1..=1000_i64,
        mode in any_mode(),
    ) {
        let count = i64::try_from(addends.len()).unwrap();
        let parts: Vec<_> = addends.iter().map(|addend| rounded(&addend.to_string(), mode)).collect();
        let computed = total(&parts);
        // Whatever total agrees, moved by more than (n + 1) units to either side no longer does.
        let agreeing = computed.value + Decimal::from(error);
        let agreeing = rounded(&agreeing.to_string(), mode);
        prop_assume!(compare(agreeing, computed).unwrap().grade != Grade::Disagree);
        // A figure truncated towards zero lies anywhere in two units about zero, so there the move must be twice as long.
        let move_by = (count + 1) * if mode == Mode::Truncate { 2 } else { 1 } + beyond;
        for moved in [agreeing.value + Decimal::from(move_by), agreeing.value - Decimal::from(move_by)] {
            prop_assert_eq!(compare(rounded(&moved.to_string(), mode), computed).unwrap().grade, Grade::Disagree);
        }
    }
}
