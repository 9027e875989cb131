//! What the whole method promises: honest rounding never disagrees.
//!
//! True values have six places and are rounded to fewer here, with whole-number arithmetic of the test's own.

use super::super::{Grade, compare};
use super::*;

/// How an author rounds.
#[derive(Clone, Copy, Debug)]
enum Author {
    HalfUp,
    HalfEven,
    Cuts,
}

impl Author {
    fn mode(self) -> Mode {
        if matches!(self, Self::Cuts) { Mode::Truncate } else { Mode::Nearest }
    }

    /// Millionths, rounded to `places` places, as the author writes them.
    fn writes(self, millionths: i128, places: u32) -> Stated {
        let step = 10_i128.pow(6 - places);
        let (down, rest) = (millionths.div_euclid(step), millionths.rem_euclid(step));
        let mantissa = match self {
            Self::HalfUp => down + i128::from(2 * rest >= step),
            Self::HalfEven => down + i128::from(2 * rest > step || (2 * rest == step && down % 2 != 0)),
            Self::Cuts => millionths / step,
        };
        rounded(&Decimal::try_from_i128_with_scale(mantissa, places).unwrap().to_string(), self.mode())
    }
}

fn any_author() -> impl Strategy<Value = Author> {
    prop_oneof![Just(Author::HalfUp), Just(Author::HalfEven), Just(Author::Cuts)]
}

/// Mostly anything, sometimes a half of a coarse unit, where rounding is decided.
fn any_truth() -> impl Strategy<Value = i128> {
    prop_oneof![
        3 => -9_000_000_000..=9_000_000_000_i128,
        1 => (-2_000..=2_000_i128).prop_map(|halves| halves * 50_000),
        1 => -2_000_000..=2_000_000_i128,
    ]
}

fn truth(millionths: i128) -> BigRational {
    BigRational::new(millionths.into(), 1_000_000.into())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn honest_totals_never_disagree(
        values in prop::collection::vec((any_truth(), 0..=3_u32, any_author()), 0..25),
        places in 0..=3_u32,
        author in any_author(),
    ) {
        let addends: Vec<_> = values.iter().map(|&(value, places, author)| author.writes(value, places)).collect();
        let sum: i128 = values.iter().map(|&(value, ..)| value).sum();
        prop_assert!(holds(&total(&addends).interval, &truth(sum)));
        let verdict = compare(author.writes(sum, places), total(&addends)).unwrap();
        prop_assert!(verdict.grade != Grade::Disagree);
    }

    #[test]
    fn honest_weighted_totals_never_disagree(
        values in prop::collection::vec((any_truth(), -9..=9_i64, any_author()), 0..15),
        author in any_author(),
    ) {
        let mut sum = super::super::Sum::new();
        for &(value, weight, author) in &values {
            sum.push_computed(&Computed::from(author.writes(value, 1)).scale(weight.into()).unwrap());
        }
        let exact: i128 = values.iter().map(|&(value, weight, _)| value * i128::from(weight)).sum();
        let verdict = compare(author.writes(exact, 1), sum.finish().unwrap()).unwrap();
        prop_assert!(verdict.grade != Grade::Disagree);
    }

    #[test]
    fn true_products_quotients_and_shares_lie_inside(
        a in any_truth(), b in any_truth(), places in 0..=3_u32, author in any_author(),
    ) {
        let (x, y) = (author.writes(a, places).interval, author.writes(b, places).interval);
        let (a, b) = (truth(a), truth(b));
        prop_assert!(holds(&x.mul(&y).unwrap(), &(&a * &b)));
        if let Ok(quotient) = x.div(&y) {
            prop_assert!(holds(&quotient, &(&a / &b)));
        }
        if let Ok(share) = x.share(&y) {
            prop_assert!(holds(&share, &(&a / (&a + &b))));
        }
    }

    #[test]
    fn values_lie_in_their_own_intervals(a in any_truth(), b in any_truth(), author in any_author()) {
        let (x, y) = (Computed::from(author.writes(a, 2)), Computed::from(author.writes(b, 1)));
        for result in [x.add(&y), x.sub(&y), x.mul(&y), x.div(&y), x.share(&y), Ok(x.neg())].into_iter().flatten() {
            prop_assert!(result.interval.contains(result.value), "{:?}", result);
        }
    }
}
