//! Number tokens: every form of TOML 1.1, what is refused, and what the digits say.

use super::super::{NumberFault, UnitFault, UnknownMode};
use super::*;

#[test]
fn digits_tell_the_unit() {
    for (text, value, unit, integer) in [
        ("0", "0", "1", true),
        ("-0", "0", "1", true),
        ("+17", "17", "1", true),
        ("1500", "1500", "1", true),
        ("9_742_870", "9742870", "1", true),
        ("37.2", "37.2", "0.1", false),
        ("-62.550", "-62.550", "0.001", false),
        ("0.001", "0.001", "0.001", false),
        ("0.000", "0.000", "0.001", false),
        ("1e3", "1000", "1000", false),
        ("1.50e3", "1500", "10", false),
        ("1.50e2", "150", "1", false),
        ("15E-1", "1.5", "0.1", false),
        ("1_0.2_5e+0_1", "102.5", "0.1", false),
        ("1e28", "10000000000000000000000000000", "10000000000000000000000000000", false),
        ("1e-28", "0.0000000000000000000000000001", "0.0000000000000000000000000001", false),
        ("0xDEAD_beef", "3735928559", "1", true),
        ("0o755", "493", "1", true),
        ("0b0001_0000", "16", "1", true),
        ("9999999999999999999", "9999999999999999999", "1", true),
        ("1234567890123456789012345678", "1234567890123456789012345678", "1", true),
        ("1.234567890123456789012345678", "1.234567890123456789012345678", "0.000000000000000000000000001", false),
        ("0.0001234567890123456789012345", "0.0001234567890123456789012345", "0.0000000000000000000000000001", false),
    ] {
        let written = written(text);
        let read = (written.value().to_string(), written.unit().to_string(), written.integer());
        assert_eq!(read, (value.into(), unit.into(), integer), "{text}");
        assert_eq!(Written::check(text), Ok(()), "{text}");
    }
}

#[test]
fn what_is_no_number_is_refused() {
    for text in [
        "", "+", "-", ".", "1.", ".5", "01", "-01", "00", "0_1", "1_", "_1", "1__0", "1_.5", "1._5", "1.5_", "1e",
        "1e+", "1e1.5", "1.2.3", "e5", "--1", "+-1", "1 ", " 1", "1,5", "0x", "0x_1", "0xg", "+0x1", "-0b1", "0X1",
        "0o8", "0b2", "Inf", "infinity", "NaN", "1e_5", "1é", "٣", "0x1.8", "12a", "1-2",
    ] {
        assert_eq!(Written::parse(text), Err(NumberFault::NotANumber), "{text}");
        assert_eq!(Written::check(text), Err(NumberFault::NotANumber), "{text}");
    }
}

#[test]
fn what_does_not_fit_is_a_fault_never_a_default() {
    for (text, fault) in [
        ("inf", NumberFault::NotFinite),
        ("-inf", NumberFault::NotFinite),
        ("+nan", NumberFault::NotFinite),
        ("12345678901234567890123456789", NumberFault::TooManyDigits { digits: 29 }),
        ("1.0000000000000000000000000000", NumberFault::TooManyDigits { digits: 29 }),
        ("100_000_000_000_000_000_000_000_000_000", NumberFault::TooManyDigits { digits: 30 }),
        ("2e28", NumberFault::OutOfRange),
        ("1e29", NumberFault::OutOfRange),
        ("0e29", NumberFault::OutOfRange),
        ("1e-29", NumberFault::OutOfRange),
        ("1.5e-28", NumberFault::OutOfRange),
        ("0.00000000000000000000000000001", NumberFault::OutOfRange),
        ("1e99999999999999999999999999", NumberFault::OutOfRange),
        ("1e-99999999999999999999999999", NumberFault::OutOfRange),
        ("0xffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff", NumberFault::OutOfRange),
        ("0xffff_ffff_ffff_ffff_ffff_ffff", NumberFault::OutOfRange),
    ] {
        assert_eq!(Written::parse(text), Err(fault), "{text}");
        assert_eq!(Written::check(text), Err(fault), "{text}");
    }
}

#[test]
fn modes_and_units_are_checked_when_declared() {
    for mode in Mode::ALL {
        assert_eq!(mode.name().parse(), Ok(mode));
    }
    assert_eq!("Nearest".parse::<Mode>(), Err(UnknownMode));
    assert_eq!(Rounding::default(), Rounding::from(Mode::Nearest));
    for (unit, fault) in [("0", UnitFault::NotPositive), ("-1", UnitFault::NotPositive)] {
        assert_eq!(Rounding::new(Mode::Exact, Some(decimal(unit))), Err(fault));
    }
    assert_eq!(Rounding::new(Mode::Exact, Some(Decimal::MAX)), Err(UnitFault::TooLarge));
    assert!(Rounding::new(Mode::Truncate, Some(decimal("0.25"))).is_ok());
}

#[test]
fn digits_below_the_declared_unit_are_in_excess() {
    let stated = |text: &str, mode, unit: &str| {
        let rounding = Rounding::new(mode, Some(decimal(unit))).unwrap();
        written(text).stated(&rounding).map(|stated| stated.interval.to_string())
    };
    assert_eq!(stated("12000", Mode::Nearest, "1000").unwrap(), "[11500, 12500]");
    assert_eq!(stated("12000", Mode::Truncate, "1000").unwrap(), "[12000, 13000)");
    assert_eq!(stated("12", Mode::Nearest, "0.5").unwrap(), "[11.75, 12.25]");
    assert_eq!(stated("0", Mode::Truncate, "10").unwrap(), "(-10, 10)");
    for (text, unit) in [("1234", "10"), ("1500", "1000"), ("-0.5", "1"), ("12.25", "0.1")] {
        let excess = stated(text, Mode::Nearest, unit).unwrap_err();
        assert_eq!((excess.value, excess.unit), (decimal(text), decimal(unit)));
    }
}

#[test]
fn faults_speak() {
    assert_eq!(
        Written::parse("12345678901234567890123456789").unwrap_err().to_string(),
        "29 significant digits; at most 28 can be kept",
    );
    let tens = Rounding::new(Mode::Nearest, Some(Decimal::TEN)).unwrap();
    assert_eq!(
        written("1234").stated(&tens).unwrap_err().to_string(),
        "1234 has more digits than its unit of 10 allows",
    );
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn nothing_panics(text in "[-+0-9_.eExobinfa]{0,40}", any in ".{0,20}") {
        for text in [&text, &any] {
            prop_assert_eq!(Written::check(text), Written::parse(text).map(drop));
        }
    }

    #[test]
    fn what_is_printed_reads_back(value in any_decimal()) {
        let text = value.to_string();
        if let Ok(written) = Written::parse(&text) {
            prop_assert_eq!(written.value().to_string(), text);
            prop_assert_eq!(written.unit(), Decimal::new(1, 0) / power_of_ten(value.scale()));
            for mode in Mode::ALL {
                prop_assert!(written.stated(&mode.into()).unwrap().interval.contains(value));
            }
        } else {
            prop_assert!(value.mantissa().unsigned_abs() >= 10_u128.pow(28));
        }
    }
}

fn power_of_ten(n: u32) -> Decimal {
    Decimal::try_from_i128_with_scale(10_i128.pow(n), 0).unwrap()
}
