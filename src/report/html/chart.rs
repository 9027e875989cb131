//! What drawings have in common: coordinates, and the words that a screen reader says for a drawing.

use maud::{Markup, html};

/// A drawing that is read out by its title and its description. `id` makes the two findable and is given once in the page.
pub(super) fn drawing(id: &str, (width, height): (f64, f64), title: &str, about: &str, body: &Markup) -> Markup {
    html! {
        svg.chart role="img" aria-labelledby={ (id) "-t" } aria-describedby={ (id) "-d" }
            viewBox={ "0 0 " (at(width)) " " (at(height)) } width=(at(width)) height=(at(height)) {
            title id={ (id) "-t" } { (title) }
            desc id={ (id) "-d" } { (about) }
            (body)
        }
    }
}

/// A coordinate, in tenths.
pub(super) fn at(value: f64) -> String {
    let text = format!("{:.1}", if value.is_finite() { value.clamp(-1e6, 1e6) } else { 0.0 });
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// Where values lie on a line of the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    from: f64,
    to: f64,
    start: f64,
    end: f64,
}

impl Scale {
    /// From the least and the greatest value to where the two are drawn.
    pub(super) fn new((from, to): (f64, f64), (start, end): (f64, f64)) -> Self {
        let to = if to > from { to } else { from + 1.0 };
        Self { from, to, start, end }
    }

    pub(super) fn at(self, value: f64) -> f64 {
        self.start + (value - self.from) / (self.to - self.from) * (self.end - self.start)
    }
}

/// A round number that is not below a value: the end of an axis.
pub(super) fn round_up(value: f64) -> f64 {
    if value <= 0.0 || !value.is_finite() {
        return if value == 0.0 { 1.0 } else { 0.0 };
    }
    let power = 10f64.powf(value.log10().floor());
    [1.0, 2.0, 4.0, 6.0, 8.0, 10.0].into_iter().map(|step| step * power).find(|end| *end >= value).unwrap_or(value)
}

/// A text that fits into so many characters.
pub(super) fn fit(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => {
            let kept: String = text.chars().take(most.saturating_sub(1)).collect();
            format!("{}\u{2026}", kept.trim_end())
        }
    }
}
