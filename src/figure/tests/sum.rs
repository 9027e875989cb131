//! The accumulator against adding one by one.

use super::super::{Inapplicable, Sum};
use super::*;

fn fold(addends: &[Stated]) -> Result<Computed, Inapplicable> {
    let zero = Computed::exact(Decimal::ZERO);
    addends.iter().try_fold(zero, |sum, addend| sum.add(&Computed::from(addend)))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn summing_is_adding_one_by_one(addends in prop::collection::vec(any_stated(), 0..30)) {
        let sum = total(&addends);
        let folded = fold(&addends).unwrap();
        prop_assert_eq!(sum, folded);
        prop_assert_eq!(sum.value.scale(), folded.value.scale());
    }

    #[test]
    fn cells_sum_as_stated_figures_do(
        cells in prop::collection::vec((any::<i64>(), 0..=12_u32), 0..30),
        exponents in prop::collection::vec(("[1-9]{1,6}", 0..=9_u32), 0..5),
        mode in any_mode(),
    ) {
        let cells = cells.iter().map(|&(mantissa, scale)| Decimal::new(mantissa, scale).to_string());
        let tens = exponents.iter().map(|(digits, exponent)| format!("{digits}e{exponent}"));
        let rounding = Rounding::from(mode);
        let (mut quick, mut plain) = (Sum::new(), Sum::new());
        for text in cells.chain(tens) {
            quick.push_written(written(&text), &rounding).unwrap();
            plain.push(&rounded(&text, mode));
        }
        prop_assert_eq!(quick.finish(), plain.finish());
    }

    #[test]
    fn any_sum_holds_the_truth_or_is_not_applicable(
        addends in prop::collection::vec((any_decimal(), any_mode()), 1..30),
    ) {
        let texts = addends.iter().map(|(value, mode)| (value.to_string(), *mode));
        let stated: Vec<_> = texts
            .filter_map(|(text, mode)| Written::parse(&text).ok()?.stated(&mode.into()).ok())
            .collect();
        let mut sum = Sum::new();
        stated.iter().for_each(|addend| sum.push(addend));
        let truth: BigRational = stated.iter().map(|addend| rational(addend.value)).sum();
        match (sum.finish(), fold(&stated)) {
            (Ok(sum), Ok(folded)) => {
                prop_assert!(holds(&sum.interval, &truth));
                // Never wider than adding one by one, which may round at every step.
                prop_assert!(sum.interval.lower().value >= folded.interval.lower().value);
                prop_assert!(sum.interval.upper().value <= folded.interval.upper().value);
            }
            (Err(_), folded) => prop_assert!(folded.is_err()),
            (Ok(sum), Err(_)) => prop_assert!(holds(&sum.interval, &truth)),
        }
    }
}

#[test]
fn the_sum_of_nothing_is_exactly_zero() {
    assert_eq!(Sum::new().finish(), Ok(Computed::exact(Decimal::ZERO)));
}

#[test]
fn excess_digits_are_not_added() {
    let thousands = Rounding::new(Mode::Nearest, Some(Decimal::ONE_THOUSAND)).unwrap();
    let mut sum = Sum::new();
    assert!(sum.push_written(written("1500"), &thousands).is_err());
    assert_eq!(sum.finish(), Ok(Computed::exact(Decimal::ZERO)));
    sum.push_written(written("2000"), &thousands).unwrap();
    assert_eq!(sum.finish().unwrap().interval.to_string(), "[1500, 2500]");
}

#[test]
fn a_sum_too_large_stays_not_applicable() {
    let mut sum = Sum::new();
    for _ in 0..10 {
        sum.push_computed(&Computed::exact(Decimal::MAX));
    }
    assert_eq!(sum.finish(), Err(Inapplicable::Overflow));
    let mut mixed = Sum::new();
    mixed.push_computed(&Computed::exact(Decimal::new(1, 28)));
    for _ in 0..10 {
        mixed.push_computed(&Computed::exact(Decimal::MAX));
    }
    assert_eq!(mixed.finish(), Err(Inapplicable::Overflow));
    mixed.push(&figure("1"));
    assert_eq!(mixed.finish(), Err(Inapplicable::Overflow));
}

#[test]
fn a_sum_past_whole_numbers_goes_on_as_decimals() {
    let mut sum = Sum::new();
    sum.push(&figure("1e-28"));
    sum.push(&figure("1e27"));
    let computed = sum.finish().unwrap();
    assert!(holds(
        &computed.interval,
        &(rational(decimal("1e27")) + BigRational::new(1.into(), BigInt::from(10).pow(28)))
    ));
}
