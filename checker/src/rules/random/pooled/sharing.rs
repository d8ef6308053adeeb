//! Equal delays of one call: whether its coroutines share seeds.

use super::bounds::{Chance, Tally, never};
use super::{Draw, Found, SCALES, different, shown};
use crate::verdict::code::Code;

/// How many events this test compares with their bounds: the repeats from each scale on.
const LOOKS: f64 = SCALES.len() as f64;

/// A call counts if its range has at least so many values for each of its delays. In smaller ranges, equal delays are
/// frequent, and the bound is far above their number.
const VALUES_PER_DELAY: u64 = 4;

/// A call of several coroutines, and how many of its delays repeat another.
struct Call {
    n: usize,
    max: u64,
    repeats: usize,
}

pub fn sharing(groups: &[&[Draw]]) -> Option<Found> {
    let calls: Vec<Call> = groups.iter().filter_map(|group| Call::of(group)).collect();
    let too_many = |from: u64| {
        let mut tally = Tally::default();
        calls.iter().filter(|call| call.max >= from).for_each(|call| call.add_to(&mut tally));
        never(tally.nats_too_many(), LOOKS)
    };
    let from = SCALES.into_iter().find(|from| too_many(*from))?;
    let clearest = calls
        .iter()
        .filter(|call| call.max >= from)
        .max_by(|a, b| a.surplus().total_cmp(&b.surplus()))?;
    Some((Code::SameGenerator, clearest.told()))
}

impl Call {
    fn of(group: &[Draw]) -> Option<Self> {
        let (n, max) = (group.len(), group.first()?.max_ms);
        let one_range = group.iter().all(|draw| draw.is_usable() && draw.max_ms == max);
        (n >= 2 && one_range && max / VALUES_PER_DELAY >= n as u64).then(|| Self {
            n,
            max,
            repeats: n - different(group).len(),
        })
    }

    /// Draw i repeats one of the i - 1 before it with at most i - 1 times the chance of one value, whatever those are. So
    /// the number of repeats is at most that of independent events with these chances.
    fn add_to(&self, tally: &mut Tally) {
        let one = Chance::of(1, 0, self.max).most;
        let mean_chance = one * (self.n - 1) as f64 / 2.0;
        tally.count += self.repeats;
        tally.expect(self.n, Chance { least: 0.0, uniform: mean_chance, most: mean_chance });
    }

    fn expected(&self) -> f64 {
        (self.n * (self.n - 1)) as f64 / 2.0 / (self.max as f64 + 1.0)
    }

    fn surplus(&self) -> f64 {
        self.repeats as f64 - self.expected()
    }

    fn told(&self) -> String {
        let (n, max, different) = (self.n, shown(self.max), self.n - self.repeats);
        let expected = self.n as f64 - self.expected();
        let only = match different {
            1 => "all delays are equal".to_string(),
            several => format!("only {several} delays are different"),
        };
        format!(
            "With n = {n} and max_delay = {max}, {only}, but about {expected:.0} different ones are expected. Some coroutines share a seed."
        )
    }
}
