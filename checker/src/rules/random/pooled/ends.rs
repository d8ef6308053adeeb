//! The ends of the range: whether zero and `max_delay` come as often as any other delay.

use super::bounds::{Chance, Tally, never};
use super::{Draw, Found, SCALES, at_least, maxima, sentence, shown, so_many};
use crate::verdict::code::Code;

/// How many events this test compares with their bounds: the gap at each end from each scale on (16), ends that come
/// too often or too seldom in three classes and one end against the other (18), and the outer parts (32).
const LOOKS: f64 = 70.0;

/// Classes of `max_delay` in which the ends themselves are counted: small, larger and large ranges.
const CLASSES: [(u64, u64); 3] = [(1, 100), (100, 1000), (1000, u64::MAX)];

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

    fn is(self) -> &'static str {
        match self {
            Self::Max => "exactly max_delay",
            Self::Zero => "0 ms",
        }
    }

    /// The words for the outer `percent` at this end, and for all but them.
    fn part(self, percent: f64) -> (String, String) {
        let (low, high) = (rounded(percent), rounded(100.0 - percent));
        match self {
            Self::Max => (format!("above {high} % of max_delay"), format!("{high} % of max_delay or less")),
            Self::Zero => (format!("below {low} % of max_delay"), format!("{low} % of max_delay or more")),
        }
    }
}

/// A number with at most two decimals.
fn rounded(percent: f64) -> String {
    let text = format!("{percent:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

pub fn ends(draws: &[Draw]) -> Option<Found> {
    let gaps = || SCALES.iter().flat_map(|from| BOTH.map(|end| (*from, end)));
    gaps()
        .find_map(|(from, end)| gap(draws, from, end))
        .or_else(|| CLASSES.into_iter().find_map(|class| too_many(draws, class)))
        .or_else(|| CLASSES.into_iter().find_map(|class| too_few(draws, class)))
        .or_else(|| outer_parts(draws))
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
    let (mut nats, mut nearer) = (0.0, Tally::default());
    for (max, times) in maxima(of_scale()) {
        let left_out = (away * (u128::from(max) + 1)).div_ceil(values) as u64;
        let chance = Chance::of(left_out, 1, max);
        nats -= times as f64 * (-chance.least).ln_1p();
        nearer.expect(times, chance);
    }
    let percent = 100.0 * away as f64 / values as f64;
    let (_, inside) = end.part(percent);
    let rest = if percent < 0.05 {
        format!("none of {} delays is {}", nearer.draws, end.is())
    } else {
        format!("all of {} delays are {inside}", nearer.draws)
    };
    let rest = format!("{rest}, but about {:.0} others are expected.", nearer.expected);
    never(nats, LOOKS).then(|| (Code::BoundExcluded, sentence(&at_least(from), &rest)))
}

/// How often an end comes in a class of ranges.
fn count_end(draws: &[Draw], (from, until): (u64, u64), end: End) -> Tally {
    let of_class = || draws.iter().filter(|draw| (from..until).contains(&draw.max_ms));
    let count = of_class().filter(|draw| end.away(draw) == 0).count();
    let mut tally = Tally::of(count);
    for (max, times) in maxima(of_class()) {
        tally.expect(times, Chance::of(1, 1, max));
    }
    tally
}

fn of_class((from, until): (u64, u64)) -> String {
    if until == u64::MAX {
        return at_least(from);
    }
    format!("With max_delay of {} to {}, ", shown(from), shown(until - 1))
}

fn say(code: Code, scope: &str, end: &str, tally: &Tally) -> Found {
    let count = so_many(tally.count, tally.draws, tally.expected);
    let expected = match tally.expected {
        few if few < 10.0 => format!("{few:.1}"),
        many => format!("{many:.0}"),
    };
    let rest = format!("{count} are {end}, but about {expected} are expected.");
    (code, sentence(scope, &rest))
}

fn too_many(draws: &[Draw], class: (u64, u64)) -> Option<Found> {
    BOTH.into_iter().find_map(|end| {
        let tally = count_end(draws, class, end);
        let found = never(tally.nats_too_many(), LOOKS);
        found.then(|| say(Code::Skewed, &of_class(class), end.is(), &tally))
    })
}

/// Finds an end that comes too seldom by itself, or much more seldom than the other one. (In every right solution, both
/// are equally frequent.)
fn too_few(draws: &[Draw], class: (u64, u64)) -> Option<Found> {
    let tallies = BOTH.map(|end| count_end(draws, class, end));
    let both = tallies[0].count + tallies[1].count;
    BOTH.into_iter().zip(tallies).find_map(|(end, tally)| {
        let mut half = Tally::of(tally.count);
        half.expect(both, Chance::about(0.5, class.0));
        let rarer = class.0 < LARGE && never(half.nats_too_few(), LOOKS);
        let found = rarer || never(tally.nats_too_few(), LOOKS);
        found.then(|| say(Code::BoundExcluded, &of_class(class), end.is(), &tally))
    })
}

/// Finds large ranges whose last or first part comes too seldom.
fn outer_parts(draws: &[Draw]) -> Option<Found> {
    let scales = SCALES.into_iter().filter(|from| *from >= LARGE);
    let all = scales.flat_map(|from| OUTER.into_iter().flat_map(move |parts| BOTH.map(|end| (from, parts, end))));
    let counted = all.map(|(from, parts, end)| {
        let of_scale = || draws.iter().filter(|draw| draw.max_ms >= from);
        let count = of_scale().filter(|draw| end.away(draw) < draw.max_ms / parts).count();
        let mut tally = Tally::of(count);
        for (max, times) in maxima(of_scale()) {
            tally.expect(times, Chance::of(max / parts, 1, max));
        }
        (from, parts, end, tally)
    });
    let (from, parts, end, tally) =
        counted.max_by(|a, b| a.3.nats_too_few().total_cmp(&b.3.nats_too_few()))?;
    let (outside, _) = end.part(100.0 / parts as f64);
    never(tally.nats_too_few(), LOOKS)
        .then(|| say(Code::BoundExcluded, &at_least(from), &outside, &tally))
}
