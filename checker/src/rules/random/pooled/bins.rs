//! Parts of the range: whether equal parts come equally often.

use super::bounds::{Chance, Tally, never};
use super::{Draw, Found, SCALES, compare, maxima, scale_of, within};
use crate::verdict::code::Code;

/// Into how many equal parts the range is cut.
const PARTS: [u64; 4] = [2, 4, 10, 100];

/// How many events this test compares with their bounds: two sides of 117 parts, in each scale and in all together.
const LOOKS: f64 = 2.0 * 117.0 * (SCALES.len() + 1) as f64;

/// The draws of one scale: a tally for each part of each size, and for the shortest hundredth.
#[derive(Clone)]
struct Counted {
    parts: Vec<Vec<Tally>>,
    shortest: Tally,
}

pub fn bins(draws: &[Draw]) -> Option<Found> {
    let mut scales = vec![Counted::none(); SCALES.len()];
    for draw in draws {
        scales[scale_of(draw.max_ms)].add(draw);
    }
    for (max, times) in maxima(draws) {
        scales[scale_of(max)].expect(max, times);
    }
    let mut all = Counted::none();
    scales.iter().for_each(|scale| all.join(scale));
    let counted = scales.iter().enumerate().map(|(i, scale)| (Some(i), scale));
    let worst = |(scale, counted): (Option<usize>, &Counted)| {
        let (tally, part) = counted.worst();
        (scale, tally, part)
    };
    let (scale, tally, part) = std::iter::once((None, &all))
        .chain(counted)
        .map(worst)
        .max_by(|a, b| away(&a.1).total_cmp(&away(&b.1)))?;
    let what = format!("are {part} of max_delay");
    never(away(&tally), LOOKS).then(|| (Code::Skewed, compare(&within(scale), &tally, &what)))
}

fn away(tally: &Tally) -> f64 {
    tally.nats_too_few().max(tally.nats_too_many())
}

impl Counted {
    fn none() -> Self {
        let parts = PARTS.map(|parts| vec![Tally::default(); parts as usize]).to_vec();
        Self { parts, shortest: Tally::default() }
    }

    fn add(&mut self, draw: &Draw) {
        let Draw { delay_ms, max_ms } = *draw;
        for (parts, tallies) in PARTS.iter().zip(&mut self.parts) {
            // the middle of a millisecond decides in which part it is
            let part = parts * (2 * delay_ms + 1) / (2 * (max_ms + 1));
            tallies[part as usize].count += 1;
        }
        self.shortest.count += usize::from(delay_ms * 100 < max_ms);
    }

    fn expect(&mut self, max: u64, times: usize) {
        for (parts, tallies) in PARTS.iter().zip(&mut self.parts) {
            for (part, tally) in (0..).zip(tallies) {
                let (from, until) =
                    (values_below(part, *parts, max), values_below(part + 1, *parts, max));
                let ends = u64::from(from == 0) + u64::from(until == max + 1);
                // a part without values never comes
                let chance = if from == until {
                    Chance::about(0.0, max)
                } else {
                    Chance::of(until - from, ends, max)
                };
                tally.expect(times, chance);
            }
        }
        self.shortest.expect(times, Chance::of(max.div_ceil(100), 1, max));
    }

    fn join(&mut self, other: &Self) {
        for (tallies, others) in self.parts.iter_mut().zip(&other.parts) {
            tallies.iter_mut().zip(others).for_each(|(tally, other)| tally.join(other));
        }
        self.shortest.join(&other.shortest);
    }

    /// The part that is furthest from its expectation, and its words.
    fn worst(&self) -> (Tally, String) {
        let mut worst = (self.shortest, (0, 100));
        for (parts, tallies) in PARTS.iter().zip(&self.parts) {
            for (part, tally) in (0..).zip(tallies) {
                if away(tally) > away(&worst.0) {
                    worst = (*tally, (part * 100 / parts, (part + 1) * 100 / parts));
                }
            }
        }
        let (tally, range) = worst;
        let words = match range {
            (0, until) => format!("below {until} %"),
            (from, 100) => format!("above {from} %"),
            (from, until) => format!("between {from} % and {until} %"),
        };
        (tally, words)
    }
}

/// How many values of `0..=max` lie below the part with this index.
fn values_below(part: u64, parts: u64, max: u64) -> u64 {
    (2 * (max + 1) * part).saturating_sub(parts).div_ceil(2 * parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_small_ranges_have_as_many_values_as_are_counted_in_them() {
        for max in 1..=230 {
            let mut counted = Counted::none();
            (0..=max).for_each(|delay_ms| counted.add(&Draw { delay_ms, max_ms: max }));
            for (parts, tallies) in PARTS.iter().zip(&counted.parts) {
                for (part, tally) in (0..).zip(tallies) {
                    let values =
                        values_below(part + 1, *parts, max) - values_below(part, *parts, max);
                    assert_eq!(tally.count as u64, values, "{max} {parts} {part}");
                }
            }
            assert_eq!(counted.shortest.count as u64, max.div_ceil(100));
        }
    }
}
