//! The ends of the range: whether zero and `max_delay` come as often as any other delay.

use std::ops::Range;

use super::bounds::{Chance, Tally, never};
use super::{Draw, Found, LONGEST, SCALES, at_least, compare, maxima, sentence, shown};
use crate::verdict::code::Code;

/// How many events this test compares with their bounds: the gap at each end from each scale on (16), ends that come
/// too often or too seldom in three classes and one end against the other (18), and the outer parts (32).
const LOOKS: f64 = 70.0;

/// Classes of `max_delay` in which the ends themselves are counted: small, larger and large ranges.
const CLASSES: [Range<u64>; 3] = [1..100, 100..LARGE, LARGE..LONGEST];

/// An end is left out if it comes less than once in so many expected times. Otherwise it is only rare.
const LEFT_OUT: f64 = 30.0;

/// An end that is expected less often than that may be missing by chance, while the other end comes too often.
const FEW: f64 = 10.0;

/// How many times as far from an end as the nearest delay counts as near it.
const NEAR: u64 = 4;

/// From this `max_delay` on, outer parts of the range are counted, because the ends themselves come too seldom.
const LARGE: u64 = 1000;

/// The outer parts that are counted: so many of them make a range.
const OUTER: [u64; 2] = [100, 1000];

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Max,
    Zero,
}

const BOTH: [End; 2] = [End::Max, End::Zero];

impl End {
    /// How far a delay is away from this end.
    fn away(self, draw: &Draw) -> u64 {
        match self {
            Self::Max => draw.max_ms - draw.delay_ms,
            Self::Zero => draw.delay_ms,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Max => "exactly max_delay",
            Self::Zero => "0 ms",
        }
    }

    /// The words for the outer `percent` at this end, and for all but them.
    fn part(self, percent: f64) -> (String, String) {
        let (low, high) = (rounded(percent), rounded(100.0 - percent));
        match self {
            Self::Max => {
                (format!("above {high} % of max_delay"), format!("{high} % of max_delay or less"))
            }
            Self::Zero => {
                (format!("below {low} % of max_delay"), format!("{low} % of max_delay or more"))
            }
        }
    }
}

/// A number with at most two decimals.
fn rounded(percent: f64) -> String {
    let text = format!("{percent:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

/// Finds an end that is left out.
pub fn left_out(draws: &[Draw]) -> Option<Found> {
    let gaps = || SCALES.iter().flat_map(|from| BOTH.map(|end| (*from, end)));
    let found = || rare(draws).into_iter().find(Rare::is_left_out);
    gaps()
        .find_map(|(from, end)| gap(draws, from, end))
        .or_else(|| found().map(|rare| rare.told(Code::BoundExcluded)))
}

/// Finds an end that comes too often or too seldom.
pub fn uneven(draws: &[Draw]) -> Option<Found> {
    CLASSES
        .into_iter()
        .find_map(|class| too_many(draws, class))
        .or_else(|| rare(draws).first().map(|rare| rare.told(Code::Skewed)))
}

/// An end, or the part of a large range at an end, that comes too seldom.
struct Rare {
    scope: String,
    what: String,
    tally: Tally,
    /// The draws near the end.
    near: Tally,
}

impl Rare {
    /// Whether it is missing, and the delays near it are not rare.
    fn is_left_out(&self) -> bool {
        let Tally { count, expected, .. } = self.tally;
        expected > FEW && count as f64 * LEFT_OUT < expected && !is_thin(&self.near)
    }

    fn told(&self, code: Code) -> Found {
        (code, compare(&self.scope, &self.tally, &format!("are {}", self.what)))
    }
}

/// Whether fewer than half of the expected draws are near an end. Then the end is not cut off, but all delays there are
/// rare.
fn is_thin(near: &Tally) -> bool {
    (near.count as f64) < near.expected / 2.0
}

/// All ends that come too seldom.
fn rare(draws: &[Draw]) -> Vec<Rare> {
    CLASSES.into_iter().flat_map(|class| too_few(draws, class)).chain(outer_parts(draws)).collect()
}

/// Counts the draws from `scope` that are less than `width(max)` away from an end.
fn count(draws: &[Draw], scope: Range<u64>, end: End, width: impl Fn(u64) -> u64) -> Tally {
    let of_scope = || draws.iter().filter(|draw| scope.contains(&draw.max_ms));
    let mut tally =
        Tally::of(of_scope().filter(|draw| end.away(draw) < width(draw.max_ms)).count());
    for (max, times) in maxima(of_scope()) {
        tally.expect(times, Chance::of(width(max).min(max + 1), 1, max));
    }
    tally
}

/// Finds that all draws stay away from an end. The statistic is the least distance from it, as a share of the range.
/// The chance that all draws are so far away is exact: a product over the draws.
fn gap(draws: &[Draw], from: u64, end: End) -> Option<Found> {
    let of_scale = || draws.iter().filter(|draw| draw.max_ms >= from);
    let nearest = of_scale().min_by(|a, b| {
        let cross = |a: &Draw, b: &Draw| u128::from(end.away(a)) * u128::from(b.max_ms + 1);
        cross(a, b).cmp(&cross(b, a))
    })?;
    let (away, values) = (u128::from(end.away(nearest)), u128::from(nearest.max_ms) + 1);
    if away == 0 {
        return None;
    }
    let outside = |max: u64| (away * (u128::from(max) + 1)).div_ceil(values) as u64;
    let misses = |(max, times)| times as f64 * -(-Chance::of(outside(max), 1, max).least).ln_1p();
    let nats: f64 = maxima(of_scale()).into_iter().map(misses).sum();
    let near = || count(draws, from..LONGEST, end, |max| NEAR * outside(max));
    if !never(nats, LOOKS) || is_thin(&near()) {
        return None;
    }
    let all = count(draws, from..LONGEST, end, outside);
    let end_itself = count(draws, from..LONGEST, end, |_| 1);
    // nearly all that is missing may be the end itself, in small ranges
    let text = if end_itself.expected > 0.8 * all.expected {
        compare(&at_least(from), &end_itself, &format!("are {}", end.words()))
    } else {
        let (_, inside) = end.part(100.0 * away as f64 / values as f64);
        let Tally { draws, expected, .. } = all;
        let rest = format!(
            "all of {draws} delays are {inside}, but about {expected:.0} others are expected."
        );
        sentence(&at_least(from), &rest)
    };
    Some((Code::BoundExcluded, text))
}

fn of_class(class: &Range<u64>) -> String {
    match class.end {
        LONGEST => at_least(class.start),
        until => format!("With max_delay of {} to {}, ", shown(class.start), shown(until - 1)),
    }
}

fn too_many(draws: &[Draw], class: Range<u64>) -> Option<Found> {
    BOTH.into_iter().find_map(|end| {
        let tally = count(draws, class.clone(), end, |_| 1);
        let text = || compare(&of_class(&class), &tally, &format!("are {}", end.words()));
        never(tally.nats_too_many(), LOOKS).then(|| (Code::Skewed, text()))
    })
}

/// Finds an end that comes too seldom by itself, or much more seldom than the other one. (In every right solution, both
/// are equally frequent.)
fn too_few(draws: &[Draw], class: Range<u64>) -> Option<Rare> {
    let tallies = BOTH.map(|end| count(draws, class.clone(), end, |_| 1));
    let both = tallies[0].count + tallies[1].count;
    BOTH.into_iter().zip(tallies).find_map(|(end, tally)| {
        let mut half = Tally::of(tally.count);
        half.expect(both, Chance::about(0.5, class.start));
        let rarer = class.start < LARGE && never(half.nats_too_few(), LOOKS);
        (rarer || never(tally.nats_too_few(), LOOKS)).then(|| Rare {
            scope: of_class(&class),
            what: end.words().into(),
            near: count(draws, class.clone(), end, |_| NEAR),
            tally,
        })
    })
}

/// Finds large ranges whose last or first part comes too seldom.
fn outer_parts(draws: &[Draw]) -> Option<Rare> {
    let scales = SCALES.into_iter().filter(|from| *from >= LARGE);
    let all = scales.flat_map(|from| OUTER.map(|parts| (from, parts)));
    let counted = all.flat_map(|(from, parts)| {
        BOTH.map(|end| (from, parts, end, count(draws, from..LONGEST, end, |max| max / parts)))
    });
    let (from, parts, end, tally) =
        counted.max_by(|a, b| a.3.nats_too_few().total_cmp(&b.3.nats_too_few()))?;
    never(tally.nats_too_few(), LOOKS).then(|| Rare {
        scope: at_least(from),
        what: end.part(100.0 / parts as f64).0,
        near: count(draws, from..LONGEST, end, |max| NEAR * (max / parts)),
        tally,
    })
}
