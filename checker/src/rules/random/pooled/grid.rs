//! Coarse draws: whether delays in large ranges are multiples of something.

use super::bounds::{Chance, Tally, never};
use super::{Draw, Found, SCALES, at_least, compare, scale_of, shown};
use crate::verdict::code::Code;

/// Steps in milliseconds, the largest first: whole minutes and seconds, tenths, and so on.
const STEPS: [u64; 6] = [60_000, 1000, 100, 10, 5, 2];

/// A range must have at least so many steps, so that few of its values are multiples.
const FEWEST: u64 = 4;

/// Powers of ten that a fraction may be drawn from, as in `random_range(0..=100) * max / 100`.
const TENS: [u64; 6] = [10, 100, 1000, 10_000, 100_000, 1_000_000];

/// The bits of a word that a fraction may be made from. (An `f32` has 24, which is enough for all but the largest
/// ranges.)
const BITS: std::ops::RangeInclusive<u32> = 8..=20;

/// How many events this test compares with their bounds: 6 steps from either end, and 6 forms of 32 fractions, from
/// each scale on.
const LOOKS: f64 = ((6 * 2 + 6 * 32) * SCALES.len()) as f64;

/// Multiples of something: how many draws from a `max_delay` on are such multiples, and the words for them.
struct Multiples {
    from: u64,
    tally: Tally,
    what: String,
}

pub fn grid(draws: &[Draw]) -> Option<Found> {
    let mut draws = draws.to_vec();
    draws.sort_by_key(|draw| std::cmp::Reverse(draw.max_ms));
    let steps = STEPS.into_iter().flat_map(|step| of_steps(&draws, step));
    let fractions = all_parts().into_iter().flat_map(|parts| of_fractions(&draws, parts));
    // multiples of 100 ms are often multiples of 1 s, and always multiples of 10 ms, but those are less unlikely
    let all = steps.chain(fractions);
    let unlikely = |multiples: &Multiples| multiples.tally.nats_too_many();
    let best = all.max_by(|a, b| unlikely(a).total_cmp(&unlikely(b)))?;
    let text = || compare(&at_least(best.from), &best.tally, &format!("are {}", best.what));
    never(unlikely(&best), LOOKS).then(|| (Code::LowResolution, text()))
}

/// Counts delays that are multiples of `step`, or that are by such multiples shorter than `max_delay`. The ends do not
/// count, because they may come too often for another reason.
fn of_steps(draws: &[Draw], step: u64) -> Vec<Multiples> {
    let mut scales = [[Tally::default(); 2]; SCALES.len()];
    for draws in draws.chunk_by(|a, b| a.max_ms == b.max_ms) {
        let max = draws[0].max_ms;
        if max < FEWEST * step {
            break;
        }
        let inside = || draws.iter().filter(|draw| (1..max).contains(&draw.delay_ms));
        let up = inside().filter(|draw| draw.delay_ms.is_multiple_of(step)).count();
        let down = inside().filter(|draw| (max - draw.delay_ms).is_multiple_of(step)).count();
        for (tally, count) in scales[scale_of(max)].iter_mut().zip([up, down]) {
            tally.count += count;
            tally.expect(draws.len(), Chance::of((max - 1) / step, 0, max));
        }
    }
    let what = format!("multiples of {}", shown(step));
    let whats = [what.clone(), format!("{what} shorter than max_delay")];
    let mut multiples = Vec::new();
    let mut sums = [Tally::default(); 2];
    for (from, tallies) in SCALES.into_iter().zip(scales).rev() {
        for ((sum, tally), what) in sums.iter_mut().zip(tallies).zip(&whats) {
            sum.join(&tally);
            let from = from.max(FEWEST * step);
            multiples.push(Multiples { from, tally: *sum, what: what.clone() });
        }
    }
    multiples
}

/// The numbers of parts that fractions are tried with, the smallest first.
fn all_parts() -> Vec<u64> {
    // the largest word is a whole or just below it
    let words = BITS.flat_map(|bits| [(1 << bits) - 1, 1 << bits]);
    let mut all: Vec<u64> = TENS.into_iter().chain(words).collect();
    all.sort_unstable();
    all
}

/// How a fraction becomes a delay.
#[derive(Clone, Copy)]
struct Form {
    /// Into how many parts the range is cut.
    parts: u64,
    /// Whether `max + 1` is cut, in place of `max`.
    values: bool,
    rounding: Rounding,
}

#[derive(Clone, Copy)]
enum Rounding {
    Down,
    Nearest,
    Up,
}

impl Form {
    fn all(parts: u64) -> impl Iterator<Item = Self> {
        let roundings = [Rounding::Down, Rounding::Nearest, Rounding::Up];
        [false, true]
            .into_iter()
            .flat_map(move |values| roundings.map(|rounding| Self { parts, values, rounding }))
    }

    /// Whether a multiple of the range's part gives this delay.
    fn gives(&self, draw: &Draw) -> bool {
        let (parts, range) = (self.parts, draw.max_ms + u64::from(self.values));
        // whether a multiple of range / parts lies in from..from + 1, counted in halves
        let half_open = |from: u64| {
            let first = (from * parts).div_ceil(2 * range);
            first * 2 * range < (from + 2) * parts
        };
        match self.rounding {
            Rounding::Down => half_open(2 * draw.delay_ms),
            Rounding::Nearest => half_open((2 * draw.delay_ms).saturating_sub(1)),
            Rounding::Up => {
                let last = draw.delay_ms * parts / range;
                draw.delay_ms == 0 || last * range > (draw.delay_ms - 1) * parts
            }
        }
    }
}

/// Counts delays that are multiples of a part of their range. The draws with the largest `max_delay` come first.
fn of_fractions(draws: &[Draw], parts: u64) -> Vec<Multiples> {
    let mut multiples = Vec::new();
    let mut before = 0;
    for from in SCALES.into_iter().rev() {
        let from = from.max(FEWEST * parts);
        let large = &draws[..draws.partition_point(|draw| draw.max_ms >= from)];
        if std::mem::replace(&mut before, large.len()) == large.len() {
            continue;
        }
        for form in Form::all(parts).filter(|form| is_on(form, large)) {
            let mut tally = Tally::default();
            for draw in large {
                let inside = (1..draw.max_ms).contains(&draw.delay_ms);
                tally.add(inside && form.gives(draw), Chance::of(parts + 1, 0, draw.max_ms));
            }
            let what = format!("multiples of 1/{parts} of max_delay, rounded to milliseconds");
            multiples.push(Multiples { from, tally, what });
        }
    }
    multiples
}

/// A quick look at a few draws, which saves the time to look at all: whether most of them are on the grid.
fn is_on(form: &Form, draws: &[Draw]) -> bool {
    const FEW: usize = 24;
    let some = draws.iter().step_by(draws.len().div_ceil(FEW).max(1));
    let (on, all) =
        some.fold((0, 0), |(on, all), draw| (on + usize::from(form.gives(draw)), all + 1));
    2 * on >= all && all > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_gives_exactly_the_rounded_multiples() {
        for (parts, max_ms) in [(10, 57), (255, 1024), (256, 2000), (100, 401)] {
            for form in Form::all(parts) {
                let range = max_ms + u64::from(form.values);
                let rounded = |k: u64| match form.rounding {
                    Rounding::Down => k * range / parts,
                    Rounding::Nearest => (2 * k * range + parts) / (2 * parts),
                    Rounding::Up => (k * range).div_ceil(parts),
                };
                let multiples: Vec<u64> = (0..=parts).map(rounded).collect();
                for delay_ms in 1..max_ms {
                    let gives = form.gives(&Draw { delay_ms, max_ms });
                    assert_eq!(gives, multiples.contains(&delay_ms), "{parts} {max_ms} {delay_ms}");
                }
            }
        }
    }
}
