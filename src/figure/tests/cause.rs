//! Likely causes: what is named, and what is preferred.

use super::super::{Cause, Neighbour, Other, OtherKind, Part, Question, Target, likely_causes};
use super::*;

/// A sum of addends with their factors, held against a stated figure.
pub(super) struct Table {
    pub(super) stated: Part,
    pub(super) addends: Vec<Part>,
    pub(super) others: Vec<Other>,
}

pub(super) fn table(stated: &str, addends: &[&str]) -> Table {
    let addends = addends.iter().map(|text| Part::new(figure(text))).collect();
    Table { stated: Part::new(figure(stated)), addends, others: Vec::new() }
}

impl Table {
    pub(super) fn beside(mut self, text: &str, kind: OtherKind) -> Self {
        self.others.push(Other { stated: figure(text), kind });
        self
    }

    pub(super) fn computed(&self) -> Computed {
        let mut sum = super::super::Sum::new();
        for part in &self.addends {
            sum.push_computed(&Computed::from(part.stated).scale(part.factor).unwrap());
        }
        sum.finish().unwrap()
    }

    pub(super) fn causes(&self) -> Vec<Cause> {
        likely_causes(&Question {
            stated: self.stated,
            computed: self.computed(),
            addends: &self.addends,
            others: &self.others,
        })
    }
}

pub(super) fn transposed(target: Target, written: &str, meant: &str) -> Cause {
    Cause::Transposed { target, written: decimal(written), meant: decimal(meant) }
}

pub(super) fn mistyped(target: Target, written: &str, meant: &str) -> Cause {
    Cause::Mistyped { target, written: decimal(written), meant: decimal(meant) }
}

#[test]
fn digits_transposed_in_the_stated_figure() {
    let costs = ["4_112_870", "5_630_000"];
    assert_eq!(table("9_724_870", &costs).causes(), [transposed(Target::Stated, "9724870", "9742870")]);
    // Off by one for rounding as well, but the swap is far larger than what rounding permits.
    assert_eq!(table("9_724_871", &costs).causes(), [transposed(Target::Stated, "9724871", "9742871")]);
    assert_eq!(
        table("-9_724_870", &["-4_112_870", "-5_630_000"]).causes(),
        [transposed(Target::Stated, "-9724870", "-9742870"),]
    );
    let shares = ["37.25", "25.30"];
    assert_eq!(table("65.25", &shares).causes(), [transposed(Target::Stated, "65.25", "62.55")]);
}

#[test]
fn digits_transposed_in_an_addend() {
    let causes = table("9_742_870", &["4_121_870", "5_630_000"]).causes();
    assert_eq!(causes, [transposed(Target::Addend(0), "4121870", "4112870")]);
    // Where a swap in the total explains it as well, the total comes first.
    assert_eq!(
        table("9_742_870", &["4_112_870", "5_360_000"]).causes(),
        [transposed(Target::Stated, "9742870", "9472870"), transposed(Target::Addend(1), "5360000", "5630000"),]
    );
}

#[test]
fn zeros_after_the_point_are_digits_too() {
    assert_eq!(table("0.05", &["0.20", "0.30"]).causes(), [transposed(Target::Stated, "0.05", "0.50")]);
}

#[test]
fn an_addend_left_out_of_the_total_or_counted_twice() {
    let costs = ["4_112_870", "5_630_000", "871_333"];
    assert_eq!(table("9_742_870", &costs).causes(), [Cause::Omitted { addend: 2 }]);
    assert_eq!(table("11_485_536", &costs).causes(), [Cause::CountedTwice { addend: 2 }]);
}

#[test]
fn a_figure_that_no_addend_stands_for() {
    let left_out = table("10_614_203", &["4_112_870", "5_630_000"])
        .beside("1_000_000", OtherKind::LeftOut)
        .beside("871_333", OtherKind::LeftOut);
    assert_eq!(left_out.causes(), [Cause::LeftOut { other: 1 }]);
    // It enters with the factor of its fellows.
    let mut negative = left_out;
    negative.addends.iter_mut().for_each(|part| part.factor = -Decimal::ONE);
    negative.stated = Part::new(figure("-10_614_203"));
    assert_eq!(negative.causes(), [Cause::LeftOut { other: 1 }]);
}

#[test]
fn a_sign_turned() {
    assert_eq!(
        table("-7_312_406", &["4_112_870", "3_199_536"]).causes(),
        [Cause::SignTurned { target: Target::Stated },]
    );
    assert_eq!(
        table("913_334", &["4_112_870", "3_199_536"]).causes(),
        [Cause::SignTurned { target: Target::Addend(1) },]
    );
}

#[test]
fn a_power_of_ten() {
    let ten = |target, factor: &str| Cause::Factor { target, factor: decimal(factor) };
    let costs = ["4_112_876", "3_199_531"];
    assert_eq!(table("731_241", &costs).causes(), [ten(Target::Stated, "10")]);
    assert_eq!(table("73_124_070", &costs).causes(), [ten(Target::Stated, "0.1")]);
    assert_eq!(table("7_312", &costs).causes(), [ten(Target::Stated, "1000")]);
    assert_eq!(table("7_312_407_000", &costs).causes(), [ten(Target::Stated, "0.001")]);
    assert_eq!(table("7_312_400", &["411_287", "3_199_530"]).causes(), [ten(Target::Addend(0), "10")]);
    // A single digit times a thousand would meet nearly anything.
    assert_eq!(table("1", &["1_400"]).causes(), []);
    assert_eq!(table("0.625", &["32.5", "30.0"]).causes(), [ten(Target::Stated, "100")]);
}

#[test]
fn a_digit_too_many_or_too_few() {
    let length =
        |target, written: &str, meant: &str| Cause::Length { target, written: decimal(written), meant: decimal(meant) };
    let costs = ["4_112_870", "3_199_530"];
    assert_eq!(
        table("7_312_400", &["24_112_870", costs[1]]).causes(),
        [length(Target::Addend(0), "24112870", "4112870")]
    );
    assert_eq!(
        table("7_312_400", &[costs[0], "31_995_530"]).causes(),
        [length(Target::Addend(1), "31995530", "3199530")]
    );
    assert_eq!(table("731_400", &costs).causes(), [length(Target::Stated, "731400", "7312400")]);
    // Of three digits nearly anything could be made.
    assert_eq!(table("150", &["20", "30"]).causes(), []);
}

#[test]
fn a_neighbouring_figure() {
    let year = |target| OtherKind::NeighbourOf(target, Neighbour::Year);
    let addend = table("9_742_870", &["4_112_870", "5_417_118"])
        .beside("4_091_002", year(Target::Addend(0)))
        .beside("5_630_000", year(Target::Addend(1)))
        .beside("5_630_000", year(Target::Addend(7)));
    assert_eq!(addend.causes(), [Cause::TakenFrom { target: Target::Addend(1), other: 1 }]);
    let stated = table("10_366_746", &["4_112_870", "5_630_000"]).beside("9_742_870", year(Target::Stated));
    assert_eq!(stated.causes(), [Cause::TakenFrom { target: Target::Stated, other: 0 }]);
}

#[test]
fn a_figure_carried_over() {
    let year = OtherKind::NeighbourOf(Target::Stated, Neighbour::Year);
    let carried = table("9_742_870", &["4_313_402", "5_917_118"]).beside("9_742_870", year);
    assert_eq!(carried.causes(), [Cause::CopiedFrom { other: 0 }]);
    // Short figures are alike by chance, and what stands beside an addend says nothing of the stated figure.
    assert_eq!(table("500", &["411", "272"]).beside("500", year).causes(), []);
    let beside_addend = OtherKind::NeighbourOf(Target::Addend(0), Neighbour::Year);
    assert_eq!(table("9_742_870", &["4_313_402", "5_917_118"]).beside("9_742_870", beside_addend).causes(), []);
}

#[test]
fn a_digit_mistyped() {
    let costs = ["4_112_870", "5_630_000"];
    // One digit of the total, or as well one of the first cost: nobody can tell.
    let total = mistyped(Target::Stated, "9742670", "9742870");
    assert_eq!(table("9_742_670", &costs).causes(), [total, mistyped(Target::Addend(0), "4112870", "4112670")]);
    // Among many that are as likely, the total alone is worth a look.
    let many = ["4_112_870", "5_030_300", "200_300", "200_400", "198_100", "900"];
    assert_eq!(table("9_742_670", &many).causes(), [total]);
    // No single digit of the total explains this, but one digit of one addend does.
    assert_eq!(
        table("10_042_870", &["4_742_870", "5_000_000"]).causes(),
        [mistyped(Target::Addend(1), "5000000", "5300000"),]
    );
    // Two addends might: nothing is said.
    assert_eq!(table("10_042_870", &costs).causes(), []);
    // Three digits are few, but the one explanation hits.
    assert_eq!(table("68", &["33", "33"]).causes()[0], mistyped(Target::Stated, "68", "66"));
    // A leading digit does not become zero; a lone zero before the point may become any digit.
    assert_eq!(table("0.5", &["1.2", "2.3"]).causes(), [mistyped(Target::Stated, "0.5", "3.5")]);
}

#[test]
fn a_share_is_held_against_a_quotient_without_addends() {
    let part = Computed::from(figure("3_752"));
    let share = part.share(&figure("6_248").into()).unwrap().scale(Decimal::ONE_HUNDRED).unwrap();
    let causes = |text: &str| {
        likely_causes(&Question { stated: Part::new(figure(text)), computed: share, addends: &[], others: &[] })
    };
    assert_eq!(causes("35.7"), [transposed(Target::Stated, "35.7", "37.5")]);
    assert_eq!(causes("3.75"), [Cause::Factor { target: Target::Stated, factor: Decimal::TEN }]);
    assert_eq!(causes("0.3752"), [Cause::Factor { target: Target::Stated, factor: Decimal::ONE_HUNDRED }]);
    assert_eq!(causes("37.9"), [mistyped(Target::Stated, "37.9", "37.5")]);
    assert_eq!(causes("41.8"), []);
}

#[test]
fn open_ends_count_only_while_their_addends_do() {
    let mixed = |stated: &str, addends: [Stated; 2]| Table {
        stated: Part::new(rounded(stated, Mode::Exact)),
        addends: addends.map(Part::new).to_vec(),
        others: Vec::new(),
    };
    let cut = |text| rounded(text, Mode::Truncate);
    // [100, 101) without the other does not reach 101: its end is still open.
    assert!(!mixed("101", [cut("100"), cut("57")]).causes().contains(&Cause::Omitted { addend: 1 }));
    // [109.5, 110.5] without the seventy does reach 110.5: the open end went with it.
    assert_eq!(mixed("110.5", [figure("110"), cut("70")]).causes(), [Cause::Omitted { addend: 1 }]);
}
