//! Small bars.

use crate::figure::Decimal;

/// A bar for a part of a whole, of so many columns where the part is all of it. In eighths of a column where the terminal can show
/// them. What is more than nothing is seen.
pub(super) fn bar(part: Decimal, whole: Decimal, columns: usize, unicode: bool) -> String {
    let steps = if unicode { columns * 8 } else { columns };
    let share = part.checked_div(whole).unwrap_or_default().clamp(Decimal::ZERO, Decimal::ONE);
    // Drawn, and so rounded.
    let drawn: usize = (share * Decimal::from(steps)).round().to_string().parse().unwrap_or_default();
    let drawn = if share.is_zero() { 0 } else { drawn.max(1) };
    if !unicode {
        return "#".repeat(drawn);
    }
    const EIGHTHS: [&str; 8] = ["", "\u{258f}", "\u{258e}", "\u{258d}", "\u{258c}", "\u{258b}", "\u{258a}", "\u{2589}"];
    format!("{}{}", "\u{2588}".repeat(drawn / 8), EIGHTHS[drawn % 8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_part() {
        let drawn = |part: i64, unicode| bar(part.into(), 100.into(), 8, unicode);
        assert_eq!([drawn(100, true), drawn(50, true), drawn(1, true)], ["████████", "████", "▏"]);
        assert_eq!([drawn(100, false), drawn(1, false), drawn(0, true), drawn(-5, true)], ["########", "#", "", ""]);
        assert_eq!([drawn(1_000, false), bar(1.into(), 0.into(), 8, true)], ["########", ""]);
    }
}
