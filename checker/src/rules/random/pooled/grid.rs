//! Coarse draws: whether delays in large ranges are multiples of something.

use super::bounds::{Chance, Tally, never};
use super::{Draw, Found, SCALES, at_least, sentence, so_many};
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

pub fn grid(draws: &[Draw]) -> Option<Found> {
    let on_steps = || STEPS.into_iter().find_map(|step| of_steps(draws, step));
    on_steps().or_else(|| all_parts().into_iter().find_map(|parts| of_fractions(draws, parts)))
}

/// Finds delays that are multiples of `step`, or that are by such multiples shorter than `max_delay`. The ends do not
/// count, because they may come too often for another reason.
fn of_steps(draws: &[Draw], step: u64) -> Option<Found> {
    SCALES.into_iter().find_map(|from| {
        let least = from.max(FEWEST * step);
        let (mut up, mut down) = (Tally::default(), Tally::default());
        for Draw { delay_ms, max_ms } in draws.iter().filter(|draw| draw.max_ms >= least) {
            let inside = *delay_ms > 0 && delay_ms < max_ms;
            let chance = Chance::of((max_ms - 1) / step, 0, *max_ms);
            up.add(inside && delay_ms.is_multiple_of(step), chance);
            down.add(inside && (max_ms - delay_ms).is_multiple_of(step), chance);
        }
        let what = super::shown(step);
        let found = |tally: &Tally| never(tally.nats_too_many(), LOOKS);
        let say = |tally: &Tally, what: &str| {
            let count = so_many(tally.count, tally.draws, tally.expected);
            let rest = format!("{count} are {what}, but only about {:.0} are expected.", tally.expected);
            (Code::LowResolution, sentence(&at_least(least), &rest))
        };
        if found(&up) {
            return Some(say(&up, &format!("multiples of {what}")));
        }
        found(&down).then(|| say(&down, &format!("multiples of {what} shorter than max_delay")))
    })
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
        [false, true].into_iter().flat_map(move |values| {
            roundings.map(|rounding| Self { parts, values, rounding })
        })
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

/// Finds delays that are multiples of a part of their range.
fn of_fractions(draws: &[Draw], parts: u64) -> Option<Found> {
    let mut before = usize::MAX;
    SCALES.into_iter().find_map(|from| {
        let least = from.max(FEWEST * parts);
        let large: Vec<&Draw> = draws.iter().filter(|draw| draw.max_ms >= least).collect();
        if std::mem::replace(&mut before, large.len()) == large.len() {
            return None;
        }
        let form = Form::all(parts).find(|form| is_on(form, &large))?;
        let mut tally = Tally::default();
        for draw in &large {
            tally.add(form.gives(draw), Chance::of(parts + 1, 0, draw.max_ms));
        }
        let count = so_many(tally.count, tally.draws, tally.expected);
        let rest = format!(
            "{count} are multiples of 1/{parts} of max_delay, rounded to milliseconds, but only about {:.0} are expected.",
            tally.expected
        );
        never(tally.nats_too_many(), LOOKS)
            .then(|| (Code::LowResolution, sentence(&at_least(least), &rest)))
    })
}

/// A quick look at a few draws, which saves the time to look at all: whether most of them are on the grid.
fn is_on(form: &Form, draws: &[&Draw]) -> bool {
    const FEW: usize = 24;
    let some = draws.iter().step_by(draws.len().div_ceil(FEW).max(1));
    let (on, all) = some.fold((0, 0), |(on, all), draw| (on + usize::from(form.gives(draw)), all + 1));
    2 * on >= all && all > 0
}
