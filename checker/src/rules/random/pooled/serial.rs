//! One draw after another: whether a delay depends on those before it.

use super::bounds::{Chance, Tally, never};
use super::{Draw, Found, SCALES, scale_of, sentence, within};
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
    std::iter::once((None, &all)).chain(each).find_map(|(scale, pairs)| pairs.uneven(scale))
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

    fn uneven(&self, scale: Option<usize>) -> Option<Found> {
        let off = |tally: &Tally| never(tally.nats_too_few().max(tally.nats_too_many()), LOOKS);
        let say = |tally: &Tally, what: &str| {
            let rest = format!(
                "{} of {} calls in a row {what}, but about {:.0} are expected.",
                tally.count, tally.draws, tally.expected
            );
            (Code::Skewed, sentence(&within(scale), &rest))
        };
        if off(&self.equal) {
            return Some(say(&self.equal, "drew the same delay as the call before"));
        }
        off(&self.same_half)
            .then(|| say(&self.same_half, "drew from the same half of the range as the call before"))
    }
}

/// Finds calls whose delays are all different, or nearly all, where some have to be equal.
///
/// If there are at most k repeats, draw i (from 1) has at least i - 1 - k different delays before it, and repeats one of
/// them with a chance of at least (i - 2 - k) / (max + 1). (An end counts half in a rounded draw, so one is taken off.)
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
    let rest = format!(
        "{} of {} delays are equal to another of the same call, but at least {:.0} are expected.",
        tally.count, tally.draws, tally.expected
    );
    never(tally.nats_too_few(), LOOKS).then(|| (Code::Skewed, sentence("", &rest)))
}

/// Whether these are several delays with one `max_delay`.
fn is_one_call(group: &[Draw]) -> bool {
    group.len() >= 2 && group.iter().all(|draw| draw.is_usable() && draw.max_ms == group[0].max_ms)
}
