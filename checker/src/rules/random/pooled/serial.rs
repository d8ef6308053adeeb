//! One draw after another: whether a delay depends on those before it.

use super::bounds::{Chance, Tally, never};
use super::{Draw, Found, SCALES, compare, scale_of, within};
use crate::verdict::code::Code;

/// How many events this test compares with their bounds: two sides of two events, in each scale and in all together, and
/// the repeats within calls.
const LOOKS: f64 = 4.0 * (SCALES.len() + 1) as f64 + 1.0;

pub fn serial(groups: &[&[Draw]]) -> Option<Found> {
    in_a_row(groups).or_else(|| never_the_same_in_one_call(groups))
}

/// Two neighbours: how often they are equal, and how often both are in the same half of the range.
#[derive(Clone, Copy, Default)]
struct Pairs {
    equal: Tally,
    same_half: Tally,
}

/// Compares single calls that follow each other with the same `max_delay`.
fn in_a_row(groups: &[&[Draw]]) -> Option<Found> {
    let mut scales = [Pairs::default(); SCALES.len()];
    for pair in groups.windows(2) {
        if let ([first], [second]) = (pair[0], pair[1])
            && first.max_ms == second.max_ms
            && first.is_usable()
            && second.is_usable()
        {
            scales[scale_of(first.max_ms)].add(*first, *second);
        }
    }
    let mut all = Pairs::default();
    for scale in &scales {
        all.equal.join(&scale.equal);
        all.same_half.join(&scale.same_half);
    }
    let each = scales.iter().enumerate().map(|(i, pairs)| (Some(i), pairs));
    let tallies = std::iter::once((None, &all)).chain(each).flat_map(|(scale, pairs)| {
        [(scale, pairs.equal, EQUAL), (scale, pairs.same_half, SAME_HALF)]
    });
    let (scale, tally, what) = tallies.max_by(|a, b| away(&a.1).total_cmp(&away(&b.1)))?;
    never(away(&tally), LOOKS).then(|| (Code::Skewed, compare(&within(scale), &tally, what)))
}

const EQUAL: &str = "are equal to the delay of the call before";
const SAME_HALF: &str = "are in the same half of the range as the delay of the call before";

fn away(tally: &Tally) -> f64 {
    tally.nats_too_few().max(tally.nats_too_many())
}

impl Pairs {
    fn add(&mut self, first: Draw, second: Draw) {
        let max = first.max_ms;
        // whatever comes first, the chance that the same comes again is that of one value, at an end or not
        let (end, inside) = (Chance::of(1, 1, max), Chance::of(1, 0, max));
        let again = Chance { least: end.least, most: inside.most, uniform: inside.uniform };
        self.equal.add(first.delay_ms == second.delay_ms, again);
        let half = |draw: Draw| (2 * draw.delay_ms).cmp(&max);
        // the middle of the range is in neither half
        if half(first).is_ne() && half(second).is_ne() {
            self.same_half.add(half(first) == half(second), Chance::about(0.5, max));
        }
    }
}

/// Finds calls whose delays are all different, or nearly all, where some have to be equal.
///
/// If there are at most k repeats, draw i (from 1) has at least i - 1 - k different delays before it, and repeats one of
/// them with a chance of at least (i - 2 - k) / (max + 1). (An end counts half in a rounded draw, so one is taken off.)
/// Calls with more delays than half of the range has values don't count: their many repeats would make k too large.
fn never_the_same_in_one_call(groups: &[&[Draw]]) -> Option<Found> {
    let several = || groups.iter().filter(|group| is_one_call(group));
    let repeats: usize = several().map(|group| group.len() - super::different(group).len()).sum();
    let mut tally = Tally::of(repeats);
    for group in several() {
        let (n, max) = (group.len(), group[0].max_ms);
        let sure = n.saturating_sub(2 + repeats) as f64;
        let mean = sure * (sure + 1.0) / 2.0 / (max as f64 + 1.0);
        tally.expect(n, Chance::about((mean / n as f64).min(1.0), max));
    }
    let what = "are equal to another delay of the same call";
    never(tally.nats_too_few(), LOOKS).then(|| (Code::Skewed, compare("", &tally, what)))
}

/// Whether these are several delays with one `max_delay`, which is large enough for them to be different.
fn is_one_call(group: &[Draw]) -> bool {
    let one = |draw: &Draw| draw.is_usable() && draw.max_ms == group[0].max_ms;
    group.len() >= 2 && group.iter().all(one) && group.len() as u64 <= group[0].max_ms / 2
}
