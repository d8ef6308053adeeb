//! Where a fault shows: a part of the inputs, of the delays that are drawn, of the coroutines, or of the calls.

use std::time::Duration;

use checker::format::time;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::inputs::{Inputs, MOST_MAX_MS, MOST_N, MOST_TOTAL_MS, draw, least};

/// How many inputs a region has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Size {
    FivePercent,
    OnePercent,
    /// A single n below 100.
    OneN,
    Everywhere,
}

impl Size {
    pub const ALL: [Self; 4] = [Self::FivePercent, Self::OnePercent, Self::OneN, Self::Everywhere];

    pub fn name(self) -> &'static str {
        match self {
            Self::FivePercent => "5 %",
            Self::OnePercent => "1 %",
            Self::OneN => "one n",
            Self::Everywhere => "everywhere",
        }
    }

    /// The part of the inputs, for those that are a part.
    fn share(self) -> f64 {
        if self == Self::OnePercent { 0.01 } else { 0.05 }
    }
}

/// What decides whether an input is in a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    N,
    Max,
    /// A box of both, half of the time in a corner of the space.
    Both,
    /// The delay that a coroutine has drawn, as a fraction of `max_delay`.
    Delay,
    /// The number of a coroutine in its call, as a fraction of n.
    Coroutine,
    /// The number of a call in its process.
    Call,
}

/// A part of all that can be asked of a function.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    pub inputs: Inputs,
    /// A range of fractions, in [`UNITS`].
    pub within: Option<(By, u64, u64)>,
    /// Every how many calls, and which of them.
    pub calls: Option<(u64, u64)>,
}

/// What a fraction is counted in. With the middle of its cell as the place of a number, each fraction is equally frequent,
/// whatever n or `max_delay` is.
const UNITS: u64 = 10_000;

impl Region {
    /// Draws a region of this size within `bounds`, the inputs for which the fault can be observed. None, if there is none
    /// with about the right size: a fault that needs large inputs can't be in a small n, and ranges of integers have gaps.
    pub fn draw(rng: &mut ChaCha8Rng, size: Size, by: By, bounds: Inputs) -> Option<Self> {
        let in_all = Self { inputs: bounds, within: None, calls: None };
        if size == Size::Everywhere {
            return Some(in_all);
        }
        if size == Size::OneN {
            let (fewest, most) = bounds.n?;
            let n = (fewest < 100).then(|| rng.random_range(fewest..=most.min(99)))?;
            return Some(Self { inputs: Inputs { n: Some((n, n)), ..bounds }, ..in_all });
        }
        let share = size.share();
        let inputs = match by {
            By::N => of_n(rng, bounds, share)?,
            By::Max => of_max(rng, bounds, share, None)?,
            By::Both => of_both(rng, bounds, share)?,
            By::Delay | By::Coroutine => {
                let wide = (of_bounds(bounds, share)? * UNITS as f64).round() as u64;
                let low = rng.random_range(0..=UNITS - wide);
                return Some(Self { within: Some((by, low, low + wide)), ..in_all });
            }
            By::Call => {
                let every = (1.0 / of_bounds(bounds, share)?) as u64;
                return Some(Self { calls: Some((every, rng.random_range(0..every))), ..in_all });
            }
        };
        let is_about_right = (share..2.0 * share).contains(&inputs.share());
        is_about_right.then_some(Self { inputs, ..in_all })
    }

    /// The condition in Rust for a whole call, which knows `n`, `max_ms` and the counter `CALLS`.
    pub fn condition_of_call(&self) -> String {
        let mut all = Vec::new();
        if let Some((fewest, most)) = self.inputs.n {
            all.extend(condition("n", fewest as u64, most as u64, (0, MOST_N as u64)));
        }
        let (low, high) = self.inputs.max_ms;
        all.extend(condition("max_ms", low, high, (0, MOST_MAX_MS)));
        if self.inputs.leaves_the_space() {
            all.push(format!("n as u64 * max_ms <= {MOST_TOTAL_MS}"));
        }
        if let Some((every, at)) = self.calls {
            let number = "CALLS.fetch_add(1, std::sync::atomic::Ordering::Relaxed)";
            all.push(format!("{number} % {every} == {at}"));
        }
        if all.is_empty() { "true".into() } else { all.join(" && ") }
    }

    /// The condition in Rust for one coroutine, which knows `k` and `n`, or `delay` and `max_ms`. None, if the whole call
    /// decides.
    pub fn condition_within(&self) -> Option<String> {
        let (by, low, high) = self.within?;
        // the middle of the cell of k among n, or of a delay among all that can be drawn
        let half = UNITS / 2;
        let at = match by {
            By::Coroutine => format!("(2 * k as u64 + 1) * {half} / n as u64"),
            _ => format!("(2 * delay + 1) * {half} / (max_ms + 1)"),
        };
        Some(format!("({low}..{high}).contains(&({at}))"))
    }

    /// The region in plain words.
    pub fn words(&self) -> String {
        let mut words = Vec::new();
        if let Some((fewest, most)) = self.inputs.n {
            let number = |n: u64| n.to_string();
            words.extend(range("n", fewest as u64, most as u64, (0, MOST_N as u64), number));
        }
        let (low, high) = self.inputs.max_ms;
        let shown = |ms: u64| time(Duration::from_millis(ms));
        words.extend(range("max_delay", low, high, (1, MOST_MAX_MS), shown));
        if let Some((by, low, high)) = self.within {
            let percent = |units: u64| units as f64 * 100.0 / UNITS as f64;
            let (what, of) = match by {
                By::Coroutine => ("coroutines", "n"),
                _ => ("delays", "max_delay"),
            };
            words.push(format!("{what} from {} to {} % of {of}", percent(low), percent(high)));
        }
        if let Some((every, at)) = self.calls {
            words.push(format!("call {at} of every {every}"));
        }
        if words.is_empty() { "all inputs".into() } else { words.join(", ") }
    }
}

/// A range in words, as far as it says more than `bounds`.
fn range(
    name: &str,
    low: u64,
    high: u64,
    bounds: (u64, u64),
    shown: impl Fn(u64) -> String,
) -> Option<String> {
    match (low == bounds.0, high == bounds.1) {
        _ if low == high => Some(format!("{name} = {}", shown(low))),
        (true, true) => None,
        (false, true) => Some(format!("{name} from {} on", shown(low))),
        _ => Some(format!("{name} from {} to {}", shown(low), shown(high))),
    }
}

/// What part of `bounds` is this share of all inputs. None, if that is more than twice as large a part.
fn of_bounds(bounds: Inputs, share: f64) -> Option<f64> {
    let bounds = bounds.share();
    (bounds >= 0.5).then(|| share / bounds)
}

/// A condition that `name` is in `low..=high`, as far as that says more than `bounds`.
fn condition(name: &str, low: u64, high: u64, bounds: (u64, u64)) -> Option<String> {
    match (low == bounds.0, high == bounds.1) {
        _ if low == high => Some(format!("{name} == {low}")),
        (true, true) => None,
        (false, true) => Some(format!("{name} >= {low}")),
        (true, false) => Some(format!("{name} <= {high}")),
        (false, false) => Some(format!("({low}..={high}).contains(&{name})")),
    }
}

/// A range of n.
fn of_n(rng: &mut ChaCha8Rng, bounds: Inputs, share: f64) -> Option<Inputs> {
    let (fewest, most) = bounds.n?;
    let low = draw(rng, fewest as u64, most as u64);
    let with = |high: u64| Inputs { n: Some((low as usize, high as usize)), ..bounds };
    least(low, most as u64, |high| with(high).share() >= share).map(with)
}

/// A range of `max_delay`, anywhere, or at the lower or upper end of `bounds`.
fn of_max(
    rng: &mut ChaCha8Rng,
    bounds: Inputs,
    share: f64,
    at_the_upper_end: Option<bool>,
) -> Option<Inputs> {
    let (shortest, longest) = bounds.max_ms;
    if at_the_upper_end == Some(true) {
        let from = |low: u64| Inputs { max_ms: (low, longest), ..bounds };
        let less = least(shortest, longest, |low| from(low).share() < share)?;
        return (less > shortest).then(|| from(less - 1));
    }
    let low = match at_the_upper_end {
        Some(_) => shortest,
        None => draw(rng, shortest - 1, longest - 1) + 1,
    };
    let with = |high: u64| Inputs { max_ms: (low, high), ..bounds };
    least(low, longest, |high| with(high).share() >= share).map(with)
}

/// A box, which is about as wide as high, half of the time in a corner.
fn of_both(rng: &mut ChaCha8Rng, bounds: Inputs, share: f64) -> Option<Inputs> {
    let (fewest, most) = bounds.n?;
    let corner = rng.random_bool(0.5).then(|| (rng.random_bool(0.5), rng.random_bool(0.5)));
    let wide = share.powf(rng.random_range(0.25..0.75));
    let with = |low: u64, high: u64| Inputs { n: Some((low as usize, high as usize)), ..bounds };
    let (least_n, most_n) = (fewest as u64, most as u64);
    let columns = match corner {
        Some((true, _)) => {
            with(least(least_n, most_n, |low| with(low, most_n).share() < wide)?, most_n)
        }
        _ => {
            let low = if corner.is_some() { least_n } else { draw(rng, least_n, most_n) };
            with(low, least(low, most_n, |high| with(low, high).share() >= wide)?)
        }
    };
    of_max(rng, columns, share, corner.map(|(_, upper)| upper))
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    const BY: [By; 6] = [By::N, By::Max, By::Both, By::Delay, By::Coroutine, By::Call];

    #[test]
    fn a_region_is_as_large_as_asked_for_and_never_empty() {
        let mut rng = ChaCha8Rng::seed_from_u64(3);
        for size in [Size::FivePercent, Size::OnePercent] {
            for by in BY {
                let bounds = Inputs { n: Some((3, MOST_N)), max_ms: (2, MOST_MAX_MS) };
                let regions: Vec<Region> =
                    (0..100).filter_map(|_| Region::draw(&mut rng, size, by, bounds)).collect();
                assert!(regions.len() > 20, "{size:?} {by:?}: {}", regions.len());
                for region in regions {
                    let mut share = region.inputs.share();
                    if let Some((_, low, high)) = region.within {
                        share *= (high - low) as f64 / UNITS as f64;
                    }
                    if let Some((every, _)) = region.calls {
                        share /= every as f64;
                    }
                    // a width is a whole number of units
                    let sizes = size.share() * 0.99..2.0 * size.share();
                    assert!(sizes.contains(&share), "{region:?} {share}");
                    let Inputs { n, max_ms } = region.inputs;
                    assert!(n.unwrap().0 >= 3 && max_ms.0 >= 2, "{region:?}");
                    assert!(n.unwrap().0 <= n.unwrap().1 && max_ms.0 <= max_ms.1, "{region:?}");
                }
            }
        }
    }

    #[test]
    fn a_part_of_the_calls_is_a_part_of_those_that_can_be_wrong() {
        let mut rng = ChaCha8Rng::seed_from_u64(3);
        let large = Inputs { n: Some((501, MOST_N)), ..Inputs::all(true) };
        for by in [By::Delay, By::Coroutine, By::Call] {
            assert_eq!(Region::draw(&mut rng, Size::FivePercent, by, large), None, "{by:?}");
        }
    }

    #[test]
    fn a_condition_says_what_a_region_is() {
        let region = |n, max_ms| Region { inputs: Inputs { n, max_ms }, within: None, calls: None };
        let all = (1, MOST_MAX_MS);
        assert_eq!(
            region(Some((7, 7)), (1, 9)).condition_of_call(),
            "n == 7 && (1..=9).contains(&max_ms)"
        );
        assert_eq!(
            region(Some((2, MOST_N)), all).condition_of_call(),
            "n >= 2 && max_ms >= 1 && n as u64 * max_ms <= 172800000"
        );
        assert_eq!(region(None, (30, 40)).words(), "max_delay from 30 ms to 40 ms");
        assert_eq!(region(Some((0, 9)), (3, 3)).words(), "n from 0 to 9, max_delay = 3 ms");
        assert_eq!(region(Some((2, MOST_N)), all).words(), "n from 2 on");
        assert_eq!(region(Some((0, MOST_N)), all).words(), "all inputs");
        let of_calls = Region { calls: Some((20, 3)), ..region(None, all) };
        assert!(of_calls.condition_of_call().ends_with(" % 20 == 3"), "{of_calls:?}");
        let of_delays = Region { within: Some((By::Delay, 100, 600)), ..region(None, all) };
        let condition = "(100..600).contains(&((2 * delay + 1) * 5000 / (max_ms + 1)))";
        assert_eq!(of_delays.condition_within().unwrap(), condition);
        assert_eq!(of_delays.words(), "delays from 1 to 6 % of max_delay");
    }
}
