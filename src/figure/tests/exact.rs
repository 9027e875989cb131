//! Directed rounding against rationals: on the right side, as close as a decimal can be, and exact where it can be.

use super::super::exact::{Exact, Toward, add, div, is_multiple, mul};
use super::*;

/// The least step between decimals of this size: one at the greatest scale that still holds the value.
fn step(value: &BigRational) -> BigRational {
    let limit = BigRational::from(BigInt::from(2).pow(96));
    let ten = BigRational::from(BigInt::from(10));
    let mut step = BigRational::from(BigInt::from(1));
    for _ in 0..28 {
        let finer = &step / &ten;
        if value / &finer >= limit || value / &finer <= -limit.clone() {
            break;
        }
        step = finer;
    }
    step
}

fn check(truth: &BigRational, f: impl Fn(Toward) -> Exact) {
    let limit = BigRational::from(BigInt::from(2).pow(96) - 1);
    let (Ok(down), Ok(up), Ok(nearest)) = (f(Toward::Down), f(Toward::Up), f(Toward::Nearest)) else {
        let one = BigRational::from(BigInt::from(1));
        assert!(truth > &(&limit - &one) || truth < &(one - limit), "overflow on {truth}");
        return;
    };
    let (down, up, nearest) = (rational(down), rational(up), rational(nearest));
    assert!(&down <= truth && truth <= &up);
    // Exact where a decimal can be exact, and otherwise no further than to the next one.
    let step = step(truth);
    if (truth / &step).is_integer() {
        assert_eq!((&down, &up), (truth, truth));
    }
    assert!(&up - &down <= step * BigInt::from(10));
    let off = |side: &BigRational| if side > truth { side - truth } else { truth - side };
    assert!(off(&nearest) <= off(&down) && off(&nearest) <= off(&up));
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn sums_and_products_are_directed(a in any_decimal(), b in any_decimal()) {
        check(&(rational(a) + rational(b)), |toward| add(a, b, toward));
        check(&(rational(a) * rational(b)), |toward| mul(a, b, toward));
    }

    #[test]
    fn quotients_are_directed(a in any_decimal(), b in any_decimal()) {
        prop_assume!(!b.is_zero());
        check(&(rational(a) / rational(b)), |toward| div(a, b, toward));
    }

    #[test]
    fn quotients_that_come_out_even_are_exact(a in -9_999_999_999..=9_999_999_999_i64, b in any::<i64>(), s in 0..=9_u32) {
        prop_assume!(b != 0);
        let (a, b) = (Decimal::new(a, 9 - s), Decimal::new(b, s));
        if let Ok(product) = mul(a, b, Toward::Nearest) && rational(product) == rational(a) * rational(b) {
            prop_assert_eq!(div(product, b, Toward::Down), Ok(a));
            prop_assert_eq!(div(product, b, Toward::Up), Ok(a));
        }
    }

    #[test]
    fn multiples_are_recognised(value in any_decimal(), unit in any_decimal(), n in -1_000_000..1_000_000_i64) {
        let whole = !unit.is_zero() && (rational(value) / rational(unit)).is_integer();
        prop_assert_eq!(is_multiple(value, unit), whole);
        if let Ok(product) = mul(unit, n.into(), Toward::Nearest) && rational(product) == rational(unit) * BigInt::from(n) {
            prop_assert_eq!(is_multiple(product, unit), !unit.is_zero());
        }
    }
}

#[test]
fn the_greatest_decimals_round_outward_or_overflow() {
    let tenth = Decimal::new(1, 1);
    assert!(add(Decimal::MAX, tenth, Toward::Up).is_err());
    assert_eq!(add(Decimal::MAX, tenth, Toward::Down), Ok(Decimal::MAX));
    assert_eq!(add(Decimal::MIN, -tenth, Toward::Up), Ok(Decimal::MIN));
    assert!(add(Decimal::MAX, Decimal::MAX, Toward::Nearest).is_err());
    assert!(mul(Decimal::MAX, Decimal::TEN, Toward::Nearest).is_err());
    assert!(div(Decimal::MAX, tenth, Toward::Down).is_err());
    // The full mantissa with one place: going outward costs that place.
    let full = decimal("7922816251426433759354395033.5");
    let above = decimal("7922816251426433759354395034");
    assert_eq!(add(full, Decimal::new(1, 2), Toward::Up), Ok(above));
    assert_eq!(add(-full, -Decimal::new(1, 2), Toward::Down), Ok(-above));
    assert_eq!(add(Decimal::MAX, Decimal::MIN, Toward::Down).unwrap().to_string(), "0");
}

#[test]
fn twenty_eight_digits_and_half_a_unit_go_outward() {
    let value = decimal("9999999999999999999999999999");
    let half = Decimal::new(5, 1);
    assert_eq!(add(value, half, Toward::Up).unwrap().to_string(), "10000000000000000000000000000");
    assert_eq!(add(value, -half, Toward::Down).unwrap().to_string(), "9999999999999999999999999998");
    let small = decimal("1234567890123456789012345678");
    assert_eq!(add(small, half, Toward::Up).unwrap().to_string(), "1234567890123456789012345678.5");
    // One place past the last: the halves of the finest unit go outward too.
    let least = Decimal::new(1, 28);
    assert_eq!(mul(least, half, Toward::Up), Ok(least));
    assert_eq!(mul(least, half, Toward::Down), Ok(Decimal::ZERO));
}

#[test]
fn quotients_carry_no_zeros_that_were_not_needed() {
    let quotient = |a: &str, b: &str| div(decimal(a), decimal(b), Toward::Nearest).unwrap().to_string();
    assert_eq!(quotient("10", "4"), "2.5");
    assert_eq!(quotient("1", "1024"), "0.0009765625");
    assert_eq!(quotient("2", "3"), "0.6666666666666666666666666667");
    assert_eq!(quotient("0", "-3"), "0");
    assert_eq!(quotient("1", "0.0000000000000000000000000001"), "10000000000000000000000000000");
}
