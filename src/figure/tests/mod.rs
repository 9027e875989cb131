//! Tests of the figures. They use the module's public face, and its directed rounding, which nothing above sees.
//!
//! Truth is worked out with rationals of any size, so that no test shares an error with what it tests.

#![allow(clippy::unwrap_used)] // a test may panic

mod cause;
mod exact;
mod grade;
mod interval;
mod silence;
mod sum;
mod truth;
mod written;

use super::{Computed, Decimal, Interval, Mode, Rounding, Stated, Written};
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;

/// Few cases, so that the suite stays quick; nothing is written beside the sources.
fn config() -> ProptestConfig {
    ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() }
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn written(text: &str) -> Written {
    Written::parse(text).unwrap()
}

/// A figure in its own unit and mode `nearest`.
fn figure(text: &str) -> Stated {
    rounded(text, Mode::Nearest)
}

fn rounded(text: &str, mode: Mode) -> Stated {
    written(text).stated(&mode.into()).unwrap()
}

fn declared(text: &str, unit: i64) -> Stated {
    written(text).stated(&Rounding::new(Mode::Nearest, Some(unit.into())).unwrap()).unwrap()
}

fn rational(value: Decimal) -> BigRational {
    BigRational::new(BigInt::from(value.mantissa()), BigInt::from(10).pow(value.scale()))
}

/// Whether the interval contains a value that no decimal may hold.
fn holds(interval: &Interval, value: &BigRational) -> bool {
    let (lower, upper) = (rational(interval.lower().value), rational(interval.upper().value));
    let above = &lower < value || (interval.lower().closed && &lower == value);
    let below = value < &upper || (interval.upper().closed && value == &upper);
    above && below
}

fn total(addends: &[Stated]) -> Computed {
    let mut sum = super::Sum::new();
    addends.iter().for_each(|addend| sum.push(addend));
    sum.finish().unwrap()
}

/// Any decimal: of any sign, size and scale, small ones as often as huge ones.
fn any_decimal() -> impl Strategy<Value = Decimal> {
    let mantissa = (any::<u128>(), 32..=127_u32, any::<bool>()).prop_map(|(bits, shift, negative)| {
        let magnitude = i128::try_from(bits >> shift).unwrap();
        if negative { -magnitude } else { magnitude }
    });
    (mantissa, 0..=28_u32).prop_map(|(mantissa, scale)| Decimal::try_from_i128_with_scale(mantissa, scale).unwrap())
}

fn any_mode() -> impl Strategy<Value = Mode> {
    prop_oneof![Just(Mode::Nearest), Just(Mode::Truncate), Just(Mode::Exact)]
}

/// An everyday figure: up to nine digits, up to three places, under any mode.
fn any_stated() -> impl Strategy<Value = Stated> {
    (-999_999_999..=999_999_999_i64, 0..=3_u32, any_mode())
        .prop_map(|(mantissa, scale, mode)| rounded(&Decimal::new(mantissa, scale).to_string(), mode))
}
